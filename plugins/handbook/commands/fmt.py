"""``handbook fmt``: the files of a handbook in canonical form, each translation tied to the Chinese it was made from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches, unified_diff
from pathlib import Path

import click

from handbook.canonical import ChangedError, first_difference
from handbook.formatting import Deed, Formatted, form_of_file, formatted
from handbook.model import Regime, clauses_of
from handbook.nodes import Path_, read_text
from handbook.problem import Message, Place, Problem, Severity
from handbook.source import read_record
from handbook.tree import UnreadableError
from handbook.writing import write_together


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it is, byte for byte, and as it should be."""

    file: Path
    before: bytes
    after: Formatted

    @property
    def needed(self) -> bool:
        """Whether the file is not canonical."""
        return self.before != self.after.text.encode("utf-8")

    @property
    def first(self) -> Place:
        """Where it first differs: line and column, in characters."""
        return first_difference(self.before.decode("utf-8"), self.after.text, self.file)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--check",
    "only_check",
    is_flag=True,
    help="Write nothing; name the first place of each file that is not canonical.",
)
@click.option("--diff", "show", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--confirm",
    "confirmed",
    multiple=True,
    metavar="REGIME#CLAUSE",
    help="A translation you have read and that still holds, though its Chinese has changed; "
    "regime#s5 for a heading, regime#title for the title. May be given several times.",
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    envvar="HANDBOOK_LANGUAGE",
    help="Language of the messages.",
)
def fmt(paths: tuple[Path, ...], only_check: bool, show: bool, confirmed: tuple[str, ...], language: str) -> None:
    """Brings the files of PATH (files or folders; default: regimes) into canonical form and keeps the fingerprints that tie each
    translation to its Chinese. Comments, texts and numbers stay as they are. All files are written or none.

    Exit status: 0 canonical or written, 1 (with --check or --diff) a file is not canonical, 2 a file cannot be read.
    """

    def fail(*messages: str) -> None:
        for message in messages:
            click.echo(message, err=True)
        sys.exit(2)

    if confirmed and (only_check or show):
        fail("handbook fmt: " + _BOTH[language])
    found, faults = files_of(paths or (Path("regimes"),))
    texts, unread = texts_of(found)
    problems = (*faults, *unread)
    if problems:
        fail(*(problem.line(language) for problem in problems))
    chosen, unknown = confirmations(texts, confirmed)
    if unknown:
        fail(*(f"handbook fmt: {message[language]}" for message in unknown))
    changes, problems = changes_of(texts, chosen, _progress if sys.stderr.isatty() else None)
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    if problems:
        fail(*(problem.line(language) for problem in problems))

    needed = [change for change in changes if change.needed]
    if show:
        for change in needed:
            click.echo("".join(difference(change)), nl=False)
    if only_check:
        for change in needed:
            click.echo(f"{change.first}: {_unformatted(change.file)[language]}")
    if only_check or show:
        sys.exit(1 if needed else 0)
    write_together({change.file: change.after.text for change in needed})
    for change in needed:
        click.echo(change.file)
    for change in changes:
        for tie in change.after.ties:
            if tie.deed is Deed.CONFIRMED:
                name = next(name for name, (file, path) in chosen.items() if (file, path) == (change.file, tie.path))
                click.echo(Message(f"已确认 {name}", f"confirmed {name}")[language])
    said = {(change.file, tie.path) for change in changes for tie in change.after.ties if tie.deed is Deed.CONFIRMED}
    for name, where in chosen.items():
        if where not in said:
            click.echo(Message(f"{name} 没有过期，无需确认", f"{name} is not stale; nothing to confirm")[language])


def _progress(number: int, count: int, file: Path) -> None:
    click.echo(f"\r\033[K{number}/{count} {file.name}", nl=False, err=True)


_BOTH = Message(
    "--confirm 要写入文件，不能与 --check 或 --diff 同用",
    "--confirm writes, so it cannot go with --check or --diff",
)


def _unformatted(file: Path) -> Message:
    return Message(
        f"格式不规范；请运行 handbook fmt {file.as_posix()}",
        f"not in canonical form; run handbook fmt {file.as_posix()}",
    )


