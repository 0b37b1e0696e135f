"""Every generated page of an edition as a value: path, title, finished HTML, table of contents; and the navigation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from handbook.compare import Comparison
from handbook.compare.page import change_counts, change_groups
from handbook.correct import file_of, foot
from handbook.edition import Edition, editions, html_lang, relative
from handbook.languages import marked
from handbook.limits import by_kind, countable, kind_names, limit_cells, regime_label, units_json
from handbook.limits import script_words as limit_words
from handbook.lookup import Cite, penalty_cells, script_words
from handbook.messages import Messages
from handbook.model import Book, Regime, citation, section_citation
from handbook.recompose import issued
from handbook.render import render
from handbook.sheet import KINDS, Sheet, code, sheets
from handbook.sheet import script_words as sheet_words
from handbook.source import checksum
from handbook.text.numerals import chinese
from handbook.views.checklist import PARTS
from handbook.views.citing import clauses_by_law
from handbook.views.holidays import PACKAGE, holidays
from handbook.views.moves import departed, first_words, former, moved
from handbook.views.overview import by_category as grouped
from handbook.views.penalties import chart, facets, penalty_rows
from handbook.views.quality import Quality, RuleEntry, coverage, errata, lines_proven
from handbook.views.regime import regime_view
from handbook.views.source_text import source_lines
from handbook.views.terms import clauses_by_term
from handbook.views.time_limits import limit_rows
from handbook.views.words import Segment, note_segments

NAVIGATION_LIMIT = 60
"""Up to how many regimes the navigation lists each. Beyond, every page would carry a list nobody reads."""


BOOK_FILE = "handbook.pdf"
"""The whole handbook, at the root of its edition."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents."""

    title: str
    anchor: str
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page. ``path`` is below the edition's root and ends in a slash; home is the empty path."""

    path: str
    title: str
    html: str
    toc: tuple[Heading, ...] = ()
    keywords: tuple[str, ...] = ()
    """Words a reader would type that the page does not use."""
    searched: bool = True
    """False for a page that only repeats, line by line, what other pages say."""
    wide: bool = False
    """True for a look-up, whose table takes the room of the navigation and the contents."""

    @property
    def source_uri(self) -> str:
        """The name MkDocs knows the page by."""
        return f"{self.path}index.md"


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A place in the navigation: a page (``uri``) or a group (``children``)."""

    title: str
    uri: str = ""
    children: tuple[NavigationItem, ...] = field(default=())


def pages(
    book: Book,
    edition: Edition,
    quality: Quality,
    kinds: tuple[str, ...] = KINDS,
    changes: Comparison | None = None,
) -> Iterator[Page]:
    """Every generated page of an edition, home first. ``kinds`` are the files that are made and may be linked to.

    ``changes`` is how the book differs from an earlier state; there is a page of it where it is given.
    """
    for page in _pages(book, edition, quality, kinds, changes):
        end = foot(book, edition, page.path, page.title, file_of(book, page.path))
        yield replace(page, html=marked(page.html, edition.language) + end)


def _pages(
    book: Book, edition: Edition, quality: Quality, kinds: tuple[str, ...], changes: Comparison | None
) -> Iterator[Page]:
    every = sheets(book, edition)
    yield _home(book, edition, every, kinds, changes)
    for regime, sheet in zip(book.regimes, every, strict=True):
        yield _regime(book, edition, regime, sheet, kinds)
    yield from _categories(book, edition, every)
    yield _checklists(book, edition, every, kinds)
    for sheet in every:
        yield _checklist(book, edition, sheet, kinds)
    yield _penalties(book, edition)
    yield _time_limits(book, edition)
    yield _laws(book, edition)
    yield from _each_law(book, edition)
    yield _glossary(book, edition)
    yield _source(book, edition)
    yield _quality(book, edition, quality)
    if changes is not None:
        yield _changes(book, edition, changes)
    for rule in quality.rules:
        yield _rule(book, edition, rule)


def navigation(book: Book, edition: Edition, *, changes: bool = False) -> tuple[NavigationItem, ...]:
    """The navigation of an edition: home, the regimes by category while they are few (else the categories), the registers, the prose.

    ``changes`` says whether there is a page of what has changed.
    """
    say = Messages(edition.language)
    items = [NavigationItem(say("home"), "index.md")]
    if len(book.regimes) <= NAVIGATION_LIMIT:
        groups = tuple(
            NavigationItem(
                name,
                children=(
                    NavigationItem(say("category_overview"), f"categories/{word}/index.md"),
                    *(NavigationItem(r.title[edition.language], f"regimes/{r.id}/index.md") for r in regimes),
                ),
            )
            for word, name, regimes in by_category(book, edition.language)
        )
        items.append(NavigationItem(say("regimes"), children=groups))
    else:
        groups = tuple(
            NavigationItem(name, f"categories/{word}/index.md") for word, name, _ in by_category(book, edition.language)
        )
        items.append(NavigationItem(say("categories"), children=groups))
    items += [
        NavigationItem(say("checklists"), "checklists/index.md"),
        NavigationItem(say("penalties"), "penalties/index.md"),
        NavigationItem(say("limits"), "time-limits/index.md"),
    ]
    items += [NavigationItem(say(name), f"{name}/index.md") for name in ("laws", "glossary", "source", "quality")]
    items += [NavigationItem(say("changes"), "changes/index.md")] if changes else []
    items += [NavigationItem(say(name), f"{name}.md") for name in ("about", "contributing")]
    return tuple(items)


def by_category(book: Book, language: str) -> tuple[tuple[str, str, tuple[Regime, ...]], ...]:
    """The regimes by category in the order of the vocabulary: id, name, regimes."""
    return tuple((word, book.vocabulary.categories[word][language], regimes) for word, regimes in grouped(book))


@dataclass(frozen=True, slots=True)
class NotFound:
    """What the page for an address that leads nowhere says in one language. The links are (address, title)."""

    lang: str
    title: str
    text: str
    search: str
    links: tuple[tuple[str, str], ...]
    regimes: str
    categories: tuple[tuple[str, str], ...]


def not_found(book: Book, edition: Edition, base: str) -> tuple[NotFound, ...]:
    """The help of a missing page in every language, that of ``edition`` first. ``base`` is where the edition lies on the server.

    The addresses are absolute: the page is shown at whatever depth the wrong address has.
    """
    root = base.removesuffix(edition.prefix)
    doors = (
        ("home", ""),
        ("checklists", "checklists/"),
        ("penalties", "penalties/"),
        ("limits", "time-limits/"),
        ("laws", "laws/"),
        ("glossary", "glossary/"),
        ("source", "source/"),
    )
    found = []
    for each in sorted(editions(book), key=lambda e: e != edition):
        say = Messages(each.language)
        links = tuple((f"{root}{each.prefix}{path}", say(key)) for key, path in doors)
        categories = tuple(
            (f"{root}{each.prefix}categories/{word}/", name) for word, name, _ in by_category(book, each.language)
        )
        found.append(
            NotFound(
                each.html_lang,
                say("missing_title"),
                say("missing_text"),
                say("missing_search"),
                links,
                say("regimes"),
                categories,
            )
        )
    return tuple(found)


def checked_on(book: Book) -> str:
    """The day up to which all regimes are checked against the source (the earliest of their dates), YYYY-MM-DD."""
    return min(r.verified.on for r in book.regimes).isoformat()


class _Address:
    """Addresses as a template writes them: ``to("glossary/", "t1")``, ``other("regimes/x/", "s1")``."""

    def __init__(self, book: Book, edition: Edition, path: str) -> None:
        self._book, self._edition, self._path = book, edition, path
        self._others = tuple(e for e in editions(book) if e != edition)

    def to(self, target: str, anchor: str = "") -> str:
        return relative(self._edition, self._path, target, anchor)

    def clause(self, key: str) -> str:
        regime, _, anchor = key.partition("#")
        return self.to(f"regimes/{regime}/", anchor)

    def data(self, file: str) -> str:
        """A file of ``data/``, which stands once at the root."""
        return relative(self._edition, self._path, f"data/{file}", to=editions(self._book)[0])

    def other(self, anchor: str = "") -> str | None:
        """This page in the other edition; None where there is one edition only."""
        return self.in_other(self._path, anchor)

    def in_other(self, target: str, anchor: str = "") -> str | None:
        """A page of the other edition; None where there is one edition only."""
        return relative(self._edition, self._path, target, anchor, to=self._others[0]) if self._others else None


class _Marks:
    """Turns segments into what a template prints: words with an address. A term is linked once a page."""

    def __init__(self, book: Book, edition: Edition, address: _Address, regime: Regime | None) -> None:
        self._book, self._edition, self._address, self._regime = book, edition, address, regime
        self._seen: set[str] = set()
        self._anchors = term_anchors(book)
        self._terms = {t.zh: t for t in book.glossary.terms}

    def at(self, regime_id: str) -> _Marks:
        """The same for a note of another regime, whose bare references mean that regime; they then name it in full."""
        other = _Marks(
            self._book, self._edition, self._address, next(r for r in self._book.regimes if r.id == regime_id)
        )
        other._seen = self._seen
        return other

    def words(self, segments: tuple[Segment, ...]) -> list[dict[str, str]]:
        return [self._word(s) for s in segments]

    def note(self, text: str) -> list[dict[str, str]]:
        return self.words(note_segments(text))

    def _word(self, segment: Segment) -> dict[str, str]:
        word = {"text": segment.text, "kind": segment.kind, "href": "", "title": "", "warn": "", "term": "", "note": ""}
        if segment.kind == "law":
            law = self._book.laws_by_id[segment.target]
            word["href"] = self._address.to(f"laws/{law.id}/")
            status = self._book.vocabulary.statuses[law.status] if law.status else None
            word["title"] = status[self._edition.language] if status else ""
            word["warn"] = status.label(self._edition.language) if status and status.warn else ""
        elif segment.kind == "term":
            if segment.target in self._seen:
                return {**word, "kind": "text"}
            self._seen.add(segment.target)
            term = self._terms[segment.target]
            word["href"] = self._address.to("glossary/", self._anchors[segment.target])
            word["title"] = term.en if self._edition.language == "zh" else term.zh
            word["term"] = term.zh if self._edition.language == "zh" else term.en
            word["note"] = term.note[self._edition.language] if term.note else ""
        elif segment.kind == "reference":
            return self._reference(word, segment.target)
        return word

    def _reference(self, word: dict[str, str], target: str) -> dict[str, str]:
        number, _, anchor = target.partition("/")
        regime = next((r for r in self._book.regimes if str(r.number) == number), None) if number else self._regime
        if regime is None:
            return {**word, "kind": "text"}
        language, here = self._edition.language, not number
        found = self._book.by_key.get(f"{regime.id}#{anchor}")
        if found:
            word["text"] = citation(found, language, full=not here)
        else:
            section = next((s for s in regime.sections if f"s{s.number}" == anchor), None)
            if section is None:
                return {**word, "kind": "text"}
            cited = section_citation(section, language)
            word["text"] = (
                cited
                if here
                else f"{chinese(regime.number)}·{cited}"
                if language == "zh"
                else f"Regime {regime.number}, {cited}"
            )
            if here and language == "en":
                word["text"] = f"section {cited}"
        word["href"] = self._address.to(f"regimes/{regime.id}/", anchor)
        return word


@lru_cache(maxsize=2)
def term_anchors(book: Book) -> Mapping[str, str]:
    """The anchor of each term on the glossary page: its English in kebab-case, made unique by its order."""
    anchors: dict[str, str] = {}
    taken: set[str] = set()
    for term in book.glossary.terms:
        base = "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in term.en.lower()).split()) or "term"
        name, n = base, 2
        while name in taken:
            name, n = f"{base}-{n}", n + 1
        taken.add(name)
        anchors[term.zh] = name
    return anchors


def _page(
    book: Book,
    edition: Edition,
    path: str,
    title: str,
    template: str,
    toc: tuple[Heading, ...] = (),
    regime: Regime | None = None,
    **values: object,
) -> Page:
    address = _Address(book, edition, path)
    html = render(
        template,
        book=book,
        language=edition.language,
        html_lang=edition.html_lang,
        zh_lang=html_lang("zh"),
        en_lang=html_lang("en"),
        say=Messages(edition.language),
        address=address,
        mark=_Marks(book, edition, address, regime),
        title=title,
        **values,
    )
    return Page(path, title, html, toc)


def _home(
    book: Book, edition: Edition, every: tuple[Sheet, ...], kinds: tuple[str, ...], changes: Comparison | None
) -> Page:
    return _page(
        book,
        edition,
        "",
        book.handbook.title[edition.language],
        "home.html.jinja",
        toc=(),
        categories=by_category(book, edition.language),
        lines=len(issued(book)),
        penalties=len(penalty_rows(book)),
        limits=len(limit_rows(book)),
        items=sum(len(sheet.items) for sheet in every),
        book_file=BOOK_FILE if "pdf" in kinds else "",
        date=checked_on(book),
        numeral=chinese,
        changes=changes_link(changes, edition.language),
    )


def _regime(book: Book, edition: Edition, regime: Regime, sheet: Sheet, kinds: tuple[str, ...]) -> Page:
    view = regime_view(book, regime, edition.language)
    say = Messages(edition.language)
    toc = (Heading(say("aspects"), "aspects"), *((Heading(say("preamble"), "s0"),) if view.preamble else ()))
    toc += tuple(Heading(s.title, s.id) for s in view.sections)
    penalties = penalty_rows(book, regime)
    limits = limit_rows(book, regime)
    for there, key, anchor in (
        (penalties, "regime_penalties", "penalties"),
        (limits, "regime_limits", "limits"),
        (view.laws, "regime_laws", "laws"),
    ):
        toc += (Heading(say(key), anchor),) if there else ()
    number = chinese(regime.number) if edition.language == "zh" else str(regime.number)
    other = next((e.language for e in editions(book) if e != edition), None)  # of the twins in the tables
    page = _page(
        book,
        edition,
        f"regimes/{regime.id}/",
        view.title,
        "regime.html.jinja",
        toc,
        regime,
        view=view,
        sheet=sheet,
        files=_files(sheet, f"../../{sheet.path}", kinds),
        number=number,
        reading_words=_reading_words(book, regime, edition.language),
        penalties=penalty_cells(book, penalties, edition.language),
        penalty_twins={c.id: c for c in penalty_cells(book, penalties, other)} if other else {},
        limits=limits,
        limit_twins={c.id: c for c in limit_cells(book, limits, other)} if other else {},
        limit_kinds=by_kind(limit_cells(book, limits, edition.language)),
        limit_names=kind_names(edition.language),
        departed=_departed(book, edition, regime),
    )
    keywords = regime.keywords.zh if edition.language == "zh" else regime.keywords.en
    return replace(page, keywords=keywords)


@dataclass(frozen=True, slots=True)
class _Departed:
    """A clause or section that is no longer of a regime: its old anchor, its first words, where it stands now, if anywhere."""

    anchor: str
    words: str
    cited: str
    href: str


def _departed(book: Book, edition: Edition, regime: Regime) -> tuple[_Departed, ...]:
    found = []
    for each in departed(book, regime):
        cited = href = ""
        if each.new is not None:
            there, _, anchor = each.new.partition("#")
            href = relative(edition, f"regimes/{regime.id}/", f"regimes/{there}/", anchor)
            cited = _cited(book, each.new, edition.language)
        words = first_words(each.words) if each.kind == "clauses" else each.words
        found.append(_Departed(each.old.partition("#")[2], words, cited, href))
    return tuple(found)


def _cited(book: Book, key: str, language: str) -> str:
    """How a reader cites a clause or a section of any regime."""
    if key in book.by_key:
        return citation(book.by_key[key], language)
    name, _, anchor = key.partition("#")
    regime = next(r for r in book.regimes if r.id == name)
    section = next(s for s in regime.sections if f"s{s.number}" == anchor)
    cited = section_citation(section, language)
    return f"{chinese(regime.number)}·{cited}" if language == "zh" else f"Regime {regime.number}, {cited}"


def _categories(book: Book, edition: Edition, every: tuple[Sheet, ...]) -> Iterator[Page]:
    """A page for each category: its regimes with their object, how much each holds, and the laws of theirs that have gone."""
    language = edition.language
    by_id = {sheet.regime.id: sheet for sheet in every}
    groups = by_category(book, language)
    for word, name, regimes in groups:
        yield _page(
            book,
            edition,
            f"categories/{word}/",
            Messages(language)("category_title", name=name),
            "category.html.jinja",
            toc=tuple(Heading(r.title[language], r.id) for r in regimes),
            word=word,
            views=[
                (regime_view(book, r, language), by_id[r.id], len(penalty_rows(book, r)), len(limit_rows(book, r)))
                for r in regimes
            ],
            others=[(id, other) for id, other, _ in groups if id != word],
            numeral=chinese,
        )


_READING_WORDS = (
    "copy_link",
    "copy_citation",
    "copied_link",
    "copied_citation",
    "copy_by_hand",
    "report",
    "term_more",
)
"""What the script of a regime's page says."""


