"""The committed JSON Schemas are those of model and registers, help in both languages, and refuse what we refuse – says another reader."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from copy import deepcopy
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator
from pydantic import ValidationError

from checks.addresses import schemas_out_of_date
from handbook.cli import main
from handbook.model import Book
from handbook.nodes import compose
from handbook.problem import Problem
from handbook.schema import FORMS, schema_of, schema_texts, write_schemas
from handbook.source import OPTIONAL, REGISTERS, read
from tests.books import REGIME, make_book, write

ROOT = Path(__file__).parents[1]
REGIMES = ROOT / "regimes"
DATA = sorted(REGIMES.glob("*.yml"))


@cache
def _book() -> Book:
    book = read(REGIMES).book
    assert book is not None
    return book


@cache
def _validator(name: str) -> Draft7Validator:
    return Draft7Validator(schema_of(FORMS[name], _book().vocabulary, _book().laws))


def _form(file: Path) -> str:
    return file.stem.removeprefix("_") if file.stem in (*REGISTERS, *OPTIONAL) else "regime"


def _value(text: str) -> Any:
    problems: list[Problem] = []
    document = compose(text, Path("x.yml"), problems)
    assert problems == []
    return document.value


@pytest.mark.parametrize("name", FORMS)
def test_the_committed_schema_is_that_of_the_model_and_the_registers(name: str) -> None:
    committed = (REGIMES / "_schema" / f"{name}.schema.json").read_text(encoding="utf-8")

    assert committed == schema_texts(_book().vocabulary, _book().laws)[f"{name}.schema.json"], "run: handbook schema"


def test_no_other_file_lies_beside_the_schemas() -> None:
    assert {file.name for file in (REGIMES / "_schema").iterdir()} == {f"{name}.schema.json" for name in FORMS}


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for key, value in schema.items():
            if key != "default":
                yield from _parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _parts(value)


@pytest.mark.parametrize("name", FORMS)
def test_every_key_and_every_word_has_help_in_both_languages_for_both_kinds_of_editor(name: str) -> None:
    schema = schema_of(FORMS[name], _book().vocabulary, _book().laws)

    Draft7Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    for record in [schema, *schema.get("definitions", {}).values()]:
        for key, described in record.get("properties", {}).items():
            zh, _, en = described["description"].partition(" | ")
            assert re.search("[\u4e00-\u9fff]", zh), (record, key)
            assert re.search("[A-Za-z]", en), key
            assert described["markdownDescription"].count("\n\n") == 1
            assert "<br>" in described["x-intellij-html-description"]
    for part in _parts(schema):
        if "enum" in part and "x-intellij-enum-metadata" in part:
            words = part["enum"]
            assert len(words) == len(part["enumDescriptions"]) == len(part["markdownEnumDescriptions"])
            assert list(part["x-intellij-enum-metadata"]) == words
            for said in part["enumDescriptions"]:
                assert re.search("[\u4e00-\u9fff].* \\| .*[A-Za-z]", said), said
        elif isinstance(part.get("enum"), list):
            pytest.fail(f"an enumeration without help: {part['enum']}")
        if "$ref" in part:
            assert set(part) == {"$ref"}, "draft 7 ignores what stands beside a reference"


def test_the_words_an_editor_offers_are_those_of_the_registers() -> None:
    words, laws = _book().vocabulary, [law.id for law in _book().laws.laws]
    parts = schema_of(FORMS["regime"], words, _book().laws)["definitions"]
    register = schema_of(FORMS["laws"], words, _book().laws)["definitions"]["Law"]["properties"]

    def offered(part: dict[str, Any]) -> list[str]:
        (found,) = [p["enum"] for p in _parts(part) if "enum" in p]
        return list(found)

    assert offered(parts["Measure"]["properties"]["type"]) == list(words.measure_types)
    assert offered(parts["Penalty"]["properties"]["authority"]) == list(words.authorities)
    assert offered(parts["Penalty"]["properties"]["basis"]) == laws
    assert offered(parts["LegalNote"]["properties"]["laws"]) == laws
    assert offered(parts["Threshold"]["properties"]["unit"]) == list(words.units)
    assert offered(parts["Erratum"]["properties"]["kind"]) == list(words.errata_kinds)
    assert offered(parts["Section"]["properties"]["aspects"]) == list(words.aspects)
    assert offered(register["kind"]) == list(words.law_kinds)
    assert offered(register["status"]) == list(words.statuses)
    whole = schema_of(FORMS["regime"], words, _book().laws)["properties"]
    assert offered(whole["category"]) == list(words.categories)
    assert list(whole["unstated_aspects"]["properties"]) == list(words.aspects)


@pytest.mark.parametrize(
    ("form", "record", "key"),
    [
        ("regime", "Section", "clauses"),
        ("regime", "Clause", "items"),
        ("regime", "Clause", "penalties"),
        ("regime", "Clause", "checks"),
        ("laws", "", "laws"),
        ("glossary", "", "terms"),
    ],
)
def test_a_list_offers_a_new_entry_that_has_every_key_it_needs(form: str, record: str, key: str) -> None:
    schema = schema_of(FORMS[form], _book().vocabulary, _book().laws)
    holder = schema["definitions"][record] if record else schema
    (offer,) = [p for part in _parts(holder["properties"][key]) for p in part.get("defaultSnippets", [])]
    (entry,) = [
        p["$ref"].rpartition("/")[2]
        for part in _parts(holder["properties"][key])
        if "defaultSnippets" in part
        for p in part["allOf"]
    ]

    required = set(schema["definitions"][entry]["required"])

    assert required <= set(offer["body"]), required - set(offer["body"])
    assert set(offer["body"]) <= set(schema["definitions"][entry]["properties"])


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.stem)
def test_a_real_file_fits_its_schema(file: Path) -> None:
    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in _validator(_form(file)).iter_errors(_value(file.read_text(encoding="utf-8")))
    ]

    assert errors == []


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.stem)
def test_a_real_file_tells_the_editor_its_schema_on_the_first_line(file: Path) -> None:
    first = file.read_text(encoding="utf-8").split("\n")[0]

    assert first == f"# yaml-language-server: $schema=_schema/{_form(file)}.schema.json"


def test_vs_code_and_jetbrains_have_the_schema_of_every_file() -> None:
    code = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    mapped = {pattern: (ROOT / schema).resolve() for schema, pattern in code["yaml.schemas"].items()}
    jetbrains = {}
    for info in ElementTree.parse(ROOT / ".idea" / "jsonSchemas.xml").getroot().iter("SchemaInfo"):
        values = {option.get("name"): option.get("value") for option in info.iter("option")}
        assert values["schemaVersion"] == "JSON Schema version 7"
        jetbrains[str(values["path"])] = (ROOT / str(values["relativePathToSchema"])).resolve()

    assert mapped == jetbrains
    for file in [*DATA, REGIMES / "_redirects.yml"]:
        name = file.relative_to(ROOT).as_posix()
        found = [schema for pattern, schema in mapped.items() if fnmatch(name, pattern)]
        assert found == [REGIMES / "_schema" / f"{_form(file)}.schema.json"], name
        assert found[0].exists()
    assert (code["files.eol"], code["files.encoding"]) == ("\n", "utf8")
    recommended = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))["recommendations"]
    assert "redhat.vscode-yaml" in recommended


class Mutation(NamedTuple):
    """One mistake in a real file: which kind of mistake where, and what became of the file's value."""

    name: str
    value: Any


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    for step in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from _paths(value[step], (*path, step))


