"""Two versions of the registers and of the issued text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from handbook.compare.change import Action, Change, Kind, Subject
from handbook.compare.match import likeness, out_of_order, paired
from handbook.compare.records import Scene, field_of, fields, value
from handbook.compare.saying import joined, said
from handbook.compare.snapshot import REGISTER_NAMES, Names, Snapshot
from handbook.compare.table import Field
from handbook.model import Glossary, Handbook, Law, Laws, Record, Term, Vocabulary
from handbook.nodes import Path_
from handbook.problem import Message, Place

MANY = 3
"""From how many entries on what a register of ids has gained or lost is said in one change."""


def registers(old: Snapshot, new: Snapshot, names: Names) -> Iterator[Change]:
    """Every change in the registers both sides have, and in the issued text."""
    for name, after in new.registers.items():
        before = old.registers.get(name)
        if before is None or before == after:
            continue
        scene = Scene(_subject(name), name, names, new)
        if isinstance(before, Laws) and isinstance(after, Laws):
            yield from _laws(scene, before.laws, after.laws)
        elif isinstance(before, Glossary) and isinstance(after, Glossary):
            yield from _terms(scene, before.terms, after.terms)
        elif isinstance(before, Vocabulary) and isinstance(after, Vocabulary):
            yield from _vocabulary(scene, before, after)
        elif isinstance(before, Handbook) and isinstance(after, Handbook):
            yield from fields(scene, before, after, ())
        else:
            yield from _maps(scene, before, after)
    if old.source_text is not None and new.source_text is not None and old.source_text != new.source_text:
        yield from _source(old.source_text, new.source_text, names, new)


def _subject(name: str, id: str = "", cited: Message | None = None, *, there: bool = True) -> Subject:
    title = REGISTER_NAMES.get(name, Message(name, name))
    return Subject(name, id, cited or title, title, None, there)


def _laws(scene: Scene, old: Sequence[Law], new: Sequence[Law]) -> Iterator[Change]:
    def subject(law: Law, there: bool = True) -> Subject:
        return _subject("_laws", law.id, Message(f"《{law.cited_as.zh}》", law.cited_as.en), there=there)

    keys: Any = (lambda w: (w.id, w.cited_as.zh), lambda w: w.id, lambda w: w.cited_as.zh)
    pairs, gone, come = paired(old, new, keys, lambda a, b: likeness(a.title.zh, b.title.zh) - 0.3)
    entry = Field(Kind.LAW, Message("法规", "instrument"))
    for i, j in pairs:
        here = _at(scene, subject(new[j]))
        if old[i].id != new[j].id:
            ids = ((old[i].id, new[j].id),)
            values = Message(old[i].id, old[i].id), Message(new[j].id, new[j].id)
            yield here.change(field_of(Law, "id"), "laws.id", *values, ("laws", j, "id"), action=Action.MOVED, ids=ids)
        yield from fields(here, old[i], new[j], ("laws", j), "laws.", skip=frozenset(("id",)))
    for i in gone:
        here = _at(scene, subject(old[i], there=False))
        yield here.change(entry, "laws", Message(old[i].title.zh, old[i].title.en), None, ("laws",))
    for j in come:
        here = _at(scene, subject(new[j]))
        yield here.change(entry, "laws", None, Message(new[j].title.zh, new[j].title.en), ("laws", j))
    yield from _order(
        scene,
        Field(Kind.LAW_ENTRY, entry.name),
        "laws",
        pairs,
        [subject(w).cited for w in old],
        [subject(w).cited for w in new],
    )


def _terms(scene: Scene, old: Sequence[Term], new: Sequence[Term]) -> Iterator[Change]:
    def subject(term: Term, there: bool = True) -> Subject:
        return _subject("_glossary", term.zh, Message(term.zh, f"{term.zh} ({term.en})"), there=there)

    keys: Any = (lambda t: (t.zh, t.en), lambda t: t.zh, lambda t: t.en)
    pairs, gone, come = paired(old, new, keys)
    field = Field(Kind.TERM, Message("术语", "term"))
    for i, j in pairs:
        here, path = _at(scene, subject(new[j])), ("terms", j)
        yield from fields(here, old[i], new[j], path, "terms.")
    for i in gone:
        yield _at(scene, subject(old[i], there=False)).change(
            field, "terms", said(old[i], scene.names), None, ("terms",)
        )
    for j in come:
        yield _at(scene, subject(new[j])).change(field, "terms", None, said(new[j], scene.names), ("terms", j))
    yield from _order(scene, field, "terms", pairs, [subject(t).cited for t in old], [subject(t).cited for t in new])


def _vocabulary(scene: Scene, old: Vocabulary, new: Vocabulary) -> Iterator[Change]:
    for name in Vocabulary.model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before == after and not (isinstance(before, dict) and list(before) != list(after)):
            continue
        if not isinstance(after, dict):
            yield from fields(scene, before, after, (name,), f"{name}.")
            continue
        field = Field(Kind.VOCABULARY, Message("词表用词", "word of the vocabulary"))
        for word in dict.fromkeys((*before, *after)):
            one, other = before.get(word), after.get(word)
            if one == other:
                continue
            entry = one if other is None else other
            cited = Message(f"词表“{entry.zh}”（{name}.{word}）", f"Vocabulary “{entry.en}” ({name}.{word})")
            here = _at(scene, _subject("_vocabulary", f"{name}.{word}", cited, there=other is not None))
            if one is None or other is None:
                values = said(one, scene.names), said(other, scene.names)
                yield here.change(field, name, *values, (name, word) if other else (name,))
            elif type(one) is type(other) and set(type(one).model_fields) > {"zh", "en"}:
                yield from _named(here, one, other, (name, word), name)
            else:
                values = said(one, scene.names), said(other, scene.names)
                yield here.change(field, name, *values, (name, word))
        yield from _map_order(scene, field, name, before, after)


def _named(scene: Scene, old: Record, new: Record, path: Path_, prefix: str) -> Iterator[Change]:
    """An entry with a name in both languages and more besides."""
    names = [Message(getattr(e, "zh"), getattr(e, "en")) for e in (old, new)]  # noqa: B009  (forms that have both)
    if names[0] != names[1]:
        yield scene.change(field_of(type(new), "zh"), prefix, names[0], names[1], path)
    yield from fields(scene, old, new, path, f"{prefix}.", skip=frozenset(("zh", "en")))


def _maps(scene: Scene, old: Record, new: Record) -> Iterator[Change]:
    """Registers of ids: maps from an id to its text, or to where it went."""
    kind = Kind.REDIRECT if scene.subject.group == "_redirects" else Kind.PUBLISHED
    for name, description in type(new).model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        zh, _, en = (description.description or name).partition(" | ")
        field = Field(kind, Message(zh, en or zh))
        if not isinstance(before, Mapping) or not isinstance(after, Mapping):
            if before != after:
                yield from value(scene, field, name, before, after, (name,))
            continue
        gone, come = [k for k in before if k not in after], [k for k in after if k not in before]
        for key in (k for k in after if k in before and before[k] != after[k]):
            here = _at(scene, _subject(scene.subject.group, str(key), Message(str(key), str(key))))
            yield here.change(field, name, _entry(before[key]), _entry(after[key]), (name, key))
        for keys, there in ((gone, False), (come, True)):
            lost = kind if there else Kind.ID  # an id that was published and is gone is no editorial matter
            if len(keys) > MANY:
                every = joined(Message(str(k), str(k)) for k in keys)
                yield scene.change(field, name, None if there else every, every if there else None, (name,), kind=lost)
                continue
            for key in keys:
                here = _at(scene, _subject(scene.subject.group, str(key), Message(str(key), str(key)), there=there))
                found = _entry((after if there else before)[key])
                before_, after_ = (None, found) if there else (found, None)
                path: Path_ = (name, key) if there else (name,)
                yield here.change(field, name, before_, after_, path, kind=lost)


def _entry(found: object) -> Message:
    if found is None:
        return Message("无替代", "nothing took its place")
    zh, en = getattr(found, "zh", None), getattr(found, "en", None)
    return Message(str(zh), str(en)) if zh and en else Message(str(found), str(found))


def _map_order(
    scene: Scene, field: Field, name: str, old: Mapping[Any, Any], new: Mapping[Any, Any]
) -> Iterator[Change]:
    both = [[str(k) for k in side if k in old and k in new] for side in (old, new)]
    if both[0] != both[1]:
        values = [joined(Message(k, k) for k in side) for side in both]
        yield scene.change(field, name, values[0], values[1], (name,), action=Action.MOVED, note=_ORDER)


def _order(
    scene: Scene,
    field: Field,
    name: str,
    pairs: Sequence[tuple[int, int]],
    old: Sequence[Message],
    new: Sequence[Message],
) -> Iterator[Change]:
    if out_of_order(pairs):
        yield scene.change(field, name, joined(old), joined(new), (name,), action=Action.MOVED, note=_ORDER)


_ORDER = Message("只改了次序", "only their order has changed")


def _at(scene: Scene, subject: Subject) -> Scene:
    return Scene(subject, scene.document, scene.names, scene.new)


def _source(old: str, new: str, names: Names, side: Snapshot) -> Iterator[Change]:
    before, after = old.split("\n"), new.split("\n")
    handbook = side.registers.get("_handbook")
    file = side.shown / (handbook.source.file if isinstance(handbook, Handbook) else "")
    field = Field(Kind.ISSUED_TEXT, Message("原文", "issued text"))
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        cited = Message(f"第{b1 + 1}行", f"line {b1 + 1}")
        scene = Scene(_subject("_source", f"L{b1 + 1}", cited), "_source", names, side)
        values = ["\n".join(lines) if lines else None for lines in (before[a1:a2], after[b1:b2])]
        words = [None if v is None else Message(v, v) for v in values]
        found = scene.change(field, "source", words[0], words[1], ())
        yield Change(
            found.kind, found.action, found.subject, found.field, found.what, found.old, found.new, Place(file, b1 + 1)
        )
