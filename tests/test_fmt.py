"""The command ``handbook fmt``: what it writes, what it leaves, what it says with its exit status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checks.run import run
from handbook.cli import main
from handbook.edition import editions
from handbook.exports.rows import regimes as regime_table
from handbook.pages import Page, pages
from handbook.source import read
from handbook.text.fingerprint import fingerprints
from handbook.views.quality import Quality, coverage
from tests.books import REGIME_FILE, TODAY, make_book, write

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, with a good book under ``regimes`` that nobody has formatted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDBOOK_LANGUAGE", raising=False)
    make_book(tmp_path / "regimes")
    return tmp_path


def _fmt(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["fmt", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _regime() -> str:
    return Path("regimes", REGIME_FILE).read_text(encoding="utf-8")


def _files() -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in Path().rglob("*") if file.is_file()}


def _rewrite(old: str, new: str) -> None:
    text = _regime()
    assert text.count(old) == 1, text
    write(Path("regimes", REGIME_FILE), text.replace(old, new))


def test_it_writes_every_file_that_is_not_canonical_and_names_it() -> None:
    result = _fmt()

    assert result.exit_code == 0
    assert sorted(result.stdout.split()) == [
        f"regimes/{name}" for name in (REGIME_FILE, "_glossary.yml", "_handbook.yml", "_laws.yml", "_vocabulary.yml")
    ]
    assert run(read(Path("regimes"), today=TODAY)).problems == ()


def test_a_second_run_touches_nothing() -> None:
    _fmt()
    times = {file: file.stat().st_mtime_ns for file in Path("regimes").iterdir()}

    result = _fmt()

    assert (result.exit_code, result.stdout) == (0, "")
    assert {file: file.stat().st_mtime_ns for file in Path("regimes").iterdir()} == times


def test_check_writes_nothing_and_names_the_first_place_of_each_file_and_the_command() -> None:
    _fmt()
    _rewrite("number: 1\ncategory", "number:  1\ncategory")
    before = _files()

    result = _fmt("--check")

    assert result.exit_code == 1
    assert result.stdout == (
        f"regimes/{REGIME_FILE}:3:9: not in canonical form; run handbook fmt regimes/{REGIME_FILE}\n"
    )
    assert "格式不规范" in _fmt("--check", "--language", "zh").stdout
    assert _files() == before


def test_diff_shows_what_would_change_and_writes_nothing() -> None:
    _fmt()
    _rewrite("number: 1\ncategory", "number:  1\ncategory")
    before = _files()

    result = _fmt("--diff")

    assert result.exit_code == 1
    assert "\n-number:  1\n+number: 1\n" in result.stdout
    assert _files() == before


def test_check_and_diff_of_canonical_files_say_nothing() -> None:
    _fmt()

    for arguments in (["--check"], ["--diff"], ["--check", "--diff"]):
        result = _fmt(*arguments)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_the_real_files_are_canonical_and_all_translations_fresh() -> None:
    result = _fmt("--check", str(ROOT / "regimes"))

    book = read(ROOT / "regimes").book
    assert book
    assert (result.exit_code, result.stdout) == (0, "")
    assert (coverage(book, "en").stale, coverage(book, "en").untied) == ((), ())
    assert coverage(book, "en").fresh == len(book.clauses) + sum(1 + len(r.sections) for r in book.regimes)


def test_line_ends_and_a_byte_order_mark_are_mended() -> None:
    _fmt()
    good = _regime()
    for spoiled in ("\ufeff" + good, good.replace("\n", "\r\n"), "\ufeff" + good.replace("\n", "\r"), good[:-1]):
        write(Path("regimes", REGIME_FILE), spoiled)
        assert _fmt("--check").exit_code == 1

        assert _fmt().exit_code == 0
        assert Path("regimes", REGIME_FILE).read_bytes() == good.encode()


def test_the_lock_of_published_ids_is_left_to_its_own_command() -> None:
    write(Path("regimes/_published.yml"), "checklist_items:   {}\n")

    _fmt()
    named = _fmt("regimes/_published.yml")

    assert Path("regimes/_published.yml").read_text() == "checklist_items:   {}\n"
    assert named.exit_code == 2
    assert "handbook lock" in named.stderr


HOSTILE = {
    "not UTF-8": (b"id: \xff\n", r":1:5: HB001 .*UTF-8"),
    "a tab": (b"id: a\n\tnumber: 1\n", r":2:\d+: HB001 .*tab"),
    "a bracket that stays open": (b"id: [\n", r":1:\d+: HB001"),
    "a bomb": (b"a: &a [x, x]\nb: [*a, *a]\n", r":1:4: HB001 .*anchor"),
    "nothing": (b"", r":1:1: HB001 .*empty"),
    "too deep": (b"a: " + b"[" * 5000 + b"]" * 5000 + b"\n", r"HB001 .*nest"),
    "too large": (b"# " + b"x" * 10_000_000, r"HB001 .*bytes"),
    "a control character": (b"id: a\x07\n", r":1:6: HB001 .*U\+0007"),
    "a key written twice": (b"id: a\nid: b\n", r":2:1: HB001 .*twice"),
    "two documents": (b"id: a\n---\nid: b\n", r":2:1: HB001 .*second"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_read_is_named_with_its_place_and_no_file_is_written(what: str) -> None:
    raw, words = HOSTILE[what]
    Path("regimes", REGIME_FILE).write_bytes(raw)
    before = _files()

    result = _fmt()

    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.search(f"regimes/{REGIME_FILE}.*{words}|regimes/{REGIME_FILE}{words}", result.stderr), result.stderr
    assert _files() == before


@pytest.mark.parametrize("path", ["nowhere", "nowhere.yml", "regimes/source", "regimes/source/issued.txt", "odd.yml"])
def test_what_is_no_file_of_a_handbook_is_said_with_status_2(path: str) -> None:
    write(Path("odd.yml"), "a: 1\n")

    result = _fmt(path)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"{path}:1:1: HB003 ")


def test_a_folder_named_like_a_file_is_a_message() -> None:
    Path("regimes/02-folder.yml").mkdir()

    result = _fmt()

    assert result.exit_code == 2
    assert "regimes/02-folder.yml" in result.stderr


def test_a_folder_that_cannot_be_written_is_a_message_and_leaves_the_files(here: Path) -> None:
    if os.geteuid() == 0:
        Path("regimes", f".{REGIME_FILE}.new").mkdir()  # root may write anywhere, but not over a folder
    else:
        Path("regimes").chmod(0o555)
    before = _files()

    result = _fmt()

    Path("regimes").chmod(0o755)
    assert result.exit_code == 2
    assert "handbook fmt:" in result.stderr
    assert _files() == before


# Fingerprints


def _tie(zh: str = "检查使用登记。", en: str = "Use registration is inspected.") -> str:
    return f"    translated_from: {fingerprints(zh, en)}\n"


def test_a_translation_is_tied_where_nothing_ties_it() -> None:
    _fmt()

    title = fingerprints("电梯使用监管", "Supervision of the use of elevators")
    assert f"of elevators}}\ntranslated_from: {title}\n" in _regime()
    assert "    en: Use registration is inspected.\n" + _tie() in _regime()
    assert _regime().count("translated_from") == 4


def test_a_placeholder_is_not_tied() -> None:
    _rewrite("Use registration is inspected.", "TODO")

    _fmt()

    assert _regime().count("translated_from") == 3


def test_a_better_translation_of_the_same_chinese_renews_the_tie() -> None:
    _fmt()
    _rewrite("en: Use registration is inspected.", "en: Inspect the registration of use.")

    _fmt()

    assert _tie(en="Inspect the registration of use.") in _regime()


def test_a_new_translation_of_a_new_chinese_renews_the_tie() -> None:
    _fmt()
    _rewrite("en: Use registration is inspected.", "en: Inspect the licence.")
    _rewrite("zh: 检查使用登记。", "zh: 检查许可。")

    _fmt()

    assert _tie("检查许可。", "Inspect the licence.") in _regime()


def _make_stale() -> None:
    _fmt()
    _rewrite("  - zh: 检查使用登记。", "  - zh: 检查使用登记情况。")
    issued = Path("regimes/source/issued.txt")
    write(issued, issued.read_text(encoding="utf-8").replace("检查使用登记。", "检查使用登记情况。"))


def test_a_translation_behind_its_chinese_stays_stale_until_it_is_confirmed() -> None:
    _make_stale()

    first = _fmt()

    assert (first.exit_code, first.stdout) == (0, "")
    assert _tie() in _regime()
    assert "HB212" in _codes()
    result = _fmt("--confirm", "elevator-use#s0-p1")
    assert result.exit_code == 0
    assert result.stdout == f"regimes/{REGIME_FILE}\nconfirmed elevator-use#s0-p1\n"
    assert _tie("检查使用登记情况。") in _regime()
    assert "HB212" not in _codes()


def test_a_heading_and_a_title_are_confirmed_by_name() -> None:
    _fmt()
    _rewrite("zh: 监督检查对象,", "zh: 检查对象,")
    _rewrite("title: {zh: 电梯使用监管,", "title: {zh: 电梯监管,")
    assert _codes().count("HB212") == 2

    result = _fmt("--confirm", "elevator-use#s1", "--confirm", "elevator-use#title", "--language", "zh")

    assert "已确认 elevator-use#s1\n" in result.stdout
    assert "已确认 elevator-use#title\n" in result.stdout
    assert "HB212" not in _codes()


def test_confirming_what_is_not_stale_says_so() -> None:
    _fmt()

    result = _fmt("--confirm", "elevator-use#s1-p1")

    assert result.exit_code == 0
    assert "not stale" in result.stdout


def test_confirming_what_is_not_there_names_the_nearest_and_writes_nothing() -> None:
    before = _files()

    result = _fmt("--confirm", "elevator-use#s1-p2")

    assert result.exit_code == 2
    assert "did you mean elevator-use#s1-p1?" in result.stderr
    assert _files() == before
    assert _fmt("--check", "--confirm", "elevator-use#s1").exit_code == 2


def test_the_finding_names_the_clause_and_both_ways_out_at_the_english_line() -> None:
    _make_stale()

    found = [p for p in run(read(Path("regimes"), today=TODAY)).problems if p.code == "HB212"]

    assert len(found) == 1
    line = _regime().splitlines()[found[0].place.line - 1]
    assert line == "    en: Use registration is inspected."
    for words in (found[0].message.zh, found[0].message.en):
        assert "handbook fmt --confirm 'elevator-use#s0-p1'" in words


def _codes() -> list[str]:
    return [p.code for p in run(read(Path("regimes"), today=TODAY)).problems]


# What readers see of it


def _page(path: str, language: str) -> Page:
    book = read(Path("regimes"), today=TODAY).book
    assert book
    edition = next(e for e in editions(book) if e.language == language)
    return next(p for p in pages(book, edition, Quality()) if p.path == path)


def test_the_english_page_of_a_stale_clause_says_so_and_leads_to_the_chinese_clause() -> None:
    _make_stale()

    english, chinese = (_page("regimes/elevator-use/", language).html for language in ("en", "zh"))

    assert english.count('class="hb-stale"') == 1
    badge = re.search(
        r'<p class="hb-stale" data-search-exclude><a class="hb-chip" href="([^"]+)"[^>]*>([^<]+)</a></p>', english
    )
    assert badge
    assert badge[1] == "../../../regimes/elevator-use/#s0-p1"
    assert badge[2] == "The Chinese has changed since this was translated"
    assert english.index('id="s0-p1"') < badge.start() < english.index('id="s1"')
    assert "hb-stale" not in chinese
    assert _page("checklists/elevator-use/", "en").html.count('class="hb-stale"') == 1
    assert "hb-stale" not in _page("checklists/elevator-use/", "zh").html


def test_a_stale_heading_and_title_say_so() -> None:
    _fmt()
    _rewrite("zh: 监督检查对象,", "zh: 检查对象,")
    _rewrite("title: {zh: 电梯使用监管,", "title: {zh: 电梯监管,")

    html = _page("regimes/elevator-use/", "en").html

    assert re.findall(r'hb-stale" data-search-exclude><a class="hb-chip" href="([^"]+)"', html) == [
        "../../../regimes/elevator-use/",
        "../../../regimes/elevator-use/#s1",
    ]


def test_the_badge_has_no_link_where_the_chinese_is_not_published() -> None:
    _make_stale()
    file = Path("regimes/_handbook.yml")
    write(file, file.read_text(encoding="utf-8").replace("editions: [zh, en]", "editions: [en]"))

    html = _page("regimes/elevator-use/", "en").html

    assert '<p class="hb-stale" data-search-exclude><span class="hb-chip">The Chinese has changed' in html


def test_the_quality_page_counts_and_links_what_is_stale_and_what_is_not_tied() -> None:
    _make_stale()
    _rewrite(
        f"of elevators}}\ntranslated_from: {fingerprints('电梯使用监管', 'Supervision of the use of elevators')}\n",
        "of elevators}\n",
    )

    english, chinese = (_page("quality/", language).html for language in ("en", "zh"))

    assert "2; the Chinese has changed since: 1; without a fingerprint: 1" in english
    assert "一致 2 处；中文已改而译文未改 1 处；尚无指纹 1 处" in chinese
    assert '<a href="../regimes/elevator-use/#s0-p1">Regime 1, Preamble para. 1</a>' in english
    assert '<a href="../regimes/elevator-use/">Regime 1</a>' in english


def test_the_data_file_says_of_each_clause_how_fresh_its_translation_is() -> None:
    _make_stale()
    book = read(Path("regimes"), today=TODAY).book
    assert book

    row = regime_table(book).rows[0]

    assert row.preamble[0].translation == "stale"
    assert row.sections[0].clauses[0].translation == "fresh"
    untied = replace(
        book,
        regimes=(
            book.regimes[0].model_copy(
                update={"preamble": (book.regimes[0].preamble[0].model_copy(update={"translated_from": None}),)}
            ),
        ),
    )
    assert regime_table(untied).rows[0].preamble[0].translation is None


def test_it_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "handbook", "fmt", "--check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 5
