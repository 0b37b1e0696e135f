"""HB0: the files can be read. The reader reports these itself, with places; the rules here document them and check the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checks.notes import slips
from checks.rule import Finding, rule
from handbook.model import Book
from handbook.nodes import Path_


@rule("HB001", "not-readable")
def not_readable(book: Book) -> Iterator[Finding]:
    """A file is plain YAML in UTF-8: no tabs, no duplicate keys, no anchors or tags, not too large, not too deep.
    文件是 UTF-8 编码的普通 YAML：不用制表符、重复的键、锚点或标签，不过大、不过深。

    Why: What a maintainer sees in the file must be all there is to it; and a broken file must point to its broken line.
    原因：文件的内容应当一目了然；文件有误时，应当指出哪一行有误。

    Bad:
        title:
          zh: 电梯使用监管
          en: Supervision of the use of elevators
          zh: 电梯监管  # <-

    Good:
        title:
          zh: 电梯使用监管
          en: Supervision of the use of elevators
    """
    yield from ()  # reported by handbook.nodes while reading


@rule("HB002", "wrong-form")
def wrong_form(book: Book) -> Iterator[Finding]:
    """Every record has the keys and kinds of values its schema names: none unknown, none missing, both languages.
    每条记录的键和值都符合模式：没有多余的键，不缺必需的键，中英文齐全。

    Why: A misspelled key would silently drop what it holds.
    原因：键名拼错，其内容就会悄悄丢失。

    Bad:
        title:  # <-
          zh: 电梯使用监管

    Good:
        title:
          zh: 电梯使用监管
          en: Supervision of the use of elevators
    """
    yield from ()  # reported by handbook.source while reading


@rule("HB003", "files-disagree")
def files_disagree(book: Book) -> Iterator[Finding]:
    """The folder holds the four registers and one file a regime, named by its number and id, each used once.
    文件夹中有四个登记文件，每项制度一个文件，文件名由序号和标识组成，且不重复。

    Why: A regime in a file of another name is found by nobody who looks for it.
    原因：文件名与内容不符，谁也找不到。

    Bad:
        number: 2  # <-

    Good:
        number: 1
    """
    yield from ()  # reported by handbook.source while reading


@rule("HB004", "word-not-in-vocabulary")
def word_not_in_vocabulary(book: Book) -> Iterator[Finding]:
    """Controlled words – categories, aspects, kinds, statuses, measures, authorities, units – are in _vocabulary.yml.
    受控词（分类、要素、类别、现状、措施、机关、单位）均见于 _vocabulary.yml。

    Why: A word outside the vocabulary has no name on the page and falls out of every filter.
    原因：词汇表以外的词在页面上没有名称，也筛选不到。

    Bad:
        category: elevator  # <-

    Good:
        category: general
    """
    for document, path, word, among, subject in _controlled(book):
        if word not in among:
            known = "、".join(sorted(among)[:12])
            yield Finding(
                book.place(document, path),
                f"词汇表里没有“{word}”；可用：{known}",
                f"“{word}” is not in the vocabulary; known: {known.replace('、', ', ')}",
                subject,
            )


def _controlled(book: Book) -> Iterator[tuple[str, Path_, str, Iterable[str], str]]:
    words = book.vocabulary
    for regime in book.regimes:
        yield regime.id, ("category",), regime.category, words.categories, regime.id
        for s, section in enumerate(regime.sections):
            for i, aspect in enumerate(section.aspects):
                yield regime.id, ("sections", s, "aspects", i), aspect, words.aspects, f"{regime.id}#s{section.number}"
        for aspect in regime.unstated_aspects:
            yield regime.id, ("unstated_aspects", aspect), aspect, words.aspects, regime.id
    for slip in slips(book):
        yield slip.document, (*slip.path, "kind"), slip.erratum.kind, words.errata_kinds, slip.subject
    for found in book.clauses:
        for p, penalty in enumerate(found.clause.penalties):
            at = (*found.path, "penalties", p)
            if penalty.authority:
                yield found.regime.id, (*at, "authority"), penalty.authority, words.authorities, found.key
            for m, measure in enumerate(penalty.measures):
                yield found.regime.id, (*at, "measures", m, "type"), measure.type, words.measure_types, found.key
        for t, threshold in enumerate(found.clause.thresholds):
            yield found.regime.id, (*found.path, "thresholds", t, "unit"), threshold.unit, words.units, found.key
    for i, law in enumerate(book.laws.laws):
        yield "_laws", ("laws", i, "kind"), law.kind, words.law_kinds, f"_laws#{law.id}"
        if law.status:
            yield "_laws", ("laws", i, "status"), law.status, words.statuses, f"_laws#{law.id}"
    for i, term in enumerate(book.glossary.terms):
        yield "_glossary", ("terms", i, "domain"), term.domain, words.domains, f"_glossary#{term.zh}"


@rule("HB005", "entry-twice")
def entry_twice(book: Book) -> Iterator[Finding]:
    """An id of the register of laws, a title in it and a term of the glossary each stand once.
    法规标识、法规名称和术语各只登记一次。

    Why: Of two entries with one name, a reader gets one and never learns of the other.
    原因：同名的两条，读者只能看到其中一条。

    Bad:
        === _glossary
        terms:
          - {zh: 电梯, en: elevator, domain: general}
          - {zh: 电梯, en: lift, domain: general}  # <-

    Good:
        === _glossary
        terms:
          - {zh: 电梯, en: elevator, domain: general}
    """
    entries: list[tuple[str, Path_, str]] = [
        ("_glossary", ("terms", i), t.zh) for i, t in enumerate(book.glossary.terms)
    ]
    entries += [("_laws", ("laws", i, "id"), law.id) for i, law in enumerate(book.laws.laws)]
    entries += [("_laws", ("laws", i, "cited_as"), law.cited_as.zh) for i, law in enumerate(book.laws.laws)]
    seen: dict[tuple[str, str], Path_] = {}
    for document, path, name in entries:
        first = seen.setdefault((document, name), path)
        if first != path:
            line = book.place(document, first).line
            yield Finding(
                book.place(document, path),
                f"“{name}”在第 {line} 行已登记",
                f"“{name}” already stands on line {line}",
                f"{document}#{name}",
            )
