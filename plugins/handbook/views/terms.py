"""Glossary terms where they stand in a Chinese text, and the clauses each term occurs in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from handbook.model import Book, Glossary, Term
from handbook.text.citations import occurrences


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term in a text: ``start`` and ``end`` (exclusive) in characters."""

    start: int
    end: int
    term: Term


def terms_in(book: Book, text: str) -> tuple[TermSpan, ...]:
    """The glossary terms of a Chinese text in order: the longest first, none inside another, none where ``not_in`` says no."""
    known, blockers = _index(book.glossary)
    blind = text
    for words, term in blockers:
        if words in blind:
            blind = blind.replace(words, words.replace(term, "\0" * len(term)))
    return tuple(TermSpan(s.start, s.end, known[s.name]) for s in occurrences(blind, [w for w in known if w in blind]))


@lru_cache(maxsize=4)
def _index(glossary: Glossary) -> tuple[Mapping[str, Term], tuple[tuple[str, str], ...]]:
    return {t.zh: t for t in glossary.terms}, tuple((longer, t.zh) for t in glossary.terms for longer in t.not_in)


def clauses_by_term(book: Book) -> Mapping[str, tuple[str, ...]]:
    """For each term (by its Chinese) the keys of the clauses it occurs in, in the order of the source."""
    found: dict[str, list[str]] = {t.zh: [] for t in book.glossary.terms}
    for located in book.clauses:
        for zh in dict.fromkeys(span.term.zh for span in terms_in(book, located.clause.zh)):
            found[zh].append(located.key)
    return {zh: tuple(keys) for zh, keys in found.items()}
