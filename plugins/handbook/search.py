"""What a reader can search, as values made from the model: pages with their entries, in the words of one language.

The search of the pages (``theme/assets/handbook/search-worker.js``) reads :func:`index`; ``data/search-<language>.json``
publishes :func:`documents` for everyone else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from handbook.edition import Edition
from handbook.limits import limit_cells
from handbook.lookup import Cite, penalty_cells
from handbook.messages import Messages
from handbook.model import Book, Law, Regime, Term, section_title
from handbook.pages import Page, term_anchors
from handbook.prose import passages
from handbook.sheet import sheet_title
from handbook.text.script import pinyin, traditional
from handbook.views.checklist import checklist
from handbook.views.penalties import penalty_rows
from handbook.views.time_limits import limit_rows

Kind = Literal["regime", "heading", "clause", "penalty", "limit", "checklist", "item", "law", "term", "rule", "page"]
"""What a document is: a regime, one of its headings or clauses, a consequence, a checklist or its item, and so on."""

KINDS = {
    "regime": "regimes",
    "penalty": "penalties",
    "limit": "limits",
    "checklist": "checklists",
    "law": "laws",
    "term": "glossary",
    "rule": "rules",
    "page": "search_pages",
}
"""The kinds a reader may ask for, and the messages that name them. The worker counts a heading or clause as its regime's."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing a search can find, and where it stands.

    ``page`` is the address below the edition's root; ``anchor`` the place on it, empty for the page itself, whose
    ``title`` it then is. ``keywords`` are words a reader would type that do not stand there.
    """

    page: str
    anchor: str
    kind: Kind
    category: str
    title: str
    text: str
    keywords: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The address below the edition's root, which no other document has."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


def documents(book: Book, edition: Edition) -> tuple[Document, ...]:
    """Every document of an edition, those of a page together and the page itself first."""
    return tuple(_documents(book, edition.language))


def with_pages(found: tuple[Document, ...], every: Iterable[Page]) -> tuple[Document, ...]:
    """The documents, and each page that has none among them and asks to be searched: a rule with what it demands, the title of another."""
    there = {document.page for document in found}
    return found + tuple(_other(page) for page in every if page.searched and page.path not in there)


def of_prose(page: str, title: str, html: str) -> tuple[Document, ...]:
    """The documents of a page written by hand: itself and its passages."""
    first, *rest = passages(html)
    return (
        Document(page, "", "page", "", title, first.text),
        *(Document(page, passage.anchor, "page", "", passage.title, passage.text) for passage in rest),
    )


def _other(page: Page) -> Document:
    if not page.path.startswith("rules/"):
        return Document(page.path, "", "page", "", page.title, "", page.keywords)
    return Document(page.path, "", "rule", "", page.title, passages(page.html)[0].text, page.keywords)


def index(book: Book, edition: Edition, found: tuple[Document, ...]) -> str:
    """The documents as the worker reads them: ``{config, docs}``, which is all that Material's dialog hands on.

    A page is ``[address, title, kind, category, keywords, entries, text]``, the last only where there is one; an entry
    ``[anchor, title, text, kind, category]``, the last two only where they differ from the entry's before. Where a title,
    text or first word of a pair has been there before, its place among those written out stands instead; a text made of
    cells is a list of them, each by the same rule. Titles, clauses and measures recur all over.
    """
    language = edition.language
    once = _Once(JOIN[language])
    docs = [_page(list(group), once) for _, group in groupby(found, key=lambda d: d.page)]
    pairs = list(_pairs(book, language))
    config = {
        "lang": [language],
        "join": JOIN[language],
        "separator": r"\s+",  # Material splits by it what it marks on the page reached
        "pairs": [[once(own), *others] for own, *others in pairs],
        "simplified": traditional(_compact([[(d.title, d.text, d.keywords) for d in found], pairs])),
        "pinyin": [pinyin(d.title) for d in found if d.kind in SPELLED] if language == "zh" else [],
        "names": {
            "kinds": {kind: Messages(language)(key) for kind, key in KINDS.items()},
            "categories": {word: name[language] for word, name in book.vocabulary.categories.items()},
        },
        "words": {key: Messages(language)(key) for key in SCRIPT_WORDS},
    }
    return _compact({"config": config, "docs": docs})


JOIN = {"zh": "；", "en": "; "}
"""What stands between the cells of a row where it is one text."""

_ROWS = ("penalty", "limit", "law")
"""The kinds whose texts are cells."""

_Packed = str | int | list[str | int]


class _Once:
    """Gives a text the first time and its number afterwards."""

    def __init__(self, join: str) -> None:
        self._said: dict[str, int] = {}
        self._join = join

    def text(self, document: Document) -> _Packed:
        """The text of a document, where it is a row as its cells."""
        cells = document.text.split(self._join) if document.kind in _ROWS else []
        return [self(cell) for cell in cells] if len(cells) > 1 else self(document.text)

    def __call__(self, text: str) -> str | int:
        if text in self._said:
            return self._said[text]
        self._said[text] = len(self._said)
        return text


def unpacked(packed: str) -> tuple[Document, ...]:
    """The documents of an index, as they were packed.

    >>> from handbook.search import _compact
    >>> index = {"config": {"join": "; "}, "docs": [["laws/a/", "A law", "law", "", [], [], ["A bureau", 0]]]}
    >>> unpacked(_compact(index))[0].text
    'A bureau; A law'
    """
    read = json.loads(packed)
    said: list[str] = []

    def text(value: _Packed) -> str:
        if isinstance(value, list):
            return str(read["config"]["join"]).join(text(cell) for cell in value)
        if isinstance(value, int):
            return said[value]
        said.append(value)
        return value

    found: list[Document] = []
    for page, title, kind, category, keywords, entries, *rest in read["docs"]:
        found.append(Document(page, "", kind, category, text(title), text(rest[0]) if rest else "", tuple(keywords)))
        last, here = "", category
        for anchor, name, words, *more in entries:
            last, here = (more[0] if more else last), (more[1] if len(more) > 1 else here)
            found.append(Document(page, anchor, last, here, text(name), text(words)))  # type: ignore[arg-type]
    return tuple(found)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


SPELLED = ("regime", "law", "term")
"""The kinds whose Chinese titles are found by their pinyin too; the worker has the same list."""

SCRIPT_WORDS = (
    "clause",
    "search_near",
    "search_same",
    "search_type",
    "search_hint",
    "search_hint_none",
    "search_none",
    "search_none_narrowed",
    "search_hits",
    "search_hits_one",
    "search_clear",
    "search_by_kind",
    "search_by_category",
    "search_elsewhere",
    "search_elsewhere_one",
    "search_elsewhere_any",
    "search_heading",
    "search_item",
    "search_cited",
    "search_keyword",
    "search_translated",
    "search_spelled",
    *(f"search_is_{kind}" for kind in KINDS),
)
"""The messages the search says instead of those of Material's dialog."""


