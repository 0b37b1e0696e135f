"""Times, head-counts and thresholds as a Chinese text states them: 五个工作日内, 每年至少自查一次, 不得少于2人, 两次以上."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from handbook.text.amounts import amounts
from handbook.text.figures import Figure, Kind, chinese_figures
from handbook.text.numerals import number
from handbook.text.phrases import pattern


@dataclass(frozen=True, slots=True)
class Time:
    """A time a text counts, or an order to act at once (``value`` and ``unit`` None). ``end`` is exclusive.

    ``unit`` is day, working_day, month, year, per_day, per_month or per_year: 日 and 工作日 are never the same.
    """

    value: int | None
    unit: str | None
    at_least: bool
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people, or a number from which on something counts: ``unit`` is person, or the counted word (次, 个, 元).

    ``inclusive`` is True where the text says that the number itself counts, None where it does not say.
    """

    value: int
    unit: str
    at_least: bool
    start: int
    end: int
    text: str
    inclusive: bool | None = None


_UNITS = {Kind.WORKING_DAY: "working_day", Kind.DAY: "day", Kind.MONTH: "month", Kind.YEAR: "year"}
_N = "[0-9０-９〇零一二三四五六七八九十]"
_NUMBER = "[0-9０-９一二两三四五六七八九十百千万零〇]+"
_PER = re.compile(r"每(?:个|一)?(?P<unit>年|月|日|天)(?:度)?")
_ANNUAL = re.compile(
    r"(?<![0-9０-９一二两三四五六七八九十百〇零本上下全跨每半当该同前])年度(?=[\u4e00-\u9fff])(?!报告|计划|总结|预算|考核结果)"
)
_TIMES = re.compile(rf"[^，。；每]{{0,12}}?{_NUMBER}次")
_DATE = re.compile(
    rf"{_N}{{2,4}}年\s*{_N}{{1,3}}月(?:\s*{_N}{{1,3}}日)?"  # 2015年3月1日
    rf"|(?:(?<!个)|(?<=每个))月\s*{_N}{{1,3}}日(?:[至到]{_N}{{1,3}}日)?"  # 3月15日至20日, 每月5日
)
_INCLUDING = r"[（(](?P<no>不)?含[^）)]{0,8}[）)]"
_ABOVE = re.compile(rf"(?:{_INCLUDING})?及?以上(?:{_INCLUDING.replace('no', 'not')})?")
_EITHER = re.compile(rf"(?:或者|或)(?P<number>{_NUMBER})(?P<unit>个工作日|工作日|个月|小时|\w)以上")
_PAUSE = re.compile(r"[，。；、：0-9０-９]")
_NO_PEOPLE = re.compile("(?<=人)(?:次|民(?!警))|(?<=名)[称单]")
_NAMED_YEAR = re.compile("(?<!以)[上下](?=[一1１]年)")


def times(text: str, immediately: Iterable[str], at_least: Iterable[str] = ()) -> tuple[Time, ...]:
    """The times of a text in their order. ``immediately`` and ``at_least`` are words of the vocabulary.

    Calendar dates are no times.

    >>> [(t.value, t.unit) for t in times("自收到之日起五个工作日内报告", ())]
    [(5, 'working_day')]
    """
    least = tuple(at_least)
    found: list[Time] = []
    dates = [(m.start(), m.end()) for m in _DATE.finditer(text)]
    for figure in _figures(text):
        if figure.kind not in _UNITS or any(a <= figure.start < b for a, b in dates):
            continue
        named = figure.value > 200 or _NAMED_YEAR.match(text, max(0, figure.start - 1))  # 2015年, 下一年
        if figure.kind is Kind.YEAR and named:
            continue
        bound = _says(text, figure.start, figure.end, least)
        found.append(Time(figure.value, _UNITS[figure.kind], bound, figure.start, figure.end, figure.text))
    for match in _PER.finditer(text):
        unit = {"年": "per_year", "月": "per_month", "日": "per_day", "天": "per_day"}[match["unit"]]
        times_ = _TIMES.match(text, match.end())
        end = times_.end() if times_ else match.end()
        figures = chinese_figures(text[match.end() : end]) if times_ else ()
        value = figures[-1].value if figures else 1
        bound = _holds(text[match.end() : end], least) or _says(text, match.start(), end, least)
        found.append(Time(value, unit, bound, match.start(), end, text[match.start() : end]))
    found += [Time(1, "per_year", False, m.start(), m.end(), m[0]) for m in _ANNUAL.finditer(text)]
    found += [
        Time(None, None, False, m.start(), m.end(), m[0]) for word in immediately for m in pattern(word).finditer(text)
    ]
    return tuple(sorted(found, key=lambda t: (t.start, t.end)))


