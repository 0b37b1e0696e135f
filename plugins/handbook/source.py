"""YAML files to the model: every mistake becomes a problem with its place, and none stops the reading of the rest."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from handbook.explain import explain
from handbook.model import Book, Glossary, Handbook, Laws, Published, Record, Redirects, Regime, Vocabulary
from handbook.nodes import Document, compose, read_text
from handbook.problem import Message, Place, Problem, Severity, in_order

REGISTERS: dict[str, type[Record]] = {
    "_handbook": Handbook,
    "_vocabulary": Vocabulary,
    "_laws": Laws,
    "_glossary": Glossary,
}
"""The files beside the regimes and what they hold."""

OPTIONAL: dict[str, type[Record]] = {"_published": Published, "_redirects": Redirects}
"""The files that need not be there: a handbook that has published nothing yet has neither."""

REGIME_FILE = re.compile(r"(?P<number>[0-9]{2,4})-(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\.yml")
"""How a regime's file is named: its number with at least two digits, a hyphen, its id."""

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a folder: the book as far as it could be read, and every problem met on the way.

    ``book`` is None when a register is unreadable. ``complete`` is False when a regime had to be left out.
    """

    book: Book | None
    problems: tuple[Problem, ...]
    complete: bool


def read(folder: Path, shown: Path | None = None, *, today: date | None = None) -> Reading:
    """Reads a folder of regimes. Raises nothing for bad content.

    ``shown`` is how messages name the folder (default: ``folder`` itself). ``today`` is the day to read it for; by default
    the day of ``SOURCE_DATE_EPOCH`` (seconds, UTC) where builds are to be reproducible, else the day of the clock.
    """
    shown = shown or folder
    problems: list[Problem] = []
    if not folder.is_dir():
        problems.append(
            _files(Place(shown), f"找不到文件夹 {shown.as_posix()}", f"there is no folder {shown.as_posix()}")
        )
        return Reading(None, tuple(problems), complete=False)

    documents: dict[str, Document] = {}
    registers: dict[str, Record | None] = {}
    for name, form in REGISTERS.items():
        file = folder / f"{name}.yml"
        if not file.exists():
            place = Place(shown / file.name)
            problems.append(_files(place, f"缺少文件 {file.name}", f"the file {file.name} is missing"))
            registers[name] = None
            continue
        documents[name], registers[name] = _load(file, shown / file.name, form, problems)

    for name, form in OPTIONAL.items():
        file = folder / f"{name}.yml"
        if file.exists():
            documents[name], registers[name] = _load(file, shown / file.name, form, problems)
        else:
            registers[name] = form()

    regimes, complete = _regimes(folder, shown, documents, problems)
    handbook = registers["_handbook"]
    source_text = _source_text(folder, shown, handbook, documents, problems) if isinstance(handbook, Handbook) else None
    book = None
    vocabulary, laws, glossary = registers["_vocabulary"], registers["_laws"], registers["_glossary"]
    published, redirects = registers["_published"], registers["_redirects"]
    if (
        isinstance(handbook, Handbook)
        and isinstance(vocabulary, Vocabulary)
        and isinstance(laws, Laws)
        and isinstance(glossary, Glossary)
        and isinstance(published, Published)
        and isinstance(redirects, Redirects)
        and source_text is not None
    ):
        book = Book(
            handbook,
            vocabulary,
            laws,
            glossary,
            regimes,
            source_text,
            folder,
            today or _today(),
            documents,
            published,
            redirects,
        )
    return Reading(book, in_order(problems), complete=complete and book is not None)


def today() -> date:
    """The day to read for: that of ``SOURCE_DATE_EPOCH`` where builds are to be reproducible, else that of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isascii() and epoch.isdigit() else date.today()


_today = today  # `read` has an argument of that name


def read_record(text: str, form: type[R], shown: Path) -> tuple[Document, R | None, tuple[Problem, ...]]:
    """One YAML text as one record: the document, the record (None when refused), the problems in order."""
    problems: list[Problem] = []
    document = compose(text, shown, problems)
    record = None if document.value is None and problems else _validate(document, form, problems)
    return document, record, in_order(problems)


def _load(file: Path, shown: Path, form: type[R], problems: list[Problem]) -> tuple[Document, R | None]:
    before = len(problems)
    text = read_text(file, shown, problems)
    if text is None:
        return Document(shown, None), None
    document = compose(text, shown, problems)
    if any(p.severity is Severity.ERROR for p in problems[before:]) and document.value is None:
        return document, None
    return document, _validate(document, form, problems)


