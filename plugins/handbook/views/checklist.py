"""The checklist of a regime: what an inspector ticks, one question an item, each with the clause it comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from handbook.model import Bilingual, Book, Check, Located, NoChecks, Regime
from handbook.nodes import Path_

Part = Literal["content", "classification", "procedure"]

PARTS: tuple[Part, ...] = ("content", "classification", "procedure")
"""The parts of a checklist in the order they are printed: what is inspected, which class a case is of, how it is done."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A question with the clause it comes from.

    ``id`` is unique over all regimes and lasting: the regime, the clause, the number of the question; ``anchor`` is the same
    without the regime. ``number`` counts the items of the checklist from 1. ``path`` is where the question stands in the
    regime's file, or where the clause does that is an item as it stands.
    """

    id: str
    clause: Located
    question: Bilingual
    part: Part
    number: int
    path: Path_
    own_words: bool = False
    """True where the clause has no questions of its own and is asked in its own words."""

    @property
    def anchor(self) -> str:
        """The id within the regime, and the anchor on its page: s2-1.1."""
        return self.id.partition(".")[2]

    @property
    def version(self) -> str:
        """A fingerprint of the question: another where the Chinese has changed."""
        return hashlib.sha256(self.question.zh.encode("utf-8")).hexdigest()[:8]


@dataclass(frozen=True, slots=True, eq=False)
class Checklist:
    """The items of a regime, part by part, each part in the order of the source."""

    regime: Regime
    items: tuple[Item, ...]

    @property
    def parts(self) -> tuple[tuple[Part, tuple[Item, ...]], ...]:
        """The parts that have items."""
        found = ((part, tuple(i for i in self.items if i.part == part)) for part in PARTS)
        return tuple((part, items) for part, items in found if items)

    @property
    def version(self) -> str:
        """A fingerprint of the whole: another where an item has come, gone or changed."""
        lines = "\n".join(f"{i.id} {i.question.zh} {i.question.en}" for i in self.items)
        return hashlib.sha256(lines.encode("utf-8")).hexdigest()[:8]


def checklist(book: Book, regime: Regime) -> Checklist:
    """The checklist of a regime.

    Every clause of the content is in it by its questions, or as it stands where it has none, unless it is excused; clauses
    elsewhere are in it by their questions.
    """
    found = [item for clause in book.by_regime[regime.id] for item in _items(clause)]
    ordered = [item for part in PARTS for item in found if item.part == part]
    return Checklist(regime, tuple(replace(item, number=n) for n, item in enumerate(ordered, 1)))


def checklists(book: Book) -> tuple[Checklist, ...]:
    """The checklists of a book, in the order of the regimes."""
    return tuple(checklist(book, regime) for regime in book.regimes)


def excused(book: Book, regime: Regime) -> tuple[tuple[Located, Bilingual], ...]:
    """The clauses of a regime that are no items, each with the reason given for it."""
    return tuple(
        (found, found.clause.checks.none)
        for found in book.by_regime[regime.id]
        if isinstance(found.clause.checks, NoChecks)
    )


def part_of(found: Located) -> Part:
    """The part a clause's items stand in: what its section says, else content where the section states it, else procedure."""
    section = found.section
    if section is None:
        return "procedure"
    return section.checklist or ("content" if "content" in section.aspects else "procedure")


def is_content(found: Located) -> bool:
    """Whether a clause is of the content, and so belongs into the checklist unless excused."""
    return found.section is not None and (
        "content" in found.section.aspects or found.section.checklist in ("content", "classification")
    )


def is_procedure(found: Located) -> bool:
    """Whether a clause states procedure: its section does, or the regime draws its procedure from this very clause."""
    if found.section is None:
        return False
    unstated = found.regime.unstated_aspects.get("procedure")
    return (
        "procedure" in found.section.aspects
        or found.section.checklist == "procedure"
        or (unstated is not None and found.id in unstated.drawn_from)
    )


def number_of(check: Check, index: int) -> int:
    """The number of a question in its item's id."""
    return check.number or index + 1


def _items(found: Located) -> Iterator[Item]:
    checks = found.clause.checks
    if isinstance(checks, NoChecks):
        return
    if checks is None:
        if is_content(found):
            words = Bilingual(zh=found.clause.zh, en=found.clause.en)
            yield Item(f"{found.key.replace('#', '.')}.1", found, words, part_of(found), 0, found.path, own_words=True)
        return
    for index, check in enumerate(checks):
        yield Item(
            f"{found.key.replace('#', '.')}.{number_of(check, index)}",
            found,
            Bilingual(zh=check.zh, en=check.en),
            part_of(found),
            0,
            (*found.path, "checks", index),
        )
