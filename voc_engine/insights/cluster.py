"""Average-link clustering near n log n: exact inside cells of a coarse partition, then joined across the cells."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

LIMIT = 2_500  # rows of one distance matrix: 25 MB, a fraction of a second
SAMPLE = 20_000
BRANCHES = 64


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


def average_link(matrix: Floats, slots: Ints, ends: Floats, texts: Ints, distance: float) -> Ints:
    """Cluster numbers of the rows (unit vectors) by average-link cosine distance.

    ``slots``: rows with the same number >= 0 have the same normalised statement and come 0.1 nearer. ``texts``: rows
    of the same sentence are different claims in it, so the shared vector is no evidence of sameness. ``ends``
    (rows, scales) in {-1, 0, 1}: rows at opposite ends of a scale never share a cluster.
    """
    labels = np.arange(len(matrix), dtype=np.int64)
    if len(matrix) > 1:
        first = cells(matrix)
        labels = _link_cells(matrix, first, slots, ends, texts, distance)
        if len(first) > 1:  # clusters cut apart by a cell's edge meet again in cells that lie elsewhere
            labels = _join(matrix, labels, ends, distance)
    return _part_opposites(labels, ends)


def _join(matrix: Floats, labels: Ints, ends: Floats, distance: float) -> Ints:
    means, count = cluster_means(matrix, labels), int(labels.max()) + 1
    lean = np.zeros((count, ends.shape[1]), np.float32)
    np.add.at(lean, labels, ends)
    none = np.full(count, -1, dtype=np.int64)
    return _link_cells(means, cells(means, seed=101), none, np.sign(lean), none, distance)[labels]


def cluster_means(matrix: Floats, labels: Ints) -> Floats:
    """Mean vector per cluster (clusters, dimensions), not normalised: 1 - mean . mean is the average-link distance."""
    from scipy.sparse import csr_array

    count = int(labels.max()) + 1
    where = csr_array((np.ones(len(labels), np.float32), (labels, np.arange(len(labels)))), shape=(count, len(labels)))
    sizes = np.bincount(labels, minlength=count)[:, None]
    return np.asarray((where @ matrix) / sizes, dtype=np.float32)


def _link_cells(matrix: Floats, parts: list[Ints], slots: Ints, ends: Floats, texts: Ints, distance: float) -> Ints:
    labels = np.empty(len(matrix), dtype=np.int64)
    used = 0
    for rows in parts:
        local = _link(matrix[rows], slots[rows], ends[rows], texts[rows], distance)
        labels[rows] = local + used
        used += int(local.max()) + 1
    return labels


def _link(matrix: Floats, slots: Ints, ends: Floats, texts: Ints, distance: float) -> Ints:
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(matrix) == 1:
        return np.zeros(1, dtype=np.int64)
    upper = np.triu_indices(len(matrix), 1)
    apart = 1.0 - (matrix @ matrix.T)[upper].astype(np.float64)
    same_slots = (slots[upper[0]] == slots[upper[1]]) & (slots[upper[0]] >= 0)
    same_text = (texts[upper[0]] == texts[upper[1]]) & (texts[upper[0]] >= 0)
    apart = np.where(same_slots, apart - 0.1, np.where(same_text, np.maximum(apart, 0.5), apart))
    if ends.any():
        apart = np.where((ends @ ends.T)[upper] < 0, 2.0, apart)
    # Rounded, so that the last bits of a matrix product on another machine cannot move a merge.
    tree = linkage(np.round(np.maximum(apart, 0.0), 6), method="average")
    return np.asarray(fcluster(tree, t=distance, criterion="distance"), dtype=np.int64) - 1


def _part_opposites(labels: Ints, ends: Floats) -> Ints:
    """Average link may still swallow an opposite in a large cluster: those rows leave it together."""
    for scale in range(ends.shape[1]):
        low, high = np.unique(labels[ends[:, scale] < 0]), np.unique(labels[ends[:, scale] > 0])
        both = np.intersect1d(low, high)
        if len(both):
            leaving = np.isin(labels, both) & (ends[:, scale] < 0)
            labels = np.where(leaving, labels + int(labels.max()) + 1, labels)
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)
