"""``handbook impact``: what rests on an instrument, and what a change of its status asks for."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from handbook.impact import FORMATS, impact
from handbook.problem import Message
from handbook.source import read
from handbook.text.numerals import number
from handbook.views.impact import find_law, near_laws

_PART = re.compile(r"第?\s*([0-9]{1,4}|[〇零一二三四五六七八九十百千两]{1,9})\s*条?")
MOST = 1_000
"""How many articles may be asked for at once."""


@click.command(name="impact")
@click.argument("law")
@click.option("--articles", default="", help="Articles of the law, such as 12,15 or 第十二条 or 12-15.")
@click.option("--status", default="", help="A status of the vocabulary: adds what is to be done if the law gets it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to print the report; the tasks of markdown can be ticked off in a pull request.",
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    envvar="HANDBOOK_LANGUAGE",
    help="Language of the report; json holds both.",
)
@click.option(
    "--regimes",
    type=click.Path(path_type=Path),
    default=Path("regimes"),
    show_default=True,
    help="The folder of regimes.",
)
def impact_command(law: str, articles: str, status: str, form: str, language: str, regimes: Path) -> None:
    """Says what rests on LAW: clauses, consequences, limits, notes, checklist items, terms. LAW is its id, its title, or part of it.

    Exit status: 0 something rests on it, 1 nothing does, 2 the report could not be made.
    """
    reading = read(regimes)
    if reading.book is None or not reading.complete:
        for problem in reading.problems:
            click.echo(problem.line(language), err=True)
        sys.exit(2)
    book = reading.book
    found = find_law(book, law)
    if len(found) != 1:
        shown = found or near_laws(book, law)
        lines = [f"  {other.id}: 《{other.cited_as.zh}》 {other.cited_as.en}" for other in shown]
        if found:
            _fail(Message(f"“{law}”可指多部法规：", f"“{law}” may mean several instruments:"), language, lines)
        near = Message("；相近的有：", "; near it:") if lines else Message("", "")
        _fail(Message(f"法规登记簿中没有“{law}”{near.zh}", f"the register has no “{law}”{near.en}"), language, lines)
    if status and status not in book.vocabulary.statuses:
        lines = [f"  {word}: {entry.zh} / {entry.en}" for word, entry in book.vocabulary.statuses.items()]
        _fail(
            Message(f"词表中没有现状“{status}”；可用的有：", f"the vocabulary has no status “{status}”; it has:"),
            language,
            lines,
        )
    numbers = _numbers(articles)
    if numbers is None:
        _fail(
            Message(
                f"看不懂条号“{articles}”；请写成 12,15 或 第十二条",
                f"the articles “{articles}” are not understood; write 12,15 or 第十二条",
            ),
            language,
            [],
        )
    report = impact(book, found[0], numbers or (), status or None)
    click.echo(FORMATS[form](book, report, language), nl=False)
    sys.exit(0 if report.found or report.unnamed else 1)


def _numbers(words: str) -> tuple[int, ...] | None:
    """The articles asked for, each once and in order; None where the words are no list of articles."""
    found: set[int] = set()
    for part in re.split(r"[,，、;；]", words) if words.strip() else []:
        ends = [_PART.fullmatch(end.strip()) for end in re.split(r"[-–—至到]", part.strip())]
        values = [number(end[1]) if end else None for end in ends]
        if len(values) > 2 or not values or any(value is None or value < 1 for value in values):
            return None
        first, last = values[0] or 1, values[-1] or 1
        if not first <= last < first + MOST:
            return None
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def _fail(message: Message, language: str, lines: list[str]) -> None:
    click.echo("\n".join([f"handbook impact: {message[language]}", *lines]), err=True)
    sys.exit(2)
