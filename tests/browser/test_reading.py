"""Reading a regime: parallel text, copying a clause, terms explained where they stand, always knowing where one is."""

from __future__ import annotations

import functools
import http.server
import itertools
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from handbook.model import Book
from handbook.source import read
from handbook.views.penalties import penalty_rows
from handbook.views.time_limits import limit_rows

pytestmark = pytest.mark.browser

LONG = "regimes/statutory-verification-institutions/"
CLAUSE = "s5-p1-2-1"
EDITIONS = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])


@pytest.fixture(scope="module")
def book() -> Book:
    book = read(Path(__file__).parents[2] / "regimes").book
    assert book is not None
    return book


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, address: str, site: Path) -> str:
    """Where the site is: behind an address, and in a folder."""
    return address if request.param == "http" else site.as_uri() + "/"


def _open(page: Page, base: str, path: str) -> None:
    """Opens a page; in a folder by its file, as a double click does."""
    folder, mark, rest = path.partition("?") if "?" in path else path.partition("#")
    page.goto(base + folder + ("index.html" if base.startswith("file:") else "") + mark + rest, wait_until="load")


def _switch_language(page: Page) -> str:
    """The address the language switch leads to, without the index.html of a folder."""
    with page.expect_navigation(wait_until="load"):
        page.locator("[data-hb-language]").click()
    return page.url.replace("/index.html", "/")


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    yield context.new_page()
    context.close()


def _own(regime: str) -> str:
    return f"#{regime} > .hb-clause__body > p"


def _twin(clause: str) -> str:
    return f"#{clause} > .hb-clause__body > .hb-twin"


