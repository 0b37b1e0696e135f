"""Everyone can use it: axe-core finds nothing, foreign words name their language, focus shows, nothing needs a wide window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.kinds import EVERY, NAMES

pytestmark = pytest.mark.browser

_EVERYTHING = {"resultTypes": ["violations"]}
_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
_AXE = Axe()


@pytest.fixture(scope="module", params=["light", "dark"])
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page, light or dark, whose policy lets axe-core in. The theme asks for the scheme once, when a page opens."""
    scheme = request.param
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True, color_scheme=scheme)
    yield context.new_page()
    context.close()


def _found(page: Page, options: dict[str, Any]) -> list[str]:
    result = _AXE.run(page, options=options).response
    return [
        f"{violation['id']}: {node['html'][:160]} {node.get('failureSummary')}"
        for violation in result["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("prefix", "path"), EVERY, ids=NAMES)
def test_axe_finds_nothing_serious_light_and_dark_on_desktop_and_phone(
    reader: Page, address: str, prefix: str, path: str
) -> None:
    found: dict[str, list[str]] = {}
    dark = reader.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")

    for width in ((390,) if prefix else (1280,)) if dark else (1280, 390):  # in the dark only colours are new
        reader.set_viewport_size({"width": width, "height": 900})
        reader.goto(address + prefix + path, wait_until="load")
        assert reader.evaluate("document.body.dataset.mdColorScheme") == ("slate" if dark else "default")
        found[f"{width} {'dark' if dark else 'light'}"] = _found(reader, _COLOURS if dark else _EVERYTHING)

    assert {where: what[:5] for where, what in found.items() if what} == {}


_FOREIGN = r"""() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest("script, style, noscript, code, pre, textarea")) continue;
    const chinese = (parent.closest("[lang]")?.getAttribute("lang") ?? "").startsWith("zh");
    const text = node.data;
    const foreign = chinese ? text.match(/[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){3,}/) : text.match(/[\u4e00-\u9fff]{2,}/);
    if (foreign) found.push(`${parent.tagName}.${parent.className}: ${text.trim().slice(0, 80)}`);
  }
  return found;
}"""


@pytest.mark.parametrize(("prefix", "path"), EVERY, ids=NAMES)
def test_every_run_in_the_other_language_says_so(page: Page, address: str, prefix: str, path: str) -> None:
    page.goto(address + prefix + path, wait_until="load")

    assert page.evaluate(_FOREIGN)[:8] == []
