"""What can be mended by a rule alone: form, line ends, fingerprints, spelling, white space, the lock. Never a word of the Chinese."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from checks.translation import english
from checks.waivers import Waivers, read_waivers
from handbook.canonical import ChangedError, first_difference, written
from handbook.formatting import Deed, form_of_file, formatted, still_stale
from handbook.lock import lock_text
from handbook.model import Book, Regime
from handbook.nodes import MAX_BYTES, Path_, compose, read_text
from handbook.problem import Message, Place, Problem
from handbook.schema import schema_texts, stale_schemas
from handbook.source import read
from handbook.text.spelling import BRITISH, american
from handbook.tree import Scalar, UnreadableError, edited, parse, scalars, value_of
from handbook.views.moves import lost

_LOCK = "_published.yml"
_CHINESE = re.compile("[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Mended:
    """One thing that was mended, and where; the place is that of the file as it was, of a fingerprint that of the file as it is."""

    place: Place
    message: Message

    def line(self, language: str) -> str:
        """The deed as one line of text."""
        return f"{self.place}: {self.message[language]}"


@dataclass(frozen=True, slots=True)
class Mending:
    """The files to write, by their paths, and what was mended in them, in the order of the files."""

    contents: Mapping[Path, str]
    mended: tuple[Mended, ...]


def mend(folder: Path, waiver_file: Path | None = None, *, today: date | None = None) -> Mending:
    """What can be mended mechanically in a folder of regimes; nothing is written.

    A file that cannot be read is left as it is. British spelling stays where a waiver says so. Raises
    :class:`handbook.canonical.ChangedError` rather than change anything but English spelling, white space, form and fingerprints.
    """
    before = _texts(folder)
    mended: list[Mended] = []
    now: dict[str, str] = {}
    for name, (shown, text, problems) in before.items():
        mended += [Mended(p.place, _BYTES) for p in problems]
        now[name] = _file(name, shown, text, _trimmed, _TRIMMED, mended)
    waivers = read_waivers(waiver_file)[1] if waiver_file else Waivers()
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        _lay(folder, copy, now)
        book = read(copy, folder, today=today).book
        if book:
            waived = {w.subject for w in waivers.waivers if w.rule == "HB209" and w.until >= (today or date.today())}
            for name, paths in _british(book, now, waived).items():
                now[name] = _file(name, before[name][0], now[name], _spelled(paths), _SPELLED, mended)
            _lay(folder, copy, now)
            now |= _lock(copy, folder, today, mended)
            now |= _schemas(copy, folder, today, mended)
    changed = {
        folder / name: text
        for name, text in now.items()
        if not (folder / name).exists() or (folder / name).read_bytes() != text.encode("utf-8")
    }
    for name, (shown, text, _) in before.items():
        if now[name] != text:
            _same(text, now[name], shown)
    return Mending(changed, tuple(sorted(dict.fromkeys(mended), key=lambda m: m.place)))


_BYTES = Message("已改为不带 BOM、以 LF 换行的 UTF-8", "saved as UTF-8 without byte order mark, lines ending in LF")
_TRIMMED = Message("已删去文字首尾的空格和文字中的换行", "white space around the text and line breaks in it removed")
_FORMED = Message("已整理格式", "brought into canonical form")
_TIES = {
    Deed.TIED: Message("已写入译文指纹", "fingerprint of the translation written"),
    Deed.RENEWED: Message("已更新译文指纹", "fingerprint of the translation renewed"),
}


def _SPELLED(old: str, new: str) -> Message:  # noqa: N802  (stands beside the messages that need no words)
    return Message(f"“{old}”已改为美式拼写“{new}”", f"“{old}” spelled the American way, “{new}”")


Edit = Callable[[Path_, Scalar], Scalar]


def _texts(folder: Path) -> dict[str, tuple[Path, str, tuple[Problem, ...]]]:
    """The files that can be read: how they are shown, their text with plain line ends, and what was met on the way."""
    found: dict[str, tuple[Path, str, tuple[Problem, ...]]] = {}
    for file in sorted(folder.iterdir()):
        if form_of_file(file.name) is None:
            continue
        problems: list[Problem] = []
        text = read_text(file, file, problems)
        if text is None:
            continue
        try:
            parse(text, file)
        except UnreadableError:
            continue
        found[file.name] = (file, text, tuple(problems))
    return found


def _file(
    name: str, shown: Path, text: str, edit: Edit, what: Message | Callable[[str, str], Message], mended: list[Mended]
) -> str:
    """One file with an edit to its texts, in canonical form."""
    form = form_of_file(name)
    assert form is not None
    tree = parse(text, shown)
    document = compose(text, shown, [])
    node = tree.node
    for path, scalar in scalars(tree.node):
        new = edit(path, scalar)
        if new.text != scalar.text:
            node = edited(node, path, lambda _, new=new: new)  # type: ignore[misc]
            if isinstance(what, Message):
                mended.append(Mended(document.place(path), what))
            else:
                mended += [
                    Mended(document.place(path, match.start()), what(match[0], american(match[0])))
                    for match in BRITISH.finditer(scalar.text)
                ]
    after = replace(tree, node=node)
    if form is Regime:
        after = still_stale(tree, after)
    plain = written(tree, form)
    if plain != text:
        mended.append(Mended(first_difference(text, plain, shown), _FORMED))
    done = formatted(plain if after == tree else written(after, form), shown, form)
    there = compose(done.text, shown, []) if done.ties else document
    mended += [Mended(there.place((*tie.path, "translated_from")), _TIES[tie.deed]) for tie in done.ties]
    return done.text


def _trimmed(path: Path_, scalar: Scalar) -> Scalar:
    """Texts without white space around them and line breaks in them; whatever holds Chinese and is no translation stays."""
    if scalar.plain or ("en" not in path and _CHINESE.search(scalar.text)) or not scalar.text.strip():
        return scalar
    return replace(scalar, text=re.sub(r"[ \t]*\n\s*", " ", scalar.text.strip()))


def _spelled(paths: frozenset[Path_]) -> Edit:
    def edit(path: Path_, scalar: Scalar) -> Scalar:
        return replace(scalar, text=american(scalar.text)) if path in paths else scalar

    return edit


def _british(book: Book, now: Mapping[str, str], waived: set[str]) -> dict[str, frozenset[Path_]]:
    """Where British spelling stands that no waiver excuses, by the names of the files.

    In a regime that is every English text, for what is written beside a clause is in the words of the clause.
    """
    found: dict[str, set[Path_]] = {}
    for document, path, text, subject in english(book):
        if BRITISH.search(text) and subject not in waived:
            found.setdefault(book.documents[document].file.name, set()).add(path)
    for regime in book.regimes:
        name = book.documents[regime.id].file.name
        owners: dict[Path_, str] = {(): regime.id}
        owners |= {("sections", i): f"{regime.id}#s{section.number}" for i, section in enumerate(regime.sections)}
        owners |= {located.path: located.key for located in book.by_regime[regime.id]}
        for path, scalar in scalars(parse(now[name], Path(name)).node):
            owner = next(owners[path[:end]] for end in range(len(path), -1, -1) if path[:end] in owners)
            if "en" in path and BRITISH.search(scalar.text) and owner not in waived:
                found.setdefault(name, set()).add(path)
    return {name: frozenset(paths) for name, paths in found.items()}


def _lay(folder: Path, copy: Path, now: Mapping[str, str]) -> None:
    """A copy of the folder as it would be, to be read as it will be read."""
    for file in folder.iterdir():
        if file.suffix.lower() in (".yml", ".yaml") and file.is_file() and file.stat().st_size <= MAX_BYTES:
            (copy / file.name).write_bytes(file.read_bytes())
    for name, text in now.items():
        (copy / name).write_bytes(text.encode("utf-8"))
    value = compose(now.get("_handbook.yml", ""), folder, []).value
    source = value.get("source") if isinstance(value, dict) else None
    issued = source.get("file") if isinstance(source, dict) else None
    if isinstance(issued, str) and "\0" not in issued:
        try:
            file = (folder / issued).resolve()
            if file.is_relative_to(folder.resolve()) and file.is_file():
                inside = copy / file.relative_to(folder.resolve())
                inside.parent.mkdir(parents=True, exist_ok=True)
                inside.write_bytes(file.read_bytes())
        except (OSError, RuntimeError):  # the check that follows says so; without it there is no book to mend further
            return


def _lock(copy: Path, folder: Path, today: date | None, mended: list[Mended]) -> dict[str, str]:
    """The lock of published ids as it should be, where there is one and nothing would be lost by writing it."""
    reading = read(copy, folder, today=today)
    if reading.book is None or not reading.complete or not (copy / _LOCK).exists() or lost(reading.book):
        return {}
    text = lock_text(reading.book)
    old = (copy / _LOCK).read_bytes().decode("utf-8")
    if text == old:
        return {}
    what = Message("已更新已发布 id 的锁定文件", "lock of published ids brought up to date")
    mended.append(Mended(first_difference(old, text, folder / _LOCK), what))
    return {_LOCK: text}


def _schemas(copy: Path, folder: Path, today: date | None, mended: list[Mended]) -> dict[str, str]:
    """The schemas of the editors as they should be, where the folder keeps them."""
    book = read(copy, folder, today=today).book
    if book is None:
        return {}
    texts = schema_texts(book.vocabulary, book.laws)
    stale = stale_schemas(replace(book, folder=folder))
    what = Message(
        "已按词表、法规登记簿和模型更新", "brought up to date with the vocabulary, the register of laws and the model"
    )
    mended += [Mended(Place(folder / "_schema" / name), what) for name in stale]
    return {f"_schema/{name}": texts[name] for name in stale}


def _same(before: str, after: str, shown: Path) -> None:
    """Raises ChangedError where more has changed than English words, white space and fingerprints."""
    old, new = (_kept(value_of(parse(text, shown).node)) for text in (before, after))
    if old != new:
        raise ChangedError(f"{shown}: more would change than may")


def _kept(value: Any, english: bool = False) -> Any:
    if isinstance(value, dict):
        return {k: _kept(v, english or k == "en") for k, v in value.items() if k != "translated_from"}
    if isinstance(value, list):
        return [_kept(found, english) for found in value]
    if not isinstance(value, str):
        return value
    if english:
        return american(" ".join(value.split()))
    return value if _CHINESE.search(value) else " ".join(value.split())
