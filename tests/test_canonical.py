"""The canonical form: one way to write each value, every comment where it stood, nothing changed in meaning."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from handbook.canonical import ChangedError, canonical
from handbook.formatting import form_of_file
from handbook.model import Glossary, Laws, Record, Regime, Vocabulary
from handbook.nodes import MAX_DEPTH, Document, Path_, compose
from handbook.problem import Problem
from handbook.tree import UnreadableError
from tests.books import HANDBOOK, LAW, REGIME, VOCABULARY

ROOT = Path(__file__).parents[1]
FILES = sorted(file for file in (ROOT / "regimes").glob("*.yml") if form_of_file(file.name))
HEAD = "# yaml-language-server: $schema=_schema/regime.schema.json\n"


def _read(text: str) -> Document:
    problems: list[Problem] = []
    document = compose(text, Path("x.yml"), problems)
    assert not problems, problems
    return document


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_of_the_handbook_is_canonical(file: Path) -> None:
    form = form_of_file(file.name)
    assert form is not None

    assert canonical(file.read_text(encoding="utf-8"), form) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_another_program_has_written_comes_back_to_the_same_value(file: Path, tmp_path: Path) -> None:
    form = form_of_file(file.name)
    assert form is not None
    other = YAML(typ="safe")
    other.default_flow_style, other.width, other.allow_unicode, other.indent = None, 40, False, 4
    value = _read(file.read_text(encoding="utf-8")).value
    with (tmp_path / "x.yml").open("w", encoding="utf-8") as out:
        other.dump(value, out)

    text = canonical((tmp_path / "x.yml").read_text(encoding="utf-8"), form)

    assert _read(text).value == value
    assert text == canonical(text, form)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (REGIME, Regime),
        (VOCABULARY, Vocabulary),
        ("laws:\n" + LAW, Laws),
        (HANDBOOK, form_of_file("_handbook.yml")),
    ],
    ids=["regime", "vocabulary", "laws", "handbook"],
)
def test_a_register_keeps_its_value_and_gets_the_line_for_editors(text: str, form: type[Record]) -> None:
    done = canonical(text, form)

    assert _read(done).value == _read(text).value
    assert re.match(r"# yaml-language-server: \$schema=_schema/[a-z]+\.schema\.json\n", done)
    assert canonical(done, form) == done


def _regime(text: str) -> str:
    """A text in canonical form without the line for editors."""
    done = canonical(text, Regime)
    assert canonical(done, Regime) == done
    assert done.startswith(HEAD)
    return done.removeprefix(HEAD)


CASES = {
    "keys stand in the order of the model": (
        "title: {en: T, zh: 题}\nid: a\nsections:\n  - clauses:\n      - en: C\n        zh: 条\n        marker: （一）\n    number: 1\n",
        "id: a\ntitle: {zh: 题, en: T}\nsections:\n  - number: 1\n    clauses:\n      - marker: （一）\n        zh: 条\n        en: C\n",
    ),
    "a key nobody knows comes last": ("what: 1\nid: a\n", "id: a\nwhat: 1\n"),
    "a folded text becomes one line": ("id: a\ntitle:\n  zh: >-\n    题\n    目\n", "id: a\ntitle:\n  zh: 题 目\n"),
    "quotes go where nothing needs them": (
        "id: 'a'\ntitle: {zh: \"题\", en: 'A, b'}\n",
        "id: a\ntitle: {zh: 题, en: 'A, b'}\n",
    ),
    "quotes stay where a number, a truth or a sign would be read": (
        "id: '12'\ntitle:\n  zh: 'null'\n  en: 'Points: two'\nkeywords:\n  zh: ['1.', 'yes', '#a', ' a', '- b', 'a:', '2026', \"it's\"]\n",
        "id: '12'\ntitle:\n  zh: 'null'\n  en: 'Points: two'\nkeywords:\n  zh: ['1.', 'yes', '#a', ' a', '- b', 'a:', '2026', it's]\n",
    ),
    "a line break in a text is written as an escape": ("id: |\n  a\n  b\n", 'id: "a\\nb\\n"\n'),
    "brackets that do not fit become lines": (
        "title: {zh: " + "题" * 60 + ", en: " + "T" * 60 + "}\n",
        "title:\n  zh: " + "题" * 60 + "\n  en: " + "T" * 60 + "\n",
    ),
    "a list of words stays in brackets at any length": (
        "keywords: {zh: [" + ", ".join(["词语"] * 60) + "]}\n",
        "keywords:\n  zh: [" + ", ".join(["词语"] * 60) + "]\n",
    ),
    "lists lie two spaces below their key": (
        "sections:\n- number: 1\n  clauses:\n  -   zh: 条\n      en: C\n",
        "sections:\n  - number: 1\n    clauses:\n      - zh: 条\n        en: C\n",
    ),
    "nothing is written as null": ("id:\nnumber: ~\n", "id: null\nnumber: null\n"),
    "blank lines stay, one at a time": ("\n\nid: a\n\n\n\nnumber: 1\n\n\n", "\nid: a\n\nnumber: 1\n"),
    "white space at the end of a line goes": ("id: a   \nnumber: 1\t\n# c  \n", "id: a\nnumber: 1\n# c\n"),
    "the marks of a document go": ("%YAML 1.1\n---  # c\nid: a\n...\n", "# c\nid: a\n"),
    "comments above the first key speak of the file": ("# f\n# g\nnumber: 1\nid: a\n", "# f\n# g\nid: a\nnumber: 1\n"),
    "a comment goes with its key": (
        "id: a\n# of the title\ntitle: {zh: 题, en: T}   # at its end\n# of the number\nnumber: 1 # two\n",
        "id: a\n# of the number\nnumber: 1  # two\n# of the title\ntitle: {zh: 题, en: T}   # at its end\n",
    ),
    "a comment after a key that opens a block stays there": (
        "title: # t\n  # z\n  zh: 题\n  # e\n  en: T\n",
        "title:  # t\n  # z\n  zh: 题\n  # e\n  en: T\n",
    ),
    "comments around the items of a list": (
        "preamble:  # p\n  # one\n  - zh: 一\n    en: A\n    # end of one\n  # two\n  - zh: 二 # zh\n    en: B\n  # end of list\n# end of file\n",
        "preamble:  # p\n  # one\n  - zh: 一\n    en: A\n    # end of one\n  # two\n  - zh: 二  # zh\n    en: B\n  # end of list\n# end of file\n",
    ),
    "a comment beside or below a dash stands before the item": (
        "preamble:\n  - # beside\n    # below\n    zh: 一\n    en: A\n",
        "preamble:\n  # beside\n  # below\n  - zh: 一\n    en: A\n",
    ),
    "comments in brackets open them": (
        "title: { # t\n  zh: 题, # z\n  # e\n  en: T # e2\n  # last\n} # after\n",
        "# t\ntitle:  # after\n  zh: 题  # z\n  # e\n  en: T  # e2\n  # last\n",
    ),
    "a comment in empty brackets stands before them": ("preamble: [\n # none\n]\n", "# none\npreamble: []\n"),
    "a comment between a key and its value stands before both": ("id:\n  # c\n  a # d\n", "# c\nid: a  # d\n"),
    "a comment on the head of a folded text": (
        "id: a\ntitle:\n  zh: >- # c\n    题\n",
        "id: a\ntitle:\n  zh: 题  # c\n",
    ),
    "a # in a text is no comment": ("id: 'a # b'\nnumber: 1\ntitle: a#b\n", "id: 'a # b'\nnumber: 1\ntitle: a#b\n"),
    "a comment less indented than what ends goes to what comes": (
        "preamble:\n  - zh: 一\n    en: A\n# of sections\nsections: []\n",
        "preamble:\n  - zh: 一\n    en: A\n# of sections\nsections: []\n",
    ),
    "a comment below a list that is not indented speaks of the file": (
        "preamble:\n- zh: 一\n  en: A\n# end of file\n",
        "preamble:\n  - zh: 一\n    en: A\n# end of file\n",
    ),
    "a list that is not indented keeps what stands below it": (
        "preamble:\n- zh: 一\n  en: A\n  # deep\n# of sections\nsections: []\n",
        "preamble:\n  - zh: 一\n    en: A\n    # deep\n# of sections\nsections: []\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_so_that(name: str) -> None:
    text, wanted = CASES[name]

    assert _regime(text) == wanted


def test_the_line_for_editors_is_moved_to_the_top_and_kept_as_it_is() -> None:
    line = "# yaml-language-server: $schema=../other.json\n"

    assert canonical("# a\n" + line + "id: a\n", Regime) == line + "# a\nid: a\n"


def test_what_the_data_orders_keeps_its_order() -> None:
    text = "terms:\n  - {zh: 乙, en: b, domain: general}\n  - {zh: 甲, en: a, domain: general}\n"

    assert canonical(text, Glossary).endswith(text)


@pytest.mark.parametrize(
    "text",
    ["", "# only\n", "a: b: c\n", "a: &x 1\nb: *x\n", "a: 1\na: 2\n", "a: !t 1\n", "a: 1\n---\nb: 1\n", "a: \x07\n"],
)
def test_what_the_reader_refuses_is_refused_with_its_problems(text: str) -> None:
    with pytest.raises(UnreadableError) as error:
        canonical(text, Regime)

    assert error.value.problems


def test_a_key_that_cannot_stand_on_a_line_is_refused_rather_than_broken() -> None:
    with pytest.raises(ChangedError):
        canonical(f"? {'k' * 1100}\n: 1\n", Regime)


def test_the_deepest_nesting_that_is_read_is_formatted() -> None:
    depth = MAX_DEPTH - 1
    text = "id: " + "[" * depth + "# c\n x" + "]" * depth + "\n"

    done = canonical(text, Regime)

    assert _read(done).value == _read(text).value
    assert done.count("# c") == 1
    assert canonical(done, Regime) == done


# Any legal way to write a regime: what is drawn is the value, and how a careless hand has written it.

_WORDS = [
    "检查对象",
    "依法处理。",
    "a",
    "Whether it is so?",
    "R: b",
    "x # y",
    "#1",
    "it's",
    '"q"',
    "- d",
    "1.",
    "007",
    "no",
    "~",
]
_WORDS += [
    "[a]",
    "{b}",
    "a, b",
    "@a",
    "%",
    "！",
    "𠮷野家",
    "é",
    "a:",
    "2026-11-24",
    "1e3",
    "0x1F",
    " lead",
    "trail ",
    "tab\tin",
]
_WORDS += [
    "two\nlines",
    "长" * 70,
    "long " * 30 + "end",
    "",
    "'",
    "\\",
    "null",
    "true",
    "=",
    "`b`",
    "---",
    "... a",
    "? q",
    "*a",
    "&b",
]
_CLAUSE_KEYS = ["zh", "en", "marker", "penalties", "checks", "errata", "legal_note", "strange"]


def _clause(random: Random, depth: int) -> dict[str, Any]:
    clause: dict[str, Any] = {key: random.choice(_WORDS) for key in random.sample(_CLAUSE_KEYS, random.randint(1, 5))}
    if "penalties" in clause:
        clause["penalties"] = [{"measures": [{"type": "fine", "yuan": {"max": 3, "min": 1}}], "conduct": "items"}]
    if "checks" in clause:
        clause["checks"] = random.choice(
            [[{"en": random.choice(_WORDS), "zh": "问"}], {"none": {"en": "b", "zh": random.choice(_WORDS)}}, [], {}]
        )
    if depth and random.random() < 0.8:
        clause["items"] = [_clause(random, depth - 1) for _ in range(random.randint(0, 3))]
    return clause


def _drawn(random: Random) -> dict[str, Any]:
    depth = random.randint(0, 8)
    regime: dict[str, Any] = {
        "number": random.randint(-9, 99),
        "title": {"en": random.choice(_WORDS), "zh": "题"},
        "preamble": [_clause(random, 0)],
        "flags": [True, False, None, 1.5, [[], {}, [["x"]]]],
        "sections": [{"clauses": [_clause(random, depth)], "number": 1, "aspects": ["object", "method"]}],
        "id": random.choice(_WORDS),
    }
    keys = list(regime)
    random.shuffle(keys)
    return {key: regime[key] for key in keys}


class _Hand:
    """Writes a value in any legal way, with a comment wherever one may stand, and remembers whose it is."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.owners: dict[str, Path_ | None] = {}

    def comment(self, owner: Path_ | None) -> str:
        name = f"# c{len(self.owners)} 注: [x] {{y}} 'z #"
        self.owners[name] = owner
        return name

    def maybe(self, owner: Path_ | None, indent: int, *, chance: float = 0.15) -> str:
        lines = ""
        while self.random.random() < chance:
            lines += self.random.choice(["", "\n", "  \n"]) + " " * indent + self.comment(owner) + "\n"
        return lines

    def ending(self, owner: Path_) -> str:
        return " " * self.random.randint(1, 4) + self.comment(owner) if self.random.random() < 0.15 else ""

    def scalar(self, value: Any, indent: int, *, flow: bool) -> str:
        if value is None:
            return self.random.choice(["null", "~"])
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(value)
        quoted = json.dumps(value, ensure_ascii=self.random.random() < 0.3 and max(value, default="") < "\U00010000")
        ways = [quoted]
        if re.fullmatch(r"[一-鿿]+。?|[a-z]+", value) and value not in ("null", "true", "no"):
            ways += [value] * 2
        if not re.search(r"[\n\t]", value):
            ways.append("'" + value.replace("'", "''") + "'")
        if (
            " " in value.strip()
            and value == value.strip()
            and not re.search(r"\n|\t|  ", value)
            and "\\u" not in quoted
        ):
            head, tail = json.dumps(value, ensure_ascii=False).split(" ", 1)
            ways.append(f"{head}\n{' ' * (indent + 3)}{tail}")
            if not flow:
                ways.append(">-\n" + " " * (indent + 2) + value.replace(" ", "\n" + " " * (indent + 2), 1))
                if value[0] not in "# ":
                    ways.append("|-\n" + " " * (indent + 2) + value)
        return self.random.choice(ways)

    def flow(self, value: Any, path: Path_, indent: int) -> str:
        if not isinstance(value, dict | list):
            return self.scalar(value, indent, flow=True)
        pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        inside = "\n" + " " * (indent + 1)
        parts = []
        for key, found in pairs:
            here = (*path, key)
            head = self.maybe(here, indent + 1, chance=0.06)
            name = f"{key}: " if isinstance(value, dict) else ""
            note = self.comment(here) if self.random.random() < 0.05 else ""
            part = ("\n" + head + " " * (indent + 1) if head else "") + name + self.flow(found, here, indent + 1)
            parts.append((part, note))
        text = ""
        for index, (part, note) in enumerate(parts):
            comma = "," if index + 1 < len(parts) else ""
            text += part + comma + (f" {note}{inside}" if note else self.random.choice([" ", inside]))
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        return opening + text + closing

    def block(self, value: Any, path: Path_, indent: int) -> str:
        text = ""
        pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
        for index, (key, found) in enumerate(pairs):
            here = (*path, key)
            text += self.maybe(None if not path and not index else here, indent)
            text += " " * indent + (f"{self.random.choice([key, repr(key)])}:" if isinstance(value, dict) else "-")
            if isinstance(found, dict | list) and found and self.random.random() < 0.7:
                deeper = indent + self.random.choice([1, 2, 2, 4])
                if isinstance(value, list) and isinstance(found, dict) and self.random.random() < 0.7:
                    lines = self.block(found, here, indent + 2)
                    first = lines.lstrip(" \n")
                    if first.startswith("#"):
                        text += "\n" + lines
                    else:
                        text += " " + first
                else:
                    text += self.ending(here) + "\n" + self.block(found, here, deeper)
            else:
                text += " " + self.flow_or_scalar(found, here, indent) + "\n"
        return text + (self.maybe(None, indent) if path else "")

    def flow_or_scalar(self, value: Any, path: Path_, indent: int) -> str:
        if isinstance(value, dict | list):
            return self.flow(value, path, indent) + self.ending(path)
        scalar = self.scalar(value, indent, flow=False)
        if scalar.startswith((">-", "|-")):
            return scalar.replace("\n", self.ending(path) + "\n", 1)
        return scalar + self.ending(path)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_any_way_to_write_a_regime_comes_to_one_form_with_its_comments_where_they_stood(seed: int) -> None:
    random = Random(seed)
    hand = _Hand(random)
    value = _drawn(random)
    text = hand.block(value, (), 0)
    assert _read(text).value == value, text

    done = canonical(text, Regime)

    document = _read(done)
    assert document.value == value
    assert canonical(done, Regime) == done
    lines = done.splitlines()
    for comment, owner in hand.owners.items():
        stands = [number for number, line in enumerate(lines, start=1) if line.endswith(comment)]
        assert len(stands) == 1, (comment, text, done)
        if owner is not None:
            at = stands[0]
            while lines[at - 1].lstrip().startswith("#") or not lines[at - 1]:
                at += 1
            assert at in (document.key_place(owner).line, document.place(owner).line), (comment, owner, text, done)


_SIGNS = st.text(st.sampled_from(" \t\n-?:,[]{}#&*!|>'\"%@`~=<.0123456789aefnoxyz一。？"), max_size=12)


@settings(max_examples=500, deadline=None)
@given(st.text() | _SIGNS, st.text(max_size=20) | _SIGNS, st.booleans())
def test_any_text_at_all_is_formatted_or_refused(text: str, key: str, flow: bool) -> None:
    value, name = json.dumps(text), json.dumps(key)
    whole = (
        f"title: {{{name}: {value}, k: [{value}]}}\n" if flow else f"title:\n  {name}: {value}\n  k:\n    - {value}\n"
    )
    problems: list[Problem] = []
    found = compose(whole, Path("x.yml"), problems).value
    if problems:
        with pytest.raises(UnreadableError):
            canonical(whole, Regime)
        return

    done = canonical(whole, Regime)

    assert _read(done).value == found
    assert canonical(done, Regime) == done
    other = yaml.safe_load(done)["title"]  # what we write means the same to a reader of YAML 1.1
    if key != "k" and not isinstance(other["k"][0], date):
        assert list(other["k"]) == [text]
