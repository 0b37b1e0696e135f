"""``handbook import``: another bureau's document becomes a folder of draft regimes, with nothing of its text lost."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

import click

from handbook.drafts.document import (
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_LINE,
    MAX_LINES,
    Document,
    RefusedError,
    markdown,
    plain,
)
from handbook.drafts.folder import Draft, Like, draft
from handbook.drafts.word import word
from handbook.model import Book
from handbook.problem import Message
from handbook.recompose import issued, recomposed
from handbook.schema import write_schemas
from handbook.source import read, today
from handbook.writing import write_together

READERS = {".txt": plain, ".md": markdown, ".markdown": markdown, ".docx": word}
"""How a document is read, by the end of its name."""


@click.command(
    "import",
    help=f"""Turns the document FILE (.txt, .md, .docx) into a folder of draft regimes.

Recognised are titles, regimes, sections and clauses by their numbering (第一章, 第一条, 一、（一）1、1.（1）① and their half-width forms),
by headings of Markdown and Word, and what clauses seem to state: aspects, consequences, limits, head-counts, thresholds, instruments.
All of it is listed under ``unsure`` until somebody has read it (HB213), English is TODO (HB201): `handbook check FOLDER` says what is left.
The text itself is proven to be the document's, character for character, before anything is written.

Controlled words and terms are taken from the folder --like. A .txt may be UTF-8, UTF-16 or GB18030 (GBK). Files of more than
{MAX_BYTES:,} bytes, texts of more than {MAX_CHARACTERS:,} characters or {MAX_LINES:,} lines, and lines of
more than {MAX_LINE:,} characters are refused.

Exit status: 0 written, 2 nothing was written (the file cannot be read, the folder is not empty, the text could not be kept whole).
""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="The new folder; it must not be there, or be empty."
)
@click.option(
    "--like",
    type=click.Path(path_type=Path),
    default=Path("regimes"),
    show_default=True,
    help="The folder whose words and terms are taken over.",
)
@click.option(
    "--category", help="Category of every regime (an id of the vocabulary); without it one is proposed for each."
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    envvar="HANDBOOK_LANGUAGE",
    help="Language of the messages.",
)
def import_document(file: Path, into: Path, like: Path, category: str | None, language: str) -> None:
    """The adapter: reads the file, writes the folder, says what was found."""
    try:
        _refuse_full(into)
        document = read_document(file)
        model = _like(like, category)
        day = today()
        made = draft(document, file.name, model, category, day)
        prove(made, document, day)
        write_together({into / path: text for path, text in made.files.items()})
        if book := read(into, today=day).book:
            write_schemas(into / "_schema", book.vocabulary, book.laws)
    except RefusedError as error:
        click.echo(f"handbook import: {error.message[language]}", err=True)
        sys.exit(2)
    for message in (*document.remarks, *summary(made, into)):
        click.echo(message[language])


def _refuse_full(into: Path) -> None:
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise RefusedError(
            f"{into.as_posix()} 已存在且不是空文件夹；请用 --into 指定新的文件夹（未作任何改动）",
            f"{into.as_posix()} is there and is no empty folder; name a new one with --into (nothing was changed)",
        )


def _like(folder: Path, category: str | None) -> Like:
    """What is taken over from the folder --like. Raises RefusedError where it cannot be read."""
    reading = read(folder)
    if reading.book is None:
        first = reading.problems[0] if reading.problems else None
        raise RefusedError(
            f"--like 的文件夹 {folder.as_posix()} 无法读取" + (f"：{first.line('zh')}" if first else ""),
            f"the folder of --like, {folder.as_posix()}, cannot be read" + (f": {first.line('en')}" if first else ""),
        )
    categories = reading.book.vocabulary.categories
    if category is not None and category not in categories:
        raise RefusedError(
            f"词汇表没有分类“{category}”；有：{'、'.join(f'{k}（{v.zh}）' for k, v in categories.items())}",
            f"the vocabulary has no category {category}; it has {', '.join(categories)}",
        )
    return Like(reading.book, (folder / "_vocabulary.yml").read_text(encoding="utf-8"))


