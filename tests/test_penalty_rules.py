"""HB3 on small clauses: each annotation that fits its clause passes, and each single change to it is reported by the rule named."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from checks.run import run
from handbook.source import read
from tests.books import REGIME, TODAY, VOCABULARY, make_book, replaced

_VOCABULARY = VOCABULARY.replace(
    "authorities:\n",
    """\
  revocation: {zh: 吊扣, en: Revocation, class: licence, words: [吊扣]}
  recommendation_to_revoke: {zh: 建议吊扣, en: Recommendation to revoke, class: referral, words: [建议吊扣]}
authorities:
""",
)
_HEAD = """\
sections:
  - number: 1
    heading: {zh: 监督检查处理, en: Handling}
    aspects: [object, method, handling]
    clauses:
"""

STEPS = """\
- zh: 伪造记录的，由市局责令限期改正，逾期未改正的，予以警告，并处一千元以上3万元以下的罚款；情节严重的，建议吊扣许可证。
  en: Whoever forges records shall be ordered by the municipal bureau to make corrections within a time limit; whoever fails to make corrections within the time limit shall be given a warning and fined not less than RMB 1,000 but not more than RMB 30,000; where the circumstances are serious, revocation of the license shall be recommended.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: order_to_correct
      authority: municipal_bureau
    - conduct: {zh: 伪造记录, en: forges records}
      when: {zh: 逾期未改正, en: fails to make corrections within the time limit}
      measures:
        - type: warning
        - type: fine
          yuan: {min: 1000, max: 30000}
    - conduct: {zh: 伪造记录, en: forges records}
      when: {zh: 情节严重, en: the circumstances are serious}
      measures:
        - type: recommendation_to_revoke
"""
"""Two steps and an aggravated case of one conduct."""

PERCENT = """\
- zh: 伪造记录的，予以警告，可并处相当其违法所得百分之十至百分之五十的罚款。
  en: Whoever forges records shall be given a warning and may also be fined 10 percent to 50 percent of the illegal gains.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: warning
        - type: fine
          discretionary: true
          percent_of_illegal_gains: {min: 10, max: 50}
"""
"""A duty and a power, a fine in percent."""

CHOICE = """\
- zh: 伪造记录的，予以警告或者罚款。
  en: Whoever forges records shall be given a warning or fined.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: warning
        - type: fine
      alternatives: true
"""
"""Two measures of which one is chosen."""

LEAD = """\
- zh: 根据具体情况，可作如下处理：
  en: 'Depending on the specific circumstances, it may be handled as follows:'
  items:
    - marker: （一）
      zh: 处以罚款；
      en: imposing a fine;
      penalties:
        - conduct: unstated
          measures:
            - type: fine
              discretionary: true
    - marker: （二）
      zh: 吊扣许可证。
      en: revoking the license.
      penalties:
        - conduct: unstated
          measures:
            - type: revocation
              discretionary: true
"""
"""Items under a lead that grants the power."""

LISTED = """\
- zh: 有下列行为之一的，予以警告，并处二千元以下罚款：
  en: 'Whoever commits any of the following acts shall be given a warning and fined not more than RMB 2,000:'
  penalties:
    - conduct: items
      measures:
        - type: warning
        - type: fine
          yuan: {max: 2000}
  items:
    - {marker: 1、, zh: 伪造记录的；, en: forging records;}
    - {marker: 2、, zh: 拒绝检查的。, en: refusing inspection.}
"""
"""A list of conducts."""

DECIDERS = """\
- zh: 伪造记录的，由市局予以警告；情节严重的，由检查机构处罚款。检查机构和市局应当配合。
  en: Whoever forges records shall be given a warning by the municipal bureau; where the circumstances are serious, a fine shall be imposed by the inspection department. The inspection department and the municipal bureau shall cooperate.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: warning
      authority: municipal_bureau
    - conduct: {zh: 伪造记录, en: forges records}
      when: {zh: 情节严重, en: the circumstances are serious}
      measures:
        - type: fine
      authority: inspection_department
