"""HB2: the terms of the glossary are rendered as the glossary says."""

from __future__ import annotations

from collections.abc import Iterator

from checks.rule import Finding, rule
from checks.translation import translated
from handbook.model import Book
from handbook.recompose import bare
from handbook.text.citations import titles
from handbook.text.english import content_stems, renders
from handbook.views.terms import terms_in


@rule("HB205", "term-not-as-glossary")
def term_not_as_glossary(book: Book) -> Iterator[Finding]:
    """Where a term of the glossary stands in the Chinese, its rendering stands in the English.
    中文出现术语表中的用语时，译文须采用术语表的译法。

    Why: 吊销, 撤销, 撤回 and 注销 are four different acts; a reader tells them apart only if each has one name.
    原因：吊销、撤销、撤回、注销是四种不同的行为；译名固定，读者才能区分。

    Bad:
        title:
          zh: 电梯使用登记证吊销监管
          en: Supervision of the cancellation of elevator use certificates  # <-

    Good:
        title:
          zh: 电梯使用登记证吊销监管
          en: Supervision of the revocation of elevator use certificates
    """
    for pair in translated(book):
        text = pair.text.zh
        for span in titles(text):
            text = text[: span.start] + "\0" * (span.end - span.start) + text[span.end :]
        stems = content_stems(pair.text.en)
        for found in terms_in(book, text):
            term = found.term
            if not any(renders(stems, rendering) for rendering in (term.en, *term.forms)):
                forms = "”, “".join((term.en, *term.forms))
                yield Finding(
                    book.place(pair.document, (*pair.path, "en")),
                    f"“{term.zh}”按术语表译作“{forms}”，译文未用",
                    f"{term.zh} is “{forms}” in the glossary; the translation uses another rendering",
                    pair.subject,
                )


@rule("HB211", "term-not-in-source", whole=True)
def term_not_in_source(book: Book) -> Iterator[Finding]:
    """A term of the glossary occurs in the source letter for letter.
    术语表中的用语须逐字见于原文。

    Why: The glossary explains this source; a term nobody meets is a leftover or a misspelling.
    原因：术语表解释的是本原文；原文没有的词是遗留或错字。

    Bad:
        === _glossary
        terms:
          - {zh: 扶梯, en: escalator, domain: general}  # <-

    Good:
        === _glossary
        terms:
          - {zh: 电梯, en: elevator, domain: general}
    """
    source = bare(book.source_text)
    for i, term in enumerate(book.glossary.terms):
        if term.zh not in source:
            yield Finding(
                book.place("_glossary", ("terms", i)),
                f"原文中没有“{term.zh}”",
                f"{term.zh} does not occur in the source",
                f"_glossary#{term.zh}",
            )
