"""Fingerprints that tie a translation to the Chinese it was made from, so that a text that has moved on is noticed."""

from __future__ import annotations

import hashlib
from enum import StrEnum


class Freshness(StrEnum):
    """Whether a translation still belongs to its Chinese.

    ``untied``: no fingerprint yet. ``fresh``: the Chinese is the one it was made from. ``renewed``: both texts have changed since,
    so somebody translated again and only the fingerprint is behind. ``stale``: the Chinese has changed and the translation has not.
    """

    UNTIED = "untied"
    FRESH = "fresh"
    RENEWED = "renewed"
    STALE = "stale"


def fingerprint(text: str) -> str:
    """The first eight hexadecimal digits of the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]


def fingerprints(zh: str, en: str) -> str:
    """What ``translated_from`` holds: the fingerprint of the Chinese, a hyphen, that of the translation."""
    return f"{fingerprint(zh)}-{fingerprint(en)}"


def freshness(zh: str, en: str, tied: str | None) -> Freshness:
    """How a translation stands to its Chinese, by the fingerprints kept beside them (None where there are none)."""
    if tied is None:
        return Freshness.UNTIED
    then_zh, then_en = tied.split("-")
    if fingerprint(zh) == then_zh:
        return Freshness.FRESH
    return Freshness.STALE if fingerprint(en) == then_en else Freshness.RENEWED
