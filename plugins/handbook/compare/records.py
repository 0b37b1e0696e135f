"""Two records compared field by field, and two lists of annotations entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from handbook.compare.change import Action, Change, Kind, Subject
from handbook.compare.match import likeness, out_of_order, paired
from handbook.compare.saying import (
    ALL_OR_ONE,
    MUST_OR_MAY,
    WORDS,
    conduct,
    heads,
    joined,
    limit,
    measure,
    penalty,
    said,
    share,
    threshold,
)
from handbook.compare.snapshot import Names, Snapshot
from handbook.compare.table import FIELDS, Field
from handbook.model import (
    Check,
    Clause,
    Erratum,
    LegalNote,
    Measure,
    Mention,
    NoChecks,
    Penalty,
    Range,
    Record,
    Staffing,
    Threshold,
    TimeLimit,
)
from handbook.model.record import Bilingual
from handbook.nodes import Path_
from handbook.problem import Message
from handbook.text.fingerprint import Freshness, freshness
from handbook.views.checklist import number_of

R = TypeVar("R", bound=Record)

STALE = Message("中文已改，英文译文未改", "the Chinese has changed, the translation has not")
"""What is said where only one of the two texts has moved on."""

FRESHNESS_NAMES = {
    Freshness.UNTIED: Message("未与原文关联", "not tied"),
    Freshness.FRESH: Message("与原文一致", "fresh"),
    Freshness.RENEWED: Message("原文译文均已改，指纹待更新", "both have changed, the fingerprint is behind"),
    Freshness.STALE: Message("译文过期：中文已改，英文未改", "stale: the Chinese has changed, the translation has not"),
}
"""How a translation stands to its Chinese, in words."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is being compared: the subject, the document of the new side, the names of words, what tells it from its like."""

    subject: Subject
    document: str
    names: Names
    new: Snapshot
    of: Message | None = None

    def change(
        self,
        field: Field,
        key: str,
        old: Message | None,
        new: Message | None,
        path: Path_,
        *,
        what: Message | None = None,
        action: Action | None = None,
        kind: Kind | None = None,
        note: Message | None = None,
        ids: tuple[tuple[str, str], ...] = (),
    ) -> Change:
        """A change of this subject; added or removed where one side says nothing."""
        plain = Action.ADDED if old is None else Action.REMOVED if new is None else Action.CHANGED
        return Change(
            kind=kind or field.kind,
            action=action or plain,
            subject=self.subject,
            field=key,
            what=what or field.name,
            old=old,
            new=new,
            place=self.new.place(self.document, path),
            of=self.of,
            note=note,
            ids=ids,
        )


def field_of(form: type[Record], name: str) -> Field:
    """The entry of the table; a field it does not know is named by its description in the model."""
    known = FIELDS.get(form, {}).get(name)
    if known:
        return known
    zh, _, en = (form.model_fields[name].description or name).partition(" | ")
    return Field(Kind.HANDBOOK, Message(zh, en or zh))


def key_of(form: type[Record], name: str) -> str:
    """The key of a field as the files write it."""
    return form.model_fields[name].alias or name


def fields(
    scene: Scene, old: R, new: R, path: Path_, prefix: str = "", skip: frozenset[str] = frozenset()
) -> Iterator[Change]:
    """Every field in which two records of a form differ; records inside records are gone into."""
    form = type(new)
    for name in form.model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name in skip or before == after:
            continue
        field, key = field_of(form, name), key_of(form, name)
        yield from value(scene, field, f"{prefix}{key}", before, after, (*path, key))


def value(scene: Scene, field: Field, key: str, old: Any, new: Any, path: Path_) -> Iterator[Change]:
    """One field whose values differ."""
    inner = isinstance(old, Record) and type(old) is type(new) and not isinstance(old, Bilingual | Range | Measure)
    if inner and type(old) in FIELDS:
        yield from fields(scene, old, new, path, f"{key}.")
    elif isinstance(old, tuple) and isinstance(new, tuple) and all(isinstance(v, str) for v in (*old, *new)):
        yield _words(scene, field, key, old, new, path)
    else:
        yield scene.change(field, key, said(old, scene.names, field.words), said(new, scene.names, field.words), path)


def _words(scene: Scene, field: Field, key: str, old: tuple[str, ...], new: tuple[str, ...], path: Path_) -> Change:
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if not gone and not come:
        note = Message("只改了次序", "only their order has changed")
        every = [said(v, scene.names, field.words) for v in (old, new)]
        return scene.change(field, key, every[0], every[1], path, action=Action.MOVED, note=note)
    before = said(tuple(v for v in old if v in gone), scene.names, field.words)
    after = said(tuple(v for v in new if v in come), scene.names, field.words)
    return scene.change(field, key, before, after, path)


