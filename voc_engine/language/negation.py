"""Negation: which words turn a claim round, and which turns of phrase only look as if they did."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from voc_engine.language.word_lists import groups, word_list

_NEGATING = ("negators", "seldom", "lacking", "unmarked_contractions")


@cache
def _phrases(group: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split("_")) for phrase in groups("negation")[group])


def is_negator(word: str) -> bool:
    """True for a folded word that denies what it stands beside, contracted forms included."""
    return word.endswith("n't") or word in word_list("negation", *_NEGATING)


def negations(words: Sequence[str]) -> list[int]:
    """Places of the folded words that deny, in order. "Not only", "no doubt" and the like assert and are left out;
    "far from" and "anything but" deny without a negator."""
    asserting = _covered(words, "asserting")
    denying = _covered(words, "denying")
    return [n for n, word in enumerate(words) if n in denying or (is_negator(word) and n not in asserting)]


def is_negated(words: Sequence[str]) -> bool:
    """True where any of the folded words denies."""
    return bool(negations(words))


def _covered(words: Sequence[str], group: str) -> set[int]:
    """Places of the first word of each phrase of the group."""
    return {
        start
        for start in range(len(words))
        for phrase in _phrases(group)
        if words[start] == phrase[0] and tuple(words[start : start + len(phrase)]) == phrase
    }
