"""A side of a comparison as the user names it: a folder, a file, or a revision of git, read without touching the work tree."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from handbook.compare import Snapshot, of_book, of_record
from handbook.model import Record, Regime
from handbook.nodes import read_text
from handbook.problem import Message, Place, Problem
from handbook.source import OPTIONAL, REGIME_FILE, REGISTERS, read, read_record

MAX_FILES = 20_000
"""How many files of a revision are read. A regime is one file."""

MOST_BYTES = 100_000_000
"""How many bytes of a revision are read. The reader has a limit of its own for each file."""

TIMEOUT = 60
"""After how many seconds git is given up."""

_GIT = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
"""What keeps git from writing, asking and fetching."""


class UnreadableError(Exception):
    """A side that cannot be read: why, and the problems with their places."""

    def __init__(self, message: Message, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message.en)
        self.message, self.problems = message, problems


def read_side(named: str, root: Path = Path(), folder: str = "regimes") -> Snapshot:
    """The side ``named``: a folder, a file, or ``revision`` or ``revision:path`` of the repository ``root`` lies in.

    A folder or file of that name comes first. A revision alone means its ``folder``. Raises :class:`UnreadableError`.
    """
    if not named or not named.isprintable():
        raise UnreadableError(Message("名称为空或含有控制字符", "the name is empty or holds control characters"))
    path = root / named
    try:
        is_folder, is_file = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:
        raise UnreadableError(_why(named, getattr(error, "strerror", None) or str(error))) from error
    if is_folder:
        return _folder(path, Path(named), named)
    if is_file:
        return _file(path, Path(named), named)
    return _revision(named, root, folder)


def _why(named: str, reason: str) -> Message:
    return Message(f"无法读取 {named}：{reason}", f"{named} cannot be read: {reason}")


def _folder(path: Path, shown: Path, named: str) -> Snapshot:
    reading = read(path, shown)
    if reading.book is None or not reading.complete:
        raise UnreadableError(Message(f"{named} 无法读取", f"{named} cannot be read"), reading.problems)
    return of_book(reading.book, shown)


def _file(path: Path, shown: Path, named: str) -> Snapshot:
    name = path.name.removesuffix(".yml")
    forms = {**REGISTERS, **OPTIONAL}
    form: type[Record] | None = forms.get(name) or (Regime if REGIME_FILE.fullmatch(path.name) else None)
    if form is None:
        form = Regime  # a copy under another name; whatever it is, the reader says so
    problems: list[Problem] = []
    text = read_text(path, shown, problems)
    if text is None:
        raise UnreadableError(Message(f"{named} 无法读取", f"{named} cannot be read"), tuple(problems))
    document, record, found = read_record(text, form, shown)
    if record is None:
        raise UnreadableError(Message(f"{named} 无法读取", f"{named} cannot be read"), (*problems, *found))
    beside = read(path.parent).book if (path.parent / "_vocabulary.yml").is_file() else None
    return of_record(record.id if isinstance(record, Regime) else name, record, document, beside)


@dataclass(frozen=True, slots=True)
class _Blob:
    path: PurePosixPath
    id: str
    size: int


def _revision(named: str, root: Path, folder: str) -> Snapshot:
    revision, colon, inner = named.partition(":")
    unknown = Message(
        f"没有名为 {named} 的文件、文件夹或 git 版本",
        f"there is no file, folder or git revision named {named}",
    )
    inside = _git(root, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        reason = inside.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        none = "not a git repository" in reason
        zh, en = ("此处不在 git 库中", "this folder is in no git repository") if none else (reason, reason)
        raise UnreadableError(Message(f"{unknown.zh}；{zh}", f"{unknown.en}; {en}"))
    if _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").returncode:
        raise UnreadableError(
            Message(
                f"{unknown.zh}；若在远程，请先运行 git fetch",
                f"{unknown.en}; if it is on a remote, run git fetch first",
            )
        )
    inner = (inner if colon else folder).strip("/") or "."
    asked = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}:./{inner}")
    if asked.returncode:
        raise UnreadableError(Message(f"版本 {revision} 中没有 {inner}", f"the revision {revision} has no {inner}"))
    object_id = asked.stdout.decode("ascii", "replace").strip()
    kind = _git(root, "cat-file", "-t", object_id).stdout.decode("ascii", "replace").strip()
    with tempfile.TemporaryDirectory(prefix="handbook-revision-") as name:
        place = Path(name) / "regimes"
        if kind == "tree":
            _write_tree(root, object_id, place, named)
            return _renamed(partial(_folder, place, Path(inner), named), revision)
        beside = _git(
            root,
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            f"{revision}:./{PurePosixPath(inner).parent}",
        )
        if not beside.returncode:
            _write_tree(root, beside.stdout.decode("ascii", "replace").strip(), place, named)
        file = place / PurePosixPath(inner).name
        return _renamed(partial(_file, file, Path(inner), named), revision)


def _renamed(reading: Callable[[], Snapshot], revision: str) -> Snapshot:
    """What is read, its problems with the revision before the file."""
    try:
        return reading()
    except UnreadableError as error:
        problems = tuple(
            replace(p, place=Place(Path(f"{revision}:{p.place.file.as_posix()}"), p.place.line, p.place.column))
            for p in error.problems
        )
        raise UnreadableError(error.message, problems) from error


def _write_tree(root: Path, tree: str, place: Path, named: str) -> None:
    """Writes the plain files of a tree, and no link, below ``place``."""
    listed = _git(root, "ls-tree", "-r", "-z", "-l", "--full-tree", tree)
    if listed.returncode:
        raise UnreadableError(_why(named, listed.stderr.decode("utf-8", "replace").strip()))
    blobs = []
    for entry in listed.stdout.decode("utf-8", "surrogateescape").split("\0"):
        found = re.fullmatch(r"100(?:644|755|664) blob ([0-9a-f]+) +([0-9]+)\t(.+)", entry, re.DOTALL)
        if found and ".." not in PurePosixPath(found[3]).parts and not found[3].startswith("/"):
            blobs.append(_Blob(PurePosixPath(found[3]), found[1], int(found[2])))
    size = sum(blob.size for blob in blobs)
    if len(blobs) > MAX_FILES or size > MOST_BYTES:
        raise UnreadableError(
            Message(
                f"{named} 有 {len(blobs):,} 个文件、{size:,} 字节，超过上限 {MAX_FILES:,} 个、{MOST_BYTES:,} 字节；是否写错了文件夹？",
                f"{named} has {len(blobs):,} files and {size:,} bytes, more than the {MAX_FILES:,} and {MOST_BYTES:,} that are "
                "read; is it the right folder?",
            )
        )
    contents = _contents(root, [b.id for b in blobs], named)
    place.mkdir(parents=True, exist_ok=True)
    for blob in blobs:
        file = place.joinpath(*blob.path.parts)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contents[blob.id])


def _contents(root: Path, ids: list[str], named: str) -> dict[str, bytes]:
    asked = _git(root, "cat-file", "--batch", input="".join(f"{i}\n" for i in ids).encode("ascii"))
    if asked.returncode:
        raise UnreadableError(_why(named, asked.stderr.decode("utf-8", "replace").strip()))
    contents, at, raw = {}, 0, asked.stdout
    while at < len(raw):
        end = raw.index(b"\n", at)
        head = raw[at:end].split(b" ")
        if len(head) != 3:
            raise UnreadableError(_why(named, raw[at:end].decode("utf-8", "replace")))
        size = int(head[2])
        contents[head[0].decode("ascii")] = raw[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return contents


def _git(root: Path, *arguments: str, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(root), *arguments],
            input=input,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env={**os.environ, **_GIT},
        )
    except FileNotFoundError as error:
        raise UnreadableError(
            Message("没有安装 git，无法读取版本", "git is not installed, so no revision can be read")
        ) from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(Message("git 没有回应", "git does not answer")) from error
