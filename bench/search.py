"""Measures our search against Material's with jieba, on the same pages in the same browser, and prints a table.

    python bench/search.py [copies]

The queries are drawn from the text with a fixed seed. What is right is decided here, by looking into every document an engine
has (its clauses, or Material's sections) for the words themselves, not by either engine. A document is right for Chinese words
that stand in it once punctuation is left out, for English words that stand in it, begin a word of it or have its stem, for
numerals of the same value; several words must all stand there. ``copies`` is how often the regimes are repeated to time a large corpus.
"""

from __future__ import annotations

import functools
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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from handbook.edition import editions
from handbook.model import Book
from handbook.plain import write_projects
from handbook.search import documents, index
from handbook.source import read
from handbook.text.english import stem
from handbook.text.numerals import NUMERAL, number
from handbook.views.quality import Quality

ROOT = Path(__file__).parent.parent
WORKER = ROOT / "plugins" / "handbook" / "theme" / "assets" / "handbook" / "search-worker.js"

Judge = Callable[[str], bool]


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


def plain(text: str) -> str:
    """Half width, small letters, without punctuation and spaces."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())


def holds(*words: str) -> Judge:
    wanted = [plain(word) for word in words]
    return lambda text: all(word in plain(text) for word in wanted)


@functools.lru_cache(maxsize=20_000)
def english(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", text).lower()))


def says(*words: str) -> Judge:
    """English words: as they are, as a beginning, or with the same stem."""

    def right(text: str) -> bool:
        there = english(text)
        return all(any(w.startswith(word) or stem(w) == stem(word) for w in there) for word in words)

    return right


def phrase(words: str) -> Judge:
    wanted = " " + " ".join(english(words)) + " "
    return lambda text: wanted in " " + " ".join(english(text)) + " "


def amounts(value: int, unit: str) -> Judge:
    """A numeral of this value before the unit, whatever its writing; in English RMB may stand before it."""
    if unit == "yuan":
        sums = re.compile(r"RMB\s+([0-9,]+)|([0-9,]+)\s+yuan", re.I)
        return lambda text: any(number((m[1] or m[2]).strip(",")) == value for m in sums.finditer(text))
    pattern = re.compile(f"({NUMERAL}){unit}")
    return lambda text: any(number(m[1]) == value for m in pattern.finditer(text))


def chinese_queries(book: Book, dice: random.Random) -> Iterator[Query]:
    """Pieces of clauses, terms, two pieces of one clause and of two clauses, numerals, mixed and absent ones."""
    texts = [f.clause.zh for f in book.clauses]
    runs = [re.findall("[\u4e00-\u9fff]{2,}", t) for t in texts]
    runs = [[r for r in found if not re.search(NUMERAL, r)] for found in runs]
    runs = [found for found in runs if found]

    def piece(found: list[str]) -> str:
        run = dice.choice(found)
        size = dice.randint(2, min(6, len(run)))
        at = dice.randint(0, len(run) - size)
        return run[at : at + size]

    for _ in range(60):
        words = piece(dice.choice(runs))
        yield Query(words, "piece", holds(words))
    for term in dice.sample(book.glossary.terms, 20):
        yield Query(term.zh, "term", holds(term.zh))
    for _ in range(25):
        found = dice.choice(runs)
        a, b = piece(found), piece(found)
        yield Query(f"{a} {b}", "two words", holds(a, b))
    for _ in range(10):
        a, b = piece(dice.choice(runs)), piece(dice.choice(runs))
        yield Query(f"{a} {b}", "two words", holds(a, b))
    for value, forms in ((30_000, ("3万元", "三万元", "30000元", "30,000元", "３万元")), (1000, ("一千元", "1000元"))):
        for form in forms:
            yield Query(form, "numeral", amounts(value, "元"))
    for value, forms in ((5, ("五个工作日", "5个工作日")), (3, ("三个工作日", "3个工作日")), (15, ("十五日", "15日"))):
        for form in forms:
            unit = "(?:个)?工作日" if "工作" in form else "日"
            yield Query(form, "numeral", amounts(value, unit))
    everything = plain(" ".join(texts))
    mixed = sorted({m for t in texts for m in re.findall("[\u4e00-\u9fff]{1,2}[A-Z]{1,5}[\u4e00-\u9fff]{1,2}", t)})
    for words in mixed[:8]:
        yield Query(words, "mixed", holds(words))
    for _ in range(15):
        words = "".join(dice.sample(sorted(set(everything) - set("0123456789")), 4))
        if words not in everything:
            yield Query(words, "absent", lambda text: False)


def english_queries(book: Book, dice: random.Random) -> Iterator[Query]:
    """Words, beginnings, two words, phrases in quotes, numerals and absent ones."""
    texts = [f.clause.en for f in book.clauses]
    small = {
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
    }
    words = sorted({w for t in texts for w in english(t) if len(w) > 3 and w.isalpha()} - small)
    for word in dice.sample(words, 40):
        yield Query(word, "piece", says(word))
    for word in dice.sample([w for w in words if len(w) > 7], 10):
        yield Query(word[:6], "beginning", says(word[:6]))
    for _ in range(30):
        there = [w for w in english(dice.choice(texts)) if w in words]
        if len(there) > 1:
            a, b = dice.sample(there, 2)
            yield Query(f"{a} {b}", "two words", says(a, b))
    for term in dice.sample(book.glossary.terms, 15):
        yield Query(f'"{term.en}"', "quoted", phrase(term.en))
    for form in ("30,000 yuan", "30000 yuan", "RMB 30,000", "3万元", "三万元"):
        yield Query(form, "numeral", amounts(30_000, "yuan"))
    for word in ("quantum", "zebra", "marsupial", "xylophone", "volcano", "astronaut", "saxophone", "glacier"):
        yield Query(word, "absent", lambda text: False)
    for word in ("quantum", "zebra", "volcano"):
        yield Query(f"inspection {word}", "absent", lambda text: False)


def ours(page: Page, packed: str, queries: list[Query]) -> tuple[list[Answer], list[float]]:
    """Asks our engine, in the page."""
    docs = json.loads(packed)["docs"]
    texts = [t for d in docs for t in (f"{d[1]}\n{''.join(d[6:])}", *(f"{e[1]}\n{e[2]}" for e in d[5]))]
    page.goto("about:blank")
    page.add_script_tag(content=WORKER.read_text(encoding="utf-8"))
    page.evaluate("packed => { window.engine = new handbookSearch.Engine(JSON.parse(packed)); }", packed)
    given = page.evaluate("all => all.map(q => engine.find(q).map(hit => hit.entry))", [q.text for q in queries])
    return judged(queries, given, texts), timed(page, packed, queries)


def timed(page: Page, packed: str, queries: list[Query]) -> list[float]:
    """How long the answer to each query takes, in milliseconds, from the question to what the dialog is handed."""
    script = """([packed, all]) => {
      handbookSearch.answer({ type: 0, data: JSON.parse(packed) });
      return all.map((data) => { const t = performance.now(); handbookSearch.answer({ type: 2, data }); return performance.now() - t; });
    }"""
    times: list[float] = page.evaluate(script, [packed, [q.text for q in queries]])
    return times


def materials(page: Page, address: str, worker: str, packed: str, queries: list[Query]) -> list[Answer]:
    """Asks Material's worker, as its dialog does."""
    found = json.loads(packed)
    page.goto(address)
    script = """async ([worker, index, all]) => {
      const w = new Worker(worker);
      const ask = (message) => new Promise((done) => { w.onmessage = (e) => done(e.data); w.postMessage(message); });
      await ask({ type: 0, data: { ...index, options: { suggest: false } } });
      const given = [];
      for (const data of all) {
        const items = (await ask({ type: 2, data })).data.items;
        given.push(items.flat().filter((i) => i.score > 0).map((i) => i.location));
      }
      return given;
    }"""
    answers = page.evaluate(script, [worker, found, [q.text for q in queries]])
    places = {d["location"]: i for i, d in enumerate(found["docs"])}
    texts = [html.unescape(re.sub("<[^>]*>|\u200b", "", f"{d['title']}\n{d['text']}")) for d in found["docs"]]
    return judged(queries, [[places[location] for location in given] for given in answers], texts)


