"""Documents of others become draft regimes: nothing lost, everything proposed listed, nothing written where something is wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checks.run import run
from handbook.cli import main
from handbook.drafts.document import plain
from handbook.drafts.folder import Like
from handbook.drafts.outline import Clause as Divided
from handbook.drafts.outline import Outline, aspects_of, divide
from handbook.model import Book, Clause
from handbook.source import Reading, read
from tests.books import TODAY

ROOT = Path(__file__).parents[1]
REGIMES = ROOT / "regimes"

DRUGS = """\
青禾区药品监督管理局药品零售监督管理办法
为加强药品零售监督管理，制定本办法。
第一章　监督检查对象
第一条　本区药品零售企业。
第二章　监督检查内容
第二条　药品零售企业应当每年至少自查一次，并自自查结束之日起5个工作日内报告。
第三条　重点检查：
（一）是否取得药品经营许可证；
（二）是否凭处方销售处方药。
第三章　法律责任
第四条　违反《中华人民共和国药品管理法》，未取得药品经营许可证销售药品的，责令改正，没收违法所得，并处1万元以上5万元以下罚款；情节严重的，吊销药品经营许可证。
"""


@pytest.fixture(scope="module")
def book() -> Book:
    found = read(REGIMES).book
    assert found
    return found


@pytest.fixture(scope="module")
def like(book: Book) -> Like:
    return Like(book, (REGIMES / "_vocabulary.yml").read_text(encoding="utf-8"))


def _import(file: Path, into: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["import", str(file), "--into", str(into), "--like", str(REGIMES), *options])


def _made(folder: Path) -> Reading:
    return read(folder, today=TODAY)


def _codes(reading: Reading, tmp_path: Path) -> Counter[str]:
    report = run(reading, tmp_path / "no-waivers.yml")
    return Counter(p.code for p in report.problems)


def test_the_draft_of_a_text_holds_its_chapters_articles_and_items(tmp_path: Path) -> None:
    file = tmp_path / "drugs.txt"
    file.write_text(DRUGS, encoding="utf-8")

    result = _import(file, tmp_path / "new")

    assert result.exit_code == 0, result.output
    made = _made(tmp_path / "new").book
    assert made
    (regime,) = made.regimes
    assert regime.title.zh == "青禾区药品监督管理局药品零售监督管理办法"
    assert regime.marker == "none"
    assert [(s.number, s.marker, s.heading.zh, s.aspects) for s in regime.sections] == [
        (1, "第一章", "监督检查对象", ("object",)),
        (2, "第二章", "监督检查内容", ("content",)),
        (3, "第三章", "法律责任", ("handling",)),
    ]
    assert [f.id for f in made.clauses] == ["s0-p1", "s1-1", "s2-2", "s2-3", "s2-3-1", "s2-3-2", "s3-4"]
    assert [law.cited_as.zh for law in made.laws.laws] == ["中华人民共和国药品管理法"]
    assert {law.status for law in made.laws.laws} == {"unknown"}


def test_what_a_clause_states_is_proposed_and_marked_unsure(tmp_path: Path) -> None:
    file = tmp_path / "drugs.txt"
    file.write_text(DRUGS, encoding="utf-8")
    _import(file, tmp_path / "new")
    made = _made(tmp_path / "new").book
    assert made

    clauses: dict[str, Clause] = {f.id: f.clause for f in made.clauses}
    fine, revoked = clauses["s3-4"].penalties
    assert [m.type for m in fine.measures] == ["order_to_correct", "confiscation_of_gains", "fine"]
    assert fine.measures[2].yuan
    assert (fine.measures[2].yuan.min, fine.measures[2].yuan.max) == (10_000, 50_000)
    assert revoked.when
    assert revoked.when.zh == "情节严重"
    assert clauses["s3-4"].unsure == ("penalties",)
    yearly, five = clauses["s2-2"].time_limits
    assert (yearly.kind, yearly.value, yearly.unit, yearly.at_least) == ("frequency", 1, "per_year", True)
    assert (five.kind, five.value, five.unit) == ("deadline", 5, "working_day")
    assert five.from_
    assert five.from_.zh == "自查结束之日"
    assert clauses["s2-2"].unsure == ("time_limits",)


def test_the_checks_list_what_is_left_and_find_nothing_wrong_with_the_text(tmp_path: Path) -> None:
    file = tmp_path / "drugs.txt"
    file.write_text(DRUGS, encoding="utf-8")
    _import(file, tmp_path / "new")

    reading = _made(tmp_path / "new")
    codes = _codes(reading, tmp_path)

    assert reading.problems == ()
    assert not {code for code in codes if code.startswith("HB6")}
    assert reading.book
    marked = sum(
        len(record.unsure)
        for regime in reading.book.regimes
        for record in (regime, *regime.sections, *(f.clause for f in reading.book.by_regime[regime.id]))
    )
    assert codes["HB213"] == marked > 5
    assert codes["HB201"] >= len(reading.book.clauses)
    assert not {"HB204", "HB205", "HB207", "HB208", "HB315", "HB316"} & set(codes), "nothing is compared with TODO"


def test_the_source_is_the_text_letter_for_letter_and_its_checksum_is_recorded(tmp_path: Path) -> None:
    file = tmp_path / "drugs.txt"
    file.write_text(DRUGS, encoding="utf-8")
    _import(file, tmp_path / "new")

    kept = (tmp_path / "new" / "source" / "drugs.txt").read_bytes()
    made = _made(tmp_path / "new").book

    assert kept == DRUGS.encode("utf-8")
    assert made
    assert made.handbook.source.sha256 == hashlib.sha256(kept).hexdigest()


# --- the issued text of this handbook, imported again


@pytest.fixture(scope="module")
def again(book: Book) -> Outline:
    words = {word: aspect.zh for word, aspect in book.vocabulary.aspects.items()}
    examples = [(s.heading.zh, s.aspects) for r in book.regimes for s in r.sections]
    return divide(plain(book.source_text.encode("utf-8")), aspects_of(words, examples))


def _tree(clauses: tuple[Divided, ...] | tuple[Clause, ...]) -> list[object]:
    return [[c.marker, c.zh, _tree(c.items)] for c in clauses]


def test_the_issued_text_is_divided_as_it_was_by_hand(book: Book, again: Outline) -> None:
    assert again.lines == book.handbook.source.lines
    assert [(r.number, r.title) for r in again.regimes] == [(r.number, r.title.zh) for r in book.regimes]
    for ours, theirs in zip(again.regimes, book.regimes, strict=True):
        assert ours.marker is None
        assert _tree(ours.preamble) == _tree(theirs.preamble)
        assert [(s.number, s.marker, s.heading) for s in ours.sections] == [
            (s.number, None, s.heading.zh) for s in theirs.sections
        ]
        for mine, other in zip(ours.sections, theirs.sections, strict=True):
            assert _tree(mine.clauses) == _tree(other.clauses)
            assert set(mine.aspects) <= set(other.aspects)
            assert mine.aspects
