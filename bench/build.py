"""Times the build of the handbook against a plain MkDocs build of the same words as Markdown in one tree, in turn.

    python bench/build.py [rounds]

A is ``mkdocs build`` of this project: both editions, checks, data files. B is ``mkdocs build`` of one tree with the
pages of both editions as Markdown (Material, its search with jieba, tables), and nothing else. Each round runs A, then B; the
figures are whole-process wall times, and the ratio A/B pair by pair, which holds on a noisy machine.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from checks.report import quality
from checks.run import run
from handbook.model import Book, citation
from handbook.recompose import issued
from handbook.source import read
from handbook.views.citing import clauses_by_law
from handbook.views.quality import errata
from handbook.views.terms import clauses_by_term

ROOT = Path(__file__).parent.parent


def markdown(book: Book, language: str) -> Iterator[tuple[str, str]]:
    """Every page of an edition as plain Markdown: path and text."""
    yield (
        "index.md",
        _lines(
            f"# {book.handbook.title[language]}", *(f"- [{r.title[language]}](regimes/{r.id}.md)" for r in book.regimes)
        ),
    )
    for regime in book.regimes:
        parts = [f"# {regime.title[language]}"]
        heading = None
        for found in book.by_regime[regime.id]:
            if found.section and found.section is not heading:
                heading = found.section
                parts.append(f"## {heading.heading[language]}")
            text = found.clause.zh if language == "zh" else found.clause.en
            parts.append(f"**{citation(found, language, full=False)}** {found.clause.marker or ''}{text}")
            parts += [f"> {e.found}: {e.note[language]}" for e in found.clause.errata]
        yield f"regimes/{regime.id}.md", _lines(*parts)
    citing = clauses_by_law(book)
    rows = [
        f"| [{law.cited_as[language]}](laws/{law.id}.md) | {law.status or ''} | {len(citing[law.id])} |"
        for law in book.laws.laws
    ]
    yield "laws.md", "# Laws\n\n| | | |\n|-|-|-|\n" + "\n".join(rows) + "\n"
    for law in book.laws.laws:
        notes = [n[language] for n in (law.status_note, law.note, law.replaced_by, law.issuer, law.number) if n]
        cited = [
            f"- [{citation(f, language)}](../regimes/{f.regime.id}.md) {f.clause.zh if language == 'zh' else f.clause.en}"
            for f in citing[law.id]
        ]
        yield f"laws/{law.id}.md", _lines(f"# {law.title[language]}", *notes, *law.evidence, "\n".join(cited))
    where = clauses_by_term(book)
    terms = []
    for term in book.glossary.terms:
        links = " ".join(
            f"[{citation(book.by_key[k], language)}](regimes/{book.by_key[k].regime.id}.md)" for k in where[term.zh]
        )
        note = term.note[language] if term.note else ""
        terms.append(
            f"| {term.zh} | {term.en} | {note} {'; '.join(term.variants)} {term.attested or ''} {links} |".replace(
                "\n", " "
            )
        )
    yield "glossary.md", "# Glossary\n\n| | | |\n|-|-|-|\n" + "\n".join(terms) + "\n"
    yield "source.md", _lines("# Source", *(f"{line.number} {line.text.strip()}" for line in issued(book)))
    found_quality = quality(run(read(ROOT / "regimes")))
    rules = [f"| {r.code} {r.name} | {r.demand[language]} | 0 |" for r in found_quality.rules]
    slips = [f"| {e.citation} | {e.erratum.found} | {e.erratum.note[language]} |" for e in errata(book, language)]
    yield (
        "quality.md",
        "# Quality\n\n| | | |\n|-|-|-|\n"
        + "\n".join(rules)
        + "\n\n## Errata\n\n| | | |\n|-|-|-|\n"
        + "\n".join(slips)
        + "\n",
    )
    for rule in found_quality.rules:
        examples = [f"```yaml\n{text}\n```" for text in (rule.bad, rule.good)]
        yield (
            f"rules/{rule.code.lower()}.md",
            _lines(f"# {rule.code} {rule.name}", rule.demand[language], rule.why[language], *examples),
        )


def _lines(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def plain_project(folder: Path) -> None:
    """Writes the tree of B: both editions' Markdown below one ``docs`` folder, and a configuration."""
    book = read(ROOT / "regimes").book
    if book is None:
        sys.exit("the regimes cannot be read; run handbook check")
    for language in book.handbook.editions:
        below = folder / "docs" / language if language != book.handbook.editions[0] else folder / "docs"
        for path, text in markdown(book, language):
            file = below / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        shutil.copytree(ROOT / "docs" / language, below, dirs_exist_ok=True)
    (folder / "mkdocs.yml").write_text(
        "site_name: Plain\ntheme:\n  name: material\n  font: false\nplugins:\n  - search:\n      lang: [zh, en]\nmarkdown_extensions: [tables]\n",
        encoding="utf-8",
    )


def main() -> None:
    """Prints both commands' times and the ratio of each pair."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain_project(folder / "b")
        commands = {
            "A": [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "-q",
                "-f",
                str(ROOT / "mkdocs.yml"),
                "-d",
                str(folder / "a"),
            ],
            "B": [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "-q",
                "-f",
                str(folder / "b" / "mkdocs.yml"),
                "-d",
                str(folder / "b-site"),
            ],
        }
        pages = dict.fromkeys(commands, 0)
        times: dict[str, list[float]] = {n: [] for n in commands}
        for turn in range(rounds + 1):  # the first round warms up and does not count
            for which, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                if turn:
                    times[which].append(time.perf_counter() - start)
            print(f"round {turn}/{rounds}", file=sys.stderr)
        pages = {"A": len(list((folder / "a").rglob("*.html"))), "B": len(list((folder / "b-site").rglob("*.html")))}
    for which, taken in times.items():
        print(
            f"{which}: {pages[which]} pages, {min(taken):.2f} / {statistics.median(taken):.2f} / {max(taken):.2f} s (min / median / max)"
        )
    ratios = [a / b for a, b in zip(times["A"], times["B"], strict=True)]
    print(f"A/B: {min(ratios):.2f} / {statistics.median(ratios):.2f} / {max(ratios):.2f}")


if __name__ == "__main__":
    main()
