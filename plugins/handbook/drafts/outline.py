"""A document divided: title lines, regimes, sections, clauses with their items. Every paragraph lands in exactly one place, in order.

What is recognised is the numbering (:mod:`handbook.drafts.numbering`), the levels of headings the document marks, and words that
headings use for an aspect. Where two readings are possible the plainer one is taken and the place is marked unsure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from handbook.drafts.document import Document, RefusedError
from handbook.drafts.numbering import RANK, Numbered, numbered
from handbook.text.numerals import chinese

Aspects = Callable[[str], tuple[str, ...]]
"""Which aspects the words of a heading state."""

_HEADING_LENGTH = 60
_TITLE_LENGTH = 50
_SHORT = 20
_MAX_DEPTH = 9
_ENDS = "。；;，,！!？?"
_LEADS = ("：", ":")
_LISTED = ("；", ";", "、")
_TITLES = re.compile(
    r"(?:办法|制度|规定|细则|方案|规范|规程|指南|意见|规则|条例|通知|手册|标准|要求|工作)(?:[（(].{1,12}[）)])?$"
)
_SECTIONS = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "part",
    "chapter",
    "han",
    "jie",
    "brackets",
    "figure",
    "figures",
    "half",
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph: its number as printed (None where it has none or it cannot be one), its words, its items."""

    marker: str | None
    zh: str
    unsure: tuple[str, ...] = ()
    items: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading. ``marker`` is None where it is printed as the Chinese numeral of ``number`` and 、."""

    number: int
    marker: str | None
    heading: str
    aspects: tuple[str, ...]
    clauses: tuple[Clause, ...]
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """A regime: its number, how that is printed (as in a section), its title, what stands before the first section, the sections."""

    number: int
    marker: str | None
    title: str
    preamble: tuple[Clause, ...]
    sections: tuple[Section, ...]
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A document divided: the title of the whole, the lines before the first regime, the regimes."""

    title: str
    lines: tuple[str, ...]
    regimes: tuple[Regime, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    level: int | None
    loose: bool
    mark: Numbered | None
    doubtful: bool = False
    """Whether it looks like a heading and could not be taken for one."""

    @property
    def words(self) -> str:
        return self.mark.rest.strip() if self.mark else self.text

    def is_a(self, style: str | None) -> bool:
        if style is None or self.loose:
            return False
        if style[0] == "h" and style[1:].isdigit():
            return self.level == int(style[1:])
        return self.mark is not None and self.mark.style == style


def divide(document: Document, aspects: Aspects) -> Outline:
    """The document divided. Raises RefusedError where there is a title at most and no text under it."""
    lines = _scan(document)
    if len(lines) < 2:
        raise RefusedError(
            "文件只有一行，没有标题之下的正文；没有可导入的制度",
            "the document has one line only and no text under a title; there is no regime to import",
        )
    section = _section_style(lines, aspects)
    starts = _starts(lines, section, aspects)
    head = [line.text for line in lines[: starts[0]]]
    parts = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    regimes = _numbered_regimes([_regime(part, section, aspects) for part in parts])
    named = [line.text for line in lines[: starts[0]][:3] if _title_like(line) and line.text[0] not in "（("]
    title = "".join(named) if named and len(regimes) > 1 else regimes[0].title
    return Outline(title, tuple(head), regimes)


def _scan(document: Document) -> list[_Line]:
    """The lines that are not blank, each with its number where it is one."""
    lines: list[_Line] = []
    last: dict[str, int] = {}
    for paragraph in document.paragraphs:
        text = paragraph.text.strip()
        if not text:
            continue
        mark = None if paragraph.loose else numbered(text)
        if mark and not mark.apart and mark.number not in (1, last.get(mark.style, 0) + 1):
            mark = None  # 第三条规定的…: words, not a number
        if mark and not mark.rest.strip():
            mark = None  # a number with nothing after it stays a paragraph of its own
        if mark:
            last[mark.style] = mark.number
        lines.append(_Line(text, paragraph.level, paragraph.loose, mark))
    return lines


def _heading_like(line: _Line) -> bool:
    """Whether a line may be a heading: short, no sentence. A colon is suffered after very few words."""
    words = line.words
    if not words or line.loose or len(words) > _HEADING_LENGTH or words[-1] in _ENDS or "。" in words:
        return False
    return not words.endswith(_LEADS) or len(words) <= _SHORT // 2


def _title_like(line: _Line) -> bool:
    return (
        not line.loose
        and len(line.words) <= _TITLE_LENGTH
        and line.words[-1] not in _ENDS + "：:"
        and "。" not in line.words
    )


def _section_style(lines: Sequence[_Line], aspects: Aspects) -> str | None:
    """The style of the headings of sections: that whose headings name aspects most often, else the outermost there is."""
    score = dict.fromkeys(_SECTIONS, 0)
    count = dict.fromkeys(_SECTIONS, 0)
    for line in lines:
        if not _heading_like(line):
            continue
        for style in _SECTIONS:
            if line.is_a(style):
                count[style] += 1
                score[style] += len(line.words) <= _SHORT and bool(aspects(line.words))
    best = max(_SECTIONS, key=lambda style: (score[style], -RANK[style]))
    if score[best]:
        return best
    if count["chapter"]:
        return "chapter"
    for style in _SECTIONS:
        if count[style] >= 2 and style in ("h1", "h2", "h3", "h4", "part", "han"):
            return style
    return None


def _starts(lines: Sequence[_Line], section: str | None, aspects: Aspects) -> list[int]:
    """Where each regime begins: the index of its title."""
    if section is None:
        return [_first_title(lines, len(lines))]
    heads = [i for i, line in enumerate(lines) if line.is_a(section) and _heading_like(line)]
    for starts in (_twofold(lines, heads, aspects), _above(lines, heads, section), _restarted(lines, heads)):
        kept = [a for a, b in zip(starts, [*starts[1:], len(lines)], strict=False) if b - a > 1]
        if kept:
            return kept
    return [_first_title(lines, heads[0] if heads else len(lines))]


def _twofold(lines: Sequence[_Line], heads: Sequence[int], aspects: Aspects) -> list[int]:
    """Titles numbered in the style of the sections: those the number one follows, where they count up from one themselves."""
    numbers = [mark.number if (mark := lines[i].mark) else 0 for i in heads]
    titles = [k for k, (number, after) in enumerate(pairwise(numbers)) if after == 1 and number]
    if (
        [numbers[k] for k in titles] == list(range(1, len(titles) + 1))
        and titles[:1] == [0]
        and not aspects(lines[heads[0]].words)
    ):
        return [heads[k] for k in titles]
    return []


def _above(lines: Sequence[_Line], heads: Sequence[int], section: str) -> list[int]:
    """Titles in the style next above that of the sections, where sections follow most of them."""
    for style in sorted((s for s in _SECTIONS if RANK[s] < RANK[section]), key=lambda s: -RANK[s]):
        titles = [i for i, line in enumerate(lines) if line.is_a(style) and _heading_like(line)]
        if not titles or not (len(titles) > 1 or style[1:].isdigit()):
            continue
        ends = [*titles[1:], len(lines)]
        if sum(any(a < h < b for h in heads) for a, b in zip(titles, ends, strict=True)) * 2 > len(titles):
            return titles
    return []


def _restarted(lines: Sequence[_Line], heads: Sequence[int]) -> list[int]:
    """Titles without a number: the nearest line that may be one before each section that counts from one again."""
    titles: list[int] = []
    before = -1
    for head in heads:
        mark = lines[head].mark
        if mark and mark.number == 1:
            if before < 0:
                titles.append(_first_title(lines, head))
            else:
                open_ = range(head - 1, before + 1, -1)
                found = next((i for i in open_ if lines[i].mark or _title_like(lines[i])), None)
                if found is not None and not lines[found].mark:
                    titles.append(found)
        before = head
    return titles if len(titles) > 1 else []


def _first_title(lines: Sequence[_Line], before: int) -> int:
    """The title of the only (or the first) regime: among the first lines that may be one, the one that ends like one."""
    run: list[int] = []
    for i in range(min(before, 4, len(lines) - 1)):
        if not _title_like(lines[i]) or lines[i].mark:
            break
        run.append(i)
    marked = [i for i in run if lines[i].level == 1]
    named = [i for i in run if _TITLES.search(lines[i].text)]
    return (marked[:1] or named[:1] or run[:1] or [0])[0]


def _regime(lines: Sequence[_Line], section: str | None, aspects: Aspects) -> Regime:
    """A regime from its lines: the title first."""
    title, body = lines[0], lines[1:]
    preamble: list[_Line] = []
    parts: list[tuple[Section, list[_Line]]] = []
    number = 0
    for i, line in enumerate(body):
        follows = i + 1 < len(body) and not (body[i + 1].is_a(section) and _heading_like(body[i + 1]))
        opened = follows and line.is_a(section) and _heading_like(line)
        found = _heading(line, number, aspects) if opened else None
        if found:
            parts.append((found, []))
            number = found.number
        else:
            doubtful = line.is_a(section) and _heading_like(line)
            (parts[-1][1] if parts else preamble).append(replace(line, doubtful=doubtful))
    sections = tuple(replace(found, clauses=_clauses(inside)) for found, inside in parts)
    mark = title.mark
    unsure = () if _title_like(title) else ("title",)
    words, marker = (mark.rest.strip(), mark.marker) if mark else (title.text, "none")
    return Regime(mark.number if mark else 0, marker, words, _clauses(preamble), sections, unsure)


def _heading(line: _Line, last: int, aspects: Aspects) -> Section | None:
    """The heading of a section after that numbered ``last``; None where its number does not go on from there."""
    mark = line.mark
    if mark is None:
        return Section(last + 1, "none", line.text, aspects(line.text), ())
    if mark.number <= last:
        return None
    unsure = () if mark.number == last + 1 else ("number",)
    return Section(mark.number, _unlike(mark.marker, mark.number), line.words, aspects(line.words), (), unsure)


def _unlike(marker: str, number: int) -> str | None:
    return None if marker == f"{chinese(number)}、" else marker


def _numbered_regimes(regimes: Sequence[Regime]) -> tuple[Regime, ...]:
    """The regimes with the numbers printed where these count upwards, else with their place; unsure where the two differ."""
    printed = [r.number for r in regimes]
    rising = printed[0] > 0 and all(a < b for a, b in pairwise(printed))
    out = []
    for place, regime in enumerate(regimes, start=1):
        number = regime.number if rising else place
        unsure = regime.unsure if number == place and regime.number in (0, place) else (*regime.unsure, "number")
        marker = _unlike(regime.marker, number) if regime.marker else None
        out.append(replace(regime, number=number, marker=marker, unsure=unsure))
    return tuple(out)


@dataclass(eq=False)
class _Node:
    line: _Line
    items: list[_Node] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        return self.line.mark is not None

    @property
    def leads(self) -> bool:
        return self.line.text.endswith(_LEADS)


def _clauses(lines: Sequence[_Line]) -> tuple[Clause, ...]:
    """Paragraphs as clauses: an item under the clause that introduces it, by its style of numbering or a colon before it."""
    top: list[_Node] = []
    stack: list[_Node] = []  # the open marked clauses, outermost first, each in a style of its own
    lead: _Node | None = None  # the open paragraph without a number that ends in a colon
    for n, line in enumerate(lines):
        node = _Node(line)
        if line.mark:
            style = line.mark.style
            if style == "article":
                lead = None
            while stack and RANK[_style(stack[-1])] >= RANK[style]:
                stack.pop()
            if lead and lead.items and lead.items[0].line.mark and RANK[_style(lead.items[0])] > RANK[style]:
                lead = None
            holder = stack[-1].items if stack else lead.items if lead else top
            if len(stack) + (lead is not None) < _MAX_DEPTH:
                stack.append(node)
            holder.append(node)
            continue
        article = next((n for n in stack if _style(n) == "article"), None)
        if lead and not node.leads and not line.loose and _continues(lead):
            lead.items.append(node)
            continue
        if (
            stack
            and not (lead or article or node.leads or line.loose)
            and _names_only(stack[-1])
            and _told_apart(stack[-1], top, lines[n + 1 : n + 2])
        ):
            stack[-1].items.append(node)
            continue
        (article.items if article else top).append(node)
        lead = node if node.leads else None
        stack = [article] if article and lead is None else []
        if article and lead:
            stack = []
    return _closed(top)


def _style(node: _Node) -> str:
    assert node.line.mark is not None
    return node.line.mark.style


def _continues(lead: _Node) -> bool:
    """Whether a paragraph without a number still belongs to an open lead: the first after it, or the next of its list."""
    return not lead.items or (not lead.items[-1].marked and lead.items[-1].line.text.endswith(_LISTED))


def _names_only(node: _Node) -> bool:
    """Whether a numbered paragraph is but a name for the one that follows it: （一）实施抽检。"""
    words = node.line.words
    return len(words) <= _SHORT and not any(sign in words[:-1] for sign in "，,。；;") and not node.items


def _told_apart(node: _Node, siblings: Sequence[_Node], after: Sequence[_Line]) -> bool:
    """Whether paragraphs without a number stand between the numbered ones: the next line, or the one before, shows it."""
    following = after[0].mark if after else None
    if following and following.style == _style(node):
        return True
    before = siblings[siblings.index(node) - 1] if node in siblings[1:] else None
    return before is not None and any(not item.marked for item in before.items)


def _closed(nodes: Sequence[_Node], depth: int = 0) -> tuple[Clause, ...]:
    """The clauses of one level, every number once; a number that comes again stays in the words."""
    out: list[Clause] = []
    seen: set[int] = set()
    last = 0
    for node in nodes:
        mark = node.line.mark
        items = _closed(node.items, depth + 1)
        if mark is None:
            unsure = ("zh",) if node.line.loose else ("marker",) if node.line.doubtful else ()
            out.append(Clause(None, node.line.text, unsure, items))
        elif mark.number in seen:
            out.append(Clause(None, node.line.text, ("marker",), items))
        else:
            expected = mark.number == last + 1 or (last == 0 and mark.style == "article")
            expected = expected and not node.line.doubtful
            out.append(Clause(mark.marker, node.line.words, () if expected else ("marker",), items))
            seen.add(mark.number)
            last = mark.number
    return tuple(out)


def walk(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """Clauses and their items, in the order of the document."""
    for clause in clauses:
        yield clause
        yield from walk(clause.items)


def every_clause(regime: Regime) -> Iterator[Clause]:
    """The clauses of a regime in the order of the document."""
    yield from walk(regime.preamble)
    for section in regime.sections:
        yield from walk(section.clauses)


def aspects_of(names: Mapping[str, str], examples: Sequence[tuple[str, tuple[str, ...]]]) -> Aspects:
    """How headings name aspects: by the words of the vocabulary, by words of the same meaning, by the ends of headings already classed.

    ``names`` are the aspects with their Chinese words, ``examples`` headings with the aspects they were given.
    """
    words = {word: {name, *_ALIKE.get(name, ())} for word, name in names.items()}
    learned: dict[str, set[str]] = {}
    for heading, given in examples:
        if len(given) == 1 and not any(w in heading for ws in words.values() for w in ws):
            learned.setdefault(heading[-2:], set()).add(given[0])
    for end, which in learned.items():
        if len(which) == 1:
            words.setdefault(min(which), set()).add(end)

    def stated(heading: str) -> tuple[str, ...]:
        text = heading.rstrip("：:")
        places = {
            word: max((text.rfind(sign) for sign in signs if sign in text), default=-1) for word, signs in words.items()
        }
        ends = max((at + len(s) for w, signs in words.items() for s in signs if (at := text.rfind(s)) >= 0), default=0)
        found = {w: at for w, at in places.items() if at >= 0}
        if len(found) > 1 and not re.search(r"[、和及与]|以及", text):  # 违法行为处理程序: the last word is the thing
            found = {w: at for w, at in found.items() if any(text.endswith(s) for s in words[w])} or found
        if not ends or len(text) - ends > _SHORT // 2:
            return ()
        return tuple(w for w in words if w in found)

    return stated


_ALIKE = {
    "对象": ("主体",),
    "内容": ("事项", "重点", "范围"),
    "方式": ("方法", "形式"),
    "程序": ("流程", "步骤"),
    "处理": ("处罚", "罚则", "处置", "法律责任", "责任追究", "问责"),
}
"""Words headings use for the same thing, by the word of the vocabulary."""
