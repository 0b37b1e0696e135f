"""The search dialog as a reader sees and works it: labels, filters, the other edition, nothing found, keys, marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["http", "folder"])
def root(request: pytest.FixtureRequest, address: str, site: Path) -> str:
    return address if request.param == "http" else site.as_uri() + "/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that must not complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    yield page
    assert complaints == []
    context.close()


def _ask(page: Page, address: str, query: str) -> None:
    """Opens a page and types a query into its search, as keys."""
    page.goto(address)
    page.keyboard.press("/")
    expect(_count(page)).to_be_visible()
    page.locator("input.md-search__input").fill(query)
    expect(_count(page)).to_have_text(re.compile("结果|没有|result|Nothing"))


def _count(page: Page) -> Locator:
    return page.locator(".hb-search__count")


def _chip(page: Page, name: str) -> Locator:
    return page.locator(".hb-search__chip", has_text=name)


def _kinds(page: Page) -> set[str]:
    return set(page.locator(".hb-hit__kind").all_inner_texts())


# ---- What a hit says


def test_a_hit_says_what_it_is_where_it_stands_and_of_which_regime(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "检定规程")

    group = page.locator(".md-search-result__item", has_text="法定计量检定机构监管").first
    expect(group.locator("h1 .hb-hit__kind")).to_have_text("制度")
    clause = group.locator("a", has_text="四·五（三）3")
    expect(clause.locator(".hb-hit__part")).to_have_text("条款")
    expect(clause.locator("mark")).to_have_text("检定规程")
    penalty = page.locator(".md-search-result__item", has_text="处罚查询").locator("a", has_text="四·五（三）3")
    expect(penalty.locator(".hb-hit__of").first).to_have_text("法定计量检定机构监管")


def test_an_english_hit_cites_the_regime_by_number(page: Page, root: str) -> None:
    _ask(page, f"{root}en/index.html", "verification regulation")

    expect(page.locator("a", has_text="Regime 4, V(3)3").first).to_be_visible()


def test_a_hit_through_another_word_says_so(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "calibration")
    expect(page.locator(".hb-hit__through", has_text="中文作：校准").first).to_be_visible()

    _ask(page, f"{root}index.html", "ggjdgl")
    expect(page.locator(".hb-hit__through").first).to_have_text("拼音相符")

    _ask(page, f"{root}index.html", "检定规程")
    expect(page.locator(".hb-hit__through")).to_have_count(0)


def test_markup_in_a_query_is_text(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "<img src=x onerror=alert(1)>检定")

    expect(page.locator(".md-search img")).to_have_count(0)


# ---- Filters


def test_filters_narrow_by_kind_and_category_with_true_counts(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "罚款")
    penalties = _chip(page, "处罚查询")
    said = int(penalties.locator(".hb-search__n").inner_text())

    penalties.click()
    expect(_count(page)).to_have_text(f"{said} 条结果")
    expect(penalties).to_have_attribute("aria-pressed", "true")
    assert _kinds(page) == {"处罚"}

    measures = _chip(page, "计量")
    both = int(measures.locator(".hb-search__n").inner_text())
    measures.click()
    expect(_count(page)).to_have_text(f"{both} 条结果")
    assert 0 < both < said
    expect(page.locator("[role=status]").first).to_have_text(f"{both} 条结果 · 处罚查询 · 计量")

    page.locator(".hb-search__clear").click()
    expect(page.locator(".hb-search__chip[aria-pressed=true]")).to_have_count(0)
    assert len(_kinds(page)) > 1


def test_filters_hold_while_the_query_changes_and_are_gone_when_the_dialog_closes(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "罚款")
    _chip(page, "处罚查询").click()

    page.locator("input.md-search__input").fill("警告")
    expect(page.locator(".md-search-result mark").first).to_have_text("警告")
    assert _kinds(page) == {"处罚"}

    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    page.keyboard.press("/")
    expect(page.locator(".hb-search__chip[aria-pressed=true]")).to_have_count(0)
    expect(page.locator(".hb-hit__kind", has_text="制度").first).to_be_visible()


def test_nothing_under_a_filter_offers_to_take_it_away(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "检定规程")
    _chip(page, "术语").click()
    page.locator("input.md-search__input").fill("责令停止")

    expect(_count(page)).to_have_text("筛选之下没有结果")
    page.locator(".hb-search__clear").click()
    expect(_count(page)).to_have_text(re.compile("条结果"))


def test_an_empty_query_shows_how_to_search_and_breaks_nothing(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "检定规程")
    page.locator("[type=reset]").click()

    expect(_count(page)).to_have_text("键入以检索")
    expect(page.locator(".hb-search__hint")).to_be_visible()
    expect(page.locator(".hb-search__chip")).to_have_count(0)


def test_filters_work_by_touch_on_a_phone(browser: Browser, root: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.add_init_script("""
        window.widest = 0;
        requestAnimationFrame(function look() {
          window.widest = Math.max(window.widest, document.documentElement?.scrollWidth ?? 0);
          requestAnimationFrame(look);
        });
    """)
    page.goto(f"{root}en/index.html")
    page.locator("label.md-header__button[for=__search]").tap()
    page.locator("input.md-search__input").fill("fine")
    chip = _chip(page, "Penalties")
    chip.tap()

    expect(chip).to_have_attribute("aria-pressed", "true")
    assert _kinds(page) == {"Penalty"}
    assert 0 < page.evaluate("window.widest") <= 360, (
        "the page was wider than the screen, if only while the dialog opened"
    )
    assert (chip.bounding_box() or {})["height"] >= 24
    context.close()


# ---- The other edition


@pytest.mark.parametrize(
    ("here", "query", "offer", "there", "count"),
    [
        ("", "calibration certificate", r"英文版另有 (\d+) 条 →", "en/", "{} results"),
        ("en/", "检定规程", r"(\d+) results in the Chinese edition →", "", "{} 条结果"),
    ],
)
def test_the_other_edition_s_hits_are_counted_and_one_step_away(
    page: Page, root: str, here: str, query: str, offer: str, there: str, count: str
) -> None:
    _ask(page, f"{root}{here}laws/index.html", query)

    link = page.locator(".hb-search__elsewhere")
    expect(link).to_have_text(re.compile(offer))
    number = (re.search(r"\d+", link.inner_text()) or [""])[0]
    link.click()
    page.wait_for_url(f"{root}{there}laws/**")
    expect(page.locator("input.md-search__input")).to_have_value(query)
    expect(_count(page)).to_have_text(count.format(number))


def test_the_other_edition_s_index_is_not_read_before_a_reader_pauses(page: Page, address: str) -> None:
    read: list[str] = []
    page.on("request", lambda r: read.append(r.url) if "search_index" in r.url else None)
    page.goto(f"{address}index.html")
    expect(page.locator(".hb-search__count")).to_be_attached()
    page.wait_for_timeout(1200)
    assert read == [f"{address}search/search_index.json"]

    _ask(page, f"{address}index.html", "检定")
    expect(page.locator(".hb-search__elsewhere")).to_be_visible()
    assert read[-1] == f"{address}en/search/search_index.json"


# ---- Nothing found


def test_nothing_found_offers_near_words_advice_and_says_so(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "特种设配安全")

    expect(_count(page)).to_have_text("没有找到")
    expect(page.locator(".hb-search__hint")).to_be_visible()
    expect(page.locator("[role=status]").first).to_have_text("没有找到")
    expect(page.locator(".hb-search__elsewhere")).to_be_hidden()
    word = page.locator(".hb-near__word").first
    wanted = word.inner_text()
    word.click()
    expect(page.locator("input.md-search__input")).to_have_value(wanted)
    expect(page.locator("input.md-search__input")).to_be_focused()
    expect(page.locator(".md-search-result__link").first).to_be_visible()


# ---- Keys


def test_tab_reaches_filters_and_hits_and_leaves_the_dialog(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "检定规程")
    expect(page.locator(".hb-search__elsewhere")).to_be_visible()
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        if not page.evaluate("document.querySelector('#__search').checked"):
            break
        seen.append(page.evaluate("document.activeElement.className.split(' ')[0]"))

    assert seen[0] == "md-search__icon"
    assert seen[1] == "hb-search__elsewhere"
    assert set(seen[2:-1]) == {"hb-search__chip"}
    assert seen[-1] == "md-search-result__link"
    assert not page.evaluate("document.querySelector('#__search').checked")


def test_chips_are_pressed_by_space_and_walked_by_arrows(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "检定规程")
    first = page.locator(".hb-search__chip").first
    first.focus()

    page.keyboard.press("ArrowRight")
    second = page.locator(".hb-search__chip").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press(" ")
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_escape_gives_the_focus_back(page: Page, root: str) -> None:
    page.goto(f"{root}index.html")
    door = page.locator(".hb-home__search")
    door.focus()
    page.keyboard.press("Enter")
    expect(page.locator("input.md-search__input")).to_be_focused()
    page.keyboard.type("检定")

    page.keyboard.press("Escape")
    expect(door).to_be_focused()
    assert not page.evaluate("document.querySelector('#__search').checked")


@pytest.mark.parametrize("key", ["/", "f", "s"])
def test_a_key_opens_the_search_and_enter_the_best_hit(page: Page, root: str, key: str) -> None:
    page.goto(f"{root}laws/index.html")
    page.keyboard.press(key)
    expect(_count(page)).to_be_visible()

    page.keyboard.type("guanggaojiandu")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{root}regimes/advertising/**")


def test_a_word_chosen_without_a_key_is_searched(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "罚款")
    field = page.locator("input.md-search__input")

    field.evaluate("e => { e.value = '检定规程'; e.dispatchEvent(new InputEvent('input', { bubbles: true })); }")
    expect(page.locator(".md-search-result mark").first).to_have_text("检定规程")


def test_enter_within_an_input_method_opens_nothing(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "检定规程")
    page.locator("input.md-search__input").evaluate(
        "e => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, isComposing: true }))"
    )
    page.wait_for_timeout(300)

    assert page.url == f"{root}index.html"


# ---- Marks on the page reached


def _open(page: Page, place: str) -> Locator:
    """Opens the hit that stands at a place, and returns the clause reached."""
    link = page.locator(f".md-search-result__link[href$='{place}']").first
    link.evaluate("e => e.closest('details')?.setAttribute('open', '')")
    link.click()
    page.wait_for_url(f"**{place}")
    return page.locator(f"[id='{place.partition('#')[2]}']")


@pytest.mark.parametrize(
    ("edition", "query", "place", "words"),
    [
        ("", "30000元", "#s5-p1-5", ["三万元"]),
        ("", "30,000 yuan", "#s5-p1-5", ["三万元"]),
        ("", "檢定規程", "#s5-p1-3-3", ["检定规程"]),
        ("", "calibration", "#s2-p1-7", ["校准"]),
        ("en/", "3万元", "#s5-p1-5", ["RMB 30,000"]),
        ("en/", "certificat calibration", "#s2-p1-7", ["calibration", "certificates"]),
    ],
)
def test_the_clause_reached_is_marked_by_what_was_found(
    page: Page, root: str, edition: str, query: str, place: str, words: list[str]
) -> None:
    _ask(page, f"{root}{edition}index.html", query)
    clause = _open(page, place)

    expect(clause).to_be_in_viewport()
    marks = clause.locator(":scope > .hb-clause__body > p:not([lang=en]) mark")
    found = "".join(marks.all_inner_texts())
    assert found == "".join(words)
    assert "h=" not in page.url
    expect(page.locator(".hb-mark--here").first).to_be_in_viewport()


def test_no_part_of_a_longer_number_or_word_is_marked(page: Page, root: str) -> None:
    place = "regimes/production-license-products/index.html"
    page.goto(f"{root}{place}?h=五条&h=第四十五条")  # 第四十五条至五十五条
    expect(page.locator(".hb-marks")).to_be_visible()
    assert set(page.locator("mark.hb-mark").all_inner_texts()) == {"第四十五条"}

    page.goto(f"{root}en/{place}?h=licens&h=icense&h=production license")
    expect(page.locator(".hb-marks")).to_be_visible()
    assert {text.lower() for text in page.locator("mark.hb-mark").all_inner_texts()} == {"production license"}


def test_words_are_marked_over_links_and_the_text_stays_as_it_was(page: Page, root: str) -> None:
    address = f"{root}regimes/measuring-instrument-makers/index.html"
    page.goto(address)
    before = page.locator("article.hb-regime").inner_text()
    height = page.evaluate("document.documentElement.scrollHeight")

    page.goto(f"{address}?h=并处三万元以下罚款&h=%3Cb%3E")
    expect(page.locator(".hb-marks")).to_be_visible()
    assert "".join(page.locator("#s5-p1-5 mark").all_inner_texts()) == "并处三万元以下罚款"
    assert page.locator("article.hb-regime").inner_text() == before
    assert page.evaluate("document.documentElement.scrollHeight") == height


def test_marks_are_walked_removed_and_never_printed(page: Page, root: str) -> None:
    address = f"{root}regimes/measuring-instrument-makers/index.html"
    page.goto(f"{address}?h=三万元#s5-p1-5")
    bar = page.locator(".hb-marks")
    html = page.evaluate("document.querySelector('#s5-p1-5').innerHTML.replace(/<\\/?mark[^>]*>/g, '')")

    bar.get_by_role("button", name="下一处").click()
    expect(page.locator("mark.hb-mark--here")).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(bar).to_be_hidden()
    assert page.locator("mark.hb-mark").first.evaluate("e => getComputedStyle(e).backgroundColor") == "rgba(0, 0, 0, 0)"
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    expect(page.locator("mark.hb-mark")).to_have_count(0)
    expect(bar).to_have_count(0)
    assert page.evaluate("document.querySelector('#s5-p1-5').innerHTML") == html


def test_removing_the_marks_by_button_leaves_the_focus_at_the_clause(page: Page, root: str) -> None:
    page.goto(f"{root}regimes/measuring-instrument-makers/index.html?h=三万元#s5-p1-5")

    page.locator(".hb-marks__clear").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#s5-p1-5")).to_be_focused()


def test_a_penalty_below_the_first_screen_opens_at_its_row(page: Page, root: str) -> None:
    _ask(page, f"{root}index.html", "30000元")
    _chip(page, "处罚查询").click()
    row = _open(page, "#measuring-instrument-makers.s5-p1-5.1")

    expect(row).to_be_in_viewport()
    expect(row.locator("mark").first).to_be_visible()


def test_the_address_keeps_what_else_it_says(page: Page, root: str) -> None:
    page.goto(f"{root}checklists/advertising/index.html?show=all&h=广告")

    expect(page.locator(".hb-marks")).to_be_visible()
    assert page.url.endswith("?show=all")
