"""Waivers: exceptions to rules, each with a reason and an end. One that is unused or expired is an error itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from checks.rule import Finding, rule
from handbook.model import Bilingual, Book, Record
from handbook.model.record import Day
from handbook.nodes import Document, read_text
from handbook.problem import Message, Problem, Severity
from handbook.source import read_record


class Waiver(Record):
    """One exception: the rule, the subject it does not apply to, why, and until when."""

    rule: Annotated[str, StringConstraints(pattern=r"^HB[0-8][0-9]{2}$")] = Field(
        description="规则代码 | code of the rule"
    )
    subject: str = Field(
        min_length=1, description="对象，如 advertising#s5-1 | what it is about, like advertising#s5-1"
    )
    reason: Bilingual = Field(description="理由 | why")
    until: Day = Field(description="截止日期（含） | last day it holds")


class Waivers(Record):
    """The waivers of a handbook."""

    waivers: tuple[Waiver, ...] = ()


def read_waivers(file: Path, shown: Path | None = None) -> tuple[Document, Waivers, tuple[Problem, ...]]:
    """The waivers in ``file``; none where there is no file. Problems of the file itself come as problems."""
    shown = shown or file
    if not file.exists():
        return Document(shown, None), Waivers(), ()
    problems: list[Problem] = []
    text = read_text(file, shown, problems)
    if text is None:
        return Document(shown, None), Waivers(), tuple(problems)
    document, record, more = read_record(text, Waivers, shown)
    return document, record or Waivers(), (*problems, *more)


@rule("HB901", "waiver-expired")
def waiver_expired(book: Book) -> Iterator[Finding]:
    """A waiver holds until its end date and no longer.
    豁免到期即失效。

    Why: An exception without an end is a rule nobody decided on.
    原因：没有期限的例外，等于无人决定过的规则。

    Bad:
        === waivers
        waivers:
          - rule: HB203  # <-
            subject: elevator-use
            reason: {zh: 待修改。, en: To be mended.}
            until: 2020-01-01

    Good:
        === waivers
        waivers: []
    """
    yield from ()  # reported by apply() below, which knows the date


@rule("HB902", "waiver-unused")
def waiver_unused(book: Book) -> Iterator[Finding]:
    """A waiver waives something: the rule it names would report its subject.
    豁免须确有所用：所列规则确会就该对象报告。

    Why: A list of exceptions that only grows ends up hiding new mistakes.
    原因：只增不减的例外清单终会掩盖新的错误。

    Bad:
        === waivers
        waivers:
          - rule: HB203  # <-
            subject: elevator-use
            reason: {zh: 待修改。, en: To be mended.}
            until: 2999-01-01

    Good:
        === waivers
        waivers: []
    """
    yield from ()  # reported by apply() below, which knows all findings


def apply(
    findings: list[tuple[Problem, str]], waivers: Waivers, document: Document, today: date
) -> tuple[list[Problem], list[tuple[Waiver, Problem]]]:
    """Splits findings (each with its subject) into those that stand and those waived; adds HB901 and HB902 for bad waivers."""
    stands: list[Problem] = []
    waived: list[tuple[Waiver, Problem]] = []
    used: set[int] = set()
    for problem, subject in findings:
        match = next(
            (i for i, w in enumerate(waivers.waivers) if w.rule == problem.code and w.subject == subject), None
        )
        if match is None:
            stands.append(problem)
            continue
        used.add(match)
        if waivers.waivers[match].until >= today:
            waived.append((waivers.waivers[match], problem))
        else:
            stands.append(problem)
    for index, waiver in enumerate(waivers.waivers):
        place = document.place(("waivers", index))
        if waiver.until < today:
            message = Message(
                f"对 {waiver.rule} 的豁免已于 {waiver.until} 到期；请改正数据或删去豁免",
                f"the waiver of {waiver.rule} ended on {waiver.until}; mend the data or delete the waiver",
            )
            stands.append(Problem("HB901", Severity.ERROR, place, message))
        elif index not in used:
            message = Message(
                f"对 {waiver.rule}（{waiver.subject}）的豁免没有用到；请删去",
                f"the waiver of {waiver.rule} for {waiver.subject} waives nothing; delete it",
            )
            stands.append(Problem("HB902", Severity.ERROR, place, message))
    return stands, waived