def _validate(document: Document, form: type[R], problems: list[Problem]) -> R | None:
    if document.value is None:
        problems.append(_files(Place(document.file), "文件没有内容", "the file holds nothing"))
        return None
    try:
        return form.model_validate(document.value)
    except ValidationError as error:
        problems.extend(explain(error, document, form))
        return None


def _regimes(
    folder: Path, shown: Path, documents: dict[str, Document], problems: list[Problem]
) -> tuple[tuple[Regime, ...], bool]:
    found: list[Regime] = []
    complete = True
    seen: dict[str | int, Path] = {}
    for file in sorted(folder.iterdir()):
        place = Place(shown / file.name)
        yaml = file.suffix.lower() in (".yml", ".yaml")
        if (
            file.name.startswith(".")
            or (file.is_dir() and not yaml)
            or file.name in (f"{r}.yml" for r in (*REGISTERS, *OPTIONAL))
        ):
            continue
        name = REGIME_FILE.fullmatch(file.name)
        if name is None:
            if yaml:
                problems.append(
                    _files(
                        place,
                        f"文件名 {file.name} 不合规则；应为“序号-标识.yml”，如 07-some-regime.yml",
                        f"the file name {file.name} fits no pattern; it should be number-id.yml, like 07-some-regime.yml",
                    )
                )
                complete = False
            continue
        document, regime = _load(file, shown / file.name, Regime, problems)
        if regime is None:
            complete = False
            continue
        complete &= _named_alike(name, regime, document, seen, file, problems)
        if regime.id not in documents:
            documents[regime.id] = document
            found.append(regime)
        seen.setdefault(regime.id, file)
        seen.setdefault(regime.number, file)
    if not found and complete:
        problems.append(_files(Place(shown), "文件夹里没有任何制度文件", "the folder holds no regime"))
        complete = False
    return tuple(sorted(found, key=lambda r: r.number)), complete


def _named_alike(
    name: re.Match[str],
    regime: Regime,
    document: Document,
    seen: dict[str | int, Path],
    file: Path,
    problems: list[Problem],
) -> bool:
    checks: Sequence[tuple[bool, str, str, str]] = (
        (
            name["id"] != regime.id,
            "id",
            f"id 是“{regime.id}”，文件名却是“{file.name}”；两者须一致",
            f"the id is “{regime.id}” but the file is named “{file.name}”; they must agree",
        ),
        (
            int(name["number"]) != regime.number,
            "number",
            f"number 是 {regime.number}，文件名却是“{file.name}”；两者须一致",
            f"the number is {regime.number} but the file is named “{file.name}”; they must agree",
        ),
        (
            regime.id in seen,
            "id",
            f"id “{regime.id}”已用于 {seen[regime.id].name if regime.id in seen else ''}",
            f"the id “{regime.id}” is already used by {seen[regime.id].name if regime.id in seen else ''}",
        ),
        (
            regime.number in seen,
            "number",
            f"序号 {regime.number} 已用于 {seen[regime.number].name if regime.number in seen else ''}",
            f"the number {regime.number} is already used by {seen[regime.number].name if regime.number in seen else ''}",
        ),
    )
    good = True
    for wrong, key, zh, en in checks:
        if wrong:
            problems.append(_files(document.place((key,)), zh, en))
            good = False
    return good


def _source_text(
    folder: Path, shown: Path, handbook: Handbook, documents: dict[str, Document], problems: list[Problem]
) -> str | None:
    place = documents["_handbook"].place(("source", "file"))
    try:
        file = (folder / handbook.source.file).resolve()
        if not file.is_relative_to(folder.resolve()):
            problems.append(
                _files(
                    place, "原文文件必须在 regimes 文件夹内", "the source file must lie inside the folder of regimes"
                )
            )
            return None
        raw = file.read_bytes()
        return raw.decode("utf-8")
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead round in a circle
        reason = getattr(error, "strerror", None) or type(error).__name__
        problems.append(_files(place, f"原文文件无法读取：{reason}", f"the source file cannot be read: {reason}"))
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        at = Place(shown / handbook.source.file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        problems.append(_files(at, "原文文件不是 UTF-8", "the source file is not UTF-8"))
    return None


def checksum(book: Book) -> str:
    """The SHA-256 of the issued text as it lies in the folder, in hexadecimal digits."""
    return hashlib.sha256(book.source_text.encode("utf-8")).hexdigest()


def _files(place: Place, zh: str, en: str) -> Problem:
    return Problem("HB003", Severity.ERROR, place, Message(zh, en))
