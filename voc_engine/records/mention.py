"""Mention: a span of one person's words with a kind. No quote, no mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from voc_engine.errors import EvidenceError
from voc_engine.records.counted import KindCount
from voc_engine.records.record import Record

MENTION_KINDS = ("pain_point", "goal", "objection", "request", "delight", "trigger")
# These hurt; the severity of other kinds is low.
HARMS = ("pain_point", "objection")
# For people who read, and for a language model that is asked.
KIND_DEFINITIONS = {
    "pain_point": "An expectation that was broken, or an obstacle to what the person wants to do, and that the person "
    "has met already. Negative mood alone is not a pain point, and a complaint may be worded without any.",
    "goal": "An end state that the person wants to reach: the job to be done, not a wish about the product.",
    "objection": "A reason not to adopt, buy, renew or switch, seen ahead of the decision.",
    "request": "A wish or advice about the product: a feature, a change, a suggestion.",
    "delight": "An expectation met or passed; a gain. Politeness is not counted.",
    "trigger": "The event that made the person start looking for something else.",
}
SENTIMENTS = ("negative", "neutral", "positive")
EMOTIONS = ("anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral")
SEVERITIES = ("low", "medium", "high")
OBJECTION_TYPES = ("price", "value", "trust", "switching_cost", "fit", "timing", "authority", "complexity", "status_quo",
    "past_bad_experience")  # fmt: skip
QUADRANTS = ("says", "thinks", "does", "feels")
# Whose experience or view it is.
HOLDERS = ("self", "other", "story", "hypothetical")
# What about the thing, by kind; corpora/gold/README.md tells what each code means.
_WRONG = ("fails", "missing", "slow", "loses", "wrong", "hard", "blocked", "costs", "silent", "treated", "noisy", "misfit",
    "unsafe", "quality", "other")  # fmt: skip
WHATS = {
    "pain_point": _WRONG,
    "goal": ("get", "make", "learn", "fix", "save", "feel", "other"),
    "objection": _WRONG,
    "request": ("add", "change", "fix", "tell", "give_back", "do", "other"),
    "delight": ("works", "fast", "easy", "cheap", "helpful", "reliable", "looks", "fits", "rich", "other"),
    "trigger": ("life", "work", "failure", "word", "price", "other"),
}  # fmt: skip


def coded_as(kind: str) -> str:
    """The kind whose codes of WHATS are learned and named: an objection shares those of a pain point."""
    return "pain_point" if kind == "objection" else kind


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """``document.text[start:end] == quote`` always; construction refuses an empty or wrong-length quote.

    ``statement`` is the shortest whole clause of the quote that says it, in the speaker's words: a slice of the quote.
    ``thing`` is what it is about, in words of the quote or of what stands before it, and ``what`` what about it, a code
    of WHATS[kind]; both None where they are not told. ``nouns`` are the noun phrases of the quote.
    ``reasons`` say in words why the kind was given;
    ``severity_reasons`` why the band. ``basis`` is "stated" or "inferred". ``holder`` is one of HOLDERS. ``quadrant`` comes
    with its probability and ``quadrant_reasons``. ``worth`` is the probability that a researcher would highlight it,
    ``understood`` that a reader understands the quote without what stood before it, ``stands`` that the statement, as it
    is, can stand as the heading of a finding; None where nobody judged. ``negated`` tells the
    polarity of the claim. ``objection_type`` is one of OBJECTION_TYPES where kind is objection. ``review`` says why a
    person should check the mention: its probability is near one half, or the words may be sarcasm. ``quotable`` is its
    segment's. ``pinned``: somebody decided that this quote is to represent what it says. ``assistant`` is
    "mentions" where a language model was asked and confirmed it.
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
    thing: str | None = None
    what: str | None = None
    objection_type: str | None = None
    negated: bool = False
    statement: str = ""
    created_at: str | None = None
    review: tuple[str, ...] = ()
    quotable: str = "external"
    pinned: bool = False
    quadrant_probability: float = 1.0
    worth: float = 1.0
    understood: float | None = None
    stands: float | None = None
    nouns: tuple[str, ...] = ()
    assistant: tuple[str, ...] = ()
    quadrant_reasons: tuple[str, ...] = ()

    @property
    def own_thing(self) -> str | None:
        """The thing where the quote itself names it: what stands before it may be somebody else's words."""
        return self.thing if self.thing and self.thing.casefold() in self.quote.casefold() else None

    def __post_init__(self) -> None:
        if not self.quote.strip() or len(self.quote) != self.end - self.start:
            raise EvidenceError(
                "A mention without its exact words cannot be made.",
                found=f"span {self.start}:{self.end}, quote of {len(self.quote)} characters",
                do="report this: the extractor gave a span that does not match its words",
            )
        if self.statement and self.statement not in self.quote:
            raise EvidenceError(
                "A statement in other words than its quote cannot be made.",
                found=f"{self.statement!r} is no part of {self.quote!r}",
                do="report this: the extractor gave a statement that nobody said",
            )


def kind_counts(mentions: Iterable[Mention]) -> tuple[KindCount, ...]:
    """People by kind of mention, the kind of most of them first; one person may stand in several."""
    counts = Counter(kind for kind, _ in {(one.kind, one.person_id) for one in mentions})
    order = sorted(counts, key=lambda kind: (-counts[kind], MENTION_KINDS.index(kind)))
    return tuple(KindCount(kind, counts[kind]) for kind in order)
