"""Excel: the sheet of a checklist, to fill in by choosing from lists, counted as it is filled in, ready to print."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from handbook.exports.form import (
    INK,
    NOTE,
    QUIET,
    SEAL,
    SOFT,
    day,
    description,
    fields,
    heads,
    notice,
    picture,
    printable,
    shortened,
    signatures,
    version,
)
from handbook.exports.xlsx import FONT, LINE_HEIGHT, LONGEST, MOST_LINES, text_lines
from handbook.messages import Messages
from handbook.sheet import Sheet, SheetPart, code

WIDTHS = {"zh": (5, 50, 13, 11, 20), "en": (5, 46, 28, 12, 16, 15)}
"""The widths of the printed columns in digits: number, item, in the English sheet the Chinese, clause, result, remark."""

WIDER, WIDEST = 10, 255
"""By how much the columns of the items grow at a time where a text would be higher than a row may be, and Excel's limit."""

FOOTER = 120
"""How many characters the title may have at the foot of a page; Excel allows 255 for all that stands there."""

PAGE_HEIGHT, PAGE_WIDTH = 730, 717
"""What a page of A4 holds at the least between its margins at full size: points of rows, and screen dots of columns.

Programs make columns a little narrower or wider and shrink the page to fit, so that it holds up to a tenth more rows.
"""

MEASURE = "Arial"
"""The font whose digits columns are measured in: it, or one with the same widths, is everywhere, and :data:`FONT` is not."""

CODE_DOTS = 96
"""The side of the code in screen dots."""

RULE = "8B8F92"
"""The lines of the table."""

Form = Literal[
    "kicker", "title", "twin", "label", "fill", "date", "note", "reading", "counts", "head", "part", "number",
    "item", "beneath", "clause", "result", "remark", "sign", "code",
]  # fmt: skip
"""How a cell looks."""

_SIZES: dict[Form, float] = {"title": 16, "label": 8.5, "reading": 8.5, "code": 8.5, "beneath": 9, "sign": 9}
"""The sizes of letters in points, where they are not 10."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text over the columns from ``first`` to ``last``."""

    first: int
    last: int
    form: Form
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the worksheet: its cells, its height in points, the id of the item where it is one."""

    cells: tuple[Cell, ...]
    height: float
    id: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The worksheet before it is written: where the rows of the form, of the table, of its parts and of the sign-off are."""

    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    counts: int
    head: int
    parts: tuple[tuple[SheetPart, int, int], ...]
    """Each part with the rows of its first and its last item."""
    code: int

    @property
    def result(self) -> int:
        """The column of the results."""
        return len(self.widths) - 2

    @property
    def last_item(self) -> int:
        """The row of the last item."""
        return self.parts[-1][2] if self.parts else self.head


def sheet_xlsx(sheet: Sheet, author: str) -> bytes:
    """The sheet as a workbook; the same sheet gives the same bytes. ``author`` is who issues it.

    The results are chosen from a list and counted; the counts are the only formula. Text is text, whatever it holds. The
    last column, hidden, has the ids of the items.
    """
    import xlsxwriter  # only the process that writes the files needs it

    target = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": MEASURE, "font_size": 10, "valign": "top"},
    }
    with xlsxwriter.Workbook(target, settings) as file:
        file.set_properties(
            {
                "title": printable(sheet.title),
                "subject": printable(f"{sheet.kicker} · {version(sheet)}"),
                "author": printable(author),
                "created": day(sheet),
            }
        )
        page = file.add_worksheet(Messages(sheet.language)("checklist"))
        plan = layout(sheet)
        _write(page, {form: file.add_format(look) for form, look in _looks().items()}, plan)
        _choose(page, plan, file.add_format({"bold": True, "font_color": f"#{SEAL}", "bg_color": "#F6E3DF"}))
        _count(page, sheet, plan, file.add_format(_looks()["counts"]))
        _draw(page, sheet, plan)
        _print(page, sheet, plan)
    return target.getvalue()


def layout(sheet: Sheet) -> Layout:
    """The rows of the worksheet with the heights that show every text whole."""
    widths = _widths(sheet)
    last = len(widths) - 1
    rows = list(_above(sheet, widths))
    counts, head = len(rows), len(rows) + 1
    rows.append(_row(widths, Cell(0, last, "counts", _counted(sheet))))
    names = heads(sheet) if sheet.language == "zh" else _with_chinese(heads(sheet))
    rows.append(_row(widths, *(Cell(at, at, "head", name) for at, name in enumerate(names)), least=20))
    parts = []
    for part in sheet.parts:
        rows.append(_row(widths, Cell(0, last, "part", part.title), least=20))
        parts.append((part, len(rows), len(rows) + len(part.items) - 1))
        for item in part.items:
            texts: list[tuple[Form, str]] = [("number", str(item.number)), ("item", item.question)]
            if sheet.language != "zh":
                texts.append(("beneath", item.other))
            texts += [("clause", item.citation), ("result", ""), ("remark", "")]
            cells = (Cell(at, at, form, text) for at, (form, text) in enumerate(texts))
            rows.append(_row(widths, *cells, least=2 * LINE_HEIGHT + 3, id=item.id))
    words = signatures(sheet)
    for left, right in ((words[0], words[1]), (words[2], words[3])):
        rows.append(Row((), 38))
        rows.append(_row(widths, Cell(0, 1, "sign", left), Cell(last - 1, last, "sign", right)))
    rows.append(Row((), 10))
    where = f"{Messages(sheet.language)('sheet_code')}\n{sheet.address or sheet.code}"
    rows.append(_row(widths, Cell(1, last, "code", where), least=CODE_DOTS * 0.75 + 6))
    return Layout(widths, tuple(rows), counts, head, tuple(parts), len(rows) - 1)


