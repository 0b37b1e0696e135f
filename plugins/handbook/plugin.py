"""The MkDocs adapter: reads the book, hands MkDocs finished pages and a navigation, joins the editions, swaps the site in."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils.templates import TemplateContext

from handbook.compare import Comparison
from handbook.compare.forms import as_json, json_schema
from handbook.correct import foot
from handbook.crawl import hand_over, handed_over, llms, robots, sitemap
from handbook.edition import Edition, editions, relative
from handbook.editions import DATA, VARIABLE, RunningBuild, join, start, stop
from handbook.languages import marked
from handbook.messages import Messages
from handbook.meta import PageMeta, clipped, description, head
from handbook.model import Book
from handbook.pages import Heading, Page, changes_link, checked_on, navigation, not_found, pages
from handbook.plain import SCRIPTS, SCRIPTS_OF, STYLES, front_matter, nav_entry
from handbook.policy import with_policy
from handbook.preview import changed_code, restart
from handbook.redirected import stubs
from handbook.search import Document, documents, index, of_prose, with_pages
from handbook.sheet import KINDS
from handbook.source import Reading, read
from handbook.views.quality import Quality

if TYPE_CHECKING:  # brings in an HTTP server and TLS, which only a preview needs
    from mkdocs.livereload import LiveReloadServer

_log = logging.getLogger("mkdocs.plugins.handbook")
_PACKAGE = Path(__file__).parent

_SEARCH = "material/search"
"""The name by which Material's templates know its search."""

_WORKER = re.compile(r"assets/javascripts/workers/search\.[0-9a-f]+\.min\.js")
"""The address of Material's worker in the configuration every page carries; ours takes its place."""

_LANGUAGE = re.compile(r'<html lang="[^"]*"')
"""Material's tag of the language, which is coarser than ours."""

SINCE = "HANDBOOK_SINCE"
"""The environment variable that names the earlier state the page of changes compares with."""

_OUTLINE = "outline.json"
"""The file in which an edition's build tells the one that joins it which pages it has."""

_BUNDLE = re.compile(r'<script src="([^"]*)assets/javascripts/bundle\.')
"""Material's script, which starts the worker as it loads: ours has to stand before it."""

_SKIP = re.compile(r'<a href="#[^"]*" class="md-skip">')


class HandbookConfig(Config):
    """The options of the plugin in ``mkdocs.yml``."""

    regimes = option.Type(str, default="regimes")
    """The folder of regimes, relative to the configuration file."""

    since = option.Type(str, default="")
    """An earlier state – a folder or a revision of git – whose differences get a page of their own; empty for none.
    The environment variable HANDBOOK_SINCE comes before it."""

    files = option.ListOfItems(option.Choice(KINDS), default=list(KINDS))
    """The kinds of files made of each checklist; with pdf the whole handbook is one too. A preview makes none."""

    archive = option.Type(bool, default=True)
    """Whether the whole site is made a zip file too. A preview makes none."""


class _DialogConfig(Config):
    """What Material's templates ask of the search."""

    enabled = option.Type(bool, default=True)


class _Dialog(BasePlugin[_DialogConfig]):
    """Stands where Material's search would, so that its templates print the dialog; the index and the worker are ours."""


@dataclass(frozen=True)
class _Swap:
    """A site built beside the last one, and the exchange of the two at the end."""

    final: Path
    config: MkDocsConfig

    @property
    def new(self) -> Path:
        return self.final.with_name(self.final.name + ".new")

    @property
    def old(self) -> Path:
        return self.final.with_name(self.final.name + ".old")

    def prepare(self) -> None:
        """Clears what an interrupted build left; brings back a site that was lost between the two moves."""
        if self.old.exists() and not self.final.exists():
            self.old.rename(self.final)
        for leftover in (self.new, self.old):
            shutil.rmtree(leftover, ignore_errors=True)

    def finish(self, good: bool) -> None:
        """Moves the new site into place, or removes it. MkDocs finds the site at its usual place again (gh-deploy reads it)."""
        if good:
            if self.final.exists():
                self.final.rename(self.old)
            self.new.rename(self.final)
        for leftover in (self.new, self.old):
            shutil.rmtree(leftover, ignore_errors=True)
        self.config.site_dir = str(self.final)


