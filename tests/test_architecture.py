"""The arrows of the architecture point one way, and the code knows nothing of this one city and its twenty regimes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from handbook.source import read

ROOT = Path(__file__).parents[1]
CODE = {"handbook": ROOT / "plugins" / "handbook", "checks": ROOT / "checks"}
FILES = {
    ".".join([package, *file.relative_to(folder).with_suffix("").parts]).removesuffix(".__init__"): file
    for package, folder in CODE.items()
    for file in sorted(folder.rglob("*.py"))
}
EVERY = [pytest.param(name, id=name) for name in FILES]

MKDOCS = {"handbook.plugin", "handbook.editions", "checks.plugin"}
"""The adapters to MkDocs."""

KNOWS_CHECKS = {name for name in FILES if name == "handbook.cli" or name.startswith("handbook.commands")}
"""The adapters to the command line."""

BELOW = {
    "handbook.problem": (),
    "handbook.text": ("handbook.text",),
    "handbook.nodes": ("handbook.problem",),
    "handbook.model": ("handbook.model", "handbook.nodes", "handbook.problem", "handbook.text"),
    "handbook.explain": ("handbook.model", "handbook.nodes", "handbook.problem"),
    "handbook.source": ("handbook.explain", "handbook.model", "handbook.nodes", "handbook.problem"),
    "handbook.recompose": ("handbook.model", "handbook.nodes", "handbook.text"),
    "handbook.schema": ("handbook.model", "handbook.problem", "handbook.writing"),
    "handbook.views": (
        "handbook.views",
        "handbook.model",
        "handbook.nodes",
        "handbook.problem",
        "handbook.recompose",
        "handbook.text",
    ),
}
"""What a layer may import of our own; whatever is not listed may be imported by none of these."""


def _tree(name: str) -> ast.Module:
    return ast.parse(FILES[name].read_text(encoding="utf-8"), filename=str(FILES[name]))


def _imports(name: str) -> Iterator[str]:
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: a relative import; write the whole name"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names if f"{node.module}.{a.name}" in FILES)


def _within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("name", EVERY)
def test_only_the_adapters_import_mkdocs(name: str) -> None:
    imported = {m for m in _imports(name) if _within(m, "mkdocs") or _within(m, "material")}

    assert not imported or name in MKDOCS, f"{name} imports {imported}"


@pytest.mark.parametrize("name", [param for param in EVERY if param.values[0] not in KNOWS_CHECKS])
def test_the_handbook_does_not_import_the_checks(name: str) -> None:
    if not _within(name, "handbook"):
        return

    assert [m for m in _imports(name) if _within(m, "checks")] == []


@pytest.mark.parametrize("name", EVERY)
def test_an_adapter_to_mkdocs_is_imported_by_adapters_only(name: str) -> None:
    imported = {m for m in _imports(name) if m in MKDOCS}

    assert not imported or name in MKDOCS


@pytest.mark.parametrize("name", EVERY)
def test_a_layer_imports_only_what_lies_below_it(name: str) -> None:
    layer = next((layer for layer in BELOW if _within(name, layer)), None)
    if layer is None:
        return

    ours = {m for m in _imports(name) if _within(m, "handbook") or _within(m, "checks")}

    assert {m for m in ours if not any(_within(m, below) for below in BELOW[layer])} == set()


@pytest.mark.parametrize("name", EVERY)
def test_the_rules_import_no_pages_and_no_templates(name: str) -> None:
    if not _within(name, "checks") or name in MKDOCS:
        return

    upper = ("handbook.pages", "handbook.render", "handbook.exports", "handbook.cli", "handbook.messages")

    assert [m for m in _imports(name) if any(_within(m, u) for u in upper)] == []


def test_the_adapters_named_here_exist() -> None:
    assert set(FILES) >= MKDOCS | KNOWS_CHECKS
    assert all(any(_within(name, layer) for name in FILES) for layer in BELOW)


@pytest.mark.parametrize("name", EVERY)
def test_no_module_names_the_city(name: str) -> None:
    strings = [n.value for n in ast.walk(_tree(name)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]

    assert [s for s in strings if "衡水" in s or "hengshui" in s.lower()] == []


def test_no_template_style_script_or_catalogue_names_the_city() -> None:
    texts = [
        file
        for folder in CODE.values()
        for file in folder.rglob("*")
        if file.suffix in (".jinja", ".html", ".css", ".js", ".yml", ".yaml", ".json")
    ]

    assert texts
    for file in texts:
        text = file.read_text(encoding="utf-8").lower()
        assert "衡水" not in text, file
        assert "hengshui" not in text, file


@pytest.mark.parametrize("name", EVERY)
def test_no_module_compares_with_the_counts_of_the_real_data(name: str) -> None:
    counts = _counts()

    for node in ast.walk(_tree(name)):
        numbers: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            numbers = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
            numbers = node.args
        found = [n.value for n in numbers if isinstance(n, ast.Constant) and type(n.value) is int and n.value in counts]
        assert not found, f"{name}:{getattr(node, 'lineno', 0)} knows the count {found}"


@cache
def _counts() -> set[int]:
    book = read(ROOT / "regimes").book
    assert book is not None
    return {
        len(book.regimes),
        sum(len(regime.sections) for regime in book.regimes),
        len(book.clauses),
        len(book.laws.laws),
        len(book.glossary.terms),
    }


@pytest.mark.parametrize("name", EVERY)
def test_a_module_opens_with_a_sentence_that_says_what_it_holds(name: str) -> None:
    docstring = ast.get_docstring(_tree(name))

    assert docstring, f"{name} has no docstring"
    assert docstring.splitlines()[0].endswith((".", "!", "?"))


@pytest.mark.parametrize("name", EVERY)
def test_nothing_public_is_without_a_docstring(name: str) -> None:
    tree = _tree(name)
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]

    assert [node.name for node in public if not ast.get_docstring(node)] == []
