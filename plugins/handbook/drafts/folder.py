"""A folder of draft regimes from a document: every file as text, and what was recognised in figures."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from handbook.drafts.document import Document, RefusedError
from handbook.drafts.naming import proposed_id
from handbook.drafts.outline import Aspects, Clause, Outline, Regime, Section, aspects_of, divide, every_clause
from handbook.drafts.propose import TODO, Data, propose
from handbook.drafts.yaml import block
from handbook.model import Book, Laws
from handbook.nodes import MAX_BYTES
from handbook.text.citations import occurrences, titles
from handbook.text.numerals import marker_number

_NOTE = """\
导入所得的草稿，尚未核对。unsure 列出由程序提出、待人核对的键：对照条款核对，改正后从 unsure 中删去；TODO 处待写。
id 是网址用名：发布（handbook lock）之前可以改，改时文件名一并改；此后不再改动。
A draft made by import; nobody has read it yet. unsure lists the keys a program has proposed: read each against its clause, mend it,
then delete its word from unsure; write what says TODO.
The id is the name in addresses: change it (and the file name with it) before anything is published (handbook lock), never after."""

NOBODY = date(1970, 1, 1)
"""The day on which an instrument was reviewed that nobody has reviewed: the checks report it as overdue."""


@dataclass(frozen=True, slots=True)
class Like:
    """What is taken over from the handbook the drafts are to resemble: its words, and what it has learned about headings."""

    book: Book
    vocabulary_text: str

    @property
    def aspects(self) -> Aspects:
        """How headings name aspects there."""
        words = {word: aspect.zh for word, aspect in self.book.vocabulary.aspects.items()}
        return aspects_of(words, [(s.heading.zh, s.aspects) for r in self.book.regimes for s in r.sections])

    @property
    def renderings(self) -> dict[str, str]:
        """The English of its terms."""
        return {term.zh: term.en for term in self.book.glossary.terms}


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of a folder by their path in it, and how many of each thing they hold."""

    files: Mapping[str, str]
    counts: Mapping[str, int]


def draft(document: Document, name: str, like: Like, category: str | None, today: date) -> Draft:
    """The folder made of a document. ``name`` is that of the document's file. Raises RefusedError where it holds no regime."""
    outline = divide(document, like.aspects)
    counts: Counter[str] = Counter()
    laws = _laws(outline, like)
    ids = {law["cited_as"]["zh"]: law["id"] for law in laws if law["status"] is not None}
    source = f"source/{PurePosixPath(name).stem or 'issued'}.txt"
    files = {
        "_handbook.yml": _head("handbook") + block(_handbook(outline, document, source)),
        "_vocabulary.yml": like.vocabulary_text,
        "_laws.yml": _head("laws") + _register("laws", laws),
        "_glossary.yml": _head("glossary") + _register("terms", _terms(document, like)),
        source: document.text,
    }
    taken: set[str] = set()
    for regime in outline.regimes:
        name_ = proposed_id(regime.title, like.renderings, taken, f"regime-{regime.number}")
        taken.add(name_)
        chosen = category or proposed_category(regime.title, like.book)
        data = regime_data(regime, name_, chosen, ids, like, today, counts, category_given=category is not None)
        text = _head("regime") + regime_text(data)
        if len(text.encode("utf-8")) > MAX_BYTES:
            raise RefusedError(
                f"制度“{regime.title[:20]}”的文件将超过 {MAX_BYTES:,} 字节；请拆分后导入",
                f"the file of the regime “{regime.title[:20]}” would have more than {MAX_BYTES:,} bytes; split the document",
            )
        files[f"{regime.number:02d}-{name_}.yml"] = text
    counts["laws"] = len(laws)
    return Draft(files, counts)


def regime_text(data: Data) -> str:
    """A regime as text, with the note that says what a draft is."""
    return block(data, {"id": _NOTE})


def _head(schema: str) -> str:
    return f"# yaml-language-server: $schema=_schema/{schema}.schema.json\n"


def _register(key: str, entries: Sequence[Data]) -> str:
    return block({key: list(entries)}) if entries else f"{key}: []\n"


def _both(zh: str) -> Data:
    return {"zh": zh, "en": TODO}


def _handbook(outline: Outline, document: Document, source: str) -> Data:
    title = outline.title
    return {
        "title": _both(title),
        "description": {"zh": TODO, "en": TODO},
        "issuer": {"zh": TODO, "en": TODO},
        "source": {
            "title": _both(title),
            "lines": list(outline.lines),
            "file": source,
            "sha256": hashlib.sha256(document.text.encode("utf-8")).hexdigest(),
            "date": None,
        },
        "editions": ["zh", "en"],
    }


