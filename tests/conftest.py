"""What the tests share: the real site built once, and the switch that accepts new golden files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

os.environ["SOURCE_DATE_EPOCH"] = (
    "1795478400"  # 2026-11-24: reviews of laws fall due by this day, whenever the tests run
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what the pages are now into tests/golden")


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real handbook, built strictly into a folder of its own."""
    folder = tmp_path_factory.mktemp("site") / "site"
    run = mkdocs("build", "--strict", "--site-dir", str(folder))
    assert run.returncode == 0, run.stdout
    return folder


def mkdocs(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs mkdocs as a user does and returns what it printed, both streams together."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
