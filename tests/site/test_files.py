"""The files of the real site: each checklist the same in JSON, on its page and in every file; none missing, none dead."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pypdf
import pytest

from handbook.exports import archive
from handbook.messages import Messages
from tests.conftest import ROOT
from tests.site.test_site import project as project  # the fixture

EDITIONS = {"zh": "", "en": "en/"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class _Rows(HTMLParser):
    """The items of a checklist's page in their order, and every link."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.items: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "tr" and values.get("data-item"):
            self.items.append(values["data-item"] or "")
        if tag == "a" and values.get("href"):
            self.links.append(values["href"] or "")


@pytest.fixture(scope="module")
def checklists(site: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((site / "data" / "checklists.json").read_text(encoding="utf-8"))["rows"]
    return rows


def _bare(text: str) -> str:
    return "".join(text.split())


def _in_pdf(file: Path) -> str:
    return _bare("".join(page.extract_text() for page in pypdf.PdfReader(file).pages))


def _tags_in_docx(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as package:
        document = ElementTree.parse(io.BytesIO(package.read("word/document.xml")))
    return [tag.get(f"{W}val", "") for tag in document.iter(f"{W}tag")]


def _ids_in_xlsx(file: Path, ids: set[str]) -> list[str]:
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value in ids]


@pytest.mark.parametrize("language", EDITIONS)
def test_every_checklist_has_the_same_items_in_json_on_its_page_and_in_every_file(
    site: Path, checklists: list[dict[str, Any]], language: str
) -> None:
    regimes = sorted((ROOT / "regimes").glob("[0-9]*.yml"))
    assert len(checklists) == len(regimes)
    for row in checklists:
        ids = [item["id"] for item in row["items"]]
        folder = site / EDITIONS[language] / "checklists" / row["regime"]
        file = folder / row["regime"]

        assert _Rows((folder / "index.html").read_text(encoding="utf-8")).items == ids
        assert _ids_in_xlsx(file.with_suffix(".xlsx"), set(ids)) == ids
        tags = _tags_in_docx(file.with_suffix(".docx"))
        assert list(dict.fromkeys(t.rpartition(":")[0] for t in tags if t.endswith(":yes"))) == ids
        text, at = _in_pdf(file.with_suffix(".pdf")), 0
        for item in row["items"]:
            at = text.find(_bare(item[language]), at)
            assert at >= 0, item["id"]
        assert text.count(_bare("不适用" if language == "zh" else "Not applicable")) == len(ids)


@pytest.mark.parametrize("language", EDITIONS)
def test_the_book_has_a_bookmark_for_every_regime_and_its_text(
    site: Path, checklists: list[dict[str, Any]], language: str
) -> None:
    reader = pypdf.PdfReader(site / EDITIONS[language] / "handbook.pdf")

    def titles(outline: list[Any]) -> list[str]:
        return [t for entry in outline for t in (titles(entry) if isinstance(entry, list) else [entry.title])]

    marks = [_bare(title) for title in titles(reader.outline)]
    for row in checklists:
        assert any(_bare(row["title"][language]) in mark for mark in marks), row["id"]


def test_every_checklist_links_to_its_files(site: Path, checklists: list[dict[str, Any]]) -> None:
    for prefix in EDITIONS.values():
        for row in checklists:
            folder = site / prefix / "checklists" / row["regime"]
            page = _Rows((folder / "index.html").read_text(encoding="utf-8"))
            for kind in ("pdf", "docx", "xlsx"):
                assert f"{row['regime']}.{kind}" in page.links
                assert (folder / f"{row['regime']}.{kind}").stat().st_size > 1000


def test_without_a_chinese_font_everything_else_is_made_and_nothing_links_to_a_pdf(
    project: Path, tmp_path: Path
) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<?xml version='1.0'?><fontconfig><dir>{tmp_path / 'none'}</dir></fontconfig>", encoding="utf-8")
    file = project / "mkdocs.yml"
    configuration = file.read_text(encoding="utf-8")
    file.write_text(configuration.replace("  - handbook\n", "  - handbook: {files: [pdf, xlsx]}\n"), encoding="utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project,
        env={**os.environ, "FONTCONFIG_FILE": str(fonts), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 0, run.stdout
    assert run.stdout.count("apt install fonts-noto-cjk") == 1
    assert not list((project / "site").rglob("*.pdf"))
    assert len(list((project / "site").rglob("*.xlsx"))) == 2 * len(list((ROOT / "regimes").glob("[0-9]*.yml"))) + 1
    linked = [
        link
        for page in (project / "site").rglob("*.html")
        for link in _Rows(page.read_text(encoding="utf-8")).links
        if re.search(r"\.(pdf|docx)$", link) and "://" not in link
    ]
    assert not linked


def test_the_zip_holds_the_site_as_it_is_but_for_the_link_to_itself(site: Path) -> None:
    linking = []
    with zipfile.ZipFile(site / archive.NAME) as made:
        held = {name.removeprefix(archive.FOLDER): made.read(name) for name in made.namelist()}
    there = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_file() and p.suffix != ".map"}
    del there[archive.NAME]

    assert held.keys() == there.keys()
    for name, path in there.items():
        if held[name] != path.read_bytes():
            linking.append(name)
            assert b"hb-archive" not in held[name]
            language = "en" if name.startswith("en/") else "zh"
            words = Messages(language)("archive", size=archive.size(site / archive.NAME))
            assert f'{archive.NAME}" download>{words}</a>' in path.read_text(encoding="utf-8")
    assert sorted(linking) == ["about/index.html", "en/about/index.html", "en/index.html", "index.html"]
