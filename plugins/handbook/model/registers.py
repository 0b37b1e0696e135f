"""The registers beside the regimes: the handbook itself, its vocabulary, the instruments, the terms."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StrictBool, StrictInt, StringConstraints, model_validator

from handbook.model.record import Bilingual, Day, Id, PartialDate, Record, Text, Word, refusal


class SourceEdition(Record):
    """The issued text the regimes are checked against, letter for letter."""

    title: Bilingual = Field(description="原文名称 | name of the issued text")
    lines: tuple[Text, ...] = Field((), description="第一个制度之前的标题行 | title lines before the first regime")
    file: Text = Field(description="文件，相对于 regimes/ | file, relative to regimes/")
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="文件校验和 | checksum of the file"
    )
    date: PartialDate | None = Field(description="发布日期；不详为 null | date of issue; null when unknown")


class ForgeKind(StrEnum):
    """The forges whose addresses are known."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEE = "gitee"


class Handbook(Record):
    """What this handbook is: title, issuer, source edition, languages."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"not": {"required": ["repository"], "properties": {"repository": {"type": "string"}}}},
                {"required": ["forge"], "properties": {"forge": {"type": "string"}}},
                {
                    "properties": {
                        "repository": {"pattern": "^https?://[^/]*([gG][iI][tT])([hH][uU][bB]|[lL][aA][bB]|[eE]{2})"}
                    }
                },
            ]
        }
    )

    title: Bilingual = Field(description="手册名称 | title of the handbook")
    description: Bilingual = Field(description="一句话说明 | what it is, in one sentence")
    issuer: Bilingual = Field(description="原文发布机关 | who issued the source")
    source: SourceEdition = Field(description="原文版本 | the source edition")
    law_review_months: StrictInt = Field(
        12, ge=1, description="法规现状多少个月须复核一次 | after how many months a status must be reviewed"
    )
    editions: Annotated[tuple[Literal["zh", "en"], ...], Field(min_length=1)] = Field(
        description="语言版本，首个在根目录 | editions; the first stands at the root",
        json_schema_extra={"uniqueItems": True},
    )
    address: Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+/$")] | None = Field(
        None,
        description="手册发布网址，以 / 结尾，用于检查表上的链接和二维码 | "
        "where the handbook is published, ending in /; for the links and codes on paper",
    )
    repository: Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+$")] | None = Field(
        None,
        description="代码库网址，用于“编辑”“报告错误” | address of the repository, for editing and for reports",
    )
    forge: ForgeKind | None = Field(
        None,
        description="代码库所用平台；网址中已有平台名称的，不必写 | the forge; not needed where the address of the repository names it",
    )
    branch: Annotated[str, StringConstraints(pattern=r"^[^\s?#]+$")] = Field(
        "main", description="在网上编辑时所用的分支 | the branch that is edited on the web"
    )

    @model_validator(mode="after")
    def _each_edition_once(self) -> Self:
        if len(set(self.editions)) < len(self.editions):
            raise refusal("editions 中同一语言写了两次", "editions names a language twice")
        if self.repository and self.forge_kind is None:
            raise refusal(
                "从 repository 的网址看不出是哪个平台；请写 forge: github、gitlab 或 gitee",
                "the address of the repository does not name its forge; write forge: github, gitlab or gitee",
            )
        return self

    @property
    def forge_kind(self) -> ForgeKind | None:
        """The forge: what is written, else the one whose name the host of the repository bears."""
        if self.forge or not self.repository:
            return self.forge
        host = self.repository.split("/")[2].lower()
        return next((kind for kind in ForgeKind if kind.value in host), None)


class MeasureClass(StrEnum):
    """The classes of consequence the look-up groups by."""

    CORRECTIVE = "corrective"
    PENALTY = "penalty"
    COMPULSORY = "compulsory"
    LICENCE = "licence"
    REFERRAL = "referral"
    DISCIPLINARY = "disciplinary"
    CRIMINAL = "criminal"
    CIVIL = "civil"
    OTHER = "other"


class Aspect(Bilingual):
    """An aspect of supervision; a required one every regime defines."""

    required: StrictBool = Field(True, description="每个制度都必须具备 | every regime must define it")


Phrase = Annotated[str, StringConstraints(pattern=r"^[^\s…]+(…[^\s…]+)?$")]
"""Words as the source writes them; one … stands for up to twenty characters within the same stretch between commas."""


class MeasureType(Bilingual):
    """A kind of consequence, the class it belongs to, and the words of the source that state it."""

    class_: MeasureClass = Field(alias="class", description="类别 | class")
    words: tuple[Phrase, ...] = Field((), description="原文用语，… 代表其间文字 | the words that state it")
    monetary: StrictBool = Field(False, description="以金额计 | counted in money")


class Authority(Bilingual):
    """Who decides, and the words by which the source names it."""

    words: tuple[Phrase, ...] = Field((), description="原文用语 | the words that name it")


class Phrases(Record):
    """The words of the source by which the checks know a consequence, a condition, a power, an order of time."""

    consequence: tuple[Phrase, ...] = Field(
        (), description="处理用语：出现即须有 penalties | words after which a sentence must be annotated"
    )
    condition: tuple[Phrase, ...] = Field((), description="适用情形用语 | words that state a condition")
    discretionary: tuple[Phrase, ...] = Field((), description="裁量用语，如可、可以 | words that grant a power")
    not_discretionary: tuple[Phrase, ...] = Field(
        (), description="含裁量用字而非裁量的词，如许可 | words that hold such a sign and grant none"
    )
    alternative: tuple[Phrase, ...] = Field((), description="择一用语，如或者、直至 | words that join alternatives")
    alternative_before: tuple[Phrase, ...] = Field(
        (), description="写在各措施之前的择一用语，如分别 | words before measures that make them alternatives"
    )
    conduct_list: tuple[Phrase, ...] = Field(
        (), description="引出行为清单的用语，如下列行为之一 | words that introduce a list of conducts"
    )
    at_least: tuple[Phrase, ...] = Field((), description="至少用语 | words for not less than")
    immediately: tuple[Phrase, ...] = Field((), description="立即用语 | words for at once")
    asking: tuple[Text, ...] = Field(
        ("是否",), description="检查项问句可以添加的字词 | words a checklist question may add to those of its clause"
    )
    unasked: tuple[Text, ...] = Field(
        (), description="检查项问句不必重复的条款字词 | words of a clause no checklist question needs to repeat"
    )


class Status(Bilingual):
    """The standing of an instrument. ``warn`` asks pages to flag what rests on it."""

    warn: StrictBool = Field(False, description="页面须提示 | pages flag what rests on it")
    short: Bilingual | None = Field(None, description="标签上的简称 | a short form for labels")

    def label(self, language: str) -> str:
        """The short form, where there is one."""
        return (self.short or self)[language]


class Vocabulary(Record):
    """Every controlled word of the data, in both languages; the order is the order on the pages."""

    aspects: dict[Word, Aspect] = Field(description="监管要素 | aspects of supervision")
    categories: dict[Id, Bilingual] = Field(description="制度分类 | categories of regimes")
    measure_classes: dict[Word, Bilingual] = Field({}, description="措施类别的名称 | names of the classes of measures")
    measure_types: dict[Word, MeasureType] = Field(description="措施类型 | types of measures")
    authorities: dict[Word, Authority] = Field(description="决定机关 | authorities that decide")
    units: dict[Word, Bilingual] = Field(description="门槛的单位 | units of thresholds")
    statuses: dict[Word, Status] = Field(description="法规现状 | statuses of instruments")
    law_kinds: dict[Word, Bilingual] = Field(description="法规效力层级 | kinds of instruments")
    domains: dict[Word, Bilingual] = Field(description="术语领域 | domains of terms")
    errata_kinds: dict[Word, Bilingual] = Field(description="原文疑误类别 | kinds of slips")
    phrases: Phrases = Field(default=Phrases(), description="检查所用的原文用语 | the words the checks look for")

    def measure_name(self, word: str, language: str) -> str:
        """The name of a measure type; a word the vocabulary lacks (HB004) stands for itself."""
        return self.measure_types[word][language] if word in self.measure_types else word

    def is_monetary(self, word: str) -> bool:
        """Whether a measure type is counted in money."""
        return word in self.measure_types and self.measure_types[word].monetary


class Level(StrEnum):
    """How sure the editors are of a fact."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


