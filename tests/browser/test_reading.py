"""Reading a regime: parallel text, copying a clause, terms explained where they stand, always knowing where one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from handbook.model import Book
from handbook.source import read

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

LONG = "regimes/statutory-verification-institutions/"
CLAUSE = "s5-p1-2-1"
EDITIONS = pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])


@pytest.fixture(scope="module")
def book() -> Book:
    book = read(Path(__file__).parents[2] / "regimes").book
    assert book is not None
    return book


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


def test_the_language_switch_keeps_what_a_look_up_is_narrowed_to(page: Page, address: str) -> None:
    page.goto(f"{address}penalties/?category=metrology", wait_until="networkidle")
    rows = page.locator("table tbody tr:visible").count()

    page.locator("[data-hb-language]").click()
    page.wait_for_load_state("networkidle")

    assert page.url == f"{address}en/penalties/?category=metrology"
    assert page.locator("table tbody tr:visible").count() == rows


def test_the_language_switch_keeps_the_ticks_of_a_checklist(page: Page, address: str) -> None:
    page.goto(f"{address}checklists/advertising/", wait_until="networkidle")
    answer = page.locator("main input[type=radio]").first
    name, value = answer.get_attribute("name"), answer.get_attribute("value")
    answer.check(force=True)

    page.locator("[data-hb-language]").click()
    page.wait_for_load_state("networkidle")

    assert "/en/checklists/advertising/" in page.url
    assert page.locator(f'input[name="{name}"][value="{value}"]').is_checked()


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
    assert titles == [r.title.en if prefix else r.title.zh for r in book.regimes if r.category == regime.category]
    page.goto(address + prefix)
    page.locator(f"h2#{regime.category} a").click()
    page.wait_for_load_state()
    assert page.url == f"{address}{prefix}categories/{regime.category}/"
