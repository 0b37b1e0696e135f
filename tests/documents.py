"""Word documents for tests, with what python-docx does not write by itself: Chinese numbering, notes, text boxes, tracked changes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LEVELS = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircleChinese", "%4"),
)
"""The levels of a list as Chinese documents have it: 一、（一）1.①."""


def word_file(
    file: Path, paragraphs: Sequence[tuple[str, str | int | None]], table: Sequence[Sequence[str]] = ()
) -> Path:
    """Writes a document: each paragraph with the name of its style, or its level in the automatic list, or None."""
    document = Document()
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(LEVELS)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for text, style in paragraphs:
        paragraph = document.add_paragraph(text, style=style if isinstance(style, str) else None)
        if isinstance(style, int):
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{style}"/><w:numId w:val="90"/></w:numPr>')
            )
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    document.save(str(file))
    return file


def with_parts(file: Path, changes: Mapping[str, bytes | None], body: str = "") -> Path:
    """Changes parts of a document (None takes one out) and puts XML at the end of its body."""
    parts = {}
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    if body:
        text = parts["word/document.xml"].decode("utf-8")
        parts["word/document.xml"] = text.replace("<w:sectPr", f"{body}<w:sectPr", 1).encode("utf-8")
    for name, data in changes.items():
        if data is None:
            parts.pop(name, None)
        else:
            parts[name] = data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    file.write_bytes(out.getvalue())
    return file
