"""The text of a finished page by its sections, for the search of pages that are not made from the data."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(("script", "style", "pre", "table"))
_ASIDE = frozenset(("headerlink", "hb-kicker"))
_BLOCKS = _HEADINGS | {"p", "li", "blockquote", "dt", "dd", "div"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of prose under one heading; the first, before any, has neither anchor nor title."""

    anchor: str
    title: str
    text: str


def passages(html: str) -> tuple[Passage, ...]:
    """The passages of a page, split at the headings that have an id; the page's own title (h1), code and tables left out.

    >>> passages('<h1>About</h1><p>Why <b>so</b>.</p><h2 id="how">How<a class="headerlink" href="#how">#</a></h2><p>So.</p>')
    (Passage(anchor='', title='', text='Why so.'), Passage(anchor='how', title='How', text='So.'))
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(Passage(anchor, _joined(title), _joined(text)) for anchor, title, text in reader.found)


def _joined(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._heading = ""
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.append(tag)
        elif tag in _SILENT or values.get("class") in _ASIDE:
            self._silent.append(tag)
        elif tag in _HEADINGS:
            self._heading = tag
            if tag != "h1" and (anchor := values.get("id")):
                self.found.append((anchor, [], []))
        if tag in _BLOCKS and not self._heading:
            self.found[-1][2].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag == self._heading:
            self._heading = ""

    def handle_data(self, data: str) -> None:
        if self._silent or self._heading == "h1":
            return
        _, title, text = self.found[-1]
        (title if self._heading else text).append(data)
