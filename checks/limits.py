"""HB4: every time, head-count and threshold is annotated, and every annotation is proven against the words of its clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from checks.rule import Finding, rule
from handbook.model import Bilingual, Book, LimitKind, Located, TimeLimit
from handbook.nodes import Path_
from handbook.text.citations import without_titles
from handbook.text.english import content_stems
from handbook.text.phrases import quoted
from handbook.text.times import Count, Time, people, thresholds, times

Stated = TypeVar("Stated")
Noted = TypeVar("Noted")


@rule("HB401", "time-not-annotated")
def time_not_annotated(book: Book) -> Iterator[Finding]:
    """Every time the source counts, and every order to act at once, is annotated.
    原文计数的每个时间和每处“立即”都已标注。

    Why: A deadline nobody can look up is a deadline missed.
    原因：查不到的期限，就会被错过。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查机构应当自检查结束之日起五个工作日内报告。  # <-
                en: The inspection department shall report within 5 working days of the end of the inspection.

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查机构应当自检查结束之日起五个工作日内报告。
                en: The inspection department shall report within 5 working days of the end of the inspection.
                checks: {none: {zh: 示例。, en: An example.}}
                time_limits:
                  - kind: deadline
                    value: 5
                    unit: working_day
                    from: {zh: 检查结束, en: the end of the inspection}
                    actor: {zh: 检查机构, en: the inspection department}
                    act: {zh: 报告, en: report}
    """
    for found in book.clauses:
        limits = [_meaning(t) for t in found.clause.time_limits]
        for time in _left(_times(book, found), limits, _stated, _confused, _both_counted):
            yield Finding(
                book.place(found.regime.id, (*found.path, "zh"), time.start),
                f"“{time.text}”没有标注在 time_limits 中",
                f"“{time.text}” is not annotated in time_limits",
                found.key,
            )


@rule("HB402", "limit-differs")
def limit_differs(book: Book) -> Iterator[Finding]:
    """The number and unit of an annotated limit stand in the clause; immediately stands for at once.
    标注的期限，其数值和单位见于条款；immediately 即“立即”。

    Why: A deadline of ten days that the source gives fifteen is a false law.
    原因：原文十五日写成十日，就是错误的法律。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查机构应当自检查结束之日起五个工作日内报告。
                en: The inspection department shall report within 5 working days of the end of the inspection.
                checks: {none: {zh: 示例。, en: An example.}}
                time_limits:
                  - kind: deadline
                    value: 6  # <-
                    unit: working_day
                    from: {zh: 检查结束, en: the end of the inspection}
                    actor: {zh: 检查机构, en: the inspection department}
                    act: {zh: 报告, en: report}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查机构应当自检查结束之日起五个工作日内报告。
                en: The inspection department shall report within 5 working days of the end of the inspection.
                checks: {none: {zh: 示例。, en: An example.}}
                time_limits:
                  - kind: deadline
                    value: 5
                    unit: working_day
                    from: {zh: 检查结束, en: the end of the inspection}
                    actor: {zh: 检查机构, en: the inspection department}
                    act: {zh: 报告, en: report}
    """
    for found in book.clauses:
        stated = _times(book, found)
        for i, limit in enumerate(found.clause.time_limits):
            meaning = _meaning(limit)
            if any(_stated(t, meaning) or _confused(t, meaning) for t in stated):
                continue
            path = (*found.path, "time_limits", i)
            key = "immediately" if limit.immediately else "value"
            said = "、".join(t.text for t in stated) or "—"
            yield Finding(
                book.place(found.regime.id, (*path, key)),
                f"期限标为 {_said(limit)}，条款写的是：{said}",
                f"the limit says {_said(limit)}, the clause says: {said}",
                found.key,
            )


@rule("HB403", "working-day-confused")
def working_day_confused(book: Book) -> Iterator[Finding]:
    """日 is a day and 工作日 a working day; the unit of a limit never mixes them up.
    “日”是日，“工作日”是工作日，单位不得混用。

    Why: Fifteen days and fifteen working days are a week apart.
    原因：十五日与十五个工作日相差近一周。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查机构应当自检查结束之日起五个工作日内报告。
                en: The inspection department shall report within 5 working days of the end of the inspection.
                checks: {none: {zh: 示例。, en: An example.}}
                time_limits:
                  - kind: deadline
                    value: 5
                    unit: day  # <-
                    from: {zh: 检查结束, en: the end of the inspection}
                    actor: {zh: 检查机构, en: the inspection department}
                    act: {zh: 报告, en: report}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查机构应当自检查结束之日起五个工作日内报告。
                en: The inspection department shall report within 5 working days of the end of the inspection.
                checks: {none: {zh: 示例。, en: An example.}}
                time_limits:
                  - kind: deadline
                    value: 5
                    unit: working_day
                    from: {zh: 检查结束, en: the end of the inspection}
                    actor: {zh: 检查机构, en: the inspection department}
                    act: {zh: 报告, en: report}
    """
    for found in book.clauses:
        stated = _times(book, found)
        for i, limit in enumerate(found.clause.time_limits):
            meaning = _meaning(limit)
            wrong = next((t for t in stated if _confused(t, meaning)), None)
            if wrong and not any(_stated(t, meaning) for t in stated):
                yield Finding(
                    book.place(found.regime.id, (*found.path, "time_limits", i, "unit")),
                    f"单位标为 {limit.unit}，条款写的是“{wrong.text}”（{wrong.unit}）",
                    f"the unit says {limit.unit}, the clause says {wrong.text} ({wrong.unit})",
                    found.key,
                )


@rule("HB404", "limit-force-differs")
def limit_force_differs(book: Book) -> Iterator[Finding]:
    """A limit is at least exactly where the clause says so, and a frequency exactly where it counts per day, month or year.
    条款写“至少”等的标 at_least；每日、每月、每年的为频次，其余不是。

    Why: Once a year and at least once a year bind differently.
    原因：“每年一次”与“每年至少一次”不同。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 使用单位每年至少自查一次。
                en: A user unit shall carry out self-inspection at least once a year.
                checks: {none: {zh: 示例。, en: An example.}}
                time_limits:
                  - kind: frequency
                    value: 1
                    unit: per_year
                    at_least: false  # <-
                    act: {zh: 自查, en: self-inspection}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 使用单位每年至少自查一次。
                en: A user unit shall carry out self-inspection at least once a year.
                checks: {none: {zh: 示例。, en: An example.}}
                time_limits:
                  - kind: frequency
                    value: 1
                    unit: per_year
                    at_least: true
                    act: {zh: 自查, en: self-inspection}
    """
    for found in book.clauses:
        stated = _times(book, found)
        for i, limit in enumerate(found.clause.time_limits):
            path = (*found.path, "time_limits", i)
            same = [t for t in stated if _stated(t, _meaning(limit))]
            alike = [n for n, other in enumerate(found.clause.time_limits) if _meaning(other) == _meaning(limit)]
            noted = [found.clause.time_limits[n].at_least for n in alike]
            if same and alike.index(i) in _differ([t.at_least for t in same], noted):
                at_least = str(not limit.at_least).lower()
                text = "、".join(t.text for t in same)
                key = "at_least" if "at_least" in limit.model_fields_set else "kind"
                yield Finding(
                    book.place(found.regime.id, (*path, key)),
                    f"条款写的是“{text}”，at_least 应为 {at_least}",
                    f"the clause says “{text}”; at_least must be {at_least}",
                    found.key,
                )
            per = bool(limit.unit and limit.unit.value.startswith("per_"))
            if per != (limit.kind is LimitKind.FREQUENCY):
                yield Finding(
                    book.place(found.regime.id, (*path, "kind")),
                    "按日、月、年计次的是 frequency，其余不是",
                    "what is counted per day, month or year is a frequency, and nothing else is",
                    found.key,
                )


@rule("HB405", "limit-words-not-in-clause")
def limit_words_not_in_clause(book: Book) -> Iterator[Finding]:
    """From, actor, act, who and use are words of the clause, letter for letter; the actor may stand above it or before it in its section.
    起算点、由谁、做什么、何种人员、用途均逐字出自条款；由谁可出自其上或本节此前的条款。

    Why: A duty in the editor's own words binds somebody the source does not.
    原因：编者改写的义务，可能加在原文没有写的人身上。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。
                en: There shall be not less than two inspectors.
                checks: {none: {zh: 示例。, en: An example.}}
                staffing:
                  - value: 2
                    at_least: true
                    who: {zh: 执法人员, en: inspectors}  # <-
                    binds: inspectors

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。
                en: There shall be not less than two inspectors.
                checks: {none: {zh: 示例。, en: An example.}}
                staffing:
                  - value: 2
                    at_least: true
                    who: {zh: 检查人员, en: inspectors}
                    binds: inspectors
    """
    for found in book.clauses:
        for path, key, words in _phrases(found):
            if not _holders(book, found, key, words):
                yield Finding(
                    book.place(found.regime.id, (*path, "zh")),
                    f"条款中没有“{words.zh}”；请照录条款文字",
                    f"the clause does not say “{words.zh}”; use its own words, letter for letter",
                    found.key,
                )


@rule("HB406", "limit-translation-differs")
def limit_translation_differs(book: Book) -> Iterator[Finding]:
    """The English of from, actor, act, who and use takes the words of the translation beside it.
    起算点、由谁、做什么、何种人员、用途的英文使用条款译文的用词。

    Why: A second translation beside the first drifts from it.
    原因：同一内容两种译法，迟早不一致。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。
                en: There shall be not less than two inspectors.
                checks: {none: {zh: 示例。, en: An example.}}
                staffing:
                  - value: 2
                    at_least: true
                    who: {zh: 检查人员, en: officials}  # <-
                    binds: inspectors

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。
                en: There shall be not less than two inspectors.
                checks: {none: {zh: 示例。, en: An example.}}
                staffing:
                  - value: 2
                    at_least: true
                    who: {zh: 检查人员, en: inspectors}
                    binds: inspectors
    """
    for found in book.clauses:
        for path, key, words in _phrases(found):
            holders = _holders(book, found, key, words) or [found]  # HB405 reports words no clause holds
            wanted = content_stems(words.en)
            foreign = [sorted(wanted - content_stems(place.clause.en)) for place in holders]
            if all(foreign):
                yield Finding(
                    book.place(found.regime.id, (*path, "en")),
                    f"条款译文中没有这些词：{', '.join(foreign[0])}",
                    f"the translation of the clause does not use: {', '.join(foreign[0])}",
                    found.key,
                )


@rule("HB407", "head-count-not-annotated")
def head_count_not_annotated(book: Book) -> Iterator[Finding]:
    """Every head-count of the source is annotated.
    原文写明的每处人数都已标注。

    Why: An inspection with one officer too few can be set aside.
    原因：少一名人员，检查可能无效。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。  # <-
                en: There shall be not less than two inspectors.

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。
                en: There shall be not less than two inspectors.
                checks: {none: {zh: 示例。, en: An example.}}
                staffing:
                  - value: 2
                    at_least: true
                    who: {zh: 检查人员, en: inspectors}
                    binds: inspectors
    """
    for found in book.clauses:
        noted = [s.value for s in found.clause.staffing]
        for count in _left(_people(book, found), noted, _counted, _anything):
            yield Finding(
                book.place(found.regime.id, (*found.path, "zh"), count.start),
                f"“{count.text}”没有标注在 staffing 中",
                f"“{count.text}” is not annotated in staffing",
                found.key,
            )


@rule("HB408", "head-count-differs")
def head_count_differs(book: Book) -> Iterator[Finding]:
    """The number of people annotated stands in the clause, with its at least.
    标注的人数见于条款，“至少”与条款一致。

    Why: Two and not less than two bind differently.
    原因：“两人”与“不少于两人”不同。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。
                en: There shall be not less than two inspectors.
                checks: {none: {zh: 示例。, en: An example.}}
                staffing:
                  - value: 3  # <-
                    at_least: true
                    who: {zh: 检查人员, en: inspectors}
                    binds: inspectors

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。
                en: There shall be not less than two inspectors.
                checks: {none: {zh: 示例。, en: An example.}}
                staffing:
                  - value: 2
                    at_least: true
                    who: {zh: 检查人员, en: inspectors}
                    binds: inspectors
    """
    for found in book.clauses:
        stated = _people(book, found)
        said = "、".join(c.text for c in stated) or "—"
        for i, staffing in enumerate(found.clause.staffing):
            path = (*found.path, "staffing", i)
            same = [c for c in stated if c.value == staffing.value]
            if not same:
                yield Finding(
                    book.place(found.regime.id, (*path, "value")),
                    f"人数标为 {staffing.value}，条款写的是：{said}",
                    f"the head-count says {staffing.value}, the clause says: {said}",
                    found.key,
                )
                continue
            alike = [n for n, other in enumerate(found.clause.staffing) if other.value == staffing.value]
            noted = [found.clause.staffing[n].at_least for n in alike]
            if alike.index(i) in _differ([c.at_least for c in same], noted):
                key = "at_least" if "at_least" in staffing.model_fields_set else "value"
                yield Finding(
                    book.place(found.regime.id, (*path, key)),
                    f"条款{'没有写' if staffing.at_least else '写有'}“至少”等字",
                    f"the clause {'does not say' if staffing.at_least else 'says'} not less than",
                    found.key,
                )


@rule("HB409", "threshold-not-annotated")
def threshold_not_annotated(book: Book) -> Iterator[Finding]:
    """Every number from which on something counts is annotated.
    原文写明的每个门槛都已标注。

    Why: What makes a case a major one must be found as quickly as a fine.
    原因：何为重大案件，应当与罚款一样查得到。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 两次以上违规的为重点单位。  # <-
                en: A unit with not less than two violations is a key unit.

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 两次以上违规的为重点单位。
                en: A unit with not less than two violations is a key unit.
                thresholds:
                  - value: 2
                    unit: time
                    use: {zh: 重点单位, en: a key unit}
    """
    for found in book.clauses:
        noted = [t.value for t in found.clause.thresholds]
        for count in _left(_thresholds(found), noted, _counted, _anything):
            yield Finding(
                book.place(found.regime.id, (*found.path, "zh"), count.start),
                f"“{count.text}”没有标注在 thresholds 中",
                f"“{count.text}” is not annotated in thresholds",
                found.key,
            )


@rule("HB410", "threshold-differs")
def threshold_differs(book: Book) -> Iterator[Finding]:
    """The number, unit and inclusion of a threshold are those of the clause.
    门槛的数值、单位和是否含本数与条款一致。

    Why: A case of exactly the number is in or out by one word.
    原因：恰为该数的案件，差一个字就在内或在外。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 两次以上违规的为重点单位。
                en: A unit with not less than two violations is a key unit.
                thresholds:
                  - value: 3  # <-
                    unit: time
                    use: {zh: 重点单位, en: a key unit}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 两次以上违规的为重点单位。
                en: A unit with not less than two violations is a key unit.
                thresholds:
                  - value: 2
                    unit: time
                    use: {zh: 重点单位, en: a key unit}
    """
    units = book.vocabulary.units
    for found in book.clauses:
        stated = _thresholds(found)
        said = "、".join(c.text for c in stated) or "—"
        for i, threshold in enumerate(found.clause.thresholds):
            same = [c for c in stated if c.value == threshold.value]
            unit = units.get(threshold.unit)
            fits = [c for c in same if unit is None or _counts_in(c, unit.zh, found.clause.zh)]
            key = "value" if not same else "unit" if not fits else "inclusive"
            if not fits or all(c.inclusive != threshold.inclusive for c in fits):
                given = key in threshold.model_fields_set
                yield Finding(
                    book.place(found.regime.id, (*found.path, "thresholds", i, *((key,) if given else ()))),
                    f"门槛的 {key} 与条款不符，条款写的是：{said}",
                    f"the {key} of the threshold differs; the clause says: {said}",
                    found.key,
                )


def _times(book: Book, found: Located) -> tuple[Time, ...]:
    phrases = book.vocabulary.phrases
    return times(without_titles(found.clause.zh), phrases.immediately, phrases.at_least)


def _people(book: Book, found: Located) -> tuple[Count, ...]:
    return people(without_titles(found.clause.zh), book.vocabulary.phrases.at_least)


def _thresholds(found: Located) -> tuple[Count, ...]:
    """The thresholds of a clause; an amount that a measure carries as its lower bound is none."""
    bounds = {(m.yuan.min, m.yuan.max) for p in found.clause.penalties for m in p.measures if m.yuan}
    return tuple(
        c for c in thresholds(without_titles(found.clause.zh)) if not (c.unit == "元" and (c.value, None) in bounds)
    )


def _meaning(limit: TimeLimit) -> tuple[int | None, str | None]:
    return (None, None) if limit.immediately else (limit.value, limit.unit.value if limit.unit else None)


def _stated(time: Time, meaning: tuple[int | None, str | None]) -> bool:
    return meaning == (time.value, time.unit)


def _confused(time: Time, meaning: tuple[int | None, str | None]) -> bool:
    """Whether a limit has the number of a time, and a day where it says working day or the reverse."""
    return meaning[0] == time.value and {meaning[1], time.unit} == {"day", "working_day"}


def _both_counted(time: Time, meaning: tuple[int | None, str | None]) -> bool:
    return time.value is not None and meaning[0] is not None


def _counted(count: Count, value: int) -> bool:
    return count.value == value


def _anything(count: Count, value: int) -> bool:
    return True


def _counts_in(count: Count, unit: str, text: str) -> bool:
    """Whether a unit of the vocabulary is that of a count; after 个 the text names what is counted (个管辖区域)."""
    return unit == count.unit or (unit.startswith(count.unit) and unit.removeprefix(count.unit) in text)


def _left(
    stated: Sequence[Stated],
    noted: Sequence[Noted],
    same: Callable[[Stated, Noted], bool],
    *close: Callable[[Stated, Noted], bool],
) -> list[Stated]:
    """What the text states and no annotation is for: each annotation is for one stretch, for one it agrees with if it can.

    An annotation that agrees with none is for a stretch it is ``close`` to: other rules report how it differs.
    """
    left, free = list(stated), list(noted)
    wrong = [note for note in noted if not any(same(one, note) for one in stated)]
    for test, notes in ((same, free), *((test, wrong) for test in close)):
        for one in list(left):
            note = next((n for n in notes if test(one, n)), None)
            if note is not None:
                left.remove(one)
                notes.remove(note)
    return left


def _differ(stated: Sequence[bool], noted: Sequence[bool]) -> list[int]:
    """Which annotations of one number have another force than the text: by their order where it states it as often."""
    if len(stated) != len(noted):
        return [i for i, force in enumerate(noted) if force not in stated]
    if Counter(stated) == Counter(noted):
        return []
    return [i for i, (a, b) in enumerate(zip(stated, noted, strict=True)) if a != b]


def _said(limit: TimeLimit) -> str:
    value, unit = _meaning(limit)
    return "immediately" if value is None else f"{value} {unit}"


def _phrases(found: Located) -> Iterator[tuple[Path_, str, Bilingual]]:
    """The words an annotation takes from its clause: their path, their key, the words."""
    for i, limit in enumerate(found.clause.time_limits):
        path = (*found.path, "time_limits", i)
        for key, words in (("from", limit.from_), ("actor", limit.actor), ("act", limit.act)):
            if words:
                yield (*path, key), key, words
    for i, staffing in enumerate(found.clause.staffing):
        yield (*found.path, "staffing", i, "who"), "who", staffing.who
    for i, threshold in enumerate(found.clause.thresholds):
        yield (*found.path, "thresholds", i, "use"), "use", threshold.use


def _holders(book: Book, found: Located, key: str, words: Bilingual) -> list[Located]:
    """The clauses that say the words: the clause itself; for an actor also those before it in its section."""
    places = [found]
    if key == "actor":
        for other in book.by_regime[found.regime.id]:
            if other.id == found.id:
                break
            if other.section is found.section:
                places.append(other)
    return [place for place in places if quoted(place.clause.zh, words.zh)]
