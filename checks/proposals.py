"""HB213: what a program has proposed is confirmed by somebody who has read it."""

from __future__ import annotations

from collections.abc import Iterator

from checks.rule import Finding, rule
from handbook.model import Book, Clause, Regime, Section
from handbook.nodes import Path_

_KEYS = {
    form: tuple(field.alias or name for name, field in form.model_fields.items() if name != "unsure")
    for form in (Regime, Section, Clause)
}


@rule("HB213", "proposal-unconfirmed")
def proposal_unconfirmed(book: Book) -> Iterator[Finding]:
    """No key is left under unsure: whoever has read a proposal against its clause deletes the key's name there.
    unsure 中没有剩下的键：对照条款核对了程序提出的内容，就从 unsure 中删去它的名字。

    Why: A program reads words, not law. What it proposes must not be published as if somebody had decided it.
    原因：程序读的是字词，不是法律；它提出的内容，不得当作有人核定的内容发布。

    Bad:
        preamble:
          - zh: 检查使用登记。
            en: Use registration is inspected.
            unsure: [checks]  # <-
            checks: [{zh: 是否使用登记？, en: 'Is use registered?'}]

    Good:
        preamble:
          - zh: 检查使用登记。
            en: Use registration is inspected.
            checks: [{zh: 是否使用登记？, en: 'Is use registered?'}]
    """
    for document, path, subject, record in _records(book):
        for i, key in enumerate(record.unsure):
            place = book.place(document, (*path, "unsure", i))
            if key not in _KEYS[type(record)]:
                yield Finding(
                    place,
                    f"unsure 中的“{key}”不是这里的键；请写此处可以有的键，或删去",
                    f"“{key}” under unsure is no key of this entry; name one of its keys, or delete it",
                    subject,
                )
            else:
                yield Finding(
                    place,
                    f"{key} 由程序提出，尚未核对；请对照条款核对，改正后从 unsure 中删去这个词",
                    f"{key} was proposed by a program; read it against the clause, mend it, then delete the word from unsure",
                    subject,
                )


def _records(book: Book) -> Iterator[tuple[str, Path_, str, Regime | Section | Clause]]:
    """Everything that may be unsure: its document, its path there, its subject, itself."""
    for regime in book.regimes:
        yield regime.id, (), regime.id, regime
        for s, section in enumerate(regime.sections):
            yield regime.id, ("sections", s), f"{regime.id}#s{section.number}", section
        for found in book.by_regime[regime.id]:
            yield regime.id, found.path, found.key, found.clause
