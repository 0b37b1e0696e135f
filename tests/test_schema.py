"""The committed JSON Schemas are those of the model, and the real files fit them for a reader that is not ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from handbook.nodes import compose
from handbook.problem import Problem
from handbook.schema import FORMS, schema_of, schema_text, write_schemas
from handbook.source import OPTIONAL, REGISTERS
from tests.books import REGIME

REGIMES = Path(__file__).parents[1] / "regimes"
DATA = sorted(REGIMES.glob("*.yml"))


def _form(file: Path) -> str:
    return file.stem.removeprefix("_") if file.stem in (*REGISTERS, *OPTIONAL) else "regime"


def _value(text: str) -> Any:
    problems: list[Problem] = []
    document = compose(text, Path("x.yml"), problems)
    assert problems == []
    return document.value


@pytest.mark.parametrize("name", FORMS)
def test_the_committed_schema_is_that_of_the_model(name: str) -> None:
    committed = (REGIMES / "_schema" / f"{name}.schema.json").read_text(encoding="utf-8")

    assert committed == schema_text(FORMS[name]), "run: handbook schema"


def test_no_other_file_lies_beside_the_schemas() -> None:
    assert {file.name for file in (REGIMES / "_schema").iterdir()} == {f"{name}.schema.json" for name in FORMS}


@pytest.mark.parametrize("name", FORMS)
def test_a_schema_is_valid_and_describes_every_key_in_both_languages(name: str) -> None:
    schema = schema_of(FORMS[name])

    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    for record in [schema, *schema.get("$defs", {}).values()]:
        for key, described in record.get("properties", {}).items():
            if "description" in described:
                zh, _, en = described["description"].partition(" | ")
                assert zh, key
                assert en, key


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.stem)
def test_a_real_file_fits_its_schema(file: Path) -> None:
    validator = Draft202012Validator(json.loads(schema_text(FORMS[_form(file)])))

    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in validator.iter_errors(_value(file.read_text(encoding="utf-8")))
    ]

    assert errors == []


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.stem)
def test_a_real_file_tells_the_editor_its_schema_on_the_first_line(file: Path) -> None:
    first = file.read_text(encoding="utf-8").split("\n")[0]

    assert first == f"# yaml-language-server: $schema=_schema/{_form(file)}.schema.json"


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
def test_what_the_reader_refuses_the_schema_refuses_too(old: str, new: str) -> None:
    validator = Draft202012Validator(schema_of(FORMS["regime"]))
    assert old in REGIME

    assert validator.is_valid(_value(REGIME))
    assert not validator.is_valid(_value(REGIME.replace(old, new)))


def test_schemas_are_written_with_their_folder(tmp_path: Path) -> None:
    files = write_schemas(tmp_path / "a" / "b")

    assert sorted(file.name for file in files) == sorted(f"{name}.schema.json" for name in FORMS)
    assert all(file.read_bytes().endswith(b"}\n") and b"\r" not in file.read_bytes() for file in files)
