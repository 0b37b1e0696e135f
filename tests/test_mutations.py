"""Single changes to the real annotations, each caught by the rule named, at the changed line.

A change names a clause and a stretch of one of its lines; the first line of the clause that holds the stretch is changed.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from checks.run import run
from handbook.model import Book
from handbook.source import read
from tests.books import TODAY, write

ROOT = Path(__file__).parents[1]


class Change(NamedTuple):
    """``old`` becomes ``new`` in the clause ``regime#clause`` (or in the register ``_laws#id``); ``code`` must say so."""

    where: str
    old: str
    new: str
    code: str


CHANGES = [
    # amounts, in yuan and in percent
    Change("equipment-supervision-units#s5-p1-1", "max: 30000", "max: 300000", "HB305"),
    Change("equipment-supervision-units#s5-p1-3", "min: 10000", "min: 1000", "HB305"),
    Change("equipment-supervision-units#s5-p1-2", "min: 10000, ", "", "HB305"),
    Change("statutory-verification-institutions#s5-p1-2", "max: 1000", "max: 10000", "HB305"),
    Change("statutory-verification-institutions#s5-p1-4", "max: 2000", "min: 2000", "HB305"),
    Change("measurement-standards#s5-p1-1", "max: 1000", "max: 1001", "HB305"),
    Change("type-approval#s5-p1-p1", "max: 3000", "max: 30000", "HB305"),
    Change("measuring-instrument-makers#s5-p1-5", "max: 30000", "max: 10000", "HB305"),
    Change("measuring-instrument-makers#s5-p1-1", "max: 50", "max: 500", "HB305"),
    Change("measuring-instrument-makers#s5-p1-2", "min: 10, ", "min: 1, ", "HB305"),
    Change("measuring-instrument-makers#s5-p1-1", "percent_of_illegal_gains", "yuan", "HB305"),
    Change("verification-personnel#s5-p1-2", "max: 10000", "max: 1000", "HB305"),
    Change("special-equipment-accidents#s6-p3", "min: 4000", "min: 400", "HB305"),
    Change("special-equipment-accidents#s6-p3", "min: 4000, max: 20000", "min: 20000, max: 4000", "HB312"),
    # what is done
    Change(
        "statutory-verification-institutions#s5-p1-3", "type: recommendation_to_revoke", "type: revocation", "HB302"
    ),
    Change("statutory-verification-institutions#s5-p1-2", "type: warning", "type: circulated_criticism", "HB302"),
    Change("measurement-standards#s5-p1-2", "type: revocation", "type: rescission", "HB302"),
    Change("equipment-supervision-units#s4-p1", "type: submission_for_rescission", "type: rescission", "HB302"),
    Change("accredited-laboratories#s5-p1", "type: submission_for_revocation", "type: revocation", "HB302"),
    Change(
        "special-equipment-operator-licensing#s4-p1", "type: order_to_cease", "type: suspension_of_business", "HB302"
    ),
    Change("verification-personnel#s5-p1-4", "type: disciplinary_sanction", "type: disapproval", "HB302"),
    Change("direct-selling#s5-p1-4", "type: revocation", "type: rescission", "HB302"),
    # must or may
    Change("measurement-standards#s5-p1-1", "discretionary: true", "discretionary: false", "HB307"),
    Change("type-approval#s5-p1-p1", "discretionary: true", "discretionary: false", "HB307"),
    Change("measuring-instrument-makers#s5-p1-1", "discretionary: true", "discretionary: false", "HB307"),
    Change("production-license-products#s6-p1", "discretionary: true", "discretionary: false", "HB307"),
    # conduct, condition, choice
    Change("measuring-instrument-makers#s5-p1-4", "zh: 未标注或者未按规定标注", "zh: 未标注或未按规定标注", "HB301"),
    Change("measuring-instrument-makers#s5-p1-3", "zh: 逾期不改", "zh: 逾期未改正", "HB301"),
    Change("measurement-standards#s5-p1-3", "zh: 经整改仍达不到原考核条件", "zh: 经整改仍不合格", "HB301"),
    Change("statutory-verification-institutions#s5-p1-2", "conduct: items", "conduct: unstated", "HB309"),
    Change("verification-personnel#s5-p1-4", "alternatives: true", "alternatives: false", "HB313"),
    Change("production-license-products#s6-p1", "alternatives: true", "alternatives: false", "HB313"),
    Change(
        "equipment-supervision-units#s5-p1-3",
        "en: losses are caused to the owner",
        "en: harm is done to the client",
        "HB314",
    ),
    # who decides, on what ground
    Change("measurement-standards#s5-p1-2", "authority: issuing_authority", "authority: municipal_bureau", "HB310"),
    Change(
        "equipment-supervision-units#s5-p1-1",
        "authority: market_regulation_county_and_above",
        "authority: municipal_bureau",
        "HB310",
    ),
    Change(
        "special-equipment-accidents#s6-p3",
        "authority: quality_and_technical_supervision",
        "authority: provincial_bureau",
        "HB310",
    ),
    Change(
        "statutory-verification-institutions#s5-p1-2", "basis: [metrology-law-implementing-rules, ", "basis: [", "HB311"
    ),
    Change(
        "equipment-supervision-units#s5-p1-1",
        "basis: [equipment-supervision-unit-qualification-measures]",
        "basis: [advertising-law]",
        "HB311",
    ),
    # the text moves on, the annotation does not
    Change("verification-personnel#s5-p1-1", "一千元以下罚款", "一千元以下罚款或者二千元以下罚款", "HB306"),
    Change("measurement-standards#s5-p1-1", "may concurrently be imposed", "shall concurrently be imposed", "HB315"),
    Change("measuring-instrument-makers#s5-p1-5", "予以警告", "予以警告，责令停产", "HB303"),
    Change("measuring-instrument-makers#s5-p1-5", "not more than RMB 30,000", "not less than RMB 30,000", "HB316"),
    # limits, head-counts, thresholds
    Change("case-handling#s2-1", "value: 15", "value: 10", "HB402"),
    Change("case-handling#s2-1", "unit: working_day", "unit: day", "HB403"),
    Change("commodity-quality#s4-4-p1", "unit: day", "unit: working_day", "HB403"),
    Change("statutory-verification-institutions#s3-1", "at_least: true", "at_least: false", "HB404"),
    Change("statutory-verification-institutions#s3-1", "zh: 机构", "zh: 检定机构", "HB405"),
    Change("special-equipment-use#s5-p1", "value: 2", "value: 3", "HB408"),
    Change("direct-selling#s4-p1", "value: 2", "value: 1", "HB408"),
    Change("case-handling#s1-2-1", "value: 300000", "value: 500000", "HB410"),
    Change("case-handling#s1-2-1", "inclusive: true", "inclusive: false", "HB410"),
    # checklists: a question lost, mended, invented, not asked, asked twice
    Change("statutory-verification-institutions#s2-p1-2", "是否伪造数据？", "是否伪造数据或者证书？", "HB704"),
    Change("statutory-verification-institutions#s2-p1-2", "zh: 是否伪造数据；", "zh: 是否伪造数据、报告；", "HB705"),
    Change("measuring-instrument-makers#s2-4", "是否一致？", "是否不一致？", "HB704"),
    Change("special-equipment-use#s2-2", "“一预案”", "“一检验”", "HB703"),
    Change("advertising#s2-1", "发布活动？", "发布活动。", "HB702"),
    Change("case-handling#s1-2-1", "30万元(含30万元)以上？", "30万元(含30万元)以下？", "HB704"),
    Change("commodity-quality#s4-2-p1", "不少于两人？", "不少于三人？", "HB704"),
    # instruments
    Change(
        "voluntary-certification#s5-p1",
        "basis: [certification-accreditation-regulations,",
        "basis: [laboratory-qualification-measures, certification-accreditation-regulations,",
        "HB504",
    ),
    Change("_laws#advertising-law", "reviewed_on: 2026-11-24", "reviewed_on: 2025-10-01", "HB505"),
    Change("_laws#advertising-law", "reviewed_on: 2026-11-24", "reviewed_on: 2027-01-01", "HB506"),
]


