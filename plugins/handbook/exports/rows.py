"""The rows of the published data: what a regime, a penalty, a limit, a term and an instrument are to who reads ``data/``.

The JSON Schemas are generated from these forms, and their docstrings are printed there. They stand apart from the model
because they are a promise to readers: they change with ``schema_version``, not with the files in regimes/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from handbook.edition import Edition, editions
from handbook.model import Book, Level, Located, MeasureClass, Record, Regime, citation
from handbook.model.record import Id, PartialDate, Word
from handbook.model.registers import ItemId
from handbook.search import Kind, documents
from handbook.source import checksum
from handbook.text.citations import titles
from handbook.views.checklist import checklists, excused
from handbook.views.citing import clauses_by_law
from handbook.views.freshness import state_of
from handbook.views.moves import Gone, gone, moved
from handbook.views.penalties import penalty_rows
from handbook.views.terms import clauses_by_term
from handbook.views.time_limits import limit_rows

SCHEMA_VERSION = 1
"""Rises when a field is renamed, removed or changes its type; a new field keeps it."""

Filled = Annotated[str, StringConstraints(min_length=1)]
"""A text that is there; an absent one is null."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

SectionId = Annotated[str, StringConstraints(pattern=r"^s[0-9]+$")]

ClauseId = Annotated[str, StringConstraints(pattern=r"^s[0-9]+(-p?[0-9]+)+$")]

ClauseKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+#s[0-9]+(-p?[0-9]+)+$")]

PenaltyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.s[0-9]+(-p?[0-9]+)+\.[1-9][0-9]*$")]

LimitId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9-]+\.s[0-9]+(-p?[0-9]+)+\.(limit|staffing|threshold)-[1-9][0-9]*$")
]

Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]

Count = Annotated[StrictInt, Field(ge=0)]


class Row(Record):
    """A frozen value without unknown keys whose fields may be filled from records of the model."""

    model_config = ConfigDict(from_attributes=True)


class BothRow(Row):
    """The same words in Chinese and in English."""

    zh: Filled
    en: Filled


class UrlRow(Row):
    """Where it stands in each edition, relative to the root of the site; null where the edition is not published."""

    zh: Filled | None
    en: Filled | None


class ErratumRow(Row):
    """A slip of the source, printed as issued. In a note, [#s5-p1] points to a clause or section, [#16/s1-2] to regime 16."""

    found: Filled
    kind: Word
    note: BothRow


class LegalNoteRow(Row):
    """What has changed in the cited law since: editorial, dated, with an address or work as evidence."""

    zh: Filled
    en: Filled
    laws: tuple[Id, ...]
    evidence: Filled
    as_of: date


class ClauseRow(Row):
    """A paragraph of the source with its translation, how a reader cites it, and the items it introduces.

    The id is the anchor on the regime's page, unique within the regime. The marker is the numbering as printed, null
    where there is none. The translation is fresh where it was made from the Chinese as it is, stale where the Chinese has
    changed since, null where nothing tells.
    """

    id: ClauseId
    marker: Filled | None
    zh: Filled
    en: Filled
    translation: Literal["fresh", "stale"] | None
    citation: BothRow
    items: tuple[ClauseRow, ...]
    errata: tuple[ErratumRow, ...]
    legal_notes: tuple[LegalNoteRow, ...]


class SectionRow(Row):
    """A numbered part of a regime. The aspects are those its heading states; the note says why, where it does not say so.

    The marker is the numbering as printed (五、, 第五章), null where there is none.
    """

    id: SectionId
    number: Annotated[StrictInt, Field(ge=1)]
    marker: Filled | None
    heading: BothRow
    aspects: tuple[Word, ...]
    aspects_note: BothRow | None
    errata: tuple[ErratumRow, ...]
    clauses: Annotated[tuple[ClauseRow, ...], Field(min_length=1)]


class AspectRow(Row):
    """An aspect of supervision in one regime, and the ids of its clauses in the order of the source.

    Stated: every clause of the sections whose headings state it. Not stated: the clauses it is drawn from, with a note that
    says so; none and null where the regime does not define it.
    """

    stated: StrictBool
    clauses: tuple[ClauseId, ...]
    note: BothRow | None


class KeywordsRow(Row):
    """Words a reader would type that do not stand in the title."""

    zh: tuple[Filled, ...]
    en: tuple[Filled, ...]


class VerifiedRow(Row):
    """When, and by whom or on what occasion, the regime was last checked against the source."""

    on: date
    by: Filled


