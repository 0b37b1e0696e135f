"""The published data: each table as JSON with its JSON Schema and as CSV, all of them in one workbook."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from handbook.edition import editions
from handbook.exports import rows
from handbook.exports.names import KINDS, bound, cited, fine, measure_name, named, part_name, share
from handbook.exports.rows import (
    BothRow,
    ChecklistRow,
    LawRow,
    PenaltyRow,
    RangeRow,
    RedirectRow,
    RegimeRow,
    SearchRow,
    Table,
    TermRow,
    TimeLimitRow,
    UrlRow,
)
from handbook.exports.xlsx import workbook
from handbook.model import Bilingual, Book

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

PENALTY_COLUMNS = (
    "id",
    "regime",
    "number",
    "title_zh",
    "title_en",
    "clause",
    "lead",
    "citation_zh",
    "citation_en",
    "clause_zh",
    "conduct_zh",
    "conduct_en",
    "when_zh",
    "when_en",
    "measures",
    "measures_zh",
    "measures_en",
    "classes",
    "discretionary",
    "alternatives",
    "yuan_min",
    "yuan_max",
    "percent_min",
    "percent_max",
    "authority",
    "authority_zh",
    "authority_en",
    "basis",
    "basis_zh",
    "basis_en",
    "basis_status",
    "basis_status_zh",
    "basis_status_en",
    "legal_notes_zh",
    "legal_notes_en",
    "url_zh",
    "url_en",
)
"""The columns of penalties.csv."""

LIMIT_COLUMNS = (
    "id",
    "regime",
    "number",
    "title_zh",
    "title_en",
    "clause",
    "citation_zh",
    "citation_en",
    "clause_zh",
    "kind",
    "kind_zh",
    "kind_en",
    "value",
    "unit",
    "unit_zh",
    "unit_en",
    "at_least",
    "immediately",
    "inclusive",
    "from_zh",
    "from_en",
    "actor_zh",
    "actor_en",
    "act_zh",
    "act_en",
    "binds",
    "binds_zh",
    "binds_en",
    "url_zh",
    "url_en",
)
"""The columns of time-limits.csv."""

ITEM_COLUMNS = (
    "id",
    "regime",
    "number",
    "title_zh",
    "title_en",
    "item",
    "part",
    "part_zh",
    "part_en",
    "clause",
    "citation_zh",
    "citation_en",
    "zh",
    "en",
    "version",
    "checklist_version",
    "url_zh",
    "url_en",
)
"""The columns of checklists.csv."""

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
    tables = rows.tables(book)
    return {
        "regimes.json": _table(tables.regimes),
        "penalties.json": _table(tables.penalties),
        "time-limits.json": _table(tables.time_limits),
        "checklists.json": _table(tables.checklists),
        "laws.json": _table(tables.laws),
        "glossary.json": _table(tables.glossary),
        "redirects.json": _table(rows.redirects(book)),
        "regimes.csv": _csv(CLAUSE_COLUMNS, clause_cells(tables.regimes)),
        "penalties.csv": _csv(PENALTY_COLUMNS, penalty_cells(book, tables.penalties)),
        "time-limits.csv": _csv(LIMIT_COLUMNS, limit_cells(book, tables.time_limits)),
        "checklists.csv": _csv(ITEM_COLUMNS, item_cells(tables.checklists)),
        "laws.csv": _csv(LAW_COLUMNS, map(law_cells, tables.laws.rows)),
        "glossary.csv": _csv(TERM_COLUMNS, map(term_cells, tables.glossary.rows)),
        "handbook.xlsx": workbook(book, tables),
        **{f"search-{e.language}.json": _table(rows.search(book, e)) for e in editions(book)},
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
        "penalties": _schema("penalties.json", Table[PenaltyRow]),
        "time-limits": _schema("time-limits.json", Table[TimeLimitRow]),
        "checklists": _schema("checklists.json", Table[ChecklistRow]),
        "laws": _schema("laws.json", Table[LawRow]),
        "glossary": _schema("glossary.json", Table[TermRow]),
        "redirects": _schema("redirects.json", Table[RedirectRow]),
        **{f"search-{e.language}": _schema(f"search-{e.language}.json", Table[SearchRow]) for e in editions(book)},
    }


def clause_cells(table: Table[RegimeRow]) -> Iterator[Cells]:
    """A line a clause, in the order of the source. In the preamble section, heading and aspects are empty."""
    for regime in table.rows:
        for section, clause in rows.clauses(regime):
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


def penalty_cells(book: Book, table: Table[PenaltyRow]) -> Iterator[Cells]:
    """A line a row. Lists are joined with `` | ``; the numbers are those of the first measure that has any.

    Classes and discretionary are those of the measures, in their order.
    """
    words, regimes = book.vocabulary, {regime.id: regime for regime in book.regimes}
    laws = {law.id: law.cited_as for law in book.laws.laws}
    for row in table.rows:
        yield {
            "id": row.id,
            "regime": row.regime,
            "number": str(row.number),
            **_both("title", regimes[row.regime].title),
            "clause": row.clause,
            "lead": row.lead,
            **_both("citation", row.citation),
            "clause_zh": row.clause_zh,
            **_both("conduct", row.conduct),
            **_both("when", row.when),
            "measures": _joined(m.type for m in row.measures),
            **_every("measures", [measure_name(book, m) for m in row.measures]),
            "classes": _joined(m.class_ for m in row.measures),
            "discretionary": _joined(_truth(m.discretionary) for m in row.measures),
            "alternatives": _truth(row.alternatives),
            **_bounds("yuan", fine(row.measures)),
            **_bounds("percent", share(row.measures)),
            "authority": row.authority or "",
            **_both("authority", named(words.authorities, row.authority) if row.authority else None),
            "basis": _joined(row.basis),
            **_every("basis", [named(laws, law) for law in row.basis]),
            "basis_status": _joined(row.basis_status),
            **_every("basis_status", [named(words.statuses, status) for status in row.basis_status]),
            **_every("legal_notes", [cited(book, regimes[row.regime], note) for note in row.legal_notes]),
            **_both("url", row.url),
        }


def limit_cells(book: Book, table: Table[TimeLimitRow]) -> Iterator[Cells]:
    """A line a row."""
    words, titles = book.vocabulary, {regime.id: regime.title for regime in book.regimes}
    for row in table.rows:
        yield {
            "id": row.id,
            "regime": row.regime,
            "number": str(row.number),
            **_both("title", titles[row.regime]),
            "clause": row.clause,
            **_both("citation", row.citation),
            "clause_zh": row.clause_zh,
            "kind": row.kind,
            **_both("kind", named(KINDS, row.kind)),
            "value": _number(row.value),
            "unit": row.unit or "",
            **_both("unit", named(words.units, row.unit) if row.unit else None),
            "at_least": _truth(row.at_least),
            "immediately": _truth(row.immediately),
            "inclusive": _truth(row.inclusive),
            **_both("from", row.from_),
            **_both("actor", row.actor),
            **_both("act", row.act),
            "binds": row.binds or "",
            **_both("binds", bound(row.binds) if row.binds else None),
            **_both("url", row.url),
        }


def item_cells(table: Table[ChecklistRow]) -> Iterator[Cells]:
    """A line an item, in the order of the printed sheets; item counts from 1 in each."""
    for row in table.rows:
        for index, item in enumerate(row.items, 1):
            anchor = item.id.partition(".")[2]
            yield {
                "id": item.id,
                "regime": row.regime,
                "number": str(row.number),
                **_both("title", row.title),
                "item": str(index),
                "part": item.part,
                **_both("part", part_name(item.part)),
                "clause": item.clause,
                **_both("citation", item.citation),
                "zh": item.zh,
                "en": item.en,
                "version": item.version,
                "checklist_version": row.version,
                "url_zh": f"{row.url.zh}#{anchor}" if row.url.zh else "",
                "url_en": f"{row.url.en}#{anchor}" if row.url.en else "",
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


def _both(name: str, words: BothRow | Bilingual | UrlRow | None) -> Cells:
    return {f"{name}_zh": (words and words.zh) or "", f"{name}_en": (words and words.en) or ""}


def _every(name: str, words: Sequence[Bilingual]) -> Cells:
    return {f"{name}_zh": _joined(w.zh for w in words), f"{name}_en": _joined(w.en for w in words)}


def _bounds(name: str, bounds: RangeRow | None) -> Cells:
    return {
        f"{name}_min": _number(bounds.min if bounds else None),
        f"{name}_max": _number(bounds.max if bounds else None),
    }


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _truth(value: bool | None) -> str:
    """As JSON writes it."""
    return "" if value is None else str(value).lower()


def _joined(texts: Iterable[str]) -> str:
    return " | ".join(texts)


def _schema(title: str, form: type[Table[Any]]) -> dict[str, Any]:
    found = form.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": title}


def _table(table: Table[Any]) -> bytes:
    return _json(table.model_dump(mode="json", by_alias=True))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _csv(columns: Sequence[str], lines: Iterable[Cells]) -> bytes:
    """UTF-8 with a byte order mark and CRLF: without the mark Excel takes Chinese for the code page of the machine."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(line[column]) for column in columns] for line in lines)
    return text.getvalue().encode("utf-8-sig")
