"""The sheet in Word, read as XML: every item with its boxes, heads that repeat, rows that stay whole, text that stays text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from handbook.exports.docx import BLANK, sheet_docx, tag
from handbook.exports.form import BORDER, notice, signatures
from handbook.messages import Messages
from handbook.sheet import ANSWERS, FIELDS, Sheet, code
from tests.exports.office import ADDRESS, AUTHOR, EVERY, HOSTILE, hostile, longest, plain, printed, real, sized

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/package/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dcterms": "http://purl.org/dc/terms/",
}

FONTS = {"SimSun", "Microsoft YaHei", "MS Gothic"}
"""The East Asian fonts of Windows the styles may name."""


class Word:
    """A document, its parts as trees."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.entries = package.infolist()
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.document = self.tree("word/document.xml")
        body = self.document.find("w:body", SPACES)
        assert body is not None
        self.body = body

    def tree(self, name: str) -> Element:
        return ElementTree.fromstring(self.parts[name])

    @property
    def form(self) -> Element:
        return self.body.findall("w:tbl", SPACES)[0]

    @property
    def table(self) -> Element:
        return self.body.findall("w:tbl", SPACES)[-1]

    @property
    def rows(self) -> list[Element]:
        return self.table.findall("w:tr", SPACES)

    @property
    def items(self) -> list[Element]:
        """The rows of the items: those with a box."""
        return [row for row in self.rows if row.find(".//w14:checkbox", SPACES) is not None]

    @property
    def after(self) -> list[Element]:
        """The rows after the last item: the sign-off."""
        return self.rows[self.rows.index(self.items[-1]) + 1 :]


def w(name: str) -> str:
    space, _, local = name.rpartition(":")
    return f"{{{SPACES[space or 'w']}}}{local}"


def value(element: Element | None, name: str = "val") -> str:
    assert element is not None
    return element.get(w(name)) or ""


def text(element: Element) -> str:
    """The text of the paragraphs of an element, a line each."""
    return "\n".join("".join(t.text or "" for t in p.iter(w("t"))) for p in element.iter(w("p")))


def styles(element: Element) -> list[str]:
    return [value(p.find("w:pPr/w:pStyle", SPACES)) for p in element.iter(w("p"))]


@pytest.fixture(scope="module", params=EVERY)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    return real(request.param)


@pytest.fixture(scope="module")
def word(sheet: Sheet) -> Word:
    return Word(sheet_docx(sheet, AUTHOR))


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_table_has_every_item_with_its_texts_clause_and_answers(sheet: Sheet, word: Word) -> None:
    expected = [
        [
            str(item.number),
            item.question if sheet.language == "zh" else f"{item.question}\n{item.other}",
            item.citation,
            "\n".join(f"☐ {answer}" for answer in part.answers),
            BLANK,
        ]
        for part in sheet.parts
        for item in part.items
    ]

    assert [[text(cell) for cell in row.findall("w:tc", SPACES)] for row in word.items] == expected
    assert expected


def test_the_head_of_a_part_stands_before_its_items_and_stays_with_them(sheet: Sheet, word: Word) -> None:
    expected = [line for part in sheet.parts for line in [part.title, *(str(item.number) for item in part.items)]]

    assert [text(row.findall("w:tc", SPACES)[0]) for row in word.rows[1 : 1 + len(expected)]] == expected
    heads = [row for row in word.rows if styles(row) == ["Heading1"]]
    assert [text(row) for row in heads] == [part.title for part in sheet.parts]
    assert "keepNext" in properties_of_style(word, "Heading1")


def test_a_sheet_says_things_in_their_order(sheet: Sheet, word: Word) -> None:
    say = Messages(sheet.language)
    warning = notice(sheet)
    version = say("sheet_version", date=sheet.version, fingerprint=sheet.fingerprint)
    expected = [("Kicker", f"{sheet.kicker} · {version}"), ("Title", sheet.title)]
    if sheet.language == "en":
        expected.append(("Subtitle", sheet.other_title))
    expected.append(("table", say("sheet_party")))
    if warning:
        expected.append(("Notice", " ".join(warning)))
        assert all(title in warning[1] and status in warning[1] for title, status in sheet.gone)
    expected += [("BodyText", say("sheet_reading")), ("table", say("sheet_number")), ("Gap", "")]

    found = []
    for block in word.body:
        if block.tag == w("tbl"):
            found.append(("table", text(block).partition("\n")[0]))
        elif block.tag == w("p"):
            found.append((styles(block)[0], text(block)))

    assert found == expected
    assert bool(warning) == bool(sheet.gone)


