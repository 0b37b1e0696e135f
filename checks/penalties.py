"""HB3: every consequence is annotated, and every annotation is proven against the words of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from checks.entries import Entry, blanked, entries_of, every_entry, measure_words, placed_words, quoted_words
from checks.rule import Finding, rule
from checks.translation import untranslated
from handbook.model import Bilingual, Book, Located, Measure, Phrases, Range
from handbook.nodes import Path_
from handbook.text.amounts import Amount, amounts, english_amounts
from handbook.text.citations import Span, titles, without_titles
from handbook.text.english import content_stems
from handbook.text.figures import Kind
from handbook.text.phrases import found as everywhere
from handbook.text.phrases import holds, pattern, permitted, quoted

_KINDS = {"yuan": Kind.YUAN, "percent_of_illegal_gains": Kind.PERCENT}
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_STRETCH = re.compile(r"[，。；：,;:]")
_INTRODUCES = re.compile(r"(?:如下|下列)[^。；]*[。：:]?$|[：:]$")
_MAY_BE = re.compile(r"\bmay (?:also |concurrently )?(?:be )?(?:concurrently |also )?(?:fined|imposed)\b")


@rule("HB301", "penalty-words-not-in-clause")
def penalty_words_not_in_clause(book: Book) -> Iterator[Finding]:
    """Conduct, condition and mention are words of the clause, letter for letter (…… joins parts).
    行为、情形和例外所引文字均逐字出自条款（……连接不相邻的部分）。

    Why: A conduct in the editor's own words punishes something the source does not.
    原因：编者改写的行为，可能把原文没有处罚的事写成要处罚。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。
                en: Whoever forges records shall be fined not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造档案, en: forges records}  # <-
                    measures:
                      - type: fine
                        yuan: {max: 1000}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。
                en: Whoever forges records shall be fined not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        yuan: {max: 1000}
    """
    for found in book.clauses:
        for path, words in quoted_words(found):
            if quoted(found.clause.zh, words) is None:
                yield Finding(
                    book.place(found.regime.id, path),
                    f"条款中没有“{words}”；请照录条款文字",
                    f"the clause does not say “{words}”; use its own words, letter for letter",
                    found.key,
                )


@rule("HB302", "measure-not-in-clause")
def measure_not_in_clause(book: Book) -> Iterator[Finding]:
    """Every annotated measure is stated by the clause in words the vocabulary knows for it, after its conduct and condition.
    标注的每项措施，条款在其行为、情形之后都有词汇表所列的用语。

    Why: A measure the clause does not state is invented law; 建议吊销 is no revocation.
    原因：条款没有写的措施就是杜撰的法律；“建议吊销”不是吊销。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，予以警告。
                en: Whoever forges records shall be given a warning.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning
                      - type: fine  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，予以警告。
                en: Whoever forges records shall be given a warning.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning
    """
    for entry in every_entry(book):
        for m, measure in enumerate(entry.penalty.measures):
            if measure.type in book.vocabulary.measure_types and not entry.occurrences(measure.type):
                name = book.vocabulary.measure_types[measure.type]
                said = "、".join(dict.fromkeys(entry.text[s.start : s.end] for s in entry.words)) or "—"
                yield Finding(
                    book.place(entry.found.regime.id, (*entry.path, "measures", m, "type")),
                    f"条款此处没有“{name.zh}”的用语；此处写的是：{said}",
                    f"the clause does not state “{name.en}” here; the words here are: {said}",
                    entry.found.key,
                )


@rule("HB303", "measure-not-annotated")
def measure_not_annotated(book: Book) -> Iterator[Finding]:
    """Every measure a clause of measures or handling states is annotated.
    措施、处理各节的条款写明的每项措施都已标注。

    Why: What is not annotated is not found in the look-up, and the reader believes there is nothing.
    原因：没有标注，就查不到，读者会以为没有这项后果。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，予以警告，并处罚款。  # <-
                en: Whoever forges records shall be given a warning and fined.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，予以警告，并处罚款。
                en: Whoever forges records shall be given a warning and fined.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning
                      - type: fine
    """
    for found in _handling(book, listed=True):
        entries = entries_of(book, found)
        for span in measure_words(book, found):
            if not any(
                e.start <= span.start < e.end and any(m.type == span.name for m in e.penalty.measures) for e in entries
            ):
                name = book.vocabulary.measure_types[span.name]
                said = found.clause.zh[span.start : span.end]
                yield Finding(
                    book.place(found.regime.id, (*found.path, "zh"), span.start),
                    f"“{said}”（{name.zh}）没有标注；请在 penalties 中加上 type: {span.name}，或在 mentions 中说明",
                    f"“{said}” ({name.en}) is not annotated; add type: {span.name} to penalties, or say why not in mentions",
                    found.key,
                )


@rule("HB304", "consequence-not-annotated")
def consequence_not_annotated(book: Book) -> Iterator[Finding]:
    """Every sentence of measures and handling with a word of consequence holds an annotated measure.
    措施、处理各节中含有处理用语的每一句，都有已标注的措施。

    Why: A consequence in words the vocabulary does not know would otherwise go unseen.
    原因：用语不在词汇表中的后果，否则无人发现。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，依法追究。  # <-
                en: Whoever forges records shall be pursued in accordance with the law.

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，予以警告。
                en: Whoever forges records shall be given a warning.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning
    """
    words = book.vocabulary.phrases.consequence
    for found in _handling(book):
        text = blanked(found)
        entries = entries_of(book, found)
        for sentence in _SENTENCE.finditer(text):
            part = sentence.group(0)
            place = next((m.start() for w in words for m in [pattern(w).search(part)] if m), None)
            if place is None or _introduces(part, found, entries):
                continue
            held = any(
                e.start <= s.start < e.end and sentence.start() <= s.start < sentence.end()
                for e in entries
                for m in e.penalty.measures
                for s in e.occurrences(m.type)
            )
            if not held:
                yield Finding(
                    book.place(found.regime.id, (*found.path, "zh"), sentence.start() + place),
                    f"这一句含处理用语而没有标注：“{part[:24]}”",
                    f"this sentence has a word of consequence and no annotated measure: “{part[:24]}”",
                    found.key,
                )


@rule("HB305", "amount-differs")
def amount_differs(book: Book) -> Iterator[Finding]:
    """The bounds of a measure are those the clause states after its conduct and condition, in the same unit.
    措施的幅度与条款在其行为、情形之后所写的一致，单位相同。

    Why: A reader trusts the look-up with a fine; one zero too many is a false law.
    原因：读者凭查询结果处罚；多一个零就是错误的法律。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。
                en: Whoever forges records shall be fined not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        yuan: {max: 10000}  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。
                en: Whoever forges records shall be fined not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        yuan: {max: 1000}
    """
    for entry in every_entry(book):
        stated = [a for a in amounts(entry.text) if entry.start <= a.start < entry.end]
        for m, measure in enumerate(entry.penalty.measures):
            path = (*entry.path, "measures", m)
            key, bounds = _bounds(measure)
            if bounds is None:
                yield from _unbounded(book, entry, measure, path, stated)
                continue
            kind = book.vocabulary.measure_types.get(measure.type)
            if kind and not kind.monetary:
                yield Finding(
                    book.place(entry.found.regime.id, (*path, key)),
                    f"{kind.zh}不以金额计，不应标注幅度",
                    f"{kind.en} is not counted in money and has no bounds",
                    entry.found.key,
                )
                continue
            if any((a.kind, a.min, a.max) == (_KINDS[key], bounds.min, bounds.max) for a in stated):
                continue
            said = "、".join(a.text for a in stated) or "—"
            yield Finding(
                book.place(entry.found.regime.id, (*path, key, _wrong(bounds, key, stated))),
                f"{book.vocabulary.measure_name(measure.type, 'zh')}标为{_zh(bounds, key)}，条款写的是：{said}{_read(stated)}",
                f"{book.vocabulary.measure_name(measure.type, 'en').lower()} says {_en(bounds, key)}, the clause says {said}{_read(stated)}",
                entry.found.key,
            )


@rule("HB306", "amount-not-annotated")
def amount_not_annotated(book: Book) -> Iterator[Finding]:
    """Every amount and percentage a clause states is carried by a measure or a threshold of that clause.
    条款写明的每个金额和比例，都由该条的措施或门槛承载。

    Why: An amount the data does not hold is neither compared nor found.
    原因：数据中没有的金额，既未核对，也查不到。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。  # <-
                en: Whoever forges records shall be fined not more than RMB 1,000.

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。
                en: Whoever forges records shall be fined not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        yuan: {max: 1000}
    """
    for found in book.clauses:
        carried = {
            (_KINDS[key], bounds.min, bounds.max)
            for p in found.clause.penalties
            for m in p.measures
            for key, bounds in [_bounds(m)]
            if bounds
        }
        values = {t.value for t in found.clause.thresholds}
        stated = {(a.kind, a.min, a.max) for a in amounts(found.clause.zh)}
        misread = {kind for kind, low, high in carried if (kind, low, high) not in stated}  # HB305 reports these
        for amount in amounts(found.clause.zh):
            in_threshold = amount.min in values or amount.max in values
            unread = (amount.kind, amount.min, amount.max) not in carried and amount.kind not in misread
            if unread and not in_threshold:
                yield Finding(
                    book.place(found.regime.id, (*found.path, "zh"), amount.start),
                    f"“{amount.text}”没有标注在措施或门槛中",
                    f"“{amount.text}” is carried by no measure and no threshold of this clause",
                    found.key,
                )


@rule("HB307", "force-differs")
def force_differs(book: Book) -> Iterator[Finding]:
    """A measure is discretionary exactly where the clause, or the lead above it, says may (可, 可以).
    条款或其上引语写“可、可以”的措施标为裁量，其余不标。

    Why: 并处 is a duty, 可并处 a power; whoever mixes them up decides unlawfully.
    原因：“并处”是应当，“可并处”是可以；混淆即违法。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，可处一千元以下罚款。
                en: The bureau may fine whoever forges records not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine  # <-
                        yuan: {max: 1000}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，可处一千元以下罚款。
                en: The bureau may fine whoever forges records not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        discretionary: true
                        yuan: {max: 1000}
    """
    phrases = book.vocabulary.phrases
    for entry in every_entry(book):
        lead = _lead_permits(book, entry.found)
        for m, measure in enumerate(entry.penalty.measures):
            spans = entry.occurrences(measure.type)
            powers = {
                lead or permitted(entry.text, s.start + 1, phrases.discretionary, phrases.not_discretionary)
                for s in spans
            }
            if spans and measure.discretionary not in powers:
                path = (*entry.path, "measures", m)
                path = (*path, "discretionary") if "discretionary" in measure.model_fields_set else (*path, "type")
                said = entry.text[max(0, spans[0].start - 4) : spans[0].end]
                yield Finding(
                    book.place(entry.found.regime.id, path),
                    f"条款写的是“{said}”，{'不是裁量' if measure.discretionary else '是裁量（discretionary: true）'}",
                    f"the clause says “{said}”, which is {'no power' if measure.discretionary else 'a power (discretionary: true)'}",
                    entry.found.key,
                )


@rule("HB308", "condition-not-annotated")
def condition_not_annotated(book: Book) -> Iterator[Finding]:
    """Every condition a clause of measures or handling states (逾期, 情节严重, 构成犯罪 …) is a condition of one of its entries.
    措施、处理各节的条款写明的情形（逾期、情节严重、构成犯罪等）都标在某一项的 when 或 conduct 中。

    Why: A fine that is due only if an order is not obeyed must not look due at once.
    原因：逾期不改才罚的，不能显示为当场即罚。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，责令改正；逾期未改正的，予以警告。  # <-
                en: Whoever forges records shall be ordered to make corrections; whoever fails to make corrections within the time limit shall be given a warning.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: order_to_correct
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，责令改正；逾期未改正的，予以警告。
                en: Whoever forges records shall be ordered to make corrections; whoever fails to make corrections within the time limit shall be given a warning.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: order_to_correct
                  - conduct: {zh: 伪造记录, en: forges records}
                    when: {zh: 逾期未改正, en: fails to make corrections within the time limit}
                    measures:
                      - type: warning
    """
    for found in _handling(book):
        taken = [part for _, parts in placed_words(found) for part in parts]
        text = without_titles(found.clause.zh)
        for span in everywhere(text, {word: [word] for word in book.vocabulary.phrases.condition}):
            if not any(t.start <= span.start and span.end <= t.end for t in taken):
                yield Finding(
                    book.place(found.regime.id, (*found.path, "zh"), span.start),
                    f"情形“{span.name}”没有标注在 when 中",
                    f"the condition “{span.name}” is in no entry's when",
                    found.key,
                )


@rule("HB309", "conduct-list-not-expanded")
def conduct_list_not_expanded(book: Book) -> Iterator[Finding]:
    """A clause that introduces a list of conducts has conduct: items, and items stand below it.
    引出行为清单的条款写 conduct: items，其下有各项。

    Why: Each item of a list is a conduct that somebody looks up.
    原因：清单的每一项都是有人要查的行为。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 有下列行为之一的，予以警告：
                en: 'Whoever commits any of the following acts shall be given a warning:'
                penalties:
                  - conduct: {zh: 行为, en: acts}  # <-
                    measures:
                      - type: warning
                items:
                  - {marker: 1、, zh: 伪造记录的；, en: Forging records;}
                  - {marker: 2、, zh: 拒绝检查的。, en: Refusing inspection.}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 有下列行为之一的，予以警告：
                en: 'Whoever commits any of the following acts shall be given a warning:'
                penalties:
                  - conduct: items
                    measures:
                      - type: warning
                items:
                  - {marker: 1、, zh: 伪造记录的；, en: Forging records;}
                  - {marker: 2、, zh: 拒绝检查的。, en: Refusing inspection.}
    """
    for found in book.clauses:
        listed = holds(found.clause.zh, book.vocabulary.phrases.conduct_list) and bool(found.clause.items)
        for p, penalty in enumerate(found.clause.penalties):
            place = book.place(found.regime.id, (*found.path, "penalties", p, "conduct"))
            if penalty.conduct == "items" and not found.clause.items:
                yield Finding(
                    place,
                    "conduct: items 而本条之下没有各项",
                    "conduct: items, and no items stand below this clause",
                    found.key,
                )
            elif listed and penalty.conduct != "items":
                yield Finding(
                    place,
                    "本条引出行为清单，各项均为行为；请写 conduct: items",
                    "the clause introduces a list, each item of which is a conduct; write conduct: items",
                    found.key,
                )


@rule("HB310", "authority-differs")
def authority_differs(book: Book) -> Iterator[Finding]:
    """The deciding authority is one the clause names, and the one named beside the measure.
    决定机关为条款所写的机关；措施旁写明机关的，即为该机关。

    Why: A decision by the wrong authority is void.
    原因：机关错了，决定无效。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，由市局予以警告。
                en: Whoever forges records shall be given a warning by the municipal bureau.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning
                    authority: inspection_department  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，由市局予以警告。
                en: Whoever forges records shall be given a warning by the municipal bureau.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning
                    authority: municipal_bureau
    """
    names = {word: a.words for word, a in book.vocabulary.authorities.items()}
    for entry in every_entry(book):
        word = entry.penalty.authority
        every = everywhere(without_titles(entry.text), names)
        beside = _deciders(entry, every)
        document = entry.found.regime.id
        said = "、".join(dict.fromkeys(entry.text[s.start : s.end] for s in every)) or "—"
        if word is None and beside:
            yield Finding(
                book.place(document, (*entry.path, "measures", 0)),
                f"条款在此写明了机关（{said}），authority 没有标注",
                f"the clause names who decides here ({said}), and authority is missing",
                entry.found.key,
            )
        elif word in names and (word not in {s.name for s in every} or (beside and word not in beside)):
            yield Finding(
                book.place(document, (*entry.path, "authority")),
                f"条款此处写的机关是：{said}，不是“{book.vocabulary.authorities[word].zh}”",
                f"the authority the clause names here is {said}, not “{book.vocabulary.authorities[word].en}”",
                entry.found.key,
            )


@rule("HB311", "basis-differs")
def basis_differs(book: Book) -> Iterator[Finding]:
    """The basis holds every instrument the clause or its lead-in names, and nothing the section has not named before.
    依据包括条款及其引语所引的全部法规，不包括本节此前没有引用的法规。

    Why: The status of the basis tells the reader whether the consequence still stands.
    原因：后果是否仍然有效，要看依据的现状。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《电梯安全条例》，伪造记录的，予以警告。
                en: Pursuant to the Regulations on Elevator Safety, whoever forges records shall be given a warning.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}  # <-
                    measures:
                      - type: warning
                legal_note:
                  zh: 条例现状未核实。
                  en: The status of the regulations is not verified.
                  laws: [elevator-regulations]
                  evidence: https://example.org
                  as_of: 2026-11-24

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《电梯安全条例》，伪造记录的，予以警告。
                en: Pursuant to the Regulations on Elevator Safety, whoever forges records shall be given a warning.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning
                    basis: [elevator-regulations]
                legal_note:
                  zh: 条例现状未核实。
                  en: The status of the regulations is not verified.
                  laws: [elevator-regulations]
                  evidence: https://example.org
                  as_of: 2026-11-24
    """
    for found in book.clauses:
        if not found.clause.penalties:
            continue
        demanded, allowed = _grounds(book, found)
        for p, penalty in enumerate(found.clause.penalties):
            path = (*found.path, "penalties", p)
            for i, law in enumerate(penalty.basis):
                if law in book.laws_by_id and (law not in allowed or law in penalty.basis[:i]):
                    yield Finding(
                        book.place(found.regime.id, (*path, "basis", i)),
                        f"条款及其引语没有引用《{book.laws_by_id[law].cited_as.zh}》，或重复",
                        f"neither the clause nor what leads to it names {book.laws_by_id[law].cited_as.en}, or it stands twice",
                        found.key,
                    )
            missing = [law for law in demanded if law not in penalty.basis]
            if missing:
                names = "".join(f"《{book.laws_by_id[law].cited_as.zh}》" for law in missing)
                yield Finding(
                    book.place(found.regime.id, (*path, "basis") if penalty.basis else path),
                    f"依据缺少条款或其引语所引的{names}",
                    f"the basis lacks {names}, which the clause or its lead-in names",
                    found.key,
                )


@rule("HB312", "bounds-reversed")
def bounds_reversed(book: Book) -> Iterator[Finding]:
    """The lower bound of a measure is not above its upper bound.
    措施的下限不高于上限。

    Why: No fine fits between bounds that are reversed.
    原因：上下限颠倒，没有任何罚款符合。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以上二千元以下罚款。
                en: Whoever forges records shall be fined not less than RMB 1,000 but not more than RMB 2,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        yuan: {min: 2000, max: 1000}  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以上二千元以下罚款。
                en: Whoever forges records shall be fined not less than RMB 1,000 but not more than RMB 2,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        yuan: {min: 1000, max: 2000}
    """
    for entry in every_entry(book):
        for m, measure in enumerate(entry.penalty.measures):
            key, bounds = _bounds(measure)
            if bounds and bounds.min is not None and bounds.max is not None and bounds.min > bounds.max:
                yield Finding(
                    book.place(entry.found.regime.id, (*entry.path, "measures", m, key, "min")),
                    f"下限 {bounds.min:,} 高于上限 {bounds.max:,}",
                    f"the lower bound {bounds.min:,} is above the upper bound {bounds.max:,}",
                    entry.found.key,
                )


@rule("HB313", "alternatives-differ")
def alternatives_differ(book: Book) -> Iterator[Finding]:
    """Measures are alternatives exactly where the clause joins them by or, up to or respectively (或者, 直至, 分别).
    条款以“或、或者、直至、分别”连接的措施标为择一，其余不标。

    Why: A choice that looks like a sum punishes twice.
    原因：择一写成并用，就成了重复处罚。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，予以警告或者罚款。
                en: Whoever forges records shall be given a warning or fined.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}  # <-
                    measures:
                      - type: warning
                      - type: fine

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，予以警告或者罚款。
                en: Whoever forges records shall be given a warning or fined.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: warning
                      - type: fine
                    alternatives: true
    """
    for entry in every_entry(book):
        joined = _joined(entry, book.vocabulary.phrases)
        if joined != entry.penalty.alternatives:
            key = (
                (*entry.path, "alternatives")
                if entry.penalty.alternatives or "alternatives" in entry.penalty.model_fields_set
                else entry.path
            )
            yield Finding(
                book.place(entry.found.regime.id, key),
                "条款以“或”等连接各措施，应写 alternatives: true"
                if joined
                else "条款没有以“或”等连接这些措施，不应写 alternatives",
                "the clause joins the measures by or; write alternatives: true"
                if joined
                else "the clause does not join these measures by or; leave alternatives out",
                entry.found.key,
            )


@rule("HB314", "penalty-translation-differs")
def penalty_translation_differs(book: Book) -> Iterator[Finding]:
    """The English of a conduct and a condition uses the words of the clause's translation.
    行为和情形的英文使用该条译文的用词。

    Why: A second translation beside the first drifts from it.
    原因：同一内容两种译法，迟早不一致。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。
                en: Whoever forges records shall be fined not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: falsifies archives}  # <-
                    measures:
                      - type: fine
                        yuan: {max: 1000}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。
                en: Whoever forges records shall be fined not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        yuan: {max: 1000}
    """
    for found in book.clauses:
        have = content_stems(" ".join(f.clause.en for f in (*_above(book, found), found)))
        for p, penalty in enumerate(found.clause.penalties):
            path = (*found.path, "penalties", p)
            for key, text in (("conduct", penalty.conduct), ("when", penalty.when)):
                if not isinstance(text, Bilingual):
                    continue
                foreign = sorted(content_stems(text.en) - have)
                if foreign:
                    yield Finding(
                        book.place(found.regime.id, (*path, key, "en")),
                        f"条款译文中没有这些词：{', '.join(foreign)}",
                        f"the translation of the clause does not use: {', '.join(foreign)}",
                        found.key,
                    )


@rule("HB315", "power-translated-as-duty")
def power_translated_as_duty(book: Book) -> Iterator[Finding]:
    """The translation of a clause that grants a power says may; a clause whose fines are all duties does not say that they may be imposed.
    含裁量措施的条款译文用 may；罚款均为应当的条款，译文不写 may be fined 等。

    Why: The English reader must see the same duty and the same power.
    原因：英文读者看到的应当与可以须与中文一致。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，可处一千元以下罚款。
                en: Whoever forges records shall be fined not more than RMB 1,000.  # <-
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
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
              - zh: 伪造记录的，可处一千元以下罚款。
                en: Whoever forges records may be fined not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        discretionary: true
                        yuan: {max: 1000}
    """
    for found in book.clauses:
        measures = [m for p in found.clause.penalties for m in p.measures]
        if not measures or untranslated(found.clause.en):
            continue
        above = _above(book, found) if _lead_permits(book, found) else []
        english = " ".join(f.clause.en for f in (*above, found))
        if any(m.discretionary for m in measures) and not re.search(r"\bmay\b", english):
            yield Finding(
                book.place(found.regime.id, (*found.path, "en")),
                "条款写“可”，译文没有 may",
                "the clause grants a power (可), and the translation does not say may",
                found.key,
            )
        wrong = _MAY_BE.search(found.clause.en)
        fines = [m for m in measures if book.vocabulary.is_monetary(m.type)] or measures
        if wrong and not any(m.discretionary for m in fines):
            yield Finding(
                book.place(found.regime.id, (*found.path, "en"), wrong.start()),
                f"条款的{'罚款' if fines != measures else '措施'}均为应当，译文写了“{wrong[0]}”",
                f"all {'fines' if fines != measures else 'measures'} of the clause are duties, and the translation says “{wrong[0]}”",
                found.key,
            )


@rule("HB316", "bounds-translated-wrongly")
def bounds_translated_wrongly(book: Book) -> Iterator[Finding]:
    """The translation bounds the same amounts from the same side: 以上 not less than, 以下 not more than.
    译文的金额与比例，上下限与中文一致：以上 not less than，以下 not more than。

    Why: A figure may be right and its side wrong; then the fine is.
    原因：数字对而上下限反了，罚款就错了。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。
                en: Whoever forges records shall be fined not less than RMB 1,000.  # <-
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        yuan: {max: 1000}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 伪造记录的，处一千元以下罚款。
                en: Whoever forges records shall be fined not more than RMB 1,000.
                penalties:
                  - conduct: {zh: 伪造记录, en: forges records}
                    measures:
                      - type: fine
                        yuan: {max: 1000}
    """
    for found in book.clauses:
        if untranslated(found.clause.en):
            continue
        here = {(a.kind, a.min, a.max) for a in amounts(found.clause.zh)}
        there = {(a.kind, a.min, a.max) for a in english_amounts(found.clause.en)}
        inclusive = {(k, v, v) for k, low, high in here for v in (low, high) if v is not None}
        if here - there or there - here - inclusive:
            said = "、".join(a.text for a in amounts(found.clause.zh)) or "—"
            english = "; ".join(a.text for a in english_amounts(found.clause.en)) or "—"
            yield Finding(
                book.place(found.regime.id, (*found.path, "en")),
                f"中文的幅度是“{said}”，译文是“{english}”",
                f"the Chinese bounds are “{said}”, those of the translation “{english}”",
                found.key,
            )


def _deciders(entry: Entry, authorities: tuple[Span, ...]) -> set[str]:
    """Who decides the measures of an entry: for each, the authority named last before its words end, in the stretch.

    予以警告，由市局处罚款 leaves open who warns, and 予以警告，并报市局备案 names nobody.
    """
    here = [a for a in authorities if entry.start <= a.start < entry.end]
    named = set()
    for measure in entry.penalty.measures:
        for span in entry.occurrences(measure.type):
            before = [a for a in here if a.start < span.end]
            if before:
                named.add(before[-1].name)
    return named


def _handling(book: Book, *, listed: bool = False) -> Iterator[Located]:
    """The clauses whose consequences must be annotated: those of measures and handling, and those with penalties.

    ``listed`` adds the items of a list of conducts, which may state a measure of their own.
    """
    for found in book.clauses:
        aspects = found.section.aspects if found.section else ()
        conduct = not listed and not found.clause.penalties and _is_listed(book, found)
        if found.clause.penalties or (("measures" in aspects or "handling" in aspects) and not conduct):
            yield found


def _is_listed(book: Book, found: Located) -> bool:
    """Whether a clause is an item of a list of conducts: its words are a conduct and state no consequence."""
    lead = book.by_key.get(f"{found.regime.id}#{found.id.rpartition('-')[0]}")
    return lead is not None and any(p.conduct == "items" for p in lead.clause.penalties)


def _above(book: Book, found: Located) -> list[Located]:
    return [f for f in book.by_regime[found.regime.id] if found.id.startswith(f"{f.id}-")]


def _introduces(sentence: str, found: Located, entries: list[Entry]) -> bool:
    """Whether a sentence only leads to items that state the consequences."""
    if not _INTRODUCES.search(sentence.rstrip("\0")):
        return False
    below = list(found.clause.items)
    while below:
        clause = below.pop()
        if clause.penalties:
            return True
        below += clause.items
    return any(e.penalty.conduct == "items" for e in entries)


def _lead_permits(book: Book, found: Located) -> bool:
    """Whether a clause above that ends in a colon says may in its last stretch: 根据具体情况，可作如下处理："""
    phrases = book.vocabulary.phrases
    for lead in _above(book, found):
        text = lead.clause.zh.rstrip("：: ")
        if text != lead.clause.zh and permitted(text, len(text), phrases.discretionary, phrases.not_discretionary):
            return True
    return False


def _bounds(measure: Measure) -> tuple[str, Range | None]:
    if measure.yuan:
        return "yuan", measure.yuan
    return "percent_of_illegal_gains", measure.percent_of_illegal_gains


def _unbounded(book: Book, entry: Entry, measure: Measure, path: Path_, stated: list[Amount]) -> Iterator[Finding]:
    """A measure without bounds whose words follow an amount directly (一千元以下的罚款) has lost them."""
    for span in entry.occurrences(measure.type):
        for amount in stated:
            if amount.end <= span.start and entry.text[amount.end : span.start] in ("", "的"):
                yield Finding(
                    book.place(entry.found.regime.id, (*path, "type")),
                    f"条款写明“{amount.text}”，此处没有标注幅度",
                    f"the clause says {amount.text}, and no bounds are annotated here",
                    entry.found.key,
                )


def _wrong(bounds: Range, key: str, stated: list[Amount]) -> str:
    """The bound that differs from the nearest amount of the clause, for the place of the finding."""
    same = [a for a in stated if a.kind is _KINDS[key]]
    if bounds.max is not None and not any(a.max == bounds.max for a in same):
        return "max"
    return "min" if bounds.min is not None else "max"


def _zh(bounds: Range, key: str) -> str:
    unit = "元" if key == "yuan" else "%"
    low = f"{bounds.min:,}{unit}以上" if bounds.min is not None else ""
    return low + (f"{bounds.max:,}{unit}以下" if bounds.max is not None else "")


def _en(bounds: Range, key: str) -> str:
    unit = " yuan" if key == "yuan" else " percent"
    parts = [f"at least {bounds.min:,}{unit}"] if bounds.min is not None else []
    return " and ".join(parts + ([f"at most {bounds.max:,}{unit}"] if bounds.max is not None else []))


def _read(stated: list[Amount]) -> str:
    """The figures of the clause in digits: (10,000–30,000)."""
    return "".join(
        " (" + "–".join(f"{v:,}" for v in dict.fromkeys((a.min, a.max)) if v is not None) + ")" for a in stated
    )


def _grounds(book: Book, found: Located) -> tuple[list[str], set[str]]:
    """The instruments a clause and those above it name, and besides them those named earlier in its section."""
    above = {f.id for f in _above(book, found)} | {found.id}
    demanded: dict[str, None] = {}
    allowed: set[str] = set()
    for other in book.by_regime[found.regime.id]:
        if other.section is found.section:
            for span in titles(other.clause.zh):
                law = book.laws_by_citation.get(span.name)
                if law and law.status is not None:
                    allowed.add(law.id)
                    if other.id in above:
                        demanded[law.id] = None
        if other.id == found.id:
            break
    return list(demanded), allowed


def _stretch_start(text: str, at: int) -> int:
    return max((m.end() for m in _STRETCH.finditer(text, 0, at)), default=0)


def _joined(entry: Entry, phrases: Phrases) -> bool:
    """Whether a word of choice joins two measures (警告或者罚款; 警告，或者处罚款), or governs several (可分别给予)."""
    spans = sorted((s for m in entry.penalty.measures for s in entry.occurrences(m.type)), key=lambda s: s.start)
    if len({s.name for s in spans}) < 2:
        return False
    for span, after in pairwise(spans):
        between = entry.text[span.end : after.start]
        if any(
            not _STRETCH.search(between, match.end())  # 通报纪检或司法部门，追究责任 joins no measures
            for word in phrases.alternative
            for match in pattern(word).finditer(between)
        ):
            return True
    first = spans[0].start
    return holds(entry.text[_stretch_start(entry.text, first) : first], phrases.alternative_before)
