"""Average-link clustering near n log n: exact inside neighbourhoods of a coarse partition, then joined across them."""

from __future__ import annotations

import numpy as np

from voc_engine.insights.claims import Claims, Floats, Ints
from voc_engine.insights.lazy_claims import LazyClaims, chunks
from voc_engine.insights.neighbourhoods import neighbourhoods
from voc_engine.insights.opposites import Leanings, clashing
from voc_engine.insights.wordtable import word_table

NEARER = 0.3  # middles of clusters must be so much nearer than claims to be the same
ALIKE, FEW = (
    0.3,
    0.8,
)  # least mean likeness in meaning (centred cosine) of a member to n - 1 others: ALIKE * (1 + FEW / n)
CLOSENESSES = 1_000_000  # of rows to homes at a time: with what is made of them 50 MB
SLACK = 0.08  # a member may lie this much farther from the others than clusters from each other


def average_link(claims: LazyClaims, rows: Ints, leanings: Leanings, texts: Ints, distance: float) -> Ints:
    """Cluster numbers of ``rows`` by average-link distance; opposites never share a cluster.

    ``leanings`` and ``texts`` are those of all claims of the kind. ``texts``: rows of the same sentence are different claims
    in it, so what they share is no evidence of sameness.
    """
    if len(rows) == 1:
        return np.zeros(1, dtype=np.int64)
    first = neighbourhoods(claims.dense, rows)
    labels = np.full(len(claims), -1, dtype=np.int64)
    for part in first:
        linked = link(claims.at(part), leanings.at(part), texts[part], distance)
        labels[part] = int(labels.max()) + 1 + linked
    if len(first) > 1:  # clusters cut apart by a neighbourhood's edge meet again in neighbourhoods that lie elsewhere
        labels[rows] = _met_again(claims.means(labels), distance, seed=101)[labels[rows]]
    loose = leaving(claims, leanings, labels, distance + SLACK)
    for part in neighbourhoods(claims.dense, loose, seed=202) if len(loose) else []:
        linked = link(claims.at(part), leanings.at(part), texts[part], distance)
        labels[part] = int(labels.max()) + 1 + linked
    labels = taken_in(claims, gathered(claims, labels, distance - NEARER), distance + SLACK)
    left = leaving(claims, leanings, labels, np.inf)
    labels[left] = int(labels.max()) + 1 + np.arange(len(left))
    return np.unique(labels[rows], return_inverse=True)[1].astype(np.int64)


