"""The handbook in Firefox, from a web server and from the unpacked zip: pages, search, filters, calculator, checklist."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest

from tests.browser.kinds import EVERY

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # the driver leaves its sockets open
]

REGIME = "advertising"


def _missing(message: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def firefox() -> Iterator[Any]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        _missing("Firefox is missing; on Debian: apt-get install firefox-esr")
    try:
        from marionette_driver.marionette import Marionette
    except ImportError as error:
        _missing(f"Firefox cannot be driven with this Python ({error}); its driver knows those before 3.13")
    browser = Marionette(bin=program, headless=True, gecko_log="-", startup_timeout=120)
    browser.start_session()
    yield browser
    browser.quit()
    browser.cleanup()


@pytest.fixture(scope="module", params=["http", "unpacked"])
def root(request: pytest.FixtureRequest, address: str, unpacked: str) -> str:
    return address if request.param == "http" else unpacked


def _until(firefox: Any, script: str, *arguments: object) -> Any:
    """What a script returns as soon as it is something."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if found := firefox.execute_script(script, script_args=arguments):
            return found
        time.sleep(0.05)
    return pytest.fail(f"never came true in Firefox: {script}")


def _one(firefox: Any, selector: str) -> Any:
    return firefox.find_element("css selector", selector)


def _stayed(firefox: Any, root: str) -> None:
    """Nothing the page asked for lay elsewhere."""
    asked = firefox.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [name for name in asked if not name.startswith((root, "data:", "blob:"))] == []


@pytest.mark.parametrize(("prefix", "query"), [("", "吊销"), ("en/", "revoked")], ids=["zh", "en"])
def test_a_reader_goes_from_the_home_page_by_the_search_to_a_clause(
    firefox: Any, root: str, prefix: str, query: str
) -> None:
    firefox.navigate(f"{root}{prefix}index.html")
    _one(firefox, ".hb-home__search").click()
    field = _one(firefox, "input.md-search__input")
    _until(firefox, "return document.activeElement === document.querySelector('input.md-search__input')")
    field.send_keys(query)
    hit = '.md-search-result__link[href*="/regimes/"][href*="#s"]'
    _until(firefox, f"return document.querySelector('{hit}') !== null")
    _stayed(firefox, root)

    _one(firefox, hit).click()

    shown = _until(firefox, "return location.hash && document.getElementById(location.hash.slice(1))?.textContent")
    assert ("吊销" if query == "吊销" else "revo") in shown.lower()


def test_every_kind_of_page_opens_styled_and_scripted_and_asks_nothing_elsewhere(firefox: Any, root: str) -> None:
    for prefix, path in EVERY:
        if path.endswith(".html") and root.startswith("file:"):
            continue  # the server's page for what is not there
        firefox.navigate(root + prefix + (path if path.endswith(".html") else f"{path}index.html"))

        header = "return getComputedStyle(document.querySelector('.md-header')).backgroundColor"
        assert firefox.execute_script(header) == "rgb(23, 58, 94)", path
        ready = "return typeof __md_get + document.documentElement.classList.contains('js')"
        assert firefox.execute_script(ready, sandbox=None) == "functiontrue", path
        _stayed(firefox, root)


def test_the_links_of_pages_lead_to_pages(firefox: Any, root: str) -> None:
    firefox.navigate(f"{root}index.html")
    _one(firefox, f'.hb-regimes a[href*="regimes/{REGIME}/"]').click()
    _until(firefox, "return document.querySelector('[data-hb-page=\"regime\"]') !== null")
    regime = firefox.get_url()
    assert regime.startswith(f"{root}regimes/{REGIME}/")

    _one(firefox, "[data-hb-language]").click()

    _until(firefox, "return document.documentElement.lang === 'en'")
    assert firefox.get_url() == regime.replace("/regimes/", "/en/regimes/")
    assert firefox.execute_script("return document.querySelector('[data-hb-page=\"regime\"]') !== null")
    _stayed(firefox, root)


def test_the_penalties_are_narrowed_by_the_address_and_by_words(firefox: Any, root: str) -> None:
    rows = "return document.querySelectorAll('.hb-table--penalties tbody').length"
    firefox.navigate(f"{root}penalties/index.html")
    every = _until(firefox, rows)
    firefox.navigate(f"{root}penalties/index.html?measure=fine&min=30000")
    few = _until(firefox, f"{rows} < {every} && document.querySelectorAll('.hb-table--penalties tbody').length")

    _one(firefox, "input[name=text]").send_keys("吊销没有这样的词")

    assert 0 < few < every
    _until(firefox, "return document.querySelectorAll('.hb-table--penalties tbody').length === 0")
    _stayed(firefox, root)


def test_the_calculator_counts(firefox: Any, root: str) -> None:
    firefox.navigate(f"{root}time-limits/index.html?n=3&unit=working_day&from=2026-04-03")

    _until(firefox, "return document.querySelector('[data-hb-calculator]').innerText.includes('4月9日')")
    _stayed(firefox, root)


def test_a_checklist_is_kept(firefox: Any, root: str) -> None:
    filled = """return JSON.stringify([
        document.querySelector('[data-hb-field="party"]').value,
        document.querySelector('[data-item] input[value="no"]').checked,
        document.querySelectorAll('[data-item] input:checked').length])"""
    firefox.navigate(f"{root}checklists/{REGIME}/index.html")
    _one(firefox, '[data-hb-field="party"]').send_keys("示例公司")
    firefox.execute_script("document.querySelector('[data-item] input[value=\"no\"]').click()")
    _until(firefox, "return Object.values(localStorage).some(value => value.includes('示例公司'))")

    firefox.refresh()

    _until(firefox, "return document.querySelector('[data-hb-field=\"party\"]').value !== ''")
    assert json.loads(firefox.execute_script(filled)) == ["示例公司", True, 1]
    _stayed(firefox, root)
