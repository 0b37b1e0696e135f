"""Words of the source that state something – a measure, a condition, an authority – and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from handbook.text.citations import Span

GAP = 20
"""How many characters a … in a phrase may stand for; it never reaches over a comma, colon, semicolon or full stop."""

_END = r"(?:[。；：;:]|[，,](?!(?<=[0-9０-９].)[0-9０-９]{3}(?![0-9０-９])))"
"""What ends a stretch; the comma of 4,000元 does not."""
_STRETCH = re.compile(_END)


@lru_cache(maxsize=4096)
def pattern(phrase: str) -> re.Pattern[str]:
    """A phrase as a pattern: letter for letter, one … for up to :data:`GAP` characters of the same stretch.

    A gap does not hold the words before it again, so that the nearest pair of words counts.
    """
    head, gap, tail = phrase.partition("…")
    if not gap:
        return re.compile(re.escape(phrase))
    return re.compile(f"{re.escape(head)}(?:(?!{re.escape(head)}|{_END}).){{0,{GAP}}}?{re.escape(tail)}", re.DOTALL)


def found(text: str, words: Mapping[str, Iterable[str]]) -> tuple[Span, ...]:
    """Where each name's phrases stand in ``text``, in order of place; ``Span.name`` is the name.

    What lies inside a longer find is left out: 吊销 in 建议吊销 is no revocation.

    >>> [s.name for s in found("建议吊销证书", {"revoke": ["吊销"], "recommend": ["建议吊销"]})]
    ['recommend']
    """
    every = [
        Span(match.start(), match.end(), name)
        for name, phrases in words.items()
        for phrase in phrases
        for match in pattern(phrase).finditer(text)
    ]
    kept = {
        span
        for span in every
        if not any(
            o.start <= span.start and span.end <= o.end and o.end - o.start > span.end - span.start for o in every
        )
    }
    return tuple(sorted(kept, key=lambda s: (s.start, s.end, s.name)))


def holds(text: str, phrases: Iterable[str]) -> bool:
    """Whether any of the phrases stands in the text."""
    return any(pattern(phrase).search(text) for phrase in phrases)


def permitted(text: str, at: int, signs: Iterable[str], others: Iterable[str]) -> bool:
    """Whether what stands at ``at`` is a power: a sign (可, 可以) stands before it within the same stretch between commas.

    ``others`` are words that hold such a sign and grant nothing (许可, 可能).

    >>> permitted("没收全部违法所得，可并处罚款", 12, ["可"], ["许可"]), permitted("取得许可的处罚款", 6, ["可"], ["许可"])
    (True, False)
    """
    start = max((m.end() for m in _STRETCH.finditer(text, 0, at)), default=0)
    stretch = text[start:at]
    for other in others:
        stretch = stretch.replace(other, "\0" * len(other))
    return any(sign in stretch for sign in signs)


def quoted(text: str, words: str) -> Span | None:
    """Where ``words`` stand in ``text`` letter for letter; parts joined by …… follow one another. None where they do not.

    >>> quoted("单位超越范围承揽业务的", "单位……承揽业务")
    Span(start=0, end=10, name='单位……承揽业务')
    """
    at, start = 0, -1
    for part in words.split("……"):
        place = text.find(part, at)
        if place < 0 or not part:
            return None
        start = place if start < 0 else start
        at = place + len(part)
    return Span(start, at, words)
