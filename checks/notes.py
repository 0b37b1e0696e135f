"""The editors' own sentences, wherever they stand: notes on errata, aspects, laws and terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model import Bilingual, Book, Erratum, LegalNote
from handbook.nodes import Path_


@dataclass(frozen=True, slots=True)
class Note:
    """A bilingual sentence of the editors: its document, its path there, and the subject it is about."""

    document: str
    path: Path_
    text: Bilingual | LegalNote
    subject: str


@dataclass(frozen=True, slots=True)
class Slip:
    """An erratum where it stands, beside the words it is about."""

    document: str
    path: Path_
    erratum: Erratum
    words: str
    subject: str


def slips(book: Book) -> Iterator[Slip]:
    """Every erratum: on titles, on headings, on clauses."""
    for regime in book.regimes:
        for i, erratum in enumerate(regime.errata):
            yield Slip(regime.id, ("errata", i), erratum, regime.title.zh, regime.id)
        for s, section in enumerate(regime.sections):
            for i, erratum in enumerate(section.errata):
                yield Slip(
                    regime.id,
                    ("sections", s, "errata", i),
                    erratum,
                    section.heading.zh,
                    f"{regime.id}#s{section.number}",
                )
    for found in book.clauses:
        for i, erratum in enumerate(found.clause.errata):
            yield Slip(found.regime.id, (*found.path, "errata", i), erratum, found.clause.zh, found.key)


def notes(book: Book) -> Iterator[Note]:
    """Every note of the editors."""
    for slip in slips(book):
        yield Note(slip.document, (*slip.path, "note"), slip.erratum.note, slip.subject)
    for regime in book.regimes:
        for s, section in enumerate(regime.sections):
            if section.aspects_note:
                yield Note(
                    regime.id, ("sections", s, "aspects_note"), section.aspects_note, f"{regime.id}#s{section.number}"
                )
        for word, aspect in regime.unstated_aspects.items():
            yield Note(regime.id, ("unstated_aspects", word, "note"), aspect.note, regime.id)
    for found in book.clauses:
        if found.clause.legal_note:
            yield Note(found.regime.id, (*found.path, "legal_note"), found.clause.legal_note, found.key)
    for i, law in enumerate(book.laws.laws):
        for name in ("status_note", "replaced_by", "title_issue", "note"):
            text = getattr(law, name)
            if text:
                yield Note("_laws", ("laws", i, name), text, f"_laws#{law.id}")
    for i, term in enumerate(book.glossary.terms):
        if term.note:
            yield Note("_glossary", ("terms", i, "note"), term.note, f"_glossary#{term.zh}")
