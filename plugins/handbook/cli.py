"""The ``handbook`` command: check, export, schema. An adapter at the end; it may know the checks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from checks.mend import mend
from checks.report import FORMATS, quality
from checks.rule import Rule
from checks.run import run
from handbook import __version__
from handbook.canonical import ChangedError
from handbook.commands.diff import diff
from handbook.commands.fmt import fmt
from handbook.commands.impact import impact_command
from handbook.commands.importing import import_document
from handbook.commands.lock import lock
from handbook.commands.new import new
from handbook.commands.schema import schema
from handbook.plain import write_projects
from handbook.source import read
from handbook.writing import write_together


class Commands(click.Group):
    """A group of commands that answers what the system refuses (a full disk, a folder that cannot be written) in one line, status 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; an OSError of any of them becomes a message with its file instead of a traceback."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            name = ctx.invoked_subcommand or ""
            click.echo(f"handbook {name}: {error.filename or ''}: {error.strerror or type(error).__name__}", err=True)
            sys.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Checks regimes and writes what is generated from them."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("regimes"))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to print what was found.",
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    envvar="HANDBOOK_LANGUAGE",
    help="Language of the messages.",
)
@click.option(
    "--waivers",
    type=click.Path(path_type=Path),
    default=Path("checks/waivers.yml"),
    show_default=True,
    help="File of exceptions.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="First mend what is mechanical: form, line ends, fingerprints of translations, British spelling, white space, "
    "the lock of published ids. The Chinese, numbers and the issued text are never touched.",
)
def check(folder: Path, form: str, language: str, waivers: Path, fix: bool) -> None:
    """Runs every rule over FOLDER (default: regimes).

    With --fix each thing mended is named with its place, and what is left is reported as always. All files are written or none.

    Exit status: 0 nothing found (or left), 1 something found, 2 the check could not run.
    """
    if not folder.is_dir():
        click.echo(f"handbook check: there is no folder {folder}", err=True)
        sys.exit(2)
    if fix:
        try:
            mending = mend(folder, waivers)
        except ChangedError as error:
            click.echo(f"handbook check --fix: {error}; nothing was written", err=True)
            sys.exit(2)
        write_together(mending.contents)
        for done in mending.mended:  # beside the report where the report is for programs
            click.echo(done.line(language), err=form != "text")
    report = run(read(folder), waivers, progress=_progress)
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    click.echo(FORMATS[form](report, language), nl=False)
    sys.exit(1 if report.problems else 0)


def _progress(rule: Rule, index: int, count: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{index + 1}/{count} {rule.code} {rule.name}", nl=False, err=True)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("data"))
@click.option(
    "--regimes",
    type=click.Path(path_type=Path),
    default=Path("regimes"),
    show_default=True,
    help="The folder of regimes.",
)
def export(folder: Path, regimes: Path) -> None:
    """Writes the data files into FOLDER (default: data).

    Regimes, penalties, time limits, checklists, laws and glossary, each as JSON with a schema and as CSV; handbook.xlsx holds
    all of them.
    """
    from handbook.exports.json_csv import write

    reading = read(regimes)
    if reading.book is None or not reading.complete:
        for problem in reading.problems:
            click.echo(problem.line(), err=True)
        sys.exit(2)
    for file in write(reading.book, folder):
        click.echo(file)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--regimes",
    type=click.Path(path_type=Path),
    default=Path("regimes"),
    show_default=True,
    help="The folder of regimes.",
)
@click.option(
    "--docs",
    type=click.Path(path_type=Path),
    default=Path("docs"),
    show_default=True,
    help="The folder of prose, one below it a language.",
)
def pages(folder: Path, regimes: Path, docs: Path) -> None:
    """Writes every page, the assets and a plain configuration into FOLDER, one project an edition.

    What is written needs none of our plugins: any engine that reads MkDocs projects can build from there.
    """
    reading = read(regimes)
    if reading.book is None or not reading.complete:
        for problem in reading.problems:
            click.echo(problem.line(), err=True)
        sys.exit(2)
    for file in write_projects(reading.book, quality(run(reading)), docs, folder):
        click.echo(file)


main.add_command(fmt)
main.add_command(lock)
main.add_command(diff)
main.add_command(import_document)
main.add_command(impact_command)
main.add_command(new)
main.add_command(schema)
