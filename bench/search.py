"""Measures our search against Material's with jieba: the same pages, the same queries, the same browser, one table.

    python bench/search.py [--copies N] [--json]

The queries are drawn from the texts with a fixed seed. What is right is decided here and not by either engine, by looking into
every document an engine has (ours: clauses, rows and so on; Material's: its sections), title and text apart:

- Chinese words stand in it letter for letter, once punctuation, width and case are left out; in quotes, with their punctuation.
- English words stand in it, begin a word of it, or have the stem of one (Snowball's, of the package ``snowballstemmer``); in
  quotes, word for word.
- A numeral with a unit stands in it in any writing: it is read as a number, spaces between number and unit do not count, and
  no part of a longer numeral will do.
- Of several words, all stand there. Of absent words, nothing does.

Everything an engine hands its dialog counts, what ours lists as found through a synonym too; that is right only where the words
themselves stand there. Times, of these queries and of the commonest words, are the fastest of five, since what is measured is the engine and not what else the machine does.
The large corpus repeats the regimes under other addresses and titles, without keywords, each clause made of halves of two; what is
right in it is decided the same way. Ends with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import html
import http.server
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import markdown
from playwright.sync_api import Page, sync_playwright

from handbook.edition import Edition, editions
from handbook.model import Book
from handbook.plain import write_projects
from handbook.search import Document, documents, index, of_prose
from handbook.source import read
from handbook.text.english import stem
from handbook.text.numerals import NUMERAL, chinese, number
from handbook.text.script import traditional
from handbook.views.quality import Quality

ROOT = Path(__file__).parent.parent
WORKER = ROOT / "plugins" / "handbook" / "theme" / "assets" / "handbook" / "search-worker.js"

RECALL, PRECISION, FIRST, BYTES, SOON, SOON_LARGE = 0.99, 0.95, 0.95, 0.60, 100, 150
"""The targets: recall, precision and precision at five in every sort, the index as a share of Material's, milliseconds."""

FORMS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
SMALL = [
    "with",
    "that",
    "this",
    "shall",
    "from",
    "their",
    "which",
    "have",
    "been",
    "other",
    "such",
    "where",
    "there",
    "yuan",
    "whether",
]


class Texts:
    """What an engine can find: each document as its fields, and the words of all of them."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self.fields = fields

    @functools.cached_property
    def plain(self) -> list[str]:
        return ["\n".join(plain(field) for field in fields) for fields in self.fields]

    @functools.cached_property
    def words(self) -> list[list[tuple[str, ...]]]:
        return [[english(field) for field in fields] for fields in self.fields]

    @functools.cached_property
    def holding(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for i, fields in enumerate(self.words):
            for words in fields:
                for word in words:
                    found[word].add(i)
        return found


Judge = Callable[[Texts], set[int]]


@dataclass(frozen=True)
class Query:
    """What a reader types, what sort it is, and which documents are right."""

    text: str
    sort: str
    right: Judge


@dataclass(frozen=True)
class Answer:
    """The documents an engine gives for a query, the best first, and those that are right."""

    query: Query
    given: list[int]
    right: set[int]


@dataclass(frozen=True)
class Figures:
    """Means over queries: recall where something is right, the others where something is given. ``wrong`` of ``empty``
    queries for which nothing is right were given something."""

    n: int
    recall: float | None
    precision: float | None
    first: float | None
    wrong: int
    empty: int


@dataclass(frozen=True)
class Times:
    """Milliseconds: setting up, and answering."""

    setup: float
    median: float
    longest: float


def plain(text: str) -> str:
    """Half width, small letters, without punctuation and spaces."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


