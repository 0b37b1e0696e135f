"""The annotations of the real regimes against tables read from the issued text by hand, and against the text itself.

Nothing here uses the text functions or the vocabulary the rules use: lines are found by their number in the source, and
words by plain searching, so that a fault shared by data and rules still shows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from handbook.model import Book
from handbook.source import read
from handbook.views.penalties import PenaltyRow, penalty_rows
from handbook.views.source_text import source_lines
from handbook.views.time_limits import LimitRow, limit_rows

ROOT = Path(__file__).parents[1]

MANDATORY, DISCRETIONARY = False, True

AMOUNTS = [
    # line, unit, min, max, force, condition, conducts
    (32, "yuan", 10_000, 30_000, MANDATORY, None, 1),
    (34, "yuan", 10_000, 30_000, MANDATORY, None, 1),
    (36, "yuan", 10_000, 30_000, MANDATORY, None, 1),
    (158, "yuan", None, 1_000, MANDATORY, None, 2),
    (164, "yuan", None, 1_000, MANDATORY, None, 5),
    (176, "yuan", None, 2_000, MANDATORY, None, 1),
    (229, "yuan", None, 1_000, DISCRETIONARY, None, 1),
    (280, "yuan", None, 3_000, DISCRETIONARY, None, 1),
    (327, "percent", 10, 50, DISCRETIONARY, None, 2),
    (333, "percent", 10, 50, DISCRETIONARY, "逾期未办理", 3),
    (341, "yuan", None, 10_000, MANDATORY, "逾期不改", 1),
    (343, "yuan", None, 30_000, MANDATORY, "逾期不改", 1),
    (345, "yuan", None, 30_000, MANDATORY, None, 1),
    (349, "yuan", None, 30_000, MANDATORY, None, 1),
    (419, "yuan", None, 1_000, MANDATORY, None, 1),
    (421, "yuan", None, 10_000, MANDATORY, "未构成有关法律法规规定的违法行为", 1),
    (423, "yuan", None, 1_000, MANDATORY, "未构成有关法律法规规定的违法行为", 4),
    (724, "yuan", 4_000, 20_000, MANDATORY, "未构成有关法律法规规定的违法行为", 3),
]
"""The eighteen clauses of the source that name an amount, by the line they stand on."""

THRESHOLD_LINE = 744
"""The only other line with an amount: 30万元, what counts as a case of huge value."""

LIMITS = [
    # line, kind, value (None: at once), unit
    (87, "frequency", 1, "per_year"),
    (136, "frequency", 1, "per_year"),
    (209, "frequency", 1, "per_year"),
    (260, "frequency", 1, "per_year"),
    (307, "frequency", 1, "per_year"),
    (397, "frequency", 1, "per_year"),
    (464, "frequency", 1, "per_year"),
    (746, "look_back", 3, "year"),
    (754, "deadline", 15, "working_day"),
    (756, "deadline", 2, "working_day"),
    (756, "deadline", None, None),
    (756, "deadline", 2, "working_day"),
    (764, "deadline", None, None),
    (809, "frequency", 1, "per_day"),
    (881, "deadline", 5, "working_day"),
    (885, "deadline", 15, "day"),
    (885, "deadline", 5, "working_day"),
]
"""Every time the source counts, and the two it calls 第一时间 and 立即."""

HEAD_COUNTS = [(201, 2), (607, 2), (636, 2), (673, 2), (795, 1), (809, 1), (839, 2), (877, 2)]
THRESHOLDS = [(744, 300_000, "yuan"), (746, 2, "time"), (898, 2, "region")]


@lru_cache(maxsize=1)
def _book() -> Book:
    book = read(ROOT / "regimes").book
    assert book is not None
    return book


@lru_cache(maxsize=1)
def _line_of() -> dict[str, int]:
    """The line of the source each clause stands on, by its key."""
    return {f"{line.regime}#{line.anchor}": line.number for line in source_lines(_book()) if line.regime}


@lru_cache(maxsize=1)
def _source() -> tuple[str, ...]:
    return tuple(_book().source_text.split("\n"))


def _fines() -> dict[int, list[PenaltyRow]]:
    found: dict[int, list[PenaltyRow]] = {}
    for row in penalty_rows(_book()):
        if row.yuan or row.percent:
            found.setdefault(_line_of()[row.lead.key], []).append(row)
    return found


@pytest.mark.parametrize("expected", AMOUNTS, ids=lambda e: f"line-{e[0]}")
def test_a_clause_with_an_amount_has_its_bounds_unit_force_and_condition(
    expected: tuple[int, str, int | None, int | None, bool, str | None, int],
) -> None:
    line, unit, least, most, discretionary, condition, conducts = expected

    rows = _fines()[line]

    assert len(rows) == conducts
    for row in rows:
        (fined,) = [m for m in row.measures if m.yuan or m.percent_of_illegal_gains]
        bounds = fined.yuan if unit == "yuan" else fined.percent_of_illegal_gains
        assert bounds is not None
        assert (bounds.min, bounds.max) == (least, most)
        assert fined.type == "fine"
        assert fined.discretionary is discretionary
        assert (row.penalty.when.zh if row.penalty.when else None) == condition


def test_no_other_clause_has_an_amount_in_the_data_or_in_the_text() -> None:
    written = {n for n, text in enumerate(_source(), 1) if re.search(r"[0-9一二三四五六七八九十百千万]元|百分之", text)}

    assert set(_fines()) == {line for line, *_ in AMOUNTS}
    assert written == {line for line, *_ in AMOUNTS} | {THRESHOLD_LINE}


def _limits(*kinds: str) -> list[LimitRow]:
    return [row for row in limit_rows(_book()) if row.kind in kinds]


def test_every_time_the_source_counts_is_there_with_value_and_unit() -> None:
    rows = _limits("deadline", "frequency", "look_back")

    found = [(_line_of()[r.clause.key], r.kind, r.value, r.unit) for r in rows]

    assert sorted(found, key=str) == sorted(LIMITS, key=str)
    assert all(r.immediately is (r.value is None) for r in rows)


def test_every_head_count_is_there() -> None:
    rows = _limits("staffing")

    assert sorted((_line_of()[r.clause.key], r.value) for r in rows) == sorted(HEAD_COUNTS)
    once = {_line_of()[r.clause.key] for r in rows if not r.at_least}
    assert once == {795, 809}
    assert {_line_of()[r.clause.key] for r in rows if r.binds == "inspected"} == {201}


def test_every_threshold_is_there() -> None:
    rows = _limits("threshold")

    assert sorted((_line_of()[r.clause.key], r.value, r.unit) for r in rows) == sorted(THRESHOLDS)
    assert {_line_of()[r.clause.key]: r.inclusive for r in rows} == {744: True, 746: None, 898: True}


_TIME = re.compile(
    r"[0-9一二三四五六七八九十]+个?(?:工作日|日内|年内|天内|个?月内)|每[年日天月]|年度自查|立即|第一时间"
)


def test_no_line_with_a_counted_time_is_left_out() -> None:
    written = [n for n, text in enumerate(_source(), 1) for _ in _TIME.findall(text)]

    assert sorted(written) == sorted(line for line, *_ in LIMITS)


_CONSEQUENCE = re.compile(
    r"责令|罚款|警告|没收|封存|查封|扣押|吊销|撤销|撤回|注销|停业|停产|处分|刑事责任|赔偿责任|移送|约谈|通报|告诫|撤换|"
    r"不予(?:以)?批复|立案查处|立案调查|批评教育|行政处罚|经济处罚|暂停|建议书|公示"
)
_HANDLING = re.compile(r"措施|处理|考核")


def _sentences_with_consequences() -> list[tuple[int, str]]:
    """Every sentence with a word of consequence below a heading on measures, handling or assessment, by line."""
    found, inside = [], False
    for number, text in enumerate(_source(), 1):
        heading = re.fullmatch(r"\s*[一二三四五六七八九十]+、(.{2,30})", text)
        if heading:
            inside = bool(_HANDLING.search(heading[1])) and "方式" not in heading[1]
            continue
        if not inside:
            continue
        bare = re.sub(r"《[^》]*》", "", text)
        found += [(number, part) for part in re.split("[。；;]", bare) if _CONSEQUENCE.search(part)]
    return found


def test_every_sentence_with_a_consequence_is_in_the_table() -> None:
    lines = {_line_of()[row.lead.key] for row in penalty_rows(_book())}
    mentioned = {_line_of()[f.key]: [m.found for m in f.clause.mentions] for f in _book().clauses if f.clause.mentions}

    left = [
        (number, part)
        for number, part in _sentences_with_consequences()
        if number not in lines and not any(words in part for words in mentioned.get(number, ()))
    ]

    assert len(_sentences_with_consequences()) > 60
    assert left == []


def test_the_register_holds_every_title_of_the_source() -> None:
    titles = set(re.findall("《([^《》]+)》", _book().source_text))

    assert {law.cited_as.zh for law in _book().laws.laws} == titles
    forms = [law for law in _book().laws.laws if law.status is None]
    assert (len(titles) - len(forms), len(forms)) == (27, 4)
