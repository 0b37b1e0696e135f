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
from handbook.model import Book, Law, Regime, Term, section_citation
from handbook.pages import Page, term_anchors
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
    """The documents, and the title of each page that has none among them and asks to be searched."""
    there = {document.page for document in found}
    rest = [page for page in every if page.searched and page.path not in there]
    return found + tuple(
        Document(page.path, "", "rule" if page.path.startswith("rules/") else "page", "", page.title, "", page.keywords)
        for page in rest
    )


def index(book: Book, edition: Edition, found: tuple[Document, ...]) -> str:
    """The documents as the worker reads them: ``{config, docs}``, which is all that Material's dialog hands on.

    A page is ``[address, title, kind, category, keywords, entries]``; an entry ``[anchor, title, text, kind, category]``,
    the last two only where they differ from the entry's before.
    """
    language = edition.language
    docs = [_page(list(group)) for _, group in groupby(found, key=lambda d: d.page)]
    pairs = [list(pair) for pair in _pairs(book, language)]
    config = {
        "lang": [language],
        "separator": r"\s+",  # Material splits by it what it marks on the page reached
        "pairs": pairs,
        "simplified": traditional(_compact([docs, pairs])),
        "pinyin": [pinyin(d.title) for d in found if d.kind in SPELLED] if language == "zh" else [],
        "names": {
            "kinds": {kind: Messages(language)(key) for kind, key in KINDS.items()},
            "categories": {word: name[language] for word, name in book.vocabulary.categories.items()},
        },
        "words": {key: Messages(language)(key) for key in SCRIPT_WORDS},
    }
    return _compact({"config": config, "docs": docs})


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


SPELLED = ("regime", "law", "term")
"""The kinds whose Chinese titles are found by their pinyin too; the worker has the same list."""

SCRIPT_WORDS = ("search_near", "search_same")
"""The messages the search says beside those of Material's dialog."""


def _page(group: list[Document]) -> list[object]:
    head, *rest = group
    entries: list[list[str]] = []
    kind, category = "", head.category
    for document in rest:
        entry = [document.anchor, document.title, document.text]
        if document.category != category:
            entry += [document.kind, document.category]
        elif document.kind != kind:
            entry += [document.kind]
        kind, category = document.kind, document.category
        entries.append(entry)
    text = [head.text] if head.text else []
    return [head.page, head.title, head.kind, head.category, list(head.keywords), entries, *text]


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
            number, heading = section_citation(section, language), section.heading[language]
            title = f"{number}、{heading}" if language == "zh" else f"{number}. {heading}"
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
    join = "；" if language == "zh" else "; "
    cite = Cite(language)
    rows = penalty_rows(book)
    for row, cells in zip(rows, penalty_cells(book, rows, language), strict=True):
        measures = ("、" if language == "zh" else ", ").join(m.name for m in cells.measures)
        parts = (cells.conduct, cells.when, measures, cells.yuan, cells.percent, cells.authority)
        text = join.join(part for part in parts if part)
        yield Document("penalties/", row.id, "penalty", row.clause.regime.category, cite.short(row.clause), text)


def _limits(book: Book, language: str) -> Iterator[Document]:
    cite = Cite(language)
    rows = limit_rows(book)
    for row, cells in zip(rows, limit_cells(book, rows, language), strict=True):
        parts = (cells.number, cells.start, cells.actor, cells.act)
        text = ("；" if language == "zh" else "; ").join(part for part in parts if part)
        yield Document("time-limits/", row.id, "limit", row.clause.regime.category, cite.short(row.clause), text)


def _law(book: Book, law: Law, language: str) -> Document:
    """A law by its title; the words of the other language an English note may quote stay out of the Chinese, and so on."""
    status = book.vocabulary.statuses.get(law.status) if law.status else None
    notes = (law.number, law.issuer, status, law.note)
    join = "；" if language == "zh" else "; "
    text = join.join(note[language].rstrip("。.") for note in notes if note)
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
