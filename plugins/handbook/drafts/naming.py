"""Proposed ids: from the renderings of the glossary where these cover a title, else in pinyin."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from pypinyin import lazy_pinyin

MAX_SYLLABLES = 8
"""How many syllables of a title an id in pinyin takes."""

_EMPTY = re.compile("[的对与及和、，（）()“”]|关于|监督管理|监管|监督|管理|制度|办法|规定")
_MAX_LENGTH = 60


def proposed_id(title: str, renderings: Mapping[str, str], taken: Collection[str], fallback: str) -> str:
    """An id for a title: kebab-case, not among ``taken``. ``renderings`` are English words by Chinese terms.

    >>> proposed_id("电梯监督管理", {"电梯": "elevator"}, (), "regime"), proposed_id("药品", {}, ["yao-pin"], "regime")
    ('elevator', 'yao-pin-2')
    """
    base = _translated(title, renderings) or _spelled(title) or fallback
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def _translated(title: str, renderings: Mapping[str, str]) -> str:
    """The title in the words of the glossary, or nothing where it holds more than they cover."""
    rest, words = title, []
    terms = sorted((t for t in renderings if t in title), key=lambda t: (-len(t), t))
    while rest:
        term = next((t for t in terms if rest.startswith(t)), None)
        if term:
            words.append(renderings[term])
            rest = rest[len(term) :]
        elif empty := _EMPTY.match(rest):
            rest = rest[empty.end() :]
        else:
            return ""
    return _slug(" ".join(words))


def _spelled(title: str) -> str:
    short = _EMPTY.sub("", title) or title
    return _slug("-".join(lazy_pinyin(short)[:MAX_SYLLABLES]))


def _slug(text: str) -> str:
    plain = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
    if len(plain) <= _MAX_LENGTH:
        return plain
    return plain[: _MAX_LENGTH + 1].rpartition("-")[0] or plain[:_MAX_LENGTH]
