"""The side of a sentiment score."""

from __future__ import annotations

# Between these a text of several sentences takes no side.
POSITIVE, NEGATIVE = 0.15, -0.12


def label(score: float) -> str:
    """negative, neutral or positive, consistent with the score in [-1, 1]."""
    return "positive" if score >= POSITIVE else "negative" if score <= NEGATIVE else "neutral"
