"""The issued text line by line, each line with the clause it became."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from handbook.model import Book
from handbook.recompose import Line, aligned


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that is not blank: its number, its text as issued, the regime and anchor it became (None, "" if none)."""

    number: int
    text: str
    regime: str | None
    anchor: str
    kind: str
    """title, heading or paragraph."""


@lru_cache(maxsize=2)
def source_lines(book: Book) -> tuple[SourceLine, ...]:
    """Every line of the issued text that is not blank, in order."""
    return tuple(
        SourceLine(
            p.theirs.number,
            p.theirs.text,
            p.ours.regime if p.ours else None,
            p.ours.anchor if p.ours else "",
            _kind(p.ours),
        )
        for p in aligned(book)
        if p.theirs
    )


def _kind(line: Line | None) -> str:
    if line is None or (line.anchor and "-" in line.anchor):
        return "paragraph"
    return "heading" if line.anchor else "title"


@lru_cache(maxsize=2)
def _spans(book: Book) -> Mapping[str, tuple[int, int]]:
    spans: dict[str, tuple[int, int]] = {}
    for line in source_lines(book):
        if line.regime:
            first, _ = spans.get(line.regime, (line.number, line.number))
            spans[line.regime] = (first, line.number)
    return spans


def span_of(book: Book, regime: str) -> tuple[int, int]:
    """The first and last line of a regime in the issued text; (0, 0) where none could be laid beside it."""
    return _spans(book).get(regime, (0, 0))
