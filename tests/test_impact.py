"""The command ``handbook impact``: everything that rests on an instrument of the real register, and the list for a change of its status."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checks.run import run
from handbook.cli import main
from handbook.compare.forms import MARKDOWN_LIMIT
from handbook.impact import impact, markdown
from handbook.model import Book
from handbook.source import read
from handbook.views.citing import clauses_by_law
from handbook.views.impact import Rests, articles_named, find_law, near_laws, resting
from tests.books import LAW, REGIME, REGIME_FILE, make_book, replaced, write

ROOT = Path(__file__).parents[1]
REAL = ROOT / "regimes"


@cache
def _book() -> Book:
    book = read(REAL, Path("regimes")).book
    assert book is not None
    return book


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDBOOK_LANGUAGE", raising=False)
    monkeypatch.chdir(tmp_path)


def _impact(*arguments: str, regimes: Path = REAL) -> Result:
    return CliRunner().invoke(main, ["impact", "--regimes", str(regimes), *arguments])


def test_every_clause_consequence_and_note_of_the_real_data_is_found_for_every_instrument() -> None:
    """Counted another way: in the values of the files, whatever their shape."""
    citing = clauses_by_law(_book())
    for law in _book().laws.laws:
        found = resting(_book(), law)
        by_kind = {kind: [r for r in found if r.kind is kind] for kind in Rests}

        based = [p for p in _dicts("penalties") if law.id in p.get("basis", [])]
        noted = [n for n in _dicts("legal_note") if law.id in n.get("laws", [])]
        assert {r.key for r in by_kind[Rests.CLAUSE]} == {f.key for f in citing[law.id]}
        assert len(by_kind[Rests.PENALTY]) >= len(based)
        assert len(by_kind[Rests.LEGAL_NOTE]) >= len(noted)
        assert len({(r.kind, r.place) for r in found}) == len(found), law.id


def _dicts(key: str) -> Iterator[dict[str, Any]]:
    def walk(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            for name, inner in value.items():
                if name == key:
                    yield from (inner if isinstance(inner, list) else [inner])
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    for regime in _book().regimes:
        yield from walk(_book().documents[regime.id].value)


def test_every_place_is_where_the_thing_stands_and_every_page_is_one_of_the_site() -> None:
    law = find_law(_book(), "计量法实施细则")[0]
    pages = {f"regimes/{r.id}/" for r in _book().regimes} | {f"checklists/{r.id}/" for r in _book().regimes}
    for rest in resting(_book(), law):
        line = (ROOT / rest.place.file).read_text(encoding="utf-8").splitlines()[rest.place.line - 1]
        assert line.strip()
        assert rest.page.partition("#")[0] in pages
        if rest.kind is Rests.CLAUSE:
            assert "《计量法实施细则》" in line


def test_a_report_names_conduct_amount_citation_and_address_in_either_language() -> None:
    english, chinese = _impact("metrology-law-implementing-rules"), _impact("《计量法实施细则》", "--language", "zh")

    assert english.exit_code == chinese.exit_code == 0
    assert "Regime 4, V(2): each item below: Warning; Fine, not more than RMB 1,000" in english.stdout
    assert re.search(r"04-statutory[^:]+:\d+:\d+ regimes/statutory-verification-institutions/#s5-p1-2", english.stdout)
    assert "制度四·五（二）：下列各项：警告；罚款，不超过 1,000 元" in chinese.stdout
    assert "Consequences resting on it (" in english.stdout
    assert "Legal notes (" in english.stdout


def test_a_law_goes_by_its_id_its_titles_with_or_without_marks_or_a_part_of_one() -> None:
    law = _book().laws_by_id["metrology-law-implementing-rules"]
    for words in (law.id, law.cited_as.zh, f"《{law.title.zh}》", law.cited_as.en.upper(), " 计量法实施 "):
        assert find_law(_book(), words) == (law,), words
    several = _impact("计量")
    assert several.exit_code == 2
    assert "metrology-law-implementing-rules: 《计量法实施细则》" in several.stderr
    assert len(several.stderr.splitlines()) > 3


def test_what_the_register_does_not_have_is_answered_with_what_is_near_it() -> None:
    result = _impact("计量法实施细侧")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "metrology-law-implementing-rules" in result.stderr
    assert near_laws(_book(), "计量法实施细侧")[0].id == "metrology-law-implementing-rules"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照《条例》第三条、第五条至第七条和《办法》第九条处理", (3, 5, 6, 7)),
        ("依照《条例》第四十五条至五十条处理", (45, 46, 47, 48, 49, 50)),
        ("依照《条例》处理。第三条另有规定", ()),
        ("《办法》第九条、《条例》第12条第（二）项", (12,)),
        ("《办法》第九条", ()),
        ("《条例》第一条；《办法》第二条；《条例》第三条", (1, 3)),
    ],
)
def test_the_articles_a_text_names_of_an_instrument(text: str, expected: tuple[int, ...]) -> None:
    assert articles_named(text, ["条例"]) == expected


@pytest.mark.parametrize("asked", ["50", "第五十条", "第50条", "49-51", "49、50"])
def test_articles_keep_what_names_them_and_set_apart_what_names_none(asked: str) -> None:
    result = _impact("工业产品生产许可证管理条例", "--articles", asked, "--format", "json")

    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert document["found"], "a range 第四十五条至五十五条 of the source holds article 50"
    assert all(set(row["articles"]) & set(document["articles"]) for row in document["found"])
    assert all(row["articles"] == [] for row in document["without_article"])
    every = json.loads(_impact("工业产品生产许可证管理条例", "--format", "json").stdout)["found"]
    counted = len(document["found"]) + len(document["without_article"]) + document["with_other_articles"]
    assert counted == len(every)


@pytest.mark.parametrize("articles", ["第x条", "0", "5-3", "1-99999", "1-2-3", ",", "12;;13", "１２" * 9, "-1"])
def test_articles_that_are_none_are_refused(articles: str) -> None:
    result = _impact("计量法实施细则", f"--articles={articles}")

    assert result.exit_code == 2
    assert "not understood" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_instrument_nothing_rests_on_exits_1(tmp_path: Path) -> None:
    make_book(tmp_path / "regimes", laws="laws:\n" + LAW)

    result = _impact("elevator-regulations", regimes=tmp_path / "regimes")

    assert result.exit_code == 1
    assert "Nothing rests on it." in result.stdout


def test_the_list_for_a_repeal_names_exactly_the_consequences_the_checks_will_ask_a_note_for(tmp_path: Path) -> None:
    for file in [*REAL.glob("*.yml")]:
        write(tmp_path / file.name, file.read_text(encoding="utf-8"))
    (tmp_path / "source").mkdir()
    for file in (REAL / "source").iterdir():
        (tmp_path / "source" / file.name).write_bytes(file.read_bytes())
    law = _book().laws_by_id["metrology-law-implementing-rules"]
    report = impact(_book(), law, status="repealed_replaced")
    text = (tmp_path / "_laws.yml").read_text(encoding="utf-8")
    head, tail = text.split(f"id: {law.id}\n")
    write(
        tmp_path / "_laws.yml",
        f"{head}id: {law.id}\n" + tail.replace(f"status: {law.status}", "status: repealed_replaced", 1),
    )

    found = run(read(tmp_path, Path("regimes"))).problems

    expected = {p.place for p in found if p.code == "HB504"}
    assert expected
    assert {t.place for t in report.tasks if "HB504" in t.words.en and t.place} - {None} >= expected
    noted = [t for t in report.tasks if t.step.en.startswith("Consequences")]
    assert {t.place for t in noted} == expected


def test_the_list_is_a_task_list_of_a_pull_request_and_begins_with_the_fields_of_the_register() -> None:
    result = _impact("计量法实施细则", "--status", "repealed_replaced", "--format", "markdown")

    tasks = [line for line in result.stdout.splitlines() if line.startswith("- [ ] ")]
    assert [t.split("`")[1] for t in tasks[:8]] == [
        "status",
        "status_note",
        "replaced_by",
        "latest_change",
        "note",
        "confidence",
        "evidence",
        "reviewed_on",
    ]
    assert all(re.search(r"<sub>\S+/&#95;laws\.yml:\d+</sub>", t) for t in tasks[:8])
    assert [t.split("`")[1] for t in tasks[-4:]] == [
        "handbook fmt",
        "handbook check",
        "handbook diff main",
        "mkdocs build --strict",
    ]
    assert result.stdout.count("<details>") == result.stdout.count("</details>") == 1


def test_a_status_that_needs_no_warning_asks_for_no_new_notes_but_for_rereading_the_old() -> None:
    law = _book().laws_by_id["metrology-law-implementing-rules"]

    steps = {t.step.en for t in impact(_book(), law, status="in_force_amended").tasks}

    assert "Consequences that need a legal note" not in steps
    assert {"The register", "Legal notes to reread", "Whatever else names it", "Commands to run"} <= steps


def test_a_registered_successor_is_named(tmp_path: Path) -> None:
    successor = LAW.replace("elevator-regulations", "lift-regulations").replace("电梯安全条例", "升降机条例")
    old = LAW.replace("replaced_by: null", "replaced_by: {zh: 《升降机条例》, en: Lift Regulations}")
    make_book(tmp_path / "regimes", laws="laws:\n" + old + successor)

    result = _impact("elevator-regulations", "--language", "zh", regimes=tmp_path / "regimes")

    assert "已登记的取代者：《升降机条例》（lift-regulations）" in result.stdout


def test_a_status_the_vocabulary_lacks_is_answered_with_those_it_has() -> None:
    result = _impact("计量法实施细则", "--status", "repealed")

    assert result.exit_code == 2
    assert "repealed_replaced: " in result.stderr


REST = """\
keywords: {zh: [电梯安全条例], en: [Regulations on Elevator Safety]}
sections:
  - number: 1
    heading: {zh: 依照《电梯安全条例》的处理, en: Handling under the Regulations on Elevator Safety}
    aspects: [object, method, handling]
    aspects_note: {zh: 见《电梯安全条例》第二条。, en: See Article 2.}
    errata:
      - {found: 依照, kind: term, note: {zh: 《电梯安全条例》作“依据”。, en: The regulations say so.}}
    clauses:
      - zh: 依照《电梯安全条例》第三条，2名检查人员应当在5日内处1万元以下罚款。
        en: Pursuant to Article 3 of the Regulations on Elevator Safety.
        penalties:
          - {conduct: unstated, measures: [{type: fine, yuan: {max: 10000}}], basis: [elevator-regulations]}
        time_limits: [{kind: deadline, value: 5, unit: day, act: {zh: 处罚, en: fine}}]
        staffing: [{value: 2, who: {zh: 检查人员, en: inspectors}, binds: inspectors}]
        thresholds: [{value: 10000, unit: yuan, use: {zh: 罚款, en: fine}}]
        mentions: [{found: 处, reason: {zh: 见《电梯安全条例》。, en: See the regulations.}}]
        checks: [{zh: 是否罚款？, en: 'Is a fine imposed?'}]
        errata: [{found: 处, kind: term, note: {zh: 《电梯安全条例》第四条无此字。, en: Not there.}}]
        legal_note: {zh: 第五条已改。, en: Changed., laws: [elevator-regulations], evidence: x, as_of: 2026-11-24}