def judged(queries: list[Query], given: list[list[int]], texts: list[str]) -> list[Answer]:
    return [
        Answer(query, answer, {i for i, text in enumerate(texts) if query.right(text)})
        for query, answer in zip(queries, given, strict=True)
    ]


def figures(answers: list[Answer]) -> tuple[float, float, float]:
    """Recall, precision and precision at five: the mean over the queries that can be right, or have given something."""
    recall = [len(a.right & set(a.given)) / len(a.right) for a in answers if a.right]
    precision = [len(a.right & set(a.given)) / len(a.given) for a in answers if a.given]
    first = [len(a.right & set(a.given[:5])) / len(a.given[:5]) for a in answers if a.given]
    return tuple(statistics.mean(x) if x else float("nan") for x in (recall, precision, first))  # type: ignore[return-value]


def table(name: str, answers: list[Answer]) -> None:
    sorts = dict.fromkeys(a.query.sort for a in answers)
    for sort in ("all", *sorts):
        some = [a for a in answers if sort in ("all", a.query.sort)]
        recall, precision, first = figures(some)
        none = [a for a in some if not a.right]
        wrong = sum(bool(a.given) for a in none)
        print(f"{name:22} {sort:10} {len(some):4} {recall:8.3f} {precision:9.3f} {first:7.3f} {wrong:5} of {len(none)}")