def read_document(file: Path) -> Document:
    """The document in a file. Raises RefusedError for what cannot be read, OSError for what is not there."""
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise RefusedError(
            f"{file.as_posix()}：只能导入 {'、'.join(READERS)}；其他格式（如 .doc、.pdf、.wps）请先另存为 .docx 或 .txt",
            f"{file.as_posix()}: only {', '.join(READERS)} can be imported; save other formats (.doc, .pdf, .wps) as .docx or .txt first",
        )
    if file.is_dir():
        raise RefusedError(f"{file.as_posix()} 是文件夹，不是文件", f"{file.as_posix()} is a folder, not a file")
    if file.exists() and not file.is_file():
        raise RefusedError(f"{file.as_posix()} 不是普通文件", f"{file.as_posix()} is not an ordinary file")
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise RefusedError(
            f"{file.as_posix()} 有 {size:,} 字节，超过上限 {MAX_BYTES:,} 字节；请拆分后导入",
            f"{file.as_posix()} has {size:,} bytes, more than the {MAX_BYTES:,} that are read; split it and import the parts",
        )
    try:
        return reader(file.read_bytes())
    except RefusedError as error:
        raise RefusedError(f"{file.as_posix()}：{error.message.zh}", f"{file.as_posix()}: {error.message.en}") from None


def prove(made: Draft, document: Document, day: date) -> Book:
    """Reads the draft back and lays it beside the document. Raises RefusedError naming the first line that differs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "draft"
        write_together({folder / path: text for path, text in made.files.items()})
        reading = read(folder, Path("."), today=day)
    if reading.book is None or not reading.complete:
        first = reading.problems[0]
        raise RefusedError(
            f"所得草稿无法读回（{first.line('zh')}）；什么也没有写。请报告此问题，或将文件拆分后导入",
            f"the draft could not be read back ({first.line('en')}); nothing was written. Report this, or split the document",
        )
    ours = [line.bare for line in recomposed(reading.book)]
    theirs = [line for line in issued(reading.book) if line.bare]
    for i in range(max(len(ours), len(theirs))):
        here = ours[i] if i < len(ours) else ""
        there = theirs[i].bare if i < len(theirs) else ""
        if here != there:
            number = theirs[i].number if i < len(theirs) else document.text.count("\n")
            raise RefusedError(
                f"第 {number} 行不能原样保留：原文“{there[:20]}”，所得“{here[:20]}”；什么也没有写，请报告此问题",
                f"line {number} could not be kept as it is: “{there[:20]}” in the document, “{here[:20]}” in the draft; "
                "nothing was written, please report this",
            )
    return reading.book


def summary(made: Draft, into: Path) -> tuple[Message, ...]:
    """What was recognised, what is left to do, and the next command."""
    n = {
        key: made.counts.get(key, 0)
        for key in (
            "regimes",
            "sections",
            "clauses",
            "aspects",
            "unstated",
            "penalties",
            "time_limits",
            "staffing",
            "thresholds",
            "laws",
        )
    }
    return (
        Message(
            "识别出制度 {regimes} 项、节 {sections} 个、条款 {clauses} 条、要素 {aspects} 个；提出处罚 {penalties} 条、期限 {time_limits} 个、"
            "人数 {staffing} 个、门槛 {thresholds} 个；引用法规 {laws} 部".format(**n),
            "recognised: {regimes} regimes, {sections} sections, {clauses} clauses, {aspects} aspects; proposed: {penalties} penalties, "
            "{time_limits} time limits, {staffing} head-counts, {thresholds} thresholds; {laws} instruments cited".format(
                **n
            ),
        ),
        Message(
            "原文已逐字核对，没有遗漏。尚待完成：核对 unsure 所列各键，翻译 TODO 处，说明无标题载明的要素 {unstated} 个，"
            "核实法规，补写检查项".format(**n),
            "the text was compared character for character; nothing is lost. Left to do: read what unsure lists, translate what says TODO, "
            "say where {unstated} unstated aspects are drawn from, verify the instruments, write the checklist items".format(
                **n
            ),
        ),
        Message(
            f"id 是提议的；发布之前可改，文件名一并改。下一步：handbook check {into.as_posix()} --language zh",
            f"the ids are proposals; change them, with the file names, before anything is published. Next: handbook check {into.as_posix()}",
        ),
    )
