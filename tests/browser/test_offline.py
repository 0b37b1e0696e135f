"""The zip of the site, unpacked where it was never tried: in a folder with a space and Chinese characters, by double click."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from handbook.exports import archive

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


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


@pytest.mark.parametrize(("prefix", "word"), [("", "吊销"), ("en/", "revoke")], ids=["zh", "en"])
def test_a_case_is_worked_from_the_stick(reader: Page, root: str, prefix: str, word: str) -> None:
    reader.goto(f"{root}{prefix}index.html")
    assert reader.locator(".hb-archive").count() == 0  # the zip does not lie beside its own pages
    reader.locator(".hb-home__search").click()
    reader.keyboard.type(word)
    reader.keyboard.press("End")  # the dialog listens for keys, and typing Chinese presses none
    reader.locator('.md-search-result__link[href*="/regimes/"][href*="#s"]').first.click()
    reader.wait_for_url("**/index.html**#s*")
    assert word in reader.locator(":target").inner_text().lower()

    reader.goto(f"{root}{prefix}checklists/advertising/index.html")
    reader.locator('[data-item] input[value="no"]').first.click()
    reader.locator('[data-hb-field="party"]').fill("示例公司")
    reader.wait_for_timeout(350)
    reader.reload()
    expect(reader.locator('[data-hb-field="party"]')).to_have_value("示例公司")

    reader.goto(f"{root}{prefix}penalties/index.html")
    every = reader.locator(".hb-table--penalties tbody").count()
    reader.locator("input[name=text]").fill(word)
    expect(reader.locator(".hb-table--penalties tbody")).not_to_have_count(every)
    assert reader.locator(".hb-table--penalties tbody").count() > 0

    reader.goto(f"{root}{prefix}time-limits/index.html?n=3&unit=working_day&from=2026-04-03")
    expect(reader.locator("[data-hb-calculator]")).to_contain_text("4月9日" if not prefix else "April 9, 2026")
    assert reader.complaints == []  # type: ignore[attr-defined]


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
