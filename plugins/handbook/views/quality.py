"""What the checks found on this build, as values the core can print without knowing the checks."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.model import Book, Erratum, citation, section_citation
from handbook.problem import Message, Problem, Severity
from handbook.recompose import aligned


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule as the handbook documents it."""

    code: str
    name: str
    family: Message
    severity: Severity
    demand: Message
    why: Message
    bad: str
    good: str


@dataclass(frozen=True, slots=True)
class WaivedEntry:
    """A finding that was waived: the problem, why, and until when (YYYY-MM-DD)."""

    problem: Problem
    reason: Message
    until: str


@dataclass(frozen=True, slots=True)
class Quality:
    """The rules that ran and what they found; empty where a build runs without the checks."""

    rules: tuple[RuleEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    waived: tuple[WaivedEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class ErratumRow:
    """An erratum in the list of all: regime, anchor, how the place is cited, and the erratum."""

    regime: str
    anchor: str
    citation: str
    erratum: Erratum


def errata(book: Book, language: str) -> tuple[ErratumRow, ...]:
    """Every erratum in the order of the source: title, headings and clauses of each regime."""
    rows: list[ErratumRow] = []
    for regime in book.regimes:
        head = f"Regime {regime.number}" if language == "en" else f"制度{regime.number}"
        rows += [ErratumRow(regime.id, "", head, e) for e in regime.errata]
        for section in regime.sections:
            cited = section_citation(section, language)
            rows += [
                ErratumRow(regime.id, f"s{section.number}", f"{head}{', ' if language == 'en' else '·'}{cited}", e)
                for e in section.errata
            ]
        rows += [
            ErratumRow(regime.id, f.id, citation(f, language), e)
            for f in book.by_regime[regime.id]
            for e in f.clause.errata
        ]
    return tuple(rows)


def lines_proven(book: Book) -> tuple[int, int]:
    """How many lines of the issued text the clauses equal, and how many it has."""
    pairs = aligned(book)
    return sum(p.same for p in pairs), sum(p.theirs is not None for p in pairs)