def _box(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None, selector
    return {k: float(v) for k, v in box.items()}


def _copied(context: BrowserContext, page: Page) -> str:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return str(page.evaluate("navigator.clipboard.readText()"))


# Parallel text


@EDITIONS
def test_the_switch_shows_each_clause_and_heading_in_both_languages(
    page: Page, address: str, book: Book, prefix: str
) -> None:
    page.goto(address + prefix + LONG)
    assert page.locator(".hb-twin:visible").count() == 0

    page.locator("[data-hb-parallel]").click()

    regime = next(r for r in book.regimes if f"regimes/{r.id}/" == LONG)
    other = "zh-CN" if prefix else "en"
    clauses = book.by_regime[regime.id]
    assert page.locator(".hb-clause__body > .hb-twin:visible").count() == len(clauses)
    assert page.locator(".hb-twin--heading:visible").count() == 1 + len(regime.sections)
    for found in clauses:
        expected = (found.clause.marker or "") + found.clause.zh if prefix else found.clause.en
        twin = page.locator(_twin(found.id))
        assert (twin.text_content() or "").endswith(expected), found.key
        assert twin.get_attribute("lang") == other
    assert page.locator("[data-hb-parallel]").get_attribute("aria-pressed") == "true"


@EDITIONS
def test_the_tables_and_the_object_are_in_both_languages_too(page: Page, address: str, book: Book, prefix: str) -> None:
    page.goto(f"{address}{prefix}{LONG}?parallel=1")
    regime = next(r for r in book.regimes if f"regimes/{r.id}/" == LONG)

    rows = penalty_rows(book, regime)
    twins = page.locator(".hb-table--penalties tbody th > .hb-twin:visible").all_text_contents()
    assert twins == [row.conduct.zh if prefix else row.conduct.en for row in rows if row.conduct]
    measures = page.locator(".hb-table--penalties tbody td:nth-of-type(2) > .hb-twin:visible").all_text_contents()
    assert len(measures) == len(rows)
    assert re.search("[一-鿿]" if prefix else "[A-Za-z]", measures[0])
    acts = page.locator(".hb-table--limits .hb-twin:visible").all_text_contents()
    for row in limit_rows(book, regime):
        assert (row.act.zh if prefix else row.act.en) in acts
    assert page.locator(".hb-object .hb-twin").is_visible()
    other = "zh-CN" if prefix else "en"
    assert set(page.locator(".hb-twin").evaluate_all("all => all.map(e => e.lang)")) == {other}


def test_the_twin_stands_beside_its_clause_on_a_wide_screen_and_beneath_it_on_a_phone(
    page: Page, phone: Page, address: str
) -> None:
    page.goto(f"{address}{LONG}?parallel=1")
    phone.goto(f"{address}{LONG}?parallel=1")

    own, twin = _box(page, _own(CLAUSE)), _box(page, _twin(CLAUSE))
    assert twin["x"] >= own["x"] + own["width"]
    assert abs(twin["y"] - own["y"]) < 12
    own, twin = _box(phone, _own(CLAUSE)), _box(phone, _twin(CLAUSE))
    assert twin["y"] >= own["y"] + own["height"] - 1
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_parallel_text_is_remembered_on_the_next_page_and_in_the_other_edition(page: Page, address: str) -> None:
    page.goto(address + LONG)
    page.locator("[data-hb-parallel]").click()

    for other in ("regimes/advertising/", f"en/{LONG}"):
        page.goto(address + other)
        assert page.locator(".hb-clause__body > .hb-twin").first.is_visible()

    page.locator("[data-hb-parallel]").click()
    page.reload()
    assert page.locator(".hb-twin:visible").count() == 0


def test_the_address_asks_for_parallel_text_without_it_being_remembered(page: Page, address: str) -> None:
    page.goto(f"{address}{LONG}?parallel=1#{CLAUSE}")
    assert page.locator(_twin(CLAUSE)).is_visible()
    page.goto(address + LONG)
    assert page.locator(".hb-twin:visible").count() == 0

    page.goto(f"{address}{LONG}?parallel=1#{CLAUSE}")
    page.locator("[data-hb-parallel]").click()

    assert page.url == f"{address}{LONG}#{CLAUSE}"


def test_parallel_text_moves_nothing_once_the_page_is_shown(page: Page, address: str) -> None:
    page.goto(address + LONG)
    page.locator("[data-hb-parallel]").click()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(l => l.getEntries().forEach(e => { window.moved += e.value; }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )

    page.goto(address + LONG, wait_until="networkidle")
    assert page.locator(".hb-twin:visible").count() > 0
    page.locator(f"{_own(CLAUSE)}").hover()
    page.wait_for_timeout(300)

    assert page.evaluate("window.moved") < 0.01


def test_parallel_text_is_printed(page: Page, address: str) -> None:
    page.goto(f"{address}{LONG}?parallel=1")

    page.emulate_media(media="print")

    own, twin = _box(page, _own(CLAUSE)), _box(page, _twin(CLAUSE))
    assert twin["y"] >= own["y"] + own["height"] - 1
    assert page.locator("[data-hb-copy]:visible").count() == 0
    assert not page.locator("[data-hb-parallel]").is_visible()


def test_without_script_nothing_is_offered_that_would_not_work(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()

    plain.goto(address + LONG)

    assert plain.locator(".hb-twin:visible").count() == 0
    assert not plain.locator("[data-hb-parallel]").is_visible()
    assert plain.locator("a.hb-term").first.get_attribute("title")
    context.close()


def test_where_storage_is_forbidden_the_switch_still_works(page: Page, address: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page.goto(address + "regimes/advertising/")
    mine = [e for e in errors if "reading" in e]

    page.locator("[data-hb-parallel]").click()

    assert page.locator(".hb-clause__body > .hb-twin").first.is_visible()
    assert mine == []


# Copying


@EDITIONS
def test_a_clause_is_copied_as_a_link_that_leads_to_it(page: Page, address: str, prefix: str) -> None:
    page.goto(f"{address}{prefix}{LONG}?parallel=1#s1")

    page.locator(_own(CLAUSE)).hover()
    page.locator(f"#{CLAUSE} > .hb-clause__margin [data-hb-copy=link]").click()

    expect(page.locator(".hb-said")).to_have_text("Link copied." if prefix else "链接已复制。")
    assert _copied(page.context, page) == f"{address}{prefix}{LONG}#{CLAUSE}"


@EDITIONS
def test_a_citation_quotes_every_kind_of_clause_verbatim_and_names_its_place(
    page: Page, address: str, book: Book, prefix: str
) -> None:
    page.goto(f"{address}{prefix}{LONG}")
    regime = next(r for r in book.regimes if f"regimes/{r.id}/" == LONG)
    for found in book.by_regime[regime.id][:: max(1, len(book.by_regime[regime.id]) // 8)]:
        button = page.locator(f"#{found.id} > .hb-clause__margin [data-hb-copy=citation]")
        button.focus()
        button.press("Enter")
        expect(page.locator(".hb-said")).to_have_text("Citation copied." if prefix else "引用已复制。")
        copied = _copied(page.context, page)

        cited = page.locator(f"#{found.id} > .hb-clause__margin > .hb-clause__cite").get_attribute("data-cite")
        assert cited
        if prefix:
            assert copied.startswith(f"{book.handbook.source.title.en}, {cited} ({regime.title.en}): “")
            assert f"{found.clause.en}” ({book.handbook.title.en}, data checked as of 20" in copied
        else:
            assert copied.startswith(f"《{book.handbook.source.title.zh}》第")
            assert f"“{regime.title.zh}”，{cited}：“{found.clause.marker or ''}{found.clause.zh}”（" in copied
        assert "{" not in copied


def test_without_the_clipboard_of_new_browsers_the_old_way_copies(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(address + LONG)

    button = page.locator(f"#{CLAUSE} > .hb-clause__margin [data-hb-copy=link]")
    button.focus()
    button.press("Enter")

    expect(page.locator(".hb-said")).to_have_text("链接已复制。")
    assert button.evaluate("e => e === document.activeElement"), "the focus is lost"
    page.evaluate("document.body.append(document.createElement('textarea'))")
    page.locator("body > textarea").focus()
    page.keyboard.press("Control+V")
    assert page.locator("body > textarea").input_value() == f"{address}{LONG}#{CLAUSE}"


def test_where_nothing_may_be_copied_the_text_is_shown_to_copy_by_hand(page: Page, address: str) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false"
    )
    shown: list[str] = []
    page.on("dialog", lambda d: (shown.append(d.default_value), d.dismiss())[0])
    page.goto(address + LONG)

    button = page.locator(f"#{CLAUSE} > .hb-clause__margin [data-hb-copy=link]")
    button.focus()
    button.press("Enter")
    page.wait_for_timeout(100)

    assert shown == [f"{address}{LONG}#{CLAUSE}"]


def test_the_copy_buttons_show_on_the_clause_pointed_at_only_and_always_on_touch(
    page: Page, phone: Page, address: str
) -> None:
    page.goto(address + LONG)
    page.locator(_own(CLAUSE)).hover()
    page.wait_for_timeout(100)
    shown = page.locator(".hb-copy").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).opacity === '1').map(e => e.closest('.hb-clause').id)"
    )
    assert shown == [CLAUSE]

    phone.goto(address + LONG)
    hidden = phone.locator(".hb-copy").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).opacity !== '1').length"
    )
    assert hidden == 0
    box = _box(phone, f"#{CLAUSE} > .hb-clause__margin [data-hb-copy=link]")
    assert box["height"] >= 24


