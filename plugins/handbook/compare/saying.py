"""The values of the model in words, Chinese and English: amounts, measures, limits, lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from handbook.compare.snapshot import Names
from handbook.messages import Messages
from handbook.model import Measure, Penalty, Range, Record, Staffing, Threshold, TimeLimit
from handbook.model.record import Bilingual
from handbook.problem import Message
from handbook.wording import measure_bounds, percent, yuan

_ZH, _EN = Messages("zh"), Messages("en")

WORDS = {
    "deadline": Message("期限", "deadline"),
    "frequency": Message("频次", "frequency"),
    "look_back": Message("回溯期", "look-back period"),
    "working_day": Message("个工作日", "working days"),
    "day": Message("日", "days"),
    "month": Message("个月", "months"),
    "year": Message("年", "years"),
    "per_day": Message("次/日", "times a day"),
    "per_month": Message("次/月", "times a month"),
    "per_year": Message("次/年", "times a year"),
    "inspectors": Message("检查方", "the inspectors"),
    "inspected": Message("被检查方", "those inspected"),
    "items": Message("下列各项", "each item below"),
    "unstated": Message("（条款未写明）", "(the clause names none)"),
    "content": Message("内容", "content"),
    "procedure": Message("程序", "procedure"),
    "classification": Message("分类", "classification"),
    "high": Message("高", "high"),
    "low": Message("低", "low"),
    "medium": Message("中", "medium"),
    "none": Message("无", "none"),
}
"""Words of the model that stand in no vocabulary."""

MUST_OR_MAY = {False: Message("应当", "must"), True: Message("可以", "may")}
ALL_OR_ONE = {False: Message("并用", "all of them"), True: Message("择一", "one or the other")}


def said(value: object, names: Names, words: str = "") -> Message | None:
    """A value in words; None for nothing (null, an empty list). ``words`` is the group of the vocabulary its words are of."""
    if value is None or value == () or value == {}:
        return None
    if isinstance(value, bool):
        return Message("是", "yes") if value else Message("否", "no")
    if isinstance(value, Enum):
        return _word(str(value.value), names, words)
    if isinstance(value, str):
        return _word(value, names, words)
    if isinstance(value, date):
        return _same(value.isoformat())
    if isinstance(value, tuple | list):
        return joined(found for entry in value if (found := said(entry, names, words)))
    if isinstance(value, dict):
        return joined(
            Message(f"{key}：{found.zh}", f"{key}: {found.en}")
            for key, entry in value.items()
            if (found := said(entry, names, words))
        )
    if isinstance(value, Record):
        return _record(value, names)
    return _same(str(value))


def joined(parts: Iterable[Message]) -> Message:
    """Several values in one: 甲；乙 / A; B."""
    found = list(parts)
    return Message("；".join(p.zh for p in found), "; ".join(p.en for p in found))


def measure(value: Measure, names: Names) -> Message:
    """A measure with its bounds and force: 罚款（可以），不超过 30,000 元 / fine (may), not more than RMB 30,000."""
    name = names.word("measure_types", value.type)
    bounds = Message(measure_bounds(_ZH, value), measure_bounds(_EN, value))
    may = Message("（可以）", " (may)") if value.discretionary else Message("", "")
    return Message(
        f"{name.zh}{may.zh}{'，' + bounds.zh if bounds.zh else ''}",
        f"{name.en}{may.en}{', ' + bounds.en if bounds.en else ''}",
    )


def conduct(value: Penalty) -> Message:
    """The conduct and the condition of a consequence, as it is told apart from others."""
    found = value.conduct
    base = Message(found.zh, found.en) if isinstance(found, Bilingual) else WORDS[found]
    if value.when:
        return Message(f"{base.zh}，{value.when.zh}", f"{base.en}; {value.when.en}")
    return base


def penalty(value: Penalty, names: Names) -> Message:
    """A whole consequence: its measures, its authority, its basis."""
    parts = [measure(m, names) for m in value.measures]
    if value.alternatives:
        parts = [Message(" / ".join(p.zh for p in parts), " / ".join(p.en for p in parts))]
    if value.authority:
        name = names.word("authorities", value.authority)
        parts.append(Message(f"由{name.zh}决定", f"by the {name.en}"))
    if value.basis:
        laws = [names.law(law) for law in value.basis]
        parts.append(Message(f"依据{'、'.join(n.zh for n in laws)}", f"under {', '.join(n.en for n in laws)}"))
    return joined(parts)


def quantity(value: int, unit: str, names: Names) -> Message:
    """A number with its unit: 15个工作日 / 15 working days, 300,000元 / RMB 300,000."""
    if unit == "percent":
        return _same(f"{value}%")
    if unit == "yuan":
        return Message(f"{value:,}元", f"RMB {value:,}")
    word = WORDS.get(unit) or names.word("units", unit)
    return Message(f"{value}{word.zh}", f"{value:,} {word.en.removesuffix('s') if value == 1 else word.en}")


def limit(value: TimeLimit, names: Names) -> Message:
    """How long, or how often."""
    if value.value is None or value.unit is None:
        number = Message("立即", "at once")
    else:
        number = quantity(value.value, value.unit.value, names)
        if value.immediately:
            number = Message(f"立即，{number.zh}", f"at once, {number.en}")
    return Message(f"至少{number.zh}", f"at least {number.en}") if value.at_least else number


def heads(value: Staffing) -> Message:
    """How many people."""
    return (
        Message(f"不少于{value.value}人", f"not fewer than {value.value}")
        if value.at_least
        else Message(f"{value.value}人", str(value.value))
    )


def threshold(value: Threshold, names: Names) -> Message:
    """A number and whether it counts itself."""
    number = quantity(value.value, value.unit, names)
    tail = {
        True: Message("（含本数）", " (inclusive)"),
        False: Message("（不含本数）", " (exclusive)"),
        None: Message("", ""),
    }[value.inclusive]
    return Message(number.zh + tail.zh, number.en + tail.en)


def _record(value: Record, names: Names) -> Message:
    if isinstance(value, Range):
        return Message(yuan(_ZH, value), yuan(_EN, value))
    if isinstance(value, Measure):
        return measure(value, names)
    if isinstance(value, Penalty):
        about, what = conduct(value), penalty(value, names)
        return Message(f"{about.zh}：{what.zh}", f"{about.en}: {what.en}")
    if isinstance(value, TimeLimit):
        number = limit(value, names)
        start = Message(f"，自{value.from_.zh}", f", from {value.from_.en}") if value.from_ else Message("", "")
        return Message(f"{number.zh}，{value.act.zh}{start.zh}", f"{number.en}, {value.act.en}{start.en}")
    if isinstance(value, Staffing):
        number = heads(value)
        return Message(f"{value.who.zh}：{number.zh}", f"{value.who.en}: {number.en}")
    if isinstance(value, Threshold):
        number = threshold(value, names)
        return Message(f"{value.use.zh}：{number.zh}", f"{value.use.en}: {number.en}")
    zh, en = getattr(value, "zh", None), getattr(value, "en", None)
    if isinstance(zh, str) and isinstance(en, str):
        return Message(zh, en)
    parts = {name: getattr(value, name) for name in type(value).model_fields}
    found = said(parts, names)
    return found or _same("")


def share(value: Range) -> Message:
    """Bounds in percent of illegal gains."""
    return Message(percent(_ZH, value), percent(_EN, value))


def _word(value: str, names: Names, words: str) -> Message:
    if words == "laws":
        return names.law(value)
    if words:
        return names.word(words, value)
    return _same(value)


def _same(value: str) -> Message:
    return Message(value, value)
