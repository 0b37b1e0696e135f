"""The State Council's holiday arrangements: which weekdays are off and which weekend days are worked, as far as known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version

PACKAGE = "chinesecalendar"
"""Where the arrangements come from: a package on PyPI, renewed when the State Council announces the next year."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """Every exception from "Monday to Friday are worked" from ``first`` to ``last``, both included; in order.

    ``off`` holds weekdays that are holidays, ``worked`` Saturdays and Sundays that are worked instead. Before ``first``
    and after ``last`` nothing is known. The arrangement of the year after ``last`` may still move the days between
    Christmas and New Year (30 December 2007 was a holiday, 29 December worked, for New Year 2008).
    """

    off: tuple[date, ...]
    worked: tuple[date, ...]
    first: date
    last: date
    version: str

    def is_working_day(self, day: date) -> bool | None:
        """Whether a day is worked; None where nothing is known."""
        if not self.first <= day <= self.last:
            return None
        return day in self.worked if day.weekday() > 4 else day not in self.off

    def as_json(self) -> str:
        """What the calculator needs, free of any language: ISO dates under ``off``, ``worked``, ``first``, ``last``."""
        days = {"off": [d.isoformat() for d in self.off], "worked": [d.isoformat() for d in self.worked]}
        known = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return json.dumps({**days, **known}, separators=(",", ":"))


@lru_cache(maxsize=1)
def holidays() -> Holidays:
    """The arrangements of the installed package: from its first year with data to the end of its last."""
    from chinese_calendar import constants  # only this page needs it

    off, worked = set(constants.holidays), set(constants.workdays)
    years = [day.year for day in off]
    return Holidays(
        off=tuple(sorted(day for day in off - worked if day.weekday() < 5)),
        worked=tuple(sorted(day for day in worked if day.weekday() > 4)),
        first=date(min(years), 1, 1),
        last=date(max(years), 12, 31),
        version=version(PACKAGE),
    )