def test_copying_and_parallel_text_work_from_a_folder(page: Page, site: Path) -> None:
    file = (site / LONG / "index.html").as_uri()
    page.goto(file)

    page.locator("[data-hb-parallel]").click()
    button = page.locator(f"#{CLAUSE} > .hb-clause__margin [data-hb-copy=link]")
    button.focus()
    button.press("Enter")

    assert page.locator(_twin(CLAUSE)).is_visible()
    expect(page.locator(".hb-said")).to_have_text("链接已复制。")


# Terms


@EDITIONS
def test_a_term_is_explained_on_hover_and_focus_and_escape_closes_it(page: Page, address: str, prefix: str) -> None:
    page.goto(address + prefix + LONG)
    term = page.locator("a.hb-term").first
    assert term.get_attribute("title") is None

    term.hover()
    tip = page.locator(".hb-tip")
    expect(tip).to_be_visible()
    assert re.search("[一-鿿]", tip.locator(".hb-tip__other" if prefix else ".hb-tip__term").inner_text())
    assert re.search("[A-Za-z]", tip.locator(".hb-tip__term" if prefix else ".hb-tip__other").inner_text())
    assert tip.locator(".hb-tip__other").get_attribute("lang") == ("zh-CN" if prefix else "en")
    assert term.get_attribute("aria-describedby") == "hb-tip"
    tip.hover()  # the explanation may be pointed at without going away
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert term.get_attribute("aria-describedby") is None

    page.mouse.move(1, 1)
    term.focus()
    expect(tip).to_be_visible()
    term.blur()
    expect(tip).to_be_hidden()


def test_a_term_is_explained_on_tap_with_a_way_to_the_glossary(phone: Page, address: str) -> None:
    phone.goto(address + LONG)
    terms = phone.locator("a.hb-term")
    for n in range(min(8, terms.count())):
        terms.nth(n).scroll_into_view_if_needed()
        terms.nth(n).tap()
        expect(phone.locator(".hb-tip")).to_be_visible()
        box = _box(phone, ".hb-tip")
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
        phone.locator("#hb-tip").tap()  # it may cover the next term: a tap puts it away
        expect(phone.locator(".hb-tip")).to_be_hidden()
    assert phone.url == address + LONG

    terms.first.tap()
    phone.locator(".hb-tip a").tap()
    phone.wait_for_url("**/glossary/#*")

    phone.go_back()
    terms.first.tap()
    phone.locator("h1").tap()
    expect(phone.locator(".hb-tip")).to_be_hidden()


