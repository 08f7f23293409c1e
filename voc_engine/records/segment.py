"""Segment: a sentence or clause with its exact place in its document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record


@dataclass(frozen=True, slots=True)
class Segment(Record):
    """``document.text[start:end] == text``. ``text_key`` joins to Vectors. ``question`` is what it replies to.

    ``time_ms`` is the recording time at which the segment begins, where the source gives times. ``quotable`` is
    its utterance's.
    """

    table: ClassVar[str] = "segments"

    segment_id: str
    document_id: str
    utterance_id: str
    index: int
    start: int
    end: int
    text: str
    text_key: str
    person_id: str
    role: str
    question: str | None = None
    time_ms: int | None = None
    quotable: str = "external"
