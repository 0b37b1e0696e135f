"""The template environment: everything escaped, nothing undefined."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment of ``templates/``: autoescape on, StrictUndefined, no white space left by blocks."""
    return Environment(
        loader=PackageLoader("handbook"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(template: str, **values: object) -> str:
    """A template of ``templates/`` filled in. Data reaches HTML only through autoescape."""
    return environment().get_template(template).render(**values)
