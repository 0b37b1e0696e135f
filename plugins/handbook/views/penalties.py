"""Every legal consequence of the book, one row a conduct: the look-up, the tables of regimes, the exports read these rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model import Bilingual, Book, LegalNote, Located, Measure, Penalty, Range, Regime


@dataclass(frozen=True, slots=True, eq=False)
class PenaltyRow:
    """A conduct and one step of its consequences.

    ``clause`` is where the conduct stands, ``lead`` the clause that states the consequence: the same, unless the conduct
    is an item of a list. ``conduct`` is None where the clause names none. ``id`` is unique and stands in addresses.
    """

    id: str
    clause: Located
    lead: Located
    penalty: Penalty
    conduct: Bilingual | None
    classes: tuple[str, ...]
    """The class of each measure, in their order."""
    statuses: tuple[str, ...]
    """The status of each instrument of the basis, in their order; an instrument without status is left out."""
    notes: tuple[LegalNote, ...]
    """The legal notes a reader of this row must see: of its clause and of the clauses above it."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The consequences."""
        return self.penalty.measures

    @property
    def yuan(self) -> Range | None:
        """The bounds in yuan, of the first measure that has them."""
        return next((m.yuan for m in self.measures if m.yuan), None)

    @property
    def percent(self) -> Range | None:
        """The bounds in percent of illegal gains, of the first measure that has them."""
        return next((m.percent_of_illegal_gains for m in self.measures if m.percent_of_illegal_gains), None)


def penalty_rows(book: Book, regime: Regime | None = None) -> tuple[PenaltyRow, ...]:
    """The rows of a book, or of one regime, in the order of the source; the items of a list each make a row, entry by entry."""
    clauses = book.by_regime[regime.id] if regime else book.clauses
    return tuple(row for found in clauses for row in _rows(book, found))


def _rows(book: Book, found: Located) -> Iterator[PenaltyRow]:
    if not found.clause.penalties:
        return
    items = [f for f in book.by_regime[found.regime.id] if f.id.rpartition("-")[0] == found.id]
    notes = notes_over(book, found)
    for index, penalty in enumerate(found.clause.penalties):
        places = items if penalty.conduct == "items" else [found]
        for place in places:
            yield PenaltyRow(
                id=f"{found.regime.id}.{place.id}.{index + 1}",
                clause=place,
                lead=found,
                penalty=penalty,
                conduct=_conduct(penalty, place),
                classes=tuple(_class(book, m) for m in penalty.measures),
                statuses=tuple(
                    status
                    for name in penalty.basis
                    if (law := book.laws_by_id.get(name)) is not None and (status := law.status)
                ),
                notes=notes if place is found or not place.clause.legal_note else (place.clause.legal_note, *notes),
            )


def _conduct(penalty: Penalty, place: Located) -> Bilingual | None:
    if isinstance(penalty.conduct, Bilingual):
        return penalty.conduct
    if penalty.conduct == "unstated":
        return None
    return Bilingual(zh=_trimmed(place.clause.zh), en=_trimmed(place.clause.en))


def _trimmed(item: str) -> str:
    """An item of a list without the mark that ends it."""
    bare = item.rstrip("；。;.，, ")
    for joint in ("; or", "; and", " or", " and"):
        bare = bare.removesuffix(joint).rstrip("；。;.，, ")
    return bare or item


def _class(book: Book, measure: Measure) -> str:
    kind = book.vocabulary.measure_types.get(measure.type)
    return kind.class_.value if kind else "other"


