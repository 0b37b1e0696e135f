"""Bounds of money and percentages as a law writes them: 1万元以上3万元以下, 一千元以下, 百分之十至百分之五十, 30万元(含30万元)以上."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbook.text.figures import Kind, chinese_figures, english_figures
from handbook.text.numerals import NUMERAL, number


@dataclass(frozen=True, slots=True)
class Amount:
    """Bounds in yuan or percent with the stretch of text that states them (``end`` exclusive).

    A figure without a bounding word is both bounds. ``inclusive`` is True where the text says that the figure counts
    (含30万元), False where it says it does not (不含), None where it says neither.
    """

    kind: Kind
    min: int | None
    max: int | None
    start: int
    end: int
    text: str
    inclusive: bool | None = None


_INCLUDES = r"(?:[(（](?P<not>不)?含(?:本数|[^()（）]{1,12})?[)）])?"
_ABOVE = re.compile(_INCLUDES + r"(?:及)?(?:以上|起)" + r"(?:[(（](?P<not2>不)?含(?:本数|[^()（）]{1,12})?[)）])?")
_BELOW = re.compile(
    _INCLUDES + r"(?:及)?(?:以下|以内|之内)" + r"(?:[(（](?P<not2>不)?含(?:本数|[^()（）]{1,12})?[)）])?"
)
_AT_LEAST = re.compile(r"(?:不低于|不少于|不得低于|不得少于|至少|(?<!不)(?<!不得)(?:高于|超过)|满)$")
_AT_MOST = re.compile(r"(?:不高于|不超过|不得高于|不得超过|最高|至多|(?<!不)(?<!不得)低于)$")
_JOIN = re.compile(r"[、，,]?(?:但|至|到|－|-|—|–|~|～)?(?:不超过|不高于|不得超过)?")
_TO = re.compile(r"至|到|－|-|—|–|~|～")
_SHORT = re.compile(rf"(?P<low>{NUMERAL})(?P<unit>元)?(?:至|到|－|-|—|–|~|～)(?=(?P<high>{NUMERAL})元)")


def amounts(text: str) -> tuple[Amount, ...]:
    """The bounds of a Chinese text in their order.

    >>> [(a.min, a.max) for a in amounts("处4000元以上2万元以下的罚款")], [(a.min, a.max) for a in amounts("1至3万元")]
    ([(4000, 20000)], [(10000, 30000)])
    """
    figures = [f for f in chinese_figures(text) if f.kind in (Kind.YUAN, Kind.PERCENT)]
    found: list[Amount] = []
    i = 0
    while i < len(figures):
        figure = figures[i]
        after = figures[i + 1] if i + 1 < len(figures) else None
        short = _shortened(text, figure.start, figure.end)
        if short is not None:
            low, start = short
            end = _skip(text, figure.end, _BELOW)
            found.append(Amount(figure.kind, low, figure.value, start, end, text[start:end]))
            i += 1
            continue
        above = _ABOVE.match(text, figure.end)
        if above:
            join = _JOIN.match(text, above.end())
            at = join.end() if join else above.end()
            if after and after.kind is figure.kind and after.start == at and (below := _BELOW.match(text, after.end)):
                found.append(
                    Amount(
                        figure.kind,
                        figure.value,
                        after.value,
                        figure.start,
                        below.end(),
                        text[figure.start : below.end()],
                    )
                )
                i += 2
                continue
            found.append(
                Amount(
                    figure.kind,
                    figure.value,
                    None,
                    figure.start,
                    above.end(),
                    text[figure.start : above.end()],
                    _counts(above),
                )
            )
        elif (to := _TO.match(text, figure.end)) and after and after.kind is figure.kind and after.start == to.end():
            end = _skip(text, after.end, _BELOW)
            found.append(Amount(figure.kind, figure.value, after.value, figure.start, end, text[figure.start : end]))
            i += 2
            continue
        elif below := _BELOW.match(text, figure.end):
            found.append(
                Amount(
                    figure.kind,
                    None,
                    figure.value,
                    figure.start,
                    below.end(),
                    text[figure.start : below.end()],
                    _counts(below),
                )
            )
        else:
            found.append(_alone(text, figure.kind, figure.value, figure.start, figure.end))
        i += 1
    return tuple(a for a in found if not _remark(text, a, found))


_E_LEAST = re.compile(r"(?:not less than|at least|no less than|not lower than)\s$", re.IGNORECASE)
_E_MOST = re.compile(r"(?:not more than|no more than|at most|up to|not exceeding)\s$", re.IGNORECASE)
_E_JOIN = re.compile(r"(?:,? (?:but|and) )(?:not more than|no more than|not exceeding)\s$", re.IGNORECASE)
_E_TO = re.compile(r"^\s?(?:to|–|-)\s?$")
_E_OR_MORE = re.compile(r"\s(?:or more|or above|and above)\b", re.IGNORECASE)
_E_OR_LESS = re.compile(r"\s(?:or less|or below)\b", re.IGNORECASE)


def english_amounts(text: str) -> tuple[Amount, ...]:
    """The bounds of an English text in their order; the words are *not less than* and *not more than*.

    >>> [(a.min, a.max) for a in english_amounts("a fine of not less than RMB 10,000 but not more than RMB 30,000")]
    [(10000, 30000)]
    """
    figures = [f for f in english_figures(text) if f.kind in (Kind.YUAN, Kind.PERCENT)]
    found: list[Amount] = []
    for figure in figures:
        last = found[-1] if found else None
        between = text[last.end : figure.start] if last else ""
        if (last and last.kind is figure.kind and last.max is None and _E_JOIN.fullmatch(between)) or (
            last and last.kind is figure.kind and last.min == last.max and _E_TO.match(between)
        ):
            found[-1] = Amount(last.kind, last.min, figure.value, last.start, figure.end, text[last.start : figure.end])
        else:
            low = _E_LEAST.search(text[: figure.start])
            high = _E_MOST.search(text[: figure.start])
            more, less = _E_OR_MORE.match(text, figure.end), _E_OR_LESS.match(text, figure.end)
            start = low.start() if low else high.start() if high else figure.start
            end = more.end() if more else less.end() if less else figure.end
            lower = None if high or less else figure.value
            upper = None if low or more else figure.value
            found.append(Amount(figure.kind, lower, upper, start, end, text[start:end]))
    return tuple(found)


def _alone(text: str, kind: Kind, value: int, start: int, end: int) -> Amount:
    low, high = _AT_LEAST.search(text[:start]), _AT_MOST.search(text[:start])
    begin = high.start() if high else low.start() if low else start
    return Amount(kind, None if high else value, None if low and not high else value, begin, end, text[begin:end])


def _shortened(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The lower bound of 1至3万元 or 5000至3万元, whose unit is written once, and where it starts."""
    for match in _SHORT.finditer(text):
        if match.end() != start or match["unit"]:
            continue
        low, high = number(match["low"]), number(text[start : end - 1])
        if low is None or high is None:
            return None
        scale = {"万": 10_000, "亿": 100_000_000}.get(text[end - 2], 1)
        if low < high // scale or (scale > 1 and low * scale < high):
            low *= scale
        return low, match.start()
    return None


def _skip(text: str, at: int, word: re.Pattern[str]) -> int:
    match = word.match(text, at)
    return match.end() if match else at


def _counts(match: re.Match[str]) -> bool | None:
    if match["not"] or match["not2"]:
        return False
    return True if "含" in match.group(0) else None


def _remark(text: str, amount: Amount, among: list[Amount]) -> bool:
    """Whether the figure only repeats, in brackets, the one it stands behind: 30万元(含30万元)以上."""
    return any(o is not amount and o.start <= amount.start and amount.end <= o.end for o in among)
