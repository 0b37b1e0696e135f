"""Files written whole or not at all: what was there stays until everything new is safely on the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def write_whole(file: Path, content: str | bytes) -> Path:
    """Writes one file whole or not at all (text as UTF-8 with the line ends it has) and returns it.

    Raises OSError where the folder cannot be written; the file is then as it was.
    """
    return write_together({file: content})[0]


def write_together(contents: Mapping[Path, str | bytes]) -> tuple[Path, ...]:
    """Writes several files; none is replaced before all have been written beside their places.

    Raises OSError where one cannot be written; nothing has been replaced then, and what had been written beside is removed.
    """
    beside: dict[Path, Path] = {}
    try:
        for file, content in contents.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_name(f".{file.name}.new")
            beside[file] = new
            new.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        for file, new in beside.items():
            os.replace(new, file)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)
    return tuple(beside)
