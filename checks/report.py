"""A report in the forms people and programs read: text, JSON, annotations of GitHub and GitLab, SARIF 2.1.0, the quality page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from checks.rule import FAMILIES
from checks.run import Report
from handbook import __version__
from handbook.problem import Message, Problem, Severity
from handbook.views.quality import Quality, RuleEntry, WaivedEntry


def text(report: Report, language: str = "en") -> str:
    """One line a problem, then one line that counts them."""
    lines = [problem.line(language) for problem in report.problems]
    errors, warnings, waived, count = len(report.errors), len(report.warnings), len(report.waived), len(report.rules)
    if language == "zh":
        end = f"{count} 条规则：{errors} 个错误，{warnings} 个警告，{waived} 个豁免"
        skipped = f"；有文件未能读取，{len(report.skipped)} 条规则未运行" if report.skipped else ""
    else:
        end = f"{count} rules: {errors} error{_s(errors)}, {warnings} warning{_s(warnings)}, {waived} waived"
        skipped = f"; {len(report.skipped)} rules did not run, since a file could not be read" if report.skipped else ""
    return "\n".join([*lines, end + skipped]) + "\n"


def as_json(report: Report, language: str = "en") -> str:
    """The problems with both messages, the waived ones with their reasons, and the counts."""
    return _dump(
        {
            "schema_version": 1,
            "problems": [_plain(p) for p in report.problems],
            "waived": [
                {**_plain(p), "reason": {"zh": w.reason.zh, "en": w.reason.en}, "until": w.until.isoformat()}
                for w, p in report.waived
            ],
            "rules": [{"code": r.code, "name": r.name, "severity": r.severity.value} for r in report.rules],
            "skipped": [r.code for r in report.skipped],
        }
    )


def github(report: Report, language: str = "en") -> str:
    """Workflow commands that GitHub prints beside the changed lines."""
    return "".join(
        f"::{p.severity.value} file={_property(p.place.file.as_posix())},line={p.place.line},col={p.place.column},title={p.code}::{_data(p.message[language])}\n"
        for p in report.problems
    )


def gitlab(report: Report, language: str = "en") -> str:
    """GitLab's Code Quality report, which it prints beside the changed lines of a merge request.

    The fingerprint of a finding comes from rule, file and words, not from the line, so that moving it makes it no new one.
    """
    seen: dict[str, int] = {}
    entries = []
    for p in report.problems:
        name = f"{p.code} {p.place.file.as_posix()} {p.message.zh}"
        seen[name] = seen.get(name, 0) + 1
        entries.append(
            {
                "description": f"{p.code} {p.message[language]}",
                "check_name": p.code,
                "fingerprint": hashlib.sha256(f"{name} {seen[name]}".encode()).hexdigest(),
                "severity": "major" if p.severity is Severity.ERROR else "minor",
                "location": {"path": p.place.file.as_posix(), "lines": {"begin": p.place.line}},
            }
        )
    return _dump(entries)


def sarif(report: Report, language: str = "en") -> str:
    """Static Analysis Results Interchange Format 2.1.0, which forges and editors import."""
    indexes = {rule.code: i for i, rule in enumerate(report.rules)}
    return _dump(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "handbook check",
                            "version": __version__,
                            "rules": [
                                {
                                    "id": r.code,
                                    "name": r.name,
                                    "shortDescription": {"text": r.doc.demand[language]},
                                    "fullDescription": {"text": r.doc.why[language]},
                                    "defaultConfiguration": {"level": r.severity.value},
                                }
                                for r in report.rules
                            ],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "results": [_result(p, indexes, language) for p in report.problems],
                }
            ],
        }
    )


FORMATS: dict[str, Callable[[Report, str], str]] = {
    "text": text,
    "json": as_json,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
}
"""The forms by the name the command line gives them."""


def quality(report: Report) -> Quality:
    """A report as the values the quality page prints."""
    return Quality(
        rules=tuple(
            RuleEntry(r.code, r.name, FAMILIES[r.family], r.severity, r.doc.demand, r.doc.why, r.doc.bad, r.doc.good)
            for r in report.rules
        ),
        problems=report.problems,
        waived=tuple(WaivedEntry(p, Message(w.reason.zh, w.reason.en), w.until.isoformat()) for w, p in report.waived),
    )


def _result(problem: Problem, indexes: dict[str, int], language: str) -> dict[str, Any]:
    return {
        "ruleId": problem.code,
        "ruleIndex": indexes[problem.code],
        "level": problem.severity.value,
        "message": {"text": problem.message[language]},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": problem.place.file.as_posix()},
                    "region": {"startLine": problem.place.line, "startColumn": problem.place.column},
                }
            }
        ],
    }


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": Severity(problem.severity).value,
        "file": problem.place.file.as_posix(),
        "line": problem.place.line,
        "column": problem.place.column,
        "message": {"zh": problem.message.zh, "en": problem.message.en},
    }


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _s(count: int) -> str:
    return "" if count == 1 else "s"
