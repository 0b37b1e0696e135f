"""Checklist questions against the clause they come from: what they add to its words, and what of it they leave unasked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handbook.text.citations import Span

RUN = 2
"""How many characters in a row two texts must share to count as the same words."""

_MARKS = re.compile(r"[\s，。；：、？！,.;:?!“”‘’《》（）()…—\-·]")
_JOINTS = frozenset("及和与并且或由等在对以将为于从之")
"""Single characters that join words and may come or go in a question."""


def added(question: str, sources: Iterable[str], allowed: Iterable[str]) -> tuple[Span, ...]:
    """The stretches of a question that are neither words of a source nor allowed.

    The question is laid with the longest pieces the sources share with it, :data:`RUN` characters or more; single
    characters count where they join words.

    >>> [s.name for s in added("机构是否伪造数据和证书？", ["机构伪造数据"], ["是否"])]
    ['证书']
    """
    return _left(question, tuple(sources), tuple(allowed))


def unasked(clause: str, questions: Iterable[str], allowed: Iterable[str]) -> tuple[Span, ...]:
    """The stretches of a clause that stand in none of its questions and need to.

    >>> [s.name for s in unasked("是否伪造数据、出具假证；", ["是否伪造数据？"], ["是否"])]
    ['出具假证']
    """
    return _left(clause, tuple(questions), tuple(allowed))


def _left(text: str, sources: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[Span, ...]:
    covered = [bool(_MARKS.match(character)) or character in _JOINTS for character in text]
    for start, end in _shared(text, sources):
        covered[start:end] = [True] * (end - start)
    for word in sorted(allowed, key=len, reverse=True):
        for match in re.finditer(re.escape(word), text):
            covered[match.start() : match.end()] = [True] * len(word)
    edges = [
        at for at in range(len(text) + 1) if (at < len(text) and not covered[at]) != (at > 0 and not covered[at - 1])
    ]
    return tuple(Span(start, end, text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True))


def _shared(text: str, sources: tuple[str, ...]) -> Iterable[tuple[int, int]]:
    at = 0
    while at < len(text):
        end = at + RUN
        if not any(text[at:end] in source for source in sources) or end > len(text):
            at += 1
            continue
        while end < len(text) and any(text[at : end + 1] in source for source in sources):
            end += 1
        yield at, end
        at = max(at + 1, end - RUN + 1)  # pieces may overlap by a character: 机构的 and 的设备
