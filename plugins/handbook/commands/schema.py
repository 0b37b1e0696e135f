"""``handbook schema``: writes the JSON Schemas editors use, with the words and laws of today."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypeVar

import click

from handbook.model import Laws, Record, Vocabulary
from handbook.nodes import read_text
from handbook.problem import Problem, Severity
from handbook.schema import write_schemas
from handbook.source import read_record

R = TypeVar("R", bound=Record)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("regimes/_schema"))
@click.option(
    "--regimes",
    type=click.Path(path_type=Path),
    default=None,
    help="The folder with _vocabulary.yml and _laws.yml.  [default: the one FOLDER is in, else regimes]",
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    envvar="HANDBOOK_LANGUAGE",
    help="Language of the messages.",
)
def schema(folder: Path, regimes: Path | None, language: str) -> None:
    """Writes the JSON Schemas editors use into FOLDER (default: regimes/_schema).

    They know every key, the words of the vocabulary and the laws of the register: run it when one of these has changed. Regimes that
    cannot be read do not matter. Exit status: 0 written, 2 the vocabulary or the register cannot be read.
    """
    if regimes is None:
        regimes = folder.parent if (folder.parent / "_vocabulary.yml").is_file() else Path("regimes")
    vocabulary = _register(regimes / "_vocabulary.yml", Vocabulary, language)
    laws = _register(regimes / "_laws.yml", Laws, language)
    for file in write_schemas(folder, vocabulary, laws):
        click.echo(file)


def _register(file: Path, form: type[R], language: str) -> R:
    problems: list[Problem] = []
    text = read_text(file, file, problems)
    record = None
    if text is not None:
        _, record, found = read_record(text, form, file)
        problems += found
    if record is None or any(problem.severity is Severity.ERROR for problem in problems):
        for problem in problems:
            click.echo(problem.line(language), err=True)
        sys.exit(2)
    return record
