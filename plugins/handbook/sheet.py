"""A checklist as a page or a file prints it in one language: form head, parts, items with their clauses, sign-off."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

import segno

from handbook.edition import Edition, editions
from handbook.lookup import Cite
from handbook.messages import Messages
from handbook.model import Book, Law, Regime, citation
from handbook.text.citations import without_titles
from handbook.text.numerals import chinese
from handbook.views.checklist import Checklist, Item, Part, checklist
from handbook.views.freshness import state_of
from handbook.views.penalties import PenaltyRow, penalty_rows
from handbook.views.regime import laws_cited
from handbook.wording import measure_bounds

FIELDS = ("party", "credit_code", "address", "date", "inspector_1", "inspector_2")
"""The lines of the form head, in their order; their words are the messages ``sheet_<name>``."""

KINDS = ("pdf", "docx", "xlsx")
"""The kinds of files a checklist is made as, in the order pages offer them."""

ANSWERS = ("yes", "no", "na")
"""The answers, in their order: conforms, does not conform, not applicable."""

SHOWN = 3
"""How many consequences an item shows at most; the look-up has them all."""

SCRIPT_WORDS = (
    "sheet_count",
    "sheet_unmet",
    "sheet_cleared",
    "sheet_undo",
    "sheet_changed",
    "sheet_changed_show",
    "sheet_dismiss",
    "sheet_imported",
    "sheet_import_bad",
    "sheet_import_other",
    "sheet_import_gone",
    "sheet_unsaved",
    "sheet_begun",
    "sheet_restored",
    "answer_yes",
    "answer_no",
    "answer_na",
)
"""The messages the script of checklists says."""

_ALIKE = 0.7
"""From which share of a conduct's characters that stand in a question too, in runs of two or more, the two are taken to speak of the same."""

_RUN = 4
"""How long the longest of these runs must be."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """A consequence of the regime whose conduct shares words with an item. Whether it fits, the inspector decides."""

    id: str
    key: str
    citation: str
    conduct: str
    when: str
    measures: str


@dataclass(frozen=True, slots=True, eq=False)
class SheetItem:
    """An item in one language, with its twin in the other. ``citation`` is short: 七·二（一）, 7, II(1)."""

    id: str
    anchor: str
    number: int
    version: str
    question: str
    other: str
    key: str
    citation: str
    clause: str
    clause_other: str
    clause_id: str
    stale: bool
    """Whether the Chinese of the clause has changed since it was translated."""
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SheetPart:
    """A part of the checklist: its title and the words of its three answers."""

    part: Part
    title: str
    answers: tuple[str, str, str]
    items: tuple[SheetItem, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A checklist in one language.

    ``edition`` is the day the regime was last checked against the source and the fingerprint of the items, which together
    name the version of the data. ``address`` is the page's address on the web, empty where the handbook has none; ``code``
    is what the QR code says: that address, or else which checklist in which version this is.
    """

    regime: Regime
    language: str
    other_language: str
    title: str
    other_title: str
    kicker: str
    version: str
    fingerprint: str
    parts: tuple[SheetPart, ...]
    gone: tuple[tuple[str, str], ...]
    """The instruments the regime rests on whose status asks for a warning: title and status."""
    path: str
    address: str
    code: str
    consequences: tuple[Consequence, ...]
    """Every consequence the regime states, in its order."""

    @property
    def items(self) -> tuple[SheetItem, ...]:
        """The items of all parts in order."""
        return tuple(item for part in self.parts for item in part.items)


def sheet(book: Book, edition: Edition, regime: Regime) -> Sheet:
    """The checklist of a regime in the language of an edition."""
    language, say = edition.language, Messages(edition.language)
    other = "en" if language == "zh" else "zh"
    found = checklist(book, regime)
    rows = penalty_rows(book, regime)
    version = regime.verified.on.isoformat()
    number = chinese(regime.number) if language == "zh" else str(regime.number)
    path = f"checklists/{regime.id}/"
    address = f"{book.handbook.address}{edition.prefix}{path}" if book.handbook.address else ""
    title = sheet_title(regime, language)
    return Sheet(
        regime=regime,
        language=language,
        other_language=other,
        title=title,
        other_title=sheet_title(regime, other),
        kicker=f"{say('checklist')} · {say('regime_n', n=number)}",
        version=version,
        fingerprint=found.version,
        parts=_parts(book, found, rows, language, other),
        gone=tuple(_gone(book, law, language) for law in laws_cited(book, regime) if _is_gone(book, law)),
        path=path,
        address=address,
        code=address or " | ".join((book.handbook.title[language], title, version, found.version)),
        consequences=tuple(_consequence(book, row, language) for row in rows),
    )


def sheets(book: Book, edition: Edition) -> tuple[Sheet, ...]:
    """The checklists of every regime in the language of an edition."""
    return tuple(sheet(book, edition, regime) for regime in book.regimes)


