"""How well a quote can be read by itself, wherever quotes are chosen: whole, in the first person, of its people's matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from voc_engine.language.persons import begins_midway, speaks_of_self
from voc_engine.records import Mention

READABLE = (5, 30)  # words of a quote that can stand alone
BEST_READ = (8, 22)  # words of a quote that is read at a glance: a sentence, and not two
# The sentiment that speaks against the kind: such a mention is seldom read rightly.
AGAINST = {"pain_point": "positive", "objection": "positive", "goal": "negative", "delight": "negative"}
_COUNTED = 3  # words of the people's own that count


def telling(mention: Mention, matter: Iterable[str], weights: Mapping[str, float]) -> float:
    """About -2 to 6; higher is fitter to be read.

    ``matter`` are the quote's words that carry it, each once, ``weights`` how much a word sets its people apart.
    The points were set by reading quotes, and are fitted to nothing.
    """
    text = mention.quote.strip()
    length = len(text.split())
    score = 1.5 if BEST_READ[0] <= length <= BEST_READ[1] else 0.7 if READABLE[0] <= length <= READABLE[1] else -1.0
    score += 0.8 * whole(text) + 0.6 * speaks_of_self(text) - 0.7 * ("[" in text) - 0.5 * text.endswith("?")
    score += 1.5 * mention.probability + 0.5 * (mention.basis == "stated")
    score -= 1.0 * (mention.sentiment == AGAINST.get(mention.kind)) + 0.5 * begins_midway(text)
    apart = sorted((weights.get(word, 0.0) for word in matter), reverse=True)[:_COUNTED]
    return score + min(1.8, 0.2 * sum(apart))


def whole(text: str) -> bool:
    """A sentence from its capital to its stop."""
    text = text.strip().strip("\"“”'’")
    return text[:1].isupper() and text[-1:] in ".!?"


def readable(mention: Mention) -> bool:
    """Of a length that can stand alone."""
    return READABLE[0] <= len(mention.quote.split()) <= READABLE[1]
