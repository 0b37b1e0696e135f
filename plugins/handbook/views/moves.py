"""Published ids and where they lead today: what stands, what has moved, what is gone without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from handbook.model import Book, Regime
from handbook.text.fingerprint import fingerprint
from handbook.views.checklist import checklists

Kind = Literal["regimes", "sections", "clauses", "checklist_items", "laws"]

KINDS: tuple[Kind, ...] = ("regimes", "sections", "clauses", "checklist_items", "laws")
"""What has an id of its own that people link to, in the order of the lock."""

FILES = {kind: "clauses" if kind == "sections" else kind for kind in KINDS}
"""The key of the redirects under which each kind stands: a section's with the clauses'."""

_WORDS = 24
"""How many characters of a clause the lock holds for people to know it by."""


@dataclass(frozen=True, slots=True)
class Gone:
    """An id that was published and is no longer there.

    ``words`` are those it was known by (a title, a question, a signed text; empty where the lock does not know it).
    ``new`` is the id of today it leads to, None where nothing took its place; ``said`` is False where no redirect says either.
    """

    kind: Kind
    old: str
    words: str
    new: str | None
    said: bool


def signed(text: str) -> str:
    """A clause's text as the lock holds it: its fingerprint, a space, its first words."""
    return f"{fingerprint(text)} {text if len(text) <= _WORDS else text[:_WORDS] + '…'}"


def first_words(words: str) -> str:
    """The words of a signed text."""
    return words.partition(" ")[2]


@lru_cache(maxsize=2)
def today(book: Book) -> Mapping[Kind, Mapping[str, str]]:
    """The ids of a book by kind, each with its words as the lock holds them."""
    return {
        "regimes": {regime.id: regime.title.zh for regime in book.regimes},
        "sections": {f"{r.id}#s{s.number}": s.heading.zh for r in book.regimes for s in r.sections},
        "clauses": {found.key: signed(found.clause.zh) for found in book.clauses},
        "checklist_items": {item.id: item.question.zh for found in checklists(book) for item in found.items},
        "laws": {law.id: law.cited_as.zh for law in book.laws.laws},
    }


def published(book: Book) -> Mapping[Kind, Mapping[str, str]]:
    """What the lock of a book holds, by kind."""
    lock = book.published
    return {
        "regimes": lock.regimes,
        "sections": lock.sections,
        "clauses": lock.clauses,
        "checklist_items": lock.checklist_items,
        "laws": lock.laws,
    }


def redirects(book: Book) -> Mapping[str, Mapping[str, str | None]]:
    """What the redirects of a book say, by their keys."""
    said = book.redirects
    return {
        "regimes": said.regimes,
        "clauses": said.clauses,
        "checklist_items": said.checklist_items,
        "laws": said.laws,
    }


@lru_cache(maxsize=2)
def gone(book: Book) -> tuple[Gone, ...]:
    """Every id that was published, or that a redirect names, and is no longer there: kind by kind, as the lock has them."""
    return tuple(_gone(book))


def lost(book: Book) -> tuple[Gone, ...]:
    """The published ids of which no redirect says where they went. What a lost id holds is lost with it and not named again."""
    missing = [g for g in gone(book) if not g.said and g.old in published(book)[g.kind]]
    names = {g.old for g in missing}
    return tuple(g for g in missing if not any(above in names for above in _above(g.old)))


def moved(book: Book, regime: Regime) -> dict[str, str | None]:
    """Where the checklist items have gone that were once of this regime, or of one whose items stand in it today.

    The id of today, or None where there is none.
    """
    return {
        g.old: g.new
        for g in gone(book)
        if g.kind == "checklist_items"
        and (g.said or g.old in book.redirects.checklist_items)
        and (g.old.startswith(f"{regime.id}.") or (g.new or "").startswith(f"{regime.id}."))
    }


def former(book: Book, regime: Regime) -> tuple[str, ...]:
    """The ids a regime had before."""
    return tuple(g.old for g in gone(book) if g.kind == "regimes" and g.new == regime.id)


def old_anchors(book: Book, regime: Regime) -> Mapping[str, tuple[str, ...]]:
    """The anchors the clauses and sections of a regime had before, by that of today; none that another bears now."""
    found: dict[str, tuple[str, ...]] = {}
    for each, anchor in _once_here(book, regime):
        if each.new is not None and each.new.startswith(f"{regime.id}#"):
            there = each.new.partition("#")[2]
            if anchor not in found.get(there, ()):
                found[there] = (*found.get(there, ()), anchor)
    return found


