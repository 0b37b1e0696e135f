"""A checklist as an inspector uses it: filled, kept, taken along, printed, and never lost or sent anywhere."""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from handbook.model import Book
from handbook.source import read
from handbook.views.checklist import checklist

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
REGIME = "voluntary-certification"
LONG = ("voluntary-certification", "statutory-verification-institutions", "verification-personnel")
KEY = f"handbook.checklist.{REGIME}"
HOSTILE = "<img src=x onerror=\"document.title='broken'\"><script>alert(1)</script>"
FIELDS = {
    "party": "北京示例认证有限公司",
    "credit_code": "91110000MA0EXAMPL1",
    "address": "示例路 1 号",
    "date": "2026-11-24",
    "inspector_1": "张三 0001",
    "inspector_2": "李四 0002",
}


@pytest.fixture(scope="module")
def book() -> Book:
    found = read(ROOT / "regimes").book
    assert found is not None
    return found


@pytest.fixture
def sheet(page: Page, address: str) -> Page:
    """A page with the checklist open, in Chinese, and printing that opens no dialog."""
    page.add_init_script("window.print = () => dispatchEvent(new Event('printed'))")
    page.goto(f"{address}checklists/{REGIME}/")
    return page


def _ids(page: Page) -> list[str]:
    ids: list[str] = page.locator("[data-item]").evaluate_all("rows => rows.map(row => row.dataset.item)")
    return ids


def _row(page: Page, id: str) -> Any:
    return page.locator(f'[data-item="{id}"]')


def _answer(page: Page, id: str, answer: str) -> Any:
    return _row(page, id).locator(f'input[value="{answer}"]')


def _remark(page: Page, id: str) -> Any:
    return _row(page, id).locator("[data-hb-remark]")


def _fill(page: Page) -> dict[str, str | None]:
    """Fills the head, the first six items and two remarks; returns the answers."""
    for name, text in FIELDS.items():
        page.locator(f'[data-hb-field="{name}"]').fill(text)
    answers = dict(zip(_ids(page), ("yes", "no", "na", "yes", "yes", "no"), strict=False))
    for id, answer in answers.items():
        _answer(page, id, answer).click()
    first, second = list(answers)[:2]
    _remark(page, first).fill("资料齐全\n第二行")
    _remark(page, second).fill("“证书”已过期 & <b>未换</b>")
    page.wait_for_timeout(350)
    return {id: answers.get(id) for id in _ids(page)}


def _stored(page: Page, key: str = KEY) -> Any:
    return page.evaluate("key => JSON.parse(localStorage.getItem(key))", key)


def _seed(page: Page, state: object, key: str = KEY) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(state)])
    page.reload()


def _seen(page: Page) -> dict[str, Any]:
    """What the sheet shows: the head, the answers as ticked and as the rows say, the remarks, on screen and for paper."""
    seen: dict[str, Any] = page.evaluate("""() => ({
        fields: Object.fromEntries([...document.querySelectorAll("[data-hb-field]")].map(f => [f.name, f.value])),
        items: Object.fromEntries([...document.querySelectorAll("[data-item]")].map(row => [row.dataset.item, [
            row.querySelector("input:checked")?.value ?? null, row.dataset.answer ?? null,
            row.querySelector("[data-hb-remark]").value, row.querySelector(".hb-sheet__written").textContent]])),
        count: document.querySelector("[data-hb-count]").textContent,
        progress: document.querySelector("[data-hb-progress]").value})""")
    return seen


def _state(page: Page, **changes: Any) -> dict[str, Any]:
    """A sound state in which the first item is answered."""
    version = page.locator("[data-item]").first.get_attribute("data-item-version")
    first = _ids(page)[0]
    regime = first.partition(".")[0]
    return {
        "schema": 1,
        "regime": regime,
        "began": "2026-01-02T03:04:05.000Z",
        "changed": "2026-01-03T03:04:05.000Z",
        "version": "2026-01-01",
        "fingerprint": "00000000",
        "fields": {"party": "甲公司"},
        "items": {first: {"answer": "yes", "remark": "", "version": version}},
        "gone": {},
        "known": _ids(page),
        **changes,
    }


def _export(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.locator("[data-hb-export]").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def _import(page: Page, content: bytes, name: str = "filled.json") -> None:
    file = {"name": name, "mimeType": "application/json", "buffer": content}
    page.locator("[data-hb-import-file]").set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator('[data-kind="done"]')).to_be_visible()


def _watch(page: Page, address: str) -> list[str]:
    complaints: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda m: complaints.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: complaints.append(f"script: {e}"))
    page.on("dialog", dismiss)
    page.on(
        "request",
        lambda r: None if r.url.startswith((address, "data:", "blob:")) else complaints.append(f"left: {r.url}"),
    )
    return complaints


# Filling and keeping


def test_what_is_filled_in_is_there_after_a_reload_and_in_the_other_edition(sheet: Page, address: str) -> None:
    answers = _fill(sheet)
    before = _seen(sheet)

    sheet.reload()

    assert _seen(sheet) == before
    assert before["fields"] == FIELDS
    assert {id: item[0] for id, item in before["items"].items()} == answers
    assert all(item[0] == item[1] and item[2] == item[3] for item in before["items"].values())
    assert before["items"][_ids(sheet)[1]][2] == "“证书”已过期 & <b>未换</b>"
    expect(sheet.locator("[data-hb-restored]")).not_to_be_empty()
    sheet.goto(f"{address}en/checklists/{REGIME}/")
    english = _seen(sheet)
    assert (english["fields"], english["items"]) == (before["fields"], before["items"])