def test_every_term_on_every_regime_says_what_the_glossary_says(site: Path, book: Book) -> None:
    by_name = {t.zh: t for t in book.glossary.terms}
    seen = set()
    for regime in book.regimes:
        html = (site / "regimes" / regime.id / "index.html").read_text(encoding="utf-8")
        for rendering, name, note in re.findall(
            r'class="hb-term"[^>]*? title="([^"]*)" data-hb-term="([^"]*)"(?: data-hb-note="([^"]*)")?', html
        ):
            term = by_name[name]
            assert rendering.replace("&#39;", "'") == term.en
            assert bool(note) == bool(term.note)
            seen.add(name)
    assert len(seen) > 20


# Where one is


@EDITIONS
def test_the_contents_mark_the_section_the_reader_is_in(page: Page, address: str, book: Book, prefix: str) -> None:
    page.goto(address + prefix + LONG, wait_until="networkidle")
    regime = next(r for r in book.regimes if f"regimes/{r.id}/" == LONG)
    for section in regime.sections[:-1]:
        page.evaluate(f"location.hash = 's{section.number}'")
        marked = page.locator(".md-sidebar--secondary .md-nav__link--active")
        expect(marked).to_have_count(1)
        expect(marked).to_have_attribute("href", f"#s{section.number}")


_CONTENTS = """() => {
  const links = [...document.querySelectorAll('.md-sidebar--secondary .md-nav__link[href^="#"]')];
  const top = document.querySelector('.md-header').getBoundingClientRect().bottom;
  const at = (link) => document.getElementById(link.hash.slice(1)).getBoundingClientRect().top - top;
  return {
    surely: links.filter((l) => at(l) < -10).pop()?.hash, perhaps: links.filter((l) => at(l) < 60).pop()?.hash,
    marked: links.filter((l) => l.classList.contains('md-nav__link--active')).map((l) => l.hash),
    last: links[links.length - 1].hash, end: scrollY + innerHeight >= document.documentElement.scrollHeight - 1,
  };
}"""
"""The section at the upper edge, by a strict and by a generous eye, and the one the contents mark."""


@pytest.mark.parametrize("query", ["", "?parallel=1"], ids=["one", "both"])
def test_the_contents_mark_the_section_in_view_while_the_wheel_turns(page: Page, address: str, query: str) -> None:
    page.goto(address + LONG + query, wait_until="networkidle")
    page.mouse.move(640, 500)
    ended = False
    while not ended:
        page.mouse.wheel(0, 450)
        page.wait_for_timeout(150)
        seen = page.evaluate(_CONTENTS)
        ended = seen["end"]
        if ended:
            assert seen["marked"] == [seen["last"]]
        elif seen["surely"]:
            assert seen["marked"] in ([seen["surely"]], [seen["perhaps"]])


def test_a_section_that_cannot_reach_the_top_is_marked_when_gone_to(page: Page, address: str) -> None:
    page.goto(address + LONG, wait_until="networkidle")
    for anchor in ("laws", "limits", "penalties", "s5"):
        link = page.locator(f'.md-sidebar--secondary .md-nav__link[href="#{anchor}"]')
        link.click()
        page.wait_for_timeout(200)
        assert page.evaluate(_CONTENTS)["marked"] == [f"#{anchor}"]

    page.goto(f"{address}{LONG}#limits", wait_until="networkidle")
    page.wait_for_timeout(200)
    seen = page.evaluate(_CONTENTS)
    assert seen["end"], "this page no longer shows the case"
    assert seen["marked"] == ["#limits"]

    page.mouse.move(640, 500)
    page.mouse.wheel(0, -900)
    page.wait_for_timeout(200)
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    assert page.evaluate(_CONTENTS)["marked"] == [seen["last"]]


def test_the_language_switch_keeps_the_clause_gone_to(page: Page, base: str) -> None:
    _open(page, base, f"{LONG}#{CLAUSE}")

    assert _switch_language(page) == f"{base}en/{LONG}#{CLAUSE}"
    assert page.locator(f"#{CLAUSE}").bounding_box() is not None
    assert _switch_language(page) == f"{base}{LONG}#{CLAUSE}"


