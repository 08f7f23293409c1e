"""Which quadrant of an empathy map a sentence stands in: decided here, once, with probability and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voc_engine.language.deeds import own_deed
from voc_engine.language.feelings import own_feeling
from voc_engine.language.thinking import own_thought
from voc_engine.language.tokens import words
from voc_engine.records import EMOTIONS

if TYPE_CHECKING:
    from voc_engine.mentions.heads.head_readings import Answer

_STATED = ("says", "does")
# What everybody says; the other quadrants ask for more than words.
SAYS = "says"
# From so sure on a mention stands in thinks, does or feels. Of 1,113 sentences read in their windows, each answered by a fit
# that had not seen its document, 92 of 100 of those put there are right, 73 where the likeliest is taken
# (``python -m training quadrants``).
SURE = 0.8

_NAMES = {
    "thinks": "says that they think so",
    "does": "tells what they do themselves",
    "feels": "names what they feel",
}
_READS_LIKE = "reads like sentences that people put there"


def quadrant_of(answer: Answer, likeliest: tuple[str, float]) -> tuple[str, float]:
    """The ``likeliest`` quadrant of a sentence, or of a part of it, and how sure it may be; what the speaker tells of
    somebody else is only what they say."""
    return likeliest if answer.holder == "self" else (SAYS, 1.0)


def settled_quadrant(likeliest: str, probability: float) -> tuple[str, float]:
    """The quadrant in which a mention stands, and its probability: a thought, a deed or a feeling of the speaker's own only
    where that is sure enough, else what they say."""
    return (likeliest, probability) if likeliest == SAYS or probability >= SURE else (SAYS, round(1 - probability, 4))


def quadrant_reasons(quote: str, quadrant: str, likeliest: str) -> tuple[str, ...]:
    """Why a mention stands in its quadrant, in words that can be checked against its quote."""
    if quadrant == SAYS:
        return () if likeliest == SAYS else (f"not surely what somebody {likeliest}",)
    tokens = words(quote)
    named = {
        "thinks": own_thought(tokens),
        "does": own_deed(tokens),
        "feels": any(own_feeling(tokens, emotion) for emotion in EMOTIONS),
    }
    return (_NAMES[quadrant],) if named[quadrant] else (_READS_LIKE,)


def basis_of(quadrant: str) -> str:
    """Words and deeds are stated; thoughts and feelings are inferred from them."""
    return "stated" if quadrant in _STATED else "inferred"
