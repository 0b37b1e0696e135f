"""The plain projects ``handbook pages`` writes, built by MkDocs without any plugin of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.cli import main
from tests.conftest import ROOT, mkdocs

_ARTICLE = re.compile(r'<article class="hb-.*?</article>', re.DOTALL)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain")
    arguments = ["pages", str(folder), "--regimes", str(ROOT / "regimes"), "--docs", str(ROOT / "docs")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize(("language", "prefix"), [("zh", ""), ("en", "en/")])
def test_a_plain_project_builds_the_same_regimes_without_our_plugins(
    plain: Path, site: Path, language: str, prefix: str
) -> None:
    configuration = (plain / language / "mkdocs.yml").read_text(encoding="utf-8")
    assert '"plugins": [\n    "search"\n  ]' in configuration

    run = mkdocs("build", "--site-dir", str(plain / "built" / language), cwd=plain / language)

    assert run.returncode == 0, run.stdout
    for file in sorted((site / prefix / "regimes").glob("*/index.html")):
        same = plain / "built" / language / file.relative_to(site / prefix)
        assert _article(same) == _article(file), same


def test_the_plain_projects_hold_the_data_once(plain: Path, site: Path) -> None:
    written = sorted(f.relative_to(plain / "zh" / "docs") for f in (plain / "zh" / "docs" / "data").rglob("*"))

    assert written == sorted(f.relative_to(site) for f in (site / "data").rglob("*"))
    assert not (plain / "en" / "docs" / "data").exists()


def _article(file: Path) -> str:
    """The regime on a page, white space between lines apart."""
    found = _ARTICLE.search(file.read_text(encoding="utf-8"))
    assert found, file
    return re.sub(r"\s*\n\s*", "\n", found.group())


def test_pages_of_a_broken_folder_are_not_written(tmp_path: Path) -> None:
    (tmp_path / "regimes").mkdir()

    result = CliRunner().invoke(main, ["pages", str(tmp_path / "out"), "--regimes", str(tmp_path / "regimes")])

    assert result.exit_code == 2
    assert "HB003" in result.output
    assert not (tmp_path / "out").exists()
