"""Bounds and forces in the words of the interface: 不超过 1,000 元, RMB 10,000–30,000."""

from __future__ import annotations

from handbook.messages import Messages
from handbook.model import Measure, Range


def yuan(say: Messages, bounds: Range) -> str:
    """Bounds in yuan as a reader reads them."""
    return _bounds(say, "amount", bounds)


def percent(say: Messages, bounds: Range) -> str:
    """Bounds in percent of illegal gains as a reader reads them."""
    return _bounds(say, "percent", bounds)


def measure_bounds(say: Messages, measure: Measure) -> str:
    """The bounds of a measure in words, empty where it has none."""
    if measure.yuan:
        return yuan(say, measure.yuan)
    if measure.percent_of_illegal_gains:
        return percent(say, measure.percent_of_illegal_gains)
    return ""


def _bounds(say: Messages, kind: str, bounds: Range) -> str:
    low, high = (None if v is None else f"{v:,}" for v in (bounds.min, bounds.max))
    if low is None:
        return say(f"{kind}_most", high=high)
    if high is None:
        return say(f"{kind}_least", low=low)
    return say(f"{kind}_exact", low=low) if low == high else say(f"{kind}_range", low=low, high=high)
