"""Published ids: what the lock holds, where redirects lead, what ``handbook lock`` refuses."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from checks.run import rules
from handbook.cli import main
from handbook.lock import lock_text, write_lock
from handbook.model import Book, Redirects
from handbook.source import read
from handbook.views.moves import circles, former, gone, lost, moved, today
from tests.books import REGIME, REGIME_FILE, TODAY, make_book, write

ROOT = Path(__file__).parents[1]
SECTION = """\
  - number: 2
    heading: {zh: 处理, en: Handling}
    aspects: [handling]
    clauses:
      - {marker: （一）, zh: 甲。, en: First.}
      - {marker: （二）, zh: 乙。, en: Second.}
      - {marker: （三）, zh: 丙。, en: Third.}
"""
LONGER = REGIME.replace("unstated_aspects:", f"{SECTION}unstated_aspects:").replace(", handling]\n    c", "]\n    c", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A book with a list of three, locked."""
    made = make_book(tmp_path / "regimes", regime=LONGER)
    write_lock(_book(made))
    return made


def _book(folder: Path) -> Book:
    book = read(folder, today=TODAY).book
    assert book is not None, [p.line() for p in read(folder).problems]
    return book


def _change(folder: Path, old: str, new: str) -> None:
    text = (folder / REGIME_FILE).read_text(encoding="utf-8")
    assert old in text
    write(folder / REGIME_FILE, text.replace(old, new))


def _renamed(folder: Path, new: str) -> None:
    _change(folder, "id: elevator-use", f"id: {new}")
    (folder / REGIME_FILE).rename(folder / f"01-{new}.yml")


def _redirect(folder: Path, text: str) -> None:
    write(folder / "_redirects.yml", text)


def _found(folder: Path, family: str = "HB8") -> list[tuple[str, str]]:
    book = _book(folder)
    return [(rule.code, f.en) for rule in rules() if rule.code.startswith(family) for f in rule.check(book)]


def _lock(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["lock", str(folder), *arguments])


def test_the_lock_of_the_real_regimes_holds_every_id_of_today() -> None:
    book = _book(ROOT / "regimes")

    assert lock_text(book) == (ROOT / "regimes" / "_published.yml").read_text(encoding="utf-8"), "run: handbook lock"
    assert {kind: len(ids) > 10 for kind, ids in today(book).items()} == dict.fromkeys(today(book), True)
    assert lost(book) == ()


def test_what_is_locked_is_read_back_word_for_word(folder: Path) -> None:
    book = _book(folder)

    assert dict(book.published.regimes) == {"elevator-use": "电梯使用监管"}
    assert dict(book.published.sections) == {"elevator-use#s1": "监督检查对象", "elevator-use#s2": "处理"}
    assert book.published.clauses["elevator-use#s2-2"].endswith(" 乙。")
    assert dict(book.published.checklist_items) == {"elevator-use.s0-p1.1": "是否使用登记？"}
    assert _found(folder) == []


def test_a_renamed_regime_is_reported_once_with_the_line_to_write_and_the_line_heals_it(folder: Path) -> None:
    _renamed(folder, "lift-use")

    ((_, message),) = [f for f in _found(folder) if f[0] == "HB801"]
    assert "write elevator-use: lift-use in _redirects.yml, under regimes" in message
    assert _found(folder, "HB709") == []
    _redirect(folder, "regimes:\n  elevator-use: lift-use\n")
    book = _book(folder)

    assert lost(book) == ()
    assert former(book, book.regimes[0]) == ("elevator-use",)
    ends = {g.old: g.new for g in gone(book)}
    assert ends["elevator-use#s2-2"] == "lift-use#s2-2"
    assert ends["elevator-use#s2"] == "lift-use#s2"
    assert ends["elevator-use.s0-p1.1"] == "lift-use.s0-p1.1"
    assert _lock(folder).exit_code == 0
    assert _found(folder) == []


def test_a_renamed_regime_under_another_title_is_known_by_its_clauses(folder: Path) -> None:
    _renamed(folder, "lift-use")
    text = (folder / "01-lift-use.yml").read_text(encoding="utf-8")
    write(folder / "01-lift-use.yml", text.replace("zh: 电梯使用监管", "zh: 升降机监管"))

    assert any("elevator-use: lift-use" in message for code, message in _found(folder) if code == "HB801")


def test_a_clause_the_new_regime_lacks_is_still_demanded(folder: Path) -> None:
    _renamed(folder, "lift-use")
    text = (folder / "01-lift-use.yml").read_text(encoding="utf-8")
    write(folder / "01-lift-use.yml", text.replace("      - {marker: （三）, zh: 丙。, en: Third.}\n", ""))
    _redirect(folder, "regimes:\n  elevator-use: lift-use\n")

    assert [message.split(" (")[0] for code, message in _found(folder) if code == "HB801"] == [
        "the clause elevator-use#s2-3"
    ]


