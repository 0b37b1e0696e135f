"""The real site: complete, linked, the same in both editions, and kept when a build fails."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from handbook.search import unpacked
from handbook.source import read

ROOT = Path(__file__).parents[2]


class _Page(HTMLParser):
    """The ids and the links of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name in ("href", "src") and value:
                (self.links if tag == "a" else self.loads).append(value)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, _Page]:
    return {file: _Page(file.read_text(encoding="utf-8")) for file in site.rglob("*.html") if file.name != "404.html"}


def test_every_link_of_every_page_leads_to_a_page_and_an_anchor_that_exist(pages: dict[Path, _Page]) -> None:
    broken = []
    for file, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or link == "javascript:void(0)":
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (
                parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids
            ):
                broken.append(f"{file} -> {link}")

    assert not broken, broken[:10]


def test_no_page_loads_anything_from_another_site(pages: dict[Path, _Page]) -> None:
    outside = [
        (file, load)
        for file, page in pages.items()
        for load in page.loads
        if urlsplit(load).scheme or load.startswith("//")
    ]

    assert not outside


def test_ids_are_unique_on_every_page(pages: dict[Path, _Page]) -> None:
    twice = {
        str(file): sorted({i for i in page.ids if page.ids.count(i) > 1})
        for file, page in pages.items()
        if len(set(page.ids)) < len(page.ids)
    }

    assert not twice


def test_both_editions_have_the_same_pages_and_anchors(site: Path, pages: dict[Path, _Page]) -> None:
    chinese = {f.relative_to(site) for f in pages if not f.is_relative_to(site / "en")}
    english = {f.relative_to(site / "en") for f in pages if f.is_relative_to(site / "en")}

    assert chinese == english
    for path in sorted(chinese):
        if path.parts[:1] not in (("about",), ("contributing",)):
            assert _ours(pages[site / path]) == _ours(pages[site / "en" / path]), path


def _ours(page: _Page) -> list[str]:
    return [i for i in page.ids if not i.startswith("__")]


def test_every_clause_of_the_data_has_its_anchor_on_its_page(site: Path, pages: dict[Path, _Page]) -> None:
    book = read(ROOT / "regimes").book

    assert book is not None
    for prefix in ("", "en/"):
        for found in book.clauses:
            assert found.id in pages[site / prefix / "regimes" / found.regime.id / "index.html"].ids, found.key


def test_every_rule_has_a_page(site: Path) -> None:
    from checks.run import rules

    missing = [r.code for r in rules() if not (site / "rules" / r.code.lower() / "index.html").exists()]

    assert not missing
    assert len(rules()) >= 20


def test_the_chinese_on_a_page_is_the_chinese_of_the_data(site: Path) -> None:
    book = read(ROOT / "regimes").book
    assert book is not None
    for regime in book.regimes:
        text = _text(site / "regimes" / regime.id / "index.html")
        for found in book.by_regime[regime.id]:
            assert (found.clause.marker or "") + found.clause.zh in text, found.key


def test_the_english_on_a_page_is_the_english_of_the_data(site: Path) -> None:
    book = read(ROOT / "regimes").book
    assert book is not None
    for regime in book.regimes:
        text = _text(site / "en" / "regimes" / regime.id / "index.html")
        for found in book.by_regime[regime.id]:
            assert found.clause.en in text, found.key


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _text(file: Path) -> str:
    parser = _Text()
    parser.feed(file.read_text(encoding="utf-8"))
    return "".join(parser.parts)


def _index(site: Path, prefix: str) -> dict[str, dict[str, Any]]:
    """The search index by address: title, the entries' text by anchor, their names."""
    found: dict[str, dict[str, Any]] = {}
    for d in unpacked((site / prefix / "search" / "search_index.json").read_text(encoding="utf-8")):
        page = found.setdefault(d.page, {"title": d.title, "entries": {}, "names": []})
        if d.anchor:
            page["entries"][d.anchor] = d.text
            page["names"].append(d.title)
    return found


def test_each_edition_has_its_own_search_index_in_its_own_language(site: Path) -> None:
    chinese, english = _index(site, ""), _index(site, "en/")

    assert list(chinese) == list(english)
    for index, own in ((chinese, True), (english, False)):
        for address, page in index.items():
            if address.startswith("regimes/"):
                assert bool(re.search("[一-鿿]", page["title"])) == own
                assert all(bool(re.search("[一-鿿]", text)) == own for text in page["entries"].values() if text), (
                    address
                )


def test_the_search_index_holds_every_clause_once_as_the_data_have_it(site: Path) -> None:
    book = read(ROOT / "regimes").book

    assert book is not None
    for prefix, language in (("", "zh"), ("en/", "en")):
        index = _index(site, prefix)
        for regime in book.regimes:
            found = {a: text for a, text in index[f"regimes/{regime.id}/"]["entries"].items() if "-" in a}
            assert found == {f.id: getattr(f.clause, language) for f in book.by_regime[regime.id]}


