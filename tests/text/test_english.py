"""English words are compared by their stems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text.english import content_stems, renders, stem


@pytest.mark.parametrize(
    ("text", "rendering"),
    [
        ("Fines are imposed.", "fine"),
        ("A fine shall be imposed.", "fines"),
        ("The certificates were revoked.", "revoke the certificate"),
        ("the unit's license", "license of the unit"),
        ("Inspection and Supervision", "supervision and inspection"),
        ("ELEVATORS", "elevator"),
        ("user units of elevators", "user unit"),
    ],
)
def test_a_rendering_is_found_in_any_inflection_and_order(text: str, rendering: str) -> None:
    assert renders(content_stems(text), rendering)


@pytest.mark.parametrize(
    ("text", "rendering"),
    [
        ("The certificate is cancelled.", "revocation"),
        ("The certificate is withdrawn.", "rescind"),
        ("An elevator", "elevator operator"),
        ("refinery", "fine"),
        ("", "fine"),
    ],
)
def test_another_word_is_no_rendering(text: str, rendering: str) -> None:
    assert not renders(content_stems(text), rendering)


def test_function_words_and_digits_are_no_content() -> None:
    assert content_stems("of the 15 and in 《》 by") == frozenset()


@given(st.text())
def test_every_text_renders_itself(text: str) -> None:
    assert renders(content_stems(text), text)


@given(st.text(), st.text())
def test_more_words_never_take_a_rendering_away(text: str, more: str) -> None:
    assert renders(content_stems(f"{text} {more}"), text)


@given(st.from_regex("[a-z]{1,20}", fullmatch=True))
def test_the_possessive_has_the_stem_of_the_word(word: str) -> None:
    assert stem(word + "'s") == stem(word)
