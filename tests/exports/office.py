"""Sheets for the tests of Word and Excel: those of the real regimes, hostile ones, long ones; and LibreOffice to print them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdf
import pytest

from handbook.sheet import Sheet, every_sheet
from tests.exports.small import REGIMES, real_book

EVERY = [f"{file.stem}-{language}" for file in sorted(REGIMES.glob("[0-9]*.yml")) for language in ("zh", "en")]
"""The names of the sheets of all regimes in both editions."""

AUTHOR = "示例市市场监督管理局 <a@b> & Co."

ADDRESS = "https://handbook.example.org/checklists/a/"

HOSTILE = (
    "<b>粗体</b> &amp; <w:t>x</w:t>",
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "{=1+1}",
    "#set text(red)",
    "\\ \\n C:\\temp",
    "_x000D_ _x0041_ _x_",
    "]]> <!-- -->",
    "https://example.org/ mailto:a@b.c",
    "“引号”‘单’——…",
    "00123",
    "一" * 400,
    "Donaudampfschifffahrt" * 12,
    "a" * 300 + " 二" * 100,
)
"""Texts that are markup, formulas, links or too long for a line, for somebody."""

HOW_TO = "needs LibreOffice and a Chinese font: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui fonts-noto-cjk"


@cache
def _all() -> Mapping[str, Sheet]:
    sheets = [sheet for _, of_edition in every_sheet(real_book()) for sheet in of_edition]
    return {f"{sheet.regime.number:02}-{sheet.regime.id}-{sheet.language}": sheet for sheet in sheets}


def real(name: str) -> Sheet:
    """A sheet of :data:`EVERY`."""
    return _all()[name]


def longest(language: str) -> Sheet:
    """The sheet with the most items."""
    return max((sheet for sheet in _all().values() if sheet.language == language), key=lambda sheet: len(sheet.items))


def hostile(language: str) -> Sheet:
    """A sheet whose title, warning and items are :data:`HOSTILE`."""
    sheet = longest(language)
    part = sheet.parts[0]
    items = tuple(
        replace(sheet.items[0], id=f"a.s1-{n}", anchor=f"s1-{n}", number=n, question=text, other=text, citation=text)
        for n, text in enumerate(HOSTILE, 1)
    )
    return replace(
        sheet,
        title=HOSTILE[0],
        other_title=HOSTILE[0],
        parts=(replace(part, title=HOSTILE[1], items=items),),
        gone=((HOSTILE[0], HOSTILE[1]),),
    )


def sized(sheet: Sheet, count: int) -> Sheet:
    """The sheet with ``count`` items in its first part: its own, again and again."""
    items = tuple(
        replace(sheet.items[n % len(sheet.items)], id=f"a.s1-{n}", anchor=f"s1-{n}", number=n + 1) for n in range(count)
    )
    return replace(sheet, parts=(replace(sheet.parts[0], items=items),))


def plain(text: str) -> str:
    """A text without white space: where lines end is the printer's affair."""
    return "".join(text.split())


def converted(folder: Path, documents: Mapping[str, bytes], kind: str) -> dict[str, Path]:
    """The documents as LibreOffice converts them, by their names; skips the test where it cannot, fails it where CI is set."""
    if not _prints():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW_TO)
    return _convert(folder, documents, kind)


def printed(folder: Path, documents: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The texts of the pages LibreOffice prints, without white space, by the names of the documents."""
    return {name: _pages(file) for name, file in converted(folder, documents, "pdf").items()}


def _pages(file: Path) -> list[str]:
    return [plain(page.extract_text()) for page in pypdf.PdfReader(file).pages]


@cache
def _prints() -> bool:
    """Whether LibreOffice is here with its parts for texts and tables, and prints Chinese."""
    if not shutil.which("soffice"):
        return False
    with TemporaryDirectory() as folder:
        text, table = _convert(Path(folder), {"a.txt": "检查".encode(), "b.csv": b"1,2"}, "pdf", check=False).values()
        return text.exists() and table.exists() and _pages(text) == ["检查"]


def _convert(folder: Path, documents: Mapping[str, bytes], kind: str, check: bool = True) -> dict[str, Path]:
    for name, content in documents.items():
        (folder / name).write_bytes(content)
    profile, files = (
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        [str(folder / name) for name in documents],
    )
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *files],
        env={**os.environ, "HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=check,
        timeout=300,
    )
    return {name: (folder / name).with_suffix(f".{kind.partition(':')[0]}") for name in documents}
