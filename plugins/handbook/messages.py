"""The interface's own words in one language. A key that is missing is an error, never an empty place on a page."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from pydantic import TypeAdapter
from ruamel.yaml import YAML

from handbook.model import Bilingual


class Messages:
    """Words by key: ``messages("regime_n", n="七")``. Raises KeyError for an unknown key or a missing value."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        text = catalogue()[key][self.language]
        return text.format(**values) if values else text


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Bilingual]:
    """Every message of ``messages.yml``, both languages."""
    text = files("handbook").joinpath("messages.yml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Bilingual]).validate_python(YAML(typ="safe", pure=False).load(text))
