"""The files at the root for those who read a site as a whole: sitemap.xml, robots.txt, and llms.txt for language models."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from handbook.edition import Edition, editions
from handbook.messages import Messages
from handbook.meta import PageMeta
from handbook.model import Book

Outline = Mapping[Edition, tuple[PageMeta, ...]]
"""The pages of each edition in their order."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(book: Book, outline: Outline) -> str:
    """Every page of every edition with its addresses in all of them. Full addresses: the handbook must have one."""
    found = {edition: {page.path for page in pages} for edition, pages in outline.items()}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">']
    for edition, pages in outline.items():
        for page in pages:
            same = [e for e in outline if page.path in found[e]]
            names = [(e.html_lang, e) for e in same] if len(same) > 1 else []
            names += [("x-default", e) for e in same[:1] if names]
            links = "".join(
                f'<xhtml:link rel="alternate" hreflang={quoteattr(name)} href={quoteattr(_at(book, e, page.path))}/>'
                for name, e in names
            )
            lines.append(f"<url><loc>{escape(_at(book, edition, page.path))}</loc>{links}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def robots(book: Book) -> str:
    """Everything may be read, and where the sitemap is. Programs look for it at the root of a host only."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {book.handbook.address}sitemap.xml\n"


def llms(book: Book, outline: Outline, data: Iterable[str]) -> str:
    """The handbook at a glance after the convention of llmstxt.org: title, summary, sections of links, a line each.

    ``data`` are the files of data by their path below the root. The rules of the checks come last, under the heading the
    convention sets aside for what a reader may leave out.
    """
    every = editions(book)
    title = " | ".join(book.handbook.title[e.language] for e in every)
    summary = " ".join(book.handbook.description[e.language] for e in every)
    blocks = [f"# {_flat(title)}", f"> {_flat(summary)}"]
    optional: list[str] = []
    for edition, pages in outline.items():
        for heading, group in _groups(edition, pages):
            if heading:
                blocks += [f"## {heading}", "\n".join(_line(book, edition, page) for page in group)]
            else:
                optional += [_line(book, edition, page) for page in group]
    say = Messages(every[-1].language)
    for heading, files in _files(data):
        blocks += [f"## {say(heading)}", "\n".join(f"- [{f}]({book.handbook.address or ''}{f})" for f in files)]
    if optional:
        blocks += ["## Optional", "\n".join(optional)]
    return "\n\n".join(blocks) + "\n"


def hand_over(pages: Iterable[PageMeta]) -> str:
    """The pages of an edition as text, for the process that joins the editions."""
    return json.dumps([[page.path, page.title, page.description] for page in pages], ensure_ascii=False)


def handed_over(text: str) -> tuple[PageMeta, ...]:
    """The pages :func:`hand_over` wrote."""
    return tuple(PageMeta(*page) for page in json.loads(text))


def _at(book: Book, edition: Edition, path: str) -> str:
    return f"{book.handbook.address or ''}{edition.prefix}{path}" or "./"


def _groups(edition: Edition, pages: tuple[PageMeta, ...]) -> Iterator[tuple[str, list[PageMeta]]]:
    """The pages of an edition by kind under their headings; the rules of the checks under none."""
    say = Messages(edition.language)
    name = say("language_name")
    kinds = {"regimes": say("regimes"), "": say("meta_registers"), "checklists": say("checklists"), "laws": say("laws")}
    grouped: dict[str, list[PageMeta]] = {kind: [] for kind in ("", *kinds, "rules")}
    for page in pages:
        kind = page.path.rstrip("/").rpartition("/")[0]
        grouped[kind if kind in grouped else ""].append(page)
    for kind, group in grouped.items():
        if group:
            yield ("" if kind == "rules" else f"{name}: {kinds[kind]}"), group


def _files(data: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    files = sorted(data)
    schemas = [file for file in files if "/schema/" in file]
    for heading, found in (("meta_data", [f for f in files if f not in schemas]), ("meta_schemas", schemas)):
        if found:
            yield heading, found


def _line(book: Book, edition: Edition, page: PageMeta) -> str:
    title = _flat(page.title).replace("[", "\\[").replace("]", "\\]")
    return f"- [{title}]({_at(book, edition, page.path)}): {_flat(page.description)}"


def _flat(text: str) -> str:
    return " ".join(text.split())
