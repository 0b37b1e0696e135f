"""``handbook lock``: writes the ids of today into the lock, unless one that was published has gone without a redirect."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from handbook.lock import sentence, write_lock
from handbook.problem import Severity
from handbook.source import read
from handbook.views.moves import lost


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("regimes"))
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    envvar="HANDBOOK_LANGUAGE",
    help="Language of the messages.",
)
def lock(folder: Path, language: str) -> None:
    """Writes the ids of FOLDER (default: regimes) into its _published.yml, so that none can vanish unnoticed.

    Regimes, sections, clauses, checklist items and laws: run it when one of them is new or its Chinese has changed. Ids that have
    gone are kept where a redirect says where they went; for others the command changes nothing and names each.
    Exit status: 0 written, 1 a redirect is missing, 2 the regimes cannot be read.
    """
    reading = read(folder)
    book = reading.book
    if book is None or not reading.complete or any(p.severity is Severity.ERROR for p in reading.problems):
        for problem in reading.problems:
            click.echo(problem.line(language), err=True)
        sys.exit(2)
    missing = lost(book)
    for each in missing:
        click.echo(f"handbook lock: {sentence(book, each)[language]}", err=True)
    if missing:
        sys.exit(1)
    click.echo(write_lock(book))
