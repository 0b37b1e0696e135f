"""Numerals: what is written is what is read, in Chinese, in Arabic and mixed."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handbook.text import numerals
from handbook.text.numerals import NUMERAL, chinese, marker_number, number

LIMIT = 100_000_000


@given(st.integers(min_value=0, max_value=LIMIT - 1))
@example(0)
@example(10)
@example(19)
@example(100_010)
@example(1_000_000)
@example(10_001_000)
@example(LIMIT - 1)
def test_a_number_written_in_chinese_is_read_as_itself(value: int) -> None:
    assert number(chinese(value)) == value


@given(st.integers(min_value=0, max_value=LIMIT - 1))
def test_a_chinese_number_is_one_numeral_without_doubled_zeros(value: int) -> None:
    text = chinese(value)

    assert re.fullmatch(NUMERAL, text)
    assert "零零" not in text
    assert not text.endswith("零") or value == 0
    assert not text.startswith("一十")


@given(st.integers(min_value=0, max_value=10**18))
def test_arabic_numerals_are_read_with_and_without_separators_and_full_width(value: int) -> None:
    full_width = str(value).translate({ord("0") + i: chr(ord("０") + i) for i in range(10)})

    assert number(str(value)) == number(f"{value:,}") == number(full_width) == value


@given(st.text(alphabet="0123456789０９零〇一二两三十百千万亿壹拾佰仟,，.． ", max_size=60))
def test_reading_a_numeral_never_fails(text: str) -> None:
    found = number(text)

    assert found is None or found >= 0


@given(st.text())
def test_reading_any_text_as_a_number_never_fails(text: str) -> None:
    number(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (1_000, "一千"),
        (1_005, "一千零五"),
        (1_050, "一千零五十"),
        (1_500, "一千五百"),
        (10_000, "一万"),
        (10_500, "一万零五百"),
        (15_000, "一万五千"),
        (30_000, "三万"),
        (100_000, "十万"),
        (120_000, "十二万"),
        (1_000_000, "一百万"),
        (20_300_004, "二千零三十万零四"),
    ],
)
def test_numbers_are_written_as_laws_write_them(value: int, text: str) -> None:
    assert chinese(value) == text
    assert number(text) == value


@pytest.mark.parametrize("value", [-1, LIMIT, 10**20])
def test_a_number_out_of_range_is_refused_by_name(value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        chinese(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3万", 30_000),
        ("1.5万", 15_000),
        ("0.5万", 5_000),
        ("２０", 20),
        ("4,000", 4_000),
        ("4，000", 4_000),
        ("100万", 1_000_000),
        ("1亿", 100_000_000),
        ("一亿", 100_000_000),
        ("一亿二千万", 120_000_000),
        ("三千万", 30_000_000),
        ("二〇一五", 2015),
        ("一九九八", 1998),
        ("两千", 2_000),
        ("两", 2),
        ("百", 100),
        ("万", 10_000),
        ("千万", 10_000_000),
        ("壹万伍仟", 15_000),
        ("贰拾", 20),
        ("十五", 15),
        ("一十五", 15),
        ("3千", 3_000),
        ("1.", 1),
    ],
)
def test_mixed_and_formal_numerals_are_read(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", ".", "..", "1.2.3", ".5", "1.5", "1.23456万", "a", "1a", "一a", "－1", "½", "二月", "9" * 5000, "²"]
)
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert number(text) is None


@given(st.integers(min_value=1, max_value=99))
def test_every_form_of_a_paragraph_mark_carries_its_number(value: int) -> None:
    marks = [f"（{chinese(value)}）", f"{value}、", f"{value}.", f"{value}．", f"（{value}）", f"({value})"]

    assert [marker_number(mark) for mark in marks] == [value] * len(marks)


def test_circled_paragraph_marks_carry_one_to_twenty() -> None:
    assert [marker_number(chr(ord("①") + i)) for i in range(20)] == list(range(1, 21))


@pytest.mark.parametrize("mark", ["", "（）", "甲、", "a)", "（iv）", "、"])
def test_what_is_no_paragraph_mark_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="not a paragraph number"):
        marker_number(mark)


def test_the_examples_in_the_documentation_are_true() -> None:
    results = doctest.testmod(numerals)

    assert results.attempted > 0
    assert results.failed == 0
