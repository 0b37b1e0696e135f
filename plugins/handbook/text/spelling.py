"""British spelling in English texts, and how the same word is spelled in American English."""

from __future__ import annotations

import re

BRITISH = re.compile(
    r"\b(?:licen[c]e[sd]?|licencing|"
    r"(?:organ|author|recogn|standard|modern|penal|util)is(?=e|ing|at|ab)\w+|"
    r"supervisour\w*|favour\w*|behaviour\w*|labour\w*|honour\w*|colour\w*|"
    r"catalogue[sd]?|centre[sd]?|metres?|programmes?|fulfils?|practise[sd]?|practising|cheques?|defence|offences?|judgements?|"
    r"enrol|cancelled|cancelling|travelled|labelled|labelling)\b",
    re.IGNORECASE,
)
"""One word spelled the British way."""

_AMERICAN = (
    (r"licenc", "licens"),
    (r"(organ|author|recogn|standard|modern|penal|util)is", r"\1iz"),
    (r"(supervis|fav|behavi|lab|hon|col)our", r"\1or"),
    (r"(catalog)ue", r"\1"),
    (r"(cent|met)re", r"\1er"),
    (r"(program)me", r"\1"),
    (r"(fulfil)", r"\1l"),
    (r"(practi)s", r"\1c"),
    (r"(che)que", r"\1ck"),
    (r"(defen|offen)ce", r"\1se"),
    (r"(judg)e(ment)", r"\1\2"),
    (r"(enrol)", r"\1l"),
    (r"(cancel|travel|label)l", r"\1"),
)


def american(text: str) -> str:
    """A text with every word of :data:`BRITISH` spelled the American way, capitals kept: *Labour Offences* is *Labor Offenses*."""
    return BRITISH.sub(lambda match: _american(match[0]), text)


def _american(word: str) -> str:
    small = word.lower()
    for british, other in _AMERICAN:
        found, count = re.subn(rf"\A{british}", other, small)
        if count:
            small = re.sub(r"\A(catalog|center)d\Z", r"\1ed", found)
            break
    if word.isupper():
        return small.upper()
    return small[0].upper() + small[1:] if word[0].isupper() else small
