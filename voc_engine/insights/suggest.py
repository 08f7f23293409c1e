"""Suggested merges: insights that lie a little too far apart to be merged unasked."""

from __future__ import annotations

import numpy as np

from voc_engine.insights.cells import cells
from voc_engine.insights.claims import Ints
from voc_engine.insights.opposites import Leanings
from voc_engine.insights.stock import Stock

MOST_SUGGESTED = 3
MOST_LOOKED_AT = 50  # members of either insight that are held against each other
MANY = 20_000  # insights of one kind beyond which lone claims get no suggestions

Pair = tuple[float, int, int]


def suggest(stock: Stock, leanings: Leanings, labels: Ints, distance: float) -> list[tuple[int, ...]]:
    """Per cluster at most three others within the distance, nearest first; never opposites, and always both ways.

    ``labels`` (rows,): cluster numbers from 0 without gaps.
    """
    sizes = np.bincount(labels)
    shown = np.flatnonzero(sizes > (1 if len(sizes) > MANY else 0)).astype(np.int64)
    own = np.full(len(sizes), -1, dtype=np.int64)
    own[shown] = np.arange(len(shown))
    order = np.argsort(labels, kind="stable")
    starts = np.concatenate(([0], np.cumsum(sizes)))
    found: list[list[int]] = [[] for _ in sizes]
    for _, one, other in sorted(_near(stock, own[labels], distance) if len(shown) else []):
        pair = int(shown[one]), int(shown[other])
        if max(len(found[number]) for number in pair) < MOST_SUGGESTED:
            left, right = (order[starts[n] : starts[n + 1]][:MOST_LOOKED_AT] for n in pair)
            if not leanings.at(left).opposed(leanings.at(right)).any():
                found[pair[0]].append(pair[1])
                found[pair[1]].append(pair[0])
    return [tuple(others) for others in found]


def _near(stock: Stock, labels: Ints, distance: float) -> list[Pair]:
    """Pairs of clusters within the distance that lie in one cell."""
    means = stock.means(labels)
    pairs: list[Pair] = []
    for rows in cells(means.directions, np.arange(len(means), dtype=np.int64)):
        part = means.at(rows)
        apart = part.apart(part)
        for one, other in zip(*np.nonzero(np.triu(apart <= distance, 1)), strict=True):
            ends = sorted((int(rows[one]), int(rows[other])))
            pairs.append((round(float(apart[one, other]), 5), ends[0], ends[1]))
    return pairs
