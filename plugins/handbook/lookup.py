"""The rows of consequences as a template prints them in one language, and as the look-up's script filters them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from handbook.messages import Messages
from handbook.model import Book, LegalNote, Located, Range, Regime, citation
from handbook.text.numerals import chinese
from handbook.views.penalties import PenaltyRow, keys
from handbook.wording import measure_bounds, percent, yuan

SCRIPT_WORDS = (
    "lookup_count",
    "lookup_clear",
    "lookup_remove",
    "lookup_percent_out",
    "lookup_more",
    "lookup_copied",
    "lookup_sort",
    "lookup_reach",
    "lookup_gains",
    "amount_most",
    "amount_least",
    "amount_range",
    "amount_exact",
    "conduct",
    "condition",
    "measures",
    "fine",
    "authority",
    "clause",
    "regimes",
    "basis",
    "status",
)
"""The messages the look-up's script says."""


@dataclass(frozen=True, slots=True)
class MeasureCell:
    """A measure by name, class and force."""

    name: str
    class_: str
    discretionary: bool


@dataclass(frozen=True, slots=True)
class LawCell:
    """An instrument a row rests on."""

    id: str
    name: str
    status: str
    label: str
    warn: bool


@dataclass(frozen=True, slots=True, eq=False)
class PenaltyCells:
    """A row in one language. ``data`` is what the script needs, as JSON."""

    id: str
    regime: Regime
    key: str
    citation: str
    conduct: str
    when: str
    measures: tuple[MeasureCell, ...]
    alternatives: bool
    fined: bool
    yuan: str
    percent: str
    authority: str
    laws: tuple[LawCell, ...]
    lead_text: str
    item_text: str
    notes: tuple[LegalNote, ...]
    data: str


class Cite:
    """How the pages cite clauses and write bounds in one language."""

    def __init__(self, language: str) -> None:
        self._language, self._say = language, Messages(language)

    def __call__(self, found: Located) -> str:
        return citation(found, self._language)

    def short(self, found: Located) -> str:
        """The citation with the number of the regime and nothing else: 七·五（三）, 7, V(3)."""
        number = chinese(found.regime.number) + "·" if self._language == "zh" else f"{found.regime.number}, "
        return number + citation(found, self._language, full=False)

    def yuan(self, bounds: Range) -> str:
        """Bounds in yuan in words."""
        return yuan(self._say, bounds)

    def percent(self, bounds: Range) -> str:
        """Bounds in percent in words."""
        return percent(self._say, bounds)


def penalty_cells(book: Book, rows: tuple[PenaltyRow, ...], language: str) -> tuple[PenaltyCells, ...]:
    """The rows in one language, in their order."""
    say = Messages(language)
    return tuple(_cells(book, row, language, say) for row in rows)


def script_words(language: str) -> str:
    """The words of :data:`SCRIPT_WORDS` as JSON."""
    say = Messages(language)
    return json.dumps({key: say(key) for key in SCRIPT_WORDS}, ensure_ascii=False)


def _cells(book: Book, row: PenaltyRow, language: str, say: Messages) -> PenaltyCells:
    words = book.vocabulary
    measures = tuple(
        MeasureCell(book.vocabulary.measure_name(m.type, language), row.classes[i], m.discretionary)
        for i, m in enumerate(row.measures)
    )
    laws = tuple(_law(book, law, language) for law in row.penalty.basis if law in book.laws_by_id)
    authority = row.penalty.authority
    clause = row.clause.clause
    lead = row.lead.clause
    listed = row.clause is not row.lead
    return PenaltyCells(
        id=row.id,
        regime=row.clause.regime,
        key=row.clause.key,
        citation=citation(row.clause, language),
        conduct=row.conduct[language] if row.conduct else "",
        when=row.penalty.when[language] if row.penalty.when else "",
        measures=measures,
        alternatives=row.penalty.alternatives,
        fined=any(book.vocabulary.is_monetary(m.type) or measure_bounds(say, m) for m in row.measures),
        yuan=yuan(say, row.yuan) if row.yuan else "",
        percent=percent(say, row.percent) if row.percent else "",
        authority=words.authorities[authority][language] if authority in words.authorities else authority or "",
        laws=laws,
        lead_text=(lead.zh if language == "zh" else lead.en),
        item_text=(clause.zh if language == "zh" else clause.en) if listed else "",
        notes=row.notes,
        data=json.dumps(_data(book, row), ensure_ascii=False, separators=(",", ":")),
    )


def _data(book: Book, row: PenaltyRow) -> dict[str, object]:
    """What the script filters and sorts by: keys by facet, bounds, the words in both languages."""
    words: list[str] = []
    for language in ("zh", "en"):
        words += [row.conduct[language] if row.conduct else "", citation(row.clause, language)]
        words += [row.penalty.when[language] if row.penalty.when else "", row.clause.regime.title[language]]
        words += [book.vocabulary.measure_name(m.type, language) for m in row.measures]
        words += [book.laws_by_id[law].cited_as[language] for law in row.penalty.basis if law in book.laws_by_id]
        if row.penalty.authority in book.vocabulary.authorities:
            words.append(book.vocabulary.authorities[row.penalty.authority][language])
    return {
        "k": keys(row),
        "y": [row.yuan.min, row.yuan.max] if row.yuan else None,
        "p": [row.percent.min, row.percent.max] if row.percent else None,
        "t": " ".join(w for w in dict.fromkeys(words) if w),
        "r": f"{row.clause.regime.number}",
    }


def _law(book: Book, name: str, language: str) -> LawCell:
    law = book.laws_by_id[name]
    status = book.vocabulary.statuses.get(law.status) if law.status else None
    return LawCell(
        law.id,
        law.cited_as[language],
        status[language] if status else "",
        status.label(language) if status else "",
        bool(status and status.warn),
    )
