"""The sheet in Excel, read by another library: every item to answer from a list, counts, heads that repeat, text that stays text."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from handbook.exports.form import notice, signatures
from handbook.exports.sheet_xlsx import FOOTER, layout, page_break, sheet_xlsx
from handbook.exports.xlsx import LINE_HEIGHT, MOST_LINES, text_lines
from handbook.messages import Messages
from handbook.sheet import FIELDS, Sheet
from tests.exports.office import (
    ADDRESS,
    AUTHOR,
    EVERY,
    HOSTILE,
    converted,
    hostile,
    longest,
    plain,
    printed,
    real,
    sized,
)

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


class Page:
    """The worksheet as another library reads it."""

    def __init__(self, sheet: Sheet, content: bytes) -> None:
        self.say = Messages(sheet.language)
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.page: Worksheet = self.book.worksheets[0]
        self.values: Worksheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
        self.lines = list(self.page.iter_rows())
        self.head = next(
            number for number, line in enumerate(self.lines, 1) if line[0].value == self.say("sheet_number")
        )
        self.names = [cell.value for cell in self.lines[self.head - 1]]

    @property
    def items(self) -> list[tuple[Any, ...]]:
        """The rows with an id beside them."""
        return [line for line in self.lines if line[len(self.names) - 1].value]

    @property
    def result(self) -> int:
        return self.names.index(self.say("sheet_result"))

    def texts(self) -> list[str]:
        return [cell.value for line in self.lines for cell in line if isinstance(cell.value, str)]

    def find(self, text: str) -> Cell:
        return next(cell for line in self.lines for cell in line if cell.value == text)


@pytest.fixture(scope="module", params=EVERY)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    return real(request.param)


@pytest.fixture(scope="module")
def page(sheet: Sheet) -> Page:
    return Page(sheet, sheet_xlsx(sheet, AUTHOR))


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def listed(page: Page) -> dict[str, list[str]]:
    """The lists to choose from: the cells with each."""
    return {
        cell: str(rule.formula1).strip('"').split(",")
        for rule in page.page.data_validations.dataValidation
        for area in str(rule.sqref).split()
        for (cell,) in coordinates(area)
    }


def coordinates(area: str) -> list[tuple[str]]:
    first, _, last = area.partition(":")
    column, start, end = re.sub(r"\d", "", first), int(re.sub(r"\D", "", first)), int(re.sub(r"\D", "", last or first))
    assert re.sub(r"\d", "", last or first) == column
    return [(f"{column}{row}",) for row in range(start, end + 1)]


def test_the_table_has_every_item_with_its_texts_and_clause(sheet: Sheet, page: Page) -> None:
    say = page.say
    other = [Messages("zh")("sheet_item")] if sheet.language == "en" else []
    blank = [None, None]
    expected = [
        [i.number, i.question, *([i.other] if sheet.language == "en" else []), i.citation, *blank, i.id]
        for i in sheet.items
    ]

    assert page.names == [
        *(say("sheet_number"), say("sheet_item"), *other),
        *(say("sheet_clause"), say("sheet_result"), say("sheet_remark"), None),
    ]
    assert [[cell.value for cell in line] for line in page.items] == expected
    assert expected


def test_the_worksheet_is_one_named_checklist(page: Page) -> None:
    assert page.book.sheetnames == [page.say("checklist")]


def test_the_head_of_a_part_spans_the_table_before_its_items(sheet: Sheet, page: Page) -> None:
    merged = {str(area) for area in page.page.merged_cells.ranges}

    for part in sheet.parts:
        (first,) = [line[0].row for line in page.items if line[-1].value == part.items[0].id]
        assert page.page.cell(first - 1, 1).value == part.title
        assert f"A{first - 1}:{'EF'[sheet.language == 'en']}{first - 1}" in merged


def test_every_result_and_nothing_else_is_chosen_from_the_answers_of_its_part(sheet: Sheet, page: Page) -> None:
    answers = {item.id: list(part.answers) for part in sheet.parts for item in part.items}

    assert listed(page) == {line[page.result].coordinate: answers[line[-1].value] for line in page.items}
    assert {rule.type for rule in page.page.data_validations.dataValidation} == {"list"}
    assert all(rule.allow_blank for rule in page.page.data_validations.dataValidation)


def test_what_does_not_conform_is_marked(sheet: Sheet, page: Page) -> None:
    marked = {
        cell: rule.formula
        for area in page.page.conditional_formatting
        for (cell,) in coordinates(str(area.sqref))
        for rule in area.rules
    }
    expected = {
        line[page.result].coordinate: [f'"{part.answers[1]}"']
        for part in sheet.parts
        if part.part != "classification"
        for line in page.items
        if line[-1].value in {item.id for item in part.items}
    }

    assert marked == expected


def test_the_counts_are_a_formula_with_what_a_blank_sheet_gives(sheet: Sheet, page: Page) -> None:
    cell = page.page.cell(page.head - 1, 1)
    words = {answer for part in sheet.parts for answer in part.answers}
    shown = str(page.values.cell(page.head - 1, 1).value)

    assert cell.data_type == "f"
    assert {part.rpartition(" ")[0]: part.rpartition(" ")[2] for part in shown.split(" · ")} == {
        **dict.fromkeys(words, "0"),
        page.say("answer_open"): str(len(sheet.items)),
    }
    assert len(shown.split(" · ")) == len(words) + 1
    formulas = [cell.coordinate for line in page.lines for cell in line if cell.data_type == "f"]
    assert formulas == [cell.coordinate]


def test_a_sheet_says_things_in_their_order(sheet: Sheet, page: Page) -> None:
    say = page.say
    warning = notice(sheet)
    version = say("sheet_version", date=sheet.version, fingerprint=sheet.fingerprint)
    expected = [
        f"{sheet.kicker} · {version}",
        sheet.title,
        *([sheet.other_title] if sheet.language == "en" else []),
        *(say(f"sheet_{name}") for name in FIELDS),
        *([" ".join(warning)] if warning else []),
        say("sheet_reading"),
    ]
    above = [cell.value for line in page.lines[: page.head - 2] for cell in line if cell.value]
    last = page.items[-1][0].row
    below = [cell.value for line in page.lines[last:] for cell in line if cell.value]

    assert above == expected
    assert below == [*signatures(sheet), f"{say('sheet_code')}\n{sheet.code}"]
    assert bool(warning) == bool(sheet.gone)


def test_the_lines_of_the_form_head_are_blank_cells_that_keep_what_is_typed(sheet: Sheet, page: Page) -> None:
    for name in FIELDS:
        label = page.find(page.say(f"sheet_{name}"))
        cell = page.page.cell(label.row + 1, label.column)
        assert cell.value is None
        assert cell.number_format == ("yyyy-mm-dd" if name == "date" else "@")
        assert cell.border.bottom.style == "thin"


def test_heads_stay_in_sight_and_repeat_in_print(page: Page) -> None:
    assert page.page.freeze_panes == f"A{page.head + 1}"
    assert page.page.print_title_rows == f"${page.head}:${page.head}"


def test_it_prints_on_a4_upright_one_page_wide_without_the_ids(page: Page) -> None:
    setup, fit = page.page.page_setup, page.page.sheet_properties.pageSetUpPr
    assert fit
    last = page.page.max_row
    column, ids = page.items[0][-2].column_letter, page.items[0][-1].column_letter

    assert (str(setup.paperSize), setup.orientation) == ("9", "portrait")
    assert (fit.fitToPage, setup.fitToHeight) == (True, 0)
    assert setup.fitToWidth in (None, 1)
    area = str(page.page.print_area).rpartition("!")[2].replace("$", "")
    assert area == f"A1:{column}{last}"
    hidden = [name for name, shape in page.page.column_dimensions.items() if shape.hidden]
    assert hidden == [ids]


def test_the_last_page_begins_where_the_sign_off_has_company(sheet: Sheet, page: Page) -> None:
    at = page_break(layout(sheet))

    assert [found.id for found in page.page.row_breaks.brk] == ([] if at is None else [at])


def test_the_foot_of_every_page_has_title_version_and_number(sheet: Sheet, page: Page) -> None:
    foot = page.page.oddFooter
    assert foot
    version = page.say("sheet_version", date=sheet.version, fingerprint=sheet.fingerprint)
    title, _, below = str(foot.left.text).strip().partition("\n")

    assert title == (sheet.title if len(sheet.title) <= FOOTER else f"{sheet.title[: FOOTER - 1]}…")
    assert below == version
    number = page.say("page_of", n="&P", all="&N")
    assert plain(str(foot.right.text)).replace("&[Page]", "&P").replace("&[Pages]", "&N") == plain(number)


@pytest.mark.parametrize("title", ["A & B", "&" * 300, "1" * 300, "标" * 300])
def test_a_foot_is_no_longer_than_excel_allows(title: str, language: str) -> None:
    with zipfile.ZipFile(io.BytesIO(sheet_xlsx(replace(longest(language), title=title), AUTHOR))) as archive:
        tree = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    (foot,) = [e.text or "" for e in tree.iter() if e.tag.endswith("}oddFooter")]

    assert len(foot) <= 255
    assert foot.startswith(f"&L&8 {title[:5].replace('&', '&&')}")
    ampersands = re.match(r"&L&8 ((?:&&|[^&\n])*)\n", foot)
    assert ampersands


def test_rows_are_high_enough_for_their_texts(sheet: Sheet, page: Page) -> None:
    columns = page.page.column_dimensions

    for line in page.items:
        height = page.page.row_dimensions[line[0].row].height
        for cell in line[1:3]:
            lines = text_lines(str(cell.value), int(columns[cell.column_letter].width))
            assert float(height or 0) >= min(lines * 0.9, MOST_LINES) * LINE_HEIGHT


def test_a_text_that_is_higher_than_a_row_widens_its_column(language: str) -> None:
    sheet = sized(longest(language), 2)
    items = (replace(sheet.items[0], question="长" * 2000, other="长" * 2000), sheet.items[1])
    plan = layout(replace(sheet, parts=(replace(sheet.parts[0], items=items),)))

    assert text_lines("长" * 2000, plan.widths[1]) <= MOST_LINES
    assert max(row.height for row in plan.rows) <= 409


def test_the_properties_say_what_it_is_who_issued_it_and_of_which_day(sheet: Sheet, page: Page) -> None:
    properties = page.book.properties

    assert (properties.title, properties.creator) == (sheet.title, AUTHOR)
    assert properties.created == datetime.combine(sheet.regime.verified.on, time())
    assert properties.modified == properties.created


def test_the_code_is_a_picture_with_a_description(sheet: Sheet) -> None:
    with zipfile.ZipFile(io.BytesIO(sheet_xlsx(sheet, AUTHOR))) as archive:
        drawing = ElementTree.fromstring(archive.read("xl/drawings/drawing1.xml"))
        pictures = [name for name in archive.namelist() if name.startswith("xl/media/")]

    (properties,) = list(drawing.iter(f"{DRAWING}cNvPr"))
    assert sheet.code in (properties.get("descr") or "")
    assert pictures == ["xl/media/image1.png"]


def test_an_address_stands_beside_the_code(language: str) -> None:
    page = Page(longest(language), sheet_xlsx(replace(longest(language), address=ADDRESS, code=ADDRESS), AUTHOR))

    assert page.page.cell(page.page.max_row, 2).value == f"{page.say('sheet_code')}\n{ADDRESS}"


def test_the_same_sheet_gives_the_same_bytes(sheet: Sheet) -> None:
    content = sheet_xlsx(sheet, AUTHOR)

    assert content == sheet_xlsx(sheet, AUTHOR)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_text_stays_text(language: str) -> None:
    sheet = hostile(language)
    content = sheet_xlsx(sheet, AUTHOR)
    page = Page(sheet, content)

    found = [line[1].value for line in page.items]
    assert [unescaped(text) for text in found] == [*HOSTILE]
    assert {cell.data_type for line in page.items for cell in line[1:]} == {"s", "n"}
    assert [cell.value for line in page.items for cell in line if cell.data_type == "n" and cell.value is not None] == [
        *range(1, len(HOSTILE) + 1)
    ]
    assert len([cell for line in page.lines for cell in line if cell.data_type == "f"]) == 1
    assert not [cell for line in page.lines for cell in line if cell.hyperlink]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()]
        assert b"hyperlink" not in archive.read("xl/worksheets/sheet1.xml")


def unescaped(text: object) -> str:
    """What Excel shows: _x005F_ stands for an underscore that would begin the code of a character."""
    return str(text).replace("_x005F_", "_")


def test_characters_that_xml_forbids_are_replaced(language: str) -> None:
    sheet = sized(longest(language), 1)
    item = replace(sheet.items[0], question="a\x00b\x07c\ufffed", other="\x1b")
    broken = replace(sheet, title="\x01", parts=(replace(sheet.parts[0], items=(item,)),), code="\x02")

    page = Page(broken, sheet_xlsx(broken, "\x03"))

    assert page.items[0][1].value == "a�b�c�d"


def test_two_hundred_items_are_all_there(language: str) -> None:
    sheet = sized(longest(language), 200)
    page = Page(sheet, sheet_xlsx(sheet, AUTHOR))

    assert [line[0].value for line in page.items] == [*range(1, 201)]
    assert len(listed(page)) == 200


def test_the_last_page_begins_with_an_item_or_the_head_of_a_part(language: str) -> None:
    whole = longest(language)
    plans = [layout(sized(whole, n)) for n in range(1, 60)]
    breaks = [page_break(plan) for plan in plans]

    assert breaks[0] is None
    assert None not in breaks[30:]
    for plan, found in zip(plans, breaks, strict=True):
        assert found is None or plan.head < found <= plan.last_item


def test_the_head_of_a_part_is_not_left_behind_on_the_page_before(language: str) -> None:
    whole = sized(longest(language), 30)
    (part,) = whole.parts
    last = replace(part, items=(replace(part.items[0], number=31, id="a.s2-1", anchor="s2-1"),))
    plan = layout(replace(whole, parts=(part, last)))

    found = page_break(plan)

    assert found is not None
    assert found not in {first for _, first, _ in plan.parts}


@pytest.fixture(scope="module")
def every_print(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The pages of every real sheet as another program prints them, in one go."""
    documents = {f"{name}.xlsx": sheet_xlsx(real(name), AUTHOR) for name in EVERY}
    return printed(tmp_path_factory.mktemp("printed"), documents)