def test_the_language_switch_keeps_the_clause_scrolled_to(page: Page, base: str) -> None:
    _open(page, base, f"{LONG}#s1-p1")
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    page.evaluate(f"document.getElementById('{CLAUSE}').scrollIntoView()")
    page.wait_for_timeout(200)

    assert _switch_language(page) == f"{base}en/{LONG}#{CLAUSE}"

    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(200)
    _open(page, base, LONG)
    assert _switch_language(page) == f"{base}en/{LONG}"


def test_the_language_switch_keeps_the_line_of_the_source(page: Page, base: str) -> None:
    _open(page, base, "source/")
    line = page.locator(".hb-line").nth(200)
    line.evaluate("e => e.scrollIntoView()")
    page.wait_for_timeout(200)
    anchor = line.get_attribute("id")

    assert _switch_language(page) == f"{base}en/source/#{anchor}"


def test_the_language_switch_keeps_what_a_look_up_is_narrowed_to(page: Page, base: str) -> None:
    _open(page, base, "penalties/?category=metrology")
    page.wait_for_timeout(200)
    rows = page.locator("table tbody:visible").count()

    assert _switch_language(page) == f"{base}en/penalties/?category=metrology"

    page.wait_for_timeout(200)
    assert page.locator("table tbody:visible").count() == rows > 0


def test_the_language_switch_keeps_what_is_reckoned(page: Page, base: str) -> None:
    _open(page, base, "time-limits/")
    page.locator("select[name=rule]").select_option("")
    page.locator("input[name=n]").fill("7")
    page.locator("select[name=unit]").select_option("working_day")
    page.locator("input[name=from]").fill("2026-09-28")

    _switch_language(page)

    assert "/en/time-limits/" in page.url
    assert page.locator("input[name=n]").input_value() == "7"
    assert page.locator("select[name=unit]").input_value() == "working_day"
    assert page.locator("input[name=from]").input_value() == "2026-09-28"


def test_the_language_switch_keeps_the_ticks_of_a_checklist(page: Page, base: str) -> None:
    _open(page, base, "checklists/advertising/")
    answer = page.locator("main input[type=radio]").first
    name, value = answer.get_attribute("name"), answer.get_attribute("value")
    answer.check(force=True)
    page.wait_for_timeout(500)

    assert _switch_language(page) == f"{base}en/checklists/advertising/"

    assert page.locator(f'input[name="{name}"][value="{value}"]').is_checked()


@EDITIONS
def test_one_regime_leads_to_the_next_and_back(page: Page, address: str, book: Book, prefix: str) -> None:
    for before, after in itertools.pairwise(book.regimes):
        html = page.request.get(f"{address}{prefix}regimes/{before.id}/").text()
        assert re.search(rf'<a rel="next" href="../../regimes/{after.id}/">', html)
        html = page.request.get(f"{address}{prefix}regimes/{after.id}/").text()
        assert re.search(rf'<a rel="prev" href="../../regimes/{before.id}/">', html)
    page.goto(f"{address}{prefix}regimes/{book.regimes[0].id}/")
    assert page.locator(".hb-turn [rel=prev]").count() == 0
    page.locator(".hb-turn [rel=next]").click()
    assert page.locator("h1").inner_text().startswith(book.regimes[1].title.en if prefix else book.regimes[1].title.zh)


# Nothing moves while a page is read

_MOVED = """
  window.moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) window.moved += e.value; }))
    .observe({ type: 'layout-shift', buffered: true });
"""