def people(text: str, at_least: Iterable[str] = ()) -> tuple[Count, ...]:
    """The head-counts of a text in their order: 两名以上工作人员, 不得少于2人, 一名专职人员.

    >>> [(c.value, c.at_least) for c in people("检查人员不得少于2人", ["不得少于"])]
    [(2, True)]
    """
    least = tuple(at_least)
    return tuple(
        Count(f.value, "person", _says(text, f.start, f.end, least), f.start, f.end, f.text)
        for f in _figures(text)
        if f.kind is Kind.COUNT and f.text[-1] in "名人位" and not _NO_PEOPLE.match(text, f.end)
    )


def thresholds(text: str) -> tuple[Count, ...]:
    """The numbers from which on something counts: 两次以上, 两个或者两个以上, 30万元(含30万元)以上. No people, no times.

    >>> [(c.value, c.unit, c.inclusive) for c in thresholds("跨两个或者两个以上市")]
    [(2, '个', True)]
    """
    found = [
        Count(a.min, "元", True, a.start, a.end, a.text, a.inclusive)
        for a in amounts(text)
        if a.kind is Kind.YUAN and a.max is None and a.min is not None
    ]
    edge = 0
    for figure in chinese_figures(text):
        if figure.kind is not Kind.COUNT or figure.text[-1] in "名人位级" or figure.start < edge:
            continue
        either = _either(text, figure.start, figure.end)
        bound = either or _ABOVE.match(text, figure.end)
        if bound:
            edge = bound.end()
            inclusive = True if either else _included(bound)
            unit = "小时" if figure.text.endswith("小时") else figure.text[-1]
            found.append(Count(figure.value, unit, True, figure.start, edge, text[figure.start : edge], inclusive))
    return tuple(sorted(found, key=lambda c: c.start))


def _figures(text: str) -> list[Figure]:
    """The figures of a text but those that only repeat one in brackets: 3日（含3日）以上."""
    remarks = [(m.start(), m.end()) for m in re.finditer(_INCLUDING, text)]
    return [f for f in chinese_figures(text) if not any(a <= f.start < b for a, b in remarks)]


def _says(text: str, start: int, end: int, words: tuple[str, ...]) -> bool:
    """Whether a word for not less than stands directly before or after a figure. 以上 never stands before its own."""
    before, after = text[max(0, start - 6) : start], text[end : end + 4]
    above = _ABOVE.match(text, end) or _either(text, start, end)
    if "以上" in words and above:
        return True
    ahead = [w for w in words if not w.endswith("以上")]
    return any(after.startswith(w) for w in words) or any(
        w in before and before.endswith((w, "有", "配备", "派")) and not _PAUSE.search(before, before.rfind(w))
        for w in ahead
    )


def _either(text: str, start: int, end: int) -> re.Match[str] | None:
    """The rest of 两个或者两个以上 after its first figure; None where the second is another number or unit."""
    match = _EITHER.match(text, end)
    first = text[start:end]
    if not match or not first.endswith(match["unit"]):
        return None
    return match if number(first.removesuffix(match["unit"])) == number(match["number"]) else None


def _included(bound: re.Match[str]) -> bool | None:
    """Whether （含…） stands beside 以上, or （不含…）; None where neither does."""
    if "含" not in bound[0]:
        return None
    return bound["no"] is None and bound["not"] is None


def _holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether a word for not less than stands in a text; 以上 belongs to what stands before it there (县级以上)."""
    return any(word in text for word in words if not word.endswith("以上"))
