"""A Word document as a row of paragraphs as a reader sees them: automatic numbers computed, tables row by row, everything else named.

Read from the parts of the package itself, since the numbers Word prints stand nowhere in its text.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from handbook.drafts.document import Document, Paragraph, RefusedError, bounded, cleaned
from handbook.problem import Message
from handbook.text.numerals import chinese

MAX_UNPACKED = 60_000_000
"""How many bytes the parts that are read may have unpacked; a few kilobytes can be made to unpack to gigabytes."""

MAX_RATIO = 400
"""How much smaller than its content a part may be packed; text packs to a tenth or a thirtieth."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TEXT = {f"{_W}{name}" for name in ("instrText", "delText", "delInstrText")}
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_LEVEL = re.compile(r"%([1-9])")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def word(raw: bytes) -> Document:
    """A .docx file as a document. Raises RefusedError for what is no such file, is encrypted, or unpacks to too much."""
    parts = _Parts(raw)
    body = parts.xml("word/document.xml")
    root = body.find(f"{_W}body") if body is not None else None
    if root is None:
        raise RefusedError(
            "文件里没有 word/document.xml：不是 Word 文档，或已损坏；请在 Word 中打开后另存为 .docx",
            "the file holds no word/document.xml: it is no Word document, or is damaged; open it in Word and save it as .docx again",
        )
    reader = _Reader(_styles(parts), _Numbering(parts.xml("word/numbering.xml")))
    try:
        reader.block(root)
    except RecursionError:
        raise RefusedError(
            "文件的结构嵌套过深，没有读取", "the document is nested too deeply and was not read"
        ) from None
    for kind, name in (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml")):
        reader.notes(kind, parts.xml(name))
    for name in parts.named(r"word/header[0-9]*\.xml"):
        reader.left_out("header", _words(parts.xml(name)))
    for name in parts.named(r"word/footer[0-9]*\.xml"):
        reader.left_out("footer", _words(parts.xml(name)))
    reader.left_out("comment", _words(parts.xml("word/comments.xml")))
    media = parts.named(r"word/(?:media|embeddings|charts|diagrams)/.*")
    if media:
        reader.counts["picture"] = len(media)
    text, remarks = cleaned("\n".join(p.text.replace("\n", " ") for p in reader.paragraphs))
    lines = text.split("\n")
    if len(lines) != len(reader.paragraphs):  # a control character that breaks a line: each piece is a paragraph
        paragraphs = [Paragraph(line) for line in lines]
    else:
        paragraphs = [Paragraph(t, p.level, p.loose) for t, p in zip(lines, reader.paragraphs, strict=True)]
    return bounded(Document(tuple(paragraphs), (*remarks, *reader.remarks())))


class _Parts:
    """The package, read with care: sizes are looked at before anything is unpacked."""

    def __init__(self, raw: bytes) -> None:
        if raw.startswith(_OLE):
            raise RefusedError(
                "这是加密的文件或旧的 .doc 文件；请在 Word 中去掉密码，另存为 .docx",
                "this is an encrypted file or an old .doc file; take the password off in Word and save it as .docx",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            self._names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise RefusedError(
                f"不是有效的 .docx 文件，或已损坏（{error}）；请在 Word 中打开后另存为 .docx",
                f"this is no valid .docx file, or it is damaged ({error}); open it in Word and save it as .docx again",
            ) from None
        self._left = MAX_UNPACKED

    def named(self, pattern: str) -> list[str]:
        return sorted(n for n in self._names if re.fullmatch(pattern, n))

    def xml(self, name: str) -> ElementTree.Element | None:
        """A part as XML, None where there is none."""
        if name not in self._names:
            return None
        info = self._zip.getinfo(name)
        if info.file_size > self._left or info.file_size > MAX_RATIO * max(info.compress_size, 1) + 100_000:
            raise RefusedError(
                f"{name} 解压后有 {info.file_size:,} 字节，过大；这个文件不像一般的文档，没有读取",
                f"{name} unpacks to {info.file_size:,} bytes, too much; the file does not look like an ordinary document and was not read",
            )
        self._left -= info.file_size
        try:
            if info.flag_bits & 1:
                raise RefusedError(
                    "文件已加密；请去掉密码后再导入", "the file is encrypted; take the password off first"
                )
            data = self._zip.read(name)
            if re.search(rb"<!(?:DOCTYPE|ENTITY)", data) or b"<\0!\0D\0" in data or b"\0<\0!\0D" in data:
                raise RefusedError(
                    f"{name} 含有 DTD；一般的文档没有，没有读取",
                    f"{name} holds a DTD, which no ordinary document has; it was not read",
                )
            return ElementTree.fromstring(data)
        except ElementTree.ParseError as error:
            line, column = error.position
            raise RefusedError(
                f"{name}:{line}:{column + 1} 不是有效的 XML，文件已损坏；请在 Word 中打开后另存为 .docx",
                f"{name}:{line}:{column + 1} is not valid XML, the file is damaged; open it in Word and save it as .docx again",
            ) from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
            MemoryError,
        ) as error:
            raise RefusedError(
                f"{name} 无法解压（{error}），文件已损坏", f"{name} cannot be unpacked ({error}); the file is damaged"
            ) from None


@dataclass(frozen=True, slots=True)
class _Style:
    level: int | None
    num: str | None
    ilvl: int


def _styles(parts: _Parts) -> dict[str, _Style]:
    """Paragraph styles by id: the heading level and the list each stands for, inherited from what it is based on."""
    root = parts.xml("word/styles.xml")
    raw: dict[str, ElementTree.Element] = {}
    for style in root.iter(f"{_W}style") if root is not None else ():
        raw[style.get(f"{_W}styleId", "")] = style
    out: dict[str, _Style] = {}
    for name in raw:
        level: int | None = None
        num: str | None = None
        ilvl: int | None = None
        at: str | None = name
        seen: set[str] = set()
        while at in raw and at not in seen:
            seen.add(at)
            style = raw[at]
            named = _HEADING.match(_val(style.find(f"{_W}name")) or "")
            outline = _number(_val(style.find(f"{_W}pPr/{_W}outlineLvl")))
            if level is None and named:
                level = int(named[1])
            if level is None and outline is not None and outline < 9:
                level = outline + 1
            props = style.find(f"{_W}pPr/{_W}numPr")
            if props is not None:
                num = num or _val(props.find(f"{_W}numId"))
                ilvl = ilvl if ilvl is not None else _number(_val(props.find(f"{_W}ilvl")))
            at = _val(style.find(f"{_W}basedOn"))
        out[name] = _Style(level, num, ilvl or 0)
    return out


@dataclass
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"


class _Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: ElementTree.Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        self.unknown: set[str] = set()
        if root is None:
            return
        for abstract in root.findall(f"{_W}abstractNum"):
            levels = {}
            for lvl in abstract.findall(f"{_W}lvl"):
                levels[_number(lvl.get(f"{_W}ilvl")) or 0] = _level(lvl)
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for num in root.findall(f"{_W}num"):
            id_ = num.get(f"{_W}numId", "")
            self._abstract[id_] = _val(num.find(f"{_W}abstractNumId")) or ""
            for override in num.findall(f"{_W}lvlOverride"):
                start = _number(_val(override.find(f"{_W}startOverride")))
                if start is not None:
                    self._starts[id_, _number(override.get(f"{_W}ilvl")) or 0] = start

    def next(self, num: str, ilvl: int) -> str:
        """The number Word prints before the next paragraph of a list."""
        abstract = self._abstract.get(num)
        levels = self._levels.get(abstract or "", {})
        level = levels.get(ilvl)
        if abstract is None or level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if num not in self._begun:
            self._begun.add(num)
            for (id_, at), start in self._starts.items():
                if id_ == num:
                    counts[at] = start - 1
        counts[ilvl] = counts.get(ilvl, level.start - 1) + 1
        for deeper in list(counts):
            lower = levels.get(deeper)
            if deeper > ilvl and not (lower and lower.restart == 0):
                del counts[deeper]
        if level.format in ("bullet", "none") and not _LEVEL.search(level.text):
            return _bullet(level.text)

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            one = levels.get(at, level)
            value = counts.get(at, one.start)
            form = "decimal" if level.legal else one.format
            shown = _formatted(value, form)
            if shown is None:
                self.unknown.add(form)
                shown = str(value)
            return shown

        text = _LEVEL.sub(printed, level.text)
        return text + {"tab": "\t", "space": " "}.get(level.suffix, "")


def _bullet(text: str) -> str:
    """The sign of a list without numbers; those of symbol fonts are printed as a dot."""
    return "".join("•" if "\ue000" <= c <= "\uf8ff" else c for c in text.strip()) + " " if text.strip() else ""


def _level(lvl: ElementTree.Element) -> _Level:
    legal = lvl.find(f"{_W}isLgl")
    return _Level(
        _val(lvl.find(f"{_W}numFmt")) or "decimal",
        _val(lvl.find(f"{_W}lvlText")) or "",
        _number(_val(lvl.find(f"{_W}start"))) or 1,
        _number(_val(lvl.find(f"{_W}lvlRestart"))),
        legal is not None and legal.get(f"{_W}val") not in ("0", "false"),
        _val(lvl.find(f"{_W}suff")) or "tab",
    )


def _formatted(value: int, form: str) -> str | None:
    """A number as a list of that form prints it; None for a form not known here."""
    if value < 0 or value > 99_999:
        return str(value)
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "chineseLegalSimplified",
        "taiwaneseCountingThousand",
    ):
        if form == "ideographDigital":
            return "".join("〇一二三四五六七八九"[int(d)] for d in str(value))
        if form == "chineseLegalSimplified":
            return None
        return chinese(value)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return _CIRCLED[value - 1] if 1 <= value <= len(_CIRCLED) else str(value)
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else ""
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalFullWidth":
        return "".join(chr(ord("０") + int(d)) for d in str(value))
    if form == "decimalZero":
        return f"{value:02d}"
    if form == "decimal":
        return str(value)
    return None