def test_every_answer_is_a_box_that_is_not_ticked(sheet: Sheet, word: Word) -> None:
    boxes = [c for c in word.table.iter(w("sdt")) if c.find("w:sdtPr/w14:checkbox", SPACES) is not None]

    assert [value(box.find("w:sdtPr/w:tag", SPACES)) for box in boxes] == [
        f"{item.id}:{answer}" for item in sheet.items for answer in ANSWERS
    ]
    assert {value(box.find("w:sdtPr/w14:checkbox/w14:checked", SPACES), "w14:val") for box in boxes} == {"0"}
    assert {text_of_content(box) for box in boxes} == {"☐"}
    states = {value(box.find(f"w:sdtPr/w14:checkbox/w14:{s}", SPACES), "w14:val") for box in boxes for s in STATES}
    assert {chr(int(state, 16)) for state in states} == {"☐", "☒"}


STATES = ("checkedState", "uncheckedState")


def text_of_content(control: Element) -> str:
    content = control.find("w:sdtContent", SPACES)
    assert content is not None
    return "".join(t.text or "" for t in content.iter(w("t")))


def test_the_form_head_and_the_remarks_are_fields_that_print_blank(sheet: Sheet, word: Word) -> None:
    form = [value(p.find("w:tag", SPACES)) for p in word.form.iter(w("sdtPr"))]
    remarks = [p for p in word.table.iter(w("sdtPr")) if p.find("w:text", SPACES) is not None]

    assert tuple(form) == FIELDS
    assert [value(p.find("w:tag", SPACES)) for p in remarks] == [f"{item.id}:remark" for item in sheet.items]
    assert all(value(p.find("w:text", SPACES), "multiLine") == "1" for p in remarks)
    fields = [c for c in word.body.iter(w("sdt")) if c.find("w:sdtPr/w14:checkbox", SPACES) is None]
    assert len(fields) == len(FIELDS) + len(sheet.items)
    assert {text_of_content(field).strip() for field in fields} == {""}
    assert all(field.find("w:sdtPr/w:showingPlcHdr", SPACES) is not None for field in fields)
    say = Messages(sheet.language)
    assert [line for line in text(word.form).splitlines() if line.strip()] == [say(f"sheet_{f}") for f in FIELDS]


def test_fields_are_named_once_and_within_the_limits_of_word(sheet: Sheet, word: Word) -> None:
    controls = list(word.body.iter(w("sdtPr")))

    for name in ("tag", "id"):
        found = [value(control.find(f"w:{name}", SPACES)) for control in controls]
        assert len(set(found)) == len(found) > 0
    assert {value(control.find("w:lock", SPACES)) for control in controls} == {"sdtLocked"}
    for name in ("tag", "alias"):
        assert all(0 < len(value(control.find(f"w:{name}", SPACES))) <= 64 for control in controls)


def test_the_tag_of_an_item_with_a_long_id_leaves_out_the_regime() -> None:
    item = replace(real(EVERY[0]).items[0], id=f"{'a' * 80}.s1-1", anchor="s1-1")

    assert [tag(item, answer) for answer in ANSWERS] == ["s1-1:yes", "s1-1:no", "s1-1:na"]


def test_the_head_is_on_every_page_and_no_row_is_split(word: Word) -> None:
    heads = [row for row in word.rows if row.find("w:trPr/w:tblHeader", SPACES) is not None]

    assert heads == word.rows[:1]
    for table in word.body.iter(w("tbl")):
        assert all(row.find("w:trPr/w:cantSplit", SPACES) is not None for row in table.iter(w("tr")))


def test_the_columns_add_up_to_the_width_of_the_text(word: Word) -> None:
    size, margins = word.body.find("w:sectPr/w:pgSz", SPACES), word.body.find("w:sectPr/w:pgMar", SPACES)
    width = int(value(size, "w")) - int(value(margins, "left")) - int(value(margins, "right"))

    assert (value(size, "w"), value(size, "h")) == ("11906", "16838")
    for table in word.body.iter(w("tbl")):
        grid = [int(value(column, "w")) for column in table.findall("w:tblGrid/w:gridCol", SPACES)]
        assert sum(grid) == width == int(value(table.find("w:tblPr/w:tblW", SPACES), "w"))
        assert value(table.find("w:tblPr/w:tblLayout", SPACES), "type") == "fixed"
        for row in table.iter(w("tr")):
            at = 0
            for cell in row.findall("w:tc", SPACES):
                spanned = cell.find("w:tcPr/w:gridSpan", SPACES)
                span = 1 if spanned is None else int(value(spanned))
                assert int(value(cell.find("w:tcPr/w:tcW", SPACES), "w")) == sum(grid[at : at + span])
                at += span
            assert at == len(grid)


