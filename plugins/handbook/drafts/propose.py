"""What a clause seems to state – consequences, times, head-counts, thresholds – as annotations for somebody to confirm.

The words are those of the vocabulary, the figures those of :mod:`handbook.text`; every quotation is letter for letter from the clause,
every translation a placeholder. Nothing here is certain, so all of it is marked unsure by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from handbook.drafts.outline import Clause, Section
from handbook.model import Vocabulary
from handbook.text.amounts import Amount, amounts
from handbook.text.citations import Span, titles, without_titles
from handbook.text.figures import Kind
from handbook.text.phrases import found as everywhere
from handbook.text.phrases import holds, pattern, permitted
from handbook.text.times import Count, Time, people, thresholds, times

TODO = "TODO"
"""What stands where a translation has to be written; the checks report it."""

Data = dict[str, Any]
"""Values as they are written in a file."""

_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
_STOP = "，,。；;：:"
_STRETCH = re.compile(f"[{_STOP}]")
_ASIDE = re.compile(r"[（(][^（()）]*[）)]")
_GROUND = re.compile(r"^(?:依照|依据|根据|按照|违反)[^，,。；;]*(?:规定|要求)[，,]")
_FOUND = re.compile(r"^.*?(?:发现|检查出)(?!的)")
_ABOUT = re.compile(r"^(?:对于|针对|凡是?|对)")
_TOWARDS = re.compile(r"(?:^|[，,、])(?:对于|对)(?P<conduct>[^，,。；;]{2,60}?)(?=[，,]|依据|依照|可|予以|给予|应|$)")
_OF = re.compile(r"的(?=[，,：:]|(?:由|责令|予以|给予|处以?|可以?|应)|$)")
_CONDITION = re.compile(
    r"拒不|情节(?:较轻|轻微|较重|恶劣)|造成|尚不|仍不|仍未|再次|两次以上|构成(?:犯罪|违反|其他)|涉嫌"
)
_NOT_YET = re.compile(r"(?:尚未|尚不|未|不)$")
_SINCE = re.compile(r"自(?P<from>[^，。；;]{2,30}?(?:之日|之时|后))起")
_WITHIN = re.compile(r"(?:之|以)?内|起|前")
_DUTY = re.compile(r"^(?:要|应当?|须|必须|将|予以)+")
_ACTOR_ENDS = re.compile(r"(?:应当?|须|必须|可以|要|自|在|于|每|年度|立即|收到|不得)")
_PEOPLE = re.compile(r"[\u4e00-\u9fff]{0,12}?(?:人员|专家|检查员|监督员|管理员|负责人|工程师|员)")
_COUNTED = re.compile(r"(?:不得?少于|至少|须有|应有|配备|委派|指派|有)+$")
_REPEATED = re.compile(r"[两二三四五六七八九十0-9]+次|曾|再次|累计")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The annotations proposed for one clause, each list as it is written in the file; empty where nothing was found."""

    penalties: tuple[Data, ...] = ()
    time_limits: tuple[Data, ...] = ()
    staffing: tuple[Data, ...] = ()
    thresholds: tuple[Data, ...] = ()

    def keys(self) -> tuple[str, ...]:
        """The names of what was proposed."""
        return tuple(k for k in ("penalties", "time_limits", "staffing", "thresholds") if getattr(self, k))


def propose(
    vocabulary: Vocabulary, laws: Mapping[str, str], section: Section | None, clause: Clause, above: Sequence[Clause]
) -> Proposal:
    """What a clause seems to state. ``laws`` are ids by cited title, ``above`` the clauses it stands under, outermost first."""
    text = without_titles(clause.zh)
    aspects = section.aspects if section else ()
    consequences = _consequences(vocabulary, laws, aspects, clause, above)
    phrases = vocabulary.phrases
    floors = {(d["yuan"].get("min")) for p in consequences for d in p["measures"] if "yuan" in d}
    return Proposal(
        tuple(consequences),
        tuple(_limit(text, clause.zh, t) for t in times(text, phrases.immediately, phrases.at_least)),
        tuple(_staff(text, clause.zh, c, aspects) for c in people(text, phrases.at_least)),
        tuple(
            found
            for c in thresholds(text)
            if not (c.unit == "元" and c.value in floors)
            for found in [_threshold(vocabulary, clause.zh, c)]
            if found
        ),
    )


