"""The links of pages opened from a folder, which end in a file: a browser adds no index.html there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.kinds import watch

pytestmark = pytest.mark.browser


def test_the_other_edition_opens_as_a_page(page: Page, unpacked: str) -> None:
    complaints = watch(page, unpacked)
    page.goto(f"{unpacked}regimes/advertising/index.html#s5-2")

    page.locator("[data-hb-language]").click()

    page.wait_for_url(f"{unpacked}en/regimes/advertising/index.html#s5-2")
    assert page.locator(":target").is_visible()
    assert complaints == []


def test_every_link_of_a_page_ends_in_a_file(page: Page, unpacked: str) -> None:
    page.goto(f"{unpacked}regimes/advertising/index.html")

    links = page.locator("a[href]").evaluate_all("all => all.map(a => a.href.replace(/[?#].*/, ''))")

    assert [link for link in links if link.startswith("file:") and link.endswith("/")] == []
    assert len(links) > 50
