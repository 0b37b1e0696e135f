"""The published JSON, CSV and schemas, made from the real regimes and read again as a stranger would read them."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from handbook.exports import rows
from handbook.exports.json_csv import (
    CLAUSE_COLUMNS,
    LAW_COLUMNS,
    TERM_COLUMNS,
    clause_cells,
    files,
    harmless,
    law_cells,
    write,
)
from handbook.model import Book, Glossary, Law, LegalNote, Term
from handbook.source import read

REGIMES = Path(__file__).parents[2] / "regimes"
TABLES = ("regimes", "penalties", "time-limits", "checklists", "laws", "glossary")


@pytest.fixture(scope="module")
def book() -> Book:
    reading = read(REGIMES)
    assert reading.complete
    assert reading.book
    return reading.book


@pytest.fixture(scope="module")
def published(book: Book) -> Mapping[str, bytes]:
    return files(book)


@pytest.fixture
def data(published: Mapping[str, bytes]) -> dict[str, Any]:
    """Each JSON file by its name, parsed anew for every test so that a test may change it."""
    return {name: json.loads(published[f"{name}.json"]) for name in TABLES}


def validator(published: Mapping[str, bytes], name: str) -> Draft202012Validator:
    schema = json.loads(published[f"schema/{name}.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def flat(clauses: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for clause in clauses:
        yield clause
        yield from flat(clause["items"])


def clauses_of(regime: dict[str, Any]) -> list[dict[str, Any]]:
    return [*flat(regime["preamble"]), *(c for section in regime["sections"] for c in flat(section["clauses"]))]


def keys_of(data: dict[str, Any]) -> set[str]:
    return {f"{regime['id']}#{clause['id']}" for regime in data["regimes"]["rows"] for clause in clauses_of(regime)}


def values(node: Any) -> Iterator[Any]:
    yield node
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from values(child)


def test_the_files_are_six_tables_each_as_json_csv_and_schema_one_workbook_and_what_is_searched(
    published: Mapping[str, bytes],
) -> None:
    expected = {f"{name}.{kind}" for name in TABLES for kind in ("json", "csv")} | {f"schema/{n}.json" for n in TABLES}
    expected |= {"redirects.json", "schema/redirects.json"}

    searched = {name for e in ("zh", "en") for name in (f"search-{e}.json", f"schema/search-{e}.json")}

    assert set(published) == expected | searched | {"handbook.xlsx"}


def test_the_issued_text_is_recomposed_from_the_regimes_file_alone(data: dict[str, Any]) -> None:
    source = YAML(typ="safe").load((REGIMES / "_handbook.yml").read_text(encoding="utf-8"))["source"]
    issued = (REGIMES / source["file"]).read_text(encoding="utf-8").split("\n")

    lines = list(source["lines"])
    for regime in data["regimes"]["rows"]:
        lines.append(f"{regime['marker'] or ''}{regime['title']['zh']}")
        lines += [(c["marker"] or "") + c["zh"] for c in flat(regime["preamble"])]
        for section in regime["sections"]:
            lines.append(f"{section['marker'] or ''}{section['heading']['zh']}")
            lines += [(c["marker"] or "") + c["zh"] for c in flat(section["clauses"])]

    assert ["".join(line.split()) for line in lines] == ["".join(line.split()) for line in issued if line.strip()]
    assert data["regimes"]["source_sha256"] == source["sha256"]


@pytest.mark.parametrize("name", TABLES)
def test_a_file_validates_against_its_own_schema(
    published: Mapping[str, bytes], data: dict[str, Any], name: str
) -> None:
    assert list(validator(published, name).iter_errors(data[name])) == []


@pytest.mark.parametrize("name", TABLES)
def test_a_schema_requires_every_key_and_allows_no_other(published: Mapping[str, bytes], name: str) -> None:
    schema = json.loads(published[f"schema/{name}.json"])
    objects = [node for node in values(schema) if isinstance(node, dict) and node.get("type") == "object"]

    assert objects
    for node in objects:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])


def test_the_schema_of_the_regimes_names_every_aspect_of_the_vocabulary(
    book: Book, published: Mapping[str, bytes], data: dict[str, Any]
) -> None:
    schema = json.loads(published["schema/regimes.json"])

    words = list(book.vocabulary.aspects)
    assert schema["$defs"]["RegimeRow"]["properties"]["aspects"]["required"] == words
    assert all(list(regime["aspects"]) == words for regime in data["regimes"]["rows"])


def an_item(regime: dict[str, Any]) -> dict[str, Any]:
    """A clause that stands below another."""
    return next(item for clause in clauses_of(regime) for item in clause["items"])


MUTATIONS: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "a key is missing": ("regimes", lambda row: row.pop("verified")),
    "a key is unknown": ("regimes", lambda row: row.update(colour="red")),
    "a title is empty": ("regimes", lambda row: row["title"].update(en="")),
    "a number is text": ("regimes", lambda row: row.update(number="7")),
    "an aspect is missing": ("regimes", lambda row: row["aspects"].pop("method")),
    "an aspect is unknown": ("regimes", lambda row: row["aspects"].update(extra=row["aspects"]["object"])),
    "stated is not a truth value": ("regimes", lambda row: row["aspects"]["object"].update(stated="yes")),
    "a regime has null for sections": ("regimes", lambda row: row.update(sections=None)),
    "an item lacks its English": ("regimes", lambda row: an_item(row).update(en=None)),
    "an item has a malformed id": ("regimes", lambda row: an_item(row).update(id="5.1")),
    "the date of the check is no date": ("regimes", lambda row: row["verified"].update(on="yesterday")),
    "a note of a term is empty text": ("glossary", lambda row: row.update(note="")),
    "a clause of a term names no regime": ("glossary", lambda row: row["clauses"].append("s1-1")),
    "a citation lacks its clause": ("laws", lambda row: row["cited_by"].append({"regime": "advertising"})),
    "a date is written the local way": ("laws", lambda row: row.update(first_issued="1.2.2003")),
    "a confidence is unheard of": ("laws", lambda row: row["confidence"].update(status="absolute")),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_changed_row_is_refused_by_the_schema_where(
    published: Mapping[str, bytes], data: dict[str, Any], mutation: str
) -> None:
    name, change = MUTATIONS[mutation]
    row = next(r for r in data[name]["rows"] if r["id"] == "measuring-instrument-makers") if name == "regimes" else None

    change(row or data[name]["rows"][0])

    assert not validator(published, name).is_valid(data[name])


def test_the_regimes_file_holds_every_clause_once_in_the_order_of_the_source(book: Book, data: dict[str, Any]) -> None:
    found = [f"{regime['id']}#{clause['id']}" for regime in data["regimes"]["rows"] for clause in clauses_of(regime)]

    assert found == [located.key for located in book.clauses]


def test_every_erratum_of_the_regimes_is_published(book: Book, data: dict[str, Any]) -> None:
    recorded = sum(
        len(r.errata) + sum(len(s.errata) for s in r.sections) + sum(len(f.clause.errata) for f in book.by_regime[r.id])
        for r in book.regimes
    )

    published = sum(len(v["errata"]) for v in values(data["regimes"]["rows"]) if isinstance(v, dict) and "errata" in v)

    assert published == recorded > 0


def test_an_aspect_a_heading_states_holds_every_clause_of_its_sections(data: dict[str, Any]) -> None:
    for regime in data["regimes"]["rows"]:
        for word, aspect in regime["aspects"].items():
            stating = [section for section in regime["sections"] if word in section["aspects"]]
            assert aspect["stated"] is bool(stating)
            if stating:
                assert aspect["clauses"] == [c["id"] for section in stating for c in flat(section["clauses"])]


def test_an_aspect_drawn_from_a_whole_section_holds_the_clauses_of_that_section(
    book: Book, data: dict[str, Any]
) -> None:
    drawn = {r.number: r.unstated_aspects["object"].drawn_from for r in book.regimes if "object" in r.unstated_aspects}
    regime = next(row for row in data["regimes"]["rows"] if row["number"] == 20)

    assert drawn[20] == ("s1",)
    assert regime["aspects"]["object"]["stated"] is False
    assert regime["aspects"]["object"]["note"]["en"]
    assert regime["aspects"]["object"]["clauses"] == [c["id"] for c in flat(regime["sections"][0]["clauses"])]


def test_an_aspect_neither_stated_nor_declared_is_empty() -> None:
    reading = read(REGIMES)
    assert reading.book
    regime = reading.book.regimes[0]
    bare = regime.model_copy(
        update={
            "unstated_aspects": {},
            "sections": tuple(s.model_copy(update={"aspects": (), "aspects_note": None}) for s in regime.sections),
        }
    )
    book = dataclasses.replace(reading.book, regimes=(bare,))

    aspects = rows.regimes(book).rows[0].aspects

    assert {(a.stated, a.clauses, a.note) for a in aspects.values()} == {(False, (), None)}


def test_a_legal_note_is_published_with_its_evidence_and_date(book: Book) -> None:
    note = LegalNote.model_validate(
        {"zh": "已废止", "en": "repealed", "evidence": "https://example.org/", "as_of": "2026-11-24"}
    )
    regime = book.regimes[0]
    clause = regime.sections[0].clauses[0].model_copy(update={"legal_note": note})
    section = regime.sections[0].model_copy(update={"clauses": (clause, *regime.sections[0].clauses[1:])})
    changed = regime.model_copy(update={"sections": (section, *regime.sections[1:])})

    found = json.loads(files(dataclasses.replace(book, regimes=(changed,)))["regimes.json"])

    assert found["rows"][0]["sections"][0]["clauses"][0]["legal_notes"] == [
        {"zh": "已废止", "en": "repealed", "laws": [], "evidence": "https://example.org/", "as_of": "2026-11-24"}
    ]


def test_every_id_a_row_names_is_there(data: dict[str, Any]) -> None:
    keys, laws = keys_of(data), {law["id"] for law in data["laws"]["rows"]}

    for law in data["laws"]["rows"]:
        assert {f"{c['regime']}#{c['clause']}" for c in law["cited_by"]} <= keys
    for term in data["glossary"]["rows"]:
        assert set(term["clauses"]) <= keys
    for regime in data["regimes"]["rows"]:
        assert set(regime["laws"]) <= laws
        assert {f"{regime['id']}#{c}" for aspect in regime["aspects"].values() for c in aspect["clauses"]} <= keys


def test_the_laws_of_the_regimes_and_the_clauses_of_the_laws_say_the_same(data: dict[str, Any]) -> None:
    by_regime = {(r["id"], law) for r in data["regimes"]["rows"] for law in r["laws"]}
    by_law = {(c["regime"], law["id"]) for law in data["laws"]["rows"] for c in law["cited_by"]}

    assert by_regime == by_law != set()


def test_a_clause_citing_a_law_prints_its_title_between_marks(data: dict[str, Any]) -> None:
    texts = {f"{r['id']}#{c['id']}": c["zh"] for r in data["regimes"]["rows"] for c in clauses_of(r)}

    for law in data["laws"]["rows"]:
        marked = f"《{law['cited_as']['zh']}》"
        assert [f"{c['regime']}#{c['clause']}" for c in law["cited_by"]] == [k for k, t in texts.items() if marked in t]


def test_a_row_of_the_laws_holds_everything_in_the_register(book: Book, data: dict[str, Any]) -> None:
    fields = set(Law.model_fields)

    for row, law in zip(data["laws"]["rows"], book.laws.laws, strict=True):
        assert set(row) == fields | {"cited_by"}
        assert {name: row[name] for name in fields} == law.model_dump(mode="json")


def test_a_row_of_the_glossary_holds_everything_in_the_term_base(book: Book, data: dict[str, Any]) -> None:
    for row, term in zip(data["glossary"]["rows"], book.glossary.terms, strict=True):
        assert {name: row[name] for name in row if name != "clauses"} == term.model_dump(mode="json")


def test_what_is_absent_is_null_and_never_an_empty_text(data: dict[str, Any]) -> None:
    assert all(value != "" for value in values(data))


def test_the_addresses_are_those_of_the_two_editions(data: dict[str, Any]) -> None:
    for regime in data["regimes"]["rows"]:
        assert regime["url"] == {"zh": f"regimes/{regime['id']}/", "en": f"en/regimes/{regime['id']}/"}


def test_an_edition_that_is_not_published_has_no_address(book: Book) -> None:
    chinese_only = dataclasses.replace(book, handbook=book.handbook.model_copy(update={"editions": ("zh",)}))

    row = rows.regimes(chinese_only).rows[0]

    assert row.url == rows.UrlRow(zh=f"regimes/{row.id}/", en=None)
    assert {line["url_en"] for line in read_csv(files(chinese_only)["regimes.csv"])} == {""}


def test_the_same_files_give_the_same_bytes(published: Mapping[str, bytes]) -> None:
    again = read(REGIMES).book
    assert again

    assert files(again) == published


@pytest.mark.parametrize("name", TABLES)
def test_a_csv_file_opens_in_excel_as_chinese(published: Mapping[str, bytes], name: str) -> None:
    content = published[f"{name}.csv"]

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_the_csv_of_the_regimes_is_a_line_a_clause_with_the_same_words(
    published: Mapping[str, bytes], data: dict[str, Any]
) -> None:
    expected = [
        {
            "regime": regime["id"],
            "number": str(regime["number"]),
            "category": regime["category"],
            "title_zh": regime["title"]["zh"],
            "title_en": regime["title"]["en"],
            "section": section["id"],
            "heading_zh": section["heading"]["zh"],
            "heading_en": section["heading"]["en"],
            "aspects": "|".join(section["aspects"]),
            "clause": clause["id"],
            "citation_zh": clause["citation"]["zh"],
            "citation_en": clause["citation"]["en"],
            "marker": clause["marker"] or "",
            "zh": clause["zh"],
            "en": clause["en"],
            "url_zh": f"{regime['url']['zh']}#{clause['id']}",
            "url_en": f"{regime['url']['en']}#{clause['id']}",
        }
        for regime in data["regimes"]["rows"]
        for section in (
            {"id": "", "heading": {"zh": "", "en": ""}, "aspects": [], "clauses": regime["preamble"]},
            *regime["sections"],
        )
        for clause in flat(section["clauses"])
    ]

    assert read_csv(published["regimes.csv"]) == expected


@pytest.mark.parametrize("name", ["glossary", "laws"])
def test_the_csv_of_a_register_is_a_line_a_row_with_every_field_flattened(
    published: Mapping[str, bytes], data: dict[str, Any], name: str
) -> None:
    lines = read_csv(published[f"{name}.csv"])

    assert len(lines) == len(data[name]["rows"]) > 0
    for line, row in zip(lines, data[name]["rows"], strict=True):
        seen = set()
        for field, value in row.items():
            if field in line:
                seen.add(field)
                texts = [v if isinstance(v, str) else f"{v['regime']}#{v['clause']}" for v in value or []]
                assert line[field] == (" | ".join(texts) if isinstance(value, list) else value or "")
            else:
                parts = {column.removeprefix(f"{field}_") for column in line if column.startswith(f"{field}_")}
                parts = parts & {"zh", "en"} or parts
                seen |= {f"{field}_{part}" for part in parts}
                assert parts
                assert {part: line[f"{field}_{part}"] for part in parts} == (value or dict.fromkeys(parts, ""))
        assert seen == set(line)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x"])
def test_a_cell_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "罚款", "1-2", "a=b", "'quoted'", "-5", "+86", "（一）", "3.5"])
def test_a_cell_no_spreadsheet_would_run_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_formula_in_the_data_reaches_the_csv_disarmed_and_the_json_as_written(book: Book) -> None:
    term = Term(zh='=HYPERLINK("x")', en='@evil, "quoted"', domain="institutions")

    found = files(dataclasses.replace(book, glossary=Glossary(terms=(term,))))

    line, row = read_csv(found["glossary.csv"])[0], json.loads(found["glossary.json"])["rows"][0]
    assert (line["zh"], line["en"]) == ("'" + term.zh, "'" + term.en)
    assert (row["zh"], row["en"]) == (term.zh, term.en)


def test_an_empty_table_still_names_its_columns(book: Book) -> None:
    found = files(dataclasses.replace(book, glossary=Glossary(terms=())))

    assert found["glossary.csv"].decode("utf-8-sig") == ",".join(TERM_COLUMNS) + "\r\n"
    assert json.loads(found["glossary.json"])["rows"] == []


@pytest.mark.parametrize(("name", "columns"), [("regimes", CLAUSE_COLUMNS), ("laws", LAW_COLUMNS)])
def test_no_cell_is_computed_that_has_no_column(book: Book, name: str, columns: tuple[str, ...]) -> None:
    cells = next(clause_cells(rows.regimes(book))) if name == "regimes" else law_cells(rows.laws(book).rows[0])

    assert tuple(cells) == columns


def test_writing_puts_every_file_below_the_folder(book: Book, published: Mapping[str, bytes], tmp_path: Path) -> None:
    written = write(book, tmp_path / "site" / "data")

    below = {file.relative_to(tmp_path / "site" / "data").as_posix(): file.read_bytes() for file in written}
    assert below == published