def _both(zh: str) -> Data:
    return {"zh": zh, "en": TODO}


# --- consequences


def _consequences(
    vocabulary: Vocabulary, laws: Mapping[str, str], aspects: Sequence[str], clause: Clause, above: Sequence[Clause]
) -> list[Data]:
    phrases = vocabulary.phrases
    text = _ASIDE.sub(lambda m: re.sub("[，,。；;：:]", "\0", m[0]), without_titles(clause.zh))
    words = {name: kind.words for name, kind in vocabulary.measure_types.items()}
    spans = everywhere(text, words)
    stated = amounts(text)
    if not spans or (above and above[-1].items and _listed(above[-1].zh, phrases.conduct_list)):
        return []
    handling = not aspects or "measures" in aspects or "handling" in aspects
    if not handling and not any(vocabulary.is_monetary(s.name) for s in spans if stated):
        return []
    basis = [law for c in (*above, clause) for t in titles(c.zh) if (law := laws.get(t.name))]
    allowed = any(
        c.zh.endswith(("：", ":"))
        and permitted(c.zh, len(c.zh.rstrip("：: ")), phrases.discretionary, phrases.not_discretionary)
        for c in above
    )
    out: list[Data] = []
    conduct: Data | str | None = None
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        inside = [s for s in spans if start <= s.start < end]
        if not inside or (
            text[start:end].rstrip().endswith(("：", ":")) and _only_leads(clause, text[start:end], words)
        ):
            continue
        conditions = _conditions(text, start, end, phrases.condition)
        first = conditions[0].start if conditions else end
        here = [s for s in inside if s.start < first]
        cut = here[0].start if here else first
        own = _conduct(clause, text, start, cut, phrases.conduct_list, open_=not here)
        conduct = own or conduct
        for when, begin, stop in _stretches(conditions, start, end):
            of = [s for s in inside if begin <= s.start < stop and not _within_conduct(clause.zh, conduct, s)]
            if not of:
                continue
            entry: Data = {"conduct": conduct or "unstated"}
            if when:
                entry["when"] = _both(when)
            entry["measures"] = [
                _measure(vocabulary, text, span, before, stated, begin, allowed) for span, before in _once(of)
            ]
            if _alternatives(text, of, phrases.alternative, phrases.alternative_before):
                entry["alternatives"] = True
            authority = _authority(vocabulary, text, begin, of)
            if authority:
                entry["authority"] = authority
            if basis:
                entry["basis"] = list(dict.fromkeys(basis))
            out.append(entry)
    return out


def _listed(text: str, lists: Sequence[str]) -> bool:
    return holds(text, lists) or re.search(r"(?:下列|以下|如下)[^，。；;]{0,8}(?:行为|情形|情况)", text) is not None


