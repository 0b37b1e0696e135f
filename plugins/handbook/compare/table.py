"""Every field of the model the comparison knows: what it is called in both languages and what kind of change it makes.

A test walks the model and demands an entry here for each field of each record, so that none can be forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass

from handbook.compare.change import Kind
from handbook.model import (
    Check,
    Clause,
    Erratum,
    Handbook,
    Keywords,
    Law,
    LegalNote,
    Measure,
    MeasureType,
    Mention,
    NoChecks,
    Penalty,
    Phrases,
    Range,
    Record,
    Regime,
    Section,
    SourceEdition,
    Staffing,
    Term,
    Threshold,
    TimeLimit,
    UnstatedAspect,
    Verified,
)
from handbook.model.record import Bilingual
from handbook.model.registers import Aspect, Authority, Confidence, Status
from handbook.problem import Message


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name in both languages, and the kind of a change of it. ``words`` is the group of the vocabulary its words are of."""

    kind: Kind
    name: Message
    words: str = ""


def _f(kind: Kind, zh: str, en: str, words: str = "") -> Field:
    return Field(kind, Message(zh, en), words)


_BOTH = {"zh": _f(Kind.TEXT, "中文", "Chinese"), "en": _f(Kind.TRANSLATION, "英文", "English")}
_TIE = _f(Kind.FRESHNESS, "译文所据原文", "the Chinese the translation was made from")
_UNSURE = _f(Kind.UNSURE, "待核对", "not yet confirmed")
_ERRATA = _f(Kind.ERRATUM, "原文疑误", "slip of the source")
_WORDS = _f(Kind.VOCABULARY, "原文用语", "words of the source")

