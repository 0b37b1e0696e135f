"""HB7: the checklists ask everything the clauses demand, in their words, under ids that last."""

from __future__ import annotations

from collections.abc import Iterator

from checks.addresses import astray, vanished
from checks.rule import Finding, rule
from handbook.model import Book, LimitKind, Located, NoChecks
from handbook.nodes import Path_
from handbook.text.questions import added, unasked
from handbook.views.checklist import Item, checklist, checklists, is_content, is_procedure, number_of
from handbook.views.moves import lost


@rule("HB701", "clause-not-in-checklist")
def clause_not_in_checklist(book: Book) -> Iterator[Finding]:
    """Every clause of content or procedure has its questions in the checklist, or is excused with a reason.
    内容和程序的每一条款都有检查项，或者写明不列入检查表的理由。

    Why: What is not on the sheet is not inspected. A clause that is a question already needs no other.
    原因：表上没有的，就不会被检查。条款本身即为问句的，不必另写。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记。  # <-
                en: Use registration of elevators is inspected.
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记。
                en: Use registration of elevators is inspected.
                checks: [{zh: 电梯使用是否登记？, en: 'Is the use of elevators registered?'}]
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
    """
    for found in book.clauses:
        if found.clause.checks is not None or not (is_content(found) or is_procedure(found)):
            continue
        if is_content(found) and _is_question(found.clause.zh, "zh") and _is_question(found.clause.en, "en"):
            continue
        yield Finding(
            book.place(found.regime.id, (*found.path, "zh")),
            "本条没有检查项；请在 checks 中写出问句，或写 checks: {none: {zh: 理由, en: …}}",
            "this clause is not in the checklist; write its questions under checks, or checks: {none: {zh: …, en: the reason}}",
            found.key,
        )


@rule("HB702", "no-question-mark")
def no_question_mark(book: Book) -> Iterator[Finding]:
    """A checklist item is a question: it ends in ？ in Chinese and in ? in English.
    检查项是问句：中文以“？”结尾，英文以“?”结尾。

    Why: Conforms or does not conform is an answer to a question; to a phrase it can mean either.
    原因：“符合”“不符合”是对问句的回答；对短语作答，含义不明。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记。
                en: Use registration of elevators is inspected.
                checks:
                  - zh: 电梯使用是否登记？
                    en: Whether the use of elevators is registered  # <-
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记。
                en: Use registration of elevators is inspected.
                checks: [{zh: 电梯使用是否登记？, en: 'Is the use of elevators registered?'}]
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
    """
    for found in book.clauses:
        for path, language, text in _texts(found):
            if not _is_question(text, language):
                mark = "？" if language == "zh" else "?"
                yield Finding(
                    book.place(found.regime.id, path),
                    f"检查项须以“{mark}”结尾",
                    f"a checklist item must end in “{mark}”",
                    found.key,
                )


@rule("HB703", "question-twice")
def question_twice(book: Book) -> Iterator[Finding]:
    """No checklist asks the same question twice, in either language.
    同一检查表中，任一语言的问句都不得重复。

    Why: The second answer contradicts the first, or wastes the inspector's time.
    原因：两次回答可能矛盾，也浪费检查人员的时间。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记；检查电梯使用登记。
                en: Use registration of elevators is inspected; use registration of elevators is inspected.
                checks:
                  - zh: 电梯是否使用登记？
                    en: Is the use of elevators registered?
                  - zh: 电梯使用是否登记？
                    en: Is the use of elevators registered?  # <-
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记；检查电梯使用登记。
                en: Use registration of elevators is inspected; use registration of elevators is inspected.
                checks: [{zh: 电梯使用是否登记？, en: 'Is the use of elevators registered?'}]
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
    """
    for regime in book.regimes:
        seen: dict[tuple[str, str], Item] = {}
        for item in checklist(book, regime).items:
            if item.own_words:
                continue
            for language in ("zh", "en"):
                first = seen.setdefault((language, item.question[language]), item)
                if first is not item:
                    yield Finding(
                        book.place(regime.id, (*item.path, language)),
                        f"与 {first.anchor} 的问句相同",
                        f"{first.anchor} asks the same",
                        item.clause.key,
                    )


