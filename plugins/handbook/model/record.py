"""The form all records share: frozen values, no unknown keys, text in both languages."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError


class Record(BaseModel):
    """A frozen value that refuses keys it does not know. The reader turns every refusal into a problem with a place."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def refusal(zh: str, en: str) -> PydanticCustomError:
    """An error a validator raises; the reader prints it in either language with the place of the value."""
    return PydanticCustomError("handbook", "{en}", {"zh": zh, "en": en})


def _trimmed(value: str) -> str:
    if not value.strip():
        raise refusal("文字为空；请填写，或删去此键", "the text is empty; write it, or delete the key")
    if value != value.strip():
        raise refusal("文字首尾有空格；请删去", "white space at the start or end of the text; delete it")
    if "\n" in value:
        raise refusal("文字中有换行；每段写成一行", "a line break inside the text; write each paragraph on one line")
    return value


Text = Annotated[
    str,
    AfterValidator(_trimmed),
    WithJsonSchema({"type": "string", "minLength": 1, "pattern": r"^\S(.*\S)?(?![\s\S])"}),
]
"""One line of text, never empty, no white space around it."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A kebab-case name that stands in addresses: small letters, digits and single hyphens."""

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
"""A controlled word of the vocabulary: small letters, digits, underscores."""

Fingerprints = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{8}$")]
"""The fingerprint of a Chinese text and, after a hyphen, of the translation made from it; see :mod:`handbook.text.fingerprint`."""

PartialDate = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
"""A date as exact as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise refusal(f"此处应为日期 YYYY-MM-DD，不是“{value}”", f"expected a date YYYY-MM-DD, found “{value}”")


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
"""A day written YYYY-MM-DD; numbers that a parser would take for seconds are refused."""


class Bilingual(Record):
    """The same words in Chinese and in English; both are required."""

    zh: Text = Field(description="中文 | the Chinese")
    en: Text = Field(description="英文 | the English")

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en
