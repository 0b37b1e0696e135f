"""An edition: the handbook in one language, and the addresses of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from handbook.model import Book


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of the handbook. ``prefix`` is where it stands below the root: empty for the first, ``en/`` for English."""

    language: str
    prefix: str

    @property
    def html_lang(self) -> str:
        """The language tag for pages and runs of text: zh-CN or en."""
        return html_lang(self.language)


def html_lang(language: str) -> str:
    """The BCP 47 tag of a language of the handbook."""
    return "zh-CN" if language == "zh" else language


def editions(book: Book) -> tuple[Edition, ...]:
    """The editions of a book, the one at the root first."""
    first, *others = book.handbook.editions
    return (Edition(first, ""), *(Edition(language, f"{language}/") for language in others))


def relative(edition: Edition, page: str, target: str, anchor: str = "", *, to: Edition | None = None) -> str:
    """The address of ``target`` (a page path such as ``regimes/x/``, or ``""`` for home) as seen from ``page``.

    ``to`` is the edition of the target, by default the same. Both paths are below their edition's root and end in a slash.
    """
    up = "../" * page.count("/")
    if to is None or to == edition:
        address = up + target
    else:
        address = up + "../" * edition.prefix.count("/") + to.prefix + target
    address = address or "./"
    return f"{address}#{anchor}" if anchor else address


def url(book: Book, edition: Edition, here: str, path: str, *, to: Edition | None = None) -> str:
    """Where a page or file is: in full where the handbook has an address, else as seen from ``here``, a page of ``edition``."""
    if book.handbook.address:
        return f"{book.handbook.address}{(to or edition).prefix}{path}"
    return relative(edition, here, path, to=to)
