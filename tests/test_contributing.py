"""Every recipe of the guide, in both languages, done from start to end as it is written; the records are the golden files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recipes import Recipe, as_written, follow, recipes

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden" / "recipes"
GUIDE = ROOT / "CONTRIBUTING.md"
RECIPES = recipes(GUIDE.read_text(encoding="utf-8"), {"English": "en", "中文": "zh"})
COPIED = ("regimes", "checks", "docs", "mkdocs.yml", "tests/test_against_the_source.py")


def _names(recipe: Recipe) -> str:
    return f"{recipe.language}-{recipe.number}"


def test_there_are_at_least_five_recipes_and_the_same_in_both_languages() -> None:
    numbers = {language: [r.number for r in RECIPES if r.language == language] for language in ("en", "zh")}

    assert numbers["en"] == numbers["zh"]
    assert len(numbers["en"]) >= 5
    for recipe in RECIPES:
        assert any(block.kind == "console" for block in recipe.blocks), _names(recipe)


@pytest.mark.parametrize("number", sorted({r.number for r in RECIPES}))
def test_a_recipe_does_the_same_in_both_languages(number: int) -> None:
    """Commands, edits and files are those of the other language; only what is printed may differ with it."""
    done = []
    for language in ("en", "zh"):
        recipe = next(r for r in RECIPES if (r.language, r.number) == (language, number))
        done.append(
            [
                [line for line in block.text.splitlines() if line.startswith("$ ")]
                if block.kind == "console"
                else (block.kind, block.file, block.text)
                for block in recipe.blocks
            ]
        )

    assert done[0] == done[1]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's data in a repository of its own, as a maintainer who has just cloned it has it."""
    folder = tmp_path / "handbook"
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for command in (
        ["git", "init", "--quiet", "--initial-branch=main"],
        ["git", "add", "--all"],
        ["git", "-c", "user.name=maintainer", "-c", "user.email=m@example.org", "commit", "--quiet", "-m", "As issued"],
    ):
        subprocess.run(command, cwd=folder, check=True)
    return folder


@pytest.mark.parametrize("recipe", RECIPES, ids=_names)
def test_a_recipe_goes_as_it_is_written(recipe: Recipe, copy: Path, pytestconfig: pytest.Config) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HANDBOOK_LANGUAGE": recipe.language,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": "1795478400",  # the day of the data; the guide says nothing of any other
        "GIT_AUTHOR_NAME": "maintainer",
        "GIT_AUTHOR_EMAIL": "m@example.org",
        "GIT_COMMITTER_NAME": "maintainer",
        "GIT_COMMITTER_EMAIL": "m@example.org",
    }
    record = re.sub(r"\b[0-9a-f]{7,40}\b", "…", follow(recipe, copy, environment)) + "\n"
    golden = GOLDEN / f"{_names(recipe)}.txt"
    if pytestconfig.getoption("--accept"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(record, encoding="utf-8", newline="\n")

    assert golden.read_text(encoding="utf-8") == record, f"the record in {golden.name} differs; look, then --accept"


def test_a_recipe_that_prints_something_else_is_noticed() -> None:
    assert as_written(["…", "2 rules: 0 errors…"], ["a.yml:1:1: HB1 words", "2 rules: 0 errors, 0 warnings"])
    assert not as_written(["…", "2 rules: 0 errors…"], ["2 rules: 1 error, 0 warnings"])
    assert not as_written(["first", "second"], ["second", "first"])
