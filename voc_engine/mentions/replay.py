"""People's decisions on mentions: what is none, what it is, where it begins and ends, and what the machine missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from voc_engine.mentions.quadrant import basis_of
from voc_engine.records import (
    WHATS,
    Batch,
    Decision,
    Disclosure,
    Mention,
    Passage,
    Texts,
    bounds_of,
    said_of,
)

BY_HAND = "marked by a person"
RELABELLED = "re-labelled by a person"
# The middle of each band: what a person called low has to weigh less than what a person called high.
_SCORE = {"low": 0.15, "medium": 0.5, "high": 0.85}
_MOOD = {"negative": -0.5, "neutral": 0.0, "positive": 0.5}


def replayed(batch: Batch, options: object, decisions: Sequence[Decision]) -> Batch:
    """The mentions as decided, the disclosures as they are.

    A mention that was both rejected and re-labelled is rejected: one cannot undo the other. What is
    added stands behind what was found. A place that does not hold any longer changes nothing; ``fits`` tells it.
    """
    texts = Texts.of(batch)
    mentions = decided_mentions(batch.of(Mention), decisions, texts)
    return Batch.make((Mention, mentions), (Disclosure, batch.of(Disclosure)))


def decided_mentions(mentions: Iterable[Mention], decisions: Sequence[Decision], texts: Texts) -> list[Mention]:
    """The mentions, and those that people added, with all that was decided on them."""
    decided = said_of(decisions, "mention")
    every = {mention.mention_id: mention for mention in mentions}
    for decision in decisions:
        mention = added(decision, texts) if decision.action == "add" else None
        if mention is not None:
            every.setdefault(mention.mention_id, mention)
    standing = (
        as_decided(mention, decided[key], texts) if key in decided else mention for key, mention in every.items()
    )
    return [mention for mention in standing if mention is not None]


def fits(decision: Decision, texts: Texts, mentions: Mapping[str, Mention]) -> bool:
    """Whether the place that a decision names is there; True for all that name none."""
    if decision.action == "add":
        passage = Passage.read(decision.value)
        return passage is not None and texts.locate(decision.target_id, passage) is not None
    if decision.action == "bounds":
        span, mention = bounds_of(decision.value), mentions.get(decision.target_id)
        # An added mention's bounds are looked at when it is made.
        return span is not None and (mention is None or texts.carrier(mention.document_id, *span) is not None)
    return True


def added(decision: Decision, texts: Texts) -> Mention | None:
    """The mention that a person marked; None where its words are gone, or are those of an interviewer or agent."""
    passage = Passage.read(decision.value)
    placed = texts.locate(decision.target_id, passage) if passage else None
    if passage is None or placed is None:
        return None
    start, end, segment = placed
    document = texts.documents[decision.target_id]
    quote = document.text[start:end]
    return Mention(
        mention_id=passage.mention_id(decision.target_id), segment_id=segment.segment_id, document_id=decision.target_id,
        person_id=segment.person_id, kind=passage.kind, start=start, end=end, quote=quote, probability=1.0,
        sentiment="neutral", sentiment_score=0.0, emotion="neutral", severity="low", severity_score=0.0,
        quadrant="says", basis="stated", reasons=(BY_HAND,), text_key=segment.text_key, statement=quote.strip(),
        created_at=document.created_at, quotable=segment.quotable,
    )  # fmt: skip


def as_decided(mention: Mention, decided: Mapping[str, str | None], texts: Texts) -> Mention | None:
    """One mention as it was decided on (action -> value); None where it was rejected."""
    if "reject" in decided:
        return None
    if kind := decided.get("relabel"):
        what = mention.what if mention.what in WHATS[kind] else None
        mention = replace(mention, kind=kind, what=what, reasons=(*mention.reasons, RELABELLED))
    if span := bounds_of(decided.get("bounds")):
        mention = _bounded(mention, *span, texts)
    if band := decided.get("severity"):
        mention = replace(mention, severity=band, severity_score=_SCORE[band], severity_reasons=(BY_HAND,))
    if (side := decided.get("sentiment")) and side != mention.sentiment:
        mention = replace(mention, sentiment=side, sentiment_score=_MOOD[side])
    if quadrant := decided.get("quadrant"):
        mention = replace(
            mention, quadrant=quadrant, quadrant_probability=1.0, quadrant_reasons=(BY_HAND,), basis=basis_of(quadrant)
        )
    return replace(mention, pinned=True) if "pin" in decided else mention


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
