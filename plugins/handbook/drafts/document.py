"""A document as a row of paragraphs, from plain text or Markdown; Word has a module of its own."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from handbook.nodes import unprintable
from handbook.problem import Message

MAX_BYTES = 20_000_000
"""The largest file that is read."""

MAX_CHARACTERS = 200_000
"""The longest text that is taken in: eight times the longest handbook known to us."""

MAX_LINES = 5_000
"""The most lines that are taken in."""

MAX_LINE = 8_000
"""The longest paragraph that is taken in; the longest clause known to us has 400 characters."""


class RefusedError(ValueError):
    """A document that cannot be taken in, with the reason in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = Message(zh, en)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a document as a reader sees it; ``level`` is that of a heading, where the document marks it as one.

    ``loose`` is True for what stands outside the running text (a row of a table, a footnote): it is not divided any further.
    """

    text: str
    level: int | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The paragraphs of a document, and what a reader must know about how they were read."""

    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[Message, ...] = ()

    @property
    def text(self) -> str:
        """The document as plain text, a paragraph a line."""
        return "".join(f"{p.text}\n" for p in self.paragraphs)


def decoded(raw: bytes) -> tuple[str, Message]:
    """The text of a file and a sentence that says in which encoding it was. Raises RefusedError where none fits.

    UTF-8, with or without a byte order mark, UTF-16 with one or recognisable without, GB18030 (which holds GBK and GB2312).
    """
    for mark, name, label in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 (BOM)"),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if raw.startswith(mark):
            return _decode(raw, name), _read_as(label)
    try:
        text = raw.decode("utf-8")
        if "\0" not in text:
            return text, _read_as("UTF-8")
    except UnicodeDecodeError:
        pass
    if raw and len(raw) % 2 == 0:
        for name in ("utf-16-le", "utf-16-be"):
            if b"\0" in raw and _han(raw, name):
                return _decode(raw, name), _read_as(name.upper())
    if b"\0" in raw:
        at = raw.index(b"\0")
        raise RefusedError(
            f"第 {at} 个字节（从 0 计）是 NUL：不是文本文件；请另存为 .txt（UTF-8）或 .docx",
            f"byte {at} (counted from 0) is NUL: this is no text file; save it as .txt (UTF-8) or .docx",
        )
    return _decode(raw, "gb18030"), _read_as("GB18030 (GBK)")


def _decode(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        label = name.upper().removesuffix("-SIG")
        raise RefusedError(
            f"第 {error.start} 个字节（从 0 计，0x{raw[error.start]:02X}）不是 {label}，也不是其他可识别的编码；请将文件另存为 UTF-8",
            f"byte {error.start} (counted from 0, 0x{raw[error.start]:02X}) is neither {label} nor any encoding known here; "
            "save the file as UTF-8",
        ) from None


def _han(raw: bytes, name: str) -> bool:
    """Whether most of the signs are Chinese characters, digits or punctuation when read so."""
    try:
        text = raw.decode(name)
    except UnicodeDecodeError:
        return False
    known = sum(
        "\u4e00" <= c <= "\u9fff" or "\u3000" <= c <= "\u301f" or "\uff00" <= c <= "\uffef" or c < "\x7f" for c in text
    )
    return known * 10 >= len(text) * 9


def _read_as(label: str) -> Message:
    return Message(f"文字编码：{label}", f"encoding: {label}")


_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def cleaned(text: str) -> tuple[str, tuple[Message, ...]]:
    """A text with every line end as a line feed and without characters nobody can see; what was taken out is said."""
    text = _BREAKS.sub("\n", text)
    hidden: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        for char in line:
            if unprintable(char):
                first, count = hidden.get(char, (number, 0))
                hidden[char] = first, count + 1
    text = text.translate({ord(char): None for char in hidden})
    return text, tuple(
        Message(
            f"删去了不可见的控制字符 U+{ord(char):04X}，{count} 处，首见于第 {first} 行",
            f"the invisible control character U+{ord(char):04X} was taken out, {count} times, first on line {first}",
        )
        for char, (first, count) in sorted(hidden.items())
    )


def bounded(document: Document) -> Document:
    """The document, unless it is larger than can be taken in or holds no text at all: then RefusedError."""
    characters, lines = sum(len(p.text) for p in document.paragraphs), len(document.paragraphs)
    if characters > MAX_CHARACTERS or lines > MAX_LINES:
        raise RefusedError(
            f"文件有 {characters:,} 字、{lines:,} 行，超过上限 {MAX_CHARACTERS:,} 字、{MAX_LINES:,} 行；请按制度拆分后分别导入",
            f"the document has {characters:,} characters on {lines:,} lines, more than the {MAX_CHARACTERS:,} on {MAX_LINES:,} "
            "that are taken in; split it by regimes and import the parts",
        )
    long = next((n for n, p in enumerate(document.paragraphs, start=1) if len(p.text) > MAX_LINE), None)
    if long:
        raise RefusedError(
            f"第 {long} 行有 {len(document.paragraphs[long - 1].text):,} 字，超过上限 {MAX_LINE:,} 字；是否缺少换行？请分段后导入",
            f"line {long} has {len(document.paragraphs[long - 1].text):,} characters, more than the {MAX_LINE:,} that are taken in; "
            "are line ends missing? Divide it into paragraphs first",
        )
    if not any(p.text.strip() for p in document.paragraphs):
        raise RefusedError("文件里没有文字", "the document holds no text")
    return document


def plain(raw: bytes) -> Document:
    """A plain text as a document: each line is a paragraph."""
    text, encoding = decoded(raw)
    text, remarks = cleaned(text)
    return bounded(Document(_lines(text), (encoding, *remarks)))


def _lines(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line) for line in text.removesuffix("\n").split("\n"))


