"""Old addresses lead on: from a server and from a folder, with scripts and without, in both editions."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, Page, expect

from handbook.exports import archive
from handbook.lock import lock_text, write_lock
from handbook.source import read
from handbook.views.moves import lost
from tests.books import LAW, REGIME, make_book, write
from tests.browser.kinds import watch
from tests.conftest import ROOT, mkdocs

pytestmark = pytest.mark.browser

_LIST = """\
  - number: 2
    heading: {zh: 处理, en: Handling}
    aspects: [handling]
    clauses:
      - {marker: （一）, zh: 甲。, en: First.}
      - {marker: （二）, zh: 乙。, en: Second.}
      - {marker: （三）, zh: 丙。, en: Third.}
      - {marker: （四）, zh: 《电梯安全条例》。, en: Regulations on Elevator Safety.}
"""
_BEFORE = REGIME.replace("unstated_aspects:", f"{_LIST}unstated_aspects:").replace(", handling]", "]", 1)
_AFTER = (
    _BEFORE.replace(
        "      - {marker: （一）, zh: 甲。, en: First.}\n      - {marker: （二）, zh: 乙。, en: Second.}\n", ""
    )
    .replace("（三）", "（一）")
    .replace("（四）", "（二）")
)
_OTHER = """\
id: escalators
number: 2
category: general
title: {zh: 扶梯监管, en: Supervision of escalators}
verified: {on: 2026-11-24, by: tests}
sections:
  - number: 1
    heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
    aspects: [object, content, method, procedure, handling]
    clauses:
      - zh: 检查扶梯使用单位。
        en: User units of escalators are inspected.
        checks: [{zh: 是否检查扶梯使用单位？, en: 'Are user units of escalators inspected?'}]
"""
_REDIRECTS = """\
regimes:
  escalators: moving-walks
  moving-walks: moving-stairs
  dropped: null
clauses:
  elevator-use#s2-3: elevator-use#s2-1
  elevator-use#s2-4: elevator-use#s2-2
  elevator-use#s9: moving-stairs#s2
  escalators#s1: moving-stairs#s2
  elevator-use#s8-1: null
