"""The real regimes keep every rule, and every slip made on a copy of them is caught by its rule at its very line."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from checks.run import Report, rules, run
from handbook.model import Book
from handbook.problem import Problem
from handbook.recompose import aligned, issued, recomposed
from handbook.source import REGIME_FILE, REGISTERS, Reading, checksum, read
from tests.books import TODAY, write

ROOT = Path(__file__).parents[1]
REGIMES = ROOT / "regimes"
NAMES = [m["id"] for f in sorted(REGIMES.iterdir()) if (m := REGIME_FILE.fullmatch(f.name))]


@cache
def _reading() -> Reading:
    return read(REGIMES, Path("regimes"), today=TODAY)


@cache
def _report() -> Report:
    return run(_reading(), ROOT / "checks" / "waivers.yml", shown_waivers=Path("checks/waivers.yml"))


def _book() -> Book:
    book = _reading().book
    assert book is not None
    return book


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param(name, rule.code, id=f"{name}-{rule.code}")
        for name in [*NAMES, *REGISTERS, "waivers"]
        for rule in rules()
    ],
)
def test_a_file_of_the_real_data_keeps_a_rule(name: str, code: str) -> None:
    found = [
        problem.line()
        for problem in _report().problems
        if problem.code == code and re.sub("^[0-9]+-", "", problem.place.file.stem) == name
    ]

    assert not found, "\n".join(found)


def test_the_real_data_is_read_whole_and_no_rule_is_skipped() -> None:
    assert _reading().complete
    assert [p.line() for p in _report().problems] == []
    assert _report().skipped == ()
    assert len(_report().rules) == len(rules())


def test_every_file_of_a_regime_is_in_the_book_in_the_order_of_the_numbers() -> None:
    book = _book()

    assert [regime.id for regime in book.regimes] == NAMES
    assert [regime.number for regime in book.regimes] == list(range(1, len(NAMES) + 1))


def test_the_regimes_add_up_to_the_issued_text_line_by_line() -> None:
    book = _book()
    text = (REGIMES / book.handbook.source.file).read_text(encoding="utf-8")
    lines = ["".join(line.split()) for line in text.split("\n") if line.strip()]

    ours = [line.bare for line in recomposed(book)]

    assert ours == lines
    assert len(issued(book)) == len(lines)
    assert all(pair.same for pair in aligned(book))
    titles, headings = len(book.handbook.source.lines) + len(book.regimes), sum(len(r.sections) for r in book.regimes)
    assert titles + headings + len(book.clauses) == len(lines)


def test_the_recorded_checksum_is_that_of_the_issued_text() -> None:
    book = _book()

    assert checksum(book) == book.handbook.source.sha256


# --- slips on a copy -------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The real regimes in a folder a test may spoil."""
    return Path(shutil.copytree(REGIMES, tmp_path / "regimes"))


def _problems(folder: Path) -> tuple[Problem, ...]:
    return run(read(folder, today=TODAY), today=TODAY).problems


def _spots(folder: Path) -> dict[str, set[tuple[str, int]]]:
    """The files and lines of the problems, by the code of the rule."""
    spots: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for problem in _problems(folder):
        spots[problem.code].add((problem.place.file.name, problem.place.line))
    return spots


def _line_of(file: Path, words: str, start: int = 0) -> int:
    lines = file.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if number > start and words in line)


def _edit(file: Path, line: int, old: str, new: str) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    write(file, "\n".join(lines))


def test_one_changed_character_in_a_clause_of_every_regime_is_caught_at_its_line_and_column(copy: Path) -> None:
    expected = set()
    for found in (max(clauses, key=lambda c: len(c.clause.zh)) for clauses in _book().by_regime.values()):
        place, words = _book().place(found.regime.id, (*found.path, "zh")), found.clause.zh
        at = len(words) // 2
        _edit(copy / place.file.name, place.line, words, words[:at] + "龘" + words[at + 1 :])
        line = (copy / place.file.name).read_text(encoding="utf-8").split("\n")[place.line - 1]
        expected.add((place.file.name, place.line, line.index("龘") + 1))

    problems = [p for p in _problems(copy) if p.code == "HB601"]

    assert {(p.place.file.name, p.place.line, p.place.column) for p in problems} == expected
    assert len(expected) == len(NAMES)
    assert all("龘" in p.message.en and "龘" in p.message.zh for p in problems)


