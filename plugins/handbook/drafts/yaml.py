"""Values as YAML in the house's way: block form, one line a text, quotes only where YAML needs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

_INSIDE = r"[^\x00-\x1f#:'\"{}\[\],&*!|>%@`]*"
_PLAIN = re.compile(rf"[\u3400-\u9fff\uff08A-Za-z](?:{_INSIDE}(?<!\s))?|[0-9]{_INSIDE}[\u3400-\u9fff]{_INSIDE}(?<!\s)")
_WORD = re.compile(r"(?:true|false|null|yes|no|on|off|y|n|\.inf|\.nan)", re.IGNORECASE)


def scalar(value: Any) -> str:
    """One value as it stands in a file.

    >>> scalar("（一）"), scalar("1."), scalar("a: b"), scalar(None), scalar(True)
    ('（一）', "'1.'", "'a: b'", 'null', 'true')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | date):
        return str(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and not _WORD.fullmatch(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def block(value: dict[str, Any], comments: dict[str, str] | None = None) -> str:
    """A mapping as lines of YAML. ``comments`` are put above the keys of the first level they are given for."""
    lines: list[str] = []
    for key, one in value.items():
        lines += [f"# {line}" for line in (comments or {}).get(key, "").splitlines()]
        lines += _entry(key, one, 0)
    return "\n".join(lines) + "\n"


def _entry(key: str, value: Any, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if isinstance(value, dict):
        if not value:
            yield f"{pad}{key}: {{}}"
            return
        yield f"{pad}{key}:"
        for name, one in value.items():
            yield from _entry(name, one, depth + 1)
    elif isinstance(value, list | tuple):
        if all(isinstance(one, str) for one in value) and (
            not value or key in ("unsure", "aspects", "drawn_from", "basis", "editions")
        ):
            yield f"{pad}{key}: [{', '.join(scalar(one) for one in value)}]"
            return
        yield f"{pad}{key}:"
        for one in value:
            yield from _item(one, depth + 1)
    else:
        yield f"{pad}{key}: {scalar(value)}"


def _item(value: Any, depth: int) -> Iterator[str]:
    pad = "  " * depth
    if not isinstance(value, dict):
        yield f"{pad}- {scalar(value)}"
        return
    lines = [line for name, one in value.items() for line in _entry(name, one, depth + 1)]
    first = lines[0]
    yield f"{pad}- {first[len(pad) + 2 :]}"
    yield from lines[1:]
