"""The foot of every page: the file its data is in, a way to edit it and a way to report an error."""

from __future__ import annotations

import json
from collections.abc import Mapping

from handbook.edition import Edition
from handbook.forge import forge
from handbook.messages import Messages
from handbook.model import Book
from handbook.render import render

_WORDS = ("report_copy", "report_copied", "report_by_hand", "report_close")

_CLAUSE = {"report_in_clause": "citation", "report_id": "id", "report_address": "address", "report_file": "file"}
_PAGE = {"report_in_page": "page", "report_address": "address", "report_file": "file"}
"""What a report names, line by line: the message that labels it and the name of its value."""


def foot(book: Book, edition: Edition, path: str, title: str, file: str) -> str:
    """The foot of a page as finished HTML. ``file`` is where its data stands, below the folder of the project; empty for none."""
    say = Messages(edition.language)
    where = forge(book.handbook)
    place = f"{edition.prefix}{path}"
    address = f"{book.handbook.address}{place}" if book.handbook.address else place or "./"
    form = _form(edition.language, _PAGE)
    words = {
        **{word: say(word) for word in _WORDS},
        "issue": where.issue_form if where else "",
        "title": say("report_title", subject="{subject}", handbook=book.handbook.title[edition.language]),
        "clause": _form(edition.language, _CLAUSE, ("report_zh", "report_en")) if path.startswith("regimes/") else "",
        "page": form,
    }
    subject = title or book.handbook.title[edition.language]
    return render(
        "correct.html.jinja",
        say=say,
        file=file,
        subject=subject,
        words=json.dumps(words, ensure_ascii=False),
        edit=where.edit(file) if where and file else "",
        folder=file.endswith("/"),
        regime=path.startswith("regimes/"),
        report=where.issue(
            say("report_title", subject=subject, handbook=book.handbook.title[edition.language]),
            form.replace("{page}", subject).replace("{address}", address).replace("{file}", file),
        )
        if where
        else "",
    )


def file_of(book: Book, path: str) -> str:
    """The file the data of a generated page is in, or the folder where it is made from all regimes; empty where from neither."""
    folder = book.folder.name
    kind, _, name = path.strip("/").partition("/")
    if kind in ("regimes", "checklists") and name in book.documents:
        return f"{folder}/{book.documents[name].file.name}"
    registers = {"laws": "_laws.yml", "glossary": "_glossary.yml", "source": book.handbook.source.file}
    if kind in registers:
        return f"{folder}/{registers[kind]}"
    return "" if kind in ("rules", "quality") else f"{folder}/"


def _form(language: str, lines: Mapping[str, str], texts: tuple[str, ...] = ()) -> str:
    """The text of a report with its values still to be filled in, every label in both languages."""
    own, other = Messages(language), Messages("en" if language == "zh" else "zh")
    colon = "：" if language == "zh" else ": "
    named = [f"{own(label)} {other(label)}{colon}{{{value}}}" for label, value in lines.items()]
    whole = [f"{own(label)} {other(label)}{colon.strip()}\n{{{label.removeprefix('report_')}}}" for label in texts]
    asked = " ".join(words("report_wrong") for words in (own, other)) + "\n"
    return "\n\n".join(["\n".join(named), *whole, asked])
