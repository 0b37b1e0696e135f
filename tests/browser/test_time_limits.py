"""The calculator of the page of limits against the holiday package itself, and its tables without script."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import icalendar
import pytest
from playwright.sync_api import Browser, Page

from handbook.limits import LimitCells, limit_cells
from handbook.model import Book
from handbook.source import read
from handbook.views.holidays import holidays
from handbook.views.time_limits import limit_rows

pytestmark = pytest.mark.browser

LAST = holidays().last
STARTS = ("2026-01-30", "2026-02-13", "2024-02-29", "2018-12-27", "2026-09-25", "2025-08-31", "2004-01-01")
OWN = [
    (1, "working_day"),
    (15, "working_day"),
    (60, "working_day"),
    (15, "day"),
    (1, "month"),
    (6, "month"),
    (1, "year"),
]


@pytest.fixture(scope="module")
def book() -> Book:
    found = read(Path(__file__).parents[2] / "regimes").book
    assert found is not None
    return found


def _rules(book: Book, language: str) -> list[LimitCells]:
    return [c for c in limit_cells(book, limit_rows(book), language) if c.way]


def _end(n: int, unit: str, way: int, start: date) -> date | None:
    """The last day, counted by the package; None where the package does not know a day."""
    if unit == "day":
        return start + timedelta(days=way * n)
    if unit in ("month", "year"):
        year, month = divmod(start.year * 12 + start.month - 1 + way * n * (12 if unit == "year" else 1), 12)
        return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    day = start
    while n:
        day += timedelta(days=way)
        try:
            n -= chinese_calendar.is_workday(day)
        except NotImplementedError:
            return None
    return day


def _shown(page: Page) -> date | None:
    times = page.locator("[data-hb-result] time")
    return date.fromisoformat(times.get_attribute("datetime") or "") if times.count() else None


def _fill(page: Page, n: int, unit: str, start: str) -> None:
    page.locator("select[name=rule]").select_option("")
    page.locator("input[name=n]").fill(str(n))
    page.locator("select[name=unit]").select_option(unit)
    page.locator("input[name=from]").fill(start)


@pytest.mark.parametrize(("n", "unit"), OWN, ids=[f"{n}-{unit}" for n, unit in OWN])
def test_a_number_of_ones_own_is_counted_as_the_package_counts(page: Page, address: str, n: int, unit: str) -> None:
    page.goto(f"{address}time-limits/")

    for start in STARTS:
        _fill(page, n, unit, start)

        assert _shown(page) == _end(n, unit, 1, date.fromisoformat(start)), start


def test_every_rule_of_the_handbook_is_counted_as_the_package_counts(page: Page, address: str, book: Book) -> None:
    rules = _rules(book, "en")
    page.goto(f"{address}en/time-limits/")

    assert rules, "the real data has no limit to count"
    for rule in rules:
        page.locator("select[name=rule]").select_option(rule.id)
        for start in STARTS:
            page.locator("input[name=from]").fill(start)

            assert _shown(page) == _end(rule.value or 0, rule.unit or "", rule.way, date.fromisoformat(start)), (
                rule.id,
                start,
            )
        assert page.locator("[data-hb-result] a").inner_text() == rule.citation


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_beyond_the_known_days_there_is_a_warning_and_no_date(page: Page, address: str, prefix: str) -> None:
    page.goto(f"{address}{prefix}time-limits/?n=10&unit=working_day&from={LAST - timedelta(days=7)}")
    after = page.locator("[data-hb-result]").inner_text()

    page.goto(f"{address}{prefix}time-limits/?n=10&unit=working_day&from=2003-06-02")
    before = page.locator("[data-hb-result]").inner_text()

    for text in (after, before):
        assert str(LAST.year) in text
    assert _shown(page) is None
    assert page.locator(".hb-calculator__warning").is_visible()
    assert page.locator("[data-hb-actions]").is_hidden()
    assert page.locator("[data-hb-picture]").inner_text() == ""


def test_a_due_date_on_a_day_off_says_so_and_shows_the_next_working_day(page: Page, address: str) -> None:
    page.goto(f"{address}en/time-limits/?n=30&unit=day&from=2026-09-02")

    assert _shown(page) == date(2026, 10, 2)
    assert "October 8, 2026" in page.locator(".hb-calculator__warning").inner_text()
    assert "does not say" in page.locator(".hb-calculator__warning").inner_text()


def test_a_due_date_beyond_the_known_days_does_not_guess_whether_it_is_a_day_off(page: Page, address: str) -> None:
    page.goto(f"{address}en/time-limits/?n=1&unit=year&from={LAST}")

    assert _shown(page) == date(LAST.year + 1, 12, 31)
    assert "cannot be told" in page.locator(".hb-calculator__warning").inner_text()


def test_the_last_days_of_the_last_known_year_may_still_move(page: Page, address: str) -> None:
    page.goto(f"{address}en/time-limits/?n=2&unit=working_day&from={LAST - timedelta(days=6)}")

    assert _shown(page) == _end(2, "working_day", 1, LAST - timedelta(days=6))
    assert "may still move" in page.locator(".hb-calculator__warning").inner_text()


def test_the_picture_marks_days_off_and_weekend_days_worked(page: Page, address: str) -> None:
    page.goto(f"{address}time-limits/?n=9&unit=working_day&from=2026-09-25")

    def days(kind: str) -> list[str]:
        marked = page.locator(f"[data-day].hb-day--{kind}").evaluate_all("all => all.map(d => d.dataset.day)")
        return [str(day) for day in marked]

    assert days("start") == ["2026-09-25"]
    assert days("end") == ["2026-10-14"]
    assert "2026-10-10" in days("worked")
    assert {"2026-10-01", "2026-10-07"} <= set(days("off"))
    assert len(days("counted")) + 1 == 9


@pytest.mark.parametrize(
    "query", ["n=0&unit=day&from=2026-01-05", "n=2.5&unit=day&from=2026-01-05", "n=&unit=day", "n=9999&unit=year"]
)
def test_a_number_that_cannot_be_counted_is_refused(page: Page, address: str, query: str) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda e: complaints.append(str(e)))

    page.goto(f"{address}en/time-limits/?{query}")

    assert _shown(page) is None
    assert "Enter a whole number" in page.locator(".hb-calculator__warning").inner_text()
    assert complaints == []


@pytest.mark.parametrize(
    ("query", "message"),
    [("rule=no-such-rule", "does not have"), ("n=5&unit=day&from=2026-02-30", "Enter a start date")],
)
def test_an_address_that_cannot_be_followed_says_so(page: Page, address: str, query: str, message: str) -> None:
    page.goto(f"{address}en/time-limits/?{query}")

    assert _shown(page) is None
    assert message in page.locator(".hb-calculator__warning").inner_text()


def test_the_address_keeps_the_question_and_the_other_edition_answers_it_too(page: Page, address: str) -> None:
    page.goto(f"{address}time-limits/")
    _fill(page, 5, "working_day", "2026-09-28")
    answer = _shown(page)

    page.reload()

    assert page.url == f"{address}time-limits/?n=5&unit=working_day&from=2026-09-28"
    assert _shown(page) == answer
    page.locator("[data-hb-language]").click()
    page.wait_for_url("**/en/time-limits/**")
    assert _shown(page) == answer


def test_a_row_puts_its_rule_into_the_calculator(page: Page, address: str, book: Book) -> None:
    rule = _rules(book, "zh")[-1]
    page.goto(f"{address}time-limits/?n=5&unit=day&from=2026-03-02")

    page.locator(f"[data-hb-use='{rule.id}']").click()

    assert page.url.endswith(f"/time-limits/?rule={rule.id}&from=2026-03-02")
    assert page.locator("select[name=rule]").input_value() == rule.id
    assert page.locator("input[name=from]").evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_calendar_file_holds_the_date_and_the_clause(page: Page, address: str, book: Book, language: str) -> None:
    rule = next(c for c in _rules(book, language) if c.way == 1)
    prefix = "" if language == "zh" else "en/"
    page.goto(f"{address}{prefix}time-limits/?rule={rule.id}&from=2026-09-25")

    with page.expect_download() as download:
        page.locator("[data-hb-ics]").click()

    raw = Path(download.value.path()).read_bytes()
    lines = raw.split(b"\r\n")
    assert download.value.suggested_filename.endswith(".ics")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode("utf-8") or line == b"" for line in lines)  # no character is split between two lines
    assert b"\n" not in raw.replace(b"\r\n", b"")
    (event,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert event.decoded("DTSTART") == _end(rule.value or 0, rule.unit or "", 1, date(2026, 9, 25))
    assert event.decoded("DTEND") == event.decoded("DTSTART") + timedelta(days=1)
    assert rule.act in str(event["SUMMARY"])
    assert rule.citation in str(event["DESCRIPTION"])
    regime, _, anchor = rule.key.partition("#")
    assert f"{address}{prefix}regimes/{regime}/#{anchor}" in str(event["DESCRIPTION"])
    assert event["UID"]
    assert event["DTSTAMP"]


def test_the_calculator_works_from_a_folder(page: Page, site: Path) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.goto((site / "time-limits" / "index.html").as_uri())

    _fill(page, 3, "working_day", "2026-04-03")

    assert _shown(page) == _end(3, "working_day", 1, date(2026, 4, 3))
    assert page.url.endswith("index.html?n=3&unit=working_day&from=2026-04-03")
    with page.expect_download() as download:
        page.locator("[data-hb-ics]").click()
    assert download.value.suggested_filename.endswith(".ics")
    assert complaints == []


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_without_script_the_tables_are_complete(browser: Browser, address: str, book: Book, prefix: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()

    plain.goto(f"{address}{prefix}time-limits/")

    rows = plain.locator(".hb-table--limits tbody tr")
    assert sorted(rows.evaluate_all("all => all.map(row => row.id)")) == sorted(row.id for row in limit_rows(book))
    assert all(row.is_visible() for row in rows.all())
    assert plain.locator("[data-hb-calculator]").is_hidden()
    assert plain.locator("[data-hb-use]").first.is_hidden()
    context.close()
