"""The figures a text states – amounts, percentages, articles, orders, times, counts – found alike in Chinese and in English.

A figure is a kind and a value, so that 一千元 and RMB 1,000 are the same figure and 一千元 and ten thousand are not.
Idioms that contain a numeral but state none (一致, 进一步, 第三方, 之一) are no figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from handbook.text.numerals import NUMERAL, number


class Kind(StrEnum):
    """What a figure counts. Times are told apart: 日 is a day, 工作日 a working day."""

    YUAN = "yuan"
    PERCENT = "percent"
    ARTICLE = "article"
    ORDER = "order"
    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    COUNT = "count"


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """One figure of a text: kind, value, and where it stands (offsets; ``end`` is exclusive)."""

    kind: Kind
    value: int
    start: int
    end: int
    text: str

    @property
    def meaning(self) -> tuple[Kind, int]:
        """What two texts must share: kind and value."""
        return self.kind, self.value


_MEASURE_WORDS = (
    ("个工作日", Kind.WORKING_DAY),
    ("工作日", Kind.WORKING_DAY),
    ("个日历日", Kind.DAY),
    ("个自然日", Kind.DAY),
    ("个月", Kind.MONTH),
    ("年", Kind.YEAR),
    ("日", Kind.DAY),
    ("天", Kind.DAY),
    ("元", Kind.YUAN),
    ("名", Kind.COUNT),
    ("人", Kind.COUNT),
    ("个", Kind.COUNT),
    ("次", Kind.COUNT),
    ("级", Kind.COUNT),
    ("家", Kind.COUNT),
    ("份", Kind.COUNT),
    ("倍", Kind.COUNT),
    ("件", Kind.COUNT),
    ("批", Kind.COUNT),
    ("起", Kind.COUNT),
    ("项", Kind.COUNT),
    ("小时", Kind.COUNT),
    ("周", Kind.COUNT),
    ("类", Kind.COUNT),
    ("种", Kind.COUNT),
    ("台", Kind.COUNT),
    ("位", Kind.COUNT),
)
_KINDS = dict(_MEASURE_WORDS)
_UNITS = "|".join(word for word, _ in _MEASURE_WORDS)

_CHINESE = re.compile(
    rf"(?P<order>{NUMERAL})号令"
    rf"|第(?P<order2>{NUMERAL})号"
    rf"|百分之(?P<percent>{NUMERAL})"
    rf"|(?P<percent2>[0-9.]+)[%％]"
    rf"|第(?P<article>{NUMERAL})条"
    rf"|(?<=[至到、和及])(?P<article2>{NUMERAL})条"
    rf"|(?P<count>{NUMERAL})(?P<unit>{_UNITS})"
)
_DIGIT = "[一二三四五六七八九十百千万亿]"
_NO_FIGURE = re.compile(  # 百分之一, 三万一千 and 十一起 are figures though an idiom stands inside them
    r"同一|统一|唯一|单一|(?<!分)之一|任一|任何一|逐一|每一|另一|其一|某一|第一时间|第[一二三]方|进一步|下一步"
    rf"|(?<!{_DIGIT})(?:一般|一致|一律|一定|一些|一段时间|一并|一经|一旦|万一(?!{_DIGIT})|一切|一起(?=[，。]))"
    r"|千方百计|年年|一年一度|[一二三四五六七八九]中队"
)
_EITHER = re.compile(rf"({NUMERAL}(?:{_UNITS}))(?:或者|或)\1以上")
_SLOGAN = re.compile(r"“[^”]*”")
_SLOGAN_PART = re.compile(r"(?:(?<=“)|(?<=、))[一二三四五六七八九十两](?=[^、”]{1,6}[、”])")

_ONE_SLOGAN = re.compile(r"“[一二三四五六七八九十两][^、，”]{2,3}”")


def chinese_figures(text: str) -> tuple[Figure, ...]:
    """The figures of a Chinese text in their order.

    “两个或者两个以上” is one figure. In a slogan in quotation marks such as “三落实、两有证” or “三落实” each leading numeral is a count.
    """
    blind = _blanked(_NO_FIGURE, text)
    blind = _EITHER.sub(lambda m: m.group(1) + "\0" * (len(m.group(0)) - len(m.group(1))), blind)
    found = []
    for quote in _SLOGAN.finditer(blind):
        parts = list(_SLOGAN_PART.finditer(quote.group(0)))
        if len(parts) < 2 and not _ONE_SLOGAN.fullmatch(quote.group(0)):
            continue
        for part in parts:
            at = quote.start() + part.start()
            value = number(part.group(0))
            if value is not None:
                found.append(Figure(Kind.COUNT, value, at, at + 1, part.group(0)))
        blind = blind[: quote.start()] + "\0" * len(quote.group(0)) + blind[quote.end() :]
    for match in _CHINESE.finditer(blind):
        kind = _chinese_kind(match)
        numeral = next(
            match.group(g)
            for g in ("order", "order2", "percent", "percent2", "article", "article2", "count")
            if match.group(g)
        )
        value = number(numeral.strip(",，.．"))
        if value is not None:
            found.append(Figure(kind, value, match.start(), match.end(), match.group(0)))
    return tuple(sorted(found, key=lambda f: f.start))


def _chinese_kind(match: re.Match[str]) -> Kind:
    if match.group("order") or match.group("order2"):
        return Kind.ORDER
    if match.group("percent") or match.group("percent2"):
        return Kind.PERCENT
    if match.group("article") or match.group("article2"):
        return Kind.ARTICLE
    return _KINDS[match.group("unit")]


_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "both": 2,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
    "thousand": 1000,
}

_AMOUNT = r"(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)"
_WORD = r"\b(?:" + "|".join(_WORDS) + r")\b"
_ENGLISH = re.compile(
    rf"RMB\s?(?P<yuan>{_AMOUNT})"
    rf"|(?P<yuan2>{_AMOUNT})\s?(?:yuan|RMB)\b"
    rf"|(?P<percent>{_AMOUNT}|{_WORD})\s?(?:percent\b|per cent\b|%)"
    rf"|\bArt(?:icle|icles|s?\.)\s(?P<article>[0-9]+)(?P<to>(?:(?:\s?(?:to|–|-|and|,)\s?)[0-9]+)*)"
    rf"|\bOrder No\.?\s?(?P<order>[0-9]+)"
    rf"|(?P<n>{_AMOUNT}|{_WORD})(?P<unit>(?:\s|-)(?:working|business)(?:\s|-)days?\b|(?:\s|-)(?:calendar(?:\s|-))?days?\b|(?:\s|-)months?\b|(?:\s|-)years?\b)?",
    re.IGNORECASE,
)


def english_figures(text: str) -> tuple[Figure, ...]:
    """The figures of an English text in their order: digits, number words up to twenty, once, twice and both."""
    found = []
    for match in _ENGLISH.finditer(text):
        kind, raw = _english_kind(match)
        value = _english_value(raw)
        if value is not None:
            found.append(Figure(kind, value, match.start(), match.end(), match.group(0)))
        further = re.findall("[0-9]+", match.group("to") or "")
        found.extend(
            Figure(Kind.ARTICLE, article, match.start(), match.end(), match.group(0))
            for article in map(number, further)
            if article is not None
        )
    return tuple(found)


def _english_kind(match: re.Match[str]) -> tuple[Kind, str]:
    for group, kind in (
        ("yuan", Kind.YUAN),
        ("yuan2", Kind.YUAN),
        ("percent", Kind.PERCENT),
        ("article", Kind.ARTICLE),
        ("order", Kind.ORDER),
    ):
        if match.group(group):
            return kind, match.group(group)
    unit = (match.group("unit") or "").lower()
    for word, kind in (
        ("working", Kind.WORKING_DAY),
        ("business", Kind.WORKING_DAY),
        ("day", Kind.DAY),
        ("month", Kind.MONTH),
        ("year", Kind.YEAR),
    ):
        if word in unit:
            return kind, match.group("n")
    return Kind.COUNT, match.group("n")


def _english_value(raw: str) -> int | None:
    if raw.lower() in _WORDS:
        return _WORDS[raw.lower()]
    return number(raw)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: "\0" * len(m.group(0)), text)
