"""``handbook new``: the file of a new regime, with its text where the issued text has it, else as a skeleton to fill in."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from handbook.drafts.document import RefusedError, plain
from handbook.drafts.folder import Like, proposed_category, regime_data, regime_text
from handbook.drafts.naming import proposed_id
from handbook.drafts.outline import Regime, divide
from handbook.drafts.propose import TODO
from handbook.drafts.skeleton import skeleton
from handbook.model import Book
from handbook.problem import Message
from handbook.source import REGIME_FILE, read
from handbook.writing import write_whole

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEAD = "# yaml-language-server: $schema=_schema/regime.schema.json\n"


@click.command("new")
@click.option(
    "--id", "id_", help="Its name in addresses: small letters, digits, hyphens; never changes once published."
)
@click.option("--number", type=int, help="Its number in the issued text.")
@click.option("--category", help="A category of the vocabulary.")
@click.option("--title-zh", help="Its title in Chinese, without the number.")
@click.option("--title-en", help="Its title in English.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("regimes"),
    show_default=True,
    help="The folder of regimes.",
)
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    envvar="HANDBOOK_LANGUAGE",
    help="Language of the messages.",
)
def new(
    id_: str | None,
    number: int | None,
    category: str | None,
    title_zh: str | None,
    title_en: str | None,
    folder: Path,
    language: str,
) -> None:
    """Writes the file of a new regime into the folder and asks for what the options do not say.

    Where the issued text already has the regime (a line with its number and title that no file covers yet), the file holds its text,
    divided and with proposals to confirm, as `handbook import` makes it; else it is a skeleton whose TODO `handbook check` points to.
    Nothing is ever overwritten.

    Exit status: 0 written, 2 nothing was written (a value is missing or wrong, the folder cannot be read).
    """
    book = _book(folder, language)
    issued = _issued(book)
    ask = _Asking(language)
    try:
        number = _checked_number(book, folder, ask.number(number, _next_number(book, folder, issued)))
        found = issued.get(number)
        if found and title_zh is not None and title_zh != found.title:
            raise RefusedError(
                f"原文第 {number} 项的标题是“{found.title}”，不是“{title_zh}”；请改正 --title-zh，或省略它",
                f"the issued text calls number {number} “{found.title}”, not “{title_zh}”; mend --title-zh or leave it out",
            )
        title_zh = found.title if found else _text(ask.text("title_zh", title_zh), "title-zh")
        title_en = _text(ask.text("title_en", title_en), "title-en")
        category = _checked_category(book, ask.category(book, category, proposed_category(title_zh, book)))
        taken = _taken(book, folder)
        id_ = _checked_id(book, folder, ask.id(id_, _proposed(title_zh, title_en, book, taken)))
        ask.refuse_missing()
    except RefusedError as error:
        _refuse(error.message, language)
    file = folder / f"{number:02d}-{id_}.yml"
    if file.exists() or file.is_symlink():
        _refuse(
            Message(f"{file.as_posix()} 已存在，没有改动", f"{file.as_posix()} is there already; it was not changed"),
            language,
        )
    if found:
        content = _HEAD + regime_text(_from_issued(found, book, id_, category, title_en))
    else:
        content = skeleton(book.vocabulary, id_, number, category, title_zh, title_en, book.today)
    write_whole(file, content)
    for message in _said(file, found, folder):
        click.echo(message[language])


_LABELS = {
    "number": Message("序号", "Number in the issued text"),
    "title_zh": Message("中文标题（不含序号）", "Title in Chinese, without the number"),
    "title_en": Message(f"英文标题（暂缺则写 {TODO}）", f"Title in English ({TODO} where there is none yet)"),
    "category": Message("分类", "Category"),
    "id": Message("标识（网址用名，发布后不改）", "Id (its name in addresses; never changes once published)"),
}


class _Asking:
    """Asks for what is missing where there is a terminal; else remembers it, to name everything missing at once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._missing: list[str] = []

    def number(self, given: int | None, proposed: int) -> int:
        return given if given is not None else int(self._ask("number", proposed, click.INT))

    def text(self, key: str, given: str | None) -> str:
        return given if given is not None else str(self._ask(key, None, click.STRING))

    def category(self, book: Book, given: str | None, proposed: str) -> str:
        if given is not None:
            return given
        if interactive():
            for name, words in book.vocabulary.categories.items():
                click.echo(f"  {name}  {words[self._language]}")
        return str(self._ask("category", proposed, click.STRING))

    def id(self, given: str | None, proposed: str) -> str:
        return given if given is not None else str(self._ask("id", proposed, click.STRING))

    def _ask(self, key: str, proposed: Any, kind: Any) -> Any:
        if not interactive():
            self._missing.append(f"--{key.replace('_', '-')}")
            return proposed if proposed is not None else TODO
        try:
            return click.prompt(_LABELS[key][self._language], default=proposed, type=kind)
        except click.Abort:
            raise RefusedError("已中止，什么也没有写", "stopped; nothing was written") from None

    def refuse_missing(self) -> None:
        """Raises RefusedError that names everything nobody could be asked for."""
        if self._missing:
            names = " ".join(self._missing)
            raise RefusedError(
                f"缺少 {names}，而这里没有终端可以询问；请作为选项给出",
                f"{names} missing, and there is no terminal to ask at; give them as options",
            )


