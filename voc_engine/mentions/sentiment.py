"""Sentiment of a sentence: VADER and TextBlob as first voices, and the cues of this room as a third.

VADER: Hutto & Gilbert 2014. TextBlob: the pattern lexicon. Failure, inability and waiting are neutral words to both,
so pain and praise found by rules count as a voice of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import tanh
from typing import Any

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Clause, Frame
from voc_engine.mentions.lexicon import words

_VADER, _BLOB, _CUES = 0.40, 0.15, 0.45
_LAST_CLAUSE = 1.5
POSITIVE, NEGATIVE = 0.15, -0.12


@cache
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _blob(text: str) -> float:
    from textblob import TextBlob

    return float(TextBlob(text).sentiment.polarity)


def valences() -> dict[str, float]:
    """VADER's lexicon: word to valence in [-4, 4]."""
    found: dict[str, float] = _vader().lexicon
    return found


def lexicon_scores(text: str) -> dict[str, float]:
    """What VADER and TextBlob say of the whole text, by name; compound and polarity in [-1, 1]."""
    from textblob import TextBlob

    vader = _vader().polarity_scores(text)
    blob = TextBlob(text).sentiment
    return {
        "VADER's score": float(vader["compound"]),
        "VADER's share of negative words": float(vader["neg"]),
        "VADER's share of positive words": float(vader["pos"]),
        "TextBlob's polarity": float(blob.polarity),
        "TextBlob's subjectivity": float(blob.subjectivity),
    }


def clause_scores(frame: Frame, evidence: Sequence[Evidence]) -> list[float]:
    """One score in [-1, 1] per clause of the frame."""
    return [_score(frame, number, evidence) for number in range(len(frame.clauses))]


def _score(frame: Frame, number: int, evidence: Sequence[Evidence]) -> float:
    clause = frame.clauses[number]
    text = _plain(frame, clause)
    own = [piece for piece in evidence if frame.clause_of(piece.place) == number and piece.pattern != "answer"]
    bad = sum(piece.weight for piece in own if piece.kind == "pain_point" and piece.weight > 0)
    worry = sum(0.7 * piece.weight for piece in own if piece.kind == "objection" and piece.weight > 0)
    good = sum(piece.weight for piece in own if piece.kind == "delight" and piece.weight > 0)
    cues = tanh((good - bad - worry) / 2.5)
    voices = _VADER * float(_vader().polarity_scores(text)["compound"]) + _BLOB * _blob(text)
    return voices + _CUES * cues


def _plain(frame: Frame, clause: Clause) -> str:
    """The clause without words that colour general lexicons only: "like" as a filler, "credit", "game", "yeah"."""
    return "".join(
        token.text_with_ws
        for token in frame.doc[clause.first : clause.last]
        if not (
            (token.lower_ == "like" and token.pos_ != "VERB")
            or token.lemma_.lower() in words("plain")
            or token.lower_ in words("plain")
        )
    )


def combine(scores: Sequence[float]) -> float:
    """The sentence's score: what follows the last contrast weighs half as much again."""
    if not scores:
        return 0.0
    weights = [1.0] * (len(scores) - 1) + [_LAST_CLAUSE if len(scores) > 1 else 1.0]
    total = sum(score * weight for score, weight in zip(scores, weights, strict=True)) / sum(weights)
    return round(max(-1.0, min(1.0, total)), 4)


def label(score: float) -> str:
    """negative, neutral or positive, consistent with the score."""
    return "positive" if score >= POSITIVE else "negative" if score <= NEGATIVE else "neutral"
