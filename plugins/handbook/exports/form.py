"""What the files of a checklist print alike: its running words, its form head, its answers, its code as a picture."""

from __future__ import annotations

import io
import re
from datetime import datetime, time

import segno

from handbook.messages import Messages
from handbook.sheet import FIELDS, Sheet

INK, QUIET, SEAL, SOFT, NOTE = "1C2733", "444E59", "A3281F", "F3F1EA", "FFF6E0"
"""The colours, as on the pages: text, text beside it, what must not be missed, heads, notices."""

BORDER = 2
"""How many modules of quiet zone a code has on each side."""

_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def version(sheet: Sheet) -> str:
    """Which version of the data the sheet is made from: 数据版本 2026-11-24（c6f3a2b1）."""
    return Messages(sheet.language)("sheet_version", date=sheet.version, fingerprint=sheet.fingerprint)


def fields(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """The lines of the form head: name and words."""
    say = Messages(sheet.language)
    return tuple((name, say(f"sheet_{name}")) for name in FIELDS)


def notice(sheet: Sheet) -> tuple[str, str] | None:
    """The warning that instruments have changed, its first words and the rest; None where none has."""
    if not sheet.gone:
        return None
    say = Messages(sheet.language)
    if sheet.language == "zh":
        return say("basis_notice"), say("sheet_gone") + "、".join(f"{t}（{status}）" for t, status in sheet.gone) + "。"
    return say("basis_notice"), f"{say('sheet_gone')} {'; '.join(f'{t} ({status})' for t, status in sheet.gone)}."


def heads(sheet: Sheet) -> tuple[str, str, str, str, str]:
    """The heads of the table's columns."""
    say = Messages(sheet.language)
    return say("sheet_number"), say("sheet_item"), say("sheet_clause"), say("sheet_result"), say("sheet_remark")


def signatures(sheet: Sheet) -> tuple[str, str, str, str]:
    """What stands under the lines to sign on."""
    say = Messages(sheet.language)
    return (
        say("sheet_sign_inspector_1"),
        say("sheet_sign_inspector_2"),
        say("sheet_sign_party"),
        say("sheet_sign_date"),
    )


def description(sheet: Sheet) -> str:
    """What the picture of the code shows, in words."""
    return f"{Messages(sheet.language)('sheet_code')}{'：' if sheet.language == 'zh' else ': '}{sheet.code}"


def picture(sheet: Sheet, scale: int) -> bytes:
    """The code as a PNG whose modules are ``scale`` dots wide."""
    target = io.BytesIO()
    segno.make(sheet.code, error="m", micro=False).save(target, kind="png", scale=scale, border=BORDER, dark=f"#{INK}")
    return target.getvalue()


def day(sheet: Sheet) -> datetime:
    """When a file says it was made: the day the regime was last checked, so that the same data give the same bytes."""
    return datetime.combine(sheet.regime.verified.on, time())


def printable(text: str) -> str:
    """The text with � for each character that XML does not allow.

    >>> printable("a\\x07b")
    'a�b'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def shortened(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis where it has more than ``most`` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
