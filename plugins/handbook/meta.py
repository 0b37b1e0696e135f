"""What a page says of itself to search engines and to programs that show a link: description, addresses, Open Graph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from handbook.edition import Edition, editions, url
from handbook.linked_data import linked_data
from handbook.messages import Messages
from handbook.model import Book, Law, Located, Regime
from handbook.recompose import issued
from handbook.render import render
from handbook.views.checklist import checklist
from handbook.views.citing import clauses_by_law
from handbook.views.overview import by_category
from handbook.views.penalties import penalty_rows
from handbook.views.quality import Quality
from handbook.views.regime import objects
from handbook.views.time_limits import limit_rows

SHORTEST, LONGEST = 50, 160
"""How long a description is, in characters: engines ignore shorter ones and cut longer ones."""

_LOCALES = {"zh": "zh_CN", "en": "en_US"}
_STOPS = re.compile(r"[。；，、;,.]|\s")


@dataclass(frozen=True, slots=True)
class PageMeta:
    """A page as the lists of all pages name it. ``path`` is below the edition's root."""

    path: str
    title: str
    description: str


def description(book: Book, quality: Quality, language: str, path: str, title: str) -> str:
    """What a page holds, in 50 to 160 characters of its language. Data is text here: whoever prints it escapes it."""
    text = _described(book, quality, language, path, title)
    if len(text) < SHORTEST:
        more = book.handbook.description if path else book.handbook.source.title
        text = text.rstrip() + ("" if language == "zh" else " ") + more[language]
    return clipped(text)


def clipped(text: str, limit: int = LONGEST) -> str:
    """The text on one line, cut where a word or a clause of a sentence ends, with … where something is left out."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    ends = [m.start() for m in _STOPS.finditer(text, limit // 2, limit - 1)]
    return text[: ends[-1] if ends else limit - 1].rstrip("。；，、;,. ") + "…"


def head(book: Book, edition: Edition, page: PageMeta, titles: Mapping[str, str]) -> str:
    """The lines for the head of a page as finished HTML. ``titles`` are those of the edition's pages by path."""
    every = editions(book)
    address = book.handbook.address
    alternates = [(e.html_lang, url(book, edition, page.path, page.path, to=e)) for e in every]
    return render(
        "head.html.jinja",
        page=page,
        site=book.handbook.title[edition.language],
        kind="article" if page.path.count("/") > 1 else "website",
        canonical=url(book, edition, page.path, page.path) if address else "",
        alternates=[*alternates, ("x-default", alternates[0][1])] if len(every) > 1 else [],
        locale=_LOCALES[edition.language],
        other_locales=[_LOCALES[e.language] for e in every if e != edition],
        data=linked_data(book, edition, page.path, page.title, page.description, titles),
    )


def _described(book: Book, quality: Quality, language: str, path: str, title: str) -> str:
    say = Messages(language)
    kind, _, name = path.rstrip("/").partition("/")
    found = _one(book, quality, language, kind, name, title) if name else _register(book, quality, language, kind)
    return found or say("meta_other", title=title, about=book.handbook.description[language])


def _register(book: Book, quality: Quality, language: str, kind: str) -> str:
    """What the page at the top of ``kind`` is; home is the empty kind."""
    say = Messages(language)
    match kind:
        case "":
            return book.handbook.description[language]
        case "checklists":
            items = sum(len(checklist(book, regime).items) for regime in book.regimes)
            return say("meta_checklists", n=len(book.regimes), items=items)
        case "penalties":
            return say("meta_penalties", n=len(penalty_rows(book)))
        case "time-limits":
            return say("meta_limits", n=len(limit_rows(book)))
        case "laws":
            return say("meta_laws", n=len(book.laws.laws))
        case "glossary":
            return say("meta_glossary", n=len(book.glossary.terms))
        case "source":
            return say("meta_source", n=len(issued(book)), title=book.handbook.source.title[language])
        case "changes":
            return say("meta_changes")
        case "quality":
            return say("meta_quality", n=len(quality.rules))
    return ""


def _one(book: Book, quality: Quality, language: str, kind: str, name: str, title: str) -> str:
    """What one page of a kind is: a regime, a checklist, a category, a law, a rule."""
    say = Messages(language)
    match kind:
        case "regimes" if name in _regimes(book):
            words = " ".join(objects(book, _regimes(book)[name], language)) or title
            stop = "" if words[-1] in "。！？.!?" else "。" if language == "zh" else "."
            return say("meta_regime", title=title, clauses=len(book.by_regime[name]), object=words + stop)
        case "checklists" if name in _regimes(book):
            return say("meta_checklist", title=title, n=len(checklist(book, _regimes(book)[name]).items))
        case "categories" if name in book.vocabulary.categories:
            regimes = dict(by_category(book)).get(name, ())
            names = ("、" if language == "zh" else "; ").join(r.title[language] for r in regimes)
            return say("meta_category", title=title, n=len(regimes), names=names)
        case "laws" if name in book.laws_by_id:
            return _law(book, book.laws_by_id[name], language)
        case "rules":
            rule = next((r for r in quality.rules if r.code.lower() == name), None)
            return say("meta_rule", code=rule.code, demand=rule.demand[language]) if rule else ""
    return ""


def _law(book: Book, law: Law, language: str) -> str:
    say, vocabulary = Messages(language), book.vocabulary
    known: dict[str, object] = {
        "title": law.title[language],
        "kind": vocabulary.law_kinds[law.kind][language],
        "n": len(_citing(book)[law.id]),
    }
    if not law.status:
        return say("meta_law_form", **known)
    status = vocabulary.statuses[law.status][language]
    return say("meta_law", **known, status=status, date=law.reviewed_on.isoformat())


@lru_cache(maxsize=2)
def _regimes(book: Book) -> Mapping[str, Regime]:
    return {regime.id: regime for regime in book.regimes}


@lru_cache(maxsize=2)
def _citing(book: Book) -> Mapping[str, tuple[Located, ...]]:
    return clauses_by_law(book)
