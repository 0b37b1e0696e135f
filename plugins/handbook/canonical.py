"""The canonical form of a handbook's YAML: one way to write every value, with the comments where they stood.

Keys stand in the order of the model. What is written in lines stays in lines; what is written in brackets stays so while its line has
no more than :data:`WIDTH` characters and holds no comment, lists of mere words at any length. A text is one line, however long.
Quotes stand where YAML needs them. Blank lines stay, one at a time.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

from handbook.model import Record
from handbook.problem import Place
from handbook.schema import FORMS
from handbook.tree import Collection, Entry, Node, Note, Scalar, Tree, UnreadableError, comments, parse, value_of

WIDTH = 120
"""How many characters a line with brackets may have before it is written in several."""

_SCHEMA = "# yaml-language-server: $schema="


def canonical(text: str, form: type[Record]) -> str:
    """A YAML text in canonical form; ``form`` says what it holds, and so the order of its keys.

    Every value and every comment is kept; the line that leads editors to the schema is added at the top where there is none.
    Raises :class:`handbook.tree.UnreadableError` for a text that cannot be read, and :class:`ChangedError` rather than change anything.
    """
    tree = parse(text, Path("-"))
    return written(tree, form)


class ChangedError(ValueError):
    """The form of a text could not be changed without its content: a fault of the formatter, which then writes nothing."""


def first_difference(before: str, after: str, shown: Path) -> Place:
    """Where a text first differs from another: line and column of the first, in characters."""
    old, new = before.split("\n"), after.split("\n")
    for number, (was, is_now) in enumerate(zip(old, new, strict=False), start=1):
        if was != is_now:
            same = (i for i, (a, b) in enumerate(zip(was, is_now, strict=False)) if a != b)
            return Place(shown, number, next(same, min(len(was), len(is_now))) + 1)
    return Place(shown, min(len(old), len(new)))


def written(tree: Tree, form: type[Record]) -> str:
    """A tree as canonical text. Raises :class:`ChangedError` where what would be read from it is not what the tree holds."""
    text = render(tree, form)
    try:
        again = parse(text, Path("-"))
    except UnreadableError as error:  # such as a key too long for one line
        raise ChangedError("the canonical form could not be read") from error
    said, kept = sorted(comments(tree)), sorted(comments(again))
    line = schema_line(form)
    if line not in said and line in kept:
        kept.remove(line)
    if value_of(again.node) != value_of(tree.node) or said != kept:
        raise ChangedError("the canonical form would not say the same")
    return text


def schema_line(form: type[Record]) -> str:
    """The comment that leads editors to the schema of a form."""
    name = next(name for name, found in FORMS.items() if found is form)
    return f"{_SCHEMA}_schema/{name}.schema.json"


def render(tree: Tree, form: type[Record]) -> str:
    """A tree as text, not yet compared with it."""
    known = [line for line in tree.head if line.startswith(_SCHEMA)]
    others = [line for line in tree.head if not line.startswith(_SCHEMA)]
    head = [known[0] if known else schema_line(form), *others, *known[1:]]
    lines = [*_once(head)]
    if isinstance(tree.node, Collection) and not _fits(tree.node, 0):
        lines += _block(tree.node, form, 0)
    else:
        lines.append(_inline(tree.node, form, flow=False))
    lines += tree.foot
    return "\n".join(_once(lines)).rstrip("\n") + "\n"


def fields(form: Any) -> dict[str, Any]:
    """The keys of a record as they are written in the files, in the order of the model, each with the form of its value."""
    return {field.alias or name: field.annotation for name, field in form.model_fields.items()}


def form_of(annotation: Any, node: Node) -> Any:
    """The form a node has under an annotation of the model: a record's class, ``dict[…]``, ``tuple[…]``; None where none fits."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return form_of(get_args(annotation)[0], node)
    if origin in (Union, types.UnionType):
        found = (form_of(choice, node) for choice in get_args(annotation))
        return next((form for form in found if form is not None), None)
    if not isinstance(node, Collection):
        return None
    if node.mapping:
        return annotation if origin is dict or _is_record(annotation) else None
    return annotation if origin is tuple else None


def below(form: Any, key: str | None) -> Any:
    """The annotation of what stands under a key (None for an item of a list) of something that has a form."""
    if _is_record(form):
        return fields(form).get(key or "")
    arguments = get_args(form)
    if get_origin(form) is dict:
        return arguments[1]
    return arguments[0] if get_origin(form) is tuple else None


def in_model_order(entries: tuple[Entry, ...], form: Any) -> tuple[Entry, ...]:
    """Entries in the order of the model, unknown keys last; where the order is the data's own, as they are."""
    if not _is_record(form):
        return entries
    order = {key: index for index, key in enumerate(fields(form))}
    return tuple(sorted(entries, key=lambda entry: order.get(entry.key or "", len(order))))


def _is_record(form: Any) -> bool:
    return isinstance(form, type) and issubclass(form, Record)