FIELDS: dict[type[Record], dict[str, Field]] = {
    Bilingual: _BOTH,
    Range: {"min": _f(Kind.AMOUNT, "下限", "lower bound"), "max": _f(Kind.AMOUNT, "上限", "upper bound")},
    Measure: {
        "type": _f(Kind.MEASURE, "措施", "measure", "measure_types"),
        "discretionary": _f(Kind.DISCRETION, "应当或可以", "must or may"),
        "yuan": _f(Kind.AMOUNT, "金额", "amount"),
        "percent_of_illegal_gains": _f(Kind.PERCENT, "违法所得比例", "share of illegal gains"),
    },
    Penalty: {
        "conduct": _f(Kind.CONDUCT, "违法行为", "conduct"),
        "when": _f(Kind.CONDITION, "适用情形", "condition"),
        "measures": _f(Kind.MEASURE, "措施", "measure"),
        "alternatives": _f(Kind.ALTERNATIVES, "各措施的关系", "the measures together"),
        "authority": _f(Kind.AUTHORITY, "决定机关", "authority", "authorities"),
        "basis": _f(Kind.BASIS, "依据", "basis", "laws"),
    },
    Mention: {
        "found": _f(Kind.MENTION, "原文字样", "words of the clause"),
        "reason": _f(Kind.MENTION, "不是后果的理由", "why it is no consequence"),
    },
    TimeLimit: {
        "kind": _f(Kind.TIME_LIMIT, "种类", "kind"),
        "value": _f(Kind.TIME_LIMIT, "数值", "number"),
        "unit": _f(Kind.TIME_LIMIT, "单位", "unit"),
        "at_least": _f(Kind.TIME_LIMIT, "至少", "at least"),
        "immediately": _f(Kind.TIME_LIMIT, "立即", "at once"),
        "from_": _f(Kind.TIME_LIMIT, "起算点", "runs from"),
        "actor": _f(Kind.TIME_LIMIT, "由谁", "who must act"),
        "act": _f(Kind.TIME_LIMIT, "做什么", "what must be done"),
    },
    Staffing: {
        "value": _f(Kind.STAFFING, "人数", "head-count"),
        "at_least": _f(Kind.STAFFING, "至少", "at least"),
        "who": _f(Kind.STAFFING, "何种人员", "which people"),
        "binds": _f(Kind.STAFFING, "约束对象", "whom it binds"),
    },
    Threshold: {
        "value": _f(Kind.THRESHOLD, "数值", "number"),
        "unit": _f(Kind.THRESHOLD, "单位", "unit"),
        "inclusive": _f(Kind.THRESHOLD, "是否含本数", "whether the number itself counts"),
        "use": _f(Kind.THRESHOLD, "用途", "what it decides"),
    },
    Check: {
        "zh": _f(Kind.CHECKLIST, "检查问句", "checklist question"),
        "en": _f(Kind.CHECKLIST, "检查问句", "checklist question"),
        "number": _f(Kind.ID, "检查项编号", "number of the checklist item"),
    },
    NoChecks: {"none": _f(Kind.CHECKLIST, "不列入检查表的理由", "why there is nothing to tick")},
    Erratum: {
        "found": _f(Kind.ERRATUM, "原文字样", "words of the source"),
        "kind": _f(Kind.ERRATUM, "疑误类别", "kind of slip", "errata_kinds"),
        "note": _f(Kind.ERRATUM, "疑误说明", "note on the slip"),
    },
    LegalNote: {
        "zh": _f(Kind.LEGAL_NOTE, "法律现状说明", "legal note"),
        "en": _f(Kind.LEGAL_NOTE, "法律现状说明", "legal note"),
        "laws": _f(Kind.LEGAL_NOTE, "说明涉及的法规", "instruments of the note", "laws"),
        "evidence": _f(Kind.LEGAL_NOTE, "说明的依据", "evidence of the note"),
        "as_of": _f(Kind.LEGAL_NOTE, "说明的核对日期", "date of the note"),
    },
    Clause: {
        "marker": _f(Kind.MARKER, "序号", "numbering"),
        "zh": _f(Kind.TEXT, "原文", "text"),
        "en": _f(Kind.TRANSLATION, "译文", "translation"),
        "translated_from": _TIE,
        "unsure": _UNSURE,
        "penalties": _f(Kind.PENALTY, "法律后果", "consequence"),
        "mentions": _f(Kind.MENTION, "非后果用语", "words of no consequence"),
        "time_limits": _f(Kind.TIME_LIMIT, "期限", "time limit"),
        "staffing": _f(Kind.STAFFING, "人数要求", "head-count"),
        "thresholds": _f(Kind.THRESHOLD, "门槛", "threshold"),
        "checks": _f(Kind.CHECKLIST, "检查项", "checklist item"),
        "errata": _ERRATA,
        "legal_note": _f(Kind.LEGAL_NOTE, "法律现状说明", "legal note"),
        "items": _f(Kind.CLAUSE, "所引各项", "items"),
    },
    Section: {
        "number": _f(Kind.POSITION, "节号", "number of the section"),
        "marker": _f(Kind.POSITION, "所印节号", "number of the section as printed"),
        "heading": _f(Kind.TEXT, "标题", "heading"),
        "translated_from": _TIE,
        "unsure": _UNSURE,
        "aspects": _f(Kind.ASPECT, "要素", "aspects", "aspects"),
        "aspects_note": _f(Kind.ASPECT, "要素说明", "note on the aspects"),
        "checklist": _f(Kind.CHECKLIST, "检查表部分", "part of the checklist"),
        "errata": _ERRATA,
        "clauses": _f(Kind.CLAUSE, "条款", "clauses"),
    },
    UnstatedAspect: {
        "drawn_from": _f(Kind.ASPECT, "归纳自", "drawn from"),
        "note": _f(Kind.ASPECT, "归纳说明", "note on how it is drawn"),
    },
    Verified: {
        "on": _f(Kind.VERIFIED, "与原文核对的日期", "date checked against the source"),
        "by": _f(Kind.VERIFIED, "核对人", "checked by"),
    },
    Keywords: {
        "zh": _f(Kind.KEYWORDS, "中文检索词", "Chinese keywords"),
        "en": _f(Kind.KEYWORDS, "英文检索词", "English keywords"),
    },
    Regime: {
        "id": _f(Kind.ID, "制度标识", "id of the regime"),
        "number": _f(Kind.ID, "制度序号", "number of the regime"),
        "marker": _f(Kind.POSITION, "所印序号", "number of the regime as printed"),
        "category": _f(Kind.POSITION, "分类", "category", "categories"),
        "title": _f(Kind.TEXT, "标题", "title"),
        "translated_from": _TIE,
        "unsure": _UNSURE,
        "keywords": _f(Kind.KEYWORDS, "检索词", "keywords"),
        "verified": _f(Kind.VERIFIED, "核对记录", "verification"),
        "errata": _ERRATA,
        "preamble": _f(Kind.CLAUSE, "序言", "preamble"),
        "sections": _f(Kind.SECTION, "各节", "sections"),
        "unstated_aspects": _f(Kind.ASPECT, "未列明的要素", "unstated aspect"),
    },
    SourceEdition: {
        "title": _f(Kind.HANDBOOK, "原文名称", "name of the issued text"),
        "lines": _f(Kind.HANDBOOK, "原文标题行", "title lines of the issued text"),
        "file": _f(Kind.HANDBOOK, "原文文件", "file of the issued text"),
        "sha256": _f(Kind.ISSUED_TEXT, "原文校验和", "checksum of the issued text"),
        "date": _f(Kind.HANDBOOK, "原文发布日期", "date of issue"),
    },
    Handbook: {
        "title": _f(Kind.HANDBOOK, "手册名称", "title of the handbook"),
        "description": _f(Kind.HANDBOOK, "手册说明", "description of the handbook"),
        "issuer": _f(Kind.HANDBOOK, "原文发布机关", "issuer of the source"),
        "source": _f(Kind.HANDBOOK, "原文版本", "source edition"),
        "law_review_months": _f(Kind.HANDBOOK, "法规复核周期（月）", "months until a status is reviewed"),
        "editions": _f(Kind.HANDBOOK, "语言版本", "editions"),
        "address": _f(Kind.HANDBOOK, "发布网址", "address of the handbook"),
        "repository": _f(Kind.HANDBOOK, "代码库网址", "address of the repository"),
        "forge": _f(Kind.HANDBOOK, "代码平台", "forge"),
        "branch": _f(Kind.HANDBOOK, "在网上编辑的分支", "branch that is edited on the web"),
    },
    Aspect: {
        **{k: _f(Kind.VOCABULARY, "名称", "name") for k in ("zh", "en")},
        "required": _f(Kind.VOCABULARY, "是否必备", "required"),
    },
    MeasureType: {
        **{k: _f(Kind.VOCABULARY, "名称", "name") for k in ("zh", "en")},
        "class_": _f(Kind.VOCABULARY, "类别", "class", "measure_classes"),
        "words": _WORDS,
        "monetary": _f(Kind.VOCABULARY, "以金额计", "counted in money"),
    },
    Authority: {**{k: _f(Kind.VOCABULARY, "名称", "name") for k in ("zh", "en")}, "words": _WORDS},
    Status: {
        **{k: _f(Kind.VOCABULARY, "名称", "name") for k in ("zh", "en")},
        "warn": _f(Kind.VOCABULARY, "页面提示", "pages warn"),
        "short": _f(Kind.VOCABULARY, "简称", "short form"),
    },
    Phrases: {
        "consequence": _f(Kind.VOCABULARY, "处理用语", "words of consequence"),
        "condition": _f(Kind.VOCABULARY, "情形用语", "words of condition"),
        "discretionary": _f(Kind.VOCABULARY, "裁量用语", "words of discretion"),
        "not_discretionary": _f(Kind.VOCABULARY, "非裁量用语", "words of no discretion"),
        "alternative": _f(Kind.VOCABULARY, "择一用语", "words of alternatives"),
        "alternative_before": _f(Kind.VOCABULARY, "前置择一用语", "words before alternatives"),
        "conduct_list": _f(Kind.VOCABULARY, "行为清单用语", "words before a list of conducts"),
        "at_least": _f(Kind.VOCABULARY, "至少用语", "words for not less than"),
        "immediately": _f(Kind.VOCABULARY, "立即用语", "words for at once"),
        "asking": _f(Kind.VOCABULARY, "问句可加字词", "words questions may add"),
        "unasked": _f(Kind.VOCABULARY, "问句可省字词", "words questions need not repeat"),
    },
    Confidence: {
        "title": _f(Kind.LAW_ENTRY, "名称可信度", "confidence in the title"),
        "number_and_dates": _f(Kind.LAW_ENTRY, "文号日期可信度", "confidence in number and dates"),
        "status": _f(Kind.LAW_ENTRY, "现状可信度", "confidence in the status"),
    },
    Law: {
        "id": _f(Kind.ID, "法规标识", "id of the instrument"),
        "cited_as": _f(Kind.LAW_ENTRY, "原文所用名称", "title as cited"),
        "title": _f(Kind.LAW_ENTRY, "全称", "full title"),
        "kind": _f(Kind.LAW_ENTRY, "效力层级", "kind of instrument", "law_kinds"),
        "issuer": _f(Kind.LAW_ENTRY, "发布机关", "issuing body"),
        "number": _f(Kind.LAW_ENTRY, "文号", "number"),
        "first_issued": _f(Kind.LAW_ENTRY, "首次发布", "first issued"),
        "effective_from": _f(Kind.LAW_STATUS, "施行日期", "effective from"),
        "latest_change": _f(Kind.LAW_STATUS, "最近修改", "latest change"),
        "status": _f(Kind.LAW_STATUS, "现状", "status", "statuses"),
        "status_note": _f(Kind.LAW_STATUS, "现状说明", "the status in words"),
        "replaced_by": _f(Kind.LAW_STATUS, "被何取代", "successor"),
        "title_issue": _f(Kind.LAW_ENTRY, "名称问题", "what is odd about the title"),
        "note": _f(Kind.LAW_ENTRY, "读者须知", "what a reader must know"),
        "confidence": _f(Kind.LAW_ENTRY, "可信度", "confidence"),
        "evidence": _f(Kind.LAW_ENTRY, "依据", "evidence"),
        "reviewed_on": _f(Kind.LAW_ENTRY, "复核日期", "reviewed on"),
    },
    Term: {
        "zh": _f(Kind.TERM, "用语", "term"),
        "en": _f(Kind.TERM, "译法", "rendering"),
        "forms": _f(Kind.TERM, "语法形式", "grammatical forms"),
        "variants": _f(Kind.TERM, "不用的译法", "renderings not used"),
        "not_in": _f(Kind.TERM, "不作此解的字串", "strings in which it is not the term"),
        "domain": _f(Kind.TERM, "领域", "domain", "domains"),
        "note": _f(Kind.TERM, "说明", "note"),
        "attested": _f(Kind.TERM, "译法出处", "attested by"),
    },
}
"""The fields by record and attribute. Registers that are maps or lists of such records are compared entry by entry."""
