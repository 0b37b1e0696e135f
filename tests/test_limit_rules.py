"""Single changes to small books: each rule on limits, head-counts, thresholds, bases and dates finds its own, at its line.

A case is one clause with what is beside it. The line that ends in ``# <-`` is the one the rule named must report, and no
rule may report another; a case without a mark must pass every rule.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

import pytest

from checks.run import run
from handbook.source import read
from tests.books import LAW, REGIME, TODAY, VOCABULARY, make_book, read_example, replaced

VOCABULARY_WITH_UNITS = replaced(
    VOCABULARY,
    "units:\n"
    "  yuan: {zh: 元, en: RMB}\n"
    "  percent: {zh: 百分之, en: percent}\n"
    "  working_day: {zh: 个工作日, en: working days}\n"
    "  time: {zh: 次, en: times}\n"
    "  region: {zh: 个管辖区域, en: jurisdictions}\n",
)

HEAD = """\
sections:
  - number: 1
    heading: {zh: 监督检查处理, en: Handling}
    aspects: [object, method, handling]
    clauses:
"""

ACT = "act: {zh: 报告, en: report}"


class Case(NamedTuple):
    """A clause (or several) under one heading, and the code of the rule that must object; None where none may."""

    name: str
    code: str | None
    clauses: str


def _clause(zh: str, en: str, beside: str = "", mark: bool = False) -> str:
    excused = "  checks: {none: {zh: 不在此测试。, en: Not tested here.}}\n"
    return f"- zh: {zh}{'  # <-' if mark else ''}\n  en: {en}\n{excused}{indent(beside, '  ')}"


def _limits(*entries: str) -> str:
    """Time limits of the given keys, one line a key."""
    return "time_limits:\n" + "".join(_entry(e) for e in entries)


def _staffing(*entries: str) -> str:
    return "staffing:\n" + "".join(_entry(e) for e in entries)


def _thresholds(*entries: str) -> str:
    return "thresholds:\n" + "".join(_entry(e) for e in entries)


def _entry(keys: str) -> str:
    first, *rest = keys.splitlines()
    return f"  - {first}\n" + "".join(f"    {line}\n" for line in rest)


def _limit(value: str, unit: str, more: str = "", kind: str = "deadline", act: str = ACT) -> str:
    return f"kind: {kind}\nvalue: {value}\nunit: {unit}\n{more}{act}"


AT_ONCE = f"kind: deadline\nimmediately: true\n{ACT}"
FIVE = _limit("5", "working_day")
THREE_DAYS = _limit("3", "day")
WHO = "who: {zh: 检查人员, en: inspectors}\nbinds: inspectors"
USE = "use: {zh: 重点单位, en: key unit}"

TWO_TIMES = (
    "检查机构应当在5个工作日内报告，并在5个工作日内报告。",
    "The department shall report within 5 working days and report within 5 working days.",
)
TWO_DEADLINES = (
    "检查机构应当在3日内报告，在5个工作日内报告。",
    "The department shall report within 3 days and report within 5 working days.",
)
ONCE_AND_TWICE = (
    "机构每年至少检查一次，企业每年检查一次。",
    "Institutions are inspected at least once a year, enterprises are inspected once a year.",
)
INSPECT = "act: {zh: 检查, en: inspected}"
PEOPLE = (
    "检查人员不得少于两人，记录由一名检查人员作出。",
    "Not less than two inspectors; one of the inspectors records.",
)

CASES = [
    # HB401
    Case(
        "the same time twice needs two entries",
        "HB401",
        _clause(*TWO_TIMES, _limits(FIVE), mark=True),
    ),
    Case("two entries for the same time twice", None, _clause(*TWO_TIMES, _limits(FIVE, FIVE))),
    Case(
        "one time with two acts may have two entries",
        None,
        _clause(
            "检查机构应当在5个工作日内报告。", "The department shall report within 5 working days.", _limits(FIVE, FIVE)
        ),
    ),
    Case(
        "two entries for one time stand for no other time",
        "HB401",
        _clause(*TWO_DEADLINES, _limits(FIVE, FIVE), mark=True),
    ),
    Case(
        "at once is a time",
        "HB401",
        _clause("检查机构应当立即报告。", "The department shall report immediately.", mark=True),
    ),
    Case(
        "a number annotated is not at once",
        "HB401",
        _clause(
            "检查机构应当立即报告，在5个工作日内报告。",
            "The department shall report immediately and report within 5 working days.",
            _limits(FIVE),
            mark=True,
        ),
    ),
    Case(
        "what is annual is annotated",
        "HB401",
        _clause("年度自查。", "Annual self-inspection.", mark=True),
    ),
    Case(
        "the title of an instrument states no time",
        None,
        _clause("依照《电梯安全条例》检查。", "Inspection is pursuant to the Regulations on Elevator Safety."),
    ),
    # HB402
    Case(
        "a number the clause does not say, beside one it does",
        "HB402",
        _clause(*TWO_DEADLINES, _limits(_limit("4  # <-", "day"), FIVE)),
    ),
    Case(
        "a unit the clause does not say",
        "HB402",
        _clause(*TWO_DEADLINES, _limits(_limit("3  # <-", "month"), FIVE)),
    ),
    Case(
        "at once where the clause gives a number",
        "HB402",
        _clause(*TWO_DEADLINES, _limits(THREE_DAYS, FIVE, f"kind: deadline\nimmediately: true  # <-\n{ACT}")),
    ),
    # HB403
    Case(
        "a day made a working day",
        "HB403",
        _clause(*TWO_DEADLINES, _limits(_limit("3", "working_day  # <-"), FIVE)),
    ),
    Case(
        "a working day made a day, in the second of two entries",
        "HB403",
        _clause(*TWO_DEADLINES, _limits(THREE_DAYS, _limit("5", "day  # <-"))),
    ),
    # HB404
    Case(
        "at least where the clause does not say so",
        "HB404",
        _clause(*TWO_DEADLINES, _limits(_limit("3", "day", "at_least: true  # <-\n"), FIVE)),
    ),
    Case(
        "at least of one of two equal frequencies",
        "HB404",
        _clause(
            *ONCE_AND_TWICE,
            _limits(
                _limit("1", "per_year", "at_least: false  # <-\n", "frequency", INSPECT),
                _limit("1", "per_year", "", "frequency", INSPECT),
            ),
        ),
    ),
    Case(
        "two equal frequencies, one of them at least",
        None,
        _clause(
            *ONCE_AND_TWICE,
            _limits(
                _limit("1", "per_year", "at_least: true\n", "frequency", INSPECT),
                _limit("1", "per_year", "", "frequency", INSPECT),
            ),
        ),
    ),
    Case(
        "a frequency made a deadline",
        "HB404",
        _clause(
            "机构每天检查。",
            "Institutions are inspected every day.",
            _limits(_limit("1", "per_day", "", "deadline  # <-", INSPECT)),
        ),
    ),
    Case(
        "a deadline made a frequency",
        "HB404",
        _clause(*TWO_DEADLINES, _limits(_limit("3", "day", "", "frequency  # <-"), FIVE)),
    ),
    # HB405 and HB406
    Case(
        "an act that is not in the clause",
        "HB405",
        _clause(*TWO_DEADLINES, _limits(_limit("3", "day", "", act="act: {zh: 上报, en: report}  # <-"), FIVE)),
    ),
    Case(
        "an actor of the clause before it",
        None,
        _clause("市局受理。", "The municipal bureau accepts.")
        + _clause(
            "在3日内报告。",
            "Report within 3 days.",
            _limits(_limit("3", "day", "actor: {zh: 市局, en: the municipal bureau}\n")),
        ),
    ),
    Case(
        "an actor of the lead above it",
        None,
        "- zh: 市局应当：\n"
        "  en: 'The municipal bureau shall:'\n"
        "  items:\n"
        "    - marker: （一）\n"
        "      zh: 在3日内报告。\n"
        "      en: report within 3 days.\n"
        "      checks: {none: {zh: 不在此测试。, en: Not tested here.}}\n"
        + indent(_limits(_limit("3", "day", "actor: {zh: 市局, en: the municipal bureau}\n")), " " * 6),
    ),
    Case(
        "an actor of the clause after it",
        "HB405",
        _clause(
            "在3日内报告。",
            "Report within 3 days.",
            _limits(_limit("3", "day", "actor: {zh: 市局, en: reports}  # <-\n")),
        )
        + _clause("市局受理。", "The municipal bureau accepts."),
    ),
    Case(
        "a starting point of the clause before it",
        "HB405",
        _clause("受理结束。", "Acceptance ends.")
        + _clause(
            "在3日内报告。",
            "Report within 3 days.",
            _limits(_limit("3", "day", "from: {zh: 受理, en: report}  # <-\n")),
        ),
    ),
    Case(
        "the English of an actor taken from a clause that does not name him",
        "HB406",
        _clause("市局受理。", "The municipal bureau accepts.")
        + _clause("企业配合。", "Enterprises cooperate.")
        + _clause(
            "在3日内报告。",
            "Report within 3 days.",
            _limits(_limit("3", "day", "actor: {zh: 市局, en: enterprises}  # <-\n")),
        ),
    ),
    Case(
        "a threshold's use in words of its own",
        "HB406",
        _clause(
            "两次以上违规的为重点单位。",
            "A unit with two violations or more is a key unit.",
            _thresholds("value: 2\nunit: time\nuse: {zh: 重点单位, en: priority unit}  # <-"),
        ),
    ),
    # HB407 and HB408
    Case(
        "the second of two head-counts",
        "HB407",
        _clause(*PEOPLE, _staffing(f"value: 2\nat_least: true\n{WHO}"), mark=True),
    ),
    Case(
        "two head-counts",
        None,
        _clause(*PEOPLE, _staffing(f"value: 2\nat_least: true\n{WHO}", f"value: 1\n{WHO}")),
    ),
    Case(
        "one entry too many for one head-count, none for the other",
        "HB407",
        _clause(
            *PEOPLE,
            _staffing(f"value: 1\n{WHO}", f"value: 1\n{WHO}"),
            mark=True,
        ),
    ),
    Case(
        "a head-count that is not at least",
        "HB408",
        _clause(*PEOPLE, _staffing(f"value: 2\nat_least: true\n{WHO}", f"value: 1\nat_least: true  # <-\n{WHO}")),
    ),
    Case(
        "a head-count that the clause does not say",
        "HB408",
        _clause(*PEOPLE, _staffing(f"value: 2\nat_least: true\n{WHO}", f"value: 3  # <-\n{WHO}")),
    ),
    # HB409 and HB410
    Case(
        "a number from which on something counts, beside one annotated",
        "HB409",
        _clause(
            "两次以上违规、三次以上投诉的为重点单位。",
            "A unit with two violations or more or three complaints or more is a key unit.",
            _thresholds(f"value: 2\nunit: time\n{USE}"),
            mark=True,
        ),
    ),
    Case(
        "an amount that counts itself",
        None,
        _clause(
            "货值3万元（含3万元）以上的为重点单位。",
            "With goods of RMB 30,000 or more (RMB 30,000 included) it is a key unit.",
            _thresholds(f"value: 30000\nunit: yuan\ninclusive: true\n{USE}"),
        ),
    ),
    Case(
        "a number said to count itself",
        "HB410",
        _clause(
            "两次以上违规的为重点单位。",
            "A unit with two violations or more is a key unit.",
            _thresholds(f"value: 2\nunit: time\ninclusive: true  # <-\n{USE}"),
        ),
    ),
    Case(
        "another unit",
        "HB410",
        _clause(
            "两次以上违规的为重点单位。",
            "A unit with two violations or more is a key unit.",
            _thresholds(f"value: 2\nunit: yuan  # <-\n{USE}"),
        ),
    ),
    Case(
        "regions",
        None,
        _clause(
            "跨两个或者两个以上管辖区域的为重点单位。",
            "A unit of two or more jurisdictions is a key unit.",
            _thresholds(f"value: 2\nunit: region\ninclusive: true\n{USE}"),
        ),
    ),
    Case(
        "regions are no working days though both begin with 个",
        "HB410",
        _clause(
            "跨两个或者两个以上管辖区域的为重点单位。",
            "A unit of two or more jurisdictions is a key unit.",
            _thresholds(f"value: 2\nunit: working_day  # <-\ninclusive: true\n{USE}"),
        ),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.code}-{c.name}")
def test_a_change_is_found_by_its_rule_at_its_line_and_by_no_other(case: Case, tmp_path: Path) -> None:
    example = f"{HEAD}{indent(case.clauses, ' ' * 6)}=== vocabulary\n{VOCABULARY_WITH_UNITS}"

    found = read_example(tmp_path / "regimes", example)

    lines = {(p.code, p.place.file.name, p.place.line) for p in found.report.problems}
    assert lines == {(case.code, file, line) for file, line in found.marked}, [p.line() for p in found.report.problems]
    assert bool(case.code) == bool(found.marked)


def test_every_rule_of_the_family_has_a_change() -> None:
    assert {case.code for case in CASES if case.code} == {f"HB4{n:02}" for n in range(1, 11)}


# --- instruments ------------------------------------------------------------------------------------------------------

GONE = """\
      - zh: 依照《电梯安全条例》，作如下处理：
        en: "Pursuant to the Regulations on Elevator Safety, the handling is as follows:"
{lead}        items:
          - marker: （一）
            zh: 伪造记录的，予以警告。
            en: Whoever forges records shall be given a warning.
            penalties:
              - conduct: {{zh: 伪造记录, en: forges records}}
                measures:
                  - type: warning
                basis: [elevator-regulations]
{item}"""

NOTE = """\
legal_note:
  zh: 条例现状未核实。
  en: The status of the regulations is not verified.
  laws: [{laws}]
  evidence: https://example.org
  as_of: {day}