def _kind_of(form: str, path: tuple[str | int, ...]) -> str:
    """A path without what tells one entry from another: the same mistake in another clause is not made again."""
    names = ["*" if isinstance(step, int) or (form == "vocabulary" and n == 1) else step for n, step in enumerate(path)]
    return "/".join(dict.fromkeys(names)) if "items" in names else "/".join(names)


def _narrow(value: Any, path: tuple[str | int, ...]) -> tuple[Any, tuple[str | int, ...]]:
    """A value with the first entry of each list alone, or the one on the path; and the path in it."""
    if isinstance(value, list):
        if not path:
            return [_narrow(part, ())[0] for part in value[:1]], ()
        part, rest = _narrow(value[int(path[0])], path[1:])
        return [part], (0, *rest)
    if isinstance(value, dict):
        rest = ()
        kept = {}
        for key, part in value.items():
            on = bool(path) and path[0] == key
            kept[key], below = _narrow(part, path[1:] if on else ())
            rest = (key, *below) if on else rest
        return kept, rest
    return value, ()


WRONG: list[tuple[str, Any]] = [
    ("a number", 7),
    ("text", "no such word"),
    ("a word", "no_such_word"),
    ("an id", "no-such-id"),
    ("a list", ["x"]),
    ("keys", {"x": "y"}),
    ("no keys", {}),
    ("blank", "  "),
    ("white space around", " x"),
    ("two lines", "a\nb"),
    ("truth", True),
    ("less than nothing", -1),
    ("nothing", None),
    ("no entries", []),
]