"""
"""Two deciders, one of them named a second time."""

BASIS = """\
- zh: 依照《电梯安全条例》处理违法行为：
  en: 'Violations shall be handled in accordance with the Regulations on Elevator Safety:'
  items:
    - marker: （一）
      zh: 伪造记录的，予以警告；
      en: whoever forges records shall be given a warning;
      penalties:
        - conduct: {zh: 伪造记录, en: forges records}
          measures:
            - type: warning
          basis: [elevator-regulations]
      legal_note:
        zh: 条例现状未核实。
        en: The status of the regulations is not verified.
        laws: [elevator-regulations]
        evidence: https://example.org
        as_of: 2026-11-24
"""
"""An instrument named by the lead."""

MENTIONED = """\
- zh: 受到警告或者罚款的单位，处罚款。
  en: Units that have been given a warning or fined shall be fined.
  penalties:
    - conduct: {zh: 单位, en: units}
      measures:
        - type: fine
  mentions:
    - found: 受到警告或者罚款
      reason: {zh: 说的是以前的处罚。, en: It speaks of an earlier penalty.}
"""
"""Words of consequence that state none."""

TITLED = """\
- zh: 伪造《警告罚款标准》记录的，予以警告。
  en: Whoever forges records of the Standard of Warnings and Fines shall be given a warning.
  penalties:
    - conduct: {zh: 记录, en: records}
      measures:
        - type: warning
"""
"""Words of measures inside a title."""


REPEATED = """\
- zh: 伪造记录的，予以警告，逾期未改正的，处一千元以下罚款；拒绝检查的，予以警告，逾期未改正的，处二千元以下罚款。
  en: Whoever forges records shall be given a warning and, where failing to correct, fined not more than RMB 1,000; whoever refuses inspection shall be given a warning and, where failing to correct, fined not more than RMB 2,000.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: warning
    - conduct: {zh: 伪造记录, en: forges records}
      when: {zh: 逾期未改正, en: failing to correct}
      measures:
        - type: fine
          yuan: {max: 1000}
    - conduct: {zh: 拒绝检查, en: refuses inspection}
      measures:
        - type: warning
    - conduct: {zh: 拒绝检查, en: refuses inspection}
      when: {zh: 逾期未改正, en: failing to correct}
      measures:
        - type: fine
          yuan: {max: 2000}
"""
"""One condition of two conducts."""

NEGATED = """\
- zh: 伪造记录，尚未构成犯罪的，予以警告；构成犯罪的，处罚款。
  en: Whoever forges records shall, where no crime is constituted yet, be given a warning; where a crime is constituted, a fine shall be imposed.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      when: {zh: 尚未构成犯罪, en: no crime is constituted yet}
      measures:
        - type: warning
    - conduct: {zh: 伪造记录, en: forges records}
      when: {zh: 构成犯罪, en: a crime is constituted}
      measures:
        - type: fine
"""
"""A condition inside the words of another that stands before it."""

COMMA = """\
- zh: 伪造记录的，予以警告，或者处罚款。
  en: Whoever forges records shall be given a warning, or fined.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: warning
        - type: fine
      alternatives: true
"""
"""A choice behind a comma."""

SHARED = """\
- zh: 伪造记录的，由市局予以警告，由检查机构处罚款，并报市局备案。
  en: Whoever forges records shall be given a warning by the municipal bureau and fined by the inspection department, which is filed with the municipal bureau.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: warning
      authority: municipal_bureau
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: fine
      authority: inspection_department
