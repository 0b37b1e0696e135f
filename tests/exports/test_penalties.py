"""The published penalties and time limits, row by row against the views, and as a stranger reads them."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from handbook.exports.json_csv import LIMIT_COLUMNS, PENALTY_COLUMNS, files
from handbook.model import Bilingual, Book, LegalNote, Range, citation
from handbook.views.penalties import PenaltyRow, penalty_rows
from handbook.views.time_limits import LimitRow, limit_rows
from tests.exports.small import REGIME, REGIMES, clauses_of, read_csv, real_book, small_book

TABLES = ("penalties", "time-limits")


@pytest.fixture(scope="module", params=["small", "real"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    return real_book() if request.param == "real" else small_book(tmp_path_factory.mktemp("regimes"))


@pytest.fixture(scope="module")
def published(book: Book) -> Mapping[str, bytes]:
    return files(book)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    return files(small_book(tmp_path_factory.mktemp("regimes")))


def rows_of(published: Mapping[str, bytes], name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(published[f"{name}.json"])["rows"]
    return rows


def both(words: Bilingual | None) -> dict[str, str] | None:
    return {"zh": words.zh, "en": words.en} if words else None


def bounds(found: Range | None) -> dict[str, int | None] | None:
    return {"min": found.min, "max": found.max} if found else None


def note(found: LegalNote) -> dict[str, Any]:
    return {
        "zh": found.zh,
        "en": found.en,
        "laws": list(found.laws),
        "evidence": found.evidence,
        "as_of": found.as_of.isoformat(),
    }


def place(row: PenaltyRow | LimitRow) -> dict[str, Any]:
    where, regime = row.clause, row.clause.regime
    return {
        "id": row.id,
        "regime": regime.id,
        "number": regime.number,
        "clause": where.id,
        "clause_zh": where.clause.zh,
        "citation": {"zh": citation(where, "zh"), "en": citation(where, "en")},
        "url": {"zh": f"regimes/{regime.id}/#{where.id}", "en": f"en/regimes/{regime.id}/#{where.id}"},
    }


def test_a_row_of_the_penalties_says_what_the_view_says(book: Book, published: Mapping[str, bytes]) -> None:
    expected = [
        {
            **place(row),
            "lead": row.lead.id,
            "conduct": both(row.conduct),
            "when": both(row.penalty.when),
            "measures": [
                {
                    "type": measure.type,
                    "class": class_,
                    "discretionary": measure.discretionary,
                    "yuan": bounds(measure.yuan),
                    "percent_of_illegal_gains": bounds(measure.percent_of_illegal_gains),
                }
                for measure, class_ in zip(row.measures, row.classes, strict=True)
            ],
            "alternatives": row.penalty.alternatives,
            "authority": row.penalty.authority,
            "basis": list(row.penalty.basis),
            "basis_status": list(row.statuses),
            "legal_notes": [note(n) for n in row.notes],
        }
        for row in penalty_rows(book)
    ]

    assert rows_of(published, "penalties") == expected != []


def test_a_row_of_the_limits_says_what_the_view_says(book: Book, published: Mapping[str, bytes]) -> None:
    expected = [
        {
            **place(row),
            "kind": row.kind,
            "value": row.value,
            "unit": row.unit,
            "at_least": row.at_least,
            "immediately": row.immediately,
            "inclusive": row.inclusive,
            "from": both(row.start),
            "actor": both(row.actor),
            "act": both(row.act),
            "binds": row.binds,
        }
        for row in limit_rows(book)
    ]

    assert rows_of(published, "time-limits") == expected != []


def test_the_items_of_a_list_and_the_steps_of_a_penalty_each_make_a_row(small: Mapping[str, bytes]) -> None:
    rows = rows_of(small, "penalties")

    assert [(r["id"], r["clause"], r["lead"], r["conduct"] and r["conduct"]["en"]) for r in rows] == [
        ("elevator-use.s2-p1-1.1", "s2-p1-1", "s2-p1", "Forging data"),
        ("elevator-use.s2-p1-2.1", "s2-p1-2", "s2-p1", "Refusing inspection"),
        ("elevator-use.s2-p1-1.2", "s2-p1-1", "s2-p1", "Forging data"),
        ("elevator-use.s2-p1-2.2", "s2-p1-2", "s2-p1", "Refusing inspection"),
        ("elevator-use.s2-p2.1", "s2-p2", "s2-p2", "rebuilding an elevator without permission"),
        ("elevator-use.s2-p3.1", "s2-p3", "s2-p3", None),
    ]


def test_the_first_penalty_of_the_small_book_in_full(small: Mapping[str, bytes]) -> None:
    assert rows_of(small, "penalties")[0] == {
        "id": "elevator-use.s2-p1-1.1",
        "regime": "elevator-use",
        "number": 1,
        "clause": "s2-p1-1",
        "clause_zh": "伪造数据的；",
        "lead": "s2-p1",
        "citation": {"zh": "一·二1", "en": "Regime 1, II1"},
        "conduct": {"zh": "伪造数据的", "en": "Forging data"},
        "when": None,
        "measures": [
            {
                "type": "warning",
                "class": "penalty",
                "discretionary": False,
                "yuan": None,
                "percent_of_illegal_gains": None,
            },
            {
                "type": "fine",
                "class": "penalty",
                "discretionary": True,
                "yuan": {"min": 1000, "max": 30000},
                "percent_of_illegal_gains": None,
            },
        ],
        "alternatives": False,
        "authority": "municipal_bureau",
        "basis": ["elevator-regulations", "elevator-form", "elevator-law"],
        "basis_status": ["unknown", "in_force"],
        "legal_notes": [
            {
                "zh": "该条例已修改，见[#s2-p2]。",
                "en": "The regulations have been amended, see [#s2-p2].",
                "laws": ["elevator-regulations"],
                "evidence": "https://example.org/",
                "as_of": "2026-11-24",
            }
        ],
        "url": {"zh": "regimes/elevator-use/#s2-p1-1", "en": "en/regimes/elevator-use/#s2-p1-1"},
    }


def test_the_limits_of_the_small_book_in_short(small: Mapping[str, bytes]) -> None:
    keys = ("id", "kind", "value", "unit", "at_least", "immediately", "inclusive", "binds")

    assert [tuple(row[key] for key in keys) for row in rows_of(small, "time-limits")] == [
        ("elevator-use.s1-1.limit-1", "frequency", 1, "per_year", True, False, None, None),
        ("elevator-use.s1-1.limit-2", "deadline", 5, "day", False, False, None, None),
        ("elevator-use.s1-1.limit-3", "deadline", None, None, False, True, None, None),
        ("elevator-use.s1-1.staffing-1", "staffing", 2, "person", True, False, None, "inspectors"),
        ("elevator-use.s1-2.threshold-1", "threshold", 300000, "yuan", True, False, True, None),
        ("elevator-use.s1-2.threshold-2", "threshold", 2, "time", True, False, None, None),
    ]


def test_a_measure_unknown_to_the_vocabulary_is_published_as_other(small: Mapping[str, bytes]) -> None:
    measure = rows_of(small, "penalties")[-1]["measures"][1]

    assert (measure["type"], measure["class"]) == ("unheard_of", "other")


def test_the_rows_of_the_real_regimes_are_as_many_as_the_files_annotate() -> None:
    published = files(real_book())
    penalties = limits = 0
    for file in REGIMES.glob("[0-9]*.yml"):
        for clause in clauses_of(YAML(typ="safe").load(file.read_text(encoding="utf-8"))):
            for penalty in clause.get("penalties", []):
                penalties += len(clause["items"]) if penalty["conduct"] == "items" else 1
            limits += sum(len(clause.get(key, [])) for key in ("time_limits", "staffing", "thresholds"))

    assert len(rows_of(published, "penalties")) == len(read_csv(published["penalties.csv"])) == penalties > 0
    assert len(rows_of(published, "time-limits")) == len(read_csv(published["time-limits.csv"])) == limits > 0


@pytest.mark.parametrize("name", TABLES)
def test_the_address_of_a_row_leads_to_a_clause_of_its_regime(published: Mapping[str, bytes], name: str) -> None:
    there = {row["id"]: {c["id"]: c for c in clauses_of(row)} for row in rows_of(published, "regimes")}

    for row in rows_of(published, name):
        for prefix, address in (("", row["url"]["zh"]), ("en/", row["url"]["en"])):
            path, _, anchor = address.partition("#")
            assert path == f"{prefix}regimes/{row['regime']}/"
            assert there[row["regime"]][anchor]["zh"] == row["clause_zh"]
            assert there[row["regime"]][anchor]["citation"] == row["citation"]
        assert row.get("lead", row["clause"]) in there[row["regime"]]


@pytest.mark.parametrize("name", TABLES)
def test_an_edition_that_is_not_published_has_no_address(book: Book, name: str) -> None:
    chinese_only = dataclasses.replace(book, handbook=book.handbook.model_copy(update={"editions": ("zh",)}))

    found = files(chinese_only)

    assert {row["url"]["en"] for row in rows_of(found, name)} == {None}
    assert {line["url_en"] for line in read_csv(found[f"{name}.csv"])} == {""}


def test_amounts_and_numbers_are_whole_numbers(published: Mapping[str, bytes]) -> None:
    measures = [m for row in rows_of(published, "penalties") for m in row["measures"]]
    ranges = [m[key] for m in measures for key in ("yuan", "percent_of_illegal_gains") if m[key]]
    numbers = [value for found in ranges for value in found.values() if value is not None]
    numbers += [row["value"] for row in rows_of(published, "time-limits") if row["value"] is not None]

    assert numbers
    assert {type(value) for value in numbers} == {int}


def validator(published: Mapping[str, bytes], name: str) -> Draft202012Validator:
    schema = json.loads(published[f"schema/{name}.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", TABLES)
def test_a_file_validates_against_its_own_schema(published: Mapping[str, bytes], name: str) -> None:
    assert list(validator(published, name).iter_errors(json.loads(published[f"{name}.json"]))) == []


@pytest.mark.parametrize(("name", "form"), [("penalties", "PenaltyRow"), ("time-limits", "TimeLimitRow")])
def test_a_schema_describes_the_fields_of_a_row(small: Mapping[str, bytes], name: str, form: str) -> None:
    schema = json.loads(small[f"schema/{name}.json"])["$defs"][form]

    plain = {"regime", "number"}
    assert set(schema["required"]) == set(schema["properties"]) == set(rows_of(small, name)[0])
    for field in set(schema["properties"]) - plain:
        assert re.search(rf"\b{field}\b", schema["description"], re.IGNORECASE), field


MUTATIONS: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "a key is missing": ("penalties", lambda row: row.pop("authority")),
    "a key is unknown": ("penalties", lambda row: row.update(colour="red")),
    "the id lacks its step": ("penalties", lambda row: row.update(id="elevator-use.s2-p1-1")),
    "there is no measure": ("penalties", lambda row: row.update(measures=[])),
    "a class is unheard of": ("penalties", lambda row: row["measures"][0].update({"class": "revenge"})),
    "an amount is text": ("penalties", lambda row: row["measures"][1]["yuan"].update(max="30000")),
    "an amount is negative": ("penalties", lambda row: row["measures"][1]["yuan"].update(min=-1)),
    "an amount is no range": ("penalties", lambda row: row["measures"][1].update(yuan=30000)),
    "an absent conduct is empty": ("penalties", lambda row: row.update(conduct="")),
    "a conduct lacks its English": ("penalties", lambda row: row.update(conduct={"zh": "伪造"})),
    "a note lacks its evidence": ("penalties", lambda row: row["legal_notes"][0].update(evidence=None)),
    "a kind is unheard of": ("time-limits", lambda row: row.update(kind="eternity")),
    "a value is text": ("time-limits", lambda row: row.update(value="5")),
    "a value is half": ("time-limits", lambda row: row.update(value=2.5)),
    "at_least is a number": ("time-limits", lambda row: row.update(at_least=1)),
    "from is missing": ("time-limits", lambda row: row.pop("from")),
    "the act is null": ("time-limits", lambda row: row.update(act=None)),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_changed_row_is_refused_by_the_schema_where(small: Mapping[str, bytes], mutation: str) -> None:
    name, change = MUTATIONS[mutation]
    data = json.loads(small[f"{name}.json"])

    change(data["rows"][0])

    assert not validator(small, name).is_valid(data)


@pytest.mark.parametrize(("name", "columns"), [("penalties", PENALTY_COLUMNS), ("time-limits", LIMIT_COLUMNS)])
def test_a_csv_file_opens_in_excel_as_chinese_and_runs_nothing(
    published: Mapping[str, bytes], name: str, columns: tuple[str, ...]
) -> None:
    content = published[f"{name}.csv"]
    lines = read_csv(content)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") == len(lines) + 1
    assert list(lines[0]) == list(columns)
    for line in lines:
        assert [
            cell for cell in line.values() if cell.lstrip()[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"}
        ] == []


def test_the_lines_of_the_penalties_say_what_the_rows_say(book: Book, published: Mapping[str, bytes]) -> None:
    lines, rows = read_csv(published["penalties.csv"]), rows_of(published, "penalties")
    words = book.vocabulary

    assert len(lines) == len(rows) > 0
    for line, row in zip(lines, rows, strict=True):
        for key in ("id", "regime", "clause", "lead", "clause_zh"):
            assert line[key] == row[key]
        for key in ("citation", "conduct", "when", "url"):
            found = row[key] or {"zh": "", "en": ""}
            assert (line[f"{key}_zh"], line[f"{key}_en"]) == (found["zh"], found["en"])
        assert line["number"] == str(row["number"])
        assert line["measures"].split(" | ") == [m["type"] for m in row["measures"]]
        assert line["classes"].split(" | ") == [m["class"] for m in row["measures"]]
        assert line["discretionary"].split(" | ") == [str(m["discretionary"]).lower() for m in row["measures"]]
        assert line["alternatives"] == str(row["alternatives"]).lower()
        for name, key in (("yuan", "yuan"), ("percent", "percent_of_illegal_gains")):
            first = next((m[key] for m in row["measures"] if m[key]), {"min": None, "max": None})
            assert line[f"{name}_min"] == ("" if first["min"] is None else str(first["min"]))
            assert line[f"{name}_max"] == ("" if first["max"] is None else str(first["max"]))
        assert line["authority"] == (row["authority"] or "")
        assert line["authority_en"] == (words.authorities[row["authority"]].en if row["authority"] else "")
        assert line["basis"] == " | ".join(row["basis"])
        assert line["basis_zh"] == " | ".join(book.laws_by_id[law].cited_as.zh for law in row["basis"])
        assert line["basis_status"] == " | ".join(row["basis_status"])
        assert line["basis_status_zh"] == " | ".join(words.statuses[status].zh for status in row["basis_status"])
        assert len(line["legal_notes_zh"].split(" | ")) == max(1, len(row["legal_notes"]))
        assert "[#" not in line["legal_notes_zh"] + line["legal_notes_en"]


def test_measures_are_named_with_their_force_and_bounds(small: Mapping[str, bytes]) -> None:
    lines = read_csv(small["penalties.csv"])

    assert [(line["measures_zh"], line["measures_en"]) for line in lines[1:]] == [
        ("警告 | 罚款（可，1,000–30,000 元）", "Warning | Fine (may, RMB 1,000–30,000)"),
        ("撤销 | 注销", "Rescission | Deregistration"),
        ("撤销 | 注销", "Rescission | Deregistration"),
        (
            "没收违法所得 | 罚款（违法所得的 10%–50%）",
            "Confiscation of illegal gains | Fine (10%–50% of the illegal gains)",
        ),
        ("罚款（不超过 3,000 元） | unheard_of", "Fine (not more than RMB 3,000) | unheard_of"),
    ]
    assert (lines[0]["legal_notes_zh"], lines[0]["legal_notes_en"]) == (
        "该条例已修改，见二第2段。",
        "The regulations have been amended, see II para. 2.",
    )


def test_the_lines_of_the_limits_say_what_the_rows_say(book: Book, published: Mapping[str, bytes]) -> None:
    lines, rows = read_csv(published["time-limits.csv"]), rows_of(published, "time-limits")

    assert len(lines) == len(rows) > 0
    for line, row in zip(lines, rows, strict=True):
        for key in ("id", "regime", "clause", "clause_zh", "kind", "unit", "binds"):
            assert line[key] == (row[key] or "")
        for key in ("citation", "from", "actor", "act", "url"):
            found = row[key] or {"zh": "", "en": ""}
            assert (line[f"{key}_zh"], line[f"{key}_en"]) == (found["zh"], found["en"])
        for key in ("at_least", "immediately", "inclusive"):
            assert line[key] == {True: "true", False: "false", None: ""}[row[key]]
        assert line["value"] == ("" if row["value"] is None else str(row["value"]))
        assert line["unit_zh"] == (book.vocabulary.units[row["unit"]].zh if row["unit"] else "")
        assert line["kind_zh"]
        assert bool(line["binds_en"]) is bool(row["binds"])


def test_a_formula_in_a_conduct_reaches_the_csv_disarmed_and_the_json_as_written(tmp_path: Path) -> None:
    evil = REGIME.replace(
        "{zh: 擅自改造电梯, en: rebuilding an elevator without permission}", "{zh: =1+1, en: '@SUM(A1)'}"
    )

    found = files(small_book(tmp_path, evil))

    line, row = read_csv(found["penalties.csv"])[4], rows_of(found, "penalties")[4]
    assert (line["conduct_zh"], line["conduct_en"]) == ("'=1+1", "'@SUM(A1)")
    assert row["conduct"] == {"zh": "=1+1", "en": "@SUM(A1)"}


def test_a_book_without_annotations_has_empty_tables_with_named_columns(tmp_path: Path) -> None:
    bare = re.sub(r"(?ms)^        (penalties|time_limits|staffing|thresholds):\n(?:          .*\n)+", "", REGIME)

    found = files(small_book(tmp_path, bare))

    assert [rows_of(found, name) for name in TABLES] == [[], []]
    assert found["penalties.csv"].decode("utf-8-sig") == ",".join(PENALTY_COLUMNS) + "\r\n"
    assert found["time-limits.csv"].decode("utf-8-sig") == ",".join(LIMIT_COLUMNS) + "\r\n"
