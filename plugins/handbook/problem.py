"""What can be wrong, and where: the values every reader and every rule speaks in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How a problem weighs: an error stops a build, a warning stops a strict one."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A spot in a file. ``line`` and ``column`` count from 1; ``file`` is as the user named it."""

    file: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file.as_posix()}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in both languages of the handbook."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: which rule says so, how bad it is, where, and in which words."""

    code: str
    severity: Severity
    place: Place
    message: Message

    def line(self, language: str = "en") -> str:
        """The problem as one line of text, the way compilers print it: ``file:line:column: CODE words``."""
        return f"{self.place}: {self.code} {self.message[language]}"


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems sorted by place, then code, so that two runs print the same."""
    return tuple(sorted(problems, key=lambda p: (p.place, p.code, p.message.en)))
