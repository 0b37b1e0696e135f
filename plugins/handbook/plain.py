"""The handbook as plain MkDocs projects on disk, one an edition, for engines that do not run our plugins.

Material for MkDocs ends in May 2027. Its successors read the same projects but not all of them run plugins; from these
folders any of them can build.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from handbook.edition import Edition, editions
from handbook.meta import description
from handbook.model import Book
from handbook.pages import NavigationItem, Page, navigation, pages
from handbook.policy import with_policy
from handbook.redirected import stubs
from handbook.views.quality import Quality

_ASSETS = Path(__file__).parent / "theme" / "assets"

STYLES = tuple(
    f"assets/handbook/{name}.css" for name in ("handbook", "penalties", "time-limits", "checklist", "reading", "search")
)
"""The style sheets of every page, one a concern."""

SCRIPTS = tuple(
    f"assets/handbook/{name}.js"
    for name in ("marks", "handbook", "penalties", "time-limits", "checklist", "report", "reading")
)
"""The scripts of every page; each does nothing where its page is another. The last of them shows what waited for the others."""


SCRIPTS_OF = {
    "assets/handbook/penalties.js": 'data-hb-page="penalties"',
    "assets/handbook/time-limits.js": 'data-hb-page="time-limits"',
    "assets/handbook/checklist.js": 'data-hb-page="checklist',
}
"""Scripts of one kind of page, with what stands in the HTML of that kind; the plugin leaves them out elsewhere."""


def write_projects(book: Book, quality: Quality, docs: Path, folder: Path) -> Iterator[Path]:
    """Writes ``folder/<language>/mkdocs.yml`` and its ``docs/``, and yields every file.

    ``docs`` holds the prose, one folder a language. The data files go with the first edition. A page's HTML stands in its Markdown file as it is.
    """
    from handbook.exports.files import possible  # the plugin imports this module and leaves data to another process
    from handbook.exports.files import write as write_files
    from handbook.exports.json_csv import write

    kinds = possible()
    for edition in editions(book):
        project = folder / edition.language
        shutil.copytree(docs / edition.language, project / "docs", dirs_exist_ok=True)
        shutil.copytree(_ASSETS, project / "docs" / "assets", dirs_exist_ok=True)
        for page in pages(book, edition, quality, kinds):
            file = project / "docs" / page.source_uri
            file.parent.mkdir(parents=True, exist_ok=True)
            about = description(book, quality, edition.language, page.path, page.title)
            file.write_text(f"{front_matter(page, about)}\n{page.html}\n", encoding="utf-8", newline="\n")
            yield file
        for stub in stubs(book, edition):
            file = project / "docs" / stub.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(with_policy(stub.html), encoding="utf-8", newline="\n")
            yield file
        if not edition.prefix:  # the data stand once, at the root; pages of every edition link to them
            yield from write(book, project / "docs" / "data")
        yield from write_files(book, edition, project / "docs", None, kinds)
        configuration = project / "mkdocs.yml"
        configuration.write_text(_configuration(book, edition), encoding="utf-8", newline="\n")
        yield configuration


def front_matter(page: Page, description: str = "") -> str:
    """What an engine and its search need to know of a page besides its HTML. JSON is YAML, whatever the title holds."""
    meta: dict[str, object] = {"title": page.title, "tags": list(page.keywords)}
    if description:
        meta["description"] = description
    if not page.searched:
        meta["search"] = {"exclude": True}
    if page.wide:
        meta["hide"] = ["navigation", "toc"]
    return f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n"


def nav_entry(item: NavigationItem) -> dict[str, object]:
    """A place in the navigation as MkDocs configurations write it."""
    return {item.title: [nav_entry(child) for child in item.children] if item.children else item.uri}


def _configuration(book: Book, edition: Edition) -> str:
    """The configuration as JSON, which every YAML reader reads."""
    language = edition.language
    return (
        json.dumps(
            {
                "site_name": book.handbook.title[language],
                "site_description": book.handbook.description[language],
                "docs_dir": "docs",
                "site_dir": f"../site/{edition.prefix}",
                "theme": {
                    "name": "material",
                    "language": language,
                    "font": False,
                    "favicon": "assets/handbook/favicon.svg",
                },
                "extra_css": list(STYLES),
                "extra_javascript": list(SCRIPTS),
                "plugins": ["search"],
                "markdown_extensions": ["tables", {"toc": {"permalink": "#"}}],
                "nav": [nav_entry(item) for item in navigation(book, edition)],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )
