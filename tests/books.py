"""A tiny invented book as texts: one regime on elevators, with the registers it needs, for tests to write and to break."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from checks.run import Report, run
from handbook.recompose import recomposed
from handbook.source import Reading, read

TODAY = date(2026, 11, 24)
"""The day on which waivers are judged in tests."""

REGIME_FILE = "01-elevator-use.yml"
SOURCE_FILE = "source/issued.txt"
MARK = "# <-"
"""The comment at the end of a line an example expects a finding on."""

REGIME = """\
id: elevator-use
number: 1
category: general
title: {zh: 电梯使用监管, en: Supervision of the use of elevators}
verified: {on: 2026-11-24, by: tests}
preamble:
  - zh: 检查使用登记。
    en: Use registration is inspected.
    checks: [{zh: 是否使用登记？, en: 'Is use registered?'}]
sections:
  - number: 1
    heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
    aspects: [object, method, handling]
    clauses:
      - {zh: 电梯使用单位。, en: User units of elevators.}
unstated_aspects:
  content: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
  procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
"""

PLAIN = """\
id: elevator-use
number: 1
category: general
title: {zh: 电梯使用监管, en: Supervision of the use of elevators}
verified: {on: 2026-11-24, by: tests}
sections:
  - number: 1
    heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
    aspects: [object, content, method, procedure, handling]
    clauses:
      - {zh: 电梯使用单位。, en: User units of elevators.}
"""
"""The regime without its checklist: the shortest that can be read."""

SOURCE = """\
示例市电梯监管制度
一、电梯使用监管
检查使用登记。
一、监督检查对象
电梯使用单位。
"""

HANDBOOK = """\
title: {zh: 电梯监管手册, en: Elevator Handbook}
description: {zh: 示例。, en: An example.}
issuer: {zh: 示例市, en: Example City}
source:
  title: {zh: 示例市电梯监管制度, en: Elevator Regimes of Example City}
  lines: [示例市电梯监管制度]
  file: source/issued.txt
  sha256: "SHA256"
  date: null
editions: [zh, en]
"""

VOCABULARY = """\
aspects:
  object: {zh: 对象, en: Object}
  content: {zh: 内容, en: Content}
  method: {zh: 方式, en: Method}
  procedure: {zh: 程序, en: Procedure}
  measures: {zh: 措施, en: Measures, required: false}
  handling: {zh: 处理, en: Handling}
categories:
  general: {zh: 综合, en: General}
measure_types:
  fine: {zh: 罚款, en: Fine, class: penalty, words: [罚款], monetary: true}
  warning: {zh: 警告, en: Warning, class: penalty, words: [警告]}
  order_to_correct: {zh: 责令改正, en: Order to make corrections, class: corrective, words: [责令…改正]}
authorities:
  municipal_bureau: {zh: 市局, en: Municipal bureau, words: [市局]}
  inspection_department: {zh: 检查机构, en: Inspection department, words: [检查机构]}
units:
  yuan: {zh: 元, en: RMB}
  day: {zh: 日, en: days}
  time: {zh: 次, en: times}
statuses:
  in_force: {zh: 现行有效, en: In force}
  unknown: {zh: 现状未核实, en: Status not verified, warn: true}
law_kinds:
  law: {zh: 法律, en: Law}
domains:
  general: {zh: 综合, en: General}
errata_kinds:
  term: {zh: 用语不一, en: Inconsistent term}
phrases:
  consequence: [追究, 处罚, 罚款]
  condition: [逾期, 情节严重, 构成犯罪]
  discretionary: [可, 可以]
  not_discretionary: [许可, 可能]
  alternative: [或, 或者]
  alternative_before: [分别]
  conduct_list: [下列行为之一]
  at_least: [至少, 不少于, 不得少于, 以上]
  immediately: [立即]
  asking: [是否, 有无, 不少于]
  unasked: [检查]
"""

LAW = """\
  - id: elevator-regulations
    cited_as: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
    title: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
    kind: law
    issuer: null
    number: null
    first_issued: null
    effective_from: null
    latest_change: null
    status: unknown
    status_note: null
    replaced_by: null
    title_issue: null
    note: null
    confidence: {title: high, number_and_dates: none, status: none}
    evidence: []
    reviewed_on: 2026-11-24
