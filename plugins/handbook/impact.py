"""What rests on an instrument as a report, and what is to be done when its status changes as a list to tick off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from handbook.compare.forms import MARKDOWN_LIMIT, escaped
from handbook.compare.saying import said
from handbook.compare.snapshot import Names, of_book
from handbook.model import Book, Law
from handbook.problem import Message, Place
from handbook.views.impact import Resting, Rests, resting, successors, unexplained

NAMES: dict[Rests, Message] = {
    Rests.CLAUSE: Message("援引该法规的条款", "Clauses citing it"),
    Rests.PENALTY: Message("以其为依据的后果", "Consequences resting on it"),
    Rests.TIME_LIMIT: Message("这些条款中的期限", "Time limits of these clauses"),
    Rests.STAFFING: Message("这些条款中的人数", "Head-counts of these clauses"),
    Rests.THRESHOLD: Message("这些条款中的门槛", "Thresholds of these clauses"),
    Rests.LEGAL_NOTE: Message("法律现状说明", "Legal notes"),
    Rests.CHECKLIST: Message("检查项", "Checklist items"),
    Rests.ERRATUM: Message("原文疑误", "Slips of the source"),
    Rests.MENTION: Message("非后果用语", "Words of no consequence"),
    Rests.ASPECT: Message("要素说明", "Notes on aspects"),
    Rests.HEADING: Message("标题", "Headings"),
    Rests.KEYWORD: Message("检索词", "Keywords"),
    Rests.TERM: Message("术语", "Terms"),
    Rests.LAW: Message("提到它的其他法规", "Other instruments that name it"),
}
"""What the kinds are called."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, where, and the step of the list it belongs to."""

    step: Message
    words: Message
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Impact:
    """A report on one instrument. ``found`` is what rests on it; where articles are asked for, ``found`` names one of them and
    ``unnamed`` names none; ``others`` counts what names other articles only. ``tasks`` is the list for a change of its status.
    """

    law: Law
    status: Message | None
    successors: tuple[Law, ...]
    articles: tuple[int, ...]
    found: tuple[Resting, ...]
    unnamed: tuple[Resting, ...]
    others: int
    tasks: tuple[Task, ...]


def impact(book: Book, law: Law, articles: tuple[int, ...] = (), status: str | None = None) -> Impact:
    """The report on ``law``; ``status``, a word of the vocabulary, adds the list of what its change asks for."""
    every = resting(book, law)
    wanted = set(articles)
    found = tuple(r for r in every if not wanted or wanted & set(r.articles))
    unnamed = tuple(r for r in every if not r.articles) if wanted else ()
    known = book.vocabulary.statuses.get(law.status) if law.status else None
    return Impact(
        law=law,
        status=Message(known.zh, known.en) if known else None,
        successors=successors(book, law),
        articles=articles,
        found=found,
        unnamed=unnamed,
        others=len(every) - len(found) - len(unnamed),
        tasks=tuple(_tasks(book, law, every, status)) if status else (),
    )


# The list of tasks

_STEPS = (
    Message("法规登记", "The register"),
    Message("须附法律现状说明的后果", "Consequences that need a legal note"),
    Message("须重读的法律现状说明", "Legal notes to reread"),
    Message("须重读的检查项", "Checklist items to reread"),
    Message("其他提到它的内容", "Whatever else names it"),
    Message("运行命令", "Commands to run"),
)


