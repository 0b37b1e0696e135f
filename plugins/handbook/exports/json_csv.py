"""The data for other programs: each table as JSON with its JSON Schema, and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from handbook.exports import rows
from handbook.exports.rows import BothRow, ClauseRow, LawRow, RegimeRow, SectionRow, Table, TermRow, UrlRow
from handbook.model import Book

Cells = dict[str, str]
"""A line of a CSV file: its cells by column; an absent value is an empty cell."""

CLAUSE_COLUMNS = (
    "regime",
    "number",
    "category",
    "title_zh",
    "title_en",
    "section",
    "heading_zh",
    "heading_en",
    "aspects",
    "clause",
    "citation_zh",
    "citation_en",
    "marker",
    "zh",
    "en",
    "url_zh",
    "url_en",
)
"""The columns of regimes.csv."""

TERM_COLUMNS = ("zh", "en", "forms", "variants", "not_in", "domain", "note_zh", "note_en", "attested", "clauses")
"""The columns of glossary.csv."""

LAW_COLUMNS = (
    "id",
    "cited_as_zh",
    "cited_as_en",
    "title_zh",
    "title_en",
    "kind",
    "issuer_zh",
    "issuer_en",
    "number_zh",
    "number_en",
    "first_issued",
    "effective_from",
    "latest_change",
    "status",
    "status_note_zh",
    "status_note_en",
    "replaced_by_zh",
    "replaced_by_en",
    "title_issue_zh",
    "title_issue_en",
    "note_zh",
    "note_en",
    "confidence_title",
    "confidence_number_and_dates",
    "confidence_status",
    "evidence",
    "reviewed_on",
    "cited_by",
)
"""The columns of laws.csv."""

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def files(book: Book) -> Mapping[str, bytes]:
    """The files by their path below ``data/``: ``regimes.json``, ``regimes.csv``, ``schema/regimes.json``, and so on.

    The same book gives the same bytes.
    """
    regimes, glossary, laws = rows.regimes(book), rows.glossary(book), rows.laws(book)
    return {
        "regimes.json": _json(regimes.model_dump(mode="json", by_alias=True)),
        "glossary.json": _json(glossary.model_dump(mode="json", by_alias=True)),
        "laws.json": _json(laws.model_dump(mode="json", by_alias=True)),
        "regimes.csv": _csv(CLAUSE_COLUMNS, clause_cells(regimes)),
        "glossary.csv": _csv(TERM_COLUMNS, map(term_cells, glossary.rows)),
        "laws.csv": _csv(LAW_COLUMNS, map(law_cells, laws.rows)),
        **{f"schema/{name}.json": _json(schema) for name, schema in schemas(book).items()},
    }


def write(book: Book, folder: Path) -> tuple[Path, ...]:
    """Writes the files below ``folder`` (the ``data/`` of a site), makes folders as needed and returns what it wrote."""
    written = []
    for name, content in files(book).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        written.append(file)
    return tuple(written)


def schemas(book: Book) -> Mapping[str, dict[str, Any]]:
    """The JSON Schema (draft 2020-12) of each JSON file by its name: every key required, no others allowed.

    The aspects of a regime are those of the book's vocabulary.
    """
    regimes = _schema("regimes.json", Table[RegimeRow])
    words = list(book.vocabulary.aspects)
    regimes["$defs"]["RegimeRow"]["properties"]["aspects"] = {
        "type": "object",
        "properties": {word: {"$ref": "#/$defs/AspectRow"} for word in words},
        "required": words,
        "additionalProperties": False,
    }
    return {
        "regimes": regimes,
        "glossary": _schema("glossary.json", Table[TermRow]),
        "laws": _schema("laws.json", Table[LawRow]),
    }


def clause_cells(table: Table[RegimeRow]) -> Iterator[Cells]:
    """A line a clause, in the order of the source. In the preamble section, heading and aspects are empty."""
    for regime in table.rows:
        for section, clause in _with_sections(regime):
            yield {
                "regime": regime.id,
                "number": str(regime.number),
                "category": regime.category,
                **_both("title", regime.title),
                "section": section.id if section else "",
                **_both("heading", section.heading if section else None),
                "aspects": "|".join(section.aspects) if section else "",
                "clause": clause.id,
                **_both("citation", clause.citation),
                "marker": clause.marker or "",
                "zh": clause.zh,
                "en": clause.en,
                "url_zh": f"{regime.url.zh}#{clause.id}" if regime.url.zh else "",
                "url_en": f"{regime.url.en}#{clause.id}" if regime.url.en else "",
            }


def term_cells(term: TermRow) -> Cells:
    """A line a term; lists are joined with `` | ``."""
    return {
        "zh": term.zh,
        "en": term.en,
        "forms": _joined(term.forms),
        "variants": _joined(term.variants),
        "not_in": _joined(term.not_in),
        "domain": term.domain,
        **_both("note", term.note),
        "attested": term.attested or "",
        "clauses": _joined(term.clauses),
    }


def law_cells(law: LawRow) -> Cells:
    """A line an instrument; lists are joined with `` | ``, a citing clause is ``regime-id#clause-id``."""
    return {
        "id": law.id,
        **_both("cited_as", law.cited_as),
        **_both("title", law.title),
        "kind": law.kind,
        **_both("issuer", law.issuer),
        **_both("number", law.number),
        "first_issued": law.first_issued or "",
        "effective_from": law.effective_from or "",
        "latest_change": law.latest_change or "",
        "status": law.status or "",
        **_both("status_note", law.status_note),
        **_both("replaced_by", law.replaced_by),
        **_both("title_issue", law.title_issue),
        **_both("note", law.note),
        "confidence_title": law.confidence.title.value,
        "confidence_number_and_dates": law.confidence.number_and_dates.value,
        "confidence_status": law.confidence.status.value,
        "evidence": _joined(law.evidence),
        "reviewed_on": law.reviewed_on.isoformat(),
        "cited_by": _joined(f"{c.regime}#{c.clause}" for c in law.cited_by),
    }


def harmless(cell: str) -> str:
    """The cell as a spreadsheet may open it: what it would run as a formula gets an apostrophe before it.

    >>> harmless("=1+1"), harmless("-5"), harmless("罚款")
    ("'=1+1", '-5', '罚款')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _with_sections(regime: RegimeRow) -> Iterator[tuple[SectionRow | None, ClauseRow]]:
    yield from ((None, clause) for clause in _flat(regime.preamble))
    for section in regime.sections:
        yield from ((section, clause) for clause in _flat(section.clauses))


def _flat(clauses: Iterable[ClauseRow]) -> Iterator[ClauseRow]:
    for clause in clauses:
        yield clause
        yield from _flat(clause.items)


def _both(name: str, words: BothRow | UrlRow | None) -> Cells:
    return {f"{name}_zh": (words and words.zh) or "", f"{name}_en": (words and words.en) or ""}


def _joined(texts: Iterable[str]) -> str:
    return " | ".join(texts)


def _schema(title: str, form: type[Table[Any]]) -> dict[str, Any]:
    found = form.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": title}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _csv(columns: Sequence[str], lines: Iterable[Cells]) -> bytes:
    """UTF-8 with a byte order mark and CRLF: without the mark Excel takes Chinese for the code page of the machine."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(line[column]) for column in columns] for line in lines)
    return text.getvalue().encode("utf-8-sig")
