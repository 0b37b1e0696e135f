"""What a clause may carry beside its text: consequences, limits, people, thresholds, checklist items, slips, legal notes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, JsonValue, StrictBool, StrictInt, model_validator

from handbook.model.record import Bilingual, Day, Id, Record, Text, Word, refusal


def _given(key: str) -> dict[str, JsonValue]:
    """The JSON Schema of a record in which a key is written and not null."""
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


class Range(Record):
    """A bound or two, inclusive as far as the clause says; the unit is that of the field that holds it (yuan, percent)."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [_given("min"), _given("max")]})

    min: StrictInt | None = Field(None, ge=0, description="下限 | not less than")
    max: StrictInt | None = Field(None, ge=0, description="上限 | not more than")

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.min is None and self.max is None:
            raise refusal("幅度须写 min、max 或两者", "a range needs min, max or both")
        return self


class Measure(Record):
    """One consequence: what is done, whether it must be, and how much at most and least."""

    model_config = ConfigDict(
        json_schema_extra={"not": {"allOf": [_given("yuan"), _given("percent_of_illegal_gains")]}}
    )

    type: Word = Field(description="措施类型（_vocabulary.yml 的 measure_types） | measure type, from the vocabulary")
    discretionary: StrictBool = Field(False, description="“可以、可并处”为 true | true where the clause says may")
    yuan: Range | None = Field(None, description="金额幅度，元 | bounds in yuan")
    percent_of_illegal_gains: Range | None = Field(
        None, description="违法所得的百分比 | bounds in percent of illegal gains"
    )

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if self.yuan and self.percent_of_illegal_gains:
            raise refusal(
                "yuan 与 percent_of_illegal_gains 只能写一个",
                "a measure is bounded in yuan or in percent of illegal gains, not both",
            )
        return self


class Penalty(Record):
    """The legal consequences a clause attaches to a conduct, not fines alone."""

    conduct: Bilingual | Literal["items", "unstated"] = Field(
        description="违法行为，用条款原文；items 表示下列各项各为一种行为，unstated 表示条款未写明行为 | "
        "the conduct in the words of the clause; items = each item below is one, unstated = the clause names none"
    )
    when: Bilingual | None = Field(
        None, description="适用情形，用条款原文，如逾期未改正、情节严重 | the condition, in the words of the clause"
    )
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)] = Field(description="处理措施 | the consequences")
    alternatives: StrictBool = Field(
        False,
        description="条款以“或者、直至、分别”连接各措施时为 true | true where the clause joins the measures by or, up to",
    )
    authority: Word | None = Field(
        None, description="决定机关；条款未写则不填 | who decides; absent where the clause does not say"
    )
    basis: tuple[Id, ...] = Field((), description="条款所引法规（_laws.yml 的 id） | the instruments the clause names")


class Mention(Record):
    """A word of consequence in a clause that states no consequence there, and why."""

    found: Text = Field(description="原文字样，逐字 | the words of the clause, verbatim")
    reason: Bilingual = Field(description="为何不是法律后果 | why it is no consequence")


class LimitKind(StrEnum):
    """What a time limit limits."""

    DEADLINE = "deadline"
    FREQUENCY = "frequency"
    LOOK_BACK = "look_back"


class TimeUnit(StrEnum):
    """The units of time the source tells apart: 日 is a day, 工作日 a working day."""

    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    PER_DAY = "per_day"
    PER_MONTH = "per_month"
    PER_YEAR = "per_year"


class TimeLimit(Record):
    """A deadline, a frequency or a look-back period. ``immediately`` stands in place of a number."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["immediately"], "properties": {"immediately": {"const": True}}},
                {"allOf": [_given("value"), _given("unit")]},
            ]
        }
    )

    kind: LimitKind = Field(description="期限、频次或回溯期 | deadline, frequency or look-back period")
    value: StrictInt | None = Field(None, ge=1, description="数值 | the number")
    unit: TimeUnit | None = Field(
        None, description="单位；日与工作日不可混用 | the unit; 日 is day, 工作日 is working_day"
    )
    at_least: StrictBool = Field(False, description="“至少、以上”为 true | true for at least")
    immediately: StrictBool = Field(False, description="“立即、第一时间”为 true | true for at once")
    from_: Bilingual | None = Field(None, alias="from", description="起算点 | from when it runs")
    actor: Bilingual | None = Field(None, description="由谁 | who must act")
    act: Bilingual = Field(description="做什么 | what must be done")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.immediately and (self.value is None or self.unit is None):
            raise refusal(
                "期限须写 value 和 unit，或写 immediately: true",
                "a time limit needs value and unit, or immediately: true",
            )
        return self


class Staffing(Record):
    """How many people a clause demands, and whom the demand binds."""

    value: StrictInt = Field(ge=1, description="人数 | head-count")
    at_least: StrictBool = Field(False, description="“不少于、以上”为 true | true for not less than")
    who: Bilingual = Field(description="何种人员 | which people")
    binds: Literal["inspectors", "inspected"] = Field(description="约束检查方还是被检查方 | whom the demand binds")


class Threshold(Record):
    """A number from which on something counts as something else."""

    value: StrictInt = Field(ge=0, description="数值 | the number")
    unit: Word = Field(description="单位（_vocabulary.yml 的 units） | unit, from the vocabulary")
    inclusive: StrictBool | None = Field(
        None,
        description="是否含本数；条款未写明则不填 | whether the number itself counts; absent where the clause does not say",
    )
    use: Bilingual = Field(description="用途 | what it decides")


class Check(Record):
    """A question an inspector answers. ``number`` keeps the item's id where its place in the list changes."""

    zh: Text = Field(description="中文问句 | the question in Chinese")
    en: Text = Field(description="英文问句 | the question in English")
    number: StrictInt | None = Field(
        None,
        ge=1,
        description="项号，写入检查项 id；不填则为在列表中的次序 | the number in the item's id; absent = its place",
    )

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class NoChecks(Record):
    """Says that a clause is no checklist item, and why."""

    none: Bilingual = Field(description="不列入检查表的理由 | why there is nothing to tick")


class Erratum(Record):
    """A slip of the source: printed as issued, annotated, never mended. Notes may point with [#clause-id]."""

    found: Text = Field(description="原文字样，逐字 | the words of the source, verbatim")
    kind: Word = Field(description="类别（_vocabulary.yml 的 errata_kinds） | kind, from the vocabulary")
    note: Bilingual = Field(description="说明 | what is odd, and what is probably meant")


class LegalNote(Record):
    """What has changed in the cited law since: editorial, dated, with an address as evidence."""

    zh: Text = Field(description="中文 | the Chinese")
    en: Text = Field(description="英文 | the English")
    laws: tuple[Id, ...] = Field((), description="涉及的法规 | the instruments concerned")
    evidence: Text = Field(description="依据（网址或出处） | an address or work as evidence")
    as_of: Day = Field(description="核对日期 | the date it was checked")

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en