@pytest.mark.parametrize("prepared", [False, True], ids=["fresh", "remembered"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path",
    ["", LONG, f"{LONG}#{CLAUSE}", "penalties/", "penalties/?category=metrology", "checklists/advertising/",
     "categories/metrology/", "time-limits/", "laws/", "glossary/"],
)  # fmt: skip
def test_nothing_moves_while_a_page_loads(
    browser: Browser, address: str, path: str, width: int, prepared: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    if prepared:
        page.goto(address + LONG)
        page.locator("[data-hb-parallel]").click()
        page.goto(f"{address}checklists/advertising/")
        page.locator("main input[type=radio]").first.check(force=True)
        page.wait_for_timeout(400)
    page.add_init_script(_MOVED)

    page.goto(address + path, wait_until="networkidle")
    page.wait_for_timeout(300)

    moved = page.evaluate("window.moved")
    context.close()
    assert moved < 0.01


# A page that is not there


@EDITIONS
def test_the_page_for_a_wrong_address_leads_on_from_any_depth_in_both_languages(
    page: Page, address: str, site: Path, prefix: str
) -> None:
    html = (site / prefix / "404.html").read_text(encoding="utf-8")
    wrong = f"{address}{prefix}regimes/no-such-regime/at/all/"
    page.route(wrong, lambda route: route.fulfill(status=404, content_type="text/html; charset=utf-8", body=html))

    page.goto(wrong, wait_until="networkidle")

    parts = page.locator("[data-hb-page=missing] section")
    assert parts.evaluate_all("all => all.map(e => e.lang)") == (["en", "zh-CN"] if prefix else ["zh-CN", "en"])
    links = (
        parts.locator("a")
        .or_(page.locator("[data-hb-language], .md-nav--primary a.md-nav__link"))
        .evaluate_all("all => [...new Set(all.map(a => a.href.split('#')[0]))]")
    )
    assert len(links) > 20
    for link in links:
        assert page.request.get(link).status == 200, link
    around = page.locator(".md-nav--primary a.md-nav__link").evaluate_all("all => all.map(a => a.href)")
    elsewhere = [link for link in around if not link.startswith((address + prefix, wrong))]
    assert not elsewhere, "the navigation leads to the other edition"
    assert page.locator("h1").evaluate("e => getComputedStyle(e).fontWeight") == "700", "the style sheet is not found"


class _Below(http.server.SimpleHTTPRequestHandler):
    """A server that shows the site in a subfolder, and its 404.html for what is not there."""

    missing: bytes

    def translate_path(self, path: str) -> str:
        below = path.split("#")[0].split("?")[0].removeprefix("/sub/folder/")
        return super().translate_path("/" + below if below != path else "/nothing-here")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.missing)

    def log_message(self, format: str, *args: object) -> None:
        pass


@EDITIONS
@pytest.mark.parametrize("wrong", ["gone", "en/regimes/no/such/", "regimes/none/at/all.html"])
def test_the_page_for_a_wrong_address_finds_its_site_in_a_subfolder_nobody_told_of(
    page: Page, site: Path, prefix: str, wrong: str
) -> None:
    handler = type("_Here", (_Below,), {"missing": (site / prefix / "404.html").read_bytes()})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_address[1]}/sub/folder/"

    page.goto(root + wrong, wait_until="networkidle")

    links = page.locator("[data-hb-page=missing] a, [data-hb-language], .md-nav--primary a.md-nav__link").evaluate_all(
        "all => [...new Set(all.map(a => a.href.split('#')[0]))]"
    )
    assert len(links) > 30
    for link in links:
        assert link == page.url or (link.startswith(root) and page.request.get(link).status == 200), link
    assert page.locator("h1").evaluate("e => getComputedStyle(e).fontWeight") == "700", "the style sheet is not found"
    page.locator(".hb-home__search").click()
    page.locator(".md-search__input").fill("advertising" if prefix else "广告")
    page.keyboard.press("End")
    expect(page.locator(".md-search-result__item a").first).to_be_visible()
    found = page.locator(".md-search-result__item a").first.get_attribute("href") or ""
    assert page.request.get(page.evaluate("a => new URL(a, location).href", found)).status == 200
    server.shutdown()
    server.server_close()


def test_the_page_for_a_wrong_address_works_in_a_folder(page: Page, site: Path) -> None:
    page.goto((site / "404.html").as_uri())

    page.locator("[data-hb-page=missing] section[lang=en] a").first.click()
    page.wait_for_load_state()

    assert page.url == (site / "en" / "index.html").as_uri()


@EDITIONS
def test_a_category_is_reached_from_home_and_from_a_regime_and_lists_its_regimes(
    page: Page, address: str, book: Book, prefix: str
) -> None:
    regime = book.regimes[0]
    page.goto(f"{address}{prefix}regimes/{regime.id}/")
    page.locator(".hb-kicker a").click()
    page.wait_for_load_state()
    assert page.url == f"{address}{prefix}categories/{regime.category}/"

    titles = page.locator("h2 > a:not(.headerlink)").all_inner_texts()
    every = [r for r in book.regimes if r.category == regime.category]
    assert [title.split(" ", 1)[1] for title in titles] == [r.title.en if prefix else r.title.zh for r in every]
    page.goto(address + prefix)
    page.locator(f"h2#{regime.category} a").click()
    page.wait_for_load_state()
    assert page.url == f"{address}{prefix}categories/{regime.category}/"
