"""How long a keystroke takes in the penalty look-up: from the input event to the next painted frame, in Chromium.

    python bench/lookup.py [ROWS] [ROUNDS]

Builds a handbook of ROWS invented conducts (default 10,000; 100 a regime) with the real registers, opens its look-up and
types. Prints the times of single keystrokes in milliseconds, for the invented look-up and, in turn, for the real one.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from handbook.text.numerals import chinese

ROOT = Path(__file__).parents[1]
VERBS = ("伪造", "涂改", "出租", "转让", "冒用", "买卖", "隐瞒", "毁损", "变造", "倒卖")
THINGS = ("检定证书", "授权证书", "认证标志", "许可证", "检验报告", "原始记录", "封印", "标识", "样品", "台账")
MEASURE = """\
() => new Promise((resolve) => {
  const field = document.querySelector("input[name=text]");
  const start = performance.now();
  field.dispatchEvent(new Event("input", {bubbles: true}));
  requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => resolve(performance.now() - start); channel.port2.postMessage(0); });
})"""


def regime(number: int) -> str:
    """A regime of a hundred clauses, each with a conduct and a fine of its own."""
    lines = [
        f"id: invented-{number}",
        f"number: {number}",
        f"category: {('metrology', 'quality', 'certification')[number % 3]}",
        f"title: {{zh: 示例制度{number}, en: Invented regime {number}}}",
        "verified: {on: 2026-01-01, by: benchmark}",
        "sections:",
        "  - number: 1",
        "    heading: {zh: 处理, en: Handling}",
        "    aspects: [object, content, method, procedure, handling]",
        "    clauses:",
    ]
    for i in range(100):
        conduct = f"{VERBS[i % 10]}第{number}类{THINGS[i // 10]}"
        fine = 1000 * (1 + (i * 7 + number) % 30)
        lines += [
            f"      - marker: （{chinese(i + 1)}）",
            f"        zh: {conduct}的，予以警告，可并处{fine}元以下罚款。",
            f"        en: Whoever commits act {i} of kind {number} shall be given a warning and may be fined not more than RMB {fine:,}.",
            "        penalties:",
            f"          - conduct: {{zh: {conduct}, en: commits act {i} of kind {number}}}",
            f"            measures: [{{type: warning}}, {{type: fine, discretionary: true, yuan: {{max: {fine}}}}}]",
            "            basis: [metrology-law-implementing-rules]",
        ]
    return "\n".join(lines) + "\n"


def build(folder: Path, rows: int) -> Path:
    """The site of an invented handbook of ``rows`` conducts."""
    shutil.copytree(ROOT / "docs", folder / "docs")
    (folder / "regimes").mkdir()
    for name in ("_handbook", "_vocabulary", "_laws", "_glossary"):
        shutil.copy(ROOT / "regimes" / f"{name}.yml", folder / "regimes")
    shutil.copytree(ROOT / "regimes" / "source", folder / "regimes" / "source")
    for number in range(1, rows // 100 + 1):
        (folder / "regimes" / f"{number:02}-invented-{number}.yml").write_text(regime(number), encoding="utf-8")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("  - checks\n", "").replace("  - search\n", "")
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, env=environment, check=True)
    return folder / "site"


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """A web server for a folder and its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}"


def keystrokes(page: Page, word: str) -> list[float]:
    """Types a word letter by letter and deletes it again; milliseconds from each input to the frame painted after it."""
    times = []
    for length in [*range(1, len(word) + 1), *range(len(word) - 1, -1, -1)]:
        page.evaluate("(value) => { document.querySelector('input[name=text]').value = value; }", word[:length])
        times.append(float(page.evaluate(MEASURE)))
    return times


def main() -> None:
    """Builds, measures in turn, prints."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        sites = {f"{rows} rows": build(Path(folder), rows), "real": ROOT / "site"}
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        pages: dict[str, Page] = {}
        for name, site in sites.items():
            _, address = serve(site)
            pages[name] = browser.new_page()
            pages[name].goto(f"{address}/penalties/", wait_until="load")
            print(f"{name}: {pages[name].locator('[data-hb-count]').inner_text()}", flush=True)
        times: dict[str, list[float]] = {name: [] for name in sites}
        for turn in range(rounds):
            for name, page in pages.items():
                times[name] += keystrokes(page, ("伪造检定证书", "证书", "警告 许可证", "x")[turn % 4])
        for name, measured in times.items():
            ordered = sorted(measured)
            print(
                f"{name}: {len(ordered)} keystrokes, median {statistics.median(ordered):.1f} ms, "
                f"95th percentile {ordered[int(len(ordered) * 0.95)]:.1f} ms, longest {ordered[-1]:.1f} ms"
            )


if __name__ == "__main__":
    main()
