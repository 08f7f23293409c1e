"""Praise that complains: sarcasm is not solved, so a person is asked and nothing is flipped."""

from __future__ import annotations

from functools import cache
from typing import Any

from voc_engine.language.tokens import words

# VADER's compound score (Hutto & Gilbert 2014) from which a complaint sounds like praise.
_PRAISES = 0.6
# A first word of such valence (-4 to 4) opens with praise: "Great, it crashed again."
_OPENS = 1.5
MAY_BE_SARCASM = "may be sarcasm"


@cache
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def valence(text: str) -> float:
    """VADER's compound score of a text, in [-1, 1]."""
    return float(_vader().polarity_scores(text)["compound"])


def sounds_like_praise(text: str) -> bool:
    """Whether a general lexicon takes the words for praise."""
    first = next(iter(words(text)), "")
    opens = float(_vader().lexicon.get(first, 0.0)) >= _OPENS
    return opens or valence(text) >= _PRAISES
