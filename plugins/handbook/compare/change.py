"""A change in meaning as a value: what has changed, of what, from what to what, how much it weighs, and where it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from handbook.problem import Message, Place


class Weight(StrEnum):
    """What a reviewer must read first: what binds people, then the words and their order, then what editors say beside them."""

    FORCE = "force"
    WORDING = "wording"
    EDITORIAL = "editorial"


class Action(StrEnum):
    """What has happened to the thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Kind(StrEnum):
    """What the change is about. The order is the order of a report within a weight."""

    REGIME = "regime"
    SECTION = "section"
    CLAUSE = "clause"
    AMOUNT = "amount"
    PERCENT = "percent"
    DISCRETION = "discretion"
    MEASURE = "measure"
    PENALTY = "penalty"
    CONDUCT = "conduct"
    CONDITION = "condition"
    ALTERNATIVES = "alternatives"
    AUTHORITY = "authority"
    BASIS = "basis"
    TIME_LIMIT = "time_limit"
    STAFFING = "staffing"
    THRESHOLD = "threshold"
    LAW = "law"
    LAW_STATUS = "law_status"
    TEXT = "text"
    TRANSLATION = "translation"
    FRESHNESS = "freshness"
    POSITION = "position"
    MARKER = "marker"
    ASPECT = "aspect"
    CHECKLIST = "checklist"
    LEGAL_NOTE = "legal_note"
    ID = "id"
    REDIRECT = "redirect"
    ISSUED_TEXT = "issued_text"
    LAW_ENTRY = "law_entry"
    TERM = "term"
    VOCABULARY = "vocabulary"
    MENTION = "mention"
    ERRATUM = "erratum"
    KEYWORDS = "keywords"
    VERIFIED = "verified"
    UNSURE = "unsure"
    HANDBOOK = "handbook"
    PUBLISHED = "published"


WEIGHTS: dict[Kind, Weight] = {
    **dict.fromkeys(list(Kind)[: list(Kind).index(Kind.TEXT)], Weight.FORCE),
    **dict.fromkeys(list(Kind)[list(Kind).index(Kind.TEXT) : list(Kind).index(Kind.MENTION)], Weight.WORDING),
    **dict.fromkeys(list(Kind)[list(Kind).index(Kind.MENTION) :], Weight.EDITORIAL),
}
"""How much each kind weighs."""

KIND_NAMES: dict[Kind, Message] = {
    Kind.REGIME: Message("制度", "Regimes"),
    Kind.SECTION: Message("节", "Sections"),
    Kind.CLAUSE: Message("条款", "Clauses"),
    Kind.AMOUNT: Message("金额", "Amounts"),
    Kind.PERCENT: Message("比例", "Percentages"),
    Kind.DISCRETION: Message("应当与可以", "Must and may"),
    Kind.MEASURE: Message("处理措施", "Measures"),
    Kind.PENALTY: Message("法律后果", "Consequences"),
    Kind.CONDUCT: Message("违法行为", "Conduct"),
    Kind.CONDITION: Message("适用情形", "Conditions"),
    Kind.ALTERNATIVES: Message("择一或并用", "One or all"),
    Kind.AUTHORITY: Message("决定机关", "Authorities"),
    Kind.BASIS: Message("依据", "Basis"),
    Kind.TIME_LIMIT: Message("期限与频次", "Time limits"),
    Kind.STAFFING: Message("人数", "Head-counts"),
    Kind.THRESHOLD: Message("门槛", "Thresholds"),
    Kind.LAW: Message("法规增删", "Instruments"),
    Kind.LAW_STATUS: Message("法规现状", "Status of instruments"),
    Kind.TEXT: Message("中文原文", "Chinese text"),
    Kind.TRANSLATION: Message("英文译文", "Translation"),
    Kind.FRESHNESS: Message("译文与原文是否一致", "Translations tied to their Chinese"),
    Kind.POSITION: Message("位置", "Position"),
    Kind.MARKER: Message("序号", "Numbering"),
    Kind.ASPECT: Message("要素", "Aspects"),
    Kind.CHECKLIST: Message("检查表", "Checklists"),
    Kind.LEGAL_NOTE: Message("法律现状说明", "Legal notes"),
    Kind.ID: Message("标识", "Ids"),
    Kind.REDIRECT: Message("转向", "Redirects"),
    Kind.ISSUED_TEXT: Message("原文文件", "Issued text"),
    Kind.LAW_ENTRY: Message("法规登记内容", "Register of instruments"),
    Kind.TERM: Message("术语", "Terms"),
    Kind.VOCABULARY: Message("词表", "Vocabulary"),
    Kind.MENTION: Message("非后果用语", "Words of no consequence"),
    Kind.ERRATUM: Message("原文疑误", "Slips of the source"),
    Kind.KEYWORDS: Message("检索词", "Keywords"),
    Kind.VERIFIED: Message("核对记录", "Verification"),
    Kind.UNSURE: Message("待核对项", "Points unsure"),
    Kind.HANDBOOK: Message("手册信息", "Handbook"),
    Kind.PUBLISHED: Message("已发布标识", "Published ids"),
}