def _page(group: list[Document], once: _Once) -> list[object]:
    head, *rest = group
    title = once(head.title)
    text = [once.text(head)] if head.text else []
    entries: list[list[_Packed]] = []
    kind, category = "", head.category
    for document in rest:
        entry: list[_Packed] = [document.anchor, once(document.title), once.text(document)]
        if document.category != category:
            entry += [document.kind, document.category]
        elif document.kind != kind:
            entry += [document.kind]
        kind, category = document.kind, document.category
        entries.append(entry)
    return [head.page, title, head.kind, head.category, list(head.keywords), entries, *text]


def _documents(book: Book, language: str) -> Iterator[Document]:
    say = Messages(language)
    yield Document("", "", "page", "", book.handbook.title[language], book.handbook.description[language])
    for regime in book.regimes:
        yield from _regime(book, regime, language)
    yield Document("checklists/", "", "page", "", say("checklists_title"), "")
    for regime in book.regimes:
        yield from _checklist(book, regime, language)
    yield Document("penalties/", "", "page", "", say("penalties_title"), "")
    yield from _penalties(book, language)
    yield Document("time-limits/", "", "page", "", say("limits_title"), "")
    yield from _limits(book, language)
    yield Document("laws/", "", "page", "", say("laws_title"), "")
    yield from (_law(book, law, language) for law in book.laws.laws)
    yield Document("glossary/", "", "page", "", say("glossary_title"), "")
    anchors = term_anchors(book)
    yield from (_term(term, anchors[term.zh], language) for term in book.glossary.terms)


