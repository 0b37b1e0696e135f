"""Titles in 《》, references of notes, and words where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text.citations import occurrences, references, titles

WORDS = st.lists(st.text(alphabet="电梯监管局", max_size=4), max_size=6)


def test_titles_are_found_with_their_marks_and_named_without() -> None:
    text = "依照《电梯安全条例》和《特种设备安全法》处理"

    found = titles(text)

    assert [span.name for span in found] == ["电梯安全条例", "特种设备安全法"]
    assert [text[span.start : span.end] for span in found] == ["《电梯安全条例》", "《特种设备安全法》"]


@pytest.mark.parametrize("text", ["", "《", "》", "《》", "》《", "《电梯", "电梯》", "〈电梯〉"])
def test_marks_without_a_title_name_nothing(text: str) -> None:
    assert titles(text) == ()


def test_of_a_title_within_a_title_the_inner_one_is_named() -> None:
    assert [span.name for span in titles("《关于《电梯安全条例》的通知》")] == ["电梯安全条例"]


@given(st.text(alphabet="《》电梯", max_size=40))
def test_titles_never_overlap_and_lie_in_the_text(text: str) -> None:
    end = 0
    for span in titles(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == f"《{span.name}》"
        end = span.end


def test_references_name_a_clause_and_perhaps_a_regime() -> None:
    found = references("See [#s5-p1-2], [#16/s1-2] and [#s3].")

    assert [(ref.regime, ref.id) for ref in found] == [(None, "s5-p1-2"), (16, "s1-2"), (None, "s3")]


@pytest.mark.parametrize(
    "text", ["[s5]", "[#5]", "[#s]", "[#s5-]", "[#x/s5]", "[#s5 ]", "#s5", "[#s5-q1]", f"[#{'9' * 5000}/s1]"]
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert references(text) == ()


@given(st.text(alphabet="[]#s0123456789-p/", max_size=60))
def test_references_lie_in_the_text(text: str) -> None:
    for ref in references(text):
        assert text[ref.start : ref.end].startswith("[#")
        assert text[ref.start : ref.end].endswith(f"{ref.id}]")


def test_the_longest_word_is_found_and_none_inside_it() -> None:
    found = occurrences("市市场监督管理局和市场监督管理局", ["市场监督管理局", "市市场监督管理局", "监督"])

    assert [(span.start, span.name) for span in found] == [(0, "市市场监督管理局"), (9, "市场监督管理局")]


def test_a_word_is_found_every_time() -> None:
    assert [span.start for span in occurrences("电梯、电梯、电梯", ["电梯"])] == [0, 3, 6]


@given(st.text(alphabet="电梯监管局、", max_size=40), WORDS)
def test_occurrences_are_in_order_without_overlap_and_say_what_stands_there(text: str, words: list[str]) -> None:
    end = 0
    for span in occurrences(text, words):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.name
        assert span.name in words
        end = span.end


@given(st.text(alphabet="电梯监管局、", max_size=40), WORDS)
def test_no_occurrence_is_overlooked(text: str, words: list[str]) -> None:
    rest = text
    for span in occurrences(text, words):
        rest = rest[: span.start] + "\0" * (span.end - span.start) + rest[span.end :]

    assert not any(word and word in rest for word in words)