def interactive() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def _book(folder: Path, language: str) -> Book:
    reading = read(folder)
    if reading.book is None:
        for problem in reading.problems:
            click.echo(problem.line(language), err=True)
        sys.exit(2)
    return reading.book


def _issued(book: Book) -> dict[int, Regime]:
    """The regimes of the issued text that no file covers yet, by number."""
    try:
        outline = divide(plain(book.source_text.encode("utf-8")), _like(book).aspects)
    except (RefusedError, UnicodeEncodeError):
        return {}
    covered = {regime.number for regime in book.regimes}
    titles = {regime.title.zh for regime in book.regimes}
    return {r.number: r for r in outline.regimes if r.number not in covered and r.title not in titles}


def _like(book: Book) -> Like:
    return Like(book, "")


def _files(folder: Path) -> Iterator[re.Match[str]]:
    for file in folder.iterdir():
        if match := REGIME_FILE.fullmatch(file.name):
            yield match


def _next_number(book: Book, folder: Path, issued: dict[int, Regime]) -> int:
    taken = {r.number for r in book.regimes} | {int(m["number"]) for m in _files(folder)}
    return min((n for n in issued if n not in taken), default=max(taken, default=0) + 1)


def _checked_number(book: Book, folder: Path, number: int) -> int:
    if not 1 <= number <= 9999:
        raise RefusedError(f"序号应为 1 到 9999，不是 {number}", f"a number is 1 to 9999, not {number}")
    by = next((m[0] for m in _files(folder) if int(m["number"]) == number), None)
    if by:
        raise RefusedError(f"序号 {number} 已用于 {by}；请换一个", f"number {number} is used by {by}; take another")
    return number


def _checked_category(book: Book, category: str) -> str:
    categories = book.vocabulary.categories
    if category not in categories:
        raise RefusedError(
            f"词汇表没有分类“{category}”；有：{'、'.join(f'{k}（{v.zh}）' for k, v in categories.items())}",
            f"the vocabulary has no category “{category}”; it has {', '.join(categories)}",
        )
    return category


def _taken(book: Book, folder: Path) -> set[str]:
    """The ids that are used, or have been: those of files, of what is published, of what redirects name."""
    published = {
        re.split(r"[.#]", name)[0]
        for record in (book.published, book.redirects)
        for entries in record.model_dump().values()
        for name in entries
    }
    return {r.id for r in book.regimes} | {m["id"] for m in _files(folder)} | published


def _checked_id(book: Book, folder: Path, id_: str) -> str:
    if not _ID.fullmatch(id_) or len(id_) > 80:
        raise RefusedError(
            f"标识“{id_}”不合规则：只用小写字母、数字和单个连字符，如 drug-retailers",
            f"“{id_}” is no id: small letters, digits and single hyphens only, like drug-retailers",
        )
    if id_ in _taken(book, folder):
        raise RefusedError(
            f"标识“{id_}”正在使用，或者曾经发布；网址不能另指他物，请换一个",
            f"the id {id_} is in use or has been published; an address cannot come to mean something else, take another",
        )
    return id_


def _proposed(title_zh: str, title_en: str, book: Book, taken: set[str]) -> str:
    words = re.sub(r"^(?:supervision|administration) (?:and \w+ )?of (?:the )?", "", title_en.lower())
    slug = re.sub("[^a-z0-9]+", "-", words).strip("-")
    if title_en == TODO or not slug or len(slug) > 60:
        return proposed_id(title_zh, _like(book).renderings, taken, "regime")
    return slug if slug not in taken else f"{slug}-2"


def _text(value: str, option: str) -> str:
    if not value.strip() or "\n" in value or not value.isprintable():
        raise RefusedError(f"--{option} 应为一行文字", f"--{option} must be one line of text")
    return value.strip()


def _from_issued(found: Regime, book: Book, id_: str, category: str, title_en: str) -> dict[str, Any]:
    laws = {law.cited_as.zh: law.id for law in book.laws.laws if law.status is not None}
    data = regime_data(found, id_, category, laws, _like(book), book.today, Counter(), category_given=True)
    data["title"]["en"] = title_en
    data["unsure"] = [key for key in data["unsure"] if key != "id"]
    return data


def _said(file: Path, found: Regime | None, folder: Path) -> tuple[Message, ...]:
    next_ = Message(
        f"下一步：handbook check {folder.as_posix()} --language zh，逐处完成；每个键的说明见 {(folder / 'README.md').as_posix()}",
        f"next: handbook check {folder.as_posix()}, and finish what it points to; every key is explained in {(folder / 'README.md').as_posix()}",
    )
    if found:
        return (
            Message(
                f"{file.as_posix()}：正文取自原文（“{found.title}”），所提结构列在 unsure 中，待核对；译文待写（TODO）",
                f"{file.as_posix()}: its text is that of the issued text (“{found.title}”); what is proposed stands under unsure, "
                "to be confirmed, the translation is to be written (TODO)",
            ),
            next_,
        )
    return (
        Message(
            f"{file.as_posix()}：骨架。原文中还没有这项制度；先把新文本放入 {(folder / 'source').as_posix()}/ 并更新 _handbook.yml，再照原文填写",
            f"{file.as_posix()}: a skeleton. The issued text does not have this regime yet; put the new text into "
            f"{(folder / 'source').as_posix()}/ and update _handbook.yml, then fill the file in from it",
        ),
        next_,
    )


def _refuse(message: Message, language: str) -> NoReturn:
    click.echo(f"handbook new: {message[language]}", err=True)
    sys.exit(2)
