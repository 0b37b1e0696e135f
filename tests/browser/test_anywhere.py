"""The site anywhere: from a server, from the file for download unpacked on a stick, without scripts; nothing ever leaves it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.kinds import EVERY, KINDS, NAMES, watch

pytestmark = pytest.mark.browser

_OPENED = {name: path for name, path in KINDS.items() if name != "404"}
"""The kinds of pages a reader opens; the other is a server's, and from a folder nothing leads to it."""


@pytest.fixture(scope="module", params=["http", "folder"])
def root(request: pytest.FixtureRequest, address: str, unpacked: str) -> str:
    return address if request.param == "http" else unpacked


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """One page for all that is only looked at."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def _file(root: str, path: str) -> str:
    return root + (path if path.endswith(".html") else f"{path}index.html" if root.startswith("file:") else path)


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize("path", _OPENED.values(), ids=list(_OPENED))
def test_a_page_asks_nothing_of_the_world_and_breaks_no_policy(
    browser: Browser, root: str, prefix: str, path: str
) -> None:
    assert _complaints(browser, root, _file(root, prefix + path)) == []


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_a_server_s_page_for_wrong_addresses_asks_nothing_either(browser: Browser, address: str, prefix: str) -> None:
    assert _complaints(browser, address, f"{address}{prefix}404.html") == []


def _complaints(browser: Browser, root: str, page_address: str) -> list[str]:
    """What went wrong on a page on which the theme's scripts have run."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints = watch(page, root)

    page.goto(page_address, wait_until="load")
    page.mouse.wheel(0, 600)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")

    assert "js" in (page.locator("html").get_attribute("class") or "").split()  # the theme's own script ran
    assert page.evaluate("typeof __md_get") == "function"  # and so did its inline ones
    context.close()
    return complaints


def test_a_script_planted_in_a_page_does_not_run_and_can_send_nothing(reader: Page, address: str) -> None:
    sent: list[str] = []

    def plant(route: Route) -> None:
        answer = route.fetch()
        planted = """<script>window.planted = 1</script><img src="x:" onerror="window.planted = 2">
            <a id="link" href="javascript:window.planted=3">x</a><iframe srcdoc="<script>parent.planted=4</script>"></iframe>
            <img src="https://example.org/steal.png"><form id="form" action="https://example.org/"><button>x</button></form>"""
        route.fulfill(response=answer, body=answer.text().replace("<h1", f"{planted}<h1", 1))

    reader.context.route(
        lambda url: "example.org" in url, lambda route: (sent.append(route.request.url), route.abort())
    )
    reader.route("**/laws/", plant)
    reader.goto(address + "laws/", wait_until="load")
    reader.evaluate("() => { document.querySelector('#link').click(); document.querySelector('#form').submit(); }")
    reader.evaluate("fetch('https://example.org/').catch(() => 0)")
    reader.unroute("**/laws/")

    assert reader.evaluate("window.planted") is None
    assert sent == []


@pytest.mark.parametrize(("prefix", "path"), EVERY, ids=NAMES)
def test_without_scripts_every_page_is_readable_and_no_control_is_dead(
    plain: Page, address: str, prefix: str, path: str
) -> None:
    plain.goto(address + prefix + path)

    assert plain.locator("h1").is_visible()
    text = plain.locator(".md-content").inner_text()
    assert len(text) > (10 if path == "404.html" else 150)
    for dead in (".hb-home__search", ".md-search", ".md-header label[for=__search]", "[data-md-component=palette]"):
        assert not plain.locator(dead).first.is_visible(), dead
    assert plain.locator("[data-hb-language]").is_visible()


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_everything_works_unpacked_on_a_stick_and_on_a_server(page: Page, root: str, prefix: str) -> None:
    complaints = watch(page, root)

    page.goto(_file(root, prefix))  # the search
    page.locator(".hb-home__search").click()
    page.locator("input.md-search__input").fill("advertis" if prefix else "广告")
    page.locator("input.md-search__input").press("End")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(re.compile("regimes|laws|checklists"))
    assert page.locator("h1").count() == 1

    page.goto(_file(root, f"{prefix}penalties/"))  # a look-up: a filter, and the rows as a file
    rows = page.locator(".hb-table--penalties tbody")
    before = rows.count()
    page.locator("#facet-measure").evaluate("summary => { summary.parentElement.open = true; }")
    page.locator("input[name=measure][value=fine]").check()
    expect(rows).not_to_have_count(before)
    assert rows.count() > 0

    page.goto(_file(root, f"{prefix}time-limits/"))  # the calculator
    page.locator("select[name=rule]").select_option("")
    for name, value in (("n", "3"), ("from", "2026-11-23")):
        page.locator(f"input[name={name}]").fill(value)
    page.locator("select[name=unit]").select_option("working_day")
    assert page.locator("[data-hb-result] time").get_attribute("datetime") == "2026-11-26"

    page.goto(_file(root, f"{prefix}checklists/advertising/"))  # a checklist: filled in, kept, exported, imported
    page.locator("[data-item] input").first.check()
    with page.expect_download() as download:
        page.locator("[data-hb-export]").click()
    exported = Path(download.value.path()).read_bytes()
    assert len(json.loads(exported)["items"]) == 1
    page.reload()
    assert page.locator("[data-item] input").first.is_checked()
    page.locator("[data-hb-import-file]").set_input_files(
        {"name": "filled.json", "mimeType": "application/json", "buffer": exported}
    )
    expect(page.locator('[data-kind="done"]')).to_be_visible()

    assert complaints == []
