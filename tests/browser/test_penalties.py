"""The penalty look-up as an inspector uses it: ten questions, each by filters, by address, in both languages, and by reading."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from handbook.source import read
from handbook.views.penalties import penalty_rows

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Question:
    """What an inspector asks, the filters that answer it, and the answer, read from the source by hand."""

    name: str
    filters: tuple[tuple[str, str], ...]
    answer: tuple[str, ...]
    """The clauses, as regime number and the short citation, once for every row."""


QUESTIONS = [
    Question(
        "which fines threaten an equipment supervision unit",
        (("regime", "equipment-supervision-units"), ("measure", "fine")),
        ("一·五（一）", "一·五（二）", "一·五（三）"),
    ),
    Question(
        "which fines can reach 30,000 yuan",
        (("measure", "fine"), ("min", "30000")),
        ("一·五（一）", "一·五（二）", "一·五（三）", "七·五（四）", "七·五（五）", "七·五（七）"),
    ),
    Question(
        "which fines reach 60,000 yuan when the illegal gains are 120,000",
        (("gains", "120000"), ("min", "60000")),
        ("七·五（一）1", "七·五（一）2", "七·五（二）1", "七·五（二）2", "七·五（二）3"),
    ),
    Question(
        "when does the issuing authority revoke a certificate",
        (("measure", "revocation"), ("authority", "issuing_authority")),
        ("五·五（二）", "五·五（三）"),
    ),
    Question(
        "what follows when a measurement standard is used without having passed",
        (("regime", "measurement-standards"), ("measure", "order_to_cease"), ("force", "discretionary")),
        ("五·五（一）",),
    ),
    Question(
        "what can be sealed in metrology",
        (("category", "metrology"), ("measure", "sealing_for_safekeeping"), ("force", "mandatory")),
        (
            "六·五第1段第1段",
            "七·五（一）1",
            "七·五（一）2",
            "七·五（二）1",
            "七·五（二）2",
            "七·五（二）3",
        ),
    ),
    Question(
        "who answers for destroying the scene of an accident",
        (("regime", "special-equipment-accidents"), ("measure", "fine")),
        ("十五·六第3段（一）", "十五·六第3段（二）", "十五·六第3段（三）"),
    ),
    Question(
        "which consequences in advertising and direct selling touch a license or registration",
        (("category", "advertising-direct-selling"), ("class", "licence")),
        ("十七·六2", "十八·五（三）", "十八·五（四）"),
    ),
    Question(
        "what may verification personnel be fined for under the rules whose qualification is abolished",
        (("regime", "verification-personnel"), ("measure", "fine")),
        ("八·五（一）", "八·五（二）", "八·五（三）1", "八·五（三）2", "八·五（三）3", "八·五（三）4"),
    ),
    Question(
        "when is a case worker's superior told of a scandal",
        (("category", "enforcement"), ("measure", "notice_to_other_authority")),
        ("十六·四", "二十·三"),
    ),
]


def _cited(page: Page) -> list[str]:
    """The clauses of the rows in view, without the word for an only paragraph."""
    page.wait_for_timeout(120)  # rows below the first screen follow a frame later
    cells = page.locator(".hb-table--penalties tbody tr:first-child td:last-child a:first-child").all_inner_texts()
    return [re.sub("第1段$", "", text) if text.count("段") == 1 else text for text in cells]


def _normal(answer: tuple[str, ...]) -> list[str]:
    return [text.replace("第3段（", "（") for text in answer]


def _address(question: Question, language: str) -> str:
    return ("en/" if language == "en" else "") + "penalties/?" + urlencode(question.filters)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_a_question_is_answered_by_its_address(page: Page, address: str, question: Question) -> None:
    page.goto(address + _address(question, "zh"))

    assert sorted(_cited(page)) == sorted(_normal(question.answer))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_a_question_is_answered_in_english_by_the_same_address(page: Page, address: str, question: Question) -> None:
    page.goto(address + _address(question, "en"))
    page.wait_for_timeout(120)
    english = page.locator(".hb-table--penalties tbody").evaluate_all("rows => rows.map(row => row.id)")

    page.goto(address + _address(question, "zh"))
    page.wait_for_timeout(120)
    chinese = page.locator(".hb-table--penalties tbody").evaluate_all("rows => rows.map(row => row.id)")

    assert english == chinese
    assert len(english) == len(question.answer)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_a_question_is_answered_by_choosing_filters(
    page: Page, address: str, question: Question, language: str
) -> None:
    page.goto(address + ("en/" if language == "en" else "") + "penalties/")
    for name, value in question.filters:
        if name in ("min", "gains", "text"):
            page.locator(f"input[name={name}]").fill(value)
            continue
        if not page.locator(f"#facet-{name}").evaluate("summary => summary.parentElement.open"):
            page.locator(f"#facet-{name}").click()
        page.locator(f"input[name={name}][value={value}]").check()
    page.wait_for_timeout(120)

    assert page.locator(".hb-table--penalties tbody").count() == len(question.answer)
    expect(page.locator("[data-hb-chips] .hb-active")).to_have_count(len(question.filters))
    for name, value in question.filters:
        assert f"{name}={value}" in page.url


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_is_complete_and_readable_without_script(browser: Browser, address: str, language: str) -> None:
    book = read(ROOT / "regimes").book
    assert book is not None
    rows = penalty_rows(book)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(address + ("en/" if language == "en" else "") + "penalties/")
    shown = page.locator(".hb-table--penalties tbody")
    texts = shown.all_inner_texts()

    assert len(texts) == len(rows)
    for row, text in zip(rows, texts, strict=True):
        if row.conduct:
            assert row.conduct[language].lower() in text.lower()  # English cells begin with a capital
        for measure in row.measures:
            assert book.vocabulary.measure_types[measure.type][language] in text
        for bound in (row.yuan, row.percent):
            for figure in (bound.min, bound.max) if bound else ():
                assert figure is None or f"{figure:,}" in text
    assert page.locator("[data-hb-fields]").is_hidden()
    context.close()


def test_words_in_either_language_find_the_same_rows(page: Page, address: str) -> None:
    page.goto(address + "penalties/?text=赔偿责任")
    chinese = _cited(page)

    page.goto(address + "penalties/?text=Civil liability")

    assert _cited(page) == chinese
    assert chinese == ["一·五（三）"]


def test_a_filter_is_taken_off_by_its_chip_and_all_by_one(page: Page, address: str) -> None:
    page.goto(address + "penalties/?measure=fine&measure=warning&text=检定")
    narrowed = page.locator("[data-hb-count]").inner_text()

    page.locator('[data-key="measure=warning"]').click()
    assert "warning" not in page.url
    page.locator(".hb-clear").click()

    assert page.locator("[data-hb-count]").inner_text() != narrowed
    assert "?" not in page.url
    expect(page.locator("[data-hb-chips] button")).to_have_count(0)


def test_the_counts_beside_the_choices_say_how_many_rows_each_would_show(page: Page, address: str) -> None:
    page.goto(address + "penalties/?category=metrology")
    label = page.locator("label:has(input[name=class][value=criminal])")
    promised = int(label.locator(".hb-facet__count").inner_text())

    label.locator("input").check()
    page.wait_for_timeout(120)

    assert page.locator(".hb-table--penalties tbody").count() == promised > 0


def test_nothing_found_is_said_plainly(page: Page, address: str) -> None:
    page.goto(address + "penalties/?text=没有这样的行为")

    expect(page.locator("[data-hb-empty]")).to_be_visible()
    expect(page.locator(".hb-table--penalties")).to_be_hidden()


def test_percentages_that_cannot_be_compared_are_counted_beside_the_result(page: Page, address: str) -> None:
    page.goto(address + "penalties/?min=40000")

    expect(page.locator("[data-hb-left-out]")).to_contain_text("5")
    page.locator("input[name=gains]").fill("200000")
    page.wait_for_timeout(120)
    expect(page.locator("[data-hb-left-out]")).to_be_hidden()
    expect(page.locator(".hb-converted").first).to_contain_text("20,000–100,000")


def test_rows_are_sorted_by_the_highest_fine_first(page: Page, address: str) -> None:
    page.goto(address + "penalties/?measure=fine&sort=-fine")

    amounts = page.locator(".hb-table--penalties .hb-money").all_inner_texts()
    highest = [int(re.findall(r"[0-9,]+", text)[-1].replace(",", "")) for text in amounts if "元" in text]
    assert highest == sorted(highest, reverse=True)
    assert highest[0] == 30_000
    page.locator('[data-sort="fine"] button').click()
    assert page.locator('[data-sort="fine"]').get_attribute("aria-sort") == "ascending"


def test_the_language_switch_keeps_the_filters(page: Page, address: str) -> None:
    page.goto(address + "penalties/?measure=revocation&sort=clause")

    page.locator("[data-hb-language]").click()

    page.wait_for_url("**/en/penalties/?measure=revocation&sort=clause")
    assert page.locator("input[name=measure][value=revocation]").is_checked()


def test_the_picture_shows_what_is_filtered_and_its_bars_lead_to_their_clause(page: Page, address: str) -> None:
    page.goto(address + "penalties/")
    assert page.locator(".hb-chart__bar").count() == 16  # eighteen amounts, two of them percentages
    page.goto(address + "penalties/?regime=special-equipment-accidents")

    bars = page.locator(".hb-chart__bar:visible")

    assert bars.count() == 1
    assert (bars.first.get_attribute("href") or "").endswith("regimes/special-equipment-accidents/#s6-p3")


def test_the_filtered_rows_are_downloaded_as_a_table_that_reads_back(page: Page, address: str) -> None:
    page.goto(address + "penalties/?regime=measuring-instrument-makers&measure=fine&sort=-fine")
    with page.expect_download() as download:
        page.locator("[data-hb-csv]").click()
    content = Path(download.value.path()).read_bytes()

    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len({len(line) for line in lines}) == 1
    assert len(lines) - 1 == page.locator(".hb-table--penalties tbody").count() == 9
    maximum = lines[0].index("max (RMB)")
    assert [line[maximum] for line in lines[1:5]] == ["30000", "30000", "30000", "10000"]


def test_a_row_unfolds_to_its_clause_basis_and_notes(page: Page, address: str) -> None:
    page.goto(address + "penalties/#measuring-instrument-makers.s5-p1-5.1")

    row = page.locator('[id="measuring-instrument-makers.s5-p1-5.1"]')

    expect(row.locator("details")).to_have_attribute("open", "")
    expect(row).to_contain_text("对于销售未取得制造、修理计量器具许可的产品的，予以警告，并处三万元以下罚款。")
    expect(row.locator(".hb-note--legal").first).to_be_visible()
    assert row.locator(".hb-chip").count() >= 2


def test_the_look_up_works_from_a_folder(page: Page, site: Path) -> None:
    page.goto((site / "penalties" / "index.html").as_uri() + "?measure=fine&min=30000")

    page.wait_for_timeout(120)
    assert page.locator(".hb-table--penalties tbody").count() == 6


def test_the_look_up_is_worked_with_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address + "penalties/")
    page.locator("input[name=text]").focus()
    page.keyboard.type("吊销")
    page.wait_for_timeout(120)
    before = page.locator(".hb-table--penalties tbody").count()
    page.locator("input[name=category][value=metrology]").focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(120)

    assert 0 < page.locator(".hb-table--penalties tbody").count() < before
    page.locator("[data-hb-chips] .hb-active").first.focus()
    page.keyboard.press("Enter")
    assert "text=" not in page.url


def test_words_in_the_address_are_text_and_never_markup(page: Page, address: str) -> None:
    page.goto(address + "penalties/?" + urlencode({"text": "<img src=x onerror=alert(1)>", "measure": '"><b>'}))

    assert page.locator("[data-hb-chips] img, [data-hb-chips] b").count() == 0
    expect(page.locator("[data-hb-chips]")).to_contain_text("<img src=x onerror=alert(1)>")
