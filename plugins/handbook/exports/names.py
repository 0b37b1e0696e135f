"""The controlled words of the data by the names readers know, in both languages, for the files people open."""

from __future__ import annotations

from collections.abc import Mapping

from handbook.exports.rows import BothRow, LegalNoteRow, MeasureRow, RangeRow
from handbook.messages import Messages, catalogue
from handbook.model import Bilingual, Book, Level, Range, Regime, citation, section_citation
from handbook.text.citations import Reference, references
from handbook.text.numerals import chinese
from handbook.wording import percent, yuan

KINDS = {
    "deadline": Bilingual(zh="期限", en="Deadline"),
    "frequency": Bilingual(zh="频次", en="Frequency"),
    "look_back": Bilingual(zh="追溯期", en="Look-back period"),
    "staffing": Bilingual(zh="人数", en="Head-count"),
    "threshold": Bilingual(zh="门槛", en="Threshold"),
}
"""The kinds of limits."""

TRUTH = {True: Bilingual(zh="是", en="Yes"), False: Bilingual(zh="否", en="No")}
"""What a cell says of a truth value."""


def level(word: Level) -> Bilingual:
    """How sure the editors are of a fact."""
    return catalogue()[f"level_{word}"]


def bound(word: str) -> Bilingual:
    """Whom a head-count binds."""
    return catalogue()[f"limits_{word}"]


def part_name(word: str) -> Bilingual:
    """A part of a checklist."""
    return catalogue()[f"part_{word}"]


def named(names: Mapping[str, Bilingual], word: str) -> Bilingual:
    """The name of a word. One the vocabulary lacks stands for itself: the checks report it, not the export."""
    return names.get(word) or Bilingual(zh=word, en=word)


def measure_name(book: Book, measure: MeasureRow) -> Bilingual:
    """A measure with its force and bounds: 罚款（可，不超过 1,000 元）, Fine (may, not more than RMB 1,000)."""
    name = named(book.vocabulary.measure_types, measure.type)
    zh, en = _details(measure, "zh"), _details(measure, "en")
    return Bilingual(zh=f"{name.zh}（{'，'.join(zh)}）", en=f"{name.en} ({', '.join(en)})") if zh else name


def cited(book: Book, regime: Regime, note: BothRow | LegalNoteRow) -> Bilingual:
    """An editors' note with the places it points to as a reader cites them: [#s5-p1] is 五第1段, V para. 1."""
    return Bilingual(zh=_cited(book, regime, note.zh, "zh"), en=_cited(book, regime, note.en, "en"))


def fine(measures: tuple[MeasureRow, ...]) -> RangeRow | None:
    """The bounds in yuan, of the first measure that has them."""
    return next((m.yuan for m in measures if m.yuan), None)


def share(measures: tuple[MeasureRow, ...]) -> RangeRow | None:
    """The bounds in percent of illegal gains, of the first measure that has them."""
    return next((m.percent_of_illegal_gains for m in measures if m.percent_of_illegal_gains), None)


def _details(measure: MeasureRow, language: str) -> list[str]:
    say = Messages(language)
    bounds, gains = measure.yuan, measure.percent_of_illegal_gains
    return [
        *([say("may")] if measure.discretionary else []),
        *([yuan(say, Range(min=bounds.min, max=bounds.max))] if bounds else []),
        *([percent(say, Range(min=gains.min, max=gains.max))] if gains else []),
    ]


def _cited(book: Book, regime: Regime, text: str, language: str) -> str:
    parts, at = [], 0
    for reference in references(text):
        parts += [text[at : reference.start], _place(book, regime, reference, language)]
        at = reference.end
    return "".join([*parts, text[at:]])


def _place(book: Book, regime: Regime, reference: Reference, language: str) -> str:
    here = reference.regime is None
    there = regime if here else next((r for r in book.regimes if r.number == reference.regime), None)
    if there is None:
        return reference.id
    found = book.by_key.get(f"{there.id}#{reference.id}")
    if found:
        return citation(found, language, full=not here)
    section = next((s for s in there.sections if f"s{s.number}" == reference.id), None)
    if section is None:
        return reference.id
    number = section_citation(section, language)
    if language == "zh":
        return number if here else f"{chinese(there.number)}·{number}"
    return f"section {number}" if here else f"Regime {there.number}, {number}"
