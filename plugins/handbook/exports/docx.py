"""Word: the sheet of a checklist, to print or to fill in on the screen, with boxes to tick and fields to write into."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import count
from typing import Literal

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from handbook.exports.form import (
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
from handbook.messages import Messages
from handbook.sheet import ANSWERS, Sheet, SheetItem, SheetPart

WIDTH = 10206
"""The width of the text in twentieths of a point: A4 less two margins of 15 mm. The columns of every table add up to it."""

GRID = {"zh": (567, 737, 4253, 1361, 1304, 1984), "en": (567, 737, 4195, 1134, 1928, 1645)}
"""The widths of number, item (two), clause, result, remark: the code at the end needs a column of its own."""

ITEM, SIGNATURES, CODE = (1, 2, 1, 1, 1), (3, 3), (2, 4)
"""How many columns of the grid the cells of a row take: of an item, of two signatures, of the code with its address."""

TAG = 64
"""How many characters Word allows the tag and the title of a field."""

PROPERTY = 255
"""How many characters a property of the document may have."""

BLANK = "\u2002" * 5
"""What stands in a field before it is filled in: white space, so that it prints as an empty line."""

BOX, TICKED = "☐", "☒"

_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
        f'<Override PartName="/word/settings.xml" ContentType="{_OFFICE}.settings+xml"/>'
        f'<Override PartName="/word/fontTable.xml" ContentType="{_OFFICE}.fontTable+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    ),
    "word/_rels/document.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/settings" Target="settings.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATIONS}/fontTable" Target="fontTable.xml"/>'
        "</Relationships>"
    ),
}
"""The parts of an empty document that say what the others are."""


def sheet_docx(sheet: Sheet, author: str) -> bytes:
    """The sheet as a Word document; the same sheet gives the same bytes. ``author`` is who issues it.

    Every answer is a box of its own, tagged with the item and the answer; the lines of the form head and the remarks are
    fields. The look is in ``word/styles.xml``; the text is text, whatever it holds.
    """
    document = Document(io.BytesIO(_empty()))
    _describe(document, sheet, author)
    _run(document, sheet)
    body = document.element.body
    for element in _content(document, sheet):
        body.insert_element_before(element, "w:sectPr")
    target = io.BytesIO()
    document.save(target)
    return _dated(target.getvalue())


def _empty() -> bytes:
    """A document without text, with our styles."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in _PARTS.items():
            package.writestr(name, content)
        for name in ("document.xml", "styles.xml", "settings.xml", "fontTable.xml"):
            package.writestr(f"word/{name}", files("handbook.exports").joinpath("word", name).read_bytes())
    return target.getvalue()


