"""The model: pydantic records, the only schema of the data."""

from handbook.model.annotations import (
    Erratum,
    LegalNote,
    LimitKind,
    Measure,
    NoChecks,
    Penalty,
    Range,
    Staffing,
    Threshold,
    TimeLimit,
    TimeUnit,
)
from handbook.model.book import Book, Located, citation, clauses_of, section_citation
from handbook.model.record import Bilingual, Record
from handbook.model.regime import Clause, Keywords, Regime, Section, UnstatedAspect, Verified
from handbook.model.registers import (
    Glossary,
    Handbook,
    Law,
    Laws,
    Level,
    MeasureClass,
    SourceEdition,
    Term,
    Vocabulary,
)

__all__ = [
    "Bilingual", "Book", "Clause", "Erratum", "Glossary", "Handbook", "Keywords", "Law", "Laws", "LegalNote",
    "Level", "LimitKind", "Located", "Measure", "MeasureClass", "NoChecks", "Penalty", "Range", "Record", "Regime",
    "Section", "SourceEdition", "Staffing", "Term", "Threshold", "TimeLimit", "TimeUnit", "UnstatedAspect",
    "Verified", "Vocabulary", "citation", "clauses_of", "section_citation",
]