@rule("HB704", "question-adds-words")
def question_adds_words(book: Book) -> Iterator[Finding]:
    """A question uses the words of its clause, of the clauses and heading above it, and those the vocabulary lets it add.
    问句只用本条、上级条款、标题的字词，以及词表允许添加的字词。

    Why: A requirement the source does not state is invented law, and an inspector would enforce it.
    原因：原文没有的要求就是杜撰的法律，而检查人员会照此执行。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记。
                en: Use registration of elevators is inspected.
                checks:
                  - zh: 电梯使用是否登记并按月公示？  # <-
                    en: Is the use of elevators registered and published monthly?
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记。
                en: Use registration of elevators is inspected.
                checks: [{zh: 电梯使用是否登记？, en: 'Is the use of elevators registered?'}]
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
    """
    for found, path, question in _questions(book):
        for span in added(question, _sources(book, found), book.vocabulary.phrases.asking):
            yield Finding(
                book.place(found.regime.id, (*path, "zh"), span.start),
                f"“{span.name}”不见于条款，也不在词表 phrases.asking 之列",
                f"“{span.name}” is neither in the clause nor among phrases.asking of the vocabulary",
                found.key,
            )


@rule("HB705", "requirement-not-asked")
def requirement_not_asked(book: Book) -> Iterator[Finding]:
    """Every stretch of a clause of content or procedure stands in one of its questions.
    内容和程序条款的每一处文字都见于其某个问句。

    Why: A clause split into questions must not lose one of its requirements on the way.
    原因：条款拆成问句时，不得漏掉任何一项要求。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记、维护记录。  # <-
                en: Use registration of elevators and maintenance records are inspected.
                checks: [{zh: 电梯使用是否登记？, en: 'Is the use of elevators registered?'}]
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记、维护记录。
                en: Use registration of elevators and maintenance records are inspected.
                checks:
                  - {zh: 电梯使用是否登记？, en: 'Is the use of elevators registered?'}
                  - {zh: 有无维护记录？, en: 'Are there maintenance records?'}
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
    """
    for found in book.clauses:
        checks = found.clause.checks
        if not isinstance(checks, tuple) or not (is_content(found) or is_procedure(found)):
            continue
        text = found.clause.zh
        head = _run_in_head(text)
        for span in unasked(text, [c.zh for c in checks], book.vocabulary.phrases.unasked):
            if span.end <= head:
                continue
            yield Finding(
                book.place(found.regime.id, (*found.path, "zh"), span.start),
                f"“{span.name}”没有问到",
                f"no question asks for “{span.name}”",
                found.key,
            )


@rule("HB706", "checklist-empty")
def checklist_empty(book: Book) -> Iterator[Finding]:
    """Every regime has a checklist with at least one item.
    每项制度的检查表至少有一个检查项。

    Why: An empty sheet went out unnoticed for months elsewhere; here it cannot.
    原因：别处曾有空表发布数月无人察觉；这里不允许。

    Bad:
        preamble: []
        title: {zh: 电梯使用监管, en: Supervision of the use of elevators}  # <-

    Good:
        title: {zh: 电梯使用监管, en: Supervision of the use of elevators}
    """
    for found in checklists(book):
        if not found.items:
            yield Finding(
                book.place(found.regime.id, ("title",)),
                "检查表没有检查项",
                "the checklist has no item",
                found.regime.id,
            )


@rule("HB707", "duty-not-in-checklist")
def duty_not_in_checklist(book: Book) -> Iterator[Finding]:
    """A deadline, a frequency or a head-count that binds the inspectors is in the checklist wherever it stands, or excused.
    约束检查方的人数以及期限、频次，不论写在哪一节，都列入检查表或写明理由。

    Why: Who must be present and by when to report are what an inspection is set aside for.
    原因：检查往往因人数不足、逾期报告而被认定无效。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查方式, en: Method of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。
                en: There shall be not fewer than two inspectors.
                staffing:  # <-
                  - {value: 2, at_least: true, who: {zh: 检查人员, en: inspectors}, binds: inspectors}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查方式, en: Method of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - zh: 检查人员不得少于两人。
                en: There shall be not fewer than two inspectors.
                staffing:
                  - {value: 2, at_least: true, who: {zh: 检查人员, en: inspectors}, binds: inspectors}
                checks: [{zh: 检查人员是否不少于两人？, en: 'Are there not fewer than two inspectors?'}]
    """
    for found in book.clauses:
        clause = found.clause
        if clause.checks is not None or is_content(found) or is_procedure(found):
            continue
        key = (
            "staffing"
            if any(s.binds == "inspectors" for s in clause.staffing)
            else "time_limits"
            if any(t.kind is not LimitKind.LOOK_BACK for t in clause.time_limits)
            else ""
        )
        if key:
            yield Finding(
                book.key_place(found.regime.id, (*found.path, key)),
                "本条规定了人数、期限或频次，却没有检查项；请写 checks",
                "this clause sets a head-count, deadline or frequency and is not in the checklist; write checks",
                found.key,
            )