def _regime(book: Book, regime: Regime, language: str) -> Iterator[Document]:
    page, category = f"regimes/{regime.id}/", regime.category
    keywords = regime.keywords.zh if language == "zh" else regime.keywords.en
    yield Document(page, "", "regime", category, regime.title[language], "", keywords)
    cite = Cite(language)
    for section, clauses in groupby(book.by_regime[regime.id], key=lambda found: found.section):
        if section is not None:
            title = section_title(section, language)
            yield Document(page, f"s{section.number}", "heading", category, title, "")
        for found in clauses:
            text = found.clause.zh if language == "zh" else found.clause.en
            yield Document(page, found.id, "clause", category, cite.short(found), text)


def _checklist(book: Book, regime: Regime, language: str) -> Iterator[Document]:
    page, cite = f"checklists/{regime.id}/", Cite(language)
    yield Document(page, "", "checklist", regime.category, sheet_title(regime, language), "")
    for item in checklist(book, regime).items:
        yield Document(page, item.anchor, "item", regime.category, cite.short(item.clause), item.question[language])


def _penalties(book: Book, language: str) -> Iterator[Document]:
    cite = Cite(language)
    rows = penalty_rows(book)
    for row, cells in zip(rows, penalty_cells(book, rows, language), strict=True):
        measures = ("、" if language == "zh" else ", ").join(m.name for m in cells.measures)
        parts = (cells.conduct, cells.when, measures, cells.yuan, cells.percent, cells.authority)
        text = JOIN[language].join(part for part in parts if part)
        yield Document("penalties/", row.id, "penalty", row.clause.regime.category, cite.short(row.clause), text)


def _limits(book: Book, language: str) -> Iterator[Document]:
    cite = Cite(language)
    rows = limit_rows(book)
    for row, cells in zip(rows, limit_cells(book, rows, language), strict=True):
        parts = (cells.number, cells.start, cells.actor, cells.act)
        text = JOIN[language].join(part for part in parts if part)
        yield Document("time-limits/", row.id, "limit", row.clause.regime.category, cite.short(row.clause), text)


def _law(book: Book, law: Law, language: str) -> Document:
    """A law by its title; the words of the other language an English note may quote stay out of the Chinese, and so on."""
    status = book.vocabulary.statuses.get(law.status) if law.status else None
    notes = (law.number, law.issuer, status, law.note)
    text = JOIN[language].join(note[language].rstrip("。.") for note in notes if note)
    cited = law.cited_as[language]
    return Document(
        f"laws/{law.id}/", "", "law", "", law.title[language], text, () if cited == law.title[language] else (cited,)
    )


def _term(term: Term, anchor: str, language: str) -> Document:
    note = term.note[language] if term.note else ""
    if language == "zh":
        return Document("glossary/", anchor, "term", "", term.zh, note)
    return Document("glossary/", anchor, "term", "", term.en, "; ".join(filter(None, (*term.variants, note))))


def _pairs(book: Book, language: str) -> Iterator[tuple[str, ...]]:
    """Words that mean the same: first the word of this language, then what a reader may type instead of it."""
    for term in book.glossary.terms:
        if language == "zh":
            yield (term.zh, term.en, *term.forms, *term.variants)
        else:
            yield (term.en, term.zh, *term.variants)
    other = "en" if language == "zh" else "zh"
    for regime in book.regimes:
        yield (
            regime.title[language],
            regime.title[other],
            *(regime.keywords.en if language == "zh" else regime.keywords.zh),
        )
    for law in book.laws.laws:
        yield (law.title[language], *dict.fromkeys((law.title[other], law.cited_as[other])))
