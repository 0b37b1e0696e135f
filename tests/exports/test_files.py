"""The files of an edition: made once, kept under what they are made from, made anew where that changes."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.edition import editions
from handbook.exports.files import files, possible, write
from handbook.model import Book
from tests.exports.small import real_book

KINDS = ("docx", "xlsx")


@pytest.fixture(scope="module")
def book() -> Book:
    found = real_book()
    return replace(found, regimes=found.regimes[:3])


def _kept(cache: Path) -> dict[str, int]:
    return {file.name: file.stat().st_ino for file in cache.iterdir()}


def test_a_second_build_makes_nothing_and_writes_the_same(book: Book, tmp_path: Path) -> None:
    edition = editions(book)[0]
    first = list(write(book, edition, tmp_path / "a", tmp_path / "cache", KINDS))
    kept = _kept(tmp_path / "cache")

    second = list(write(book, edition, tmp_path / "b", tmp_path / "cache", KINDS))

    assert _kept(tmp_path / "cache") == kept
    assert len(kept) == len(first) == len(book.regimes) * len(KINDS)
    for one, other in zip(first, second, strict=True):
        assert one.relative_to(tmp_path / "a") == other.relative_to(tmp_path / "b")
        assert one.read_bytes() == other.read_bytes()


def test_a_changed_regime_makes_its_own_files_anew_and_no_others(book: Book, tmp_path: Path) -> None:
    edition = editions(book)[1]
    regime = book.regimes[1]
    title = regime.title.model_copy(update={"en": regime.title.en + " (new)"})
    changed = replace(book, regimes=(book.regimes[0], regime.model_copy(update={"title": title}), book.regimes[2]))
    before = {made.path: made.key for made in files(book, edition, KINDS)}

    after = {made.path: made.key for made in files(changed, edition, KINDS)}

    assert {path for path in before if before[path] != after[path]} == {
        f"checklists/{regime.id}/{regime.id}.{kind}" for kind in KINDS
    }


def test_the_editions_share_no_file_and_every_file_has_a_key_of_its_own(book: Book) -> None:
    keys = [made.key for edition in editions(book) for made in files(book, edition, KINDS)]

    assert len(set(keys)) == len(keys)


def test_a_cache_that_cannot_be_written_to_costs_time_and_nothing_else(book: Book, tmp_path: Path) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file where the folder should be", encoding="utf-8")

    written = list(write(book, editions(book)[0], tmp_path / "site", blocked, ("xlsx",)))

    assert len(written) == len(book.regimes)
    assert all(file.stat().st_size for file in written)


def test_what_nobody_asked_for_in_two_months_leaves_the_cache(book: Book, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "old.pdf").write_bytes(b"old")
    os.utime(cache / "old.pdf", (0, 0))

    list(write(book, editions(book)[0], tmp_path / "site", cache, ("xlsx",)))

    assert "old.pdf" not in _kept(cache)


def test_what_is_not_wanted_is_not_made(book: Book) -> None:
    assert possible(("xlsx",)) == ("xlsx",)
    assert {Path(made.path).suffix for made in files(book, editions(book)[0], ("xlsx",))} == {".xlsx"}