def _above(sheet: Sheet, widths: Sequence[int]) -> Iterator[Row]:
    """What stands above the table. The two lines of the form head beside each other meet before the column of clauses."""
    last, middle = len(widths) - 1, len(widths) - 4
    yield _row(widths, Cell(0, last, "kicker", f"{sheet.kicker} · {version(sheet)}"))
    yield _row(widths, Cell(0, last, "title", sheet.title))
    if sheet.language != "zh":
        yield _row(widths, Cell(0, last, "twin", sheet.other_title))
    lines = fields(sheet)
    for (left, left_words), (right, right_words) in zip(lines[::2], lines[1::2], strict=True):
        yield _row(widths, Cell(0, middle, "label", left_words), Cell(middle + 1, last, "label", right_words))
        forms: tuple[Form, ...] = tuple("date" if name == "date" else "fill" for name in (left, right))
        yield _row(widths, Cell(0, middle, forms[0]), Cell(middle + 1, last, forms[1]), least=20)
    yield Row((), 6)
    warning = notice(sheet)
    if warning:
        yield _row(widths, Cell(0, last, "note", " ".join(warning)))
    yield _row(widths, Cell(0, last, "reading", Messages(sheet.language)("sheet_reading")))


def _with_chinese(names: tuple[str, ...]) -> tuple[str, ...]:
    return (*names[:2], Messages("zh")("sheet_item"), *names[2:])


def _widths(sheet: Sheet) -> tuple[int, ...]:
    """The columns, those of the items as wide as their longest text asks: a row has a greatest height."""
    widths = list(WIDTHS[sheet.language])
    texts = {1: [item.question for item in sheet.items]}
    if sheet.language != "zh":
        texts[2] = [item.other for item in sheet.items]
    for column, found in texts.items():
        while widths[column] + WIDER <= WIDEST and any(text_lines(t, widths[column]) > MOST_LINES for t in found):
            widths[column] += WIDER
    return tuple(widths)


def _row(widths: Sequence[int], *cells: Cell, least: float = 0, id: str = "") -> Row:
    """A row that is high enough for its texts, and not higher than Excel allows."""
    needed = [_height(cell, sum(widths[cell.first : cell.last + 1])) for cell in cells]
    return Row(cells, min(max(least, *needed), MOST_LINES * LINE_HEIGHT + 3), id)


def _height(cell: Cell, width: int) -> float:
    """The height of a text; letters of another size are as many a line as have room, bold ones fewer."""
    size = _SIZES.get(cell.form, 10)
    wide = 1.1 if cell.form in ("title", "head", "part") else 1
    return round(text_lines(cell.text, int(width * 10 / size / wide)) * LINE_HEIGHT * size / 10 + 3, 2)


def _answers(sheet: Sheet) -> tuple[str, ...]:
    """The words of all answers, each once; those that say the item does not apply come last."""
    found = dict.fromkeys(word for part in sheet.parts for word in part.answers[:2])
    return (*found, *dict.fromkeys(part.answers[2] for part in sheet.parts))


def _counted(sheet: Sheet) -> str:
    """The counts of a blank sheet."""
    nothing = "".join(f"{word} 0 · " for word in _answers(sheet))
    return f"{nothing}{Messages(sheet.language)('answer_open')} {len(sheet.items)}"


def _count(page: Any, sheet: Sheet, plan: Layout, form: Any) -> None:
    """The counts as a formula, with what it gives for a blank sheet: viewers that do not calculate show that."""
    from xlsxwriter.utility import xl_range_abs

    results = xl_range_abs(plan.head + 1, plan.result, plan.last_item, plan.result)
    ids = xl_range_abs(plan.head + 1, len(plan.widths), plan.last_item, len(plan.widths))
    counts = [(word, f"COUNTIF({results},{_quoted(word)})") for word in _answers(sheet)]
    opened = (Messages(sheet.language)("answer_open"), "-".join([f"COUNTA({ids})", *(count for _, count in counts)]))
    formula = '&" · "&'.join(f"{_quoted(f'{word} ')}&({count})" for word, count in [*counts, opened])
    page.write_formula(plan.counts, 0, f"={formula}", form, _counted(sheet))


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))


