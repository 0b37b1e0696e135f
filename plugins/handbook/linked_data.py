"""What a page is in the words of schema.org (JSON-LD), for programs that read pages: only what the data say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from handbook.edition import Edition, editions, html_lang, url
from handbook.model import Book, Law, Regime
from handbook.model.registers import Level
from handbook.pages import term_anchors
from handbook.views.regime import laws_cited

_TABLES = ("penalties", "time-limits", "checklists", "laws", "glossary")
"""Pages whose whole content is a table published as data too, under the same name."""

_FORMATS = (("json", "application/json"), ("csv", "text/csv"))

Node = dict[str, Any]


def linked_data(
    book: Book, edition: Edition, path: str, title: str, description: str, titles: Mapping[str, str]
) -> Markup:
    """A page as one JSON-LD graph, safe inside a ``script`` element whatever the data hold.

    Addresses are full where the handbook has one, else relative to the page. ``titles`` are those of the edition's pages
    by path; the way to a page leads over those of them that lie above it.
    """
    graph = [
        _site(book, edition, path),
        _page(book, edition, path, title, description),
        *_things(book, edition, path, title, description),
    ]
    if path:
        graph.append(_way(book, edition, path, title, titles))
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _site(book: Book, edition: Edition, here: str) -> Node:
    """The handbook in this language; all that is known of it on its own home page only."""
    home = url(book, edition, here, "")
    language = edition.language
    source = book.handbook.source
    site = {"@type": "WebSite", "@id": f"{home}#website", "url": home, "name": book.handbook.title[language]}
    if here:
        return site
    return site | {
        "description": book.handbook.description[language],
        "inLanguage": edition.html_lang,
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": source.title[language],
            "inLanguage": html_lang("zh"),
            **({"datePublished": source.date} if source.date else {}),
            "publisher": {"@type": "GovernmentOrganization", "name": book.handbook.issuer[language]},
        },
    }


def _page(book: Book, edition: Edition, path: str, title: str, description: str) -> Node:
    here = url(book, edition, path, path)
    page: Node = {
        "@type": "WebPage",
        "@id": f"{here}#page",
        "url": here,
        "name": title,
        "description": description,
        "inLanguage": edition.html_lang,
        "isPartOf": {"@id": f"{url(book, edition, path, '')}#website"},
    }
    first = editions(book)[0]
    if edition != first:
        page["translationOfWork"] = {"@id": f"{url(book, edition, path, path, to=first)}#page"}
    if regime := _regime(book, path, "regimes"):
        page |= _about_regime(book, edition, regime)
    elif regime := _regime(book, path, "checklists"):
        page["about"] = {"@id": f"{url(book, edition, path, f'regimes/{regime.id}/')}#page"}
    return page


def _about_regime(book: Book, edition: Edition, regime: Regime) -> Node:
    language = edition.language
    keywords = regime.keywords.zh if language == "zh" else regime.keywords.en
    laws = laws_cited(book, regime)
    found: Node = {"lastReviewed": regime.verified.on.isoformat()}
    if regime.category in book.vocabulary.categories:
        found["about"] = {"@type": "Thing", "name": book.vocabulary.categories[regime.category][language]}
    if keywords:
        found["keywords"] = list(keywords)
    if laws:
        found["citation"] = [{"@type": "CreativeWork", "name": law.title[language]} for law in laws]
    return found


def _things(book: Book, edition: Edition, path: str, title: str, description: str) -> Iterator[Node]:
    """What the page is about, where it is a table, the terms, or a law."""
    name = path.rstrip("/")
    here = url(book, edition, path, path)
    if name in _TABLES:
        yield _table(book, edition, path, title, description)
    if name == "glossary":
        yield _terms(book, edition, here)
    kind, _, law_id = name.partition("/")
    law = book.laws_by_id.get(law_id)
    if kind == "laws" and law and law.status:
        yield _law(law, edition.language, here, book)


def _table(book: Book, edition: Edition, path: str, title: str, description: str) -> Node:
    """The table of the page as a data set, with the files it can be had as."""
    name, first, here = path.rstrip("/"), editions(book)[0], url(book, edition, path, path)
    return {
        "@type": "Dataset",
        "@id": f"{here}#data",
        "mainEntityOfPage": {"@id": f"{here}#page"},
        "name": title,
        "description": description,
        "inLanguage": [e.html_lang for e in editions(book)],
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": url(book, edition, path, f"data/{name}.{suffix}", to=first),
            }
            for suffix, kind in _FORMATS
        ],
    }


def _terms(book: Book, edition: Edition, here: str) -> Node:
    own, anchors = edition.language, term_anchors(book)
    return {
        "@type": "DefinedTermSet",
        "@id": f"{here}#terms",
        "mainEntityOfPage": {"@id": f"{here}#page"},
        "inLanguage": [e.html_lang for e in editions(book)],
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "name": term.zh if own == "zh" else term.en,
                "alternateName": term.en if own == "zh" else term.zh,
                "url": f"{here}#{anchors[term.zh]}",
                **({"description": term.note[own]} if term.note else {}),
            }
            for term in book.glossary.terms
        ],
    }


def _law(law: Law, language: str, here: str, book: Book) -> Node:
    """An instrument by the facts of the register. Number and dates are left out where the register is not sure of them."""
    status = book.vocabulary.statuses[law.status] if law.status else None
    sure = law.confidence.number_and_dates in (Level.HIGH, Level.MEDIUM)
    facts: Node = {
        "legislationType": book.vocabulary.law_kinds[law.kind][language],
        "creativeWorkStatus": status[language] if status else None,
        "legislationPassedBy": law.issuer and {"@type": "Organization", "name": law.issuer[language]},
        "legislationIdentifier": law.number[language] if law.number and sure else None,
        "datePublished": law.first_issued if sure else None,
        "legislationDateOfApplicability": law.effective_from if sure else None,
        "legislationDateVersion": law.latest_change if sure else None,
    }
    return {
        "@type": "Legislation",
        "@id": f"{here}#law",
        "mainEntityOfPage": {"@id": f"{here}#page"},
        "name": law.title[language],
        "alternateName": law.title["en" if language == "zh" else "zh"],
        **{key: value for key, value in facts.items() if value},
    }


def _way(book: Book, edition: Edition, path: str, title: str, titles: Mapping[str, str]) -> Node:
    """The way from home to the page over the pages above it; a regime's leads over its category, a rule's over the quality page."""
    steps = [("", book.handbook.title[edition.language])]
    steps += [(above, titles[above]) for above in _above(book, path) if above in titles]
    steps.append((path, title))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": url(book, edition, path, step)}
            for n, (step, name) in enumerate(steps, 1)
        ],
    }


def _above(book: Book, path: str) -> tuple[str, ...]:
    kind, _, name = path.rstrip("/").partition("/")
    if regime := _regime(book, path, "regimes"):
        return (f"categories/{regime.category}/",)
    if kind == "rules":
        return ("quality/",)
    return (f"{kind}/",) if name else ()


def _regime(book: Book, path: str, kind: str) -> Regime | None:
    folder, _, name = path.rstrip("/").partition("/")
    if folder != kind or name not in book.by_regime:
        return None
    return next(regime for regime in book.regimes if regime.id == name)
