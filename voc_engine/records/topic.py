"""Topic and TopicAssignment: what people talk about, and which segment belongs where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record


@dataclass(frozen=True, slots=True)
class Topic(Record):
    """``label`` is a phrase that stands verbatim in at least one of the topic's segments.

    ``stability`` is the mean bootstrap Jaccard of the topic in [0, 1] (Hennig), None where it was not measured.
    """

    table: ClassVar[str] = "topics"

    topic_id: str
    label: str
    keywords: tuple[str, ...]
    n_segments: int
    n_people: int
    representative_segment_ids: tuple[str, ...] = ()
    stability: float | None = None


@dataclass(frozen=True, slots=True)
class TopicAssignment(Record):
    """``topic_id`` None means not assigned."""

    table: ClassVar[str] = "topic_assignments"

    segment_id: str
    topic_id: str | None
    probability: float