def _roman(value: int) -> str:
    pairs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    out = ""
    for worth, letters in pairs:
        while value >= worth:
            out += letters
            value -= worth
    return out


_SAID: dict[str, tuple[str, str]] = {
    "number": ("自动编号 {n} 处已转为文字", "{n} automatic numbers were turned into text"),
    "row": (
        "表格 {n} 行，每行作一段，各格以全角空格相隔",
        "{n} rows of tables, each a paragraph, its cells an ideographic space apart",
    ),
    "box": (
        "文本框 {n} 个，其文字放在所在段落之后",
        "{n} text boxes; their text stands after the paragraph that holds them",
    ),
    "footnote": (
        "脚注 {n} 条，放在文末，文中以 [注…] 标出",
        "{n} footnotes, placed at the end of the text; [注…] stands where each belongs",
    ),
    "endnote": (
        "尾注 {n} 条，放在文末，文中以 [注…] 标出",
        "{n} endnotes, placed at the end of the text; [注…] stands where each belongs",
    ),
    "inserted": ("修订中插入的文字 {n} 处，已按接受处理", "{n} tracked insertions were taken as accepted"),
    "deleted": ("修订中删除的文字 {n} 处，没有收入：{words}", "{n} tracked deletions were left out: {words}"),
    "hidden": ("隐藏文字 {n} 处，已收入", "{n} stretches of hidden text were taken in"),
    "header": ("页眉 {n} 处，没有收入：{words}", "{n} headers were left out: {words}"),
    "footer": ("页脚 {n} 处，没有收入：{words}", "{n} footers were left out: {words}"),
    "comment": ("批注 {n} 处，没有收入：{words}", "{n} comments were left out: {words}"),
    "picture": (
        "图片、图表或嵌入对象 {n} 个，没有收入；其中若有文字，请手工补入原文后再导入",
        "{n} pictures, charts or embedded objects were left out; if they hold text, write it into the document and import again",
    ),
    "equation": ("公式 {n} 处，只收入其中的文字", "{n} formulas; only their letters were taken in"),
    "symbol": ("符号字体的字符 {n} 处，记作 □", "{n} signs of symbol fonts, written as □"),
    "field": ("域 {n} 处，收入其显示的结果", "{n} fields; what they display was taken in"),
    "format": (
        "编号格式 {words} 不能识别，{n} 种按阿拉伯数字写出",
        "the form of numbers {words} is not known; {n} such were written in Arabic numerals",
    ),
}


