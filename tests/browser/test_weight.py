"""What a visit weighs: every byte a browser really fetches, counted by a server that compresses as the README tells one to."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator
from email.utils import formatdate
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FIRST, AGAIN, PAGE = 300_000, 60_000, 120_000
"""Bytes at most: a first visit to a regime with everything it loads, a visit to another after it, the HTML of any page."""


class Sent(NamedTuple):
    """An answer: path, status, bytes of its body."""

    path: str
    status: int
    size: int


@lru_cache(maxsize=500)
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


class _Counting(http.server.SimpleHTTPRequestHandler):
    """Compresses and answers 304 to what a browser has, as web servers do, and says nothing on how long to keep it."""

    def __init__(self, *args: object, sent: list[Sent], **kwargs: object) -> None:
        self.sent = sent
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        file = Path(self.translate_path(path))
        file = file / "index.html" if path.endswith("/") else file
        if not file.is_file():
            self.sent.append(Sent(path, 404, 0))
            self.send_error(404)
            return
        stamp = formatdate(file.stat().st_mtime, usegmt=True)
        fresh = self.headers.get("If-Modified-Since") == stamp
        body = b"" if fresh else _compressed(file)
        self.sent.append(Sent(path, 304 if fresh else 200, len(body)))
        self.send_response(304 if fresh else 200)
        self.send_header("Last-Modified", stamp)
        if not fresh:
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(NamedTuple):
    """The site behind an address, and what it has sent."""

    address: str
    sent: list[Sent]


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    sent: list[Sent] = []
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Counting, sent=sent, directory=str(site)))
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield Server(f"http://127.0.0.1:{running.server_address[1]}/", sent)
    running.shutdown()
    running.server_close()
    thread.join()


def _largest(site: Path, kind: str, n: int) -> list[str]:
    """The pages of a kind that weigh most, the heaviest first."""
    files = sorted((site / kind).glob("*/index.html"), key=lambda file: len(_compressed(file)), reverse=True)
    return [f"{kind}/{file.parent.name}/" for file in files[:n]]


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_first_visit_to_a_regime_and_the_next_are_light(
    browser: Browser, server: Server, site: Path, prefix: str
) -> None:
    first, second = _largest(site, f"{prefix}regimes", 2)
    context = browser.new_context()
    page = context.new_page()

    page.goto(server.address + first, wait_until="networkidle")
    page.locator("input.md-search__input").focus()  # whatever waits for the search is part of the visit
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    visit = list(server.sent)
    server.sent.clear()
    page.goto(server.address + second, wait_until="networkidle")
    page.wait_for_timeout(500)
    again = list(server.sent)
    context.close()

    assert {s.status for s in visit + again} <= {200, 304}, [s for s in visit + again if s.status == 404]
    assert any(s.path.endswith("search_index.json") for s in visit), "the search is not counted"
    print(first, sum(s.size for s in visit), second, sum(s.size for s in again))
    assert 20_000 < sum(s.size for s in visit) < FIRST, visit
    assert 2_000 < sum(s.size for s in again) < AGAIN, again


def test_no_page_is_heavy(site: Path) -> None:
    heavy = {str(f.relative_to(site)): len(_compressed(f)) for f in site.rglob("*.html")}

    assert {path: size for path, size in heavy.items() if size > PAGE} == {}


@pytest.mark.parametrize("path", ["", "regimes/advertising/", "penalties/", "checklists/advertising/", "time-limits/"])
def test_a_page_loads_no_script_of_another_kind_of_page(browser: Browser, server: Server, path: str) -> None:
    page = browser.new_page()
    page.goto(server.address + path, wait_until="networkidle")
    page.close()

    scripts = {s.path.rpartition("/")[2] for s in server.sent if s.path.endswith(".js")}
    special = scripts & {"penalties.js", "time-limits.js", "checklist.js"}
    own = {"penalties": {"penalties.js"}, "checklists": {"checklist.js"}, "time-limits": {"time-limits.js"}}
    assert special == own.get(path.partition("/")[0], set())
    assert "handbook.js" in scripts


@pytest.mark.parametrize("prefix", ["", "en/"])
@pytest.mark.parametrize("path", ["", "regimes/advertising/", "glossary/", "404.html"])
def test_a_page_asks_for_nothing_that_is_not_there(browser: Browser, server: Server, prefix: str, path: str) -> None:
    page = browser.new_page()
    page.goto(server.address + prefix + path, wait_until="networkidle")
    page.wait_for_timeout(300)
    page.close()

    assert [s.path for s in server.sent if s.status == 404] == []


_SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@pytest.mark.parametrize("path", ["regimes/advertising/", "penalties/", "checklists/advertising/", "time-limits/"])
def test_nothing_moves_on_a_slow_phone_while_a_page_loads(browser: Browser, server: Server, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})

    page.goto(server.address + path, wait_until="networkidle")
    shift = page.evaluate(_SHIFT)
    context.close()

    assert shift < 0.1
