"""Average-link clustering near n log n: exact inside cells of a coarse partition, then joined across the cells."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voc_engine.insights.claims import Claims, Floats, Ints
from voc_engine.insights.opposites import Leanings

LIMIT = 2_500  # rows of one distance matrix: 25 MB, a fraction of a second
SAMPLE = 20_000
BRANCHES = 64
NEARER = 0.3  # middles of clusters must be so much nearer than claims to be the same
ALIKE, FEW = (
    0.3,
    0.8,
)  # least mean likeness in meaning (centred cosine) of a member to n - 1 others: ALIKE * (1 + FEW / n)
SLACK = 0.08  # a member may lie this much farther from the others than clusters from each other


def cells(matrix: Floats, limit: int = LIMIT, seed: int = 0) -> list[Ints]:
    """Row indices parted by nearness into groups of at most ``limit`` rows (recursive k-means on a sample)."""
    return _split(matrix, np.arange(len(matrix), dtype=np.int64), limit, seed)


def _split(matrix: Floats, rows: Ints, limit: int, seed: int) -> list[Ints]:
    if len(rows) <= limit:
        return [rows]
    branches = min(BRANCHES, -(-2 * len(rows) // limit))
    nearest = _nearest(matrix[rows], _centres(matrix, rows, branches, seed))
    parts = [rows[nearest == branch] for branch in range(branches)]
    parts = [part for part in parts if len(part)]
    if len(parts) == 1:  # all alike: nothing tells them apart, so any cut will do
        return [rows[start : start + limit] for start in range(0, len(rows), limit)]
    return [cell for part in parts for cell in _split(matrix, part, limit, seed + 1)]


def _centres(matrix: Floats, rows: Ints, branches: int, seed: int) -> Floats:
    random = np.random.default_rng(seed)
    sample: Floats = matrix[np.sort(random.permutation(rows)[:SAMPLE])]
    centres: Floats = sample[np.sort(random.permutation(len(sample))[:branches])]
    for _ in range(4):
        nearest = _nearest(sample, centres)
        for branch in range(branches):
            members = sample[nearest == branch]
            if len(members):
                centres[branch] = members.mean(axis=0)
    return centres


def _nearest(points: Floats, centres: Floats) -> Ints:
    half = (centres**2).sum(axis=1) / 2
    found = np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), 50_000):
        found[start : start + 50_000] = (points[start : start + 50_000] @ centres.T - half).argmax(axis=1)
    return found


def average_link(claims: Claims, leanings: Leanings, texts: Ints, distance: float) -> Ints:
    """Cluster numbers of the rows by average-link distance; opposites never share a cluster.

    ``texts``: rows of the same sentence are different claims in it, so what they share is no evidence of sameness.
    """
    if len(claims) == 1:
        return np.zeros(1, dtype=np.int64)
    first = cells(claims.dense)
    labels = _link_cells(claims, leanings, texts, first, distance)
    if len(first) > 1:  # clusters cut apart by a cell's edge meet again in cells that lie elsewhere
        means = claims.means(labels)
        labels = _link_cells(means, None, None, cells(means.dense, seed=101), distance)[labels]
    labels, loose = _thrown_out(claims, leanings, labels, distance + SLACK)
    for part in cells(claims.dense[loose], seed=202) if len(loose) else []:
        rows = loose[part]
        labels[rows] = int(labels.max()) + 1 + _link(claims.at(rows), leanings.at(rows), texts[rows], distance)
    labels = _gathered(claims, labels, distance - NEARER)
    labels = _taken_in(claims, labels, distance + SLACK)
    labels, left = _thrown_out(claims, leanings, labels, np.inf)
    labels[left] = int(labels.max()) + 1 + np.arange(len(left))
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _gathered(claims: Claims, labels: Ints, distance: float) -> Ints:
    """Clusters of two and more that have the same middle become one, wherever cells had put them.

    Average-link distance tells the width of two clusters as well as how far they are from each other; the distance
    of their middles tells the latter alone, and is the surer the more members they have.
    """
    labels = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    several: Ints = np.flatnonzero(np.bincount(labels) > 1).astype(np.int64)
    if len(several) < 2 or distance <= 0:
        return labels
    middles = claims.means(labels).at(several).of_unit_length()
    joined = _link_cells(middles, None, None, cells(middles.dense, seed=303), distance)
    target = np.arange(int(labels.max()) + 1, dtype=np.int64)
    target[several] = int(labels.max()) + 1 + joined
    return np.unique(target[labels], return_inverse=True)[1].astype(np.int64)


def _taken_in(claims: Claims, labels: Ints, farthest: float) -> Ints:
    """Lone claims go into the nearest cluster of three or more that they lie no farther from than its members may."""
    sizes = np.bincount(labels)
    lone: Ints = np.flatnonzero(sizes[labels] == 1).astype(np.int64)
    homes: Ints = np.flatnonzero(sizes > 2).astype(np.int64)
    if not len(lone) or not len(homes):
        return labels
    middles = claims.means(labels).at(homes)
    moved = labels.copy()
    block = max(1, LIMIT * LIMIT // len(homes))
    for start in range(0, len(lone), block):
        rows = lone[start : start + block]
        apart = claims.at(rows).apart(middles)
        best = apart.argmin(axis=1)
        near = apart[np.arange(len(rows)), best] <= farthest
        moved[rows[near]] = homes[best[near]]
    return np.unique(moved, return_inverse=True)[1].astype(np.int64)


def _link_cells(
    claims: Claims, leanings: Leanings | None, texts: Ints | None, parts: list[Ints], distance: float
) -> Ints:
    labels = np.empty(len(claims), dtype=np.int64)
    used = 0
    for rows in parts:
        leaning = None if leanings is None else leanings.at(rows)
        local = _link(claims.at(rows), leaning, None if texts is None else texts[rows], distance)
        labels[rows] = local + used
        used += int(local.max()) + 1
    return labels


def _link(claims: Claims, leanings: Leanings | None, texts: Ints | None, distance: float) -> Ints:
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


def _thrown_out(claims: Claims, leanings: Leanings, labels: Ints, farthest: float) -> tuple[Ints, Ints]:
    """Labels, and the rows that must leave: far from the rest of their cluster, or opposed to a more central row."""
    leaving: list[Ints] = []
    sizes = np.bincount(labels)
    order = np.argsort(labels, kind="stable")
    starts = np.concatenate(([0], np.cumsum(sizes)))
    for label in np.flatnonzero(sizes > 1):
        rows = order[starts[label] : starts[label + 1]]
        leaving.append(rows[_misplaced(claims.at(rows), leanings.at(rows), farthest)])
    loose = np.sort(np.concatenate(leaving)) if leaving else np.empty(0, dtype=np.int64)
    return labels.copy(), loose.astype(np.int64)


def _misplaced(claims: Claims, leanings: Leanings, farthest: float) -> npt.NDArray[np.bool_]:
    count = len(claims)
    mean = claims.means(np.zeros(count, dtype=np.int64))
    # The mean holds the row itself, at distance 0: take that part out.
    far = np.round(claims.apart(mean)[:, 0].astype(np.float64) * count / (count - 1), 5)
    rank = np.argsort(np.argsort(far, kind="stable"), kind="stable")
    sense = (claims.sense(mean).astype(np.float64) * count - 1) / (count - 1)
    # Two claims may share a rare word by chance; twenty that share one speak of the same thing.
    out: npt.NDArray[np.bool_] = (far > farthest) | (np.round(sense, 5) < ALIKE * (1 + FEW / count))
    for start in range(0, count, LIMIT):
        rows = np.arange(start, min(count, start + LIMIT))
        clash = leanings.at(rows).opposed(leanings) & (rank[None] < rank[rows][:, None])
        out[rows] |= clash.any(axis=1)
    return out