@dataclass
class _Reader:
    """Walks a document and collects paragraphs, and counts of what a reader must be told of."""

    styles: dict[str, _Style]
    numbering: _Numbering
    paragraphs: list[Paragraph] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)

    def count(self, key: str, words: str = "") -> None:
        self.counts[key] = self.counts.get(key, 0) + 1
        if words:
            self.words.setdefault(key, []).append(words)

    def left_out(self, key: str, words: str) -> None:
        """Counts what is not taken in, with its words; nothing where there are none."""
        if words.strip():
            self.count(key, words.strip())

    def block(self, parent: ElementTree.Element, depth: int = 0) -> None:
        """The paragraphs and tables of a body, a cell or a content control, in order."""
        if depth > 60:
            raise RefusedError("表格嵌套过深", "tables are nested too deeply")
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif child.tag == f"{_W}del":
                self.left_out("deleted", _words(child))
            elif child.tag.endswith("}AlternateContent"):
                for choice in list(child)[:1]:
                    self.block(choice, depth + 1)
            elif child.tag not in (f"{_W}sectPr", f"{_W}tcPr", f"{_W}sdtPr", f"{_W}trPr"):
                self.block(child, depth + 1)

    def _table(self, table: ElementTree.Element, depth: int) -> None:
        for row in _below(table, f"{_W}tr"):
            cells = []
            for cell in _below(row, f"{_W}tc"):
                inner = _Reader(self.styles, self.numbering, counts=self.counts, words=self.words)
                inner.block(cell, depth + 1)
                cells.append(" ".join(p.text.strip() for p in inner.paragraphs if p.text.strip()))
            self.count("row")
            self.paragraphs.append(Paragraph("\u3000".join(cells), None, loose=True))

    def _paragraph(self, paragraph: ElementTree.Element) -> None:
        boxes: list[ElementTree.Element] = []
        text = "".join(self._text(paragraph, boxes))
        props = paragraph.find(f"{_W}pPr")
        style = self.styles.get(
            _val(props.find(f"{_W}pStyle")) or "" if props is not None else "", _Style(None, None, 0)
        )
        level = style.level
        num, ilvl = style.num, style.ilvl
        if props is not None:
            outline = _number(_val(props.find(f"{_W}outlineLvl")))
            level = outline + 1 if outline is not None and outline < 9 else level
            own = props.find(f"{_W}numPr")
            if own is not None:
                num = _val(own.find(f"{_W}numId")) or num
                ilvl = _number(_val(own.find(f"{_W}ilvl"))) or (0 if own.find(f"{_W}ilvl") is not None else ilvl)
        if num and num != "0" and text.strip():
            lead = self.numbering.next(num, ilvl)
            if lead:
                self.count("number")
            text = lead + text.lstrip()
        for n, line in enumerate(text.split("\n")):
            self.paragraphs.append(Paragraph(line, level if n == 0 and level and level <= 6 else None))
        for box in boxes:
            self.count("box")
            self.block(box)

    def _text(self, parent: ElementTree.Element, boxes: list[ElementTree.Element]) -> Iterator[str]:
        for child in parent:
            tag = child.tag
            if tag == f"{_W}t":
                yield (child.text or "").replace("\n", " ")
            elif tag in (f"{_W}tab", f"{_W}ptab"):
                yield "\t"
            elif tag in (f"{_W}br", f"{_W}cr"):
                yield "\n" if child.get(f"{_W}type") in (None, "textWrapping") else ""
            elif tag == f"{_W}noBreakHyphen":
                yield "-"
            elif tag == f"{_W}sym":
                self.count("symbol")
                yield "□"
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                yield f"[注{child.get(f'{_W}id', '')}]"
            elif tag in (f"{_W}del", f"{_W}moveFrom"):
                self.left_out("deleted", _words(child))
            elif tag in (f"{_W}ins", f"{_W}moveTo"):
                self.count("inserted")
                yield from self._text(child, boxes)
            elif tag == f"{_W}txbxContent":
                boxes.append(child)
            elif tag.endswith("}AlternateContent"):
                for choice in list(child)[:1]:  # what follows is the same for older programs
                    yield from self._text(choice, boxes)
            elif tag.endswith("}oMath"):
                self.count("equation")
                yield "".join(t.text or "" for t in child.iter() if t.tag.endswith("}t"))
            elif tag == f"{_W}rPr":
                if child.find(f"{_W}vanish") is not None:
                    self.count("hidden")
            elif tag == f"{_W}fldSimple" or (tag == f"{_W}fldChar" and child.get(f"{_W}fldCharType") == "begin"):
                self.count("field")
                yield from self._text(child, boxes)
            elif tag not in _NO_TEXT and tag != f"{_W}pPr":
                yield from self._text(child, boxes)

    def notes(self, kind: str, root: ElementTree.Element | None) -> None:
        """Footnotes or endnotes: paragraphs of their own at the end of the text."""
        for note in root.findall(f"{_W}{kind}") if root is not None else ():
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            words = _words(note).strip()
            if words:
                self.count(kind)
                self.paragraphs.append(Paragraph(f"[注{note.get(f'{_W}id', '')}] {words}", None, loose=True))

    def remarks(self) -> Iterator[Message]:
        """What was read how, and what was left out, in the order of the table above."""
        for form in sorted(self.numbering.unknown):
            self.count("format", form)
        for key, (zh, en) in _SAID.items():
            if n := self.counts.get(key):
                said = self.words.get(key, [])
                shown = "；".join(w if len(w) <= 40 else f"{w[:40]}……" for w in said[:10]) + (
                    "……" if len(said) > 10 else ""
                )
                yield Message(zh.format(n=n, words=shown), en.format(n=n, words=shown))


def _below(parent: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    """The children of that tag, also those inside content controls and tracked changes."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}moveTo"):
            yield from _below(child, tag)


def _words(root: ElementTree.Element | None) -> str:
    """All the words of a part, paragraphs a space apart."""
    if root is None:
        return ""
    paragraphs = list(root.iter(f"{_W}p")) or [root]
    said = ("".join(t.text or "" for t in p.iter() if t.tag in (f"{_W}t", f"{_W}delText")) for p in paragraphs)
    return " ".join(" ".join(words.split()) for words in said if words.strip())


def _val(element: ElementTree.Element | None) -> str | None:
    return element.get(f"{_W}val") if element is not None else None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else None
