"""What pages say of themselves to machines, on the real site without an address and with one, read by parsers of our own."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from checks.report import quality
from checks.run import run
from handbook.crawl import handed_over, llms, sitemap
from handbook.edition import editions
from handbook.linked_data import linked_data
from handbook.meta import LONGEST, SHORTEST, PageMeta, clipped, description, head
from handbook.model import Book
from handbook.source import read
from tests.books import HANDBOOK, make_book
from tests.conftest import ROOT, mkdocs

ADDRESS = "https://handbook.example/sub/"
NOWHERE = "https://nowhere.example/"
"""Where a site without an address is taken to be, so that its relative links can be followed."""

SCHEMA = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


class _Head(HTMLParser):
    """The elements of a head."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.metas: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.language, self.title, self.data = "", "", []  # type: tuple[str, str, list[str]]
        self._inside = self._type = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values.get("lang", "")
        elif tag == "meta":
            self.metas.append(values)
        elif tag == "link":
            self.links.append(values)
        if tag == "title" and not self.title:
            self._inside = tag
        if tag == "script" and values.get("type") == "application/ld+json":
            self._inside = tag
            self.data.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._inside == "script":
            self.data[-1] += data

    def meta(self, name: str) -> list[str]:
        return [m["content"] for m in self.metas if name in (m.get("name"), m.get("property"))]

    def canonical(self) -> list[str]:
        return [link["href"] for link in self.links if link.get("rel") == "canonical"]

    def alternates(self) -> dict[str, str]:
        found = [
            (link["hreflang"], link["href"]) for link in self.links if link.get("rel", "").split() == ["alternate"]
        ]
        assert len(dict(found)) == len(found)
        return dict(found)

    def graph(self) -> dict[str, dict[str, Any]]:
        """The nodes of the one JSON-LD block by type."""
        (block,) = self.data
        nodes = json.loads(block)["@graph"]
        by_type = {node["@type"]: node for node in nodes}
        assert len(by_type) == len(nodes)
        return by_type


class Made(NamedTuple):
    """A built site: its folder, where it is, and the heads of its pages by their path below the root."""

    folder: Path
    base: str
    heads: dict[str, _Head]

    def file(self, url: str) -> Path:
        """The file behind an address of this site."""
        assert url.startswith(self.base), url
        path = urlsplit(url).path.removeprefix(urlsplit(self.base).path)
        return self.folder / path / "index.html" if not path or path.endswith("/") else self.folder / path


def _made(folder: Path, base: str) -> Made:
    files = sorted(folder.rglob("index.html"))
    paths = {f: f.parent.relative_to(folder).as_posix() + "/" for f in files}
    heads = {path.removeprefix("./"): _Head(file.read_text(encoding="utf-8")) for file, path in paths.items()}
    assert len(heads) > 100
    return Made(folder, base, heads)


