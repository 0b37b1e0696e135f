"""What a question adds to its clause, and what of the clause no question asks."""

from __future__ import annotations

import pytest

from handbook.text.questions import added, unasked

ASKING = ("是否", "是否不少于", "符合要求")


def _added(question: str, *sources: str) -> list[str]:
    return [span.name for span in added(question, sources, ASKING)]


def _unasked(clause: str, *questions: str) -> list[str]:
    return [span.name for span in unasked(clause, questions, ("检查", "不得"))]


@pytest.mark.parametrize(
    ("question", "clause", "found"),
    [
        ("是否伪造数据？", "是否伪造数据；", []),
        ("工作场所是否符合要求？", "工作场所、资质证明。", []),
        ("技术负责人的资格是否符合要求？", "工作场所、资质证明。", ["技术负责人的资格"]),
        ("人员是否不少于两人？", "人员不得少于两人。", []),
        ("人员是否不少于三人？", "人员不得少于两人。", ["三人"]),
        ("是否未经批准？", "是否经批准；", ["未"]),
        ("机构及人员是否到场？", "机构到场，人员到场。", []),
    ],
)
def test_words_a_question_adds(question: str, clause: str, found: list[str]) -> None:
    assert _added(question, clause) == found


def test_words_may_come_from_the_clause_above() -> None:
    assert _added("认证机构是否经过批准？", "是否经过批准；", "检查认证机构：") == []


def test_a_stretch_is_told_with_its_place() -> None:
    (span,) = added("是否伪造数据和证书？", ["伪造数据"], ASKING)

    assert (span.start, span.end, span.name) == (7, 9, "证书")


@pytest.mark.parametrize(
    ("clause", "questions", "found"),
    [
        ("是否伪造数据、出具假证；", ["是否伪造数据？", "是否出具假证？"], []),
        ("是否伪造数据、出具假证；", ["是否伪造数据？"], ["出具假证"]),
        ("检查机构和人员。", ["机构是否符合要求？"], ["人员"]),
        ("是否使用未经考核合格的标准；", ["是否使用经考核合格的标准？"], ["未"]),
        ("应当在五个工作日内报告。", ["是否在五日内报告？"], ["应当", "个工作"]),
        ("不得少于两人。", ["是否不少于两人？"], []),
        ("", ["是否到场？"], []),
    ],
)
def test_what_no_question_asks(clause: str, questions: list[str], found: list[str]) -> None:
    assert _unasked(clause, *questions) == found
