"""The numbers of limits as a reader reads them, and the page that lists them, on an invented regime."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.edition import editions
from handbook.limits import limit_cells, number_words
from handbook.messages import Messages
from handbook.model import Book
from handbook.pages import pages
from handbook.source import read
from handbook.views.quality import Quality
from handbook.views.time_limits import limit_rows
from tests.books import REGIME, VOCABULARY, make_book, replaced

UNITS = """\
units:
  yuan: {zh: 元, en: RMB}
  percent: {zh: 百分之, en: percent}
  working_day: {zh: 个工作日, en: working days}
  day: {zh: 日, en: days}
  month: {zh: 个月, en: months}
  year: {zh: 年, en: years}
  person: {zh: 人, en: persons}
  time: {zh: 次, en: times}
"""

SECTIONS = """\
sections:
  - number: 1
    heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
    aspects: [object, content, method, procedure, handling]
    clauses:
      - zh: 电梯使用单位应当在五个工作日内报告，并立即停用。
        en: User units of elevators shall report within five working days, and stop use at once.
        time_limits:
          - {kind: deadline, value: 5, unit: working_day, from: {zh: 发现之日, en: the date of discovery}, act: {zh: 报告<b>, en: report<b>}}
          - {kind: deadline, immediately: true, actor: {zh: 使用单位, en: user unit}, act: {zh: 停用, en: stop use}}
        staffing:
          - {value: 2, at_least: true, who: {zh: 检查人员, en: inspectors}, binds: inspectors}
        thresholds:
          - {value: 300000, unit: yuan, inclusive: true, use: {zh: 货值巨大, en: huge value}}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = make_book(
        tmp_path_factory.mktemp("book"), regime=replaced(REGIME, SECTIONS), vocabulary=replaced(VOCABULARY, UNITS)
    )
    reading = read(folder)
    assert reading.complete, [p.line() for p in reading.problems]
    assert reading.book is not None
    return reading.book


@pytest.mark.parametrize(
    ("kind", "value", "unit", "at_least", "inclusive", "zh", "en"),
    [
        ("deadline", 15, "working_day", False, None, "15个工作日内", "within 15 working days"),
        ("deadline", 1, "day", False, None, "1日内", "within 1 day"),
        ("deadline", 30, "day", True, None, "至少30日", "at least 30 days"),
        ("deadline", None, None, False, None, "立即", "at once"),
        ("look_back", 3, "year", False, None, "3年内", "within 3 years"),
        ("frequency", 1, "per_year", True, None, "每年至少1次", "at least once a year"),
        ("frequency", 2, "per_day", False, None, "每日2次", "twice a day"),
        ("frequency", 4, "per_year", False, None, "每年4次", "4 times a year"),
        ("frequency", 2, "per_month", True, None, "每月至少2次", "at least twice a month"),
        ("frequency", 2, "year", False, None, "每2年一次", "once every 2 years"),
        ("staffing", 2, "person", True, None, "不少于2人", "not fewer than 2 persons"),
        ("staffing", 1, "person", False, None, "1人", "1 person"),
        ("threshold", 300000, "yuan", True, True, "30万元以上（含本数）", "not less than RMB 300,000 (inclusive)"),
        ("threshold", 4500, "yuan", True, False, "4,500元以上（不含本数）", "more than RMB 4,500 (exclusive)"),
        ("threshold", 15000, "yuan", True, True, "1.5万元以上（含本数）", "not less than RMB 15,000 (inclusive)"),
        (
            "threshold",
            2,
            "time",
            True,
            None,
            "2次以上",
            "2 times and above",
        ),
    ],
)
def test_a_number_reads_as_a_reader_would_say_it(
    book: Book, kind: str, value: int | None, unit: str, at_least: bool, inclusive: bool | None, zh: str, en: str
) -> None:
    row = replace(limit_rows(book)[0], kind=kind, value=value, unit=unit, at_least=at_least, inclusive=inclusive)

    assert number_words(book, row, Messages("zh")) == zh
    assert number_words(book, row, Messages("en")) == en


def test_a_threshold_that_leaves_open_whether_its_number_counts_says_so(book: Book) -> None:
    row = limit_rows(book)[-1]

    open_, settled = limit_cells(book, (replace(row, inclusive=None), row), "en")

    assert open_.remark == "the source does not say whether the number itself counts"
    assert settled.remark == ""


def test_only_deadlines_and_look_backs_with_a_number_are_offered_to_count(book: Book) -> None:
    assert [c.way for c in limit_cells(book, limit_rows(book), "en")] == [1, 0, 0, 0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_has_every_row_with_its_clause_and_no_markup_of_the_data(book: Book, language: str) -> None:
    edition = next(e for e in editions(book) if e.language == language)
    page = next(p for p in pages(book, edition, Quality()) if p.path == "time-limits/")

    assert re.findall(r'<tr id="([^"]+)"', page.html) == [row.id for row in limit_rows(book)]
    assert page.html.count('href="../regimes/elevator-use/#s1-p1"') == len(limit_rows(book)) + page.html.count(
        "data-href"
    )
    assert [h.anchor for h in page.toc] == ["deadline", "staffing", "threshold"]
    assert "<b>" not in page.html


def test_no_chinese_stands_on_the_english_page(book: Book) -> None:
    page = next(p for p in pages(book, editions(book)[1], Quality()) if p.path == "time-limits/")

    without_the_report = re.sub(
        r"<aside .*?</aside>", "", page.html, flags=re.DOTALL
    )  # an error is reported in both languages
    assert without_the_report != page.html
    assert re.findall("[一-鿿]+", without_the_report) == []


def test_a_book_without_limits_says_so(tmp_path: Path) -> None:
    book = read(make_book(tmp_path)).book
    assert book is not None

    page = next(p for p in pages(book, editions(book)[1], Quality()) if p.path == "time-limits/")

    assert Messages("en")("limits_none") in page.html