def test_the_sign_off_is_kept_with_the_last_item(sheet: Sheet, word: Word) -> None:
    kept = [*word.items[-1].iter(w("p")), *(p for row in word.after[:-1] for p in row.iter(w("p")))]

    assert [text(cell) for row in word.after[:2] for cell in row.findall("w:tc", SPACES)] == [*signatures(sheet)]
    for paragraph in kept:
        style = value(paragraph.find("w:pPr/w:pStyle", SPACES))
        own = paragraph.find("w:pPr/w:keepNext", SPACES) is not None
        assert own or "keepNext" in properties_of_style(word, style), style
    assert all(p.find("w:pPr/w:keepNext", SPACES) is None for row in word.items[:-1] for p in row.iter(w("p")))


def properties_of_style(word: Word, name: str) -> set[str]:
    """The properties of paragraphs a style has, without those of the styles it is based on."""
    style = word.tree("word/styles.xml").find(f"w:style[@w:styleId='{name}']", SPACES)
    assert style is not None, name
    return {p.tag.rpartition("}")[2] for p in style.iterfind("w:pPr/*", SPACES)}


def test_the_look_is_in_the_styles_alone(word: Word) -> None:
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        tree = word.tree(name)
        runs = {child.tag for properties in tree.iter(w("rPr")) for child in properties}
        paragraphs = {child.tag for properties in tree.iter(w("pPr")) for child in properties}
        fonts = {key for font in tree.iter(w("rFonts")) for key in font.keys()}  # noqa: SIM118 - an element is no dict
        assert runs <= {w("rStyle"), w("rFonts")}
        assert fonts <= {w("hint")}
        assert paragraphs <= {w("pStyle"), w("keepNext")}


