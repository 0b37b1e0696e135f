"""The checklists of the real regimes: every clause accounted for, ids that last, parts in order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.lock import write_lock
from handbook.model import Book, NoChecks, Redirects
from handbook.source import read
from handbook.text.questions import unasked
from handbook.views.checklist import (
    PARTS,
    checklist,
    checklists,
    excused,
    is_content,
    is_procedure,
)
from handbook.views.moves import lost, moved
from tests.books import make_book

REGIMES = Path(__file__).parents[2] / "regimes"

NUMBERED = {
    1: 3,
    2: 2,
    3: 0,
    4: 13,
    5: 9,
    6: 6,
    7: 6,
    8: 14,
    9: 8,
    10: 13,
    11: 6,
    12: 0,
    13: 2,
    14: 2,
    15: 3,
    17: 5,
    18: 6,
}
"""How many numbered inspection items the issued text has in each regime, counted by hand; 16, 19 and 20 have none.

In regime 8 the four items that introduce others are not counted beside those.
"""


ATOMIC = 141
"""How many questions the numbered items hold at least, counted by hand."""


@pytest.fixture(scope="module")
def book() -> Book:
    found = read(REGIMES).book
    assert found is not None
    return found


def test_every_numbered_inspection_item_of_the_source_is_in_its_checklist(book: Book) -> None:
    found: Counter[int] = Counter()
    for regime in book.regimes:
        asked = {item.clause.id for item in checklist(book, regime).items}
        for clause in book.by_regime[regime.id]:
            numbered = clause.clause.marker is not None and not clause.clause.items
            if is_content(clause) and numbered and regime.number in NUMBERED:
                assert clause.id in asked, clause.key
                found[regime.number] += 1

    assert found == Counter({number: count for number, count in NUMBERED.items() if count})
    assert sum(found.values()) == 98


def test_the_numbered_items_are_split_into_their_questions(book: Book) -> None:
    questions = [
        item
        for regime in book.regimes
        if regime.number in NUMBERED
        for item in checklist(book, regime).items
        if is_content(item.clause) and item.clause.clause.marker and not item.clause.clause.items
    ]

    assert len(questions) >= ATOMIC


def test_every_clause_of_content_and_procedure_is_asked_or_excused_and_never_both(book: Book) -> None:
    for regime in book.regimes:
        asked = {item.clause.id for item in checklist(book, regime).items}
        free = {clause.id for clause, _ in excused(book, regime)}
        wanted = {c.id for c in book.by_regime[regime.id] if is_content(c) or is_procedure(c)}

        assert wanted <= asked | free
        assert not asked & free


def test_nothing_but_a_lead_or_a_repeated_title_is_excused(book: Book) -> None:
    for regime in book.regimes:
        for clause, reason in excused(book, regime):
            assert clause.clause.items or clause.clause.zh.replace("的", "") == regime.title.zh.replace("的", ""), (
                clause.key
            )
            assert len(reason.zh) > 8
            assert len(reason.en) > 20


def test_the_ids_of_all_items_are_unique_and_name_regime_and_clause(book: Book) -> None:
    items = [item for found in checklists(book) for item in found.items]

    assert len({item.id for item in items}) == len(items)
    for item in items:
        assert re.fullmatch(rf"{re.escape(item.clause.regime.id)}\.{re.escape(item.clause.id)}\.[1-9][0-9]*", item.id)
        assert item.id == f"{item.clause.regime.id}.{item.anchor}"


def test_a_checklist_counts_its_items_part_by_part(book: Book) -> None:
    for found in checklists(book):
        assert [item.number for item in found.items] == list(range(1, len(found.items) + 1))
        assert [part for part, _ in found.parts] == sorted({i.part for i in found.items}, key=PARTS.index)
        assert [item for _, items in found.parts for item in items] == list(found.items)


def test_casework_is_a_classification_and_has_no_content(book: Book) -> None:
    parts = {found.regime.number: {item.part for item in found.items} for found in checklists(book)}

    assert {number for number, found in parts.items() if "classification" in found} == {16, 20}
    assert all("content" not in parts[number] for number in (16, 20))


def test_every_head_count_that_binds_the_inspectors_is_asked(book: Book) -> None:
    binding = [c for c in book.clauses if any(s.binds == "inspectors" for s in c.clause.staffing)]

    assert len(binding) >= 5
    for clause in binding:
        assert isinstance(clause.clause.checks, tuple), clause.key


def test_the_version_of_a_checklist_changes_with_one_character(book: Book) -> None:
    found = checklist(book, book.regimes[0])
    first = found.items[0]
    other = replace(first, question=first.question.model_copy(update={"zh": first.question.zh.replace("？", "?")}))

    assert replace(found, items=(other, *found.items[1:])).version != found.version
    assert other.version != first.version


def test_a_clause_without_questions_is_an_item_in_its_own_words(tmp_path: Path) -> None:
    sections = "sections:\n  - number: 1\n    heading: {zh: 内容, en: Content}\n    aspects: [content]\n    clauses:\n"
    regime = make_book(tmp_path / "regimes") / "01-elevator-use.yml"
    head = regime.read_text(encoding="utf-8").partition("preamble:")[0]
    regime.write_text(head + sections + "      - {zh: 是否登记？, en: 'Is it registered?'}\n", encoding="utf-8")
    book = read(tmp_path / "regimes").book
    assert book is not None

    (item,) = checklist(book, book.regimes[0]).items

    assert (item.id, item.question.zh, item.own_words) == ("elevator-use.s1-p1.1", "是否登记？", True)


def test_where_an_item_has_gone_is_followed_to_the_end(book: Book) -> None:
    regime = book.regimes[0]
    old = [f"{regime.id}.s9-1.{n}" for n in range(1, 5)]
    redirects = Redirects(checklist_items={old[0]: old[1], old[1]: f"{regime.id}.s2-1.1", old[2]: None, old[3]: old[3]})

    found = moved(replace(book, redirects=redirects), regime)

    assert found[old[0]] == found[old[1]] == f"{regime.id}.s2-1.1"
    assert found[old[2]] is None
    assert len(found) == 4


def test_the_lock_holds_every_item_of_today(book: Book) -> None:
    questions = {item.id: item.question.zh for found in checklists(book) for item in found.items}

    assert len(questions) > 100
    assert questions.items() <= book.published.checklist_items.items()
    assert lost(book) == ()


def test_the_lock_that_is_written_is_the_lock_that_is_read(tmp_path: Path) -> None:
    book = read(make_book(tmp_path / "regimes")).book
    assert book is not None

    write_lock(book)
    again = read(tmp_path / "regimes").book

    assert again is not None
    assert dict(again.published.checklist_items) == {"elevator-use.s0-p1.1": "是否使用登记？"}
    assert not list((tmp_path / "regimes").glob("*.new"))


def test_no_excuse_hides_a_requirement(book: Book) -> None:
    """An excused lead says nothing to ask for: it is short, or its items say it again."""
    for clause in book.clauses:
        if isinstance(clause.clause.checks, NoChecks):
            assert len(clause.clause.zh) <= 45, clause.key


def test_a_lost_question_is_noticed(book: Book) -> None:
    """Without any one of its questions a clause has a stretch nobody asks for; where it has not, another says the same words."""
    lost, unnoticed = 0, []
    for clause in book.clauses:
        checks = clause.clause.checks
        if isinstance(checks, tuple) and len(checks) > 1 and (is_content(clause) or is_procedure(clause)):
            for dropped in checks:
                rest = [check.zh for check in checks if check is not dropped]
                lost += 1
                if not unasked(clause.clause.zh, rest, book.vocabulary.phrases.unasked):
                    unnoticed.append(dropped.zh)

    assert lost > 200
    assert len(unnoticed) <= lost * 0.02, unnoticed
