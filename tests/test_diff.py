"""The command ``handbook diff``: real edits of the real regimes said in legal terms, in every form, from folders, files and git."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.cli import main
from tests.books import REGIME_FILE, make_book, write

REAL = Path(__file__).parents[1] / "regimes"
SEVEN = "07-measuring-instrument-makers.yml"


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDBOOK_LANGUAGE", raising=False)


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the real regimes twice, as ``old`` and as ``regimes``."""
    monkeypatch.chdir(tmp_path)
    for name in ("old", "regimes"):
        shutil.copytree(REAL, tmp_path / name)
    return tmp_path


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose first commit holds the tiny book, tagged ``issued``."""
    monkeypatch.chdir(tmp_path)
    make_book(tmp_path / "regimes")
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "first"], ["tag", "issued"]):
        _git(*command)
    return tmp_path


def _git(*arguments: str) -> str:
    who = {f"GIT_{role}_{what}": "test@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True, env=environment).stdout


def _diff(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["diff", *arguments])


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    write(file, text.replace(old, new, 1))


def test_a_raised_fine_is_said_in_legal_terms_in_both_languages_with_its_place(sides: Path) -> None:
    _edit(sides / "regimes" / SEVEN, "{max: 30000}", "{max: 50000}")

    english, chinese = _diff("old"), _diff("old", "--language", "zh")

    assert english.exit_code == chinese.exit_code == 1
    assert "Regime 7, V(4): Fine (" in english.stdout
    assert "not more than RMB 30,000 → not more than RMB 50,000" in english.stdout
    assert "制度七·五（四）：罚款（" in chinese.stdout
    assert "不超过 30,000 元 → 不超过 50,000 元" in chinese.stdout
    line = (sides / "regimes" / SEVEN).read_text(encoding="utf-8").split("{max: 50000}")[0].count("\n") + 1
    assert re.search(rf"regimes/{SEVEN}:{line}:\d+ measuring-instrument-makers#s5-p1-4", english.stdout)
    assert english.stdout.endswith("1 change: Amounts 1.\n")


def test_a_revision_of_git_is_compared_with_the_folder_as_it_lies_there_and_nothing_is_touched(history: Path) -> None:
    _edit(history / "regimes" / REGIME_FILE, "检查使用登记。", "检查使用登记和维护保养。")
    before = _git("status", "--porcelain"), sorted(history.rglob("*.yml"))

    result = _diff("issued")

    assert result.exit_code == 1
    assert "制度一·序言第1段" in _diff("HEAD", "--language", "zh").stdout
    assert "检查使用登记{+和维护保养+}。" in result.stdout
    assert (_git("status", "--porcelain"), sorted(history.rglob("*.yml"))) == before


def test_two_revisions_a_folder_of_one_and_a_single_file_can_be_named(history: Path) -> None:
    _edit(history / "regimes" / REGIME_FILE, "Supervision of the use", "Regulation of the use")
    _git("commit", "-qam", "second")

    assert _diff("HEAD").exit_code == 0
    for named in (("issued", "main"), ("HEAD~1:regimes",), (f"issued:regimes/{REGIME_FILE}", f"regimes/{REGIME_FILE}")):
        result = _diff(*named)
        assert result.exit_code == 1, named
        assert "[-Supervision-]{+Regulation+} of the use of elevators" in result.stdout
        assert result.stdout.endswith("1 change: Translation 1.\n")
