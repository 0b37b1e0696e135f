"""The checks in a MkDocs build: errors stop it, warnings are MkDocs warnings, and the quality page gets the report."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from checks.report import quality
from checks.run import run
from handbook.editions import VARIABLE
from handbook.plugin import HandbookPlugin
from handbook.problem import Severity

_log = logging.getLogger("mkdocs.plugins.checks")


class ChecksConfig(Config):
    """The options of the plugin in ``mkdocs.yml``."""

    waivers = option.Type(str, default="checks/waivers.yml")
    """The file of exceptions, relative to the configuration file."""


class ChecksPlugin(BasePlugin[ChecksConfig]):
    """Runs every rule before the build; needs the handbook plugin."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        handbook = config.plugins.get("handbook")
        if not isinstance(handbook, HandbookPlugin):
            raise PluginError("the checks plugin needs the handbook plugin; add it to plugins in mkdocs.yml")
        root = Path(config.config_file_path).parent
        report = run(handbook.reading, root / self.config.waivers, shown_waivers=Path(self.config.waivers))
        handbook.quality = quality(report)
        if os.environ.get(VARIABLE):
            return  # the build of the first edition has reported the same already
        for problem in report.problems:
            level = logging.ERROR if problem.severity is Severity.ERROR else logging.WARNING
            _log.log(level, "%s", problem.line())
        if report.errors:
            raise PluginError(f"{len(report.errors)} error(s) in the data; the last site is left as it was")
