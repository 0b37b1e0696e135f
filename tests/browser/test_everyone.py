"""Still pictures and paper, on every kind of page."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("access")]


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


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

    assert title in unicodedata.normalize("NFKC", "".join("".join(texts).split()))  # some fonts spell in radicals
    assert left == []
    assert [n for n, text in enumerate(texts, 1) if not text] == []
