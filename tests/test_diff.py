"""The command ``handbook diff``: real edits of the real regimes said in legal terms, in every form, from folders, files and git."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from handbook.cli import main
from handbook.compare.forms import MARKDOWN_LIMIT, escaped
from tests.books import REGIME, REGIME_FILE, make_book, write

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


# The forms


def _everything_changed(folder: Path) -> None:
    """Every clause of every regime reworded, in both languages."""
    for file in folder.glob("[0-9]*.yml"):
        text = file.read_text(encoding="utf-8")
        write(file, re.sub(r"^( *(?:- )?)zh: (?=[^\n'\"\[]{30})", r"\1zh: 另", text, flags=re.MULTILINE))


def test_markdown_sets_both_languages_beside_each_other_by_regime(sides: Path) -> None:
    _edit(sides / "regimes" / SEVEN, "{max: 30000}", "{max: 50000}")

    report = _diff("old", "--format", "markdown").stdout

    rows = [line for line in report.splitlines() if line.startswith("| Regime")]
    assert len(rows) == 1
    assert "<del>not more than RMB 30,000</del> → <ins>not more than RMB 50,000</ins>" in rows[0]
    assert "<del>不超过 30,000 元</del> → <ins>不超过 50,000 元</ins>" in rows[0]
    assert "### Regime 7: Supervision of the manufacture" in report
    assert "1 change: Amounts 1." in report
    assert "共 1 处变化：金额 1。" in report


def test_markdown_is_cut_before_a_forge_refuses_it_and_says_how_many_changes_are_not_in_it(sides: Path) -> None:
    _everything_changed(sides / "regimes")

    report = _diff("old", "--format", "markdown").stdout
    every = json.loads(_diff("old", "--format", "json").stdout)["changes"]

    assert 40_000 < len(report) <= MARKDOWN_LIMIT
    left = re.search(r"(\d+) further changes, of less weight, are not listed", report)
    assert left is not None
    assert report.count("<br><sub>") + int(left[1]) == len(every)
    assert report.count("<details>") == report.count("</details>")


def test_what_binds_people_is_in_a_cut_report_whichever_regime_it_is_of(sides: Path) -> None:
    _everything_changed(sides / "regimes")
    last = max(f for f in (sides / "regimes").glob("[0-9]*.yml") if "- type: " in f.read_text(encoding="utf-8"))
    words = last.read_text(encoding="utf-8")
    write(
        last,
        re.sub(
            r"^( +)- type: (\w+)$(?!\n +discretionary)",
            r"\1- type: \2\n\1  discretionary: true",
            words,
            count=1,
            flags=re.MULTILINE,
        ),
    )

    report = _diff("old", "--format", "markdown").stdout

    assert "further changes, of less weight" in report
    assert "<del>must</del> → <ins>may</ins>" in report


HOSTILE = (
    "a | b",
    "<script>alert(1)</script>",
    "`code`",
    "@everyone and user@example.org",
    "#12 and owner/repo#12 and GH-12",
    "https://example.org www.example.org",
    "**bold** _em_ ~~gone~~ ![x](y) [l](m) :tada: $x$ &amp;",
    "\\| <!-- comment",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_of_the_data_becomes_live_markup(words: str) -> None:
    shown = escaped(words)
    bare = shown.replace("<span></span>", "")

    assert html.unescape(bare) == words
    assert not re.search(r"[|`*_~\[\]<>@$!\\]", bare)
    assert not re.search(r"#\d", re.sub(r"&#\d+;", "", bare))
    parts = html.unescape(re.sub("<span></span>", "\0", shown)).split("\0")
    for part in parts:  # a forge looks for these in each text of what it has rendered
        assert not re.search(r"@\w|#\d|://|www\.|GH-\d|:\w+:", part), part


@given(st.text())
def test_escaped_words_are_one_line_and_read_as_they_were(words: str) -> None:
    shown = escaped(words)

    assert "\n" not in shown
    if words.isprintable():
        assert html.unescape(shown.replace("<span></span>", "")) == words


def test_hostile_words_in_a_clause_stay_in_their_cell(history: Path) -> None:
    _edit(
        history / "regimes" / REGIME_FILE, "User units of elevators.", "'User | `units` <script> @all #1 https://x.y.'"
    )

    report = _diff("HEAD", "--format", "markdown").stdout

    row = next(line for line in report.splitlines() if line.startswith("| Regime 1"))
    assert row.count("|") == 4
    assert "<script" not in report
    assert not re.search(r"@\w|://", report)


def test_json_holds_both_languages_the_marked_words_and_fits_the_schema(sides: Path) -> None:
    _everything_changed(sides / "regimes")
    _edit(sides / "regimes" / SEVEN, "{max: 30000}", "{max: 50000}")

    result = _diff("old", "--format", "json")

    document = json.loads(result.stdout)
    schema = json.loads(_diff("--schema").stdout)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)
    fine = next(c for c in document["changes"] if c["kind"] == "amount")
    assert document["schema_version"] == 1
    assert (fine["kind"], fine["weight"], fine["field"]) == ("amount", "force", "penalties.measures.yuan")
    assert (fine["subject"]["group"], fine["subject"]["id"]) == ("measuring-instrument-makers", "s5-p1-4")
    assert fine["new"] == {"zh": "不超过 50,000 元", "en": "not more than RMB 50,000"}
    assert {p["text"]: p["kind"] for p in fine["marks"]["en"]} == {
        "not more than RMB ": "same",
        "30,000": "removed",
        "50,000": "added",
    }
    assert sum(c["count"] for c in document["counts"]) == len(document["changes"])


def test_annotations_of_a_forge_stand_at_the_line_and_hold_no_command_of_the_data(history: Path) -> None:
    _edit(history / "regimes" / REGIME_FILE, "User units of elevators.", "'Units%0A::error::x'")

    lines = _diff("HEAD", "--format", "github").stdout.splitlines()

    assert len(lines) == 1
    assert lines[0].startswith(f"::notice file=regimes/{REGIME_FILE},line=15,col=")
    assert "%250A::error" in lines[0]


# What cannot be read


def test_a_name_that_is_nothing_says_so_with_exit_2(history: Path) -> None:
    for named in (
        "nowhere",
        "HEAD:nowhere",
        "HEAD~99",
        "--output=x",
        "-x",
        "a\x1bb",
        "",
        "main..HEAD",
        "HEAD@{9}",
        "x" * 5000,
    ):
        result = _diff("--", named)
        assert result.exit_code == 2, named
        assert result.stdout == ""
        assert len(result.stderr.splitlines()) >= 1
        assert "Traceback" not in result.stderr
    assert not (history / "x").exists()


def test_without_git_or_a_repository_a_revision_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_book(tmp_path / "regimes")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    outside = _diff("main")
    monkeypatch.setenv("PATH", str(tmp_path))
    without = _diff("main", "--language", "zh")

    assert (outside.exit_code, without.exit_code) == (2, 2)
    assert "in no git repository" in outside.stderr
    assert "没有安装 git" in without.stderr


SPOILS = {
    "not UTF-8": b"\xff\xfe\x00",
    "a byte order mark": b"\xef\xbb\xbfid: x\n",
    "a bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "deep": b"[" * 5000,
    "control characters": b"id: \x07\n",
    "empty": b"",
    "huge": b"# " + b"x" * 3_000_000,
    "a wrong key": REGIME.replace("category:", "categorie:").encode(),
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS.keys())
def test_an_unreadable_side_is_reported_with_its_places_be_it_a_folder_a_file_or_a_revision(
    history: Path, spoil: bytes
) -> None:
    (history / "regimes" / REGIME_FILE).write_bytes(spoil)
    _git("-c", "core.autocrlf=false", "commit", "-qam", "spoiled")

    for named in (("issued",), ("issued", "HEAD"), (f"issued:regimes/{REGIME_FILE}", f"regimes/{REGIME_FILE}")):
        result = _diff(*named)
        assert result.exit_code == 2, named
        assert result.stdout == ""
        shown = f"HEAD:regimes/{REGIME_FILE}" if "HEAD" in named else f"regimes/{REGIME_FILE}"
        assert re.search(rf"^{re.escape(shown)}:\d+:\d+: HB0\d\d ", result.stderr, re.MULTILINE), result.stderr
        assert "Traceback" not in result.stderr


def test_line_ends_and_a_byte_order_mark_are_no_change_in_meaning(history: Path) -> None:
    file = history / "regimes" / REGIME_FILE
    file.write_bytes(b"\xef\xbb\xbf" + REGIME.replace("\n", "\r\n").encode())

    assert _diff("HEAD").exit_code == _diff(f"HEAD:regimes/{REGIME_FILE}", f"regimes/{REGIME_FILE}").exit_code == 0


def test_links_and_odd_paths_in_a_revision_are_not_followed(history: Path) -> None:
    (history / "regimes" / "02-link.yml").symlink_to("/etc/passwd")
    _git("add", ".")
    _git("commit", "-qm", "a link")
    (history / "regimes" / "02-link.yml").unlink()

    assert _diff("HEAD").exit_code == 0


def test_a_long_issued_text_comes_whole_out_of_a_revision(history: Path) -> None:
    source = history / "regimes" / "source" / "issued.txt"
    write(source, source.read_text(encoding="utf-8") + "附录。\n" * 300_000)
    _git("commit", "-qam", "an appendix")

    assert _diff("HEAD").exit_code == 0


def test_a_revision_too_large_to_be_regimes_is_refused(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.revisions.MOST_BYTES", 100)

    result = _diff("HEAD")

    assert result.exit_code == 2
    assert "is it the right folder?" in result.stderr


def test_files_of_two_kinds_are_not_compared(history: Path) -> None:
    result = _diff("regimes/_laws.yml", f"regimes/{REGIME_FILE}")

    assert result.exit_code == 2
    assert "not of the same kind" in result.stderr


def test_a_register_alone_can_be_compared(sides: Path) -> None:
    _edit(sides / "regimes" / "_laws.yml", "status: unknown", "status: repealed_or_abolished")

    result = _diff("old/_laws.yml", "regimes/_laws.yml")

    assert result.exit_code == 1
    assert "status: Status not verified → repealed_or_abolished" in result.stdout


def test_the_whole_of_the_real_data_is_compared_in_a_few_seconds(sides: Path) -> None:
    from time import perf_counter

    from handbook.compare import compare
    from handbook.revisions import read_side

    _everything_changed(sides / "regimes")
    before, after = read_side("old", sides), read_side("regimes", sides)
    start = perf_counter()
    found = compare(before, after)

    assert len(found.changes) > 200
    assert perf_counter() - start < 10
