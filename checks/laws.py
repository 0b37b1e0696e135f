"""HB2 and HB5: instruments are registered, used, and named in English as the register names them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checks.rule import Finding, rule
from checks.translation import pairs, translated
from handbook.model import Book
from handbook.nodes import Path_
from handbook.problem import Severity
from handbook.text.citations import titles
from handbook.views.impact import unexplained


@rule("HB207", "instrument-not-as-registered")
def instrument_not_as_registered(book: Book) -> Iterator[Finding]:
    """An instrument in 《》 is named in English as the register of laws names it (cited_as).
    《》中的法规，译名与法规登记簿的 cited_as 一致。

    Why: One name lets a reader find every clause that rests on the instrument, and tells near namesakes apart.
    原因：译名统一，才能找全所有援引条款，区分名称相近的法规。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《电梯安全条例》处理。
                en: Handling shall be in accordance with the Lift Regulations.  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《电梯安全条例》处理。
                en: Handling shall be in accordance with the Regulations on Elevator Safety.
    """
    for pair in translated(book):
        for span in titles(pair.text.zh):
            law = book.laws_by_citation.get(span.name)
            if law and law.cited_as.en not in pair.text.en:
                yield Finding(
                    book.place(pair.document, (*pair.path, "en")),
                    f"《{span.name}》登记的译名是“{law.cited_as.en}”，译文未用",
                    f"《{span.name}》 is registered as “{law.cited_as.en}”, which the translation does not say",
                    pair.subject,
                )


@rule("HB501", "instrument-not-registered")
def instrument_not_registered(book: Book) -> Iterator[Finding]:
    """Every title the source prints in 《》 is in the register of laws.
    原文《》中的每个名称都登记在法规登记簿中。

    Why: An instrument outside the register has no status, so nobody notices when it is repealed.
    原因：未登记的法规没有现状，废止了也无人知道。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《扶梯安全条例》处理。  # <-
                en: Handling shall be in accordance with the Regulations on Escalator Safety.

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《电梯安全条例》处理。
                en: Handling shall be in accordance with the Regulations on Elevator Safety.
    """
    for pair in pairs(book):
        for span in titles(pair.text.zh):
            if span.name not in book.laws_by_citation:
                yield Finding(
                    book.place(pair.document, (*pair.path, "zh"), span.start),
                    f"《{span.name}》未登记；请在 _laws.yml 中加一条，cited_as.zh 与此逐字相同",
                    f"《{span.name}》 is not registered; add it to _laws.yml with this very cited_as.zh",
                    pair.subject,
                )


@rule("HB502", "instrument-not-cited", whole=True)
def instrument_not_cited(book: Book) -> Iterator[Finding]:
    """Every entry of the register of laws is cited by the source.
    法规登记簿的每一条都被原文援引。

    Why: An orphan is a leftover, or the title in the register differs from the source by a letter.
    原因：无人援引的条目是遗留，或者名称与原文差一个字。

    Bad:
        === _laws
        laws:
          - id: escalator-regulations  # <-
            cited_as: {zh: 扶梯安全条例, en: Regulations on Escalator Safety}
            title: {zh: 扶梯安全条例, en: Regulations on Escalator Safety}
            kind: law
            issuer: null
            number: null
            first_issued: null
            effective_from: null
            latest_change: null
            status: unknown
            status_note: null
            replaced_by: null
            title_issue: null
            note: null
            confidence: {title: high, number_and_dates: none, status: none}
            evidence: []
            reviewed_on: 2026-01-01

    Good:
        === _laws
        laws: []
    """
    cited = {span.name for pair in pairs(book) for span in titles(pair.text.zh)}
    for i, law in enumerate(book.laws.laws):
        if law.cited_as.zh not in cited:
            yield Finding(
                book.place("_laws", ("laws", i, "id")),
                f"原文没有援引《{law.cited_as.zh}》",
                f"the source does not cite 《{law.cited_as.zh}》",
                f"_laws#{law.id}",
            )


@rule("HB503", "instrument-id-unknown")
def instrument_id_unknown(book: Book) -> Iterator[Finding]:
    """Every id in the basis of a consequence and in the laws of a legal note is in the register of laws.
    后果的依据和法律现状说明所用的法规标识，均登记在法规登记簿中。

    Why: A misspelled id loses the status of the instrument, and with it the warning that it is gone.
    原因：标识写错，法规的现状就丢了，已废止的提示也就没有了。

    Bad:
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
                  laws: [elevator-regulations, elevator-rules]  # <-
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
        paths: list[tuple[Path_, str]] = [
            ((*found.path, "penalties", p, "basis", i), law)
            for p, penalty in enumerate(found.clause.penalties)
            for i, law in enumerate(penalty.basis)
        ]
        if found.clause.legal_note:
            paths += [
                ((*found.path, "legal_note", "laws", i), law) for i, law in enumerate(found.clause.legal_note.laws)
            ]
        for path, law in paths:
            if law not in book.laws_by_id:
                yield Finding(
                    book.place(found.regime.id, path),
                    f"法规登记簿中没有“{law}”",
                    f"“{law}” is not in the register of laws",
                    found.key,
                )