"""
"""Two deciders of one conduct, and a filing that decides nothing."""

ORDINARY = """\
- zh: 有下列行为之一的，可处二千元以下罚款。
  en: Whoever commits any of the following acts may be fined not more than RMB 2,000.
  penalties:
    - conduct: items
      measures:
        - type: fine
          discretionary: true
          yuan: {max: 2000}
  items:
    - marker: 1、
      zh: 伪造记录的；情节严重的，吊扣许可证；
      en: forging records; where the circumstances are serious, the license shall be revoked;
      penalties:
        - conduct: {zh: 伪造记录, en: forging records}
          when: {zh: 情节严重, en: the circumstances are serious}
          measures:
            - type: revocation
    - {marker: 2、, zh: 拒绝检查的。, en: refusing inspection.}
"""
"""A power that ends in a full stop does not reach the items."""

POWER_AND_DUTY = """\
- zh: 伪造记录的，可予以警告，并处罚款。
  en: Whoever forges records may be given a warning and shall be fined.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: warning
          discretionary: true
        - type: fine
"""
"""The fine is a duty, the warning a power."""


def _codes(folder: Path, clause: str) -> dict[str, set[str]]:
    """The HB3 findings: for each code the lines reported, without their indentation."""
    folder /= "regimes"
    regime = replaced(REGIME, _HEAD + indent(clause, " " * 6))
    make_book(folder, regime=regime, vocabulary=_VOCABULARY)
    reading = read(folder, today=TODAY)
    assert reading.complete, [p.line() for p in reading.problems]
    lines = regime.splitlines()
    found: dict[str, set[str]] = {}
    for problem in run(reading, today=TODAY).problems:
        if problem.code.startswith("HB3"):
            line = (problem.place.line or 1) - 1
            found.setdefault(problem.code, set()).add(lines[line].strip().removeprefix("- "))
    return found


@pytest.mark.parametrize(
    "clause",
    [
        pytest.param(STEPS, id="steps"),
        pytest.param(PERCENT, id="percent"),
        pytest.param(CHOICE, id="choice"),
        pytest.param(LEAD, id="lead"),
        pytest.param(LISTED, id="list"),
        pytest.param(DECIDERS, id="deciders"),
        pytest.param(BASIS, id="basis"),
        pytest.param(MENTIONED, id="mention"),
        pytest.param(TITLED, id="title"),
        pytest.param(REPEATED, id="one-condition-of-two-conducts"),
        pytest.param(NEGATED, id="condition-within-a-negated-one"),
        pytest.param(COMMA, id="choice-behind-a-comma"),
        pytest.param(SHARED, id="two-deciders-of-one-conduct"),
        pytest.param(ORDINARY, id="power-that-ends-in-a-full-stop"),
        pytest.param(POWER_AND_DUTY, id="power-and-duty"),
        # an amount that is a threshold; a fine without an amount; a power in the middle of a sentence
        pytest.param(
            "- zh: 货值30万元以上的，予以警告。\n"
            "  en: Where the value is not less than RMB 300,000, a warning shall be given.\n"
            "  penalties:\n"
            "    - conduct: {zh: 货值30万元以上, en: the value}\n"
            "      measures:\n"
            "        - type: warning\n"
            "  thresholds:\n"
            "    - {value: 300000, unit: yuan, use: {zh: 货值, en: value}}\n",
            id="threshold",
        ),
        pytest.param(
            "- zh: 伪造许可证的，处罚款。\n"
            "  en: Whoever forges a license shall be fined.\n"
            "  penalties:\n"
            "    - conduct: {zh: 伪造许可证, en: forges a license}\n"
            "      measures:\n"
            "        - type: fine\n",
            id="license-is-no-power",
        ),
    ],
)
def test_what_fits_its_clause_is_not_reported(tmp_path: Path, clause: str) -> None:
    assert _codes(tmp_path, clause) == {}


def _change(code: str, clause: str, old: str, new: str, line: str) -> object:
    return pytest.param(code, clause, old, new, line, id=f"{code}-{old.strip()[:28]}-{new.strip()[:28]}")


CHANGES = [
    # HB301: words of the clause
    _change("HB301", STEPS, "zh: 逾期未改正,", "zh: 逾期不改正,", "when: {zh: 逾期不改正"),
    _change("HB301", STEPS, "{zh: 情节严重,", "{zh: 情节严重的；,", "when: {zh: 情节严重的；"),
    _change("HB301", MENTIONED, "found: 受到警告或者罚款", "found: 受到警告或罚款", "found: 受到警告或罚款"),
    _change("HB301", TITLED, "{zh: 记录,", "{zh: 记录……伪造,", "conduct: {zh: 记录……伪造"),
    _change("HB302", NEGATED, "- type: warning", "- type: fine", "type: fine"),
    # HB302: a measure the stretch does not state
    _change("HB302", STEPS, "type: recommendation_to_revoke", "type: revocation", "type: revocation"),
    _change("HB302", STEPS, "type: order_to_correct", "type: warning", "type: warning"),
    _change("HB302", TITLED, "- type: warning", "- type: warning\n        - type: fine", "type: fine"),
    _change("HB302", MENTIONED, "- type: fine", "- type: fine\n        - type: warning", "type: warning"),
    # HB303: a measure without annotation
    _change("HB303", STEPS, "        - type: warning\n", "", "zh: 伪造记录的，由市局责令"),
    _change("HB303", PERCENT, "        - type: warning\n", "", "zh: 伪造记录的，予以警告，可"),
    _change("HB303", LISTED, "        - type: warning\n", "", "zh: 有下列行为之一的"),
    _change("HB303", MENTIONED, "found: 受到警告或者罚款", "found: 或者罚款", "zh: 受到警告"),
    _change("HB303", LEAD, "zh: 处以罚款；", "zh: 警告，处以罚款；", "zh: 警告，处以罚款"),
    _change("HB303", LISTED, "zh: 拒绝检查的。", "zh: 拒绝检查的，吊扣许可证。", "{marker: 2、"),
    # HB304: a sentence without annotation
    _change("HB304", CHOICE, "罚款。\n", "罚款。依法追究。\n", "zh: 伪造记录的，予以警告或者罚款。依法追究"),
    _change("HB304", STEPS, "的罚款；", "的罚款；再予追究；", "zh: 伪造记录的，由市局责令"),
    _change("HB304", BASIS, "处理违法行为：", "予以处罚。另行通知：", "zh: 依照《电梯安全条例》予以处罚。"),
    # HB305: a bound that differs
    _change("HB305", STEPS, "{min: 1000, max: 30000}", "{min: 1000, max: 3000}", "yuan: {min: 1000, max: 3000}"),
    _change("HB305", STEPS, "{min: 1000, max: 30000}", "{max: 30000}", "yuan: {max: 30000}"),
    _change("HB305", STEPS, "          yuan: {min: 1000, max: 30000}\n", "", "type: fine"),
    _change("HB305", PERCENT, "percent_of_illegal_gains:", "yuan:", "yuan: {min: 10, max: 50}"),
    _change("HB305", PERCENT, "max: 50}", "max: 500}", "percent_of_illegal_gains: {min: 10, max: 500}"),
    _change("HB305", LISTED, "{max: 2000}", "{min: 2000}", "yuan: {min: 2000}"),
    _change("HB305", LISTED, "          yuan: {max: 2000}\n", "", "type: fine"),
    _change("HB305", CHOICE, "- type: warning", "- type: warning\n          yuan: {max: 1}", "yuan: {max: 1}"),
    _change("HB305", REPEATED, "{max: 1000}", "{max: 2000}", "yuan: {max: 2000}"),
    _change("HB305", STEPS, "- type: warning", "- type: warning\n          yuan: {min: 1000, max: 30000}", "yuan: {min: 1000"),
    # HB306: an amount nothing carries
    _change("HB306", STEPS, "          yuan: {min: 1000, max: 30000}\n", "", "zh: 伪造记录的，由市局责令"),
    _change("HB306", LISTED, "罚款：", "或者三千元以上罚款：", "zh: 有下列行为之一的"),
    _change("HB306", LEAD, "zh: 吊扣许可证。", "zh: 吊扣百分之五的许可证。", "zh: 吊扣百分之五"),
    # HB307: a duty and a power
    _change("HB307", PERCENT, "可并处", "并处", "discretionary: true"),
    _change("HB307", PERCENT, "discretionary: true", "discretionary: false", "discretionary: false"),
    _change("HB307", PERCENT, "- type: warning", "- type: warning\n          discretionary: true", "discretionary: true"),
    _change("HB307", LEAD, "              discretionary: true\n", "", "type: fine"),
    _change("HB307", LEAD, "可作如下", "作如下", "discretionary: true"),
    _change("HB307", STEPS, "并处一千元", "可以并处一千元", "type: fine"),
    # HB308: a condition no entry carries
    _change("HB308", STEPS, "      when: {zh: 情节严重, en: the circumstances are serious}\n", "", "zh: 伪造记录的，由市局责令"),
    _change("HB308", CHOICE, "，予以警告", "，构成犯罪的，予以警告", "zh: 伪造记录的，构成犯罪的"),
    _change("HB308", LISTED, "，予以警告", "，情节严重的，予以警告", "zh: 有下列行为之一的，情节严重的"),
    # HB309: a list of conducts
    _change("HB309", LISTED, "conduct: items", "conduct: unstated", "conduct: unstated"),
    _change("HB309", LISTED, "conduct: items", "conduct: {zh: 行为, en: acts}", "conduct: {zh: 行为, en: acts}"),
    _change("HB309", CHOICE, "conduct: {zh: 伪造记录, en: forges records}", "conduct: items", "conduct: items"),
    # HB310: who decides
    _change("HB310", STEPS, "authority: municipal_bureau", "authority: inspection_department", "authority: inspection_department"),
    _change("HB310", STEPS, "      authority: municipal_bureau\n", "", "type: order_to_correct"),
    _change("HB310", DECIDERS, "authority: municipal_bureau", "authority: inspection_department", "authority: inspection_department"),
    _change("HB310", DECIDERS, "      authority: inspection_department\n", "", "type: fine"),
    _change("HB310", CHOICE, "alternatives: true", "alternatives: true\n      authority: municipal_bureau", "authority: municipal_bureau"),
    _change("HB310", SHARED, "authority: municipal_bureau", "authority: inspection_department", "authority: inspection_department"),
    _change("HB310", SHARED, "authority: inspection_department", "authority: municipal_bureau", "authority: municipal_bureau"),
    # HB311: on what ground
    _change("HB311", BASIS, "          basis: [elevator-regulations]\n", "", "conduct: {zh: 伪造记录"),
    _change("HB311", BASIS, "basis: [elevator-regulations]", "basis: [elevator-regulations, elevator-regulations]", "basis: [elevator-regulations, elevator-regulations]"),
    # HB312: bounds
    _change("HB312", STEPS, "{min: 1000, max: 30000}", "{min: 30000, max: 1000}", "yuan: {min: 30000, max: 1000}"),
    _change("HB312", PERCENT, "{min: 10, max: 50}", "{min: 51, max: 50}", "percent_of_illegal_gains: {min: 51, max: 50}"),
    # HB313: one or all
    _change("HB313", CHOICE, "      alternatives: true\n", "", "conduct: {zh: 伪造记录"),
    _change("HB313", CHOICE, "警告或者罚款", "警告、罚款", "alternatives: true"),
    _change("HB313", CHOICE, "alternatives: true", "alternatives: false", "alternatives: false"),
    _change("HB313", PERCENT, "予以警告，", "分别予以警告、", "conduct: {zh: 伪造记录"),
    _change("HB313", DECIDERS, "authority: inspection_department", "alternatives: true\n      authority: inspection_department", "alternatives: true"),
    _change("HB313", COMMA, "      alternatives: true\n", "", "conduct: {zh: 伪造记录"),
    # HB314: the words of the translation
    _change("HB314", STEPS, "en: the circumstances are serious}", "en: the case is grave}", "when: {zh: 情节严重"),
    _change("HB314", CHOICE, "en: forges records}", "en: forges files}", "conduct: {zh: 伪造记录"),
    # HB315: may and shall
    _change("HB315", PERCENT, "may also be fined", "shall also be fined", "en: Whoever forges records"),
    _change("HB315", LEAD, "it may be handled", "it shall be handled", "en: imposing a fine"),
    _change("HB315", CHOICE, "shall be given a warning or fined", "may be fined or given a warning", "en: Whoever forges records"),
    _change("HB315", POWER_AND_DUTY, "shall be fined", "may be fined", "en: Whoever forges records"),
    # HB316: the side of a bound
    _change("HB316", STEPS, "but not more than RMB", "and not less than RMB", "en: Whoever forges records"),
    _change("HB316", LISTED, "not more than RMB 2,000", "RMB 2,000", "en: 'Whoever commits"),
    _change("HB316", PERCENT, "10 percent to 50 percent", "50 percent", "en: Whoever forges records"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "clause", "old", "new", "line"), CHANGES)
def test_a_single_change_is_reported_on_its_line(
    tmp_path: Path, code: str, clause: str, old: str, new: str, line: str
) -> None:
    assert old in clause
    found = _codes(tmp_path, clause.replace(old, new, 1))

    assert any(reported.startswith(line) for reported in found.get(code, ())), found


def test_every_rule_of_the_family_is_tried_twice() -> None:
    codes = [change.values[0] for change in CHANGES]  # type: ignore[attr-defined]

    assert {code: codes.count(code) for code in set(codes)}.keys() == {f"HB3{n:02}" for n in range(1, 17)}
    assert min(map(codes.count, codes)) >= 2


# --- what stands in the wrong entry, or only looks like a consequence ---------------------------------------------------

TWO_AMOUNTS = """\
- zh: 伪造记录的，处一千元以下罚款；拒绝检查的，处二千元以下罚款。
  en: Whoever forges records shall be fined not more than RMB 1,000; whoever refuses inspection shall be fined not more than RMB 2,000.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: fine
          yuan: {max: FIRST}
    - conduct: {zh: 拒绝检查, en: refuses inspection}
      measures:
        - type: fine
          yuan: {max: SECOND}