class RegimeRow(Row):
    """A regime, complete: titles, headings and clauses put together, each after its marker, give the issued text, white space apart.

    A regime the source does not divide has no sections, all of it stands in the preamble. The errata are those of the title. The laws are the instruments, forms and certificates its clauses name in 《》, each
    once, in the order of appearance. The aspects hold every aspect word of the vocabulary.
    """

    id: Id
    number: Annotated[StrictInt, Field(ge=1)]
    marker: Filled | None
    category: Id
    title: BothRow
    keywords: KeywordsRow
    verified: VerifiedRow
    errata: tuple[ErratumRow, ...]
    preamble: tuple[ClauseRow, ...]
    sections: tuple[SectionRow, ...]
    aspects: dict[Word, AspectRow]
    laws: tuple[Id, ...]
    url: UrlRow


class RangeRow(Row):
    """Bounds as the clause states them, the lower, the upper or both; null where it states none.

    The unit is that of the field: yuan, or percent of the illegal gains.
    """

    min: Count | None
    max: Count | None


class MeasureRow(Row):
    """One consequence: its type and class as words of the vocabulary.

    Discretionary where the clause says it may be imposed (可、可以), not that it shall. At most one of the bounds is there;
    both are null for what is not counted in money and where the clause states no amount.
    """

    type: Word
    class_: MeasureClass = Field(alias="class")
    discretionary: StrictBool
    yuan: RangeRow | None
    percent_of_illegal_gains: RangeRow | None


class PenaltyRow(Row):
    """A conduct and one step of its legal consequences, fines and all others; the items of a list each make a row.

    - id: unique and lasting: the regime, the clause, the number of the step.
    - clause, clause_zh, citation, url: where the conduct stands: the id and anchor, the Chinese, how a reader cites it, the
      address in each edition.
    - lead: the clause that states the consequence; the clause itself, unless the conduct is an item of its list.
    - conduct: in the words of the clause; null where the clause names none.
    - when: the condition of this step, in the words of the clause (逾期未改正, 情节严重); null where there is none.
    - measures: in the order of the clause. Alternatives: the clause joins them by or, up to (或者、直至), not by and.
    - authority: who decides, a word of the vocabulary; null where the clause does not say.
    - basis: the instruments the clause names for it; basis_status their statuses in the same order, without those of
      instruments that have none.
    - legal_notes: what a reader must know of the law of today, of this clause first, then of those above it.
    """

    id: PenaltyId
    regime: Id
    number: Annotated[StrictInt, Field(ge=1)]
    clause: ClauseId
    clause_zh: Filled
    lead: ClauseId
    citation: BothRow
    conduct: BothRow | None
    when: BothRow | None
    measures: Annotated[tuple[MeasureRow, ...], Field(min_length=1)]
    alternatives: StrictBool
    authority: Word | None
    basis: tuple[Id, ...]
    basis_status: tuple[Word, ...]
    legal_notes: tuple[LegalNoteRow, ...]
    url: UrlRow


class TimeLimitRow(Row):
    """A number the source binds somebody to; its kind: deadline, frequency, look-back period, head-count, threshold.

    - id: unique and lasting: the regime, the clause, what it is and which of its clause.
    - clause, clause_zh, citation, url: where it stands: the id and anchor, the Chinese, how a reader cites it, the address
      in each edition.
    - value, unit: the number and the word of its unit; a day (日) is no working_day (工作日). Both are null where the clause
      gives no number; immediately says that it must be at once.
    - at_least: the number or more.
    - inclusive: whether a threshold includes the number itself; null where the clause does not say, and for other kinds.
    - from: from when it runs. actor: who must act. Null where the clause does not say.
    - act: what must be done; for a head-count which people, for a threshold what it decides.
    - binds: whom a head-count binds; null for other kinds.
    """

    id: LimitId
    regime: Id
    number: Annotated[StrictInt, Field(ge=1)]
    clause: ClauseId
    clause_zh: Filled
    citation: BothRow
    kind: Literal["deadline", "frequency", "look_back", "staffing", "threshold"]
    value: Count | None
    unit: Word | None
    at_least: StrictBool
    immediately: StrictBool
    inclusive: StrictBool | None
    from_: BothRow | None = Field(alias="from")
    actor: BothRow | None
    act: BothRow
    binds: Literal["inspectors", "inspected"] | None
    url: UrlRow


class ItemRow(Row):
    """A question an inspector answers, and the clause it comes from.

    - id: unique over all regimes and lasting: the regime, the clause, the number of the question. The rest of it after the
      first dot is the anchor on the checklist's page.
    - part: content is what is inspected, procedure how the inspection is carried out, classification of which kind a case is.
    - version: a fingerprint of the Chinese question; another where it has changed.
    """

    id: ItemId
    clause: ClauseId
    citation: BothRow
    zh: Filled
    en: Filled
    part: Literal["content", "procedure", "classification"]
    version: Fingerprint


