"""The zip of the site: everything, once, the same bytes for the same site, and fit for any machine."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path

import pytest

from handbook.exports import archive

DAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name, content in (
        ("index.html", f"<p>{archive.PLACE}</p>" * 50),
        ("en/index.html", "<p>English</p>"),
        ("regimes/甲 乙/index.html", "<p>甲</p>"),
        ("handbook.pdf", "%PDF"),
        ("assets/a.js", "let a;"),
        ("assets/a.js.map", "{}"),
    ):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return site


def test_everything_a_reader_needs_is_in_it_once_and_in_one_folder(folder: Path) -> None:
    with zipfile.ZipFile(archive.write(folder, DAY)) as made:
        names = made.namelist()
        assert names == [
            "handbook-site/assets/a.js",
            "handbook-site/en/index.html",
            "handbook-site/handbook.pdf",
            "handbook-site/index.html",
            "handbook-site/regimes/甲 乙/index.html",
        ]
        assert made.testzip() is None
        for name in names:
            assert made.read(name) == (folder / name.removeprefix("handbook-site/")).read_bytes()
            assert made.getinfo(name).external_attr >> 16 == 0o644
        assert made.getinfo("handbook-site/index.html").compress_size < 400


def test_equal_sites_give_equal_bytes_whenever_they_were_written(folder: Path) -> None:
    first = archive.write(folder, DAY).read_bytes()
    for path in folder.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    assert archive.write(folder, DAY).read_bytes() == first  # the zip of before is there, and is not in it


def test_a_page_gets_the_link_where_it_asks_for_it_and_nowhere_else() -> None:
    html = f"<p>a {archive.PLACE}</p><p>b</p>"

    made = archive.link(html, "../handbook-site.zip", r"The <whole> \1 site")

    assert made == (
        r'<p>a <a class="hb-archive" href="../handbook-site.zip" download>The &lt;whole&gt; \1 site</a></p><p>b</p>'
    )
    assert archive.link("<p>b</p>", "x", "y") == "<p>b</p>"
