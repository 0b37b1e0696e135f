"""Runs of the other language in a page say so, so that a screen reader speaks them and a browser shapes them right."""

from __future__ import annotations

import re

from handbook.edition import html_lang

_TOKEN = re.compile(r"""<!--.*?-->|<(/?)([a-zA-Z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|[^<]+|<""", re.DOTALL)
_LANG = re.compile(r"""\slang=["']?([\w-]*)""")

_CHINESE = re.compile(
    r"[\u3400-\u9fff\u3007《〈（【“]*[\u3400-\u9fff\u3007](?:[0-9]*[\u3400-\u9fff\u3000-\u303f\uff01-\uff60“”…—]+)*"
)
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[ ,;:]+[A-Za-z][A-Za-z'’-]*){2,}")

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_PLAIN = frozenset(["script", "style", "textarea", "title", "option", "svg", "pre"])
"""Elements whose text is no prose or may hold no elements."""


def marked(html: str, language: str) -> str:
    """The HTML of a page in ``language`` with every run of the other language in an element that names it.

    Chinese is marked wherever it stands in English; English in Chinese from three words on, since single words and names are
    part of the Chinese sentence. What an element names already stays as it is.

    >>> marked("<p>The bureau (市监局)</p>", "en")
    '<p>The bureau (<span lang="zh-CN">市监局</span>)</p>'
    """
    open_elements: list[tuple[str, str, bool]] = []  # name, language, whether its text is left alone

    def token(match: re.Match[str]) -> str:
        closing, name, attributes = match[1], (match[2] or "").lower(), match[3] or ""
        spoken, plain = open_elements[-1][1:] if open_elements else (language, False)
        if not name:
            return match[0] if plain or match[0].startswith("<") else _runs(match[0], spoken)
        if closing:
            while open_elements and open_elements.pop()[0] != name:
                pass  # an element closed by its parent's end
        elif name not in _VOID and not attributes.endswith("/"):
            own = _LANG.search(attributes)
            open_elements.append((name, own[1][:2].lower() if own else spoken, plain or name in _PLAIN))
        return match[0]

    return _TOKEN.sub(token, html)


def _runs(text: str, spoken: str) -> str:
    if spoken == "en":
        return _CHINESE.sub(lambda run: f'<span lang="{html_lang("zh")}">{run[0]}</span>', text)
    return _ENGLISH.sub(r'<span lang="en">\g<0></span>', text)
