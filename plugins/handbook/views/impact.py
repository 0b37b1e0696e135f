"""What rests on an instrument or names it, wherever in the data, and which of it needs a note once the instrument has gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from handbook.model import Book, Law, Located, Penalty, Record, citation, section_citation
from handbook.model.record import Bilingual
from handbook.nodes import Path_
from handbook.problem import Message, Place
from handbook.text.citations import titles
from handbook.text.figures import Kind, chinese_figures
from handbook.text.numerals import chinese
from handbook.views.checklist import checklists
from handbook.views.penalties import notes_over


class Rests(StrEnum):
    """What it is that rests on an instrument. The order is the order of a report."""

    CLAUSE = "clause"
    PENALTY = "penalty"
    TIME_LIMIT = "time_limit"
    STAFFING = "staffing"
    THRESHOLD = "threshold"
    LEGAL_NOTE = "legal_note"
    CHECKLIST = "checklist"
    ERRATUM = "erratum"
    MENTION = "mention"
    ASPECT = "aspect"
    HEADING = "heading"
    KEYWORD = "keyword"
    TERM = "term"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that rests on the instrument. ``value`` is the thing itself, or its words; ``page`` its address below an edition.

    ``articles`` are those of the instrument it names; none where it names the instrument alone. ``key`` is ``regime#clause``,
    or the register and the entry.
    """

    kind: Rests
    key: str
    cited: Message
    value: Record | Message
    place: Place
    page: str
    articles: tuple[int, ...]


_TO = re.compile(r"[至到]")


def articles_named(text: str, names: Sequence[str], *, alone: bool = False) -> tuple[int, ...]:
    """The articles a text names of the instrument it calls by one of ``names`` in 《》; a range in full, each once, in order.

    ``alone`` says that the text speaks of this instrument only, so that an article without a title before it is its.

    >>> articles_named("依照《条例》第三条、第五条至第七条和《办法》第九条处理", ["条例"])
    (3, 5, 6, 7)
    """
    spans = titles(text)
    found: list[int] = []
    for index, span in enumerate(spans):
        if span.name in names:
            end = spans[index + 1].start if index + 1 < len(spans) else len(text)
            stop = re.search(r"[。；]", text[span.end : end])
            found += _articles(text[span.end : span.end + stop.start() if stop else end])
    if alone and not any(span.name not in names for span in spans):
        found += _articles(text)
    return tuple(sorted(set(found)))


def _articles(text: str) -> list[int]:
    figures = [f for f in chinese_figures(text) if f.kind is Kind.ARTICLE]
    found: list[int] = []
    for before, figure in zip([None, *figures], figures, strict=False):
        if before and _TO.fullmatch(text[before.end : figure.start].strip("第")) and before.value < figure.value:
            found += range(before.value, min(figure.value, before.value + 1000))
        found.append(figure.value)
    return found


def find_law(book: Book, words: str) -> tuple[Law, ...]:
    """The instruments ``words`` may mean: by id or title (with or without 《》) the one, else all whose titles hold the words."""
    wanted = words.strip().strip("《》").strip().casefold()
    if not wanted:
        return ()
    exact = tuple(law for law in book.laws.laws if wanted in {name.casefold() for name in _names(law)})
    if exact:
        return exact
    return tuple(law for law in book.laws.laws if any(wanted in name.casefold() for name in _names(law)))


def near_laws(book: Book, words: str, count: int = 5) -> tuple[Law, ...]:
    """The instruments whose names are most like ``words``, the most alike first."""
    wanted = words.strip().strip("《》").casefold()[:200]
    scores = [
        (max(SequenceMatcher(None, wanted, name.casefold()).ratio() for name in _names(law)), -i, law)
        for i, law in enumerate(book.laws.laws)
    ]
    return tuple(law for score, _, law in sorted(scores, key=lambda s: s[:2], reverse=True)[:count] if score > 0.3)


def _names(law: Law) -> tuple[str, ...]:
    return law.id, law.cited_as.zh, law.cited_as.en, law.title.zh, law.title.en


def successors(book: Book, law: Law) -> tuple[Law, ...]:
    """The registered instruments named as successors of ``law``."""
    if law.replaced_by is None:
        return ()
    named = {span.name for span in titles(law.replaced_by.zh)}
    return tuple(o for o in book.laws.laws if o.id != law.id and named & {o.cited_as.zh, o.title.zh})


