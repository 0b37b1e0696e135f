"""The site as a reader meets it, in Debian's Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from handbook.source import read

pytestmark = pytest.mark.browser

PAGES = [
    "",
    "regimes/equipment-supervision-units/",
    "regimes/statutory-verification-institutions/",
    "regimes/case-handling/",
    "time-limits/",
    "laws/",
    "laws/metrology-law-implementing-rules/",
    "glossary/",
    "source/",
    "quality/",
    "rules/hb204/",
    "about/",
    "contributing/",
]


def _watch(page: Page, address: str) -> list[str]:
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: complaints.append(f"script: {e}"))
    page.on(
        "request",
        lambda r: (
            None if r.url.startswith((address, "data:", "blob:")) else complaints.append(f"left the site: {r.url}")
        ),
    )
    page.on("response", lambda r: complaints.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    return complaints


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize("path", PAGES, ids=[p.strip("/") or "home" for p in PAGES])
def test_a_page_opens_without_error_or_outside_request(page: Page, address: str, prefix: str, path: str) -> None:
    complaints = _watch(page, address)

    page.goto(address + prefix + path, wait_until="networkidle")

    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == ("en" if prefix else "zh-CN")
    assert complaints == []


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize("path", PAGES, ids=[p.strip("/") or "home" for p in PAGES])
def test_a_page_does_not_scroll_sideways_on_a_phone(browser: Browser, address: str, prefix: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    phone = context.new_page()

    phone.goto(address + prefix + path, wait_until="networkidle")

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize(("here", "there"), [("", "en/"), ("en/", "")], ids=["zh-en", "en-zh"])
def test_the_language_switch_keeps_the_page_and_the_clause(page: Page, address: str, here: str, there: str) -> None:
    page.goto(f"{address}{here}regimes/statutory-verification-institutions/#s5-p1-2-1", wait_until="networkidle")

    page.locator("[data-hb-language]").click()
    page.wait_for_load_state("networkidle")

    assert page.url == f"{address}{there}regimes/statutory-verification-institutions/#s5-p1-2-1"
    assert page.locator("#s5-p1-2-1").is_visible()


def test_a_clause_followed_by_its_link_is_in_view_and_marked(page: Page, address: str) -> None:
    page.goto(f"{address}regimes/statutory-verification-institutions/", wait_until="networkidle")

    page.locator("#s5-p1-4 > .hb-clause__margin > .hb-clause__cite").click()
    page.wait_for_timeout(300)

    assert page.url.endswith("#s5-p1-4")
    box = page.locator("#s5-p1-4").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 900
    background = page.locator("#s5-p1-4 > .hb-clause__body > p").evaluate("e => getComputedStyle(e).backgroundImage")
    assert background != "none"


@pytest.mark.parametrize(
    ("prefix", "word", "expected"),
    [
        ("", "直销员", "direct-selling"),
        ("en/", "salesperson", "direct-selling"),
        ("", "设备监造", "equipment-supervision-units"),
        ("en/", "forklift", "special-equipment-operator-licensing"),
    ],
    ids=["zh", "en", "zh-keyword", "en-keyword"],
)
def test_the_search_finds_a_regime_from_the_home_page(
    page: Page, address: str, prefix: str, word: str, expected: str
) -> None:
    page.goto(address + prefix, wait_until="networkidle")

    page.locator(".hb-home__search").click()
    page.locator("input.md-search__input").fill(word)
    page.locator("input.md-search__input").press("End")  # Material listens for keys, and filling in presses none
    page.locator(".md-search-result__link").first.wait_for(state="attached")

    links = page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")
    assert any(f"/{prefix}regimes/{expected}/" in link for link in links)


def test_the_pages_open_from_a_folder(page: Page, site: Path) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:", "blob:")) else complaints.append(r.url))
    page.goto((site / "index.html").as_uri())

    page.locator(".hb-regimes a").first.click()
    page.wait_for_load_state()

    assert page.url.endswith("/index.html")
    assert page.locator(".hb-clause").count() > 5
    assert complaints == []


def test_without_script_a_regime_is_complete(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()

    plain.goto(f"{address}regimes/advertising/")

    book = read(Path(__file__).parents[2] / "regimes").book
    assert book is not None
    assert plain.locator(".hb-clause").count() == len(book.by_regime["advertising"])
    assert plain.locator(".hb-clause").last.is_visible()
    context.close()
