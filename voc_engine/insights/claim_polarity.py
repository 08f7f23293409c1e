"""Polarity of a claim: sentence vectors put "can export" beside "cannot export", so words must keep them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.language.negation import is_negated
from voc_engine.language.polarity import lean, reversing, scale_ends
from voc_engine.records import Mention

LONG = 12  # words; in a longer claim single words of praise or blame tell nothing of the whole
_FELT = {"pain_point": -1, "objection": -1, "delight": 1}
_SIGN = {"negative": -1, "neutral": 0, "positive": 1}


@dataclass(frozen=True, slots=True)
class Polarity:
    """``block``: kind, felt sign, sign of the claim and negation, the same for all mentions of one unit.

    ``felt`` is the sign of the sentiment where the kind has one, 0 where it is neutral. ``explicit`` is the sign that
    words (not the kind) give, 0 where none do. ``scales`` maps the index of a scale to the end (-1, 1) at which the
    claim stands.
    """

    block: tuple[str, int, int, bool]
    felt: int
    explicit: int
    scales: tuple[tuple[int, int], ...]


def polarity(mention: Mention, words: Sequence[str]) -> Polarity:
    """How the claim of a mention leans: by its kind and sentiment, by its folded words, and by its negation.

    A goal, request or trigger is parted by negation and reversing words only: the same wish may be said gladly or
    angrily. Complaints, objections and praise are parted by sentiment as well.
    """
    negated = mention.negated or is_negated(words)
    turn = -1 if negated else 1
    scales = scale_ends(words, turn) if len(words) <= LONG else ()
    home = _FELT.get(mention.kind)
    if home is None:
        sign = turn * (-1 if sum(word in reversing() for word in words) % 2 else 1)
        return Polarity((mention.kind, 0, sign, negated), 0, sign, scales)
    cue = lean(words) if len(words) <= LONG else 0
    explicit = turn * (cue > 0) - turn * (cue < 0)
    if not explicit and negated and home < 0:
        explicit = home  # a complaint that something does not happen, in whatever words
    felt = _SIGN[mention.sentiment]
    return Polarity((mention.kind, felt or home, explicit or home, negated), felt, explicit, scales)
