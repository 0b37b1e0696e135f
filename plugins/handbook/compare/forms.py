"""A comparison in the forms people and programs read: text, Markdown for a pull request, JSON, annotations of a forge."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from handbook.compare.change import (
    ACTION_NAMES,
    KIND_NAMES,
    WEIGHT_NAMES,
    Action,
    Change,
    Comparison,
    Kind,
    Subject,
    Weight,
)
from handbook.compare.marks import marked
from handbook.problem import Message

MARKDOWN_LIMIT = 60_000
"""How many characters a comment may have; a forge takes 65,536."""

LONG_VALUE = 80
"""Up to how many characters the words of a change are set side by side; in longer ones what differs is marked."""

LONG_TABLE = 12
"""From how many changes on the table of a regime is folded."""


def text(found: Comparison, language: str) -> str:
    """For a terminal: by weight, one change two lines – what has changed, and where it stands – and a line that counts them."""
    lines: list[str] = []
    for weight, group in groupby(found.changes, key=lambda c: c.weight):
        lines += [WEIGHT_NAMES[weight][language]]
        for change in group:
            lines += [f"  {line(change, language)}", f"    {change.place} {change.subject.key}"]
        lines.append("")
    return "\n".join([*lines, summary(found, language)]) + "\n"


def line(change: Change, language: str) -> str:
    """A change in one line: Regime 7, V(2)1: fine: not more than RMB 30,000 → not more than RMB 50,000."""
    colon, of = ("：", "（{}）") if language == "zh" else (": ", " ({})")
    head = f"{change.subject.cited[language]}{colon}{change.what[language]}"
    if change.of:
        head += of.format(_short(change.of[language]))
    tail = f"{of.format(change.note[language])}" if change.note else ""
    return _flat(f"{head}{colon}{_values(change, language)}{tail}")


def summary(found: Comparison, language: str) -> str:
    """One sentence that counts the changes by kind."""
    if not found.changes:
        return "含义没有变化。" if language == "zh" else "No change in meaning."
    parts = [f"{KIND_NAMES[kind][language]} {count}" for kind, count in found.counts()]
    count = len(found.changes)
    if language == "zh":
        return f"共 {count} 处变化：{'、'.join(parts)}。"
    return f"{count} change{'' if count == 1 else 's'}: {', '.join(parts)}."


def _values(change: Change, language: str) -> str:
    old, new = change.old, change.new
    if old is None or new is None:
        word, there = ACTION_NAMES[change.action][language], old or new
        return f"{word}{'：' if language == 'zh' else ': '}{there[language]}" if there else word
    both = [_pair(old[lang], new[lang], lang, _running(change)) for lang in languages_of(change, language)]
    return (" / ").join(both)


def languages_of(change: Change, language: str) -> tuple[str, ...]:
    """The languages in which the two values differ, ``language`` alone if it is one of them and the other is its translation."""
    old, new = change.old, change.new
    if old is None or new is None:
        return (language,)
    differing = [lang for lang in ("zh", "en") if old[lang] != new[lang]]
    if _running(change) or language not in differing:
        return tuple(differing) or (language,)
    return (language,)


def _running(change: Change) -> bool:
    """Whether it is a change of running text, in which the words that changed are marked however short it is."""
    return change.kind in (Kind.TEXT, Kind.TRANSLATION)


def _pair(old: str, new: str, language: str, running: bool) -> str:
    if not running and max(len(old), len(new)) <= LONG_VALUE:
        return f"{old} → {new}"
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(signs[p.kind].format(p.text) for p in marked(old, new, language))


def _short(words: str, limit: int = 40) -> str:
    return words if len(words) <= limit else f"{words[:limit]}…"


def _flat(words: str) -> str:
    """Words on one line, with nothing in them that commands a terminal or a forge."""
    return "".join(c if c.isprintable() else " ⏎ " if c == "\n" else f"⟨U+{ord(c):04X}⟩" for c in words)


def github(found: Comparison, language: str) -> str:
    """Workflow commands that GitHub prints beside the changed lines, one notice a change."""
    return "".join(
        f"::notice file={_property(c.place.file.as_posix())},line={c.place.line},col={c.place.column},"
        f"title={_property(KIND_NAMES[c.kind][language])}::{_data(line(c, language))}\n"
        for c in found.changes
    )


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


# JSON


class _Plain(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Words(_Plain):
    """The same words in both languages."""

    zh: str
    en: str


class PieceRow(_Plain):
    """A stretch of a text: in both, in the old one only, in the new one only."""

    text: str
    kind: Literal["same", "removed", "added"]


class Marked(_Plain):
    """Both texts as runs of pieces, by language."""

    zh: list[PieceRow]
    en: list[PieceRow]


class SubjectRow(_Plain):
    """What has changed: regime or register, id in it, how a reader names it."""

    group: str = Field(description="id of the regime, or the register: _laws, _glossary, …")
    id: str | None = Field(description="id of the clause, section, law, term; null for the group itself")
    number: int | None = Field(description="number of the regime")
    cited: Words
    title: Words
    there: bool = Field(description="whether it stands in the new state")


class PlaceRow(_Plain):
    """Where it stands in the new state."""

    file: str
    line: int
    column: int


class IdPair(_Plain):
    """An id that has become another."""

    old: str
    new: str


class ChangeRow(_Plain):
    """One change in meaning."""

    kind: Kind
    action: Action
    weight: Weight
    subject: SubjectRow
    field: str = Field(description="the key in the files, dotted: penalties.measures.yuan")
    what: Words
    of: Words | None = Field(description="which of several it is: the conduct, the act, the item")
    old: Words | None
    new: Words | None
    marks: Marked | None = Field(description="where the two differ; null where one is missing")
    note: Words | None
    ids: list[IdPair]
    place: PlaceRow


class Count(_Plain):
    """How many changes of a kind there are."""

    kind: Kind
    count: int


class Document(_Plain):
    """The whole comparison; ``changes`` is empty where nothing has changed in meaning."""

    schema_version: Literal[1]
    old: str
    new: str
    counts: list[Count]
    changes: list[ChangeRow]


def as_json(found: Comparison, language: str = "en") -> str:
    """The comparison for programs, in both languages whichever is asked for. :func:`json_schema` describes it."""
    document = Document(
        schema_version=1,
        old=found.old_name,
        new=found.new_name,
        counts=[Count(kind=kind, count=count) for kind, count in found.counts()],
        changes=[_row(change) for change in found.changes],
    )
    return json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"


def json_schema() -> str:
    """The JSON Schema (draft 2020-12) of :func:`as_json`."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }
    return json.dumps({**schema, "title": "changes.json"}, ensure_ascii=False, indent=2) + "\n"


