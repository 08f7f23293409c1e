"""How badly: the band that the encoder gives, and the words that a reader can check it by.

A number counts as time or money lost only beside words of waiting, working, paying or losing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voc_engine.language.quantities import quantities
from voc_engine.mentions.cue_phrases import Hit
from voc_engine.records import SEVERITIES

# Patterns of the cues that tell what the person could not do and what it cost.
_COSTLY = ("ability", "failure", "loss", "repetition", "consequence", "treatment", "delay", "effort", "cost", "absence")
_TAKES_TIME = ("delay", "effort", "repetition", "consequence")
_TAKES_MONEY = ("loss", "cost", "unaffordable", "price", "treatment")
_MOST = 3


def band(score: float, cuts: tuple[float, float]) -> str:
    """One of SEVERITIES for a score in [0, 1]."""
    return SEVERITIES[sum(score >= cut for cut in cuts)]


def severity_reasons(text: str, hits: Sequence[Hit], severity: str) -> tuple[str, ...]:
    """What the quote says of harm, in the order of the text; one general reason where no phrase names it."""
    reasons = [hit.reason for hit in hits if hit.cue.pattern in _COSTLY and hit.negator is None]
    reasons += _lost(text, hits)
    return tuple(dict.fromkeys(reasons))[:_MOST] or (f"reads like harm that people called {severity}",)


def _lost(text: str, hits: Sequence[Hit]) -> Iterator[str]:
    patterns = {hit.cue.pattern for hit in hits if hit.negator is None}
    for quantity in quantities(text):
        quote = text[quantity.start : quantity.end].strip()
        is_time = quantity.unit in ("second", "minute", "hour", "day", "week", "fortnight", "month", "year")
        if is_time and patterns & set(_TAKES_TIME):
            yield f"time: '{quote}'"
        elif quantity.unit and not is_time and quantity.unit != "percent" and patterns & set(_TAKES_MONEY):
            yield f"money: '{quote}'"