def every_sheet(book: Book) -> tuple[tuple[Edition, tuple[Sheet, ...]], ...]:
    """The checklists of every edition."""
    return tuple((edition, sheets(book, edition)) for edition in editions(book))


def script_words(language: str) -> str:
    """The words of :data:`SCRIPT_WORDS` as JSON."""
    say = Messages(language)
    return json.dumps({key: say(key) for key in SCRIPT_WORDS}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code to draw: its side in modules, quiet zone included, and its dark modules as an SVG path."""

    size: int
    path: str


def code(text: str) -> Code:
    """The QR code of a text. Runs of dark modules are one rectangle."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=2)]
    parts = []
    for y, row in enumerate(rows):
        for dark, run in groupby(enumerate(row), key=lambda module: module[1]):
            modules = list(run)
            if dark:
                parts.append(f"M{modules[0][0]} {y}h{len(modules)}v1h-{len(modules)}z")
    return Code(len(rows), "".join(parts))


def sheet_title(regime: Regime, language: str) -> str:
    """The title of the checklist; a title that ends in 检查 does not say it twice."""
    title = regime.title[language]
    return Messages(language)("sheet_title", title=title.removesuffix("检查") if language == "zh" else title)


def _parts(
    book: Book, found: Checklist, rows: tuple[PenaltyRow, ...], language: str, other: str
) -> tuple[SheetPart, ...]:
    say, cite = Messages(language), Cite(language)
    return tuple(
        SheetPart(
            part,
            say(f"part_{part}"),
            (
                say("answer_met" if part == "classification" else "answer_yes"),
                say("answer_unmet" if part == "classification" else "answer_no"),
                say("answer_na"),
            ),
            tuple(_item(book, item, rows, language, other, cite) for item in items),
        )
        for part, items in found.parts
    )


def _item(book: Book, item: Item, rows: tuple[PenaltyRow, ...], language: str, other: str, cite: Cite) -> SheetItem:
    clause = item.clause.clause
    texts = {"zh": (clause.marker or "") + clause.zh, "en": clause.en}
    return SheetItem(
        id=item.id,
        anchor=item.anchor,
        number=item.number,
        version=item.version,
        question=item.question[language],
        other=item.question[other],
        key=item.clause.key,
        citation=cite.short(item.clause),
        clause=texts[language],
        clause_other=texts[other],
        clause_id=item.clause.id,
        stale=state_of(clause) == "stale",
        consequences=_consequences(book, item, rows, language) if item.part == "content" else (),
    )


def _consequences(book: Book, item: Item, rows: tuple[PenaltyRow, ...], language: str) -> tuple[Consequence, ...]:
    """The consequences whose conduct is most alike the question, the closest first; those of one conduct stay together."""
    alike = [(_alike(item.question.zh, row), index, row) for index, row in enumerate(rows)]
    alike = sorted((-share, index, row) for share, index, row in alike if share >= _ALIKE)
    return tuple(_consequence(book, row, language) for _, _, row in alike[:SHOWN])


def _alike(question: str, row: PenaltyRow) -> float:
    """The share of the conduct that stands in the question. Titles of instruments and certificates do not count."""
    asked, conduct = (without_titles(t).replace("\0", "") for t in (question, row.conduct.zh if row.conduct else ""))
    conduct = conduct.removesuffix("的")
    runs = [b.size for b in SequenceMatcher(None, asked, conduct, autojunk=False).get_matching_blocks() if b.size > 1]
    return sum(runs) / len(conduct) if runs and max(runs) >= _RUN else 0.0


def _consequence(book: Book, row: PenaltyRow, language: str) -> Consequence:
    say = Messages(language)
    names = []
    for measure in row.measures:
        details = [*([say("may")] if measure.discretionary else []), *filter(None, [measure_bounds(say, measure)])]
        name = book.vocabulary.measure_name(measure.type, language)
        opening, closing, comma = ("（", "）", "，") if language == "zh" else (" (", ")", ", ")
        names.append(f"{name}{opening}{comma.join(details)}{closing}" if details else name)
    either, also = (say("or"), "；") if language == "zh" else (f" {say('or')} ", "; ")
    return Consequence(
        id=row.id,
        key=row.clause.key,
        citation=citation(row.clause, language),
        conduct=row.conduct[language] if row.conduct else "",
        when=row.penalty.when[language] if row.penalty.when else "",
        measures=(either if row.penalty.alternatives else also).join(names),
    )


def _is_gone(book: Book, law: Law) -> bool:
    return bool(law.status and book.vocabulary.statuses[law.status].warn)


def _gone(book: Book, law: Law, language: str) -> tuple[str, str]:
    return law.cited_as[language], book.vocabulary.statuses[law.status or ""][language]
