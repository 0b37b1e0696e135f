"""Every time limit, frequency, look-back, head-count and threshold of the book, one row each, in the order of the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model import Bilingual, Book, Located, Regime

KINDS = ("deadline", "frequency", "look_back", "staffing", "threshold")
"""The kinds of rows in the order of the page."""


@dataclass(frozen=True, slots=True, eq=False)
class LimitRow:
    """A number the source binds somebody to. ``unit`` is a word of the vocabulary; ``value`` None means at once.

    ``act`` is what must be done, who must be there (staffing), or what the number decides (threshold). ``binds`` is set
    for staffing, ``inclusive`` for thresholds. ``id`` is unique and stands in addresses.
    """

    id: str
    clause: Located
    kind: str
    value: int | None
    unit: str | None
    at_least: bool
    immediately: bool
    start: Bilingual | None
    actor: Bilingual | None
    act: Bilingual
    binds: str | None = None
    inclusive: bool | None = None


def limit_rows(book: Book, regime: Regime | None = None) -> tuple[LimitRow, ...]:
    """The rows of a book, or of one regime, in the order of the source; within a clause limits, then head-counts, then thresholds."""
    clauses = book.by_regime[regime.id] if regime else book.clauses
    return tuple(row for found in clauses for row in _rows(found))


def _rows(found: Located) -> Iterator[LimitRow]:
    clause, name = found.clause, f"{found.regime.id}.{found.id}"
    for i, t in enumerate(clause.time_limits):
        yield LimitRow(
            f"{name}.limit-{i + 1}",
            found,
            t.kind.value,
            t.value,
            t.unit.value if t.unit else None,
            t.at_least,
            t.immediately,
            t.from_,
            t.actor,
            t.act,
        )
    for i, s in enumerate(clause.staffing):
        yield LimitRow(
            f"{name}.staffing-{i + 1}",
            found,
            "staffing",
            s.value,
            "person",
            s.at_least,
            False,
            None,
            None,
            s.who,
            binds=s.binds,
        )
    for i, h in enumerate(clause.thresholds):
        yield LimitRow(
            f"{name}.threshold-{i + 1}",
            found,
            "threshold",
            h.value,
            h.unit,
            True,
            False,
            None,
            None,
            h.use,
            inclusive=h.inclusive,
        )
