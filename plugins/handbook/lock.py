"""The lock of published ids: what stands in it may not vanish without a redirect."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from handbook.model import Book
from handbook.problem import Message
from handbook.views.moves import FILES, Gone, Kind, first_words, published, today
from handbook.writing import write_whole

_HEAD = """\
# yaml-language-server: $schema=_schema/published.schema.json
# Written by `handbook lock`; do not edit. 由 `handbook lock` 写成，请勿手改。
# Every id under which something has been published, with the words it is known by.
# 已发布的每个 id 及其文字。
"""

_NAMES: Mapping[Kind, Message] = {
    "regimes": Message("制度", "regime"),
    "sections": Message("节", "section"),
    "clauses": Message("条款", "clause"),
    "checklist_items": Message("检查项", "checklist item"),
    "laws": Message("法规", "law"),
}


def lock_text(book: Book) -> str:
    """The lock as it should be: the ids of today, and those that have gone, so that a redirect of theirs stays demanded."""
    parts = []
    for kind, now in today(book).items():
        lines = [f"  {name}: {json.dumps(words, ensure_ascii=False)}\n" for name, words in _with_gone(book, kind, now)]
        parts.append(f"{kind}:\n{''.join(lines)}" if lines else f"{kind}: {{}}\n")
    return _HEAD + "".join(parts)


def _with_gone(book: Book, kind: Kind, now: Mapping[str, str]) -> list[tuple[str, str]]:
    return [*now.items(), *((old, words) for old, words in published(book)[kind].items() if old not in now)]


def write_lock(book: Book) -> Path:
    """Writes the lock into the folder of the book, whole or not at all, and returns the file."""
    return write_whole(book.folder / "_published.yml", lock_text(book))


def sentence(book: Book, missing: Gone) -> Message:
    """What to tell of an id that is gone without a redirect: where its words stand now, and which line to write."""
    name, key = _NAMES[missing.kind], FILES[missing.kind]
    now = same_words(book, missing)
    words = first_words(missing.words) if missing.kind == "clauses" else missing.words
    if now is None:
        return Message(
            f"{name.zh} {missing.old}（{words}）已不存在；请在 _redirects.yml 的 {key} 中写明去向，无替代则写 null",
            f"the {name.en} {missing.old} ({words}) is gone; say in _redirects.yml, under {key}, where it went "
            "(null where nothing took its place)",
        )
    return Message(
        f"{name.zh} {missing.old}（{words}）已不存在，同样的文字现为 {now}；请在 _redirects.yml 的 {key} 中写 "
        f"{missing.old}: {now}",
        f"the {name.en} {missing.old} ({words}) is gone; the same words stand under {now}: write {missing.old}: {now} "
        f"in _redirects.yml, under {key}",
    )


def same_words(book: Book, missing: Gone) -> str | None:
    """The id of today that bears the words of one that is gone, the one in the same regime first; None where none does.

    A regime under another title is known by its clauses: the one that holds most of the old ones' texts.
    """
    now = today(book)[missing.kind]
    regime = missing.old.partition("#")[0].partition(".")[0]
    same = [name for name, words in now.items() if words == missing.words]
    if same:
        return next((name for name in same if name.startswith((f"{regime}#", f"{regime}."))), same[0])
    return _most_clauses(book, missing.old) if missing.kind == "regimes" else None


def _most_clauses(book: Book, regime: str) -> str | None:
    texts = {words for key, words in book.published.clauses.items() if key.startswith(f"{regime}#")}
    counts: dict[str, int] = {}
    for key, words in today(book)["clauses"].items():
        if words in texts:
            holder = key.partition("#")[0]
            counts[holder] = counts.get(holder, 0) + 1
    best = max(counts, key=lambda name: counts[name], default=None)
    return best if best is not None and counts[best] * 2 >= len(texts) and best not in book.published.regimes else None
