"""Polarity of words: praise, complaint, and the two ends of scales."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from voc_engine.language.word_lists import groups, word_list

# In a longer claim single words of praise or blame tell nothing of the whole.
LONGEST_CLAIM = 12


@cache
def praise() -> frozenset[str]:
    """Words that praise whatever they speak of."""
    return word_list("polarity", "praise")


@cache
def complaint() -> frozenset[str]:
    """Words that complain of whatever they speak of."""
    return word_list("polarity", "complaint")


@cache
def scales() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of opposite ends, the lower first: claims at different ends are never one finding."""
    table = groups("scales")
    return tuple(
        (frozenset(low), frozenset(table[name.removesuffix("_low") + "_high"]))
        for name, low in table.items()
        if name.endswith("_low")
    )


@cache
def _ends() -> dict[str, tuple[int, int]]:
    return {
        word: (number, -1 + 2 * end) for number, pair in enumerate(scales()) for end in (0, 1) for word in pair[end]
    }


@cache
def leaning_words() -> frozenset[str]:
    """Every word that tells how a claim leans and not what it is about."""
    return praise() | complaint() | frozenset(_ends())


def lean(words: Sequence[str]) -> int:
    """Words of praise less words of complaint."""
    return sum(word in praise() for word in words) - sum(word in complaint() for word in words)


def scale_ends(words: Sequence[str], turn: int = 1) -> tuple[tuple[int, int], ...]:
    """(scale, end) of the scales of which the words name one end only; ``turn`` is -1 where they are denied."""
    ends: dict[int, set[int]] = {}
    for word in words:
        if word in _ends():
            number, end = _ends()[word]
            ends.setdefault(number, set()).add(end * turn)
    return tuple((number, next(iter(both))) for number, both in sorted(ends.items()) if len(both) == 1)
