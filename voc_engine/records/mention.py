"""Mention: a span of one person's words with a kind. No quote, no mention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.errors import EvidenceError
from voc_engine.records.record import Record

MENTION_KINDS = ("pain_point", "goal", "objection", "request", "delight", "trigger")
SENTIMENTS = ("negative", "neutral", "positive")
EMOTIONS = ("anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral")
SEVERITIES = ("low", "medium", "high")
OBJECTION_TYPES = ("price", "value", "trust", "switching_cost", "fit", "timing", "authority", "complexity", "status_quo",
    "past_bad_experience")  # fmt: skip
QUADRANTS = ("says", "thinks", "does", "feels")


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """``document.text[start:end] == quote`` always; construction refuses an empty or wrong-length quote.

    ``reasons`` say in words why the kind was given; ``severity_reasons`` why the band. ``basis`` is "stated" or
    "inferred". ``holder`` is "self" or whose view it is. The normalised statement: ``pattern`` (effort, ability,
    failure ...), ``action``, ``object``, ``cost``, ``consequence``, ``when``, ``purpose``, ``frequency`` ("twice a
    week") and ``modality`` (can, must, would ...) are words of the quote or None; ``statement`` is the canonical sentence
    built from them. ``negated`` tells the polarity of the claim. ``objection_type`` is one of OBJECTION_TYPES where
    kind is objection. ``review`` says why a person should check the mention: its probability is near one half, or the
    words may be sarcasm. ``quotable`` is its segment's. ``pinned``: somebody decided that this quote is to
    represent what it says. ``agreed``: syntax and the trained head put it into the same quadrant.
    """

    table: ClassVar[str] = "mentions"

    mention_id: str
    segment_id: str
    document_id: str
    person_id: str
    kind: str
    start: int
    end: int
    quote: str
    probability: float
    sentiment: str
    sentiment_score: float
    emotion: str
    severity: str
    severity_score: float
    quadrant: str
    basis: str
    reasons: tuple[str, ...]
    severity_reasons: tuple[str, ...] = ()
    text_key: str = ""
    holder: str = "self"
    pattern: str | None = None
    action: str | None = None
    object: str | None = None
    cost: str | None = None
    consequence: str | None = None
    when: str | None = None
    purpose: str | None = None
    objection_type: str | None = None
    negated: bool = False
    statement: str = ""
    created_at: str | None = None
    frequency: str | None = None
    modality: str | None = None
    review: tuple[str, ...] = ()
    quotable: str = "external"
    pinned: bool = False
    agreed: bool = True

    def __post_init__(self) -> None:
        if not self.quote.strip() or len(self.quote) != self.end - self.start:
            raise EvidenceError(
                "A mention without its exact words cannot be made.",
                found=f"span {self.start}:{self.end}, quote of {len(self.quote)} characters",
                do="report this: the extractor gave a span that does not match its words",
            )
