"""Suggested merges: insights that lie a little too far apart to be merged unasked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voc_engine.insights.claims import Claims, Ints
from voc_engine.insights.lazy_claims import LazyClaims
from voc_engine.insights.neighbourhoods import neighbourhoods
from voc_engine.insights.opposites import Leanings

MOST_SUGGESTED = 3
MOST_LOOKED_AT = 50  # members of either insight that are held against each other
MANY = 20_000  # insights of one kind beyond which lone claims get no suggestions

BLOCK = 4_096  # pairs at a time, nearest first


def suggest(claims: LazyClaims, leanings: Leanings, labels: Ints, distance: float) -> list[tuple[int, ...]]:
    """Per cluster at most three others within the distance, nearest first; never opposites, and always both ways.

    ``labels`` (rows,): cluster numbers from 0 without gaps.
    """
    sizes = np.bincount(labels)
    shown = np.flatnonzero(sizes > (1 if len(sizes) > MANY else 0)).astype(np.int64)
    if not len(shown):
        return [()] * len(sizes)
    own = np.full(len(sizes), -1, dtype=np.int64)
    own[shown] = np.arange(len(shown))
    order = np.argsort(labels, kind="stable")
    members = np.split(order, np.cumsum(sizes)[:-1])
    found: list[list[int]] = [[] for _ in sizes]
    means = claims.means(own[labels])
    # A cluster lies in one neighbourhood and so do all its pairs: they can be looked at one after the other.
    for rows in neighbourhoods(means.directions, np.arange(len(means), dtype=np.int64)):
        _pair_up(means.at(rows), shown[rows], leanings, members, found, distance)
    return [tuple(others) for others in found]


def _pair_up(
    means: Claims, numbers: Ints, leanings: Leanings, members: Sequence[Ints], found: list[list[int]], distance: float
) -> None:
    """Suggest the pairs of one cell to each other, nearest first, ties by number. ``means``: row i is the middle of
    cluster ``numbers[i]``. Writes into ``found``."""
    ones, others = _near(means, distance)
    wanting = np.full(len(numbers), MOST_SUGGESTED)
    for start in range(0, len(ones), BLOCK):
        left, right = ones[start : start + BLOCK], others[start : start + BLOCK]
        open_ = (wanting[left] > 0) & (wanting[right] > 0)
        for one, other in zip(left[open_].tolist(), right[open_].tolist(), strict=True):
            if not wanting[one] or not wanting[other]:
                continue
            pair = int(numbers[one]), int(numbers[other])
            heads = [leanings.at(members[number][:MOST_LOOKED_AT]) for number in pair]
            if not heads[0].opposed(heads[1]).any():
                found[pair[0]].append(pair[1])
                found[pair[1]].append(pair[0])
                wanting[one] -= 1
                wanting[other] -= 1


def _near(means: Claims, distance: float) -> tuple[Ints, Ints]:
    """Row numbers of the pairs within the distance, nearest first."""
    apart = means.apart(means)
    ones, others = np.nonzero(np.triu(apart <= distance, 1))
    order = np.lexsort((others, ones, apart[ones, others]))
    return ones[order], others[order]