def test_a_removed_regime_takes_everything_with_it_unless_said_otherwise(folder: Path) -> None:
    _renamed(folder, "lift-use")
    _redirect(folder, "regimes:\n  elevator-use: null\nclauses:\n  elevator-use#s2: lift-use#s2\n")
    ends = {g.old: g.new for g in gone(_book(folder))}

    assert ends["elevator-use"] is None
    assert ends["elevator-use#s1-p1"] is None
    assert ends["elevator-use.s0-p1.1"] is None
    assert ends["elevator-use#s2"] == "lift-use#s2"
    assert ends["elevator-use#s2-1"] == "lift-use#s2-1"


def test_an_item_goes_with_its_clause_only_where_it_is_the_same_question(folder: Path) -> None:
    _renamed(folder, "lift-use")
    text = (folder / "01-lift-use.yml").read_text(encoding="utf-8")
    write(folder / "01-lift-use.yml", text.replace("是否使用登记？", "使用是否登记？"))
    _redirect(folder, "regimes:\n  elevator-use: lift-use\n")

    assert [code for code, _ in _found(folder, "HB709")] == ["HB709"]


def test_a_clause_taken_out_of_a_list_is_told_where_its_text_went_and_the_shift_is_one_warning(folder: Path) -> None:
    _change(folder, "      - {marker: （一）, zh: 甲。, en: First.}\n", "")
    _change(folder, "marker: （二）", "marker: （一）")
    _change(folder, "marker: （三）", "marker: （二）")

    found = _found(folder)

    assert [code for code, _ in found] == ["HB801", "HB803", "HB804"]
    assert any("write elevator-use#s2-3: elevator-use#s2-2" in m for c, m in found if c == "HB801")
    _redirect(folder, "clauses:\n  elevator-use#s2-3: elevator-use#s2-2\n")
    assert _lock(folder).exit_code == 0
    assert _found(folder) == []


def test_a_clause_put_in_between_is_one_warning_and_the_lock_accepts_it(folder: Path) -> None:
    _change(folder, "marker: （三）", "marker: （四）")
    _change(folder, "marker: （二）", "marker: （三）")
    _change(
        folder,
        "      - {marker: （三）, zh",
        "      - {marker: （二）, zh: 新。, en: New.}\n      - {marker: （三）, zh",
    )

    warnings = [message for code, message in _found(folder) if code == "HB804"]

    assert len(warnings) == 1
    assert "elevator-use#s2-2 (乙。) is now elevator-use#s2-3, one of 2 moved" in warnings[0]
    assert _lock(folder).exit_code == 0
    assert _found(folder) == []


def test_two_clauses_of_the_same_words_are_no_shift(folder: Path) -> None:
    _change(folder, "zh: 乙。", "zh: 甲。")
    assert _lock(folder).exit_code == 0
    _change(folder, "（二）, zh: 甲。", "（二）, zh: 丁。")

    assert [code for code, _ in _found(folder)] == ["HB803"]


def test_chains_are_followed_and_circles_are_not(folder: Path) -> None:
    book = _book(folder)
    said = {"a": "b", "b": "elevator-use", "c": None, "d": "c", "e": "f", "f": "e", "g": "e", "h": "h"}
    ends = {g.old: (g.new, g.said) for g in gone(replace(book, redirects=Redirects(regimes=said)))}

    assert ends["a"] == ends["b"] == ("elevator-use", True)
    assert ends["c"] == ends["d"] == (None, True)
    assert all(ends[name] == (None, False) for name in "efgh")


def test_a_redirect_that_grows_with_every_step_ends(folder: Path) -> None:
    said = {"elevator-use#s7": "elevator-use#s7-1", "elevator-use#s8": "elevator-use#s8"}
    redirects = Redirects(clauses=said, regimes={f"r{n}": f"r{n + 1}" for n in range(5000)})

    found = gone(replace(_book(folder), redirects=redirects))

    assert not any(g.said for g in found)


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.sampled_from("abcdefgh")))
def test_an_id_is_in_a_circle_exactly_if_following_it_comes_back(said: dict[str, str | None]) -> None:
    def comes_back(start: str) -> bool:
        at = said.get(start)
        for _ in range(len(said) + 1):
            if at is None or at == start:
                return at == start
            at = said.get(at)
        return False

    assert circles(said) == {name for name in said if comes_back(name)}


