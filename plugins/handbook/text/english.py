"""English words compared by their stems, so that *fined*, *fines* and *fine* are one."""

from __future__ import annotations

import re
from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "for",
        "by",
        "its",
        "it",
        "their",
        "his",
        "her",
        "and",
        "or",
        "on",
        "with",
        "within",
        "be",
        "is",
        "are",
        "as",
        "not",
        "at",
        "that",
        "this",
        "which",
        "from",
        "into",
    ]
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of one English word in small letters (Snowball's English stemmer)."""
    return str(_STEMMER.stemWord(word))


def content_stems(text: str) -> frozenset[str]:
    """The stems of a text's words, function words left out."""
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in _FUNCTION_WORDS)


def renders(text: frozenset[str], rendering: str) -> bool:
    """Whether a text (its stems) uses a rendering: every content word of it, in any order and inflection."""
    return content_stems(rendering) <= text