def link(claims: Claims, leanings: Leanings | None, texts: Ints | None, distance: float) -> Ints:
    """Cluster numbers of a few claims, from all their distances."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(claims) == 1:
        return np.zeros(1, dtype=np.int64)
    apart = claims.apart(claims)
    if texts is not None:
        apart[(texts[:, None] == texts[None]) & (texts[:, None] >= 0)] = 1.0
    if leanings is not None:
        apart[leanings.opposed(leanings)] = 2.0
    upper = apart[np.triu_indices(len(claims), 1)].astype(np.float64)
    tree = linkage(np.maximum(upper, 0.0), method="average")
    return np.asarray(fcluster(tree, t=distance, criterion="distance"), dtype=np.int64) - 1


def _met_again(means: Claims, distance: float, seed: int) -> Ints:
    """Cluster numbers of clusters, from neighbourhoods of their own."""
    labels = np.empty(len(means), dtype=np.int64)
    used = 0
    for rows in neighbourhoods(means.directions, np.arange(len(means), dtype=np.int64), seed=seed):
        local = link(means.at(rows), None, None, distance)
        labels[rows] = local + used
        used += int(local.max()) + 1
    return labels


def gathered(claims: LazyClaims, labels: Ints, distance: float) -> Ints:
    """Clusters of two and more that have the same middle become one, wherever neighbourhoods had put them.

    Average-link distance tells the width of two clusters as well as how far they are from each other; the distance
    of their middles tells the latter alone, and is the surer the more members they have.
    """
    labels = renumbered(labels)
    several = np.flatnonzero(np.bincount(labels[labels >= 0]) > 1).astype(np.int64)
    if len(several) < 2 or distance <= 0:
        return labels
    own = np.full(int(labels.max()) + 2, -1, dtype=np.int64)  # the last place answers for -1
    own[several] = np.arange(len(several))
    joined = _met_again(claims.means(own[labels]).of_unit_length(), distance, seed=303)
    target = np.append(np.arange(int(labels.max()) + 1, dtype=np.int64), -1)
    target[several] = int(labels.max()) + 1 + joined
    return renumbered(target[labels])


def taken_in(claims: LazyClaims, labels: Ints, farthest: float) -> Ints:
    """Lone claims go into the nearest cluster of three or more that they lie no farther from than its members may."""
    sizes = np.bincount(labels[labels >= 0])
    homes = np.flatnonzero(sizes > 2).astype(np.int64)
    lone = np.flatnonzero((labels >= 0) & (sizes[labels] == 1)).astype(np.int64)
    if not len(lone) or not len(homes):
        return labels
    own = np.full(len(sizes) + 1, -1, dtype=np.int64)
    own[homes] = np.arange(len(homes))
    found = nearest_home(claims, lone, claims.means(own[labels]), farthest)
    moved = labels.copy()
    moved[lone[found >= 0]] = homes[found[found >= 0]]
    return renumbered(moved)


def nearest_home(claims: LazyClaims, rows: Ints, homes: Claims, farthest: float | Floats) -> Ints:
    """Number of the nearest cluster mean of each row, -1 where none lies within ``farthest`` (one, or one per home).

    Only homes that mean something alike are looked at, so that words are compared for few of the pairs. A home that
    feels the opposite way is none.
    """
    found = np.full(len(rows), -1, dtype=np.int64)
    limit = np.broadcast_to(np.asarray(farthest, dtype=np.float32), (len(homes),))
    words = word_table(homes.terms)
    at = 0
    step = max(64, CLOSENESSES // len(homes))
    for chunk in chunks(rows):
        for start in range(0, len(chunk), step):
            part = claims.at(chunk[start : start + step])
            row, home, apart = part.near(homes, words, ALIKE)
            keep = apart <= limit[home]
            row, home, apart = row[keep], home[keep], apart[keep]
            order = np.lexsort((home, apart, row))
            row, first = np.unique(row[order], return_index=True)
            found[at + row] = home[order][first]
            at += len(part)
    return found


def leaving(claims: LazyClaims, leanings: Leanings, labels: Ints, farthest: float) -> Ints:
    """Rows that must leave their cluster: far from the rest of it, or opposed to a row nearer to its middle."""
    sizes = np.bincount(labels[labels >= 0])
    own = np.where(labels >= 0, sizes[labels] > 1, False)
    inside = np.flatnonzero(own).astype(np.int64)
    far = np.zeros(len(labels), dtype=np.float64)
    out = np.zeros(len(labels), dtype=bool)
    if not len(inside):
        return inside
    home = np.unique(labels[inside], return_inverse=True)[1]
    short = np.full(len(labels), -1, dtype=np.int64)
    short[inside] = home
    means = claims.means(short)
    words = word_table(means.terms)
    for rows in chunks(inside):
        count = sizes[labels[rows]].astype(np.float64)
        apart, sense = claims.at(rows).beside(means, words, short[rows])
        # The mean holds the row itself, at distance 0: take that part out.
        far[rows] = np.round(apart * count / (count - 1), 5)
        rest = (sense.astype(np.float64) * count - 1) / (count - 1)
        # Two claims may share a rare word by chance; twenty that share one speak of the same thing.
        out[rows] = (far[rows] > farthest) | (np.round(rest, 5) < ALIKE * (1 + FEW / count))
    return np.flatnonzero(out | clashing(leanings, short, far)).astype(np.int64)


def renumbered(labels: Ints) -> Ints:
    """The same clusters numbered from 0 without gaps; -1 stays."""
    out = np.full(len(labels), -1, dtype=np.int64)
    inside = labels >= 0
    out[inside] = np.unique(labels[inside], return_inverse=True)[1]
    return out
