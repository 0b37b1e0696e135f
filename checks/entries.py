"""The entries of a clause's consequences, each with the stretch of the clause that states its measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.model import Bilingual, Book, Located, Penalty
from handbook.nodes import Path_
from handbook.text.citations import Span, without_titles
from handbook.text.phrases import found as everywhere


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of ``penalties`` with the stretch of the clause that states its measures, and their words there."""

    found: Located
    path: Path_
    penalty: Penalty
    text: str
    start: int
    end: int
    words: tuple[Span, ...]

    def occurrences(self, measure: str) -> list[Span]:
        """Where the words of a measure stand in the stretch."""
        return [s for s in self.words if s.name == measure]


def every_entry(book: Book) -> Iterator[Entry]:
    """The entries of every clause, in the order of the source."""
    for found in book.clauses:
        yield from entries_of(book, found)


def entries_of(book: Book, found: Located) -> list[Entry]:
    """The entries of a clause. An entry's stretch runs from its condition, or else its conduct, to the next entry's."""
    text = found.clause.zh
    placed = dict(placed_words(found))
    anchors = []
    for p in range(len(found.clause.penalties)):
        path = (*found.path, "penalties", p)
        parts = placed.get((*path, "when", "zh"), placed.get((*path, "conduct", "zh")))
        anchors.append((parts[0].start, parts[-1].end) if parts else (0, 0))
    every = measure_words(book, found)
    entries = []
    for p, (penalty, (start, end)) in enumerate(zip(found.clause.penalties, anchors, strict=True)):
        limit = min((other for other, _ in anchors if other > start), default=len(text))
        begin = end if end <= limit else start  # a conduct that spans the next condition begins where it begins
        words_here = tuple(s for s in every if begin <= s.start < limit)
        entries.append(Entry(found, (*found.path, "penalties", p), penalty, text, begin, limit, words_here))
    return entries


def placed_words(found: Located) -> list[tuple[Path_, list[Span]]]:
    """What is quoted from a clause, with the parts where they stand; what does not stand there is left out.

    A condition stands after its conduct where it can, and not inside a longer one: 构成犯罪 is not in 尚未构成犯罪.
    """
    text = found.clause.zh
    conditions = [p.when.zh for p in found.clause.penalties if p.when]
    placed: list[tuple[Path_, list[Span]]] = []
    ends: dict[Path_, int] = {}
    for path, words in quoted_words(found):
        every = list(_readings(text, words))
        if path[-2] == "conduct":
            ends[path[:-2]] = every[0][-1].end if every else 0
        elif path[-2] == "when":
            after = ends.get(path[:-2], 0)
            longer = [
                span
                for other in conditions
                if other != words and len(other) > len(words)
                for reading in _readings(text, other)
                for span in reading
            ]
            own = [r for r in every if not any(o.start <= r[0].start and r[0].end <= o.end for o in longer)] or every
            every = [r for r in own if r[0].start >= after] or own
        if every:
            placed.append((path, every[0]))
    return placed


def _readings(text: str, words: str) -> Iterator[list[Span]]:
    """The parts of quoted words (…… joins them) for each place where the first part stands."""
    first, *others = words.split("……")
    start = text.find(first) if first else -1
    while start >= 0:
        parts = [Span(start, start + len(first), first)]
        for part in others:
            at = text.find(part, parts[-1].end) if part else -1
            if at < 0:
                return
            parts.append(Span(at, at + len(part), part))
        yield parts
        start = text.find(first, start + 1)


def measure_words(book: Book, found: Located) -> tuple[Span, ...]:
    """The words of measures in a clause, outside titles, conducts, conditions and mentions."""
    return everywhere(blanked(found), {word: m.words for word, m in book.vocabulary.measure_types.items()})


def blanked(found: Located) -> str:
    """The clause with its titles, conducts, conditions and mentions blanked out, letter for letter."""
    text = without_titles(found.clause.zh)
    for _, parts in placed_words(found):
        for part in parts:
            text = text[: part.start] + "\0" * (part.end - part.start) + text[part.end :]
    return text


def quoted_words(found: Located) -> Iterator[tuple[Path_, str]]:
    """What is quoted from a clause: conducts, conditions, mentions."""
    for p, penalty in enumerate(found.clause.penalties):
        path = (*found.path, "penalties", p)
        if isinstance(penalty.conduct, Bilingual):
            yield (*path, "conduct", "zh"), penalty.conduct.zh
        if penalty.when:
            yield (*path, "when", "zh"), penalty.when.zh
    for m, mention in enumerate(found.clause.mentions):
        yield (*found.path, "mentions", m, "found"), mention.found
