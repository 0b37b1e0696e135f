"""A regime as a reader meets it: facts at a glance, the aspects and where they stand, the text with what belongs to each clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handbook.model import (
    Bilingual,
    Book,
    Clause,
    Erratum,
    Law,
    LegalNote,
    Located,
    Regime,
    Section,
    citation,
    section_citation,
    section_title,
)
from handbook.text.citations import titles
from handbook.text.numerals import marker_number
from handbook.views.freshness import state_of
from handbook.views.moves import old_anchors
from handbook.views.source_text import span_of
from handbook.views.words import Segment, chinese_segments, english_segments


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause to print: its words in segments, its mark, how it is cited, notes, and the items below it."""

    id: str
    mark: str
    words: tuple[Segment, ...]
    citation: str
    short: str
    errata: tuple[Erratum, ...]
    legal_note: LegalNote | None
    items: tuple[ClauseView, ...]
    twin: str
    """The same clause in the other language, with its mark, for parallel text."""
    stale: bool
    """Whether the Chinese has changed since it was translated."""
    was: tuple[str, ...] = ()
    """The anchors it had before."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section to print. ``title`` carries its numeral."""

    id: str
    title: str
    aspects: tuple[str, ...]
    note: Bilingual | None
    errata: tuple[Erratum, ...]
    clauses: tuple[ClauseView, ...]
    twin: str
    """The title in the other language."""
    stale: bool
    """Whether the Chinese heading has changed since it was translated."""
    was: tuple[str, ...] = ()
    """The anchors it had before."""


@dataclass(frozen=True, slots=True)
class AspectView:
    """An aspect and where it comes from: the sections that state it, or the clauses it is drawn from with a note."""

    word: str
    name: str
    stated: bool
    places: tuple[tuple[str, str], ...]
    """Anchor and citation of each place."""
    points: tuple[str, ...]
    """The run-in heads of its clauses (制定检查计划, 实施检查 …), where every clause has one; otherwise empty."""
    count: int
    note: Bilingual | None


@dataclass(frozen=True, slots=True)
class RegimeView:
    """Everything the page of a regime prints, in one language."""

    regime: Regime
    title: str
    category: str
    objects: tuple[str, ...]
    clause_count: int
    lines: tuple[int, int]
    laws: tuple[Law, ...]
    shaky_laws: tuple[Law, ...]
    errata: int
    highest_fine: int | None
    aspects: tuple[AspectView, ...]
    preamble: tuple[ClauseView, ...]
    sections: tuple[SectionView, ...]
    twin: str
    """The title in the other language."""
    object_twins: tuple[str, ...]
    stale: bool
    """Whether the Chinese title has changed since it was translated."""
    previous: Regime | None
    next: Regime | None


def regime_view(book: Book, regime: Regime, language: str) -> RegimeView:
    """The view of a regime. ``shaky_laws`` are those whose status asks for a warning."""
    located = {f.id: f for f in book.by_regime[regime.id]}
    laws = laws_cited(book, regime)
    at = book.regimes.index(regime)
    fines = [
        m.yuan.max for f in located.values() for p in f.clause.penalties for m in p.measures if m.yuan and m.yuan.max
    ]
    aspects = _each_note_once(
        _aspect(book, regime, word, language)
        for word, a in book.vocabulary.aspects.items()
        if a.required or _defines(regime, word)
    )
    return RegimeView(
        regime=regime,
        title=regime.title[language],
        category=book.vocabulary.categories[regime.category][language],
        objects=objects(book, regime, language),
        clause_count=len(located),
        lines=span_of(book, regime.id),
        laws=laws,
        shaky_laws=tuple(law for law in laws if law.status and book.vocabulary.statuses[law.status].warn),
        errata=len(regime.errata)
        + sum(len(s.errata) for s in regime.sections)
        + sum(len(f.clause.errata) for f in located.values()),
        highest_fine=max(fines, default=None),
        aspects=aspects,
        preamble=_clauses(book, located, "s0", language),
        sections=tuple(_section(book, located, section, language) for section in regime.sections),
        twin=regime.title[other_language(language)],
        object_twins=objects(book, regime, other_language(language)),
        stale=state_of(regime) == "stale",
        previous=book.regimes[at - 1] if at else None,
        next=book.regimes[at + 1] if at + 1 < len(book.regimes) else None,
    )


def _each_note_once(aspects: Iterable[AspectView]) -> tuple[AspectView, ...]:
    """A section that states several aspects has one note; the first of them carries it."""
    seen: set[Bilingual] = set()
    kept = []
    for aspect in aspects:
        kept.append(replace(aspect, note=None) if aspect.note in seen else aspect)
        if aspect.note:
            seen.add(aspect.note)
    return tuple(kept)


