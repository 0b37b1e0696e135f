"""YAML as plain values with a place for each, read defensively: what is not plain data is a problem, never a crash.

Only what a regime needs is understood: mappings with string keys, lists, strings, whole numbers, decimal
numbers, true, false and null. Anchors, aliases, tags and several documents in a file are refused, so a file
means what it looks like and cannot be made to explode.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from handbook.problem import Message, Place, Problem, Severity

Path_ = tuple[str | int, ...]
"""Where a value sits in its document: keys and list indexes from the root."""

MAX_BYTES = 2_000_000
"""The largest file that is read. The longest regime known to us has 25,000 bytes."""

MAX_DEPTH = 40
"""The deepest nesting that is read. Items in clauses in sections need about twelve."""

MAX_PROBLEMS = 100
"""How many problems one file may report before the reader stops listing them."""

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\ufeff\ufffe\uffff\ud800-\udfff"
    r"\u2028-\u202e\u2066-\u2069]"  # separators editors do not count as lines, and the direction of writing
)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its value (None when unreadable), and the place of every key and value in it."""

    file: Path
    value: Any
    places: Mapping[Path_, Place] = field(default_factory=dict)
    keys: Mapping[Path_, Place] = field(default_factory=dict)

    def place(self, path: Path_, offset: int = 0) -> Place:
        """The place of the value at ``path``, or of the nearest thing around it that is written in the file.

        ``offset`` moves right by that many characters, for a word inside a text that stands on one line.
        """
        while path not in self.places and path:
            path = path[:-1]
        found = self.places.get(path, Place(self.file))
        return Place(found.file, found.line, found.column + offset) if offset else found

    def key_place(self, path: Path_) -> Place:
        """The place of the key that names the value at ``path``; for a list entry, of the entry."""
        return self.keys.get(path) or self.place(path)


