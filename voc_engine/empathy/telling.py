"""How well the words of a mention stand on a map: whole, in the first person, and of this persona's own matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from voc_engine.empathy.entry_words import content
from voc_engine.language.persons import begins_midway, speaks_of_self
from voc_engine.records import Mention
from voc_engine.statistics import log_odds

READABLE = (5, 30)  # words of a quote that can stand alone on a map
BEST_READ = (8, 22)  # words of a quote that is read at a glance: a sentence, and not two
MOST_SHOWN = 22  # words of an entry other than a quote
_AGAINST = {"pain_point": "positive", "objection": "positive", "delight": "negative"}


def own_words(mine: Sequence[Mention], others: Iterable[Mention]) -> dict[str, float]:
    """Stem -> z of the log-odds of people who use it, at least 0: what sets this persona's talk apart."""
    here, there = _users(mine), _users(others)
    inside, outside = len({m.person_id for m in mine}), max((len(who) for who in there.values()), default=0)
    outside = max(outside, len(set().union(*there.values())) if there else 0)
    if not inside or not outside:
        return {}
    return {stem: max(0.0, log_odds(len(who), inside, len(there.get(stem, ())), outside)) for stem, who in here.items()}


def telling(mention: Mention, weights: Mapping[str, float]) -> float:
    """About -2 to 6; higher is fitter to be read."""
    text = mention.quote.strip()
    length = len(text.split())
    score = 1.5 if BEST_READ[0] <= length <= BEST_READ[1] else 0.7 if READABLE[0] <= length <= READABLE[1] else -1.0
    score += 0.8 * whole(text) + 0.6 * speaks_of_self(text) - 0.7 * ("[" in text) - 0.5 * text.endswith("?")
    score += 1.5 * mention.probability + 0.5 * (mention.basis == "stated")
    score -= 1.0 * (mention.sentiment == _AGAINST.get(mention.kind)) + 0.5 * begins_midway(text)
    apart = sorted((weights.get(stem, 0.0) for stem in content(text)), reverse=True)[:3]
    return score + min(1.8, 0.2 * sum(apart))


def whole(text: str) -> bool:
    """A sentence from its capital to its stop."""
    text = text.strip().strip("\"“”'’")
    return text[:1].isupper() and text[-1:] in ".!?"


def readable(mention: Mention) -> bool:
    """Of a length that can stand alone."""
    return READABLE[0] <= len(mention.quote.split()) <= READABLE[1]


def _users(mentions: Iterable[Mention]) -> dict[str, set[str]]:
    users: dict[str, set[str]] = {}
    for mention in mentions:
        for stem in content(mention.quote):
            users.setdefault(stem, set()).add(mention.person_id)
    return users