class Confidence(Record):
    """How well the facts of an instrument are established."""

    title: Level = Field(description="全称 | of the full title")
    number_and_dates: Level = Field(description="文号和日期 | of the number and the dates")
    status: Level = Field(description="现状 | of the status")


class Law(Record):
    """An instrument, form or certificate the source names in 《》. ``null`` means not verified, never guessed."""

    id: Id = Field(description="标识 | id")
    cited_as: Bilingual = Field(
        description="原文所用名称及译文用名 | the title as the source prints it, and its English in the clauses"
    )
    title: Bilingual = Field(description="全称 | full title")
    kind: Word = Field(description="效力层级（_vocabulary.yml） | kind, from the vocabulary")
    issuer: Bilingual | None = Field(description="发布机关 | issuing body")
    number: Bilingual | None = Field(description="文号 | number")
    first_issued: PartialDate | None = Field(description="首次发布 | first issued")
    effective_from: PartialDate | None = Field(description="施行日期 | effective from")
    latest_change: PartialDate | None = Field(description="最近修改 | latest change")
    status: Word | None = Field(
        description="现状（_vocabulary.yml）；表格证书为 null | status, from the vocabulary; null for forms"
    )
    status_note: Bilingual | None = Field(description="现状说明 | the status in words")
    replaced_by: Bilingual | None = Field(description="被何取代 | successor")
    title_issue: Bilingual | None = Field(description="原文名称的问题 | what is odd about the title in the source")
    note: Bilingual | None = Field(description="读者须知 | what a reader must know")
    confidence: Confidence = Field(description="可信度 | how sure this is")
    evidence: tuple[Text, ...] = Field(description="依据 | addresses or works")
    reviewed_on: Day = Field(description="核对日期 | when this was last reviewed")


