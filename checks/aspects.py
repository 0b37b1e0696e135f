"""HB1: every regime defines object, content, method, procedure and handling – stated or declared, never both, never neither."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.notes import notes
from checks.rule import Finding, rule
from checks.translation import untranslated
from handbook.model import Book
from handbook.text.citations import references


@rule("HB101", "aspect-undefined")
def aspect_undefined(book: Book) -> Iterator[Finding]:
    """Every required aspect is stated by a section or declared in unstated_aspects.
    每个必备要素都由某一节载明，或者在 unstated_aspects 中声明。

    Why: A reader must find who is inspected, for what, how, by which procedure and with which consequences in every
        regime, and must see where the source is silent.
    原因：读者须能在每项制度中查到对象、内容、方式、程序和处理；原文未载明的，须让读者看得出来。

    Bad:
        sections:  # <-
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object]
            clauses:
              - {zh: 电梯使用单位。, en: User units of elevators.}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {zh: 电梯使用单位。, en: User units of elevators.}
    """
    required = {word: aspect for word, aspect in book.vocabulary.aspects.items() if aspect.required}
    for regime in book.regimes:
        defined = {a for s in regime.sections for a in s.aspects} | set(regime.unstated_aspects)
        missing = {w: a for w, a in required.items() if w not in defined}
        if missing:
            yield Finding(
                book.key_place(regime.id, ("sections",)),
                f"没有任何一节载明{'、'.join(a.zh for a in missing.values())}；请在某节的 aspects 中列出，或在 unstated_aspects 中声明",
                f"no section states {', '.join(missing)}; list it under a section's aspects or declare it in unstated_aspects",
                regime.id,
            )


@rule("HB102", "aspect-stated-and-declared")
def aspect_stated_and_declared(book: Book) -> Iterator[Finding]:
    """An aspect that a section states is not declared unstated as well.
    已由某一节载明的要素，不得又声明为未载明。

    Why: The page would say both that the source states the aspect and that it does not.
    原因：否则页面会一面说原文已载明，一面说原文未载明。

    Bad:
        unstated_aspects:
          content: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
          handling:  # <-
            drawn_from: [s1]
            note: {zh: 原文未单列处理一节。, en: The source has no separate section on handling.}

    Good:
        unstated_aspects:
          content: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
    """
    for regime in book.regimes:
        stated = {a: s for s in reversed(regime.sections) for a in s.aspects}
        for word in regime.unstated_aspects:
            if word in stated:
                yield Finding(
                    book.key_place(regime.id, ("unstated_aspects", word)),
                    f"要素“{word}”已由第{stated[word].number}节载明；请从两处之一删去",
                    f"aspect {word} is stated by section {stated[word].number} already; take it out of one of the two",
                    regime.id,
                )


@rule("HB103", "drawn-from-unresolved")
def drawn_from_unresolved(book: Book) -> Iterator[Finding]:
    """What an unstated aspect is drawn from exists: a section (s3) or a clause (s4-p1) of the same regime.
    未载明要素所归纳自的章节（s3）或条款（s4-p1）须存在于同一制度中。

    Why: A reader follows the link to judge whether the editors drew the aspect from the right words.
    原因：读者要沿链接核对编者的归纳是否有据。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, content, method, procedure]
            clauses:
              - zh: 电梯使用单位。
                en: User units of elevators.
                checks: {none: {zh: 本条不是检查项。, en: This clause is nothing to tick.}}
        unstated_aspects:
          handling:
            drawn_from: [s1-p2]  # <-
            note: {zh: 原文未单列处理一节。, en: The source has no separate section on handling.}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, content, method, procedure]
            clauses:
              - zh: 电梯使用单位。
                en: User units of elevators.
                checks: {none: {zh: 本条不是检查项。, en: This clause is nothing to tick.}}
        unstated_aspects:
          handling:
            drawn_from: [s1-p1]
            note: {zh: 原文未单列处理一节。, en: The source has no separate section on handling.}
    """
    for regime in book.regimes:
        known = {f.id for f in book.by_regime[regime.id]} | {f"s{s.number}" for s in regime.sections}
        for word, aspect in regime.unstated_aspects.items():
            for index, target in enumerate(aspect.drawn_from):
                if target not in known:
                    yield Finding(
                        book.place(regime.id, ("unstated_aspects", word, "drawn_from", index)),
                        f"本制度没有 {target}；请写已有的章节或条款，如 {min(known)}",
                        f"there is no {target} in this regime; name a section or clause that exists, like {min(known)}",
                        regime.id,
                    )


@rule("HB104", "section-without-aspect")
def section_without_aspect(book: Book) -> Iterator[Finding]:
    """Every section states at least one aspect.
    每一节至少载明一个要素。

    Why: A section without an aspect is found by none of the five doors of the page.
    原因：没有要素的一节，从页面的五个入口都找不到。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {zh: 电梯使用单位。, en: User units of elevators.}
          - number: 2  # <-
            heading: {zh: 附则, en: Supplementary provisions}
            clauses:
              - {zh: 本制度自发布之日起施行。, en: This regime takes effect on the date of issue.}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method]
            clauses:
              - {zh: 电梯使用单位。, en: User units of elevators.}
          - number: 2
            heading: {zh: 附则, en: Supplementary provisions}
            aspects: [handling]
            clauses:
              - {zh: 本制度自发布之日起施行。, en: This regime takes effect on the date of issue.}
    """
    for regime in book.regimes:
        for index, section in enumerate(regime.sections):
            if not section.aspects:
                yield Finding(
                    book.place(regime.id, ("sections", index)),
                    f"第{section.number}节“{section.heading.zh}”未写 aspects",
                    f"section {section.number}, “{section.heading.en}”, states no aspect; add aspects",
                    f"{regime.id}#s{section.number}",
                )


@rule("HB105", "note-reference-unresolved", whole=True)
def note_reference_unresolved(book: Book) -> Iterator[Finding]:
    """A reference in a note, such as [#s1-p1] or [#2/s1], points to a clause or section that exists.
    说明中的引用（如 [#s1-p1] 或 [#2/s1]）须指向存在的条款或章节。

    Why: The site turns it into a citation with a link; a link to nowhere makes a reader doubt the rest.
    原因：网站会把它变成带链接的引注；指向空处的链接会让读者怀疑其余内容。

    Bad:
        errata:
          - found: 电梯
            kind: term
            note: {zh: '参见[#s9]。', en: 'See [#s9].'}  # <-

    Good:
        errata:
          - found: 电梯
            kind: term
            note: {zh: '参见[#s1]。', en: 'See [#s1].'}
    """
    known = {
        r.number: {f.id for f in book.by_regime[r.id]} | {f"s{s.number}" for s in r.sections} for r in book.regimes
    }
    numbers = {r.id: r.number for r in book.regimes}
    for note in notes(book):
        for language in ("zh", "en"):
            for ref in references(note.text[language]):
                number = ref.regime if ref.regime is not None else numbers.get(note.document, 0)
                if ref.id not in known.get(number, set()):
                    yield Finding(
                        book.place(note.document, (*note.path, language)),
                        f"引用指向第{number}项制度的 {ref.id}，并不存在",
                        f"the reference points to {ref.id} of regime {number}, which does not exist",
                        note.subject,
                    )


_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2}")


@rule("HB106", "note-not-bilingual")
def note_not_bilingual(book: Book) -> Iterator[Finding]:
    """A note is written in Chinese under zh and in English under en.
    说明的 zh 用中文写，en 用英文写。

    Why: Half of the readers would otherwise meet a note they cannot read, or an empty promise.
    原因：否则一半读者会遇到看不懂的说明。

    Bad:
        errata:
          - found: 电梯
            kind: term
            note: {zh: See the title., en: See the title.}  # <-

    Good:
        errata:
          - found: 电梯
            kind: term
            note: {zh: 参见标题。, en: See the title.}
    """
    for note in notes(book):
        if not _HAN.search(note.text.zh) and not untranslated(note.text.zh):
            yield Finding(
                book.place(note.document, (*note.path, "zh")),
                "zh 说明里没有中文",
                "the note under zh holds no Chinese",
                note.subject,
            )
        if not _LATIN.search(note.text.en):
            yield Finding(
                book.place(note.document, (*note.path, "en")),
                "en 说明里没有英文",
                "the note under en holds no English",
                note.subject,
            )
