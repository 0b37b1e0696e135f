"""The command ``handbook check``: what it prints in each form, and what it says with its exit status."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checks.report import FORMATS
from checks.run import rules
from handbook import __version__
from handbook.cli import main
from handbook.problem import Severity
from tests.books import REGIME, REGIME_FILE, make_book, write

LINE = re.compile(r"^(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<code>HB\d{3}) (?P<words>.+)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, with a good book under ``regimes``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDBOOK_LANGUAGE", raising=False)
    make_book(tmp_path / "regimes")
    return tmp_path


@pytest.fixture
def spoiled(here: Path) -> Path:
    """The working folder, its regime with an error on line 13 and a warning on line 15."""
    text = REGIME.replace("[object, method, handling]", "[object, method, style]")
    write(here / "regimes" / REGIME_FILE, text.replace("User units", "Labour units"))
    return here


def _check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def test_a_good_book_exits_0_and_counts_the_rules() -> None:
    result = _check()

    assert result.exit_code == 0
    assert result.stdout == f"{len(rules())} rules: 0 errors, 0 warnings, 0 waived\n"
    assert result.stderr == ""


def test_a_book_with_problems_exits_1_and_prints_a_line_for_each(spoiled: Path) -> None:
    result = _check()

    found = {(m["file"], int(m["line"]), m["code"]) for m in LINE.finditer(result.stdout)}
    assert result.exit_code == 1
    assert found == {
        (f"regimes/{REGIME_FILE}", 10, "HB101"),
        (f"regimes/{REGIME_FILE}", 13, "HB004"),
        (f"regimes/{REGIME_FILE}", 15, "HB209"),
    }
    assert result.stdout.splitlines()[-1] == f"{len(rules())} rules: 2 errors, 1 warning, 0 waived"


def test_a_warning_alone_exits_1(here: Path) -> None:
    write(here / "regimes" / REGIME_FILE, REGIME.replace("User units", "Labour units"))

    result = _check()

    assert result.exit_code == 1
    assert "0 errors, 1 warning," in result.stdout


def test_a_folder_that_is_not_there_exits_2_and_says_so_on_the_error_stream() -> None:
    result = _check("nowhere")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "nowhere" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["--format", "xml"], ["--language", "fr"], ["--what"], ["regimes", "more"]], ids=" ".join
)
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    result = _check(*arguments)

    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_a_broken_file_exits_1_and_names_the_rules_that_did_not_run(here: Path) -> None:
    write(here / "regimes" / REGIME_FILE, "id: [\n")

    result = _check()

    assert result.exit_code == 1
    assert "HB001" in result.stdout
    assert "did not run" in result.stdout


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_in_either_language_exits_with_the_same_status(spoiled: Path, form: str, language: str) -> None:
    result = _check("--format", form, "--language", language)

    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.stdout.endswith("\n")


def test_the_text_is_in_the_language_asked_for(spoiled: Path) -> None:
    chinese, english = _check("--language", "zh").stdout, _check("--language", "en").stdout

    assert "词汇表里没有“style”" in chinese
    assert "2 个错误，1 个警告" in chinese
    assert "“style” is not in the vocabulary" in english
    places = [[m.group("file", "line", "column", "code") for m in LINE.finditer(t)] for t in (chinese, english)]
    assert places[0] == places[1]


def test_the_language_may_come_from_the_environment(spoiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDBOOK_LANGUAGE", "zh")

    assert "个错误" in _check().stdout


def test_json_holds_every_problem_with_both_messages_and_every_rule(spoiled: Path) -> None:
    report = json.loads(_check("--format", "json").stdout)

    assert report["schema_version"] == 1
    assert [(p["code"], p["severity"], p["line"]) for p in report["problems"]] == [
        ("HB101", "error", 10),
        ("HB004", "error", 13),
        ("HB209", "warning", 15),
    ]
    for problem in report["problems"]:
        assert problem["file"] == f"regimes/{REGIME_FILE}"
        assert problem["column"] >= 1
        assert problem["message"]["zh"]
        assert problem["message"]["en"]
    assert [rule["code"] for rule in report["rules"]] == [rule.code for rule in rules()]
    assert report["waived"] == report["skipped"] == []


def test_json_of_a_good_book_has_empty_lists_and_not_nothing() -> None:
    report = json.loads(_check("--format", "json").stdout)

    assert report["problems"] == report["waived"] == report["skipped"] == []
    assert len(report["rules"]) == len(rules())


def test_github_annotations_name_severity_file_line_and_code(spoiled: Path) -> None:
    lines = _check("--format", "github").stdout.splitlines()

    form = re.compile(r"::(error|warning) file=([^,:]+),line=(\d+),col=(\d+),title=(HB\d{3})::(.+)")
    found = [form.fullmatch(line) for line in lines]
    assert all(found)
    assert [(m[1], m[2], m[3], m[5]) for m in found if m] == [
        ("error", f"regimes/{REGIME_FILE}", "10", "HB101"),
        ("error", f"regimes/{REGIME_FILE}", "13", "HB004"),
        ("warning", f"regimes/{REGIME_FILE}", "15", "HB209"),
    ]


def test_a_github_annotation_cannot_be_broken_out_of(here: Path) -> None:
    regime = REGIME.replace("category: general", 'category: "a%0A::warning::x\\nb"')
    write(here / "regimes" / REGIME_FILE, regime)

    lines = _check("--format", "github").stdout.splitlines()

    assert lines
    assert all(line.startswith("::error file=") for line in lines)
    assert any("“a%250A::warning::x%0Ab”" in line for line in lines)


def test_github_prints_nothing_for_a_good_book() -> None:
    result = _check("--format", "github")

    assert result.exit_code == 0
    assert result.stdout == ""


def test_gitlab_gets_a_line_a_severity_and_a_fingerprint_that_survives_moving(spoiled: Path) -> None:
    entries = json.loads(_check("--format", "gitlab").stdout)
    file = spoiled / "regimes" / REGIME_FILE
    write(file, "# One line more, and everything stands one line lower.\n" + file.read_text(encoding="utf-8"))
    moved = json.loads(_check("--format", "gitlab").stdout)

    assert [(e["check_name"], e["severity"], e["location"]["lines"]["begin"]) for e in entries] == [
        ("HB101", "major", 10),
        ("HB004", "major", 13),
        ("HB209", "minor", 15),
    ]
    assert {e["location"]["path"] for e in entries} == {f"regimes/{REGIME_FILE}"}
    assert [e["location"]["lines"]["begin"] for e in moved] == [11, 14, 16]
    assert [e["fingerprint"] for e in moved] == [e["fingerprint"] for e in entries]
    assert len({e["fingerprint"] for e in entries}) == len(entries)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_has_the_structure_its_specification_demands(spoiled: Path, language: str) -> None:
    log: dict[str, Any] = json.loads(_check("--format", "sarif", "--language", language).stdout)

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    assert len(log["runs"]) == 1
    run = log["runs"][0]
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert driver["version"] == __version__
    ids = [rule["id"] for rule in driver["rules"]]
    assert ids == [rule.code for rule in rules()]
    for rule in driver["rules"]:
        assert rule["name"]
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    assert len(run["results"]) == 3
    for result in run["results"]:
        assert result["ruleId"] == ids[result["ruleIndex"]]
        assert result["level"] in {severity.value for severity in Severity}
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == f"regimes/{REGIME_FILE}"
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] >= 1


def test_sarif_of_a_good_book_has_no_results_and_all_rules() -> None:
    log = json.loads(_check("--format", "sarif").stdout)

    assert log["runs"][0]["results"] == []
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) == len(rules())


def test_sarif_names_problems_of_the_reader_too(here: Path) -> None:
    write(here / "regimes" / REGIME_FILE, "")

    log = json.loads(_check("--format", "sarif").stdout)

    assert {result["ruleId"] for result in log["runs"][0]["results"]} == {"HB001"}


def test_a_waiver_is_counted_and_the_exit_status_is_0(here: Path) -> None:
    write(here / "regimes" / REGIME_FILE, REGIME.replace("User units", "Labour units"))
    subject = "elevator-use#s1-p1"
    write(
        here / "exceptions.yml",
        f"waivers:\n  - {{rule: HB209, subject: '{subject}', reason: {{zh: 引文。, en: A quotation.}}, until: 2999-12-31}}\n",
    )

    result = _check("--waivers", "exceptions.yml")

    assert result.exit_code == 0
    assert "0 warnings, 1 waived" in result.stdout
    waived = json.loads(_check("--waivers", "exceptions.yml", "--format", "json").stdout)["waived"]
    assert [(w["code"], w["reason"]["en"], w["until"]) for w in waived] == [("HB209", "A quotation.", "2999-12-31")]


def test_the_schemas_are_written_and_named(here: Path) -> None:
    result = CliRunner().invoke(main, ["schema", "schemas"])

    assert result.exit_code == 0
    assert all((here / line).is_file() for line in result.stdout.splitlines())
    assert len(list((here / "schemas").iterdir())) == len(result.stdout.splitlines())


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_the_commands(option: str) -> None:
    result = CliRunner().invoke(main, [option])

    assert result.exit_code == 0
    assert {"check", "schema"} <= set(re.findall("[a-z]+", result.stdout))


def test_the_version_is_that_of_the_package() -> None:
    assert __version__ in CliRunner().invoke(main, ["--version"]).stdout