def texts(scene: Scene, field: Field, key: str, old: Any, new: Any, path: Path_) -> Iterator[Change]:
    """A Chinese text and its translation, which belong together: what of the two has changed."""
    if (old.zh, old.en) == (new.zh, new.en):
        return
    before, after = Message(old.zh, old.en), Message(new.zh, new.en)
    if old.zh != new.zh:
        note = STALE if old.en == new.en else None
        yield scene.change(field, key, before, after, (*path, "zh"), kind=Kind.TEXT, note=note)
    else:
        name = Message(f"{field.name.zh}的译文", f"translation of the {field.name.en}")
        yield scene.change(field, key, before, after, (*path, "en"), kind=Kind.TRANSLATION, what=name)


def tie(scene: Scene, old: Any, new: Any, before: str | None, after: str | None, path: Path_) -> Iterator[Change]:
    """Whether a translation still belongs to its Chinese; ``before`` and ``after`` are the fingerprints kept beside."""
    was, now = freshness(old.zh, old.en, before), freshness(new.zh, new.en, after)
    unchanged = (old.zh, old.en) == (new.zh, new.en)
    if was is now and (before == after or not unchanged):
        return
    field = field_of(Clause, "translated_from")
    action = Action.ADDED if before is None else Action.REMOVED if after is None else Action.CHANGED
    names = FRESHNESS_NAMES[was], FRESHNESS_NAMES[now]
    if was is now:
        names = (
            Message(f"{names[0].zh}（{before}）", f"{names[0].en} ({before})"),
            Message(f"{names[1].zh}（{after}）", f"{names[1].en} ({after})"),
        )
    yield scene.change(field, "translated_from", *names, (*path, "translated_from"), action=action)


def annotated(scene: Scene, old: Clause, new: Clause, path: Path_) -> Iterator[Change]:
    """What two clauses carry beside their texts."""
    yield from penalties(scene, old.penalties, new.penalties, (*path, "penalties"))
    yield from _list(
        scene,
        Clause,
        "time_limits",
        old.time_limits,
        new.time_limits,
        path,
        _limit,
        _LIMIT_KEYS,
        lambda a, b: likeness(a.act.zh, b.act.zh),
    )
    yield from _list(
        scene,
        Clause,
        "staffing",
        old.staffing,
        new.staffing,
        path,
        _staffing,
        _STAFFING_KEYS,
        lambda a, b: likeness(a.who.zh, b.who.zh),
    )
    yield from _list(
        scene,
        Clause,
        "thresholds",
        old.thresholds,
        new.thresholds,
        path,
        _threshold,
        _THRESHOLD_KEYS,
        lambda a, b: likeness(a.use.zh, b.use.zh),
    )
    yield from _checks(scene, old.checks, new.checks, (*path, "checks"))
    yield from _legal_note(scene, old.legal_note, new.legal_note, (*path, "legal_note"))
    yield from _list(
        scene,
        Clause,
        "mentions",
        old.mentions,
        new.mentions,
        path,
        _mention,
        _MENTION_KEYS,
        lambda a, b: likeness(a.found, b.found),
    )
    yield from errata(scene, old.errata, new.errata, path)
    known = ("marker", "zh", "en", "translated_from", "penalties", "time_limits", "staffing", "thresholds", "checks")
    rest = frozenset((*known, "legal_note", "mentions", "errata", "items"))
    yield from fields(scene, old, new, path, skip=rest)


def errata(scene: Scene, old: tuple[Erratum, ...], new: tuple[Erratum, ...], path: Path_) -> Iterator[Change]:
    """The slips noted at a clause, a heading or a title."""
    yield from _list(
        scene, Clause, "errata", old, new, path, _erratum, _ERRATUM_KEYS, lambda a, b: likeness(a.found, b.found)
    )