@pytest.mark.parametrize("name", EVERY)
def test_another_program_prints_every_item_and_no_blank_page(name: str, every_print: dict[str, list[str]]) -> None:
    sheet = real(name)
    pages = every_print[f"{name}.xlsx"]
    say = Messages(sheet.language)

    whole = "".join(pages)
    for item in sheet.items:
        assert plain(item.question) in whole
        assert sheet.language == "zh" or plain(item.other) in whole
    version = plain(say("sheet_version", date=sheet.version, fingerprint=sheet.fingerprint))
    for number, words in enumerate(pages, 1):
        assert plain(say("page_of", n=number, all=len(pages))) in words
        assert version in words
        assert plain(say("sheet_remark")) in words
        assert len(words) > len(sheet.title) + len(version) + 60
    assert plain(sheet.items[-1].question) in pages[-1]
    assert all(plain(words) in pages[-1] for words in signatures(sheet))


def test_the_sign_off_is_never_alone_on_its_page(language: str, tmp_path: Path) -> None:
    sheets = {f"{n}.xlsx": sized(longest(language), n) for n in range(4, 30, 2)}
    pages = printed(tmp_path, {name: sheet_xlsx(sheet, AUTHOR) for name, sheet in sheets.items()})

    for name, sheet in sheets.items():
        assert plain(sheet.items[-1].question) in pages[name][-1], name
        assert all(plain(words) in pages[name][-1] for words in signatures(sheet)), name
    assert len({len(found) for found in pages.values()}) > 1


