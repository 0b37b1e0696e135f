"""The words in which two texts differ, marked: Chinese by the character, English by the word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LONG = 4_000
"""Up to how many words or characters a text is compared closely; beyond, only what both begin and end with counts as equal."""

_CHINESE = re.compile(r"[0-9][0-9,.]*|[A-Za-z]+|.", re.DOTALL)
_ENGLISH = re.compile(r"\s+|[0-9][0-9,.]*[0-9]|\w+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: in both (``same``), in the old one only (``removed``), in the new one only (``added``)."""

    text: str
    kind: str


def marked(old: str, new: str, language: str) -> tuple[Piece, ...]:
    """Two texts as one run of pieces. The same and removed ones make the old text, the same and added ones the new.

    >>> [(p.kind, p.text) for p in marked("处三万元罚款", "处五万元罚款", "zh")]
    [('same', '处'), ('removed', '三'), ('added', '五'), ('same', '万元罚款')]
    """
    words = _CHINESE if language == "zh" else _ENGLISH
    before, after = words.findall(old), words.findall(new)
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    left, right = before[start : len(before) - end], after[start : len(after) - end]
    runs = [("same", before[:start], after[:start]), *_between(left, right)]
    runs.append(("same", before[len(before) - end :], after[len(after) - end :]))
    return tuple(_pieces(runs))


def _between(left: list[str], right: list[str]) -> list[tuple[str, list[str], list[str]]]:
    if not left or not right or max(len(left), len(right)) > LONG:
        return [("other", left, right)]
    runs: list[tuple[str, list[str], list[str]]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        same = tag == "equal" and (a2 - a1 > 1 or not left[a1].isspace())
        if runs and (runs[-1][0] == "other") and not same:
            runs[-1] = ("other", runs[-1][1] + left[a1:a2], runs[-1][2] + right[b1:b2])
        else:
            runs.append(("same" if same else "other", left[a1:a2], right[b1:b2]))
    return runs


def _pieces(runs: Sequence[tuple[str, list[str], list[str]]]) -> list[Piece]:
    pieces: list[Piece] = []
    for tag, left, right in runs:
        found = [("same", left)] if tag == "same" else [("removed", left), ("added", right)]
        for kind, words in found:
            if not words:
                continue
            if pieces and pieces[-1].kind == kind:
                pieces[-1] = Piece(pieces[-1].text + "".join(words), kind)
            else:
                pieces.append(Piece("".join(words), kind))
    return pieces