def unexplained(book: Book, law_id: str) -> Iterator[tuple[Located, int, int]]:
    """The consequences based on an instrument over which no legal note names it: clause, index of the penalty, of the basis.

    Once the instrument has gone, each of them needs one (HB504).
    """
    for found in book.clauses:
        places = [
            (p, i)
            for p, penalty in enumerate(found.clause.penalties)
            for i, name in enumerate(penalty.basis)
            if name == law_id
        ]
        if places and not any(law_id in note.laws for note in notes_over(book, found)):
            yield from ((found, p, i) for p, i in places)


def resting(book: Book, law: Law) -> tuple[Resting, ...]:
    """Everything that rests on an instrument or names it, kind by kind, each in the order of the source."""
    view = _Impact(book, law)
    found = [*view.clauses(), *view.items(), *view.regimes(), *view.registers()]
    kinds = list(Rests)
    return tuple(sorted(found, key=lambda r: kinds.index(r.kind)))


@dataclass(frozen=True)
class _Impact:
    book: Book
    law: Law

    @property
    def names(self) -> tuple[str, str]:
        return self.law.cited_as.zh, self.law.title.zh

    def named(self, *texts: str) -> bool:
        return any(span.name in self.names for text in texts for span in titles(text))

    def rests(self, found: Located) -> bool:
        """Whether a clause cites the instrument or states a consequence based on it."""
        return self.named(found.clause.zh) or any(self.law.id in p.basis for p in found.clause.penalties)

    def clauses(self) -> Iterator[Resting]:
        for found in self.book.clauses:
            clause, law = found.clause, self.law.id
            articles = articles_named(clause.zh, self.names)
            cites = self.named(clause.zh)
            if cites:
                words = Message(clause.zh, clause.en)
                yield self._at(Rests.CLAUSE, found, words, ("zh",), articles)
            for p, penalty in enumerate(clause.penalties):
                if law in penalty.basis or self._speaks(penalty):
                    yield self._at(Rests.PENALTY, found, penalty, ("penalties", p), articles)
            if self.rests(found):
                for kind, key in (
                    (Rests.TIME_LIMIT, "time_limits"),
                    (Rests.STAFFING, "staffing"),
                    (Rests.THRESHOLD, "thresholds"),
                ):
                    for i, value in enumerate(getattr(clause, key)):
                        yield self._at(kind, found, value, (key, i), articles)
            note = clause.legal_note
            if note and (law in note.laws or self.named(note.zh)):
                alone = note.laws == (law,)
                said = articles_named(note.zh, self.names, alone=alone)
                yield self._at(Rests.LEGAL_NOTE, found, note, ("legal_note",), said)
            for i, mention in enumerate(clause.mentions):
                if self.named(mention.found, mention.reason.zh):
                    yield self._at(Rests.MENTION, found, mention, ("mentions", i), articles)
            for i, erratum in enumerate(clause.errata):
                if self.named(erratum.found, erratum.note.zh):
                    said = articles_named(erratum.note.zh, self.names) or articles_named(erratum.found, self.names)
                    words = Message(f"“{erratum.found}”：{erratum.note.zh}", f"“{erratum.found}”: {erratum.note.en}")
                    yield self._at(Rests.ERRATUM, found, words, ("errata", i), said)

    def _speaks(self, penalty: Penalty) -> bool:
        texts = [v.zh for v in (penalty.conduct, penalty.when) if isinstance(v, Bilingual)]
        return self.named(*texts)

    def items(self) -> Iterator[Resting]:
        for found in checklists(self.book):
            for item in found.items:
                clause = item.clause
                if self.rests(clause) or self.named(item.question.zh):
                    articles = articles_named(item.question.zh, self.names) or articles_named(
                        clause.clause.zh, self.names
                    )
                    words = Message(item.question.zh, item.question.en)
                    place = self.book.place(clause.regime.id, item.path)
                    page = f"checklists/{clause.regime.id}/#{item.anchor}"
                    yield Resting(Rests.CHECKLIST, item.id, _cited(clause), words, place, page, articles)

    def regimes(self) -> Iterator[Resting]:
        citing = {f.key for f in self.book.clauses if self.named(f.clause.zh)}
        for regime in self.book.regimes:
            page = f"regimes/{regime.id}/"
            name = Message(f"制度{chinese(regime.number)}", f"Regime {regime.number}")

            def at(
                kind: Rests,
                words: Message,
                path: Path_,
                cited: Message = name,
                id: str = regime.id,
                page: str = page,
            ) -> Resting:
                return Resting(kind, id, cited, words, self.book.place(id.partition("#")[0], path), page, ())

            if self.named(regime.title.zh):
                yield at(Rests.HEADING, Message(regime.title.zh, regime.title.en), ("title", "zh"))
            for i, erratum in enumerate(regime.errata):
                if self.named(erratum.found, erratum.note.zh):
                    yield at(Rests.ERRATUM, Message(erratum.note.zh, erratum.note.en), ("errata", i))
            for word, aspect in regime.unstated_aspects.items():
                drawn = any(f"{regime.id}#{id}" in citing for id in aspect.drawn_from)
                if drawn or self.named(aspect.note.zh):
                    words = Message(aspect.note.zh, aspect.note.en)
                    yield at(Rests.ASPECT, words, ("unstated_aspects", word), page=f"{page}#aspects")
            for language in ("zh", "en"):
                for i, keyword in enumerate(getattr(regime.keywords, language)):
                    if keyword.casefold() in {n.casefold() for n in _names(self.law)} or self.named(keyword):
                        yield at(Rests.KEYWORD, Message(keyword, keyword), ("keywords", language, i))
            for s, section in enumerate(regime.sections):
                cited = Message(
                    f"{name.zh}·{section_citation(section, 'zh')}", f"{name.en}, {section_citation(section, 'en')}"
                )
                id, path = f"{regime.id}#s{section.number}", ("sections", s)
                if self.named(section.heading.zh):
                    words = Message(section.heading.zh, section.heading.en)
                    yield at(Rests.HEADING, words, (*path, "heading"), cited, id, f"{page}#s{section.number}")
                if section.aspects_note and self.named(section.aspects_note.zh):
                    words = Message(section.aspects_note.zh, section.aspects_note.en)
                    yield at(Rests.ASPECT, words, (*path, "aspects_note"), cited, id, f"{page}#s{section.number}")
                for i, erratum in enumerate(section.errata):
                    if self.named(erratum.found, erratum.note.zh):
                        words = Message(erratum.note.zh, erratum.note.en)
                        yield at(Rests.ERRATUM, words, (*path, "errata", i), cited, id, f"{page}#s{section.number}")

    def registers(self) -> Iterator[Resting]:
        for i, term in enumerate(self.book.glossary.terms):
            attested = term.attested or ""
            note = term.note.zh if term.note else ""
            english = self.law.title.en in attested or self.law.cited_as.en in attested
            if self.named(note, attested) or term.zh in self.names or english:
                note_en = term.note.en if term.note else attested
                words = Message(f"{term.zh}：{note or attested}", f"{term.zh} ({term.en}): {note_en}")
                place = self.book.place("_glossary", ("terms", i))
                cited = Message(term.zh, f"{term.zh} ({term.en})")
                yield Resting(Rests.TERM, f"_glossary#{term.zh}", cited, words, place, "glossary/", ())
        for i, law in enumerate(self.book.laws.laws):
            if law.id == self.law.id:
                continue
            for key in ("replaced_by", "status_note", "title_issue", "note"):
                value = getattr(law, key)
                if value and self.named(value.zh):
                    cited = Message(f"《{law.cited_as.zh}》", law.cited_as.en)
                    place = self.book.place("_laws", ("laws", i, key))
                    words = Message(value.zh, value.en)
                    said = articles_named(value.zh, self.names)
                    yield Resting(Rests.LAW, f"_laws#{law.id}", cited, words, place, f"laws/{law.id}/", said)

    def _at(
        self, kind: Rests, found: Located, value: Record | Message, path: Path_, articles: tuple[int, ...]
    ) -> Resting:
        place = self.book.place(found.regime.id, (*found.path, *path))
        page = f"regimes/{found.regime.id}/#{found.id}"
        return Resting(kind, found.key, _cited(found), value, place, page, articles)


def _cited(found: Located) -> Message:
    return Message(f"制度{citation(found, 'zh')}", citation(found, "en"))
