"""People's decisions on mentions: what is none, what it is, where it begins and ends, and what the machine missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from voc_engine.records import (
    EVIDENCE_ROLES,
    WHATS,
    Batch,
    Decision,
    Disclosure,
    Document,
    Mention,
    Passage,
    Segment,
    bounds_of,
    said_of,
)

BY_HAND = "marked by a person"
RELABELLED = "re-labelled by a person"
# The middle of each band: what a person called low has to weigh less than what a person called high.
_SCORE = {"low": 0.15, "medium": 0.5, "high": 0.85}
_MOOD = {"negative": -0.5, "neutral": 0.0, "positive": 0.5}
_STATED = ("says", "does")


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
        found: dict[str, list[Segment]] = defaultdict(list)
        for one in self.segments:
            found[one.document_id].append(one)
        return found

    def carrier(self, document_id: str, start: int, end: int) -> Segment | None:
        """The sentence in which a span begins; None unless all of it is one person's turn and may be evidence."""
        document = self.documents.get(document_id)
        if document is None or end > len(document.text) or not document.text[start:end].strip():
            return None
        over = [one for one in self._in.get(document_id, ()) if one.start < end and one.end > start]
        over.sort(key=lambda one: (one.start, one.index))
        sound = over and over[0].start <= start and end <= over[-1].end and len({one.utterance_id for one in over}) == 1
        return over[0] if sound and over[0].role in EVIDENCE_ROLES else None

    def place(self, document_id: str, passage: Passage) -> tuple[int, int, Segment] | None:
        """(start, end, sentence) of a passage; None where its words are gone or are no evidence."""
        document = self.documents.get(document_id)
        span = passage.place(document.text) if document else None
        carrier = self.carrier(document_id, *span) if span else None
        return (*span, carrier) if span and carrier else None


def replayed(batch: Batch, options: object, decisions: Sequence[Decision]) -> Batch:
    """The mentions as decided, the disclosures as they are.

    A mention that was both rejected and re-labelled is rejected: one cannot undo the other. What is
    added stands behind what was found. A place that does not hold any longer changes nothing; ``fits`` tells it.
    """
    texts = Texts.of(batch)
    kept = decided_mentions(batch.of(Mention), decisions, texts)
    return Batch.make((Mention, kept), (Disclosure, batch.of(Disclosure)))


def decided_mentions(mentions: Iterable[Mention], decisions: Sequence[Decision], texts: Texts) -> list[Mention]:
    """The mentions, and those that people added, with all that was decided on them."""
    said = said_of(decisions, "mention")
    every = {one.mention_id: one for one in mentions}
    for one in decisions:
        made = added(one, texts) if one.action == "add" else None
        if made is not None:
            every.setdefault(made.mention_id, made)
    kept = (as_decided(one, said[key], texts) if key in said else one for key, one in every.items())
    return [one for one in kept if one is not None]


def fits(one: Decision, texts: Texts, mentions: Mapping[str, Mention]) -> bool:
    """Whether the place that a decision names is there; True for all that name none."""
    if one.action == "add":
        passage = Passage.read(one.value)
        return passage is not None and texts.place(one.target_id, passage) is not None
    if one.action == "bounds":
        span, mention = bounds_of(one.value), mentions.get(one.target_id)
        # An added mention's bounds are looked at when it is made.
        return span is not None and (mention is None or texts.carrier(mention.document_id, *span) is not None)
    return True


def added(one: Decision, texts: Texts) -> Mention | None:
    """The mention that a person marked; None where its words are gone, or are those of an interviewer or agent."""
    passage = Passage.read(one.value)
    placed = texts.place(one.target_id, passage) if passage else None
    if passage is None or placed is None:
        return None
    start, end, segment = placed
    document = texts.documents[one.target_id]
    quote = document.text[start:end]
    return Mention(
        mention_id=passage.mention_id(one.target_id), segment_id=segment.segment_id, document_id=one.target_id,
        person_id=segment.person_id, kind=passage.kind, start=start, end=end, quote=quote, probability=1.0,
        sentiment="neutral", sentiment_score=0.0, emotion="neutral", severity="low", severity_score=0.0,
        quadrant="says", basis="stated", reasons=(BY_HAND,), text_key=segment.text_key, statement=quote.strip(),
        created_at=document.created_at, quotable=segment.quotable,
    )  # fmt: skip


def as_decided(mention: Mention, said: Mapping[str, str | None], texts: Texts) -> Mention | None:
    """One mention as it was decided on (action -> value); None where it was rejected."""
    if "reject" in said:
        return None
    if kind := said.get("relabel"):
        what = mention.what if mention.what in WHATS[kind] else None
        mention = replace(mention, kind=kind, what=what, reasons=(*mention.reasons, RELABELLED))
    if span := bounds_of(said.get("bounds")):
        mention = _bounded(mention, *span, texts)
    if band := said.get("severity"):
        mention = replace(mention, severity=band, severity_score=_SCORE[band], severity_reasons=(BY_HAND,))
    if (side := said.get("sentiment")) and side != mention.sentiment:
        mention = replace(mention, sentiment=side, sentiment_score=_MOOD[side])
    if quadrant := said.get("quadrant"):
        basis = "stated" if quadrant in _STATED else "inferred"
        mention = replace(mention, quadrant=quadrant, quadrant_probability=1.0, basis=basis)
    return replace(mention, pinned=True) if "pin" in said else mention


def _bounded(mention: Mention, start: int, end: int, texts: Texts) -> Mention:
    segment = texts.carrier(mention.document_id, start, end)
    if segment is None or segment.person_id != mention.person_id:
        return mention
    quote = texts.documents[mention.document_id].text[start:end]
    statement = mention.statement if mention.statement and mention.statement in quote else quote.strip()
    return replace(
        mention, start=start, end=end, quote=quote, statement=statement, segment_id=segment.segment_id,
        text_key=segment.text_key, reasons=(*mention.reasons, "place set by a person"),
    )  # fmt: skip