def _only_leads(clause: Clause, sentence: str, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether a sentence before items but introduces the consequences these state themselves: 给以处罚：, 可作如下处理："""
    said = everywhere(sentence, words)
    last = max((m.end() for m in _STRETCH.finditer(sentence.rstrip(_STOP))), default=0)
    return (
        not _listed(sentence, ())
        and all(s.start >= last for s in said)
        and len(said) == 1
        and any(everywhere(item.zh, words) for item in clause.items)
    )


def _conditions(text: str, start: int, end: int, known: Sequence[str]) -> list[Span]:
    """The conditions of a sentence (逾期未改正, 情节严重), from the word that shows it to the next 的 or comma."""
    out: list[Span] = []
    spans = [m.span() for word in known for m in pattern(word).finditer(text, start, end)]
    spans += [m.span() for m in _CONDITION.finditer(text, start, end)]
    for at, after in sorted(spans):
        if out and at < out[-1].end:
            continue
        if negated := _NOT_YET.search(text, start, at):
            at = negated.start()
        stop = _STRETCH.search(text, after)
        limit = min(stop.start() if stop else end, end)
        of = text.find("的", after, limit)
        close = of if of >= 0 else limit
        if close > at and (of >= 0 or text[at:after] in known):
            out.append(Span(at, close if of >= 0 else after, text[at : close if of >= 0 else after]))
    return [c for c in out if any(sign not in "\0" for sign in c.name)]


def _stretches(conditions: Sequence[Span], start: int, end: int) -> Iterator[tuple[str | None, int, int]]:
    """A sentence cut at its conditions: each with what follows it; first what stands before any."""
    edges = [*(c.start for c in conditions), end]
    if edges[0] > start:
        yield None, start, edges[0]
    for condition, stop in zip(conditions, edges[1:], strict=True):
        yield condition.name, condition.end, stop


def _conduct(
    clause: Clause, text: str, start: int, cut: int, lists: Sequence[str], *, open_: bool
) -> Data | str | None:
    """The conduct a sentence punishes, in its own words: what stands before the first measure or (``open_``) condition."""
    part = text[start:cut]
    if clause.items and _listed(part, lists):
        return "items"
    begin = 0
    for prefix in (_GROUND, _FOUND, _GROUND, _ABOUT):
        if match := prefix.match(part[begin:]):
            begin += match.end()
    rest = part[begin:]
    ends = [m.start() for m in _OF.finditer(rest)]
    about = list(_TOWARDS.finditer(part))
    if ends:
        words = rest[: ends[-1]]
    elif begin and (comma := re.search("[，,]", rest)):
        words = rest[: comma.start()]
    elif about:
        begin = about[-1].start("conduct")
        words = about[-1]["conduct"]
    elif open_ and ("，" in rest or begin):
        words = rest
    else:
        return None
    offset = start + begin
    original = clause.zh[offset : offset + len(words)].strip().strip("".join((_STOP, "\u3000")))
    return _both(original) if len(original) > 1 else None


def _within_conduct(text: str, conduct: Data | str | None, span: Span) -> bool:
    if not isinstance(conduct, dict):
        return False
    at = text.find(conduct["zh"])
    return at <= span.start < at + len(conduct["zh"])


def _once(spans: Sequence[Span]) -> Iterator[tuple[Span, int]]:
    """Each measure once, with where the measure before it ends; of several words for one the last, beside its amount."""
    last = {s.name: s for s in spans}
    before = 0
    for span in spans:
        if last[span.name] is span:
            yield span, before
        before = span.end


def _measure(
    vocabulary: Vocabulary, text: str, span: Span, before: int, stated: Sequence[Amount], begin: int, allowed: bool
) -> Data:
    phrases = vocabulary.phrases
    out: Data = {"type": span.name}
    if allowed or permitted(text, span.start, phrases.discretionary, phrases.not_discretionary):
        out["discretionary"] = True
    if vocabulary.is_monetary(span.name):
        near = [a for a in stated if max(before, begin) <= a.start and a.end <= span.end]
        if near:
            amount = near[-1]
            bounds = {k: v for k, v in (("min", amount.min), ("max", amount.max)) if v is not None}
            if amount.kind is Kind.YUAN:
                out["yuan"] = bounds
            elif "违法所得" in text[begin : amount.start]:
                out["percent_of_illegal_gains"] = bounds
    return out


def _alternatives(text: str, spans: Sequence[Span], joining: Sequence[str], leading: Sequence[str]) -> bool:
    for span, after in pairwise(spans):
        between = text[span.end : after.start]
        for word in joining:
            if any(not _STRETCH.search(between, m.end()) for m in pattern(word).finditer(between)):
                return len({s.name for s in spans}) > 1
    first = spans[0].start
    opened = max((m.end() for m in _STRETCH.finditer(text, 0, first)), default=0)
    return len({s.name for s in spans}) > 1 and holds(text[opened:first], leading)


def _authority(vocabulary: Vocabulary, text: str, begin: int, spans: Sequence[Span]) -> str | None:
    names = everywhere(text, {name: authority.words for name, authority in vocabulary.authorities.items()})
    beside = [
        before[-1].name for span in spans for before in [[a for a in names if begin <= a.start < span.end]] if before
    ]
    return beside[0] if beside else None


# --- times, people, thresholds


def _stretch(text: str, at: int) -> tuple[int, int]:
    """Where the stretch between commas around a place begins and ends."""
    start = max((m.end() for m in _STRETCH.finditer(text, 0, at)), default=0)
    stop = _STRETCH.search(text, at)
    return start, stop.start() if stop else len(text)


def _limit(text: str, original: str, time: Time) -> Data:
    start, stop = _stretch(text, time.start)
    out: Data = {}
    if time.value is None:
        out.update(kind="deadline", immediately=True)
    else:
        per = (time.unit or "").startswith("per_")
        after = text[time.end : stop]
        back = time.unit in ("year", "month") and after.startswith(("内", "以内", "之内")) and _REPEATED.search(after)
        out.update(kind="frequency" if per else "look_back" if back else "deadline", value=time.value, unit=time.unit)
    if time.at_least:
        out["at_least"] = True
    since = _SINCE.search(text, start, time.start)
    if since and time.value is not None:
        out["from"] = _both(original[since.start("from") : since.end("from")])
    actor = _actor(original, start, since.start() if since else time.start)
    if actor:
        out["actor"] = _both(actor)
    out["act"] = _both(_act(original, text, time, start, stop))
    return out


def _actor(original: str, start: int, at: int) -> str | None:
    before = original[start:at].strip()
    match = _ACTOR_ENDS.search(before)
    words = (before[: match.start()] if match else before).strip().removeprefix("由").removeprefix("对")
    return words if 1 < len(words) <= 30 and "\0" not in words else None


def _act(original: str, text: str, time: Time, start: int, stop: int) -> str:
    """What is to be done: the words after the time, or those within it (每年至少自查一次), else the stretch around it."""
    within = re.sub(
        r"^(?:每(?:个|一)?[年月日天](?:度)?|年度)|至少|不少于|不得少于|[0-9一二两三四五六七八九十]+次$", "", time.text
    )
    if (time.unit or "").startswith("per_") and within and within in original:
        return within
    after = time.end
    if match := _WITHIN.match(text, after):
        after = match.end()
    if after >= stop and stop < len(text) and text[stop] in "，,":  # …十五日内，向…提出
        following = _STRETCH.search(text, stop + 1)
        after, stop = stop + 1, following.start() if following else len(text)
    words = original[after:stop].strip()
    if duty := _DUTY.match(words):
        words = words[duty.end() :]
    return words.strip() or original[start:stop].strip() or original.strip(_STOP) or original


def _staff(text: str, original: str, count: Count, aspects: Sequence[str]) -> Data:
    start, stop = _stretch(text, count.start)
    before = original[start : count.start]
    sign = _COUNTED.search(before)
    who = before[: sign.start()].strip() if sign and "少于" in sign[0] else ""
    if not who:
        after = re.match(r"(?:以上)?(?:的)?", text[count.end : stop])
        at = count.end + (after.end() if after else 0)
        match = _PEOPLE.match(original[at:stop])
        who = match[0] if match else count.text
    out: Data = {"value": count.value}
    if count.at_least:
        out["at_least"] = True
    out["who"] = _both(who)
    out["binds"] = "inspected" if "content" in aspects or "object" in aspects else "inspectors"
    return out


def _threshold(vocabulary: Vocabulary, original: str, count: Count) -> Data | None:
    unit = (
        "yuan"
        if count.unit == "元"
        else next(
            (
                name
                for name, words in vocabulary.units.items()
                if words.zh == count.unit
                or (words.zh.startswith(count.unit) and words.zh.removeprefix(count.unit) in original[count.start :])
            ),
            None,
        )
    )
    if unit is None or unit not in vocabulary.units:
        return None
    start, stop = _stretch(original, count.start)
    out: Data = {"value": count.value, "unit": unit}
    if count.inclusive is not None:
        out["inclusive"] = count.inclusive
    out["use"] = _both(original[start:stop].strip() or count.text)
    return out