def test_one_changed_character_in_every_title_and_heading_is_caught_at_its_line(copy: Path) -> None:
    expected = set()
    for regime in _book().regimes:
        for path, words in [
            (("title", "zh"), regime.title.zh),
            (("sections", 0, "heading", "zh"), regime.sections[0].heading.zh),
        ]:
            place = _book().place(regime.id, path)
            _edit(copy / place.file.name, place.line, words, "龘" + words[1:])
            expected.add((place.file.name, place.line))

    assert _spots(copy)["HB601"] == expected


def test_a_changed_character_in_one_of_several_twins_is_a_difference_and_not_called_out_of_order(copy: Path) -> None:
    book = _book()
    texts = [f.clause.zh for f in book.clauses]
    found = next(f for f in book.clauses if f.clause.marker is None and texts.count(f.clause.zh) > 2)
    place = book.place(found.regime.id, (*found.path, "zh"))
    _edit(copy / place.file.name, place.line, found.clause.zh, "龘" + found.clause.zh[1:])

    problems = [p for p in _problems(copy) if p.code in ("HB601", "HB602", "HB603")]

    assert [(p.code, p.place.file.name, p.place.line) for p in problems] == [("HB601", place.file.name, place.line)]


def test_a_dropped_clause_is_caught_at_the_clause_before_it(copy: Path) -> None:
    file = copy / "17-advertising.yml"
    before, dropped = _line_of(file, "是否按照广告发布登记事项"), _line_of(file, "广告从业人员和广告审查人员情况")
    lines = file.read_text(encoding="utf-8").split("\n")
    assert lines[dropped - 2].strip() == "- marker: （二）"
    write(file, "\n".join(lines[: dropped - 2] + lines[dropped + 1 :]))

    found = [p for p in _problems(copy) if p.code == "HB602"]

    assert [(p.place.file.name, p.place.line) for p in found] == [(file.name, before)]
    assert "广告从业人员和广告审查人员情况"[:12] in found[0].message.zh
    assert "out of order" not in found[0].message.en


def test_an_invented_clause_is_caught_at_its_line(copy: Path) -> None:
    file = copy / "17-advertising.yml"
    lines = file.read_text(encoding="utf-8").split("\n")
    status = _line_of(file, "The status of advertising practitioners")
    after = next(i for i in range(status, len(lines)) if lines[i].startswith("      - marker: "))
    lines.insert(
        after,
        "      - {marker: （九）, zh: 杜撰的内容；, en: Invented content;, checks: {none: {zh: 无。, en: None.}}}",
    )
    write(file, "\n".join(lines))

    assert _spots(copy) == {"HB603": {(file.name, after + 1)}, "HB803": {(file.name, after + 1)}}


def test_two_swapped_sections_are_caught_where_they_stand_and_where_they_are_missing(copy: Path) -> None:
    file = copy / "17-advertising.yml"
    lines = file.read_text(encoding="utf-8").split("\n")
    starts = [i for i, line in enumerate(lines) if re.match("  - number: ", line)]
    first, second, third = starts[1], starts[2], starts[3]
    swapped = lines[second:third] + lines[first:second]
    numbers = [i for i, line in enumerate(swapped) if re.match("  - number: ", line)]
    for position, number in zip(numbers, (2, 3), strict=True):
        swapped[position] = f"  - number: {number}"
    write(file, "\n".join(lines[:first] + swapped + lines[third:]))

    problems = [p for p in _problems(copy) if p.code in ("HB602", "HB603")]

    assert any("out of order" in p.message.en for p in problems)  # headings carry their number and so differ instead
    moved = {(p.place.file.name, p.place.line) for p in problems if p.code == "HB603"}
    missing = {(p.place.file.name, p.place.line) for p in problems if p.code == "HB602"}
    assert moved
    assert missing
    assert {name for name, _ in moved | missing} == {file.name}
    lows, highs = first + 1, third
    assert all(lows <= line <= highs for _, line in moved)
    last = next(c for c in reversed(_book().by_regime["advertising"]) if c.section and c.section.number == 1)
    before = _book().place("advertising", (*last.path, "zh")).line
    assert all(line == before or lows <= line <= highs for _, line in missing)


def test_sections_whose_numbers_are_swapped_are_caught_at_the_number(copy: Path) -> None:
    file = copy / "17-advertising.yml"
    second, third = _line_of(file, "- number: 2"), _line_of(file, "- number: 3")
    _edit(file, second, "number: 2", "number: 3")
    _edit(file, third, "number: 3", "number: 2")

    assert (file.name, third) in _spots(copy)["HB605"]


