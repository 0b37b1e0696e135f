"""The links of pages opened from a folder, which end in a file: a browser adds no index.html there."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from handbook.exports import archive

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def root(site: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    stick = tmp_path_factory.mktemp("监管 手册")
    with zipfile.ZipFile(site / archive.NAME) as packed:
        packed.extractall(stick)
    return (stick / archive.FOLDER).as_uri() + "/"


@pytest.fixture
def reader(page: Page, root: str) -> Page:
    """A page that may ask for nothing outside the folder, and complains of nothing."""
    complaints: list[str] = []
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("request", lambda r: None if r.url.startswith((root, "data:", "blob:")) else complaints.append(r.url))
    page.complaints = complaints  # type: ignore[attr-defined]
    return page


def test_the_other_edition_opens_as_a_page(reader: Page, root: str) -> None:
    reader.goto(f"{root}regimes/advertising/index.html#s5-2")

    reader.locator("[data-hb-language]").click()

    reader.wait_for_url(f"{root}en/regimes/advertising/index.html#s5-2")
    assert reader.locator(":target").is_visible()
    assert reader.complaints == []  # type: ignore[attr-defined]


def test_every_link_of_a_page_ends_in_a_file(reader: Page, root: str) -> None:
    reader.goto(f"{root}regimes/advertising/index.html")

    links = reader.locator("a[href]").evaluate_all("all => all.map(a => a.href.replace(/[?#].*/, ''))")

    assert [link for link in links if link.startswith("file:") and link.endswith("/")] == []
    assert len(links) > 50
