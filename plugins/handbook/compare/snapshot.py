"""One side of a comparison: what was read of it, the places in its files, and the names its words go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handbook.model import (
    Book,
    Laws,
    Located,
    Record,
    Regime,
    Section,
    Vocabulary,
    citation,
    section_citation,
)
from handbook.nodes import Document, Path_
from handbook.problem import Message, Place
from handbook.text.numerals import chinese

REGISTER_NAMES: dict[str, Message] = {
    "_handbook": Message("手册信息", "The handbook"),
    "_vocabulary": Message("词表", "Vocabulary"),
    "_laws": Message("法规登记簿", "Register of instruments"),
    "_glossary": Message("术语表", "Glossary"),
    "_published": Message("已发布标识", "Published ids"),
    "_redirects": Message("转向", "Redirects"),
    "_source": Message("原文文件", "Issued text"),
}
"""What the registers are called, and the issued text beside them."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A state of the data, or of one file of it.

    ``registers`` holds what is compared, by name; ``vocabulary`` and ``laws`` only name things and may come from beside a single
    file. ``shown`` is the folder as the user knows it.
    """

    shown: Path
    regimes: tuple[Regime, ...]
    documents: Mapping[str, Document]
    registers: Mapping[str, Record] = field(default_factory=dict)
    source_text: str | None = None
    vocabulary: Vocabulary | None = None
    laws: Laws | None = None

    def place(self, name: str, path: Path_) -> Place:
        """Where a value stands, or the nearest thing around it; the folder where the file does not exist."""
        document = self.documents.get(name)
        if document is None:
            return Place(self.shown)
        return document.place(path)


def of_book(book: Book, shown: Path) -> Snapshot:
    """A whole book as one side."""
    registers: dict[str, Record] = {
        "_handbook": book.handbook,
        "_vocabulary": book.vocabulary,
        "_laws": book.laws,
        "_glossary": book.glossary,
        "_published": book.published,
        "_redirects": book.redirects,
    }
    return Snapshot(shown, book.regimes, book.documents, registers, book.source_text, book.vocabulary, book.laws)


def of_record(name: str, record: Record, document: Document, beside: Book | None) -> Snapshot:
    """One file as one side; ``beside`` is the book in its folder, which names its words, where that can be read."""
    regimes = (record,) if isinstance(record, Regime) else ()
    vocabulary = record if isinstance(record, Vocabulary) else beside.vocabulary if beside else None
    laws = record if isinstance(record, Laws) else beside.laws if beside else None
    registers = {} if regimes else {name: record}
    return Snapshot(document.file.parent, regimes, {name: document}, registers, None, vocabulary, laws)


class Names:
    """The names of controlled words and instruments in both languages, the new ones first; an unknown word names itself."""

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        self._words: dict[str, dict[str, Message]] = {}
        self._laws: dict[str, Message] = {}
        for side in (old, new):
            if side.vocabulary:
                for group in Vocabulary.model_fields:
                    found = getattr(side.vocabulary, group)
                    if isinstance(found, dict):
                        named = {word: Message(entry.zh, entry.en) for word, entry in found.items()}
                        self._words.setdefault(group, {}).update(named)
            if side.laws:
                self._laws.update(
                    {law.id: Message(f"《{law.cited_as.zh}》", law.cited_as.en) for law in side.laws.laws}
                )

    def word(self, group: str, word: str) -> Message:
        """A controlled word, such as ``("measure_types", "fine")``."""
        return self._words.get(group, {}).get(word, Message(word, word))

    def law(self, law: str) -> Message:
        """An instrument by its id."""
        return self._laws.get(law, Message(law, law))


def regime_name(regime: Regime) -> Message:
    """A regime by number and title: 制度七《…》 would look like an instrument, so 制度七“…” / Regime 7 (…)."""
    return Message(f"制度{chinese(regime.number)}“{regime.title.zh}”", f"Regime {regime.number} ({regime.title.en})")


def clause_name(found: Located) -> Message:
    """The citation of a clause: 七·五（二）1 / Regime 7, V(2)1."""
    return Message(f"制度{citation(found, 'zh')}", citation(found, "en"))


def section_name(regime: Regime, section: Section) -> Message:
    """The citation of a section: 七·五 / Regime 7, V."""
    return Message(
        f"制度{chinese(regime.number)}·{section_citation(section, 'zh')}",
        f"Regime {regime.number}, {section_citation(section, 'en')}",
    )