def departed(book: Book, regime: Regime) -> tuple[Gone, ...]:
    """The clauses and sections once of a regime that stand in another or nowhere; one where it was named by several ids."""
    found = {
        anchor: each
        for each, anchor in _once_here(book, regime)
        if each.said and not (each.new or "").startswith(f"{regime.id}#")
    }
    return tuple(found.values())


def _once_here(book: Book, regime: Regime) -> Iterator[tuple[Gone, str]]:
    """What was once of a regime, under its id or one it had, with its anchor then; not those whose anchor is taken today."""
    names = {regime.id, *former(book, regime)}
    now = today(book)
    for each in gone(book):
        name, _, anchor = each.old.partition("#")
        key = f"{regime.id}#{anchor}"
        if anchor and name in names and key not in now["clauses"] and key not in now["sections"]:
            yield each, anchor


def circles(said: Mapping[str, str | None]) -> frozenset[str]:
    """The ids whose redirects lead back to themselves."""
    found: set[str] = set()
    done: set[str] = set()
    for start in said:
        trail: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in said and at not in trail and at not in done:
            trail[at] = None
            at = said[at]
        if at in trail:
            names = list(trail)
            found.update(names[names.index(at) :])
        done.update(trail)
    return frozenset(found)


class _Nowhere:
    pass


_NOWHERE = _Nowhere()


def _gone(book: Book) -> Iterator[Gone]:
    now, locked, said = today(book), published(book), redirects(book)
    for kind in KINDS:
        named = [old for old in said[FILES[kind]] if _kind(old, kind) == kind]
        for old in dict.fromkeys([*locked[kind], *named]):
            if old not in now[kind]:
                new = _end(book, kind, old)
                known = not isinstance(new, _Nowhere)
                yield Gone(kind, old, locked[kind].get(old, ""), None if isinstance(new, _Nowhere) else new, known)


def _kind(key: str, kind: Kind) -> Kind:
    """What a key among the redirects of clauses names: a section where nothing follows its number."""
    if "#" not in key:
        return kind
    return "clauses" if "-" in key.partition("#")[2] else "sections"


def _end(book: Book, kind: Kind, old: str) -> str | _Nowhere | None:
    """Where the redirects of an id end: an id of today, None, or nowhere (in a circle, at an id that is not there)."""
    now = today(book)
    used: set[str] = set()
    at: str | _Nowhere | None = old
    while isinstance(at, str) and at not in now[_kind(at, kind)]:
        entry, at = _next(book, kind, at)
        if entry in used:
            return _NOWHERE
        used.add(entry)
    return at


def _next(book: Book, kind: Kind, old: str) -> tuple[str, str | _Nowhere | None]:
    """The redirect that speaks of an id, its own or the nearest above it, and where that sends it."""
    said = redirects(book)
    if old in said[FILES[kind]]:
        return old, said[FILES[kind]][old]
    if kind == "checklist_items":
        return old, _next_item(book, old)
    for above in _above(old):
        among = said["clauses" if "#" in above else "regimes"]
        if above in among:
            to = among[above]
            return above, None if to is None else to + old.removeprefix(above)
    return old, _NOWHERE


def _next_item(book: Book, old: str) -> str | _Nowhere | None:
    """Where an item went that no redirect names: with its clause, if the same question is asked there."""
    regime, anchor, _ = old.split(".")
    if f"{regime}#{anchor}" in book.by_key:
        return _NOWHERE
    clause = _end(book, "clauses", f"{regime}#{anchor}")
    if not isinstance(clause, str):
        return clause
    question = book.published.checklist_items.get(old)
    start = f"{clause.replace('#', '.')}."
    items = today(book)["checklist_items"]
    return next((i for i, q in items.items() if i.startswith(start) and q == question), _NOWHERE)


def _above(key: str) -> Iterator[str]:
    """The ids above an id, the nearest first: of an item its clause, of a clause those above it, the section, the regime."""
    if "." in key:
        regime, anchor, _ = key.split(".")
        key = f"{regime}#{anchor}"
        yield key
    regime, hash, anchor = key.partition("#")
    while "-" in anchor:
        anchor = anchor.rpartition("-")[0]
        yield f"{regime}#{anchor}"
    if hash:
        yield regime
