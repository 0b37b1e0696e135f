"""The numbers the source sets, in one language: 15个工作日内, at least once a year, 不少于2人, not less than RMB 300,000."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby

from handbook.messages import Messages
from handbook.model import Book, Regime, citation
from handbook.text.numerals import chinese
from handbook.views.time_limits import KINDS, LimitRow

COUNTED = ("working_day", "day", "month", "year")
"""The units the calculator counts in."""

SCRIPT_WORDS = (
    "limits_due",
    "limits_reaches",
    "limits_runs_from",
    "limits_counted",
    "limits_counted_days",
    "limits_off_day",
    "limits_off_next",
    "limits_off_next_unknown",
    "limits_off_unknown",
    "limits_beyond",
    "limits_may_move",
    "limits_bad_number",
    "limits_bad_date",
    "limits_unknown_rule",
    "limits_mark_off",
    "limits_mark_worked",
    "limits_legend_start",
    "limits_legend_counted",
    "limits_legend_off",
    "limits_legend_worked",
    "limits_legend_end",
    "limits_legend_next",
    "limits_more",
    "limits_event",
    "limits_own_event",
    "limits_event_text",
    "limits_convention",
)
"""The messages the calculator says."""


@dataclass(frozen=True, slots=True, eq=False)
class LimitCells:
    """A row in one language; empty where the source says nothing. ``number`` is the number as a reader reads it,
    ``remark`` what the source leaves open about it.

    ``way`` is 1 for a deadline and -1 for a look-back the calculator can count, else 0.
    """

    id: str
    kind: str
    regime: Regime
    key: str
    citation: str
    number: str
    remark: str
    start: str
    actor: str
    act: str
    binds: str
    value: int | None
    unit: str | None
    way: int


def limit_cells(book: Book, rows: tuple[LimitRow, ...], language: str) -> tuple[LimitCells, ...]:
    """The rows in one language, in their order."""
    say = Messages(language)
    return tuple(
        LimitCells(
            id=row.id,
            kind=row.kind,
            regime=row.clause.regime,
            key=row.clause.key,
            citation=citation(row.clause, language),
            number=number_words(book, row, say),
            remark=say("limits_inclusive_unstated") if row.kind == "threshold" and row.inclusive is None else "",
            start=row.start[language] if row.start else "",
            actor=row.actor[language] if row.actor else "",
            act=row.act[language],
            binds=say({"inspectors": "limits_inspectors", "inspected": "limits_inspected"}[row.binds])
            if row.binds
            else "",
            value=row.value,
            unit=row.unit,
            way={"deadline": 1, "look_back": -1}.get(row.kind, 0) if row.value and row.unit in COUNTED else 0,
        )
        for row in rows
    )


def by_kind(cells: tuple[LimitCells, ...]) -> tuple[tuple[str, tuple[LimitCells, ...]], ...]:
    """The rows by kind in the order of the page; kinds without rows are left out."""
    return tuple((kind, found) for kind in KINDS if (found := tuple(c for c in cells if c.kind == kind)))


def kind_names(language: str) -> dict[str, str]:
    """The headings of the tables by kind."""
    say = Messages(language)
    return {
        "deadline": say("limits_deadline"),
        "frequency": say("limits_frequency"),
        "look_back": say("limits_look_back"),
        "staffing": say("limits_staffing"),
        "threshold": say("limits_threshold"),
    }


def countable(cells: tuple[LimitCells, ...]) -> tuple[tuple[Regime, tuple[LimitCells, ...]], ...]:
    """The rows the calculator offers, by regime."""
    offered = [c for c in cells if c.way]
    groups = [tuple(group) for _, group in groupby(offered, key=lambda c: c.regime.id)]
    return tuple((group[0].regime, group) for group in groups)


def number_words(book: Book, row: LimitRow, say: Messages) -> str:
    """The number of a row as a reader reads it, with what it means: a limit, a frequency, a least number."""
    if row.value is None:
        return say("limits_at_once")
    if row.kind == "frequency":
        return _frequency(book, row, row.value, say)
    number = quantity(book, row.value, row.unit, say.language)
    if row.kind == "threshold":
        key = {True: "limits_from_up", False: "limits_above", None: "limits_from_up_unstated"}[row.inclusive]
        return say(key, number=number)
    if row.kind == "staffing":
        return say("limits_not_fewer", number=number) if row.at_least else number
    return say("limits_at_least" if row.at_least else "limits_within", number=number)


def quantity(book: Book, value: int, unit: str | None, language: str) -> str:
    """A number with its unit: 15个工作日 / 15 working days, 30万元 / RMB 300,000, 10%.

    A unit's English word in the vocabulary is a regular plural; a single one loses its s.
    """
    if unit == "percent":
        return f"{value}%"
    if unit == "yuan":
        return f"{_wan(value)}元" if language == "zh" else f"RMB {value:,}"
    word = book.vocabulary.units[unit][language] if unit in book.vocabulary.units else unit or ""
    if language == "zh":
        return f"{value}{word}"
    return f"{value:,} {word.removesuffix('s') if value == 1 else word}".strip()


def units_json(book: Book, language: str) -> str:
    """How the calculator says a number of its units: ``{"day": ["1 day", "{n} days"], …}`` as JSON."""
    said = {u: [quantity(book, 1, u, language), quantity(book, 2, u, language).replace("2", "{n}")] for u in COUNTED}
    return json.dumps(said, ensure_ascii=False)


def script_words(language: str) -> str:
    """The words of :data:`SCRIPT_WORDS` as JSON."""
    say = Messages(language)
    return json.dumps({key: say(key) for key in SCRIPT_WORDS}, ensure_ascii=False)


def regime_label(regime: Regime, language: str) -> str:
    """A regime by number and title, for a list to choose from: 十六、…, 16. …"""
    title = regime.title[language]
    return f"{chinese(regime.number)}、{title}" if language == "zh" else f"{regime.number}. {title}"


def _frequency(book: Book, row: LimitRow, value: int, say: Messages) -> str:
    """Units per_day, per_month and per_year count how often; day, month and year say every how many of them once."""
    if row.unit == "per_day":
        return say("limits_per_day_least" if row.at_least else "limits_per_day", times=_times(value, say))
    if row.unit == "per_month":
        return say("limits_per_month_least" if row.at_least else "limits_per_month", times=_times(value, say))
    if row.unit == "per_year":
        return say("limits_per_year_least" if row.at_least else "limits_per_year", times=_times(value, say))
    number = quantity(book, value, row.unit, say.language)
    return say("limits_every_least" if row.at_least else "limits_every", number=number)


def _times(value: int, say: Messages) -> str:
    if value == 1:
        return say("limits_once")
    return say("limits_twice") if value == 2 else say("limits_times", n=value)


def _wan(value: int) -> str:
    """Yuan as Chinese writes them: 30万, 1亿, 4,500."""
    for size, name in ((100_000_000, "亿"), (10_000, "万")):
        if value >= size and value % (size // 10) == 0:
            return f"{value / size:g}{name}"
    return f"{value:,}"