_HEADING = re.compile(r" {0,3}(?P<signs>#{1,6})(?:[ \t\u3000]+(?P<text>.*?)(?:[ \t]+#+)?|)[ \t]*$")
_RULE = re.compile(r" {0,3}\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)*\|?[ \t]*$| {0,3}(?:\*[ \t]*){3,}$")
_UNDERLINE = re.compile(r" {0,3}(?P<sign>=|-)(?P=sign)*[ \t]*$")
_ROW = re.compile(r"[ \t]*\|(?P<cells>.*)\|[ \t]*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def markdown(raw: bytes) -> Document:
    """Markdown as a document: what a reader of the page sees, line by line.

    The signs of headings, bold type, escapes, fences and the rules of tables are taken out and counted; everything else stays as it is.
    """
    text, encoding = decoded(raw)
    text, remarks = cleaned(text)
    paragraphs: list[Paragraph] = []
    counts = {"heading": 0, "strong": 0, "escape": 0, "rule": 0, "row": 0}
    fenced = False
    for line in text.removesuffix("\n").split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
            counts["rule"] += 1
            continue
        if fenced:
            paragraphs.append(Paragraph(line))
            continue
        before = paragraphs[-1] if paragraphs else None
        underline = _UNDERLINE.match(line)
        if underline and before and before.text.strip() and before.level is None and not before.loose:
            paragraphs[-1] = Paragraph(before.text, 1 if underline["sign"] == "=" else 2)
            counts["heading"] += 1
            continue
        if _RULE.match(line):
            counts["rule"] += 1
            continue
        level, loose = None, False
        if heading := _HEADING.match(line):
            level, line = len(heading["signs"]), heading["text"] or ""
            counts["heading"] += 1
        elif row := _ROW.match(line):
            loose, line = True, "\u3000".join(cell.strip() for cell in re.split(r"(?<!\\)\|", row["cells"]))
            counts["row"] += 1
        line, strong = _STRONG.subn(r"\2", line)
        line, escapes = _ESCAPED.subn(r"\1", line)
        counts["strong"] += strong
        counts["escape"] += escapes
        paragraphs.append(Paragraph(line, level, loose))
    return bounded(Document(tuple(paragraphs), (encoding, *remarks, *_marks(counts))))


def _marks(counts: dict[str, int]) -> Iterable[Message]:
    said = {
        "heading": ("标题记号 {n} 处已转为标题层级", "{n} heading signs were read as levels"),
        "strong": ("去掉了加粗记号 {n} 处", "{n} signs of bold type were taken out"),
        "escape": ("去掉了转义用的反斜杠 {n} 处", "{n} escaping backslashes were taken out"),
        "rule": ("去掉了分隔线 {n} 行（不含文字）", "{n} lines that only draw a rule or a fence were taken out"),
        "row": (
            "表格 {n} 行，每行作一段，各格以全角空格相隔",
            "{n} rows of tables, each a paragraph, its cells an ideographic space apart",
        ),
    }
    for key, (zh, en) in said.items():
        if counts[key]:
            yield Message(zh.format(n=counts[key]), en.format(n=counts[key]))
