"""Who speaks for an insight: the mention that lends the key point, and a divergent one of another person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voc_engine.insights.key_points import key_point, tidied
from voc_engine.insights.likeness import Told, same
from voc_engine.insights.shared_words import Floats
from voc_engine.records import QUOTABLE, Mention

# So many units are held against each other to find who is nearest to the others.
_LOOKED_AT = 200
# The divergent quote still says the same: it is at least so near to the others as this share of the medoid's nearness.
_STILL = 0.7


@dataclass(frozen=True)
class Speakers:
    """``statement`` is the key point, in the words of a mention that may be quoted."""

    medoid: Mention
    divergent: Mention | None
    statement: str


def nearness(rows: Told) -> Floats:
    """Mean probability of each row to say the same as the others (as the first of them, of many), shape (rows,)."""
    step = np.arange(0, len(rows), max(1, len(rows) // _LOOKED_AT))[:_LOOKED_AT]
    chance = same(rows, rows.at(step))
    chance[step, np.arange(len(step))] = 0
    own = np.zeros(len(rows))
    own[step] = 1
    near: Floats = np.round(chance.sum(axis=1) / np.maximum(len(step) - own, 1), 4).astype(np.float32)
    return near


def spoken_by(mentions: Sequence[Mention], near: Floats) -> Mention:
    """The mention whose words stand for all. ``near``: how near each is to the others.

    People who may not be quoted stand for an insight only where nobody else does, and lend it no words; mentions that a
    person should check speak only where nobody else does; a quote that somebody pinned comes first.
    """
    able = able_to_speak(mentions)
    able = [row for row in able if mentions[row].pinned] or able
    if mentions[able[0]].quotable == "none":
        return mentions[min(able, key=lambda row: (-near[row], mentions[row].mention_id))]
    return key_point([(mentions[row], float(near[row])) for row in able])[1]


def speakers(mentions: Sequence[Mention], near: Floats, unquoted: str, medoid: Mention | None = None) -> Speakers:
    """``unquoted``: the statement where nobody may be quoted. ``medoid``: who speaks for them, where that is known."""
    medoid = medoid or spoken_by(mentions, near)
    if medoid.quotable == "none":
        return Speakers(medoid, None, unquoted)
    statement, _ = key_point([(medoid, 1.0)])
    return Speakers(medoid, _divergent(mentions, able_to_speak(mentions), near, medoid), statement)


def able_to_speak(mentions: Sequence[Mention]) -> Sequence[int]:
    """Row numbers of those who may speak: quotable to most, and not in doubt."""
    if len(mentions) == 1:
        return [0]
    consent = [QUOTABLE.index(m.quotable) for m in mentions]
    widest = max(consent)
    able = [row for row, own in enumerate(consent) if own == widest]
    return [row for row in able if not mentions[row].review] or able


def _divergent(mentions: Sequence[Mention], able: Sequence[int], near: Floats, medoid: Mention) -> Mention | None:
    """The farthest from the others that still says the same, in other words than the medoid and from another person."""
    least = _STILL * float(near.max())
    words = tidied(medoid.quote).rstrip(" .!?").lower()
    others = [
        row
        for row in able
        if mentions[row].person_id != medoid.person_id
        and near[row] >= least
        and tidied(mentions[row].quote).rstrip(" .!?").lower() != words
    ]
    farthest = min(others, key=lambda row: (near[row], mentions[row].mention_id), default=None)
    return None if farthest is None else mentions[farthest]
