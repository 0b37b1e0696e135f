"""Two versions of a regime: which clause is which, where clauses have gone, what has changed in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from handbook.compare.change import Action, Change, Kind, Subject, Weight
from handbook.compare.match import likeness, out_of_order, paired
from handbook.compare.records import Scene, annotated, errata, field_of, fields, texts, tie
from handbook.compare.saying import WORDS, joined, said
from handbook.compare.snapshot import Names, Snapshot, clause_name, regime_name, section_name
from handbook.compare.table import Field
from handbook.model import Clause, Located, Regime, Section, UnstatedAspect, citation, clauses_of
from handbook.nodes import Path_
from handbook.problem import Message, Place

_EMPTY = Clause(zh="—", en="—")


def subject_of(regime: Regime, *, there: bool = True) -> Subject:
    """A regime itself."""
    name = Message(regime.title.zh, regime.title.en)
    number = regime_name(regime)
    return Subject(regime.id, "", number, name, regime.number, there)


def regimes(old: Snapshot, new: Snapshot, names: Names, renamed: Mapping[str, str | None]) -> Iterator[Change]:
    """Every change in the regimes: those added and removed, renamed ones, and what has changed in each.

    ``renamed`` says by old id which new id a redirect names.
    """

    def bulk(regime: Regime) -> str:
        return "".join(found.clause.zh for found in clauses_of(regime))[:20_000]

    def alike(one: Regime, other: Regime) -> float:
        return likeness(bulk(one), bulk(other))

    pairs, gone, come = paired(
        old.regimes, new.regimes, (lambda r: renamed.get(r.id) or r.id, lambda r: (r.number, r.title.zh)), alike
    )
    for i, j in pairs:
        if old.regimes[i] != new.regimes[j]:
            yield from _Comparing(old.regimes[i], new.regimes[j], names, new).changes()
    for i in gone:
        regime = old.regimes[i]
        scene = Scene(subject_of(regime, there=False), regime.id, names, new)
        gone_one = scene.change(field_of(Regime, "id"), "id", _bulk(regime), None, (), kind=Kind.REGIME, what=_REGIME)
        yield replace(gone_one, place=Place(new.shown / old.documents[regime.id].file.name))
    for j in come:
        regime = new.regimes[j]
        scene = Scene(subject_of(regime), regime.id, names, new)
        yield scene.change(field_of(Regime, "id"), "id", None, _bulk(regime), ("id",), kind=Kind.REGIME, what=_REGIME)
        for found in clauses_of(regime):
            here = replace(scene, subject=_subject(found))
            bare = found.clause.model_copy(update=_NOTHING)
            every = annotated(here, bare, found.clause, found.path)
            yield from (change for change in every if change.weight is Weight.FORCE)


_REGIME = Message("制度", "regime")
_NOTHING = {
    name: field.get_default()
    for name, field in Clause.model_fields.items()
    if name not in ("marker", "zh", "en", "translated_from", "items")
}
"""What a clause has that has its text and nothing else."""


def _bulk(regime: Regime) -> Message:
    clauses = sum(1 for _ in clauses_of(regime))
    return Message(
        f"{regime.title.zh}（{len(regime.sections)} 节，{clauses} 条）",
        f"{regime.title.en} (sections: {len(regime.sections)}, clauses: {clauses})",
    )


def _subject(found: Located, *, there: bool = True) -> Subject:
    return replace(subject_of(found.regime), id=found.id, cited=clause_name(found), there=there)


def _words(clause: Clause) -> Message:
    return Message(f"{clause.marker or ''}{clause.zh}", clause.en)


@dataclass(frozen=True)
class _Comparing:
    """Two versions of one regime."""

    old: Regime
    new: Regime
    names: Names
    side: Snapshot

    def changes(self) -> Iterator[Change]:
        subject = subject_of(self.new)
        scene = Scene(subject, self.new.id, self.names, self.side)
        yield from self._itself(scene)
        yield from self._sections(scene)
        yield from self._moves()
        pairs, gone, come = self._matching
        for i, j in pairs:
            yield from self._clause(self._was[i], self._now[j])
        for i in gone:
            found = self._was[i]
            here = replace(scene, subject=_subject(found, there=False))
            yield here.change(_CLAUSE, "clauses", _words(found.clause), None, self._near[i])
            bare = found.clause.model_copy(update=_NOTHING)
            yield from annotated(here, found.clause, bare, self._near[i])
        for j in come:
            found = self._now[j]
            here = replace(scene, subject=_subject(found))
            yield here.change(_CLAUSE, "clauses", None, _words(found.clause), (*found.path, "zh"))
            yield from annotated(here, found.clause.model_copy(update=_NOTHING), found.clause, found.path)

    @cached_property
    def _was(self) -> tuple[Located, ...]:
        return tuple(clauses_of(self.old))

    @cached_property
    def _now(self) -> tuple[Located, ...]:
        return tuple(clauses_of(self.new))

    @cached_property
    def _matching(self) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[int, ...]]:
        """Which clause is which: the same words under the same id, the same words elsewhere, like words, the same id."""
        return paired(
            self._was,
            self._now,
            (
                lambda f: (f.id, f.clause.zh),
                lambda f: (_above(f), f.clause.zh),
                lambda f: f.clause.zh,
            ),
            lambda a, b: likeness(a.clause.zh, b.clause.zh),
            lambda f: f.id,
        )

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        """Old ids of sections and clauses that are still there, with their new ones."""
        sections = ((self.old.sections[i].number, self.new.sections[j].number) for i, j in self._section_pairs[0])
        clauses = ((self._was[i].id, self._now[j].id) for i, j in self._matching[0])
        return {**{f"s{was}": f"s{now}" for was, now in sections}, **dict(clauses)}

    @cached_property
    def _section_pairs(self) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[int, ...]]:
        keys = (
            lambda s: (s.number, s.heading.zh),
            lambda s: s.heading.zh,
            lambda s: tuple(c.zh for c in s.clauses),
        )

        def alike(one: Section, other: Section) -> float:
            return likeness("".join(c.zh for c in one.clauses), "".join(c.zh for c in other.clauses))

        return paired(self.old.sections, self.new.sections, keys, alike, lambda s: s.number)

    def _itself(self, scene: Scene) -> Iterator[Change]:
        old, new = self.old, self.new
        if old.id != new.id:
            before, after = Message(old.id, old.id), Message(new.id, new.id)
            yield scene.change(
                field_of(Regime, "id"), "id", before, after, ("id",), action=Action.MOVED, ids=((old.id, new.id),)
            )
        if old.number != new.number:
            before, after = (Message(str(r.number), str(r.number)) for r in (old, new))
            yield scene.change(field_of(Regime, "number"), "number", before, after, ("number",), action=Action.MOVED)
        yield from texts(scene, field_of(Regime, "title"), "title", old.title, new.title, ("title",))
        yield from tie(scene, old.title, new.title, old.translated_from, new.translated_from, ())
        yield from errata(scene, old.errata, new.errata, ())
        yield from self._unstated(scene)
        known = ("id", "number", "title", "translated_from", "errata", "preamble", "sections", "unstated_aspects")
        yield from fields(scene, old, new, (), skip=frozenset(known))

    def _unstated(self, scene: Scene) -> Iterator[Change]:
        old, new = self.old.unstated_aspects, self.new.unstated_aspects
        field = field_of(Regime, "unstated_aspects")
        for word in dict.fromkeys((*old, *new)):
            path: Path_ = ("unstated_aspects", word)
            here = replace(scene, of=self.names.word("aspects", word))
            before, after = old.get(word), new.get(word)
            if before is None or after is None:
                notes = [None if v is None else Message(v.note.zh, v.note.en) for v in (before, after)]
                yield here.change(field, "unstated_aspects", notes[0], notes[1], path if after else path[:1])
                continue
            moved = tuple(self._ids.get(id, id) for id in before.drawn_from)
            if moved != after.drawn_from:
                drawn = field_of(UnstatedAspect, "drawn_from")
                note = None
                if before.drawn_from == after.drawn_from:
                    note = Message("标识未改，所指条款已变", "the ids are as before but name other clauses now")
                values = [said(v.drawn_from, self.names) for v in (before, after)]
                key = "unstated_aspects.drawn_from"
                yield here.change(drawn, key, values[0], values[1], (*path, "drawn_from"), note=note)
            yield from fields(here, before, after, path, "unstated_aspects.", skip=frozenset(("drawn_from",)))

    def _sections(self, scene: Scene) -> Iterator[Change]:
        pairs, gone, come = self._section_pairs
        for i, j in pairs:
            old, new = self.old.sections[i], self.new.sections[j]
            path: Path_ = ("sections", j)
            here = replace(scene, subject=self._section_subject(self.new, new))
            if old.number != new.number:
                names = section_name(self.old, old), section_name(self.new, new)
                ids = self._below(f"s{old.number}", f"s{new.number}")
                yield here.change(
                    field_of(Section, "number"),
                    "sections.number",
                    *names,
                    (*path, "number"),
                    action=Action.MOVED,
                    ids=((f"s{old.number}", f"s{new.number}"), *ids),
                )
            yield from texts(
                here, field_of(Section, "heading"), "sections.heading", old.heading, new.heading, (*path, "heading")
            )
            yield from tie(here, old.heading, new.heading, old.translated_from, new.translated_from, path)
            yield from errata(here, old.errata, new.errata, path)
            if old.checklist != new.checklist:
                values = [WORDS[s.checklist] if s.checklist else None for s in (old, new)]
                yield here.change(
                    field_of(Section, "checklist"), "sections.checklist", values[0], values[1], (*path, "checklist")
                )
            known = ("number", "heading", "translated_from", "errata", "checklist", "clauses")
            yield from fields(here, old, new, path, "sections.", skip=frozenset(known))
        for i in gone:
            section = self.old.sections[i]
            here = replace(scene, subject=self._section_subject(self.old, section, there=False))
            yield here.change(_SECTION, "sections", _heading(section), None, ("sections",))
        for j in come:
            section = self.new.sections[j]
            here = replace(scene, subject=self._section_subject(self.new, section))
            yield here.change(_SECTION, "sections", None, _heading(section), ("sections", j))
        same = [p for p in pairs if self.old.sections[p[0]].number == self.new.sections[p[1]].number]
        if out_of_order(same):
            values = [joined(_heading(s) for s in side) for side in (self.old.sections, self.new.sections)]
            yield scene.change(
                _SECTION,
                "sections",
                values[0],
                values[1],
                ("sections",),
                kind=Kind.POSITION,
                action=Action.MOVED,
                what=_ORDER,
            )

    def _section_subject(self, regime: Regime, section: Section, *, there: bool = True) -> Subject:
        return replace(subject_of(regime), id=f"s{section.number}", cited=section_name(regime, section), there=there)

    def _clause(self, old: Located, new: Located) -> Iterator[Change]:
        scene = Scene(_subject(new), self.new.id, self.names, self.side)
        yield from texts(scene, field_of(Clause, "zh"), "clauses", old.clause, new.clause, new.path)
        yield from tie(scene, old.clause, new.clause, old.clause.translated_from, new.clause.translated_from, new.path)
        if old.clause.marker != new.clause.marker and (
            old.id.rpartition("-")[2] == new.id.rpartition("-")[2] or _form(old.clause) != _form(new.clause)
        ):
            marks = [Message(c.marker, c.marker) if c.marker else None for c in (old.clause, new.clause)]
            yield scene.change(field_of(Clause, "marker"), "clauses.marker", marks[0], marks[1], (*new.path, "marker"))
        yield from annotated(scene, old.clause, new.clause, new.path)

    # Where clauses have gone.

    def _below(self, old: str, new: str) -> tuple[tuple[str, str], ...]:
        """The clauses below a section or clause that have moved along with it."""
        return tuple(
            (was, now) for was, now in self._ids.items() if was.startswith(f"{old}-") and now == new + was[len(old) :]
        )

    def _moves(self) -> Iterator[Change]:
        was, now = self._was, self._now
        sections = dict(self._section_pairs[0])
        parents = {was[i].path: now[j].path for i, j in self._matching[0]}
        moved: list[tuple[Located, Located, bool]] = []
        still: dict[Path_, list[tuple[int, int]]] = {}
        for i, j in sorted(self._matching[0], key=lambda p: p[1]):
            old, new = was[i], now[j]
            together = _follows(old, new, parents, sections)
            if together and old.id.rpartition("-")[2] == new.id.rpartition("-")[2]:
                still.setdefault(new.path[:-1], []).append((i, j))
            else:
                moved.append((old, new, together))
        for run in _runs(moved):
            yield self._move(run)
        for path, pairs in still.items():
            if out_of_order(pairs):
                lists = [was[i] for i, _ in sorted(pairs)], [now[j] for j in sorted(j for _, j in pairs)]
                values = [joined(clause_name(f) for f in side) for side in lists]
                scene = Scene(_subject(lists[1][0]), self.new.id, self.names, self.side)
                yield scene.change(
                    _CLAUSE, "clauses", values[0], values[1], path, kind=Kind.POSITION, action=Action.MOVED, what=_ORDER
                )

    def _move(self, run: Sequence[tuple[Located, Located, bool]]) -> Change:
        first, last = run[0], run[-1]
        scene = Scene(_subject(first[1]), self.new.id, self.names, self.side)
        ids = [pair for old, new, _ in run for pair in ((old.id, new.id), *self._below(old.id, new.id))]
        what = _MOVED if first[2] else _REGROUPED
        before, after = _span(first[0], last[0]), _span(first[1], last[1])
        return scene.change(
            _CLAUSE,
            "clauses",
            before,
            after,
            first[1].path,
            kind=Kind.POSITION,
            action=Action.MOVED,
            what=what,
            ids=tuple(ids),
        )

    @cached_property
    def _near(self) -> Mapping[int, Path_]:
        """By the index of an old clause the path in the new file where it is, or where the last before it is that is still there."""
        places = {i: self._now[j].path for i, j in self._matching[0]}
        near: dict[int, Path_] = {}
        last = next(iter(places.values()), ())
        for index in range(len(self._was)):
            last = near[index] = places.get(index, last)
        return near


_CLAUSE = Field(Kind.CLAUSE, Message("条款", "clause"))
_SECTION = Field(Kind.SECTION, Message("节", "section"))
_MOVED = Message("移位", "moved")
_REGROUPED = Message("改归他条之下", "moved to another parent")
_ORDER = Message("次序", "order")


def _heading(section: Section) -> Message:
    return Message(section.heading.zh, section.heading.en)


def _above(found: Located) -> str:
    return found.id.rpartition("-")[0]


def _form(clause: Clause) -> str:
    """The form of a number, whatever its value: （）, 、 or nothing."""
    return "".join(c for c in clause.marker or "" if c in "（）()、.．")


def _follows(old: Located, new: Located, parents: Mapping[Path_, Path_], sections: Mapping[int, int]) -> bool:
    """Whether a clause stands where its old parent stands now."""
    if old.depth != new.depth:
        return False
    if old.depth:
        return parents.get(old.path[:-2]) == new.path[:-2]
    if old.section is None or new.section is None:
        return old.section is new.section
    return sections.get(int(old.path[1])) == int(new.path[1])


def _runs(moved: Sequence[tuple[Located, Located, bool]]) -> Iterator[list[tuple[Located, Located, bool]]]:
    """Neighbours that have moved by the same number of places, together."""
    run: list[tuple[Located, Located, bool]] = []
    for entry in moved:
        if run and _adjoins(run[-1], entry):
            run.append(entry)
        else:
            if run:
                yield run
            run = [entry]
    if run:
        yield run


def _adjoins(one: tuple[Located, Located, bool], other: tuple[Located, Located, bool]) -> bool:
    return one[2] == other[2] and all(
        a.path[:-1] == b.path[:-1] and _last(b) == (_last(a)[0], _last(a)[1] + 1)
        for a, b in ((one[0], other[0]), (one[1], other[1]))
    )


def _last(found: Located) -> tuple[str, int]:
    name = found.id.rpartition("-")[2]
    return ("p", int(name[1:])) if name.startswith("p") else ("", int(name))


def _span(first: Located, last: Located) -> Message:
    start, end = (Message(citation(f, "zh", full=False), citation(f, "en", full=False)) for f in (first, last))
    return start if first is last else Message(f"{start.zh}至{end.zh}", f"{start.en} to {end.en}")
