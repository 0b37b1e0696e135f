"""The policy of the pages and the server's, which the README tells."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from handbook.policy import DIRECTIVES, header, with_policy

README = Path(__file__).parents[1] / "README.md"


def _directives(policy: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_a_page_names_its_own_inline_scripts_and_no_data() -> None:
    page = '<head><meta charset="utf-8"><script>一</script><script src="x"></script><script type="application/json">{}</script>'

    policy = re.search('Policy" content="([^"]*)"', with_policy(page))

    digest = base64.b64encode(hashlib.sha256("一".encode()).digest()).decode()
    assert policy
    assert _directives(policy[1]) == {**DIRECTIVES, "script-src": f"'self' 'sha256-{digest}'"}


def test_the_policy_stands_before_anything_a_page_loads() -> None:
    made = with_policy('<head><meta charset="utf-8"><link rel="stylesheet" href="x">')

    assert made.index("Content-Security-Policy") < made.index("<link")
    assert with_policy("<?xml version='1.0'?><urlset/>") == "<?xml version='1.0'?><urlset/>"


def test_the_server_in_the_readme_sends_the_policy_of_the_pages() -> None:
    told = re.search(r'add_header Content-Security-Policy "([^"]*)" always;', README.read_text(encoding="utf-8"))

    assert told
    assert told[1] == header()
    sent = _directives(told[1])
    assert sent.pop("frame-ancestors") == "'none'"
    assert sent.pop("script-src") == "'self' 'unsafe-inline'"  # the hashes stand in the pages, and both must allow
    assert sent == {name: sources for name, sources in DIRECTIVES.items() if name != "script-src"}
