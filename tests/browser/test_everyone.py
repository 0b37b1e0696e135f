"""Keyboard, zoom, still pictures and paper, on every kind of page."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import KINDS

pytestmark = pytest.mark.browser

_RADICALS = str.maketrans("⻔⺠⻚", "门民页")
"""Some fonts name a character by the radical of the same shape; normalisation knows most of them."""

_STEPS = 40
"""How many stops of the Tab key are looked at; tables of hundreds of like links repeat themselves."""

_FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const seen = [element, element.parentElement, element.nextElementSibling].filter(Boolean).some((e) => {
    const style = getComputedStyle(e);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  }) || element.matches(".md-skip, .md-search__input, [type=date]:not(:focus-visible)"); // the browser outlines the button inside a date
  const [box, after] = [element, element.nextElementSibling ?? element].map((e) => e.getBoundingClientRect());
  const name = `${element.tagName}.${element.className} ${(element.textContent || "").trim().slice(0, 30)}`;
  if (element.type !== "date") element.dataset.visits = String(Number(element.dataset.visits || 0) + 1); // a date has stops of its own
  return { name, seen, visits: Number(element.dataset.visits || 1), shown: element.closest("[hidden]") === null && Math.max(box.width, element.matches("input") ? after.width : 0) > 0 };
}"""


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", KINDS.values(), ids=list(KINDS))
def test_the_keyboard_moves_on_and_shows_where_it_is(reader: Page, address: str, path: str) -> None:
    reader.goto(address + path, wait_until="load")

    for step in range(_STEPS):
        reader.keyboard.press("Tab")
        focused = reader.evaluate(_FOCUSED)
        if focused is None:
            assert step > 5
            break
        assert focused["visits"] == 1, f"a trap: {focused['name']}"
        assert focused["seen"], f"no outline: {focused['name']}"
        assert focused["shown"], f"focus on what is not there: {focused['name']}"


def test_the_first_stop_skips_to_the_content(reader: Page, address: str) -> None:
    reader.goto(f"{address}regimes/advertising/", wait_until="load")

    reader.keyboard.press("Tab")
    assert "md-skip" in reader.evaluate("document.activeElement.className")
    reader.keyboard.press("Enter")
    reader.keyboard.press("Tab")

    assert reader.evaluate("document.activeElement.closest('.md-content') !== null")


@pytest.mark.parametrize("width", [640, 320], ids=["200-percent", "400-percent"])
@pytest.mark.parametrize("path", KINDS.values(), ids=list(KINDS))
def test_a_zoomed_page_does_not_scroll_sideways(reader: Page, address: str, path: str, width: int) -> None:
    reader.set_viewport_size({"width": width, "height": 700})
    for prefix in ("", "en/"):
        reader.goto(address + prefix + path, wait_until="load")

        assert reader.evaluate("document.documentElement.scrollWidth") <= width, prefix or "zh"
    reader.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("path", KINDS.values(), ids=list(KINDS))
def test_nothing_moves_for_whoever_asks_for_stillness(still: Page, address: str, path: str) -> None:
    still.goto(address + path, wait_until="load")

    moving = still.evaluate("""() => [...document.querySelectorAll("*")].filter((e) => {
      const style = getComputedStyle(e);
      return style.animationName !== "none" || style.transitionDuration.split(", ").some((d) => parseFloat(d) > 0)
        || style.scrollBehavior === "smooth";
    }).map((e) => `${e.tagName}.${e.className}`)""")

    assert moving[:5] == []


@pytest.fixture(scope="module")
def still(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", KINDS.values(), ids=list(KINDS))
def test_a_printed_page_holds_its_text_and_no_navigation(reader: Page, address: str, path: str) -> None:
    reader.goto(address + path, wait_until="load")
    title = reader.locator("h1").inner_text().replace("#", "").split()[0]
    hidden = ".md-header, .md-sidebar, .md-footer, .md-search, .md-top"

    printed = pypdf.PdfReader(io.BytesIO(reader.pdf(format="A4")))
    texts = [page.extract_text().strip() for page in printed.pages]
    reader.emulate_media(media="print")
    left = reader.evaluate(
        f"[...document.querySelectorAll('{hidden}')].filter(e => e.offsetHeight).map(e => e.className)"
    )
    reader.emulate_media(media="screen")

    plain = unicodedata.normalize("NFKC", "".join("".join(texts).split())).translate(_RADICALS)
    assert title in plain
    assert left == []
    assert [n for n, text in enumerate(texts, 1) if not text] == []