def _mutations(form: str) -> Iterator[Mutation]:
    seen: set[str] = set()
    for file in DATA:
        if _form(file) != form:
            continue
        whole = _value(file.read_text(encoding="utf-8"))
        for long in _paths(whole):
            kind = _kind_of(form, long)
            if kind in seen:
                continue
            seen.add(kind)
            value, path = _narrow(whole, long)
            if isinstance(_at(value, path), dict):
                changed = deepcopy(value)
                _at(changed, path)["Colour"] = "red"
                yield Mutation(f"{kind}: unknown key", changed)
            if not path:
                continue
            for name, wrong in WRONG:
                changed = deepcopy(value)
                _at(changed, path[:-1])[path[-1]] = wrong
                yield Mutation(f"{kind}: {name}", changed)
            if isinstance(path[-1], str):
                changed = deepcopy(value)
                del _at(changed, path[:-1])[path[-1]]
                yield Mutation(f"{kind}: left out", changed)


def _refused(form: str, value: Any) -> bool:
    """Whether the model refuses a value, or a word or a law of it is none of the registers'."""
    try:
        record = FORMS[form].model_validate(value)
    except ValidationError:
        return True
    words, laws = _book().vocabulary, _book().laws_by_id
    if form == "regime":
        every = json.loads(record.model_dump_json(by_alias=True))
        among: dict[str, Any] = {
            "category": words.categories,
            "authority": words.authorities,
            "type": words.measure_types,
            "aspects": words.aspects,
            "basis": laws,
            "laws": laws,
        }
        for part in _parts(every):
            for key, known in among.items():
                said = part.get(key) or []
                if any(word not in known for word in ([said] if isinstance(said, str) else said)):
                    return True
            if any(e["kind"] not in words.errata_kinds for e in part.get("errata") or []):
                return True
            if any(t["unit"] not in words.units for t in part.get("thresholds") or []):
                return True
        return any(word not in words.aspects for word in every["unstated_aspects"])
    if form == "laws":
        return any(
            law.kind not in words.law_kinds or (law.status and law.status not in words.statuses)
            for law in record.laws  # type: ignore[attr-defined]
        )
    if form == "glossary":
        return any(term.domain not in words.domains for term in record.terms)  # type: ignore[attr-defined]
    return False


@pytest.mark.parametrize("form", ["regime", "handbook", "laws", "glossary", "vocabulary"])
def test_what_the_reader_refuses_the_schema_refuses_and_nothing_else(form: str) -> None:
    missed, too_strict, refused = [], [], 0
    for mutation in _mutations(form):
        ours, theirs = _refused(form, mutation.value), not _validator(form).is_valid(mutation.value)
        refused += ours
        if ours and not theirs:
            missed.append(mutation.name)
        if theirs and not ours:
            too_strict.append(mutation.name)

    assert refused > 50
    assert missed == []
    assert too_strict == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: elevator-use", "id: Elevator Use"),
        ("number: 1\nc", "number: 0\nc"),
        ("title: {zh: 电梯使用监管, en", "title: {en"),
        ("- {zh: 电梯使用单位。", "- {marker: x, zh: 电梯使用单位。"),
        ("category: general", "category: general\ncolour: red"),
    ],
)
def test_without_registers_the_form_alone_is_demanded(old: str, new: str) -> None:
    validator = Draft7Validator(schema_of(FORMS["regime"]))
    assert old in REGIME

    assert validator.is_valid(_value(REGIME))
    assert not validator.is_valid(_value(REGIME.replace(old, new)))