unstated_aspects:
  content: {drawn_from: [s1-p1], note: {zh: 归纳。, en: Drawn.}}
  procedure: {drawn_from: [s0-p1], note: {zh: 归纳。, en: Drawn.}}
"""


def test_every_kind_of_thing_that_can_rest_on_an_instrument_is_found(tmp_path: Path) -> None:
    term = "terms:\n  - {zh: 电梯, en: elevator, domain: general, attested: 《电梯安全条例》}\n"
    other = LAW.replace("elevator-regulations", "lift-rules").replace("电梯安全条例", "升降机条例")
    other = other.replace("title_issue: null", "title_issue: {zh: 即《电梯安全条例》。, en: The same.}")
    make_book(tmp_path / "regimes", regime=replaced(REGIME, REST), laws="laws:\n" + LAW + other, glossary=term)

    result = _impact("电梯安全条例", "--format", "json", regimes=tmp_path / "regimes")

    rows = json.loads(result.stdout)["found"]
    assert [r["kind"] for r in rows] == [
        *("clause", "penalty", "time_limit", "staffing", "threshold", "legal_note", "checklist"),
        *("erratum", "erratum", "mention", "aspect", "aspect", "heading", "keyword", "keyword", "term", "law"),
    ]
    articles = {r["kind"]: r["articles"] for r in rows}
    assert articles["clause"] == articles["penalty"] == articles["checklist"] == [3]
    assert articles["legal_note"] == [5]
    assert {r["words"]["en"] for r in rows if r["kind"] == "aspect"} == {"See Article 2.", "Drawn."}


def test_a_report_is_cut_before_a_forge_refuses_it_and_says_so(tmp_path: Path) -> None:
    words = "Under the Regulations on Elevator Safety" + " and so on" * 60
    clause = f"      - {{zh: 依照《电梯安全条例》处理。, en: {words}.}}\n"
    regime = REGIME.replace("      - {zh: 电梯使用单位。, en: User units of elevators.}\n", clause * 200)
    book = read(make_book(tmp_path / "regimes", regime=regime, laws="laws:\n" + LAW)).book
    assert book is not None

    for status in (None, "unknown"):
        report = markdown(book, impact(book, book.laws.laws[0], status=status), "en")
        assert 50_000 < len(report) <= MARKDOWN_LIMIT
        assert "run `handbook impact` to see all" in report
        assert report.count("<details>") == report.count("</details>")


def test_data_that_cannot_be_read_is_reported_with_its_place(tmp_path: Path) -> None:
    make_book(tmp_path / "regimes")
    write(tmp_path / "regimes" / REGIME_FILE, "id: [\n")

    result = _impact("x", regimes=tmp_path / "regimes")
    missing = _impact("x", regimes=tmp_path / "nowhere")

    assert result.exit_code == missing.exit_code == 2
    assert f"{REGIME_FILE}:2:1: HB0" in result.stderr or f"{REGIME_FILE}:1:" in result.stderr
    assert "there is no folder" in missing.stderr


@pytest.mark.parametrize("words", ["", "《》", "x" * 100_000, "\x00", "[(*", "-h x"])
def test_odd_names_are_answered_in_words(words: str) -> None:
    result = _impact("--", words)

    assert result.exit_code == 2
    assert result.stderr.startswith("handbook impact: ")
    assert "Traceback" not in result.stderr
