"""HB2 and HB5: instruments are registered, used, and named in English as the register names them."""

from __future__ import annotations

from collections.abc import Iterator

from checks.rule import Finding, rule
from checks.translation import pairs
from handbook.model import Book
from handbook.text.citations import titles


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
            aspects: [object, content, method, procedure, handling]
            clauses:
              - zh: 依照《电梯安全条例》处理。
                en: Handling shall be in accordance with the Lift Regulations.  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, content, method, procedure, handling]
            clauses:
              - zh: 依照《电梯安全条例》处理。
                en: Handling shall be in accordance with the Regulations on Elevator Safety.
    """
    for pair in pairs(book):
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
            aspects: [object, content, method, procedure, handling]
            clauses:
              - zh: 依照《扶梯安全条例》处理。  # <-
                en: Handling shall be in accordance with the Regulations on Escalator Safety.

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查处理, en: Handling}
            aspects: [object, content, method, procedure, handling]
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