def _tasks(book: Book, law: Law, every: tuple[Resting, ...], word: str) -> Iterator[Task]:
    new, old = book.vocabulary.statuses[word], book.vocabulary.statuses.get(law.status or "")
    index = next(i for i, other in enumerate(book.laws.laws) if other.id == law.id)
    before = Message(old.zh, old.en) if old else Message("未记录", "none")

    def entry(key: str, zh: str, en: str) -> Task:
        return Task(_STEPS[0], Message(f"`{key}`：{zh}", f"`{key}`: {en}"), book.place("_laws", ("laws", index, key)))

    yield entry("status", f"由“{before.zh}”改为 `{word}`（{new.zh}）", f"from “{before.en}” to `{word}` ({new.en})")
    yield entry(
        "status_note", "写明何时、由何文件改变（中英文）", "say when it changed and by which act, in both languages"
    )
    named = "、".join(f"《{other.cited_as.zh}》" for other in successors(book, law))
    named_en = ", ".join(other.cited_as.en for other in successors(book, law))
    yield entry(
        "replaced_by",
        (f"现写明由{named}取代，核对是否仍然正确" if named else "有取代它的法规就写明，没有则为 null"),
        (
            f"names {named_en} now; check that this still holds"
            if named
            else "name its successor, or null where there is none"
        ),
    )
    yield entry(
        "latest_change",
        "修改或废止的日期；查不到则为 null，不猜",
        "the date of the amendment or repeal; null where it is not known, never guessed",
    )
    yield entry(
        "note", "读者须知：是否仍可援引原文所载数额", "what a reader must know: whether the amounts still apply"
    )
    yield entry("confidence", "`status` 的可信度", "how sure `status` is")
    yield entry("evidence", "加入证明新现状的网址或文献", "add the address or work that proves the new status")
    yield entry("reviewed_on", f"改为核对当日（今天 {book.today}）", f"the day you checked (today: {book.today})")
    names = Names(of_book(book, book.folder), of_book(book, book.folder))
    if new.warn:
        for found, p, i in unexplained(book, law.id):
            words = said(found.clause.penalties[p], names) or Message("", "")
            here = next(r.cited for r in every if r.key == found.key and r.kind is Rests.PENALTY)
            yield Task(
                _STEPS[1],
                Message(
                    f"{here.zh}：{words.zh}——在条款或其引语写 `legal_note`，`laws` 含 `{law.id}`，并写 `evidence`、`as_of`（HB504）",
                    f"{here.en}: {words.en} – write a `legal_note` on the clause or what leads to it, with `{law.id}` in `laws`, and `evidence` and `as_of` (HB504)",
                ),
                book.place(found.regime.id, (*found.path, "penalties", p, "basis", i)),
            )
    for rest in every:
        words = _said(rest, names)
        if rest.kind is Rests.LEGAL_NOTE:
            yield Task(
                _STEPS[2],
                Message(
                    f"{rest.cited.zh}：是否仍然正确；改后更新 `evidence` 和 `as_of`。{words.zh}",
                    f"{rest.cited.en}: does it still hold? Renew `evidence` and `as_of` when you change it. {words.en}",
                ),
                rest.place,
            )
    for rest in every:
        words = _said(rest, names)
        if rest.kind is Rests.CHECKLIST:
            yield Task(
                _STEPS[3],
                Message(
                    f"{rest.cited.zh}（{rest.key}）：现在是否还应照问。{words.zh}",
                    f"{rest.cited.en} ({rest.key}): should it still be asked like this? {words.en}",
                ),
                rest.place,
            )
    done = (Rests.CLAUSE, Rests.PENALTY, Rests.LEGAL_NOTE, Rests.CHECKLIST)
    for rest in every:
        if rest.kind not in done:
            words, kind = _said(rest, names), NAMES[rest.kind]
            yield Task(
                _STEPS[4],
                Message(f"{kind.zh}，{rest.cited.zh}：{words.zh}", f"{kind.en}, {rest.cited.en}: {words.en}"),
                rest.place,
            )
    yield Task(
        _STEPS[4],
        Message(
            "条款的中文、译文和 `verified` 不动：它们说的是原文，不是现行法",
            "leave the Chinese of the clauses, their translation and `verified` alone: they vouch for the source, not for the law of today",
        ),
    )
    for command, zh, en in (
        ("handbook fmt", "规范格式", "put the files into their form"),
        ("handbook check", "不得有错误（HB504、HB506 尤其）", "no error may be left (HB504 and HB506 above all)"),
        ("handbook diff main", "核对含义变化只有以上各项", "see that only the above has changed in meaning"),
        (
            "mkdocs build --strict",
            "看法规页、制度页和处罚查询上的提示",
            "look at the warnings on the law, the regimes and the look-up",
        ),
    ):
        yield Task(_STEPS[5], Message(f"`{command}`：{zh}", f"`{command}`: {en}"))


