"""Live preview: when our own code or templates change, the server starts afresh, since Python keeps what it imported."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

_log = logging.getLogger("mkdocs.plugins.handbook")
_STARTED = time.time()
_CODE = (".py", ".jinja", ".yml")


def changed_code(folders: Iterable[Path], since: float = _STARTED) -> Path | None:
    """A file of code, template or message below the folders that is newer than ``since`` (seconds since the epoch)."""
    for folder in folders:
        for file in folder.rglob("*"):
            if file.suffix in _CODE and file.is_file() and file.stat().st_mtime > since:
                return file
    return None


def restart(because: Path) -> None:
    """Replaces this process by a fresh one with the same arguments; where the system cannot, says that a restart is needed."""
    if os.name == "posix":
        _log.info("%s changed, starting afresh", because)
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, [sys.executable, "-m", "mkdocs", *sys.argv[1:]])
    _log.warning("%s changed; stop the preview (Ctrl+C) and start it again to see it", because)
