"""HB2: the translation says what the Chinese says – complete, in English, every figure, nothing mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from checks.notes import notes
from checks.rule import Finding, rule
from handbook.model import Bilingual, Book, Check, Clause
from handbook.nodes import Path_
from handbook.problem import Severity
from handbook.text.figures import Figure, Kind, chinese_figures, english_figures
from handbook.text.placeholders import PLACEHOLDER
from handbook.text.spelling import BRITISH
from handbook.views.freshness import translations


@dataclass(frozen=True, slots=True)
class Pair:
    """A piece of the source and its translation: a clause, a heading, a title; or a checklist question in both languages."""

    document: str
    path: Path_
    text: Bilingual | Clause | Check
    subject: str


def pairs(book: Book) -> Iterator[Pair]:
    """Everything of the source that is translated, in its order, and the questions asked of it."""
    for regime in book.regimes:
        yield Pair(regime.id, ("title",), regime.title, regime.id)
        for s, section in enumerate(regime.sections):
            yield Pair(regime.id, ("sections", s, "heading"), section.heading, f"{regime.id}#s{section.number}")
        for found in book.by_regime[regime.id]:
            yield Pair(regime.id, found.path, found.clause, found.key)
            for c, check in enumerate(questions(found.clause)):
                yield Pair(regime.id, (*found.path, "checks", c), check, found.key)


def translated(book: Book) -> Iterator[Pair]:
    """What has a translation at all: where only TODO stands (HB201), there is nothing yet to compare."""
    return (pair for pair in pairs(book) if not untranslated(pair.text.en))


def untranslated(english: str) -> bool:
    """Whether a text only says that it is still to be written."""
    return english.strip() == "TODO"


def questions(clause: Clause) -> tuple[Check, ...]:
    """The checklist questions of a clause; none where it is excused or asked as it stands."""
    return clause.checks if isinstance(clause.checks, tuple) else ()


_ELLIPSIS = re.compile(r"\.\.\.|…")


@rule("HB201", "placeholder-text")
def placeholder_text(book: Book) -> Iterator[Finding]:
    """No text is a placeholder: no TODO, TBD, 待译, three dots or question marks.
    文字不得是占位符：TODO、TBD、待译、省略号、问号等。

    Why: A stub that looks finished is believed.
    原因：看似完成的空壳会被当真。

    Bad:
        title:
          zh: 电梯使用监管
          en: Supervision of the use of elevators (TODO)  # <-

    Good:
        title:
          zh: 电梯使用监管
          en: Supervision of the use of elevators
    """
    for pair in pairs(book):
        if untranslated(pair.text.zh):
            yield Finding(
                book.place(pair.document, (*pair.path, "zh")),
                "原文尚未填写；请照录原文的文字",
                "the Chinese is still to be written; copy the words of the issued text, letter for letter",
                pair.subject,
            )
        match = PLACEHOLDER.search(pair.text.en) or (None if "…" in pair.text.zh else _ELLIPSIS.search(pair.text.en))
        if match:
            yield _at_english(
                book,
                pair,
                match.start(),
                f"译文含占位文字“{match[0]}”；请译全",
                f"the translation holds the placeholder “{match[0]}”; translate it",
            )
    for note in notes(book):
        for language in ("zh", "en"):
            match = PLACEHOLDER.search(note.text[language])
            if match:
                yield Finding(
                    book.place(note.document, (*note.path, language), match.start()),
                    f"说明含占位文字“{match[0]}”",
                    f"the note holds the placeholder “{match[0]}”",
                    note.subject,
                )
    yield from _registers(book)


def _registers(book: Book) -> Iterator[Finding]:
    """Placeholders in what the registers name: the handbook itself, the instruments, the terms."""
    handbook = book.handbook
    named: list[tuple[str, Path_, Bilingual]] = [
        ("_handbook", ("title",), handbook.title),
        ("_handbook", ("description",), handbook.description),
        ("_handbook", ("issuer",), handbook.issuer),
        ("_handbook", ("source", "title"), handbook.source.title),
    ]
    for regime in book.regimes:
        if untranslated(regime.verified.by):
            yield Finding(
                book.place(regime.id, ("verified", "by")),
                "尚未写明由谁核对；与原文核对之后，写上核对人或事由，on 写核对当日",
                "nobody is named; once the regime has been read against the source, say by whom or on what occasion, and the day under on",
                regime.id,
            )
    for n, law in enumerate(book.laws.laws):
        named += [("_laws", ("laws", n, "cited_as"), law.cited_as), ("_laws", ("laws", n, "title"), law.title)]
    for document, path, text in named:
        for language in ("zh", "en"):
            match = PLACEHOLDER.search(text[language])
            if match:
                yield Finding(
                    book.place(document, (*path, language), match.start()),
                    f"此处仍是占位文字“{match[0]}”；请写成",
                    f"this is still the placeholder “{match[0]}”; write it",
                    document,
                )


_CHINESE = re.compile("[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")


@rule("HB202", "chinese-in-translation")
def chinese_in_translation(book: Book) -> Iterator[Finding]:
    """The translation of a title, heading or clause holds no Chinese character and no full-width punctuation.
    标题和条款的译文中不得有汉字或全角标点。

    Why: A reader of English cannot read what was left in Chinese, and full-width marks betray unfinished work.
    原因：英文读者看不懂遗留的汉字；全角标点说明译文未完成。

    Bad:
        title:
          zh: 电梯使用监管
          en: Supervision of the use of 电梯  # <-

    Good:
        title:
          zh: 电梯使用监管
          en: Supervision of the use of elevators
    """
    for pair in translated(book):
        match = _CHINESE.search(pair.text.en)
        if match:
            yield _at_english(
                book,
                pair,
                match.start(),
                f"译文里留有“{match[0]}”",
                f"“{match[0]}” is left in the translation; translate it or use half-width punctuation",
            )


_HALF_WIDTH = re.compile(r"(?<=[\u3400-\u9fff])[,;:!?()]|[,;!?](?=[\u3400-\u9fff])")


@rule("HB203", "half-width-punctuation-in-chinese")
def half_width_punctuation(book: Book) -> Iterator[Finding]:
    """The editors' Chinese uses full-width punctuation: ，；：？！（） beside a Chinese character.
    编者所写的中文使用全角标点。

    Why: It is the norm of Chinese typesetting. The source itself is exempt, it is printed as issued and proven by HB601.
    原因：这是中文排版规范。原文照录，不在此列，由 HB601 核对。

    Bad:
        errata:
          - found: 电梯
            kind: term
            note:
              zh: 参见标题,用语不同。  # <-
              en: See the title, which uses another word.

    Good:
        errata:
          - found: 电梯
            kind: term
            note:
              zh: 参见标题，用语不同。
              en: See the title, which uses another word.
    """
    for note in notes(book):
        quoted = re.sub(r"“[^”]*”|《[^》]*》|\[#[^\]]*\]", lambda m: "〇" * len(m[0]), note.text.zh)
        match = _HALF_WIDTH.search(quoted)
        if match:
            yield Finding(
                book.place(note.document, (*note.path, "zh"), match.start()),
                f"半角标点“{match[0]}”；请改为全角",
                f"half-width “{match[0]}” in Chinese; use the full-width mark",
                note.subject,
            )


_KIND_NAMES = {
    Kind.YUAN: ("元", "RMB {}"),
    Kind.PERCENT: ("%", "{} percent"),
    Kind.ARTICLE: ("条", "Article {}"),
    Kind.ORDER: ("号", "No. {}"),
    Kind.WORKING_DAY: ("个工作日", "{} working days"),
    Kind.DAY: ("日", "{} days"),
    Kind.MONTH: ("个月", "{} months"),
    Kind.YEAR: ("年", "{} years"),
    Kind.COUNT: ("", "{}"),
}


@rule("HB204", "figure-differs")
def figure_differs(book: Book) -> Iterator[Finding]:
    """Every figure of the Chinese stands in the English as often, and none is added: amounts, percentages, articles, times, counts.
    中文里的每个数字（金额、百分比、条号、期限、数量）在译文中出现同样次数，译文不得多出数字。

    Why: A fine, a deadline or an article number mistranslated is wrong law; 日 is a day and never a working day.
    原因：罚款、期限、条号译错就是错误的法律；“日”不是工作日。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 逾期不改的，处一万元以下罚款。  # <-
                en: Where no correction is made within the time limit, a fine of not more than RMB 1,000 shall be imposed.  # <-
                penalties:
                  - conduct: unstated
                    when: {zh: 逾期不改, en: no correction is made within the time limit}
                    measures:
                      - type: fine
                        yuan: {max: 10000}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 逾期不改的，处一万元以下罚款。
                en: Where no correction is made within the time limit, a fine of not more than RMB 10,000 shall be imposed.
                penalties:
                  - conduct: unstated
                    when: {zh: 逾期不改, en: no correction is made within the time limit}
                    measures:
                      - type: fine
                        yuan: {max: 10000}
    """
    for pair in translated(book):
        chinese, english = chinese_figures(pair.text.zh), english_figures(pair.text.en)
        for figure in _beyond(chinese, english):
            expected = _english(figure)
            yield Finding(
                book.place(pair.document, (*pair.path, "zh"), figure.start),
                f"中文“{figure.text}”在译文中没有对应的数字（应为 {expected}）",
                f"the Chinese says {figure.text} ({expected}), which the translation does not say",
                pair.subject,
            )
        for figure in _beyond(english, chinese):
            yield _at_english(
                book,
                pair,
                figure.start,
                f"译文的“{figure.text}”在中文里没有对应的数字",
                f"the translation says “{figure.text}”, which the Chinese does not say",
            )


def _beyond(these: tuple[Figure, ...], those: tuple[Figure, ...]) -> list[Figure]:
    left = Counter(f.meaning for f in those)
    found = []
    for figure in these:
        if left[figure.meaning] > 0:
            left[figure.meaning] -= 1
        else:
            found.append(figure)
    return found


def _english(figure: Figure) -> str:
    return _KIND_NAMES[figure.kind][1].format(f"{figure.value:,}")


@rule("HB206", "twins-translated-differently", whole=True)
def twins_translated_differently(book: Book) -> Iterator[Finding]:
    """Clauses, headings and titles that are alike word for word in Chinese are alike in English.
    中文逐字相同的条款和标题，译文也相同。

    Why: A reader would look for a difference in law where there is none.
    原因：否则读者会以为两处规定有所不同。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {marker: （一）, zh: 制定检查计划。, en: Formulate an inspection plan.}
              - {marker: （二）, zh: 制定检查计划。, en: Draw up a plan for inspection.}  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {marker: （一）, zh: 制定检查计划。, en: Formulate an inspection plan.}
              - {marker: （二）, zh: 制定检查计划。, en: Formulate an inspection plan.}
    """
    first: dict[str, Pair] = {}
    for pair in translated(book):
        twin = first.setdefault(pair.text.zh, pair)
        if twin.text.en != pair.text.en:
            place = book.place(twin.document, (*twin.path, "en"))
            at = next((i for i, (a, b) in enumerate(zip(twin.text.en, pair.text.en, strict=False)) if a != b), 0)
            yield _at_english(
                book,
                pair,
                at,
                f"中文与 {place} 逐字相同，译文却不同；请统一",
                f"the Chinese is word for word that of {place}, the translation is not; use one",
            )


_ENDS = {"。": ".", "；": ";", "：": ":"}


@rule("HB208", "end-of-translation-differs")
def end_differs(book: Book) -> Iterator[Finding]:
    """A translation ends as the clause ends: 。 as a period, ； as a semicolon, ： as a colon, nothing as nothing.
    译文的结尾与原文一致：。对应句点，；对应分号，：对应冒号，无标点则无标点。

    Why: A translation that breaks off ends differently; and the end tells whether a list goes on.
    原因：没有译完的译文结尾会不同；结尾标点也说明列举是否继续。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {zh: 电梯使用单位和维保单位。, en: User units of elevators and}  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {zh: 电梯使用单位和维保单位。, en: User units and maintenance units of elevators.}
    """
    for pair in translated(book):
        wanted = _ENDS.get(pair.text.zh[-1], "")
        last = pair.text.en.rstrip('"')[-1:]
        found = last if last in ".;:" else ""
        if wanted != found:
            yield _at_english(
                book,
                pair,
                len(pair.text.en) - 1,
                f"中文以“{pair.text.zh[-1]}”结尾，译文却以“{pair.text.en[-1]}”结尾",
                f"the Chinese ends in “{pair.text.zh[-1]}”, the translation in “{pair.text.en[-1]}”; end it with {f'“{wanted}”' if wanted else 'no mark'}",
            )


@rule("HB209", "british-spelling", Severity.WARNING)
def british_spelling(book: Book) -> Iterator[Finding]:
    """The English is spelled the American way: license, organization, catalog, practice.
    英文采用美式拼写。

    Why: One spelling lets a search for license find every license.
    原因：拼写统一，检索 license 才能找全。

    Bad:
        title:
          zh: 电梯使用许可监管
          en: Supervision of the licence to use elevators  # <-

    Good:
        title:
          zh: 电梯使用许可监管
          en: Supervision of the license to use elevators
    """
    for document, path, text, subject in english(book):
        match = BRITISH.search(text)
        if match:
            yield Finding(
                book.place(document, path, match.start()),
                f"“{match[0]}”是英式拼写",
                f"“{match[0]}” is British spelling; use the American one",
                subject,
            )


def english(book: Book) -> Iterator[tuple[str, Path_, str, str]]:
    """Every English text of the editors: its document, its path there, its words, the subject it is about."""
    for pair in pairs(book):
        yield pair.document, (*pair.path, "en"), pair.text.en, pair.subject
    for note in notes(book):
        yield note.document, (*note.path, "en"), note.text.en, note.subject


_MAY_ALSO = re.compile(r"可以?并处")
_SHALL_ALSO = re.compile(r"(?<!可)(?<!可以)并处")


@rule("HB210", "duty-or-power-lost")
def duty_or_power_lost(book: Book) -> Iterator[Finding]:
    """可并处 is a power and rendered with may; 并处 is a duty and rendered with shall.
    “可并处”是权力，译作 may；“并处”是义务，译作 shall。

    Why: Whether a fine must or may be imposed is the first thing a decision turns on.
    原因：罚款是必须处还是可以处，是作出决定的首要问题。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 责令其停止使用，可并处一千元以下的罚款。
                en: An order to cease use shall be issued, and a fine of not more than RMB 1,000 shall be imposed.  # <-
                penalties:
                  - conduct: unstated
                    measures:
                      - type: fine
                        discretionary: true
                        yuan: {max: 1000}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 责令其停止使用，可并处一千元以下的罚款。
                en: An order to cease use shall be issued, and a fine of not more than RMB 1,000 may concurrently be imposed.
                penalties:
                  - conduct: unstated
                    measures:
                      - type: fine
                        discretionary: true
                        yuan: {max: 1000}
    """
    for pair in translated(book):
        words = set(re.findall(r"[a-z]+", pair.text.en.lower()))
        for pattern, word in ((_MAY_ALSO, "may"), (_SHALL_ALSO, "shall")):
            match = pattern.search(pair.text.zh)
            if match and word not in words:
                yield _at_english(
                    book,
                    pair,
                    0,
                    f"中文有“{match[0]}”，译文却没有 {word}",
                    f"the Chinese says {match[0]}, but the translation has no “{word}”",
                )


def _at_english(book: Book, pair: Pair, offset: int, zh: str, en: str) -> Finding:
    return Finding(book.place(pair.document, (*pair.path, "en"), offset), zh, en, pair.subject)


@rule("HB212", "translation-stale", Severity.WARNING)
def translation_stale(book: Book) -> Iterator[Finding]:
    """No Chinese has changed since it was translated, unless somebody has read the translation again.
    中文改动之后，译文须随之更新，或经人复核确认。

    Why: An English text that says what the Chinese said last year misleads, and nobody sees it from the English alone.
    原因：译文仍是旧条文的意思，读者会被误导，而单看译文无从察觉。

    Bad:
        title:
          zh: 电梯使用监管
          en: Supervision of the use of elevators  # <-
        translated_from: 00000000-9c0987e2

    Good:
        title:
          zh: 电梯使用监管
          en: Supervision of the use of elevators
        translated_from: 93f54dde-9c0987e2
    """
    for found in translations(book):
        if found.state == "stale":
            yield Finding(
                book.place(found.regime.id, found.path),
                f"{found.name}：中文在翻译之后已有改动；请修改译文后运行 handbook fmt，"
                f"或确认译文无须改动：handbook fmt --confirm '{found.name}'",
                f"{found.name}: the Chinese has changed since it was translated; translate it again and run handbook fmt, "
                f"or confirm that the translation holds: handbook fmt --confirm '{found.name}'",
                found.name.removesuffix("#title"),
            )
