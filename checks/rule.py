"""What a rule is: a generator of findings under a code, documented by its own docstring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc

from handbook.model import Book
from handbook.problem import Message, Place, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: where, in which words, and about which part of the data.

    ``subject`` names that part for waivers, lines apart: ``regime-id#clause-id``, ``regime-id`` or ``_laws#law-id``.
    """

    place: Place
    zh: str
    en: str
    subject: str


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """A rule's docstring in parts: what it demands, why, an example that breaks it and one that keeps it."""

    demand: Message
    why: Message
    bad: str
    good: str


Check = Callable[[Book], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule. ``whole`` means it compares all regimes at once and is skipped when one could not be read."""

    code: str
    name: str
    severity: Severity
    check: Check
    doc: RuleDoc
    whole: bool = False

    @property
    def family(self) -> str:
        """The first three characters of the code: HB1 aspects, HB2 text and translation, …"""
        return self.code[:3]


RULES: dict[str, Rule] = {}
"""Every rule by its code. Filled by importing the family modules; see :mod:`checks.run`."""

FAMILIES: dict[str, Message] = {
    "HB0": Message("读取", "Reading"),
    "HB1": Message("要素", "Aspects"),
    "HB2": Message("文字与译文", "Text and translation"),
    "HB3": Message("法律后果", "Penalties"),
    "HB4": Message("期限、人数、门槛", "Limits, head-counts, thresholds"),
    "HB5": Message("法规、术语、链接", "Laws, terms, links"),
    "HB6": Message("原文", "Source"),
    "HB7": Message("检查表", "Checklists"),
    "HB8": Message("标识与网址", "Ids and addresses"),
    "HB9": Message("豁免", "Waivers"),
}
"""The families of rules and their names."""


def rule(code: str, name: str, severity: Severity = Severity.ERROR, *, whole: bool = False) -> Callable[[Check], Check]:
    """Registers a generator of findings as a rule. Raises ValueError for a code used twice or a docstring without its parts."""
    if not re.fullmatch(r"HB[0-9]{3}", code) or code[:3] not in FAMILIES:
        raise ValueError(f"{code} is not a code of a known family")

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"{code} is registered twice")
        RULES[code] = Rule(code, name, severity, check, parse(check.__doc__ or "", code), whole)
        return check

    return register


_PARTS = re.compile(
    r"(?P<en>[^\n]+)\n(?P<zh>[^\n]+)\n\nWhy: (?P<why_en>.+?)\n原因：(?P<why_zh>.+?)\n\nBad:\n(?P<bad>.+?)\n\nGood:\n(?P<good>.+)",
    re.DOTALL,
)


def parse(docstring: str, code: str) -> RuleDoc:
    """A docstring in its parts. Raises ValueError naming the rule where one is missing."""
    match = _PARTS.fullmatch(cleandoc(docstring))
    if match is None:
        raise ValueError(f"{code}: the docstring needs a line in English, one in Chinese, Why:, 原因：, Bad: and Good:")
    part = match.groupdict()
    return RuleDoc(
        Message(part["zh"].strip(), part["en"].strip()),
        Message(_joined(part["why_zh"], ""), _joined(part["why_en"], " ")),
        cleandoc("\n" + part["bad"]),
        cleandoc("\n" + part["good"]),
    )


def _joined(text: str, between: str) -> str:
    return between.join(line.strip() for line in text.splitlines())
