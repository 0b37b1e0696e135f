"""PDF by Typst: the sheet of a checklist and the whole handbook, set in the Chinese fonts the system has."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from handbook.edition import Edition
from handbook.exports.pdf_book import book_values
from handbook.exports.xlsx import text_lines
from handbook.messages import Messages
from handbook.model import Book
from handbook.sheet import FIELDS, Sheet, SheetItem, code

SERIF = (
    ("Source Han Serif SC", None),
    ("思源宋体", None),
    ("Noto Serif CJK SC", None),
    ("Noto Serif SC", None),
    ("Songti SC", "Times New Roman"),
    ("宋体-简", "Times New Roman"),
    ("STSong", "Times New Roman"),
    ("SimSun", "Times New Roman"),
    ("宋体", "Times New Roman"),
    ("NSimSun", "Times New Roman"),
    ("AR PL SungtiL GB", "Liberation Serif"),
    ("AR PL UMing CN", "Liberation Serif"),
)
"""Chinese serif families, the best first, each with the Latin family that goes with it where its own letters are poor."""

SANS = (
    ("Source Han Sans SC", None),
    ("思源黑体", None),
    ("Noto Sans CJK SC", None),
    ("Noto Sans SC", None),
    ("PingFang SC", None),
    ("苹方-简", None),
    ("Microsoft YaHei", "Segoe UI"),
    ("微软雅黑", "Segoe UI"),
    ("Hiragino Sans GB", "Helvetica Neue"),
    ("Heiti SC", "Helvetica Neue"),
    ("DengXian", "Segoe UI"),
    ("等线", "Segoe UI"),
    ("SimHei", "Arial"),
    ("黑体", "Arial"),
    ("WenQuanYi Micro Hei", "Liberation Sans"),
    ("WenQuanYi Zen Hei", "Liberation Sans"),
    ("Droid Sans Fallback", "Liberation Sans"),
)
"""Chinese sans families, the best first, each with its Latin family."""

SHEET_WORDS = (
    "basis_notice",
    "page_of",
    "sheet_clause",
    "sheet_code",
    "sheet_gone",
    "sheet_item",
    "sheet_number",
    "sheet_reading",
    "sheet_remark",
    "sheet_result",
    "sheet_sign_date",
    "sheet_sign_inspector_1",
    "sheet_sign_inspector_2",
    "sheet_sign_party",
)
"""The messages a sheet says."""

TALLEST = 28
"""How many lines a row may have and still be kept whole on one page."""

_TEMPLATES = Path(__file__).with_name("typst")


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families a document is set in, and the font files Typst found. ``latin_…`` is None where none is better."""

    serif: str
    sans: str
    latin_serif: str | None
    latin_sans: str | None
    faces: Any
    """The ``typst.Fonts`` the families are among; reading them takes longer than setting a sheet."""


@lru_cache(maxsize=1)
def fonts() -> Fonts | None:
    """The fonts of this system; None where no Chinese font is installed. One kind stands in for a missing other."""
    import typst  # 80 MB that only the process writing files needs

    faces = typst.Fonts(include_embedded_fonts=False)
    return chosen(faces.families(), faces)


def chosen(families: list[str], faces: Any = None) -> Fonts | None:
    """The first Chinese serif and sans family among those given; None where there is neither."""
    known = {name.casefold(): name for name in families}
    serif, sans = _first(SERIF, known), _first(SANS, known)
    serif, sans = serif or sans, sans or serif
    return Fonts(serif[0], sans[0], serif[1], sans[1], faces) if serif and sans else None


def _first(wanted: tuple[tuple[str, str | None], ...], known: Mapping[str, str]) -> tuple[str, str | None] | None:
    for name, latin in wanted:
        if name.casefold() in known:
            return known[name.casefold()], known.get(latin.casefold()) if latin else None
    return None


def sheet_pdf(sheet: Sheet, fonts: Fonts, author: str = "") -> bytes:
    """The sheet of a checklist to print and fill in by hand. The same sheet gives the same bytes.

    Raises RuntimeError, naming the sheet, where Typst cannot set it.
    """
    return _compiled("sheet.typ", sheet_values(sheet, author), fonts, f"{sheet.regime.id} ({sheet.language})")


def book_pdf(book: Book, edition: Edition, fonts: Fonts) -> bytes:
    """The whole handbook in the language of an edition. The same book gives the same bytes.

    Raises RuntimeError, naming the edition, where Typst cannot set it.
    """
    return _compiled("book.typ", book_values(book, edition), fonts, f"handbook ({edition.language})")


def sheet_values(sheet: Sheet, author: str) -> dict[str, Any]:
    """What ``sheet.typ`` prints."""
    say = Messages(sheet.language)
    drawn = code(sheet.code)
    version = say("sheet_version", date=sheet.version, fingerprint=sheet.fingerprint)
    opening, closing = ("（", "）") if sheet.language == "zh" else (" (", ")")
    return {
        "language": sheet.language,
        "title": sheet.title,
        "other_title": sheet.other_title,
        "author": author,
        "keywords": [sheet.kicker, *getattr(sheet.regime.keywords, sheet.language)],
        "day": _day(sheet.regime.verified.on),
        "words": {key: say(key) for key in SHEET_WORDS},
        "kicker": f"{sheet.kicker} · {version}",
        "version": version,
        "fields": [say(f"sheet_{name}") for name in FIELDS],
        "gone": [f"{title}{opening}{status}{closing}" for title, status in sheet.gone],
        "parts": [
            {
                "title": part.title,
                "answers": list(part.answers),
                "items": [
                    {
                        "number": item.number,
                        "question": item.question,
                        "other": item.other,
                        "citation": item.citation,
                        "whole": _whole(item, sheet.language),
                    }
                    for item in part.items
                ],
            }
            for part in sheet.parts
        ],
        "address": sheet.address,
        "code": sheet.code,
        "qr": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.size} {drawn.size}"><path d="{drawn.path}"/></svg>',
    }


def _whole(item: SheetItem, language: str) -> bool:
    """Whether the row of an item finds room on a page together with the sign-off."""
    beneath = text_lines(item.other, 50) if language == "en" else 0
    return text_lines(item.question, 48) + beneath <= TALLEST


def _day(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _compiled(template: str, values: dict[str, Any], fonts: Fonts, name: str) -> bytes:
    """A tagged PDF that meets PDF/UA-1; Typst refuses what does not."""
    import typst

    families = {kind: getattr(fonts, kind) for kind in ("serif", "sans", "latin_serif", "latin_sans")}
    try:
        content, found = typst.compile_with_warnings(
            str(_TEMPLATES / template),
            root=str(_TEMPLATES),
            font_paths=fonts.faces,
            format="pdf",
            sys_inputs={"data": json.dumps({**values, "fonts": families}, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=datetime.combine(date(*values["day"]), time(), UTC),
        )
    except typst.TypstError as error:
        raise RuntimeError(f"{template}: {name}: {error.message} {' '.join(error.hints)}".rstrip()) from error
    for warning in found:
        warnings.warn(f"{template}: {name}: {warning.message}", stacklevel=2)
    return content
