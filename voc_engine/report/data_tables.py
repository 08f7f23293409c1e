"""The result tables that the runner writes beside every report, in words."""

from __future__ import annotations

from voc_engine.records import (
    Disclosure,
    Document,
    EmpathyEntry,
    Insight,
    Membership,
    Mention,
    Persona,
    Record,
    Segment,
    Topic,
    TopicAssignment,
)
from voc_engine.report.contract import Study

TABLES = (
    ("documents", "Every text as stored, with its source, person, date and attributes."),
    ("segments", "Sentences and clauses with their exact place in a document."),
    ("topics", "Topics with their keywords and how many people speak of them."),
    ("topic_assignments", "Which sentence belongs to which topic; empty where it fits none."),
    ("mentions", "Every quote with its kind, mood, severity, reasons and insight."),
    ("disclosures", "What people tell of themselves and of their decision, each with its quote."),
    ("insights", "Merged statements with people counted, intervals and priority."),
    ("personas", "The groups, with their size and stability."),
    ("memberships", "Which person belongs to which persona; empty where to none."),
    ("empathy", "Every line of the empathy maps with its evidence."),
)
_KINDS: tuple[type[Record], ...] = (
    Document,
    Segment,
    Topic,
    TopicAssignment,
    Mention,
    Disclosure,
    Insight,
    Persona,
    Membership,
    EmpathyEntry,
)


def table_rows(study: Study, name: str) -> int:
    """How many rows the table of that name has."""
    return {kind.table: len(study.tables.of(kind)) for kind in _KINDS}[name]