def notes_over(book: Book, found: Located) -> tuple[LegalNote, ...]:
    """The legal notes that bear on a clause: its own, then those of the clauses above it, the nearest first.

    A note on a clause beside it speaks of that clause alone and is left out.
    """
    above = [
        other.clause.legal_note
        for other in book.by_regime[found.regime.id]
        if other.clause.legal_note and (other.id == found.id or found.id.startswith(f"{other.id}-"))
    ]
    return tuple(above[::-1])


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the look-up: the name of its parameter, its choices (word, label, rows) in order."""

    name: str
    choices: tuple[tuple[str, str, int], ...]


def facets(book: Book, rows: tuple[PenaltyRow, ...], language: str) -> tuple[Facet, ...]:
    """The facets with what occurs in the rows, counted; words that do not occur are left out."""
    words = book.vocabulary
    labels: dict[str, dict[str, str]] = {
        "category": {k: v[language] for k, v in words.categories.items()},
        "class": {k: v[language] for k, v in words.measure_classes.items()},
        "measure": {k: v[language] for k, v in words.measure_types.items()},
        "force": {"mandatory": "", "discretionary": ""},
        "authority": {**{k: v[language] for k, v in words.authorities.items()}, "none": ""},
        "status": {**{k: v[language] for k, v in words.statuses.items()}, "none": ""},
        "law": {law.id: law.cited_as[language] for law in book.laws.laws},
        "regime": {r.id: r.title[language] for r in book.regimes},
    }
    values = [keys(row) for row in rows]
    return tuple(
        Facet(
            name,
            tuple(
                (word, label, count)
                for word, label in known.items()
                if (count := sum(word in row[name] for row in values))
            ),
        )
        for name, known in labels.items()
    )


def keys(row: PenaltyRow) -> dict[str, tuple[str, ...]]:
    """The words of a row by facet; ``none`` where the clause names no authority, or no instrument."""
    return {
        "category": (row.clause.regime.category,),
        "class": tuple(dict.fromkeys(row.classes)),
        "measure": tuple(dict.fromkeys(m.type for m in row.measures)),
        "force": tuple(dict.fromkeys("discretionary" if m.discretionary else "mandatory" for m in row.measures)),
        "authority": (row.penalty.authority or "none",),
        "status": tuple(dict.fromkeys(row.statuses)) or ("none",),
        "law": row.penalty.basis,
        "regime": (row.clause.regime.id,),
    }


@dataclass(frozen=True, slots=True, eq=False)
class Bar:
    """A fine as a range on the logarithmic axis: positions in percent of its width. ``open`` where it has no lower bound.

    ``lead`` is the clause that states it, the first of them where a bar stands for several.
    """

    lead: Located
    rows: tuple[PenaltyRow, ...]
    range: Range
    left: float
    width: float
    open: bool
    first: bool
    """Whether it is the first of its regime."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The fines of a book as bars: the axis from ``low`` to ``high`` yuan, ticks (yuan, position), percentages beside."""

    low: float
    high: float
    ticks: tuple[tuple[int, float], ...]
    bars: tuple[Bar, ...]
    percents: tuple[tuple[Located, tuple[PenaltyRow, ...], Range], ...]


BARS = 200
"""How many bars a picture may have; beyond, a regime's equal fines share one, and then all fines of a regime."""


def chart(rows: tuple[PenaltyRow, ...]) -> Chart | None:
    """One bar for every clause and bounds in yuan, in the order of the source; None where no row has any.

    Where that makes more than :data:`BARS`, one for every regime and bounds, or one for every regime from its lowest to its
    highest bound.
    """
    fines = _grouped(rows, "yuan", "clause")
    percents = _grouped(rows, "percent", "clause")
    for shape in ("bounds", "regime"):
        if len(fines) > BARS:
            fines = _grouped(rows, "yuan", shape)
        if len(percents) > BARS:
            percents = _grouped(rows, "percent", shape)
    ends = [end for _, least, most in fines for end in (least, most) if end]
    if not ends:
        return None
    low, high = min(ends) / 3, max(ends) * 1.25

    def at(yuan: float) -> float:
        return round(100 * math.log(yuan / low) / math.log(high / low), 2)

    bars: list[Bar] = []
    seen: set[str] = set()
    for (_, least, most), group in fines.items():
        lead, bounds = group[0].lead, Range(min=least, max=most)
        left = at(least) if least else 0.0
        right = at(most) if most else 100.0
        bars.append(
            Bar(lead, tuple(group), bounds, left, round(right - left, 2), not least, lead.regime.id not in seen)
        )
        seen.add(lead.regime.id)
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = [factor * 10**decade for decade in decades if decade >= 0 for factor in (1, 3)]
    ticks = tuple((step, at(step)) for step in steps if low < step < high)
    beside = tuple((g[0].lead, tuple(g), Range(min=least, max=most)) for (_, least, most), g in percents.items())
    return Chart(low, high, ticks, tuple(bars), beside)


def _grouped(
    rows: tuple[PenaltyRow, ...], unit: str, shape: str
) -> dict[tuple[str, int | None, int | None], list[PenaltyRow]]:
    """Rows by clause and bounds, by regime and bounds, or by regime with the span of all its bounds."""
    groups: dict[tuple[str, int | None, int | None], list[PenaltyRow]] = {}
    for row in rows:
        bounds = row.yuan if unit == "yuan" else row.percent
        if bounds:
            name = row.lead.key if shape == "clause" else row.lead.regime.id
            key = (name, None, None) if shape == "regime" else (name, bounds.min, bounds.max)
            groups.setdefault(key, []).append(row)
    if shape != "regime":
        return groups
    spans: dict[tuple[str, int | None, int | None], list[PenaltyRow]] = {}
    for (name, _, _), group in groups.items():
        found = [b for row in group if (b := row.yuan if unit == "yuan" else row.percent)]
        least = None if any(b.min is None for b in found) else min(b.min or 0 for b in found)
        most = None if any(b.max is None for b in found) else max(b.max or 0 for b in found)
        spans[name, least, most] = group
    return spans
