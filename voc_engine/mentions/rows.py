"""Labels of one text of any length: its sentences' readings joined into one line of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.mentions.extractor import Reading
from voc_engine.mentions.sentiment import label
from voc_engine.records import MENTION_KINDS, SEVERITIES

COLUMNS = (*MENTION_KINDS, "sentiment", "sentiment_score", "emotion", "severity", "quadrant", "language")


@dataclass(frozen=True, slots=True)
class TextLabels:
    """Probabilities of MENTION_KINDS in [0, 1], and one sentiment, emotion, severity and quadrant for the text."""

    probabilities: dict[str, float]
    sentiment: str
    sentiment_score: float
    emotion: str
    severity: str
    quadrant: str

    def cells(self) -> dict[str, str | float]:
        """Values by the names of COLUMNS, but for the language."""
        rest = (self.sentiment, self.sentiment_score, self.emotion, self.severity, self.quadrant)
        return {**self.probabilities, **dict(zip(COLUMNS[len(MENTION_KINDS) : -1], rest, strict=True))}


def join(sentences: Sequence[str], readings: Sequence[Reading]) -> TextLabels:
    """One set of labels for the sentences of a text; at least one sentence is needed.

    A kind's probability is its largest. Sentiment is the mean by length, each sentence counting more the stronger it
    speaks. The emotion is that of the strongest sentence on the text's side, the quadrant that of the sentence with
    the strongest mention, the severity the highest.
    """
    probabilities = {kind: max(reading.probabilities[kind] for reading in readings) for kind in MENTION_KINDS}
    weights = [len(text) ** 0.5 * (0.3 + abs(r.sentiment_score)) for text, r in zip(sentences, readings, strict=True)]
    total = sum(weights)
    pairs = zip(weights, readings, strict=True)
    score = round(sum(weight * reading.sentiment_score for weight, reading in pairs) / total, 4) if total else 0.0
    leading = max(readings, key=lambda reading: max(reading.probabilities.values()))
    return TextLabels(
        probabilities=probabilities,
        sentiment=label(score),
        sentiment_score=score,
        emotion=_emotion(readings, score),
        severity=max((reading.severity for reading in readings), key=SEVERITIES.index),
        quadrant=leading.quadrant,
    )


def _emotion(readings: Sequence[Reading], score: float) -> str:
    felt = [reading for reading in readings if reading.emotion != "neutral" and reading.sentiment_score * score >= 0]
    if not felt:
        return "neutral"
    return max(felt, key=lambda reading: abs(reading.sentiment_score)).emotion
