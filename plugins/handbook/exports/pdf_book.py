"""What the printed handbook says, page by page, in one language: plain values that ``book.typ`` sets.

A *run* is a stretch of text: a string, or ``{"kind", "text", "to"}`` where it looks or leads elsewhere. A *line* is a list
of runs, a *cell* a list of lines, a *table* a heading, the relative widths of its columns, and groups of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from handbook.edition import Edition
from handbook.exports.names import cited
from handbook.exports.rows import BothRow
from handbook.exports.xlsx import text_lines
from handbook.limits import LimitCells, by_kind, kind_names, limit_cells, regime_label
from handbook.lookup import PenaltyCells, penalty_cells
from handbook.messages import Messages
from handbook.model import Bilingual, Book, Erratum, Law, LegalNote, Regime, citation
from handbook.sheet import Sheet, sheet
from handbook.source import checksum
from handbook.text.numerals import chinese
from handbook.views.citing import clauses_by_law
from handbook.views.overview import by_category
from handbook.views.penalties import PenaltyRow, penalty_rows
from handbook.views.regime import AspectView, ClauseView, RegimeView, SectionView, regime_view
from handbook.views.time_limits import limit_rows
from handbook.views.words import Segment, note_segments
from handbook.wording import measure_bounds

Value = dict[str, Any]
Run = str | Value
Line = list[Run]
Cell = list[Line]

WORDS = (
    "aspects",
    "basis_notice",
    "basis_notice_text",
    "footer_prevails",
    "object",
    "pdf_contents",
    "page_of",
    "preamble",
)
"""The messages the template says by itself."""

TALLEST = 40
"""How many lines a row of a table may have and still be kept whole on one page."""

MEASURE = 115
"""How many digits go into the width of a table."""


def book_values(book: Book, edition: Edition) -> Value:
    """The handbook from cover to glossary."""
    return _Printer(book, edition.language).values()


class _Printer:
    """A book in one language, turned into values. Links lead to regimes by id, to clauses and sections by ``id#anchor``,
    to instruments by ``law:id``."""

    def __init__(self, book: Book, language: str) -> None:
        self.book, self.language, self.say = book, language, Messages(language)
        self.laws = {law.id for law in book.laws.laws if law.kind in book.vocabulary.law_kinds}
        self.groups = by_category(book)
        regimes = [regime for _, group in self.groups for regime in group]
        self.places = {found.key for regime in regimes for found in book.by_regime[regime.id]}
        self.places |= {f"{regime.id}#s{section.number}" for regime in regimes for section in regime.sections}

    def values(self) -> Value:
        handbook, say = self.book.handbook, self.say
        checked = min(regime.verified.on for regime in self.book.regimes)
        source = handbook.source
        return {
            "language": self.language,
            "title": handbook.title[self.language],
            "author": handbook.issuer[self.language],
            "keywords": [regime.title[self.language] for regime in self.book.regimes],
            "day": [checked.year, checked.month, checked.day],
            "words": {key: say(key) for key in WORDS},
            "source": source.title[self.language],
            "dated": say("dated", date=source.date) if source.date else say("undated"),
            "checked": say("pdf_checked", date=checked.isoformat()),
            "checksum": say("pdf_checksum", checksum=checksum(self.book)),
            "categories": [
                {
                    "name": self.book.vocabulary.categories[word][self.language],
                    "regimes": [self._regime(r) for r in group],
                }
                for word, group in self.groups
            ],
            "registers": [self._penalties(), self._limits(), self._laws(), self._glossary()],
        }

    def _regime(self, regime: Regime) -> Value:
        view = regime_view(self.book, regime, self.language)
        number = chinese(regime.number) if self.language == "zh" else str(regime.number)
        first, last = view.lines
        lines = [f"{self.say('lines_of_source')} {first}–{last}"] if first else []
        return {
            "anchor": regime.id,
            "label": regime_label(regime, self.language),
            "kicker": f"{self.say('regime_n', n=number)} · {view.category}",
            "other": regime.title.zh if self.language == "en" else "",
            "facts": " · ".join([self.say("verified_on", date=regime.verified.on.isoformat()), *lines]),
            "notes": [*self._stale(view.stale), *(self._erratum(regime, e) for e in regime.errata)],
            "objects": list(view.objects),
            "shaky": [
                [*self._law(law), self._colon, self.book.vocabulary.statuses[law.status or ""][self.language]]
                for law in view.shaky_laws
            ],
            "aspects": self._aspects(view),
            "aspect_notes": [
                [{"kind": "strong", "text": a.name}, " ", *self._note(regime, a.note)] for a in view.aspects if a.note
            ],
            "preamble": [self._clause(regime, c) for c in view.preamble],
            "sections": [self._section(regime, s) for s in view.sections],
            "extracts": [part for part in self._extracts(regime, view) if part],
        }

    def _aspects(self, view: RegimeView) -> list[Value]:
        return [
            {
                "name": a.name,
                "where": self._where(view.regime, a),
                "stated": a.stated,
                "points": _points(a, self.language),
            }
            for a in view.aspects
        ]

    def _where(self, regime: Regime, aspect: AspectView) -> Line:
        comma = "、" if self.language == "zh" else ", "
        line: Line = [] if aspect.stated else [self.say("drawn_from"), " "]
        for index, (anchor, place) in enumerate(aspect.places):
            words = self.say("stated_in", where=place) if aspect.stated else place
            line += [*([comma] if index else []), self._link(f"{regime.id}#{anchor}", words, "place")]
        return line

    def _section(self, regime: Regime, section: SectionView) -> Value:
        number = int(section.id[1:])
        heading = next(s.heading for s in regime.sections if s.number == number)
        notes = [*self._stale(section.stale), *(self._erratum(regime, e) for e in section.errata)]
        if section.note:
            meta = " · ".join(section.aspects)
            notes.append(self._box("editor", self.say("editors_note"), meta, self._note(regime, section.note)))
        return {
            "anchor": f"{regime.id}#{section.id}",
            "title": section.title,
            "other": heading.zh if self.language == "en" else "",
            "notes": notes,
            "clauses": [self._clause(regime, c) for c in section.clauses],
        }

    def _clause(self, regime: Regime, clause: ClauseView) -> Value:
        found = self.book.by_key[f"{regime.id}#{clause.id}"].clause
        notes = [*self._stale(clause.stale), *(self._erratum(regime, e) for e in clause.errata)]
        if clause.legal_note:
            notes.append(self._legal(regime, clause.legal_note))
        return {
            "anchor": f"{regime.id}#{clause.id}",
            "citation": clause.short,
            "mark": clause.mark,
            "runs": [self._segment(s) for s in clause.words],
            "other": (found.marker or "") + found.zh if self.language == "en" else "",
            "length": len(found.zh) + len(found.en),
            "notes": notes,
            "items": [self._clause(regime, item) for item in clause.items],
        }

    def _stale(self, stale: bool) -> list[Value]:
        """What the English book says of a translation behind its Chinese, which is printed beside it."""
        return [self._box("legal", self.say("translation_stale"), "", [])] if stale and self.language == "en" else []

    def _erratum(self, regime: Regime, erratum: Erratum) -> Value:
        kind = self.book.vocabulary.errata_kinds.get(erratum.kind)
        runs: Line = [{"kind": "quote", "text": erratum.found}, " ", *self._note(regime, erratum.note)]
        return self._box("erratum", self.say("erratum"), kind[self.language] if kind else erratum.kind, runs)

    def _legal(self, regime: Regime, note: LegalNote) -> Value:
        evidence: Run = {"kind": "quiet", "text": f"{self.say('evidence')}{self._colon}{note.evidence}"}
        runs = self._note(regime, Bilingual(zh=note.zh, en=note.en))
        when = self.say("as_of", date=note.as_of.isoformat())
        return self._box("legal", self.say("legal_note"), when, [*runs, " ", evidence])

    def _box(self, kind: str, label: str, meta: str, runs: Line) -> Value:
        return {"kind": kind, "label": label, "meta": meta, "runs": runs, "length": len(_words(runs))}

    def _note(self, regime: Regime, note: Bilingual) -> Line:
        return [self._reference(regime, s) for s in note_segments(note[self.language])]

    def _reference(self, regime: Regime, segment: Segment) -> Run:
        if segment.kind != "reference":
            return segment.text
        number, _, anchor = segment.target.partition("/")
        there = next((r.id for r in self.book.regimes if str(r.number) == number), "") if number else regime.id
        words = cited(self.book, regime, BothRow(zh=segment.text, en=segment.text))[self.language]
        return self._link(f"{there}#{anchor}", words)

    def _segment(self, segment: Segment) -> Run:
        if segment.kind == "law":
            law = self.book.laws_by_id[segment.target]
            return self._to(f"law:{law.id}", "law", segment.text) if law.id in self.laws else segment.text
        return {"kind": "amount", "text": segment.text} if segment.kind == "amount" else segment.text

    def _link(self, place: str, words: str, kind: str = "reference") -> Run:
        return self._to(place, kind, words) if place in self.places else words

    def _to(self, place: str, kind: str, words: str) -> Run:
        return {"kind": kind, "text": words, "to": place}

    def _law(self, law: Law) -> Line:
        name = law.cited_as[self.language]
        return [self._to(f"law:{law.id}", "reference", name) if law.id in self.laws else name]

    def _status(self, law: Law, words: str) -> Run:
        warn = bool(law.status and self.book.vocabulary.statuses[law.status].warn)
        return {"kind": "chip" if warn else "plain-chip", "text": words}

    def _extracts(self, regime: Regime, view: RegimeView) -> Iterable[Value | None]:
        """The tables after the text of a regime."""
        rows = penalty_rows(self.book, regime)
        if rows:
            table = self._penalty_table([("", rows)], full=False)
            yield {"title": self.say("regime_penalties"), "tables": [table]}
        kinds = by_kind(limit_cells(self.book, limit_rows(self.book, regime), self.language))
        if kinds:
            tables = [self._limit_table(kind, cells, with_regime=False) for kind, cells in kinds]
            yield {"title": self.say("regime_limits"), "tables": tables}
        if view.laws:
            rows_ = [
                [
                    [self._law(law)],
                    [[self._status(law, self.book.vocabulary.statuses[law.status or ""][self.language])]],
                ]
                for law in view.laws
            ]
            head = [self.say("cited_as"), self.say("status")]
            yield {"title": self.say("regime_laws"), "tables": [_table(head, (3, 2), [("", rows_)])]}
        found = sheet(self.book, Edition(self.language, ""), regime)
        if found.items:
            yield {"title": self.say("checklist_items"), "tables": [self._items(found)]}

    def _items(self, found: Sheet) -> Value:
        groups: list[tuple[str, list[list[Cell]]]] = []
        for part in found.parts:
            rows: list[list[Cell]] = [
                [[[str(i.number)]], [[i.question]], [[self._link(i.key, i.citation)]]] for i in part.items
            ]
            groups.append((part.title, rows))
        head = [self.say("sheet_number"), self.say("sheet_item"), self.say("sheet_clause")]
        return _table(head, (1.1, 14, 3), groups)

    def _penalty_table(self, groups: Sequence[tuple[str, tuple[PenaltyRow, ...]]], *, full: bool) -> Value:
        head = [self.say(key) for key in ("conduct", "condition", "measures", "authority", "clause")]
        return _table(
            head,
            (5.2, 2.3, 4.4, 2.6, 2.3) if self.language == "zh" else (5, 2.6, 4.2, 3.2, 2.2),
            [
                (
                    title,
                    [
                        self._penalty(row, cells, full)
                        for row, cells in zip(rows, penalty_cells(self.book, rows, self.language), strict=True)
                    ],
                )
                for title, rows in groups
            ],
        )

    def _penalty(self, row: PenaltyRow, cells: PenaltyCells, full: bool) -> list[Cell]:
        voice = "source" if self.language == "zh" else "text"
        none: Line = [{"kind": "quiet", "text": "—"}]
        chips = [self._to(f"law:{law.id}", "chip", law.label) for law in cells.laws if law.warn and law.id in self.laws]
        measures: Cell = []
        for index, (measure, cell) in enumerate(zip(row.measures, cells.measures, strict=True)):
            line: Line = []
            if index and cells.alternatives:
                line += [{"kind": "quiet", "text": self.say("or")}, " "]
            if cell.discretionary:
                line += [{"kind": "may", "text": self.say("may")}, " "]
            line.append(cell.name)
            bounds = measure_bounds(self.say, measure)
            if bounds:
                line += [" ", {"kind": "amount", "text": bounds}]
            elif self.book.vocabulary.is_monetary(measure.type):
                line += [" ", {"kind": "quiet", "text": self.say("fine_unbounded")}]
            measures.append(line)
        return [
            [[{"kind": voice, "text": cells.conduct} if cells.conduct else _quiet(self.say("conduct_unstated"))]],
            [[{"kind": voice, "text": cells.when}] if cells.when else none],
            measures,
            [[cells.authority or _quiet(self.say("authority_unstated"))]],
            [[self._link(cells.key, citation(row.clause, self.language, full=full))], *([chip] for chip in chips)],
        ]

    def _limit_table(self, kind: str, cells: tuple[LimitCells, ...], *, with_regime: bool) -> Value:
        what = {
            "deadline": "limits_act",
            "frequency": "limits_act",
            "look_back": "limits_counts",
            "staffing": "limits_who",
            "threshold": "limits_decides",
        }[kind]
        actors, starts = any(c.actor for c in cells), any(c.start for c in cells)
        binds = kind == "staffing"
        columns = [
            ("limits_number", 3.0, True),
            ("limits_actor", 3.0, actors),
            (what, 4.5, True),
            ("limits_start", 3.0, starts),
            ("limits_binds", 2.2, binds),
            ("clause", 4.4 if with_regime else 3.0, True),
        ]
        rows = []
        for c in cells:
            number: Cell = [[{"kind": "strong", "text": c.number}]]
            if c.remark:
                number.append([_quiet(c.remark)])
            where: Cell = [[self._link(c.key, c.citation)]]
            if with_regime:
                where.append([_quiet(c.regime.title[self.language])])
            unstated = _quiet(self.say("limits_not_stated"))
            every: list[Cell] = [
                number,
                [[c.actor or unstated]],
                [[c.act]],
                [[c.start or unstated]],
                [[c.binds]],
                where,
            ]
            rows.append([cell for cell, (_, _, shown) in zip(every, columns, strict=True) if shown])
        shown = [column for column in columns if column[2]]
        table = _table([self.say(key) for key, _, _ in shown], [width for _, width, _ in shown], [("", rows)])
        return {**table, "title": kind_names(self.language)[kind]}

    def _penalties(self) -> Value:
        rows = [
            (regime_label(regime, self.language), penalty_rows(self.book, regime))
            for _, group in self.groups
            for regime in group
        ]
        tables = [self._penalty_table([group for group in rows if group[1]], full=True)]
        return self._register("penalties_title", "penalties_intro", [{"title": "", "tables": tables}])

    def _limits(self) -> Value:
        kinds = by_kind(limit_cells(self.book, limit_rows(self.book), self.language))
        parts = [
            {"title": table["title"], "tables": [{**table, "title": ""}]}
            for kind, cells in kinds
            for table in [self._limit_table(kind, cells, with_regime=True)]
        ]
        return self._register("limits_title", "limits_intro" if parts else "limits_none", parts)

    def _laws(self) -> Value:
        citing = clauses_by_law(self.book)
        parts = []
        for word, name in self.book.vocabulary.law_kinds.items():
            laws = [law for law in self.book.laws.laws if law.kind == word]
            rows = []
            for law in laws:
                cites: Line = []
                for found in citing[law.id]:
                    cites += [*(["、" if self.language == "zh" else "; "] if cites else [])]
                    cites.append(self._link(found.key, citation(found, self.language)))
                rows.append([self._title(law), self._standing(law), [cites]])
            if rows:
                head = [self.say("cited_as"), self.say("status"), self.say("cited_by")]
                table = _table(head, (5, 7.5, 4), [("", rows)], [f"law:{law.id}" for law in laws])
                parts.append({"title": name[self.language], "tables": [table]})
        return self._register("laws_title", "laws_intro", parts)

    def _title(self, law: Law) -> Cell:
        cell: Cell = [[{"kind": "strong", "text": law.cited_as[self.language]}]]
        if self.language == "en":
            cell.append([{"kind": "source", "text": law.cited_as.zh}])
        if law.title[self.language] != law.cited_as[self.language]:
            cell.append([_quiet(law.title[self.language])])
        if law.number:
            cell.append([_quiet(law.number[self.language])])
        if law.issuer:
            cell.append([_quiet(law.issuer[self.language])])
        return cell

    def _standing(self, law: Law) -> Cell:
        if not law.status:
            return [[law.note[self.language] if law.note else _quiet("—")]]
        when = _quiet(self.say("as_of", date=law.reviewed_on.isoformat()))
        cell: Cell = [[self._status(law, self.book.vocabulary.statuses[law.status][self.language]), " ", when]]
        if law.status_note:
            cell.append([law.status_note[self.language]])
        if law.replaced_by:
            cell.append([{"kind": "strong", "text": self.say("replaced_by")}, " ", law.replaced_by[self.language]])
        if law.note:
            cell.append([law.note[self.language]])
        return cell

    def _glossary(self) -> Value:
        first, second = ("term_zh", "term_en") if self.language == "zh" else ("term_en", "term_zh")
        head = [self.say(first), self.say(second), self.say("note")]
        parts = []
        for word, name in self.book.vocabulary.domains.items():
            rows = []
            for term in self.book.glossary.terms:
                if term.domain != word:
                    continue
                zh: Cell = [[{"kind": "source", "text": term.zh}]]
                en: Cell = [[{"kind": "english", "text": term.en}]]
                note: Cell = [[term.note[self.language]]] if term.note else []
                if term.variants:
                    note.append(
                        [
                            _quiet(f"{self.say('variants')}{self._colon}"),
                            {"kind": "english-quiet", "text": "; ".join(term.variants)},
                        ]
                    )
                rows.append([zh, en, note] if self.language == "zh" else [en, zh, note])
            if rows:
                parts.append({"title": name[self.language], "tables": [_table(head, (4, 5, 7.5), [("", rows)])]})
        return self._register("glossary_title", "glossary_intro", parts)

    def _register(self, title: str, intro: str, parts: list[Value]) -> Value:
        return {"title": self.say(title), "intro": self.say(intro), "parts": parts}

    @property
    def _colon(self) -> str:
        return "：" if self.language == "zh" else ": "


def _points(aspect: AspectView, language: str) -> str:
    joint = " → " if aspect.word == "procedure" else "；" if language == "zh" else "; "
    return joint.join(aspect.points)


def _quiet(text: str) -> Run:
    return {"kind": "quiet", "text": text}


def _table(
    head: list[str],
    widths: Sequence[float],
    groups: Iterable[tuple[str, list[list[Cell]]]],
    anchors: Sequence[str] = (),
) -> Value:
    """A table. ``anchors`` name the rows of its only group; a row that is very tall may be split over pages."""
    digits = [int(MEASURE * width / sum(widths)) for width in widths]
    return {
        "title": "",
        "head": head,
        "widths": list(widths),
        "groups": [
            {
                "title": title,
                "rows": [
                    {
                        "cells": row,
                        "whole": all(_lines(c, d) <= TALLEST for c, d in zip(row, digits, strict=True)),
                        "anchor": anchors[index] if anchors else None,
                    }
                    for index, row in enumerate(rows)
                ],
            }
            for title, rows in groups
        ],
    }


def _lines(cell: Cell, digits: int) -> int:
    return sum(text_lines(_words(line), digits) for line in cell)


def _words(line: Line) -> str:
    return "".join(run if isinstance(run, str) else run["text"] for run in line)