def test_the_state_names_the_regime_the_data_and_each_item_in_its_version(sheet: Page) -> None:
    answers = _fill(sheet)

    state = _stored(sheet)

    article = sheet.locator(".hb-sheet")
    assert (state["schema"], state["regime"]) == (1, REGIME)
    assert state["version"] == article.get_attribute("data-version")
    assert state["fingerprint"] == article.get_attribute("data-fingerprint")
    assert state["fields"] == FIELDS
    assert {id: item["answer"] for id, item in state["items"].items()} == {k: v for k, v in answers.items() if v}
    for id, item in state["items"].items():
        assert item["version"] == _row(sheet, id).get_attribute("data-item-version")
    assert state["known"] == _ids(sheet)


def test_typing_is_kept_when_the_page_is_left_at_once(sheet: Page, address: str) -> None:
    sheet.evaluate("""() => {
        const party = document.querySelector('[data-hb-field="party"]');
        party.value = "甲乙";
        party.dispatchEvent(new Event("input", {bubbles: true}));
        location.href = "../"; }""")
    sheet.wait_for_url("**/checklists/")

    sheet.goto(f"{address}checklists/{REGIME}/")

    expect(sheet.locator('[data-hb-field="party"]')).to_have_value("甲乙")


def test_a_sheet_opened_and_left_alone_leaves_no_trace(sheet: Page, address: str) -> None:
    id = _ids(sheet)[0]
    _answer(sheet, id, "yes").click()
    _answer(sheet, id, "yes").click()

    assert _stored(sheet) is None
    sheet.goto(f"{address}checklists/")
    expect(sheet.locator("[data-hb-begun]:visible")).to_have_count(0)


def test_progress_counts_the_answers_and_those_not_conforming(page: Page, address: str) -> None:
    page.goto(f"{address}en/checklists/{REGIME}/")
    ids = _ids(page)
    expect(page.locator("[data-hb-count]")).to_have_text(f"0 of {len(ids)} items answered")

    _answer(page, ids[0], "yes").click()
    _answer(page, ids[1], "no").click()
    _answer(page, ids[2], "na").click()

    expect(page.locator("[data-hb-count]")).to_have_text(f"3 of {len(ids)} items answered · 1 not conforming")
    assert _seen(page)["progress"] == 3
    assert page.locator("[data-hb-progress]").get_attribute("max") == str(len(ids))
    _answer(page, ids[1], "no").click()
    expect(page.locator("[data-hb-count]")).to_have_text(f"2 of {len(ids)} items answered")


def test_typing_says_nothing_to_the_listener(sheet: Page) -> None:
    sheet.evaluate("""() => { window.said = 0;
        const heard = new MutationObserver(() => { window.said += 1; });
        for (const live of document.querySelectorAll("[role=status], [role=alert]"))
            heard.observe(live, {childList: true, characterData: true, subtree: true}); }""")

    _remark(sheet, _ids(sheet)[0]).press_sequentially("一二三四五")
    sheet.locator('[data-hb-field="address"]').press_sequentially("路")
    sheet.wait_for_timeout(350)

    assert sheet.evaluate("window.said") == 0
    _answer(sheet, _ids(sheet)[0], "yes").click()
    assert sheet.evaluate("window.said") > 0


def test_a_case_that_is_not_of_a_class_is_no_finding(page: Page, address: str, book: Book) -> None:
    found = next((r.id for r in book.regimes if any(p == "classification" for p, _ in checklist(book, r).parts)), None)
    assert found
    page.goto(f"{address}en/checklists/{found}/")
    row = page.locator('[data-part="classification"] [data-item]').first

    row.locator('input[value="no"]').click()

    expect(row).to_have_attribute("data-answer", "no")
    expect(page.locator("[data-hb-count]")).not_to_contain_text("not conforming")


def test_an_answer_is_taken_back_by_a_second_click_or_by_delete(sheet: Page) -> None:
    id = _ids(sheet)[0]
    for take_back in (
        lambda: _answer(sheet, id, "no").click(),
        lambda: sheet.keyboard.press("Delete"),
        lambda: sheet.keyboard.press("Backspace"),
        lambda: sheet.keyboard.press("Space"),
    ):
        _answer(sheet, id, "no").click()
        expect(_row(sheet, id)).to_have_attribute("data-answer", "no")

        take_back()

        assert _row(sheet, id).get_attribute("data-answer") is None
        assert _row(sheet, id).locator("input:checked").count() == 0
        assert _stored(sheet) is None