class HandbookPlugin(BasePlugin[HandbookConfig]):
    """Events in the order MkDocs calls them; what they do is in the modules they call."""

    reading: Reading
    edition: Edition
    _previewing = False
    _swap: _Swap | None = None
    _changes: Comparison | None = None
    quality: Quality = Quality()
    """What the checks found; the checks plugin sets it before the files are made."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._previewing = command == "serve"
        self._swap = None
        self._built = False
        self._running: list[RunningBuild] = []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Reads the book first: nothing else makes sense without it."""
        root = Path(config.config_file_path).parent
        self._built = False
        if self._previewing and (changed := changed_code(root / name for name in ("plugins", "checks"))):
            restart(changed)
        self.reading = read(root / self.config.regimes, Path(self.config.regimes))
        if self.reading.book is None:
            raise PluginError("\n".join(["the regimes cannot be read", *(p.line() for p in self.reading.problems)]))
        book = self.reading.book
        self._changes = self._since(book, root)
        every = editions(book)
        wanted = os.environ.get(VARIABLE, every[0].language)
        self.edition = next((e for e in every if e.language == wanted), every[0])
        self._others = every[1:] if self.edition == every[0] else ()
        self._configure(config, book)
        if self.edition == every[0] and not self._previewing:
            self._stage(config)
        if self.reading.complete:  # beside the checks; where they find an error, on_build_error ends these builds
            self._running = [start(config, other) for other in self._others]
        self._kinds = () if self._previewing else self._possible()
        return config

    def _since(self, book: Book, root: Path) -> Comparison | None:
        """How the book differs from the earlier state that is named, if one is. Raises PluginError where that cannot be read."""
        named = os.environ.get(SINCE) or self.config.since
        if not named:
            return None
        from handbook.compare import compare, of_book
        from handbook.revisions import UnreadableError, read_side

        try:
            old = read_side(named, root, self.config.regimes)
        except UnreadableError as error:
            lines = [f"the page of changes cannot be made: {error.message.en}", *(p.line() for p in error.problems)]
            raise PluginError("\n".join(lines)) from error
        shown = Path(named).name if Path(named).is_absolute() else named  # pages tell nobody where they were made
        return compare(old, of_book(book, Path(self.config.regimes)), shown, self.config.regimes)

    def _possible(self) -> tuple[str, ...]:
        """The kinds of files that are wanted and can be made here; says how to get what is missing."""
        wanted = tuple(kind for kind in KINDS if kind in self.config.files)
        if not wanted:
            return ()
        from handbook.exports.files import NO_FONT, possible  # brings in the typesetter

        kinds = possible(wanted)
        if kinds != wanted and self.edition == editions(self._book)[0]:
            _log.info(NO_FONT)
        return kinds

    def _configure(self, config: MkDocsConfig, book: Book) -> None:
        language, say = self.edition.language, Messages(self.edition.language)
        config.docs_dir = str(Path(config.docs_dir).parent / language)
        config.site_name = book.handbook.title[language]
        config.site_description = book.handbook.description[language]
        config.site_url = f"{book.handbook.address}{self.edition.prefix}" if book.handbook.address else ""
        config.theme["language"] = language
        config.theme.static_templates.discard("sitemap.xml")  # one for all editions, or none: see crawl.py
        config.theme.dirs.insert(0, str(_PACKAGE / "theme"))
        config.extra_css[:0] = STYLES
        config.extra_javascript += SCRIPTS
        config.plugins[_SEARCH] = _dialog()
        config.extra["alternate"] = len(editions(book)) > 1  # makes Material print our link, partials/alternate.html
        for palette in config.theme["palette"]:
            palette["toggle"]["name"] = say("to_light" if palette["scheme"] == "slate" else "to_dark")
        config.nav = [nav_entry(item) for item in navigation(book, self.edition, changes=self._changes is not None)]

    def _stage(self, config: MkDocsConfig) -> None:
        """Builds beside the site, so that the last good site stays until this one is whole."""
        self._swap = _Swap(Path(config.site_dir), config)
        self._swap.prepare()
        config.site_dir = str(self._swap.new)

    @event_priority(-100)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Stops before anything is written when a regime could not be read; the checks plugin stops for the rest."""
        if not self.reading.complete:
            raise PluginError("\n".join(["some regimes cannot be read", *(p.line() for p in self.reading.problems)]))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self._pages: dict[str, Page] = {}
        self._outline: list[PageMeta] = []
        if theirs := files.get_file_from_path("sitemap.xml"):  # no template any more, it would be copied as it stands
            files.remove(theirs)
        self._prose: tuple[Document, ...] = ()
        for page in pages(self._book, self.edition, self.quality, self._kinds, self._changes):
            self._pages[page.source_uri] = page
            files.append(File.generated(config, page.source_uri, content=front_matter(page)))
        for stub in stubs(self._book, self.edition):
            html = stub.html if self._previewing else with_policy(stub.html)
            files.append(File.generated(config, stub.path, content=html))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keeps the theme's compiled templates: compiling them afresh is a tenth of a build."""
        cache = Path(config.config_file_path).parent / ".cache" / "templates"
        try:
            cache.mkdir(parents=True, exist_ok=True)
        except OSError:
            return env  # a folder that may not be written to builds all the same
        if os.access(cache, os.W_OK):
            env.bytecode_cache = FileSystemBytecodeCache(str(cache))
        return env

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        made = self._pages.get(page.file.src_uri)
        if made is None:
            self._prose += of_prose(page.url.removesuffix("index.html"), str(page.title), html)
            if page.file.src_uri == "about.md" and (words := changes_link(self._changes, self.edition.language)):
                html += f'\n<p><a href="../changes/">{escape(words)}</a></p>'
            name = page.file.src_uri
            file = f"{Path(config.docs_dir).parent.name}/{self.edition.language}/{name}"
            path = page.url.removesuffix("index.html").removeprefix("./")
            return marked(html, self.edition.language) + foot(self._book, self.edition, path, str(page.title), file)
        page.toc = TableOfContents([AnchorLink(made.title, "", 1)] if not made.toc else _toc(made))
        return made.html

    def on_page_context(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        path = page.url.removesuffix("index.html") if page.url != "./" else ""
        words = self._words(path)
        words["head"] = self._head(page, path)
        cast(dict[str, Any], context)["handbook"] = words
        return context

    def _head(self, page: SitePage, path: str) -> str:
        """What the page says of itself in its head. Prose may bring a description of its own."""
        made = self._pages.get(page.file.src_uri)
        title = made.title if made else str(page.title)
        own = page.meta.get("description")
        about = clipped(str(own)) if own else description(self._book, self.quality, self.edition.language, path, title)
        self._outline.append(PageMeta(path, title, about))
        return head(self._book, self.edition, self._outline[-1], {p.path: p.title for p in self._pages.values()})

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        values = cast(dict[str, Any], context)
        values["handbook"] = self._words("")
        if template_name == "404.html":
            values["base_url"] = self._base()
            values["rootless"] = not self._book.handbook.address
            if values["handbook"]["other"]:  # relative elsewhere; here it would follow the wrong address
                other = next(e for e in editions(self._book) if e != self.edition)
                root = self._base().removesuffix(self.edition.prefix)
                values["handbook"]["other"]["href"] = root + other.prefix
            values["missing"] = not_found(self._book, self.edition, self._base())
        return context

    def _base(self) -> str:
        """Where this edition lies on its server, ending in a slash: a missing page has no place to be relative to."""
        return urlsplit(self._book.handbook.address or "/").path + self.edition.prefix

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        return self._finished(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        return self._finished(output_content)

    def _finished(self, html: str) -> str:
        """A page with our search, its own scripts and its policy. A preview has none: its server plants a script in each page."""
        html = _LANGUAGE.sub(f'<html lang="{self.edition.html_lang}"', html, count=1)
        html = _with_skip(_light(_with_search(html)))
        return html if self._previewing else with_policy(html)

    def _words(self, path: str) -> dict[str, Any]:
        """What the templates of the theme print around a page: the other edition's address and the foot."""
        book, say = self._book, Messages(self.edition.language)
        other = next((e for e in editions(book) if e != self.edition), None)
        return {
            "other": other
            and {
                "href": relative(self.edition, path, path, to=other),
                "root": relative(self.edition, "", "", to=other),
                "lang": other.html_lang,
                "name": Messages(other.language)("language_name"),
            },
            "footer": say("footer", source=book.handbook.source.title[self.edition.language], date=checked_on(book)),
            "prevails": say("footer_prevails"),
            "marks": {key: say(f"marks_{key}") for key in ("count", "previous", "next", "clear")},
        }

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Joins the other editions and writes the data files, last of all."""
        site = Path(config.site_dir)
        found = with_pages(documents(self._book, self.edition), self._pages.values()) + self._prose
        _write_index(site, index(self._book, self.edition, found))
        if self.edition == editions(self._book)[-1]:  # the last edition's process has the least to do
            from handbook.exports.json_csv import write  # only one edition's process needs it

            write(self._book, site / DATA)
            if self._changes is not None:
                _write(site / DATA / "changes.json", as_json(self._changes))
                _write(site / DATA / "schema" / "changes.json", json_schema())
        if self._kinds:
            from handbook.exports.files import write as write_files

            cache = Path(config.config_file_path).parent / ".cache" / "files"
            for _ in write_files(self._book, self.edition, site, cache, self._kinds):
                pass
        outline = {self.edition: self._in_order()}
        for build in self._running:
            join(build, site)
            handed = site / build.edition.prefix / _OUTLINE
            outline[build.edition] = handed_over(handed.read_text(encoding="utf-8"))
            handed.unlink()
        if self.edition == editions(self._book)[0]:
            _write_lists(site, self._book, outline)
        else:
            _write(site / _OUTLINE, hand_over(self._in_order()))
        self._running = []
        if self.config.archive and not self._previewing and self.edition == editions(self._book)[0]:
            self._archive(site)
        self._built = True

    def _archive(self, site: Path) -> None:
        """The whole site as a zip file, linked from the pages that ask for it: they are changed after they are packed."""
        from handbook.exports import archive

        made = archive.write(site, date.fromisoformat(checked_on(self._book)))
        for edition in reversed(editions(self._book)):  # the first lies around the others
            words = Messages(edition.language)("archive", size=archive.size(made))
            for path in (site / edition.prefix / "index.html", *(site / edition.prefix).glob("*/index.html")):
                html = path.read_text(encoding="utf-8")
                if archive.PLACE in html:
                    page = path.relative_to(site / edition.prefix).as_posix().removesuffix("index.html")
                    href = relative(edition, page, archive.NAME, to=editions(self._book)[0])
                    path.write_text(archive.link(html, href, words), encoding="utf-8", newline="\n")

    def _in_order(self) -> tuple[PageMeta, ...]:
        """The pages of this edition: ours as we made them, then the prose."""
        order = {page.path: n for n, page in enumerate(self._pages.values())}
        return tuple(sorted(self._outline, key=lambda page: order.get(page.path, len(order))))

    def on_build_error(self, *, error: Exception) -> None:
        self._built = False
        self._stop()

    def on_shutdown(self) -> None:
        """Puts the new site in the place of the last one, or leaves the last one alone."""
        self._stop()  # after Ctrl+C nothing else ends the builds beside this one
        if self._swap:
            self._swap.finish(self._built)

    def _stop(self) -> None:
        for build in self._running:
            stop(build)
        self._running = []

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        root = Path(config.config_file_path).parent
        for folder in (self.config.regimes, "docs", "plugins", "checks"):
            if (root / folder).is_dir():
                server.watch(str(root / folder))
        return server

    @property
    def _book(self) -> Book:
        if self.reading.book is None:
            raise PluginError("the regimes cannot be read")
        return self.reading.book


def _toc(page: Page) -> list[AnchorLink]:
    top = AnchorLink(page.title, "", 1)
    top.children = list(_links(page.toc, 2))
    return [top]


def _links(headings: tuple[Heading, ...], level: int) -> Iterator[AnchorLink]:
    for heading in headings:
        link = AnchorLink(heading.title, heading.anchor, level)
        link.children = list(_links(heading.children, level + 1))
        yield link


def _with_search(html: str) -> str:
    """A page whose dialog asks our worker."""
    html = _WORKER.sub("assets/handbook/search-worker.js", html)
    return _BUNDLE.sub(r'<script src="\1assets/handbook/search.js"></script>\g<0>', html)


def _light(html: str) -> str:
    """A page without the scripts of other kinds of pages. Those it has stay where they are: run later, they would move what is shown."""
    head, start, scripts = html.partition('<script id="__config"')
    for name, mark in SCRIPTS_OF.items():
        if mark not in head:
            scripts = re.sub(rf'\s*<script src="[^"]*{re.escape(name)}"></script>', "", scripts)
    return head + start + scripts


def _with_skip(html: str) -> str:
    """A page whose first link leads to its content; the theme's leads to its first heading, which has no anchor here."""
    html = _SKIP.sub('<a href="#hb-content" class="md-skip">', html, count=1)
    return html.replace('<article class="md-content__inner', '<article id="hb-content" class="md-content__inner', 1)


def _dialog() -> _Dialog:
    dialog = _Dialog()
    dialog.load_config({})
    return dialog


def _write_index(site: Path, index: str) -> None:
    """Writes the search index, and as a script too: a page opened from a folder (file://) may not fetch the JSON."""
    folder = site / "search"
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "search_index.json", index)
    _write(folder / "search_index.js", f"var __index = {index}")


def _write_lists(site: Path, book: Book, outline: dict[Edition, tuple[PageMeta, ...]]) -> None:
    """Writes llms.txt, and where the handbook has an address sitemap.xml and robots.txt, which need full addresses."""
    data = [file.relative_to(site).as_posix() for file in (site / DATA).rglob("*") if file.is_file()]
    _write(site / "llms.txt", llms(book, outline, data))
    if book.handbook.address:
        _write(site / "sitemap.xml", sitemap(book, outline))
        _write(site / "robots.txt", robots(book))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
