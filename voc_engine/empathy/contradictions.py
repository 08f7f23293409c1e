"""Contradictions between quadrants: the same matter, spoken of in opposite ways, by the same persona."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from voc_engine.empathy.legibility import reported
from voc_engine.language.matters import can_name
from voc_engine.language.negation import is_negated
from voc_engine.language.stems import content_set
from voc_engine.language.tokens import words
from voc_engine.privacy.withholding import MARK
from voc_engine.records import EmpathyEntry, Mention

_SIGN = {"negative": -1, "neutral": 0, "positive": 1}
_PARTED = frozenset(("says", "thinks", "does", "feels"))


def mark(entries: Sequence[EmpathyEntry], mentions: Mapping[str, Mention]) -> list[EmpathyEntry]:
    """Name in ``contradicts`` the statement of another quadrant that says the opposite.

    Two entries contradict when they speak of one object, or share most of their words, and lean opposite ways: one
    negated and the other not, or one positive and the other negative. Pains and gains are each other's counterpart by
    design, so only says, thinks, does and feels are compared.
    """
    able = [e for e in entries if e.quadrant in _PARTED and e.statement != MARK]
    return [_marked(entry, able, mentions) if entry in able else entry for entry in entries]


def _marked(entry: EmpathyEntry, others: Sequence[EmpathyEntry], mentions: Mapping[str, Mention]) -> EmpathyEntry:
    for other in others:
        if other.quadrant != entry.quadrant and _opposed(entry, other, mentions):
            return replace(entry, contradicts=other.statement)
    return entry


def _opposed(entry: EmpathyEntry, other: EmpathyEntry, mentions: Mapping[str, Mention]) -> bool:
    first, second = mentions[entry.mention_ids[0]], mentions[other.mention_ids[0]]
    if set(entry.mention_ids) & set(other.mention_ids) or any(reported(m.quote) for m in (first, second)):
        return False
    same_object = _is_a_thing(first.thing) and _stems(first.thing) == _stems(second.thing)
    mine, theirs = content_set(entry.statement), content_set(other.statement)
    same_words = len(mine & theirs) > 1 and 5 * len(mine & theirs) >= 3 * min(len(mine), len(theirs))
    if not (same_object or same_words):
        return False
    if _SIGN[first.sentiment] * _SIGN[second.sentiment] < 0:
        return True
    shared = mine & theirs
    return (
        _negated(first) != _negated(second) and len(shared) > 1 and 5 * len(shared) >= 3 * max(len(mine), len(theirs))
    )


def _negated(mention: Mention) -> bool:
    return mention.negated or is_negated(words(mention.statement or mention.quote))


def _is_a_thing(phrase: str | None) -> bool:
    """What can name a matter: of "people" everybody speaks, each of others."""
    return any(map(can_name, words(phrase or "")))


def _stems(text: str | None) -> frozenset[str]:
    return content_set(text or "")