laws:
  elevator-regulations: lift-regulations
  old-rules: null
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small handbook that was published once, then renamed, cut and published again."""
    root = tmp_path_factory.mktemp("moved")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "checks").mkdir()
    write(root / "checks" / "waivers.yml", "waivers: []\n")
    folder = root / "regimes"
    folder.mkdir()
    write(folder / "02-escalators.yml", _OTHER)
    dropped = _OTHER.replace("id: escalators", "id: dropped").replace("number: 2", "number: 3").replace("扶梯", "缆车")
    write(folder / "03-dropped.yml", dropped)
    first = read(make_book(folder, regime=_BEFORE)).book
    assert first is not None
    locked = lock_text(first).replace(
        "  escalators#s1-p1", '  elevator-use#s9-p1: "00000000 丁。"\n  escalators#s1-p1', 1
    )
    (folder / "02-escalators.yml").unlink()
    (folder / "03-dropped.yml").unlink()
    renamed = _OTHER.replace("id: escalators", "id: moving-stairs").replace("  - number: 1", "  - number: 2")
    before = "  - number: 1\n    heading: {zh: 引言, en: Introduction}\n    aspects: [object]\n    clauses: [{zh: 丁。, en: Fourth.}]\n"
    write(folder / "02-moving-stairs.yml", renamed.replace("sections:\n", f"sections:\n{before}"))
    again = make_book(
        folder,
        regime=_AFTER,
        laws="laws:\n" + LAW.replace("id: elevator-regulations", "id: lift-regulations"),
        published=locked,
        redirects=_REDIRECTS,
    )
    second = read(again).book
    assert second is not None
    assert lost(second) == ()
    write_lock(second)
    run = mkdocs("build", "--quiet", cwd=root)
    assert run.returncode == 0, run.stdout
    return root / "site"


@pytest.fixture(scope="module", params=["http", "folder"])
def start(request: pytest.FixtureRequest, address: str, unpacked: str) -> str:
    return address if request.param == "http" else unpacked


@pytest.fixture(scope="module", params=["scripts", "plain"])
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param == "scripts")
    yield context.new_page()
    context.close()


def _open(start: str, path: str) -> str:
    """An address as a reader has it: with the name of the file where it lies in a folder."""
    page, _, anchor = path.partition("#")
    return start + page + ("index.html" if start.startswith("file:") else "") + (f"#{anchor}" if anchor else "")


MOVED = {
    "regime": ("regimes/escalators/", "regimes/moving-stairs/"),
    "second name": ("regimes/moving-walks/", "regimes/moving-stairs/"),
    "checklist": ("checklists/escalators/", "checklists/moving-stairs/"),
    "law": ("laws/elevator-regulations/", "laws/lift-regulations/"),
}


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize("name", MOVED)
def test_an_old_address_goes_on_to_the_new_one_at_once(reader: Page, start: str, prefix: str, name: str) -> None:
    old, new = MOVED[name]

    reader.goto(_open(start, prefix + old))
    reader.wait_for_url(f"{start}{prefix}{new}*")

    assert reader.locator("h1").first.is_visible()
    assert reader.locator("html").get_attribute("lang") == ("en" if prefix else "zh-CN")


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_an_old_anchor_and_what_was_asked_of_a_page_go_along(page: Page, start: str, prefix: str) -> None:
    complaints = watch(page, start)

    page.goto(_open(start, f"{prefix}regimes/escalators/#s1-p1"))
    page.wait_for_url("**/moving-stairs/*#s2-p1")
    assert page.locator("#s2-p1").is_visible()
    page.goto(_open(start, f"{prefix}checklists/escalators/#s1-p1.1"))
    page.wait_for_url("**/moving-stairs/*#s2-p1.1")
    query = _open(start, f"{prefix}regimes/moving-walks/") + "?parallel=1#s2"
    page.goto(query)
    page.wait_for_url("**/moving-stairs/*?parallel=1#s2")

    assert complaints == []


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_a_renumbered_clause_is_found_by_its_old_anchor_on_its_page(reader: Page, start: str, prefix: str) -> None:
    reader.goto(_open(start, f"{prefix}regimes/elevator-use/#s2-4"))

    expect(reader.locator(".hb-clause:has(> .hb-clause__body > #s2-4)")).to_have_attribute("id", "s2-2")
    assert reader.locator("#s2-2").is_visible()


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_a_clause_that_has_moved_to_another_regime_is_named_where_it_was(reader: Page, start: str, prefix: str) -> None:
    reader.goto(_open(start, f"{prefix}regimes/elevator-use/"))
    entry = reader.locator("#s9")
    assert entry.is_visible()
    assert "/regimes/moving-stairs/" in (entry.locator("a").get_attribute("href") or "")
    if start.startswith("file:") and not reader.evaluate("document.documentElement.classList.contains('js')"):
        return  # a folder opened without scripts: every link of the site is opened at its folder
    entry.locator("a").click()
    reader.wait_for_url("**/moving-stairs/*#s2")
    assert reader.locator("#s2").is_visible()


def test_with_scripts_the_old_anchor_of_a_moved_clause_goes_there(page: Page, start: str) -> None:
    page.goto(_open(start, "regimes/elevator-use/#s9"))
    page.wait_for_url("**/moving-stairs/*#s2")


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_what_was_removed_says_so_with_its_last_title_and_leads_to_the_list(
    reader: Page, start: str, prefix: str
) -> None:
    said = "no longer here" if prefix else "已删去"
    for old, title, new in (
        ("regimes/dropped/", "缆车监管", ""),
        ("checklists/dropped/", "缆车监管", "checklists/"),
        ("laws/old-rules/", "old-rules", "laws/"),
    ):
        reader.goto(_open(start, prefix + old))
        assert said in reader.locator("h1").inner_text()
        assert title in reader.locator("main").inner_text()
        assert reader.locator("meta[name=robots]").get_attribute("content") == "noindex"
        reader.locator("section a").click()
        reader.wait_for_url(f"{start}{prefix}{new}index.html")
        assert reader.locator("h1").first.is_visible()
    reader.goto(_open(start, f"{prefix}regimes/elevator-use/#s8-1"))
    assert reader.locator("#s8-1").is_visible()


def test_a_sheet_begun_under_the_old_name_is_taken_up(page: Page, address: str) -> None:
    page.goto(address + "checklists/moving-stairs/")
    page.locator("[data-item] input").first.check()
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.evaluate(
        """() => {
            const [key] = Object.keys(localStorage).filter((k) => k.endsWith("moving-stairs"));
            const old = localStorage.getItem(key).replaceAll("moving-stairs.s2-", "escalators.s1-").replaceAll("moving-stairs", "escalators");
            localStorage.setItem(key.replace("moving-stairs", "escalators"), old);
        }"""
    )
    page.goto(address + "laws/")
    page.evaluate(
        "for (const k of Object.keys(localStorage)) if (k.endsWith('moving-stairs')) localStorage.removeItem(k)"
    )

    page.goto(address + "checklists/")
    assert page.locator('[data-regime="moving-stairs"] [data-hb-begun]').is_visible()
    page.goto(address + "checklists/moving-stairs/")

    assert page.locator("[data-item] input").first.is_checked()


def test_the_files_of_a_checklist_are_there_under_the_old_name_too(site: Path) -> None:
    for prefix in ("", "en/"):
        for kind in ("pdf", "docx", "xlsx"):
            old = site / f"{prefix}checklists/escalators/escalators.{kind}"
            new = site / f"{prefix}checklists/moving-stairs/moving-stairs.{kind}"
            assert old.read_bytes() == new.read_bytes()


def test_programs_find_every_move_in_the_data(site: Path) -> None:
    found = json.loads((site / "data" / "redirects.json").read_text(encoding="utf-8"))
    Draft202012Validator(
        json.loads((site / "data" / "schema" / "redirects.json").read_text(encoding="utf-8"))
    ).validate(found)
    rows = {(row["kind"], row["old"]): row for row in found["rows"]}

    assert rows["regime", "escalators"]["new"] == "moving-stairs"
    assert rows["regime", "dropped"]["new"] is None
    assert rows["regime", "dropped"]["url"] is None
    assert rows["clause", "escalators#s1-p1"]["url"]["en"] == "en/regimes/moving-stairs/#s2-p1"
    assert rows["checklist_item", "escalators.s1-p1.1"]["url"]["zh"] == "checklists/moving-stairs/#s2-p1.1"
    assert rows["law", "elevator-regulations"]["url"]["zh"] == "laws/lift-regulations/"


def test_no_list_names_an_old_address_and_the_zip_holds_them(site: Path) -> None:
    for name in ("llms.txt", "search/search_index.json", "en/search/search_index.json"):
        text = (site / name).read_text(encoding="utf-8")
        assert "regimes/moving-stairs/" in text
        assert "escalators/" not in text
        assert "regimes/dropped/" not in text
    with zipfile.ZipFile(site / archive.NAME) as packed:
        names = packed.namelist()
    for path in ("regimes/escalators/", "en/laws/elevator-regulations/", "checklists/dropped/"):
        assert f"{archive.FOLDER}{path}index.html" in names