def test_not_conforming_shows_consequences_that_lead_to_their_row(page: Page, address: str, site: Path) -> None:
    page.goto(f"{address}checklists/verification-personnel/")
    row = page.locator("[data-item]:has(.hb-sheet__consequences li)").first
    id = str(row.get_attribute("data-item"))
    expect(row.locator(".hb-sheet__consequences")).to_be_hidden()

    _answer(page, id, "no").click()

    expect(_row(page, id).locator(".hb-sheet__consequences")).to_be_visible()
    link = _row(page, id).locator(".hb-sheet__consequences li a").first
    target = str(link.get_attribute("href")).partition("#")[2]
    assert f'id="{target}"' in (site / "penalties" / "index.html").read_text(encoding="utf-8")
    link.click()
    expect(page.locator(f'[id="{target}"]')).to_be_visible()


def test_a_remark_grows_with_its_text(sheet: Page) -> None:
    remark = _remark(sheet, _ids(sheet)[0])
    before = remark.bounding_box()["height"]

    remark.fill("一行\n" * 12)

    assert remark.bounding_box()["height"] > before * 2
    assert remark.evaluate("area => area.scrollHeight <= area.clientHeight + 1")


# Keys


def test_keys_on_an_answer_choose_and_go_from_item_to_item(sheet: Page) -> None:
    ids = _ids(sheet)
    _answer(sheet, ids[0], "yes").focus()

    for key in ("2", "j", "3", "Alt+ArrowDown", "1", "Alt+ArrowUp", "k"):
        sheet.keyboard.press(key)

    shown = {id: item[0] for id, item in _seen(sheet)["items"].items() if item[0]}
    assert shown == {ids[0]: "no", ids[1]: "na", ids[2]: "yes"}
    assert sheet.evaluate("document.activeElement.name") == ids[0]
    assert sheet.evaluate("document.activeElement.value") == "no"
    sheet.keyboard.press("ArrowUp")  # the keys of the answers themselves
    expect(_row(sheet, ids[0])).to_have_attribute("data-answer", "yes")


def test_the_keys_of_answers_are_letters_in_a_remark(sheet: Page) -> None:
    id = _ids(sheet)[0]

    _remark(sheet, id).press_sequentially("1jk2")

    expect(_remark(sheet, id)).to_have_value("1jk2")
    assert _row(sheet, id).get_attribute("data-answer") is None