def _block(node: Collection, annotation: Any, indent: int) -> Iterator[str]:
    form = form_of(annotation, node)
    space = " " * indent
    for index, entry in enumerate(in_model_order(node.entries, form)):
        child = below(form, entry.key)
        start = space + (f"{_scalar(entry.key, flow=False, key=True)}:" if entry.key is not None else "-")
        head = _once(entry.head) if index else _unled(entry.head)
        if isinstance(entry.node, Scalar) or _fits(entry.node, len(start) + 1):
            yield from _indented([*head, *(n.text for n in entry.notes[:-1])], space)
            yield f"{start} {_inline(entry.node, child, flow=False)}{_ending(entry.notes[-1:])}"
        elif entry.key is not None:
            yield from _indented([*head, *(n.text for n in entry.notes[:-1])], space)
            yield start + _ending(entry.notes[-1:])
            yield from _block(entry.node, child, indent + 2)
        else:  # the first line of the item stands beside its dash, and what is said before that line before the dash
            yield from _indented([*head, *(n.text for n in entry.notes)], space)
            lines = list(_block(entry.node, child, indent + 2))
            said = next(i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
            yield from _indented([line.strip() for line in lines[:said]], space)
            yield f"{start} {lines[said][indent + 2 :]}"
            yield from lines[said + 1 :]
    yield from _indented(_once(node.foot), space)


def _fits(node: Node, column: int) -> bool:
    """Whether a collection is to be written in brackets where it starts at ``column``."""
    if isinstance(node, Scalar):
        return True
    if not node.entries:
        return True
    if not node.flow or any(_comments_in(node)):
        return False
    if not node.mapping and all(isinstance(entry.node, Scalar) for entry in node.entries):
        return True
    return column + len(_inline(node, None, flow=False)) <= WIDTH


def _comments_in(node: Node) -> Iterator[str]:
    return comments(Tree(node))


def _inline(node: Node, annotation: Any, *, flow: bool) -> str:
    if isinstance(node, Scalar):
        return _plain_word(node) if node.plain and node.value != node.text else _scalar(node.text, flow=flow)
    form = form_of(annotation, node)
    parts = []
    for entry in in_model_order(node.entries, form):
        value = _inline(entry.node, below(form, entry.key), flow=True)
        parts.append(f"{_scalar(entry.key, flow=True, key=True)}: {value}" if entry.key is not None else value)
    return ("{%s}" if node.mapping else "[%s]") % ", ".join(parts)


def _plain_word(node: Scalar) -> str:
    return "null" if node.value is None else node.text


_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MEANS_MORE = re.compile(
    r"""(?ix)
    ~ | null | true | false | yes | no | on | off | y | n | = | <<
    | [-+]? [0-9][0-9_]* (?: : [0-5]?[0-9] )* (?: \. [0-9_]* )? (?: e [-+]? [0-9]+ )?
    | [-+]? \. (?: [0-9_]+ (?: e [-+]? [0-9]+ )? | inf | nan )
    | [-+]? 0 [xob] [0-9a-f_]+
    | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2} .*
    """
)
"""What some reader of YAML takes for something other than text where it stands without quotes."""


def _scalar(text: str, *, flow: bool, key: bool = False) -> str:
    """A text as it is written: bare, else in single quotes, and in double quotes where it holds what must be escaped."""
    if key and _KEY.fullmatch(text):
        return text
    if any(not (c.isprintable() or c in "\u3000\u00a0") for c in text):
        return '"' + "".join(_escaped(c) for c in text) + '"'
    if _needs_quotes(text, flow=flow, key=key):
        return "'" + text.replace("'", "''") + "'"
    return text


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable() or char in "\u3000\u00a0":
        return char
    code = ord(char)
    named = {"\n": "\\n", "\t": "\\t"}
    return named.get(char) or (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def _needs_quotes(text: str, *, flow: bool, key: bool) -> bool:
    if not text or text != text.strip():
        return True
    if text[0] in ",[]{}#&*!|>'\"%@`" or text.startswith(("---", "...")):
        return True
    if text[0] in "-?:" and (text[1:2] in ("", " ") or flow or key):
        return True
    if ": " in text or " #" in text or text.endswith(":"):
        return True
    if (flow or key) and any(c in text for c in ",[]{}?:"):
        return True
    return bool(_MEANS_MORE.fullmatch(text)) and not (_DAY.fullmatch(text) and not key)


def _ending(notes: tuple[Note, ...]) -> str:
    return "".join(" " * max(2, note.gap) + note.text for note in notes)


def _indented(lines: list[str], space: str) -> Iterator[str]:
    yield from (space + line if line else "" for line in lines)


def _once(lines: tuple[str, ...] | list[str]) -> list[str]:
    """The lines, of several blank ones in a row only one."""
    return [line for i, line in enumerate(lines) if line or not i or lines[i - 1]]


def _unled(lines: tuple[str, ...]) -> list[str]:
    """The lines without blank ones at their start."""
    found = _once(lines)
    return found[1:] if found and not found[0] else found
