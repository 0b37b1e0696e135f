"""Phrases: where the words that state a measure, a condition or a power stand, and where they only seem to."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text.citations import Span
from handbook.text.phrases import found, holds, permitted, quoted

MARKS = "，。；：,;:"
PAIRS = {"correct": ["责令…改正"], "confiscate": ["没收…所得"], "withdraw": ["由…撤销"], "fine": ["处…罚款"]}
PHRASE = st.sampled_from([phrase for phrases in PAIRS.values() for phrase in phrases])
NOISE = st.text(alphabet="甲乙丙丁戊己庚辛", max_size=8)
GAPS = st.text(alphabet="甲乙丙丁戊己庚辛、（）", max_size=20)
CROWDED = st.lists(
    st.sampled_from(["责令", "改正", "没收", "所得", "处", "罚款", "甲乙丙", "4,000元", "4，000元", *MARKS]),
    max_size=20,
).map("".join)


def _names(text: str, words: dict[str, list[str]]) -> list[str]:
    return [span.name for span in found(text, words)]


def _shown(text: str, phrase: str) -> list[str]:
    return [text[span.start : span.end] for span in found(text, {"it": [phrase]})]


@given(PHRASE, NOISE, GAPS, NOISE)
def test_a_gap_stands_for_up_to_twenty_characters(phrase: str, before: str, gap: str, after: str) -> None:
    whole = phrase.replace("…", gap)

    spans = found(before + whole + after, {"it": [phrase]})

    assert spans == (Span(len(before), len(before + whole), "it"),)


@given(PHRASE, st.text(alphabet="甲乙丙丁", min_size=21, max_size=29))
def test_a_gap_stands_for_no_more_than_twenty_characters(phrase: str, gap: str) -> None:
    assert _shown(phrase.replace("…", gap), phrase) == []
    assert len(_shown(phrase.replace("…", gap[:20]), phrase)) == 1


@given(PHRASE, st.text(alphabet="甲乙", max_size=9), st.sampled_from(MARKS), st.text(alphabet="甲乙", max_size=9))
def test_a_gap_never_crosses_a_comma_a_colon_a_semicolon_or_a_full_stop(
    phrase: str, left: str, mark: str, right: str
) -> None:
    text = phrase.replace("…", left + mark + right)

    assert _shown(text, phrase) == []
    assert not holds(text, [phrase])


@pytest.mark.parametrize("amount", ["4,000元", "4，000元", "1,234,567元", "４，０００元"])
def test_the_comma_inside_an_amount_ends_no_stretch(amount: str) -> None:
    text = f"可以处{amount}以下罚款"

    assert _shown(text, "处…罚款") == [text[2:]]
    assert permitted(text, text.index("罚款"), ["可以"], [])


@pytest.mark.parametrize("text", ["处4,00元罚款", "处4,0000元罚款", "处甲，000元罚款", "处第4，甲罚款", "处4,罚款"])
def test_a_comma_that_separates_no_thousands_ends_the_stretch(text: str) -> None:
    assert _shown(text, "处…罚款") == []


@given(PHRASE, st.lists(st.text(alphabet="甲乙丙", max_size=5), min_size=2, max_size=5))
def test_the_nearest_head_counts(phrase: str, gaps: list[str]) -> None:
    head, tail = phrase.split("…")
    text = "".join(head + gap for gap in gaps) + tail

    assert _shown(text, phrase) == [head + gaps[-1] + tail]


@given(PHRASE, st.text(alphabet="甲乙丙", max_size=5), st.text(alphabet="甲乙丙", max_size=5))
def test_the_nearest_tail_counts(phrase: str, gap: str, rest: str) -> None:
    tail = phrase.split("…")[1]
    whole = phrase.replace("…", gap)

    assert _shown(whole + rest + tail, phrase) == [whole]


@given(CROWDED)
def test_what_is_found_is_written_there_and_inside_nothing_longer(text: str) -> None:
    words = {**PAIRS, "money": ["罚款"], "order": ["责令"]}

    spans = found(text, words)

    assert list(spans) == sorted(spans, key=lambda s: (s.start, s.end, s.name))
    assert len(set(spans)) == len(spans)
    for span in spans:
        stretch = text[span.start : span.end]
        head, gap, tail = words[span.name][0].partition("…")
        inner = stretch[len(head) : len(stretch) - len(tail)] if gap else ""
        assert stretch == head + inner + tail
        assert len(inner) <= 20
        assert head not in inner
        assert not re.search(f"[{MARKS}]", re.sub("4[,，]000元", "", inner))
        assert not any(s != span and s.start <= span.start and span.end <= s.end for s in spans)
    for name, phrases in words.items():
        assert holds(text, phrases) or name not in {span.name for span in spans}


@given(
    st.lists(st.sampled_from(["吊销", "建议吊销", "建议吊销证书"]), max_size=5),
    st.permutations(["short", "middle", "long"]),
)
def test_a_find_inside_a_longer_find_of_another_name_is_dropped(written: list[str], order: list[str]) -> None:
    phrases = {"short": ["吊销"], "middle": ["建议吊销"], "long": ["建议吊销证书"]}
    by_phrase = {phrase[0]: name for name, phrase in phrases.items()}
    text = "甲".join(written)

    assert _names(text, {name: phrases[name] for name in order}) == [by_phrase[phrase] for phrase in written]


def test_finds_that_only_overlap_are_both_kept() -> None:
    assert _names("责令停产整顿", {"stop": ["责令停产"], "put right": ["停产整顿"]}) == ["stop", "put right"]


def test_the_same_words_under_two_names_are_found_under_both() -> None:
    assert _names("撤销", {"b": ["撤销"], "a": ["撤销"]}) == ["a", "b"]


def test_two_phrases_of_one_name_at_one_place_are_one_find() -> None:
    assert _names("处一千元罚款", {"fine": ["罚款", "处…罚款"]}) == ["fine"]


def test_signs_of_patterns_are_letters() -> None:
    assert _shown("停业（一）停业.", "停业.") == ["停业."]
    assert _shown("(甲)乙[丙]", "(甲)…[丙]") == ["(甲)乙[丙]"]


@given(st.text(), st.text(min_size=1))
def test_looking_for_any_words_in_any_text_never_fails(text: str, phrase: str) -> None:
    for span in found(text, {"it": [phrase]}):
        assert 0 <= span.start <= span.end <= len(text)
    holds(text, [phrase])
    permitted(text, len(text) // 2, [phrase], [phrase[:1]])
    quoted(text, phrase)


SIGNS = ["可", "可以"]
OTHERS = ["许可", "认可", "可能", "不可"]


@given(NOISE, st.sampled_from(SIGNS), NOISE, NOISE)
def test_a_sign_before_it_in_the_stretch_makes_a_power(before: str, sign: str, between: str, after: str) -> None:
    text = before + sign + between + "处罚款" + after

    assert permitted(text, text.index("处罚款"), SIGNS, OTHERS)


@given(NOISE, st.sampled_from(SIGNS), NOISE, st.sampled_from(MARKS), NOISE)
def test_a_sign_of_an_earlier_stretch_makes_no_power(
    before: str, sign: str, between: str, mark: str, near: str
) -> None:
    text = before + sign + between + mark + near + "处罚款"

    assert not permitted(text, text.index("处罚款"), SIGNS, OTHERS)


@given(NOISE, st.sampled_from(SIGNS), NOISE)
def test_a_sign_behind_it_makes_no_power(before: str, sign: str, between: str) -> None:
    text = before + "处罚款" + between + sign + "减轻"

    assert not permitted(text, text.index("处罚款"), SIGNS, OTHERS)


@given(st.lists(st.one_of(NOISE, st.sampled_from(OTHERS)), max_size=6))
def test_words_that_hold_a_sign_and_grant_nothing_make_no_power(parts: list[str]) -> None:
    text = "".join(parts) + "处罚款"

    assert not permitted(text, text.index("处罚款"), SIGNS, OTHERS)
    assert permitted("可" + text, text.index("处罚款") + 1, SIGNS, OTHERS) or parts[:1] == ["可能"]


@given(st.lists(st.sampled_from(OTHERS), min_size=1, max_size=4), st.sampled_from(SIGNS), NOISE)
def test_a_sign_beside_a_word_that_grants_nothing_still_makes_a_power(
    others: list[str], sign: str, between: str
) -> None:
    text = "、".join(others) + "、" + sign + between + "处罚款"

    assert permitted(text, text.index("处罚款"), SIGNS, OTHERS)


@given(st.lists(st.tuples(NOISE, st.sampled_from(["超越", "承揽业务", "单位"])), min_size=1, max_size=4), NOISE)
def test_quoted_parts_are_found_in_order(parts: list[tuple[str, str]], after: str) -> None:
    text = "".join(noise + part for noise, part in parts) + after
    words = "……".join(part for _, part in parts)

    assert quoted(text, words) == Span(len(parts[0][0]), len(text) - len(after), words)


@given(st.permutations(["单位", "超越", "范围", "业务"]))
def test_quoted_parts_out_of_order_are_not_found(order: list[str]) -> None:
    inorder = order == ["单位", "超越", "范围", "业务"]

    assert (quoted("单位甲超越乙范围丙业务", "……".join(order)) is not None) is inorder


@given(st.text(alphabet="甲乙…", max_size=12), st.lists(st.text(alphabet="甲乙", min_size=1, max_size=3), min_size=1))
def test_quoted_words_stand_letter_for_letter(text: str, parts: list[str]) -> None:
    plain = re.search(".*?".join(map(re.escape, parts)), text, re.DOTALL)

    span = quoted(text, "……".join(parts))

    assert (span and (span.start, span.end)) == (plain and plain.span())


@pytest.mark.parametrize("words", ["", "……", "单位……", "……单位", "单位………业务", "单位 超越", "单位超越…业务", "单 位"])
def test_words_that_are_no_quotation_of_the_text_are_not_found(words: str) -> None:
    assert quoted("单位超越范围承揽业务的", words) is None


def test_a_part_is_not_found_inside_the_part_before_it() -> None:
    assert quoted("停业整顿", "停业……业整") is None
    assert quoted("停业", "停业……停业") is None
