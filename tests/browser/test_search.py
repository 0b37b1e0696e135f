"""The search as a reader uses it, over HTTP and from a folder, in both editions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from handbook.model import Book
from handbook.source import read

pytestmark = pytest.mark.browser

Ask = Callable[[str], list[tuple[str, str]]]
"""Types a query and returns what the dialog lists: address below the root and text, the best first."""


@pytest.fixture(scope="module")
def book() -> Book:
    book = read(Path(__file__).parents[2] / "regimes").book
    assert book is not None
    return book


@pytest.fixture(scope="module", params=["http", "folder"])
def root(request: pytest.FixtureRequest, address: str, site: Path) -> str:
    return address if request.param == "http" else site.as_uri() + "/"


def _opened(browser: Browser, root: str, prefix: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith((root, "data:", "blob:")) else complaints.append(r.url))
    page.goto(f"{root}{prefix}index.html")
    yield page
    assert complaints == []
    context.close()


@pytest.fixture(scope="module")
def zh_page(browser: Browser, root: str) -> Iterator[Page]:
    yield from _opened(browser, root, "")


@pytest.fixture(scope="module")
def en_page(browser: Browser, root: str) -> Iterator[Page]:
    yield from _opened(browser, root, "en/")


@pytest.fixture
def zh(zh_page: Page, root: str) -> Ask:
    return lambda query: _ask(zh_page, root, query)


@pytest.fixture
def en(en_page: Page, root: str) -> Ask:
    return lambda query: _ask(en_page, f"{root}en/", query)


def _ask(page: Page, root: str, query: str) -> list[tuple[str, str]]:
    _type(page, query)
    total = int(re.sub(r"\D", "", page.locator(".md-search-result__meta").inner_text()) or "0")
    items, wrap = page.locator(".md-search-result__item"), page.locator(".md-search__scrollwrap")
    for _ in range(50):  # the dialog lists ten pages, and more as the reader scrolls
        if items.count() == total:
            break
        wrap.evaluate("e => { e.scrollTop = 0; e.scrollTop = e.scrollHeight; }")
        page.wait_for_timeout(50)
    links = page.locator(".md-search-result__link").evaluate_all("all => all.map(a => [a.href, a.textContent])")
    found = []
    for href, text in links:
        assert href.startswith(root), href
        found.append((re.sub(r"\?h=[^#]*", "", href.removeprefix(root)), text))
    return found


def _type(page: Page, query: str) -> None:
    """Types a query and waits until the dialog lists the results of this one."""
    field = page.locator("input.md-search__input")
    if not page.evaluate("document.querySelector('#__search').checked"):
        page.evaluate("document.querySelector('#__search').click()")
    for text, meta in (("", r"^(键入以开始搜索|Type to start searching)$"), (query, r"(结果|matching documents?)$")):
        field.fill(text)
        field.press("End")  # the dialog listens for keys, and filling in presses none
        expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(meta))


def _clauses(found: list[tuple[str, str]]) -> set[str]:
    return {
        href.removeprefix("regimes/").replace("/#", "#") for href, _ in found if re.search(r"^regimes/.*#s\d+-", href)
    }


def _holding(book: Book, language: str, pattern: str) -> set[str]:
    texts = ((f.key, f.clause.zh if language == "zh" else f.clause.en) for f in book.clauses)
    return {key for key, text in texts if re.search(pattern, text, re.I)}


def test_chinese_is_found_by_exact_containment(zh: Ask, book: Book) -> None:
    expected = _holding(book, "zh", "封存或者扣押|检定规程")

    assert _clauses(zh("检定规程")) | _clauses(zh("封存或者扣押")) == expected
    assert expected


def test_several_words_must_all_be_there(zh: Ask, en: Ask, book: Book) -> None:
    chinese = _holding(book, "zh", "证书") & _holding(book, "zh", "考核")
    english = _holding(book, "en", r"\bcertificat") & _holding(book, "en", r"\bexamin")

    assert chinese
    assert english
    assert _clauses(zh("证书 考核")) == chinese
    assert _clauses(en("certificat examin")) == english


def test_what_is_not_there_is_not_found(zh: Ask, en: Ask) -> None:
    for ask, words in (
        (zh, ("量子纠缠", "火星登陆许可", "电梯 量子")),
        (en, ("quantum", "zebra crossing", "elevator quantum")),
    ):
        assert [ask(word) for word in words] == [[], [], []]


def test_words_near_a_query_without_results_are_offered(zh: Ask, zh_page: Page) -> None:
    assert zh("特种设配安全") == []

    near = zh_page.locator(".hb-near button")
    expect(near.first).to_be_visible()
    near.first.click()
    expect(zh_page.locator(".md-search-result__link").first).to_be_attached()


@pytest.mark.parametrize("queries", [("3万元", "三万元", "30000元", "30,000元", "30,000 yuan", "３万元", "RMB 30,000")])
def test_an_amount_is_found_in_every_writing(zh: Ask, book: Book, queries: tuple[str, ...]) -> None:
    expected = _holding(book, "zh", "(?<![一二三四五六七八九十0-9])(三|3)万元")

    assert expected
    for query in queries:
        assert _clauses(zh(query)) == expected, query


def test_an_amount_is_found_in_english_in_every_writing(en: Ask, book: Book) -> None:
    expected = _holding(book, "en", r"RMB 30,000\b|\b30,000 yuan")

    assert expected
    for query in ("30,000 yuan", "RMB 30,000", "30000 yuan", "3万元", "三万元"):
        assert _clauses(en(query)) == expected, query


def test_days_are_found_in_every_writing_and_five_is_not_fifteen(zh: Ask, book: Book) -> None:
    expected = _holding(book, "zh", "(?<![一二三四五六七八九十0-9])(五|5)个?工作日")

    assert expected
    for query in ("五个工作日", "5个工作日", "5 working days", "五 个 工作日".replace(" ", "")):
        assert _clauses(zh(query)) == expected, query


def test_traditional_width_case_and_punctuation_do_not_matter(zh: Ask, book: Book) -> None:
    plain = [href for href, _ in zh("检定规程")]

    assert plain
    assert [href for href, _ in zh("检定，规程！")] == plain
    assert [href for href, _ in zh("檢定規程")] == plain
    assert [href for href, _ in zh("ＣＣＣ")] == [href for href, _ in zh("ccc")]


def test_quotes_are_exact(zh: Ask, en: Ask, book: Book) -> None:
    assert _clauses(en('"production license"')) == _holding(book, "en", r"\bproduction license\b")
    assert _clauses(zh("“3万元”")) == _holding(book, "zh", "(?<![0-9])3万元")


def test_english_words_are_found_with_their_endings_and_beginnings(en: Ask, book: Book) -> None:
    expected = _holding(book, "en", r"\b(fine|fines|fined)\b")

    assert _clauses(en("fine")) >= expected
    assert _clauses(en("fined")) >= expected
    assert _clauses(en("calibrat")) == _holding(book, "en", r"\bcalibrat")


def test_a_word_of_the_other_language_finds_its_term_below_literal_hits(zh: Ask, en: Ask) -> None:
    assert any("直销员" in text for _, text in zh("salesperson"))
    assert any("In English: direct salesperson" in text for _, text in en("直销员"))


def test_titles_come_first_and_results_open_at_the_clause(zh: Ask, zh_page: Page, root: str) -> None:
    found = zh("广告监管")
    assert found[0][0] == "regimes/advertising/"

    zh("检定规程")
    link = zh_page.locator(".md-search-result__link[href*='#s']").first
    assert link.locator("mark").first.inner_text() == "检定规程"
    href = link.get_attribute("href") or ""
    link.click()
    anchor = href.partition("#")[2]
    target = zh_page.locator(f'[id="{anchor}"]')
    expect(target).to_be_in_viewport()
    expect(zh_page.locator("article mark").first).to_have_text("检定规程")
    zh_page.goto(f"{root}index.html")


def test_pinyin_and_its_initials_find_titles_and_terms(zh: Ask) -> None:
    for query in ("guanggaojiandu", "guanggao jiandu", "ggjdgl"):
        assert zh(query)[0][0] == "regimes/advertising/", query
