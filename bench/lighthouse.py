"""Lighthouse on the built site, page type by page type, on a phone and on a desktop; prints a table and what is not perfect.

``npm install lighthouse`` somewhere outside the project, build the site, then
``python bench/lighthouse.py FOLDER/node_modules/.bin/lighthouse [PATH …]``. It needs Chromium and no internet.
"""

from __future__ import annotations

import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

SITE = Path(__file__).parents[1] / "site"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PRESETS = {"phone": (), "desktop": ("--preset=desktop",)}
PLAIN = (".png", ".pdf", ".xlsx", ".docx", ".zip")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Files compressed as a web server is told to send them, and kept for a year where they are no pages."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            if not self.path.split("?")[0].endswith("/"):
                super().do_GET()
                return
            file = file / "index.html"
        if not file.is_file() or file.suffix in PLAIN:
            super().do_GET()
            return
        body = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        if file.suffix != ".html":
            self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site while it is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def report(program: str, address: str, preset: tuple[str, ...]) -> dict[str, Any]:
    """What Lighthouse says of one page."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [program, address, "--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={FLAGS}"]
        command += [f"--only-categories={','.join(CATEGORIES)}", *preset]
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium}, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def paths(site: Path) -> list[str]:
    """A page of each type in both editions; of regimes, checklists and laws the largest."""
    chosen = ["", "penalties/", "time-limits/", "checklists/", "laws/", "glossary/", "source/", "quality/", "about/"]
    for kind in ("regimes", "checklists", "laws", "categories"):
        pages = sorted((site / kind).glob("*/index.html"), key=lambda file: file.stat().st_size)
        chosen += [f"{kind}/{file.parent.name}/" for file in pages[-1:]]
    return [prefix + path for prefix in ("", "en/") for path in chosen]


def main() -> None:
    """Measures and prints."""
    program, *wanted = sys.argv[1:]
    print(f"| page | device | {' | '.join(CATEGORIES)} | LCP | blocked | shift |")
    print(f"|{'---|' * (len(CATEGORIES) + 5)}")
    notes: dict[str, set[str]] = {}
    with served(SITE) as base:
        for path in wanted or paths(SITE):
            for device, preset in PRESETS.items():
                found = report(program, base + path, preset)
                scores = [found["categories"][name]["score"] for name in CATEGORIES]
                times = [
                    found["audits"][name]["displayValue"]
                    for name in ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
                ]
                cells = [f"{round(score * 100)}" if score is not None else "–" for score in scores]
                print(f"| /{path} | {device} | {' | '.join([*cells, *times])} |", flush=True)
                for name in CATEGORIES:
                    for entry in found["categories"][name]["auditRefs"]:
                        audit = found["audits"][entry["id"]]
                        if entry["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                            where = f"{audit['title']} ({audit.get('displayValue', '')})"
                            notes.setdefault(f"{name}: {entry['id']}", set()).add(f"/{path} {device}: {where}")
    for audit_id, places in sorted(notes.items()):
        print(f"\n{audit_id}", *sorted(places), sep="\n  ")


if __name__ == "__main__":
    main()
