"""The foot of a page and a clause's button: where its file is edited and an error of it reported, on each forge and on none."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from handbook.edition import editions
from handbook.forge import LONGEST, Forge, forge
from handbook.model import Book
from handbook.model.registers import ForgeKind
from handbook.pages import pages
from handbook.source import read
from handbook.views.quality import Quality
from tests.books import HANDBOOK, make_book, write

HOSTS = [
    ("https://github.com/bureau/handbook", "github", "/edit/main/", "/issues/new", "title", "body"),
    ("https://gitlab.example.cn/bureau/handbook/", "gitlab", "/-/edit/main/", "/-/issues/new", "issue[title]", "issue[description]"),
    ("https://gitee.com/bureau/handbook.git", "gitee", "/edit/main/", "/issues/new", "title", "description"),
]  # fmt: skip


def _book(folder: Path, more: str = "") -> Book:
    make_book(folder)
    file = folder / "_handbook.yml"
    write(file, file.read_text(encoding="utf-8") + more)
    book = read(folder).book
    assert book is not None, [p.line() for p in read(folder).problems]
    return book


def _links(html: str) -> list[str]:
    foot = html[html.index('<aside class="hb-correct"') :]
    return [unescape(link) for link in re.findall(r'<a href="([^"]*)"', foot)]


@pytest.mark.parametrize(("repository", "kind", "edit", "issue", "title", "body"), HOSTS, ids=[h[1] for h in HOSTS])
def test_every_page_leads_to_its_file_and_to_an_issue_that_says_which_page_it_is(
    tmp_path: Path, repository: str, kind: str, edit: str, issue: str, title: str, body: str
) -> None:
    book = _book(tmp_path / "regimes", f"repository: {repository}\n")
    base = repository.rstrip("/").removesuffix(".git")
    files = {
        "regimes/elevator-use/": "regimes/01-elevator-use.yml",
        "checklists/elevator-use/": "regimes/01-elevator-use.yml",
        "laws/": "regimes/_laws.yml",
        "glossary/": "regimes/_glossary.yml",
        "source/": "regimes/source/issued.txt",
    }

    for edition in editions(book):
        made = {page.path: page for page in pages(book, edition, Quality())}
        for page in made.values():
            links = _links(page.html)
            asked = urlsplit(links[-1])
            values = parse_qs(asked.query)
            assert links[-1].startswith(f"{base}{issue}?")
            assert set(values) == {title, body}
            assert page.title in values[title][0]
            assert (edition.prefix + page.path or "./") in values[body][0]
            assert "错在哪里" in values[body][0]
            assert "What is wrong" in values[body][0]
            if page.path in files:
                assert links[0] == f"{base}{edit}{files[page.path]}"
                assert files[page.path] in values[body][0]
        assert "/tree/main/regimes" in _links(made["penalties/"].html)[0]
    assert forge(book.handbook) == Forge(ForgeKind(kind), base, "main")


def test_without_a_repository_a_page_names_its_file_and_has_no_link_that_leads_nowhere(tmp_path: Path) -> None:
    book = _book(tmp_path / "regimes")

    for page in pages(book, editions(book)[0], Quality()):
        assert _links(page.html) == []
    regime = next(p for p in pages(book, editions(book)[0], Quality()) if p.path == "regimes/elevator-use/")
    assert "<code>regimes/01-elevator-use.yml</code>" in regime.html


def test_another_branch_and_a_forge_the_address_does_not_name(tmp_path: Path) -> None:
    book = _book(tmp_path / "regimes", "repository: https://git.bureau.cn/a/b\nforge: gitlab\nbranch: 发布/1\n")
    found = forge(book.handbook)
    assert found is not None

    assert found.edit("regimes/01-x.yml") == ("https://git.bureau.cn/a/b/-/edit/%E5%8F%91%E5%B8%83/1/regimes/01-x.yml")


@pytest.mark.parametrize(
    "more",
    [
        "repository: https://git.bureau.cn/a/b\n",
        "repository: javascript:alert(1)\n",
        "repository: github.com/a/b\n",
        "repository: https://github.com/a/b?x=1\n",
        "repository: https://github.com/a/b\nforge: bitbucket\n",
        "repository: https://github.com/a/b\nbranch: 'a b'\n",
    ],
)
def test_a_repository_nobody_can_make_addresses_of_is_refused_at_its_line(tmp_path: Path, more: str) -> None:
    make_book(tmp_path)
    file = tmp_path / "_handbook.yml"
    write(file, file.read_text(encoding="utf-8") + more)

    problems = read(tmp_path).problems

    assert [(p.code, p.place.file.name) for p in problems] == [("HB002", "_handbook.yml")]


def test_what_is_reported_cannot_leave_its_place_in_the_address_and_is_cut_where_it_is_too_long() -> None:
    found = Forge(ForgeKind.GITHUB, "https://github.com/a/b", "main")

    address = found.issue("a&body=x#y?{body}", "乙&labels=z\n" * 3000)

    assert len(address) <= LONGEST
    values = parse_qs(urlsplit(address).query)
    assert set(values) == {"title", "body"}
    assert values["title"] == ["a&body=x#y?{body}"]
    assert values["body"][0].endswith("…")
    assert len(address) > LONGEST * 0.8
    assert HANDBOOK.count("repository") == 0
