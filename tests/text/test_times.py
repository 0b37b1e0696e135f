"""Times, head-counts and thresholds: what a Chinese text counts, and what only looks like it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text.numerals import chinese
from handbook.text.times import people, thresholds, times

IMMEDIATELY = ["立即", "第一时间"]
AT_LEAST = ["至少", "不少于", "不得少于", "以上"]

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
UNRELATED = st.text(alphabet="应当监督检查部门依法对企业进行并报告，。", max_size=12)
"""Han text that counts nothing, bounds nothing and holds no numeral."""
DENSE = st.text(
    alphabet="0123456789０５一二三十百万两〇第每个工作日年度月天立即至少不于得以上及或者（含）()名人位次级小时元，。、\0a ",
    max_size=60,
)
STATEMENTS = [
    "自收到之日起五个工作日内",
    "每年至少自查2次",
    "年度自查",
    "立即停止",
    "于2015年3月1日前",
    "不得少于2人",
    "三次以上",
    "两个或者两个以上市",
    "30万元（含30万元）以上",
]


def _times(text: str) -> list[tuple[int | None, str | None]]:
    return [(t.value, t.unit) for t in times(text, IMMEDIATELY, AT_LEAST)]


def _bounds(text: str) -> list[tuple[int | None, str | None, bool]]:
    return [(t.value, t.unit, t.at_least) for t in times(text, IMMEDIATELY, AT_LEAST)]


def _people(text: str) -> list[tuple[int, bool]]:
    return [(c.value, c.at_least) for c in people(text, AT_LEAST)]


def _thresholds(text: str) -> list[tuple[int, str, bool | None]]:
    return [(c.value, c.unit, c.inclusive) for c in thresholds(text)]


# Times


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("个工作日", "working_day"),
        ("工作日", "working_day"),
        ("日", "day"),
        ("天", "day"),
        ("个自然日", "day"),
        ("个日历日", "day"),
        ("个月", "month"),
        ("年", "year"),
    ],
)
@given(value=st.integers(min_value=1, max_value=200))
def test_a_time_is_the_same_in_chinese_in_arabic_and_in_full_width_numerals(words: str, unit: str, value: int) -> None:
    expected = [(value, unit)]

    assert _times(f"自收到之日起{chinese(value)}{words}内") == expected
    assert _times(f"自收到之日起{value}{words}内") == expected
    assert _times(f"自收到之日起{str(value).translate(FULL_WIDTH)}{words}内") == expected


@given(value=st.integers(min_value=1, max_value=9_999))
def test_a_day_never_becomes_a_working_day_nor_a_working_day_a_day(value: int) -> None:
    days = _times(f"{value}日内") + _times(f"{chinese(value)}日内") + _times(f"{value}天内")
    working_days = _times(f"{value}个工作日内") + _times(f"{chinese(value)}工作日内")

    assert {unit for _, unit in days} == {"day"}
    assert {unit for _, unit in working_days} == {"working_day"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每年自查", (1, "per_year", False)),
        ("每年至少自查一次", (1, "per_year", True)),
        ("每年至少2次", (2, "per_year", True)),
        ("每年２次", (2, "per_year", False)),
        ("每年一百次", (100, "per_year", False)),
        ("每年度不少于两次", (2, "per_year", True)),
        ("每年对企业进行不少于两次的检查", (2, "per_year", True)),
        ("每年三次以上", (3, "per_year", True)),
        ("至少每年检查一次", (1, "per_year", True)),
        ("每一年检查两次", (2, "per_year", False)),
        ("每年，对机构检查两次", (1, "per_year", False)),
        ("每年县级以上部门检查一次", (1, "per_year", False)),
        ("每天登陆平台", (1, "per_day", False)),
        ("每日巡查两次", (2, "per_day", False)),
        ("每日公布三次以上", (3, "per_day", True)),
        ("每月检查", (1, "per_month", False)),
        ("每个月至少抽查3次", (3, "per_month", True)),
        ("每月5日前报送", (1, "per_month", False)),
        ("每年3月15日前报送", (1, "per_year", False)),
    ],
)
def test_what_is_counted_per_day_month_or_year_is_a_frequency(text: str, expected: tuple[int, str, bool]) -> None:
    found = _bounds(text)

    assert found == [expected]


def test_a_number_of_times_belongs_to_the_nearest_per() -> None:
    found = _times("每年每月检查两次")

    assert found == [(1, "per_year"), (2, "per_month")]


@pytest.mark.parametrize("text", ["年度自查", "开展年度自查、日常巡查", "年度监督检查"])
def test_what_is_done_annually_is_done_once_per_year(text: str) -> None:
    found = times(text, IMMEDIATELY, AT_LEAST)

    assert [(t.value, t.unit, t.text) for t in found] == [(1, "per_year", "年度")]


@pytest.mark.parametrize(
    "text",
    [
        "年度报告",
        "年度计划",
        "年度总结",
        "年度考核结果",
        "本年度检查情况",
        "上年度检查情况",
        "全年度检查情况",
        "跨年度检查",
        "半年度自查",
        "下一年内",
        "上一年度自查",
        "2015年度自查",
        "２０１５年度自查",
        "二〇一五年度自查",
        "年度",
    ],
)
def test_a_year_that_only_names_something_is_no_frequency(text: str) -> None:
    assert _times(text) == []


@pytest.mark.parametrize("word", IMMEDIATELY)
def test_an_order_to_act_at_once_is_a_time_without_a_number(word: str) -> None:
    found = times(f"应当{word}停止使用", IMMEDIATELY, AT_LEAST)

    assert [(t.value, t.unit, t.at_least, t.text) for t in found] == [(None, None, False, word)]


def test_immediately_is_what_the_vocabulary_says() -> None:
    assert times("应当立即停止", ()) == ()
    assert [t.text for t in times("应当马上停止", ["马上"])] == ["马上"]


@pytest.mark.parametrize(
    "text",
    [
        "2015年3月1日",
        "2015年3月",
        "2015年",
        "15年3月1日",
        "二〇一五年",
        "二〇一五年三月一日",
        "二〇一五年十二月三十一日",
        "3月15日",
        "三月十五日",
        "十二月三十一日",
        "３月１５日",
        "２０１５年３月１日",
        "2015年 3月 1日",
        "3月15日至20日",
        "自2015年3月1日起施行",
        "2014年以来",
        "次月5日前",
    ],
)
def test_a_calendar_date_is_no_time(text: str) -> None:
    assert _times(text) == []


@given(
    year=st.integers(min_value=1949, max_value=2100),
    month=st.integers(min_value=1, max_value=12),
    day=st.integers(min_value=1, max_value=31),
)
def test_no_calendar_date_is_a_time_in_any_numerals(year: int, month: int, day: int) -> None:
    arabic = f"{year}年{month}月{day}日"
    spelled = "".join("〇一二三四五六七八九"[int(d)] for d in str(year))

    assert _times(f"于{arabic}前") == []
    assert _times(f"于{arabic.translate(FULL_WIDTH)}前") == []
    assert _times(f"于{spelled}年{chinese(month)}月{chinese(day)}日前") == []


def test_a_time_beside_a_date_is_still_a_time() -> None:
    assert _times("自2015年3月1日起三日内") == [(3, "day")]
    assert _times("3月15日前，5个工作日内") == [(5, "working_day")]
    assert _times("2个月5日内") == [(2, "month"), (5, "day")]


@pytest.mark.parametrize(
    ("text", "at_least"),
    [
        ("至少3日", True),
        ("不少于3个工作日", True),
        ("不得少于五年", True),
        ("至少有三个月", True),
        ("3日以上", True),
        ("3日及以上", True),
        ("3日（含3日）以上", True),
        ("三日或者三日以上", True),
        ("十五个工作日或者十五个工作日以上", True),
        ("3日内", False),
        ("不超过三年", False),
        ("3日以下", False),
        ("科级以上3日内", False),
        ("至少一次，3日内", False),
    ],
)
def test_at_least_stands_directly_beside_its_time(text: str, at_least: bool) -> None:
    found = times(text, IMMEDIATELY, AT_LEAST)

    assert [t.at_least for t in found] == [at_least]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("许可证届满后两年内", [(2, "year")]),
        ("此前三年内", [(3, "year")]),
        ("检查之日前一年内", [(1, "year")]),
        ("处一年以上三年以下", [(1, "year"), (3, "year")]),
        ("三年以下一年以上", [(3, "year"), (1, "year")]),
        ("一年内", [(1, "year")]),
    ],
)
def test_years_after_a_word_of_place_are_a_time_unless_they_name_the_last_or_the_next(
    text: str, expected: list[tuple[int, str]]
) -> None:
    found = _times(text)

    assert found == expected


# People


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("两名以上工作人员", (2, True)),
        ("检查人员不得少于2人", (2, True)),
        ("至少有2名", (2, True)),
        ("至少配备2名", (2, True)),
        ("2人及以上", (2, True)),
        ("2人（含2人）以上", (2, True)),
        ("三名或者三名以上", (3, True)),
        ("一名专职人员", (1, False)),
        ("３名检查员", (3, False)),
        ("十位专家", (10, False)),
        ("三人以下", (3, False)),
        ("科级以上一名", (1, False)),
        ("两人民警", (2, False)),
    ],
)
def test_a_head_count_is_a_number_of_people_with_its_at_least(text: str, expected: tuple[int, bool]) -> None:
    found = _people(text)

    assert found == [expected]


@pytest.mark.parametrize(
    "text",
    ["3家企业", "两个企业", "三次", "二级", "5日", "3人次", "15人民币", "3名称", "3名单", "本人", "第三人民医院"],
)
def test_what_counts_no_people_is_no_head_count(text: str) -> None:
    assert _people(text) == []


@given(value=st.integers(min_value=1, max_value=999))
def test_people_are_no_threshold_and_counts_are_no_people(value: int) -> None:
    persons, times_ = f"{chinese(value)}名以上", f"{chinese(value)}次以上"

    assert (_people(persons), _thresholds(persons)) == ([(value, True)], [])
    assert (_people(times_), _thresholds(times_)) == ([], [(value, "次", None)])


def test_each_head_count_of_a_list_is_found() -> None:
    assert _people("至少2名监督员、1名检查员") == [(2, True), (1, False)]


# Thresholds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三次以上", (3, "次", None)),
        ("３次以上", (3, "次", None)),
        ("3次及以上", (3, "次", None)),
        ("两个以上", (2, "个", None)),
        ("24小时以上", (24, "小时", None)),
        ("跨两个或者两个以上市", (2, "个", True)),
        ("两次或两次以上", (2, "次", True)),
        ("２个或者２个以上", (2, "个", True)),
        ("2个或者两个以上", (2, "个", True)),
        ("两台或者两台以上", (2, "台", True)),
        ("3次（含3次）以上", (3, "次", True)),
        ("3次（含）以上", (3, "次", True)),
        ("两次以上（含两次）", (2, "次", True)),
        ("两次以上（不含两次）", (2, "次", False)),
        ("30万元以上", (300_000, "元", None)),
        ("30万元（含30万元）以上", (300_000, "元", True)),
        ("30万元(含30万元)以上", (300_000, "元", True)),
        ("30万元以上（含30万元）", (300_000, "元", True)),
        ("30万元以上（不含本数）", (300_000, "元", False)),
        ("三十万元以上", (300_000, "元", None)),
    ],
)
def test_a_threshold_is_one_number_with_its_unit_and_whether_it_is_included(
    text: str, expected: tuple[int, str, bool | None]
) -> None:
    found = _thresholds(text)

    assert found == [expected]


def test_another_number_after_or_includes_nothing() -> None:
    assert _thresholds("两个或者三个以上") == [(3, "个", None)]
    assert _thresholds("两个或者两次以上") == [(2, "次", None)]


@pytest.mark.parametrize(
    "text",
    ["三级以上", "2人以上", "两名以上", "3日以上", "三次", "两次以下", "1万元以上3万元以下", "县级以上", "3万元以下"],
)
def test_what_is_no_number_to_count_from_is_no_threshold(text: str) -> None:
    assert _thresholds(text) == []


# All three


@pytest.mark.parametrize("statement", STATEMENTS)
@given(before=UNRELATED, after=UNRELATED)
def test_unrelated_words_around_a_statement_change_nothing(statement: str, before: str, after: str) -> None:
    text = f"{before}，{statement}，{after}"

    assert _bounds(text) == _bounds(statement + "，")
    assert _people(text) == _people(statement)
    assert _thresholds(text) == _thresholds(statement)


@given(st.lists(st.sampled_from(STATEMENTS), max_size=6))
def test_statements_in_a_row_state_what_each_states(statements: list[str]) -> None:
    text = "，".join(statements)

    assert _bounds(text) == [t for s in statements for t in _bounds(s)]
    assert _people(text) == [p for s in statements for p in _people(s)]
    assert _thresholds(text) == [c for s in statements for c in _thresholds(s)]


@given(st.one_of(DENSE, st.text()))
def test_any_text_is_read_in_order_with_places_inside_it(text: str) -> None:
    for found in (times(text, IMMEDIATELY, AT_LEAST), people(text, AT_LEAST), thresholds(text)):
        assert [f.start for f in found] == sorted(f.start for f in found)
        for one in found:
            assert 0 <= one.start < one.end <= len(text)
            assert one.text == text[one.start : one.end] or "\0" in one.text


@given(DENSE)
def test_a_threshold_never_overlaps_another(text: str) -> None:
    found = [c for c in thresholds(text) if c.unit != "元"]

    assert all(a.end <= b.start for a, b in pairwise(found))


@given(DENSE)
def test_without_the_words_of_the_vocabulary_nothing_is_at_once_and_nothing_at_least(text: str) -> None:
    found = times(text, ())

    assert all(t.value is not None and not t.at_least for t in found)
    assert all(not c.at_least for c in people(text))