def test_an_aspect_deleted_from_every_regime_is_caught_at_its_sections(copy: Path) -> None:
    for regime in _book().regimes:
        stated = [(word, s, i) for s, found in enumerate(regime.sections) for i, word in enumerate(found.aspects)]
        words = [word for word, _, _ in stated]
        word, s, i = next(
            (word, s, i)
            for word, s, i in stated
            if words.count(word) == 1 and _book().vocabulary.aspects[word].required
        )
        place = _book().place(regime.id, ("sections", s, "aspects", i))
        _edit(copy / place.file.name, place.line, word, "measures")

    problems = [p for p in _problems(copy) if p.code == "HB101"]

    assert len(problems) == len(NAMES)
    for problem in problems:
        line = problem.place.file.read_text(encoding="utf-8").split("\n")[problem.place.line - 1]
        assert line == "sections:"


def test_a_declaration_deleted_from_unstated_aspects_is_caught(copy: Path) -> None:
    regime = next(r for r in _book().regimes if r.unstated_aspects)
    place = _book().key_place(regime.id, ("unstated_aspects",))
    file = copy / place.file.name
    write(file, "\n".join(file.read_text(encoding="utf-8").split("\n")[: place.line - 1]) + "\n")

    assert _spots(copy)["HB101"] == {(file.name, _line_of(file, "sections:"))}


def test_an_amount_changed_in_the_chinese_only_is_caught_at_the_chinese_and_at_the_english(copy: Path) -> None:
    file = next(f for f in sorted(copy.glob("[0-9]*.yml")) if "处一千元" in f.read_text(encoding="utf-8"))
    chinese = _line_of(file, "一千元")
    english = _line_of(file, "RMB 1,000", chinese)
    _edit(file, chinese, "一千元", "一万元")

    problems = _problems(copy)

    found = [p for p in problems if p.code == "HB204"]
    assert {(p.place.file.name, p.place.line) for p in found} == {(file.name, chinese), (file.name, english)}
    assert any("一万元" in p.message.en and "RMB 10,000" in p.message.en for p in found)
    assert [(p.place.file.name, p.place.line) for p in problems if p.code == "HB601"] == [(file.name, chinese)]


def test_an_amount_changed_in_the_english_only_is_caught_at_the_english_and_at_the_chinese(copy: Path) -> None:
    file = next(f for f in sorted(copy.glob("[0-9]*.yml")) if "RMB 1,000 " in f.read_text(encoding="utf-8"))
    english = _line_of(file, "RMB 1,000 ")
    _edit(file, english, "RMB 1,000 ", "RMB 10,000 ")

    problems = _problems(copy)

    found = [p for p in problems if p.code == "HB204"]
    assert {p.code for p in problems} == {"HB204", "HB316"}
    assert (file.name, english) in {(p.place.file.name, p.place.line) for p in found}
    assert any("RMB 10,000" in p.message.en for p in found if p.place.line == english)
    assert any(p.place.line != english and "一千元" in p.message.en for p in found)


def test_a_working_day_made_a_day_in_the_english_is_caught(copy: Path) -> None:
    file = next(f for f in sorted(copy.glob("[0-9]*.yml")) if " working days" in f.read_text(encoding="utf-8"))
    english = _line_of(file, " working days")
    _edit(file, english, " working days", " days")

    assert (file.name, english) in _spots(copy)["HB204"]


def test_a_changed_source_is_caught_by_its_checksum(copy: Path) -> None:
    source = next((copy / "source").glob("*.txt"))
    write(source, source.read_text(encoding="utf-8") + "\n")

    assert _spots(copy) == {"HB604": {("_handbook.yml", _line_of(copy / "_handbook.yml", "sha256:"))}}


def test_a_regime_left_out_shows_as_missing_lines_of_the_source(copy: Path) -> None:
    (copy / "20-major-cases.yml").unlink()

    assert "HB602" in {p.code for p in _problems(copy)}


