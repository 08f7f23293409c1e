"""Texts: the documents and sentences in which people's decisions place words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from voc_engine.records.batch import Batch
from voc_engine.records.code import CodedWords
from voc_engine.records.document import Document
from voc_engine.records.passage import Passage, stands_at
from voc_engine.records.segment import Segment
from voc_engine.records.utterance import EVIDENCE_ROLES


@dataclass(frozen=True)
class Texts:
    """The documents and sentences in which decisions place words."""

    documents: Mapping[str, Document]
    segments: Sequence[Segment] = field(default_factory=tuple)

    @classmethod
    def of(cls, batch: Batch) -> Texts:
        """Those of a batch."""
        return cls({one.document_id: one for one in batch.of(Document)}, batch.of(Segment))

    @cached_property
    def _in(self) -> dict[str, list[Segment]]:
        by_document: dict[str, list[Segment]] = defaultdict(list)
        for segment in self.segments:
            by_document[segment.document_id].append(segment)
        return by_document

    def over(self, document_id: str, start: int, end: int) -> list[Segment]:
        """The sentences that a span touches, in the order of the text."""
        touched = (one for one in self._in.get(document_id, ()) if one.start < end and one.end > start)
        return sorted(touched, key=lambda one: (one.start, one.index))

    def carrier(self, document_id: str, start: int, end: int) -> Segment | None:
        """The sentence in which a span begins; None unless all of it is one person's turn and may be evidence."""
        document = self.documents.get(document_id)
        if document is None or end > len(document.text) or not document.text[start:end].strip():
            return None
        over = self.over(document_id, start, end)
        sound = over and over[0].start <= start and end <= over[-1].end and len({one.utterance_id for one in over}) == 1
        return over[0] if sound and over[0].role in EVIDENCE_ROLES else None

    def locate(self, document_id: str, passage: Passage | CodedWords) -> tuple[int, int, Segment] | None:
        """(start, end, sentence) of marked words; None where they are gone or are no evidence."""
        document = self.documents.get(document_id)
        span = stands_at(document.text, passage.start, passage.end, passage.words) if document else None
        carrier = self.carrier(document_id, *span) if span else None
        return (*span, carrier) if span and carrier else None
