"""Who speaks for an insight: the mention that lends the key point, and a divergent one of another person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voc_engine.insights.claim_judge import numbers
from voc_engine.insights.key_points import Shared, key_point, tidied
from voc_engine.insights.likeness import UnitFeatures, same
from voc_engine.insights.shared_words import Floats, said_words
from voc_engine.language.stems import stem
from voc_engine.language.tokens import words
from voc_engine.language.word_lists import word_list
from voc_engine.records import QUOTABLE, Mention

# So many units are held against each other to find who is nearest to the others.
_LOOKED_AT = 200
# Who speaks for all is about as near to them as the nearest.
_SPEAKS = 0.8
_SMALL = 0.5  # what a small word weighs beside a word of content
# The divergent quote still says the same: it is at least so near to the others as this share of the medoid's nearness.
_STILL = 0.7


@dataclass(frozen=True)
class Speakers:
    """``statement`` is the key point, in the words of a mention that may be quoted."""

    medoid: Mention
    divergent: Mention | None
    statement: str


def nearness(rows: UnitFeatures) -> Floats:
    """Mean probability of each row to say the same as the others (as the first of them, of many), shape (rows,)."""
    step = np.arange(0, len(rows), max(1, len(rows) // _LOOKED_AT))[:_LOOKED_AT]
    chance = same(rows, rows.at(step))
    chance[step, np.arange(len(step))] = 0
    is_looked_at = np.zeros(len(rows))
    is_looked_at[step] = 1
    near: Floats = np.round(chance.sum(axis=1) / np.maximum(len(step) - is_looked_at, 1), 4).astype(np.float32)
    return near


def speakers(mentions: Sequence[Mention], near: Floats, unquoted: str, shared: Shared | None = None) -> Speakers:
    """``near``: how near each is to the others; ``unquoted``: the statement where nobody may be quoted; ``shared``: what of
    a wording the others say too, by their words if absent.

    People who may not be quoted stand for an insight only where nobody else does, and lend it no words; mentions that a
    person should check speak only where nobody else does; a quote that somebody pinned comes first.
    """
    able = able_to_speak(mentions)
    chosen = [row for row in able if mentions[row].pinned] or able
    nearest = sorted(chosen, key=lambda row: (-near[row], mentions[row].mention_id))[:_LOOKED_AT]
    chosen = [row for row in nearest if near[row] >= _SPEAKS * near[nearest[0]]]
    if mentions[chosen[0]].quotable == "none":
        return Speakers(mentions[chosen[0]], None, unquoted)
    statement, medoid = key_point(
        [(mentions[row], float(near[row])) for row in chosen], shared or SaidByOthers(mentions)
    )
    return Speakers(medoid, _divergent(mentions, able, near, medoid), statement)


class SaidByOthers:
    """How much of a wording the others of an insight say too: what one person adds (an hour, a sum, a cause) is no point of
    theirs. After SumBasic (Nenkova and Vanderwende 2005), with people for occurrences."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._people = len({mention.person_id for mention in mentions})
        self._saying: dict[str, set[str]] = {}
        for mention in mentions:
            for word in _weighed(mention.quote):
                self._saying.setdefault(word, set()).add(mention.person_id)

    def part(self, wording: str, mention: Mention) -> float:
        """Weighed mean over the wording's words, and one more that nobody says, of the share of the other people who say
        them, in [0, 1): a single word that all say is no point yet. 1 where there is nobody else."""
        weights, others = _weighed(wording), self._people - 1
        if not others:
            return 1.0
        shares = sum(weight * self._share(word, mention, others) for word, weight in weights.items())
        return round(shares / (sum(weights.values()) + 1), 4)

    def touched(self, text: str, mention: Mention) -> bool:
        """Whether any of the others says a word of content, or a number, of it. Of one person nothing is an addition."""
        if self._people <= 1:
            return True
        return any(self._share(word, mention, 1) > 0 for word, weight in _weighed(text).items() if weight > _SMALL)

    def _share(self, word: str, mention: Mention, others: int) -> float:
        return len(self._saying.get(word, set()) - {mention.person_id}) / others


class SaidWhole:
    """Where people say different things of one thing: nothing of a wording is an addition."""

    def part(self, wording: str, mention: Mention) -> float:
        """As if the others said all of it."""
        return 1.0

    def touched(self, text: str, mention: Mention) -> bool:
        """As if they said any of it."""
        return True


def _weighed(text: str) -> dict[str, float]:
    """Stems of the words of content, and numbers, days and months; small words weigh half: "everything else"."""
    weights = dict.fromkeys(map(stem, words(text)), _SMALL)
    full = frozenset(said_words(text)) | (numbers(text) - word_list("numbers", "n1"))
    return weights | dict.fromkeys(sorted(full), 1.0)


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
    medoid_words = tidied(medoid.quote).rstrip(" .!?").lower()
    others = [
        row
        for row in able
        if mentions[row].person_id != medoid.person_id
        and near[row] >= least
        and tidied(mentions[row].quote).rstrip(" .!?").lower() != medoid_words
    ]
    farthest = min(others, key=lambda row: (near[row], mentions[row].mention_id), default=None)
    return None if farthest is None else mentions[farthest]