def _book() -> Book:
    book = read(ROOT / "regimes", today=TODAY).book
    assert book is not None
    return book


def _start(book: Book, where: str) -> tuple[str, int]:
    """The file and the first line of a clause, or of an entry of the register of laws."""
    document, _, name = where.partition("#")
    if document == "_laws":
        index = next(i for i, law in enumerate(book.laws.laws) if law.id == name)
        place = book.place("_laws", ("laws", index))
    else:
        place = book.place(document, book.by_key[where].path)
    return place.file.name, place.line


@pytest.fixture(scope="module")
def start() -> Book:
    return _book()


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: f"{c.code}-{c.where}-{c.new[:24]}")
def test_a_single_change_is_caught_at_its_line(start: Book, tmp_path: Path, change: Change) -> None:
    file, first = _start(start, change.where)
    folder = tmp_path / "regimes"
    shutil.copytree(ROOT / "regimes", folder)
    lines = (folder / file).read_text(encoding="utf-8").split("\n")
    line = next(n for n in range(first - 1, len(lines)) if change.old in lines[n])
    assert line - first < 60, "the stretch stands in another clause"
    lines[line] = lines[line].replace(change.old, change.new, 1)
    write(folder / file, "\n".join(lines))

    problems = run(read(folder, today=TODAY), today=TODAY).problems

    found = [(p.place.file.name, p.place.line) for p in problems if p.code == change.code]
    assert (file, line + 1) in found, "\n".join(p.line() for p in problems)


def test_without_a_change_nothing_is_found(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "regimes", tmp_path / "regimes")

    assert run(read(tmp_path / "regimes", today=TODAY), today=TODAY).problems == ()


def test_the_table_holds_enough_changes_of_enough_rules() -> None:
    assert len(CHANGES) >= 40
    assert len({change.code for change in CHANGES}) >= 15