def test_every_style_in_use_is_there_with_fonts_of_windows(word: Word) -> None:
    sheet = word.tree("word/styles.xml")
    known = {value(style, "styleId"): style for style in sheet.findall("w:style", SPACES)}
    used = set()
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        for kind in ("pStyle", "rStyle", "tblStyle"):
            used |= {value(element) for element in word.tree(name).iter(w(kind))}

    assert used <= known.keys()
    assert len(used) > 10
    default = sheet.find("w:docDefaults/w:rPrDefault/w:rPr/w:rFonts", SPACES)
    assert (value(default, "eastAsia"), value(default, "ascii")) == ("SimSun", "Calibri")
    assert {value(font, "eastAsia") for font in sheet.iter(w("rFonts")) if value(font, "eastAsia")} == FONTS
    for name in ("Title", "Heading1", "TableHead"):
        assert value(known[name].find("w:rPr/w:rFonts", SPACES), "eastAsia") == "Microsoft YaHei"
    listed = {value(font, "name") for font in word.tree("word/fontTable.xml").findall("w:font", SPACES)}
    named = {font.get(w(key)) for font in sheet.iter(w("rFonts")) for key in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert named - {None} <= listed


def test_the_languages_are_named(sheet: Sheet, word: Word) -> None:
    default = word.tree("word/styles.xml").find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", SPACES)
    settings = word.tree("word/settings.xml").find("w:themeFontLang", SPACES)
    core = word.tree("docProps/core.xml")

    assert (value(default), value(default, "eastAsia")) == ("en-US", "zh-CN")
    assert (value(settings), value(settings, "eastAsia")) == ("en-US", "zh-CN")
    assert core.findtext("dc:language", "", SPACES) == {"zh": "zh-CN", "en": "en-US"}[sheet.language]


def test_runs_with_chinese_are_set_in_the_chinese_font(word: Word) -> None:
    for run in word.document.iter(w("r")):
        words = "".join(t.text or "" for t in run.iter(w("t")))
        hinted = run.find("w:rPr/w:rFonts", SPACES) is not None
        assert hinted == bool(re.search("[一-鿿]", words)) or re.search("[（），。？“”]", words), words


def test_boxes_to_tick_work_because_the_document_is_of_todays_word(word: Word) -> None:
    settings = word.tree("word/settings.xml").findall("w:compat/w:compatSetting", SPACES)

    assert {value(s, "name"): value(s) for s in settings}["compatibilityMode"] == "15"


def test_every_page_has_title_version_and_number(sheet: Sheet, word: Word) -> None:
    say = Messages(sheet.language)
    references = [value(r, "r:id") for r in word.body.iter() if r.tag in (w("headerReference"), w("footerReference"))]
    foot = word.tree("word/footer1.xml")

    assert len(references) == 2
    version = say("sheet_version", date=sheet.version, fingerprint=sheet.fingerprint)
    assert text(word.tree("word/header1.xml")) == f"{sheet.title} · {version}"
    assert [value(field, "instr").split() for field in foot.iter(w("fldSimple"))] == [["PAGE"], ["NUMPAGES"]]
    assert text(foot) == say("page_of", n=1, all=1)


def test_the_properties_say_what_it_is_who_issued_it_and_of_which_day(sheet: Sheet, word: Word) -> None:
    core = word.tree("docProps/core.xml")
    day = f"{sheet.regime.verified.on.isoformat()}T00:00:00Z"

    assert core.findtext("dc:title", "", SPACES) == sheet.title
    assert core.findtext("dc:creator", "", SPACES) == core.findtext("cp:lastModifiedBy", "", SPACES) == AUTHOR
    assert core.findtext("dcterms:created", "", SPACES) == core.findtext("dcterms:modified", "", SPACES) == day
    assert sheet.fingerprint in core.findtext("dc:subject", "", SPACES)


def test_the_code_is_a_picture_with_a_description(sheet: Sheet, word: Word) -> None:
    drawing = word.after[-1].find(".//wp:inline", SPACES)
    assert drawing is not None
    described, extent = drawing.find("wp:docPr", SPACES), drawing.find("wp:extent", SPACES)
    assert described is not None
    assert extent is not None

    assert sheet.code in (described.get("descr") or "")
    assert extent.get("cx") == extent.get("cy") == str(2 * 360_000)
    assert sheet.code in text(word.after[-1])
    pictures = [content for name, content in word.parts.items() if name.startswith("word/media/")]
    assert [dots(picture) for picture in pictures] == [dark(sheet.code)]


def dots(picture: bytes) -> tuple[int, ...]:
    """The width and the height of a PNG."""
    assert picture.startswith(b"\x89PNG")
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


def dark(words: str) -> tuple[int, int]:
    assert BORDER == 2  # what the size of a drawn code has too
    return code(words).size * 8, code(words).size * 8


def test_an_address_is_a_link(language: str) -> None:
    word = Word(sheet_docx(replace(longest(language), address=ADDRESS, code=ADDRESS), AUTHOR))
    links = word.body.findall(".//w:hyperlink", SPACES)

    assert [text_of_link(link) for link in links] == [ADDRESS]
    targets = {r.get("Id"): r for r in word.tree("word/_rels/document.xml.rels").findall("p:Relationship", SPACES)}
    assert targets[value(links[0], "r:id")].get("Target") == ADDRESS
    assert [r.get("Target") for r in targets.values() if r.get("TargetMode") == "External"] == [ADDRESS]


def text_of_link(link: Element) -> str:
    return "".join(t.text or "" for t in link.iter(w("t")))


def test_a_sheet_without_an_address_links_nowhere(language: str) -> None:
    word = Word(sheet_docx(replace(longest(language), address=""), AUTHOR))

    assert word.body.find(".//w:hyperlink", SPACES) is None
    assert b"External" not in word.parts["word/_rels/document.xml.rels"]


def test_the_same_sheet_gives_the_same_bytes(sheet: Sheet) -> None:
    content = sheet_docx(sheet, AUTHOR)

    assert content == sheet_docx(sheet, AUTHOR)
    assert {entry.date_time for entry in Word(content).entries} == {(1980, 1, 1, 0, 0, 0)}
    names = [entry.filename for entry in Word(content).entries]
    assert len(set(names)) == len(names)


def test_every_part_is_named_among_the_types_and_every_relation_leads_somewhere(word: Word) -> None:
    types = word.parts["[Content_Types].xml"].decode()

    for name in word.parts:
        kind = name.rpartition(".")[2]
        assert f'PartName="/{name}"' in types or kind in ("rels", "png") or name == "[Content_Types].xml", name
        if kind == "rels":
            folder = name.partition("_rels/")[0]
            for relation in word.tree(name).findall("p:Relationship", SPACES):
                target = (relation.get("Target") or "").removeprefix("/")
                assert f"{folder}{target}" in word.parts or target in word.parts


def test_hostile_text_stays_text(language: str) -> None:
    sheet = hostile(language)
    word = Word(sheet_docx(sheet, AUTHOR))

    questions = [text(row.findall("w:tc", SPACES)[1]) for row in word.items]
    assert questions == [t if language == "zh" else f"{t}\n{t}" for t in HOSTILE]
    assert [text(row.findall("w:tc", SPACES)[2]) for row in word.items] == [*HOSTILE]
    assert {element.tag for element in word.document.iter()} <= {e.tag for e in plain_elements()}
    assert word.document.find(".//w:fldSimple", SPACES) is None
    assert word.document.find(".//w:instrText", SPACES) is None


def plain_elements() -> Iterator[Element]:
    """The elements of a sheet with harmless text."""
    sheet = next(sheet for sheet in map(real, EVERY) if sheet.language == "en")
    yield from Word(sheet_docx(replace(sheet, gone=(("a", "b"),)), AUTHOR)).document.iter()


def test_characters_that_xml_forbids_are_replaced(language: str) -> None:
    sheet = sized(longest(language), 1)
    item = replace(sheet.items[0], question="a\x00b\x07c\ufffe\ud800d", other="\x1b")
    broken = replace(sheet, title="\x01", parts=(replace(sheet.parts[0], items=(item,)),), code="\x02")

    word = Word(sheet_docx(broken, "\x03"))

    assert text(word.items[0].findall("w:tc", SPACES)[1]).startswith("a�b�c��d")


def test_long_properties_are_cut(language: str) -> None:
    word = Word(sheet_docx(replace(longest(language), title="长" * 300), "作" * 300))

    assert word.tree("docProps/core.xml").findtext("dc:title", "", SPACES) == "长" * 254 + "…"


def test_two_hundred_items_are_all_there(language: str) -> None:
    word = Word(sheet_docx(sized(longest(language), 200), AUTHOR))

    assert [text(row.findall("w:tc", SPACES)[0]) for row in word.items] == [str(n) for n in range(1, 201)]


@pytest.fixture(scope="module")
def every_print(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The pages of every real sheet as another program prints them, in one go."""
    documents = {f"{name}.docx": sheet_docx(real(name), AUTHOR) for name in EVERY}
    return printed(tmp_path_factory.mktemp("printed"), documents)


@pytest.mark.parametrize("name", EVERY)
def test_another_program_prints_every_item_and_no_blank_page(name: str, every_print: dict[str, list[str]]) -> None:
    sheet = real(name)
    pages = every_print[f"{name}.docx"]
    say = Messages(sheet.language)
    number = [plain(say("page_of", n=n, all=len(pages))) for n in range(1, len(pages) + 1)]

    whole = "".join(pages)
    for item in sheet.items:
        assert plain(item.question) in whole
        assert sheet.language == "zh" or plain(item.other) in whole
    head = plain(f"{sheet.title}·{say('sheet_version', date=sheet.version, fingerprint=sheet.fingerprint)}")
    for page, words in zip(pages, number, strict=True):
        assert head in page
        assert words in page
        assert plain(say("sheet_remark")) in page
        assert len(page) > len(head) + len(words) + 60
    assert plain(sheet.items[-1].question) in pages[-1]
    assert all(plain(words) in pages[-1] for words in signatures(sheet))


def test_the_sign_off_is_never_alone_on_its_page(language: str, tmp_path: Path) -> None:
    whole = longest(language)
    sheets = {f"{n}.docx": sized(whole, n) for n in range(4, 24, 2)}
    pages = printed(tmp_path, {name: sheet_docx(sheet, AUTHOR) for name, sheet in sheets.items()})

    for name, sheet in sheets.items():
        assert plain(sheet.items[-1].question) in pages[name][-1], name
        assert all(plain(words) in pages[name][-1] for words in signatures(sheet)), name
    assert len({len(found) for found in pages.values()}) > 1


def test_another_program_prints_hostile_text_as_it_is(language: str, tmp_path: Path) -> None:
    pages = printed(tmp_path, {"a.docx": sheet_docx(hostile(language), AUTHOR)})["a.docx"]

    whole = "".join(pages)
    for words in HOSTILE:
        assert plain(words)[:30] in whole, words
