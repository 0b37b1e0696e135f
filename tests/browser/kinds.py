"""The kinds of pages of the site, one of each, and what the tests watch a page for."""

from __future__ import annotations

from playwright.sync_api import Page, Request

KINDS = {
    "home": "",
    "regime": "regimes/advertising/",
    "checklists": "checklists/",
    "checklist": "checklists/advertising/",
    "penalties": "penalties/",
    "time-limits": "time-limits/",
    "laws": "laws/",
    "law": "laws/metrology-law-implementing-rules/",
    "glossary": "glossary/",
    "source": "source/",
    "quality": "quality/",
    "rule": "rules/hb204/",
    "about": "about/",
    "contributing": "contributing/",
    "404": "404.html",
}
"""One page of each kind, below the root of its edition."""

EVERY = [(prefix, path) for path in KINDS.values() for prefix in ("", "en/")]
"""Each kind of page in both editions: prefix and path."""

NAMES = [f"{name}-{prefix.strip('/') or 'zh'}" for name in KINDS for prefix in ("", "en/")]


def watch(page: Page, *ours: str) -> list[str]:
    """What goes wrong on a page from now on: errors, warnings, and requests that go elsewhere than to ``ours``.

    A request that would leave the site is refused, so that no test ever depends on the world outside.
    """
    complaints: list[str] = []
    here = (*ours, "data:", "blob:")
    page.on("console", lambda m: complaints.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: complaints.append(f"script: {e}"))
    page.on("request", lambda r: None if r.url.startswith(here) else complaints.append(f"left the site: {r.url}"))
    page.on("requestfailed", lambda r: None if _left_behind(r) else complaints.append(f"failed: {r.url} {r.failure}"))
    page.on("response", lambda r: complaints.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    page.context.route(lambda url: not url.startswith(here), lambda route: route.abort())
    return complaints


def _left_behind(request: Request) -> bool:
    """Whether a request ended because the page was left before its answer came."""
    return request.failure == "net::ERR_ABORTED"