def laws_cited(book: Book, regime: Regime) -> tuple[Law, ...]:
    """The instruments a regime names, each once, in the order of the text; forms and certificates are left out."""
    found = {
        law.id: law
        for located in book.by_regime[regime.id]
        for span in titles(located.clause.zh)
        if (law := book.laws_by_citation.get(span.name)) is not None and law.status is not None
    }
    return tuple(found.values())


def _defines(regime: Regime, word: str) -> bool:
    return word in regime.unstated_aspects or any(word in s.aspects for s in regime.sections)


def objects(book: Book, regime: Regime, language: str) -> tuple[str, ...]:
    """The object in the words of the source: the first clause of the section that states it."""
    for found in book.by_regime[regime.id]:
        if found.section and "object" in found.section.aspects:
            return (found.clause.zh if language == "zh" else found.clause.en,)
    return ()


def _aspect(book: Book, regime: Regime, word: str, language: str) -> AspectView:
    name = book.vocabulary.aspects[word][language]
    clauses = book.by_regime[regime.id]
    if word in regime.unstated_aspects:
        unstated = regime.unstated_aspects[word]
        by_id = {f.id: f for f in clauses}
        places = tuple((target, _cite(book, regime, by_id, target, language)) for target in unstated.drawn_from)
        return AspectView(word, name, False, places, (), len(places), unstated.note)
    sections = [s for s in regime.sections if word in s.aspects]
    inside = [f for f in clauses if f.section in sections]
    top = [f for f in inside if f.depth == 0]
    leaves = [f for f in inside if not f.clause.items]
    heads = [_head(f.clause.zh if language == "zh" else f.clause.en, language) for f in top]
    places = tuple((f"s{s.number}", section_citation(s, language)) for s in sections)
    points = tuple(h for h in heads if h) if heads and all(heads) and len(heads) > 1 else ()
    return AspectView(
        word, name, bool(sections), places, points, len(leaves), sections[0].aspects_note if sections else None
    )


def _cite(book: Book, regime: Regime, by_id: dict[str, Located], target: str, language: str) -> str:
    if target in by_id:
        return citation(by_id[target], language, full=False)
    return next(section_citation(s, language) for s in regime.sections if f"s{s.number}" == target)


def _head(text: str, language: str) -> str:
    """The run-in head of a clause (“制定检查计划。确定……”): its first sentence where it is short and more follows."""
    stop, limit = ("。", 16) if language == "zh" else (". ", 70)
    head, found, rest = text.partition(stop)
    return head if found and rest and len(head) <= limit else ""


def _section(book: Book, located: dict[str, Located], section: Section, language: str) -> SectionView:
    title, twin = section_title(section, language), section_title(section, other_language(language))
    names = tuple(book.vocabulary.aspects[word][language] for word in section.aspects)
    clauses = _clauses(book, located, f"s{section.number}", language)
    return SectionView(
        f"s{section.number}",
        title,
        names,
        section.aspects_note,
        section.errata,
        clauses,
        twin,
        state_of(section) == "stale",
        old_anchors(book, next(iter(located.values())).regime).get(f"s{section.number}", ()),
    )


def _clauses(book: Book, located: dict[str, Located], above: str, language: str) -> tuple[ClauseView, ...]:
    return tuple(
        _clause(book, located, found, language) for found in located.values() if found.id.rpartition("-")[0] == above
    )


def _clause(book: Book, located: dict[str, Located], found: Located, language: str) -> ClauseView:
    clause = found.clause
    words = chinese_segments(book, clause.zh) if language == "zh" else english_segments(book, clause.en, clause.zh)
    return ClauseView(
        id=found.id,
        mark=_mark(clause.marker, language),
        words=words,
        citation=citation(found, language),
        short=citation(found, language, full=False),
        errata=clause.errata,
        legal_note=clause.legal_note,
        items=_clauses(book, located, found.id, language),
        twin=_marked(clause, other_language(language)),
        stale=state_of(clause) == "stale",
        was=old_anchors(book, found.regime).get(found.id, ()),
    )


def other_language(language: str) -> str:
    """The language of a twin."""
    return "en" if language == "zh" else "zh"


def _marked(clause: Clause, language: str) -> str:
    """The words of a clause as they stand on its page, its mark before them."""
    mark = _mark(clause.marker, language)
    return f"{mark}{clause.zh}" if language == "zh" else f"{mark} {clause.en}".lstrip()


def _mark(marker: str | None, language: str) -> str:
    if marker is None or language == "zh":
        return marker or ""
    number = marker_number(marker)
    if marker.startswith("第"):
        return f"Article {number}" if marker.endswith("条") else f"({number})"
    return f"({number})" if marker[0] in "（(" else f"{number}."
