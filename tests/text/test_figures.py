"""Figures: the same in Chinese and in English when they mean the same, and told apart when they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text.figures import Kind, chinese_figures, english_figures
from handbook.text.numerals import chinese

MIXED = st.text(
    alphabet="0123456789０一二三十百千万亿两,，.．%％第条号令百分之元日天年月个工作日名人次或者以上“”、。abRMB Articles to and-",
    max_size=80,
)


def _zh(text: str) -> list[tuple[Kind, int]]:
    return [figure.meaning for figure in chinese_figures(text)]


def _en(text: str) -> list[tuple[Kind, int]]:
    return [figure.meaning for figure in english_figures(text)]


@given(st.integers(min_value=1, max_value=99_999_999))
def test_an_amount_is_the_same_in_chinese_in_arabic_and_in_english(value: int) -> None:
    expected = [(Kind.YUAN, value)]

    assert _zh(f"处{chinese(value)}元以下罚款") == expected
    assert _zh(f"处{value}元以下罚款") == expected
    assert _en(f"a fine of not more than RMB {value:,}") == expected
    assert _en(f"a fine of {value} yuan") == expected


@given(st.integers(min_value=1, max_value=9_999))
def test_days_and_working_days_are_told_apart_in_both_languages(value: int) -> None:
    assert _zh(f"{chinese(value)}日内") == _en(f"within {value:,} days") == [(Kind.DAY, value)]
    assert _zh(f"{chinese(value)}个工作日内") == _en(f"within {value:,} working days") == [(Kind.WORKING_DAY, value)]
    assert _zh(f"{value}日内") != _en(f"within {value} working days")


@given(st.integers(min_value=1, max_value=999))
def test_months_years_percentages_and_articles_are_the_same_in_both_languages(value: int) -> None:
    assert _zh(f"{chinese(value)}个月") == _en(f"{value} months") == [(Kind.MONTH, value)]
    assert _zh(f"{chinese(value)}年") == _en(f"{value} years") == [(Kind.YEAR, value)]
    assert _zh(f"百分之{chinese(value)}") == _zh(f"{value}%") == _en(f"{value} percent") == [(Kind.PERCENT, value)]
    assert _zh(f"第{chinese(value)}条") == _en(f"Article {value}") == [(Kind.ARTICLE, value)]
    assert _zh(f"第{value}号") == _zh(f"{value}号令") == _en(f"Order No. {value}") == [(Kind.ORDER, value)]


@given(MIXED)
def test_reading_figures_never_fails_and_places_lie_in_the_text(text: str) -> None:
    for figure in (*chinese_figures(text), *english_figures(text)):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.value >= 0
        assert text[figure.start : figure.end] == figure.text or "\0" in figure.text


@given(st.text())
def test_reading_figures_of_any_text_never_fails(text: str) -> None:
    chinese_figures(text)
    english_figures(text)


@pytest.mark.parametrize("text", ["2015.3.1日", "第1.2.3条", "1.2.3个", "9" * 5000 + "元"])
def test_a_run_of_digits_that_is_no_number_states_no_figure(text: str) -> None:
    assert _zh(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "统一",
        "同一单位",
        "唯一",
        "进一步加强",
        "第三方机构",
        "第一时间",
        "一般程序",
        "一致",
        "一律",
        "一经发现",
        "情形之一",
        "任何一方",
        "逐一核对",
        "一段时间",
        "万一",
        "下一步",
        "其一",
        "监督检查",
        "一起，",
        "万一发生",
    ],
)
def test_idioms_with_a_numeral_state_no_figure(text: str) -> None:
    assert _zh(text) == []


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("三万一千元", (Kind.YUAN, 31_000)),
        ("百分之一", (Kind.PERCENT, 1)),
        ("查处十一起，", (Kind.COUNT, 11)),
        ("每一万元", (Kind.YUAN, 10_000)),
    ],
)
def test_an_idiom_inside_a_longer_numeral_is_part_of_the_figure(text: str, meaning: tuple[Kind, int]) -> None:
    assert _zh(text) == [meaning]


def test_two_or_more_than_two_is_one_figure() -> None:
    assert _zh("两个或者两个以上") == [(Kind.COUNT, 2)]
    assert _en("two or more") == [(Kind.COUNT, 2)]


def test_each_leading_numeral_of_a_slogan_is_a_count() -> None:
    assert _zh("落实“三落实、两有证、一检验”") == [(Kind.COUNT, 3), (Kind.COUNT, 2), (Kind.COUNT, 1)]


def test_a_quotation_is_a_slogan_of_one_part_only_where_it_is_short() -> None:
    assert _zh("“三落实”") == [(Kind.COUNT, 3)]
    assert _zh("“一张网上办理”") == []


def test_a_range_of_articles_states_its_ends_only() -> None:
    assert _en("Articles 45 to 55") == [(Kind.ARTICLE, 45), (Kind.ARTICLE, 55)]
    assert _zh("第四十五条至第五十五条") == [(Kind.ARTICLE, 45), (Kind.ARTICLE, 55)]
    assert _zh("第四十五条至五十五条") == [(Kind.ARTICLE, 45), (Kind.ARTICLE, 55)]


def test_a_list_of_articles_states_each() -> None:
    assert _en("Articles 5, 7 and 9") == [(Kind.ARTICLE, 5), (Kind.ARTICLE, 7), (Kind.ARTICLE, 9)]
    assert _en("Art. 5") == [(Kind.ARTICLE, 5)]


def test_mixed_amounts_are_read() -> None:
    assert _zh("处1万元以上3万元以下罚款") == [(Kind.YUAN, 10_000), (Kind.YUAN, 30_000)]
    assert _en("a fine of not less than RMB 10,000 and not more than RMB 30,000") == [
        (Kind.YUAN, 10_000),
        (Kind.YUAN, 30_000),
    ]


def test_number_words_are_counts() -> None:
    assert _en("Twice a year, both of twenty persons") == [
        (Kind.COUNT, 2),
        (Kind.COUNT, 2),
        (Kind.COUNT, 20),
    ]


def test_number_words_inside_other_words_are_none() -> None:
    assert _en("someone often weighs a tenant's money alone") == []


def test_a_figure_knows_where_it_stands() -> None:
    text = "逾期不改的，处一千元以下罚款"

    figure = chinese_figures(text)[0]

    assert text[figure.start : figure.end] == figure.text == "一千元"


def test_figures_come_in_the_order_of_the_text() -> None:
    found = chinese_figures("第三条规定，十日内处一千元罚款，“三落实、两有证”，两次")

    assert [f.start for f in found] == sorted(f.start for f in found)
    assert len(found) == 6


def test_a_comma_between_words_ends_a_numeral_and_one_between_digits_does_not() -> None:
    assert _zh("罚款三万，五日内缴纳4,000元，一，二，三人") == [(Kind.DAY, 5), (Kind.YUAN, 4000), (Kind.COUNT, 3)]


def test_an_english_amount_ends_before_the_comma_of_the_sentence() -> None:
    assert [f.text for f in english_figures("RMB 10,000, and RMB 4,000.")] == ["RMB 10,000", "RMB 4,000"]
