"""HB6: the clauses put together again are the issued text, line for line, and every erratum quotes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checks.notes import slips
from checks.rule import Finding, rule
from checks.translation import untranslated
from handbook.model import Book
from handbook.recompose import IssuedLine, Line, Pair, aligned, bare, issued, recomposed
from handbook.source import checksum


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The unequal lines: those that differ, issued lines we lack, lines of ours the source lacks (each with: moved?)."""

    differing: tuple[tuple[Line, IssuedLine], ...]
    missing: tuple[tuple[Pair, IssuedLine, bool], ...]
    added: tuple[tuple[Line, bool], ...]


@lru_cache(maxsize=2)
def _compared(book: Book) -> _Comparison:
    """Sorts the unequal pairs. A line is moved when it stands as often here as there, only in another place."""
    here = Counter(line.bare for line in recomposed(book))
    there = Counter(line.bare for line in issued(book))
    differing: list[tuple[Line, IssuedLine]] = []
    missing: list[tuple[Pair, IssuedLine, bool]] = []
    added: list[tuple[Line, bool]] = []
    for pair in aligned(book):
        if pair.same:
            continue
        ours_moved = pair.ours is not None and there[pair.ours.bare] >= here[pair.ours.bare]
        theirs_moved = pair.theirs is not None and here[pair.theirs.bare] >= there[pair.theirs.bare]
        if pair.ours and pair.theirs and not ours_moved and not theirs_moved:
            differing.append((pair.ours, pair.theirs))
            continue
        if pair.theirs:
            missing.append((pair, pair.theirs, theirs_moved))
        if pair.ours:
            added.append((pair.ours, ours_moved))
    return _Comparison(tuple(differing), tuple(missing), tuple(added))


@rule("HB601", "line-differs-from-source", whole=True)
def line_differs(book: Book) -> Iterator[Finding]:
    """Every title, heading and paragraph equals its line of the issued text, character for character, white space apart.
    每个标题、每个段落与原文对应行逐字相同（空白除外）。

    Why: The Chinese is the authority. A character mended in silence is invented law.
    原因：中文原文是依据；悄悄改一个字就是杜撰法律。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - zh: 电梯使用单位和物业。  # <-
                en: User units of elevators and property managers.
        === source
        示例市电梯监管制度
        一、电梯使用监管
        检查使用登记。
        一、监督检查对象
        电梯使用单位及物业。

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - zh: 电梯使用单位及物业。
                en: User units of elevators and property managers.
        === source
        示例市电梯监管制度
        一、电梯使用监管
        检查使用登记。
        一、监督检查对象
        电梯使用单位及物业。
    """
    for ours, theirs in _compared(book).differing:
        yield _differing(book, ours, theirs)


def _differing(book: Book, ours: Line, theirs: IssuedLine) -> Finding:
    at = next(
        (i for i, (a, b) in enumerate(zip(ours.bare, theirs.bare, strict=False)) if a != b),
        min(len(ours.bare), len(theirs.bare)),
    )
    lead = len(bare(ours.lead))
    place = book.place(ours.document, ours.path, at - lead) if at >= lead else book.place(ours.document, ours.path)
    here, there = ours.bare[at : at + 12] or "（完）", theirs.bare[at : at + 12] or "（完）"
    return Finding(
        place,
        f"与原文第 {theirs.number} 行不同：此处“{here}”，原文“{there}”",
        f"differs from line {theirs.number} of the source: “{here}” here, “{there}” there",
        _subject(ours),
    )


def _subject(line: Line) -> str:
    return f"{line.document}#{line.anchor}" if line.anchor else line.document


@rule("HB602", "source-line-missing", whole=True)
def source_line_missing(book: Book) -> Iterator[Finding]:
    """Every line of the issued text stands in the regimes, in its place.
    原文的每一行都收入制度文件，且位置不变。

    Why: What is left out cannot be found; a reader would take the silence for the absence of a rule.
    原因：漏收的内容查不到，读者会以为没有规定。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {zh: 电梯使用单位。, en: User units of elevators.}  # <-
        === source
        示例市电梯监管制度
        一、电梯使用监管
        检查使用登记。
        一、监督检查对象
        电梯使用单位。
        电梯维保单位。

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {zh: 电梯使用单位。, en: User units of elevators.}
              - {zh: 电梯维保单位。, en: Maintenance units of elevators.}
        === source
        示例市电梯监管制度
        一、电梯使用监管
        检查使用登记。
        一、监督检查对象
        电梯使用单位。
        电梯维保单位。
    """
    for pair, theirs, moved in _compared(book).missing:
        after = pair.after
        place = book.place(after.document, after.path) if after else book.place("_handbook", ("source", "lines"))
        words = theirs.bare[:20]
        yield Finding(
            place,
            f"此行之后缺原文第 {theirs.number} 行“{words}”" + ("（它在别处，顺序有误）" if moved else ""),
            f"line {theirs.number} of the source, “{words}”, is missing after this one"
            + (" (it stands elsewhere: out of order)" if moved else ""),
            _subject(after) if after else "_handbook",
        )


