"""Words that hold a place until somebody writes what belongs there."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|FIXME|XXX|N/A|lorem ipsum|translation (?:missing|pending)|untranslated)\b|待译|待补|未翻译|\?\?",
    re.IGNORECASE,
)
"""What betrays a text that is not written yet, in either language."""
