"""Which clauses cite an instrument."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.model import Book, Located
from handbook.text.citations import titles


def clauses_by_law(book: Book) -> Mapping[str, tuple[Located, ...]]:
    """For each instrument (by id) the clauses whose Chinese names it in 《》, in the order of the source."""
    found: dict[str, list[Located]] = {law.id: [] for law in book.laws.laws}
    for located in book.clauses:
        for name in dict.fromkeys(span.name for span in titles(located.clause.zh)):
            law = book.laws_by_citation.get(name)
            if law:
                found[law.id].append(located)
    return {law_id: tuple(clauses) for law_id, clauses in found.items()}
