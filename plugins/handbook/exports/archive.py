"""The whole site as one zip file, for places without a network: unpacked, it is read by opening ``index.html``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

NAME = "handbook-site.zip"
"""The file's name at the root of the site."""

FOLDER = "handbook-site/"
"""The folder everything lies in, so that unpacking does not scatter files."""

PLACE = "<!-- handbook-site.zip -->"
"""Where a page wants the link. In the zip it stays this comment: there the file would not be beside the pages."""

_PACKED = {".docx", ".gz", ".pdf", ".png", ".xlsx", ".zip"}
"""Kinds of files that are compressed already."""

_LEFT_OUT = {".map"}
"""Kinds of files no reader needs: source maps are for those who debug Material."""


def write(site: Path, day: date) -> Path:
    """Writes the zip of everything below ``site`` and returns its path. Equal sites give equal bytes.

    Every file is dated ``day``: when a site was built is not part of what it says.
    """
    target = site / NAME
    with ZipFile(target, "w") as archive:
        for path in _files(site):
            name = f"{FOLDER}{path.relative_to(site).as_posix()}"
            entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3  # file modes below are Unix's, whatever system builds
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_STORED if path.suffix in _PACKED else ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return target


def _files(site: Path) -> Iterator[Path]:
    found = (path for path in site.rglob("*") if path.is_file() and path.suffix not in _LEFT_OUT)
    yield from (path for path in sorted(found, key=lambda p: p.relative_to(site).as_posix()) if path != site / NAME)


def link(html: str, href: str, words: str) -> str:
    """A page with the link where it wants it."""
    anchor = f'<a class="hb-archive" href="{escape(href)}" download>{escape(words)}</a>'
    return re.sub(re.escape(PLACE), lambda _: anchor, html)


def size(path: Path) -> str:
    """A file's size as people say it: 16.3 MB."""
    return f"{path.stat().st_size / 1e6:.1f} MB"