def large(packed: str, copies: int, dice: random.Random) -> str:
    """The index with its regimes repeated under other addresses, their clauses shuffled among them."""
    found: dict[str, Any] = json.loads(packed)
    regimes = [d for d in found["docs"] if d[0].startswith("regimes/")]
    entries = [e for d in regimes for e in d[5]]
    for n in range(copies - 1):
        for d in regimes:
            some = [[f"s{i}-p1", *e[1:3]] for i, e in enumerate(dice.sample(entries, len(d[5])))]
            found["docs"].append([f"{d[0]}{n}/", d[1], d[2], d[3], d[4], some])
    return json.dumps(found, ensure_ascii=False)


def main(copies: int) -> None:
    book = read(ROOT / "regimes").book
    assert book is not None
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        for _ in write_projects(book, Quality(), ROOT / "docs", folder):
            pass
        for edition in editions(book):
            subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder / edition.language, check=True)
        handler = functools.partial(_Quiet, directory=str(folder / "site"))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        print(f"{'engine':22} {'queries':10} {'n':>4} {'recall':>8} {'precision':>9} {'P@5':>7} found where nothing is")
        for edition in editions(book):
            dice = random.Random(1)
            make = chinese_queries if edition.language == "zh" else english_queries
            queries = list(make(book, dice))
            site = folder / "site" / edition.prefix
            theirs = (site / "search" / "search_index.json").read_text(encoding="utf-8")
            worker = (
                next((site / "assets" / "javascripts" / "workers").glob("search.*.js")).relative_to(site).as_posix()
            )
            packed = index(book, edition, documents(book, edition))
            answers, times = ours(page, packed, queries)
            table(f"ours {edition.language}", answers)
            table(
                f"Material+jieba {edition.language}", materials(page, address + edition.prefix, worker, theirs, queries)
            )
            mine, other = len(packed.encode()), len(theirs.encode())
            print(f"index {edition.language}: {mine:,} bytes against {other:,} ({mine / other:.0%})")
            print(f"answer {edition.language}: median {statistics.median(times):.1f} ms, longest {max(times):.1f} ms")
            many = timed(page_of(page), large(packed, copies, dice), queries)
            print(
                f"answer {edition.language}, {copies * len(book.regimes)} regimes: "
                f"median {statistics.median(many):.1f} ms, longest {max(many):.1f} ms"
            )
        browser.close()
        server.shutdown()


def page_of(page: Page) -> Page:
    """The page with our engine and nothing else."""
    page.goto("about:blank")
    page.add_script_tag(content=WORKER.read_text(encoding="utf-8"))
    return page


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
