"""Files in canonical form, each translation tied to the Chinese it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from handbook.canonical import ChangedError, below, form_of, written
from handbook.model import Record, Regime
from handbook.model.regime import Clause, Section
from handbook.nodes import Path_
from handbook.source import OPTIONAL, REGIME_FILE, REGISTERS
from handbook.text.fingerprint import Freshness, fingerprint, fingerprints, freshness
from handbook.text.placeholders import PLACEHOLDER
from handbook.tree import Collection, Entry, Node, Scalar, Tree, edited, parse, steps, value_of

_TIE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{8}")
_KEY = "translated_from"


class Deed(StrEnum):
    """What was done with the tie between a translation and its Chinese."""

    TIED = "tied"
    RENEWED = "renewed"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Tie:
    """A fingerprint that was written: for the clause, section or regime at ``path``, and why."""

    path: Path_
    deed: Deed


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text in canonical form and the fingerprints that were written into it."""

    text: str
    ties: tuple[Tie, ...]


def form_of_file(name: str) -> type[Record] | None:
    """What a file of a handbook holds, by its name; None where it is no such file, or one that ``handbook lock`` writes."""
    if REGIME_FILE.fullmatch(name):
        return Regime
    known = {f"{register}.yml": form for register, form in {**REGISTERS, **OPTIONAL}.items()}
    return None if name == "_published.yml" else known.get(name)


def formatted(text: str, shown: Path, form: type[Record], confirmed: frozenset[Path_] = frozenset()) -> Formatted:
    """A text in canonical form; in a regime, every translation is tied to its Chinese where that can be known.

    ``confirmed`` names translations somebody has read and found to hold though their Chinese has changed: paths of clauses,
    sections, or () for the title. Raises :class:`handbook.tree.UnreadableError` for a text that cannot be read and
    :class:`handbook.canonical.ChangedError` rather than change anything but fingerprints.
    """
    tree = parse(text, shown)
    tied, ties = tie(tree, confirmed) if form is Regime else (tree, ())
    if _untied(value_of(tied.node)) != _untied(value_of(tree.node)):
        raise ChangedError("a fingerprint would change something else")
    return Formatted(written(tied, form), ties)


def tie(tree: Tree, confirmed: frozenset[Path_] = frozenset()) -> tuple[Tree, tuple[Tie, ...]]:
    """The tree of a regime with its fingerprints, and those that were written.

    A fingerprint is written where there is none and renewed where the Chinese is as it was or both texts have changed; it is left
    where the Chinese has moved on and the translation has not, unless confirmed, and where the translation is a placeholder.
    """
    ties: list[Tie] = []
    return replace(tree, node=_tied(tree.node, Regime, (), confirmed, ties)), tuple(ties)


def still_stale(before: Tree, after: Tree) -> Tree:
    """The tree of a regime whose English a program has mended: what was behind its Chinese before is so still."""
    then = {path: (zh, en, tied) for path, zh, en, tied in translations(before)}
    node = after.node
    for path, _, en, _ in translations(after):
        zh, old, tied = then.get(path, ("", en, None))
        if tied and _TIE.fullmatch(tied) and en != old and freshness(zh, old, tied) is Freshness.STALE:
            kept = f"{tied.split('-')[0]}-{fingerprint(en)}"
            node = edited(node, (*path, _KEY), lambda _, kept=kept: Scalar(kept))  # type: ignore[misc]
    return replace(after, node=node)


def translations(tree: Tree) -> Iterator[tuple[Path_, str, str, str | None]]:
    """Every translated title, heading and clause of a regime's tree: path, Chinese, English, fingerprints."""
    yield from _translations(tree.node, Regime, ())


def _translations(node: Node, annotation: Any, path: Path_) -> Iterator[tuple[Path_, str, str, str | None]]:
    form = form_of(annotation, node)
    if not isinstance(node, Collection) or form is None:
        return
    texts = _texts(node, form)
    if texts:
        now = node.get(_KEY)
        yield path, *texts, now.text if isinstance(now, Scalar) else None
    for step, entry in steps(node):
        yield from _translations(entry.node, below(form, entry.key), (*path, step))


def _tied(node: Node, annotation: Any, path: Path_, confirmed: frozenset[Path_], ties: list[Tie]) -> Node:
    form = form_of(annotation, node)
    if not isinstance(node, Collection) or form is None:
        return node
    texts = _texts(node, form)
    deed = _deed(node, *texts, path in confirmed) if texts else None
    if texts and deed:
        ties.append(Tie(path, deed))
        node = with_key(node, _KEY, Scalar(fingerprints(*texts)))
    entries = [
        replace(entry, node=_tied(entry.node, below(form, entry.key), (*path, step), confirmed, ties))
        for step, entry in steps(node)
    ]
    return replace(node, entries=tuple(entries))


def _deed(node: Collection, zh: str, en: str, confirmed: bool) -> Deed | None:
    now = node.get(_KEY)
    if PLACEHOLDER.search(en) or (now is not None and not (isinstance(now, Scalar) and _TIE.fullmatch(now.text))):
        return None
    before = now.text if isinstance(now, Scalar) else None
    if before == fingerprints(zh, en):
        return None
    state = freshness(zh, en, before)
    if state is Freshness.STALE:
        return Deed.CONFIRMED if confirmed else None
    return Deed.TIED if state is Freshness.UNTIED else Deed.RENEWED


def with_key(node: Collection, key: str, value: Node) -> Collection:
    """A mapping with the value under ``key`` replaced, its comments kept, or added as the last entry."""
    if node.get(key) is None:
        return replace(node, entries=(*node.entries, Entry(value, key)))
    return replace(node, entries=tuple(replace(e, node=value) if e.key == key else e for e in node.entries))


def _texts(node: Collection, form: Any) -> tuple[str, str] | None:
    """The Chinese and the English a fingerprint of this record would tie together."""
    holder: Node | None = node
    if form is Section:
        holder = node.get("heading")
    elif form is Regime:
        holder = node.get("title")
    elif form is not Clause:
        return None
    if not isinstance(holder, Collection):
        return None
    zh, en = holder.get("zh"), holder.get("en")
    if isinstance(zh, Scalar) and isinstance(en, Scalar) and isinstance(zh.value, str) and isinstance(en.value, str):
        return (zh.value, en.value) if zh.value and en.value else None
    return None


def _untied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _untied(found) for key, found in value.items() if key != _KEY}
    return [_untied(found) for found in value] if isinstance(value, list) else value
