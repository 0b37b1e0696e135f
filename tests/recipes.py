"""Reads the recipes of CONTRIBUTING.md and does what they say, word for word, in a copy of the project.

A recipe is everything below a heading ``### 1. …`` up to the next heading. Its fenced blocks are steps:

* ``console``: lines after ``$ `` are commands; what stands below one is what it prints, ``…`` alone for lines left out, ``…`` within
  a line for words left out. A command that shows no output must end with status 0.
* ``diff FILE``: the lines with ``-`` and a space stand in the file exactly once, together, and become those with ``+`` and a space.
* anything else with a file name, ``yaml FILE``: the file then reads so.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^### (\d+)\. (.+)$")
_FENCE = re.compile(r"^( *)```(\w+)(?: (\S+))?$")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its kind, the file it names (or ""), its text, the line it starts on."""

    kind: str
    file: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """A numbered recipe in one language: its title and its blocks in order."""

    language: str
    number: int
    title: str
    blocks: tuple[Block, ...]


def recipes(text: str, languages: Mapping[str, str]) -> list[Recipe]:
    """The recipes of a guide; ``languages`` maps the second-level heading of a part to its language."""
    found: list[Recipe] = []
    language = title = ""
    number = 0
    blocks: list[Block] = []
    lines = text.splitlines()
    index = 0
    while index <= len(lines):
        line = lines[index] if index < len(lines) else "## "
        heading, fence = _HEADING.match(line), _FENCE.match(line)
        if line.startswith(("## ", "### ")):
            if number:
                found.append(Recipe(language, number, title, tuple(blocks)))
            number, blocks = 0, []
            if line.startswith("## "):
                language = languages.get(line[3:], "")
            elif heading and language:
                number, title = int(heading[1]), heading[2]
        elif fence:
            end = next(i for i in range(index + 1, len(lines)) if lines[i] == f"{fence[1]}```")
            cut = len(fence[1])
            body = "".join(f"{inside[cut:]}\n" for inside in lines[index + 1 : end])
            blocks.append(Block(fence[2], fence[3] or "", body, index + 1))
            index = end
        index += 1
    return found


def follow(recipe: Recipe, folder: Path, environment: Mapping[str, str]) -> str:
    """Does every step of a recipe in ``folder`` and returns the record of it. Raises AssertionError where a step does not go as written."""
    record: list[str] = []
    for block in recipe.blocks:
        where = f"CONTRIBUTING.md:{block.line}"
        if block.kind == "console":
            record += _console(block, folder, environment, where)
        elif block.kind == "diff" and block.file:
            _edit(block, folder / block.file, where)
            record += [f"# {block.file}", *block.text.splitlines(), ""]
        elif block.file:
            file = folder / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8", newline="\n")
            record += [f"# {block.file}", *block.text.splitlines(), ""]
    return "\n".join(record)


def _edit(block: Block, file: Path, where: str) -> None:
    lines = block.text.splitlines()
    assert all(line[:1] in ("-", "+", " ") for line in lines), f"{where}: a line of a diff starts with -, + or a space"
    old = "".join(f"{line[1:]}\n" for line in lines if line[0] in "- ")
    new = "".join(f"{line[1:]}\n" for line in lines if line[0] in "+ ")
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{where}: {file.name} has these lines {text.count(old)} times:\n{old}"
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def _console(block: Block, folder: Path, environment: Mapping[str, str], where: str) -> list[str]:
    record: list[str] = []
    command = ""
    expected: list[str] = []
    for line in [*block.text.splitlines(), "$ "]:
        if not line.startswith("$ "):
            expected.append(line)
            continue
        if command:
            result = subprocess.run(
                ["bash", "-c", command], cwd=folder, env=dict(environment), capture_output=True, text=True, check=False
            )
            printed = result.stdout + result.stderr
            assert "Traceback" not in printed, f"{where}: {command}\n{printed}"
            if expected:
                assert as_written(expected, printed.splitlines()), (
                    f"{where}: {command} was to print\n" + "\n".join(expected) + f"\nbut printed\n{printed}"
                )
            else:
                assert result.returncode == 0, f"{where}: {command} ended with {result.returncode}\n{printed}"
            record += [f"$ {command}", *printed.rstrip().splitlines(), f"[{result.returncode}]", ""]
        command, expected = line[2:], []
    return record


def as_written(expected: list[str], printed: list[str]) -> bool:
    """Whether lines are as expected; ``…`` alone stands for any lines, ``…`` in a line for any words."""
    pattern = "".join(
        r"(?:[^\n]*\n)*?" if line == "…" else re.escape(line).replace("…", r"[^\n]*?") + "\n" for line in expected
    )
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed)) is not None
