"""Pages of an invented regime against golden files a reader can review; refresh them with ``pytest --accept``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import handbook
from checks.report import quality
from checks.run import run
from handbook.compare import compare, of_book
from handbook.edition import Edition, editions, relative
from handbook.messages import Messages, catalogue
from handbook.model import Book
from handbook.pages import NAVIGATION_LIMIT, navigation, pages, term_anchors
from handbook.source import read
from handbook.views.quality import Quality
from tests.books import make_book

GOLDEN = Path(__file__).parent / "golden"

REGIME = """\
id: elevator-use
number: 1
category: general
title: {zh: 电梯使用监管, en: Supervision of the use of elevators}
keywords: {zh: [升降机], en: [lift]}
verified: {on: 2026-11-24, by: tests}
preamble:
  - {zh: 为加强电梯监管，制定本制度。, en: This regime is formulated in order to strengthen the supervision of elevators.}
sections:
  - number: 1
    heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
    aspects: [object]
    clauses:
      - {zh: 电梯使用单位<b>。, en: User units of elevators<b>.}
  - number: 2
    heading: {zh: 监督检查程序, en: Procedure for supervision and inspection}
    aspects: [content, method, procedure]
    aspects_note: {zh: '参见[#s1]。', en: 'See [#s1].'}
    clauses:
      - {marker: （一）, zh: 制定计划。每年至少一次。, en: Plan. At least once a year.}
      - {marker: （二）, zh: 实施检查。检查人员不得少于2人。, en: Inspection. There shall be not fewer than two inspectors.}
  - number: 3
    heading: {zh: 监督检查措施, en: Measures}
    aspects: [measures]
    clauses:
      - zh: 依照《电梯安全条例》，对有下列行为之一的：
        en: 'In accordance with the Regulations on Elevator Safety, for any of the following acts:'
        items:
          - marker: （一）
            zh: 未登记的，处一千元以上1万元以下罚款，
            en: failure to register, a fine of not less than RMB 1,000 but not more than RMB 10,000 shall be imposed,
            errata:
              - {found: 罚款，, kind: term, note: {zh: '以逗号结尾,参见[#s3-p1]。', en: 'Ends in a comma, see [#s3-p1].'}}
            items:
              - {marker: 1、, zh: 情节严重的，吊销许可证。, en: 'where the circumstances are serious, the license shall be revoked.'}
unstated_aspects:
  handling:
    drawn_from: [s3-p1-1, s2]
    note: {zh: 原文未单列处理一节。, en: The source has no separate section on handling.}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    reading = read(make_book(tmp_path_factory.mktemp("book") / "regimes", regime=REGIME), Path("regimes"))
    assert reading.book is not None
    assert reading.complete, [p.line() for p in reading.problems]
    return reading.book


@pytest.fixture(scope="module")
def findings(book: Book) -> Quality:
    return quality(run(read(book.folder, Path("regimes"))))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "path",
    ["", "regimes/elevator-use/", "categories/general/", "laws/", "laws/elevator-regulations/", "glossary/", "source/"],
)
def test_a_page_is_as_it_was_accepted(book: Book, findings: Quality, accept: bool, language: str, path: str) -> None:
    edition = next(e for e in editions(book) if e.language == language)
    page = next(p for p in pages(book, edition, findings) if p.path == path)
    golden = GOLDEN / f"{(path.strip('/') or 'home').replace('/', '-')}.{language}.html"
    if accept:
        golden.write_text(page.html + "\n", encoding="utf-8", newline="\n")

    assert page.html + "\n" == golden.read_text(encoding="utf-8")


def test_markup_in_the_data_reaches_a_page_only_as_text(book: Book) -> None:
    for edition in editions(book):
        page = next(p for p in pages(book, edition, Quality()) if p.path == "regimes/elevator-use/")

        assert "<b>" not in page.html
        assert "&lt;b&gt;" in page.html


def test_the_quality_page_shows_what_the_checks_found(book: Book, findings: Quality) -> None:
    page = next(p for p in pages(book, editions(book)[1], findings) if p.path == "quality/")

    assert findings.problems, "the invented regime breaks no rule; the page would have nothing to show"
    for problem in findings.problems:
        assert f"{problem.place.file.as_posix()}:{problem.place.line}" in page.html
        assert f"../rules/{problem.code.lower()}/" in page.html


