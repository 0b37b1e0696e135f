"""The comparison of two states: nothing for the same state in another form, and for every value of the real data that is changed a change of exactly that thing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from handbook.compare import Change, Comparison, Kind, Snapshot, Weight, compare, of_book
from handbook.compare.change import KIND_NAMES, WEIGHTS
from handbook.compare.marks import marked
from handbook.compare.table import FIELDS
from handbook.model import (
    Bilingual,
    Clause,
    Glossary,
    Laws,
    Published,
    Record,
    Redirects,
    Regime,
    Vocabulary,
    clauses_of,
)
from handbook.source import OPTIONAL, REGISTERS, read
from tests.books import PLAIN, make_book, write

REAL = Path(__file__).parents[1] / "regimes"
SHOWN = Path("regimes")


@cache
def _real() -> Snapshot:
    book = read(REAL, SHOWN).book
    assert book is not None
    return of_book(book, SHOWN)


def _snapshot(folder: Path) -> Snapshot:
    reading = read(folder, SHOWN)
    assert reading.book is not None
    assert reading.complete, reading.problems
    return of_book(reading.book, SHOWN)


def _tiny(folder: Path, **parts: str) -> Snapshot:
    return _snapshot(make_book(folder, **parts))


# Every field is known


CONTAINERS = (Laws, Glossary, Vocabulary, Published, Redirects)
"""Registers compared entry by entry."""


def _records(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in get_args(annotation):
        yield from _records(inner)


def _every_record() -> set[type[Record]]:
    found: set[type[Record]] = set()
    waiting: list[type[Record]] = [Regime, *REGISTERS.values(), *OPTIONAL.values()]
    while waiting:
        form = waiting.pop()
        if form not in found:
            found.add(form)
            waiting += [r for field in form.model_fields.values() for r in _records(field.annotation)]
    return found


@pytest.mark.parametrize("form", sorted(_every_record() - set(CONTAINERS), key=lambda f: f.__name__))
def test_the_comparison_knows_every_field_of_the_model_by_name_and_kind(form: type[Record]) -> None:
    assert set(FIELDS.get(form, {})) == set(form.model_fields), f"add the fields of {form.__name__} to compare/table.py"


def test_every_kind_of_change_has_a_name_and_a_weight() -> None:
    assert set(KIND_NAMES) == set(WEIGHTS) == set(Kind)
    assert WEIGHTS[Kind.AMOUNT] is WEIGHTS[Kind.DISCRETION] is WEIGHTS[Kind.LAW_STATUS] is Weight.FORCE
    assert WEIGHTS[Kind.TEXT] is Weight.WORDING
    assert WEIGHTS[Kind.VERIFIED] is Weight.EDITORIAL


# The same state


def test_the_real_data_does_not_differ_from_itself() -> None:
    assert compare(_real(), _snapshot(REAL)).changes == ()


def test_the_same_data_written_as_json_with_its_keys_turned_round_does_not_differ(tmp_path: Path) -> None:
    for file in REAL.glob("*.yml"):
        name = file.stem if file.stem.startswith("_") else file.stem.partition("-")[2]
        form = REGISTERS.get(name) or OPTIONAL.get(name) or Regime
        value = _real().documents[name].value
        assert form
        write(tmp_path / file.name, "# another form\n" + json.dumps(_turned(value, name), indent=1, default=str))
    (tmp_path / "source").mkdir()
    for file in (REAL / "source").iterdir():
        (tmp_path / "source" / file.name).write_bytes(file.read_bytes())

    assert compare(_real(), _snapshot(tmp_path)).changes == ()


def _turned(value: Any, name: str, depth: int = 0) -> Any:
    """The keys of every record the other way round; the groups of the vocabulary are lists in their order."""
    if isinstance(value, list):
        return [_turned(v, name, depth) for v in value]
    if not isinstance(value, dict):
        return value
    keys = list(value) if name == "_vocabulary" and depth == 1 else reversed(list(value))
    return {k: _turned(value[k], name, depth + 1) for k in keys}


# Every leaf


@dataclass(frozen=True)
class Leaf:
    """A value in a document, and what it can be changed to."""

    document: str
    path: tuple[str | int, ...]
    bucket: tuple[str, ...]
    new: Any


def _leaves(document: str, value: Any, path: tuple[str | int, ...], owner: str, name: str) -> Iterator[Leaf]:
    def leaf(new: Any, how: str) -> Leaf:
        return Leaf(document, path, (owner, name, how), new)

    if isinstance(value, BaseModel):
        for key in type(value).model_fields:
            yield from _leaves(document, getattr(value, key), (*path, key), type(value).__name__, key)
    elif isinstance(value, tuple):
        for i, entry in enumerate(value):
            yield from _leaves(document, entry, (*path, i), owner, name)
        if value:
            yield leaf(value[:-1], "shorter")
            yield leaf(value[1:], "without its first")
        elif (owner, name) in _FILLINGS:
            yield leaf(_FILLINGS[owner, name], "filled in")
        if len(set(map(str, value))) > 1:
            yield leaf(value[::-1], "turned round")
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _leaves(document, entry, (*path, key), owner, name)
        if value:
            yield leaf(dict(list(value.items())[:-1]), "shorter")
    else:
        yield from (leaf(new, f"{value is None}") for new in _others(value, owner, name))


def _others(value: Any, owner: str, name: str) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, Enum):
        return [next(other for other in type(value) if other is not value)]
    if isinstance(value, date):
        return [value + timedelta(days=1)]
    if isinstance(value, int):
        return [value + 90 if (owner, name) == ("Section", "number") else value + 1]
    if isinstance(value, str):
        if value in _LITERALS:
            return [_LITERALS[value]]
        if (owner, name) == ("Clause", "marker"):
            return [{"（": "（九十九）", "(": "(99)"}.get(value[0], "99、")]
        if name == "translated_from":
            return ["00000000-00000000"]
        return [f"{value}-x" if value.isascii() else f"{value}改"]
    return [_FILLINGS[owner, name]] if (owner, name) in _FILLINGS else []


_WORDS = Bilingual(zh="填入", en="filled in")

_LITERALS = {"items": "unstated", "unstated": "items", "inspectors": "inspected", "inspected": "inspectors"}
_LITERALS |= {"content": "procedure", "procedure": "classification", "classification": "content"}


def _filling(form: str, **values: Any) -> dict[tuple[str, str], Any]:
    return {(form, name): value for name, value in values.items()}


_FILLINGS: dict[tuple[str, str], Any] = {
    **_filling("Clause", marker="（九十九）", translated_from="00000000-00000000"),
    **_filling("Section", translated_from="00000000-00000000", aspects_note=_WORDS, checklist="classification"),
    **_filling("Section", marker="第九十九章"),
    **_filling("Regime", translated_from="00000000-00000000", marker="第九十九编"),
    **{(form, "unsure"): ("en",) for form in ("Clause", "Section", "Regime")},
    **_filling("Penalty", when=_WORDS, authority="municipal_bureau"),
    **_filling("TimeLimit", from_=_WORDS, actor=_WORDS),
    **_filling("Threshold", inclusive=True),
    **_filling("Check", number=77),
    **_filling("Law", issuer=_WORDS, number=_WORDS, first_issued="1999", effective_from="1999", latest_change="1999"),
    **_filling("Law", status="repealed", status_note=_WORDS, replaced_by=_WORDS, title_issue=_WORDS, note=_WORDS),
    **_filling("Term", note=_WORDS, attested="somewhere"),
    **_filling("Handbook", address="https://example.org/", repository="https://example.org/", forge="gitlab"),
    **_filling("SourceEdition", date="1999"),
    **_filling("Status", short=_WORDS),
}


@cache
def _every_leaf() -> dict[tuple[str, ...], list[Leaf]]:
    """The leaves of the real regimes and registers, by form, field and the way they are changed."""
    buckets: dict[tuple[str, ...], list[Leaf]] = defaultdict(list)
    side = _real()
    for name, value in [*((r.id, r) for r in side.regimes), *side.registers.items()]:
        for leaf in _leaves(name, value, (), type(value).__name__, ""):
            if _settable(leaf):
                buckets[leaf.bucket].append(leaf)
    return buckets


def _settable(leaf: Leaf) -> bool:
    """A range keeps a bound, a penalty a measure, a regime a section: the model refuses less."""
    least_one = {
        ("Penalty", "measures"),
        ("Regime", "sections"),
        ("Section", "clauses"),
        ("UnstatedAspect", "drawn_from"),
    }
    least_one |= {("Clause", "checks"), ("Handbook", "editions")}
    return not (leaf.bucket[:2] in least_one and leaf.new == ())


def _with(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, BaseModel):
        return value.model_copy(update={str(step): _with(getattr(value, str(step)), rest, new)})
    if isinstance(value, tuple):
        assert isinstance(step, int)
        return (*value[:step], _with(value[step], rest, new), *value[step + 1 :])
    return {key: _with(entry, rest, new) if key == step else entry for key, entry in value.items()}


def _changed(side: Snapshot, leaf: Leaf) -> tuple[Snapshot, str]:
    """The side with the leaf changed, and the key of what a report must name."""
    if leaf.document in side.registers:
        register = _with(side.registers[leaf.document], leaf.path, leaf.new)
        return replace(side, registers={**side.registers, leaf.document: register}), _register_key(leaf, register)
    old = next(r for r in side.regimes if r.id == leaf.document)
    new = _with(old, leaf.path, leaf.new)
    regimes = tuple(new if r is old else r for r in side.regimes)
    documents = {**side.documents, new.id: side.documents[old.id]}
    return replace(side, regimes=regimes, documents=documents), _regime_key(leaf, old, new)


def _register_key(leaf: Leaf, register: Any) -> str:
    name, path = leaf.document, leaf.path
    if name in ("_laws", "_glossary") and len(path) > 1:
        entry = getattr(register, str(path[0]))[path[1]]
        return f"{name}#{entry.id if name == '_laws' else entry.zh}"
    if name == "_vocabulary" and len(path) > 1 and path[0] != "phrases":
        return f"{name}#{path[0]}.{path[1]}"
    if name in ("_published", "_redirects") and len(path) > 1:
        return f"{name}#{path[1]}"
    return name


def _regime_key(leaf: Leaf, old: Regime, new: Regime) -> str:
    located = {f.path: f for f in clauses_of(new)}
    for end in range(len(leaf.path), 0, -1):
        found = located.get(leaf.path[:end])
        if found and leaf.path[end:] != ("items",):
            return f"{new.id}#{found.id}"
    if leaf.path[0] == "sections" and len(leaf.path) > 1 and leaf.path[2:] != ("clauses",):
        return f"{new.id}#s{new.sections[int(leaf.path[1])].number}"
    return new.id


STRUCTURE = {("Clause", "items"), ("Section", "clauses"), ("Regime", "sections"), ("Regime", "preamble")}
STRUCTURE |= {("Clause", "marker"), ("Section", "number"), ("Laws", "laws"), ("Glossary", "terms")}


def test_of_every_field_what_changes_is_named_as_exactly_that_thing() -> None:
    """Up to six places of every field of every form, changed in every way, spread over the data."""
    for found in _every_leaf().values():
        for leaf in found[:: max(1, len(found) // 5)][:6]:
            _named(leaf)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_value_of_the_real_data_that_changes_is_named_as_exactly_that_thing(data: st.DataObject) -> None:
    _named(data.draw(st.sampled_from(data.draw(st.sampled_from(list(_every_leaf().values()))))))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(min_value=0), min_size=2, max_size=12))
def test_of_many_changes_at_once_none_is_missed_and_nothing_else_is_named(choices: list[int]) -> None:
    plain = [
        leaf
        for bucket, leaves in _every_leaf().items()
        if bucket[2] in ("True", "False") and bucket[:2] not in STRUCTURE and bucket[1] != "id"
        for leaf in leaves
    ]
    side, keys, touched = _real(), set(), set()
    for choice in choices:
        leaf = plain[choice % len(plain)]
        if (leaf.document, leaf.path) not in touched and not any(p[1][: len(leaf.path)] == leaf.path for p in touched):
            touched.add((leaf.document, leaf.path))
            side, key = _changed(side, leaf)
            keys.add(key)

    assert {change.subject.key for change in compare(_real(), side).changes} == keys


def _named(leaf: Leaf) -> None:
    new, key = _changed(_real(), leaf)
    changes = compare(_real(), new).changes
    subjects = {change.subject.key for change in changes}

    assert changes, f"{leaf} goes unnoticed"
    if leaf.bucket[:2] in STRUCTURE or leaf.new is None or "shorter" in leaf.bucket[2] or "without" in leaf.bucket[2]:
        assert {s.partition("#")[0] for s in subjects} == {key.partition("#")[0]}, (leaf, changes)
    else:
        assert subjects == {key}, (leaf, changes)


def test_every_field_with_a_value_that_may_be_absent_can_be_filled_in_by_this_test() -> None:
    """So that no field is passed over because the real data happen to leave it out."""
    changed = {bucket[:2] for bucket in _every_leaf()}

    missing = {
        (form.__name__, name)
        for form in _every_record() - set(CONTAINERS)
        for name in form.model_fields
        if (form.__name__, name) not in changed and not list(_records(form.model_fields[name].annotation))
    }

    assert missing == set()


# Whole pieces, as a lawyer would say them


def _clauses(*lines: str) -> str:
    body = "".join(f"      - {line}\n" for line in lines)
    return PLAIN.partition("      - ")[0] + body


def _marked(number: str, words: str) -> str:
    return f"{{marker: （{number}）, zh: {words}。, en: 'Text of {words}.'}}"


def _only(found: Comparison) -> Change:
    assert len(found.changes) == 1, found.changes
    return found.changes[0]


def test_an_inserted_clause_is_one_addition_and_one_move_of_what_follows(tmp_path: Path) -> None:
    words = ("电梯的定期检验", "自动扶梯的日常巡查", "井道照明装置", "应急救援演练", "维护保养合同")
    numbers = "一二三四五六"
    old = _tiny(tmp_path / "old", regime=_clauses(*(_marked(n, w) for n, w in zip(numbers, words, strict=False))))
    more = (words[0], "作业人员证书", *words[1:])
    new = _tiny(tmp_path / "new", regime=_clauses(*(_marked(n, w) for n, w in zip(numbers, more, strict=True))))

    changes = [c for c in compare(old, new).changes if c.subject.group == "elevator-use"]

    assert [(c.kind, c.action.value, c.subject.id) for c in changes] == [
        (Kind.CLAUSE, "added", "s1-2"),
        (Kind.POSITION, "moved", "s1-3"),
    ]
    assert changes[1].ids == (("s1-2", "s1-3"), ("s1-3", "s1-4"), ("s1-4", "s1-5"), ("s1-5", "s1-6"))
    assert changes[1].old is not None
    assert (changes[1].old.zh, changes[1].old.en) == ("一（二）至一（五）", "I(2) to I(5)")


def test_a_clause_that_has_moved_and_been_reworded_is_still_that_clause(tmp_path: Path) -> None:
    old = _tiny(
        tmp_path / "old", regime=_clauses(_marked("一", "电梯应当每年定期检验一次"), _marked("二", "井道照明装置"))
    )
    new = _tiny(
        tmp_path / "new",
        regime=_clauses(_marked("一", "井道照明装置"), _marked("二", "电梯应当每两年定期检验一次")),
    )

    found = {(c.kind, c.subject.id) for c in compare(old, new).changes if c.subject.group == "elevator-use"}

    assert found == {(Kind.POSITION, "s1-1"), (Kind.POSITION, "s1-2"), (Kind.TEXT, "s1-2")}


def test_an_item_put_under_another_clause_is_regrouped(tmp_path: Path) -> None:
    lead = "{{marker: （{0}）, zh: {1}。, en: 'Text of {1}.', items: [{2}]}}"
    item = "{marker: 1、, zh: 井道照明装置损坏的。, en: Shaft lighting is broken.}"
    other = "{marker: 1、, zh: 没有作业人员证书的。, en: No certificate.}"
    old = _tiny(
        tmp_path / "old", regime=_clauses(lead.format("一", "罚款情形", item), lead.format("二", "警告情形", other))
    )
    new = _tiny(
        tmp_path / "new",
        regime=_clauses(
            _marked("一", "罚款情形"), lead.format("二", "警告情形", other + ", " + item.replace("1、", "2、"))
        ),
    )

    change = _only(
        replace(
            found := compare(old, new), changes=tuple(c for c in found.changes if c.subject.group == "elevator-use")
        )
    )

    assert change.what.en == "moved to another parent"
    assert change.ids == (("s1-1-1", "s1-2-2"),)


def test_where_the_chinese_has_changed_and_the_translation_has_not_it_is_said(tmp_path: Path) -> None:
    old = _tiny(tmp_path / "old", regime=PLAIN)
    new = _tiny(tmp_path / "new", regime=PLAIN.replace("zh: 电梯使用单位。", "zh: 电梯使用管理单位。"))

    found = [c for c in compare(old, new).changes if c.subject.id == "s1-p1"]

    assert [c.kind for c in found] == [Kind.TEXT]
    assert found[0].note is not None
    assert found[0].note.en == "the Chinese has changed, the translation has not"


def test_the_first_fingerprints_of_a_whole_regime_are_one_change(tmp_path: Path) -> None:
    from handbook.text.fingerprint import fingerprints

    clause = "{zh: 电梯使用单位。, en: User units of elevators.%s}"
    tie = f", translated_from: {fingerprints('电梯使用单位。', 'User units of elevators.')}"
    old = _tiny(tmp_path / "old", regime=_clauses(clause % "", clause % ""))
    new = _tiny(tmp_path / "new", regime=_clauses(clause % tie, clause % tie))

    change = _only(compare(old, new))

    assert (change.kind, change.weight, change.subject.id) == (Kind.FRESHNESS, Weight.WORDING, "")
    assert [new for _, new in change.ids] == ["s1-p1", "s1-p2"]


def test_a_renamed_regime_is_that_regime_under_another_id_not_one_gone_and_one_new() -> None:
    side = _real()
    regime = side.regimes[3]
    renamed = regime.model_copy(update={"id": "verification-bodies"})
    regimes = tuple(renamed if r is regime else r for r in side.regimes)

    change = _only(compare(side, replace(side, regimes=regimes)))

    assert (change.kind, change.action.value, change.ids) == (Kind.ID, "moved", ((regime.id, "verification-bodies"),))


def test_a_regime_taken_out_or_put_in_is_named_with_what_binds_people_in_it() -> None:
    side = _real()
    less = replace(side, regimes=side.regimes[:6] + side.regimes[7:])

    gone, come = compare(side, less), compare(less, side)

    assert [(c.kind, c.action.value, c.subject.number) for c in gone.changes] == [(Kind.REGIME, "removed", 7)]
    assert gone.changes[0].place.file == SHOWN / "07-measuring-instrument-makers.yml"
    assert (come.changes[0].kind, come.changes[0].action.value) == (Kind.REGIME, "added")
    assert {c.kind for c in come.changes} >= {Kind.PENALTY}
    assert all(c.weight is Weight.FORCE for c in come.changes)


def test_a_line_of_the_issued_text_that_changes_is_named_by_its_number(tmp_path: Path) -> None:
    old, new = _tiny(tmp_path / "old"), _tiny(tmp_path / "new")
    lines = (old.source_text or "").split("\n")
    changed = replace(new, source_text="\n".join([*lines[:2], "检查使用登记和维护。", *lines[3:]]))

    change = _only(compare(old, changed))

    assert (change.kind, change.subject.key) == (Kind.ISSUED_TEXT, "_source#L3")
    assert change.old is not None
    assert change.new is not None
    assert (change.old.zh, change.new.zh) == ("检查使用登记。", "检查使用登记和维护。")
    assert (change.place.file, change.place.line) == (SHOWN / "source" / "issued.txt", 3)


def test_a_published_id_that_is_gone_weighs_more_than_one_that_is_new(tmp_path: Path) -> None:
    lock = "checklist_items: {elevator-use.s0-p1.1: 是否使用登记？%s}\n"
    less = _tiny(tmp_path / "old", published=lock % "")
    more = _tiny(tmp_path / "new", published=lock % ", elevator-use.s0-p1.2: 是否检验？")

    assert [(c.kind, c.weight) for c in compare(less, more).changes] == [(Kind.PUBLISHED, Weight.EDITORIAL)]
    assert [(c.kind, c.weight) for c in compare(more, less).changes] == [(Kind.ID, Weight.WORDING)]


def test_what_binds_people_comes_before_wording_and_wording_before_editorial_matters() -> None:
    side = _real()
    found = [leaf for leaves in _every_leaf().values() for leaf in leaves[:1]]
    mixed = side
    for leaf in found[::7]:
        if leaf.bucket[2] in ("True", "False") and leaf.bucket[:2] not in STRUCTURE and leaf.bucket[0] != "Regime":
            mixed = _changed(mixed, leaf)[0]

    weights = [list(Weight).index(c.weight) for c in compare(side, mixed).changes]

    assert weights == sorted(weights)
    assert set(weights) == {0, 1, 2}


# Marked words


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["zh", "en"]))
def test_the_pieces_of_two_texts_put_together_are_the_two_texts(old: str, new: str, language: str) -> None:
    pieces = marked(old, new, language)

    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new
    assert all(p.text for p in pieces)


def test_chinese_is_marked_by_the_character_english_by_the_word_and_a_number_is_one() -> None:
    assert [(p.kind, p.text) for p in marked("三万元", "五万元", "zh")][:2] == [("removed", "三"), ("added", "五")]
    assert [p.text for p in marked("RMB 30,000", "RMB 50,000", "en")] == ["RMB ", "30,000", "50,000"]
    assert [p.text for p in marked("a fine", "a finer", "en")] == ["a ", "fine", "finer"]


def test_a_text_without_end_is_compared_without_end_of_patience() -> None:
    pieces = marked("甲" * 200_000, "乙" * 200_000, "zh")

    assert [(p.kind, len(p.text)) for p in pieces] == [("removed", 200_000), ("added", 200_000)]


# Any order of any clauses


@cache
def _tiny_side() -> Snapshot:
    with TemporaryDirectory() as folder:
        return _tiny(Path(folder), regime=PLAIN)


def _of_texts(texts: list[tuple[str, list[str]]]) -> Snapshot:
    """The tiny book with a section of numbered clauses, each with its items."""

    def clause(number: int, words: str, items: list[str]) -> Clause:
        below = tuple(clause(n, w, []) for n, w in enumerate(items, 1))
        return Clause(marker=f"{number}、", zh=words, en=f"en {words}", items=below)

    side = _tiny_side()
    section = side.regimes[0].sections[0]
    clauses = tuple(clause(n, words, items) for n, (words, items) in enumerate(texts, 1))
    regime = side.regimes[0].model_copy(update={"sections": (section.model_copy(update={"clauses": clauses}),)})
    return replace(side, regimes=(regime,))


WORD = st.text(alphabet="检查使用登记维护保养电梯井道照明证书", min_size=3, max_size=12)
LISTS = st.lists(WORD, min_size=1, max_size=9, unique=True)


@st.composite
def _grouped(draw: st.DrawFn, words: list[str]) -> list[tuple[str, list[str]]]:
    """The words in some order, some of them as items of the one before."""
    order = draw(st.permutations(words))
    groups: list[tuple[str, list[str]]] = []
    for word in order:
        if groups and draw(st.booleans()):
            groups[-1][1].append(word)
        else:
            groups.append((word, []))
    return groups


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_added_removed_and_moved_about_is_named_and_what_stays_is_not(data: st.DataObject) -> None:
    words = data.draw(LISTS)
    old_words = data.draw(st.lists(st.sampled_from(words), min_size=1, unique=True))
    new_words = data.draw(st.lists(st.sampled_from(words), min_size=1, unique=True))
    old, new = _of_texts(data.draw(_grouped(old_words))), _of_texts(data.draw(_grouped(new_words)))

    changes = compare(old, new).changes

    was = {f.clause.zh: f.id for f in clauses_of(old.regimes[0])}
    now = {f.clause.zh: f.id for f in clauses_of(new.regimes[0])}
    told = dict(pair for c in changes if c.kind is Kind.POSITION for pair in c.ids)
    assert told.items() >= {(was[w], now[w]) for w in was if w in now and was[w] != now[w]}
    assert compare(old, old).changes == ()
    assert {c.old.zh.lstrip("0123456789、") for c in changes if c.old and c.kind in (Kind.CLAUSE, Kind.TEXT)} == {
        w for w in was if w not in now
    }
    assert {c.new.zh.lstrip("0123456789、") for c in changes if c.new and c.kind in (Kind.CLAUSE, Kind.TEXT)} == {
        w for w in now if w not in was
    }


def test_thousands_of_clauses_taken_out_or_put_in_are_compared_in_seconds() -> None:
    many = _of_texts([(f"检查{n}", [f"登记{n}和{i}" for i in range(5)]) for n in range(900)])
    few = _of_texts([("井道照明", [])])
    start = perf_counter()

    gone, come = compare(many, few), compare(few, many)

    assert perf_counter() - start < 8
    assert len(gone.changes) >= 5400
    assert len(come.changes) >= 5400
