"""Every rule is proven by the two examples in its own docstring, which the handbook prints as well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checks.rule import FAMILIES, Rule, parse
from checks.run import rules
from tests.books import MARK, Example, parts_of, read_example, replaced

_EVERY = [pytest.param(rule, id=rule.code) for rule in rules()]


@pytest.fixture(scope="module", params=_EVERY)
def bad(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rule, Example]:
    """A rule, and what came of its bad example."""
    rule: Rule = request.param
    return rule, read_example(tmp_path_factory.mktemp(rule.code) / "regimes", rule.doc.bad)


def test_the_bad_example_is_reported_on_exactly_the_marked_lines(bad: tuple[Rule, Example]) -> None:
    rule, example = bad

    lines = {(p.code, p.place.file.name, p.place.line) for p in example.report.problems}

    assert {(file, line) for code, file, line in lines if code == rule.code} == example.marked
    assert {(file, line) for _, file, line in lines} == example.marked, "another rule reports another line"
    assert example.marked, "no line of the example is marked"


@pytest.mark.parametrize("rule", _EVERY)
def test_the_good_example_passes_every_rule(rule: Rule, tmp_path: Path) -> None:
    example = read_example(tmp_path / "regimes", rule.doc.good)

    assert [p.line() for p in example.report.problems] == []
    assert example.reading.complete
    assert not example.report.skipped
    assert MARK not in rule.doc.good


def test_a_finding_has_the_severity_of_its_rule_and_words_in_both_languages(bad: tuple[Rule, Example]) -> None:
    rule, example = bad

    for problem in example.report.problems:
        if problem.code == rule.code:
            assert problem.severity is rule.severity
            assert re.search("[\u4e00-\u9fff]", problem.message.zh)
            assert re.search("[A-Za-z]{2}", problem.message.en)
            assert problem.message.zh != problem.message.en


@pytest.mark.parametrize("rule", _EVERY)
def test_the_documentation_of_a_rule_is_in_both_languages(rule: Rule) -> None:
    doc = rule.doc

    for message in (doc.demand, doc.why):
        assert len(re.findall("[\u4e00-\u9fff]", message.zh)) >= 5
        assert len(re.findall("[A-Za-z]{2,}", message.en)) >= 3
    assert doc.demand.en.endswith((".", ")"))
    assert doc.demand.zh.endswith("。")
    assert re.fullmatch("[a-z]+(-[a-z]+)*", rule.name)


def test_there_are_at_least_twenty_rules_with_codes_and_names_of_their_own() -> None:
    every = rules()

    assert len(every) >= 20
    assert len({rule.code for rule in every}) == len(every)
    assert len({rule.name for rule in every}) == len(every)
    assert [rule.code for rule in every] == sorted(rule.code for rule in every)


def test_every_rule_belongs_to_a_family_and_every_family_has_rules() -> None:
    families = {rule.family for rule in rules()}

    assert families == set(FAMILIES)


def test_the_names_of_families_are_bilingual() -> None:
    for name in FAMILIES.values():
        assert re.search("[\u4e00-\u9fff]", name.zh)
        assert re.search("[A-Za-z]", name.en)


@pytest.mark.parametrize("missing", ["Why:", "原因：", "Bad:", "Good:"])
def test_a_docstring_without_one_of_its_parts_is_refused_by_the_code_of_the_rule(missing: str) -> None:
    whole = "Demands.\n要求。\n\nWhy: so.\n原因：如此。\n\nBad:\n    a: 1\n\nGood:\n    a: 2\n"
    assert parse(whole, "HB999").bad == "a: 1"

    with pytest.raises(ValueError, match="HB999"):
        parse(whole.replace(missing, "Else"), "HB999")


def test_an_example_replaces_the_keys_it_names_and_keeps_the_others() -> None:
    base = "id: a\ntitle:\n  zh: 甲\nnumber: 1\n"

    found = replaced(base, "title:\n  zh: 乙\nkeywords: {}\n")

    assert found == "id: a\ntitle:\n  zh: 乙\nnumber: 1\nkeywords: {}\n"


def test_the_parts_of_an_example_are_told_apart_by_their_heads() -> None:
    parts = parts_of("title: x\n=== _laws\nlaws: []\n=== source\n一、甲")

    assert parts == {"regime": "title: x\n", "laws": "laws: []\n", "source": "一、甲\n"}
