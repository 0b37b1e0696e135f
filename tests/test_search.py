"""What a search can find: every clause once, in one language, small."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from handbook.edition import Edition, editions
from handbook.model import Book
from handbook.search import Document, documents, index, unpacked
from handbook.source import read
from handbook.views.checklist import checklist
from handbook.views.penalties import penalty_rows
from handbook.views.time_limits import limit_rows

ROOT = Path(__file__).parents[1]
HAN = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def book() -> Book:
    book = read(ROOT / "regimes").book
    assert book is not None
    return book


@pytest.fixture(scope="module", params=[0, 1], ids=["zh", "en"])
def edition(request: pytest.FixtureRequest, book: Book) -> Edition:
    return editions(book)[request.param]


@pytest.fixture(scope="module")
def found(book: Book, edition: Edition) -> tuple[Document, ...]:
    return documents(book, edition)


def test_every_document_has_an_address_of_its_own(found: tuple[Document, ...]) -> None:
    assert len({d.id for d in found}) == len(found)


def test_the_documents_of_a_page_stand_together_and_the_page_first(found: tuple[Document, ...]) -> None:
    seen: list[str] = []
    for document in found:
        if not document.anchor:
            assert document.page not in seen
            seen.append(document.page)
        assert seen[-1] == document.page


def test_every_clause_is_there_once_in_the_words_of_the_edition(
    book: Book, edition: Edition, found: tuple[Document, ...]
) -> None:
    texts = [(d.page, d.anchor, d.text) for d in found if d.kind == "clause"]

    assert texts == [(f"regimes/{f.regime.id}/", f.id, getattr(f.clause, edition.language)) for f in book.clauses]


def test_everything_else_a_reader_looks_for_is_there(book: Book, found: tuple[Document, ...]) -> None:
    def count(kind: str) -> int:
        return sum(d.kind == kind for d in found)

    assert count("regime") == count("checklist") == len(book.regimes)
    assert count("heading") == sum(len(r.sections) for r in book.regimes)
    assert count("penalty") == len(penalty_rows(book))
    assert count("limit") == len(limit_rows(book))
    assert count("item") == sum(len(checklist(book, r).items) for r in book.regimes)
    assert count("law") == len(book.laws.laws)
    assert count("term") == len(book.glossary.terms)


def test_the_english_index_holds_no_chinese_text_but_that_of_notes(book: Book) -> None:
    english = documents(book, editions(book)[1])

    assert [d.id for d in english if HAN.search(d.title)] == []
    assert [d.id for d in english if d.kind not in ("term", "law") and HAN.search(d.text)] == []


def test_the_index_is_whole_after_packing(book: Book, edition: Edition, found: tuple[Document, ...]) -> None:
    packed = index(book, edition, found)

    assert unpacked(packed) == found
    for text in (found[0].title, max((d.text for d in found), key=len)):
        assert packed.count(json.dumps(text, ensure_ascii=False)) == 1


def test_the_engine_runs_in_browsers_of_2020() -> None:
    worker = (ROOT / "plugins/handbook/theme/assets/handbook/search-worker.js").read_text(encoding="utf-8")
    newer = r"\.replaceAll\(|\.at\(|hasOwn\(|[?|&]{2}=|\bstatic\b|^ +#?\w+ = [^;]*;\n\n +/\*\* @param|\.findLast|structuredClone|\(\?<[=!]"

    assert re.findall(newer, worker, re.M) == []
