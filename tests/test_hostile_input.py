"""What a hand, an editor or an ill will may put into the folder: always a problem with its place, never an exception."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from checks.run import run
from handbook.nodes import MAX_PROBLEMS
from handbook.problem import Problem
from handbook.source import Reading, read
from tests.books import HANDBOOK, LAW, REGIME_FILE, SOURCE, VOCABULARY, make_book, write
from tests.books import PLAIN as REGIME

TITLE = "{zh: 电梯使用监管, en: Supervision of the use of elevators}"
CLAUSE = "{zh: 电梯使用单位。, en: User units of elevators.}"
EXAMPLE_HANDBOOK = HANDBOOK.replace("SHA256", "0" * 64)


class Hostile(NamedTuple):
    """One spoiled text of a regime: what must be said, on which line (None: anywhere), mentioning which words."""

    text: str | bytes
    code: str
    line: int | None
    mentions: str = ""


def _title(value: str) -> str:
    return REGIME.replace(TITLE, value)


def _zh(value: str) -> str:
    return REGIME.replace("zh: 电梯使用监管", f"zh: {value}")


def _clause(*lines: str) -> str:
    """The regime with further lines in its clause; they start on line 13."""
    further = "".join(f"        {line}\n" for line in lines)
    return REGIME.replace(
        f"      - {CLAUSE}\n", f"      - zh: 电梯使用单位。\n        en: User units of elevators.\n{further}"
    )


def _without(key: str) -> str:
    return "".join(line for line in REGIME.splitlines(keepends=True) if not line.startswith(f"{key}:"))


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

REGIMES: dict[str, Hostile] = {
    # forms and keys
    "unknown key at the root": Hostile(REGIME + "colour: red\n", "HB002", 12, "colour"),
    "misspelled key at the root": Hostile(REGIME.replace("sections:", "section:"), "HB002", 6, "sections"),
    "unknown key in a clause": Hostile(_clause("penalty: []"), "HB002", 13, "penalties"),
    "unknown key in a title": Hostile(_title("{zh: 甲, en: A, fr: B}"), "HB002", 4, "fr"),
    "duplicate key at the root": Hostile(REGIME + "number: 1\n", "HB001", 12, "number"),
    "duplicate key in a flow mapping": Hostile(_title("{zh: 甲, en: A, zh: 乙}"), "HB001", 4, "zh"),
    "key missing at the root": Hostile(_without("title"), "HB002", 1, "title"),
    "Chinese missing": Hostile(_title("{en: A}"), "HB002", 4, "zh"),
    "English missing": Hostile(_title("{zh: 甲}"), "HB002", 4, "en"),
    "English of a clause missing": Hostile(REGIME.replace(", en: User units of elevators.", ""), "HB002", 11, "en"),
    "empty Chinese": Hostile(_zh('""'), "HB002", 4, "empty"),
    "white space for Chinese": Hostile(_zh('"  "'), "HB002", 4, "empty"),
    "white space around Chinese": Hostile(_zh('" 甲"'), "HB002", 4, "white space"),
    "line break in a text": Hostile(_zh('"甲\\n乙"'), "HB002", 4, "line break"),
    "folded text": Hostile(_title("\n  zh: >\n    甲\n  en: A"), "HB002", 5, "white space"),
    # wrong types
    "null for a title": Hostile(_title("null"), "HB002", 4, "null"),
    "null for a text": Hostile(_zh("~"), "HB002", 4, "null"),
    "text for a title": Hostile(_title("电梯"), "HB002", 4, "“电梯”"),
    "list for a title": Hostile(_title("[a]"), "HB002", 4, "[…]"),
    "number for a text": Hostile(_zh("2015"), "HB002", 4, "2015"),
    "truth for a text": Hostile(_zh("true"), "HB002", 4, "true"),
    "mapping for a text": Hostile(_zh("{a: 1}"), "HB002", 4, "{…}"),
    "quoted number": Hostile(REGIME.replace("number: 1\nc", 'number: "1"\nc'), "HB002", 2, "“1”"),
    "decimal number": Hostile(REGIME.replace("number: 1\nc", "number: 1.5\nc"), "HB002", 2, "1.5"),
    "truth for a number": Hostile(REGIME.replace("number: 1\nc", "number: true\nc"), "HB002", 2, "true"),
    "number zero": Hostile(REGIME.replace("number: 1\nc", "number: 0\nc"), "HB002", 2, "0"),
    "negative number": Hostile(REGIME.replace("number: 1\nc", "number: -7\nc"), "HB002", 2, "-7"),
    "number with a separator": Hostile(REGIME.replace("number: 1\nc", "number: 1_000\nc"), "HB002", 2, "1_000"),
    "hexadecimal number": Hostile(REGIME.replace("number: 1\nc", "number: 0x1\nc"), "HB002", 2, "0x1"),
    "number of 5,000 digits": Hostile(REGIME.replace("number: 1\nc", f"number: {'9' * 5000}\nc"), "HB002", 2, "9999"),
    "number that is not one": Hostile(REGIME.replace("number: 1\nc", "number: .nan\nc"), "HB002", 2, ".nan"),
    "mapping for sections": Hostile(_without("sections").split("  - ")[0] + "sections: {}\n", "HB002", 6, "{…}"),
    "no sections": Hostile(REGIME.split("sections")[0] + "sections: []\n", "HB002", 6, "at least one"),
    "null for sections": Hostile(REGIME.split("sections")[0] + "sections:\n", "HB002", 6, "null"),
    "text for a section": Hostile(REGIME.split("  - ")[0] + "  - 监督检查对象\n", "HB002", 7, "监督检查对象"),
    "text for a clause": Hostile(REGIME.replace(f"- {CLAUSE}", "- 电梯使用单位。"), "HB002", 11, "电梯使用单位。"),
    "null for a clause": Hostile(REGIME.replace(f"- {CLAUSE}", "-"), "HB002", 11, "null"),
    "text for aspects": Hostile(REGIME.replace("[object, content, method, procedure, handling]", "all"), "HB002", 9),
    "list for unstated aspects": Hostile(REGIME + "unstated_aspects: [a]\n", "HB002", 12, "[…]"),
    "bad key of an unstated aspect": Hostile(
        REGIME + "unstated_aspects:\n  Bad Key:\n    drawn_from: [s1]\n    note: {zh: 甲, en: A}\n",
        "HB002",
        13,
        "Bad Key",
    ),
    "list for keywords": Hostile(REGIME + "keywords: [电梯]\n", "HB002", 12, "[…]"),
    "text for checks": Hostile(_clause("checks: 检查"), "HB002", 13, "检查"),
    "number for checks": Hostile(_clause("checks: 5"), "HB002", 13, "5"),
    "mapping of other keys for checks": Hostile(_clause("checks: {no: x}"), "HB002", 13, "no"),
    "text for a conduct": Hostile(
        _clause("penalties:", "  - conduct: all", "    measures: [{type: fine}]"), "HB002", 14, "all"
    ),
    "penalty without measures": Hostile(
        _clause("penalties:", "  - conduct: items", "    measures: []"), "HB002", 15, "at least one"
    ),
    "range without bounds": Hostile(
        _clause("penalties:", "  - conduct: items", "    measures: [{type: fine, yuan: {}}]"), "HB002", 15, "min"
    ),
    "negative amount": Hostile(
        _clause("penalties:", "  - conduct: items", "    measures: [{type: fine, yuan: {max: -1}}]"), "HB002", 15, "-1"
    ),
    "amount in Chinese": Hostile(
        _clause("penalties:", "  - conduct: items", "    measures: [{type: fine, yuan: {max: 一千}}]"),
        "HB002",
        15,
        "一千",
    ),
    "fine in yuan and percent": Hostile(
        _clause(
            "penalties:",
            "  - conduct: items",
            "    measures: [{type: fine, yuan: {max: 1}, percent_of_illegal_gains: {max: 1}}]",
        ),
        "HB002",
        15,
        "percent",
    ),
    "time limit without a number": Hostile(
        _clause("time_limits: [{kind: deadline, act: {zh: 甲, en: A}}]"), "HB002", 13, "immediately"
    ),
    "time limit of a kind unheard of": Hostile(
        _clause("time_limits: [{kind: dead_line, value: 1, unit: day, act: {zh: 甲, en: A}}]"),
        "HB002",
        13,
        "dead_line",
    ),
    # dates, ids, markers
    "date in words": Hostile(REGIME.replace("on: 2026-11-24", "on: yesterday"), "HB002", 5, "yesterday"),
    "date that is none": Hostile(REGIME.replace("on: 2026-11-24", "on: 2026-02-30"), "HB002", 5, "2026-02-30"),
    "date without hyphens": Hostile(REGIME.replace("on: 2026-11-24", "on: 20261124"), "HB002", 5, "20261124"),
    "date with slashes": Hostile(REGIME.replace("on: 2026-11-24", "on: 2026/11/24"), "HB002", 5, "2026/11/24"),
    "seconds for a date": Hostile(REGIME.replace("on: 2026-11-24", "on: 86400"), "HB002", 5, "86400"),
    "seconds in quotes for a date": Hostile(
        REGIME.replace("on: 2026-11-24", 'on: "1704067200"'), "HB002", 5, "1704067200"
    ),
    "section number without bound": Hostile(
        REGIME.replace("  - number: 1", "  - number: 100000000"), "HB002", 7, "100000000"
    ),
    "marker of forty digits": Hostile(_clause(f"marker: {'1' * 40}、"), "HB002", 13, "111"),
    "list for a date": Hostile(REGIME.replace("on: 2026-11-24", "on: [2026]"), "HB002", 5, "2026"),
    "capitals in an id": Hostile(REGIME.replace("id: elevator-use", "id: Elevator-Use"), "HB002", 1, "Elevator-Use"),
    "underscores in an id": Hostile(REGIME.replace("id: elevator-use", "id: elevator_use"), "HB002", 1, "elevator_use"),
    "Chinese in an id": Hostile(REGIME.replace("id: elevator-use", "id: 电梯"), "HB002", 1, "电梯"),
    "path in an id": Hostile(REGIME.replace("id: elevator-use", "id: ../../etc/passwd"), "HB002", 1, "../../etc"),
    "script in an id": Hostile(REGIME.replace("id: elevator-use", "id: <script>"), "HB002", 1, "<script>"),
    "id of 1,000 letters": Hostile(REGIME.replace("id: elevator-use", f"id: {'a' * 1000}"), "HB002", 1, "aaa"),
    "another id than the file's": Hostile(REGIME.replace("id: elevator-use", "id: lifts"), "HB003", 1, "lifts"),
    "another number than the file's": Hostile(REGIME.replace("number: 1\nc", "number: 2\nc"), "HB003", 2, "2"),
    "marker with a letter": Hostile(_clause("marker: （甲）"), "HB002", 13, "（甲）"),
    "marker that is no number": Hostile(_clause("marker: （一一十）"), "HB002", 13, "（一一十）"),
    "marker that is a number": Hostile(_clause("marker: 1"), "HB002", 13, "1"),
    "marker in words": Hostile(_clause("marker: 第一"), "HB002", 13, "第一"),
    "marker in Roman numerals": Hostile(_clause("marker: （iv）"), "HB002", 13, "（iv）"),
    # YAML that is broken
    "unclosed quotation": Hostile(_zh('"电梯'), "HB001", 4, "quotation mark"),
    "unclosed single quotation": Hostile(_zh("'电梯"), "HB001", 4, "quotation mark"),
    "cut within a mapping": Hostile(REGIME.partition(", en")[0], "HB001", 4, "syntax"),
    "cut within a list": Hostile(REGIME.partition("[object")[0] + "[object,\n\n", "HB001", 9, "syntax"),
    "unclosed list": Hostile(REGIME.replace("handling]", "handling"), "HB001", None, "syntax"),
    "unclosed mapping": Hostile(REGIME.replace("elevators}", "elevators"), "HB001", None, "syntax"),
    "colon in plain text": Hostile(_title("a: b: c"), "HB001", 4, "in quotes"),
    "crooked indentation": Hostile(REGIME.replace("    aspects", "   aspects"), "HB001", 9, "indentation"),
    "tab for indentation": Hostile(REGIME.replace("    aspects", "\taspects"), "HB001", 9, "tabs"),
    "text after a quotation": Hostile(_title('"a" b'), "HB001", 4, "syntax"),
    "at sign": Hostile(_zh("@x"), "HB001", 4, "syntax"),
    "two commas": Hostile(_title("{zh: 甲,, en: A}"), "HB001", 4, "syntax"),
    "block text with words on the first line": Hostile(_title("\n  zh: |甲\n  en: A"), "HB001", 5, "syntax"),
    "unknown directive": Hostile("%NOTHING\n" + REGIME, "HB001", 1, "directive"),
    "no mapping at all": Hostile("电梯使用监管\n", "HB002", 1, "电梯使用监管"),
    "list at the root": Hostile("- id: elevator-use\n", "HB002", 1, "[…]"),
    # YAML that is refused
    "anchor": Hostile(_zh("&a 甲"), "HB001", 4, "anchors"),
    "alias without anchor": Hostile(_zh("*a"), "HB001", 4, "aliases"),
    "a billion laughs": Hostile(LAUGHS + REGIME, "HB001", 1, "anchors"),
    "alias into itself": Hostile("&a [*a]\n", "HB001", 1, "anchors"),
    "merge key with alias": Hostile("x: &x {number: 1}\n<<: *x\n" + REGIME, "HB001", 1, "anchors"),
    "merge key with a mapping": Hostile(REGIME + "<<: {number: 1}\n", "HB002", 12, "<<"),
    "Python object": Hostile(_zh('!!python/object/apply:os.system ["true"]'), "HB001", 4, "python/object"),
    "Python name": Hostile(_zh("!!python/name:os.system"), "HB001", 4, "python/name"),
    "tag of one's own": Hostile(_zh("!甲 乙"), "HB001", 4),
    "binary tag": Hostile(_zh("!!binary AAAA"), "HB001", 4, "binary"),
    "timestamp tag": Hostile(REGIME.replace("on: 2026", "on: !!timestamp 2026"), "HB001", 5, "timestamp"),
    "tag with an unknown handle": Hostile(_zh("!a!b 甲"), "HB001", 4, "tag"),
    "two documents": Hostile(REGIME + "---\n" + REGIME, "HB001", 12, "---"),
    "words after the end of the document": Hostile(REGIME + "...\nid: b\n", "HB001", 13),
    "list as a key": Hostile(REGIME + "? [a, b]\n: c\n", "HB001", 12, "key"),
    "mapping as a key": Hostile(REGIME + "? {a: b}\n: c\n", "HB001", 12, "key"),
    "empty key": Hostile(REGIME + '"": 1\n', "HB002", 12, "“”"),
    "null as a key": Hostile(REGIME + "~: 1\n", "HB002", 12, "~"),
    # depth and size
    "flow list 1,000 deep": Hostile(_title("[" * 1000 + "]" * 1000), "HB001", 4, "40"),
    "flow list 100,000 deep": Hostile(_title("[" * 100_000), "HB001", 4, "40"),
    "flow mapping 100,000 deep": Hostile(_title("{a: " * 100_000), "HB001", 4, "40"),
    "block mapping 1,000 deep": Hostile("".join(f"{' ' * n}a:\n" for n in range(1000)), "HB001", 41, "40"),
    "block list 1,000 deep": Hostile("- " * 1000 + "a\n", "HB001", 1, "40"),
    "block list 100,000 deep": Hostile("- " * 100_000 + "a\n", "HB001", 1, "40"),
    "10 megabytes": Hostile(REGIME.encode() + b"#" * 10_000_000, "HB001", 1, "10,0"),
    "20,000 unknown keys": Hostile(REGIME + "".join(f"k{n}: 1\n" for n in range(20_000)), "HB002", 12, "k0"),
    "one key 100,000 times": Hostile(REGIME + "k: 1\n" * 100_000, "HB001", 13, "“k”"),
    "10,000 empty clauses": Hostile(REGIME + "      - {}\n" * 10_000, "HB002", 12, "missing"),
    "key of 100,000 letters": Hostile(REGIME + f"{'k' * 100_000}: 1\n", "HB001", 12),
    "explicit key of 100,000 letters": Hostile(REGIME + f"? {'k' * 100_000}\n: 1\n", "HB002", 12, "kkk"),
    "line of a million letters": Hostile(REGIME + f"note: {'长' * 500_000}\n", "HB002", 12, "note"),
    # bytes and characters
    "empty file": Hostile("", "HB001", 1, "empty"),
    "line breaks only": Hostile("\n\n\n", "HB001", 1, "empty"),
    "comments only": Hostile("# 待写\n  # 明天\n", "HB001", 1, "empty"),
    "start of a document only": Hostile("---\n", "HB003", 1, "nothing"),
    "null only": Hostile("null\n", "HB003", 1, "nothing"),
    "byte order mark": Hostile(b"\xef\xbb\xbf" + REGIME.encode(), "HB001", 1, "BOM"),
    "byte order mark within": Hostile(_zh("电\ufeff梯"), "HB001", 4, "U+FEFF"),
    "CRLF": Hostile(REGIME.replace("\n", "\r\n"), "HB001", 1, "CRLF"),
    "one CR": Hostile(REGIME.replace("category: general\n", "category: general\r"), "HB001", 3, "CR"),
    "GBK": Hostile(REGIME.encode("gbk"), "HB001", 4, "0xB5"),
    "UTF-16": Hostile(REGIME.encode("utf-16"), "HB001", 1, "UTF-16"),
    "UTF-16 without a mark": Hostile(REGIME.encode("utf-16-be"), "HB001", None, "UTF-16"),
    "cut within a character": Hostile(REGIME.encode().partition("梯".encode())[0] + b"\xe6\xa2", "HB001", 4, "0xE6"),
    "lone surrogate in UTF-8": Hostile(_zh("X").encode().replace(b"X", b"\xed\xa0\x80"), "HB001", 4, "0xED"),
    "overlong UTF-8": Hostile(_zh("X").encode().replace(b"X", b"\xc0\x80"), "HB001", 4, "0xC0"),
    "NUL bytes": Hostile(REGIME.encode() + b"\0\0", "HB001", 12, "U+0000"),
    "noise": Hostile(bytes(range(256)) * 10, "HB001", None),
    "bell": Hostile(_zh("电\a梯"), "HB001", 4, "U+0007"),
    "escape sequence of a terminal": Hostile(_zh("\x1b[31m电梯"), "HB001", 4, "U+001B"),
    "next line": Hostile(_zh("电\x85梯"), "HB001", 4, "U+0085"),
    "line separator": Hostile(_zh("电\u2028梯"), "HB001", 4, "U+2028"),
    "zero-width space": Hostile(_zh("电\u200b梯"), "HB001", 4, "U+200B"),
    "reversed writing direction": Hostile(_zh("电\u202e梯"), "HB001", 4, "U+202E"),
    "isolated writing direction": Hostile(_zh("电\u2067梯"), "HB001", 4, "U+2067"),
    "escaped NUL": Hostile(_zh('"电\\0梯"'), "HB001", 4, "U+0000"),
    "escaped zero-width space": Hostile(_zh('"电\\u200b梯"'), "HB001", 4, "U+200B"),
    "escaped surrogate": Hostile(_zh('"\\ud800"'), "HB001", 4, "syntax"),
    "escaped character beyond Unicode": Hostile(_zh('"\\U00110000"'), "HB001", 4, "syntax"),
    "unknown escape": Hostile(_zh('"\\q"'), "HB001", 4, "syntax"),
}


def _read(folder: Path) -> Reading:
    reading = read(folder, Path("regimes"))
    run(reading)  # the rules must bear whatever was let through
    return reading


def _sound(problems: tuple[Problem, ...]) -> None:
    """Every problem has a code of the reader, a place in the file and words in both languages."""
    assert problems
    for problem in problems:
        assert problem.code in ("HB001", "HB002", "HB003")
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.message.zh
        assert problem.message.en
        assert len(problem.message.en) < 1000 or "k" * 1000 in problem.message.en
        assert problem.place.file.is_relative_to("regimes")
        problem.line().encode("utf-8")


@pytest.mark.parametrize("name", REGIMES)
def test_a_spoiled_regime_is_a_problem_at_its_line(name: str, tmp_path: Path) -> None:
    hostile = REGIMES[name]
    make_book(tmp_path)
    raw = hostile.text.encode("utf-8") if isinstance(hostile.text, str) else hostile.text
    (tmp_path / REGIME_FILE).write_bytes(raw)

    reading = _read(tmp_path)

    _sound(reading.problems)
    assert {p.place.file.name for p in reading.problems} == {REGIME_FILE}
    lines = {p.place.line for p in reading.problems}
    assert lines <= set(range(1, raw.count(b"\n") + raw.count(b"\r") + 2)), "a line the file does not have"
    found = [
        p
        for p in reading.problems
        if p.code == hostile.code
        and hostile.line in (None, p.place.line)
        and (hostile.mentions in p.message.en or hostile.mentions in p.message.zh)
    ]
    assert found, [p.line() for p in reading.problems]
    assert len(reading.problems) <= MAX_PROBLEMS + 1


def test_the_table_holds_at_least_forty_five_inputs() -> None:
    assert len(REGIMES) >= 45


# --- the folder and its registers ------------------------------------------------------------------------------------


def _other(folder: Path, name: str, text: str) -> None:
    write(folder / name, text)


def _second(number: int = 2, name: str = "lifts") -> str:
    return REGIME.replace("id: elevator-use", f"id: {name}").replace("number: 1\nc", f"number: {number}\nc")


def _link(file: Path, target: str | Path) -> None:
    file.unlink(missing_ok=True)
    os.symlink(target, file)


FOLDERS: dict[str, tuple[Callable[[Path], object], str, str, int | None, str]] = {
    # what is done to the folder, the code, the file, the line, the words
    "ending .yaml": (lambda f: _other(f, "02-lifts.yaml", _second()), "HB003", "02-lifts.yaml", 1, "02-lifts.yaml"),
    "ending in capitals": (lambda f: _other(f, "02-lifts.YML", _second()), "HB003", "02-lifts.YML", 1, "02-lifts.YML"),
    "no number in the name": (lambda f: _other(f, "lifts.yml", _second()), "HB003", "lifts.yml", 1, "lifts.yml"),
    "one digit in the name": (lambda f: _other(f, "2-lifts.yml", _second()), "HB003", "2-lifts.yml", 1, "2-lifts.yml"),
    "capitals in the name": (lambda f: _other(f, "02-Lifts.yml", _second()), "HB003", "02-Lifts.yml", 1, "Lifts"),
    "Chinese in the name": (lambda f: _other(f, "02-电梯.yml", _second()), "HB003", "02-电梯.yml", 1, "02-电梯.yml"),
    "unknown register": (lambda f: _other(f, "_things.yml", "a: 1\n"), "HB003", "_things.yml", 1, "_things.yml"),
    "name of another id": (lambda f: _other(f, "02-hoists.yml", _second()), "HB003", "02-hoists.yml", 1, "lifts"),
    "name of another number": (lambda f: _other(f, "03-lifts.yml", _second()), "HB003", "03-lifts.yml", 2, "2"),
    "one id twice": (
        lambda f: _other(f, "02-elevator-use.yml", _second(2, "elevator-use")),
        "HB003",
        "02-elevator-use.yml",
        1,
        REGIME_FILE,
    ),
    "one number twice": (lambda f: _other(f, "01-lifts.yml", _second(1)), "HB003", "01-lifts.yml", 2, REGIME_FILE),
    "folder named like a regime": (lambda f: (f / "02-lifts.yml").mkdir(), "HB001", "02-lifts.yml", 1, "file"),
    "dangling link": (lambda f: _link(f / "02-lifts.yml", "nowhere"), "HB001", "02-lifts.yml", 1, "No such file"),
    "link to itself": (lambda f: _link(f / "02-lifts.yml", "02-lifts.yml"), "HB001", "02-lifts.yml", 1, "read"),
    "link to a device": (lambda f: _link(f / "02-lifts.yml", "/dev/zero"), "HB001", "02-lifts.yml", 1, "file"),
    "register missing": (lambda f: (f / "_laws.yml").unlink(), "HB003", "_laws.yml", 1, "_laws.yml"),
    "register is a dangling link": (lambda f: _link(f / "_laws.yml", "nowhere"), "HB003", "_laws.yml", 1, "_laws.yml"),
    "register is a folder": (
        lambda f: (f / "_laws.yml").rename(f / "laws.txt").with_name("_laws.yml").mkdir(),
        "HB001",
        "_laws.yml",
        1,
        "file",
    ),
    "register empty": (lambda f: _other(f, "_glossary.yml", ""), "HB001", "_glossary.yml", 1, "empty"),
    "register null": (lambda f: _other(f, "_glossary.yml", "~\n"), "HB003", "_glossary.yml", 1, "nothing"),
    "register without its key": (lambda f: _other(f, "_glossary.yml", "words: []\n"), "HB002", "_glossary.yml", 1, "t"),
    "null for laws": (lambda f: _other(f, "_laws.yml", "laws:\n"), "HB002", "_laws.yml", 1, "null"),
    "law without a key": (
        lambda f: _other(f, "_laws.yml", "laws:\n" + LAW.replace("    issuer: null\n", "")),
        "HB002",
        "_laws.yml",
        2,
        "issuer",
    ),
    "year without quotes": (
        lambda f: _other(f, "_laws.yml", "laws:\n" + LAW.replace("first_issued: null", "first_issued: 2015")),
        "HB002",
        "_laws.yml",
        8,
        "2015",
    ),
    "thirteenth month": (
        lambda f: _other(f, "_laws.yml", "laws:\n" + LAW.replace("first_issued: null", "first_issued: 2015-13")),
        "HB002",
        "_laws.yml",
        8,
        "2015-13",
    ),
    "word of the vocabulary in capitals": (
        lambda f: _other(f, "_vocabulary.yml", VOCABULARY.replace("  object:", "  Object:")),
        "HB002",
        "_vocabulary.yml",
        2,
        "Object",
    ),
    "yes for true": (
        lambda f: _other(f, "_vocabulary.yml", VOCABULARY.replace("required: false", "required: no")),
        "HB002",
        "_vocabulary.yml",
        6,
        "“no”",
    ),
    "class of measures unheard of": (
        lambda f: _other(f, "_vocabulary.yml", VOCABULARY.replace("class: penalty", "class: torture")),
        "HB002",
        "_vocabulary.yml",
        11,
        "torture",
    ),
    "edition in French": (
        lambda f: _other(f, "_handbook.yml", EXAMPLE_HANDBOOK.replace("[zh, en]", "[zh, fr]")),
        "HB002",
        "_handbook.yml",
        10,
        "“fr”",
    ),
    "checksum cut short": (
        lambda f: _other(f, "_handbook.yml", EXAMPLE_HANDBOOK.replace("0" * 64, "0" * 63)),
        "HB002",
        "_handbook.yml",
        8,
        "64",
    ),
    "source missing": (lambda f: (f / "source" / "issued.txt").unlink(), "HB003", "_handbook.yml", 7, "No such file"),
    "source outside the folder": (
        lambda f: _other(f, "_handbook.yml", EXAMPLE_HANDBOOK.replace("source/issued", "../issued")),
        "HB003",
        "_handbook.yml",
        7,
        "inside",
    ),
    "source at an absolute path": (
        lambda f: _other(f, "_handbook.yml", EXAMPLE_HANDBOOK.replace("source/issued.txt", "/etc/hostname")),
        "HB003",
        "_handbook.yml",
        7,
        "inside",
    ),
    "source a link out of the folder": (
        lambda f: _link(f / "source" / "issued.txt", "/etc/hostname"),
        "HB003",
        "_handbook.yml",
        7,
        "inside",
    ),
    "source a link to itself": (
        lambda f: _link(f / "source" / "issued.txt", "issued.txt"),
        "HB003",
        "_handbook.yml",
        7,
        "cannot be read",
    ),
    "source a folder": (
        lambda f: _other(f, "_handbook.yml", EXAMPLE_HANDBOOK.replace("source/issued.txt", "source")),
        "HB003",
        "_handbook.yml",
        7,
        "cannot be read",
    ),
    "source name of 300 letters": (
        lambda f: _other(f, "_handbook.yml", EXAMPLE_HANDBOOK.replace("source/issued.txt", "a" * 300)),
        "HB003",
        "_handbook.yml",
        7,
        "cannot be read",
    ),
    "source in GBK": (
        lambda f: (f / "source" / "issued.txt").write_bytes("ABC\nX电梯\n".encode("gbk")),
        "HB003",
        "issued.txt",
        2,
        "UTF-8",
    ),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_spoiled_folder_is_a_problem_in_its_file(name: str, tmp_path: Path) -> None:
    spoil, code, file, line, mentions = FOLDERS[name]
    make_book(tmp_path)
    spoil(tmp_path)

    reading = _read(tmp_path)

    _sound(reading.problems)
    assert not reading.complete
    found = [p for p in reading.problems if p.code == code and p.place.file.name == file and p.place.line == line]
    assert found, [p.line() for p in reading.problems]
    assert any(mentions in p.message.en for p in found), [p.line() for p in found]


def test_a_source_with_bad_bytes_is_reported_at_the_column_of_the_first(tmp_path: Path) -> None:
    make_book(tmp_path)
    (tmp_path / "source" / "issued.txt").write_bytes("一、甲\n乙丙".encode() + b"\xff")

    problem = _read(tmp_path).problems[0]

    assert (problem.place.line, problem.place.column) == (2, 3)


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path / "none", Path("regimes"))

    _sound(reading.problems)
    assert reading.book is None
    assert "regimes" in reading.problems[0].message.en


def test_a_file_in_place_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path / "regimes", REGIME)

    reading = read(tmp_path / "regimes", Path("regimes"))

    _sound(reading.problems)
    assert reading.book is None


def test_an_empty_folder_lacks_four_registers_and_every_regime(tmp_path: Path) -> None:
    reading = _read(tmp_path)

    _sound(reading.problems)
    assert len(reading.problems) == 5
    assert reading.book is None


def test_files_that_are_no_yaml_are_left_alone(tmp_path: Path) -> None:
    make_book(tmp_path)
    for name in ("README.md", ".01-hidden.yml.swp", "01-elevator-use.yml~", "notes.txt"):
        (tmp_path / name).write_bytes(b"\xff\xfe\0")
    (tmp_path / "_schema").mkdir()

    reading = _read(tmp_path)

    assert reading.problems == ()
    assert reading.complete


def test_a_file_name_that_is_not_utf_8_does_not_stop_the_reading(tmp_path: Path) -> None:
    make_book(tmp_path)
    try:
        (tmp_path / os.fsdecode(b"02-\xff.yml")).write_bytes(REGIME.encode())
    except OSError:
        pytest.skip("this file system takes only names in Unicode")

    reading = read(tmp_path)

    assert [p.code for p in reading.problems] == ["HB003"]
    assert not reading.complete


# --- reading on ------------------------------------------------------------------------------------------------------


def test_all_errors_of_one_file_are_reported_together(tmp_path: Path) -> None:
    text = REGIME.replace("number: 1\nc", "number: one\nc").replace("on: 2026-11-24", "on: soon")
    text = text.replace(", en: User units of elevators.", "") + "colour: red\n"
    make_book(tmp_path)
    write(tmp_path / REGIME_FILE, text)

    reading = _read(tmp_path)

    assert [(p.place.line, p.code) for p in reading.problems] == [
        (2, "HB002"),
        (5, "HB002"),
        (11, "HB002"),
        (12, "HB002"),
    ]


def test_a_duplicate_key_and_a_wrong_type_in_one_file_are_both_reported(tmp_path: Path) -> None:
    make_book(tmp_path)
    write(tmp_path / REGIME_FILE, REGIME.replace("number: 1\nc", "number: one\nnumber: 1\nc"))

    reading = _read(tmp_path)

    assert {(p.place.line, p.code) for p in reading.problems} == {(2, "HB002"), (3, "HB001")}


def test_crlf_does_not_hide_the_errors_behind_it(tmp_path: Path) -> None:
    make_book(tmp_path)
    write(tmp_path / REGIME_FILE, (REGIME + "colour: red\n").replace("\n", "\r\n"))

    reading = _read(tmp_path)

    assert [(p.place.line, p.code) for p in reading.problems] == [(1, "HB001"), (12, "HB002")]


def test_a_byte_order_mark_does_not_hide_the_errors_behind_it(tmp_path: Path) -> None:
    make_book(tmp_path)
    write(tmp_path / REGIME_FILE, "\ufeff" + REGIME + "colour: red\n")

    reading = _read(tmp_path)

    assert [(p.place.line, p.code) for p in reading.problems] == [(1, "HB001"), (12, "HB002")]


def test_errors_in_several_files_are_reported_together_and_in_order(tmp_path: Path) -> None:
    make_book(tmp_path)
    write(tmp_path / REGIME_FILE, "id: [\n")
    write(tmp_path / "02-lifts.yml", "null\n")
    write(tmp_path / "03-hoists.yml", _second(3, "hoists") + "colour: red\n")
    write(tmp_path / "_laws.yml", "laws: 5\n")

    reading = _read(tmp_path)

    assert {(p.place.file.name, p.code) for p in reading.problems} == {
        (REGIME_FILE, "HB001"),
        ("02-lifts.yml", "HB003"),
        ("03-hoists.yml", "HB002"),
        ("_laws.yml", "HB002"),
    }
    assert list(reading.problems) == sorted(reading.problems, key=lambda p: p.place)


def test_good_regimes_are_read_though_another_is_broken(tmp_path: Path) -> None:
    make_book(tmp_path)
    write(tmp_path / "02-lifts.yml", "id: [\n")
    write(tmp_path / "03-hoists.yml", _second(3, "hoists"))

    reading = _read(tmp_path)

    assert not reading.complete
    assert reading.book is not None
    assert [regime.id for regime in reading.book.regimes] == ["elevator-use", "hoists"]


def test_regimes_are_checked_though_a_register_is_broken(tmp_path: Path) -> None:
    make_book(tmp_path)
    write(tmp_path / "_glossary.yml", "terms: 5\n")
    write(tmp_path / REGIME_FILE, REGIME + "colour: red\n")

    reading = _read(tmp_path)

    assert reading.book is None
    assert {p.place.file.name for p in reading.problems} == {"_glossary.yml", REGIME_FILE}


def test_the_example_is_a_good_book(tmp_path: Path) -> None:
    reading = _read(make_book(tmp_path))

    assert reading.problems == ()
    assert reading.complete
    assert reading.book is not None
    assert reading.book.source_text == SOURCE


def test_an_edition_named_twice_is_refused(tmp_path: Path) -> None:
    folder = make_book(
        tmp_path / "regimes", handbook=EXAMPLE_HANDBOOK.replace("editions: [zh, en]", "editions: [zh, zh]")
    )

    problems = read(folder, Path("regimes")).problems

    assert [(p.code, p.place.file.name) for p in problems] == [("HB002", "_handbook.yml")]
    assert "twice" in problems[0].message.en
