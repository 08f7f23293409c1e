"""What the heads answer, in the order of their columns."""

from __future__ import annotations

from voc_engine.records import EMOTIONS, MENTION_KINDS, QUADRANTS, SENTIMENTS

# Advice to fellow customers is told from requests to the provider: a head of its own, no kind of mention.
ADVICE = "advice"
KINDS = (*MENTION_KINDS, ADVICE)
SENTENCE_HEADS = {"kinds": KINDS, "sentiment": SENTIMENTS, "emotion": EMOTIONS, "quadrant": QUADRANTS}
# Verb supersenses of STREUSLE; those of acts (motion, social, possession, change ...) are taken together.
SENSES = ("communication", "cognition", "emotion", "perception", "stative", "act")