def penalties(scene: Scene, old: tuple[Penalty, ...], new: tuple[Penalty, ...], path: Path_) -> Iterator[Change]:
    """The consequences of a clause: those added and removed, and what has changed in the others."""
    field = field_of(Clause, "penalties")

    def alike(a: Penalty, b: Penalty) -> float:
        one, other = conduct(a), conduct(b)
        return max(likeness(one.zh, other.zh), 0.5 if a.measures == b.measures else 0.0)

    keys: tuple[Callable[[Penalty], Hashable], ...] = (
        lambda p: p.model_dump_json(),
        lambda p: (str(p.conduct), str(p.when), tuple(m.type for m in p.measures)),
        lambda p: (str(p.conduct), str(p.when)),
    )
    pairs, gone, come = paired(old, new, keys, alike, lambda p: str(p.conduct))
    several = max(len(old), len(new)) > 1
    for i, j in pairs:
        about = conduct(old[i]) if several else None
        yield from _penalty(replace(scene, of=about), old[i], new[j], (*path, j))
    for i in gone:
        yield replace(scene, of=conduct(old[i])).change(field, "penalties", penalty(old[i], scene.names), None, path)
    for j in come:
        yield replace(scene, of=conduct(new[j])).change(
            field, "penalties", None, penalty(new[j], scene.names), (*path, j)
        )
    if out_of_order(pairs):
        yield _order(scene, field, "penalties", [conduct(p) for p in old], [conduct(p) for p in new], path)


def _penalty(scene: Scene, old: Penalty, new: Penalty, path: Path_) -> Iterator[Change]:
    yield from _measures(scene, old.measures, new.measures, (*path, "measures"))
    if old.alternatives != new.alternatives:
        field = field_of(Penalty, "alternatives")
        before, after = ALL_OR_ONE[old.alternatives], ALL_OR_ONE[new.alternatives]
        yield scene.change(field, "penalties.alternatives", before, after, (*path, "alternatives"))
    if old.conduct != new.conduct:
        field = field_of(Penalty, "conduct")
        before, after = (
            WORDS[p.conduct] if isinstance(p.conduct, str) else Message(p.conduct.zh, p.conduct.en) for p in (old, new)
        )
        yield replace(scene, of=None).change(field, "penalties.conduct", before, after, (*path, "conduct"))
    yield from fields(scene, old, new, path, "penalties.", skip=frozenset(("measures", "alternatives", "conduct")))


def _measures(scene: Scene, old: tuple[Measure, ...], new: tuple[Measure, ...], path: Path_) -> Iterator[Change]:
    pairs, gone, come = paired(old, new, (lambda m: m.model_dump_json(), lambda m: m.type))
    names, field, key = scene.names, field_of(Penalty, "measures"), "penalties.measures"
    for i, j in pairs:
        yield from _measure(scene, old[i], new[j], (*path, j))
    for i in gone:
        yield scene.change(field, key, measure(old[i], names), None, path)
    for j in come:
        yield scene.change(field, key, None, measure(new[j], names), (*path, j))
    if out_of_order(pairs):
        yield _order(scene, field, key, [measure(m, names) for m in old], [measure(m, names) for m in new], path)


def _measure(scene: Scene, old: Measure, new: Measure, path: Path_) -> Iterator[Change]:
    name = scene.names.word("measure_types", new.type)
    if old.discretionary != new.discretionary:
        field = field_of(Measure, "discretionary")
        before, after = MUST_OR_MAY[old.discretionary], MUST_OR_MAY[new.discretionary]
        at = (*path, "discretionary")
        yield scene.change(field, "penalties.measures.discretionary", before, after, at, what=name)
    if (old.yuan, old.percent_of_illegal_gains) != (new.yuan, new.percent_of_illegal_gains):
        unit = "yuan" if (new.yuan or (old.yuan and not new.percent_of_illegal_gains)) else "percent_of_illegal_gains"
        yield scene.change(
            field_of(Measure, unit),
            f"penalties.measures.{unit}",
            _bounds(old, scene.names),
            _bounds(new, scene.names),
            (*path, unit, *_bound_key(old, new, unit)),
            what=name,
        )
    known = frozenset(("type", "discretionary", "yuan", "percent_of_illegal_gains"))
    yield from fields(scene, old, new, path, "penalties.measures.", skip=known)


def _bound_key(old: Measure, new: Measure, unit: str) -> tuple[str, ...]:
    before, after = getattr(old, unit), getattr(new, unit)
    if before is None or after is None:
        return ()
    return next(((key,) for key in ("max", "min") if getattr(before, key) != getattr(after, key)), ())


def _bounds(value: Measure, names: Names) -> Message | None:
    if value.percent_of_illegal_gains:
        return share(value.percent_of_illegal_gains)
    return said(value.yuan, names)