def test_the_counts_follow_what_is_chosen(language: str, tmp_path: Path) -> None:
    sheet = next(s for s in map(real, EVERY) if s.language == language and len(s.parts) > 1 and has_classes(s))
    page = Page(sheet, sheet_xlsx(sheet, AUTHOR))
    chosen: dict[str, int] = {}
    answers = {item.id: part.answers for part in sheet.parts for item in part.items}
    for index, line in enumerate(page.items):
        if index % 4 < 3:
            word = answers[line[-1].value][index % 4]
            line[page.result].value = word
            chosen[word] = chosen.get(word, 0) + 1
    filled = io.BytesIO()
    page.book.save(filled)

    # 76 is UTF-8; the cells as they are shown
    found = converted(tmp_path, {"a.xlsx": filled.getvalue()}, "csv:Text - txt - csv (StarCalc):44,34,76")
    rows = list(csv.reader(found["a.xlsx"].read_text(encoding="utf-8").splitlines()))

    opened = len(sheet.items) - sum(chosen.values())
    shown = dict(part.rpartition(" ")[::2] for part in rows[page.head - 2][0].split(" · "))
    assert shown == {**{word: str(n) for word, n in chosen.items()}, page.say("answer_open"): str(opened)}
    assert opened > 0


def has_classes(sheet: Sheet) -> bool:
    return any(part.part == "classification" for part in sheet.parts)