def _write(page: Any, forms: dict[Form, Any], plan: Layout) -> None:
    beside = len(plan.widths)
    for at, width in enumerate(plan.widths):
        page.set_column(at, at, width)
    page.set_column(beside, beside, 30, None, {"hidden": True})
    for index, row in enumerate(plan.rows):
        page.set_row(index, row.height)
        for cell in row.cells:
            form = forms[cell.form]
            if cell.first < cell.last:
                page.merge_range(index, cell.first, index, cell.last, "", form)
            if cell.form == "number":
                page.write_number(index, cell.first, int(cell.text), form)
            elif cell.text:
                page.write_string(index, cell.first, shortened(printable(cell.text), LONGEST), form)
            else:
                page.write_blank(index, cell.first, None, form)
        if row.id:
            page.write_string(index, beside, row.id)
    page.ignore_errors({"number_stored_as_text": f"A1:{_last(plan)}"})
    page.freeze_panes(plan.head + 1, 0)
    page.set_selection(plan.head + 2, plan.result, plan.head + 2, plan.result)


def _last(plan: Layout) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(len(plan.rows) - 1, len(plan.widths) - 1))


def _choose(page: Any, plan: Layout, unmet: Any) -> None:
    """The lists to choose results from. What does not conform is marked; to which class a case belongs is no fault."""
    for part, first, last in plan.parts:
        area = (first, plan.result, last, plan.result)
        page.data_validation(*area, {"validate": "list", "source": list(part.answers)})
        if part.part != "classification":
            rule = {"type": "cell", "criteria": "==", "value": _quoted(part.answers[1]), "format": unmet}
            page.conditional_format(*area, rule)


def _draw(page: Any, sheet: Sheet, plan: Layout) -> None:
    scale = 4
    size = CODE_DOTS / (code(sheet.code).size * scale)
    page.insert_image(
        plan.code,
        0,
        "code.png",
        {
            "image_data": io.BytesIO(picture(sheet, scale)),
            "x_scale": size,
            "y_scale": size,
            "y_offset": 4,
            "object_position": 2,
            "description": printable(description(sheet)),
        },
    )


def _print(page: Any, sheet: Sheet, plan: Layout) -> None:
    """A4 upright, as wide as one page, the head of the table on every page, the last item with the sign-off."""
    page.set_portrait()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.75)
    page.fit_to_pages(1, 0)
    page.repeat_rows(plan.head)
    page.print_area(f"A1:{_last(plan)}")
    page.set_footer(_foot(sheet), {"margin": 0.3})
    at = page_break(plan)
    if at is not None:
        page.set_h_pagebreaks([at])


def _foot(sheet: Sheet) -> str:
    number = Messages(sheet.language)("page_of", n="&P", all="&N")
    title = next(
        cut
        for most in range(FOOTER, 0, -1)
        if len(cut := shortened(printable(sheet.title), most).replace("&", "&&")) <= FOOTER
    )
    return f"&L&8 {title}\n{version(sheet)}&R&8 {number}"


def page_break(plan: Layout) -> int | None:
    """The row the last page begins with; None where one page holds all.

    It is where the page would end that holds the least, but no later than the last item, so that in no program the
    sign-off is alone; a page that holds more ends there too.
    """
    room = PAGE_HEIGHT / min(1, PAGE_WIDTH / sum(7 * width + 5 for width in plan.widths))
    used, begins = 0.0, 0
    for index, row in enumerate(plan.rows):
        if used + row.height > room:
            used, begins = plan.rows[plan.head].height, index
        used += row.height
    if not begins:
        return None
    begins = min(begins, plan.last_item)
    return begins - 1 if begins in {first for _, first, _ in plan.parts} else begins


def _looks() -> dict[Form, dict[str, Any]]:
    # A font of the theme would come before its name; 134 says that it writes simplified Chinese.
    font = {"font_name": FONT, "font_scheme": "none", "font_charset": 134, "font_color": f"#{INK}"}
    text = {**font, "text_wrap": True, "valign": "top"}
    cell = {**text, "border": 1, "border_color": f"#{RULE}"}
    quiet = {**text, "font_color": f"#{QUIET}"}
    line = {**text, "bottom": 1, "bottom_color": f"#{QUIET}", "align": "left"}
    looks: dict[Form, dict[str, Any]] = {
        "kicker": {**text, "font_color": f"#{SEAL}"},
        "title": {**text, "bold": True},
        "twin": quiet,
        "label": {**quiet, "valign": "bottom"},
        "fill": {**line, "num_format": "@"},
        "date": {**line, "num_format": "yyyy-mm-dd"},
        "note": {**text, "bg_color": f"#{NOTE}"},
        "reading": quiet,
        "counts": {**text, "bold": True},
        "head": {**cell, "bold": True, "valign": "vcenter", "bg_color": f"#{SOFT}"},
        "part": {**cell, "bold": True, "valign": "vcenter", "font_color": "#173A5E"},
        "number": {**cell, "font_color": f"#{QUIET}", "align": "center"},
        "item": cell,
        "beneath": {**cell, "font_color": f"#{QUIET}"},
        "clause": cell,
        "result": cell,
        "remark": {**cell, "num_format": "@"},
        "sign": {**text, "top": 1, "top_color": f"#{INK}"},
        "code": {**quiet, "valign": "vcenter", "indent": 8},
    }
    return {form: {**look, "font_size": _SIZES.get(form, 10)} for form, look in looks.items()}