def test_a_sheet_is_reached_and_filled_with_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    _tab_to(
        page,
        lambda: page.evaluate(
            "document.activeElement.closest('.hb-doors')?.contains(document.activeElement)"
            " && document.activeElement.href.endsWith('/checklists/')"
        ),
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/checklists/")
    _tab_to(page, lambda: page.evaluate("document.activeElement.href ?? ''").endswith(f"/checklists/{REGIME}/"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/checklists/{REGIME}/")
    _tab_to(page, lambda: page.evaluate("document.activeElement.name") == "party")
    page.keyboard.insert_text("甲公司")
    ids = _ids(page)
    _tab_to(page, lambda: page.evaluate("document.activeElement.name") == ids[0])
    page.keyboard.press("Space")
    _tab_to(page, lambda: page.evaluate("document.activeElement.matches('textarea')"))
    page.keyboard.insert_text("备注")
    _tab_to(page, lambda: page.evaluate("document.activeElement.name") == ids[1])
    for id in ids[1:]:
        page.keyboard.press("2")
        page.keyboard.press("j")
        expect(_row(page, id)).to_have_attribute("data-answer", "no")

    seen = _seen(page)

    assert seen["progress"] == len(ids)
    assert seen["fields"]["party"] == "甲公司"
    assert seen["items"][ids[0]] == ["yes", "yes", "备注", "备注"]


def _tab_to(page: Page, reached: Callable[[], Any]) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if reached():
            return
    pytest.fail("not reached with the tabulator")


# Clearing, export, import


def test_an_exported_sheet_is_cleared_and_comes_back_by_import(sheet: Page) -> None:
    _fill(sheet)
    seen, stored = _seen(sheet), _stored(sheet)

    name, content = _export(sheet)
    sheet.locator("[data-hb-clear]").click()
    cleared = _seen(sheet)
    _import(sheet, content)

    assert name == f"{REGIME}-{FIELDS['party']}.json"
    exported = json.loads(content.decode("utf-8"))
    assert {k: v for k, v in exported.items() if k not in ("handbook", "title", "exported")} == stored
    assert exported["title"] == sheet.locator(".hb-sheet h1").inner_text()
    assert exported["handbook"]
    assert "\n  " in content.decode("utf-8")
    assert "北京" in content.decode("utf-8")
    assert not any(cleared["fields"].values())
    assert not any(any(item) for item in cleared["items"].values())
    assert _seen(sheet) == seen
    assert _stored(sheet) == stored


def test_the_name_of_the_file_is_one_every_system_takes(sheet: Page) -> None:
    sheet.locator('[data-hb-field="party"]').fill('../甲:乙*"丙" <丁>|?\\戊.')

    assert _export(sheet)[0] == f"{REGIME}-甲-乙-丙-丁-戊.json"
    sheet.locator('[data-hb-field="party"]').fill(" ")
    sheet.locator('[data-hb-field="date"]').fill("2026-11-24")
    assert _export(sheet)[0] == f"{REGIME}-2026-11-24.json"


def test_clearing_is_undone_until_the_sheet_changes(sheet: Page) -> None:
    _fill(sheet)
    seen, stored = _seen(sheet), _stored(sheet)
    undo = sheet.locator('[data-kind="done"] button')

    sheet.locator("[data-hb-clear]").click()
    assert _stored(sheet) is None
    expect(undo).to_be_focused()
    undo.press("Enter")

    assert _seen(sheet) == seen
    assert _stored(sheet) == stored
    expect(sheet.locator("[data-hb-notice]")).to_be_hidden()
    sheet.locator("[data-hb-clear]").click()
    _answer(sheet, _ids(sheet)[0], "na").click()
    expect(undo).to_have_count(0)
    assert list(_stored(sheet)["items"]) == _ids(sheet)[:1]


def test_an_import_is_undone(sheet: Page) -> None:
    _fill(sheet)
    seen, stored = _seen(sheet), _stored(sheet)

    _import(sheet, json.dumps(_state(sheet)).encode())
    assert _seen(sheet)["progress"] == 1
    expect(sheet.locator('[data-kind="done"]')).to_contain_text("1")
    expect(sheet.locator('[data-kind="done"] button')).to_be_focused()
    sheet.locator('[data-kind="done"] button').click()

    assert _seen(sheet) == seen
    assert _stored(sheet) == stored


def test_a_file_is_dropped_onto_the_sheet(sheet: Page) -> None:
    sheet.evaluate(
        """text => {
        const data = new DataTransfer();
        data.items.add(new File([text], "filled.json", {type: "application/json"}));
        for (const type of ["dragover", "drop"])
            document.querySelector(".hb-sheet__table").dispatchEvent(
                new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true})); }""",
        json.dumps(_state(sheet)),
    )

    expect(sheet.locator('[data-kind="done"]')).to_be_visible()
    assert _seen(sheet)["fields"]["party"] == "甲公司"
    assert _seen(sheet)["progress"] == 1


def _bad(state: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    first, entry = next(iter(state["items"].items()))
    yield "not JSON", b"{"
    yield "empty", b""
    yield "a list", b"[]"
    yield "nothing", b"null"
    yield "not UTF-8", json.dumps({**state, "fields": {"party": "é"}}, ensure_ascii=False).encode("latin-1")
    yield "too large", json.dumps(state).encode() + b" " * 1024 * 1024
    amiss: dict[str, dict[str, Any]] = {
        "another schema": {"schema": 2},
        "no schema": {"schema": "1"},
        "an unknown member": {"more": 1},
        "no time": {"began": "yesterday"},
        "an impossible time": {"changed": "2026-13-45T00:00:00Z"},
        "an unknown field": {"fields": {"shoe_size": "44"}},
        "a field that is no text": {"fields": {"party": 7}},
        "a field too long": {"fields": {"party": "长" * 201}},
        "a date that is none": {"fields": {"date": "24 Nov"}},
        "an unknown answer": {"items": {first: {**entry, "answer": "maybe"}}},
        "a remark that is no text": {"items": {first: {**entry, "remark": {}}}},
        "a remark too long": {"items": {first: {**entry, "remark": "长" * 2001}}},
        "an entry with more": {"items": {first: {**entry, "html": "<b>"}}},
        "an item of another regime": {"items": {"type-approval.s1-1.1": entry}},
        "a name of the machine": {"items": {"__proto__": entry}},
        "items as a list": {"items": [entry]},
        "gone as text": {"gone": "x"},
        "known as text": {"known": "x"},
        "a title that is none": {"title": 7},
    }
    for name, changes in amiss.items():
        yield name, json.dumps({**state, **changes}).encode()


def test_a_file_that_is_no_export_changes_nothing(sheet: Page) -> None:
    _fill(sheet)
    seen, stored = _seen(sheet), _stored(sheet)
    sound = _state(sheet)

    for name, content in _bad(sound):
        sheet.evaluate("document.querySelector('[data-kind=done]')?.remove()")
        _import(sheet, content)
        expect(sheet.locator('[data-kind="done"]'), name).to_contain_text("不是导出的检查表")
        assert (_seen(sheet), _stored(sheet)) == (seen, stored), name

    _import(sheet, json.dumps(sound).encode())  # and what they were made from is taken
    assert _seen(sheet)["progress"] == 1


def test_a_file_of_another_checklist_is_named_and_changes_nothing(sheet: Page) -> None:
    _fill(sheet)
    seen, stored = _seen(sheet), _stored(sheet)

    _import(sheet, json.dumps(_state(sheet, regime="type-approval", title=f"型式批准{HOSTILE}")).encode())

    expect(sheet.locator('[data-kind="done"]')).to_contain_text(f"型式批准{HOSTILE}")
    assert (_seen(sheet), _stored(sheet)) == (seen, stored)


def test_what_comes_from_a_file_is_text_and_never_markup(sheet: Page, address: str) -> None:
    complaints = _watch(sheet, address)
    state = _state(sheet, fields={"party": HOSTILE})
    first = next(iter(state["items"]))
    state["items"][first]["remark"] = HOSTILE
    state["gone"] = {f"{REGIME}.{HOSTILE}": {"answer": "no", "remark": HOSTILE, "version": "x"}}

    _import(sheet, json.dumps(state).encode())
    sheet.reload()
    sheet.wait_for_timeout(200)

    seen = _seen(sheet)
    assert seen["items"][first][2:] == [HOSTILE, HOSTILE]
    assert seen["fields"]["party"] == HOSTILE
    expect(sheet.locator(".hb-sheet__gone")).to_contain_text(HOSTILE)
    assert sheet.locator(".hb-sheet img, .hb-sheet script").count() == 0
    assert "broken" not in sheet.title()
    assert complaints == []


# Data that has moved on


def test_an_item_whose_question_changed_is_marked_until_it_is_answered_again(sheet: Page) -> None:
    state = _state(sheet)
    first = next(iter(state["items"]))
    state["items"][first]["version"] = "00000000"
    _seed(sheet, state)
    expect(sheet.locator("[data-changed]")).to_have_count(1)
    expect(sheet.locator('[data-kind="changed"]')).to_contain_text("1 项变动")
    _remark(sheet, first).fill("记录")
    expect(_row(sheet, first)).to_have_attribute("data-changed", "")

    sheet.locator('[data-kind="changed"] button').first.click()
    assert sheet.evaluate("document.activeElement.name") == first
    sheet.keyboard.press("Space")  # the same answer, confirmed

    expect(sheet.locator("[data-changed]")).to_have_count(0)
    expect(_row(sheet, first)).to_have_attribute("data-answer", "yes")
    expect(sheet.locator("[data-hb-notice]")).to_be_hidden()
    stored = _stored(sheet)
    assert stored["items"][first]["version"] == _row(sheet, first).get_attribute("data-item-version")
    assert stored["fingerprint"] == sheet.locator(".hb-sheet").get_attribute("data-fingerprint")


def test_items_new_since_the_sheet_was_begun_are_marked_until_dismissed(sheet: Page) -> None:
    ids = _ids(sheet)
    _seed(sheet, _state(sheet, known=[*ids[:2], *ids[4:]]))
    marked = sheet.locator("[data-changed]")
    assert marked.evaluate_all("rows => rows.map(row => row.dataset.item)") == ids[2:4]
    expect(sheet.locator('[data-kind="changed"]')).to_contain_text("2 项变动")

    _answer(sheet, ids[2], "yes").click()
    expect(marked).to_have_count(1)
    sheet.locator('[data-kind="changed"] button').last.click()

    expect(marked).to_have_count(0)
    sheet.reload()
    expect(marked).to_have_count(0)
    expect(sheet.locator("[data-hb-notice]")).to_be_hidden()


def test_items_that_are_gone_are_kept_shown_and_exported(sheet: Page) -> None:
    state = _state(sheet)
    gone = f"{REGIME}.s9-9.9"
    state["items"][gone] = {"answer": "no", "remark": "旧备注", "version": "00000000"}
    _seed(sheet, state)

    expect(sheet.locator(".hb-sheet__gone")).to_contain_text("1 个检查项已不存在")
    expect(sheet.locator(".hb-sheet__gone li")).to_have_text("s9-9.9：不符合；旧备注")
    assert _seen(sheet)["progress"] == 1
    exported = json.loads(_export(sheet)[1])
    assert exported["gone"] == {gone: state["items"][gone]}
    assert gone not in exported["items"]
    sheet.locator('[data-kind="changed"] button').last.click()
    sheet.reload()
    expect(sheet.locator("[data-hb-notice]")).to_be_hidden()
    assert _stored(sheet)["gone"][gone]["remark"] == "旧备注"


def test_a_moved_item_takes_its_answer_along(sheet: Page) -> None:
    ids = _ids(sheet)
    old, lost = f"{REGIME}.s9-9.1", f"{REGIME}.s9-9.2"
    moved = html.escape(json.dumps({old: ids[1], lost: None}))

    def reroute(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('data-moved="{}"', f'data-moved="{moved}"', 1))

    sheet.route(f"**/checklists/{REGIME}/", reroute)
    version = _row(sheet, ids[1]).get_attribute("data-item-version")
    entry = {"answer": "no", "remark": "随项移动", "version": version}
    known = [old, lost, *(id for id in ids if id != ids[1])]

    _seed(sheet, _state(sheet, items={old: entry, lost: {**entry, "remark": "无处可去"}}, known=known))

    assert sheet.locator(".hb-sheet").get_attribute("data-moved") != "{}"
    assert _seen(sheet)["items"][ids[1]] == ["no", "no", "随项移动", "随项移动"]
    expect(sheet.locator("[data-changed]")).to_have_count(0)
    expect(sheet.locator(".hb-sheet__gone li")).to_have_count(1)
    expect(sheet.locator(".hb-sheet__gone li")).to_contain_text("无处可去")


def test_a_state_that_is_damaged_is_no_obstacle(sheet: Page, address: str) -> None:
    complaints = _watch(sheet, address)

    for text in ("{", "7", '{"schema": 1}'):
        sheet.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
        sheet.reload()
        assert _seen(sheet)["progress"] == 0

    _answer(sheet, _ids(sheet)[0], "yes").click()
    assert list(_stored(sheet)["items"]) == _ids(sheet)[:1]
    assert complaints == []


# Tabs and storage


def test_two_tabs_share_the_sheet_and_leave_the_text_being_typed_alone(sheet: Page, address: str) -> None:
    other = sheet.context.new_page()
    other.goto(f"{address}en/checklists/{REGIME}/")
    ids = _ids(sheet)
    party = other.locator('[data-hb-field="party"]')
    party.press_sequentially("abc")
    party.press("ArrowLeft")

    sheet.bring_to_front()
    _answer(sheet, ids[0], "no").click()
    _remark(sheet, ids[1]).fill("此处")
    expect(_row(other, ids[0])).to_have_attribute("data-answer", "no")
    expect(_remark(other, ids[1])).to_have_value("此处")

    assert other.evaluate("[document.activeElement.name, document.activeElement.selectionStart]") == ["party", 2]
    party.press_sequentially("x")
    expect(party).to_have_value("abxc")
    expect(sheet.locator('[data-hb-field="party"]')).to_have_value("abxc")
    assert _stored(sheet)["items"].keys() == {ids[0], ids[1]}
    sheet.locator('[data-hb-field="party"]').fill("abxcd")
    expect(party).to_have_value("abxcd")
    assert other.evaluate("[document.activeElement.name, document.activeElement.selectionStart]") == ["party", 3]


def test_tabs_that_write_at_once_lose_nothing(sheet: Page, address: str) -> None:
    other = sheet.context.new_page()
    other.add_init_script("addEventListener('storage', event => event.stopImmediatePropagation())")
    other.goto(f"{address}checklists/{REGIME}/")
    ids = _ids(sheet)
    _answer(other, ids[0], "yes").click()

    _answer(sheet, ids[1], "no").click()
    other.wait_for_function(
        "([key, id]) => localStorage.getItem(key).includes(id)", arg=[KEY, f'"{ids[1]}":{{"answer"']
    )
    assert _row(other, ids[1]).get_attribute("data-answer") is None  # it has not heard of it
    _answer(other, ids[2], "na").click()

    assert {id: item["answer"] for id, item in _stored(sheet)["items"].items()} == {
        ids[0]: "yes",
        ids[1]: "no",
        ids[2]: "na",
    }


_FORBIDDEN = {
    "denied": "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
}


@pytest.mark.parametrize("how", list(_FORBIDDEN))
def test_where_nothing_can_be_kept_the_sheet_still_works_and_says_so(page: Page, address: str, how: str) -> None:
    page.add_init_script(_FORBIDDEN[how])
    page.goto(f"{address}checklists/{REGIME}/")

    _fill(page)

    seen = _seen(page)
    assert seen["progress"] == 6
    assert seen["fields"] == FIELDS
    expect(page.locator('[data-kind="unsaved"]')).to_have_count(1)
    expect(page.locator('[data-kind="unsaved"]')).to_contain_text("不允许保存")
    expect(page.locator("[data-hb-saved]")).to_be_hidden()
    assert len(json.loads(_export(page)[1])["items"]) == 6
    page.locator("[data-hb-clear]").click()
    page.locator('[data-kind="done"] button').click()
    assert _seen(page) == seen


# View, index, other ways to open it


def test_language_and_layout_are_remembered_for_every_checklist(sheet: Page, address: str) -> None:
    article = sheet.locator(".hb-sheet")
    expect(sheet.locator(".hb-sheet__trainer").first).to_be_hidden()

    sheet.locator('input[name="hb-show"][value="both"]').check(force=True)
    sheet.locator('input[name="hb-variant"][value="trainer"]').check(force=True)

    expect(sheet.locator(".hb-sheet__trainer").first).to_be_visible()
    sheet.goto(f"{address}en/checklists/type-approval/")
    expect(article).to_have_attribute("data-show", "both")
    expect(article).to_have_attribute("data-variant", "trainer")
    assert sheet.locator('input[name="hb-show"][value="both"]').is_checked()
    own, other = (sheet.locator(f".hb-sheet__question .hb-{kind}").first.bounding_box() for kind in ("own", "other"))
    assert own
    assert other
    assert abs(own["y"] - other["y"]) < 8
    assert other["x"] >= own["x"] + own["width"]


def test_the_address_sets_the_view_until_the_reader_chooses(sheet: Page, address: str) -> None:
    article = sheet.locator(".hb-sheet")
    sheet.goto(f"{address}checklists/{REGIME}/?show=both&variant=trainer")
    expect(article).to_have_attribute("data-show", "both")
    expect(article).to_have_attribute("data-variant", "trainer")

    sheet.locator('input[name="hb-show"][value="own"]').check(force=True)

    assert "?" not in sheet.url
    sheet.reload()
    expect(article).to_have_attribute("data-show", "own")
    expect(article).to_have_attribute("data-variant", "trainer")
    sheet.goto(f"{address}checklists/{REGIME}/?show=x&variant=%3Cb%3E")
    expect(article).to_have_attribute("data-variant", "trainer")


def test_the_other_edition_opens_at_the_same_item(sheet: Page) -> None:
    anchor = str(sheet.locator("[data-item]").nth(7).get_attribute("id"))
    sheet.evaluate("anchor => { location.hash = anchor; }", anchor)

    sheet.locator("[data-hb-other-edition]").click()

    sheet.wait_for_url(f"**/en/checklists/{REGIME}/#{anchor}")
    expect(sheet.locator(f'[id="{anchor}"]')).to_be_in_viewport()


def test_the_list_of_checklists_says_which_are_begun(sheet: Page, address: str) -> None:
    total = len(_ids(sheet))
    _fill(sheet)

    sheet.goto(f"{address}checklists/")

    expect(sheet.locator("[data-hb-begun]:visible")).to_have_count(1)
    expect(sheet.locator(f'[data-regime="{REGIME}"] [data-hb-begun]')).to_have_text(f"已填 6/{total}")
    sheet.goto(f"{address}en/checklists/")
    expect(sheet.locator(f'[data-regime="{REGIME}"] [data-hb-begun]')).to_have_text(f"6/{total} answered")


def test_a_sheet_opened_from_a_folder_is_kept_and_listed(page: Page, site: Path) -> None:
    complaints = _watch(page, "file:")
    page.goto((site / "checklists" / REGIME / "index.html").as_uri())
    _fill(page)
    seen = _seen(page)

    page.locator('input[name="hb-variant"][value="trainer"]').check(force=True)
    page.reload()
    assert _seen(page) == seen
    assert json.loads(_export(page)[1])["fields"] == FIELDS
    page.locator("[data-hb-other-edition]").click()
    page.wait_for_url(f"**/en/checklists/{REGIME}/index.html")
    assert _seen(page)["items"] == seen["items"]
    page.goto((site / "checklists" / "index.html").as_uri())

    expect(page.locator("[data-hb-begun]:visible")).to_have_count(1)
    assert complaints == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_script_the_blank_form_with_all_items_is_there(
    browser: Browser, address: str, book: Book, language: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for regime in book.regimes:
        page.goto(f"{address}{'en/' if language == 'en' else ''}checklists/{regime.id}/")

        questions = page.locator(".hb-sheet__question > .hb-own").all_inner_texts()

        items = checklist(book, regime).items
        assert [q.strip() for q in questions] == [item.question[language] for item in items]
        assert page.locator(".hb-sheet__answer input").count() == 3 * len(items)
        assert page.locator("[data-hb-tools]").is_hidden()
        assert page.locator(".hb-sheet__sign").is_visible()
    context.close()


def test_filling_taking_along_and_printing_send_nothing_and_complain_of_nothing(page: Page, address: str) -> None:
    complaints = _watch(page, address)
    page.add_init_script("window.print = () => {}")
    asked: list[str] = []
    page.goto(f"{address}checklists/{REGIME}/", wait_until="networkidle")
    page.on("request", lambda r: None if r.url.startswith("blob:") else asked.append(r.url))

    _fill(page)
    _import(page, _export(page)[1])
    page.locator("button[data-hb-print]").first.click()
    page.locator("[data-hb-clear]").click()
    page.wait_for_timeout(300)

    assert asked == []
    assert complaints == []


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["zh", "en"])
def test_the_sheet_fits_a_phone(browser: Browser, address: str, prefix: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    phone = context.new_page()
    for path in ("checklists/", f"checklists/{REGIME}/", f"checklists/{REGIME}/?show=both&variant=trainer"):
        phone.goto(address + prefix + path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, path
    phone.locator(".hb-sheet__answer label").nth(1).tap()
    assert _seen(phone)["progress"] == 1
    assert phone.locator(".hb-sheet__keys").is_hidden()
    context.close()


# Paper


_RADICALS = str.maketrans(
    "戶⺠⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰", "户民见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙"
)


class _Paper:
    """A printed sheet, page by page, without white space."""

    def __init__(self, content: bytes) -> None:
        self.pages = [_plain(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]

    @property
    def text(self) -> str:
        return "".join(self.pages)


def _plain(text: str) -> str:
    """Without white space, and with characters in place of the radicals a font may name for them."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_RADICALS)


def _print(page: Page) -> _Paper:
    return _Paper(page.pdf(prefer_css_page_size=True))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script("window.print = () => {}")
    yield context
    context.close()


_VIEWS = [("zh", "own", "field"), ("en", "own", "trainer"), ("zh", "both", "trainer"), ("en", "both", "field")]


@pytest.mark.parametrize(("language", "show", "variant"), _VIEWS, ids=["-".join(view) for view in _VIEWS])
@pytest.mark.parametrize("regime", LONG)
def test_paper_has_every_item_whole_in_order_under_a_head_that_repeats(
    context: BrowserContext, address: str, book: Book, regime: str, language: str, show: str, variant: str
) -> None:
    page = context.new_page()
    prefix = "en/" if language == "en" else ""
    page.goto(f"{address}{prefix}checklists/{regime}/?show={show}&variant={variant}")
    article = page.locator(".hb-sheet")
    title = _plain(str(article.get_attribute("data-title")))
    version = [str(article.get_attribute(f"data-{name}")) for name in ("version", "fingerprint")]
    words = page.locator("[data-item]").first.locator(".hb-sheet__answer .hb-own").all_inner_texts()
    head = page.locator(".hb-sheet__table thead th .hb-own").all_inner_texts()
    last = page.locator(".hb-sheet__line .hb-own").all_inner_texts()
    consequences = page.locator(".hb-sheet__list tbody strong").all_inner_texts()

    paper = _print(page)

    items = next(checklist(book, r) for r in book.regimes if r.id == regime).items
    for number, text in enumerate(paper.pages, 1):
        foot = f"第{number}页,共{len(paper.pages)}页" if language == "zh" else f"Page{number}of{len(paper.pages)}"
        for there in (title, *version, foot):
            assert there in text, (number, there)
    place, signed = (0, 0), next(n for n, text in enumerate(paper.pages) if _plain(last[0]) in text)
    for item in items:
        question = _plain(item.question[language])
        found = next(
            (
                (n, at)
                for n, text in enumerate(paper.pages)
                if (at := text.find(question, place[1] if n == place[0] else 0)) >= 0 and n >= place[0]
            ),
            None,
        )
        assert found, f"item {item.number} is split, missing or out of order"
        assert str(item.number) in paper.pages[found[0]][max(0, found[1] - 4) : found[1]]
        rest = paper.pages[found[0]][found[1] + len(question) :]
        following = _plain(items[item.number].question[language]) if item.number < len(items) else "\0"
        own = rest.partition(following)[0] if following != question else rest
        assert all(_plain(word) in own for word in words), f"the answers of item {item.number} are on another page"
        if show == "both":
            assert _plain(item.question["en" if language == "zh" else "zh"]) in own
        clause = _plain(getattr(item.clause.clause, language))
        assert (clause in own) or variant == "field" or item.own_words
        place = found[0], found[1] + len(question)
    assert place[0] == signed, "the sign-off is alone on its page"
    assert all(_plain(line) in paper.pages[signed][place[1] :] for line in last)
    assert all(_plain(words) in text for text in paper.pages[: signed + 1] for words in head)
    appended = "".join(paper.pages[signed + 1 :])
    assert bool(appended) == (variant == "trainer" and bool(consequences))
    assert all(_plain(measures) in appended for measures in consequences if appended)


def test_the_sign_off_stays_with_the_last_item_however_many_there_are(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}en/checklists/accredited-laboratories/")
    sign = _plain(page.locator(".hb-sheet__line .hb-own").first.inner_text())
    page.evaluate("document.querySelector('[data-part]').append(document.querySelector('.hb-sheet__end'))")
    page.evaluate("[...document.querySelectorAll('[data-part]')].slice(1).forEach(part => part.remove())")
    pages = []

    for left in range(24, 7, -1):
        page.evaluate(
            "left => [...document.querySelectorAll('[data-item]')].slice(left).forEach(r => r.remove())", left
        )
        paper = _print(page)
        pages.append(len(paper.pages))
        before, found, after = paper.pages[-1].partition(sign)
        assert found, f"{left} rows: the sign-off is torn"
        assert "Notapplicable" in before, f"{left} rows: the sign-off is alone"
        assert "HandbookofIn-process" in after

    assert len(set(pages)) > 1  # a break was met on the way


def test_trainers_get_the_clause_and_the_consequences_and_the_field_does_not(
    context: BrowserContext, address: str, book: Book
) -> None:
    items = next(checklist(book, r) for r in book.regimes if r.id == LONG[2]).items
    clauses = [_plain(item.clause.clause.zh) for item in items if not item.own_words]
    questions = "".join(_plain(item.question.zh) for item in items)
    clauses = [clause for clause in clauses if clause not in questions]
    assert clauses
    page = context.new_page()

    page.goto(f"{address}checklists/{LONG[2]}/?variant=field")
    _answer(page, _ids(page)[0], "no").click()
    field = _print(page).text
    page.goto(f"{address}checklists/{LONG[2]}/?variant=trainer")
    trainer = _print(page).text

    fine = _plain(page.locator(".hb-sheet__consequences li strong").first.inner_text())
    assert all(clause in trainer for clause in clauses)
    assert not any(clause in field for clause in clauses)
    assert fine in trainer
    assert fine not in field


@pytest.mark.parametrize("variant", ["field", "trainer"])
def test_a_blank_print_has_nothing_filled_in_and_the_next_has_it_all(
    context: BrowserContext, address: str, variant: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}checklists/{REGIME}/?variant={variant}")
    clean = _print(page).text
    _fill(page)
    filled = [
        "北京示例认证有限公司",
        "91110000MA0EXAMPL1",
        "示例路1号",
        "2026年11月24日",
        "张三0001",
        "资料齐全",
        "<b>未换</b>",
    ]
    ticks = "rows => rows.filter(box => getComputedStyle(box, '::after').display !== 'none' && box.previousElementSibling.checked).length"

    page.locator('button[data-hb-print="blank"]').click()
    page.emulate_media(media="print")
    blank_ticks = page.locator(".hb-box").evaluate_all(ticks)
    page.emulate_media(media="null")
    blank = _print(page)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    full = _print(page)  # as Ctrl+P does

    assert blank.text == clean
    assert not any(text in blank.text for text in filled)
    assert all(_plain(text) in full.text for text in filled)
    assert blank_ticks == 0
    assert page.locator(".hb-sheet").get_attribute("data-print") is None
    page.emulate_media(media="print")
    assert page.locator(".hb-box").evaluate_all(ticks) == 6


def test_the_print_button_prints_what_is_filled_in(sheet: Page) -> None:
    sheet.evaluate(
        "addEventListener('printed', () => { window.how = document.querySelector('.hb-sheet').dataset.print; })"
    )

    sheet.locator('button[data-hb-print="blank"]').click()
    assert sheet.evaluate("window.how") == "blank"
    sheet.locator('button[data-hb-print="filled"]').click()
    assert sheet.evaluate("window.how") == "filled"
