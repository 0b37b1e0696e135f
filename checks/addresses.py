"""HB8: ids are addresses; what was published under one is still found there, or a redirect says where."""

from __future__ import annotations

from collections.abc import Iterator

from checks.rule import Finding, rule
from handbook.lock import sentence
from handbook.model import Book
from handbook.nodes import Path_
from handbook.problem import Place, Severity
from handbook.schema import stale_schemas
from handbook.views.moves import FILES, Gone, Kind, circles, first_words, gone, lost, published, redirects, today


@rule("HB801", "id-vanished", whole=True)
def id_vanished(book: Book) -> Iterator[Finding]:
    """A published regime, section, clause or law is still there, or _redirects.yml says where it went.
    已发布的制度、节、条款、法规仍在，或者在 _redirects.yml 中写明去向。

    Why: Decisions, letters and bookmarks name them by these addresses; without a redirect they point to nothing. What is said
    of a regime, a section or a clause goes for all below it, if that is found there under the same number.
    原因：文书、来函和书签都以这些网址指称；没有去向，就会失效。制度、节、条款的去向也适用于其下的内容，只要序号相同。

    Bad:
        === _published
        regimes:
          elevator-use: 电梯使用监管
          lift-use: 升降机使用监管  # <-
        clauses:
          elevator-use#s0-p1: "13ea839d 检查使用登记。"
          elevator-use#s0-p2: "00000000 检查维护记录。"  # <-
          elevator-use#s1-p1: "f45c263e 电梯使用单位。"
          lift-use#s0-p1: "13ea839d 检查使用登记。"

    Good:
        === _published
        regimes:
          elevator-use: 电梯使用监管
          lift-use: 升降机使用监管
        clauses:
          elevator-use#s0-p1: "13ea839d 检查使用登记。"
          elevator-use#s0-p2: "00000000 检查维护记录。"
          elevator-use#s1-p1: "f45c263e 电梯使用单位。"
          lift-use#s0-p1: "13ea839d 检查使用登记。"
        === _redirects
        regimes:
          lift-use: elevator-use
        clauses:
          elevator-use#s0-p2: null
    """
    for missing in lost(book):
        if missing.kind != "checklist_items":  # HB709
            yield vanished(book, missing)


@rule("HB802", "address-leads-nowhere", whole=True)
def address_leads_nowhere(book: Book) -> Iterator[Finding]:
    """A redirect of a regime, a section, a clause or a law leads from an id that is gone to one that is there.
    制度、节、条款、法规的去向条目，旧 id 已不存在，新 id 存在。

    Why: In a circle or at an id nobody has, a reader is sent round for nothing; an id that still stands must stay its own.
    原因：循环的去向、不存在的去向，读者什么也找不到；仍在使用的标识不得改向。

    Bad:
        === _redirects
        regimes:
          elevator-use: null  # <-
          lift-use: hoist-use  # <-
        clauses:
          elevator-use#s8: elevator-use#s9  # <-
          elevator-use#s9: elevator-use#s8  # <-

    Good:
        === _redirects
        regimes:
          hoist-use: elevator-use
          lift-use: hoist-use
        clauses:
          elevator-use#s8: elevator-use#s9
          elevator-use#s9: null
    """
    for kind in ("regimes", "clauses", "laws"):
        yield from astray(book, kind)


@rule("HB803", "ids-not-locked", whole=True)
def ids_not_locked(book: Book) -> Iterator[Finding]:
    """A lock of published ids holds every regime, section, clause and law of today, with its words.
    发布 id 的锁定文件载有现有的每项制度、每节、每条、每部法规及其文字。

    Why: What the lock does not know can vanish without anyone noticing. The words tell where a text has gone.
    原因：锁定文件里没有的，消失时无人察觉；其中的文字用以查找去向。

    Bad:
        sections:
          - number: 1
            heading: {zh: 监督检查对象, en: Objects of supervision and inspection}  # <-
            aspects: [object, method, handling]
            clauses:
              - {zh: 电梯使用单位。, en: User units of elevators.}  # <-
        === _published
        sections: {}
        clauses:
          elevator-use#s0-p1: "13ea839d 检查使用登记。"
          elevator-use#s1-p1: "00000000 电梯。"

    Good:
        === _published
        sections:
          elevator-use#s1: 监督检查对象
        clauses:
          elevator-use#s0-p1: "13ea839d 检查使用登记。"
          elevator-use#s1-p1: "f45c263e 电梯使用单位。"
    """
    for kind in ("regimes", "sections", "clauses", "laws"):
        if kind not in book.published.model_fields_set:
            continue
        held = published(book)[kind]
        for document, behind in _by_document(kind, {i: w for i, w in today(book)[kind].items() if held.get(i) != w}):
            first, count = behind[0], len(behind)
            yield Finding(
                _place(book, kind, first),
                f"锁定文件中没有 {first}，或其文字已改"
                + (f"（共 {count} 处）" if count > 1 else "")
                + "；请运行 handbook lock",
                f"the lock lacks {first} or holds other words"
                + (f", and {count - 1} more" if count > 1 else "")
                + "; run handbook lock",
                document,
            )


