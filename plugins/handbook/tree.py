"""A YAML file as written: its values with the comments, the blank lines and the styles around them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from handbook.nodes import Path_, compose, plain_value
from handbook.problem import Problem


class UnreadableError(ValueError):
    """A text that is no YAML the handbook reads; ``problems`` say where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.line() for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Note:
    """A comment at the end of a line: its text from the # on, and how many spaces stand before it."""

    text: str
    gap: int = 2


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. ``plain`` means written without quotes, so that ``12`` is a number and ``null`` nothing."""

    text: str
    plain: bool = False
    line: int = 1

    @property
    def value(self) -> Any:
        """What the reader makes of it."""
        return plain_value(self.text) if self.plain else self.text


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or an item of a list (``key`` is None), and the comments that belong to it.

    ``head`` are the lines before it, comments from the # on, empty strings for blank lines; ``notes`` end its own line.
    """

    node: Scalar | Collection
    key: str | None = None
    head: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """A mapping or a list. ``flow`` means written in brackets; ``foot`` are the comments after its last entry."""

    mapping: bool
    flow: bool
    entries: tuple[Entry, ...] = ()
    foot: tuple[str, ...] = ()

    def get(self, key: str) -> Scalar | Collection | None:
        """The node under ``key``, or None."""
        return next((entry.node for entry in self.entries if entry.key == key), None)


Node = Scalar | Collection


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole file. ``head`` are the comments before the first value, which speak of the file; ``foot`` those after a value without lines of its own."""

    node: Node
    head: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


def parse(text: str, shown: Path) -> Tree:
    """The tree of a YAML text with lines ending in LF. Raises :class:`UnreadableError` where the reader finds any fault."""
    problems: list[Problem] = []
    compose(text, shown, problems)
    if problems:
        raise UnreadableError(tuple(problems))
    return _Builder(text).tree()


def edited(node: Node, path: Path_, change: Callable[[Scalar], Scalar]) -> Node:
    """A node with the single value at ``path`` changed; as it is where nothing stands there."""
    if not path:
        return change(node) if isinstance(node, Scalar) else node
    if isinstance(node, Scalar):
        return node
    entries = tuple(
        replace(entry, node=edited(entry.node, path[1:], change)) if step == path[0] else entry
        for step, entry in steps(node)
    )
    return replace(node, entries=entries)


def scalars(node: Node, path: Path_ = ()) -> Iterator[tuple[Path_, Scalar]]:
    """Every single value with its path, in the order of the file."""
    if isinstance(node, Scalar):
        yield path, node
    else:
        for step, entry in steps(node):
            yield from scalars(entry.node, (*path, step))


def steps(node: Collection) -> Iterator[tuple[str | int, Entry]]:
    """The entries of a collection, each with what leads to it in a path: its key, or its index."""
    for index, entry in enumerate(node.entries):
        yield (entry.key if entry.key is not None else index), entry


def value_of(node: Node) -> Any:
    """The plain value of a node, as :func:`handbook.nodes.compose` gives it."""
    if isinstance(node, Scalar):
        return node.value
    if node.mapping:
        return {entry.key: value_of(entry.node) for entry in node.entries}
    return [value_of(entry.node) for entry in node.entries]


def comments(tree: Tree) -> Iterator[str]:
    """Every comment of a file, from the # on, in no promised order."""
    yield from (line for line in (*tree.head, *tree.foot) if line)
    yield from _comments(tree.node)


def _comments(node: Node) -> Iterator[str]:
    if isinstance(node, Collection):
        for entry in node.entries:
            yield from (line for line in entry.head if line)
            yield from (note.text for note in entry.notes)
            yield from _comments(entry.node)
        yield from (line for line in node.foot if line)


@dataclass(slots=True)
class _Line:
    column: int
    text: str
    inside: bool = False
    """Whether it stands below the dash of an item, before anything else of it."""


@dataclass(slots=True)
class _Entry:
    key: str | None = None
    node: Any = None
    head: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    mapping: bool
    flow: bool
    column: int
    holder: _Entry | None
    entries: list[_Entry] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)


