"""Chinese as readers type it instead of the signs of a text: in traditional characters, in pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files


def traditional(signs: Iterable[str]) -> Mapping[str, str]:
    """The traditional characters that stand for one of these simplified ones, each with that one.

    >>> traditional("检证一")
    {'檢': '检', '證': '证'}
    """
    wanted = frozenset(signs)
    return {t: s for t, s in _table() if s in wanted and t not in wanted}


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, str], ...]:
    """OpenCC's characters, traditional and simplified; where one has several simplified forms, the first is the usual one."""
    lines = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return tuple((t, forms.split()[0]) for t, forms in pairs if t != forms.split()[0])


def pinyin(text: str) -> str:
    """The pinyin of a text without tones, a space between the syllables.

    >>> pinyin("广告监管")
    'guang gao jian guan'
    """
    from pypinyin import lazy_pinyin  # reads a large dictionary, which only the Chinese edition needs

    return " ".join(syllable for syllable in lazy_pinyin(text, errors="ignore") if syllable)
