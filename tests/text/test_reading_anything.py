"""The reader never raises, whatever bytes it meets, and never drops a regime without saying why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.run import run
from handbook.nodes import compose
from handbook.problem import Problem
from handbook.source import read
from tests.books import REGIME, REGIME_FILE, make_book, write

YAML = st.text(alphabet="ab:-?[]{}&*!|>'\"%@`#,~ \n\t0123.<=\\u电。\x00\u200b", max_size=200)
HERE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A good book whose regime a test overwrites."""
    return make_book(tmp_path)


def _checked(folder: Path) -> None:
    reading = read(folder, Path("regimes"))
    assert reading.complete or reading.problems, "a regime was left out without a word"
    for problem in reading.problems:
        assert problem.place.line >= 1
        assert problem.message.zh
        assert problem.message.en
    run(reading)


@given(YAML)
@settings(max_examples=200, deadline=None)
def test_composing_any_text_gives_a_value_or_a_problem(text: str) -> None:
    problems: list[Problem] = []

    document = compose(text, Path("x.yml"), problems)

    lines = text.count("\n") + 1
    assert all(1 <= p.place.line <= lines for p in problems)
    assert all(1 <= place.line <= lines for place in document.places.values())


def test_a_lone_surrogate_in_a_text_is_a_problem_at_its_place() -> None:
    problems: list[Problem] = []

    compose("a:\n  b: x\ud800", Path("x.yml"), problems)

    assert [(p.place.line, p.place.column) for p in problems] == [(2, 7)]
    problems[0].line().encode("utf-8")


@given(raw=st.binary(max_size=300))
@HERE
def test_a_file_of_any_bytes_is_read_or_refused(book: Path, raw: bytes) -> None:
    (book / REGIME_FILE).write_bytes(raw)

    _checked(book)


@given(text=YAML)
@HERE
def test_any_text_after_a_good_regime_is_read_or_refused(book: Path, text: str) -> None:
    write(book / REGIME_FILE, REGIME + text)

    _checked(book)


@given(at=st.integers(0, len(REGIME)), gone=st.integers(0, 20), text=YAML.map(lambda t: t[:8]))
@HERE
def test_a_regime_with_a_piece_replaced_is_read_or_refused(book: Path, at: int, gone: int, text: str) -> None:
    write(book / REGIME_FILE, REGIME[:at] + text + REGIME[at + gone :])

    _checked(book)


@given(
    order=st.lists(st.integers(0, REGIME.count("\n") - 1), max_size=15),
    indents=st.lists(st.integers(-2, 2), min_size=15, max_size=15),
)
@HERE
def test_a_regime_with_lines_moved_and_indented_is_read_or_refused(
    book: Path, order: list[int], indents: list[int]
) -> None:
    lines = REGIME.splitlines()
    moved = [
        " " * max(0, indent) + lines[number][max(0, -indent) :] for number, indent in zip(order, indents, strict=False)
    ]
    write(book / REGIME_FILE, "\n".join(moved))

    _checked(book)


@given(
    key=st.sampled_from(
        ["id", "number", "category", "title", "verified", "sections", "keywords", "errata", "preamble"]
    ),
    value=st.recursive(
        st.sampled_from(["null", "1", "x", "''", "true", "1.5", "-1", "电", "2026-01-01"]),
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda v: f"[{', '.join(v)}]")
            | st.dictionaries(st.sampled_from(["zh", "en", "id", "note", "number", "clauses"]), inner, max_size=3).map(
                lambda v: "{" + ", ".join(f"{k}: {w}" for k, w in v.items()) + "}"
            )
        ),
        max_leaves=6,
    ),
)
@HERE
def test_any_value_under_a_key_is_read_or_refused(book: Path, key: str, value: str) -> None:
    lines = [line for line in REGIME.splitlines(keepends=True) if not line.startswith(f"{key}:")]
    write(book / REGIME_FILE, "".join(lines) + f"{key}: {value}\n")

    _checked(book)