def _row(change: Change) -> ChangeRow:
    subject = change.subject
    return ChangeRow(
        kind=change.kind,
        action=change.action,
        weight=change.weight,
        subject=SubjectRow(
            group=subject.group,
            id=subject.id or None,
            number=subject.number,
            cited=_words(subject.cited),
            title=_words(subject.group_name),
            there=subject.there,
        ),
        field=change.field,
        what=_words(change.what),
        of=change.of and _words(change.of),
        old=change.old and _words(change.old),
        new=change.new and _words(change.new),
        marks=Marked(zh=_pieces(change, "zh"), en=_pieces(change, "en")) if change.old and change.new else None,
        note=change.note and _words(change.note),
        ids=[IdPair(old=old, new=new) for old, new in change.ids],
        place=PlaceRow(file=change.place.file.as_posix(), line=change.place.line, column=change.place.column),
    )


def _words(found: Message) -> Words:
    return Words(zh=found.zh, en=found.en)


def _pieces(change: Change, language: str) -> list[PieceRow]:
    if change.old is None or change.new is None:
        return []
    return [
        PieceRow.model_validate({"text": p.text, "kind": p.kind})
        for p in marked(change.old[language], change.new[language], language)
    ]


# Markdown

_LIVE = re.compile(r"[\\`*_\[\]|<>&~$!@#]")
_SPLIT = re.compile(r"(?<=&#64;)|(?<=&#35;)|(?<=:)(?=//)|(?<=[wW][wW][wW])(?=\.)|(?<=GH)(?=-[0-9])|(?<=:)(?=[\w+-]+:)")


def escaped(words: str) -> str:
    """Words as Markdown prints them and nothing more: no tag, link, mention, reference, code or table cell comes of them.

    Signs that mean something become character references. A forge looks for mentions, numbers and addresses in what it has
    rendered, so an empty element stands inside those.
    """
    found = _LIVE.sub(lambda m: f"&#{ord(m[0])};", _flat(words))
    return _SPLIT.sub("<span></span>", found)


def markdown(found: Comparison, language: str) -> str:
    """For a pull request: counts, then a table for each regime, Chinese and English beside each other, long ones folded.

    Never longer than :data:`MARKDOWN_LIMIT`: where not everything has room, what weighs least is left out, and that is said.
    """
    zh = language == "zh"
    title = "## 含义变化 Changes in meaning" if zh else "## Changes in meaning 含义变化"
    names = f"`{_code(found.old_name)}` → `{_code(found.new_name)}`"
    head = [title, "", names, ""]
    order = ("zh", "en") if zh else ("en", "zh")
    for lang in order:
        head += [escaped(summary(found, lang)), ""]
    rows = _rows(found, order, MARKDOWN_LIMIT - sum(len(part) + 1 for part in head) - 400)
    left = len(found.changes) - len(rows)
    blocks = []
    for subject, changes in found.groups():
        if any(id(change) in rows for change in changes):
            blocks.append(_table(_group_title(subject, order), changes, rows, order))
    if left:
        blocks += [
            f"**另有 {left} 处分量较轻的变化未列出；完整清单请运行 `handbook diff`。"
            f" {left} further changes, of less weight, are not listed here; run `handbook diff` to see all.**"
        ]
    return "\n".join([*head, *blocks]).rstrip("\n") + "\n"