@pytest.fixture(scope="module")
def bare(site: Path) -> Made:
    """The site as it is: without an address."""
    return _made(site, NOWHERE)


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The site of a handbook that is published in a folder of a host."""
    project = tmp_path_factory.mktemp("addressed")
    for name in ("regimes", "docs"):
        shutil.copytree(ROOT / name, project / name)
    (project / "checks").mkdir()
    shutil.copy(ROOT / "checks" / "waivers.yml", project / "checks")
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    without_files = configuration.replace("  - handbook\n", "  - handbook: {files: []}\n")
    (project / "mkdocs.yml").write_text(without_files, encoding="utf-8")
    with (project / "regimes" / "_handbook.yml").open("a", encoding="utf-8") as handbook:
        handbook.write(f"address: {ADDRESS}\n")
    built = mkdocs("build", "--strict", cwd=project)
    assert built.returncode == 0, built.stdout
    return _made(project / "site", ADDRESS)


@pytest.fixture(params=["bare", "addressed"])
def made(request: pytest.FixtureRequest) -> Made:
    found: Made = request.getfixturevalue(request.param)
    return found


def _twin(path: str) -> tuple[str, str]:
    """The paths of a page in the Chinese and in the English edition."""
    own = path.removeprefix("en/")
    return own, f"en/{own}"


def test_every_page_has_a_description_of_its_own_in_its_language(made: Made) -> None:
    seen: Counter[str] = Counter()
    for path, page in made.heads.items():
        (about,) = page.meta("description")
        assert SHORTEST <= len(about) <= LONGEST, (path, len(about), about)
        chinese = len(re.findall("[一-鿿]", about))
        assert chinese < len(about) / 10 if path.startswith("en/") else chinese > len(about) / 3, (path, about)
        seen[about] += 1

    assert [about for about, n in seen.items() if n > 1] == []


def test_every_page_has_a_title_of_its_own(made: Made) -> None:
    titles = Counter(page.title for page in made.heads.values())

    assert [title for title, n in titles.items() if n > 1] == []
    assert made.heads[""].title == "事中事后监管手册"


def test_every_page_names_its_language_exactly(made: Made) -> None:
    assert {(p.startswith("en/"), h.language) for p, h in made.heads.items()} == {(False, "zh-CN"), (True, "en")}
    for prefix, language in (("", "zh-CN"), ("en/", "en")):
        assert _Head((made.folder / prefix / "404.html").read_text(encoding="utf-8")).language == language


def test_every_page_names_itself_in_both_languages_and_the_chinese_for_the_rest(made: Made) -> None:
    for path, page in made.heads.items():
        chinese, english = (made.base + twin for twin in _twin(path))
        found = {name: urljoin(made.base + path, href) for name, href in page.alternates().items()}

        assert found == {"zh-CN": chinese, "en": english, "x-default": chinese}, path
        assert all(made.file(href).exists() for href in found.values())


def test_with_an_address_every_page_is_canonical_under_it_and_without_none_is(bare: Made, addressed: Made) -> None:
    for path, page in addressed.heads.items():
        assert page.canonical() == [ADDRESS + path]
        assert page.meta("og:url") == [ADDRESS + path]
        assert all(href.startswith(ADDRESS) for href in page.alternates().values())
    for page in bare.heads.values():
        assert page.canonical() == page.meta("og:url") == []
        assert not any("://" in href for href in page.alternates().values())


def test_open_graph_says_what_the_page_says(made: Made) -> None:
    for path, page in made.heads.items():
        locale, other = ("en_US", "zh_CN") if path.startswith("en/") else ("zh_CN", "en_US")
        assert page.meta("og:description") == page.meta("description")
        assert page.meta("og:locale") == [locale]
        assert page.meta("og:locale:alternate") == [other]
        assert page.title.startswith(page.meta("og:title")[0])
        assert page.meta("og:type")[0] in ("website", "article")


def test_a_missing_page_asks_not_to_be_found(made: Made) -> None:
    for prefix in ("", "en/"):
        page = _Head((made.folder / prefix / "404.html").read_text(encoding="utf-8"))

        assert page.meta("robots") == ["noindex"]
        assert page.canonical() == []
        assert page.alternates() == {}
        assert page.data == []
    assert not any(page.meta("robots") for page in made.heads.values())


def test_every_icon_is_there(made: Made) -> None:
    for path, page in made.heads.items():
        icons = [link for link in page.links if link.get("rel") in ("icon", "apple-touch-icon")]
        assert {link["href"].rpartition(".")[2] for link in icons} == {"svg", "png"}
        for link in icons:
            assert made.file(urljoin(made.base + path, link["href"])).exists()
        assert re.fullmatch("#[0-9a-f]{6}", page.meta("theme-color")[0])


def _addresses(value: Any, key: str = "") -> list[str]:
    """Every address in a graph."""
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in _addresses(inner, name)]
    if isinstance(value, list):
        return [found for inner in value for found in _addresses(inner, key)]
    return [value] if key in ("@id", "url", "item", "contentUrl") else []


def test_linked_data_describes_the_page_it_stands_on(made: Made) -> None:
    for path, page in made.heads.items():
        graph, here = page.graph(), made.base + path
        node = graph["WebPage"]

        assert urljoin(here, node["url"]) == here
        assert node["name"] == page.meta("og:title")[0]
        assert node["description"] == page.meta("description")[0]
        assert node["inLanguage"] == page.language
        assert node["isPartOf"]["@id"] == graph["WebSite"]["@id"]
        assert all(made.file(urljoin(here, found)).exists() for found in _addresses(graph)), path
        if path not in ("", "en/"):
            steps = graph["BreadcrumbList"]["itemListElement"]
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            assert urljoin(here, steps[0]["item"]) == made.base + ("en/" if path.startswith("en/") else "")
            assert urljoin(here, steps[-1]["item"]) == here


def _steps(made: Made, path: str) -> list[str]:
    return [urljoin(made.base + path, s["item"]) for s in made.heads[path].graph()["BreadcrumbList"]["itemListElement"]]


def test_the_way_to_a_page_leads_over_the_page_above_it(made: Made) -> None:
    assert made.base + "checklists/" in _steps(made, "checklists/advertising/")
    assert made.base + "en/laws/" in _steps(made, "en/laws/advertising-law/")
    assert made.base + "quality/" in _steps(made, "rules/hb204/")


def test_the_linked_terms_are_the_glossary(made: Made) -> None:
    book = read(ROOT / "regimes").book
    assert book is not None
    for path, own, other in (("glossary/", "zh", "en"), ("en/glossary/", "en", "zh")):
        terms = made.heads[path].graph()["DefinedTermSet"]["hasDefinedTerm"]
        page = made.file(made.base + path).read_text(encoding="utf-8")

        found = [(t["name"], t["alternateName"]) for t in terms]
        assert found == [(getattr(t, own), getattr(t, other)) for t in book.glossary.terms]
        assert all(f'id="{t["url"].partition("#")[2]}"' in page for t in terms)


def test_a_law_says_only_what_the_register_is_sure_of(bare: Made) -> None:
    book = read(ROOT / "regimes").book
    assert book is not None
    unsure = 0
    for law in book.laws.laws:
        found = bare.heads[f"laws/{law.id}/"].graph().get("Legislation")
        assert bool(found) == bool(law.status), law.id
        if not found:
            continue
        sure = law.confidence.number_and_dates.value in ("high", "medium")
        unsure += not sure
        dates = {k: v for k, v in found.items() if k.startswith(("date", "legislationDate", "legislationIdentifier"))}
        expected = {
            "datePublished": law.first_issued,
            "legislationDateOfApplicability": law.effective_from,
            "legislationDateVersion": law.latest_change,
            "legislationIdentifier": law.number and law.number.zh,
        }
        assert dates == ({k: v for k, v in expected.items() if v} if sure else {}), law.id

    assert unsure, "no law of the real data is unsure; the test proves nothing"


def test_look_ups_name_the_files_of_their_data(made: Made) -> None:
    for name in ("penalties", "time-limits", "checklists", "laws", "glossary"):
        for path in (f"{name}/", f"en/{name}/"):
            files = made.heads[path].graph()["Dataset"]["distribution"]
            found = {urljoin(made.base + path, file["contentUrl"]) for file in files}
            assert found == {f"{made.base}data/{name}.json", f"{made.base}data/{name}.csv"}


def test_one_sitemap_lists_every_page_of_both_editions_with_its_twin(addressed: Made) -> None:
    entries = ElementTree.parse(addressed.folder / "sitemap.xml").getroot().findall(f"{SCHEMA}url")

    found = [entry.findtext(f"{SCHEMA}loc") for entry in entries]
    assert sorted(map(str, found)) == sorted(ADDRESS + path for path in addressed.heads)
    for entry in entries:
        path = str(entry.findtext(f"{SCHEMA}loc")).removeprefix(ADDRESS)
        links = {link.get("hreflang"): link.get("href") for link in entry.findall(f"{XHTML}link")}
        assert links == addressed.heads[path].alternates()
    assert [f.name for f in addressed.folder.rglob("sitemap*")] == ["sitemap.xml"]


def test_robots_are_told_where_the_sitemap_is(addressed: Made) -> None:
    robots = (addressed.folder / "robots.txt").read_text(encoding="utf-8")

    assert f"Sitemap: {ADDRESS}sitemap.xml" in robots.splitlines()


def test_without_an_address_there_is_no_sitemap_and_nothing_is_said_to_robots(bare: Made) -> None:
    assert [f.name for f in bare.folder.rglob("*") if f.name.startswith(("sitemap", "robots"))] == []


def test_llms_txt_names_every_page_and_every_file_of_data_once_and_all_resolve(made: Made) -> None:
    text = (made.folder / "llms.txt").read_text(encoding="utf-8")
    links = re.findall(r"^- \[(?:\\.|[^\]])+\]\(([^)\s]+)\)", text, re.MULTILINE)
    found = [urljoin(made.base, link) for link in links]

    data = [f for f in (made.folder / "data").rglob("*") if f.is_file()]
    expected = [made.base + path for path in made.heads]
    expected += [made.base + f.relative_to(made.folder).as_posix() for f in data]
    assert sorted(found) == sorted(expected)
    assert all(made.file(address).exists() for address in found)
    assert all(link.startswith(made.base) for link in links) == (made.base == ADDRESS)


def test_llms_txt_has_the_form_of_the_convention(bare: Made) -> None:
    lines = (bare.folder / "llms.txt").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line.startswith("# ")] == [lines[0]]
    assert lines[2].startswith("> ")
    assert all(re.match(r"## \S|- \[", line) for line in lines[3:] if line)
    assert [line for line in lines if line.startswith("## ")][-1] == "## Optional"


def test_no_list_of_pages_is_left_behind(made: Made) -> None:
    assert list(made.folder.rglob("outline.json")) == []


EVIL = '</script><script>alert(1)</script>"><!-- ]](x) &'


def _evil(tmp_path: Path) -> Book:
    quoted = json.dumps(EVIL)
    handbook = HANDBOOK.replace("电梯监管手册", quoted).replace("Elevator Handbook", quoted)
    handbook = handbook.replace("zh: 示例。", f"zh: {quoted}").replace("SHA256", "0" * 64)
    book = read(make_book(tmp_path / "regimes", handbook=handbook)).book
    assert book is not None
    assert book.handbook.title.en == EVIL
    return book


def test_markup_in_the_data_cannot_leave_its_place_in_the_head(tmp_path: Path) -> None:
    book = _evil(tmp_path)
    for edition in editions(book):
        for path in ("", "glossary/"):
            text = head(book, edition, PageMeta(path, EVIL, clipped(EVIL)), {})
            page = _Head(text)

            assert text.count("<script") == text.count("</script") == 1
            assert page.meta("og:title") == [EVIL]
            assert page.graph()["WebPage"]["name"] == EVIL
            assert not re.search("[<>&\u2028\u2029]", linked_data(book, edition, path, EVIL, f"{EVIL}\u2028", {}))


def test_markup_in_the_data_cannot_break_the_lists(tmp_path: Path) -> None:
    book = _evil(tmp_path)
    book.handbook.__dict__["address"] = "https://a.example/?x&y/"
    outline = {edition: (PageMeta("<&\"'/", EVIL, EVIL),) for edition in editions(book)}

    (first, _) = ElementTree.fromstring(sitemap(book, outline)).findall(f"{SCHEMA}url")
    assert first.findtext(f"{SCHEMA}loc") == "https://a.example/?x&y/<&\"'/"
    lines = llms(book, outline, []).splitlines()
    assert lines[-1].startswith("- [") or lines[-1] == ""
    assert all(re.match(r"# |> |## |- \[|$", line) for line in lines)


def test_pages_handed_from_process_to_process_are_the_same() -> None:
    from handbook.crawl import hand_over

    pages = (PageMeta("x/", EVIL, "二"), PageMeta("", "一", "三"))

    assert handed_over(hand_over(pages)) == pages


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("短", 5, "短"),
        ("one\n  two", 20, "one two"),
        ("甲乙丙，丁戊己，庚辛壬癸", 9, "甲乙丙，丁戊己…"),
        ("one two three four", 12, "one two…"),
        ("x" * 30, 10, "x" * 9 + "…"),
    ],
)
def test_a_long_description_is_cut_where_words_end(text: str, limit: int, expected: str) -> None:
    assert clipped(text, limit) == expected


def test_a_page_nobody_thought_of_has_a_description_too(tmp_path: Path) -> None:
    reading = read(make_book(tmp_path / "regimes"))
    assert reading.book is not None

    for language in ("zh", "en"):
        found = description(reading.book, quality(run(reading)), language, "news/today/", "Today")
        assert found.startswith("Today")