WEIGHT_NAMES: dict[Weight, Message] = {
    Weight.FORCE: Message("金额与效力", "Amounts and force"),
    Weight.WORDING: Message("文字与次序", "Wording and order"),
    Weight.EDITORIAL: Message("编辑信息", "Editorial"),
}

ACTION_NAMES: dict[Action, Message] = {
    Action.ADDED: Message("新增", "added"),
    Action.REMOVED: Message("删除", "removed"),
    Action.CHANGED: Message("修改", "changed"),
    Action.MOVED: Message("移位", "moved"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What has changed: ``group`` is a regime's id or a register such as ``_laws``, ``id`` the clause, section, law or term in it.

    ``id`` is empty for the group itself. ``cited`` is how a reader names it; ``group_name`` the title of the regime or register.
    ``there`` is False where it no longer stands in the new state, so that nothing can link to it.
    """

    group: str
    id: str
    cited: Message
    group_name: Message
    number: int | None = None
    there: bool = True

    @property
    def key(self) -> str:
        """``regime-id#clause-id``, ``_laws#law-id``, or the group alone."""
        return f"{self.group}#{self.id}" if self.id else self.group


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``what`` names the thing in both languages, ``of`` which of several it is; ``old`` and ``new`` are its values in words.

    ``field`` is the key in the files, dotted (``penalties.measures.yuan``). ``ids`` are pairs of an old and a new id where things
    have moved. ``note`` is what a reviewer should know besides.
    """

    kind: Kind
    action: Action
    subject: Subject
    field: str
    what: Message
    old: Message | None
    new: Message | None
    place: Place
    of: Message | None = None
    note: Message | None = None
    ids: tuple[tuple[str, str], ...] = ()

    @property
    def weight(self) -> Weight:
        """How much it weighs."""
        return WEIGHTS[self.kind]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every change in meaning between two states, the weightiest first, and what the two are called."""

    changes: tuple[Change, ...]
    old_name: str
    new_name: str

    def counts(self) -> tuple[tuple[Kind, int], ...]:
        """How many changes there are of each kind, in the order of the kinds."""
        found = Counter(change.kind for change in self.changes)
        return tuple((kind, found[kind]) for kind in Kind if found[kind])

    def groups(self) -> tuple[tuple[Subject, tuple[Change, ...]], ...]:
        """The changes by regime, then by register, each group with its first subject."""
        grouped: dict[str, list[Change]] = {}
        for change in self.changes:
            grouped.setdefault(change.subject.group, []).append(change)
        return tuple((found[0].subject, tuple(found)) for found in sorted(grouped.values(), key=_group_order))


def _group_order(found: list[Change]) -> tuple[int, str]:
    subject = found[0].subject
    return (10**9 if subject.number is None else subject.number, subject.group)
