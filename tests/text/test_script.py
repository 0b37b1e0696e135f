"""Traditional characters and pinyin."""

from __future__ import annotations

from handbook.text.script import pinyin, traditional


def test_only_characters_of_the_text_have_traditional_forms() -> None:
    found = traditional("检证规")

    assert {found["檢"], found["證"], found["規"]} == {"检", "证", "规"}
    assert "廣" not in found


def test_a_character_that_stands_in_the_text_stands_for_itself() -> None:
    assert "乾" not in traditional("乾干")


def test_pinyin_has_a_space_between_syllables_and_no_tones() -> None:
    assert pinyin("《产品质量法》") == "chan pin zhi liang fa"
    assert pinyin("重大案件") == "zhong da an jian"
    assert pinyin("QS") == ""
