"""The pipelines of the forges: their files are sound and safe, their scripts do by hand what they do there."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = [ROOT / ".ci" / name for name in ("run", "pull-request", "release")]
BIN = Path(sys.executable).parent


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(c) for c in command], cwd=ROOT, capture_output=True, text=True, check=False)


def _load(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.dependabot", [ROOT / ".github" / "dependabot.yml"]),
        ("vendor.github-issue-forms", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))),
        ("vendor.github-issue-config", [ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"]),
        ("vendor.gitlab-ci", [ROOT / ".gitlab-ci.yml"]),
    ],
)
def test_the_files_of_a_forge_fit_its_schema(schema: str, files: list[Path]) -> None:
    assert files
    result = _run(BIN / "check-jsonschema", "--builtin-schema", schema, *files)

    assert result.returncode == 0, result.stdout + result.stderr


def test_an_auditor_finds_nothing_an_attacker_could_use() -> None:
    result = _run(BIN / "zizmor", "--offline", "--no-progress", "--persona", "pedantic", ".github")

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_the_scripts_pass_the_linter_of_shell_scripts(file: Path) -> None:
    result = _run(BIN / "shellcheck", file)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(file: Path) -> None:
    uses = re.findall(r"uses: (\S+)(.*)", file.read_text(encoding="utf-8"))

    assert uses
    for action, comment in uses:
        assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), (action, comment)


def test_what_runs_a_pull_requests_code_holds_no_secret_and_may_write_nothing() -> None:
    for file in WORKFLOWS:
        workflow = _load(file)
        text = file.read_text(encoding="utf-8")
        assert "pull_request_target" not in text
        assert "secrets." not in text, file
        if "pull_request" in workflow["on"]:
            rights = [workflow["permissions"], *(job.get("permissions", {}) for job in workflow["jobs"].values())]
            assert all(right == "read" for granted in rights for right in granted.values()), file
            assert "github.token" not in text, file


def test_what_may_comment_runs_nothing_of_the_pull_request() -> None:
    workflow = _load(ROOT / ".github" / "workflows" / "comment.yml")
    (job,) = workflow["jobs"].values()

    checkouts = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert job["permissions"]["pull-requests"] == "write"
    assert len(checkouts) == 1
    assert "ref" not in checkouts[0]["with"]
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/comment from-the-pull-request/comment.md"]
    check = _load(ROOT / ".github" / "workflows" / "check.yml")
    assert workflow["on"]["workflow_run"]["workflows"] == [check["name"]]


def test_every_script_a_pipeline_calls_is_there_and_can_be_run() -> None:
    text = "".join(
        f.read_text(encoding="utf-8") for f in [*WORKFLOWS, ROOT / ".gitlab-ci.yml", ROOT / ".ci" / "README.md"]
    )
    called = set(re.findall(r"(?<![\w/:])\.ci/[\w-]+(?![\w.-])", text))

    assert {".ci/run", ".ci/pull-request", ".ci/release", ".ci/comment"} <= called
    for name in called:
        assert os.access(ROOT / name, os.X_OK), name


def test_findings_of_the_formatter_are_recognized_as_places() -> None:
    matcher = json.loads((ROOT / ".github" / "problem-matcher.json").read_text(encoding="utf-8"))
    pattern = matcher["problemMatcher"][0]["pattern"][0]

    found = re.match(pattern["regexp"], "regimes/07-makers.yml:12:5: not in canonical form")
    assert found
    assert [found[pattern[k]] for k in ("file", "line", "column", "message")] == [
        "regimes/07-makers.yml",
        "12",
        "5",
        "not in canonical form",
    ]


@pytest.mark.parametrize(
    "hook", _load(ROOT / ".pre-commit-config.yaml")["repos"][0]["hooks"], ids=lambda hook: hook["id"]
)
def test_a_hook_calls_a_command_there_is(hook: dict[str, Any]) -> None:
    command = hook["entry"].split()

    assert hook["language"] == "system", "nothing may be downloaded"
    assert _run(BIN / "handbook", *command[1:], "--help").returncode == 0


def test_pre_commit_accepts_the_configuration() -> None:
    result = _run(BIN / "pre-commit", "validate-config", ".pre-commit-config.yaml")

    assert result.returncode == 0, result.stdout + result.stderr


# ---- The scripts, by hand and without a forge


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The project in a repository of its own, with an environment that is ready and the files of earlier builds."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in ("regimes", "checks", "docs", ".ci"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "Makefile", "pyproject.toml", ".gitignore"):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(BIN)
    (folder / ".venv" / "site.stamp").touch()
    if (ROOT / ".cache").is_dir():
        (folder / ".cache").symlink_to(ROOT / ".cache")
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _commit(folder, "As issued")
    return folder


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=maintainer", "-c", "user.email=m@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def _commit(folder: Path, message: str) -> None:
    (folder / ".git" / "info" / "exclude").write_text(".venv\n.cache\n", encoding="utf-8")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", message)


def _edit(folder: Path, pattern: str, old: str, new: str) -> None:
    (file,) = (folder / "regimes").glob(pattern)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def _script(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("HANDBOOK_", "GITHUB_"))}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_pull_request_that_spoils_a_fine_is_told_so_on_its_line(clone: Path) -> None:
    _git(clone, "checkout", "--quiet", "-b", "fine")
    _edit(clone, "07-*.yml", "yuan: {max: 30000}", "yuan: {max: 80000}")
    _edit(clone, "07-*.yml", "verified: {on:", "verified:   {on:")
    _commit(clone, "A fine")

    result = _script(clone, ".ci/pull-request", "main", "out", "github")

    comment = (clone / "out" / "comment.md").read_text(encoding="utf-8")
    assert result.returncode == 1, result.stdout + result.stderr
    assert re.search(
        r"^::error file=regimes/07-[\w-]+\.yml,line=\d+,col=\d+,title=HB305::", result.stdout, re.MULTILINE
    )
    assert "80,000" in comment
    assert "HB305" in comment
    assert comment.count("❌") == 3, "formatting, check and preview have failed"
    assert json.loads((clone / "out" / "findings.json").read_text(encoding="utf-8"))["problems"]


def test_a_good_pull_request_gets_a_comparison_and_a_preview_with_what_has_changed(clone: Path) -> None:
    _git(clone, "checkout", "--quiet", "-b", "keyword")
    _edit(clone, "07-*.yml", "zh: [生产厂家,", "zh: [制造厂家,")
    _commit(clone, "A keyword")

    result = _script(clone, ".ci/pull-request", "main", "out")

    comment = (clone / "out" / "comment.md").read_text(encoding="utf-8")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "制造厂家" in comment
    assert "❌" not in comment
    assert (clone / "out" / "site" / "index.html").is_file()
    assert (clone / "out" / "site" / "changes" / "index.html").is_file()
    assert "制造厂家" in (clone / "out" / "site" / "data" / "changes.json").read_text(encoding="utf-8")
    assert _git(clone, "status", "--porcelain", "--", "regimes", "docs") == "", "the script leaves the work tree alone"


def test_a_base_that_is_not_there_is_said(clone: Path) -> None:
    result = _script(clone, ".ci/pull-request", "origin/nowhere")

    assert result.returncode == 2
    assert "origin/nowhere" in result.stderr


def test_a_release_holds_everything_with_checksums_and_says_what_has_changed(clone: Path) -> None:
    _git(clone, "tag", "data-2026-01-01")
    _edit(clone, "07-*.yml", "zh: [生产厂家,", "zh: [制造厂家,")
    _commit(clone, "A keyword")
    day = _git(clone, "log", "-1", "--format=%cs").strip()
    _git(clone, "tag", f"data-{day}")
    _git(clone, "commit", "--quiet", "--allow-empty", "--message", "Nothing")
    _git(clone, "tag", "--delete", f"data-{day}")
    _git(clone, "tag", f"data-{day}", "data-2026-01-01")

    result = _script(clone, ".ci/release", "out")

    out = clone / "out"
    assert result.returncode == 0, result.stdout + result.stderr
    assert (out / "TAG").read_text(encoding="utf-8").strip() == f"data-{day}.2", (
        "a second release of a day has a name of its own"
    )
    assert "制造厂家" in (out / "NOTES.md").read_text(encoding="utf-8")
    listed = dict(reversed(line.split("  ")) for line in (out / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    there = {f.name for f in out.iterdir()} - {"TAG", "NOTES.md", "SHA256SUMS"}
    assert set(listed) == there
    assert {hashlib.sha256((out / name).read_bytes()).hexdigest() for name in there} == set(listed.values())
    assert {
        "handbook-site.zip",
        "handbook-zh.pdf",
        "handbook-en.pdf",
        "checklists.zip",
        "penalties.json",
        "handbook.xlsx",
    } <= there
    assert zipfile.ZipFile(out / "handbook-site.zip").testzip() is None
    assert zipfile.ZipFile(out / "checklists.zip").testzip() is None


def test_a_release_of_what_is_not_committed_or_not_right_is_refused(clone: Path) -> None:
    (clone / "out").mkdir()
    (clone / "out" / "last").write_text("kept", encoding="utf-8")
    _edit(clone, "07-*.yml", "yuan: {max: 30000}", "yuan: {max: 80000}")
    uncommitted = _script(clone, ".ci/release", "out")
    _commit(clone, "A wrong fine")
    wrong = _script(clone, ".ci/release", "out")

    assert uncommitted.returncode == wrong.returncode == 1
    assert "not committed" in uncommitted.stderr
    assert "HB305" in wrong.stdout
    assert (clone / "out" / "last").read_text(encoding="utf-8") == "kept"


# ---- The comment, against a server that speaks as a forge does


@dataclass
class Forge:
    """A server on this machine with pull requests and their comments, and everything it was asked."""

    address: str
    comments: list[dict[str, Any]] = field(default_factory=list)
    pulls: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def forge() -> Iterator[Forge]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self, value: Any, status: int = 200) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _body(self) -> dict[str, Any]:
            length = int(self.headers.get("Content-Length") or 0)
            found: dict[str, Any] = json.loads(self.rfile.read(length)) if length else {}
            return found

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            served.asked.append(("GET", self.path, dict(self.headers)))
            if re.search(r"/pulls$", url.path):
                head = parse_qs(url.query)["head"][0]
                self._answer([p for p in served.pulls if p["head"]["label"] == head])
                return
            page = int(parse_qs(url.query)["page"][0])
            self._answer(served.comments[(page - 1) * 100 : page * 100])

        def do_POST(self) -> None:
            served.asked.append(("POST", self.path, dict(self.headers)))
            comment = {"id": len(served.comments) + 1, "user": {"type": "Bot"}, **self._body()}
            served.comments.append(comment)
            self._answer(comment, 201)

        def do_PATCH(self) -> None:
            served.asked.append(("PATCH", self.path, dict(self.headers)))
            wanted = int(self.path.rsplit("/", 1)[1])
            comment = next((c for c in served.comments if c["id"] == wanted), None)
            if comment is None:
                self._answer({"message": "Not Found"}, 404)
                return
            comment.update(self._body())
            self._answer(comment)

        do_PUT = do_PATCH  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Forge(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


def _comment(forge: Forge, file: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "API": forge.address,
        "REPOSITORY": "bureau/handbook",
        "TOKEN": "t0ken",
        "RUN": "https://forge.example/run/1",
        **more,
    }
    return subprocess.run(
        [sys.executable, ROOT / ".ci" / "comment", file], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("kind", ["github", "gitlab", "gitee"])
def test_the_comment_is_added_once_and_then_renewed(forge: Forge, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "comment.md"
    forge.comments += [{"id": n, "user": {"type": "User"}, "body": "words"} for n in range(1, 131)]
    for text in ("first", "second"):
        file.write_text(text, encoding="utf-8")
        result = _comment(forge, file, FORGE=kind, PULL="12")
        assert result.returncode == 0, result.stderr

    ours = [c for c in forge.comments if c["body"] != "words"]
    assert len(ours) == 1
    assert "second" in ours[0]["body"]
    assert "first" not in ours[0]["body"]
    assert "https://forge.example/run/1" in ours[0]["body"]
    assert all("t0ken" not in path for _, path, _ in forge.asked), "a token in an address ends up in logs"
    assert all(any("t0ken" in value for value in headers.values()) for _, _, headers in forge.asked)


def test_a_reader_who_copies_the_mark_does_not_get_his_comment_overwritten(forge: Forge, tmp_path: Path) -> None:
    file = tmp_path / "comment.md"
    file.write_text("ours", encoding="utf-8")
    _comment(forge, file, PULL="3")
    mark = forge.comments[0]["body"].splitlines()[0]
    forge.comments.insert(0, {"id": 99, "user": {"type": "User"}, "body": f"{mark} theirs"})
    _comment(forge, file, PULL="3")

    assert forge.comments[0]["body"] == f"{mark} theirs"
    assert len(forge.comments) == 2


def test_a_pull_request_is_found_by_where_it_comes_from_and_only_at_its_commit(forge: Forge, tmp_path: Path) -> None:
    file = tmp_path / "comment.md"
    file.write_text("text", encoding="utf-8")
    forge.pulls = [
        {"number": 7, "head": {"label": "fork:fine", "sha": "a" * 40}},
        {"number": 8, "head": {"label": "other:fine", "sha": "b" * 40}},
    ]

    moved = _comment(forge, file, HEAD="fork:fine", SHA="b" * 40)
    assert (moved.returncode, forge.comments) == (0, [])
    _comment(forge, file, HEAD="fork:fine", SHA="a" * 40)
    assert [path for method, path, _ in forge.asked if method == "POST"] == ["/repos/bureau/handbook/issues/7/comments"]


def test_a_hostile_text_notifies_nobody_and_is_cut(forge: Forge, tmp_path: Path) -> None:
    file = tmp_path / "comment.md"
    file.write_bytes(b"@everyone \xff look\n" + "很长\n".encode() * 100_000)

    assert _comment(forge, file, PULL="5").returncode == 0
    body = forge.comments[0]["body"]
    assert "@everyone" not in body
    assert len(body) < 65_000
    assert "已截断" in body


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"FORGE": "sourcehut", "PULL": "1"}, "FORGE"),
        ({"TOKEN": "", "PULL": "1"}, "TOKEN"),
        ({"PULL": ""}, "HEAD"),
        ({"API": "http://127.0.0.1:9", "PULL": "1"}, "cannot be reached"),
        ({"PULL": "1; rm -rf /"}, "cannot be reached or understood"),
    ],
)
def test_what_is_missing_or_fails_is_said_in_one_line(
    forge: Forge, tmp_path: Path, more: dict[str, str], words: str
) -> None:
    file = tmp_path / "comment.md"
    file.write_text("text", encoding="utf-8")

    result = _comment(forge, file, **more)

    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_said(forge: Forge, tmp_path: Path) -> None:
    result = _comment(forge, tmp_path / "none.md", PULL="1")

    assert result.returncode == 2
    assert "none.md" in result.stderr