@rule("HB804", "numbers-shifted", Severity.WARNING, whole=True)
def numbers_shifted(book: Book) -> Iterator[Finding]:
    """A published clause keeps its id: a new one does not move the numbers of those after it, unless the source itself did.
    已发布的条款保持原 id：新条款不移动其后各条的序号，除非原文本身重新编号。

    Why: Where a paragraph is put in between, every address after it leads to the next text. If the source numbers it so, that is
    right: who cites V(2) means what V(2) says in the text in force, and `handbook lock` accepts it. If the order is ours, put the new one last.
    原因：中间插入一条，其后各条的网址就指向下一条的文字。原文即如此编号的，无须改动：援引“五（二）”的人，指的是现行文本的五（二），运行
    `handbook lock` 即可。次序由编者决定的，新条款排在最后。

    Bad:
        preamble:
          - zh: 检查维护记录。  # <-
            en: Maintenance records are inspected.
            checks: [{zh: 有无维护记录？, en: 'Are there maintenance records?'}]
          - zh: 检查使用登记。
            en: Use registration is inspected.
            checks: [{zh: 是否使用登记？, en: 'Is use registered?'}]
        === _published
        clauses:
          elevator-use#s0-p1: "13ea839d 检查使用登记。"
          elevator-use#s1-p1: "f45c263e 电梯使用单位。"

    Good:
        preamble:
          - zh: 检查使用登记。
            en: Use registration is inspected.
            checks: [{zh: 是否使用登记？, en: 'Is use registered?'}]
          - zh: 检查维护记录。
            en: Maintenance records are inspected.
            checks: [{zh: 有无维护记录？, en: 'Are there maintenance records?'}]
        === _published
        regimes: {elevator-use: 电梯使用监管}
    """
    now, held = today(book)["clauses"], book.published.clauses
    where: dict[tuple[str, str], list[str]] = {}
    for key, words in now.items():
        where.setdefault((_list_of(key), words), []).append(key)
    shifted: dict[str, list[tuple[str, str]]] = {}
    for old, words in held.items():
        if old not in now or now[old] == words:
            continue
        at = where.get((_list_of(old), words), [])
        if len(at) == 1 and held.get(at[0]) != words:
            shifted.setdefault(_list_of(old), []).append((old, at[0]))
    for pairs in shifted.values():
        (old, new), count = pairs[0], len(pairs)
        yield Finding(
            _place(book, "clauses", old),
            f"{old} 发布时的文字（{first_words(held[old])}）现为 {new}"
            + (f"，本组共 {count} 条移位" if count > 1 else "")
            + "；原文即如此编号的，运行 handbook lock；否则把新条款排在最后",
            f"what was published as {old} ({first_words(held[old])}) is now {new}"
            + (f", one of {count} moved in this list" if count > 1 else "")
            + "; if the source numbers it so, run handbook lock, else put the new clause last",
            old,
        )


@rule("HB805", "schemas-out-of-date")
def schemas_out_of_date(book: Book) -> Iterator[Finding]:
    """The schemas editors use, where there are any, hold the words and laws of today.
    编辑器所用的模式文件（如有）与现有的词表、法规一致。

    Why: An editor that does not know a new law marks it as a mistake, and does not offer it.
    原因：编辑器不知道新的法规，就会把它标为错误，也不会提示。

    Bad:
        === _schema
        {}  # <-

    Good:
        title: {zh: 电梯使用监管, en: Supervision of the use of elevators}
    """
    for name in stale_schemas(book):
        yield Finding(
            Place(book.documents["_handbook"].file.parent / "_schema" / name),
            "与词表、法规登记簿或模型不一致；请运行 handbook schema",
            "differs from the vocabulary, the register of laws or the model; run handbook schema",
            f"_schema#{name}",
        )


def vanished(book: Book, missing: Gone) -> Finding:
    """The finding for a published id that is gone and of which no redirect says where."""
    place = book.key_place("_published", (missing.kind, missing.old))
    message = sentence(book, missing)
    return Finding(place, message.zh, message.en, f"_published#{missing.old}")


def astray(book: Book, kind: Kind) -> Iterator[Finding]:
    """The redirects under a key that lead away from an id that stands, in a circle or to one that is not there."""
    said, now = redirects(book)[FILES[kind]], today(book)
    standing = {name for k in now if FILES[k] == FILES[kind] for name in now[k]}
    ends = {g.old: g for g in gone(book) if FILES[g.kind] == FILES[kind]}
    round_ = circles(said)
    for old, new in said.items():
        subject = f"_redirects#{old}"
        if old in standing:
            yield Finding(
                book.key_place("_redirects", (kind, old)),
                f"{old} 仍在，不应改向",
                f"{old} is still there and needs no redirect",
                subject,
            )
        elif old in round_:
            yield Finding(
                book.place("_redirects", (kind, old)),
                f"{old} 的去向最终回到自身；请写现有的 id，或 null",
                f"the redirects of {old} lead in a circle; name an id there is, or null",
                subject,
            )
        elif new is not None and not ends[old].said and (new not in ends or new not in said):
            yield Finding(
                book.place("_redirects", (kind, old)),
                f"{new} 不存在；请写现有的 id，或 null",
                f"there is no {new}; name an id there is, or null",
                subject,
            )


def _by_document(kind: Kind, behind: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The ids the lock is behind with, by the document they stand in."""
    found: dict[str, list[str]] = {}
    for name in behind:
        found.setdefault("_laws" if kind == "laws" else name.partition("#")[0], []).append(name)
    yield from found.items()


def _place(book: Book, kind: Kind, name: str) -> Place:
    document, path = _where(book, kind, name)
    return book.place(document, path)


def _where(book: Book, kind: Kind, name: str) -> tuple[str, Path_]:
    if kind == "laws":
        return "_laws", ("laws", next(i for i, law in enumerate(book.laws.laws) if law.id == name), "id")
    regime, _, anchor = name.partition("#")
    if kind == "regimes":
        return regime, ("title", "zh")
    if kind == "sections":
        sections = next(r for r in book.regimes if r.id == regime).sections
        index = next(i for i, section in enumerate(sections) if f"s{section.number}" == anchor)
        return regime, ("sections", index, "heading", "zh")
    return regime, (*book.by_key[name].path, "zh")


def _list_of(key: str) -> str:
    """The list a clause stands in: the clause or section above it."""
    return key.rpartition("-")[0]