def test_a_clause_that_moves_to_a_regime_takes_its_items_along(folder: Path) -> None:
    book = _book(folder)
    redirects = Redirects(
        regimes={"old-use": "elevator-use"}, checklist_items={"old-use.s1-1.1": "elevator-use.s0-p1.1"}
    )

    assert moved(replace(book, redirects=redirects), book.regimes[0]) == {"old-use.s1-1.1": "elevator-use.s0-p1.1"}


def test_lock_names_everything_that_is_lost_in_either_language_and_writes_nothing(folder: Path) -> None:
    before = (folder / "_published.yml").read_bytes()
    _change(folder, "      - {marker: （三）, zh: 丙。, en: Third.}\n", "")
    _change(folder, "    checks: [{zh: 是否使用登记？, en: 'Is use registered?'}]\n", "")

    english, chinese = _lock(folder), _lock(folder, "--language", "zh")

    assert (english.exit_code, chinese.exit_code) == (1, 1)
    assert "the clause elevator-use#s2-3 (丙。) is gone" in english.stderr
    assert "the checklist item elevator-use.s0-p1.1" in english.stderr
    assert "条款 elevator-use#s2-3（丙。）已不存在" in chinese.stderr
    assert (folder / "_published.yml").read_bytes() == before


def test_lock_keeps_what_is_gone_so_that_its_redirect_stays_demanded(folder: Path) -> None:
    _change(folder, "      - {marker: （三）, zh: 丙。, en: Third.}\n", "")
    _redirect(folder, "clauses:\n  elevator-use#s2-3: null\n")
    assert _lock(folder).exit_code == 0
    (folder / "_redirects.yml").unlink()

    assert _lock(folder).exit_code == 1


def test_a_law_renamed_or_dropped_needs_a_word_too(tmp_path: Path) -> None:
    folder = tmp_path / "regimes"
    shutil.copytree(ROOT / "regimes", folder)
    laws = (folder / "_laws.yml").read_text(encoding="utf-8")
    name = re.findall(r"^  - id: (\S+)$", laws, re.MULTILINE)[0]
    for file in folder.glob("*.yml"):
        if file.name != "_published.yml":
            text = file.read_text(encoding="utf-8")
            write(file, re.sub(rf"(?<![a-z-]){name}(?![a-z-])", f"{name}-x", text))

    messages = [message for code, message in _found(folder) if code == "HB801"]

    assert len(messages) == 1
    assert f"write {name}: {name}-x in _redirects.yml, under laws" in messages[0]
    _redirect(folder, f"laws: {json.dumps({name: f'{name}-x'})}\n")
    assert _lock(folder).exit_code == 0
    assert [f for f in _found(folder) if f[0] != "HB805"] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("regimes: {Elevator: null}\n", "Elevator"),
        ("regimes: {elevator: [a]}\n", "expected"),
        ("clauses: {elevator#5: null}\n", "elevator#5"),
        ("laws: []\n", "expected keys"),
        ("sections: {}\n", "sections"),
        ("regimes: {a: b, a: c}\n", "a"),
        ("&a [*a]\n", ""),
        ("\x00", ""),
    ],
)
def test_redirects_nobody_can_read_are_named_with_their_place_and_lock_does_not_run(
    folder: Path, text: str, words: str
) -> None:
    _redirect(folder, text)

    result = _lock(folder)

    assert result.exit_code == 2
    assert re.search(r"_redirects\.yml:\d+:\d+: HB00[12] ", result.stderr)
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_lock_that_cannot_be_written_leaves_the_old_one(folder: Path) -> None:
    before = (folder / "_published.yml").read_bytes()
    (folder / "._published.yml.new").mkdir()

    result = _lock(folder)

    assert result.exit_code == 2
    assert "_published.yml" in result.stderr
    assert (folder / "_published.yml").read_bytes() == before


def test_lock_of_a_folder_that_is_none_exits_2(tmp_path: Path) -> None:
    assert _lock(tmp_path / "nowhere").exit_code == 2


def test_plain_projects_hold_the_old_addresses_in_every_edition(folder: Path, tmp_path: Path) -> None:
    _renamed(folder, "lift-use")
    _redirect(folder, "regimes: {elevator-use: lift-use}\nlaws: {old-law: null}\n")
    docs = str(ROOT / "docs")

    result = CliRunner().invoke(main, ["pages", str(tmp_path / "out"), "--regimes", str(folder), "--docs", docs])

    assert result.exit_code == 0, result.output
    for language in ("zh", "en"):
        moved_page = tmp_path / "out" / language / "docs" / "regimes" / "elevator-use" / "index.html"
        text = moved_page.read_text(encoding="utf-8")
        assert "Content-Security-Policy" in text
        assert 'content="0; url=../../regimes/lift-use/index.html"' in text
        assert (tmp_path / "out" / language / "docs" / "laws" / "old-law" / "index.html").exists()