_LIMIT_KEYS: Any = (lambda e: e.model_dump_json(), lambda e: (e.kind, e.act.zh), lambda e: e.act.zh, lambda e: e.act.en)
_STAFFING_KEYS: Any = (
    lambda e: e.model_dump_json(),
    lambda e: (e.binds, e.who.zh),
    lambda e: e.who.zh,
    lambda e: e.who.en,
)
_THRESHOLD_KEYS: Any = (lambda e: e.model_dump_json(), lambda e: e.use.zh, lambda e: e.use.en)
_MENTION_KEYS: Any = (lambda e: e.model_dump_json(), lambda e: e.found, lambda e: e.reason.zh)
_ERRATUM_KEYS: Any = (
    lambda e: e.model_dump_json(),
    lambda e: (e.found, e.kind),
    lambda e: e.found,
    lambda e: e.note.zh,
)


def _list(
    scene: Scene,
    form: type[Record],
    name: str,
    old: tuple[R, ...],
    new: tuple[R, ...],
    path: Path_,
    compare: Callable[[Scene, Any, Any, Path_, str], Iterator[Change]],
    keys: Sequence[Callable[[R], Hashable]],
    alike: Callable[[Any, Any], float],
) -> Iterator[Change]:
    if old == new:
        return
    field, at = field_of(form, name), (*path, name)
    pairs, gone, come = paired(old, new, keys, alike)
    for i, j in pairs:
        yield from compare(scene, old[i], new[j], (*at, j), f"{name}.")
    for i in gone:
        yield scene.change(field, name, said(old[i], scene.names), None, at)
    for j in come:
        yield scene.change(field, name, None, said(new[j], scene.names), (*at, j))
    if out_of_order(pairs):
        before, after = ([found for e in side if (found := said(e, scene.names))] for side in (old, new))
        yield _order(scene, field, name, before, after, at)


def _order(scene: Scene, field: Field, key: str, old: Sequence[Message], new: Sequence[Message], path: Path_) -> Change:
    note = Message("只改了次序", "only their order has changed")
    return scene.change(field, key, joined(old), joined(new), path, kind=Kind.POSITION, action=Action.MOVED, note=note)


def _limit(scene: Scene, old: TimeLimit, new: TimeLimit, path: Path_, prefix: str) -> Iterator[Change]:
    scene = replace(scene, of=Message(old.act.zh, old.act.en))
    numbers = ("value", "unit", "at_least", "immediately")
    changed = [name for name in numbers if getattr(old, name) != getattr(new, name)]
    if changed:
        what = WORDS[new.kind.value]
        before, after = limit(old, scene.names), limit(new, scene.names)
        field = field_of(TimeLimit, "value")
        yield scene.change(field, f"{prefix}{changed[0]}", before, after, (*path, changed[0]), what=what)
    if old.kind != new.kind:
        before, after = WORDS[old.kind.value], WORDS[new.kind.value]
        yield scene.change(field_of(TimeLimit, "kind"), f"{prefix}kind", before, after, (*path, "kind"))
    yield from fields(scene, old, new, path, prefix, skip=frozenset((*numbers, "kind")))


def _staffing(scene: Scene, old: Staffing, new: Staffing, path: Path_, prefix: str) -> Iterator[Change]:
    scene = replace(scene, of=Message(old.who.zh, old.who.en))
    if (old.value, old.at_least) != (new.value, new.at_least):
        changed = "value" if old.value != new.value else "at_least"
        yield scene.change(field_of(Staffing, "value"), f"{prefix}{changed}", heads(old), heads(new), (*path, changed))
    if old.binds != new.binds:
        field = field_of(Staffing, "binds")
        yield scene.change(field, f"{prefix}binds", WORDS[old.binds], WORDS[new.binds], (*path, "binds"))
    yield from fields(scene, old, new, path, prefix, skip=frozenset(("value", "at_least", "binds")))


def _threshold(scene: Scene, old: Threshold, new: Threshold, path: Path_, prefix: str) -> Iterator[Change]:
    scene = replace(scene, of=Message(old.use.zh, old.use.en))
    numbers = ("value", "unit", "inclusive")
    changed = [name for name in numbers if getattr(old, name) != getattr(new, name)]
    if changed:
        field, what = field_of(Threshold, "value"), field_of(Clause, "thresholds").name
        before, after = threshold(old, scene.names), threshold(new, scene.names)
        if before == after:  # whether the number counts was left unsaid and is said now in the same words
            before, after = (
                said(getattr(e, changed[0]), scene.names) or Message("未写明", "not stated") for e in (old, new)
            )
        yield scene.change(field, f"{prefix}{changed[0]}", before, after, (*path, changed[0]), what=what)
    yield from fields(scene, old, new, path, prefix, skip=frozenset(numbers))


