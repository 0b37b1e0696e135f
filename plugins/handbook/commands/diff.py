"""``handbook diff``: what has changed in meaning between two states of the regimes."""

from __future__ import annotations

import sys

import click

from handbook.compare import Snapshot, compare
from handbook.compare.forms import FORMATS, json_schema
from handbook.problem import Message
from handbook.revisions import UnreadableError, read_side


def _print_schema(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(json_schema(), nl=False)
        context.exit(0)


@click.command()
@click.argument("old")
@click.argument("new", default="regimes")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to print the changes: for a terminal, for a pull request, for programs, as annotations.",
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    envvar="HANDBOOK_LANGUAGE",
    help="Language of the report; markdown and json hold both.",
)
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of --format json and stop.",
)
def diff(old: str, new: str, form: str, language: str) -> None:
    """Says what has changed in meaning from OLD to NEW, in legal terms. Formatting alone is no change.

    OLD and NEW are folders, files, or revisions of git such as main, HEAD~3, data-2026-11-24 or REVISION:FOLDER; a revision alone
    means its folder regimes. Without NEW the folder regimes is compared as it lies there.

    Exit status: 0 no change in meaning, 1 changes, 2 the comparison could not run.
    """
    sides = [_side(named, language) for named in (old, new)]
    before, after = sides
    if before.registers.keys() & after.registers.keys() or (before.regimes and after.regimes):
        found = compare(before, after, old, new)
        click.echo(FORMATS[form](found, language), nl=False)
        sys.exit(1 if found.changes else 0)
    _fail(Message(f"{old} 与 {new} 不是同一类文件", f"{old} and {new} are not of the same kind"), language)


def _side(named: str, language: str) -> Snapshot:
    try:
        return read_side(named)
    except UnreadableError as error:
        for problem in error.problems:
            click.echo(problem.line(language), err=True)
        _fail(error.message, language)
        raise AssertionError from error


def _fail(message: Message, language: str) -> None:
    click.echo(f"handbook diff: {message[language]}", err=True)
    sys.exit(2)
