"""The regimes in the order the handbook lists them."""

from __future__ import annotations

from itertools import groupby

from handbook.model import Book, Regime


def by_category(book: Book) -> tuple[tuple[str, tuple[Regime, ...]], ...]:
    """The regimes by category in the order of the vocabulary, within it by number. Empty and unknown categories are left out."""
    order = list(book.vocabulary.categories)
    known = [r for r in book.regimes if r.category in book.vocabulary.categories]
    ordered = sorted(known, key=lambda r: (order.index(r.category), r.number))
    return tuple((word, tuple(group)) for word, group in groupby(ordered, key=lambda r: r.category))