def test_every_rule_of_a_build_has_its_page(book: Book, findings: Quality) -> None:
    paths = {p.path for p in pages(book, editions(book)[0], findings)}

    assert {f"rules/{r.code.lower()}/" for r in findings.rules} <= paths


def test_the_navigation_lists_regimes_only_while_they_are_few(book: Book) -> None:
    many = replace(book, regimes=book.regimes * (NAVIGATION_LIMIT + 1))

    few_items = [item.title for item in navigation(book, editions(book)[1])]
    many_items = [item.title for item in navigation(many, editions(book)[1])]

    assert "Regimes" in few_items
    assert "Regimes" not in many_items
    assert "Categories" in many_items


def test_every_category_with_regimes_has_a_page_that_is_in_the_navigation(book: Book) -> None:
    paths = {p.source_uri for p in pages(book, editions(book)[1], Quality()) if p.path.startswith("categories/")}
    regimes = next(item for item in navigation(book, editions(book)[1]) if item.title == "Regimes")

    assert paths == {"categories/general/index.md"}
    assert next(child.uri for group in regimes.children for child in group.children) in paths


@pytest.mark.parametrize(
    ("page", "target", "to", "address"),
    [
        ("", "", None, "./"),
        ("", "laws/", None, "laws/"),
        ("regimes/x/", "laws/", None, "../../laws/"),
        ("regimes/x/", "regimes/x/", "en", "../../en/regimes/x/"),
        ("", "", "en", "en/"),
    ],
)
def test_an_address_is_relative_to_its_page(page: str, target: str, to: str | None, address: str) -> None:
    root = Edition("zh", "")

    assert relative(root, page, target, to=Edition(to, f"{to}/") if to else None) == address


def test_an_address_leads_from_the_second_edition_back_to_the_root() -> None:
    assert (
        relative(Edition("en", "en/"), "regimes/x/", "regimes/x/", "s1", to=Edition("zh", ""))
        == "../../../regimes/x/#s1"
    )


def test_every_message_is_in_both_languages_and_a_missing_one_is_an_error() -> None:
    assert all(m.zh and m.en for m in catalogue().values())
    with pytest.raises(KeyError):
        Messages("zh")("no_such_message")


_COMPOSED = (
    "level_",
    "severity_",
    "amount_",
    "percent_",
    "facet_",
    "force_",
    "part_",
    "sheet_pdf",
    "sheet_docx",
    "sheet_xlsx",
    "marks_",
    "search_is_",
)
"""Keys a template or function puts together; a missing one fails the page that needs it."""


def test_every_message_is_used() -> None:
    package = Path(handbook.__file__).parent
    files = [*package.rglob("*.py"), *package.glob("templates/*.jinja")]
    text = "".join(file.read_text(encoding="utf-8") for file in files)

    unused = [k for k in catalogue() if f'"{k}"' not in text and not k.startswith(_COMPOSED)]

    assert not unused


def test_terms_have_anchors_of_their_own(book: Book) -> None:
    anchors = term_anchors(book)

    assert len(set(anchors.values())) == len(book.glossary.terms)


def test_there_is_a_page_of_changes_only_where_an_earlier_state_is_named(book: Book, tmp_path: Path) -> None:
    regime = REGIME.replace("1万元以下罚款", "2万元以下罚款").replace("[升降机]", "[升降机, 扶梯]")
    earlier = read(make_book(tmp_path, regime=regime), Path("regimes")).book
    assert earlier is not None
    found = compare(of_book(earlier, Path("regimes")), of_book(book, Path("regimes")), "data-2026<b>", "regimes")

    for edition in editions(book):
        without = {p.path: p.html for p in pages(book, edition, Quality())}
        with_it = {p.path: p.html for p in pages(book, edition, Quality(), changes=found)}
        page = with_it["changes/"]

        assert set(with_it) - set(without) == {"changes/"}
        assert {p for p in without if without[p] != with_it[p]} == {""}, "only home has a link to it"
        assert 'href="changes/"' in with_it[""]
        assert 'href="../regimes/elevator-use/#s3-p1-1"' in page
        assert "<del>2</del>" in page
        assert "<ins>1</ins>" in page
        assert "data-2026&lt;b&gt;" in page
        assert "<b>" not in page + with_it[""]
        assert page.index('<span class="hb-chip hb-chip--plain">') < page.index("扶梯")
        titles = [item.uri for item in navigation(book, edition, changes=True)]
        assert "changes/index.md" in titles
        assert "changes/index.md" not in [item.uri for item in navigation(book, edition)]