@rule("HB708", "item-number-twice")
def item_number_twice(book: Book) -> Iterator[Finding]:
    """The questions of a clause have numbers of their own, so that each item has an id of its own.
    同一条款的问句各有项号，检查项 id 不重复。

    Why: Answers are kept under the id; two questions under one id would share an answer.
    原因：填写内容按 id 保存；两个问句同一 id，就会共用一个回答。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记、维护记录。
                en: Use registration of elevators and maintenance records are inspected.
                checks:
                  - {zh: 电梯使用是否登记？, en: 'Is the use of elevators registered?', number: 2}
                  - {zh: 有无维护记录？, en: 'Are there maintenance records?'}  # <-
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查内容, en: Content of supervision and inspection}
            aspects: [object, content, method, handling]
            clauses:
              - zh: 检查电梯使用登记、维护记录。
                en: Use registration of elevators and maintenance records are inspected.
                checks:
                  - {zh: 电梯使用是否登记？, en: 'Is the use of elevators registered?', number: 2}
                  - {zh: 有无维护记录？, en: 'Are there maintenance records?', number: 1}
        unstated_aspects:
          procedure: {drawn_from: [s1], note: {zh: 由第一节归纳。, en: Drawn from section I.}}
    """
    for found in book.clauses:
        checks = found.clause.checks
        if not isinstance(checks, tuple):
            continue
        seen: set[int] = set()
        for index, check in enumerate(checks):
            number = number_of(check, index)
            if number in seen:
                yield Finding(
                    book.place(found.regime.id, (*found.path, "checks", index)),
                    f"项号 {number} 在本条已用；请写 number",
                    f"number {number} is taken in this clause; give another with number",
                    found.key,
                )
            seen.add(number)


@rule("HB709", "item-vanished", whole=True)
def item_vanished(book: Book) -> Iterator[Finding]:
    """A published checklist item is still there, or a redirect says where it went.
    已发布的检查项仍在，或者在 _redirects.yml 中写明去向。

    Why: Filled sheets and links name items by id; without a redirect they point to nothing.
    原因：已填的检查表和链接都以 id 指称检查项；没有去向，就会失效。

    Bad:
        === _published
        checklist_items:
          elevator-use.s0-p1.1: 是否使用登记？
          elevator-use.s0-p1.2: 有无维护记录？  # <-

    Good:
        === _published
        checklist_items:
          elevator-use.s0-p1.1: 是否使用登记？
          elevator-use.s0-p1.2: 有无维护记录？
        === _redirects
        checklist_items:
          elevator-use.s0-p1.2: elevator-use.s0-p1.1
    """
    for missing in lost(book):
        if missing.kind == "checklist_items":
            yield vanished(book, missing)


@rule("HB710", "item-renumbered", whole=True)
def item_renumbered(book: Book) -> Iterator[Finding]:
    """A published question keeps its id; where its place in the list changes, its number is written down.
    已发布的问句保持原 id；在列表中的次序改变时，写明 number。

    Why: A question put in between moves the answers of filled sheets to other questions, and nobody notices.
    原因：中间插入一个问句，已填检查表的回答就会错位，而无人察觉。

    Bad:
        preamble:
          - zh: 检查使用登记、维护记录。
            en: Use registration and maintenance records are inspected.
            checks:
              - {zh: 有无维护记录？, en: 'Are there maintenance records?'}  # <-
              - {zh: 是否使用登记？, en: 'Is use registered?'}  # <-
        === _published
        checklist_items:
          elevator-use.s0-p1.1: 是否使用登记？
          elevator-use.s0-p1.2: 有无维护记录？

    Good:
        preamble:
          - zh: 检查使用登记、维护记录。
            en: Use registration and maintenance records are inspected.
            checks:
              - {zh: 有无维护记录？, en: 'Are there maintenance records?', number: 2}
              - {zh: 是否使用登记？, en: 'Is use registered?', number: 1}
        === _published
        checklist_items:
          elevator-use.s0-p1.1: 是否使用登记？
          elevator-use.s0-p1.2: 有无维护记录？
    """
    published = book.published.checklist_items
    known = {question: old for old, question in published.items()}
    for found in checklists(book):
        items = {item.id: item for item in found.items}
        for item in found.items:
            old = known.get(item.question.zh)
            if old is None or old == item.id or published.get(item.id) == item.question.zh:
                continue
            clause, _, number = old.rpartition(".")
            if item.id.rpartition(".")[0] != clause:  # a clause whose own number has moved: HB804
                continue
            if old in items and items[old].question.zh != item.question.zh:
                yield Finding(
                    book.place(item.clause.regime.id, (*item.path, "zh")),
                    f"这个问句发布时的 id 是 {old}，现在变成 {item.id}；请写 number: {number}，新问句排在最后",
                    f"this question was published as {old} and is now {item.id}; write number: {number}, and put new questions last",
                    item.clause.key,
                )


