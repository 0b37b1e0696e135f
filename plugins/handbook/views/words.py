"""A text cut into segments, so that laws, terms and amounts in it can be marked and linked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbook.model import Book, Term
from handbook.text.citations import occurrences, references, titles
from handbook.text.figures import Kind, chinese_figures, english_figures
from handbook.views.terms import terms_in


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text. ``kind`` is text, law, term, amount or reference; ``target`` the law's id, the term, the clause."""

    text: str
    kind: str = "text"
    target: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str
    target: str


_BOUND = re.compile(r"以[上下]")


def chinese_segments(book: Book, text: str) -> tuple[Segment, ...]:
    """A Chinese text in segments: registered 《titles》, amounts with their 以上/以下, glossary terms."""
    marks = [
        _Mark(s.start, s.end, "law", book.laws_by_citation[s.name].id)
        for s in titles(text)
        if s.name in book.laws_by_citation
    ]
    for figure in chinese_figures(text):
        if figure.kind in (Kind.YUAN, Kind.PERCENT):
            bound = _BOUND.match(text, figure.end)
            marks.append(_Mark(figure.start, bound.end() if bound else figure.end, "amount", ""))
    marks += [_Mark(s.start, s.end, "term", s.term.zh) for s in terms_in(book, text)]
    return _cut(text, marks)


def english_segments(book: Book, text: str, chinese: str) -> tuple[Segment, ...]:
    """An English text in segments; the laws and terms looked for are those of its Chinese."""
    laws = {
        book.laws_by_citation[s.name].cited_as.en: book.laws_by_citation[s.name].id
        for s in titles(chinese)
        if s.name in book.laws_by_citation
    }
    marks = [_Mark(s.start, s.end, "law", laws[s.name]) for s in occurrences(text, laws)]
    marks += [_Mark(f.start, f.end, "amount", "") for f in english_figures(text) if f.kind in (Kind.YUAN, Kind.PERCENT)]
    wanted: dict[str, Term] = {s.term.zh: s.term for s in terms_in(book, chinese)}
    for term in sorted(wanted.values(), key=lambda t: -len(t.en)):
        for rendering in (term.en, *term.forms):
            match = re.search(rf"(?<![A-Za-z-]){re.escape(rendering)}(?:s|es)?(?![A-Za-z-])", text, re.IGNORECASE)
            if match and not any(m.start < match.end() and match.start() < m.end for m in marks):
                marks.append(_Mark(match.start(), match.end(), "term", term.zh))
                break
    return _cut(text, marks)


def note_segments(text: str) -> tuple[Segment, ...]:
    """An editor's note in segments: its references to clauses (target ``number/id``, or ``/id`` for the same regime)."""
    return _cut(
        text,
        [
            _Mark(r.start, r.end, "reference", f"{'' if r.regime is None else r.regime}/{r.id}")
            for r in references(text)
        ],
    )


def _cut(text: str, marks: list[_Mark]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    at = 0
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if mark.start < at:
            continue
        if mark.start > at:
            segments.append(Segment(text[at : mark.start]))
        segments.append(Segment(text[mark.start : mark.end], mark.kind, mark.target))
        at = mark.end
    if at < len(text) or not segments:
        segments.append(Segment(text[at:]))
    return tuple(segments)
