"""The lock of published ids: what stands in it may not vanish without a redirect."""

from __future__ import annotations

import json
from pathlib import Path

from handbook.model import Book
from handbook.views.checklist import checklists
from handbook.writing import write_whole

_HEAD = """\
# yaml-language-server: $schema=_schema/published.schema.json
# Written by `handbook lock`; do not edit. 由 `handbook lock` 写成，请勿手改。
# Every id under which a checklist item has been published, with its question.
# 已发布的每个检查项 id 及其问句。
"""


def lost_items(book: Book) -> tuple[str, ...]:
    """The published items that are no longer there and of which no redirect says where they went."""
    now = {item.id for found in checklists(book) for item in found.items}
    return tuple(i for i in book.published.checklist_items if i not in now and i not in book.redirects.checklist_items)


def lock_text(book: Book) -> str:
    """The lock as it should be: the items of today, and of those that have gone the ones a redirect names."""
    now = {item.id: item.question.zh for found in checklists(book) for item in found.items}
    gone = {i: q for i, q in book.published.checklist_items.items() if i not in now}
    lines = [f"  {name}: {json.dumps(question, ensure_ascii=False)}\n" for name, question in {**now, **gone}.items()]
    return _HEAD + ("checklist_items:\n" + "".join(lines) if lines else "checklist_items: {}\n")


def write_lock(book: Book) -> Path:
    """Writes the lock into the folder of the book, whole or not at all, and returns the file."""
    return write_whole(book.folder / "_published.yml", lock_text(book))
