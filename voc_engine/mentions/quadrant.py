"""Which quadrant of an empathy map a sentence stands in: decided here, once, and nowhere again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voc_engine.mentions.heads.head_readings import Answer

_STATED = ("says", "does")


def quadrant_of(answer: Answer) -> tuple[str, float]:
    """The quadrant and its probability; what the speaker tells of somebody else is only what they say."""
    return answer.chosen("quadrant") if answer.holder == "self" else ("says", 1.0)


def basis_of(quadrant: str) -> str:
    """Words and deeds are stated; thoughts and feelings are inferred from them."""
    return "stated" if quadrant in _STATED else "inferred"