def read_text(file: Path, shown: Path, problems: list[Problem]) -> str | None:
    """The text of ``file``, or None with the reason in ``problems`` (too large, not UTF-8, BOM, not there)."""
    try:
        status = file.stat()
        if not S_ISREG(status.st_mode):  # a folder, or a link to a device that never ends
            problems.append(_error(Place(shown), "这不是普通文件", "this is not an ordinary file"))
            return None
        size = status.st_size
        if size > MAX_BYTES:
            problems.append(
                _error(
                    Place(shown),
                    f"文件有 {size:,} 字节，超过上限 {MAX_BYTES:,} 字节；请拆分成较小的文件",
                    f"the file has {size:,} bytes, more than the {MAX_BYTES:,} that are read; split it into smaller files",
                )
            )
            return None
        raw = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        problems.append(_error(Place(shown), f"无法读取文件：{reason}", f"the file cannot be read: {reason}"))
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        problems.append(
            _error(
                Place(shown),
                "文件以 BOM（EF BB BF）开头；请另存为不带 BOM 的 UTF-8",
                "the file starts with a byte order mark (EF BB BF); save it as UTF-8 without BOM",
            )
        )
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _spot(raw[: error.start].decode("utf-8"))
        byte = raw[error.start]
        problems.append(
            _error(
                Place(shown, line, column),
                f"字节 0x{byte:02X} 不是 UTF-8；请将文件另存为 UTF-8（可能误存为 GBK 或 UTF-16）",
                f"byte 0x{byte:02X} is not UTF-8; save the file as UTF-8 (it may have been saved as GBK or UTF-16)",
            )
        )
        return None
    if "\r" in text:
        line, column = _spot(text[: text.index("\r")])
        problems.append(
            _error(
                Place(shown, line, column),
                "行尾是 CRLF 或 CR；请改为 LF（编辑器右下角可改）",
                "lines end in CRLF or CR; change them to LF (most editors show this at the lower right)",
            )
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def compose(text: str, shown: Path, problems: list[Problem]) -> Document:
    """The document in ``text``. Whatever cannot be read is reported in ``problems`` with its place; nothing is raised."""
    if not text.strip() or all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        problems.append(_error(Place(shown), "文件是空的", "the file is empty"))
        return Document(shown, None)
    bad = _UNPRINTABLE.search(text)
    if bad:
        line, column = _spot(text[: bad.start()])
        problems.append(
            _error(
                Place(shown, line, column),
                f"字符 U+{ord(bad[0]):04X} 是不可见的控制字符；请删除",
                f"character U+{ord(bad[0]):04X} is an invisible control character; delete it",
            )
        )
        return Document(shown, None)
    builder = _Builder(shown, problems, text.rstrip("\n").count("\n") + 1)
    try:
        yaml = YAML(typ="safe")
        for event in yaml.parse(io.StringIO(text)):
            builder.take(event)
            if builder.stopped:
                break
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "quoted scalar" in (error.context or ""):  # the end of the file says less than where the quotation begins
            mark = error.context_mark or mark
        place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
        what = error.problem or "not valid YAML"
        lines = text.rstrip("\n").split("\n")
        if place.line > len(lines):  # the end of the file is past its last line
            place = Place(shown, len(lines), len(lines[-1]) + 1)
        line_text = lines[place.line - 1]
        zh_hint, en_hint = _hint(f"{error.context or ''} {what}", line_text)
        problems.append(_error(place, f"YAML 语法错误（{what}）；{zh_hint}", f"YAML syntax error ({what}); {en_hint}"))
        return Document(shown, None, builder.places, builder.keys)
    except (YAMLError, ValueError, RecursionError) as error:
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        problems.append(_error(Place(shown), f"YAML 无法读取（{what}）", f"the YAML cannot be read ({what})"))
        return Document(shown, None, builder.places, builder.keys)
    return Document(shown, None if builder.stopped else builder.root, builder.places, builder.keys)


_MISSING = object()


class _Builder:
    """Turns parser events into values, one at a time and without recursion."""

    def __init__(self, shown: Path, problems: list[Problem], last_line: int) -> None:
        self.shown = shown
        self.last_line = last_line
        self.problems = problems
        self.places: dict[Path_, Place] = {}
        self.keys: dict[Path_, Place] = {}
        self.root: Any = None
        self.stopped = False
        self._stack: list[tuple[Any, Path_]] = []
        self._key: Any = _MISSING
        self._pending: list[Any] = []
        self._documents = 0
        self._reported = 0

    def take(self, event: Any) -> None:
        place = Place(self.shown, min(event.start_mark.line + 1, self.last_line), event.start_mark.column + 1)
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(
                    place,
                    "文件里有第二个 YAML 文档（---）；每个文件只写一份",
                    "a second YAML document (---) starts here; a file holds one",
                )
        elif isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._stop(
                place,
                "不允许使用 YAML 锚点（&）和别名（*）；请把内容写全",
                "YAML anchors (&) and aliases (*) are not allowed; write the content out",
            )
        elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent) and _tag(event):
            self._stop(
                place,
                f"不允许使用 YAML 标签 {_tag(event)}；请写普通的值",
                f"the YAML tag {_tag(event)} is not allowed; write a plain value",
            )
        elif isinstance(event, ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, MappingStartEvent):
            self._open({}, place)
        elif isinstance(event, SequenceStartEvent):
            self._open([], place)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._stack.pop()
            self._key = self._pending.pop()

    def _scalar(self, event: ScalarEvent, place: Place) -> None:
        hidden = _UNPRINTABLE.search(event.value)  # written as an escape, like "\\u200b"
        if hidden:
            self._report(
                place,
                f"文字里以转义写有不可见的控制字符 U+{ord(hidden[0]):04X}；请删除",
                f"the text holds the invisible control character U+{ord(hidden[0]):04X} as an escape; delete it",
            )
        container = self._stack[-1][0] if self._stack else None
        if isinstance(container, dict) and self._key is _MISSING:
            key = event.value
            path = (*self._stack[-1][1], key)
            if key in container:
                first = self.keys[path]
                self._report(
                    place,
                    f"键“{key}”重复；第 {first.line} 行已写过，请合并或删除其一",
                    f"key “{key}” is written twice; it already stands on line {first.line}, merge them or delete one",
                )
            else:
                self.keys[path] = place
            self._key = key
            return
        plain = event.style in (None, "")
        self._put(plain_value(event.value) if plain else event.value, place)

    def _open(self, container: Any, place: Place) -> None:
        if self._stack and isinstance(self._stack[-1][0], dict) and self._key is _MISSING:
            self._stop(place, "键必须是一个词，不能是列表或映射", "a key must be a word, not a list or a mapping")
            return
        path = self._put(container, place)
        if len(self._stack) >= MAX_DEPTH:
            self._stop(place, f"嵌套超过 {MAX_DEPTH} 层", f"nested more than {MAX_DEPTH} levels deep")
            return
        self._stack.append((container, path))
        self._pending.append(_MISSING)
        self._key = _MISSING

    def _put(self, value: Any, place: Place) -> Path_:
        if not self._stack:
            self.root = value
            self.places[()] = place
            return ()
        container, above = self._stack[-1]
        if isinstance(container, list):
            path: Path_ = (*above, len(container))
            container.append(value)
        else:
            path = (*above, self._key)
            if self._key in container:  # a duplicate, already reported: the first stays
                path = (*above, self._key, "duplicate")
            else:
                container[self._key] = value
            self._key = _MISSING
        self.places[path] = place
        return path

    def _report(self, place: Place, zh: str, en: str) -> None:
        self.problems.append(_error(place, zh, en))
        self._reported += 1
        if self._reported >= MAX_PROBLEMS and not self.stopped:
            self._stop(Place(self.shown), "问题太多，其余未列出", "too many problems; the rest are not listed")

    def _stop(self, place: Place, zh: str, en: str) -> None:
        self.stopped = True
        self._report(place, zh, en)


def plain_value(value: str) -> Any:
    """What a value written without quotes means: a number, true, false, nothing, or else the text itself."""
    if value in _WORDS:
        return _WORDS[value]
    if _INT.fullmatch(value) and len(value) < 19:
        return int(value)
    if _FLOAT.fullmatch(value):
        return float(value)
    return value


def _tag(event: Any) -> str | None:
    tag = getattr(event, "tag", None)
    if tag is None:
        return None
    text = str(getattr(tag, "value", tag) or tag)
    return None if text in ("None", "") else text


def unprintable(char: str) -> bool:
    """Whether a character is one no file may hold: invisible, or turning the direction of writing."""
    return _UNPRINTABLE.match(char) is not None


def _spot(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _hint(what: str, line: str) -> tuple[str, str]:
    if "\t" in line or ("token" in what and "\\t" in what):
        return "缩进请用空格，不用制表符", "indent with spaces, not tabs"
    if "mapping values" in what:
        return "文字中若有“: ”，请给整段加引号", "put a text that contains “: ” in quotes"
    if "quoted scalar" in what:
        return "引号没有成对", "a quotation mark is not closed"
    return (
        "请检查本行及上一行的缩进、冒号和引号",
        "check the indentation, colons and quotes of this line and the one above",
    )


def _error(place: Place, zh: str, en: str) -> Problem:
    return Problem("HB001", Severity.ERROR, place, Message(zh, en))