@rule("HB603", "line-not-in-source", whole=True)
def line_not_in_source(book: Book) -> Iterator[Finding]:
    """Nothing stands in the regimes that the issued text does not have in that place.
    制度文件中没有原文该处所无的内容。

    Why: Text added to the source is invented law; text moved within it changes what it belongs to.
    原因：添加的文字是杜撰的法律；移动的文字会改变其归属。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {zh: 电梯使用单位。, en: User units of elevators.}
              - {zh: 电梯维保单位。, en: Maintenance units of elevators.}  # <-
        === source
        示例市电梯监管制度
        一、电梯使用监管
        检查使用登记。
        一、监督检查对象
        电梯使用单位。

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {zh: 电梯使用单位。, en: User units of elevators.}
        === source
        示例市电梯监管制度
        一、电梯使用监管
        检查使用登记。
        一、监督检查对象
        电梯使用单位。
    """
    for ours, moved in _compared(book).added:
        if untranslated(ours.words):  # HB201 says that the words are still to be written
            continue
        yield Finding(
            book.place(ours.document, ours.path),
            f"原文此处没有“{ours.bare[:20]}”"
            + ("（它在原文别处，顺序有误）" if moved else "；请照录原文；发布机关印发了新文本的，先替换原文文件"),
            f"the source does not have “{ours.bare[:20]}” here"
            + (
                " (it stands elsewhere: out of order)"
                if moved
                else "; use its words; if a new text has been issued, replace the file of the source first"
            ),
            _subject(ours),
        )


@rule("HB604", "source-checksum-differs", whole=True)
def source_checksum_differs(book: Book) -> Iterator[Finding]:
    """The SHA-256 recorded in _handbook.yml is that of the issued text in the folder.
    _handbook.yml 记录的 SHA-256 与文件夹中的原文一致。

    Why: The text everything is proven against must not change unnoticed.
    原因：一切核对所依据的原文，不得在无人察觉时改变。

    Bad:
        === _handbook
        title: {zh: 电梯监管手册, en: Elevator Handbook}
        description: {zh: 示例。, en: An example.}
        issuer: {zh: 示例市, en: Example City}
        source:
          title: {zh: 示例市电梯监管制度, en: Elevator Regimes of Example City}
          lines: [示例市电梯监管制度]
          file: source/issued.txt
          sha256: "0000000000000000000000000000000000000000000000000000000000000000"  # <-
          date: null
        editions: [zh, en]

    Good:
        keywords: {zh: [升降机], en: [lift]}
    """
    found = checksum(book)
    if found != book.handbook.source.sha256:
        yield Finding(
            book.place("_handbook", ("source", "sha256")),
            f"原文文件的校验和是 {found}；若原文确有更新，请改写此处并逐条核对",
            f"the file has the checksum {found}; if a new text was issued, record it here and check every clause",
            "_handbook",
        )


@rule("HB605", "clause-id-twice")
def clause_id_twice(book: Book) -> Iterator[Finding]:
    """No two clauses of a regime have the same number in the same place, and sections count upwards.
    同一制度中同一位置的条款序号不重复，节号递增。

    Why: The number makes the address of the clause; two clauses with one address cannot both be linked.
    原因：序号构成条款的网址；两条同址则无法分别链接。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {marker: （一）, zh: 电梯使用单位。, en: User units of elevators.}
              - {marker: （一）, zh: 电梯维保单位。, en: Maintenance units of elevators.}  # <-

    Good:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}
            aspects: [object, method, handling]
            clauses:
              - {marker: （一）, zh: 电梯使用单位。, en: User units of elevators.}
              - {marker: （二）, zh: 电梯维保单位。, en: Maintenance units of elevators.}
    """
    for regime in book.regimes:
        seen: set[str] = set()
        for found in book.by_regime[regime.id]:
            if found.id in seen:
                yield Finding(
                    book.place(regime.id, found.path),
                    f"序号“{found.clause.marker}”与前面的条款重复（{found.id}）",
                    f"the number {found.clause.marker} is taken by a clause above ({found.id})",
                    found.key,
                )
            seen.add(found.id)
        for i, (before, after) in enumerate(zip(regime.sections, regime.sections[1:], strict=False)):
            if after.number <= before.number:
                yield Finding(
                    book.place(regime.id, ("sections", i + 1, "number")),
                    f"节号 {after.number} 不大于前一节的 {before.number}",
                    f"section number {after.number} does not follow {before.number}",
                    regime.id,
                )


@rule("HB606", "erratum-not-in-text")
def erratum_not_in_text(book: Book) -> Iterator[Finding]:
    """What an erratum quotes under found stands letter for letter in the clause, heading or title it annotates.
    疑误 found 所引的字样须逐字见于所注的条款或标题。

    Why: An erratum that quotes other words accuses the source of a slip it does not have.
    原因：引文不符，等于把原文没有的错安到原文头上。

    Bad:
        errata:
          - found: 扶梯  # <-
            kind: term
            note: {zh: 用语不同。, en: Another word.}

    Good:
        errata:
          - found: 电梯
            kind: term
            note: {zh: 用语不同。, en: Another word.}
    """
    for slip in slips(book):
        if slip.erratum.found not in slip.words:
            yield Finding(
                book.place(slip.document, (*slip.path, "found")),
                f"所注文字中没有“{slip.erratum.found}”",
                f"“{slip.erratum.found}” does not stand in the words this annotates",
                slip.subject,
            )
