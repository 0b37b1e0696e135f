"""The handbook: supervision regimes as values, pages as values, MkDocs as an adapter at the end."""

__version__ = "0.1.0"
