"""A comparison as the page “what changed” prints it: by regime, each change with its old and its new words marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from handbook.compare.change import ACTION_NAMES, KIND_NAMES, WEIGHT_NAMES, Change, Comparison, Kind
from handbook.compare.forms import languages_of
from handbook.compare.marks import Piece, marked


@dataclass(frozen=True, slots=True)
class Sides:
    """Old and new words in one language, as runs of pieces; a side is empty where there is nothing."""

    language: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    source: bool
    """Whether the words are the source's own, and not ours."""


@dataclass(frozen=True, slots=True)
class ChangeCell:
    """A change in one language of the handbook. ``key`` is the clause (or law) it links to, empty where it no longer stands."""

    cited: str
    group: str
    id: str
    there: bool
    what: str
    of: str
    kind: str
    action: str
    note: str
    sides: tuple[Sides, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The changes of a regime or a register, those that bind people first."""

    id: str
    title: str
    number: int | None
    there: bool
    weights: tuple[tuple[str, tuple[ChangeCell, ...]], ...]
    count: int


def change_groups(found: Comparison, language: str) -> tuple[ChangeGroup, ...]:
    """The changes as the page has them, in the order of the regimes, the registers last."""
    groups = []
    for subject, changes in found.groups():
        weights = tuple(
            (WEIGHT_NAMES[weight][language], tuple(_cell(change, language) for change in part))
            for weight, part in groupby(changes, key=lambda c: c.weight)
        )
        there = any(change.subject.id or change.subject.there for change in changes)
        groups.append(
            ChangeGroup(subject.group, subject.group_name[language], subject.number, there, weights, len(changes))
        )
    return tuple(groups)


def change_counts(found: Comparison, language: str) -> tuple[tuple[str, int], ...]:
    """How many changes there are of each kind, by its name."""
    return tuple((KIND_NAMES[kind][language], count) for kind, count in found.counts())


def _cell(change: Change, language: str) -> ChangeCell:
    subject = change.subject
    return ChangeCell(
        cited=subject.cited[language],
        group=subject.group,
        id=subject.id,
        there=subject.there,
        what=change.what[language],
        of=change.of[language] if change.of else "",
        kind=KIND_NAMES[change.kind][language],
        action=ACTION_NAMES[change.action][language],
        note=change.note[language] if change.note else "",
        sides=tuple(_sides(change, lang) for lang in languages_of(change, language)),
    )


def _sides(change: Change, language: str) -> Sides:
    old, new = (side[language] if side else "" for side in (change.old, change.new))
    if old and new:
        pieces = marked(old, new, language)
        before = tuple(p for p in pieces if p.kind != "added")
        after = tuple(p for p in pieces if p.kind != "removed")
    else:
        before = (Piece(old, "removed"),) if old else ()
        after = (Piece(new, "added"),) if new else ()
    source = language == "zh" and change.kind in (Kind.TEXT, Kind.CLAUSE, Kind.ISSUED_TEXT)
    return Sides(language, before, after, source)