"""

TERMS = {
    "电梯": "  - {zh: 电梯, en: elevator, domain: general}\n",
    "吊销": "  - {zh: 吊销, en: revoke, forms: [revocation], domain: general}\n",
}

_PART = re.compile(r"=== (_?[a-z]+)")
_KEY = re.compile(r"([a-z_]+):")


def make_book(folder: Path, **parts: str) -> Path:
    """Writes a book that passes every rule into ``folder`` and returns it; ``parts`` replace the texts of files.

    The parts: ``regime``, ``source``, ``handbook``, ``vocabulary``, ``laws``, ``glossary``, ``published``, ``redirects``,
    ``schema`` (that of regimes). Registers of laws and terms
    hold what the regime cites, the issued text is what the regime adds up to, and the checksum fits it, unless given.
    """
    regime = parts.get("regime", REGIME)
    (folder / "source").mkdir(parents=True, exist_ok=True)
    write(folder / REGIME_FILE, regime)
    write(folder / "_vocabulary.yml", parts.get("vocabulary", VOCABULARY))
    write(folder / "_laws.yml", parts.get("laws", _laws(regime)))
    for name in ("published", "redirects"):
        if name in parts:
            write(folder / f"_{name}.yml", parts[name])
    if "schema" in parts:
        (folder / "_schema").mkdir(exist_ok=True)
        write(folder / "_schema" / "regime.schema.json", parts["schema"])
    write(folder / SOURCE_FILE, SOURCE)
    write(folder / "_glossary.yml", _glossary(""))
    write(folder / "_handbook.yml", HANDBOOK.replace("SHA256", "0" * 64))
    source = parts.get("source", _recomposed(folder))
    write(folder / SOURCE_FILE, source)
    write(folder / "_glossary.yml", parts.get("glossary", _glossary(source)))
    checksum = hashlib.sha256(source.encode("utf-8")).hexdigest()
    write(folder / "_handbook.yml", parts.get("handbook", HANDBOOK.replace("SHA256", checksum)))
    return folder


def write(file: Path, content: str) -> None:
    """Writes UTF-8 with the line ends as they are."""
    file.write_bytes(content.encode("utf-8"))


def _laws(regime: str) -> str:
    return "laws:\n" + LAW if "《电梯安全条例》" in regime else "laws: []\n"


def _glossary(source: str) -> str:
    terms = [entry for term, entry in TERMS.items() if term in source]
    return "terms:\n" + "".join(terms) if terms else "terms: []\n"


def _recomposed(folder: Path) -> str:
    book = read(folder).book
    if book is None or not book.regimes:
        return SOURCE
    return "".join(f"{line.lead}{line.words}\n" for line in recomposed(book))


class Example(NamedTuple):
    """What came of the example of a rule: the reading, the report, and the lines marked in its files."""

    reading: Reading
    report: Report
    marked: frozenset[tuple[str, int]]
    """File name and line of every mark."""


def read_example(folder: Path, example: str) -> Example:
    """Reads and checks a book with an example from a rule's docstring in it.

    Lines before the first ``=== name`` replace or add top-level keys of the regime; each part after one is a whole file.
    """
    texts = parts_of(example)
    waivers = texts.pop("waivers", None)
    texts["regime"] = replaced(REGIME, texts.get("regime", ""))
    make_book(folder, **texts)
    waiver_file = folder / "waivers.yml" if waivers is not None else None
    if waiver_file and waivers is not None:
        waiver_file = folder.parent / "waivers.yml"
        write(waiver_file, waivers)
    reading = read(folder, today=TODAY)
    report = run(reading, waiver_file, today=TODAY)
    return Example(reading, report, frozenset(_marked(folder)))


def parts_of(example: str) -> dict[str, str]:
    """The texts of an example by the name of the part, those of registers without their underscore."""
    parts: dict[str, list[str]] = {"regime": []}
    name = "regime"
    for line in example.splitlines():
        start = _PART.fullmatch(line)
        if start:
            name = start[1].lstrip("_")
            parts[name] = []
        else:
            parts[name].append(line)
    return {part: "".join(f"{line}\n" for line in lines) for part, lines in parts.items() if lines}


def replaced(text: str, blocks: str) -> str:
    """A YAML text with its top-level keys replaced by those of ``blocks``; new keys come last."""
    return "".join({**_blocks(text), **_blocks(blocks)}.values())


def _blocks(text: str) -> Mapping[str, str]:
    blocks: dict[str, str] = {}
    key = ""
    for line in text.splitlines(keepends=True):
        start = _KEY.match(line)
        if start:
            key = start[1]
        blocks[key] = blocks.get(key, "") + line
    return blocks


def _marked(folder: Path) -> list[tuple[str, int]]:
    files = [*folder.glob("*.yml"), *folder.parent.glob("*.yml"), *folder.glob("_schema/*.json")]
    return [
        (file.name, number)
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if line.rstrip().endswith(MARK)
    ]
