"""What a text points to: instruments in 《》, and clauses named in editorial notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TITLE = re.compile(r"《([^《》]+)》")
_REFERENCE = re.compile(r"\[#(?:(?P<number>[0-9]{1,4})/)?(?P<id>s[0-9]+(?:-p?[0-9]+)*)\]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text (``end`` exclusive) and what it names."""

    start: int
    end: int
    name: str


def titles(text: str) -> tuple[Span, ...]:
    """The titles between 《 and 》; the span includes the marks, the name does not."""
    return tuple(Span(m.start(), m.end(), m.group(1)) for m in _TITLE.finditer(text))


def without_titles(text: str) -> str:
    """The text with its titles blanked out, so that their words count for nothing and every offset stays.

    >>> without_titles("依照《处罚办法》处理").replace("\\0", "_")
    '依照______处理'
    """
    return _TITLE.sub(lambda m: "\0" * len(m[0]), text)


@dataclass(frozen=True, slots=True)
class Reference:
    """A clause or section an editorial note points to, ``[#s5-p1-2]`` or in another regime ``[#16/s1-2]``."""

    start: int
    end: int
    regime: int | None
    id: str


def references(text: str) -> tuple[Reference, ...]:
    """The references of a note. ``regime`` is None for the regime the note stands in."""
    return tuple(
        Reference(m.start(), m.end(), int(m["number"]) if m["number"] else None, m["id"])
        for m in _REFERENCE.finditer(text)
    )


def occurrences(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Where the words stand in a Chinese text, the longest first and none inside another, in order of place."""
    taken: list[Span] = []
    blind = text
    for word in sorted(set(words) - {""}, key=lambda w: (-len(w), w)):
        at = blind.find(word)
        while at >= 0:
            taken.append(Span(at, at + len(word), word))
            blind = blind[:at] + "\0" * len(word) + blind[at + len(word) :]
            at = blind.find(word, at + len(word))
    return tuple(sorted(taken, key=lambda s: s.start))
