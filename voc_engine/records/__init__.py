"""The nouns of the engine, one file each: frozen records that stages take in and give out."""

from voc_engine.records.batch import Batch, Vectors
from voc_engine.records.counted import (
    ANSWER_KINDS,
    Answer,
    CountedLine,
    Driver,
    KindCount,
    Note,
    Period,
    Shift,
    SourcePeriod,
    TypedAnswer,
)
from voc_engine.records.decision import (
    BARE_ACTIONS,
    DECISION_ACTIONS,
    MANY_ACTIONS,
    NOTED_ACTIONS,
    NOWHERE,
    Decision,
    Grouping,
    end_of_merges,
    in_force,
    regrouped,
    said_of,
)
from voc_engine.records.disclosure import CHOICE_FIELDS, DISCLOSURES, JOURNEY_FIELDS, SELF_FIELDS, Disclosure
from voc_engine.records.document import DOCUMENT_KINDS, QUOTABLE, Document, Skipped
from voc_engine.records.empathy import EMPATHY_QUADRANTS, EmpathyEntry
from voc_engine.records.given import BOILERPLATE, Copies, Given
from voc_engine.records.guide import GuideCell
from voc_engine.records.insight import Insight, InsightMember
from voc_engine.records.language_names import LANGUAGE_NAMES, language_code, language_name
from voc_engine.records.mention import (
    EMOTIONS,
    HOLDERS,
    KIND_DEFINITIONS,
    MENTION_KINDS,
    OBJECTION_TYPES,
    QUADRANTS,
    SENTIMENTS,
    SEVERITIES,
    WHATS,
    Mention,
    kind_counts,
)
from voc_engine.records.passage import Passage, bounds_of, fault_of, move_of
from voc_engine.records.persona import Membership, Persona
from voc_engine.records.question import ASSISTED, Assisted, Question, answer_in, quoted
from voc_engine.records.record import Part, Record, field_types, stable_hash
from voc_engine.records.segment import Segment
from voc_engine.records.topic import Topic, TopicAssignment
from voc_engine.records.tree import ThemeNode, TopicNode
from voc_engine.records.utterance import EMBEDDED_ROLES, EVIDENCE_ROLES, ROLES, Utterance

__all__ = [
    "ANSWER_KINDS",
    "ASSISTED",
    "BARE_ACTIONS",
    "BOILERPLATE",
    "CHOICE_FIELDS",
    "DECISION_ACTIONS",
    "DISCLOSURES",
    "DOCUMENT_KINDS",
    "EMBEDDED_ROLES",
    "EMOTIONS",
    "EMPATHY_QUADRANTS",
    "EVIDENCE_ROLES",
    "HOLDERS",
    "JOURNEY_FIELDS",
    "KIND_DEFINITIONS",
    "LANGUAGE_NAMES",
    "MANY_ACTIONS",
    "MENTION_KINDS",
    "NOTED_ACTIONS",
    "NOWHERE",
    "OBJECTION_TYPES",
    "QUADRANTS",
    "QUOTABLE",
    "ROLES",
    "SELF_FIELDS",
    "SENTIMENTS",
    "SEVERITIES",
    "WHATS",
    "Answer",
    "Assisted",
    "Batch",
    "Copies",
    "CountedLine",
    "Decision",
    "Disclosure",
    "Document",
    "Driver",
    "EmpathyEntry",
    "Given",
    "Grouping",
    "GuideCell",
    "Insight",
    "InsightMember",
    "KindCount",
    "Membership",
    "Mention",
    "Note",
    "Part",
    "Passage",
    "Period",
    "Persona",
    "Question",
    "Record",
    "Segment",
    "Shift",
    "Skipped",
    "SourcePeriod",
    "ThemeNode",
    "Topic",
    "TopicAssignment",
    "TopicNode",
    "TypedAnswer",
    "Utterance",
    "Vectors",
    "answer_in",
    "bounds_of",
    "end_of_merges",
    "fault_of",
    "field_types",
    "in_force",
    "kind_counts",
    "language_code",
    "language_name",
    "move_of",
    "quoted",
    "regrouped",
    "said_of",
    "stable_hash",
]