def _dated(content: bytes) -> bytes:
    """The package with every entry of the same day: zip files remember when each was written."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for name in written.namelist():
            package.writestr(zipfile.ZipInfo(name), written.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _describe(document: DocumentObject, sheet: Sheet, author: str) -> None:
    properties, made = document.core_properties, day(sheet)
    properties.title = shortened(printable(sheet.title), PROPERTY)
    properties.subject = shortened(printable(f"{sheet.kicker} · {version(sheet)}"), PROPERTY)
    properties.author = properties.last_modified_by = shortened(printable(author), PROPERTY)
    properties.language = {"zh": "zh-CN", "en": "en-US"}[sheet.language]
    properties.version = sheet.fingerprint
    properties.created = properties.modified = made
    properties.revision = 1


def _run(document: DocumentObject, sheet: Sheet) -> None:
    """What runs along every page: title and version above, the number of the page below."""
    section = document.sections[0]
    head, foot = section.header.paragraphs[0]._p, section.footer.paragraphs[0]._p
    head.append(_text(f"{sheet.title} · {version(sheet)}"))
    words = Messages(sheet.language)("page_of", n="\0PAGE\0", all="\0NUMPAGES\0")
    for index, part in enumerate(words.split("\0")):
        foot.append(_field(part) if index % 2 else _text(part))


def _content(document: DocumentObject, sheet: Sheet) -> Iterable[BaseOxmlElement]:
    say, ids = Messages(sheet.language), count(1)
    yield _paragraph("Kicker", _text(f"{sheet.kicker} · {version(sheet)}"))
    yield _paragraph("Title", _text(sheet.title))
    if sheet.language != "zh":
        yield _paragraph("Subtitle", _text(sheet.other_title))
    yield _form(sheet, ids)
    warning = notice(sheet)
    if warning:
        strong, rest = warning
        yield _paragraph("Notice", _text(f"{strong} ", "Strong"), _text(rest))
    yield _paragraph("BodyText", _text(say("sheet_reading")))
    yield _items(document, sheet, ids)
    yield _paragraph("Gap")


def _form(sheet: Sheet, ids: Iterator[int]) -> BaseOxmlElement:
    """The form head, two lines a row; the day is chosen from a calendar."""
    cells = []
    for name, words in fields(sheet):
        kind = _date(sheet.language) if name == "date" else _element("w:text")
        cells.append([_paragraph("FormLabel", _text(words)), _paragraph("FormValue", _fill(name, words, ids, kind))])
    widths = (WIDTH // 2, WIDTH - WIDTH // 2)
    rows = [_row(widths, (1, 1), cells[at : at + 2]) for at in range(0, len(cells), 2)]
    return _table("FormHead", widths, rows)


def _items(document: DocumentObject, sheet: Sheet, ids: Iterator[int]) -> BaseOxmlElement:
    """The table of the items. The sign-off is its last rows, since rows of one table can be kept together everywhere."""
    grid = GRID[sheet.language]
    rows = [_row(grid, ITEM, [[_paragraph("TableHead", _text(head))] for head in heads(sheet)], head=True)]
    for part in sheet.parts:
        rows.append(_row(grid, (len(grid),), [[_paragraph("Heading1", _text(part.title))]]))
        rows += [_row(grid, ITEM, _item(sheet, part, item, ids)) for item in part.items]
    for paragraph in rows[-1].iter(qn("w:p")):  # the last item goes to the next page with the sign-off
        paragraph[0].append(_element("w:keepNext"))
    return _table("Checklist", grid, [*rows, *_sign_off(document, sheet)], sheet.title)


def _item(sheet: Sheet, part: SheetPart, item: SheetItem, ids: Iterator[int]) -> list[list[BaseOxmlElement]]:
    if sheet.language == "zh":
        question = [_paragraph("QuestionChinese", _text(item.question))]
    else:
        question = [_paragraph("Question", _text(item.question)), _paragraph("QuestionBeneath", _text(item.other))]
    remark = f"{item.number} {Messages(sheet.language)('sheet_remark')}"
    lines = _element("w:text", {"w:multiLine": "1"})
    return [
        [_paragraph("ItemNumber", _text(str(item.number)))],
        question,
        [_paragraph("Clause", _text(item.citation))],
        [
            _paragraph("Answer", _box(tag(item, answer), f"{item.number} {words}", ids), _text(f" {words}"))
            for answer, words in zip(ANSWERS, part.answers, strict=True)
        ],
        [_paragraph("Remark", _fill(tag(item, "remark"), remark, ids, lines))],
    ]


def tag(item: SheetItem, what: str) -> str:
    """The tag of a field: the id of the item and the answer, or ``remark``; without the regime where Word has no room.

    A program reads a filled sheet by them: ``type-approval.s2-1.1:yes``.
    """
    whole = f"{item.id}:{what}"
    return whole if len(whole) <= TAG else f"{item.anchor}:{what}"


def _sign_off(document: DocumentObject, sheet: Sheet) -> list[BaseOxmlElement]:
    grid, lines = GRID[sheet.language], [[_paragraph("SignLine", _text(words))] for words in signatures(sheet)]
    words = _paragraph("Caption", _text(Messages(sheet.language)("sheet_code"), "Strong"))
    where = _link(document, sheet.address) if sheet.address else _text(sheet.code)
    code = [[_paragraph("Code", _picture(document, sheet))], [words, _paragraph("Caption", where)]]
    return [
        *(_row(grid, SIGNATURES, lines[at : at + 2], bare="below" if at == 0 else "around") for at in (0, 2)),
        _row(grid, CODE, code, bare="around"),
    ]


def _picture(document: DocumentObject, sheet: Sheet) -> BaseOxmlElement:
    """The code, 2 cm wide, with what it shows in words."""
    inline = document.part.new_pic_inline(io.BytesIO(picture(sheet, 8)), Cm(2), Cm(2))
    inline.docPr.set("descr", printable(description(sheet)))
    return _element("w:r", {}, _element("w:drawing", {}, inline))


def _link(document: DocumentObject, address: str) -> BaseOxmlElement:
    relation = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return _element("w:hyperlink", {"r:id": relation, "w:history": "1"}, _text(address, "Hyperlink"))


def _box(name: str, title: str, ids: Iterator[int]) -> BaseOxmlElement:
    """A box to tick: a click turns ☐ into ☒ and back."""
    kind = _element(
        "w14:checkbox",
        {},
        _element("w14:checked", {"w14:val": "0"}),
        _element("w14:checkedState", {"w14:val": f"{ord(TICKED):X}", "w14:font": "MS Gothic"}),
        _element("w14:uncheckedState", {"w14:val": f"{ord(BOX):X}", "w14:font": "MS Gothic"}),
    )
    return _control(name, title, ids, [kind], _text(BOX, "Box"))


def _fill(name: str, title: str, ids: Iterator[int], kind: BaseOxmlElement) -> BaseOxmlElement:
    """A field to write into. What stands in it goes with the first letter typed."""
    return _control(name, title, ids, [_element("w:showingPlcHdr"), kind], _text(BLANK, "PlaceholderText"))


def _date(language: str) -> BaseOxmlElement:
    return _element(
        "w:date",
        {},
        _element("w:dateFormat", {"w:val": "yyyy-MM-dd"}),
        _element("w:lid", {"w:val": {"zh": "zh-CN", "en": "en-US"}[language]}),
        _element("w:storeMappedDataAs", {"w:val": "dateTime"}),
        _element("w:calendar", {"w:val": "gregorian"}),
    )


def _control(
    name: str, title: str, ids: Iterator[int], kind: Sequence[BaseOxmlElement], content: BaseOxmlElement
) -> BaseOxmlElement:
    """A field that can be filled in and not be deleted."""
    return _element(
        "w:sdt",
        {},
        _element(
            "w:sdtPr",
            {},
            _element("w:alias", {"w:val": shortened(printable(title), TAG)}),
            _element("w:tag", {"w:val": name}),
            _element("w:id", {"w:val": str(next(ids))}),
            _element("w:lock", {"w:val": "sdtLocked"}),
            *kind,
        ),
        _element("w:sdtContent", {}, content),
    )


def _table(style: str, widths: Sequence[int], rows: Iterable[BaseOxmlElement], caption: str = "") -> BaseOxmlElement:
    """A table whose columns keep their widths; one with a caption, which is read aloud, has a head."""
    return _element(
        "w:tbl",
        {},
        _element(
            "w:tblPr",
            {},
            _element("w:tblStyle", {"w:val": style}),
            _element("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
            _element("w:tblLayout", {"w:type": "fixed"}),
            _element(
                "w:tblLook",
                {"w:val": "0620" if caption else "0600", "w:firstRow": str(int(bool(caption))), "w:lastRow": "0"}
                | {"w:firstColumn": "0", "w:lastColumn": "0", "w:noHBand": "1", "w:noVBand": "1"},
            ),
            *([_element("w:tblCaption", {"w:val": printable(caption)})] if caption else []),
        ),
        _element("w:tblGrid", {}, *(_element("w:gridCol", {"w:w": str(width)}) for width in widths)),
        *rows,
    )


def _row(
    grid: Sequence[int],
    spans: Sequence[int],
    cells: Sequence[Sequence[BaseOxmlElement]],
    head: bool = False,
    bare: Literal["below", "around"] | None = None,
) -> BaseOxmlElement:
    """A row that stays on one page. A head is printed on every page the table reaches; a bare row has no lines."""
    rights = [_element("w:cantSplit"), *([_element("w:tblHeader")] if head else [])]
    row, at = _element("w:tr", {}, _element("w:trPr", {}, *rights)), 0
    for span, content in zip(spans, cells, strict=True):
        properties = [_element("w:tcW", {"w:w": str(sum(grid[at : at + span])), "w:type": "dxa"})]
        if span > 1:
            properties.append(_element("w:gridSpan", {"w:val": str(span)}))
        if bare:
            sides = ("left", "bottom", "right") if bare == "below" else ("top", "left", "bottom", "right")
            properties += [
                _element("w:tcBorders", {}, *(_element(f"w:{side}", {"w:val": "nil"}) for side in sides)),
                _element("w:tcMar", {}, _element("w:left", {"w:w": "0", "w:type": "dxa"})),
                _element("w:vAlign", {"w:val": "center"}),
            ]
        row.append(_element("w:tc", {}, _element("w:tcPr", {}, *properties), *content))
        at += span
    return row


def _paragraph(style: str, *content: BaseOxmlElement) -> BaseOxmlElement:
    return _element("w:p", {}, _element("w:pPr", {}, _element("w:pStyle", {"w:val": style})), *content)


def _text(text: str, style: str | None = None) -> BaseOxmlElement:
    """A run of text, its line ends kept. Quotation marks and dashes beside Chinese are set in its font, as Word itself does."""
    properties = [_element("w:rStyle", {"w:val": style})] if style else []
    if any("\u2e80" <= character <= "\uffef" for character in text):
        properties.append(_element("w:rFonts", {"w:hint": "eastAsia"}))
    run = _element("w:r", {}, *([_element("w:rPr", {}, *properties)] if properties else []))
    for index, line in enumerate(printable(text).splitlines() or [""]):
        if index:
            run.append(_element("w:br"))
        words = _element("w:t", {"xml:space": "preserve"})
        words.text = line
        run.append(words)
    return run


def _field(name: str) -> BaseOxmlElement:
    """A number Word counts itself."""
    return _element("w:fldSimple", {"w:instr": f" {name} "}, _text("1"))


def _element(name: str, attributes: dict[str, str] | None = None, *content: BaseOxmlElement) -> BaseOxmlElement:
    element = OxmlElement(name, {qn(key): value for key, value in (attributes or {}).items()})
    element.extend(content)
    return element
