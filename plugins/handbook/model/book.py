"""The whole handbook as one value, with the identity of every clause and the place of everything in the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from handbook.model.regime import Clause, Regime, Section
from handbook.model.registers import Glossary, Handbook, Law, Laws, Published, Redirects, Vocabulary
from handbook.nodes import Document, Path_
from handbook.problem import Place
from handbook.text.numerals import chinese, marker_number


@dataclass(frozen=True, slots=True)
class Located:
    """A clause where it stands: its id and anchor, the section (None in the preamble), depth and path in the file."""

    regime: Regime
    section: Section | None
    clause: Clause
    id: str
    path: Path_
    depth: int
    trail: tuple[str, ...]
    """How a reader names the place below the section: the markers, or 第n段 / para. n for unmarked paragraphs."""

    @property
    def key(self) -> str:
        """The name of the clause over all regimes: ``regime-id#clause-id``."""
        return f"{self.regime.id}#{self.id}"


@dataclass(frozen=True, eq=False)
class Book:
    """Everything the files say, validated. Built by :func:`handbook.source.read`."""

    handbook: Handbook
    vocabulary: Vocabulary
    laws: Laws
    glossary: Glossary
    regimes: tuple[Regime, ...]
    source_text: str
    folder: Path
    today: date
    """The day the book is read for: dates after it are of the future, and reviews fall due by it."""
    documents: Mapping[str, Document]
    """The YAML documents by name: a regime's id, or a register's such as ``_handbook`` and ``_laws``."""
    published: Published = field(default_factory=Published)
    """What has been published under an id; nothing where there is no lock yet."""
    redirects: Redirects = field(default_factory=Redirects)
    """Where published ids have gone."""

    def place(self, name: str, path: Path_ = (), offset: int = 0) -> Place:
        """Where the value at ``path`` stands in the document ``name``."""
        return self.documents[name].place(path, offset)

    def key_place(self, name: str, path: Path_) -> Place:
        """Where the key of ``path`` stands in the document ``name``."""
        return self.documents[name].key_place(path)

    @cached_property
    def clauses(self) -> tuple[Located, ...]:
        """Every clause of every regime, in the order of the source."""
        return tuple(found for regime in self.regimes for found in clauses_of(regime))

    @cached_property
    def by_key(self) -> Mapping[str, Located]:
        """Clauses by ``regime-id#clause-id``."""
        return {found.key: found for found in self.clauses}

    @cached_property
    def by_regime(self) -> Mapping[str, tuple[Located, ...]]:
        """Clauses by regime id."""
        grouped: dict[str, list[Located]] = {regime.id: [] for regime in self.regimes}
        for found in self.clauses:
            grouped[found.regime.id].append(found)
        return {name: tuple(clauses) for name, clauses in grouped.items()}

    @cached_property
    def laws_by_citation(self) -> Mapping[str, Law]:
        """Instruments by the title the source prints between 《 and 》."""
        return {law.cited_as.zh: law for law in self.laws.laws}

    @cached_property
    def laws_by_id(self) -> Mapping[str, Law]:
        """Instruments by id."""
        return {law.id: law for law in self.laws.laws}


def clauses_of(regime: Regime) -> Iterator[Located]:
    """The clauses of a regime in the order of the source, preamble first, items after the clause that introduces them."""
    yield from _below(regime, None, regime.preamble, "s0", ("preamble",), (), 0)
    for index, section in enumerate(regime.sections):
        yield from _below(regime, section, section.clauses, f"s{section.number}", ("sections", index, "clauses"), (), 0)


def _below(
    regime: Regime,
    section: Section | None,
    clauses: tuple[Clause, ...],
    prefix: str,
    path: Path_,
    trail: tuple[str, ...],
    depth: int,
) -> Iterator[Located]:
    unmarked = 0
    for index, clause in enumerate(clauses):
        if clause.marker is None:
            unmarked += 1
            name, step = f"p{unmarked}", f"p{unmarked}"
        else:
            name, step = str(marker_number(clause.marker)), clause.marker
        here, steps = f"{prefix}-{name}", (*trail, step)
        yield Located(regime, section, clause, here, (*path, index), depth, steps)
        yield from _below(regime, section, clause.items, here, (*path, index, "items"), steps, depth + 1)


def citation(found: Located, language: str, *, full: bool = True) -> str:
    """How a reader cites a clause: 七·五（二）1, 七·五第1段 / Regime 7, V(2)1, Regime 7, V para. 1.

    A lead paragraph that only introduces marked items is not named when one of its items is cited.
    ``full=False`` leaves out the regime.
    """
    trail = found.trail
    steps = [s for i, s in enumerate(trail) if not (s[0] == "p" and i + 1 < len(trail) and trail[i + 1][0] != "p")]
    head = section_citation(found.section, language) if found.section else None
    if language == "zh":
        head = head or "序言"
        tail = "".join(f"第{s[1:]}段" if s.startswith("p") else s.rstrip("、.．") for s in steps)
        return f"{chinese(found.regime.number)}·{head}{tail}" if full else f"{head}{tail}"
    head = head or "Preamble"
    tail = "".join(f" para. {s[1:]}" if s.startswith("p") else _english_marker(s) for s in steps)
    return f"Regime {found.regime.number}, {head}{tail}" if full else f"{head}{tail}"


def section_citation(section: Section, language: str) -> str:
    """How a reader cites a section: 五 / V; 第五章 / V where it is printed so."""
    if language == "en":
        return _roman(section.number)
    return section.printed.strip("、.．（）()") or chinese(section.number)


def section_title(section: Section, language: str) -> str:
    """A heading with its number, in Chinese as the source prints it: 五、处理, 第五章 处理, or 处理 alone."""
    printed = section.printed
    if language == "en":
        return f"{_roman(section.number)}. {section.heading.en}" if printed else section.heading.en
    gap = "\u3000" if printed.startswith("第") else ""
    return f"{printed}{gap}{section.heading.zh}"


def _english_marker(marker: str) -> str:
    number = marker_number(marker)
    if marker.startswith("第"):
        return f" Art. {number}" if marker.endswith("条") else f" {marker} ({number})"
    return str(number) if marker[0].isdecimal() or marker[-1] in "、.．" else f"({number})"


def _roman(number: int) -> str:
    parts = []
    for value, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            parts.append(letters)
            number -= value
    return "".join(parts)