"""


def _codes(tmp_path: Path, lead: str = "", item: str = "", law: str = LAW, today: date = TODAY) -> list[str]:
    clauses = GONE.format(lead=indent(lead, " " * 8), item=indent(item, " " * 12))
    folder = make_book(tmp_path / "regimes", regime=replaced(REGIME, HEAD + clauses), laws="laws:\n" + law)
    return [p.code for p in run(read(folder, today=today), today=today).problems]


def _note(laws: str = "elevator-regulations", day: str = "2026-11-24") -> str:
    return NOTE.format(laws=laws, day=day)


def test_a_note_on_the_clause_or_on_the_lead_above_it_explains_a_basis_that_has_gone(tmp_path: Path) -> None:
    assert _codes(tmp_path / "none") == ["HB504"]
    assert _codes(tmp_path / "item", item=_note()) == []
    assert _codes(tmp_path / "lead", lead=_note()) == []


def test_a_note_on_a_clause_beside_it_explains_nothing(tmp_path: Path) -> None:
    beside = f"      - zh: 市局受理。\n        en: The municipal bureau accepts.\n{indent(_note(), ' ' * 8)}"
    clauses = beside + GONE.format(lead="", item="")
    folder = make_book(tmp_path / "regimes", regime=replaced(REGIME, HEAD + clauses), laws="laws:\n" + LAW)

    found = run(read(folder, today=TODAY), today=TODAY).problems

    assert [p.code for p in found] == ["HB504"]


def test_a_note_on_other_instruments_explains_nothing(tmp_path: Path) -> None:
    assert _codes(tmp_path, lead=_note(laws="")) == ["HB504"]


def test_a_basis_in_force_needs_no_note(tmp_path: Path) -> None:
    assert _codes(tmp_path, law=LAW.replace("status: unknown", "status: in_force")) == []


def test_an_id_outside_the_register_is_found_in_a_note_and_in_a_basis(tmp_path: Path) -> None:
    assert _codes(tmp_path / "note", lead=_note(laws="elevator-regulations, lift-regulations")) == ["HB503"]
    assert "HB503" in _codes(
        tmp_path / "basis", lead=_note(), law=LAW.replace("elevator-regulations", "lift-regulations")
    )


@pytest.mark.parametrize(
    ("today", "overdue"),
    [(date(2026, 11, 24), False), (date(2027, 11, 24), False), (date(2027, 11, 25), True), (date(2040, 1, 1), True)],
)
def test_a_review_falls_due_when_its_months_have_passed(tmp_path: Path, today: date, overdue: bool) -> None:
    found = _codes(tmp_path, lead=_note(), today=today)

    assert found == (["HB505"] if overdue else [])


def test_a_note_or_a_review_of_tomorrow_is_found_today_and_not_tomorrow(tmp_path: Path) -> None:
    law = LAW.replace("reviewed_on: 2026-11-24", "reviewed_on: 2026-11-25")

    assert _codes(tmp_path / "note", lead=_note(day="2026-11-25")) == ["HB506"]
    assert _codes(tmp_path / "law", lead=_note(), law=law) == ["HB506"]
    assert _codes(tmp_path / "both", lead=_note(day="2026-11-25"), law=law, today=date(2026, 11, 25)) == []


# --- today ------------------------------------------------------------------------------------------------------------


def _today(folder: Path, today: date | None = None) -> date:
    book = read(folder, today=today).book
    assert book is not None
    return book.today


def test_today_is_what_the_reader_is_told_else_the_day_of_the_build_else_that_of_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_book(tmp_path / "regimes")

    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2020, 2, 29, 23, 59, tzinfo=UTC).timestamp())))
    assert _today(folder) == date(2020, 2, 29)
    assert _today(folder, date(2021, 1, 1)) == date(2021, 1, 1)

    for unset in ("", "soon", "²"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", unset)
        assert date.today() - _today(folder) <= date.resolution
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert date.today() - _today(folder) <= date.resolution