def english(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", text).lower()))


def holds(*words: str) -> Judge:
    wanted = [plain(word) for word in words]
    return lambda texts: {i for i, text in enumerate(texts.plain) if all(word in text for word in wanted)}


def holds_as_it_stands(words: str) -> Judge:
    return lambda texts: {i for i, fields in enumerate(texts.fields) if any(words in field for field in fields)}


def says(*words: str) -> Judge:
    """English words: as they are, as a beginning, or with the same stem."""

    def right(texts: Texts) -> set[int]:
        sets = []
        for word in words:
            alike = (w for w in texts.holding if w.startswith(word) or stem(w) == stem(word))
            sets.append(set().union(*(texts.holding[w] for w in alike)))
        return set.intersection(*sets)

    return right


def phrase(words: str) -> Judge:
    wanted = f" {' '.join(english(words))} "
    return lambda texts: {
        i for i, fields in enumerate(texts.words) if any(wanted in f" {' '.join(words)} " for words in fields)
    }


def measured(value: int, pattern: re.Pattern[str]) -> Judge:
    """A numeral of this value where the pattern has its groups."""

    def there(text: str) -> bool:
        return any(_value(next(filter(None, m.groups()))) == value for m in pattern.finditer(text))

    return lambda texts: {i for i, fields in enumerate(texts.fields) if any(there(field) for field in fields)}


def nothing(texts: Texts) -> set[int]:
    return set()


def _value(text: str) -> int | None:
    return FORMS.get(text.lower()) or number(text.strip(",").replace(",", ""))


ZH_UNITS = {
    "元": re.compile(f"({NUMERAL})\\s*元"),
    "工作日": re.compile(f"({NUMERAL})\\s*个?工作日"),
    "日": re.compile(f"({NUMERAL})\\s*[日天]"),
    "年": re.compile(f"({NUMERAL})\\s*年"),
}
EN_NUMBER = rf"\b([0-9][0-9,]*|{'|'.join(FORMS)})"
EN_UNITS = {
    "yuan": re.compile(r"\bRMB\s+([0-9,]+)|\b([0-9][0-9,]*)\s+yuan", re.I),
    "working days": re.compile(EN_NUMBER + r"\s+working\s+days?", re.I),
    "days": re.compile(EN_NUMBER + r"\s+days?", re.I),
    "years": re.compile(EN_NUMBER + r"\s+years?", re.I),
}
EN_NAMES = {"元": "yuan", "工作日": "working days", "日": "days", "年": "years"}


def chinese_queries(book: Book, found: tuple[Document, ...], dice: random.Random) -> Iterator[Query]:
    """Pieces of clauses, terms, two pieces of one clause and of two, quotations, numerals, and the rest."""
    texts = [f.clause.zh for f in book.clauses]
    runs = [[r for r in re.findall("[\u4e00-\u9fff]{2,}", t) if not re.search(NUMERAL, r)] for t in texts]
    runs = [some for some in runs if some]

    def piece(some: list[str], least: int = 2) -> str:
        run = dice.choice(some)
        size = dice.randint(min(least, len(run)), min(6, len(run)))
        at = dice.randint(0, len(run) - size)
        return run[at : at + size]

    for _ in range(50):
        words = piece(dice.choice(runs))
        yield Query(words, "phrase", holds(words))
    for term in dice.sample(book.glossary.terms, 20):
        yield Query(term.zh, "term", holds(term.zh))
    for n in range(35):
        some = dice.choice(runs)
        a, b = piece(some), piece(some if n < 25 else dice.choice(runs))
        yield Query(f"{a} {b}", "two words", holds(a, b))
    for _ in range(12):
        clause = dice.choice([t for t in texts if len(t) > 30])
        at = clause.index("，") if "，" in clause else dice.randint(2, 20)
        words = clause[max(0, at - 4) : at + 5].strip()
        yield Query(f"“{words}”", "quoted", holds_as_it_stands(words))
    for unit, value in _amounts(texts, ZH_UNITS):
        forms = {f"{value}{unit}", f"{value:,}{unit}", f"{chinese(value)}{unit}", f"{value:,} {EN_NAMES[unit]}"}
        if unit == "工作日":
            forms |= {f"{value}个{unit}", f"{chinese(value)}个{unit}"}
        if value % 10_000 == 0:
            forms.add(f"{value // 10_000}万{unit}")
        for form in dice.sample(sorted(forms), min(2, len(forms))):
            yield Query(form, "numeral", measured(value, ZH_UNITS[unit]))
    han = "[\u4e00-\u9fff]"
    both = {
        m
        for d in found
        for m in re.findall(f"{han}{{1,3}}[A-Z][A-Za-z]*|[A-Z][A-Za-z]*{han}{{1,3}}", d.title + "\n" + d.text)
    }
    for words in dice.sample(sorted(both), min(10, len(both))):
        yield Query(words, "mixed", holds(words))
    old = {simple: sign for sign, simple in reversed(list(traditional("".join(texts)).items()))}
    changed = [t.zh for t in book.glossary.terms if any(c in old for c in t.zh)]
    for words in dice.sample(changed, 12):
        yield Query("".join(old.get(c, c) for c in words), "traditional", holds(words))
    everything = "\n".join(plain(field) for d in found for field in (d.title, d.text))
    letters = sorted({c for t in texts for c in plain(t) if c >= "\u4e00"} - set("零一二三四五六七八九十百千万亿两"))
    for n in range(20):
        words = "".join(dice.sample(letters, 4))
        if words not in everything:
            yield Query(f"{piece(dice.choice(runs))} {words}" if n % 4 == 0 else words, "absent", nothing)


def english_queries(book: Book, found: tuple[Document, ...], dice: random.Random) -> Iterator[Query]:
    """Words, other forms of them, beginnings, terms, two words, quotations, numerals, and the rest."""
    texts = [f.clause.en for f in book.clauses]
    words = sorted({w for t in texts for w in english(t) if len(w) > 3 and w.isalpha()} - {*SMALL, *FORMS})
    everywhere = {w for d in found for field in (d.title, d.text) for w in english(field)}
    for word in dice.sample(words, 40):
        yield Query(word, "word", says(word))
    bent = ((w, w + end) for w in dice.sample(words, len(words)) for end in ("s", "ing", "ed", "ly"))
    fresh = [form for w, form in bent if form not in everywhere and stem(form) == stem(w)]
    for word in fresh[:20]:
        yield Query(word, "inflected", says(word))
    for word in dice.sample([w for w in words if len(w) > 7], 10):
        yield Query(word[:6], "beginning", says(word[:6]))
    for n in range(35):
        a, b = ([w for w in english(dice.choice(texts)) if w in words] for _ in range(2))
        if len(a) > 1 and b:
            one, other = dice.sample(sorted(set(a)), 2) if n < 25 and len(set(a)) > 1 else (a[0], dice.choice(b))
            yield Query(f"{one} {other}", "two words", says(one, other))
    for term in dice.sample(book.glossary.terms, 10):
        yield Query(f'"{term.en}"', "quoted", phrase(term.en))
    for _ in range(10):
        some = english(dice.choice([t for t in texts if len(t) > 60]))
        at = dice.randint(0, len(some) - 4)
        yield Query(f'"{" ".join(some[at : at + 4])}"', "quoted", phrase(" ".join(some[at : at + 4])))
    for unit, value in _amounts(texts, EN_UNITS):
        forms = {f"{value:,} {unit}", f"{value} {unit}"}
        if unit == "yuan":
            forms |= {f"RMB {value:,}", f"{value}元", f"{chinese(value)}元"}
        if unit == "working days":
            forms |= {f"{value}个工作日", f"{chinese(value)}个工作日"}
        for form in dice.sample(sorted(forms), min(2, len(forms))):
            yield Query(form, "numeral", measured(value, EN_UNITS[unit]))
    for word in [
        "quantum",
        "zebra",
        "marsupial",
        "xylophone",
        "volcano",
        "astronaut",
        "saxophone",
        "glacier",
        "tangerine",
        "hippopotamus",
    ]:
        yield Query(word, "absent", nothing)
    for word in ["zebra", "volcano", "walrus", "piano", "cucumber", "meteor"]:
        yield Query(f"inspection {word}", "absent", nothing)


def _amounts(texts: list[str], units: dict[str, re.Pattern[str]]) -> Iterator[tuple[str, int]]:
    """Every number with a unit that the texts state, up to six a unit."""
    for unit, pattern in units.items():
        stated = {_value(next(filter(None, m.groups()))) for t in texts for m in pattern.finditer(t)}
        yield from ((unit, value) for value in sorted(v for v in stated if v)[:6])


def own(page: Page, packed: str, found: tuple[Document, ...], queries: list[Query]) -> list[Answer]:
    """What our engine hands the dialog."""
    _load(page, packed)
    script = """all => all.map((data) => handbookSearch.answer({ type: 2, data }).data.items.flat().filter((row) => row.score > 0).map((row) => row.location))"""
    places = {d.id: i for i, d in enumerate(found)}
    given = page.evaluate(script, [q.text for q in queries])
    return judged(queries, [[places[one] for one in some] for some in given], _texts(found))


def own_large(page: Page, packed: str, found: tuple[Document, ...], queries: list[Query]) -> list[Answer]:
    """All that our engine finds, the best first, where the dialog is handed only so much."""
    _load(page, packed)
    given = page.evaluate("all => all.map((q) => engine.find(q).map((hit) => hit.entry))", [q.text for q in queries])
    return judged(queries, given, _texts(found))


def _texts(found: tuple[Document, ...]) -> Texts:
    return Texts([(d.title, d.text) for d in found])


def _load(page: Page, packed: str) -> None:
    page.goto("about:blank")
    page.add_script_tag(content=WORKER.read_text(encoding="utf-8"))
    page.evaluate(
        "p => { const data = JSON.parse(p); window.engine = new handbookSearch.Engine(data); handbookSearch.answer({ type: 0, data }); }",
        packed,
    )


def common(book: Book, language: str) -> list[str]:
    """The words the texts hold most often, alone and together, and a clause from its end, which is not there: nothing takes longer."""
    texts = [getattr(f.clause, language) for f in book.clauses]
    pattern = "(?=([\u4e00-\u9fff]{2}))" if language == "zh" else "[a-z]+"
    often = Counter(w for t in texts for w in set(re.findall(pattern, t.lower())))
    words = [word for word, _ in often.most_common(6)]
    absent = max(texts, key=len)[60::-1]
    return [*words, " ".join(words[:2]), " ".join(words[1:4]), absent, *(["的", "一"] if language == "zh" else ["a"])]


def timed(page: Page, packed: str, queries: list[str]) -> Times:
    """How long it takes to read the index, and to answer each query: from the question to what the dialog is handed."""
    _load(page, packed)
    setup = page.evaluate(
        "p => { const t = performance.now(); handbookSearch.create()({ type: 0, data: JSON.parse(p) }); return performance.now() - t; }",
        packed,
    )
    script = """(all) => all.map((data) => Math.min(...[1, 2, 3, 4, 5].map(() => {
      const t = performance.now();
      handbookSearch.answer({ type: 2, data });
      return performance.now() - t;
    })))"""
    times = page.evaluate(script, queries)
    return Times(setup, statistics.median(times), max(times))


def materials(page: Page, address: str, worker: str, packed: str, queries: list[Query]) -> tuple[list[Answer], float]:
    """What Material's worker hands its dialog, and how long the slowest answer takes."""
    found = json.loads(packed)
    page.goto(address)
    script = """async ([worker, index, all]) => {
      const w = new Worker(worker);
      const ask = (message) => new Promise((done) => { w.onmessage = (e) => done(e.data); w.postMessage(message); });
      await ask({ type: 0, data: { ...index, options: { suggest: false } } });
      const given = [];
      let longest = 0;
      for (const data of all) {
        const t = performance.now(), items = (await ask({ type: 2, data })).data.items;
        longest = Math.max(longest, performance.now() - t);
        given.push(items.flat().filter((i) => i.score > 0).map((i) => i.location));
      }
      return [given, longest];
    }"""
    answers, longest = page.evaluate(script, [worker, found, [q.text for q in queries]])
    places = {d["location"]: i for i, d in enumerate(found["docs"])}
    texts = Texts([(_bare(d["title"]), _bare(d["text"])) for d in found["docs"]])
    return judged(queries, [[places[location] for location in given] for given in answers], texts), longest


def _bare(text: str) -> str:
    return html.unescape(re.sub("<[^>]*>|\u200b", "", text))


def judged(queries: list[Query], given: list[list[int]], texts: Texts) -> list[Answer]:
    return [Answer(query, answer, query.right(texts)) for query, answer in zip(queries, given, strict=True)]


def figures(answers: list[Answer]) -> Figures:
    def mean(values: list[float]) -> float | None:
        return statistics.mean(values) if values else None

    return Figures(
        len(answers),
        mean([len(a.right & set(a.given)) / len(a.right) for a in answers if a.right]),
        mean([len(a.right & set(a.given)) / len(a.given) for a in answers if a.given]),
        mean([len(a.right & set(a.given[:5])) / len(a.given[:5]) for a in answers if a.given]),
        sum(bool(a.given) for a in answers if not a.right),
        sum(not a.right for a in answers),
    )


def by_sort(answers: list[Answer]) -> dict[str, Figures]:
    sorts = dict.fromkeys(a.query.sort for a in answers)
    return {"all": figures(answers), **{s: figures([a for a in answers if a.query.sort == s]) for s in sorts}}


def large(found: tuple[Document, ...], copies: int, dice: random.Random) -> tuple[Document, ...]:
    """The documents with their regimes repeated, each clause made of the halves of two."""
    regimes = [d for d in found if d.page.startswith("regimes/")]
    texts = [d.text for d in regimes if d.kind == "clause"]

    def halves() -> str:
        a, b = dice.sample(texts, 2)
        return (
            a[: len(a) // 2].rsplit(" ", 1)[0]
            + ("" if "\u4e00" <= a[0] <= "\u9fff" else " ")
            + b[len(b) // 2 :].partition(" ")[2]
        )

    made = []
    for n in range(1, copies):
        for d in regimes:
            page = d.page.removesuffix("/") + f"-{n}/"
            changed = replace(d, page=page, keywords=(), text=halves() if d.kind == "clause" else d.text)
            made.append(replace(changed, title=f"{d.title} {n}") if d.kind == "regime" else changed)
    return (*found, *made)


def prose(edition: Edition) -> tuple[Document, ...]:
    """The pages written by hand, which Material's index holds too."""
    found: tuple[Document, ...] = ()
    for file in sorted((ROOT / "docs" / edition.language).glob("*.md")):
        made = markdown.markdown(file.read_text(encoding="utf-8"), extensions=["tables", "toc"])
        title = re.search("<h1[^>]*>(.*?)</h1>", made)
        found += of_prose(f"{file.stem}/", title[1] if title else file.stem, made)
    return found


def missed(result: dict[str, Any]) -> Iterator[str]:
    """The targets a result misses, in words."""
    for where, some in (("", result["ours"]), (f", {result['regimes_large']} regimes", result["large"])):
        for sort, f in some.items():
            name = f"{result['language']}, {sort}{where}"
            for what, value, least in (
                ("recall", f.recall, RECALL),
                ("precision", f.precision, PRECISION),
                ("P@5", f.first, FIRST),
            ):
                if value is not None and value < least:
                    yield f"{name}: {what} {value:.3f}, not {least}"
            if f.wrong:
                yield f"{name}: {f.wrong} of {f.empty} absent queries find something"
    share = result["bytes"]["ours"] / result["bytes"]["material"]
    if share > BYTES:
        yield f"{result['language']}: the index is {share:.0%} of Material's, not {BYTES:.0%}"
    for times, most in ((result["times"], SOON), (result["times_large"], SOON_LARGE)):
        if times.longest > most:
            yield f"{result['language']}: the slowest answer takes {times.longest:.0f} ms, not {most}"


def printed(result: dict[str, Any]) -> None:
    """The table of one language."""
    language = result["language"]
    print(f"\n{language}: ours | Material+jieba")
    print(f"{'queries':12} {'n':>4}  {'recall':>13}  {'precision':>13}  {'P@5':>13}  found where nothing is")
    for sort, f in result["ours"].items():
        t = result["material"][sort]
        pairs = ((f.recall, t.recall), (f.precision, t.precision), (f.first, t.first))
        columns = "  ".join(f"{_number(a):>5} | {_number(b):>5}" for a, b in pairs)
        wrong = f"{f.wrong} of {f.empty} | {t.wrong} of {t.empty}" if f.empty or t.empty else ""
        print(f"{sort:12} {f.n:4}  {columns}  {wrong}")
    f = result["large"]["all"]
    print(
        f"{'all, ' + str(result['regimes_large']):12} {f.n:4}  {_number(f.recall):>5}          {_number(f.precision):>5}          {_number(f.first):>5}          {f.wrong} of {f.empty}"
    )
    size = result["bytes"]
    print(
        f"index        {size['ours']:,} bytes | {size['material']:,} ({size['ours'] / size['material']:.0%}); gzip {size['ours_gzip']:,} | {size['material_gzip']:,} ({size['ours_gzip'] / size['material_gzip']:.0%})"
    )
    for n, times in ((result["regimes"], result["times"]), (result["regimes_large"], result["times_large"])):
        rest = f" | longest {result['material_longest']:.1f} ms" if n == result["regimes"] else ""
        print(
            f"{n:5} regimes: ready in {times.setup:.0f} ms; answer: median {times.median:.1f} ms, longest {times.longest:.1f} ms{rest}"
        )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def measure(book: Book, copies: int) -> Iterator[dict[str, Any]]:
    """The figures of each edition."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        for _ in write_projects(book, Quality(), ROOT / "docs", folder):
            pass
        for edition in editions(book):
            subprocess.run(
                [sys.executable, "-m", "mkdocs", "build", "-q"],
                cwd=folder / edition.language,
                check=True,
                stderr=subprocess.DEVNULL,
            )
        handler = functools.partial(_Quiet, directory=str(folder / "site"))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        for edition in editions(book):
            found = documents(book, edition) + prose(edition)
            make = chinese_queries if edition.language == "zh" else english_queries
            queries = list(make(book, found, random.Random(1)))
            asked = [q.text for q in queries] + common(book, edition.language)
            site = folder / "site" / edition.prefix
            theirs = (site / "search" / "search_index.json").read_text(encoding="utf-8")
            workers = (site / "assets" / "javascripts" / "workers").glob("search.*.js")
            worker = next(workers).relative_to(site).as_posix()
            packed = index(book, edition, found)
            many = large(found, copies, random.Random(2))
            packed_many = index(book, edition, many)
            answers, longest = materials(page, address + edition.prefix, worker, theirs, queries)
            yield {
                "language": edition.language,
                "regimes": len(book.regimes),
                "regimes_large": copies * len(book.regimes),
                "ours": by_sort(own(page, packed, found, queries)),
                "material": by_sort(answers),
                "material_longest": longest,
                "large": by_sort(own_large(page, packed_many, many, queries[::3])),
                "bytes": {
                    "ours": len(packed.encode()),
                    "material": len(theirs.encode()),
                    "ours_gzip": len(gzip.compress(packed.encode())),
                    "material_gzip": len(gzip.compress(theirs.encode())),
                },
                "times": timed(page, packed, asked),
                "times_large": timed(page, packed_many, asked),
            }
        browser.close()
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main() -> int:
    asked = argparse.ArgumentParser(description="Measures our search against Material's with jieba.")
    asked.add_argument("--copies", type=int, default=100, help="how often the large corpus holds the regimes")
    asked.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = asked.parse_args()
    book = read(ROOT / "regimes").book
    assert book is not None
    results = []
    for result in measure(book, options.copies):
        results.append(result)
        if not options.json:
            printed(result)
    problems = [problem for result in results for problem in missed(result)]
    if options.json:
        print(json.dumps({"results": results, "missed": problems}, ensure_ascii=False, indent=2, default=vars))
    else:
        print("\n" + ("\n".join(["missed:", *problems]) if problems else "all targets met"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