"""

ORDER_THEN_FINE = """\
- zh: 伪造记录的，责令限期改正；逾期未改正的，处罚款。
  en: Whoever forges records shall be ordered to make corrections within a time limit; whoever fails to make corrections within the time limit shall be fined.
  penalties:
    - conduct: {zh: 伪造记录, en: forges records}
      measures:
        - type: FIRST
    - conduct: {zh: 伪造记录, en: forges records}
      when: {zh: 逾期未改正, en: fails to make corrections within the time limit}
      measures:
        - type: SECOND
"""

TWO_INSTRUMENTS = """\
- zh: 伪造记录的，予以警告。
  en: Whoever forges records shall be given a warning.
- zh: 依照《电梯安全条例》检查。
  en: Inspection shall be carried out pursuant to the Regulations on Elevator Safety.
- zh: 拒绝检查的，予以警告。
  en: Whoever refuses inspection shall be given a warning.
"""
"""An instrument cited between two clauses, neither of which cites it."""


def _filled(clause: str, first: str, second: str) -> str:
    return clause.replace("FIRST", first).replace("SECOND", second)


def _with_basis(conduct: str, english: str) -> str:
    """The three clauses, of which the one with this conduct rests on the instrument."""
    penalty = (
        "  penalties:\n"
        f"    - conduct: {{zh: {conduct}, en: {english}}}\n"
        "      measures:\n"
        "        - type: warning\n"
        "      basis: [elevator-regulations]\n"
    )
    line = next(line for line in TWO_INSTRUMENTS.splitlines(keepends=True) if f"Whoever {english}" in line)
    return TWO_INSTRUMENTS.replace(line, line + penalty)


def test_amounts_swapped_between_two_entries_are_both_reported(tmp_path: Path) -> None:
    right = _codes(tmp_path / "right", _filled(TWO_AMOUNTS, "1000", "2000"))
    swapped = _codes(tmp_path / "swapped", _filled(TWO_AMOUNTS, "2000", "1000"))

    assert right == {}
    assert swapped == {"HB305": {"yuan: {max: 2000}", "yuan: {max: 1000}"}}


def test_a_fine_for_not_obeying_the_order_does_not_belong_to_the_order(tmp_path: Path) -> None:
    right = _codes(tmp_path / "right", _filled(ORDER_THEN_FINE, "order_to_correct", "fine"))
    moved = _codes(tmp_path / "moved", _filled(ORDER_THEN_FINE, "order_to_correct\n        - type: fine", "fine"))
    swapped = _codes(tmp_path / "swapped", _filled(ORDER_THEN_FINE, "fine", "order_to_correct"))

    assert right == {}
    assert moved == {"HB302": {"type: fine"}}
    assert swapped["HB302"] == {"type: fine", "type: order_to_correct"}


def test_a_basis_may_be_cited_earlier_in_the_section_and_not_later(tmp_path: Path) -> None:
    before = _codes(tmp_path / "before", _with_basis("伪造记录", "forges records"))
    after = _codes(tmp_path / "after", _with_basis("拒绝检查", "refuses inspection"))

    assert before.get("HB311") == {"basis: [elevator-regulations]"}
    assert "HB311" not in after


@pytest.mark.parametrize(
    ("clause", "joined"),
    [
        ("企业或者机构伪造记录的，予以警告、罚款。", False),
        ("伪造记录的，对企业或者机构予以警告、罚款。", False),
        ("伪造记录的，予以警告、罚款，并告知企业或者机构。", False),
        ("伪造记录的，予以警告，通知企业或者机构，并处罚款。", False),
        ("伪造记录的，予以警告，或者处罚款。", True),
        ("伪造记录的，对企业予以警告或者罚款。", True),
    ],
)
def test_or_between_addressees_joins_no_measures(tmp_path: Path, clause: str, joined: bool) -> None:
    text = (
        f"- zh: {clause}\n"
        "  en: Enterprises or institutions that forge records shall be given a warning or fined.\n"
        "  penalties:\n"
        "    - conduct: {zh: 伪造记录, en: forge records}\n"
        "      measures:\n"
        "        - type: warning\n"
        "        - type: fine\n"
    )

    found = _codes(tmp_path, text)

    assert ("HB313" in found) is joined


@pytest.mark.parametrize(
    "penalty",
    [
        "conduct: {zh: 拒缴罚款, en: refuses to pay a fine}\n      measures:\n        - type: MEASURE\n",
        "conduct: unstated\n      when: {zh: 拒缴罚款, en: refuses to pay a fine}\n      measures:\n        - type: MEASURE\n",
    ],
    ids=["conduct", "when"],
)
def test_the_words_of_a_conduct_and_of_a_condition_are_no_consequence(tmp_path: Path, penalty: str) -> None:
    clause = (
        "- zh: 拒缴罚款的，予以警告。\n"
        "  en: Whoever refuses to pay a fine shall be given a warning.\n"
        f"  penalties:\n    - {penalty}"
    )

    right = _codes(tmp_path / "right", clause.replace("MEASURE", "warning"))
    wrong = _codes(tmp_path / "wrong", clause.replace("MEASURE", "fine"))

    assert right == {}
    assert wrong["HB302"] == {"type: fine"}
