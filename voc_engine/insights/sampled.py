"""Large studies: a sample is clustered, the others go to the nearest cluster, and what is left in neighbourhoods."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voc_engine.insights.claims import Ints
from voc_engine.insights.cluster import (
    NEARER,
    SLACK,
    average_link,
    gathered,
    leaving,
    link,
    nearest_home,
    renumbered,
    taken_in,
)
from voc_engine.insights.lazy_claims import LazyClaims
from voc_engine.insights.neighbourhoods import neighbourhoods
from voc_engine.insights.opposites import Leanings
from voc_engine.insights.units import Unit
from voc_engine.records import stable_hash

WHOLE = 20_000  # claims of one kind up to which none is sampled
SAMPLE = 10_000
TURNS = 3
WORTH_WHILE = 0.2  # share of what was left that a turn must place for another one to follow


def grouped(claims: LazyClaims, leanings: Leanings, units: Sequence[Unit], texts: Ints, distance: float) -> Ints:
    """Cluster numbers of the claims of one kind; opposites never share a cluster.

    Up to WHOLE claims all are clustered together. Beyond, a sample is: the wordings that most mentions have, and others
    by a hash of their words, so that new data changes little of it. The rest joins the nearest cluster of two and more
    under the same distances and the same rule for opposites (CLARA, Kaufman & Rousseeuw 1990, assigns alike). What
    joins none is sampled again; what is left at last is clustered inside neighbourhoods of near claims.
    """
    everything = np.arange(len(claims), dtype=np.int64)
    if len(claims) <= WHOLE:
        return average_link(claims, everything, leanings, texts, distance)
    labels = np.full(len(claims), -1, dtype=np.int64)
    order = _order(units)
    for _ in range(TURNS):
        rest = order[labels[order] < 0]
        if len(rest) <= WHOLE:
            break
        _turn(claims, leanings, texts, labels, rest, distance)
        if (labels < 0).sum() > (1 - WORTH_WHILE) * len(rest):
            break
    _remainder(claims, leanings, texts, labels, distance)
    labels = taken_in(claims, gathered(claims, labels, distance - NEARER), distance + SLACK)
    left = leaving(claims, leanings, labels, distance + SLACK)
    labels[left] = int(labels.max()) + 1 + np.arange(len(left))
    return renumbered(labels)


def _order(units: Sequence[Unit]) -> Ints:
    """Row numbers in the order in which a sample takes them: half by mentions, half by hash, in turn."""
    hashes = [stable_hash(unit.wording) for unit in units]
    by_hash = sorted(range(len(units)), key=lambda row: (hashes[row], row))
    often = sorted((row for row in by_hash if len(units[row].rows) > 1), key=lambda row: -len(units[row].rows))
    first = often[: SAMPLE // 2]
    taken = set(first)
    return np.array(first + [row for row in by_hash if row not in taken], dtype=np.int64)


def _turn(claims: LazyClaims, leanings: Leanings, texts: Ints, labels: Ints, rest: Ints, distance: float) -> None:
    """Cluster the head of ``rest``, place the others; clusters of one stay open. Writes into ``labels``."""
    sample, others = np.sort(rest[:SAMPLE]), np.sort(rest[SAMPLE:])
    found = average_link(claims, sample, leanings, texts, distance)
    sizes = np.bincount(found)
    homes = np.flatnonzero(sizes > 1)
    if not len(homes):
        return
    number = np.full(len(sizes), -1, dtype=np.int64)
    number[homes] = np.arange(len(homes))
    own = np.full(len(claims), -1, dtype=np.int64)
    own[sample] = number[found]
    farthest = np.where(sizes[homes] > 2, distance + SLACK, distance).astype(np.float32)
    own[others] = nearest_home(claims, others, claims.means(own), farthest)
    own[leaving(claims, leanings, own, distance + SLACK)] = -1
    placed = own >= 0
    labels[placed] = int(labels.max()) + 1 + own[placed]


def _remainder(claims: LazyClaims, leanings: Leanings, texts: Ints, labels: Ints, distance: float) -> None:
    rest = np.flatnonzero(labels < 0).astype(np.int64)
    for part in neighbourhoods(claims.dense, rest, seed=404) if len(rest) else []:
        labels[part] = int(labels.max()) + 1 + link(claims.at(part), leanings.at(part), texts[part], distance)
