"""The nouns of the engine, one file each: frozen records that stages take in and give out."""

from voc_engine.records.batch import Batch, Vectors
from voc_engine.records.counted import Answer, CountedLine, Note, Period
from voc_engine.records.decision import BARE_ACTIONS, DECISION_ACTIONS, Decision, end_of_merges
from voc_engine.records.document import DOCUMENT_KINDS, QUOTABLE, Document, Skipped
from voc_engine.records.empathy import EMPATHY_QUADRANTS, EmpathyEntry
from voc_engine.records.given import Copies, Given
from voc_engine.records.insight import Insight, InsightMember
from voc_engine.records.language_names import LANGUAGE_NAMES, language_code, language_name
from voc_engine.records.mention import (
    EMOTIONS,
    HOLDERS,
    MENTION_KINDS,
    OBJECTION_TYPES,
    QUADRANTS,
    SENTIMENTS,
    SEVERITIES,
    WHATS,
    Mention,
)
from voc_engine.records.persona import Membership, Persona
from voc_engine.records.record import Part, Record, field_types, stable_hash
from voc_engine.records.segment import Segment
from voc_engine.records.topic import Topic, TopicAssignment
from voc_engine.records.utterance import EVIDENCE_ROLES, ROLES, Utterance

__all__ = [
    "BARE_ACTIONS",
    "DECISION_ACTIONS",
    "DOCUMENT_KINDS",
    "EMOTIONS",
    "EMPATHY_QUADRANTS",
    "EVIDENCE_ROLES",
    "HOLDERS",
    "LANGUAGE_NAMES",
    "MENTION_KINDS",
    "OBJECTION_TYPES",
    "QUADRANTS",
    "QUOTABLE",
    "ROLES",
    "SENTIMENTS",
    "SEVERITIES",
    "WHATS",
    "Answer",
    "Batch",
    "Copies",
    "CountedLine",
    "Decision",
    "Document",
    "EmpathyEntry",
    "Given",
    "Insight",
    "InsightMember",
    "Membership",
    "Mention",
    "Note",
    "Part",
    "Period",
    "Persona",
    "Record",
    "Segment",
    "Skipped",
    "Topic",
    "TopicAssignment",
    "Utterance",
    "Vectors",
    "end_of_merges",
    "field_types",
    "language_code",
    "language_name",
    "stable_hash",
]