class ExcusedRow(Row):
    """A clause that is no item, and why."""

    clause: ClauseId
    reason: BothRow


class MovedRow(Row):
    """An item published under an id it no longer has, and its id of today; null where nothing took its place."""

    id: ItemId
    to: ItemId | None


class ChecklistRow(Row):
    """The checklist of a regime; the id is that of the regime. Items stand in the order of the printed sheet.

    Version is a fingerprint of all items, printed on every sheet; moved says where items have gone that were published
    under another id.
    """

    id: Id
    regime: Id
    number: Annotated[StrictInt, Field(ge=1)]
    title: BothRow
    verified: VerifiedRow
    version: Fingerprint
    items: tuple[ItemRow, ...]
    excused: tuple[ExcusedRow, ...]
    moved: tuple[MovedRow, ...]
    url: UrlRow


class TermRow(Row):
    """A term of the source, the rendering used here, and the clauses it occurs in as ``regime-id#clause-id``.

    Forms are other grammatical forms of the rendering, variants what others write, not_in longer strings in which the
    characters are not this term, attested a public source that uses the rendering.
    """

    zh: Filled
    en: Filled
    forms: tuple[Filled, ...]
    variants: tuple[Filled, ...]
    not_in: tuple[Filled, ...]
    domain: Word
    note: BothRow | None
    attested: Filled | None
    clauses: tuple[ClauseKey, ...]


class ConfidenceRow(Row):
    """How well the facts of an instrument are established."""

    title: Level
    number_and_dates: Level
    status: Level


class CitationRow(Row):
    """A clause that names the instrument."""

    regime: Id
    clause: ClauseId


class LawRow(Row):
    """An instrument, form or certificate the source names in 《》; null means not verified, never guessed.

    A date is as exact as it is known: YYYY, YYYY-MM or YYYY-MM-DD.
    """

    id: Id
    cited_as: BothRow
    title: BothRow
    kind: Word
    issuer: BothRow | None
    number: BothRow | None
    first_issued: PartialDate | None
    effective_from: PartialDate | None
    latest_change: PartialDate | None
    status: Word | None
    status_note: BothRow | None
    replaced_by: BothRow | None
    title_issue: BothRow | None
    note: BothRow | None
    confidence: ConfidenceRow
    evidence: tuple[Filled, ...]
    reviewed_on: date
    cited_by: tuple[CitationRow, ...]


R = TypeVar("R", bound=Row)


class SearchRow(Row):
    """One thing a search can find, in one language: a clause, a heading, a term; ``url`` is relative to the root of the site."""

    id: Filled
    url: str
    kind: Kind
    category: Filled | None
    title: Filled
    text: Filled | None
    keywords: tuple[Filled, ...]


class RedirectRow(Row):
    """A published id that is no longer there: the id it leads to today (null where nothing took its place) and where that stands."""

    kind: Literal["regime", "section", "clause", "checklist_item", "law"]
    old: Filled
    new: Filled | None
    url: UrlRow | None


