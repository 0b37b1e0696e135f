"""The workbook: every table as a sheet a person can read, filter and print, its words in both languages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Generic, Literal, TypeVar

from handbook.exports.names import KINDS, TRUTH, bound, cited, fine, level, measure_name, named, part_name, share
from handbook.exports.rows import (
    BothRow,
    ChecklistRow,
    ClauseRow,
    ErratumRow,
    ItemRow,
    LawRow,
    LegalNoteRow,
    PenaltyRow,
    RangeRow,
    RegimeRow,
    SectionRow,
    Tables,
    TermRow,
    TimeLimitRow,
    clauses,
)
from handbook.model import Bilingual, Book

FONT = "Microsoft YaHei"
"""微软雅黑, on every Windows since Vista and with Office for Mac; Excel knows it by this name in any language."""

CREATED = datetime(2000, 1, 1)
"""Stands in the file as the date of creation: the same data gives the same bytes, on whatever day."""

WIDEST = 120
"""The greatest width of a column, in digits."""

LONGEST = 32_767
"""How many characters a cell of Excel holds; a longer text ends in an ellipsis."""

LINE_HEIGHT, MOST_LINES = 15, 27
"""The height of a line of text in points, and how many lines a row can show: Excel allows it 409 points."""

SEAL, SOFT, LINE = "#A3281F", "#F3F1EA", "#D9D6CD"
"""The colours of amounts, of the header and of the lines between cells, as on the pages."""

Cell = str | int | date | None

Form = Literal["text", "long", "number", "amount", "percent", "date"]
"""How a cell is printed; numbers and dates are real ones. A long text stays on one line, so that its row stays low."""

L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class Column(Generic[L]):
    """A column: its heading in both languages, its least width in digits, its cell of a line; None is an empty cell."""

    zh: str
    en: str
    width: int
    cell: Callable[[L], Cell]
    form: Form = "text"


@dataclass(frozen=True, slots=True)
class Sheet(Generic[L]):
    """A table for people. ``beside`` are the columns that are not printed: ids and addresses for programs."""

    name: str
    title: Bilingual
    columns: tuple[Column[L], ...]
    beside: tuple[Column[L], ...]
    lines: Sequence[L]


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with what it stands in, and the slips to be told beside it: its own, and those of headings just above it."""

    regime: RegimeRow
    section: SectionRow | None
    clause: ClauseRow
    errata: tuple[ErratumRow, ...]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A checklist item with the checklist it stands in and its number there."""

    row: ChecklistRow
    item: ItemRow
    number: int


def workbook(book: Book, tables: Tables) -> bytes:
    """The workbook as bytes; the same data gives the same bytes. No cell is ever a formula or a link."""
    import xlsxwriter  # only the process that writes the data needs it

    target = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": FONT, "font_size": 10, "valign": "top"},
    }
    with xlsxwriter.Workbook(target, settings) as file:
        _describe(file, book, tables)
        forms = _forms(file)
        for sheet in sheets(book, tables):
            _write(file, forms, book, sheet)
    return target.getvalue()


def sheets(book: Book, tables: Tables) -> tuple[Sheet[Any], ...]:
    """The sheets in their order."""
    return (
        _regimes(book, tables.regimes.rows),
        _penalties(book, tables.penalties.rows),
        _limits(book, tables.time_limits.rows),
        _items(book, tables.checklists.rows),
        _laws(book, tables.laws.rows),
        _terms(book, tables.glossary.rows),
    )


def _regimes(book: Book, rows: tuple[RegimeRow, ...]) -> Sheet[ClauseLine]:
    words, regimes = book.vocabulary, {regime.id: regime for regime in book.regimes}

    def errata(line: ClauseLine) -> str:
        notes = [(e.found, cited(book, regimes[line.regime.id], e.note)) for e in line.errata]
        return _lines(*(f"“{found}”：{note.zh}\n{note.en}" for found, note in notes))

    return Sheet(
        "regimes",
        Bilingual(zh="制度条款", en="Regimes, clause by clause"),
        (
            Column("序号", "No.", 5, lambda x: x.regime.number, "number"),
            Column("制度", "Regime", 20, lambda x: _both(x.regime.title)),
            Column("部分", "Section", 18, lambda x: _both(x.section.heading if x.section else None)),
            Column(
                "要素",
                "Aspects",
                10,
                lambda x: _each([named(words.aspects, a) for a in (x.section.aspects if x.section else ())]),
            ),
            Column("条款", "Clause", 14, lambda x: _both(x.clause.citation)),
            Column("原文序号", "Marker", 9, lambda x: x.clause.marker),
            Column("原文", "Chinese", 44, lambda x: x.clause.zh),
            Column("译文", "English", 52, lambda x: x.clause.en),
            Column("原文疑误", "Slips of the source", 34, errata),
            Column("法律说明", "Legal note", 7, lambda x: _truth(bool(x.clause.legal_notes) or None)),
        ),
        (
            *_notes(book, lambda x: (x.regime.id, x.clause.legal_notes)),
            Column("类别", "Category", 18, lambda x: _both(named(words.categories, x.regime.category))),
            Column("制度标识", "Regime id", 30, lambda x: x.regime.id),
            Column("条款标识", "Clause id", 12, lambda x: x.clause.id),
            Column("中文网址", "Chinese address", 40, lambda x: _at(x.regime.url.zh, x.clause.id)),
            Column("英文网址", "English address", 40, lambda x: _at(x.regime.url.en, x.clause.id)),
        ),
        tuple(line for row in rows for line in _clause_lines(row)),
    )


def _clause_lines(regime: RegimeRow) -> Iterable[ClauseLine]:
    above: tuple[ErratumRow, ...] = regime.errata
    last: SectionRow | None = None
    for section, clause in clauses(regime):
        if section is not last and section is not None:
            above = (*above, *section.errata)
        yield ClauseLine(regime, section, clause, (*above, *clause.errata))
        above, last = (), section


def _penalties(book: Book, rows: tuple[PenaltyRow, ...]) -> Sheet[PenaltyRow]:
    words, titles = book.vocabulary, {regime.id: regime.title for regime in book.regimes}
    laws = {law.id: law.cited_as for law in book.laws.laws}

    def measures(row: PenaltyRow, language: str) -> str:
        joint = {"zh": "\n或 ", "en": "\nor "}[language] if row.alternatives else "\n"
        return joint.join(measure_name(book, m)[language] for m in row.measures)

    def least(bounds: RangeRow | None) -> int | None:
        return bounds.min if bounds else None

    def most(bounds: RangeRow | None) -> int | None:
        return bounds.max if bounds else None

    return Sheet(
        "penalties",
        Bilingual(zh="处罚", en="Penalties"),
        (
            Column("序号", "No.", 5, lambda x: x.number, "number"),
            Column("制度", "Regime", 20, lambda x: _both(titles[x.regime])),
            Column("条款", "Clause", 12, lambda x: _both(x.citation)),
            Column("违法行为", "Conduct (Chinese)", 24, lambda x: x.conduct.zh if x.conduct else None),
            Column("行为译文", "Conduct (English)", 28, lambda x: x.conduct.en if x.conduct else None),
            Column("情形", "Condition", 14, lambda x: _both(x.when)),
            Column("措施", "Measures (Chinese)", 18, lambda x: measures(x, "zh")),
            Column("措施译文", "Measures (English)", 20, lambda x: measures(x, "en")),
            Column("最低（元）", "Least, RMB", 9, lambda x: least(fine(x.measures)), "amount"),
            Column("最高（元）", "Most, RMB", 9, lambda x: most(fine(x.measures)), "amount"),
            Column("违法所得最低", "Least, % of gains", 8, lambda x: least(share(x.measures)), "percent"),
            Column("违法所得最高", "Most, % of gains", 8, lambda x: most(share(x.measures)), "percent"),
            Column(
                "决定机关",
                "Decided by",
                14,
                lambda x: _both(named(words.authorities, x.authority)) if x.authority else None,
            ),
            Column("依据", "Basis", 18, lambda x: _each([named(laws, law) for law in x.basis])),
            Column(
                "依据现状",
                "Status of the basis",
                15,
                lambda x: _each([named(words.statuses, status) for status in x.basis_status]),
            ),
            Column("法律说明", "Legal note", 7, lambda x: _truth(bool(x.legal_notes) or None)),
        ),
        (
            *_notes(book, lambda x: (x.regime, x.legal_notes)),
            Column("条文", "Words of the clause", 44, lambda x: x.clause_zh),
            Column("标识", "Id", 36, lambda x: x.id),
            Column("载明后果的条款", "Clause stating the consequence", 14, lambda x: x.lead),
            Column("中文网址", "Chinese address", 40, lambda x: x.url.zh),
            Column("英文网址", "English address", 40, lambda x: x.url.en),
        ),
        rows,
    )


def _limits(book: Book, rows: tuple[TimeLimitRow, ...]) -> Sheet[TimeLimitRow]:
    words, titles = book.vocabulary, {regime.id: regime.title for regime in book.regimes}
    return Sheet(
        "time-limits",
        Bilingual(zh="期限、频次、人数、门槛", en="Deadlines, frequencies, head-counts, thresholds"),
        (
            Column("序号", "No.", 5, lambda x: x.number, "number"),
            Column("制度", "Regime", 18, lambda x: _both(titles[x.regime])),
            Column("条款", "Clause", 15, lambda x: _both(x.citation)),
            Column("种类", "Kind", 12, lambda x: _both(named(KINDS, x.kind))),
            Column("数值", "Number", 9, lambda x: x.value, "number"),
            Column("单位", "Unit", 12, lambda x: _both(named(words.units, x.unit)) if x.unit else None),
            Column("至少", "At least", 7, lambda x: _truth(x.at_least)),
            Column("立即", "At once", 7, lambda x: _truth(x.immediately)),
            Column("含本数", "Inclusive", 10, lambda x: _truth(x.inclusive)),
            Column("事项", "What (Chinese)", 24, lambda x: x.act.zh),
            Column("事项译文", "What (English)", 28, lambda x: x.act.en),
            Column("由谁", "By whom", 20, lambda x: _both(x.actor)),
            Column("起算点", "From", 20, lambda x: _both(x.from_)),
            Column("约束", "Binds", 11, lambda x: _both(bound(x.binds)) if x.binds else None),
            Column("条文", "Words of the clause", 44, lambda x: x.clause_zh),
        ),
        (
            Column("标识", "Id", 42, lambda x: x.id),
            Column("中文网址", "Chinese address", 40, lambda x: x.url.zh),
            Column("英文网址", "English address", 40, lambda x: x.url.en),
        ),
        rows,
    )


def _items(book: Book, rows: tuple[ChecklistRow, ...]) -> Sheet[ItemLine]:
    return Sheet(
        "checklists",
        Bilingual(zh="检查表", en="Checklists"),
        (
            Column("序号", "No.", 5, lambda x: x.row.number, "number"),
            Column("制度", "Regime", 20, lambda x: _both(x.row.title)),
            Column("部分", "Part", 14, lambda x: _both(part_name(x.item.part))),
            Column("项号", "Item", 6, lambda x: x.number, "number"),
            Column("检查项", "Question (Chinese)", 44, lambda x: x.item.zh),
            Column("检查项译文", "Question (English)", 52, lambda x: x.item.en),
            Column("条款", "Clause", 14, lambda x: _both(x.item.citation)),
        ),
        (
            Column("标识", "Id", 36, lambda x: x.item.id),
            Column("检查表版本", "Version of the checklist", 12, lambda x: x.row.version),
            Column("中文网址", "Chinese address", 40, lambda x: _at(x.row.url.zh, x.item.id.partition(".")[2])),
            Column("英文网址", "English address", 40, lambda x: _at(x.row.url.en, x.item.id.partition(".")[2])),
        ),
        tuple(ItemLine(row, item, n) for row in rows for n, item in enumerate(row.items, 1)),
    )


def _laws(book: Book, rows: tuple[LawRow, ...]) -> Sheet[LawRow]:
    words = book.vocabulary
    return Sheet(
        "laws",
        Bilingual(zh="法规", en="Laws"),
        (
            Column("原文称", "Cited as (Chinese)", 20, lambda x: x.cited_as.zh),
            Column("译名", "Cited as (English)", 22, lambda x: x.cited_as.en),
            Column("层级", "Kind", 15, lambda x: _both(named(words.law_kinds, x.kind))),
            Column("发布机关", "Issued by", 16, lambda x: _both(x.issuer)),
            Column("文号", "Number", 15, lambda x: _both(x.number)),
            Column("首次发布", "First issued", 11, lambda x: x.first_issued),
            Column("施行", "Effective from", 11, lambda x: x.effective_from),
            Column("最近修改", "Latest change", 11, lambda x: x.latest_change),
            Column("现状", "Status", 15, lambda x: _both(named(words.statuses, x.status)) if x.status else None),
            Column("现状说明", "About the status", 40, lambda x: _both(x.status_note)),
            Column("取代者", "Replaced by", 24, lambda x: _both(x.replaced_by)),
            Column("说明", "Note", 30, lambda x: _both(x.note)),
            Column("核对日期", "Reviewed on", 11, lambda x: x.reviewed_on, "date"),
            Column("援引条款数", "Citing clauses", 8, lambda x: len(x.cited_by), "number"),
        ),
        (
            Column("全称", "Full title (Chinese)", 26, lambda x: x.title.zh),
            Column("全称译文", "Full title (English)", 30, lambda x: x.title.en),
            Column("名称说明", "About the title", 30, lambda x: _both(x.title_issue)),
            Column("名称可信度", "Confidence: title", 10, lambda x: _both(level(x.confidence.title))),
            Column(
                "文号日期可信度",
                "Confidence: number, dates",
                14,
                lambda x: _both(level(x.confidence.number_and_dates)),
            ),
            Column("现状可信度", "Confidence: status", 10, lambda x: _both(level(x.confidence.status))),
            Column("依据材料", "Evidence", 60, lambda x: _lines(*x.evidence)),
            Column("援引条款", "Cited by", 40, lambda x: _lines(*(f"{c.regime}#{c.clause}" for c in x.cited_by))),
            Column("标识", "Id", 36, lambda x: x.id),
        ),
        rows,
    )


def _terms(book: Book, rows: tuple[TermRow, ...]) -> Sheet[TermRow]:
    domains = book.vocabulary.domains
    return Sheet(
        "glossary",
        Bilingual(zh="术语", en="Glossary"),
        (
            Column("中文", "Chinese", 24, lambda x: x.zh),
            Column("译法", "English", 36, lambda x: x.en),
            Column("其他形式", "Other forms", 26, lambda x: _lines(*x.forms)),
            Column("他处译法", "Seen elsewhere", 32, lambda x: _lines(*x.variants)),
            Column("领域", "Domain", 20, lambda x: _both(named(domains, x.domain))),
            Column("说明", "Note", 44, lambda x: _both(x.note)),
            Column("译法出处", "Attested in", 36, lambda x: x.attested),
            Column("见于条款数", "Clauses", 9, lambda x: len(x.clauses), "number"),
        ),
        (Column("不作此词理解", "Not this term in", 24, lambda x: _lines(*x.not_in)),),
        rows,
    )


def _both(words: BothRow | Bilingual | None) -> str | None:
    return f"{words.zh}\n{words.en}" if words else None


def _each(words: Sequence[Bilingual]) -> str:
    """The Chinese of all on a line each, then the English."""
    return _lines(*(w.zh for w in words), *(w.en for w in words))


def _lines(*texts: str) -> str:
    return "\n".join(texts)


def _truth(value: bool | None) -> str | None:
    return None if value is None else f"{TRUTH[value].zh} {TRUTH[value].en}"


def _at(address: str | None, anchor: str) -> str | None:
    return f"{address}#{anchor}" if address else None


def _notes(book: Book, of: Callable[[L], tuple[str, tuple[LegalNoteRow, ...]]]) -> tuple[Column[L], Column[L]]:
    """The legal notes in full, a column a language."""
    regimes = {regime.id: regime for regime in book.regimes}

    def text(line: L, language: str) -> str:
        name, notes = of(line)
        when = {"zh": "（{} 核）", "en": " (as of {})"}[language]
        return _lines(*(cited(book, regimes[name], note)[language] + when.format(note.as_of) for note in notes))

    return (
        Column("法律说明全文", "Legal note (Chinese)", 40, lambda x: text(x, "zh"), "long"),
        Column("法律说明译文", "Legal note (English)", 40, lambda x: text(x, "en"), "long"),
    )


def _describe(file: Any, book: Book, tables: Tables) -> None:
    """The properties of the document: whose data it is, and the checksum of the issued text they were proven against."""
    handbook, checksum = book.handbook, tables.regimes.source_sha256
    file.set_properties(
        {
            "title": f"{handbook.title.zh} | {handbook.title.en}",
            "subject": f"{handbook.source.title.zh} | {handbook.source.title.en}",
            "comments": f"原文校验和 | checksum of the source: SHA-256 {checksum}",
            "created": CREATED,
        }
    )
    file.set_custom_property("source_sha256", checksum)


def _forms(file: Any) -> dict[str, Any]:
    # A font of the theme would come before its name; 134 says that it writes simplified Chinese.
    font = {"font_name": FONT, "font_size": 10, "font_scheme": "none", "font_charset": 134}
    cell = {**font, "valign": "top", "border": 1, "border_color": LINE}
    amount = {**cell, "bold": True, "font_color": SEAL, "align": "right"}
    looks = {
        "head": {**cell, "bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": SOFT},
        "text": {**cell, "text_wrap": True},
        "long": cell,
        "number": {**cell, "num_format": "#,##0", "align": "right", "indent": 1},
        "amount": {**amount, "num_format": "#,##0"},
        "percent": {**amount, "num_format": '0"%"'},
        "date": {**cell, "num_format": "yyyy-mm-dd", "align": "left"},
    }
    return {name: file.add_format(look) for name, look in looks.items()}


def _write(file: Any, forms: dict[str, Any], book: Book, sheet: Sheet[Any]) -> None:
    page = file.add_worksheet(sheet.name)
    columns = (*sheet.columns, *sheet.beside)
    last_line, last_column = len(sheet.lines), len(columns) - 1
    lines: list[list[Cell]] = [
        [f"{column.zh}\n{column.en}" for column in columns],
        *([column.cell(line) for column in columns] for line in sheet.lines),
    ]
    widths = [_width(column, [line[at] for line in lines]) for at, column in enumerate(columns)]
    for at, width in enumerate(widths):
        page.set_column(at, at, width or columns[at].width)
    for index, line in enumerate(lines):
        page.set_row(index, _height(line, widths))
        for at, cell in enumerate(line):
            _put(page, index, at, cell, forms[columns[at].form if index else "head"])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last_line, last_column)
    page.ignore_errors({"number_stored_as_text": _area(last_line, last_column)})
    _print(page, book, sheet, last_line)


def _width(column: Column[Any], cells: Sequence[Cell]) -> int:
    """The width of a column in which its longest text finds room in a row; 0 where texts are not wrapped."""
    if column.form == "long":
        return 0
    width = column.width
    while width < WIDEST and any(text_lines(cell, width) > MOST_LINES for cell in cells if isinstance(cell, str)):
        width += 4
    return width


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """The height that shows every text whole. Excel would find it by itself; LibreOffice and viewers on phones do not."""
    texts = [
        text_lines(cell, width) for cell, width in zip(cells, widths, strict=True) if width and isinstance(cell, str)
    ]
    return min(max(texts, default=1), MOST_LINES) * LINE_HEIGHT + 3


@lru_cache(maxsize=4096)
def text_lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of ``width`` digits; a Chinese character is as wide as two.

    >>> text_lines("罚款", 4), text_lines("罚款罚款", 4), text_lines("fine and warning", 10), text_lines("a\\nb", 10)
    (1, 2, 2, 2)
    """
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        at = 0
        for word in paragraph.split(" "):
            wide = (len(word.encode()) - len(word)) // 2
            if at and not wide and at + len(word) > width:  # only Chinese breaks within a word
                lines, at = lines + 1, 0
            at += len(word) + wide
            lines += len(word) > width and not wide  # an address, which breaks where its marks are
            while at > width:
                lines, at = lines + 1, at - width
            at += 1
    return lines


def _put(page: Any, line: int, column: int, value: Cell, form: Any) -> None:
    if value is None or value == "":
        page.write_blank(line, column, None, form)
    elif isinstance(value, int):
        page.write_number(line, column, value, form)
    elif isinstance(value, date):
        page.write_datetime(line, column, datetime(value.year, value.month, value.day), form)
    else:
        page.write_string(line, column, value if len(value) <= LONGEST else value[: LONGEST - 1] + "…", form)


def _print(page: Any, book: Book, sheet: Sheet[Any], last_line: int) -> None:
    """A4 across, as wide as one page, the header on every page, the title above and the number of the page below."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.print_area(0, 0, last_line, len(sheet.columns) - 1)
    title = book.handbook.title.zh.replace("&", "&&")[:60]
    page.set_header(f"&L&10{title}&R&10{sheet.title.zh} {sheet.title.en}")
    page.set_footer("&C&9&P / &N")


def _area(last_line: int, last_column: int) -> str:
    from xlsxwriter.utility import xl_range

    return str(xl_range(0, 0, last_line, last_column))
