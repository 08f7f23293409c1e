"""What the heads answer, in the order of their columns."""

from __future__ import annotations

from voc_engine.records import EMOTIONS, HOLDERS, MENTION_KINDS, QUADRANTS, SENTIMENTS, WHATS, coded_as

# Advice to fellow customers is told from requests to the provider: a head of its own, no kind of mention.
ADVICE = "advice"
KINDS = (*MENTION_KINDS, ADVICE)
# A researcher would highlight this very sentence as evidence.
WORTH = ("worth",)
# Ordinal: each says "at least so much" (Frank & Hall 2001).
AT_LEAST = ("medium", "high")
WHAT_COLUMNS = tuple((kind, code) for kind in MENTION_KINDS if coded_as(kind) == kind for code in WHATS[kind])
SENTENCE_HEADS: dict[str, tuple[str, ...]] = {
    "kinds": KINDS,
    "sentiment": SENTIMENTS,
    "emotion": EMOTIONS,
    "quadrant": QUADRANTS,
    "worth": WORTH,
    "severity": AT_LEAST,
    "whose": HOLDERS,
    "what": tuple(f"{kind}: {code}" for kind, code in WHAT_COLUMNS),
}
# Verb supersenses of STREUSLE; those of acts (motion, social, possession, change ...) are taken together.
SENSES = ("communication", "cognition", "emotion", "perception", "stative", "act")
# A kind that was right less often than this on sentences kept aside is off for that kind of source.
SHIPPED_PRECISION = 0.6
