"""What pydantic refuses, in the words of a colleague: the value, its place, and what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from handbook.nodes import MAX_PROBLEMS, Document, Path_
from handbook.problem import Message, Place, Problem, Severity

_FORMS: Mapping[str, tuple[str, str]] = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": (
        "小写字母、数字和连字符，如 some-name",
        "small letters, digits and hyphens, like some-name",
    ),
    "^[a-z][a-z0-9]*(_[a-z0-9]+)*$": (
        "小写字母、数字和下划线，如 some_word",
        "small letters, digits and underscores, like some_word",
    ),
    r"^https?://[^\s?#]+/$": (
        "以 / 结尾的网址，如 https://example.org/handbook/",
        "an address that ends in /, like https://example.org/handbook/",
    ),
    r"^[a-z0-9]+(-[a-z0-9]+)*\.s[0-9]+(-p?[0-9]+)+\.[1-9][0-9]*$": (
        "检查项 id，如 some-regime.s2-1.1",
        "the id of a checklist item, like some-regime.s2-1.1",
    ),
    r"^[a-z0-9]+(-[a-z0-9]+)*#s[0-9]+(-p?[0-9]+)*$": (
        "条款或节，如 some-regime#s2-1、some-regime#s2",
        "a clause or a section, like some-regime#s2-1 or some-regime#s2",
    ),
    r"^[a-z0-9]+(-[a-z0-9]+)*#s[0-9]+(-p?[0-9]+)+$": ("条款，如 some-regime#s2-1", "a clause, like some-regime#s2-1"),
    r"^[a-z0-9]+(-[a-z0-9]+)*#s[0-9]+$": ("节，如 some-regime#s2", "a section, like some-regime#s2"),
    r"^[0-9a-f]{8} \S.*$": (
        "指纹和开头文字（由 handbook lock 写成）",
        "a fingerprint and first words, as handbook lock writes them",
    ),
    r"^https?://[^\s?#]+$": (
        "网址，如 https://example.org/some/handbook",
        "an address like https://example.org/some/handbook",
    ),
    r"^[^\s?#]+$": ("分支名，如 main", "the name of a branch, like main"),
    "^[0-9a-f]{64}$": ("64 位十六进制校验和", "a checksum of 64 hexadecimal digits"),
    "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$": (
        "日期 YYYY、YYYY-MM 或 YYYY-MM-DD（仅年份时加引号）",
        "a date YYYY, YYYY-MM or YYYY-MM-DD (a year alone in quotes)",
    ),
}
_MARKER = ("原文序号，如 （一）、1、、1.、（1）、①", "a paragraph number as printed: （一）, 1、, 1., （1） or ①")


def explain(error: ValidationError, document: Document, form: type[BaseModel]) -> Iterator[Problem]:
    """The problems behind a refusal, at most :data:`~handbook.nodes.MAX_PROBLEMS` and each thing once."""
    known = _keys(form)
    seen: set[tuple[Place, str]] = set()
    details = [(*_path(detail, document.value), detail) for detail in error.errors(include_url=False)]
    answered = {path[:length] for path, fits, _ in details if fits for length in range(len(path) + 1)}
    for path, fits, detail in details:
        if (not fits and path in answered) or _only_a_consequence(detail):
            continue
        problem = _problem(detail, path, document, known)
        mark = (problem.place, problem.message.en)
        if mark not in seen:
            seen.add(mark)
            yield problem
        if len(seen) >= MAX_PROBLEMS:
            place = Place(document.file)
            yield _refused(place, "问题太多，其余未列出", "too many problems; the rest are not listed")
            return


def _only_a_consequence(detail: ErrorDetails) -> bool:
    """A list whose entries were refused is called too short as well; the refusals say all there is to say."""
    entries = detail["input"]
    return detail["type"] == "too_short" and isinstance(entries, list) and len(entries) > 0


def _path(detail: ErrorDetails, value: Any) -> tuple[Path_, bool]:
    """The path in the document, and whether the branch of a union the detail speaks of fits the value at all."""
    path: list[str | int] = []
    here = value
    steps = [s for s in detail["loc"] if s != "[key]"]
    for index, step in enumerate(steps):
        last = index == len(steps) - 1
        if (isinstance(here, dict) and isinstance(step, str) and step in here) or (
            isinstance(here, list) and isinstance(step, int) and step < len(here)
        ):
            here = here[cast(Any, step)]
        elif isinstance(here, dict) and last and detail["type"] == "missing":
            pass
        else:  # the name of a union's branch
            branch = str(step)
            wanted: type = list if branch.startswith("tuple") else str if branch.startswith("literal") else dict
            if not isinstance(here, wanted) and isinstance(here, list | str | dict) and not _only_word(branch, here):
                return tuple(path), False
            continue
        path.append(step)
    return tuple(path), True


def _only_word(branch: str, here: Any) -> bool:
    """A text where a mapping or a fixed word was meant is reported once, by the branch of the fixed word."""
    return branch.startswith("literal") and isinstance(here, list)


def _problem(detail: ErrorDetails, path: Path_, document: Document, known: frozenset[str]) -> Problem:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    place = document.key_place(path) if "[key]" in detail["loc"] else document.place(path)
    shown = _shown(value)
    if kind == "handbook":
        return _refused(place, str(context["zh"]), str(context["en"]))
    if kind == "missing":
        name = str(path[-1])
        hint = _close(name, [str(k) for k in value]) if isinstance(value, dict) else ""
        at = document.key_place(path[:-1]) if len(path) > 1 else Place(document.file)
        extra = (f"；是否误写为“{hint}”？", f"; is “{hint}” a slip for it?") if hint else ("", "")
        return _refused(at, f"缺少“{name}”{extra[0]}", f"“{name}” is missing{extra[1]}")
    if kind == "extra_forbidden":
        name = str(path[-1])
        hint = _close(name, sorted(known))
        extra = (
            (f"；是否应为“{hint}”？", f"; did you mean “{hint}”?")
            if hint
            else ("；请对照 regimes/README.md", "; see regimes/README.md")
        )
        return _refused(document.key_place(path), f"不认识的键“{name}”{extra[0]}", f"unknown key “{name}”{extra[1]}")
    zh, en = _expected(kind, context)
    return _refused(place, f"此处是 {shown}，应为{zh}", f"found {shown}, expected {en}")


def _expected(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    if kind == "string_type":
        return (
            "文字（像数字、日期、true 的文字请加引号）",
            "text (put text that looks like a number, a date or true in quotes)",
        )
    if kind.startswith("int"):
        return "整数，不加引号", "a whole number without quotes"
    if kind.startswith("bool"):
        return " true 或 false", "true or false"
    if kind.startswith("date"):
        return "日期 YYYY-MM-DD", "a date YYYY-MM-DD"
    if kind in ("tuple_type", "list_type"):
        return "列表（每项以“- ”开头）", "a list (each entry starts with “- ”)"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return "“键: 值”", "keys with values"
    if kind == "string_too_short":
        return "文字", "text that is not empty"
    if kind == "too_short":
        return "至少一项", "at least one entry"
    if kind == "string_pattern_mismatch":
        return _FORMS.get(str(context.get("pattern")), _MARKER)
    if kind == "string_too_long":
        return f"不超过 {context.get('max_length')} 个字符", f"not more than {context.get('max_length')} characters"
    if kind in ("literal_error", "enum"):
        choice = str(context.get("expected")).replace("'", "").replace(" or ", ", ")
        return f"下列之一：{choice}", f"one of: {choice}"
    if kind == "greater_than_equal":
        return f"不小于 {context.get('ge')} 的数", f"a number not less than {context.get('ge')}"
    if kind == "less_than_equal":
        return f"不大于 {context.get('le')} 的数", f"a number not more than {context.get('le')}"
    return f"别的值（{kind}）", f"something else ({kind})"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 41 else f"“{text}”" if isinstance(value, str) else text


def _close(name: str, among: list[str]) -> str:
    return next(iter(get_close_matches(name, [a for a in among if a != name], n=1, cutoff=0.7)), "")


def _keys(form: type[BaseModel], seen: set[type] | None = None) -> frozenset[str]:
    """Every key the records below ``form`` know."""
    seen = seen if seen is not None else set()
    if form in seen:
        return frozenset()
    seen.add(form)
    keys = {field.alias or name for name, field in form.model_fields.items()}
    for field in form.model_fields.values():
        for inner in _models(field.annotation):
            keys |= _keys(inner, seen)
    return frozenset(keys)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _refused(place: Place, zh: str, en: str) -> Problem:
    return Problem("HB002", Severity.ERROR, place, Message(zh, en))