# Forms


def text(book: Book, report: Impact, language: str) -> str:
    """For a terminal."""
    lines = [_title(report, language), *_facts(report, language), ""]
    names = Names(of_book(book, book.folder), of_book(book, book.folder))
    for head, found in _parts(report, language):
        if head:
            lines += [head, ""]
        for kind, group in groupby(found, key=lambda r: r.kind):
            entries = list(group)
            lines.append(f"{NAMES[kind][language]} ({len(entries)})")
            for rest in entries:
                lines += [f"  {_line(rest, names, language)}", f"    {rest.place} {rest.page}"]
            lines.append("")
    if report.others:
        lines += [_others(report, language), ""]
    if not report.found and not report.unnamed:
        lines += [_nothing(language), ""]
    for step, tasks in groupby(report.tasks, key=lambda t: t.step):
        lines.append(step[language])
        for task in tasks:
            lines.append(f"  [ ] {_plain(task.words[language])}")
            lines += [f"      {task.place}"] if task.place else []
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def markdown(book: Book, report: Impact, language: str) -> str:
    """For a pull request: what rests on the instrument, folded where there is a list of tasks, which can be ticked off."""
    names = Names(of_book(book, book.folder), of_book(book, book.folder))
    lines = [f"## {escaped(_title(report, language))}", ""]
    lines += [f"- {escaped(fact)}" for fact in _facts(report, language)] + [""]
    for step, tasks in groupby(report.tasks, key=lambda t: t.step):
        lines += [f"### {escaped(step[language])}", ""]
        for task in tasks:
            place = f" <sub>{escaped(f'{task.place.file.as_posix()}:{task.place.line}')}</sub>" if task.place else ""
            lines.append(f"- [ ] {_with_code(task.words[language])}{place}")
        lines.append("")
    if report.tasks:
        head = "依据它的全部内容" if language == "zh" else "Everything that rests on it"
        lines += [f"<details><summary>{head} ({len(report.found) + len(report.unnamed)})</summary>", ""]
    for head, found in _parts(report, language):
        if head:
            lines += [f"**{escaped(head)}**", ""]
        for kind, group in groupby(found, key=lambda r: r.kind):
            entries = list(group)
            lines += [f"**{NAMES[kind][language]}** ({len(entries)})", ""]
            for rest in entries:
                place = escaped(f"{rest.place.file.as_posix()}:{rest.place.line}")
                lines.append(f"- {escaped(_line(rest, names, language))} <sub>{place}</sub>")
            lines.append("")
    if report.others:
        lines += [escaped(_others(report, language)), ""]
    if not report.found and not report.unnamed:
        lines += [escaped(_nothing(language)), ""]
    if report.tasks:
        lines += ["</details>", ""]
    return _cut("\n".join(lines).rstrip("\n") + "\n", folded=bool(report.tasks))


def _cut(report: str, *, folded: bool) -> str:
    """A report no longer than a forge takes, whole lines, with a sentence that says what is missing."""
    if len(report) <= MARKDOWN_LIMIT:
        return report
    kept = report[: report.rfind("\n", 0, MARKDOWN_LIMIT - 300) + 1]
    end = "\n</details>\n" if folded and "<details>" in kept else ""
    said = "以下从略；完整内容请运行 `handbook impact`。 The rest is left out; run `handbook impact` to see all."
    return f"{kept}{end}\n**{said}**\n"


