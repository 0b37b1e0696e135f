"""How a line is numbered: 第一章, 第五条, 一、, （一）, 1、, （1）, ①, and the half-width forms of these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handbook.text.numerals import chinese, marker_number

RANK = {
    name: rank
    for rank, name in enumerate(
        (
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "part",
            "chapter",
            "han",
            "jie",
            "article",
            "brackets",
            "figure",
            "figures",
            "half",
            "circle",
        )
    )
}
"""The styles from the outermost to the innermost; h1 to h6 are headings the document itself marks."""

_HAN = "[一二三四五六七八九十百零]{1,7}"
_STYLES = (
    ("part", rf"第(?P<part>{_HAN})(?:编|部分)"),
    ("chapter", rf"第(?P<chapter>{_HAN})章"),
    ("jie", rf"第(?P<jie>{_HAN})节"),
    ("article", rf"第(?P<article>{_HAN})条(?!之)"),
    ("han", rf"(?P<han>{_HAN})[、．.]"),
    ("brackets", rf"[（(](?P<brackets>{_HAN})[）)]"),
    ("figures", r"[（(][0-9０-９]{1,3}[）)]"),
    ("half", r"[0-9０-９]{1,3}[）)]"),
    ("figure", r"[0-9０-９]{1,3}(?:、|[.．](?![0-9０-９]))"),
    ("circle", r"[①-⑳⑴-⒇]"),
)
_PATTERN = re.compile("|".join(f"(?P<s_{name}>{pattern})" for name, pattern in _STYLES))
_NAMED = ("part", "chapter", "jie", "article")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number a line opens with: its style, as printed, what it is worth, and the words after it."""

    style: str
    marker: str
    number: int
    rest: str

    @property
    def apart(self) -> bool:
        """Whether white space stands between the number and the words; 第三条规定… is more often words than a number."""
        return self.style not in _NAMED or not self.rest or self.rest[0].isspace()


def numbered(text: str) -> Numbered | None:
    """How a line is numbered, or None; only numerals written as a law writes them count (十五, not 一十五 or 一五).

    >>> numbered("（二）检查内容"), numbered("1.5倍以上")
    (Numbered(style='brackets', marker='（二）', number=2, rest='检查内容'), None)
    """
    match = _PATTERN.match(text)
    if match is None:
        return None
    style = next(name for name, _ in _STYLES if match[f"s_{name}"])
    marker = match[0]
    try:
        number = marker_number(marker)
    except ValueError:
        return None
    numeral = match.groupdict().get(style)
    if numeral is not None and numeral != chinese(number):
        return None
    return Numbered(style, marker, number, text[len(marker) :]) if number > 0 else None
