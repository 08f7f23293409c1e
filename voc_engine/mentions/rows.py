"""Labels of one text of any length: its sentences' readings joined into one line of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voc_engine.mentions.contract import Reading
from voc_engine.mentions.sentiment_side import label
from voc_engine.records import MENTION_KINDS, SEVERITIES

COLUMNS = (
    *MENTION_KINDS,
    "sentiment",
    "sentiment_score",
    "emotion",
    "severity",
    "quadrant",
    "advice",
    "review",
    "language",
)
# A kind whose probability lies between these is neither clearly there nor clearly not.
UNSURE = (0.4, 0.6)


@dataclass(frozen=True, slots=True)
class TextLabels:
    """Probabilities of MENTION_KINDS in [0, 1], and one sentiment, emotion, severity and quadrant for the text.

    ``advice`` is the probability that fellow customers are advised; ``request`` counts it in, as research on mining
    suggestions does (Negi et al. 2019). ``review`` says why a person should look, and is empty where nothing says so.
    """

    probabilities: dict[str, float]
    sentiment: str
    sentiment_score: float
    emotion: str
    severity: str
    quadrant: str
    advice: float = 0.0
    review: str = ""

    def cells(self) -> dict[str, str | float]:
        """Values by the names of COLUMNS, but for the language."""
        rest = (
            self.sentiment, self.sentiment_score, self.emotion, self.severity, self.quadrant, self.advice, self.review
        )  # fmt: skip
        return {**self.probabilities, **dict(zip(COLUMNS[len(MENTION_KINDS) : -1], rest, strict=True))}


def join(sentences: Sequence[str], readings: Sequence[Reading]) -> TextLabels:
    """One set of labels for the sentences of a text; at least one sentence is needed.

    A kind's probability is its largest. Sentiment is the mean by length, each sentence counting more the stronger it
    speaks. The emotion is that of the strongest sentence on the text's side, the quadrant that of the sentence with
    the strongest mention, the severity the highest.
    """
    probabilities = {kind: max(reading.probabilities[kind] for reading in readings) for kind in MENTION_KINDS}
    advice = max(reading.advice for reading in readings)
    # What is advised to others is not asked of the provider: the two exclude each other, so their chances add up.
    probabilities["request"] = round(min(1.0, max(r.probabilities["request"] + r.advice for r in readings)), 4)
    weights = [len(text) ** 0.5 * (0.3 + abs(r.sentiment_score)) for text, r in zip(sentences, readings, strict=True)]
    total = sum(weights)
    pairs = zip(weights, readings, strict=True)
    score = round(sum(weight * reading.sentiment_score for weight, reading in pairs) / total, 4) if total else 0.0
    leading = max(readings, key=lambda reading: max(reading.probabilities.values()))
    alone = readings[0] if len(readings) == 1 else None
    return TextLabels(
        probabilities=probabilities,
        sentiment=alone.sentiment if alone else label(score),
        sentiment_score=alone.sentiment_score if alone else score,
        emotion=alone.emotion if alone else _emotion(readings, score),
        severity=max((reading.severity for reading in readings), key=SEVERITIES.index),
        quadrant=leading.quadrant,
        advice=advice,
        review="; ".join(_doubts(probabilities, readings)),
    )


def _doubts(probabilities: Mapping[str, float], readings: Sequence[Reading]) -> list[str]:
    """What a person should decide: kinds in the band of doubt, and what the extractor flags."""
    unsure = [kind for kind, chance in probabilities.items() if UNSURE[0] <= chance <= UNSURE[1]]
    doubts = [f"unsure: {', '.join(unsure)}"] if unsure else []
    return [*doubts, *dict.fromkeys(reason for reading in readings for reason in reading.review)]


def _emotion(readings: Sequence[Reading], score: float) -> str:
    felt = [reading for reading in readings if reading.emotion != "neutral" and reading.sentiment_score * score >= 0]
    if not felt:
        return "neutral"
    return max(felt, key=lambda reading: abs(reading.sentiment_score)).emotion
