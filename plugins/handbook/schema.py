"""JSON Schemas of the files in regimes/, generated from the model, for editors to complete and validate with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from handbook.model import Book, Glossary, Handbook, Laws, Published, Record, Redirects, Regime, Vocabulary

FORMS: dict[str, type[Record]] = {
    "regime": Regime,
    "handbook": Handbook,
    "vocabulary": Vocabulary,
    "laws": Laws,
    "glossary": Glossary,
    "published": Published,
    "redirects": Redirects,
}
"""The schemas by name; the file is ``<name>.schema.json``."""


def schema_of(form: type[Record]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one form, keys as they are written in the files."""
    found = form.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def schema_text(form: type[Record]) -> str:
    """The schema as it is committed: two spaces, Chinese as it is, a line break at the end."""
    return json.dumps(schema_of(form), ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Writes every schema into ``folder`` and returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, form in FORMS.items():
        file = folder / f"{name}.schema.json"
        file.write_text(schema_text(form), encoding="utf-8", newline="\n")
        files.append(file)
    return tuple(files)


def stale_schemas(book: Book) -> tuple[str, ...]:
    """The schemas beside a book that are not what ``handbook schema`` would write now; none where it keeps no schemas."""
    folder = book.folder / "_schema"
    if not folder.is_dir():
        return ()
    return tuple(
        f"{name}.schema.json"
        for name, form in FORMS.items()
        if (folder / f"{name}.schema.json").exists() and _read(folder / f"{name}.schema.json") != schema_text(form)
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