def _reading_words(book: Book, regime: Regime, language: str) -> str:
    """The words of the script as JSON, with the form of a citation whose clause and text the script fills in."""
    say = Messages(language)
    form = say(
        "cite_form",
        source=book.handbook.source.title[language],
        number=chinese(regime.number),
        regime=regime.title[language],
        handbook=book.handbook.title[language],
        date=checked_on(book),
        citation="{citation}",
        text="{text}",
    )
    return json.dumps({**{word: say(word) for word in _READING_WORDS}, "cite_form": form}, ensure_ascii=False)


def _checklists(book: Book, edition: Edition, every: tuple[Sheet, ...], kinds: tuple[str, ...]) -> Page:
    language = edition.language
    by_id = {sheet.regime.id: sheet for sheet in every}
    counts = {s.regime.id: Counter({p.part: len(p.items) for p in s.parts}) for s in every}
    groups = [(id, name, [by_id[r.id] for r in regimes]) for id, name, regimes in by_category(book, language)]
    return _page(
        book,
        edition,
        "checklists/",
        Messages(language)("checklists_title"),
        "checklists.html.jinja",
        toc=tuple(Heading(name, id) for id, name, _ in groups),
        sheets=every,
        categories=groups,
        parts=[part for part in PARTS if any(count[part] for count in counts.values())],
        counts=counts,
        files={s.regime.id: _files(s, f"{s.regime.id}/", kinds) for s in every},
        former={s.regime.id: former(book, s.regime) for s in every},
        book_file=f"../{BOOK_FILE}" if "pdf" in kinds else "",
        numeral=chinese,
        script_words=sheet_words(language),
    )