@rule("HB711", "redirect-leads-nowhere", whole=True)
def redirect_leads_nowhere(book: Book) -> Iterator[Finding]:
    """A redirect names an item that is gone and leads to one that is there.
    去向条目的旧 id 已不存在，新 id 存在。

    Why: A redirect into the void, or away from an item that still stands, loses answers.
    原因：指向不存在的检查项，或把仍在的检查项移走，都会丢失填写内容。

    Bad:
        === _published
        checklist_items:
          elevator-use.s0-p1.1: 是否使用登记？
        === _redirects
        checklist_items:
          elevator-use.s0-p1.2: elevator-use.s0-p1.9  # <-

    Good:
        === _published
        checklist_items:
          elevator-use.s0-p1.1: 是否使用登记？
        === _redirects
        checklist_items:
          elevator-use.s0-p1.2: null
    """
    yield from astray(book, "checklist_items")


@rule("HB712", "lock-out-of-date", whole=True)
def lock_out_of_date(book: Book) -> Iterator[Finding]:
    """Where a lock of published ids is kept, it holds every item of today with its question.
    已有发布 id 锁定文件的，其中载有现有每个检查项及其问句。

    Why: An item the lock does not know can vanish without anyone noticing.
    原因：锁定文件里没有的检查项，消失时无人察觉。

    Bad:
        preamble:
          - zh: 检查使用登记。
            en: Use registration is inspected.
            checks:
              - zh: 使用是否登记？  # <-
                en: Is use registered?
        === _published
        checklist_items:
          elevator-use.s0-p1.1: 是否使用登记？

    Good:
        === _published
        checklist_items:
          elevator-use.s0-p1.1: 是否使用登记？
    """
    if "checklist_items" not in book.published.model_fields_set:
        return
    for found in checklists(book):
        for item in found.items:
            if book.published.checklist_items.get(item.id) != item.question.zh:
                yield Finding(
                    book.place(found.regime.id, (*item.path, "zh")),
                    f"锁定文件中没有 {item.id} 或问句已改；请运行 handbook lock",
                    f"the lock lacks {item.id} or holds another question; run handbook lock",
                    item.clause.key,
                )


def _is_question(text: str, language: str) -> bool:
    return text.endswith("？" if language == "zh" else "?")


def _texts(found: Located) -> Iterator[tuple[Path_, str, str]]:
    checks = found.clause.checks
    if isinstance(checks, tuple):
        for index, check in enumerate(checks):
            for language in ("zh", "en"):
                yield (*found.path, "checks", index, language), language, check[language]


def _questions(book: Book) -> Iterator[tuple[Located, Path_, str]]:
    for found in book.clauses:
        checks = found.clause.checks
        if checks is None or isinstance(checks, NoChecks):
            continue
        for index, check in enumerate(checks):
            yield found, (*found.path, "checks", index), check.zh


def _sources(book: Book, found: Located) -> tuple[str, ...]:
    """The texts a question of a clause may take its words from: the clause, those above it, the heading, the title."""
    above = [f.clause.zh for f in book.by_regime[found.regime.id] if found.id.startswith(f"{f.id}-")]
    heading = [found.section.heading.zh] if found.section else []
    return (found.clause.zh, *above, *heading, found.regime.title.zh)


_HEADS = ("。", "：", "是指")
"""What ends a run-in head (制定检查计划。, 直接查处案件的范围：) or the term a definition defines (重大案件是指)."""

_LONGEST_HEAD = 16


def _run_in_head(text: str) -> int:
    """Where the run-in head of a clause ends, or the term it defines; 0 where it has neither."""
    ends = [at + len(mark) for mark in _HEADS if 0 < (at := text.find(mark)) <= _LONGEST_HEAD]
    return max((end for end in ends if end < len(text)), default=0)
