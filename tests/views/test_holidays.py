"""The holiday arrangements against the package they come from, day by day, and against days anyone can look up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import pytest

from handbook.views.holidays import Holidays, holidays

KNOWN = holidays()


def _days(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def test_every_known_day_is_worked_or_off_as_the_package_says() -> None:
    off, worked = set(KNOWN.off), set(KNOWN.worked)

    wrong = [
        day
        for day in _days(KNOWN.first, KNOWN.last)
        if chinese_calendar.is_workday(day) != (day in worked or (day.weekday() < 5 and day not in off))
    ]

    assert wrong == []


def test_what_is_known_ends_where_the_package_ends() -> None:
    for beyond in (KNOWN.first - timedelta(days=1), KNOWN.last + timedelta(days=1)):
        with pytest.raises(NotImplementedError):
            chinese_calendar.is_workday(beyond)
        assert KNOWN.is_working_day(beyond) is None


def test_days_off_are_weekdays_and_days_worked_are_weekend_days_in_order() -> None:
    assert all(day.weekday() < 5 for day in KNOWN.off)
    assert all(day.weekday() > 4 for day in KNOWN.worked)
    assert list(KNOWN.off) == sorted(set(KNOWN.off))
    assert list(KNOWN.worked) == sorted(set(KNOWN.worked))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 10, 1), False),  # National Day, a Tuesday
        (date(2024, 9, 29), True),  # the Sunday worked for it
        (date(2018, 12, 29), True),  # a Saturday worked for New Year of the year after
        (date(2018, 12, 31), False),
        (date(2025, 3, 3), True),  # a Monday like any other
        (date(2025, 3, 1), False),  # a Saturday like any other
    ],
)
def test_known_facts(day: date, worked: bool) -> None:
    assert KNOWN.is_working_day(day) is worked


def test_the_page_gets_iso_dates_and_no_words() -> None:
    some = Holidays((date(2026, 10, 1),), (date(2026, 10, 10),), date(2026, 1, 1), date(2026, 12, 31), "1")

    assert json.loads(some.as_json()) == {
        "off": ["2026-10-01"],
        "worked": ["2026-10-10"],
        "first": "2026-01-01",
        "last": "2026-12-31",
    }
