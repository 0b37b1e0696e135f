"""The pages at addresses that have moved or are gone: each goes on at once, or says what was there, with no help of a server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.edition import Edition, editions, html_lang, relative, url
from handbook.messages import Messages
from handbook.model import Book
from handbook.render import render
from handbook.views.moves import Gone, gone

_LISTS = {
    "regimes": ("", "gone_list_regimes"),
    "checklists": ("checklists/", "gone_list_checklists"),
    "laws": ("laws/", "gone_list_laws"),
}
"""Where a reader finds what there is today, and what that is called, by the folder of what is gone."""


@dataclass(frozen=True, slots=True)
class Stub:
    """A finished HTML file at an old address. ``path`` is below the edition's root."""

    path: str
    html: str


def stubs(book: Book, edition: Edition) -> Iterator[Stub]:
    """A file for every regime, checklist and law whose published id is no longer there, as far as redirects say where it went."""
    for each in gone(book):
        if not each.said:
            continue
        if each.kind == "regimes":
            yield _stub(book, edition, each, "regimes", _anchors(book, edition, each, "regimes"))
            yield _stub(book, edition, each, "checklists", _anchors(book, edition, each, "checklists"))
        elif each.kind == "laws":
            yield _stub(book, edition, each, "laws", {})


def _anchors(book: Book, edition: Edition, regime: Gone, folder: str) -> dict[str, str]:
    """Where the anchors of an old page stand now, of those that are not on the new page under the same name."""
    kinds, mark = (("sections", "clauses"), "#") if folder == "regimes" else (("checklist_items",), ".")
    found = {}
    for each in gone(book):
        name, _, anchor = each.old.partition(mark)
        if each.kind not in kinds or name != regime.old or each.new is None:
            continue
        there, _, new = each.new.partition(mark)
        if (there, new) != (regime.new, anchor):
            found[anchor] = _file(relative(edition, f"{folder}/{regime.old}/", f"{folder}/{there}/", new))
    return found


def _stub(book: Book, edition: Edition, each: Gone, folder: str, anchors: Mapping[str, str]) -> Stub:
    here = f"{folder}/{each.old}/"
    target = f"{folder}/{each.new}/" if each.new else _LISTS[folder][0]
    languages = sorted(editions(book), key=lambda e: e != edition)
    html = render(
        "moved.html.jinja",
        html_lang=edition.html_lang,
        language=edition.language,
        zh_lang=html_lang("zh"),
        gone=each.new is None,
        words=each.words,
        said=[(e.html_lang, Messages(e.language), _title(book, each, e.language)) for e in languages],
        list=_LISTS[folder][1],
        target=_file(relative(edition, here, target)),
        canonical=url(book, edition, here, target),
        assets=relative(edition, here, "assets/handbook/"),
        anchors=json.dumps(anchors),
        site=book.handbook.title[edition.language],
        home=_file(relative(edition, here, "")),
    )
    return Stub(f"{here}index.html", html)


def _title(book: Book, each: Gone, language: str) -> str:
    if each.new is None:
        return each.words or each.old
    if each.kind == "laws":
        return book.laws_by_id[each.new].title[language]
    return next(r for r in book.regimes if r.id == each.new).title[language]


def _file(address: str) -> str:
    """An address by the name of its file, which a browser opens from a folder too."""
    path, hash, anchor = address.partition("#")
    return f"{path}index.html{hash}{anchor}"
