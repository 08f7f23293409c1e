"""The result tables that the runner writes beside every report, in words."""

from __future__ import annotations

from voc_engine.records import (
    Batch,
    Code,
    Coding,
    Disclosure,
    Document,
    EmpathyEntry,
    Estimate,
    GuideCell,
    Insight,
    Membership,
    Mention,
    Persona,
    Record,
    Sampling,
    Segment,
    ThemeNode,
    Topic,
    TopicAssignment,
    TopicNode,
)
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.guide_grid import guide_rows
from voc_engine.report.tree_tables import theme_nodes, topic_nodes

TABLES = (
    ("documents", "Every text as stored, with its source, person, date and attributes."),
    ("segments", "Sentences and clauses with their exact place in a document."),
    ("topics", "Topics with their keywords and how many people speak of them."),
    ("topic_assignments", "Which sentence belongs to which topic; empty where it fits none."),
    ("mentions", "Every quote with its kind, mood, severity, reasons and insight."),
    ("disclosures", "What people tell of themselves and of their decision, each with its quote."),
    ("themes", "What findings are about: the upper level of the tree, with definition and people counted."),
    ("insights", "Merged statements with people counted, intervals and priority."),
    ("codes", "Codes of the researcher's own, with people counted and what was corrected."),
    ("codings", "Which passage is of which of these codes, and who says so."),
    ("personas", "The groups, with their size and stability."),
    ("memberships", "Which person belongs to which persona; empty where to none."),
    ("empathy", "Every line of the empathy maps with its evidence."),
    ("guide", "Who says what in answer to which question of the guide: question, theme and person."),
)
_SAMPLED = (
    ("estimates", "About how many of all people say each finding, theme and kind, with intervals."),
    ("sampling", "How much of the study was read in full."),
)
_KINDS: tuple[type[Record], ...] = (
    Document,
    Segment,
    Topic,
    TopicAssignment,
    Mention,
    Disclosure,
    Insight,
    Code,
    Coding,
    Persona,
    Membership,
    EmpathyEntry,
    Estimate,
    Sampling,
)


# Tables that no stage writes, or not like that: they follow from what the stages wrote.
DERIVED: tuple[type[Record], ...] = (GuideCell, ThemeNode, TopicNode)


def tables_told(study: Study) -> tuple[tuple[str, str], ...]:
    """Name of each result table of a run, and what it holds."""
    return (*TABLES, *(_SAMPLED if study.tables.of(Sampling) else ()))


def derived_rows(study: Study) -> Batch:
    """The rows of these tables."""
    evidence = Evidence(study)
    return Batch.make(
        (GuideCell, guide_rows(evidence)), (ThemeNode, theme_nodes(evidence)), (TopicNode, topic_nodes(evidence))
    )


def table_rows(study: Study, name: str) -> int:
    """How many rows the table of that name has."""
    if name in {kind.table for kind in DERIVED}:
        derived = derived_rows(study)
        return {kind.table: len(derived.of(kind)) for kind in DERIVED}[name]
    return {kind.table: len(study.tables.of(kind)) for kind in _KINDS}[name]
