"""A new regime: asked for or given, checked before anything is written, its text taken from the issued text where that has it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checks.run import run
from handbook.cli import main
from handbook.commands import new
from handbook.model import Book
from handbook.source import read
from tests.books import HANDBOOK, SOURCE, SOURCE_FILE, TODAY, make_book, write

ESCALATORS = """\
二、扶梯使用监管
检查扶梯。
一、监督检查对象
扶梯使用单位。
二、监督检查处理
有下列行为之一的，予以警告，可并处一千元以下罚款：
（一）伪造记录的；
（二）拒绝检查的。
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good book under ``regimes`` in a working folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDBOOK_LANGUAGE", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    return make_book(tmp_path / "regimes")


GIVEN = ("--id", "escalator-use", "--number", "2", "--category", "general", "--title-en", "Supervision of the use of escalators")  # fmt: skip
TITLE = ("--title-zh", "扶梯使用监管")


def _new(*options: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["new", *options], input=typed)


def _issue(folder: Path, text: str) -> None:
    write(folder / SOURCE_FILE, text)
    write(folder / "_handbook.yml", HANDBOOK.replace("SHA256", hashlib.sha256(text.encode()).hexdigest()))


def _read(folder: Path) -> Book:
    reading = read(folder, today=TODAY)
    assert reading.problems == ()
    assert reading.book
    return reading.book


def test_a_skeleton_is_read_and_the_checks_point_to_every_line_to_write(folder: Path) -> None:
    result = _new(*GIVEN, *TITLE)

    assert result.exit_code == 0, result.output
    file = folder / "02-escalator-use.yml"
    text = file.read_text(encoding="utf-8")
    assert "# " in text
    book = _read(folder)
    assert [s.aspects for s in book.regimes[1].sections] == [("object",), ("content",), ("method",), ("procedure",), ("handling",)]  # fmt: skip
    report = run(read(folder, today=TODAY), None, today=TODAY)
    pointed = {p.place.line for p in report.problems if p.code == "HB201" and p.place.file.name == file.name}
    todo = {n for n, line in enumerate(text.splitlines(), start=1) if "TODO" in line and not line.startswith("#")}
    assert pointed == todo
    assert "copy the words of the issued text" in " ".join(p.message.en for p in report.problems)


def test_what_the_issued_text_already_has_is_taken_from_there(folder: Path) -> None:
    _issue(folder, SOURCE + ESCALATORS)

    result = _new(*GIVEN)

    assert result.exit_code == 0, result.output
    book = _read(folder)
    regime = book.regimes[1]
    assert regime.title.zh == "扶梯使用监管"
    assert [f.id for f in book.by_regime["escalator-use"]] == ["s0-p1", "s1-p1", "s2-p1", "s2-p1-1", "s2-p1-2"]
    (penalty,) = regime.sections[1].clauses[0].penalties
    assert penalty.conduct == "items"
    assert penalty.measures[1].discretionary
    codes = {p.code for p in run(read(folder, today=TODAY), None, today=TODAY).problems}
    assert {"HB201", "HB213"} <= codes
    assert not {c for c in codes if c.startswith("HB6")}


def test_another_title_than_that_of_the_issued_text_is_refused(folder: Path) -> None:
    _issue(folder, SOURCE + ESCALATORS)

    result = _new(*GIVEN, "--title-zh", "扶梯监管")

    assert result.exit_code == 2
    assert "扶梯使用监管" in result.stderr
    assert not (folder / "02-escalator-use.yml").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--id", "Escalators"), "small letters"),
        (("--id", "a--b"), "small letters"),
        (("--id", "../../x"), "small letters"),
        (("--id", "elevator-use"), "in use or has been published"),
        (("--id", "old-lifts"), "in use or has been published"),
        (("--id", "x" * 81), "small letters"),
        (("--number", "1"), "01-elevator-use.yml"),
        (("--number", "0"), "1 to 9999"),
        (("--number", "10000"), "1 to 9999"),
        (("--category", "lifts"), "general"),
        (("--title-en", "  "), "one line of text"),
        (("--title-en", "a\nb"), "one line of text"),
        (("--title-zh", ""), "one line of text"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(folder: Path, options: tuple[str, ...], says: str) -> None:
    write(folder / "_redirects.yml", "checklist_items:\n  old-lifts.s1-p1.1: null\n")
    before = sorted(folder.rglob("*"))

    result = _new(*GIVEN, *TITLE, *options)

    assert result.exit_code == 2
    assert says in result.stderr
    assert sorted(folder.rglob("*")) == before


def test_without_a_terminal_everything_missing_is_named_at_once(folder: Path) -> None:
    before = sorted(folder.rglob("*"))

    result = _new("--number", "2")

    assert result.exit_code == 2
    for option in ("--id", "--category", "--title-zh", "--title-en"):
        assert option in result.stderr
    assert sorted(folder.rglob("*")) == before


def test_at_a_terminal_what_is_missing_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "interactive", lambda: True)

    result = _new("--language", "zh", typed="\n扶梯使用监管\nSupervision of escalators\n\n\n")

    assert result.exit_code == 0, result.output
    assert "综合" in result.output, "the categories are shown"
    assert (folder / "02-escalators.yml").exists()


def test_whoever_stops_at_a_question_has_written_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new, "interactive", lambda: True)

    result = _new(typed="")

    assert result.exit_code == 2
    assert list(folder.glob("02-*")) == []


def test_a_file_that_is_there_is_never_overwritten(folder: Path) -> None:
    write(folder / "02-lifts.yml", "mine")

    result = _new(*GIVEN, *TITLE)

    assert result.exit_code == 2
    assert (folder / "02-lifts.yml").read_text() == "mine"
    assert list(folder.glob("02-escalator*")) == []


def test_a_folder_that_is_none_is_said(folder: Path) -> None:
    result = _new(*GIVEN, *TITLE, "--folder", "nowhere")

    assert result.exit_code == 2
    assert "nowhere" in result.stderr
