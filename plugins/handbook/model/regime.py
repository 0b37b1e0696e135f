"""A regime as the source states it: sections, clauses and items in order, with their annotations."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StrictInt, ValidationInfo, field_validator

from handbook.model.annotations import (
    Check,
    Erratum,
    LegalNote,
    Mention,
    NoChecks,
    Penalty,
    Staffing,
    Threshold,
    TimeLimit,
)
from handbook.model.record import Bilingual, Day, Fingerprints, Id, Record, Text, Word, refusal
from handbook.text.numerals import chinese, marker_number


def _counts(marker: str) -> str:
    try:
        marker_number(marker)
    except ValueError:
        raise refusal(f"“{marker}”不是数字", f"“{marker}” is no number") from None
    return marker


_MARKER = (
    r"[（(][一二三四五六七八九十百零]{1,7}[）)]|[一二三四五六七八九十百零]{1,7}[、.．]|[0-9０-９]{1,3}[、.．]|[（(]?[0-9０-９]{1,3}[）)]"
    r"|[①-⑳⑴-⒇]|第[一二三四五六七八九十百零]{1,7}(编|部分|章|节|条|款)"
)

Marker = Annotated[str, Field(pattern=rf"^({_MARKER})$"), AfterValidator(_counts)]
"""A paragraph number as the source prints it: （一）, 一、, 1、, 1., （1）, 1）, ①, ⑴ or 第一条."""

HeadMarker = Annotated[str, Field(pattern=rf"^(none|{_MARKER})$")]
"""The number of a heading as the source prints it, or ``none`` where it prints none."""


class Clause(Record):
    """One paragraph of the source with its translation, and the items it introduces."""

    marker: Marker | None = Field(
        None, description="原文序号，照录；无序号则不填 | the numbering, verbatim; absent where there is none"
    )
    zh: Text = Field(description="原文，逐字照录 | the source, letter for letter")
    en: Text = Field(description="译文 | the translation")
    translated_from: Fingerprints | None = Field(
        None,
        description="译文所据原文的指纹，由 handbook fmt 写成，请勿手改 | "
        "fingerprint of the Chinese the clause was translated from; written by handbook fmt, not by hand",
    )
    unsure: tuple[Word, ...] = Field(
        (),
        description="由程序提出、尚待人核对的键；核对后删去 | keys a program has proposed and nobody has confirmed; delete each once read",
    )
    penalties: tuple[Penalty, ...] = Field((), description="法律后果 | legal consequences")
    mentions: tuple[Mention, ...] = Field(
        (), description="出现处理用语但不是法律后果之处 | words of consequence that state none here"
    )
    time_limits: tuple[TimeLimit, ...] = Field((), description="期限与频次 | time limits")
    staffing: tuple[Staffing, ...] = Field((), description="人数要求 | head-counts")
    thresholds: tuple[Threshold, ...] = Field((), description="门槛 | thresholds")
    checks: Annotated[tuple[Check, ...], Field(min_length=1)] | NoChecks | None = Field(
        None,
        description="检查项；不填则内容条款整条为一项 | checklist items; absent = a clause of the content is one as it stands",
    )
    errata: tuple[Erratum, ...] = Field((), description="原文疑误 | slips of the source")
    legal_note: LegalNote | None = Field(None, description="法律现状 | what the law says today")
    items: tuple[Clause, ...] = Field((), description="本条引出的各项 | the items this clause introduces")


class Section(Record):
    """A numbered part of a regime under a heading, stating one aspect or several."""

    number: StrictInt = Field(ge=1, le=9999, description="节号（一、二、…） | number in the source")
    marker: HeadMarker | None = Field(
        None,
        description="原文的节号不写作“一、”时照录，如“第一章”；没有节号写 none | "
        "the number as printed where it is not 一、, such as 第一章; none where there is none",
    )
    heading: Bilingual = Field(description="标题，不含序号 | heading without its number")
    translated_from: Fingerprints | None = Field(
        None,
        description="译文所据标题的指纹，由 handbook fmt 写成，请勿手改 | "
        "fingerprint of the Chinese the heading was translated from; written by handbook fmt, not by hand",
    )
    unsure: tuple[Word, ...] = Field(
        (),
        description="由程序提出、尚待人核对的键；核对后删去 | keys a program has proposed and nobody has confirmed; delete each once read",
    )
    aspects: tuple[Word, ...] = Field((), description="标题所载要素 | the aspects the heading states")
    aspects_note: Bilingual | None = Field(
        None, description="标题与要素不一致时的说明 | why these aspects, where the heading does not say so"
    )
    checklist: Literal["content", "procedure", "classification"] | None = Field(
        None,
        description="本节检查项列入检查表的哪一部分；不填则依要素而定 | "
        "the part of the checklist its items stand in; absent = by the aspects",
    )
    errata: tuple[Erratum, ...] = Field((), description="标题中的疑误 | slips in the heading")
    clauses: Annotated[tuple[Clause, ...], Field(min_length=1)] = Field(description="条款 | the clauses")

    @property
    def printed(self) -> str:
        """The number before the heading as the source prints it; nothing where it prints none."""
        return _printed(self.marker, self.number)


class UnstatedAspect(Record):
    """An aspect no heading states: what it is drawn from, and a note that says so."""

    drawn_from: Annotated[tuple[str, ...], Field(min_length=1)] = Field(
        description="归纳自哪些条款（id） | the clauses it is drawn from"
    )
    note: Bilingual = Field(description="说明 | note for the reader")


class Verified(Record):
    """When, and by whom, the regime was last checked against the source."""

    on: Day = Field(description="日期 | date")
    by: Text = Field(description="核对人或事由 | by whom, or on what occasion")


class Keywords(Record):
    """Words a reader would type that do not stand in the title."""

    zh: tuple[Text, ...] = Field((), description="中文 | in Chinese")
    en: tuple[Text, ...] = Field((), description="英文 | in English")


class Regime(Record):
    """One regime. The Chinese is the authority; the order is that of the source."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"properties": {"sections": {"minItems": 1}}},
                {"required": ["preamble"], "properties": {"preamble": {"minItems": 1}}},
            ]
        }
    )

    id: Id = Field(description="网址用名，永不更改 | kebab-case name in addresses; never changes")
    number: StrictInt = Field(ge=1, le=9999, description="在原文中的序号 | number in the source")
    marker: HeadMarker | None = Field(
        None,
        description="原文的序号不写作“一、”时照录；没有序号写 none | "
        "the number as printed where it is not 一、; none where there is none",
    )
    category: Id = Field(description="分类（_vocabulary.yml） | category, from the vocabulary")
    title: Bilingual = Field(description="标题，不含序号 | title without its number")
    translated_from: Fingerprints | None = Field(
        None,
        description="译文所据标题的指纹，由 handbook fmt 写成，请勿手改 | "
        "fingerprint of the Chinese the title was translated from; written by handbook fmt, not by hand",
    )
    unsure: tuple[Word, ...] = Field(
        (),
        description="由程序提出、尚待人核对的键；核对后删去 | keys a program has proposed and nobody has confirmed; delete each once read",
    )
    keywords: Keywords = Field(default=Keywords(), description="检索同义词 | search synonyms")
    verified: Verified = Field(description="上次与原文核对 | last checked against the source")
    errata: tuple[Erratum, ...] = Field((), description="标题中的疑误 | slips in the title")
    preamble: tuple[Clause, ...] = Field((), description="序言 | paragraphs before the first section")
    sections: tuple[Section, ...] = Field(
        description="各节；原文不分节的写 [] | the sections; [] where the source has none"
    )
    unstated_aspects: dict[Word, UnstatedAspect] = Field(
        default={}, description="无标题载明的要素 | aspects no heading states"
    )

    @field_validator("sections")
    @classmethod
    def _something(cls, value: tuple[Section, ...], info: ValidationInfo) -> tuple[Section, ...]:
        if not value and not info.data.get("preamble", True):
            raise refusal("此处至少须有一节", "there must be at least one section here")
        return value

    @property
    def printed(self) -> str:
        """The number before the title as the source prints it; nothing where it prints none."""
        return _printed(self.marker, self.number)


def _printed(marker: str | None, number: int) -> str:
    return "" if marker == "none" else marker or f"{chinese(number)}、"
