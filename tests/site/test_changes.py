"""The page “what changed” of a real build: there where an earlier state is named, whole in both editions, harmless where it cannot be read."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import mkdocs
from tests.site.test_site import project as project  # the fixture


def _quick(project: Path) -> None:
    """No PDF, no Word, no Excel, no zip: they are not what is looked at here."""
    file = project / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace("  - handbook\n", "  - handbook: {files: [], archive: false}\n")
    file.write_text(text, encoding="utf-8")


def test_both_editions_have_the_page_its_links_and_its_data(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _quick(project)
    shutil.copytree(project / "regimes", project / "before")
    seven = project / "before" / "07-measuring-instrument-makers.yml"
    seven.write_text(seven.read_text(encoding="utf-8").replace("{max: 30000}", "{max: 20000}", 1), encoding="utf-8")
    monkeypatch.setenv("HANDBOOK_SINCE", "before")

    run = mkdocs("build", "--strict", cwd=project)

    assert run.returncode == 0, run.stdout
    site = project / "site"
    for folder in (site, site / "en"):
        page = (folder / "changes" / "index.html").read_text(encoding="utf-8")
        assert "<del>20,000</del>" in page
        assert "<ins>30,000</ins>" in page
        assert 'href="../regimes/measuring-instrument-makers/#s5-p1-4"' in page
        data = re.search(r'href="([^"]+changes\.json)"', page)
        assert data is not None
        assert (folder / "changes" / data[1]).resolve() == (site / "data" / "changes.json").resolve()
        for other in ("index.html", "about/index.html"):
            assert re.search(r'<a href="(\.\./)?changes/">[^<]*before', (folder / other).read_text(encoding="utf-8"))
    document = json.loads((site / "data" / "changes.json").read_text(encoding="utf-8"))
    schema = json.loads((site / "data" / "schema" / "changes.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    assert [c["kind"] for c in document["changes"]] == ["amount"]


def test_without_an_earlier_state_there_is_no_page_and_no_link_to_one(site: Path) -> None:
    assert not (site / "changes").exists()
    assert not (site / "data" / "changes.json").exists()
    assert "changes/" not in (site / "index.html").read_text(encoding="utf-8")


def test_an_earlier_state_that_cannot_be_read_stops_the_build_and_leaves_the_last_good_site(project: Path) -> None:
    _quick(project)
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site", encoding="utf-8")
    file = project / "mkdocs.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("archive: false", "archive: false, since: nowhere"), "utf-8"
    )
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)

    run = mkdocs("build", cwd=project)

    assert run.returncode == 1
    assert "there is no file, folder or git revision named nowhere" in run.stdout
    assert "Traceback" not in run.stdout
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "the last good site"
