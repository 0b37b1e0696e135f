"""A small book with every kind of consequence and limit, and the real one, for the tests of the exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handbook.model import Book
from handbook.source import read
from tests.books import LAW, VOCABULARY, make_book, replaced

REGIMES = Path(__file__).parents[2] / "regimes"

REGIME = """\
id: elevator-use
number: 1
category: general
title: {zh: 电梯使用监管, en: Supervision of the use of elevators}
verified: {on: 2026-11-24, by: tests}
errata:
  - {found: 使用, kind: term, note: {zh: '参见[#s1]', en: 'See [#s1].'}}
preamble:
  - {zh: 为加强监管，制定本制度。, en: This regime is made to strengthen supervision.}
sections:
  - number: 1
    heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
    aspects: [object, content, method, procedure]
    clauses:
      - marker: （一）
        zh: 每年至少检查一次，检查人员不得少于2人，检查后5日内报告；发现事故立即上报。
        en: Inspection at least once a year by not less than 2 inspectors, reported within 5 days; accidents at once.
        time_limits:
          - kind: frequency
            value: 1
            unit: per_year
            at_least: true
            act: {zh: 检查, en: carry out inspection}
          - kind: deadline
            value: 5
            unit: day
            from: {zh: 检查后, en: after the inspection}
            actor: {zh: 检查人员, en: inspectors}
            act: {zh: 报告, en: report}
          - kind: deadline
            immediately: true
            act: {zh: 上报, en: report upwards}
        staffing:
          - {value: 2, at_least: true, who: {zh: 检查人员, en: inspectors}, binds: inspectors}
      - marker: （二）
        zh: 货值30万元以上的，或者两年内2次以上的，从重。
        en: RMB 300,000 or more, or twice or more, is grave.
        thresholds:
          - {value: 300000, unit: yuan, inclusive: true, use: {zh: 是否从重, en: whether it is grave}}
          - {value: 2, unit: time, use: {zh: 是否从重, en: whether it is grave}}
  - number: 2
    heading: {zh: 处理, en: Handling}
    aspects: [handling]
    errata:
      - {found: 处理, kind: term, note: {zh: '与[#s1-1]不一', en: 'Differs from [#s1-1].'}}
    clauses:
      - zh: 依据《电梯安全条例》，有下列行为之一的，由市局警告，可以并处一千元以上3万元以下的罚款；情节严重的，撤销或者注销：
        en: 'Under the Regulations on Elevator Safety, the municipal bureau shall warn and may fine RMB 1,000 to 30,000:'
        legal_note:
          zh: 该条例已修改，见[#s2-p2]。
          en: The regulations have been amended, see [#s2-p2].
          laws: [elevator-regulations]
          evidence: https://example.org/
          as_of: 2026-11-24
        penalties:
          - conduct: items
            measures:
              - {type: warning}
              - {type: fine, discretionary: true, yuan: {min: 1000, max: 30000}}
            authority: municipal_bureau
            basis: [elevator-regulations, elevator-form, elevator-law]
          - conduct: items
            when: {zh: 情节严重, en: where the circumstances are serious}
            measures: [{type: rescission}, {type: deregistration}]
            alternatives: true
        items:
          - {marker: 1、, zh: 伪造数据的；, en: Forging data; or}
          - {marker: 2、, zh: 拒绝检查的。, en: Refusing inspection.}
      - zh: 擅自改造电梯的，没收违法所得，并处违法所得百分之十以上百分之五十以下的罚款。
        en: Whoever rebuilds an elevator without permission loses the gains and is fined 10 to 50 percent of them.
        penalties:
          - conduct: {zh: 擅自改造电梯, en: rebuilding an elevator without permission}
            measures:
              - {type: confiscation_of_gains}
              - {type: fine, percent_of_illegal_gains: {min: 10, max: 50}}
            basis: [elevator-regulations]
      - zh: 处三千元以下的罚款。
        en: A fine of not more than RMB 3,000 shall be imposed.
        penalties:
          - conduct: unstated
            measures: [{type: fine, yuan: {max: 3000}}, {type: unheard_of}]
"""

BLOCKS = """\
measure_types:
  warning: {zh: 警告, en: Warning, class: penalty}
  fine: {zh: 罚款, en: Fine, class: penalty}
  confiscation_of_gains: {zh: 没收违法所得, en: Confiscation of illegal gains, class: penalty}
  rescission: {zh: 撤销, en: Rescission, class: licence}
  deregistration: {zh: 注销, en: Deregistration, class: licence}
units:
  yuan: {zh: 元, en: RMB}
  day: {zh: 日, en: days}
  per_year: {zh: 每年, en: per year}
  person: {zh: 人, en: persons}
  time: {zh: 次, en: times}
"""

LAWS = "laws:\n" + "".join(
    (
        LAW,
        LAW.replace("id: elevator-regulations", "id: elevator-form")
        .replace("电梯安全条例", "电梯登记表")
        .replace("Regulations on Elevator Safety", "Elevator Form")
        .replace("status: unknown", "status: null"),
        LAW.replace("id: elevator-regulations", "id: elevator-law")
        .replace("电梯安全条例", "电梯法")
        .replace("Regulations on Elevator Safety", "Elevator Law")
        .replace("status: unknown", "status: in_force")
        .replace("first_issued: null", "first_issued: '1985'"),
    )
)


def small_book(folder: Path, regime: str = REGIME) -> Book:
    """The small book, read from files in ``folder``."""
    reading = read(make_book(folder, regime=regime, vocabulary=replaced(VOCABULARY, BLOCKS), laws=LAWS))
    assert reading.complete, reading.problems
    assert reading.book
    return reading.book


def real_book() -> Book:
    """The real regimes."""
    reading = read(REGIMES)
    assert reading.complete
    assert reading.book
    return reading.book


def read_csv(content: bytes) -> list[dict[str, str]]:
    """A CSV file as a stranger reads it."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def clauses_of(regime: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The clauses of a regime, of the published data or of the YAML, in the order of the source."""
    yield from _flat(regime.get("preamble") or [])
    for section in regime["sections"]:
        yield from _flat(section["clauses"])


def _flat(clauses: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for clause in clauses:
        yield clause
        yield from _flat(clause.get("items") or [])