class _Builder:
    """Lays the comments between the parser's events beside the values they belong to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.head: list[str] = []
        self.foot: list[str] = []
        self.root: Any = None
        self.stack: list[_Open] = []
        self.closed: list[_Open] = []
        self.waiting: list[_Line] = []
        self.last: _Entry | None = None
        self.begun = False
        self.dash = False

    def tree(self) -> Tree:
        for event in YAML(typ="safe").parse(io.StringIO(self.text)):
            self._take(event)
        self._gap(len(self.text))
        rest = self._below(-1)
        self.foot += rest
        while self.foot and not self.foot[-1]:
            self.foot.pop()
        return Tree(_frozen(self.root), tuple(self.head), tuple(self.foot))

    def _take(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, ScalarEvent):
            self._gap(start)
            self._scalar(event)
            self.at = end
            self.dash = False
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._gap(start)
            self._open(event)
            self.at = end if event.flow_style else start
            self.dash = False
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            flow = self.stack[-1].flow
            self._gap(start)
            self._close()
            if flow:
                self.at = end

    def _scalar(self, event: Any) -> None:
        style = event.style or ""
        top = self.stack[-1] if self.stack else None
        if top and top.mapping and (not top.entries or top.entries[-1].node is not None):
            self._begin(_Entry(event.value))
            return
        entry = self._holder()
        node = Scalar(event.value, plain=style == "", line=event.start_mark.line + 1)
        if entry is None:
            self.root = node
        else:
            entry.node = node
            if style in ("|", ">"):
                header = self.text[event.start_mark.index :].split("\n", 1)[0]
                if "#" in header:
                    entry.notes.append(Note(header[header.index("#") :].rstrip()))

    def _open(self, event: Any) -> None:
        flow = bool(event.flow_style)
        top = self.stack[-1] if self.stack else None
        holder = self._holder(scalar=flow)
        column = event.start_mark.column
        if top and top.mapping and not top.flow and not flow and isinstance(event, SequenceStartEvent):
            column = max(column, top.column + 1)  # a list that is not indented lies below its key all the same
        opened = _Open(isinstance(event, MappingStartEvent), flow, column, holder)
        if holder is None:
            self.root = opened
        else:
            holder.node = opened
        self.stack.append(opened)

    def _close(self) -> None:
        done = self.stack.pop()
        if done.flow:
            lines = [line.text for line in self.waiting if line.text]
            self.waiting = []
            if done.entries or done.holder is None:
                done.foot += lines
            else:
                done.holder.head += lines
            self.last = done.holder
            if done.holder is None and not done.entries:
                self.foot += done.foot
                done.foot = []
        else:
            self.closed.append(done)

    def _holder(self, *, scalar: bool = True) -> _Entry | None:
        """The entry that gets the next value: the key just read, a new item of the list, or None for the root."""
        if not self.stack:
            self._document_head()
            return None
        top = self.stack[-1]
        if top.mapping:
            entry = top.entries[-1]
            if scalar:  # comments between a key and its value
                entry.head += [line for line in self._below(top.column) if line or not top.flow]
            return entry
        inside = [] if scalar else [line for line in self.waiting if line.inside]
        if inside:  # they belong to the first line of the block that opens here
            self.waiting = [line for line in self.waiting if not line.inside]
        entry = _Entry()
        self._begin(entry)
        self.waiting = [_Line(line.column, line.text) for line in inside]
        return entry

    def _begin(self, entry: _Entry) -> None:
        top = self.stack[-1]
        self._document_head()
        lines = self._below(len(self.text) if top.flow else top.column)
        entry.head += [line for line in lines if line] if top.flow else lines
        top.entries.append(entry)
        self.last = entry

    def _document_head(self) -> None:
        if not self.begun and self.waiting:
            self.head += [line.text for line in self.waiting]
            self.waiting = []
        self.begun = True

    def _below(self, column: int) -> list[str]:
        """Gives waiting comments that stand deeper than ``column`` to the blocks that end here, and returns the rest."""
        limit = len(self.text) + 1
        blanks: list[str] = []
        rest: list[str] = []
        for line in self.waiting:
            if not line.text:
                blanks.append("")
                continue
            if self.closed and not rest and line.column > column:
                limit = min(limit, line.column)
                fitting = [block for block in self.closed if block.column <= limit] or [self.closed[-1]]
                block = max(fitting, key=lambda b: b.column)
                limit = min(limit, block.column)
                block.foot += [*blanks, line.text]
            else:
                rest += [*blanks, line.text]
            blanks = []
        rest += blanks
        self.waiting = []
        self.closed = []
        return rest

    def _gap(self, end: int) -> None:
        """Reads the comments and blank lines between what was taken last and ``end``."""
        text = self.text
        while self.at < end:
            char = text[self.at]
            begin = text.rfind("\n", 0, self.at) + 1
            if char == "\n":
                if not text[begin : self.at].strip():
                    self.waiting.append(_Line(0, "", self.dash))
            elif char == "#":
                stop = text.find("\n", self.at)
                stop = len(text) if stop < 0 else stop
                before = text[begin : self.at]
                comment = text[self.at : stop].rstrip()
                if not before.strip():
                    self.waiting.append(_Line(len(before), comment, self.dash))
                elif self.dash or self.last is None:
                    self.waiting.append(_Line(len(before), comment))
                else:
                    space = before[len(before.rstrip()) :]
                    self.last.notes.append(Note(comment, len(space) if not space.strip(" ") else 2))
                self.at = stop
                continue
            elif char == "-" and text[begin : begin + 3] != "---":
                self.dash = True  # an item of a list begins; what is said beside its dash is said of it
            self.at += 1


def _frozen(node: Any) -> Node:
    if isinstance(node, Scalar):
        return node
    return Collection(
        node.mapping,
        node.flow,
        tuple(Entry(_frozen(e.node), e.key, tuple(e.head), tuple(e.notes)) for e in node.entries),
        tuple(node.foot),
    )
