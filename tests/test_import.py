"""Documents of others become draft regimes: nothing lost, everything proposed listed, nothing written where something is wrong."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
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
from handbook.drafts import folder
from handbook.drafts.document import Document, Paragraph, RefusedError, bounded, cleaned, plain
from handbook.drafts.folder import Like, draft
from handbook.drafts.outline import Clause as Divided
from handbook.drafts.outline import Outline, aspects_of, divide
from handbook.drafts.outline import Section as Part
from handbook.drafts.propose import propose
from handbook.drafts.word import word
from handbook.model import Book, Clause
from handbook.recompose import bare
from handbook.source import Reading, read
from tests.books import TODAY
from tests.documents import with_parts, word_file

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


# --- Word and Markdown

ORDERS = [
    ("青禾区市场监督管理局重点行业监督检查办法", "Title"),
    ("药品零售企业监督检查", "Heading 1"),
    ("本部分适用于全区药品零售企业。", None),
    ("检查对象", "Heading 2"),
    ("全区药品零售企业。", None),
    ("检查内容", "Heading 2"),
    ("重点检查下列内容：", None),
    ("是否取得药品经营许可证；", 1),
    ("购销记录：", 1),
    ("是否真实；", 2),
    ("是否完整。", 2),
    ("是否配备执业药师。", 1),
    ("医疗器械经营监督检查", "Heading 1"),
    ("检查对象", "Heading 2"),
    ("全区医疗器械经营企业。", None),
]


def _imported(file: Path, into: Path) -> Book:
    result = _import(file, into)
    assert result.exit_code == 0, result.output
    reading = _made(into)
    assert reading.problems == ()
    assert reading.book
    return reading.book


def test_word_headings_make_regimes_and_sections_and_automatic_numbers_are_text(tmp_path: Path) -> None:
    file = word_file(tmp_path / "orders.docx", ORDERS, [("序号", "项目"), ("1", "冷链设备")])

    made = _imported(file, tmp_path / "new")

    assert made.handbook.source.lines == ("青禾区市场监督管理局重点行业监督检查办法",)
    assert [r.title.zh for r in made.regimes] == ["药品零售企业监督检查", "医疗器械经营监督检查"]
    assert [(f.regime.number, f.id, f.clause.marker) for f in made.clauses] == [
        (1, "s0-p1", None),
        (1, "s1-p1", None),
        (1, "s2-p1", None),
        (1, "s2-p1-1", "（一）"),
        (1, "s2-p1-2", "（二）"),
        (1, "s2-p1-2-1", "1."),
        (1, "s2-p1-2-2", "2."),
        (1, "s2-p1-3", "（三）"),
        (2, "s1-p1", None),
        (2, "s1-p2", None),
        (2, "s1-p3", None),
    ]
    row = made.by_key[f"{made.regimes[1].id}#s1-p3"].clause
    assert row.zh == "1　冷链设备"
    assert "zh" in row.unsure


def test_a_word_document_numbered_by_hand_and_one_by_its_lists_are_read_alike(tmp_path: Path) -> None:
    lines = ["某局食品监督制度", "检查对象", "全区食品企业。", "检查程序", "制定计划。", "实施检查。"]
    levels = [None, 0, None, 0, 1, 1]
    marks = ["", "一、", "", "二、", "（一）", "（二）"]
    lists = _imported(word_file(tmp_path / "a.docx", list(zip(lines, levels, strict=True))), tmp_path / "a")
    typed = word_file(tmp_path / "b.docx", [(m + text, None) for m, text in zip(marks, lines, strict=True)])
    hand = _imported(typed, tmp_path / "b")

    assert [f.id for f in lists.clauses] == [f.id for f in hand.clauses] == ["s1-p1", "s2-1", "s2-2"]
    assert lists.source_text == hand.source_text


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TRACKED = (
    "<w:p><w:r><w:t>罚款</w:t></w:r><w:del w:id='1'><w:r><w:delText>一千元</w:delText></w:r></w:del>"
    "<w:ins w:id='2'><w:r><w:t>二千元</w:t></w:r></w:ins><w:r><w:t>以下。</w:t></w:r></w:p>"
)
BOX = "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>文本框中的话。</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
NOTE = "<w:p><w:r><w:t>见注</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"


def test_what_word_keeps_beside_the_text_is_taken_or_named(tmp_path: Path) -> None:
    file = word_file(tmp_path / "kept.docx", [("某局制度", None), ("一、检查对象", None), ("全区企业。", None)])
    part = f"<w:{{0}} {W}>{{1}}</w:{{0}}>"
    words = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    with_parts(
        file,
        {
            "word/footnotes.xml": part.format("footnotes", f"<w:footnote w:id='2'>{words.format('脚注的话。')}</w:footnote>").encode(),
            "word/comments.xml": part.format("comments", f"<w:comment w:id='1'>{words.format('批注的话')}</w:comment>").encode(),
            "word/header1.xml": part.format("hdr", words.format("内部文件")).encode(),
            "word/media/image1.png": b"png",
        },
        TRACKED + BOX + NOTE,
    )  # fmt: skip

    result = _import(file, tmp_path / "new")

    assert result.exit_code == 0, result.output
    text = (tmp_path / "new" / "source" / "kept.txt").read_text(encoding="utf-8")
    for taken in ("罚款二千元以下。", "文本框中的话。", "见注[注2]", "[注2] 脚注的话。"):
        assert taken in text
    for named in ("一千元", "批注的话", "内部文件"):
        assert named not in text
        assert named in result.stdout
    assert "1 pictures" in result.stdout


CIRCULAR = """\
# 云岭县城市管理局监管制度汇编

