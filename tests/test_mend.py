"""``handbook check --fix``: what it mends, what it never touches, what it says."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.mend import mend
from checks.run import run
from handbook.cli import main
from handbook.lock import lock_text
from handbook.nodes import compose
from handbook.source import read
from handbook.text.fingerprint import fingerprint, fingerprints
from handbook.text.spelling import BRITISH, american
from handbook.writing import write_together
from tests.books import REGIME_FILE, TODAY, make_book, write
from tests.test_fmt import HOSTILE

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, with a good book in canonical form under ``regimes``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDBOOK_LANGUAGE", raising=False)
    make_book(tmp_path / "regimes")
    CliRunner().invoke(main, ["fmt"])
    return tmp_path


def _fix(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", "--fix", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


FILE = Path("regimes", REGIME_FILE)


def _rewrite(old: str, new: str, file: Path = FILE) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, text
    write(file, text.replace(old, new))


def _files() -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in Path().rglob("*") if file.is_file()}


def test_what_is_good_is_left_and_nothing_is_said() -> None:
    before = _files()

    result = _fix()

    assert result.exit_code == 0
    assert result.stdout.splitlines()[:-1] == []
    assert _files() == before


SPOILS: dict[str, tuple[Callable[[], None], str]] = {
    "form": (lambda: _rewrite("number: 1\ncategory", "number:   1\ncategory"), ":3:9: brought into canonical form"),
    "line ends": (lambda: write(FILE, FILE.read_text("utf-8").replace("\n", "\r\n")), "lines ending in LF"),
    "byte order mark": (lambda: write(FILE, "\ufeff" + FILE.read_text("utf-8")), ":1:1: saved as UTF-8"),
    "white space": (
        lambda: _rewrite("en: User units of elevators.", "en: ' User units of elevators. '"),
        ":19:27: white space around the text",
    ),
    "a line break": (
        lambda: _rewrite(
            "    en: Use registration is inspected.", "    en: |-\n      Use registration\n      is inspected."
        ),
        ":10:9: white space around the text and line breaks in it removed",
    ),
    "a fingerprint": (
        lambda: write(FILE, re.sub("\n *translated_from: [^\n]+", "", FILE.read_text("utf-8"))),
        "fingerprint of the translation written",
    ),
}


@pytest.mark.parametrize("what", SPOILS)
def test_it_mends(what: str) -> None:
    good = _files()
    spoil, words = SPOILS[what]
    spoil()
    assert _files() != good

    result = _fix()

    assert _files() == good
    assert result.exit_code == 0
    assert any(line.startswith(f"regimes/{REGIME_FILE}:") and words in line for line in result.stdout.splitlines()), (
        result.stdout
    )


def test_american_spelling_is_written_and_each_word_named_with_its_place() -> None:
    _rewrite("en: Use registration is inspected.", "en: 'Recognised licences: centre.'")

    result = _fix("--language", "zh")

    text = FILE.read_text("utf-8")
    assert "    en: 'Recognized licenses: center.'\n" in text
    assert fingerprints("检查使用登记。", "Recognized licenses: center.") in text
    assert f"regimes/{REGIME_FILE}:10:9: “Recognised”已改为美式拼写“Recognized”" in result.stdout
    assert f"regimes/{REGIME_FILE}:10:20: “licences”已改为美式拼写“licenses”" in result.stdout
    assert "HB209" not in result.stdout


def test_spelling_does_not_make_a_stale_translation_look_fresh() -> None:
    _rewrite("  - zh: 检查使用登记。", "  - zh: 检查许可。")
    old = f"{fingerprint('检查使用登记。')}-{fingerprint('Use licence is inspected.')}"
    _rewrite("en: Use registration is inspected.", "en: Use licence is inspected.")
    _rewrite(fingerprints("检查使用登记。", "Use registration is inspected."), old)

    result = _fix()

    assert "    en: Use license is inspected.\n" in FILE.read_text("utf-8")
    assert "HB212" in result.stdout
    assert result.exit_code == 1


def test_spelling_a_waiver_excuses_stays() -> None:
    _rewrite("en: Use registration is inspected.", "en: The Labour Centre is inspected.")
    for until, kept in (("2999-01-01", True), ("2020-01-01", False)):
        write(
            Path("waivers.yml"),
            "waivers:\n  - rule: HB209\n    subject: elevator-use#s0-p1\n"
            f"    reason: {{zh: 名称。, en: A name.}}\n    until: {until}\n",
        )

        _fix("--waivers", "waivers.yml")

        assert ("Labour Centre" in FILE.read_text("utf-8")) is kept


def test_the_lock_is_brought_up_to_date_where_nothing_is_lost() -> None:
    lock = Path("regimes/_published.yml")
    book = read(Path("regimes"), today=TODAY).book
    assert book
    whole = lock_text(book)
    write(lock, whole.replace("是否使用登记", "使用是否登记"))

    result = _fix()

    assert lock.read_text("utf-8") == whole
    assert "regimes/_published.yml:" in result.stdout
    lost = whole + "  elevator-use.s0-p1.9: 是否检查？\n"
    write(lock, lost.replace("是否使用登记", "使用是否登记"))
    assert _fix().exit_code == 1
    assert lock.read_text("utf-8") == lost.replace("是否使用登记", "使用是否登记")


def test_the_schemas_of_the_editors_are_brought_up_to_date() -> None:
    CliRunner().invoke(main, ["schema", "regimes/_schema", "--regimes", "regimes"])
    vocabulary = Path("regimes", "_vocabulary.yml")
    _rewrite("en: Municipal bureau", "en: Bureau of the municipality", vocabulary)

    result = _fix()

    assert result.exit_code == 0
    assert "regimes/_schema/regime.schema.json:1:1: brought up to date with the vocabulary" in result.stdout
    assert "Bureau of the municipality" in Path("regimes/_schema/regime.schema.json").read_text(encoding="utf-8")
    assert _fix().stdout.splitlines()[:-1] == []


def test_no_lock_is_begun_where_none_is_kept() -> None:
    _fix()

    assert not Path("regimes/_published.yml").exists()


def test_white_space_around_the_chinese_stays_and_is_reported() -> None:
    _rewrite("zh: 检查使用登记。", "zh: '  检查使用登记， '")
    before = FILE.read_bytes()

    result = _fix()

    assert FILE.read_bytes() == before
    assert result.exit_code == 1
    assert f"regimes/{REGIME_FILE}:9:9: HB002" in result.stdout


def test_a_wrong_checksum_of_the_issued_text_stays_wrong() -> None:
    issued = Path("regimes/source/issued.txt")
    write(issued, issued.read_text("utf-8") + "多一行。\n")
    before = _files()

    result = _fix()

    assert result.exit_code == 1
    assert "HB60" in result.stdout
    assert _files() == before


def test_one_unreadable_file_does_not_keep_the_others_from_being_mended() -> None:
    write(Path("regimes/_laws.yml"), "laws: [\n")
    _rewrite("number: 1\ncategory", "number:   1\ncategory")

    result = _fix()

    assert result.exit_code == 1
    assert "HB001" in result.stdout
    assert "number: 1\ncategory" in FILE.read_text("utf-8")
    assert Path("regimes/_laws.yml").read_text() == "laws: [\n"


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("name", [REGIME_FILE, "_handbook.yml", "_published.yml", "_redirects.yml"])
def test_hostile_content_is_reported_and_left(name: str, what: str) -> None:
    Path("regimes", name).write_bytes(HOSTILE[what][0])
    before = _files()

    result = _fix()

    assert result.exit_code == 1
    assert f"regimes/{name}:" in result.stdout
    assert _files() == before


def test_a_lock_with_other_line_ends_is_written_again() -> None:
    lock = Path("regimes/_published.yml")
    CliRunner().invoke(main, ["lock"])
    good = lock.read_bytes()
    lock.write_bytes(good.replace(b"\n", b"\r\n"))

    assert _fix().exit_code == 0
    assert lock.read_bytes() == good


def test_an_issued_text_that_leads_round_in_a_circle_is_reported() -> None:
    issued = Path("regimes/source/issued.txt")
    issued.unlink()
    issued.symlink_to("issued.txt")

    assert _fix().exit_code == 1


def test_where_one_file_cannot_be_written_none_is() -> None:
    _rewrite("number: 1\ncategory", "number:   1\ncategory")
    _rewrite("editions: [zh, en]", "editions:  [zh, en]", Path("regimes/_handbook.yml"))
    Path("regimes/._handbook.yml.new").mkdir()
    before = _files()

    result = _fix()

    assert result.exit_code == 2
    assert _files() == before


def test_the_report_for_programs_stays_readable() -> None:
    _rewrite("number: 1\ncategory", "number:   1\ncategory")

    result = _fix("--format", "json")

    assert json.loads(result.stdout)["problems"] == []
    assert "brought into canonical form" in result.stderr


def test_without_fix_nothing_is_written() -> None:
    _rewrite("number: 1\ncategory", "number:   1\ncategory")
    before = _files()

    CliRunner().invoke(main, ["check"])

    assert _files() == before


@pytest.mark.parametrize(
    "words",
    [
        "licence/license",
        "Licences/Licenses",
        "licenced/licensed",
        "AUTHORISED/AUTHORIZED",
        "organisation/organization",
        "standardising/standardizing",
        "labour/labor",
        "Behaviours/Behaviors",
        "catalogue/catalog",
        "catalogued/cataloged",
        "centre/center",
        "centred/centered",
        "metres/meters",
        "programmes/programs",
        "fulfil/fulfill",
        "practised/practiced",
        "cheques/checks",
        "defence/defense",
        "offences/offenses",
        "judgement/judgment",
        "enrol/enroll",
        "cancelled/canceled",
        "labelling/labeling",
    ],
)
def test_a_british_word_becomes_the_american_one(words: str) -> None:
    british, wanted = words.split("/")

    assert BRITISH.fullmatch(british)
    assert american(f"a {british}, b") == f"a {wanted}, b"
    assert not BRITISH.search(wanted)


@pytest.mark.parametrize(
    "word", ["organism", "programmed", "modernist", "enrolled", "fulfillment", "practice", "central"]
)
def test_a_word_that_only_looks_british_stays(word: str) -> None:
    assert american(word) == word
    assert not BRITISH.search(word)


def _texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    if isinstance(value, dict | list):
        for key, found in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(found, (*path, key))
    elif isinstance(value, str):
        yield path, value


def _chinese(file: Path) -> dict[tuple[Any, ...], str]:
    value = compose(file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"), file, []).value
    return {path: text for path, text in _texts(value) if "zh" in path or "found" in path or "marker" in path}


def _spoil(random: Random, text: str) -> str:
    """A text spoiled as editors and people do."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(lines))
        line = lines[at]
        way = random.randrange(7)
        if way == 0:
            lines[at] = line.replace("license", "licence").replace("organiz", "organis").replace("center", "centre")
        elif way == 1:
            lines[at] = line + "   "
        elif way == 2 and "translated_from" in line:
            lines[at] = " " * (len(line) - len(line.lstrip())) + "# 指纹"
        elif way == 3 and " zh: " in line and "{" not in line and "[" not in line:
            lines[at] = line + "；改"
        elif way == 4 and " en: " in line and "{" not in line and "[" not in line and not line.endswith("'"):
            lines[at] = line.replace(" en: ", " en: >-\n" + " " * 40, 1)
        elif way == 5:
            lines[at] = line + "\n"
        elif way == 6 and ": " in line and not line.startswith("#"):
            lines[at] = line.replace(": ", ":   ", 1)
    ends = random.choice(["\n", "\n", "\r\n"])
    return random.choice(["", "", "\ufeff"]) + ends.join("\n".join(lines).split("\n"))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_no_chinese_changes_and_fixing_twice_is_fixing_once(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    folder = tmp_path / f"r{seed}"
    shutil.copytree(ROOT / "regimes", folder, ignore=shutil.ignore_patterns("_schema"))
    regimes = sorted(folder.glob("[0-9]*.yml"))
    random.shuffle(regimes)
    for file in regimes[3:]:
        file.unlink()
    for file in regimes[:3]:
        write(file, _spoil(random, file.read_text(encoding="utf-8")))
    chinese = {file.name: _chinese(file) for file in folder.glob("*.yml")}

    write_together(mend(folder, today=TODAY).contents)

    assert {file.name: _chinese(file) for file in folder.glob("*.yml") if file.name != "_published.yml"} == {
        name: texts for name, texts in chinese.items() if name != "_published.yml"
    }
    again = mend(folder, today=TODAY)
    assert (dict(again.contents), again.mended) == ({}, ())
    assert not [p for p in run(read(folder, today=TODAY)).problems if p.code in ("HB001", "HB209")]
    shutil.rmtree(folder)