def _mention(scene: Scene, old: Mention, new: Mention, path: Path_, prefix: str) -> Iterator[Change]:
    yield from fields(replace(scene, of=Message(f"“{old.found}”", f"“{old.found}”")), old, new, path, prefix)


def _erratum(scene: Scene, old: Erratum, new: Erratum, path: Path_, prefix: str) -> Iterator[Change]:
    yield from fields(replace(scene, of=Message(f"“{old.found}”", f"“{old.found}”")), old, new, path, prefix)


def _legal_note(scene: Scene, old: LegalNote | None, new: LegalNote | None, path: Path_) -> Iterator[Change]:
    if old == new:
        return
    if old is None or new is None:
        yield scene.change(
            field_of(Clause, "legal_note"), "legal_note", said(old, scene.names), said(new, scene.names), path
        )
        return
    if (old.zh, old.en) != (new.zh, new.en):
        at = (*path, "zh" if old.zh != new.zh else "en")
        before, after = Message(old.zh, old.en), Message(new.zh, new.en)
        yield scene.change(field_of(LegalNote, "zh"), "legal_note", before, after, at)
    yield from fields(scene, old, new, path, "legal_note.", skip=frozenset(("zh", "en")))


Checks = tuple[Check, ...] | NoChecks | None


def _checks(scene: Scene, old: Checks, new: Checks, path: Path_) -> Iterator[Change]:
    if old == new:
        return
    field = field_of(Clause, "checks")
    if isinstance(old, tuple) and isinstance(new, tuple):
        yield from _questions(scene, old, new, path)
    elif isinstance(old, NoChecks) and isinstance(new, NoChecks):
        yield from fields(scene, old, new, path, "checks.")
    else:
        before, after = _asked(old), _asked(new)
        action = Action.ADDED if old is None else Action.REMOVED if new is None else Action.CHANGED
        yield scene.change(field, "checks", before, after, path, action=action)


def _asked(value: Checks) -> Message:
    if value is None:
        return Message(
            "（未另写：内容条款整条为一项）", "(none written: a clause of the content is one item as it stands)"
        )
    if isinstance(value, NoChecks):
        return Message(f"不列入检查表：{value.none.zh}", f"not in the checklist: {value.none.en}")
    return joined(Message(check.zh, check.en) for check in value)


def _questions(scene: Scene, old: tuple[Check, ...], new: tuple[Check, ...], path: Path_) -> Iterator[Change]:
    was = [(number_of(check, i), check) for i, check in enumerate(old)]
    now = [(number_of(check, i), check) for i, check in enumerate(new)]
    keys: Any = (
        lambda e: (e[0], e[1].zh, e[1].en),
        lambda e: (e[1].zh, e[1].en),
        lambda e: e[1].zh,
    )
    pairs, gone, come = paired(was, now, keys, lambda a, b: likeness(a[1].zh, b[1].zh), lambda e: e[0])
    field = field_of(Clause, "checks")
    for i, j in pairs:
        (before, one), (after, other) = was[i], now[j]
        here = replace(scene, of=_nth(before))
        if (one.zh, one.en) != (other.zh, other.en):
            at = (*path, j, "zh" if one.zh != other.zh else "en")
            note = STALE if one.zh != other.zh and one.en == other.en else None
            yield here.change(
                field_of(Check, "zh"), "checks", Message(one.zh, one.en), Message(other.zh, other.en), at, note=note
            )
        if before != after:
            numbering = field_of(Check, "number")
            ids = ((f"{scene.subject.id}.{before}", f"{scene.subject.id}.{after}"),)
            yield here.change(
                numbering, "checks.number", _nth(before), _nth(after), (*path, j), action=Action.MOVED, ids=ids
            )
    for i in gone:
        number, check = was[i]
        yield replace(scene, of=_nth(number)).change(field, "checks", Message(check.zh, check.en), None, path)
    for j in come:
        number, check = now[j]
        yield replace(scene, of=_nth(number)).change(field, "checks", None, Message(check.zh, check.en), (*path, j))
    if out_of_order(pairs) and all(was[i][0] == now[j][0] for i, j in pairs):
        before_, after_ = ([Message(c.zh, c.en) for c in side] for side in (old, new))
        yield _order(scene, field, "checks", before_, after_, path)


def _nth(number: int) -> Message:
    return Message(f"第{number}项", f"item {number}")
