"""Documents of others become draft regimes: nothing lost, everything proposed listed, nothing written where something is wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.rule import RULES
from checks.run import run
from handbook.cli import main
from handbook.commands.importing import prove
from handbook.drafts.document import Document, Paragraph, RefusedError, bounded, cleaned, plain
from handbook.drafts.folder import Like, draft
from handbook.drafts.outline import Clause as Divided
from handbook.drafts.outline import Outline, aspects_of, divide
from handbook.drafts.outline import Section as Part
from handbook.drafts.propose import propose
from handbook.model import Book, Clause
from handbook.recompose import bare
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


def _measures(penalties: object) -> list[tuple[object, ...]]:
    out: list[tuple[object, ...]] = []
    for penalty in penalties:  # type: ignore[attr-defined]
        data = penalty if isinstance(penalty, dict) else penalty.model_dump(exclude_defaults=True)
        for measure in data["measures"]:
            bounds = measure.get("yuan") or measure.get("percent_of_illegal_gains") or {}
            out.append((measure["type"], measure.get("discretionary", False), bounds.get("min"), bounds.get("max")))
    return out


def test_of_the_consequences_annotated_by_hand_nearly_all_are_proposed(book: Book, again: Outline) -> None:
    laws = {law.cited_as.zh: law.id for law in book.laws.laws if law.status is not None}
    by_hand: Counter[tuple[object, ...]] = Counter()
    proposed: Counter[tuple[object, ...]] = Counter()
    fines: Counter[tuple[object, ...]] = Counter()

    def compare(
        place: str, theirs: tuple[Clause, ...], ours: tuple[Divided, ...], section: Part, above: tuple[Divided, ...]
    ) -> None:
        for n, (other, mine) in enumerate(zip(theirs, ours, strict=True)):
            found = propose(book.vocabulary, laws, section, mine, above)
            by_hand.update((place, n, *m) for m in _measures(other.penalties))
            proposed.update((place, n, *m) for m in _measures(found.penalties))
            compare(f"{place}-{n}", other.items, mine.items, section, (*above, mine))

    for mine, theirs in zip(again.regimes, book.regimes, strict=True):
        for one, other in zip(mine.sections, theirs.sections, strict=True):
            compare(f"{theirs.number}-{other.number}", other.clauses, one.clauses, one, ())
    fines.update({m: n for m, n in by_hand.items() if m[-1] is not None})
    right = sum((by_hand & proposed).values())

    assert right / by_hand.total() >= 0.95
    assert right / proposed.total() >= 0.95
    assert fines <= proposed, "every bound of a fine is found as it is"


# --- nothing is lost, whatever the document


NUMBERS = ["第一章", "第二章", "第1章", "第一条", "第二条", "第十二条", "第三条之一", "一、", "二、", "三、", "二．", "一一、", "十五、", "（一）", "（二）", "(三)", "（十二）", "1、", "2.", "3．", "１、", "1.5", "(1)", "（2）", "3）", "①", "②", "㉑", "⑴", "", "", "", "—", "-", "•", "# ", "附件1：", "一", "（）", "第章"]  # fmt: skip
WORDS = st.sampled_from(
    ["监督检查对象", "监督检查内容：", "法律责任", "总则", "对违法行为的，处1万元以上3万元以下罚款；", "一、本句中的数字不是序号。", "重点检查：", "《药品管理法》", "《》", "TODO", "null", "yes", "'引号' \"\"", "a: b # c", "- 项", "{} [] & * ! | > % @ `", "第三条规定的情形除外。", "每年至少检查一次。", "不得少于2人", "有下列行为之一的，责令改正：", "emoji 🚒 👩‍🚒", "\t", "　", "", "长" * 300, "\\", "...", "？", "：", "情节严重的，吊销许可证。"]
)  # fmt: skip
LINE = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "", "　　", " ", "\t", "\u00a0"]),
    st.sampled_from(NUMBERS),
    st.sampled_from(["", "　", " "]),
    WORDS,
    st.sampled_from(["", "", " ", "　"]),
)
ANY = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40)
DOCUMENTS = st.lists(st.one_of(LINE, LINE, LINE, ANY), min_size=1, max_size=40).map("\n".join)


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(text=DOCUMENTS)
def test_no_character_is_lost_whatever_the_document(like: Like, text: str) -> None:
    _keeps(like, text, lambda: plain(text.encode("utf-8")))


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(st.tuples(LINE, st.sampled_from([None, None, None, 1, 2, 3]), st.booleans()), max_size=30))
def test_no_character_is_lost_where_headings_and_tables_are_marked(
    like: Like, lines: list[tuple[str, int | None, bool]]
) -> None:
    def document() -> Document:
        return bounded(Document(tuple(Paragraph(t, level, loose and level is None) for t, level, loose in lines)))

    _keeps(like, "\n".join(t for t, _, _ in lines), document)


def _keeps(like: Like, text: str, read_: Callable[[], Document]) -> None:
    visible = bare(cleaned(text)[0])
    try:
        document = read_()
        made = draft(document, "x.txt", like, None, TODAY)
    except RefusedError:
        assert len(cleaned(text)[0].strip().split("\n")) < 2 or not visible or "\0" in text
        return
    assert bare(document.text) == visible
    found = prove(made, document, TODAY)
    words = "".join(found.handbook.source.lines) + "".join(
        regime.printed + regime.title.zh + _said(regime.preamble)
        + "".join(s.printed + s.heading.zh + _said(s.clauses) for s in regime.sections)
        for regime in found.regimes
    )  # fmt: skip
    assert bare(words) == visible
    for code in ("HB005", "HB103", "HB501", "HB502", "HB601", "HB602", "HB603", "HB604", "HB605"):
        assert [f.en for f in RULES[code].check(found)] == [], code


def _said(clauses: tuple[Clause, ...]) -> str:
    return "".join((c.marker or "") + c.zh + _said(c.items) for c in clauses)
