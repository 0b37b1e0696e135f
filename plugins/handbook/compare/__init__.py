"""What has changed in meaning between two states of the data, in legal terms and both languages. Form is no change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from handbook.compare.change import Action, Change, Comparison, Kind, Subject, Weight
from handbook.compare.records import FRESHNESS_NAMES
from handbook.compare.regimes import regimes, subject_of
from handbook.compare.registers import registers
from handbook.compare.snapshot import Names, Snapshot, of_book, of_record
from handbook.model import Redirects
from handbook.problem import Message
from handbook.text.fingerprint import Freshness

__all__ = [
    "Action",
    "Change",
    "Comparison",
    "Kind",
    "Snapshot",
    "Subject",
    "Weight",
    "compare",
    "of_book",
    "of_record",
]


def compare(old: Snapshot, new: Snapshot, old_name: str = "old", new_name: str = "new") -> Comparison:
    """Every change from ``old`` to ``new``: what binds people first, then wording, then editorial matters, each by regime."""
    names = Names(old, new)
    found = [*regimes(old, new, names, _renamed(new)), *registers(old, new, names)]
    weights, kinds = list(Weight), list(Kind)
    order = {subject.group: i for i, subject in enumerate(subject_of(r) for r in new.regimes)}
    found = sorted(
        _tied_together(found, new),
        key=lambda c: (
            weights.index(c.weight),
            c.subject.number is None,
            order.get(c.subject.group, len(order)),
            c.subject.group,
            c.place,
            kinds.index(c.kind),
        ),
    )
    return Comparison(tuple(found), old_name, new_name)


def _renamed(new: Snapshot) -> Mapping[str, str | None]:
    """Regimes that go by another id, as the redirects say."""
    register = new.registers.get("_redirects")
    found = getattr(register, "regimes", {}) if isinstance(register, Redirects) else {}
    return {old: to for old, to in found.items() if isinstance(to, str)} if isinstance(found, Mapping) else {}


def _tied_together(changes: Iterable[Change], new: Snapshot) -> list[Change]:
    """The first fingerprints of a regime's translations in one change: they say nothing of their own."""
    first = FRESHNESS_NAMES[Freshness.UNTIED], FRESHNESS_NAMES[Freshness.FRESH]
    kept: list[Change] = []
    tied: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind is Kind.FRESHNESS and (change.old, change.new) == first:
            tied.setdefault(change.subject.group, []).append(change)
        else:
            kept.append(change)
    regime = {r.id: r for r in new.regimes}
    for group, found in tied.items():
        if len(found) == 1:
            kept += found
            continue
        note = Message(f"{len(found)} 处", f"{len(found)} texts")
        ids = tuple((c.subject.id, c.subject.id) for c in found)
        kept.append(replace(found[0], subject=subject_of(regime[group]), note=note, ids=ids))
    return kept
