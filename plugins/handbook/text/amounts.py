"""Bounds of money and percentages as a law writes them: 1万元以上3万元以下, 一千元以下, 百分之十至百分之五十, 30万元(含30万元)以上."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from handbook.text.figures import Figure, Kind, chinese_figures, english_figures
from handbook.text.numerals import NUMERAL, number


@dataclass(frozen=True, slots=True)
class Amount:
    """Bounds in yuan or percent with the stretch of text that states them (``end`` exclusive).

    A figure without a bounding word is both bounds. ``inclusive`` is True where the text says in brackets that the
    figure counts (含30万元), False where it says it does not (不含), None where it says neither, or of two bounds not
    the same.
    """

    kind: Kind
    min: int | None
    max: int | None
    start: int
    end: int
    text: str
    inclusive: bool | None = None


_DIGIT = "0-9零〇一二两三四五六七八九"
_NOTE = r"[(（][^()（）]{1,48}[)）]"
_COUNTS = re.compile(
    rf"[(（](?P<not>不)?(?:包?含|包括)(?:本数|[^()（）]{{0,12}}[{_DIGIT}十百千万亿][^()（）]{{0,40}})?[)）]"
)
_AFTER = re.compile(
    rf"(?:人民币)?(?P<note>{_NOTE})?(?:及|或者?)?(?:(?P<above>以上(?!述)|起(?!诉))|以下(?!列)|以内|之内)"
)
_BEFORE = re.compile(
    r"(?:(?P<least>至少|最少|最低)|(?P<most>(?:至多|最多|最高)(?:不超过)?)"
    r"|(?P<no>(?:不|未)(?:得|能|可|应当?)?)?(?:(?P<over>高于|多于|大于|超过|满|达到)|(?P<under>低于|少于|小于))|(?P<short>不足))$"
)
_TO = re.compile(r"[至到－\-—–~～]|——")
_JOIN = re.compile(r"[、，,]?(?:但|且|至|到|[－\-—–~～])?")
_SHORT = re.compile(
    rf"(?<![统同唯单任逐另其某点])(?P<low>{NUMERAL})(?:(?P<to>[至到－\-—–~～]|——)|以上[、，,]?(?:至|到)?)$"
)
_SHORT_PERCENT = re.compile(
    rf"(?:[至到－\-—–~～]|——)(?P<high>(?>{NUMERAL}))(?![分年月日天个元名人次级号家倍份件批起项条款小工周%％])"
)
_MANY = re.compile(r"(?:几|若干|(?<!总)数|(?<!以)上)$")
_POINT = re.compile(rf"[{_DIGIT}十百千万亿]点$")
_NO_MONEY = re.compile(r"素|件|器件|音|旦|宵")
_PARTS = re.compile(  # 一元化, 二元制, 三元催化: a single numeral before 元 counts parts
    r"化(?![肥工学妆疗验])|制(?![作造定服])|论(?!文)|催化|混合|合金|体系|复合|共聚|乙丙|方程|函数|回归|气体|[一二三两]次|电池|桥|区"
)
_PLAIN = str.maketrans("０１２３４５６７８９．", "0123456789.")
_SPACES = re.compile(r"[ \t\u00a0\u2009\u3000]+")
_SIGN = re.compile(rf"[{_DIGIT}０-９十百千万亿.．,，]")
_FIRST = re.compile(rf"[{_DIGIT}０-９]")


def amounts(text: str) -> tuple[Amount, ...]:
    """The bounds of a Chinese text in their order.

    >>> [(a.min, a.max) for a in amounts("处4000元以上2万元以下的罚款")], [(a.min, a.max) for a in amounts("1至3万元")]
    ([(4000, 20000)], [(10000, 30000)])
    """
    plain, places = _plain(text)
    found: list[Amount] = []
    single = False  # whether the last one may still be the lower bound of a range
    for figure in chinese_figures(plain):
        edge = found[-1].end if found else 0
        if figure.start < edge or not _states(plain, figure):
            continue
        one = _one(plain, figure, edge)
        last = found[-1] if single else None
        if last and last.kind is one.kind and _joins(last, one, plain[last.end : one.start]):
            found[-1], single = _range(plain, last, one), False
        elif short := _shortened(plain, figure, one, edge):
            found.append(short)
            single = False  # whether the last one may still be the lower bound of a range
        else:
            found.append(one)
            single = True
    return tuple(_placed(text, places, amount) for amount in found)


_E_BEFORE = re.compile(
    r"\b(?:at least|(?P<most>at most|up to)"
    r"|(?P<no>not |no )?(?:more than|higher than|over|above|exceeding|(?P<under>less than|lower than|below|under)))\s$",
    re.IGNORECASE,
)
_E_AFTER = re.compile(
    r"(?P<note>\s?\((?:inclusive|included|(?P<not>exclusive|excluded))\))?"
    r"(?P<word>\s(?:(?P<above>(?:or|and) (?:more|above|over|higher))|(?:or|and) (?:less|below|under|lower))\b)?",
    re.IGNORECASE,
)
_E_SCALE = re.compile(r"\s(thousand|million|billion)\b", re.IGNORECASE)
_E_SCALES = {"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_E_JOIN = re.compile(r",?\s(?:(?:but|and)\s)?", re.IGNORECASE)
_E_TO = re.compile(r"\sto\s|\s?[–—-]\s?", re.IGNORECASE)
_E_AND = re.compile(r"\sand\s", re.IGNORECASE)
_E_BETWEEN = re.compile(r"\bbetween\s$", re.IGNORECASE)


def english_amounts(text: str) -> tuple[Amount, ...]:
    """The bounds of an English text in their order; the words are *not less than* and *not more than*.

    >>> [(a.min, a.max) for a in english_amounts("a fine of not less than RMB 10,000 but not more than RMB 30,000")]
    [(10000, 30000)]
    """
    found: list[Amount] = []
    single = False  # whether the last one may still be the lower bound of a range
    count: Figure | None = None  # the number before, whose unit may be written once: 10 to 50 percent
    for figure in english_figures(text):
        last = found[-1] if single else None
        edge = found[-1].end if found else 0
        if figure.start < edge:
            continue
        one = _english_one(text, figure, edge)
        if figure.kind is Kind.COUNT:
            if last and last.kind is Kind.YUAN and _goes_to(_E_TO, text, last, one):  # RMB 10,000 to 30,000
                found[-1], single = _range(text, _scaled(text, last, one), one), False
            else:
                count = figure
        elif figure.kind in (Kind.YUAN, Kind.PERCENT):
            low = count and replace(one, min=count.value, max=count.value, start=count.start)
            if last and last.kind is one.kind and _english_joins(text, last, one):
                found[-1], single = _range(text, last, one), False
            elif count and low and _goes_to(_E_TO, text, replace(low, end=count.end), one):
                found.append(_range(text, low, one))
                single = False
            else:
                found.append(one)
                single = True
    return tuple(found)


def _states(text: str, figure: Figure) -> bool:
    """Whether the figure is money or a percentage and not part of a word (三元催化), of 数万元 or of 三点五万元."""
    before = text[max(0, figure.start - 3) : figure.start]
    if figure.kind is Kind.PERCENT:
        return text[figure.end : figure.end + 1] != "点"
    if figure.kind is not Kind.YUAN or _POINT.search(before) or _NO_MONEY.match(text, figure.end):
        return False
    if figure.text[0] in "十百千万亿" and _MANY.search(before):
        return False
    return not (len(figure.text) == 2 and figure.text[0] not in "0123456789" and _PARTS.match(text, figure.end))


def _one(text: str, figure: Figure, edge: int) -> Amount:
    """What a figure states with the bounding words around it, no further back than ``edge``."""
    value, start, end = figure.value, figure.start, figure.end
    after = _AFTER.match(text, end)
    inclusive = None
    if after and after["note"]:
        inclusive = _counts(_COUNTS.fullmatch(after["note"]))
    if after:
        end = after.end()
    if inclusive is None and (note := _COUNTS.match(text, end)):
        inclusive, end = _counts(note), note.end()
    if after:
        above = after["above"] is not None
        return Amount(
            figure.kind, value if above else None, None if above else value, start, end, text[start:end], inclusive
        )
    window = max(edge, start - 10)
    before = _BEFORE.search(text[window:start])
    if not before:
        return Amount(figure.kind, value, value, start, end, text[start:end], inclusive)
    least = before["least"] is not None or (before["over"] is not None) is (before["no"] is None)
    least = least and before["most"] is None and before["short"] is None
    start = window + before.start()
    return Amount(
        figure.kind, value if least else None, None if least else value, start, end, text[start:end], inclusive
    )


def _shortened(text: str, figure: Figure, one: Amount, edge: int) -> Amount | None:
    """The range whose unit is written once: 1至3万元, 5000至3万元, 1万以上3万元以下, 10至50%, 百分之十至五十."""
    if figure.text.startswith("百分之"):
        further = _SHORT_PERCENT.match(text, figure.end)
        high = number(further["high"]) if further else None
        if not further or high is None or high < figure.value:
            return None
        after = _AFTER.match(text, further.end())
        end = after.end() if after and not after["above"] else further.end()
        return Amount(figure.kind, figure.value, high, one.start, end, text[one.start : end])
    window = max(edge, figure.start - 50)
    match = _SHORT.search(text[window : figure.start])
    if not match or one.max is None or (match["to"] is None and one.min is not None):
        return None
    low = _low(match["low"], figure.text.rstrip("元%％"))
    if low is None or low > figure.value:
        return None
    start = window + match.start()
    return Amount(figure.kind, low, one.max, start, one.end, text[start : one.end])


def _low(low: str, high: str) -> int | None:
    """The lower bound of 1至3万, 5000至3万 or 三至五百, in the unit of the upper one where that makes it the lower."""
    units = [high[1:]] if len(low) == 1 and re.fullmatch("[^十百千万亿][百千][万亿]?", high) else []
    if high[-1] in "万亿":
        units.append(high[-1])
    top = number(high)
    for unit in units:
        value = number(low + unit)
        if value is not None and top is not None and value <= top:
            return value
    return number(low)


def _joins(last: Amount, one: Amount, between: str) -> bool:
    """Whether two neighbours are the bounds of one range: 1万元至3万元, 5万元以上不超过20万元, 不低于1万元，不高于3万元."""
    if last.min is None or one.max is None:
        return False
    if _TO.fullmatch(between):
        return one.min is None or one.min == one.max
    return last.max is None and one.min is None and _JOIN.fullmatch(between) is not None


def _range(text: str, low: Amount, high: Amount) -> Amount:
    inclusive = low.inclusive if low.inclusive is high.inclusive else None
    return Amount(low.kind, low.min, high.max, low.start, high.end, text[low.start : high.end], inclusive)


def _english_one(text: str, figure: Figure, edge: int) -> Amount:
    value, start, end = figure.value, figure.start, figure.end
    if figure.kind is not Kind.PERCENT and (scale := _E_SCALE.match(text, end)):  # RMB 3 million
        value, end = value * _E_SCALES[scale[1].lower()], scale.end()
    inclusive = None
    window = max(edge, start - 30)
    before = _E_BEFORE.search(text[window:start])
    after = _E_AFTER.match(text, end)
    low: int | None = value
    high: int | None = value
    if after:
        end = after.end()
        if after["note"]:
            inclusive = after["not"] is None
    if after and after["word"]:
        low, high = (value, None) if after["above"] else (None, value)
    elif before:
        most = before["most"] is not None or (before["no"] is None) is (before["under"] is not None)
        most = most and not before[0].lower().startswith("at least")
        low, high = (None, value) if most else (value, None)
        start = window + before.start()
    return Amount(figure.kind, low, high, start, end, text[start:end], inclusive)


def _scaled(text: str, low: Amount, high: Amount) -> Amount:
    """The lower bound of RMB 1 to 3 million, whose scale is written once."""
    scale = _E_SCALE.search(text, high.start, high.end)
    if scale is None or low.min is None or high.max is None or _E_SCALE.search(low.text):
        return low
    value = low.min * _E_SCALES[scale[1].lower()]
    return replace(low, min=value, max=value) if value <= high.max else low


def _goes_to(to: re.Pattern[str], text: str, low: Amount, high: Amount) -> bool:
    return (
        low.min is not None
        and low.min == low.max
        and high.max is not None
        and high.min in (None, high.max)
        and low.max <= high.max
        and to.fullmatch(text, low.end, high.start) is not None
    )


def _english_joins(text: str, last: Amount, one: Amount) -> bool:
    if _goes_to(_E_TO, text, last, one):
        return True
    if _goes_to(_E_AND, text, last, one):
        return _E_BETWEEN.search(text[max(0, last.start - 10) : last.start]) is not None
    bounds = last.max is None and one.min is None
    return bounds and _E_JOIN.fullmatch(text, last.end, one.start) is not None


def _counts(note: re.Match[str] | None) -> bool | None:
    return None if note is None else note["not"] is None


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with full-width digits as Arabic ones and without the spaces of 5 万元 以上, and each sign's old place."""
    drop: set[int] = set()
    for gap in _SPACES.finditer(text):
        before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
        if not (_SIGN.match(before) and _FIRST.match(after)):  # 3 1万元 is not 31万元
            drop.update(range(gap.start(), gap.end()))
    places = [i for i in range(len(text)) if i not in drop]
    return "".join(text[i] for i in places).translate(_PLAIN), places


def _placed(text: str, places: list[int], amount: Amount) -> Amount:
    start, end = places[amount.start], places[amount.end - 1] + 1
    return replace(amount, start=start, end=end, text=text[start:end])