@pytest.mark.parametrize(
    ("clause", "valid"),
    [
        ("penalties: [{conduct: items, measures: [{type: fine, yuan: {max: 1}}]}]", True),
        ("penalties: [{conduct: items, measures: [{type: fine, yuan: {min: null, max: null}}]}]", False),
        (
            "penalties: [{conduct: items, measures: [{type: fine, yuan: {max: 1}, percent_of_illegal_gains: {max: 1}}]}]",
            False,
        ),
        (
            "penalties: [{conduct: items, measures: [{type: fine, yuan: {max: 1}, percent_of_illegal_gains: null}]}]",
            True,
        ),
        ("time_limits: [{kind: deadline, value: 1, unit: day, act: {zh: 甲, en: a}}]", True),
        ("time_limits: [{kind: deadline, immediately: true, act: {zh: 甲, en: a}}]", True),
        ("time_limits: [{kind: deadline, value: 1, act: {zh: 甲, en: a}}]", False),
        ("time_limits: [{kind: deadline, immediately: false, act: {zh: 甲, en: a}}]", False),
    ],
)
def test_keys_that_need_or_exclude_each_other_are_known_to_the_schema(clause: str, valid: bool) -> None:
    category = next(iter(_book().vocabulary.categories))
    text = REGIME.replace("category: general", f"category: {category}")
    text = text.replace("  - zh: 检查使用登记。", f"  - {clause}\n    zh: 检查使用登记。")

    assert _validator("regime").is_valid(_value(text)) is valid
    assert _refused("regime", _value(text)) is not valid


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("regimes: {old-id: new-id}\nclauses: {a#s1-2: b#s2}\nlaws: {x: null}\n", True),
        ("regimes: {Old: new}\n", False),
        ("clauses: {a#1: null}\n", False),
        ("clauses: {a#s1: b}\n", False),
        ("sections: {}\n", False),
        ("checklist_items: {a.s1-1.1: a.s1-1}\n", False),
    ],
)
def test_redirects_are_completed_and_checked_too(text: str, valid: bool) -> None:
    assert _validator("redirects").is_valid(_value(text)) is valid
    assert _refused("redirects", _value(text)) is not valid


def test_schemas_are_written_with_their_folder(tmp_path: Path) -> None:
    files = write_schemas(tmp_path / "a" / "b", _book().vocabulary, _book().laws)

    assert sorted(file.name for file in files) == sorted(f"{name}.schema.json" for name in FORMS)
    assert all(file.read_bytes().endswith(b"}\n") and b"\r" not in file.read_bytes() for file in files)


def test_a_new_law_is_missed_by_the_schema_until_the_command_has_run(tmp_path: Path) -> None:
    folder = tmp_path / "regimes"
    shutil.copytree(REGIMES, folder)
    laws = folder / "_laws.yml"
    write(laws, laws.read_text(encoding="utf-8").replace("  - id: ", "  - id: new-", 1))
    book = read(folder).book
    assert book is not None

    assert {f.place.file.name for f in schemas_out_of_date(book)} == {"regime.schema.json"}
    result = CliRunner().invoke(main, ["schema", str(folder / "_schema")])
    assert result.exit_code == 0
    assert list(schemas_out_of_date(book)) == []


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"\x00", b"a: [\n", b"a: &a [*a]\n", b"- " * 100_000, b"aspects: 7\n"]
)
def test_a_register_nobody_can_read_is_named_and_nothing_is_written(tmp_path: Path, content: bytes) -> None:
    folder = make_book(tmp_path / "regimes")
    (folder / "_vocabulary.yml").write_bytes(content)

    result = CliRunner().invoke(main, ["schema", str(folder / "_schema")])

    assert result.exit_code == 2
    assert re.search(r"_vocabulary\.yml:\d+:\d+: HB00[12] ", result.stderr), result.output
    assert not (folder / "_schema").exists()


def test_registers_that_are_not_there_are_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schema", str(tmp_path / "out"), "--regimes", str(tmp_path), "--language", "zh"])

    assert result.exit_code == 2
    assert "_vocabulary.yml" in result.stderr
    assert "Traceback" not in result.output
