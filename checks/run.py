"""Running the rules over what was read: one report, the same for the command line, the build and the tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checks import (  # noqa: F401  (importing registers the rules)
    addresses,
    aspects,
    checklists,
    issued_text,
    laws,
    limits,
    penalties,
    proposals,
    reading,
    terms,
    translation,
)
from checks import waivers as _waivers
from checks.rule import RULES, Rule
from handbook.problem import Message, Problem, Severity, in_order
from handbook.source import Reading


@dataclass(frozen=True, slots=True)
class Report:
    """What the rules found: the problems that stand, those waived (with the reason), the rules that ran."""

    problems: tuple[Problem, ...]
    waived: tuple[tuple[_waivers.Waiver, Problem], ...]
    rules: tuple[Rule, ...]
    skipped: tuple[Rule, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that stop a strict build only."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)


def rules() -> tuple[Rule, ...]:
    """Every rule in the order of the codes."""
    return tuple(RULES[code] for code in sorted(RULES))


def run(
    read: Reading,
    waiver_file: Path | None = None,
    *,
    shown_waivers: Path | None = None,
    today: date | None = None,
    progress: Callable[[Rule, int, int], None] | None = None,
) -> Report:
    """Runs every rule over a reading.

    What the reader reported comes first. Rules that compare all regimes are skipped (and listed) when one could not be
    read, since each would report the gap again. ``progress`` is called before each rule with its index and the count.
    """
    document, waivers, problems = _waivers.read_waivers(waiver_file, shown_waivers) if waiver_file else (None, None, ())
    every = rules()
    found: list[tuple[Problem, str]] = []
    skipped: list[Rule] = []
    for index, rule in enumerate(every):
        if progress:
            progress(rule, index, len(every))
        if read.book is None or (rule.whole and not read.complete):
            skipped.append(rule)
            continue
        found.extend(
            (Problem(rule.code, rule.severity, f.place, Message(f.zh, f.en)), f.subject) for f in rule.check(read.book)
        )
    if waivers is None or document is None:
        stands: list[Problem] = [problem for problem, _ in found]
        waived: list[tuple[_waivers.Waiver, Problem]] = []
    elif read.complete:
        stands, waived = _waivers.apply(found, waivers, document, today or date.today())
    else:  # an unread regime would make its waivers look unused
        stands, waived = [problem for problem, _ in found], []
    return Report(in_order([*read.problems, *problems, *stands]), tuple(waived), every, tuple(skipped))