class Table(Row, Generic[R]):
    """The rows of one file, and the SHA-256 of the issued text they were made from."""

    schema_version: Literal[1]
    source_sha256: Sha256
    rows: tuple[R, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of a book."""

    regimes: Table[RegimeRow]
    penalties: Table[PenaltyRow]
    time_limits: Table[TimeLimitRow]
    checklists: Table[ChecklistRow]
    laws: Table[LawRow]
    glossary: Table[TermRow]


def tables(book: Book) -> Tables:
    """Every table, each made once."""
    return Tables(regimes(book), penalties(book), time_limits(book), checklist_rows(book), laws(book), glossary(book))


def regimes(book: Book) -> Table[RegimeRow]:
    """A row a regime, in the order of their numbers."""
    rows = tuple(_regime(book, regime) for regime in book.regimes)
    return Table[RegimeRow](schema_version=SCHEMA_VERSION, source_sha256=checksum(book), rows=rows)


def clauses(regime: RegimeRow) -> Iterator[tuple[SectionRow | None, ClauseRow]]:
    """Every clause of a regime with its section, None in the preamble; items after the clause that introduces them."""
    yield from ((None, clause) for clause in _flat(regime.preamble))
    for section in regime.sections:
        yield from ((section, clause) for clause in _flat(section.clauses))


def penalties(book: Book) -> Table[PenaltyRow]:
    """A row a conduct and step, in the order of the source."""
    rows = tuple(
        PenaltyRow(
            id=row.id,
            regime=row.clause.regime.id,
            number=row.clause.regime.number,
            clause=row.clause.id,
            clause_zh=row.clause.clause.zh,
            lead=row.lead.id,
            citation=_citation(row.clause),
            conduct=row.conduct,
            when=row.penalty.when,
            measures=tuple(
                MeasureRow(
                    type=measure.type,
                    class_=MeasureClass(class_),
                    discretionary=measure.discretionary,
                    yuan=measure.yuan,
                    percent_of_illegal_gains=measure.percent_of_illegal_gains,
                )
                for measure, class_ in zip(row.measures, row.classes, strict=True)
            ),
            alternatives=row.penalty.alternatives,
            authority=row.penalty.authority,
            basis=row.penalty.basis,
            basis_status=row.statuses,
            legal_notes=row.notes,
            url=_url(book, row.clause.regime, row.clause.id),
        )
        for row in penalty_rows(book)
    )
    return Table[PenaltyRow](schema_version=SCHEMA_VERSION, source_sha256=checksum(book), rows=rows)


def time_limits(book: Book) -> Table[TimeLimitRow]:
    """A row a number, in the order of the source; within a clause limits, then head-counts, then thresholds."""
    rows = tuple(
        TimeLimitRow.model_validate(
            {
                "id": row.id,
                "regime": row.clause.regime.id,
                "number": row.clause.regime.number,
                "clause": row.clause.id,
                "clause_zh": row.clause.clause.zh,
                "citation": _citation(row.clause),
                "kind": row.kind,
                "value": row.value,
                "unit": row.unit,
                "at_least": row.at_least,
                "immediately": row.immediately,
                "inclusive": row.inclusive,
                "from": row.start,
                "actor": row.actor,
                "act": row.act,
                "binds": row.binds,
                "url": _url(book, row.clause.regime, row.clause.id),
            }
        )
        for row in limit_rows(book)
    )
    return Table[TimeLimitRow](schema_version=SCHEMA_VERSION, source_sha256=checksum(book), rows=rows)


def checklist_rows(book: Book) -> Table[ChecklistRow]:
    """A row a regime, in the order of their numbers."""
    rows = tuple(
        ChecklistRow(
            id=found.regime.id,
            regime=found.regime.id,
            number=found.regime.number,
            title=found.regime.title,
            verified=found.regime.verified,
            version=found.version,
            items=tuple(
                ItemRow(
                    id=item.id,
                    clause=item.clause.id,
                    citation=_citation(item.clause),
                    zh=item.question.zh,
                    en=item.question.en,
                    part=item.part,
                    version=item.version,
                )
                for item in found.items
            ),
            excused=tuple(
                ExcusedRow(clause=clause.id, reason=reason) for clause, reason in excused(book, found.regime)
            ),
            moved=tuple(MovedRow(id=old, to=new) for old, new in moved(book, found.regime).items()),
            url=_url(book, found.regime, folder="checklists"),
        )
        for found in checklists(book)
    )
    return Table[ChecklistRow](schema_version=SCHEMA_VERSION, source_sha256=checksum(book), rows=rows)


def glossary(book: Book) -> Table[TermRow]:
    """A row a term, in the order of the glossary."""
    where = clauses_by_term(book)
    rows = tuple(TermRow.model_validate({**dict(t), "clauses": where[t.zh]}) for t in book.glossary.terms)
    return Table[TermRow](schema_version=SCHEMA_VERSION, source_sha256=checksum(book), rows=rows)


def laws(book: Book) -> Table[LawRow]:
    """A row an instrument, in the order of the register."""
    citing = clauses_by_law(book)
    rows = tuple(
        LawRow.model_validate(
            {**dict(law), "cited_by": tuple(CitationRow(regime=f.regime.id, clause=f.id) for f in citing[law.id])}
        )
        for law in book.laws.laws
    )
    return Table[LawRow](schema_version=SCHEMA_VERSION, source_sha256=checksum(book), rows=rows)


def _flat(clauses: Iterable[ClauseRow]) -> Iterator[ClauseRow]:
    for clause in clauses:
        yield clause
        yield from _flat(clause.items)


def _regime(book: Book, regime: Regime) -> RegimeRow:
    below: dict[str, list[Located]] = {}
    for found in book.by_regime[regime.id]:
        below.setdefault(found.id.rpartition("-")[0], []).append(found)
    return RegimeRow(
        id=regime.id,
        number=regime.number,
        marker=regime.printed or None,
        category=regime.category,
        title=regime.title,
        keywords=regime.keywords,
        verified=regime.verified,
        errata=regime.errata,
        preamble=_clauses(below, "s0"),
        sections=tuple(
            SectionRow(
                id=f"s{section.number}",
                number=section.number,
                marker=section.printed or None,
                heading=section.heading,
                aspects=section.aspects,
                aspects_note=section.aspects_note,
                errata=section.errata,
                clauses=_clauses(below, f"s{section.number}"),
            )
            for section in regime.sections
        ),
        aspects={word: _aspect(book, regime, word) for word in book.vocabulary.aspects},
        laws=_laws(book, regime),
        url=_url(book, regime),
    )


def _clauses(below: Mapping[str, list[Located]], above: str) -> tuple[ClauseRow, ...]:
    return tuple(
        ClauseRow(
            id=found.id,
            marker=found.clause.marker,
            zh=found.clause.zh,
            en=found.clause.en,
            translation=state_of(found.clause),
            citation=_citation(found),
            items=_clauses(below, found.id),
            errata=found.clause.errata,
            legal_notes=(found.clause.legal_note,) if found.clause.legal_note else (),
        )
        for found in below.get(above, ())
    )


def _aspect(book: Book, regime: Regime, word: str) -> AspectRow:
    clauses = book.by_regime[regime.id]
    unstated = regime.unstated_aspects.get(word)
    if unstated:
        drawn_from = set(unstated.drawn_from)
        # A whole section may be named; its clauses stand for it, so that every id in the row is a clause's.
        ids = tuple(f.id for f in clauses if f.id in drawn_from or f.id.partition("-")[0] in drawn_from)
        return AspectRow(stated=False, clauses=ids, note=unstated.note)
    sections = [s for s in regime.sections if word in s.aspects]
    return AspectRow(
        stated=bool(sections),
        clauses=tuple(f.id for f in clauses if f.section in sections),
        note=next((s.aspects_note for s in sections if s.aspects_note), None),
    )


def _laws(book: Book, regime: Regime) -> tuple[str, ...]:
    names = (span.name for found in book.by_regime[regime.id] for span in titles(found.clause.zh))
    return tuple(dict.fromkeys(book.laws_by_citation[n].id for n in names if n in book.laws_by_citation))


def _citation(found: Located) -> BothRow:
    return BothRow(zh=citation(found, "zh"), en=citation(found, "en"))


def _url(book: Book, regime: Regime, clause: str = "", folder: str = "regimes") -> UrlRow:
    prefixes = {edition.language: edition.prefix for edition in editions(book)}
    address = f"{folder}/{regime.id}/" + (f"#{clause}" if clause else "")
    zh, en = (f"{prefixes[x]}{address}" if x in prefixes else None for x in ("zh", "en"))
    return UrlRow(zh=zh, en=en)


def redirects(book: Book) -> Table[RedirectRow]:
    """A row for every published id that is no longer there, chains followed to their ends."""
    rows = tuple(
        RedirectRow(kind=_SINGULAR[each.kind], old=each.old, new=each.new, url=_new_url(book, each))
        for each in gone(book)
        if each.said
    )
    return Table[RedirectRow](schema_version=SCHEMA_VERSION, source_sha256=checksum(book), rows=rows)


_SINGULAR: dict[str, Literal["regime", "section", "clause", "checklist_item", "law"]] = {
    "regimes": "regime",
    "sections": "section",
    "clauses": "clause",
    "checklist_items": "checklist_item",
    "laws": "law",
}


def _new_url(book: Book, each: Gone) -> UrlRow | None:
    if each.new is None:
        return None
    folder = {"laws": "laws", "checklist_items": "checklists"}.get(each.kind, "regimes")
    name, mark, anchor = each.new.partition("." if each.kind == "checklist_items" else "#")
    path = f"{folder}/{name}/{'#' if mark else ''}{anchor}"
    found = {edition.language: f"{edition.prefix}{path}" for edition in editions(book)}
    return UrlRow(zh=found.get("zh"), en=found.get("en"))


def search(book: Book, edition: Edition) -> Table[SearchRow]:
    """A row for everything a search of an edition can find, but the pages that are not made from the data."""
    found = tuple(
        SearchRow(
            id=d.id or "./",
            url=edition.prefix + d.id,
            kind=d.kind,
            category=d.category or None,
            title=d.title,
            text=d.text or None,
            keywords=d.keywords,
        )
        for d in documents(book, edition)
    )
    return Table[SearchRow](schema_version=SCHEMA_VERSION, source_sha256=checksum(book), rows=found)