def _checklist(book: Book, edition: Edition, sheet: Sheet, kinds: tuple[str, ...]) -> Page:
    language = edition.language
    say = Messages(sheet.other_language)
    answers = ("answer_yes", "answer_no"), ("answer_met", "answer_unmet")
    others = {
        part.part: {
            "title": say(f"part_{part.part}"),
            "answers": tuple(say(a) for a in (*answers[part.part == "classification"], "answer_na")),
        }
        for part in sheet.parts
    }
    page = _page(
        book,
        edition,
        sheet.path,
        sheet.title,
        "checklist.html.jinja",
        regime=sheet.regime,
        sheet=sheet,
        others=others,
        other_lang=html_lang(sheet.other_language),
        say_other=say,
        files=_files(sheet, "", kinds),
        code=code(sheet.code),
        moved=json.dumps(moved(book, sheet.regime)),
        former=former(book, sheet.regime),
        script_words=sheet_words(language),
    )
    return replace(page, wide=True)


def _files(sheet: Sheet, folder: str, kinds: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((kind, f"{folder}{sheet.regime.id}.{kind}") for kind in kinds)


def _penalties(book: Book, edition: Edition) -> Page:
    rows, language = penalty_rows(book), edition.language
    page = _page(
        book,
        edition,
        "penalties/",
        Messages(language)("penalties_title"),
        "penalties.html.jinja",
        rows=penalty_cells(book, rows, language),
        facets=facets(book, rows, language),
        chart=chart(rows),
        cite=Cite(language),
        words=script_words(language),
    )
    return replace(page, wide=True)


def _time_limits(book: Book, edition: Edition) -> Page:
    language = edition.language
    cells = limit_cells(book, limit_rows(book), language)
    kinds, names = by_kind(cells), kind_names(language)
    return _page(
        book,
        edition,
        "time-limits/",
        Messages(language)("limits_title"),
        "time_limits.html.jinja",
        toc=tuple(Heading(names[kind], kind) for kind, _ in kinds),
        kinds=kinds,
        names=names,
        offered=countable(cells),
        regime_label=regime_label,
        holidays=holidays(),
        package=PACKAGE,
        units=units_json(book, language),
        words=limit_words(language),
    )


def _laws(book: Book, edition: Edition) -> Page:
    citing = clauses_by_law(book)
    kinds = [
        (word, name[edition.language], [law for law in book.laws.laws if law.kind == word])
        for word, name in book.vocabulary.law_kinds.items()
    ]
    kinds = [entry for entry in kinds if entry[2]]
    toc = tuple(Heading(name, word) for word, name, _ in kinds)
    title = Messages(edition.language)("laws_title")
    return _page(
        book,
        edition,
        "laws/",
        title,
        "laws.html.jinja",
        toc,
        kinds=kinds,
        counts={law.id: len(citing[law.id]) for law in book.laws.laws},
    )


def _each_law(book: Book, edition: Edition) -> Iterator[Page]:
    citing, resting = clauses_by_law(book), Counter(law for row in penalty_rows(book) for law in row.penalty.basis)
    for law in book.laws.laws:
        cited_by = [(f, citation(f, edition.language)) for f in citing[law.id]]
        title = law.title[edition.language]
        yield _page(
            book,
            edition,
            f"laws/{law.id}/",
            title,
            "law.html.jinja",
            law=law,
            cited_by=cited_by,
            consequences=resting[law.id],
        )


def _glossary(book: Book, edition: Edition) -> Page:
    domains = [
        (word, name[edition.language], [t for t in book.glossary.terms if t.domain == word])
        for word, name in book.vocabulary.domains.items()
    ]
    domains = [entry for entry in domains if entry[2]]
    toc = tuple(Heading(name, f"domain-{word}") for word, name, _ in domains)
    where = {
        zh: [(key, citation(book.by_key[key], edition.language)) for key in keys]
        for zh, keys in clauses_by_term(book).items()
    }
    title = Messages(edition.language)("glossary_title")
    return _page(
        book,
        edition,
        "glossary/",
        title,
        "glossary.html.jinja",
        toc,
        domains=domains,
        anchors=term_anchors(book),
        where=where,
    )


def _source(book: Book, edition: Edition) -> Page:
    lines = source_lines(book)
    names = {r.id: r for r in book.regimes}
    toc = tuple(
        Heading(f"{names[line.regime].number}. {names[line.regime].title[edition.language]}", f"L{line.number}")
        for line in lines
        if line.regime and line.kind == "title"
    )
    title = Messages(edition.language)("source_title")
    cited = {f.key: citation(f, edition.language) for f in book.clauses}
    page = _page(
        book, edition, "source/", title, "source.html.jinja", toc, lines=lines, checksum=checksum(book), cited=cited
    )
    return replace(page, searched=False)


def _quality(book: Book, edition: Edition, quality: Quality) -> Page:
    say = Messages(edition.language)
    toc = (
        Heading(say("coverage"), "coverage"),
        Heading(say("findings"), "findings"),
        Heading(say("rules"), "rules"),
        Heading(say("errata_list"), "errata"),
    )
    proven, lines = lines_proven(book)
    families = [list(group) for _, group in groupby(quality.rules, key=lambda r: r.code[:3])]
    return _page(
        book,
        edition,
        "quality/",
        say("quality_title"),
        "quality.html.jinja",
        toc,
        quality=quality,
        families=families,
        errata=errata(book, edition.language),
        coverage=coverage(book, edition.language),
        proven=proven,
        lines=lines,
    )


def changes_link(changes: Comparison | None, language: str) -> str:
    """The words of a link to the page of what has changed; empty where there is none."""
    if changes is None:
        return ""
    return Messages(language)("changes_link", since=changes.old_name, n=len(changes.changes))


def _changes(book: Book, edition: Edition, changes: Comparison) -> Page:
    language = edition.language
    groups = change_groups(changes, language)
    page = _page(
        book,
        edition,
        "changes/",
        Messages(language)("changes_title", since=changes.old_name),
        "changes.html.jinja",
        toc=tuple(Heading(g.title, g.id) for g in groups),
        groups=groups,
        counts=change_counts(changes, language),
        since=changes.old_name,
        anchors=term_anchors(book),
        numeral=chinese,
    )
    return replace(page, searched=False)


def _rule(book: Book, edition: Edition, rule: RuleEntry) -> Page:
    return _page(book, edition, f"rules/{rule.code.lower()}/", f"{rule.code} {rule.name}", "rule.html.jinja", rule=rule)
