"""Chinese, Arabic and mixed numerals: 十五, 两, 一千元, 3万元, 百分之五十."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
_VALUES = {
    **{c: i for i, c in enumerate(DIGITS)},
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}

_SIGNS = "0-9０-９零〇一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
NUMERAL = f"[{_SIGNS}](?:[{_SIGNS}]|(?<=[0-9０-９])(?:[.．](?=[0-9０-９])|[,，](?=[0-9０-９]{{3}}(?![0-9０-９]))))*"
"""A pattern for anything that may be a numeral; :func:`number` decides what it is worth."""

MAX_LENGTH = 40
"""The longest numeral that is read; what is longer is no figure of a law, and Python refuses to read it as a number."""

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_NAMED = re.compile("第(?P<number>[零一二三四五六七八九十百]+)(?:编|部分|章|节|条|款)")


def number(text: str) -> int | None:
    """The whole number a numeral stands for, or None where it is not one.

    Takes Chinese (``一千二百``, ``十五``, ``两``), Arabic (``4000``, ``4,000``, full width) and mixed forms (``3万``,
    ``1.5万``). A value that is not whole is None.

    >>> number("一千"), number("3万"), number("十五"), number("1.5万"), number("百"), number("")
    (1000, 30000, 15, 15000, 100, None)
    """
    plain = text.translate(_TO_ASCII).replace(",", "").rstrip(".")
    if not plain or len(plain) > MAX_LENGTH:
        return None
    if re.fullmatch(r"[0-9]+", plain):
        return int(plain)
    if re.fullmatch("[零〇一二三四五六七八九]{2,}", plain):  # digit by digit: 二〇一五
        return int("".join(str(_VALUES[c]) for c in plain))
    total, section, digits, spelled = 0, 0, "", False
    for char in plain:
        if (char.isdigit() and char.isascii()) or char == ".":
            if spelled:  # 一1: two digits in two writings are no numeral
                return None
            digits += char
        elif char in _VALUES:
            if digits not in ("", "0"):  # 1二, 三四十
                return None
            digits, spelled = str(_VALUES[char]), _VALUES[char] > 0
        elif char in _SMALL:
            value = _decimal(digits or "1", _SMALL[char])
            if value is None:
                return None
            section, digits, spelled = section + value, "", False
        elif char in _LARGE:
            if not (total or section or digits):  # 万 alone, as 百 alone
                digits = "1"
            value = _decimal(digits, 1) if digits.isdigit() or not digits else None
            if value is None and section == 0:
                scaled = _decimal(digits, _LARGE[char])
                if scaled is None:
                    return None
                total, section, digits, spelled = total + scaled, 0, "", False
                continue
            if value is None:
                return None
            total = (
                (total + section + value) * _LARGE[char] if char == "亿" else total + (section + value) * _LARGE[char]
            )
            section, digits, spelled = 0, "", False
        else:
            return None
    last = _decimal(digits, 1) if digits else 0
    return None if last is None else total + section + last


_TO_ASCII = {**{ord("０") + i: str(i) for i in range(10)}, ord("，"): ",", ord("．"): "."}


def _decimal(digits: str, unit: int) -> int | None:
    if not digits:
        return 0
    whole, _, fraction = digits.partition(".")
    if not whole or "." in fraction or (digits.count(".") and not fraction):
        return None
    scaled = int(whole + fraction) * unit
    return scaled // 10 ** len(fraction) if scaled % 10 ** len(fraction) == 0 else None


def chinese(value: int) -> str:
    """A whole number from 0 to 99,999,999 in Chinese numerals, as headings and laws write it (十五, not 一十五).

    >>> chinese(4), chinese(15), chinese(20), chinese(105), chinese(30_000)
    ('四', '十五', '二十', '一百零五', '三万')
    """
    if not 0 <= value < 100_000_000:
        raise ValueError(f"{value} is out of range: 0 to 99,999,999")
    if value >= 10_000:
        rest = value % 10_000
        return chinese(value // 10_000) + "万" + (("零" if rest < 1000 else "") + _group(rest) if rest else "")
    text = _group(value) or DIGITS[0]
    return text[1:] if text.startswith("一十") else text


def _group(value: int) -> str:
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out


def marker_number(marker: str) -> int:
    """The number a paragraph mark carries: （二） is 2, 13、 is 13, ③ is 3, 第五条 is 5. Raises ValueError for anything else."""
    for signs in (_CIRCLED, _BRACKETED):
        if len(marker) == 1 and marker in signs:
            return signs.index(marker) + 1
    named = _NAMED.fullmatch(marker)
    value = number(named["number"] if named else marker.strip("（）()、.． "))
    if value is None:
        raise ValueError(f"{marker!r} is not a paragraph number")
    return value
