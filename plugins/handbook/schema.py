"""JSON Schemas of the files in regimes/ for editors: keys from the model, words from the vocabulary, help in both languages.

The draft is 07, the latest that both kinds of editor read without gaps: the YAML extension of VS Code and the JetBrains editors.
Each shows field help from keys of its own (``markdownDescription``, ``enumDescriptions``, ``defaultSnippets``; ``x-intellij-…``),
which a validator passes over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from handbook.model import Book, Glossary, Handbook, Laws, Published, Record, Redirects, Regime, Vocabulary
from handbook.problem import Message
from handbook.writing import write_together

FORMS: dict[str, type[Record]] = {
    "regime": Regime,
    "handbook": Handbook,
    "vocabulary": Vocabulary,
    "laws": Laws,
    "glossary": Glossary,
    "published": Published,
    "redirects": Redirects,
}
"""The schemas by name; the file is ``<name>.schema.json``."""

DRAFT = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, Any]
Words = Mapping[str, Message]

_WORDS: Mapping[tuple[str, str], str] = {
    ("Regime", "category"): "categories",
    ("Regime", "unstated_aspects"): "aspects",
    ("Section", "aspects"): "aspects",
    ("Measure", "type"): "measure_types",
    ("Penalty", "authority"): "authorities",
    ("Threshold", "unit"): "units",
    ("Erratum", "kind"): "errata_kinds",
    ("Law", "kind"): "law_kinds",
    ("Law", "status"): "statuses",
    ("Term", "domain"): "domains",
    ("Penalty", "basis"): "laws",
    ("LegalNote", "laws"): "laws",
}
"""Which register holds the words of a key, by the record and the key."""

_VALUES: Words = {
    "zh": Message("中文", "Chinese"),
    "en": Message("英文", "English"),
    "github": Message("GitHub 风格的网址", "addresses as on GitHub"),
    "gitlab": Message("GitLab 风格的网址", "addresses as on GitLab"),
    "gitee": Message("Gitee 风格的网址", "addresses as on Gitee"),
    "corrective": Message("责令类", "corrective"),
    "penalty": Message("行政处罚", "administrative penalty"),
    "compulsory": Message("行政强制", "compulsory"),
    "licence": Message("许可证件", "license"),
    "referral": Message("移送与提请", "referral"),
    "disciplinary": Message("内部问责", "disciplinary"),
    "criminal": Message("刑事", "criminal"),
    "civil": Message("民事", "civil"),
    "other": Message("其他", "other"),
    "high": Message("有一手来源", "a source of the first hand"),
    "medium": Message("有可靠的二手来源", "a reliable source of the second hand"),
    "low": Message("只有间接依据", "indirect evidence only"),
    "none": Message("未核实", "not verified"),
    "items": Message("下列各项各为一种行为", "each item below is a conduct"),
    "unstated": Message("条款未写明行为", "the clause names no conduct"),
    "deadline": Message("期限", "deadline"),
    "frequency": Message("频次", "frequency"),
    "look_back": Message("回溯期", "look-back period"),
    "working_day": Message("工作日", "working days"),
    "day": Message("日", "days"),
    "month": Message("月", "months"),
    "year": Message("年", "years"),
    "per_day": Message("每日", "a day"),
    "per_month": Message("每月", "a month"),
    "per_year": Message("每年", "a year"),
    "inspectors": Message("约束检查方", "binds those who inspect"),
    "inspected": Message("约束被检查方", "binds those who are inspected"),
    "content": Message("检查内容", "what is inspected"),
    "procedure": Message("检查程序", "how it is done"),
    "classification": Message("案件分类", "which class a case is of"),
}
"""What the words of the model mean, those of no register."""

_TEXTS = {"zh": "${1:原文}", "en": "${2:translation}"}
_SNIPPETS: Mapping[tuple[str, str], tuple[Message, Any]] = {
    ("Regime", "preamble"): (Message("新段落", "new paragraph"), _TEXTS),
    ("Section", "clauses"): (Message("新条款", "new clause"), {"marker": "${3:（一）}", **_TEXTS}),
    ("Clause", "items"): (Message("新的项", "new item"), {"marker": "${3:1、}", **_TEXTS}),
    ("Clause", "checks"): (
        Message("新检查项", "new checklist item"),
        {"zh": "${1:是否……？}", "en": "${2:Is …?}"},
    ),
    ("Clause", "penalties"): (
        Message("新的法律后果", "new penalty"),
        {
            "conduct": {"zh": "${1:条款原文}", "en": "${2:in the words of the clause}"},
            "measures": [{"type": "${3:fine}", "yuan": {"max": "${4:10000}"}}],
            "basis": ["${5}"],
        },
    ),
    ("Laws", "laws"): (
        Message("新法规", "new law"),
        {
            "id": "${1:some-law}",
            "cited_as": {"zh": "${2:《》中的名称}", "en": "${3:its English in the clauses}"},
            "title": {"zh": "${4:全称}", "en": "${5:full title}"},
            "kind": "${6}",
            **dict.fromkeys(("issuer", "number", "first_issued", "effective_from", "latest_change"), None),
            "status": "unknown",
            **dict.fromkeys(("status_note", "replaced_by", "title_issue", "note"), None),
            "confidence": {"title": "${7:none}", "number_and_dates": "none", "status": "none"},
            "evidence": [],
            "reviewed_on": "${8:YYYY-MM-DD}",
        },
    ),
    ("Glossary", "terms"): (
        Message("新术语", "new term"),
        {"zh": "${1:原文用语}", "en": "${2:rendering}", "domain": "${3}"},
    ),
}
"""What an editor offers to write, by the record and the key of the list."""


def schema_of(form: type[Record], vocabulary: Vocabulary | None = None, laws: Laws | None = None) -> Schema:
    """The JSON Schema of one form, keys as they are written in the files.

    Controlled words and laws are enumerated where the registers are given; without them any well-formed word will do.
    """
    found = form.model_json_schema(by_alias=True, mode="validation", ref_template="#/definitions/{model}")
    definitions = found.pop("$defs", {})
    registers = _registers(vocabulary, laws)
    name = str(found.get("title", form.__name__))
    whole: Schema = {"$schema": DRAFT, **_record(name, found, registers)}
    if definitions:
        whole["definitions"] = {key: _record(key, value, registers) for key, value in definitions.items()}
    return whole


def schema_text(form: type[Record], vocabulary: Vocabulary | None = None, laws: Laws | None = None) -> str:
    """The schema as it is committed: two spaces, Chinese as it is, a line break at the end."""
    return json.dumps(schema_of(form, vocabulary, laws), ensure_ascii=False, indent=2) + "\n"


def schema_texts(vocabulary: Vocabulary, laws: Laws) -> Mapping[str, str]:
    """Every schema by the name of its file."""
    return {f"{name}.schema.json": schema_text(form, vocabulary, laws) for name, form in FORMS.items()}


def write_schemas(folder: Path, vocabulary: Vocabulary, laws: Laws) -> tuple[Path, ...]:
    """Writes every schema into ``folder``, all or none, and returns the files."""
    return write_together({folder / name: text for name, text in schema_texts(vocabulary, laws).items()})


def stale_schemas(book: Book) -> tuple[str, ...]:
    """The schemas beside a book that are not what ``handbook schema`` would write now; none where it keeps no schemas."""
    folder = book.folder / "_schema"
    if not folder.is_dir():
        return ()
    return tuple(
        name
        for name, text in schema_texts(book.vocabulary, book.laws).items()
        if (folder / name).exists() and _read(folder / name) != text
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _registers(vocabulary: Vocabulary | None, laws: Laws | None) -> Mapping[str, Words]:
    found: dict[str, Words] = {}
    if vocabulary is not None:
        for name in ("aspects", "categories", "measure_types", "authorities", "units", "statuses", "law_kinds"):
            found[name] = _named(getattr(vocabulary, name))
        found["domains"], found["errata_kinds"] = _named(vocabulary.domains), _named(vocabulary.errata_kinds)
    if laws is not None:
        found["laws"] = {law.id: Message(law.cited_as.zh, law.cited_as.en) for law in laws.laws}
    return found


def _named(words: Mapping[str, Any]) -> Words:
    return {word: Message(name.zh, name.en) for word, name in words.items()}


def _record(name: str, found: Schema, registers: Mapping[str, Words]) -> Schema:
    """A record's schema: its keys with their words and help; the class's docstring, written for programmers, is left out."""
    if "enum" in found:
        return {"type": "string", **_enumerated({word: _meaning(word) for word in found["enum"]})}
    kept = {key: value for key, value in found.items() if key not in ("title", "description", "properties")}
    keys = {key: _key(name, key, value, registers) for key, value in found.get("properties", {}).items()}
    return {**kept, "properties": keys}


def _key(name: str, key: str, value: Schema, registers: Mapping[str, Words]) -> Schema:
    words = registers.get(_WORDS.get((name, key), ""))
    made: Schema = _plain(value, words)
    if (name, key) == ("Regime", "unstated_aspects") and words:
        every = {"$ref": "#/definitions/UnstatedAspect"}
        made = {
            "type": "object",
            "additionalProperties": False,
            "properties": {word: {"allOf": [every], **_help(label)} for word, label in words.items()},
            "default": {},
        }
    snippet = _SNIPPETS.get((name, key))
    if snippet:
        label, body = snippet
        text = f"{label.zh} | {label.en}"
        offer = [{"label": text, "description": text, "body": body}]
        for entry in _lists(made):
            entry["items"] = {"defaultSnippets": offer, **entry["items"]}
    zh, _, en = str(value.get("description", "")).partition(" | ")
    return {**made, **_help(Message(zh, en))}


def _lists(schema: Schema) -> Iterator[Schema]:
    for part in (schema, *schema.get("anyOf", ())):
        if "items" in part:
            yield part


def _plain(value: Any, words: Words | None) -> Any:
    """A part of a schema without titles, its references alone in their place, its words enumerated."""
    if isinstance(value, list):
        return [_plain(part, words) for part in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return {"allOf": [{"$ref": value["$ref"]}], **({"default": value["default"]} if "default" in value else {})}
    if words and value.get("type") == "string" and "pattern" in value:
        return {"type": "string", **_enumerated(words)}
    if "enum" in value or "const" in value:
        choices = value.get("enum", [value.get("const")])
        return {"type": "string", **_enumerated({word: _meaning(word) for word in choices})}
    closed = {"additionalProperties": False} if "patternProperties" in value else {}
    return {
        key: part if key == "default" else _plain(part, words)
        for key, part in value.items()
        if key not in ("title", "description")
    } | closed


def _meaning(word: str) -> Message:
    return _VALUES.get(word, Message(word, word))


def _enumerated(words: Words) -> Schema:
    """An enumeration with the names of its words in both languages, as either kind of editor shows them."""
    names = [f"{name.zh} | {name.en}" for name in words.values()]
    return {
        "enum": list(words),
        "enumDescriptions": names,
        "markdownEnumDescriptions": [f"**{_markdown(name.zh)}**  \n{_markdown(name.en)}" for name in words.values()],
        "x-intellij-enum-metadata": {word: {"description": name} for word, name in zip(words, names, strict=True)},
    }


def _help(label: Message) -> Schema:
    return {
        "description": f"{label.zh} | {label.en}",
        "markdownDescription": f"{_markdown(label.zh)}\n\n{_markdown(label.en)}",
        "x-intellij-html-description": f"{escape(label.zh)}<br>{escape(label.en)}",
    }


def _markdown(text: str) -> str:
    return text.translate({ord(mark): f"\\{mark}" for mark in "\\`*_[]<>"})
