"""The issued text put together again from the clauses, line by line, and laid beside the text as issued."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from handbook.model import Book, Located
from handbook.nodes import Path_

_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as the files have it: its words, the document and path they come from, and the clause if it is one.

    ``lead`` is the number printed before the words (一、, （二）), which stands in a field of its own.
    """

    lead: str
    words: str
    document: str
    path: Path_
    regime: str | None
    anchor: str

    @property
    def bare(self) -> str:
        """The line without white space: what must equal the issued text, character for character."""
        return bare(self.lead + self.words)


@dataclass(frozen=True, slots=True)
class IssuedLine:
    """One line of the issued text: its number there (from 1), its words as issued, white space included."""

    number: int
    text: str

    @property
    def bare(self) -> str:
        """The line without white space."""
        return bare(self.text)


def bare(text: str) -> str:
    """A text without any white space."""
    return _WHITE.sub("", text)


def recomposed(book: Book) -> tuple[Line, ...]:
    """The lines the regimes add up to, in the order of their numbers: titles, headings, paragraphs."""
    return tuple(_lines(book))


def _lines(book: Book) -> Iterator[Line]:
    for index, text in enumerate(book.handbook.source.lines):
        yield Line("", text, "_handbook", ("source", "lines", index), None, "")
    for regime in book.regimes:
        yield Line(regime.printed, regime.title.zh, regime.id, ("title", "zh"), regime.id, "")
        started = 0
        for found in book.by_regime[regime.id]:
            while (
                found.section is not None
                and started < len(regime.sections)
                and found.section.number >= regime.sections[started].number
            ):
                section = regime.sections[started]
                yield Line(
                    section.printed,
                    section.heading.zh,
                    regime.id,
                    ("sections", started, "heading", "zh"),
                    regime.id,
                    f"s{section.number}",
                )
                started += 1
                if section is found.section:
                    break
            yield _paragraph(found)


def _paragraph(found: Located) -> Line:
    return Line(
        found.clause.marker or "", found.clause.zh, found.regime.id, (*found.path, "zh"), found.regime.id, found.id
    )


def issued(book: Book) -> tuple[IssuedLine, ...]:
    """The lines of the issued text that are not blank."""
    return tuple(IssuedLine(n, t) for n, t in enumerate(book.source_text.split("\n"), start=1) if t.strip())


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the regimes beside a line of the issued text; one is None where the other has no counterpart."""

    ours: Line | None
    theirs: IssuedLine | None
    after: Line | None
    """The last line of ours before this pair: where a missing line would have to stand."""

    @property
    def same(self) -> bool:
        """Whether both are there and equal, white space apart."""
        return self.ours is not None and self.theirs is not None and self.ours.bare == self.theirs.bare


@lru_cache(maxsize=2)
def aligned(book: Book) -> tuple[Pair, ...]:
    """Our lines beside the issued ones. Equal lines pair up; between them, lines pair while both sides have any."""
    ours, theirs = recomposed(book), issued(book)
    matcher = SequenceMatcher(None, [o.bare for o in ours], [t.bare for t in theirs], autojunk=False)
    pairs: list[Pair] = []
    after: Line | None = None
    for _, a1, a2, b1, b2 in matcher.get_opcodes():
        left, right = ours[a1:a2], theirs[b1:b2]
        for i in range(max(len(left), len(right))):
            our = left[i] if i < len(left) else None
            pairs.append(Pair(our, right[i] if i < len(right) else None, after))
            after = our or after
    return tuple(pairs)
