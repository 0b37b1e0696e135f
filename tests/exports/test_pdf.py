"""The PDFs, read again by another library: every text there and as it is, tagged, with fonts, bookmarks and links that hold."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from handbook.edition import Edition, editions
from handbook.exports.pdf import Fonts, book_pdf, chosen, fonts, sheet_pdf
from handbook.limits import regime_label
from handbook.messages import Messages
from handbook.model import Book, Regime
from handbook.sheet import Sheet, sheet
from handbook.source import checksum
from handbook.text.fingerprint import fingerprint
from tests.exports.small import REGIME, REGIMES, real_book, small_book

BOOK = real_book()
EDITIONS = editions(BOOK)
SHEETS = [
    pytest.param(edition, regime, id=f"{regime.number:02}-{edition.language}")
    for edition in EDITIONS
    for regime in BOOK.regimes
]
HOSTILE = (
    "<b>x</b>",
    "=1+1",
    "#set page(width: 1cm)",
    "\\",
    "_x_",
    "*x*",
    "$x$",
    "@x",
    "<x>",
    "`x`",
    "// x",
    "#panic()",
)
ODD = re.compile(r"[\ufffd\ue000-\uf8ff]")


@pytest.fixture(scope="module")
def found() -> Fonts:
    there = fonts()
    if there is None:
        pytest.skip("no Chinese font is installed: apt-get install fonts-noto-cjk")
    return there


class Read:
    """A PDF as another library reads it; texts without white space, for lines break anywhere."""

    def __init__(self, content: bytes, heads: Iterable[str] = ()) -> None:
        self.reader = PdfReader(io.BytesIO(content))
        self.pages = [page.extract_text() for page in self.reader.pages]
        self.feet = [page.split("\n")[-1] for page in self.pages]
        heads = sorted(map(squeezed, heads), key=len, reverse=True)
        bodies = [squeezed(page[: page.rindex("\n")]) for page in self.pages]
        self.heads = [next((head for head in heads if body.startswith(head)), "") for body in bodies]
        self.text = "".join(body.removeprefix(head) for body, head in zip(bodies, self.heads, strict=True))

    @property
    def root(self) -> DictionaryObject:
        root = self.reader.trailer["/Root"]
        assert isinstance(root, DictionaryObject)
        return root

    @property
    def bookmarks(self) -> list[str]:
        return [squeezed(entry.title or "") for entry in flat(self.reader.outline)]


def flat(entries: list[Any]) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@cache
def sheet_of(edition: Edition, regime_id: str) -> Sheet:
    return sheet(BOOK, edition, next(r for r in BOOK.regimes if r.id == regime_id))


@cache
def read_sheet(edition: Edition, regime_id: str) -> Read:
    there = fonts()
    assert there
    author = BOOK.handbook.issuer[edition.language]
    return Read(sheet_pdf(sheet_of(edition, regime_id), there, author))


@cache
def bytes_of_book(edition: Edition) -> bytes:
    there = fonts()
    assert there
    return book_pdf(BOOK, edition, there)


@cache
def read_book(edition: Edition) -> Read:
    return Read(bytes_of_book(edition), heads(BOOK, edition.language))


def heads(book: Book, language: str) -> list[str]:
    """What stands above the pages of a book."""
    say = Messages(language)
    registers = [say(f"{name}_title") for name in ("penalties", "limits", "laws", "glossary")]
    return [*(regime_label(regime, language) for regime in book.regimes), *registers]


def embedded(reader: PdfReader) -> dict[str, bool]:
    """The fonts of a document: whether each is embedded."""
    names: dict[str, bool] = {}
    for page in reader.pages:
        resources = page["/Resources"].get_object()
        for font in resources.get("/Font", DictionaryObject()).values():  # type: ignore[union-attr]
            inner = font.get_object()
            below = inner["/DescendantFonts"][0].get_object() if "/DescendantFonts" in inner else inner
            descriptor = below["/FontDescriptor"].get_object()
            names[inner["/BaseFont"]] = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return names


def structure(root: DictionaryObject, name: str) -> list[DictionaryObject]:
    """The elements of the structure tree of a kind: /TH, /Figure."""
    elements = []
    waiting: list[Any] = [root["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        element = element.get_object() if isinstance(element, IndirectObject) else element
        if isinstance(element, ArrayObject):
            waiting += element
        elif isinstance(element, DictionaryObject):
            if element.get("/S") == name:
                elements.append(element)
            if "/K" in element:
                waiting.append(element["/K"])
    return elements


def test_the_best_chinese_families_are_chosen() -> None:
    best = chosen(["SimSun", "noto serif cjk sc", "Times New Roman", "Microsoft YaHei", "Segoe UI"])

    assert best == Fonts("noto serif cjk sc", "Microsoft YaHei", None, "Segoe UI", None)


def test_a_family_missing_is_stood_in_for_by_the_other() -> None:
    assert chosen(["SimSun", "Times New Roman"]) == Fonts(
        "SimSun", "SimSun", "Times New Roman", "Times New Roman", None
    )
    assert chosen(["WenQuanYi Zen Hei"]) == Fonts("WenQuanYi Zen Hei", "WenQuanYi Zen Hei", None, None, None)


def test_without_a_chinese_family_there_are_no_fonts() -> None:
    assert chosen(["Libertinus Serif", "DejaVu Sans", "Noto Sans CJK JP"]) is None


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(("edition", "regime"), SHEETS)
def test_a_sheet_has_every_item_once_and_in_order(edition: Edition, regime: Regime) -> None:
    expected, pdf = sheet_of(edition, regime.id), read_sheet(edition, regime.id)

    assert expected.items
    at = 0
    for part in expected.parts:
        for item in part.items:
            other = item.other if edition.language == "en" else ""
            answers = "".join(part.answers)
            row = squeezed(f"{item.number}{item.question}{other}{item.citation}{answers}")
            at = pdf.text.find(row, at)
            assert at >= 0, row
            at += len(row)
    for answer in expected.parts[0].answers[2:]:
        assert pdf.text.count(squeezed(answer)) == len(expected.items)


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(("edition", "regime"), SHEETS)
def test_a_sheet_has_its_form_head_and_what_to_know_before_use(edition: Edition, regime: Regime) -> None:
    expected, pdf, say = sheet_of(edition, regime.id), read_sheet(edition, regime.id), Messages(edition.language)

    head = [expected.kicker, expected.title, say("sheet_party"), say("sheet_inspector_2"), say("sheet_reading")]
    for words in (*head, *(title for title, _ in expected.gone), *(status for _, status in expected.gone)):
        assert squeezed(words) in squeezed(pdf.pages[0]), words


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(("edition", "regime"), SHEETS)
def test_every_page_of_a_sheet_has_rows_under_the_head_and_says_which_page_it_is(
    edition: Edition, regime: Regime
) -> None:
    expected, pdf, say = sheet_of(edition, regime.id), read_sheet(edition, regime.id), Messages(edition.language)
    version = say("sheet_version", date=expected.version, fingerprint=expected.fingerprint)
    head = squeezed("".join(say(f"sheet_{name}") for name in ("number", "item", "clause", "result", "remark")))

    for number, page in enumerate(pdf.pages, 1):
        assert squeezed(page).count(head) == 1
        assert say("answer_na") in page
        of = say("page_of", n=number, all=len(pdf.pages))
        assert squeezed(page).endswith(squeezed(f"{expected.title} · {version}{of}"))


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(("edition", "regime"), SHEETS)
def test_the_sign_off_stands_below_the_last_item_on_its_page(edition: Edition, regime: Regime) -> None:
    assert signed_below_the_last_item(sheet_of(edition, regime.id), read_sheet(edition, regime.id))


def signed_below_the_last_item(expected: Sheet, pdf: Read) -> bool:
    say, last = Messages(expected.language), squeezed(pdf.pages[-1])
    names = ("sheet_sign_inspector_1", "sheet_sign_inspector_2", "sheet_sign_party", "sheet_sign_date", "sheet_code")
    at = 0
    for words in (expected.items[-1].question, *map(say, names), expected.code):
        at = last.find(squeezed(words), at)
        if at < 0:
            return False
    return True


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(("edition", "regime"), SHEETS)
def test_a_sheet_is_tagged_and_says_what_it_is(edition: Edition, regime: Regime) -> None:
    expected, pdf = sheet_of(edition, regime.id), read_sheet(edition, regime.id)
    meta = pdf.reader.metadata

    assert meta
    assert (meta.title, meta.author) == (expected.title, BOOK.handbook.issuer[edition.language])
    assert meta.creation_date
    assert meta.creation_date.date() == regime.verified.on
    assert all(word in str(meta["/Keywords"]) for word in getattr(regime.keywords, edition.language))
    assert str(pdf.root["/Lang"]) == edition.html_lang
    assert str(pdf.root["/MarkInfo"]) == "{'/Marked': True, '/Suspects': False}"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.root["/Metadata"].get_object().get_data()  # type: ignore[union-attr]
    assert len(structure(pdf.root, "/TH")) >= 5
    (figure,) = structure(pdf.root, "/Figure")
    assert expected.code in str(figure["/Alt"])


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(("edition", "regime"), SHEETS)
def test_the_fonts_of_a_sheet_are_embedded_and_show_every_character(edition: Edition, regime: Regime) -> None:
    expected, pdf = sheet_of(edition, regime.id), read_sheet(edition, regime.id)

    assert all(embedded(pdf.reader).values())
    assert all("+" in name for name in embedded(pdf.reader)), "whole fonts, no subsets"
    assert not ODD.search("".join(pdf.pages))
    assert {c for item in expected.items for c in item.question} - {" "} <= set(pdf.text)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_same_sheet_gives_the_same_bytes(edition: Edition, found: Fonts) -> None:
    one = sheet_of(edition, BOOK.regimes[0].id)

    assert sheet_pdf(one, found, "x") == sheet_pdf(one, found, "x")


def test_another_process_gives_the_same_bytes(found: Fonts) -> None:
    program = (
        "import hashlib, pathlib; from handbook.source import read; from handbook.edition import Edition;"
        "from handbook.exports.pdf import book_pdf, fonts, sheet_pdf; from handbook.sheet import sheet;"
        f"book = read(pathlib.Path({str(REGIMES)!r})).book; edition = Edition('en', 'en/');"
        "files = [sheet_pdf(sheet(book, edition, book.regimes[0]), fonts()), book_pdf(book, edition, fonts())];"
        "print(*(hashlib.sha256(f).hexdigest() for f in files))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(runs) == 1
    assert len(runs.pop().split()) == 2


def test_an_address_is_a_link(found: Fonts) -> None:
    address = "https://example.org/checklists/x/"
    one = replace(sheet_of(EDITIONS[0], BOOK.regimes[0].id), address=address, code=address)

    reader = PdfReader(io.BytesIO(sheet_pdf(one, found)))

    notes = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert [note["/A"]["/URI"] for note in notes] == [address]


def small(folder: Path, items: list[tuple[str, str]]) -> Book:
    """A small book whose first clause has these questions."""
    checks = "".join(f"          - {{zh: {_quoted(zh)}, en: {_quoted(en)}}}\n" for zh, en in items)
    marker = "      - marker: （二）\n"
    return small_book(folder, REGIME.replace(marker, f"        checks:\n{checks}{marker}", 1))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def sheet_in(book: Book, language: str) -> Sheet:
    return sheet(book, Edition(language, ""), book.regimes[0])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_text_is_printed_as_it_is(tmp_path: Path, found: Fonts, language: str) -> None:
    book = small(tmp_path, [(f"是否{text}？", f"Is {text}?") for text in HOSTILE])

    pdf = Read(sheet_pdf(sheet_in(book, language), found, HOSTILE[0]))
    whole = Read(book_pdf(book, Edition(language, ""), found), heads(book, language))

    for text in HOSTILE:
        words = squeezed(f"是否{text}？" if language == "zh" else f"Is {text}?")
        assert words in pdf.text
        assert words in whole.text
    assert pdf.reader.metadata
    assert pdf.reader.metadata.author == HOSTILE[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_text_without_end_stays_inside_the_page_and_loses_nothing(tmp_path: Path, found: Fonts, language: str) -> None:
    word, line, address = "W" * 400, "很长的问题" * 600, "https://example.org/" + "a" * 200
    book = small(tmp_path, [(word, word), (line, "long question " * 200 + "end"), (address, address)])
    expected = sheet_in(book, language)

    paper = Read(sheet_pdf(expected, found))
    whole = Read(book_pdf(book, Edition(language, ""), found), heads(book, language))

    for pdf in (paper, whole):
        text = squeezed("".join(pdf.pages))  # a row over several pages is parted by their heads and feet
        assert text.count("W") >= 400
        assert text.count("很长的问题" if language == "zh" else "longquestion") >= (590 if language == "zh" else 195)
    assert min(lowest(paper.reader), lowest(whole.reader)) > 20
    for letter, most in (("W", 60), ("a", 100)):  # as many as find room in a column
        runs = re.findall(f"{letter}+", "\n".join(paper.pages + whole.pages))
        assert 10 < max(map(len, runs)) <= most


def lowest(reader: PdfReader) -> float:
    """How far above the foot of its page the lowest text stands, in points."""
    places: list[float] = []
    for page in reader.pages:
        page.extract_text(
            visitor_text=lambda text, ctm, matrix, *_: (
                places.append(ctm[3] * matrix[5] + ctm[5]) if text.strip() else None
            )
        )
    return min(places)


def test_two_hundred_items_are_all_there(tmp_path: Path, found: Fonts) -> None:
    book = small(tmp_path, [(f"第{n}问是否办理？", f"Is question {n} met?") for n in range(1, 201)])
    expected = sheet_in(book, "zh")

    pdf = Read(sheet_pdf(expected, found))

    assert len(expected.items) >= 200
    at = 0
    for item in expected.items:
        at = pdf.text.index(squeezed(f"{item.number}{item.question}{item.citation}"), at) + 1
    assert signed_below_the_last_item(expected, pdf)
    assert all(expected.parts[-1].answers[2] in page for page in pdf.pages)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_wherever_the_page_ends_the_sign_off_stays_with_the_last_item(
    tmp_path: Path, found: Fonts, language: str
) -> None:
    book = small(tmp_path, [(f"第{n}问？", f"Question {n}?") for n in range(1, 41)])
    full = sheet_in(book, language)
    (content,) = [part for part in full.parts if len(part.items) >= 40]
    pages = set()

    for count in range(1, 41):
        cut = replace(full, parts=(replace(content, items=content.items[:count]),))
        pdf = Read(sheet_pdf(cut, found))
        pages.add(len(pdf.pages))
        assert signed_below_the_last_item(cut, pdf), count

    assert len(pages) > 2, "no sheet of another length was tried"


def test_what_no_font_can_show_is_an_error_that_names_the_sheet(tmp_path: Path, found: Fonts) -> None:
    book = small(tmp_path, [("\U0010fffd是否办理？", "Is it done?")])

    with pytest.raises(RuntimeError, match=r"elevator-use \(zh\)"):
        sheet_pdf(sheet_in(book, "zh"), found)


def test_a_family_that_is_not_there_is_a_warning_that_names_the_sheet(found: Fonts) -> None:
    one = sheet_of(EDITIONS[0], BOOK.regimes[0].id)

    with pytest.warns(UserWarning, match=rf"{one.regime.id} \(zh\): unknown font family"):
        sheet_pdf(one, replace(found, serif="No Such Family"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_latin_family_may_stand_beside_the_chinese_one(tmp_path: Path, found: Fonts, language: str) -> None:
    book = small(tmp_path, [("是否“合格”ABC？", "Is “it” ABC?")])
    latin = next((f for f in ("DejaVu Sans", "Liberation Sans", "Arial") if f in found.faces.families()), None)
    if latin is None:
        pytest.skip("no Latin family to try")

    pdf = Read(sheet_pdf(sheet_in(book, language), replace(found, latin_sans=latin)))

    assert squeezed("是否“合格”ABC？" if language == "zh" else "Is “it” ABC?") in pdf.text
    assert any(latin.replace(" ", "") in name for name in embedded(pdf.reader))


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_book_opens_with_whose_text_it_is(edition: Edition) -> None:
    cover, say, handbook = squeezed(read_book(edition).pages[0]), Messages(edition.language), BOOK.handbook
    checked = min(regime.verified.on for regime in BOOK.regimes).isoformat()

    for words in (
        handbook.title[edition.language],
        handbook.issuer[edition.language],
        handbook.source.title[edition.language],
        say("footer_prevails"),
        checked,
        checksum(BOOK),
    ):
        assert squeezed(words) in cover, words


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_book_has_every_clause_question_instrument_and_term(edition: Edition) -> None:
    text, language = read_book(edition).text, edition.language

    missing = [f.key for f in BOOK.clauses if squeezed((f.clause.marker or "") + f.clause.zh) not in text]
    missing += [f.key for f in BOOK.clauses if language == "en" and squeezed(f.clause.en) not in text]
    missing += [i.id for r in BOOK.regimes for i in sheet_of(edition, r.id).items if squeezed(i.question) not in text]
    missing += [law.id for law in BOOK.laws.laws if squeezed(law.cited_as[language]) not in text]
    missing += [term.zh for term in BOOK.glossary.terms if squeezed(term.zh) not in text]
    missing += [term.en for term in BOOK.glossary.terms if squeezed(term.en) not in text]

    assert not missing


@pytest.mark.usefixtures("found")
def test_every_slip_and_legal_note_is_in_the_book_with_its_references_cited() -> None:
    text = read_book(EDITIONS[0]).text

    for found in BOOK.clauses:
        notes = [e.note.zh for e in found.clause.errata]
        notes += [found.clause.legal_note.zh] if found.clause.legal_note else []
        for note in notes:
            for piece in re.split(r"\[#[^\]]+\]", note):
                assert squeezed(piece) in text, (found.key, piece)
    assert "[#" not in text


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_regime_has_its_bookmark_and_its_line_in_the_contents(edition: Edition) -> None:
    pdf, language = read_book(edition), edition.language
    say = Messages(language)
    labels = [squeezed(regime_label(regime, language)) for regime in BOOK.regimes]
    registers = [squeezed(say(f"{name}_title")) for name in ("penalties", "limits", "laws", "glossary")]

    assert [pdf.bookmarks.count(label) for label in labels] == [1] * len(labels)
    assert [b for b in pdf.bookmarks if b in registers] == registers
    contents = "|".join(map(squeezed, pdf.pages[1].split("\n")))
    for label in labels:
        line = re.search(r"\|?".join(map(re.escape, label)) + r"[.|]*([0-9]+)(\||$)", contents)
        assert line, label
        assert label in squeezed(pdf.pages[int(line[1]) - 1])


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_regimes_stand_by_category_and_number_each_on_a_page_of_its_own(edition: Edition) -> None:
    pdf, order = read_book(edition), list(BOOK.vocabulary.categories)
    expected = sorted(BOOK.regimes, key=lambda r: (order.index(r.category), r.number))
    labels = [squeezed(regime_label(regime, edition.language)) for regime in expected]

    assert [b for b in pdf.bookmarks if b in labels] == labels
    pages = [pdf.reader.get_destination_page_number(e) for e in flat(pdf.reader.outline) if squeezed(e.title) in labels]
    assert len(set(pages)) == len(labels)
    for page, label in zip(pages, labels, strict=True):
        assert page is not None
        assert pdf.heads[page] == label, "the running head is not that of the page"


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_of_the_book_is_empty_and_every_one_after_the_cover_is_numbered(edition: Edition) -> None:
    pdf = read_book(edition)

    for number, (page, foot) in enumerate(zip(pdf.pages, pdf.feet, strict=True), 1):
        assert len(page.split("\n")) > 3, number
        assert number == 1 or foot.endswith(f"{number} / {len(pdf.pages)}")


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_book_is_tagged_and_says_what_it_is(edition: Edition) -> None:
    pdf, handbook = read_book(edition), BOOK.handbook
    meta = pdf.reader.metadata

    assert meta
    assert (meta.title, meta.author) == (handbook.title[edition.language], handbook.issuer[edition.language])
    assert str(pdf.root["/Lang"]) == edition.html_lang
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.root["/Metadata"].get_object().get_data()  # type: ignore[union-attr]
    assert len(structure(pdf.root, "/H2")) >= len(BOOK.regimes)
    assert all(embedded(pdf.reader).values())
    assert not ODD.search("".join(pdf.pages))


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_link_leads_to_a_place_in_the_book(edition: Edition) -> None:
    pdf = read_book(edition)
    named = pdf.reader.named_destinations
    links = [a.get_object() for page in pdf.reader.pages for a in page.get("/Annots", [])]
    inner = [link.get("/Dest") or link["/A"].get("/D") for link in links if "/URI" not in link.get("/A", {})]

    assert len(inner) > len(BOOK.clauses)
    pages = {page.indirect_reference.idnum for page in pdf.reader.pages if page.indirect_reference}
    for target in inner:
        place = target.get_object() if isinstance(target, IndirectObject) else target
        if isinstance(place, str) and not isinstance(place, NameObject | ArrayObject):
            assert place in named
        elif isinstance(place, NameObject):
            assert str(place) in named
        else:
            assert place[0].idnum in pages  # type: ignore[index]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_same_book_gives_the_same_bytes(edition: Edition, found: Fonts) -> None:
    assert book_pdf(BOOK, edition, found) == bytes_of_book(edition)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_edition_alone_makes_its_book(tmp_path: Path, found: Fonts, language: str) -> None:
    book = small_book(tmp_path)

    pdf = Read(book_pdf(book, Edition(language, ""), found), heads(book, language))

    words = (
        ("擅自改造电梯", "违法所得的 10%–50%")
        if language == "zh"
        else ("rebuilding an elevator", "10%–50% of the illegal")
    )
    assert all(squeezed(w) in pdf.text for w in words)


@pytest.mark.parametrize(("language", "times"), [("zh", 0), ("en", 3)])
def test_the_english_book_says_where_the_chinese_has_moved_on(
    tmp_path: Path, found: Fonts, language: str, times: int
) -> None:
    stale = f"00000000-{fingerprint('This regime is made to strengthen supervision.')}"
    regime = REGIME.replace("to strengthen supervision.}", f"to strengthen supervision., translated_from: {stale}}}")
    heading = f"00000000-{fingerprint('Handling')}"
    regime = regime.replace("en: Handling}\n", f"en: Handling}}\n    translated_from: {heading}\n")
    title = f"00000000-{fingerprint('Supervision of the use of elevators')}"
    regime = regime.replace("of elevators}\n", f"of elevators}}\ntranslated_from: {title}\n")
    book = small_book(tmp_path, regime=regime)

    pdf = Read(book_pdf(book, Edition(language, ""), found), heads(book, language))

    assert pdf.text.count(squeezed("The Chinese has changed since this was translated")) == times
