"""Translations and whether they still belong to their Chinese: titles, headings and clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from handbook.model import Bilingual, Book, Clause, Regime, Section, citation, section_citation
from handbook.nodes import Path_
from handbook.text import fingerprint
from handbook.text.fingerprint import Freshness

State = Literal["fresh", "stale"]
"""A translation made from the Chinese as it is, or from one that has changed since."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated title, heading or clause.

    ``name`` is how ``handbook fmt --confirm`` calls it: ``regime#s5-2``, ``regime#s5``, ``regime#title``; ``anchor`` is empty
    for a title. ``path`` leads to the English in the file of the regime. ``state`` is None while nothing ties the two texts.
    """

    regime: Regime
    name: str
    anchor: str
    path: Path_
    citation: Bilingual
    state: State | None


def state_of(record: Clause | Section | Regime) -> State | None:
    """Whether the translation of a clause, of a section's heading or of a regime's title is fresh.

    One whose Chinese and English have both changed since the last ``handbook fmt`` was translated again, so it is fresh.
    """
    text = _text(record)
    found = fingerprint.freshness(text.zh, text.en, record.translated_from)
    if found is Freshness.UNTIED:
        return None
    return "stale" if found is Freshness.STALE else "fresh"


def _text(record: Clause | Section | Regime) -> Bilingual | Clause:
    if isinstance(record, Regime):
        return record.title
    return record.heading if isinstance(record, Section) else record


def translations(book: Book) -> Iterator[Translation]:
    """Every translation in the order of the source: titles, headings, clauses."""
    for regime in book.regimes:
        cited = Bilingual(zh=f"制度{regime.number}", en=f"Regime {regime.number}")
        yield Translation(regime, f"{regime.id}#title", "", ("title", "en"), cited, state_of(regime))
        for index, section in enumerate(regime.sections):
            anchor = f"s{section.number}"
            where = Bilingual(
                zh=f"{cited.zh}·{section_citation(section, 'zh')}", en=f"{cited.en}, {section_citation(section, 'en')}"
            )
            path: Path_ = ("sections", index, "heading", "en")
            yield Translation(regime, f"{regime.id}#{anchor}", anchor, path, where, state_of(section))
        for found in book.by_regime[regime.id]:
            where = Bilingual(zh=citation(found, "zh"), en=citation(found, "en"))
            yield Translation(regime, found.key, found.id, (*found.path, "en"), where, state_of(found.clause))
