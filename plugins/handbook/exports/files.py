"""The files of an edition – each checklist as PDF, Word and Excel, the handbook as PDF – made anew only where something changed."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path

from handbook.edition import Edition
from handbook.exports.pdf import Fonts, book_pdf, fonts, sheet_pdf
from handbook.model import Book
from handbook.sheet import KINDS, Sheet, sheets
from handbook.views.moves import former

NO_FONT = (
    "no PDF is made: no Chinese font is installed. On Debian or Ubuntu: apt install fonts-noto-cjk; "
    "on Fedora: dnf install google-noto-sans-cjk-fonts. Windows and macOS bring one. Everything else is made. "
    "未生成 PDF：系统没有中文字体。请安装 fonts-noto-cjk（Debian、Ubuntu）；其余内容照常生成。"
)
"""What a build says where :func:`possible` leaves PDF out."""

_KEPT = 60 * 24 * 3600.0
"""For how many seconds a file nobody asked for stays in the cache."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file by its path below the edition's root. ``content`` makes it; ``key`` names what it is made from."""

    path: str
    key: str
    content: Callable[[], bytes]


def possible(wanted: tuple[str, ...] = KINDS) -> tuple[str, ...]:
    """The kinds that can be made here: PDF needs a Chinese font."""
    return tuple(kind for kind in wanted if kind != "pdf" or fonts() is not None)


def files(book: Book, edition: Edition, kinds: tuple[str, ...]) -> Iterator[Made]:
    """Every file of an edition of these kinds. PDF only where :func:`possible` lists it."""
    author = book.handbook.issuer[edition.language]
    found = fonts() if "pdf" in kinds else None
    if found:  # the longest first, so that others can be made beside it
        yield Made(
            "handbook.pdf",
            _key("book", _whole(book), edition, _families(found)),
            partial(book_pdf, book, edition, found),
        )
    for sheet in sheets(book, edition):
        for kind in kinds:
            if kind != "pdf" or found:
                key = _key(kind, sheet, author, _families(found) if kind == "pdf" else None)
                for name in (sheet.regime.id, *former(book, sheet.regime)):  # under the names it was published by too
                    path = f"checklists/{name}/{name}.{kind}"
                    yield Made(path, key, partial(_sheet_file, kind, sheet, author, found))


def write(book: Book, edition: Edition, folder: Path, cache: Path | None, kinds: tuple[str, ...]) -> Iterator[Path]:
    """Writes the files below ``folder``, the root of an edition, and yields each as it is there.

    What ``cache`` holds under the same key is copied; without a cache, or where it cannot be written to, everything is made.
    """
    for made in files(book, edition, kinds):
        target = folder / made.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_cached(made, cache))
        yield target
    if cache:
        _prune(cache)


def _sheet_file(kind: str, sheet: Sheet, author: str, found: Fonts | None) -> bytes:
    if kind == "pdf":
        assert found is not None
        return sheet_pdf(sheet, found, author)
    if kind == "docx":
        from handbook.exports.docx import sheet_docx  # each writer is loaded only where a file has to be made

        return sheet_docx(sheet, author)
    from handbook.exports.sheet_xlsx import sheet_xlsx

    return sheet_xlsx(sheet, author)


def _cached(made: Made, cache: Path | None) -> bytes:
    kept = cache / f"{made.key}{Path(made.path).suffix}" if cache else None
    if kept:
        with suppress(OSError):
            content = kept.read_bytes()
            os.utime(kept)
            return content
    content = made.content()
    if kept:
        with suppress(OSError):  # a folder that may not be written to builds all the same
            kept.parent.mkdir(parents=True, exist_ok=True)
            new = kept.with_name(f"{kept.name}.{os.getpid()}.new")
            new.write_bytes(content)
            os.replace(new, kept)
    return content


def _prune(cache: Path) -> None:
    oldest = time.time() - _KEPT
    with suppress(OSError):
        for file in cache.iterdir():
            with suppress(OSError):
                if file.stat().st_mtime < oldest:
                    file.unlink()


def _key(*parts: object) -> str:
    digest = hashlib.sha256(_code().encode())
    for part in parts:
        digest.update(repr(part).encode("utf-8"))
        digest.update(b"\0")
    return digest.hexdigest()


def _families(found: Fonts | None) -> tuple[str | None, ...]:
    return (found.serif, found.sans, found.latin_serif, found.latin_sans) if found else ()


def _whole(book: Book) -> tuple[object, ...]:
    """Everything of a book that its pages print."""
    return book.handbook, book.vocabulary, book.laws, book.glossary, book.regimes, book.source_text


@lru_cache(maxsize=1)
def _code() -> str:
    """A fingerprint of our code, the templates, the words and the libraries: with any of them the files may change."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for file in sorted(f for f in package.rglob("*") if f.suffix in (".py", ".typ", ".yml", ".xml")):
        digest.update(file.relative_to(package).as_posix().encode())
        digest.update(file.read_bytes())
    for library in ("typst", "python-docx", "xlsxwriter", "segno"):
        digest.update(version(library).encode())
    return digest.hexdigest()