@rule("HB504", "gone-basis-without-note")
def gone_basis_without_note(book: Book) -> Iterator[Finding]:
    """A consequence whose basis is repealed, whose license is abolished or whose status is not verified carries a legal note.
    依据已废止、所依许可已取消或现状未核实的后果，附有说明该法规的法律现状。

    Why: Without the note a reader takes a dead fine for the law of today.
    原因：没有说明，读者会把已失效的罚款当作现行法律。

    Bad:
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
                    basis: [elevator-regulations]  # <-

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
    for law in book.laws.laws:
        status = book.vocabulary.statuses.get(law.status) if law.status else None
        if status is None or not status.warn:
            continue
        for found, p, i in unexplained(book, law.id):
            yield Finding(
                book.place(found.regime.id, (*found.path, "penalties", p, "basis", i)),
                f"《{law.cited_as.zh}》{status.zh}，本条及其引语没有写明该法规的 legal_note",
                f"{law.cited_as.en}: {status.en}; no legal note of the clause or what leads to it names it in laws",
                found.key,
            )


@rule("HB505", "review-overdue", Severity.WARNING)
def review_overdue(book: Book) -> Iterator[Finding]:
    """The status of every instrument was reviewed within the months _handbook.yml allows (law_review_months).
    每部法规的现状都在 _handbook.yml 规定的月数（law_review_months）内复核过。

    Why: Nobody notices by chance that a cited law is repealed.
    原因：所引法规废止了，没有人会碰巧发现。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《电梯安全条例》检查。
                en: Inspection shall be carried out pursuant to the Regulations on Elevator Safety.
        === _laws
        laws:
          - id: elevator-regulations
            cited_as: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
            title: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
            kind: law
            issuer: null
            number: null
            first_issued: null
            effective_from: null
            latest_change: null
            status: in_force
            status_note: null
            replaced_by: null
            title_issue: null
            note: null
            confidence: {title: high, number_and_dates: none, status: none}
            evidence: []
            reviewed_on: 2024-01-01  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《电梯安全条例》检查。
                en: Inspection shall be carried out pursuant to the Regulations on Elevator Safety.
        === _laws
        laws:
          - id: elevator-regulations
            cited_as: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
            title: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
            kind: law
            issuer: null
            number: null
            first_issued: null
            effective_from: null
            latest_change: null
            status: in_force
            status_note: null
            replaced_by: null
            title_issue: null
            note: null
            confidence: {title: high, number_and_dates: none, status: none}
            evidence: []
            reviewed_on: 2026-11-01
    """
    for i, law in enumerate(book.laws.laws):
        due = _months_after(law.reviewed_on, book.handbook.law_review_months)
        if law.status is not None and due < book.today:
            yield Finding(
                book.place("_laws", ("laws", i, "reviewed_on")),
                f"《{law.cited_as.zh}》的现状应于 {due} 前复核；核对后更新 status、evidence 和 reviewed_on",
                f"the status of {law.cited_as.en} was due for review by {due}; check it, then renew status, evidence and reviewed_on",
                f"_laws#{law.id}",
            )


@rule("HB506", "date-in-the-future")
def date_in_the_future(book: Book) -> Iterator[Finding]:
    """No review, legal note or check against the source bears a date after today.
    复核、法律现状说明和与原文核对的日期不得晚于今天。

    Why: A date nobody has reached vouches for nothing.
    原因：尚未到来的日期证明不了任何事。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《电梯安全条例》检查。
                en: Inspection shall be carried out pursuant to the Regulations on Elevator Safety.
        === _laws
        laws:
          - id: elevator-regulations
            cited_as: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
            title: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
            kind: law
            issuer: null
            number: null
            first_issued: null
            effective_from: null
            latest_change: null
            status: in_force
            status_note: null
            replaced_by: null
            title_issue: null
            note: null
            confidence: {title: high, number_and_dates: none, status: none}
            evidence: []
            reviewed_on: 2030-01-01  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, method, handling]
            clauses:
              - zh: 依照《电梯安全条例》检查。
                en: Inspection shall be carried out pursuant to the Regulations on Elevator Safety.
        === _laws
        laws:
          - id: elevator-regulations
            cited_as: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
            title: {zh: 电梯安全条例, en: Regulations on Elevator Safety}
            kind: law
            issuer: null
            number: null
            first_issued: null
            effective_from: null
            latest_change: null
            status: in_force
            status_note: null
            replaced_by: null
            title_issue: null
            note: null
            confidence: {title: high, number_and_dates: none, status: none}
            evidence: []
            reviewed_on: 2026-11-01
    """
    dates: list[tuple[str, Path_, date, str]] = [
        ("_laws", ("laws", i, "reviewed_on"), law.reviewed_on, f"_laws#{law.id}")
        for i, law in enumerate(book.laws.laws)
    ]
    dates += [(r.id, ("verified", "on"), r.verified.on, r.id) for r in book.regimes]
    dates += [
        (f.regime.id, (*f.path, "legal_note", "as_of"), f.clause.legal_note.as_of, f.key)
        for f in book.clauses
        if f.clause.legal_note
    ]
    for document, path, day, subject in dates:
        if day > book.today:
            yield Finding(
                book.place(document, path),
                f"{day} 晚于今天（{book.today}）",
                f"{day} is after today ({book.today})",
                subject,
            )


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no day {months} months after {day}")