def files_of(paths: tuple[Path, ...]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The files to format, each once, and what was named and is none."""
    found: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.iterdir()) if form_of_file(file.name)]
            if not inside:
                problems.append(_fault(path, "文件夹里没有手册文件", "the folder holds no file of a handbook"))
            found += inside
        elif not path.exists():
            problems.append(_fault(path, "没有这个文件或文件夹", "there is no such file or folder"))
        elif path.name == "_published.yml":
            problems.append(_fault(path, "此文件由 handbook lock 写成", "this file is written by handbook lock"))
        elif form_of_file(path.name) is None:
            problems.append(
                _fault(
                    path,
                    "不是手册文件；制度文件名应为“序号-标识.yml”，如 07-some-regime.yml",
                    "no file of a handbook; a regime is named number-id.yml, like 07-some-regime.yml",
                )
            )
        else:
            found.append(path)
    return tuple(dict.fromkeys(found)), tuple(problems)


def texts_of(files: tuple[Path, ...]) -> tuple[dict[Path, tuple[bytes, str]], tuple[Problem, ...]]:
    """Each file as it is and as text with plain line ends and no byte order mark, and what cannot be read at all."""
    texts: dict[Path, tuple[bytes, str]] = {}
    problems: list[Problem] = []
    for file in files:
        met: list[Problem] = []
        text = read_text(file, file, met)
        if text is None:
            problems += met
        else:  # what was met is mended by writing: line ends, the byte order mark
            texts[file] = (file.read_bytes(), text)
    return texts, tuple(problems)


def changes_of(
    texts: Mapping[Path, tuple[bytes, str]],
    confirmed: Mapping[str, tuple[Path, Path_]],
    progress: Callable[[int, int, Path], None] | None = None,
) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """Every file with its canonical form, and why one has none."""
    changes: list[Change] = []
    problems: list[Problem] = []
    for number, (file, (before, text)) in enumerate(texts.items(), start=1):
        if progress:
            progress(number, len(texts), file)
        form = form_of_file(file.name)
        assert form is not None
        paths = frozenset(path for where, path in confirmed.values() if where == file)
        try:
            changes.append(Change(file, before, formatted(text, file, form, paths)))
        except UnreadableError as error:
            problems += error.problems
        except ChangedError:
            problems.append(
                _fault(
                    file,
                    "无法在不改变内容的情况下整理；未写入",
                    "cannot be formatted without a change of content; not written",
                )
            )
    return tuple(changes), tuple(problems)


def confirmations(
    texts: Mapping[Path, tuple[bytes, str]], names: tuple[str, ...]
) -> tuple[dict[str, tuple[Path, Path_]], tuple[Message, ...]]:
    """Where the translations stand that somebody confirms, by the names given, and which names there are not."""
    if not names:
        return {}, ()
    known: dict[str, tuple[Path, Path_]] = {}
    for file, (_, text) in texts.items():
        if form_of_file(file.name) is Regime:
            _, regime, _ = read_record(text, Regime, file)
            known.update({name: (file, path) for name, path in _names(regime)} if regime else {})
    wrong = tuple(_unknown(name, known) for name in names if name not in known)
    return {name: known[name] for name in names if name in known}, wrong


def _names(regime: Regime) -> Iterator[tuple[str, Path_]]:
    yield f"{regime.id}#title", ()
    for index, section in enumerate(regime.sections):
        yield f"{regime.id}#s{section.number}", ("sections", index)
    for found in clauses_of(regime):
        yield found.key, found.path


def _unknown(name: str, known: Mapping[str, object]) -> Message:
    near = get_close_matches(name[:200], known, n=1)
    zh, en = (f"；是否指 {near[0]}？", f"; did you mean {near[0]}?") if near else ("", "")
    return Message(f"没有可读的条款 {name[:200]}{zh}", f"no clause that can be read is named {name[:200]}{en}")


def difference(change: Change) -> Iterator[str]:
    """The change as a unified diff."""
    before = change.before.decode("utf-8").splitlines(keepends=True)
    name = change.file.as_posix()
    for line in unified_diff(before, change.after.text.splitlines(keepends=True), name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _fault(path: Path, zh: str, en: str) -> Problem:
    return Problem("HB003", Severity.ERROR, Place(path), Message(zh, en))
