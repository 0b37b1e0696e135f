"""Amounts: the bounds of money and percentages, however a law writes them, and none where it writes none."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.text.amounts import Amount, amounts, english_amounts
from handbook.text.figures import Kind
from handbook.text.numerals import chinese

Bounds = tuple[int | None, int | None]
W = 10_000


def _zh(text: str) -> list[Bounds]:
    return [(a.min, a.max) for a in amounts(text)]


def _en(text: str) -> list[Bounds]:
    return [(a.min, a.max) for a in english_amounts(text)]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("1万元以上3万元以下", (W, 3 * W)),
        ("一万元以上三万元以下", (W, 3 * W)),
        ("1万元以上三万元以下", (W, 3 * W)),
        ("一千元以上3万元以下", (1000, 3 * W)),
        ("4000元以上2万元以下", (4000, 2 * W)),
        ("１万元以上３万元以下", (W, 3 * W)),
        ("1万元以上3万元以内", (W, 3 * W)),
        ("1万元以上、3万元以下", (W, 3 * W)),
        ("1万元以上，3万元以下", (W, 3 * W)),
        ("1万元以上至3万元以下", (W, 3 * W)),
        ("5 万元以上 20 万元以下", (5 * W, 20 * W)),
        ("1.5万元以上2.5万元以下", (15_000, 25_000)),
        ("一亿元以上", (10_000 * W, None)),
        ("30万元以上", (30 * W, None)),
        ("30万元及以上", (30 * W, None)),
        ("5万元起", (5 * W, None)),
        ("5万元人民币以上", (5 * W, None)),
        ("一千元以下", (None, 1000)),
        ("5万元以内", (None, 5 * W)),
        ("5万元之内", (None, 5 * W)),
        ("4,000元", (4000, 4000)),
        ("4，000元", (4000, 4000)),
        ("三元", (3, 3)),
        ("三元以下", (None, 3)),
    ],
)
def test_bounds_of_money_are_read(text: str, bounds: Bounds) -> None:
    found = amounts(f"处{text}的罚款")

    assert [(a.min, a.max) for a in found] == [bounds]
    assert found[0].text == text


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("1万元至3万元", (W, 3 * W)),
        ("1至3万元", (W, 3 * W)),
        ("1万至3万元", (W, 3 * W)),
        ("一万至三万元", (W, 3 * W)),
        ("一至三万元", (W, 3 * W)),
        ("１至３万元", (W, 3 * W)),
        ("1到3万元", (W, 3 * W)),
        ("1-3万元", (W, 3 * W)),
        ("1—3万元", (W, 3 * W)),
        ("1——3万元", (W, 3 * W)),
        ("1~3万元", (W, 3 * W)),
        ("1至3万元以下", (W, 3 * W)),
        ("5000至3万元", (5000, 3 * W)),
        ("3至3万元", (3 * W, 3 * W)),
        ("五百至一千元", (500, 1000)),
        ("三至五百元", (300, 500)),
        ("三至五百万元", (300 * W, 500 * W)),
        ("1.2至1.5万元", (12_000, 15_000)),
        ("1万以上3万元以下", (W, 3 * W)),
        ("一万以上三万元以下", (W, 3 * W)),
        ("1万元至3万元以下", (W, 3 * W)),
    ],
)
def test_a_range_may_write_its_unit_once(text: str, bounds: Bounds) -> None:
    found = amounts(f"处{text}的罚款")

    assert [(a.min, a.max) for a in found] == [bounds]
    assert found[0].text == text


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("5万元以上不超过20万元", (5 * W, 20 * W)),
        ("5万元以上但不超过20万元", (5 * W, 20 * W)),
        ("5万元以上，但不得超过20万元", (5 * W, 20 * W)),
        ("不低于5万元不高于20万元", (5 * W, 20 * W)),
        ("不低于5万元，不超过20万元", (5 * W, 20 * W)),
        ("5万元以上不满20万元", (5 * W, 20 * W)),
        ("不低于5万元", (5 * W, None)),
        ("不少于5万元", (5 * W, None)),
        ("不得低于5万元", (5 * W, None)),
        ("不小于5万元", (5 * W, None)),
        ("至少5万元", (5 * W, None)),
        ("最低5万元", (5 * W, None)),
        ("超过5万元", (5 * W, None)),
        ("满5万元", (5 * W, None)),
        ("不超过5万元", (None, 5 * W)),
        ("不得超过5万元", (None, 5 * W)),
        ("不能超过5万元", (None, 5 * W)),
        ("不应当超过5万元", (None, 5 * W)),
        ("未超过5万元", (None, 5 * W)),
        ("不高于5万元", (None, 5 * W)),
        ("不大于5万元", (None, 5 * W)),
        ("最高5万元", (None, 5 * W)),
        ("最高不超过5万元", (None, 5 * W)),
        ("至多5万元", (None, 5 * W)),
        ("不满5万元", (None, 5 * W)),
        ("未满5万元", (None, 5 * W)),
        ("不足一万元", (None, W)),
        ("低于5万元", (None, 5 * W)),
    ],
)
def test_words_before_a_figure_bound_it(text: str, bounds: Bounds) -> None:
    found = amounts(f"罚款{text}的")

    assert [(a.min, a.max) for a in found] == [bounds]
    assert found[0].text == text


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("百分之十以上百分之五十以下", (10, 50)),
        ("10%以上50%以下", (10, 50)),
        ("１０％以上５０％以下", (10, 50)),
        ("10%以上百分之五十以下", (10, 50)),
        ("10%至50%", (10, 50)),
        ("10至50%", (10, 50)),
        ("10-50%", (10, 50)),
        ("百分之十至百分之五十", (10, 50)),
        ("百分之十至五十", (10, 50)),
        ("百分之十至五十以下", (10, 50)),
        ("百分之五十以下", (None, 50)),
        ("不超过30%", (None, 30)),
        ("不低于百分之三十", (30, None)),
        ("百分之百", (100, 100)),
        ("百分之10", (10, 10)),
    ],
)
def test_bounds_of_percentages_are_read(text: str, bounds: Bounds) -> None:
    found = amounts(f"处货值金额{text}的罚款")

    assert [(a.kind, a.min, a.max) for a in found] == [(Kind.PERCENT, *bounds)]
    assert found[0].text == text


@pytest.mark.parametrize(
    ("text", "bounds", "inclusive"),
    [
        ("30万元(含30万元)以上", (30 * W, None), True),
        ("30万元（含30万元）以上", (30 * W, None), True),
        ("30万元（含）以上", (30 * W, None), True),
        ("30万元以上（含本数）", (30 * W, None), True),
        ("30万元以上(含30万元)", (30 * W, None), True),
        ("三十万元（包括三十万元）以上", (30 * W, None), True),
        ("1111万1111元（含一千一百一十一万一千一百一十一元）以上", (11_111_111, None), True),
        ("30万元(不含30万元)以上", (30 * W, None), False),
        ("30万元（不含）以下", (None, 30 * W), False),
        ("30万元以下（不含本数）", (None, 30 * W), False),
        ("不超过30万元（含30万元）", (None, 30 * W), True),
        ("百分之十（不含百分之十）以下", (None, 10), False),
        ("30万元（含税）以上", (30 * W, None), None),
        ("30万元以上", (30 * W, None), None),
        ("1万元（含1万元）以上3万元（含3万元）以下", (W, 3 * W), True),
        ("1万元（不含）以上3万元（不含）以下", (W, 3 * W), False),
        ("1万元（含1万元）以上3万元（不含3万元）以下", (W, 3 * W), None),
        ("1万元以上（含1万元）3万元以下", (W, 3 * W), None),
        ("1万元(含)至3万元(不含)", (W, 3 * W), None),
    ],
)
def test_brackets_say_whether_the_figure_counts(text: str, bounds: Bounds, inclusive: bool | None) -> None:
    found = amounts(f"金额{text}的")

    assert [(a.min, a.max, a.inclusive) for a in found] == [(*bounds, inclusive)]
    assert found[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        "元素",
        "三元素",
        "单元",
        "一单元",
        "一元化管理",
        "二元制",
        "三元催化器",
        "二元混合气体",
        "一元二次方程",
        "多元",
        "元",
        "数万元",
        "几千元以上",
        "若干万元",
        "上万元",
        "三点五万元",
        "百分之十点五",
        "统一单元",
        "五倍以下",
        "三日以上五日以下",
        "",
    ],
)
def test_prose_and_what_states_no_whole_figure_has_no_bounds(text: str) -> None:
    assert _zh(text) == []


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("处1万元以上3万元以下罚款；情节严重的，处3万元以上10万元以下罚款", [(W, 3 * W), (3 * W, 10 * W)]),
        ("违法所得不足一万元的，并处五万元以上十万元以下罚款", [(None, W), (5 * W, 10 * W)]),
        ("货值金额30万元(含30万元)以上的，处百分之十以上百分之五十以下罚款", [(30 * W, None), (10, 50)]),
        ("单位5万元以上、个人1万元以下", [(5 * W, None), (None, W)]),
        ("1万元以上10%以下", [(W, None), (None, 10)]),
        ("罚款1万元、3万元", [(W, W), (3 * W, 3 * W)]),
        ("5000元以下，3万元以上", [(None, 5000), (3 * W, None)]),
        ("百分之十至3万元", [(10, 10), (3 * W, 3 * W)]),
        ("百分之十至五日内", [(10, 10)]),
        ("百分之十至二十五日内", [(10, 10)]),
        ("一万以上三万元", [(3 * W, 3 * W)]),
        ("罚款总数三万元", [(3 * W, 3 * W)]),
        ("附表3 1万元", [(W, W)]),
        ("统一至3万元", [(3 * W, 3 * W)]),
        ("对1万元以上述罚款1万元起诉", [(W, W), (W, W)]),
    ],
)
def test_several_amounts_of_a_sentence_stay_apart(text: str, bounds: list[Bounds]) -> None:
    assert _zh(text) == bounds


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("not less than RMB 10,000 but not more than RMB 30,000", (W, 3 * W)),
        ("not less than RMB 10,000 and not more than RMB 30,000", (W, 3 * W)),
        ("not less than RMB 10,000, but not more than 30,000 yuan", (W, 3 * W)),
        ("no less than 10,000 yuan but no more than 30,000 yuan", (W, 3 * W)),
        ("RMB 50,000 or more but not exceeding RMB 200,000", (5 * W, 20 * W)),
        ("RMB 10,000 to RMB 30,000", (W, 3 * W)),
        ("RMB 10,000 to 30,000", (W, 3 * W)),
        ("RMB 10,000–30,000", (W, 3 * W)),
        ("RMB 1 to 3 million", (100 * W, 300 * W)),
        ("not more than RMB 30,000", (None, 3 * W)),
        ("up to RMB 30,000", (None, 3 * W)),
        ("less than RMB 30,000", (None, 3 * W)),
        ("RMB 30,000 or less", (None, 3 * W)),
        ("at least RMB 30,000", (3 * W, None)),
        ("more than RMB 30,000", (3 * W, None)),
        ("Not less than RMB 30,000", (3 * W, None)),
        ("RMB 300,000 or more", (30 * W, None)),
        ("RMB 300,000 (inclusive) or more", (30 * W, None)),
        ("RMB 3 million or more", (300 * W, None)),
        ("RMB 4,000", (4000, 4000)),
        ("10 percent to 50 percent", (10, 50)),
        ("10 to 50 percent", (10, 50)),
        ("ten to fifty percent", (10, 50)),
        ("10-50%", (10, 50)),
        ("10% to 50%", (10, 50)),
        ("not less than 10 percent but not more than 50 percent", (10, 50)),
        ("not more than 50 per cent", (None, 50)),
    ],
)
def test_english_bounds_are_read(text: str, bounds: Bounds) -> None:
    found = english_amounts(f"a sum of {text} is due")

    assert [(a.min, a.max) for a in found] == [bounds]
    assert found[0].text == text


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("not more than RMB 3,000, and not more than RMB 5,000", [(None, 3000), (None, 5000)]),
        ("RMB 3,000 or more, or 10 percent or less", [(3000, None), (None, 10)]),
        ("between RMB 1,000 and RMB 3,000", [(1000, 3000)]),
        ("RMB 1,000 and RMB 3,000", [(1000, 1000), (3000, 3000)]),
        ("RMB 3 thousand - 2000%", [(3000, 3000), (2000, 2000)]),
        ("Article 10 to 50 persons within 30 days", []),
    ],
)
def test_several_english_amounts_stay_apart(text: str, bounds: list[Bounds]) -> None:
    assert _en(text) == bounds


def test_english_brackets_say_whether_the_figure_counts() -> None:
    found = english_amounts("RMB 1 (inclusive) or more; RMB 2 (exclusive) or less; RMB 3 or more")

    assert [a.inclusive for a in found] == [True, False, None]


@dataclass(frozen=True)
class _Written:
    text: str
    kind: Kind
    bounds: Bounds
    inclusive: bool | None = None


YUAN = st.one_of(
    st.integers(1, 99_999_999),
    st.integers(1, 9999).map(lambda n: n * W),
    st.integers(1, 99).map(lambda n: n * 100),
)
_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_MIN = "{}以上|{}及以上|不低于{}|不少于{}|不得低于{}|不得少于{}|至少{}"
_MAX = "{}以下|{}以内|{}之内|不超过{}|不得超过{}|不高于{}|至多{}|最高{}|不满{}|不足{}"
_BOTH = (
    "{}以上{}以下|{}以上{}以内|{}以上、{}以下|{}以上，{}以下|{}以上不超过{}|{}以上但不超过{}|{}以上，但不得超过{}"
    "|不低于{}不高于{}|不低于{}，不超过{}|{}至{}|{}到{}|{}-{}|{}—{}|{}～{}|{}以上至{}以下"
)


@st.composite
def _figure(draw: st.DrawFn, kind: Kind, value: int) -> str:
    if kind is Kind.PERCENT:
        writings = [f"{value}%", f"{value}%".translate(_WIDE), f"百分之{chinese(value)}", f"百分之{value}"]
    else:
        numerals = [chinese(value), str(value), f"{value:,}", str(value).translate(_WIDE)]
        if value % W == 0:
            numerals += [f"{value // W}万", f"{value // W} 万", f"{value // W}万".translate(_WIDE)]
        writings = [f"{numeral}元" for numeral in numerals]
    return draw(st.sampled_from(writings))


@st.composite
def _written(draw: st.DrawFn) -> _Written:
    """An amount in one of the writings of a law."""
    kind = draw(st.sampled_from([Kind.YUAN, Kind.PERCENT]))
    values = st.integers(1, 100) if kind is Kind.PERCENT else YUAN
    low, high = sorted((draw(values), draw(values)))
    first, second = draw(_figure(kind, low)), draw(_figure(kind, high))
    shape = draw(st.sampled_from(["both", "both", "both", "min", "max", "short", "remark", "remarks", "exact"]))
    opening, closing = draw(st.sampled_from([("(", ")"), ("（", "）")]))
    counts = draw(st.booleans())
    word = "含" if counts else "不含"
    if shape == "min":
        return _Written(draw(st.sampled_from(_MIN.split("|"))).format(first), kind, (low, None))
    if shape == "max":
        return _Written(draw(st.sampled_from(_MAX.split("|"))).format(first), kind, (None, low))
    if shape == "both":
        return _Written(draw(st.sampled_from(_BOTH.split("|"))).format(first, second), kind, (low, high))
    if shape == "short":
        low, high = sorted((draw(st.integers(1, 99)), draw(st.integers(1, 99))))
        if kind is Kind.PERCENT:
            return _Written(f"{low}至{high}%", kind, (low, high))
        ends = draw(st.sampled_from([(str(low), str(high)), (chinese(low), chinese(high))]))
        text = f"{ends[0]}{draw(st.sampled_from(['', '万']))}{draw(st.sampled_from('至到-—'))}{ends[1]}万元"
        return _Written(text, kind, (low * W, high * W))
    note = f"{opening}{word}{draw(st.sampled_from(['', '本数', first]))}{closing}"
    if shape == "remark":
        text = draw(st.sampled_from([f"{first}{note}以上", f"{first}以上{note}"]))
        return _Written(text, kind, (low, None), counts)
    if shape == "remarks":
        text = f"{first}{note}以上{second}{opening}{word}{second}{closing}以下"
        return _Written(text, kind, (low, high), counts)
    return _Written(first, kind, (low, low))


# Signs that take part in a numeral, a bound or an idiom; every other one may stand beside an amount.
_TAKEN = set(
    "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟元点以及或起之至到但且不未低高少多超过大小于最满足达"
    "几数上若干统同唯单任逐另其某每何第分人民币含素件器音旦宵化制论催混合金体系复共乙方函回气电桥区号条工作日月年天下"
)
HAN = st.text(
    alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5).filter(lambda c: c not in _TAKEN),
    min_size=1,
    max_size=6,
)
PROSE = st.one_of(HAN, st.tuples(HAN, st.sampled_from("，。；、"), HAN).map("".join))


@settings(max_examples=300)
@given(st.lists(st.tuples(PROSE, _written()), max_size=4), PROSE)
def test_a_text_states_exactly_the_bounds_it_was_composed_of(parts: list[tuple[str, _Written]], after: str) -> None:
    text = "".join(prose + amount.text for prose, amount in parts) + after

    found = amounts(text)

    assert [(a.kind, (a.min, a.max), a.inclusive, a.text) for a in found] == [
        (amount.kind, amount.bounds, amount.inclusive, amount.text) for _, amount in parts
    ]


E_MIN = ["not less than {}", "at least {}", "no less than {}", "{} or more", "{} or above", "more than {}"]
E_MAX = ["not more than {}", "no more than {}", "up to {}", "not exceeding {}", "{} or less", "less than {}"]
E_BOTH = [
    "not less than {} but not more than {}",
    "not less than {} and not more than {}",
    "no less than {}, but not exceeding {}",
    "{} or more but not more than {}",
    "{} to {}",
    "{} – {}",
]


@st.composite
def _english(draw: st.DrawFn) -> _Written:
    """An amount in one of the writings of an English law."""
    kind = draw(st.sampled_from([Kind.YUAN, Kind.PERCENT]))
    values = st.integers(1, 100) if kind is Kind.PERCENT else YUAN
    low, high = sorted((draw(values), draw(values)))
    writings = ["{} percent", "{} per cent", "{}%"] if kind is Kind.PERCENT else ["RMB {:,}", "RMB {}", "{:,} yuan"]
    first, second = (draw(st.sampled_from(writings)).format(value) for value in (low, high))
    shape = draw(st.sampled_from(["{}", *E_MIN, *E_MAX, *E_BOTH]))
    if shape in E_BOTH:
        return _Written(shape.format(first, second), kind, (low, high))
    return _Written(shape.format(first), kind, (None if shape in E_MAX else low, None if shape in E_MIN else low))


@given(st.lists(st.tuples(st.sampled_from(["a fine of ", "; or ", ". The value is "]), _english()), max_size=4))
def test_an_english_text_states_exactly_the_bounds_it_was_composed_of(parts: list[tuple[str, _Written]]) -> None:
    text = " in this case ".join(prose + amount.text for prose, amount in parts)

    found = english_amounts(text)

    assert [(a.kind, (a.min, a.max), a.text) for a in found] == [
        (amount.kind, amount.bounds, amount.text) for _, amount in parts
    ]


@given(st.one_of(PROSE, st.just("")))
def test_prose_has_no_bounds(text: str) -> None:
    assert _zh(text) == []


def _lie_in(text: str, found: tuple[Amount, ...]) -> None:
    edge = 0
    for amount in found:
        assert edge <= amount.start < amount.end <= len(text)
        assert amount.text == text[amount.start : amount.end]
        assert amount.kind in (Kind.YUAN, Kind.PERCENT)
        assert amount.min is not None or amount.max is not None
        edge = amount.end


MIXED = st.lists(
    _written().map(lambda amount: amount.text)
    | st.sampled_from(
        [
            *("1", "30", "4,000", "１", "1.5", "一", "二十", "三", "两", "万", "亿", "元", "万元", "%", "％", "百分之"),
            *(
                "以上",
                "以下",
                "以内",
                "起",
                "至",
                "到",
                "-",
                "不",
                "超过",
                "低于",
                "满",
                "最高",
                "数",
                "点",
                "素",
                "化",
                "人民币",
            ),
            *("（含", "(不含", "本数", "）", ")", " ", "、", "，", "但", "日", "罚款", "第", "条"),
        ]
    ),
    max_size=30,
).map("".join)
E_MIXED = st.lists(
    _english().map(lambda amount: amount.text)
    | st.sampled_from(
        [
            *(
                "RMB",
                "10",
                "3,000",
                "1.5",
                "yuan",
                "percent",
                "%",
                "not",
                "less than",
                "more than",
                "but",
                "and",
                "ten",
            ),
            *("or less", "or more", "to", "–", ",", "million", "between", "(inclusive)", "thousand", "up to", "."),
        ]
    ),
    max_size=30,
).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))


@settings(max_examples=400)
@given(st.one_of(MIXED, st.text()))
def test_bounds_lie_in_any_text_in_order_and_do_not_overlap(text: str) -> None:
    _lie_in(text, amounts(text))


@settings(max_examples=400)
@given(st.one_of(E_MIXED, st.text()))
def test_english_bounds_lie_in_any_text_in_order_and_do_not_overlap(text: str) -> None:
    _lie_in(text, english_amounts(text))


@given(_written(), PROSE)
def test_spaces_inside_an_amount_change_nothing(amount: _Written, before: str) -> None:
    spaced = amount.text.replace("元", " 元").replace("%", " %").replace("以", " 以")

    found = amounts(f"{before} {before} {spaced}")

    assert [((a.min, a.max), a.inclusive) for a in found] == [(amount.bounds, amount.inclusive)]
    assert found[0].text == spaced
