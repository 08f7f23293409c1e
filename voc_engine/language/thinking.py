"""Thinking: whether the speaker says that something is their own thought, opinion or expectation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from voc_engine.language.stems import stem
from voc_engine.language.tokens import uncontracted
from voc_engine.language.word_lists import word_list

# "I really don't think": what may stand between the speaker and the verb.
_BETWEEN = 3


@cache
def _opinions() -> frozenset[str]:
    return frozenset(map(stem, word_list("thoughts", "opinion")))


@cache
def _nouns() -> frozenset[str]:
    return frozenset(map(stem, word_list("thoughts", "nouns")))


def own_thought(words: Sequence[str]) -> bool:
    """True where folded words name a thought as the speaker's: "I don't think", "we'd expect", "my worry is"."""
    bare = [uncontracted(word) for word in words]
    for at, word in enumerate(bare):
        near = [stem(one) for one in bare[at + 1 : at + 2 + _BETWEEN]]
        if word in ("i", "we") and not _opinions().isdisjoint(near):
            return True
        if word in ("my", "our") and near and near[0] in _nouns():
            return True
    return False
