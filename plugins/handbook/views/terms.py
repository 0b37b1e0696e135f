"""Glossary terms where they stand in a Chinese text, and the clauses each term occurs in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from handbook.model import Book, Term


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term in a text: ``start`` and ``end`` (exclusive) in characters."""

    start: int
    end: int
    term: Term


def terms_in(book: Book, text: str) -> tuple[TermSpan, ...]:
    """The glossary terms of a Chinese text in order: the longest first, none inside another, none where ``not_in`` says no."""
    found: list[TermSpan] = []
    blind = text
    for term in _longest_first(book):
        if term.zh not in blind:
            continue
        barred = [(at, at + len(longer)) for longer in term.not_in for at in _places(text, longer)]
        for at in _places(blind, term.zh):
            end = at + len(term.zh)
            if any(start <= at and end <= stop for start, stop in barred):
                continue
            found.append(TermSpan(at, end, term))
            blind = blind[:at] + "\0" * len(term.zh) + blind[end:]
    return tuple(sorted(found, key=lambda s: s.start))


def _places(text: str, word: str) -> list[int]:
    places, at = [], text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + len(word))
    return places


@lru_cache(maxsize=2)
def _longest_first(book: Book) -> tuple[Term, ...]:
    return tuple(sorted(book.glossary.terms, key=lambda t: (-len(t.zh), t.zh)))


def clauses_by_term(book: Book) -> Mapping[str, tuple[str, ...]]:
    """For each term (by its Chinese) the keys of the clauses it occurs in, in the order of the source."""
    found: dict[str, list[str]] = {t.zh: [] for t in book.glossary.terms}
    for located in book.clauses:
        for zh in dict.fromkeys(span.term.zh for span in terms_in(book, located.clause.zh)):
            found[zh].append(located.key)
    return {zh: tuple(keys) for zh, keys in found.items()}