def as_json(book: Book, report: Impact, language: str) -> str:
    """For programs, in both languages whichever is asked for."""
    names = Names(of_book(book, book.folder), of_book(book, book.folder))

    def row(rest: Resting) -> dict[str, object]:
        return {
            "kind": rest.kind.value,
            "key": rest.key,
            "cited": _both(rest.cited),
            "words": _both(_said(rest, names)),
            "articles": list(rest.articles),
            "page": rest.page,
            "place": _spot(rest.place),
        }

    law = report.law
    document = {
        "schema_version": 1,
        "law": {
            "id": law.id,
            "cited_as": {"zh": law.cited_as.zh, "en": law.cited_as.en},
            "title": {"zh": law.title.zh, "en": law.title.en},
            "status": law.status,
            "successors": [other.id for other in report.successors],
        },
        "articles": list(report.articles),
        "found": [row(rest) for rest in report.found],
        "without_article": [row(rest) for rest in report.unnamed],
        "with_other_articles": report.others,
        "tasks": [
            {"step": _both(t.step), "words": _both(t.words), "place": _spot(t.place) if t.place else None}
            for t in report.tasks
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


FORMATS = {"text": text, "markdown": markdown, "json": as_json}
"""The forms by the name the command line gives them."""


def _title(report: Impact, language: str) -> str:
    law = report.law
    zh = f"《{law.cited_as.zh}》（{law.id}）"
    return zh if language == "zh" else f"{law.cited_as.en} {zh}"


def _facts(report: Impact, language: str) -> list[str]:
    zh, facts = language == "zh", []
    if report.status:
        facts.append(f"现状：{report.status.zh}" if zh else f"Status: {report.status.en}")
    if report.law.replaced_by:
        words = report.law.replaced_by[language]
        facts.append(f"取代它的：{words}" if zh else f"Replaced by: {words}")
    facts += [
        f"已登记的取代者：《{other.cited_as.zh}》（{other.id}）"
        if zh
        else f"Registered successor: {other.cited_as.en} ({other.id})"
        for other in report.successors
    ]
    if report.articles:
        numbers = "、".join(f"第{n}条" for n in report.articles) if zh else ", ".join(map(str, report.articles))
        facts.append(f"条号：{numbers}" if zh else f"Articles: {numbers}")
    return facts


def _parts(report: Impact, language: str) -> list[tuple[str, tuple[Resting, ...]]]:
    if not report.articles:
        return [("", report.found)]
    zh = language == "zh"
    heads = ("写明这些条号的", "援引该法规而未写条号的") if zh else ("Naming these articles", "Naming no article")
    return [(head, found) for head, found in zip(heads, (report.found, report.unnamed), strict=True) if found]


def _others(report: Impact, language: str) -> str:
    if language == "zh":
        return f"另有 {report.others} 处只写明其他条号，未列。"
    return f"Naming other articles only, and not listed: {report.others}."


def _nothing(language: str) -> str:
    return "没有任何内容以它为依据。" if language == "zh" else "Nothing rests on it."


def _line(rest: Resting, names: Names, language: str) -> str:
    zh = language == "zh"
    numbers = "、".join(f"第{n}条" for n in rest.articles) if zh else ", ".join(map(str, rest.articles))
    named = "" if not numbers else f"（{numbers}）" if zh else f" (Art. {numbers})"
    return _plain(f"{rest.cited[language]}{named}{'：' if zh else ': '}{_said(rest, names)[language]}")


def _said(rest: Resting, names: Names) -> Message:
    return rest.value if isinstance(rest.value, Message) else said(rest.value, names) or Message("", "")


def _plain(words: str) -> str:
    return "".join(c if c.isprintable() else f"⟨U+{ord(c):04X}⟩" for c in words)


def _with_code(words: str) -> str:
    """Words escaped, except that our own names between backticks stay code."""
    parts = words.split("`")
    if len(parts) % 2 == 0:
        return escaped(words)
    return "".join(
        f"`{part}`" if i % 2 and part.replace(" ", "").replace("-", "").replace("_", "").isalnum() else escaped(part)
        for i, part in enumerate(parts)
    )


def _both(words: Message) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _spot(place: Place) -> dict[str, object]:
    return {"file": place.file.as_posix(), "line": place.line, "column": place.column}