class Laws(Record):
    """The register of instruments."""

    laws: tuple[Law, ...] = Field(description="法规 | the instruments")


class Term(Record):
    """A term of the source and the rendering this handbook uses."""

    zh: Text = Field(description="原文用语，逐字 | the term, letter for letter")
    en: Text = Field(description="本手册译法 | the rendering used here")
    forms: tuple[Text, ...] = Field((), description="译法的其他语法形式 | grammatical forms of that rendering")
    variants: tuple[Text, ...] = Field((), description="他处译法，本手册不用 | renderings others use")
    not_in: tuple[Text, ...] = Field(
        (), description="不作此词理解的更长字串 | longer strings in which this is not the term"
    )
    domain: Word = Field(description="领域（_vocabulary.yml） | domain, from the vocabulary")
    note: Bilingual | None = Field(None, description="说明 | note")
    attested: Text | None = Field(None, description="译法出处 | a public source that uses the rendering")


class Glossary(Record):
    """The term base."""

    terms: tuple[Term, ...] = Field(description="术语 | the terms")


ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\.s[0-9]+(-p?[0-9]+)+\.[1-9][0-9]*$")]
"""The id of a checklist item over all regimes: regime, clause, number of the question."""

ClauseKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*#s[0-9]+(-p?[0-9]+)+$")]
"""The name of a clause over all regimes: ``regime-id#clause-id``."""

SectionKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*#s[0-9]+$")]
"""The name of a section over all regimes: ``regime-id#s5``."""

AnchorKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*#s[0-9]+(-p?[0-9]+)*$")]
"""The name of a clause or a section."""

Signed = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8} \S.*$")]
"""The fingerprint of a text (see :mod:`handbook.text.fingerprint`), a space, its first words for people to know it by."""


class Published(Record):
    """The lock of what has been published under an id. Written by ``handbook lock``, never by hand."""

    regimes: dict[Id, Text] = Field(
        default={}, description="制度 id 及其中文标题 | ids of regimes and their Chinese titles"
    )
    sections: dict[SectionKey, Text] = Field(
        default={}, description="节 id 及其中文标题 | ids of sections and their Chinese headings"
    )
    clauses: dict[ClauseKey, Signed] = Field(
        default={},
        description="条款 id 及其原文的指纹和开头 | ids of clauses, the fingerprint of the Chinese and its first words",
    )
    checklist_items: dict[ItemId, Text] = Field(
        default={}, description="检查项 id 及其中文问句 | ids of checklist items and their Chinese questions"
    )
    laws: dict[Id, Text] = Field(
        default={}, description="法规 id 及原文所用名称 | ids of instruments and the titles the source cites them by"
    )


class Redirects(Record):
    """Where published ids have gone: to another id, or null where nothing took their place.

    What is said of a regime, a section or a clause goes for everything below it that is not named itself.
    """

    regimes: dict[Id, Id | None] = Field(
        default={},
        description="旧制度 id: 新 id；无替代则为 null；其下的节、条款、检查项随之移走 | "
        "old regime id: the new one; null where nothing took its place; all it holds goes with it",
    )
    clauses: dict[AnchorKey, AnchorKey | None] = Field(
        default={},
        description="旧条款或节: 新条款或节（制度标识#条款标识）；无替代则为 null | "
        "old clause or section: the new one (regime-id#clause-id); null where nothing took its place",
    )
    checklist_items: dict[ItemId, ItemId | None] = Field(
        default={},
        description="旧检查项 id: 新 id；无替代则为 null | old item id: the new one; null where nothing took its place",
    )
    laws: dict[Id, Id | None] = Field(
        default={},
        description="旧法规 id: 新 id；无替代则为 null | old id of an instrument: the new one; null where nothing took its place",
    )
