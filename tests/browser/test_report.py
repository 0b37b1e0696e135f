"""Reporting an error of a clause: an issue with everything filled in, or the same words to copy; nothing dead without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.books import HANDBOOK, REGIME, make_book, write
from tests.browser.kinds import watch
from tests.conftest import ROOT, mkdocs

pytestmark = pytest.mark.browser

_LONG = "检查使用登记。" + "维护记录、检验报告、作业人员证件。" * 400


def _built(root: Path, more: str) -> Path:
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    regime = REGIME.replace(
        "      - {zh: 电梯使用单位。", f"      - {{zh: {_LONG}, en: Much.}}\n      - {{zh: 电梯使用单位。"
    )
    folder = make_book(root / "regimes", regime=regime)
    handbook = (folder / "_handbook.yml").read_text(encoding="utf-8")
    write(folder / "_handbook.yml", handbook + more)
    configuration = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write(
        root / "mkdocs.yml",
        configuration.replace("  - handbook\n  - checks\n", "  - handbook: {files: [], archive: false}\n"),
    )
    run = mkdocs("build", "--quiet", cwd=root)
    assert run.returncode == 0, run.stdout
    return root / "site"


@pytest.fixture(scope="module", params=["forge", "none"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small handbook that names its repository, and one that does not."""
    more = "repository: https://github.com/bureau/handbook\n" if request.param == "forge" else ""
    return _built(tmp_path_factory.mktemp(request.param), more)


@pytest.fixture
def on_forge(site: Path) -> bool:
    return "github.com" in (site / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def _button(page: Page, clause: str) -> None:
    page.locator(f"#{clause} > .hb-clause__margin [data-hb-report-clause]").focus()
    page.keyboard.press("Enter")


def _issue(page: Page, clause: str) -> dict[str, str]:
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="ok"))
    with page.expect_popup() as popup:
        _button(page, clause)
    popup.value.wait_for_load_state()
    address = popup.value.url
    popup.value.close()
    assert len(address) <= 6000
    assert urlsplit(address).path == "/bureau/handbook/issues/new"
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_a_clause_is_reported_with_its_id_its_citation_its_address_and_its_words(
    page: Page, address: str, on_forge: bool, prefix: str
) -> None:
    where = f"{address}{prefix}regimes/elevator-use/"
    page.goto(f"{where}?parallel=1#aspects")
    if on_forge:
        values = _issue(page, "s1-p2")
        whole = values["title"] + values["body"]
    else:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        _button(page, "s1-p2")
        expect(page.locator(".hb-said").filter(has_text="复制" if not prefix else "copied")).to_be_visible()
        whole = page.evaluate("navigator.clipboard.readText()")

    for words in (
        "elevator-use#s1-p2",
        f"{where}#s1-p2",
        "regimes/01-elevator-use.yml",
        "电梯使用单位。",
        "User units of elevators.",
    ):
        assert words in whole, words
    assert ("Regime 1, I para. 2" if prefix else "一·一第2段") in whole
    assert "What is wrong" in whole
    assert "错在哪里" in whole


@pytest.mark.parametrize("site", ["forge"], indirect=True)
def test_a_long_clause_is_cut_in_an_address_and_everything_else_is_kept(page: Page, address: str) -> None:
    page.goto(f"{address}regimes/elevator-use/")

    body = _issue(page, "s1-p1")["body"]

    assert "检查使用登记。" in body
    assert "…" in body
    assert "elevator-use#s1-p1" in body
    assert "Much." in body
    assert "错在哪里" in body


@pytest.mark.parametrize("path", ["regimes/elevator-use/", "", "laws/", "about/", "en/glossary/"])
def test_where_nothing_can_be_copied_the_words_are_shown_selected(
    page: Page, address: str, on_forge: bool, path: str
) -> None:
    complaints = watch(page, address)
    page.goto(address + path)
    if on_forge:
        assert page.locator("[data-hb-report-page]").is_visible()
        assert complaints == []
        return
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.locator(".hb-correct__report").click()
    area = page.locator("dialog.hb-report textarea")

    assert area.is_visible()
    assert address + path in area.input_value()
    assert area.evaluate("a => a.selectionEnd - a.selectionStart === a.value.length && document.activeElement === a")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.hb-report")).to_have_count(0)
    assert complaints == []


@pytest.mark.parametrize("path", ["regimes/elevator-use/", "checklists/elevator-use/", "en/laws/", "about/", ""])
def test_without_scripts_every_link_is_complete_and_nothing_is_dead(
    plain: Page, address: str, on_forge: bool, path: str
) -> None:
    plain.goto(address + path)
    foot = plain.locator(".hb-correct")

    assert foot.is_visible()
    assert foot.locator("button").count() == 0
    assert foot.locator("code").is_visible()
    links = [unquote(link.get_attribute("href") or "") for link in foot.locator("a").all()]
    if not on_forge:
        assert links == []
        return
    assert any("/issues/new?title=" in link and "网址" in link for link in links)
    assert any("/edit/main/" in link or "/tree/main/" in link for link in links)
    if path == "about/":
        assert "https://github.com/bureau/handbook/edit/main/docs/zh/about.md" in links


def test_a_report_is_not_printed(page: Page, address: str) -> None:
    page.goto(f"{address}regimes/elevator-use/")
    page.emulate_media(media="print")

    assert not page.locator(".hb-correct").is_visible()
    assert not page.locator("[data-hb-report-clause]").first.is_visible()
    assert "repository" not in HANDBOOK