def _laws(outline: Outline, like: Like) -> list[Data]:
    """One entry a title in 《》, nothing in it verified; kind by the end of the title as in the register at hand."""
    texts = [
        text
        for regime in outline.regimes
        for text in (regime.title, *(s.heading for s in regime.sections), *(c.zh for c in every_clause(regime)))
    ]
    cited = dict.fromkeys(span.name for text in texts for span in titles(text) if span.name == span.name.strip())
    known = like.book.laws_by_citation
    kinds = _kinds(like.book.laws, list(like.book.vocabulary.law_kinds))
    unknown = next(
        (s for s in ("unknown",) if s in like.book.vocabulary.statuses), next(iter(like.book.vocabulary.statuses))
    )
    out: list[Data] = []
    taken: set[str] = set()
    for number, name in enumerate(cited, start=1):
        law = known.get(name)
        id_ = law.id if law and law.id not in taken else proposed_id(name, like.renderings, taken, f"law-{number}")
        taken.add(id_)
        kind = law.kind if law else kinds(name)
        nothing: Data = dict.fromkeys(("issuer", "number", "first_issued", "effective_from", "latest_change"), None)
        form = kind == "form" or (law is not None and law.status is None)
        out.append(
            {
                "id": id_,
                "cited_as": {"zh": name, "en": law.cited_as.en if law else TODO},
                "title": {"zh": name, "en": law.cited_as.en if law else TODO},
                "kind": kind,
                **nothing,
                "status": None if form else unknown,
                "status_note": None,
                "replaced_by": None,
                "title_issue": None,
                "note": None,
                "confidence": {"title": "none", "number_and_dates": "none", "status": "none"},
                "evidence": [],
                "reviewed_on": NOBODY,
            }
        )
    return out


def _kinds(laws: Laws, words: Sequence[str]) -> Any:
    """How a title tells its kind: by its last two characters, else its last one, as most titles of the register do."""
    votes: dict[str, Counter[str]] = {}
    for law in laws.laws:
        for length in (1, 2):
            votes.setdefault(law.cited_as.zh[-length:], Counter())[law.kind] += 1

    def kind(title: str) -> str:
        for length in (2, 1):
            if found := votes.get(title[-length:]):
                return min(found, key=lambda k: (-found[k], k))
        return words[0]

    return kind


def _terms(document: Document, like: Like) -> list[Data]:
    text = "\n".join(p.text for p in document.paragraphs)
    found = {span.name for span in occurrences(text, [t.zh for t in like.book.glossary.terms])}
    return [
        term.model_dump(exclude={"note"}, exclude_defaults=True)
        for term in like.book.glossary.terms
        if term.zh in found
    ]


def proposed_category(title: str, book: Book) -> str:
    """The category whose name and regimes share most pairs of characters with a title."""

    def pairs(text: str) -> set[str]:
        return {a + b for a, b in pairwise(text)} - {"监督", "管理", "监管", "督管", "对象", "的监"}

    words = {
        name: pairs(category.zh).union(*(pairs(r.title.zh) for r in book.regimes if r.category == name))
        for name, category in book.vocabulary.categories.items()
    }
    own = pairs(title)
    return max(words, key=lambda name: len(own & words[name]))


def regime_data(
    regime: Regime,
    id_: str,
    category: str,
    laws: Mapping[str, str],
    like: Like,
    today: date,
    counts: Counter[str],
    *,
    category_given: bool,
) -> Data:
    """A regime as the values of its file; what it holds is added to ``counts``."""
    vocabulary = like.book.vocabulary
    counts["regimes"] += 1
    counts["sections"] += len(regime.sections)
    stated = {aspect for section in regime.sections for aspect in section.aspects}
    missing = [word for word, aspect in vocabulary.aspects.items() if aspect.required and word not in stated]
    unsure = ["id", *([] if category_given else ["category"]), *regime.unsure]
    data: Data = {"id": id_, "number": regime.number}
    if regime.marker:
        data["marker"] = regime.marker
    data |= {"category": category, "title": _both(regime.title), "unsure": unsure}
    data["verified"] = {"on": today, "by": "import"}
    unsure.append("verified")
    if regime.preamble:
        data["preamble"] = [_clause(c, None, (), laws, like, counts) for c in regime.preamble]
    data["sections"] = [_section(s, laws, like, counts) for s in regime.sections]
    if missing:
        unsure.append("unstated_aspects")
        first = f"s{regime.sections[0].number}" if regime.sections else _first_id(regime.preamble)
        data["unstated_aspects"] = {word: {"drawn_from": [first], "note": {"zh": TODO, "en": TODO}} for word in missing}
    counts["clauses"] += sum(1 for _ in every_clause(regime))
    counts["aspects"] += len(stated)
    counts["unstated"] += len(missing)
    return data


def _first_id(clauses: Sequence[Clause]) -> str:
    first = clauses[0]
    return f"s0-{marker_number(first.marker)}" if first.marker else "s0-p1"


def _section(section: Section, laws: Mapping[str, str], like: Like, counts: Counter[str]) -> Data:
    data: Data = {"number": section.number}
    if section.marker:
        data["marker"] = section.marker
    data["heading"] = _both(section.heading)
    unsure = [*section.unsure, "aspects"]
    data["unsure"] = unsure
    if section.aspects:
        data["aspects"] = list(section.aspects)
    data["clauses"] = [_clause(c, section, (), laws, like, counts) for c in section.clauses]
    return data


def _clause(
    clause: Clause,
    section: Section | None,
    above: Sequence[Clause],
    laws: Mapping[str, str],
    like: Like,
    counts: Counter[str],
) -> Data:
    found = propose(like.book.vocabulary, laws, section, clause, above)
    data: Data = {"marker": clause.marker} if clause.marker else {}
    data |= _both(clause.zh)
    unsure = [*clause.unsure, *found.keys()]
    if unsure:
        data["unsure"] = unsure
        counts["unsure"] += len(unsure)
    for key in found.keys():  # noqa: SIM118 (no mapping)
        data[key] = list(getattr(found, key))
        counts[key] += len(data[key])
    if clause.items:
        data["items"] = [_clause(c, section, (*above, clause), laws, like, counts) for c in clause.items]
    return data
