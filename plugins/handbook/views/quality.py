"""What the checks found on this build, as values the core can print without knowing the checks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from handbook.model import Bilingual, Book, Erratum, Law, citation, section_citation
from handbook.problem import Message, Problem, Severity
from handbook.recompose import aligned
from handbook.text.amounts import amounts
from handbook.text.citations import titles
from handbook.text.times import people, thresholds, times
from handbook.views.checklist import checklists, excused
from handbook.views.freshness import Translation, translations
from handbook.views.penalties import penalty_rows
from handbook.views.time_limits import limit_rows


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


@dataclass(frozen=True, slots=True)
class Excused:
    """A clause that is no checklist item, how it is cited, and why."""

    key: str
    citation: str
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the text the annotations cover, counted on this build.

    ``amounts`` and ``amounts_carried`` are the bounds of money and percent the clauses state, and those of them that a
    measure or a threshold carries with the same figures; ``numbers`` and ``numbers_carried`` likewise the times,
    head-counts and thresholds. ``laws`` are the instruments by status, in the order of the
    vocabulary; ``slips`` the errata by kind. ``fresh``, ``stale`` and ``untied`` are the translations made from the Chinese as
    it is, from a Chinese that has changed since, and without a fingerprint that would tell.
    """

    consequences: int
    clauses_with_consequences: int
    limits: int
    clauses_with_limits: int
    items: int
    clauses_asked: int
    excused: tuple[Excused, ...]
    amounts: int
    amounts_carried: int
    numbers: int
    numbers_carried: int
    titles: int
    titles_registered: int
    laws: tuple[tuple[str, tuple[Law, ...]], ...]
    slips: tuple[tuple[str, int], ...]
    fresh: int
    stale: tuple[Translation, ...]
    untied: tuple[Translation, ...]


def coverage(book: Book, language: str) -> Coverage:
    """The coverage of a book; names in one language."""
    items = [item for found in checklists(book) for item in found.items]
    penalties, limits = penalty_rows(book), limit_rows(book)
    stated = carried = 0
    for found in book.clauses:
        bounds = {
            (kind, b.min, b.max)
            for p in found.clause.penalties
            for m in p.measures
            for kind, b in (("yuan", m.yuan), ("percent", m.percent_of_illegal_gains))
            if b
        } | {("yuan", t.value, None) for t in found.clause.thresholds if t.unit == "yuan"}
        here = amounts(found.clause.zh)
        stated += len(here)
        carried += sum((a.kind.value, a.min, a.max) in bounds for a in here)
    numbers, numbers_carried = _numbers(book)
    names = [span.name for found in book.clauses for span in titles(found.clause.zh)]
    kinds = Counter(row.erratum.kind for row in errata(book, language))
    translated = tuple(translations(book))
    return Coverage(
        consequences=len(penalties),
        clauses_with_consequences=len({row.lead.key for row in penalties}),
        limits=len(limits),
        clauses_with_limits=len({row.clause.key for row in limits}),
        items=len(items),
        clauses_asked=len({item.clause.key for item in items}),
        excused=tuple(
            Excused(found.key, citation(found, language), reason)
            for regime in book.regimes
            for found, reason in excused(book, regime)
        ),
        amounts=stated,
        amounts_carried=carried,
        numbers=numbers,
        numbers_carried=numbers_carried,
        titles=len(names),
        titles_registered=sum(name in book.laws_by_citation for name in names),
        laws=tuple(
            (status[language], laws)
            for word, status in book.vocabulary.statuses.items()
            if (laws := tuple(law for law in book.laws.laws if law.status == word))
        ),
        slips=tuple(
            (name[language], kinds[word]) for word, name in book.vocabulary.errata_kinds.items() if kinds[word]
        ),
        fresh=sum(t.state == "fresh" for t in translated),
        stale=tuple(t for t in translated if t.state == "stale"),
        untied=tuple(t for t in translated if t.state is None),
    )


def _numbers(book: Book) -> tuple[int, int]:
    """The times, head-counts and thresholds the clauses state, and how many of them stand in the annotations."""
    phrases = book.vocabulary.phrases
    stated = carried = 0
    for found in book.clauses:
        clause = found.clause
        here = Counter(("time", t.value) for t in times(clause.zh, phrases.immediately, phrases.at_least))
        here += Counter(("people", c.value) for c in people(clause.zh, phrases.at_least))
        here += Counter(("threshold", c.value) for c in thresholds(clause.zh))
        there = Counter(("time", None if t.immediately else t.value) for t in clause.time_limits)
        there += Counter(("people", s.value) for s in clause.staffing)
        there += Counter(("threshold", t.value) for t in clause.thresholds)
        stated += here.total()
        carried += (here & there).total()
    return stated, carried
