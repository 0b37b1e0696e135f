"""The engine of the search by itself, asked as the dialog asks it, on a few documents made for the question and on the real ones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from handbook.edition import editions
from handbook.model import Book
from handbook.search import Document, documents, index
from handbook.source import read
from handbook.text.english import stem
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

WORKER = ROOT / "plugins" / "handbook" / "theme" / "assets" / "handbook" / "search-worker.js"

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def bare(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.add_script_tag(content=WORKER.read_text(encoding="utf-8"))
    yield page
    context.close()


@pytest.fixture
def engine(bare: Page) -> Callable[..., Ask]:
    """Makes an engine of documents and returns what asks it: a query, and the kinds and categories wanted."""

    def make(language: str, *found: Document, **config: Any) -> Ask:
        names = {"kinds": {}, "categories": {"metrology": "计量", "quality": "质量"}}
        packed = {
            "config": {"lang": [language], "join": "; ", "names": names, **config},
            "docs": [_packed(d) for d in found],
        }
        return _asks(bare, json.dumps(packed))

    return make


@pytest.fixture(scope="module")
def book() -> Book:
    book = read(Path(ROOT / "regimes")).book
    assert book is not None
    return book


@pytest.fixture(scope="module")
def zh(bare: Page, book: Book) -> Ask:
    return _asks(bare, index(book, editions(book)[0], documents(book, editions(book)[0])))


@pytest.fixture(scope="module")
def en(bare: Page, book: Book) -> Ask:
    return _asks(bare, index(book, editions(book)[1], documents(book, editions(book)[1])))


def _packed(d: Document) -> list[Any]:
    """A page of its own, whatever the kind."""
    return [d.page, d.title, d.kind, d.category, list(d.keywords), [], d.text]


def _asks(page: Page, packed: str) -> Ask:
    handle = page.evaluate_handle(
        "p => { const answer = handbookSearch.create(); answer({ type: 0, data: JSON.parse(p) }); return answer; }",
        packed,
    )

    def ask(query: str, **wanted: list[str]) -> dict[str, Any]:
        data = {"query": query, **wanted} if wanted else query
        answer: dict[str, Any] = page.evaluate("([answer, data]) => answer({ type: 2, data }).data", [handle, data])
        return answer

    return ask


def _places(answer: dict[str, Any]) -> list[str]:
    return [row["location"] for rows in answer["items"] for row in rows if row["score"] > 0]


def _near(ask: Ask, query: str) -> list[str]:
    answer = ask(query)
    assert answer["items"] == []
    near: list[str] = answer["handbook"]["near"]
    return near


def clause(page: str, text: str, category: str = "") -> Document:
    return Document(page, "", "clause", category, "", text)


def titled(page: str, kind: Any, title: str, text: str = "", **more: Any) -> Document:
    return Document(page, "", kind, more.get("category", ""), title, text, more.get("keywords", ()))


def test_several_words_must_all_stand_in_the_entry(engine: Callable[..., Ask]) -> None:
    zh = engine(
        "zh", clause("both", "伪造证书的，吊销许可。"), clause("one", "伪造数据的。"), clause("other", "吊销许可。")
    )
    en = engine(
        "en",
        clause("both", "Forged certificates are revoked."),
        clause("one", "forged data"),
        clause("other", "revoked"),
    )

    assert _places(zh("伪造 吊销")) == ["both"]
    assert _places(zh("伪造　吊销　许可")) == ["both"]
    assert _places(en("forged revoked")) == ["both"]
    assert _places(zh("伪造 电梯")) == _places(en("forged elevator")) == []


@pytest.mark.parametrize(
    "query",
    ["檢定規程", "检定，规程！", "《检定》规程", "检 定规程".replace(" ", "·"), "检定规程ＣＣＣ", "检定规程ccc"],
)
def test_traditional_signs_width_case_and_punctuation_do_not_matter(engine: Callable[..., Ask], query: str) -> None:
    ask = engine(
        "zh", clause("a", "按照检定规程（CCC）检定"), clause("b", "检定员"), simplified={"檢": "检", "規": "规"}
    )

    assert _places(ask(query)) == ["a"]
    assert "<mark" in ask(query)["items"][0][0]["text"]


@pytest.mark.parametrize(
    "query", ["3万元", "三万元", "30000元", "30,000元", "３万元", "叁万元", "30,000 yuan", "RMB 30,000"]
)
def test_an_amount_has_one_value_in_every_writing_and_is_no_part_of_another(
    engine: Callable[..., Ask], query: str
) -> None:
    texts = {
        "a": "处三万元以下罚款",
        "b": "处3万元以下罚款",
        "c": "处13万元以下罚款",
        "d": "处三万五千元罚款",
        "e": "处十三万元",
    }
    zh = engine("zh", *(clause(page, text) for page, text in texts.items()))
    en = engine(
        "en", clause("a", "a fine of RMB 30,000"), clause("b", "30,000 yuan"), clause("c", "RMB 130,000 or 30 days")
    )

    assert _places(zh(query)) == ["a", "b"]
    assert _places(en(query)) == ["b", "a"]


@pytest.mark.parametrize("query", ["五个工作日", "5个工作日", "5工作日", "5 working days", "five working days"])
def test_working_days_are_no_days_and_five_is_not_fifteen(engine: Callable[..., Ask], query: str) -> None:
    zh = engine(
        "zh",
        clause("a", "五个工作日内"),
        clause("b", "十五个工作日内"),
        clause("c", "5日内"),
        clause("d", "15个工作日"),
    )
    en = engine(
        "en", clause("a", "within five working days"), clause("b", "within 15 working days"), clause("c", "5 days")
    )

    assert _places(zh(query)) == ["a"]
    assert _places(en(query)) == ["a"]


def test_percentages_have_one_value_in_both_writings(engine: Callable[..., Ask]) -> None:
    zh = engine("zh", clause("a", "违法所得百分之五十以下"), clause("b", "货值50%"), clause("c", "百分之五"))

    en = engine("en", clause("a", "50% of the gains"), clause("b", "5% of the gains"), clause("c", "50 percent"))

    for query in ("50%", "百分之五十", "50 percent", "５０％"):
        assert sorted(_places(zh(query))) == ["a", "b"], query
        assert sorted(_places(en(query))) == ["a", "c"], query


def test_latin_words_are_found_in_chinese_from_their_beginning(engine: Callable[..., Ask]) -> None:
    ask = engine("zh", clause("a", "扫描QR二维码"), clause("b", "EQRS系统"), clause("c", "24小时内，二十四小时"))

    assert _places(ask("QR二维码")) == _places(ask("qr")) == ["a"]
    assert _places(ask("24小时")) == _places(ask("二十四小时")) == ["c"]


def test_stems_are_those_of_snowball(bare: Page, book: Book) -> None:
    texts = " ".join(f"{d.title} {d.text}" for d in documents(book, editions(book)[1])).lower()
    words = set(re.findall(r"[a-z]+(?:'[a-z]+)?", texts))
    endings = "s es ed ing ly edly ingly ies ied ness ization ational ator ement able ive ogist fully ously al ism y e 's".split()  # noqa: SIM905
    hard = "dying lying skies sky early only news succeed proceed exceed added egging inning outing past pasted hoped hopping yes youth ay"
    every = sorted(words | {word + ending for word in words for ending in endings} | set(hard.split()))

    assert bare.evaluate("words => words.map(handbookSearch.stem)", every) == [stem(word) for word in every]


def test_english_words_are_found_by_stem_and_beginning_and_never_inside(engine: Callable[..., Ask]) -> None:
    ask = engine(
        "en", clause("a", "They were calibrated."), clause("b", "calibration certificates"), clause("c", "recalibrate")
    )

    assert sorted(_places(ask("calibrating"))) == ["a", "b"]
    assert sorted(_places(ask("calibra"))) == ["a", "b"]
    assert _places(ask("certificate")) == ["b"]
    assert _places(ask("ca")) == []


def test_quotes_are_exact_and_take_neither_stems_nor_synonyms(engine: Callable[..., Ask]) -> None:
    en = engine(
        "en",
        clause("a", "production license"),
        clause("b", "production licenses"),
        clause("c", "license for production"),
        pairs=[["license for production", "production license"]],
    )
    zh = engine(
        "zh", clause("a", "伪造、变造证书"), clause("b", "伪造变造证书"), clause("c", "三万元"), clause("d", "3万元")
    )

    assert _places(en('"production license"')) == ["a"]
    assert _places(en("production license")) == ["a", "b", "c"]
    assert _places(zh("“伪造、变造”")) == ["a"]
    assert _places(zh("「3万元」")) == ["d"]


def test_a_title_comes_before_a_heading_before_the_clause_itself_before_a_mention(engine: Callable[..., Ask]) -> None:
    found = (
        clause("mention", "广告监测的办法"),
        Document("exact", "", "item", "", "", "广告监测？"),
        titled("heading", "heading", "二、广告监测"),
        titled("longer", "regime", "广告监测监督管理制度"),
        titled("title", "regime", "广告监测"),
    )
    zh = engine("zh", *found)

    assert _places(zh("广告监测")) == ["title", "longer", "heading", "exact", "mention"]


def test_among_titles_the_one_with_the_rarer_word_comes_first(engine: Callable[..., Ask]) -> None:
    text = "电梯使用单位的监督"
    common = [clause(f"c{i}", "监督检查") for i in range(20)]
    ask = engine(
        "zh", titled("common", "regime", "监督制度", text), titled("rare", "regime", "电梯制度", text), *common
    )

    assert _places(ask("监督 电梯")) == ["rare", "common"]


def test_words_side_by_side_come_before_words_apart_and_whole_words_before_bent_ones(
    engine: Callable[..., Ask],
) -> None:
    ask = engine(
        "en",
        clause("apart", "market for regulation"),
        clause("bent", "marketing regulations"),
        clause("beside", "the market regulation of"),
    )

    assert _places(ask("market regulation")) == ["beside", "bent", "apart"]
    assert _places(ask("marketing"))[0] == "bent"


def test_synonyms_are_found_below_what_holds_the_words_and_say_through_which_word(engine: Callable[..., Ask]) -> None:
    found = (
        titled("term", "term", "直销员"),
        titled("regime", "regime", "直销监督管理", keywords=("推销员",)),
        clause("literal", "salesperson（推销员）的资格证书应当按照规定办理，并在有效期内使用，不得转让"),
    )
    ask = engine("zh", *found, pairs=[["直销员", "direct salesperson", "salesperson"]])
    foreign, keyword = ask("salesperson"), ask("推销员")

    assert _places(foreign) == ["literal", "term"]
    assert [rows[0]["through"] for rows in foreign["items"]] == ["", "直销员"]
    assert foreign["handbook"]["through"] == [{"word": "直销员", "n": 1}]
    assert _places(keyword) == ["literal", "regime"]
    assert [rows[0]["through"] for rows in keyword["items"]] == ["", "推销员"]


def test_a_word_of_the_other_language_may_stand_beside_one_of_this(engine: Callable[..., Ask]) -> None:
    ask = engine("zh", clause("both", "广告发布者处罚款"), clause("fine", "处罚款"), pairs=[["罚款", "fine"]])

    assert _places(ask("广告 fine")) == ["both"]
    assert ask("广告 fine")["items"][0][0]["through"] == "罚款"


def test_nothing_is_found_for_what_is_not_there_and_near_words_are_offered(engine: Callable[..., Ask]) -> None:
    zh = engine("zh", titled("t", "term", "特种设备"), clause("a", "电梯的使用"), clause("b", "广告监测"))
    en = engine(
        "en",
        titled("t", "term", "metrological verification"),
        clause("a", "elevator safety"),
        clause("b", "advertising"),
    )

    assert _near(zh, "特种设配") == ["特种设备"]
    assert _near(zh, "电梯 监测") == ["电梯", "监测"]
    assert _near(zh, "电梯安检") == _near(zh, "量子电梯安检") == ["电梯"]
    assert _near(zh, "量子") == _near(zh, "elevator") == []
    assert _near(en, "elevatr saftey") == ["elevator safety"]
    assert "metrological verification" in _near(en, "metrologcal verificaton")
    assert _near(en, "zebra") == []
    assert zh("电梯")["handbook"]["near"] == []


def test_whatever_is_offered_near_finds_something(zh: Ask, en: Ask) -> None:
    for ask, queries in (
        (zh, ("特种设配安全", "检定规层", "量子 电梯", "虚假光告")),
        (en, ("verificaton", "licence product", "zebra elevator", "advertsing")),
    ):
        for query in queries:
            near = ask(query)["handbook"]["near"]
            assert [word for word in near if not ask(word)["items"]] == []
            assert near or ask(query)["items"]


def test_a_filter_narrows_and_the_counts_say_what_each_choice_would_give(engine: Callable[..., Ask]) -> None:
    ask = engine(
        "zh",
        titled("r", "regime", "检定监管", category="metrology"),
        Document("c", "", "clause", "quality", "", "检定"),
        Document("p", "", "penalty", "metrology", "", "未经检定"),
        titled("l", "law", "检定规程"),
    )
    everything, chosen = ask("检定"), ask("检定", kinds=["regime"], categories=["metrology"])

    assert set(_places(everything)) == {"r", "c", "p", "l"}
    assert {c["id"]: c["n"] for c in everything["handbook"]["kinds"]} == {"regime": 2, "penalty": 1, "law": 1}
    assert [(c["id"], c["name"], c["n"]) for c in everything["handbook"]["categories"]] == [
        ("metrology", "计量", 2),
        ("quality", "质量", 1),
    ]
    assert _places(chosen) == ["r"]
    assert chosen["handbook"]["total"] == 1
    assert {c["id"]: c["n"] for c in chosen["handbook"]["kinds"]} == {"regime": 1, "penalty": 1}
    assert {c["id"]: c["n"] for c in chosen["handbook"]["categories"]} == {"metrology": 1, "quality": 1}
    assert _places(ask("检定", kinds=[], categories=[])) == _places(everything)
    assert {c["id"]: c["n"] for c in ask("检定", kinds=["term"])["handbook"]["kinds"]}["term"] == 0


def test_every_kind_of_the_real_index_can_be_asked_for(zh: Ask, en: Ask) -> None:
    for ask, word in ((zh, "计量"), (en, "measuring")):
        kinds = {c["id"] for c in ask(word)["handbook"]["kinds"]}
        assert kinds >= {"regime", "penalty", "checklist", "law", "term"}
        for kind in kinds:
            rows = [row for item in ask(word, kinds=[kind])["items"] for row in item if row["score"] > 0]
            assert rows
            assert {row["kind"] for row in rows} == {kind}


def test_two_engines_do_not_disturb_one_another(engine: Callable[..., Ask]) -> None:
    one = engine("zh", clause("a", "检定规程"), simplified={"檢": "检"})
    other = engine("en", clause("b", "verification"))

    assert _places(one("檢定")) == ["a"]
    assert _places(other("verifications")) == ["b"]
    assert _places(one("檢定")) == ["a"]


@pytest.mark.parametrize(
    "query",
    ["", " ", "(", "[a-", "\\", ".*", "“”", '"', "<img src=x onerror=alert(1)>", "\ud83d\ude00", "一" * 500, "a" * 5000, "()" * 300, "constructor", "__proto__", "toString hasOwnProperty", "\ue0003\ue001", "十万亿", "1e9", "0" * 90 + "元"],
)  # fmt: skip
def test_no_query_breaks_the_engine_or_brings_markup(zh: Ask, en: Ask, query: str) -> None:
    for ask in (zh, en):
        answer = ask(query)
        for rows in answer["items"]:
            for row in rows:
                html = re.sub(r"</?mark(?: data-md-highlight)?>", "", row["title"] + row["text"])
                assert "<" not in html


def test_markup_in_a_text_stays_text(engine: Callable[..., Ask]) -> None:
    ask = engine("en", titled("a", "term", "<b>fine</b>", "<script>alert(1)</script> fine & more"))
    row = ask("fine")["items"][0][0]

    assert "<b>" not in row["title"]
    assert "<script>" not in row["text"]
    assert row["title"].count("<mark") == 1


def test_of_very_many_the_best_are_shown_and_all_are_counted(engine: Callable[..., Ask]) -> None:
    ask = engine("zh", *(clause(f"c{i}", f"监督检查 {i}") for i in range(3000)), titled("best", "regime", "监督"))
    answer = ask("监督")

    assert answer["handbook"]["total"] == 3001
    assert _places(answer)[0] == "best"
    assert 50 <= len(answer["items"]) <= 100
