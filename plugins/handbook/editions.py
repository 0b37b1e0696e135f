"""The editions after the first, each built by MkDocs in a process of its own beside the first and joined at the end."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from handbook.edition import Edition

VARIABLE = "HANDBOOK_EDITION"
"""The environment variable that tells a build which edition it makes; unset means the first."""

DATA = "data"
"""The folder of data files, published once at the root whichever edition's build writes them."""

_log = logging.getLogger("mkdocs.plugins.handbook")


@dataclass(frozen=True, slots=True)
class RunningBuild:
    """The build of one edition going on in another process, into ``folder``, its output into ``output``."""

    edition: Edition
    process: subprocess.Popen[bytes]
    folder: Path
    output: IO[bytes]


def start(config: MkDocsConfig, edition: Edition) -> RunningBuild:
    """Starts the build of an edition with the same configuration, into a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix=f"handbook-{edition.language}-"))
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(folder)]
    command += ["--config-file", config.config_file_path, *(["--strict"] if config.strict else [])]
    output = tempfile.TemporaryFile()  # noqa: SIM115  (closed by join or stop)
    environment = {**os.environ, VARIABLE: edition.language, "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
    )
    return RunningBuild(edition, process, folder, output)


def join(build: RunningBuild, site: Path) -> None:
    """Waits for an edition and moves it into its place below ``site``. Its warnings become ours; its failure is ours too.

    Raises PluginError where the build failed.
    """
    status = build.process.wait()
    build.output.seek(0)
    lines = build.output.read().decode("utf-8", errors="replace").splitlines()
    build.output.close()
    for line in lines:
        if line.startswith("WARNING"):
            _log.warning("%s: %s", build.edition.language, line.removeprefix("WARNING").lstrip(" -"))
    if status != 0:
        shutil.rmtree(build.folder, ignore_errors=True)
        raise PluginError(f"the {build.edition.language} edition could not be built:\n" + "\n".join(lines))
    if (build.folder / DATA).exists():
        shutil.rmtree(site / DATA, ignore_errors=True)
        shutil.move(build.folder / DATA, site / DATA)
    target = site / build.edition.prefix.rstrip("/")
    shutil.rmtree(target, ignore_errors=True)
    build.folder.chmod(0o755)  # a temporary folder is private; a web server has to read the site
    shutil.move(build.folder, target)


def stop(build: RunningBuild) -> None:
    """Ends a build that is no longer wanted and removes what it made."""
    build.process.kill()
    build.process.wait()
    build.output.close()
    shutil.rmtree(build.folder, ignore_errors=True)