## 户外广告设施监管制度

### 一、监管对象

**本县**户外广告设施的设置人。

### 二、监管方法

1. 日常巡查；
2. 抽查：
   (1) 随机抽取对象；
   (2) 执法人员不少于两名。

| 情形 | 处理 |
|---|---|
| 首次 | 警告 |

## 建筑垃圾运输监管制度

### 一、监管对象

运输企业。
"""


def test_markdown_is_divided_by_its_headings(tmp_path: Path) -> None:
    file = tmp_path / "rules.md"
    file.write_text(CIRCULAR, encoding="utf-8")

    made = _imported(file, tmp_path / "new")

    assert [(r.number, r.marker, r.title.zh) for r in made.regimes] == [
        (1, "none", "户外广告设施监管制度"),
        (2, "none", "建筑垃圾运输监管制度"),
    ]
    assert [(s.marker, s.heading.zh, s.aspects) for s in made.regimes[0].sections] == [
        (None, "监管对象", ("object",)),
        (None, "监管方法", ("method",)),
    ]
    assert [f.id for f in made.by_regime[made.regimes[0].id]] == [
        "s1-p1", "s2-1", "s2-2", "s2-2-1", "s2-2-2", "s2-p1", "s2-p2"]  # fmt: skip
    assert "本县户外广告设施的设置人。" in made.source_text
    assert "首次　警告" in made.source_text


# --- encodings


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 (BOM)"),
        ("gb18030", "GB18030 (GBK)"),
        ("gbk", "GB18030 (GBK)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_text_is_read_in_the_encodings_it_may_have(encoding: str, said: str, ends: str) -> None:
    document = plain(DRUGS.replace("\n", ends).encode(encoding))

    assert document.text == DRUGS
    assert [m.en for m in document.remarks] == [f"encoding: {said}"]


def test_characters_nobody_can_see_are_taken_out_and_named(tmp_path: Path) -> None:
    file = tmp_path / "drugs.txt"
    file.write_text(DRUGS.replace("零售", "零\u200b售", 1).replace("第二条", "\x07第二条"), encoding="utf-8")

    result = _import(file, tmp_path / "new")

    assert result.exit_code == 0, result.output
    assert "U+200B was taken out, 1 times, first on line 1" in result.stdout
    assert "U+0007" in result.stdout
    assert (tmp_path / "new" / "source" / "drugs.txt").read_text(encoding="utf-8") == DRUGS


# --- what is refused


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


DEEP = f"<w:document {W}><w:body>" + "<w:x>" * 20_000 + "</w:x>" * 20_000 + "</w:body></w:document>"
BOMB = (
    f"<w:document {W}><w:body><w:p><w:r><w:t>".encode()
    + b" " * 30_000_000
    + b"</w:t></w:r></w:p></w:body></w:document>"
)
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
BAD: dict[str, tuple[str, bytes, str]] = {
    "neither UTF-8 nor GB18030": ("a.txt", "标题\n正文".encode() + b"\xff\xff\n", "byte 13 "),
    "a picture": ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "byte 8 (counted from 0) is NUL"),
    "an odd UTF-16": ("a.txt", "标题".encode("utf-16") + b"\x00", "UTF-16"),
    "nothing": ("a.txt", b"", "no text"),
    "white space": ("a.txt", "\n 　\n\t\n".encode(), "no text"),
    "a title only": ("a.txt", "某局药品监督制度\n".encode(), "one line only"),
    "too many characters": ("a.txt", ("字" * 500 + "\n").encode() * 500, "200,000"),
    "too many lines": ("a.txt", "字\n".encode() * 5_001, "5,000"),
    "a line without end": (
        "a.txt",
        ("某局制度\n" + "情节严重的，责令改正，" * 2000).encode(),
        "line 2 has 22,000 characters",
    ),
    "too many bytes": ("a.txt", b"a" * 20_000_001, "20,000,000"),
    "another format": ("a.pdf", b"%PDF-1.7", "only .txt"),
    "no end of the name": ("document", b"x", "only .txt"),
    "a docx that is text": ("a.docx", b"hello", "no valid .docx"),
    "an empty docx": ("a.docx", b"", "no valid .docx"),
    "an old or encrypted Word file": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted"),
    "a zip of something else": ("a.docx", _zip(hello=b"<a/>"), "word/document.xml"),
    "broken XML": ("a.docx", _zip(word__document=b"<a><b></a>"), "word/document.xml:1:9"),
    "a bomb": ("a.docx", _zip(word__document=BOMB), "unpacks to"),
    "entities": ("a.docx", _zip(word__document=LAUGHS), "DTD"),
    "nested without end": ("a.docx", _zip(word__document=DEEP.encode()), "nested too deeply"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_taken_in_is_said_and_nothing_is_written(tmp_path: Path, what: str) -> None:
    name, raw, says = BAD[what]
    file = tmp_path / name
    file.write_bytes(raw)

    result = _import(file, tmp_path / "new")

    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "new").exists()


def test_a_damaged_word_file_is_read_or_refused_but_never_breaks(tmp_path: Path) -> None:
    whole = word_file(tmp_path / "whole.docx", ORDERS).read_bytes()
    for n, at in enumerate(range(0, len(whole), max(1, len(whole) // 120))):
        file = tmp_path / "damaged.docx"
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :] if n % 3 else whole[:at])
        try:
            word(file.read_bytes())
        except RefusedError:
            continue


def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "drugs.txt"
    file.write_text(DRUGS, encoding="utf-8")
    into = tmp_path / "new"
    into.mkdir()
    (into / "mine.txt").write_text("mine")

    result = _import(file, into)

    assert result.exit_code == 2
    assert [f.name for f in into.iterdir()] == ["mine.txt"]
    (into / "mine.txt").unlink()
    assert _import(file, into).exit_code == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--category", "drugs"), "no category drugs"),
        (("--like", "nowhere"), "nowhere"),
    ],
)
def test_options_that_name_nothing_are_refused(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    file = tmp_path / "drugs.txt"
    file.write_text(DRUGS, encoding="utf-8")

    result = _import(file, tmp_path / "new", *options)

    assert result.exit_code == 2
    assert says in result.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["missing.txt", "folder.txt"])
def test_a_file_that_is_not_there_or_is_a_folder_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.txt").mkdir()

    result = _import(tmp_path / name, tmp_path / "new")

    assert result.exit_code == 2
    assert name in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_draft_that_would_not_say_the_same_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "drugs.txt"
    file.write_text(DRUGS, encoding="utf-8")
    right = folder.regime_text
    monkeypatch.setattr(folder, "regime_text", lambda data: right(data).replace("凭处方", "凭方"))

    result = _import(file, tmp_path / "new")

    assert result.exit_code == 2
    assert "line 9 could not be kept" in result.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "text", [DRUGS, "某局关于加强检查的通知\n各科室：\n请于5日内报送情况。\n"], ids=["chapters", "no sections"]
)
def test_pages_and_data_can_be_made_of_a_draft(tmp_path: Path, text: str) -> None:
    file = tmp_path / "drugs.txt"
    file.write_text(text, encoding="utf-8")
    _imported(file, tmp_path / "new")

    result = CliRunner().invoke(main, ["pages", str(tmp_path / "site"), "--regimes", str(tmp_path / "new")])

    assert result.exit_code == 0, result.output
    pages = [f.read_text(encoding="utf-8") for f in (tmp_path / "site" / "zh").rglob("index.md")]
    data = json.loads(next((tmp_path / "site").rglob("regimes.json")).read_text(encoding="utf-8"))
    assert data["rows"][0]["marker"] is None
    if text is DRUGS:
        assert any("第三章\u3000法律责任" in page for page in pages)
        assert not any("三、法律责任" in page for page in pages)
        assert [s["marker"] for s in data["rows"][0]["sections"]] == ["第一章", "第二章", "第三章"]
    else:
        assert any("请于5日内报送情况" in page for page in pages)


# --- how lines are divided


def _shape(clauses: tuple[Divided, ...]) -> list[object]:
    return [(c.marker or c.zh[:6], *([_shape(c.items)] if c.items else [])) for c in clauses]


@pytest.mark.parametrize(
    ("lines", "shape"),
    [
        ("（一）甲。 （二）乙。", [("（一）",), ("（二）",)]),
        ("检查： （一）甲； 1、乙； （1）丙； ①丁； （二）戊。", [("检查：", [("（一）", [("1、", [("（1）", [("①",)])])]), ("（二）",)])]),
        ("（一）甲。 （一）乙。 （三）丙。", [("（一）",), ("（一）乙。",), ("（三）",)]),
        ("如下： 第一条 甲： （一）乙。 第二条 丙。", [("如下：",), ("第一条", [("（一）",)]), ("第二条",)]),
        ("(一)甲。 (二)乙。 1.丙。 2.丁。", [("(一)",), ("(二)", [("1.",), ("2.",)])]),
        ("1.5倍以上的； 第三条规定的除外。 （）空。", [("1.5倍以上",), ("第三条规定的",), ("（）空。",)]),
        ("重点检查： 甲； 乙。 丙。", [("重点检查：", [("甲；",), ("乙。",)]), ("丙。",)]),
        ("1、甲； 2、乙。 （三）丙。", [("1、",), ("2、",), ("（三）",)]),
        ("1、甲； 2、乙。 （一）丙。", [("1、",), ("2、",), ("（一）丙。",)]),
    ],
)  # fmt: skip
def test_items_stand_under_what_introduces_them(lines: str, shape: list[object]) -> None:
    (regime,) = divide(
        plain("\n".join(["某局监督制度", *lines.split(" ")]).replace("条\n", "条 ").encode()), lambda _: ()
    ).regimes

    assert _shape(regime.preamble) == shape


@pytest.mark.parametrize(
    ("text", "sections", "unsure"),
    [
        ("一、检查对象 甲。 二、检查内容 乙。", [(1, None), (2, None)], False),
        ("一、检查对象 甲。 三、检查内容 乙。", [(1, None), (3, None)], True),
        ("一、检查对象 甲。 三、检查内容 乙。 二、检查方式 丙。", [(1, None), (3, None)], True),
        ("一、检查对象 甲。 一、检查对象 乙。", [(1, None)], True),
        ("(一)检查对象 甲。 (二)检查内容 乙。", [(1, "(一)"), (2, "(二)")], False),
        ("1.检查对象 甲。 2.检查内容 乙。", [(1, "1."), (2, "2.")], False),
        ("第一部分　检查对象 甲。 第二部分　检查内容 乙。", [(1, "第一部分"), (2, "第二部分")], False),
    ],
)
def test_numbers_of_sections_out_of_order_are_kept_and_marked(
    like: Like, text: str, sections: list[tuple[int, str | None]], unsure: bool
) -> None:
    document = plain("\n".join(["某局监督制度", *text.split(" ")]).encode())
    (regime,) = divide(document, like.aspects).regimes

    assert [(s.number, s.marker) for s in regime.sections] == sections
    marked = [s for s in regime.sections if s.unsure] + [c for s in regime.sections for c in s.clauses if c.unsure]
    assert bool(marked) is unsure
    prove(draft(document, "x.txt", like, None, TODAY), document, TODAY)


@pytest.mark.parametrize("title", ["药品监督制度", "一、药品监督制度", "（一）药品监督制度", "第一章　药品监督制度"])
def test_several_regimes_are_told_apart_however_they_are_numbered(like: Like, title: str) -> None:
    second = title.replace("一", "二").replace("药品", "器械")
    parts = ["某局监督制度汇编"]
    for one in (title, second):
        parts += [
            one,
            "本制度适用于全区。",
            "一、检查对象",
            "企业。",
            "二、检查程序",
            "（一）出示证件。",
            "（二）现场检查。",
        ]
    if title.startswith(("（", "第")):
        parts = [p.replace("一、", "1、").replace("二、", "2、") if "检查" in p else p for p in parts]
    document = plain("\n".join(parts).encode())

    outline = divide(document, like.aspects)

    assert outline.lines == ("某局监督制度汇编",)
    assert [r.title for r in outline.regimes] == ["药品监督制度", "器械监督制度"]
    assert [[s.aspects for s in r.sections] for r in outline.regimes] == [[("object",), ("procedure",)]] * 2