def test_the_search_index_names_only_pages_and_anchors_that_exist(site: Path, pages: dict[Path, _Page]) -> None:
    for prefix in ("", "en/"):
        for address, page in _index(site, prefix).items():
            ids = pages[site / prefix / address / "index.html"].ids
            assert [anchor for anchor in page["entries"] if anchor not in ids] == [], address


def test_the_search_index_for_folders_is_the_same(site: Path) -> None:
    for prefix in ("", "en/"):
        index = site / prefix / "search" / "search_index.json"
        assert (
            index.with_suffix(".js").read_text(encoding="utf-8") == f"var __index = {index.read_text(encoding='utf-8')}"
        )


def test_every_page_asks_our_worker(site: Path) -> None:
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "assets/handbook/search-worker.js" in text, file
        assert "javascripts/workers/" not in text, file
        assert text.index("handbook/search.js") < text.index("javascripts/bundle."), file


def test_the_search_index_leaves_out_the_page_that_repeats_every_clause(site: Path) -> None:
    assert "source/" not in _index(site, "")
    assert "rules/hb204/" in _index(site, "")


def test_the_data_files_are_published_once(site: Path) -> None:
    assert {f.name for f in (site / "data").iterdir() if f.is_file()} >= {
        "regimes.json",
        "regimes.csv",
        "laws.json",
        "glossary.json",
    }
    assert not (site / "en" / "data").exists()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project whose data a test may break."""
    for name in ("regimes", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "checks").mkdir()
    shutil.copy(ROOT / "checks" / "waivers.yml", tmp_path / "checks")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def _build(project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_failing_build_names_the_line_and_leaves_the_last_good_site(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site", encoding="utf-8")
    file = project / "regimes" / "04-statutory-verification-institutions.yml"
    lines = file.read_text(encoding="utf-8").split("\n")
    number = next(i for i, line in enumerate(lines) if "一千元" in line)
    lines[number] = lines[number].replace("一千元", "一万元")
    file.write_text("\n".join(lines), encoding="utf-8")

    run = _build(project)

    assert run.returncode == 1
    assert f"regimes/{file.name}:{number + 1}:" in run.stdout
    assert "HB601" in run.stdout
    assert "Traceback" not in run.stdout
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "the last good site"
    assert sorted(p.name for p in project.iterdir() if p.name.startswith("site")) == ["site"]


def test_an_unreadable_regime_stops_the_build_without_a_traceback(project: Path) -> None:
    (project / "regimes" / "17-advertising.yml").write_text("id: [", encoding="utf-8")

    run = _build(project)

    assert run.returncode == 1
    assert "regimes/17-advertising.yml:" in run.stdout
    assert "Traceback" not in run.stdout
    assert not (project / "site").exists()


def test_a_broken_english_page_fails_the_whole_build(project: Path) -> None:
    (project / "docs" / "en" / "about.md").unlink()
    (project / "docs" / "en" / "contributing.md").write_bytes(b"\xff\xfe\xff")
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site", encoding="utf-8")

    run = _build(project)

    assert run.returncode == 1
    assert "en edition" in run.stdout
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "the last good site"


def test_a_site_lost_between_the_two_moves_comes_back_and_leftovers_go(project: Path) -> None:
    (project / "site.old").mkdir()
    (project / "site.old" / "index.html").write_text("the last good site", encoding="utf-8")
    (project / "site.new").mkdir()
    (project / "regimes" / "17-advertising.yml").write_text("id: [", encoding="utf-8")

    run = _build(project)

    assert run.returncode == 1
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "the last good site"
    assert sorted(p.name for p in project.iterdir() if p.name.startswith("site")) == ["site"]


def test_a_good_build_takes_the_place_of_the_last_site(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "gone.html").write_text("from the last site", encoding="utf-8")

    run = _build(project)

    assert run.returncode == 0, run.stdout
    assert not (project / "site" / "gone.html").exists()
    assert (project / "site" / "en" / "index.html").exists()
    assert (project / "site" / "data" / "regimes.json").exists()
    assert sorted(p.name for p in project.iterdir() if p.name.startswith("site")) == ["site"]


def test_every_page_carries_its_policy_and_nothing_the_policy_forbids(site: Path) -> None:
    for file in site.rglob("*.html"):
        html = file.read_text(encoding="utf-8")
        assert html.count('http-equiv="Content-Security-Policy"') == 1, file
        assert not re.search(r"<[^>]*\s(style|on\w+)=\"|<style|<base\b|javascript:", html), file
