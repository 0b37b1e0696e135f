"""The workbook, read again by another library: every row there, numbers as numbers, nothing that runs or links."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from handbook.exports.json_csv import files
from handbook.exports.xlsx import CREATED, FONT, LINE_HEIGHT, LONGEST, MOST_LINES, text_lines
from handbook.model import Book
from tests.exports.small import REGIME, clauses_of, real_book, small_book

SHEETS = ("regimes", "penalties", "time-limits", "checklists", "laws", "glossary")


@pytest.fixture(scope="module", params=["small", "real"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Book:
    return real_book() if request.param == "real" else small_book(tmp_path_factory.mktemp("regimes"))


@pytest.fixture(scope="module")
def published(book: Book) -> Mapping[str, bytes]:
    return files(book)


@pytest.fixture(scope="module")
def workbook(published: Mapping[str, bytes]) -> Workbook:
    return opened(published)


def opened(published: Mapping[str, bytes]) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(published["handbook.xlsx"]))


def part(published: Mapping[str, bytes], name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(published["handbook.xlsx"])) as archive:
        return archive.read(name).decode("utf-8")


def rows_of(published: Mapping[str, bytes], name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(published[f"{name}.json"])["rows"]
    return rows


def lines_of(workbook: Workbook, name: str) -> list[dict[str, Any]]:
    """The lines of a sheet by the English of their headings."""
    head, *lines = workbook[name].iter_rows(values_only=True)
    names = [str(cell).partition("\n")[2] for cell in head]
    assert len(set(names)) == len(names)
    return [dict(zip(names, line, strict=True)) for line in lines]


def both(words: dict[str, str] | None) -> str | None:
    return f"{words['zh']}\n{words['en']}" if words else None


def test_the_sheets_are_the_six_tables_in_their_order(workbook: Workbook) -> None:
    assert workbook.sheetnames == list(SHEETS)


def test_no_row_of_a_table_is_missing(workbook: Workbook, published: Mapping[str, bytes]) -> None:
    clauses = sum(len(list(clauses_of(row))) for row in rows_of(published, "regimes"))

    assert len(lines_of(workbook, "regimes")) == clauses > 0
    for name in SHEETS[1:]:
        rows = rows_of(published, name)
        expected = sum(len(row["items"]) for row in rows) if name == "checklists" else len(rows)
        assert len(lines_of(workbook, name)) == expected > 0


def test_a_line_of_the_regimes_is_a_clause(workbook: Workbook, published: Mapping[str, bytes]) -> None:
    expected = [
        (
            row["number"],
            both(row["title"]),
            both(clause["citation"]),
            clause["marker"],
            clause["zh"],
            clause["en"],
            row["id"],
            clause["id"],
            f"{row['url']['zh']}#{clause['id']}",
            f"{row['url']['en']}#{clause['id']}",
        )
        for row in rows_of(published, "regimes")
        for clause in clauses_of(row)
    ]
    keys = (
        "No.",
        "Regime",
        "Clause",
        "Marker",
        "Chinese",
        "English",
        "Regime id",
        "Clause id",
        "Chinese address",
        "English address",
    )

    assert [tuple(line[key] for key in keys) for line in lines_of(workbook, "regimes")] == expected


def test_every_slip_of_the_source_is_told_once(workbook: Workbook, published: Mapping[str, bytes]) -> None:
    regimes = rows_of(published, "regimes")
    slips = [e for row in regimes for e in row["errata"]]
    slips += [e for row in regimes for section in row["sections"] for e in section["errata"]]
    slips += [e for row in regimes for clause in clauses_of(row) for e in clause["errata"]]

    told = [line["Slips of the source"] or "" for line in lines_of(workbook, "regimes")]

    assert sum(len(re.findall(r"(?m)^“.+?”：", cell)) for cell in told) == len(slips) > 0


def test_a_slip_of_a_heading_is_told_beside_the_first_clause_below_it(tmp_path: Path) -> None:
    lines = lines_of(opened(files(small_book(tmp_path))), "regimes")

    assert {line["Clause id"]: line["Slips of the source"] for line in lines if line["Slips of the source"]} == {
        "s0-p1": "“使用”：参见一\nSee section I.",
        "s2-p1": "“处理”：与一（一）不一\nDiffers from I(1).",
    }


def test_a_line_of_the_penalties_says_what_the_row_says(
    book: Book, workbook: Workbook, published: Mapping[str, bytes]
) -> None:
    words = book.vocabulary

    for line, row in zip(lines_of(workbook, "penalties"), rows_of(published, "penalties"), strict=True):
        fine = next((m["yuan"] for m in row["measures"] if m["yuan"]), {"min": None, "max": None})
        share = next(
            (m["percent_of_illegal_gains"] for m in row["measures"] if m["percent_of_illegal_gains"]),
            {"min": None, "max": None},
        )
        authority = words.authorities[row["authority"]] if row["authority"] else None
        conduct = row["conduct"] or {"zh": None, "en": None}
        assert line["Id"] == row["id"]
        assert line["No."] == row["number"]
        assert line["Clause"] == both(row["citation"])
        assert (line["Conduct (Chinese)"], line["Conduct (English)"]) == (conduct["zh"], conduct["en"])
        assert line["Condition"] == both(row["when"])
        assert (line["Least, RMB"], line["Most, RMB"]) == (fine["min"], fine["max"])
        assert (line["Least, % of gains"], line["Most, % of gains"]) == (share["min"], share["max"])
        assert line["Decided by"] == (f"{authority.zh}\n{authority.en}" if authority else None)
        assert line["Words of the clause"] == row["clause_zh"]
        assert line["Clause stating the consequence"] == row["lead"]
        assert (line["Chinese address"], line["English address"]) == (row["url"]["zh"], row["url"]["en"])
        assert len(line["Measures (English)"].split("\n")) == len(row["measures"])
        assert bool(line["Legal note"]) is bool(line["Legal note (Chinese)"]) is bool(row["legal_notes"])
        for status in row["basis_status"]:
            assert words.statuses[status].zh in line["Status of the basis"]
            assert words.statuses[status].en in line["Status of the basis"]


def test_alternatives_are_joined_by_or(tmp_path: Path) -> None:
    lines = lines_of(opened(files(small_book(tmp_path))), "penalties")

    assert (lines[0]["Measures (Chinese)"], lines[0]["Measures (English)"]) == (
        "警告\n罚款（可，1,000–30,000 元）",
        "Warning\nFine (may, RMB 1,000–30,000)",
    )
    assert (lines[2]["Measures (Chinese)"], lines[2]["Measures (English)"]) == (
        "撤销\n或 注销",
        "Rescission\nor Deregistration",
    )


def test_a_line_of_the_limits_says_what_the_row_says(
    book: Book, workbook: Workbook, published: Mapping[str, bytes]
) -> None:
    truth = {True: "是 Yes", False: "否 No", None: None}

    for line, row in zip(lines_of(workbook, "time-limits"), rows_of(published, "time-limits"), strict=True):
        unit = book.vocabulary.units[row["unit"]] if row["unit"] else None
        assert line["Id"] == row["id"]
        assert line["Number"] == row["value"]
        assert line["Unit"] == (f"{unit.zh}\n{unit.en}" if unit else None)
        assert [line["At least"], line["At once"], line["Inclusive"]] == [
            truth[row["at_least"]],
            truth[row["immediately"]],
            truth[row["inclusive"]],
        ]
        assert (line["What (Chinese)"], line["What (English)"]) == (row["act"]["zh"], row["act"]["en"])
        assert (line["By whom"], line["From"]) == (both(row["actor"]), both(row["from"]))
        assert bool(line["Binds"]) is bool(row["binds"])
        assert (line["Chinese address"], line["English address"]) == (row["url"]["zh"], row["url"]["en"])


def test_a_line_of_the_laws_says_what_the_row_says(
    book: Book, workbook: Workbook, published: Mapping[str, bytes]
) -> None:
    for line, row in zip(lines_of(workbook, "laws"), rows_of(published, "laws"), strict=True):
        status = book.vocabulary.statuses[row["status"]] if row["status"] else None
        assert line["Id"] == row["id"]
        assert (line["Cited as (Chinese)"], line["Cited as (English)"]) == (
            row["cited_as"]["zh"],
            row["cited_as"]["en"],
        )
        assert line["Status"] == (f"{status.zh}\n{status.en}" if status else None)
        assert line["First issued"] == row["first_issued"]
        assert line["Reviewed on"] == datetime.fromisoformat(row["reviewed_on"])
        assert line["Citing clauses"] == len(row["cited_by"])
        assert line["About the status"] == both(row["status_note"])
        assert line["Evidence"] == ("\n".join(row["evidence"]) or None)


def test_a_line_of_the_glossary_says_what_the_row_says(workbook: Workbook, published: Mapping[str, bytes]) -> None:
    for line, row in zip(lines_of(workbook, "glossary"), rows_of(published, "glossary"), strict=True):
        assert (line["Chinese"], line["English"]) == (row["zh"], row["en"])
        assert line["Seen elsewhere"] == ("\n".join(row["variants"]) or None)
        assert line["Note"] == both(row["note"])
        assert line["Clauses"] == len(row["clauses"])


NUMBERS = {
    "regimes": ("No.",),
    "penalties": ("No.", "Least, RMB", "Most, RMB", "Least, % of gains", "Most, % of gains"),
    "time-limits": ("No.", "Number"),
    "checklists": ("No.", "Item"),
    "laws": ("Citing clauses",),
    "glossary": ("Clauses",),
}


@pytest.mark.parametrize("name", SHEETS)
def test_numbers_are_numbers_and_nothing_else_is_one(workbook: Workbook, name: str) -> None:
    head, *lines = workbook[name].iter_rows()
    names = [str(cell.value).partition("\n")[2] for cell in head]

    for line in lines:
        for column, cell in zip(names, line, strict=True):
            if cell.value is None:
                continue
            kind = "n" if column in NUMBERS[name] else "d" if column == "Reviewed on" else "s"
            assert (cell.data_type, column) == (kind, column)
            if kind == "n":
                assert type(cell.value) is int


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_absent_is_an_empty_cell(workbook: Workbook, name: str) -> None:
    cells = [cell.value for line in workbook[name].iter_rows() for cell in line]

    assert [c for c in cells if isinstance(c, str) and c.strip().lower() in {"", "none", "null", "nan", "[]"}] == []


@pytest.mark.parametrize("name", SHEETS)
def test_places_in_notes_are_cited_as_a_reader_cites_them(workbook: Workbook, name: str) -> None:
    assert [c.value for line in workbook[name].iter_rows() for c in line if "[#" in str(c.value)] == []


def test_no_cell_is_a_formula_or_a_link(workbook: Workbook, published: Mapping[str, bytes]) -> None:
    for sheet in workbook:
        assert [c.value for line in sheet.iter_rows() for c in line if c.data_type == "f" or c.hyperlink] == []
    with zipfile.ZipFile(io.BytesIO(published["handbook.xlsx"])) as archive:
        for entry in archive.namelist():
            if entry.startswith("xl/worksheets/"):
                assert not re.search(rb"<f[ >/]|<hyperlink", archive.read(entry)), entry


EVIL = ("=1+1", '@HYPERLINK("https://example.org/")', "https://example.org/", "mailto:a@example.org", "007", "=")


@pytest.mark.parametrize("text", EVIL)
def test_a_text_stays_the_text_it_is(tmp_path: Path, text: str) -> None:
    quoted = "'" + text + "'"
    regime = REGIME.replace(
        "zh: 擅自改造电梯, en: rebuilding an elevator without permission", f"zh: {quoted}, en: {quoted}"
    )

    sheet = opened(files(small_book(tmp_path, regime)))["penalties"]

    cells = [c for line in sheet.iter_rows() for c in line if c.value == text]
    assert [(c.data_type, c.hyperlink) for c in cells] == [("s", None), ("s", None)]


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis(tmp_path: Path) -> None:
    regime = REGIME.replace("rebuilding an elevator without permission", "x" * (LONGEST + 5))

    lines = lines_of(opened(files(small_book(tmp_path, regime))), "penalties")

    assert lines[4]["Conduct (English)"] == "x" * (LONGEST - 1) + "…"


@pytest.mark.parametrize("name", SHEETS)
def test_the_header_is_bold_in_two_languages_frozen_and_filters(workbook: Workbook, name: str) -> None:
    sheet = workbook[name]

    for cell in sheet[1]:
        assert cell.font.bold
        assert re.fullmatch(r"[一-鿿（）]+\n[A-Z][A-Za-z,:%(). -]+", str(cell.value))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_prints_across_a4_with_its_header_on_every_page(workbook: Workbook, name: str) -> None:
    sheet = workbook[name]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter
    assert sheet.oddFooter.center
    assert sheet.oddFooter.center.text == "&P / &N"
    assert printed(sheet)[0] == 1
    assert printed(sheet)[1] == sheet.max_row


def printed(sheet: Worksheet) -> tuple[int, int]:
    """The first and the last row that are printed."""
    found = re.fullmatch(r".*\$A\$(\d+):\$[A-Z]+\$(\d+)", sheet.print_area)
    assert found
    return int(found[1]), int(found[2])


def test_every_cell_is_in_a_font_with_chinese_that_no_theme_overrides(
    workbook: Workbook, published: Mapping[str, bytes]
) -> None:
    fonts = {cell.font.name for sheet in workbook for line in sheet.iter_rows() for cell in line}

    assert fonts == {FONT}
    assert "<scheme" not in part(published, "xl/styles.xml")


def test_amounts_alone_are_red(workbook: Workbook) -> None:
    red = {
        (sheet.title, str(head.value).partition("\n")[2])
        for sheet in workbook
        for line in sheet.iter_rows(min_row=2)
        for head, cell in zip(sheet[1], line, strict=True)
        if cell.font.color is not None and cell.font.color.rgb == "FFA3281F"
    }

    assert red == {("penalties", column) for column in NUMBERS["penalties"][1:]}


@pytest.mark.parametrize("name", SHEETS)
def test_every_wrapped_text_is_shown_whole(workbook: Workbook, name: str) -> None:
    sheet = workbook[name]

    widths = widths_of(sheet)
    for index, line in enumerate(sheet.iter_rows(), start=1):
        height = sheet.row_dimensions[index].height
        assert height is not None
        assert height <= 409
        for width, cell in zip(widths, line, strict=True):
            if isinstance(cell.value, str) and cell.alignment.wrap_text:
                lines = text_lines(cell.value, width)
                assert lines <= MOST_LINES
                assert height >= lines * LINE_HEIGHT


def widths_of(sheet: Worksheet) -> list[int]:
    """The widths of the columns as they were asked for; Excel adds the padding of a cell."""
    widths: dict[int, int] = {}
    for found in sheet.column_dimensions.values():
        assert found.min
        assert found.max
        widths |= dict.fromkeys(range(found.min, found.max + 1), round(found.width - 5 / 7))
    return [widths[at + 1] for at in range(sheet.max_column)]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("罚款罚款罚", 10, 1),
        ("罚款罚款罚款", 10, 2),
        ("fine or warning", 10, 2),
        ("one\ntwo\nthree", 10, 3),
        ("a b c d e f", 11, 1),
        ("x" * 30, 10, 4),
        ("罚款 fine 罚款 fine", 10, 2),
    ],
)
def test_the_lines_of_a_text_in_a_column(text: str, width: int, lines: int) -> None:
    assert text_lines(text, width) == lines


def test_a_column_grows_until_its_longest_text_fits(tmp_path: Path) -> None:
    long = " ".join(["elevator"] * 200)
    regime = REGIME.replace("en: rebuilding an elevator without permission", f"en: {long}")

    sheet = opened(files(small_book(tmp_path, regime)))["penalties"]

    heads = [str(cell.value).partition("\n")[2] for cell in sheet[1]]
    assert text_lines(long, 28) > MOST_LINES
    assert text_lines(long, widths_of(sheet)[heads.index("Conduct (English)")]) <= MOST_LINES


def test_the_document_says_whose_it_is_and_what_it_was_proven_against(
    book: Book, workbook: Workbook, published: Mapping[str, bytes]
) -> None:
    checksum = json.loads(published["regimes.json"])["source_sha256"]

    assert workbook.properties.title == f"{book.handbook.title.zh} | {book.handbook.title.en}"
    assert workbook.properties.subject == f"{book.handbook.source.title.zh} | {book.handbook.source.title.en}"
    assert checksum in workbook.properties.description
    assert re.findall(r'name="(\w+)"><vt:lpwstr>(\w+)<', part(published, "docProps/custom.xml")) == [
        ("source_sha256", checksum)
    ]


def test_the_same_data_give_the_same_bytes_on_any_day(book: Book, published: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(published["handbook.xlsx"])) as archive:
        days = {entry.date_time for entry in archive.infolist()}

    assert files(book)["handbook.xlsx"] == published["handbook.xlsx"]
    assert len(days) == 1
    assert days.pop()[0] == 1980
    stamps = re.findall(r"W3CDTF\">([^<]+)<", part(published, "docProps/core.xml"))
    assert stamps == [f"{CREATED.isoformat()}Z"] * 2


def test_a_book_without_annotations_has_sheets_with_a_header_alone(tmp_path: Path) -> None:
    bare = re.sub(r"(?ms)^        (penalties|time_limits|staffing|thresholds):\n(?:          .*\n)+", "", REGIME)

    workbook = opened(files(small_book(tmp_path, bare)))

    assert lines_of(workbook, "penalties") == lines_of(workbook, "time-limits") == []
    assert workbook["penalties"].auto_filter.ref == workbook["penalties"].dimensions
