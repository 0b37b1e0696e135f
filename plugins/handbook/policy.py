"""The Content-Security-Policy of the pages: nothing comes from anywhere but the site, and no script is planted in a page."""

from __future__ import annotations

import base64
import hashlib
import re

DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's icons are data: images in its style sheet
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What every page allows. ``script-src`` of a page also names the theme's own inline scripts, by their hashes."""

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'


def header() -> str:
    """The policy as a server sends it, for every page the same: hashes of scripts stay in the pages, framing is added."""
    allowed = {**DIRECTIVES, "script-src": "'self' 'unsafe-inline'", "frame-ancestors": "'none'"}
    return _line(allowed)


def with_policy(html: str) -> str:
    """A page that carries its policy before anything it could load; what is no page stays as it is.

    The hashes are those of the inline scripts that stand in the page now, so this is done last.
    """
    hashes = (_hash(script) for script in dict.fromkeys(_INLINE.findall(html)))
    policy = _line({**DIRECTIVES, "script-src": " ".join(["'self'", *hashes])})
    return html.replace(_CHARSET, f'{_CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _line(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())