def test_rules_that_compare_all_regimes_are_skipped_when_one_is_unreadable_and_the_others_run(copy: Path) -> None:
    write(copy / "20-major-cases.yml", "id: [\n")
    file = copy / "17-advertising.yml"
    text = file.read_text(encoding="utf-8")
    write(file, text.replace("aspects: [object]", "aspects: []", 1))

    report = run(read(copy, today=TODAY), today=TODAY)

    assert {p.code for p in report.problems if p.place.file.name.startswith("20-")} == {"HB001"}
    assert "HB101" in {p.code for p in report.problems if p.place.file.name == file.name}
    assert {rule.code for rule in report.skipped} == {rule.code for rule in rules() if rule.whole}


# --- waivers ---------------------------------------------------------------------------------------------------------


def _waiver(rule: str, subject: str, until: date) -> str:
    return (
        "waivers:\n"
        f"  - rule: {rule}\n"
        f"    subject: '{subject}'\n"
        "    reason: {zh: 待修改。, en: To be mended.}\n"
        f"    until: {until.isoformat()}\n"
    )


@pytest.fixture
def spoiled(copy: Path) -> Path:
    """The real regimes with one aspect of advertising taken away."""
    file = copy / "17-advertising.yml"
    write(file, file.read_text(encoding="utf-8").replace("aspects: [object]", "aspects: [method]", 1))
    assert {p.code for p in _problems(copy)} == {"HB101"}
    return copy


def _run(folder: Path, waivers: str) -> Report:
    file = folder.parent / "waivers.yml"
    write(file, waivers)
    return run(read(folder, today=TODAY), file, shown_waivers=Path("waivers.yml"), today=TODAY)


def test_a_waiver_takes_a_finding_off_the_list_and_keeps_it_with_its_reason(spoiled: Path) -> None:
    report = _run(spoiled, _waiver("HB101", "advertising", TODAY + timedelta(days=30)))

    assert report.problems == ()
    assert [(w.reason.en, p.code) for w, p in report.waived] == [("To be mended.", "HB101")]


def test_a_waiver_holds_on_its_last_day_and_not_on_the_next(spoiled: Path) -> None:
    last = _run(spoiled, _waiver("HB101", "advertising", TODAY))
    after = _run(spoiled, _waiver("HB101", "advertising", TODAY - timedelta(days=1)))

    assert [p.code for p in last.problems] == []
    assert {p.code for p in after.problems} == {"HB101", "HB901"}
    assert after.waived == ()


def test_an_expired_waiver_is_reported_at_its_line(spoiled: Path) -> None:
    report = _run(spoiled, _waiver("HB101", "advertising", TODAY - timedelta(days=1)))

    expired = [p for p in report.problems if p.code == "HB901"]

    assert [(p.place.file.name, p.place.line) for p in expired] == [("waivers.yml", 2)]


@pytest.mark.parametrize(("rule", "subject"), [("HB104", "advertising"), ("HB101", "direct-selling")])
def test_a_waiver_of_another_rule_or_subject_waives_nothing_and_is_reported(
    spoiled: Path, rule: str, subject: str
) -> None:
    report = _run(spoiled, _waiver(rule, subject, TODAY))

    assert {p.code for p in report.problems} == {"HB101", "HB902"}
    unused = next(p for p in report.problems if p.code == "HB902")
    assert (unused.place.file.name, unused.place.line) == ("waivers.yml", 2)
    assert subject in unused.message.en


def test_a_waiver_of_waivers_is_refused(spoiled: Path) -> None:
    report = _run(spoiled, _waiver("HB902", "advertising", TODAY))

    assert [(p.code, p.place.line) for p in report.problems if p.place.file.name == "waivers.yml"] == [("HB002", 2)]


def test_a_broken_file_of_waivers_is_a_problem_and_waives_nothing(spoiled: Path) -> None:
    report = _run(spoiled, "waivers:\n  - rule: HB101\n    until: soon\n")

    assert {"HB002", "HB101"} == {p.code for p in report.problems}
    assert {p.place.file.name for p in report.problems if p.code == "HB002"} == {"waivers.yml"}


def test_a_waiver_is_not_called_unused_while_a_file_is_unreadable(copy: Path) -> None:
    write(copy / "20-major-cases.yml", "id: [\n")

    report = _run(copy, _waiver("HB101", "major-cases", TODAY))

    assert {p.code for p in report.problems} == {"HB001"}


def test_without_a_file_of_waivers_nothing_is_waived(spoiled: Path) -> None:
    report = run(read(spoiled, today=TODAY), spoiled / "none.yml", today=TODAY)

    assert [p.code for p in report.problems] == ["HB101"]