def _rows(found: Comparison, order: Sequence[str], room: int) -> dict[int, str]:
    """The rows that have room, by the identity of their change, the weightiest first; a row too long for it is shortened."""
    rows: dict[int, str] = {}
    open_tables: set[str] = set()
    for change in found.changes:
        group = change.subject.group
        table = 0 if group in open_tables else 2 * len(_group_title(change.subject, order)) + 150
        for clipped in (False, True):
            row = _markdown_row(change, order, clipped=clipped)
            if len(row) + 1 + table <= room and (clipped or len(row) < MARKDOWN_LIMIT // 4):
                rows[id(change)] = row
                open_tables.add(group)
                room -= len(row) + 1 + table
                break
        else:
            break
    return rows


def _group_title(subject: Subject, order: Sequence[str]) -> str:
    names = dict.fromkeys(_group_name(subject.group_name[lang], subject.number, lang) for lang in order)
    return escaped(" / ".join(names))


def _code(name: str) -> str:
    return re.sub(r"[`\x00-\x1f]", "", name)[:200]


def _group_name(name: str, number: int | None, language: str) -> str:
    if number is None:
        return name
    return f"制度 {number}：{name}" if language == "zh" else f"Regime {number}: {name}"


_HEADS = {"zh": "中文", "en": "English"}


def _table(title: str, changes: Sequence[Change], rows: Mapping[int, str], order: Sequence[str]) -> str:
    """The table of a group with the rows that have room."""
    found = [rows[id(change)] for change in changes if id(change) in rows]
    folded = len(found) > LONG_TABLE
    count = f"({len(found)})" if len(found) == len(changes) else f"({len(found)} / {len(changes)})"
    start = [f"<details><summary><b>{title}</b> {count}</summary>", ""] if folded else [f"### {title} {count}", ""]
    start += ["| | " + " | ".join(_HEADS[lang] for lang in order) + " |", "|---|---|---|"]
    return "\n".join([*start, *found, *(["", "</details>", ""] if folded else [""])])


def _markdown_row(change: Change, order: Sequence[str], *, clipped: bool = False) -> str:
    cited = "<br>".join(dict.fromkeys(escaped(change.subject.cited[lang]) for lang in order))
    place = f"<sub>{escaped(f'{change.place.file.as_posix()}:{change.place.line}')}</sub>"
    cells = [_cell(change, lang, clipped) for lang in order]
    return f"| {cited}<br>{place} | {' | '.join(cells)} |"


def _cell(change: Change, language: str, clipped: bool) -> str:
    colon = "：" if language == "zh" else ": "
    head = escaped(change.what[language])
    if change.of:
        head += escaped(
            f"（{_short(change.of[language])}）" if language == "zh" else f" ({_short(change.of[language])})"
        )
    note = f"<br>⚠ {escaped(change.note[language])}" if change.note else ""
    if clipped:
        word = ACTION_NAMES[change.action][language]
        return f"**{head}**{escaped(colon)}{escaped(word)}{note}"
    return f"**{head}**{escaped(colon)}{_markdown_values(change, language)}{note}"


def _markdown_values(change: Change, language: str) -> str:
    old, new = change.old, change.new
    word = escaped(ACTION_NAMES[change.action][language])
    if old is None or new is None:
        there = old or new
        if there is None:
            return word
        tag = "del" if new is None else "ins"
        return f"{word} <{tag}>{_folded(escaped(there[language]))}</{tag}>"
    if old[language] == new[language]:
        return "未变" if language == "zh" else "unchanged"
    if not _running(change) and max(len(old[language]), len(new[language])) <= LONG_VALUE:
        return f"<del>{escaped(old[language])}</del> → <ins>{escaped(new[language])}</ins>"
    tags = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    pieces = marked(old[language], new[language], language)
    return _folded("".join(tags[p.kind].format(escaped(_around(p.text, p.kind))) for p in pieces))


def _around(words: str, kind: str, keep: int = 60) -> str:
    """The neighbourhood of what differs: of a long stretch both texts have, its ends."""
    return f"{words[:keep]} … {words[-keep:]}" if kind == "same" and len(words) > 3 * keep else words


def _folded(html: str, limit: int = 1500) -> str:
    return html if len(html) <= limit else f"<details><summary>…</summary>{html}</details>"


FORMATS: dict[str, Callable[[Comparison, str], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
    "github": github,
}
"""The forms by the name the command line gives them."""
