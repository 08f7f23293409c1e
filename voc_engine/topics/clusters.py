"""Density-aware Ward clustering whose cut follows the amount of evidence."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.topics.reduction import Floats, unit

Ints = npt.NDArray[np.int64]

NEIGHBOURS = 10  # a choice, fewer where rows are few: with more, small topics move towards large ones
ROUNDS = 2  # a choice: every move draws sentences closer together, and many end as points
ALIKE = 0.8  # cosine of two centroids above which they are one topic
CHANCE = 0.98  # share of foreign centroids that a member must beat
LEFT_OUT = 0.25  # share of the fitted rows, at most, that is left out for want of nearness
_BLOCK = 1_000  # rows held against all others at a time; memory, no result
FEWEST_TOPICS = 2  # one topic for everything tells nothing


class WardTopics:
    """What BERTopic is given as ``hdbscan_model``: ``labels_`` per row, -1 only inside BERTopic's protocol.

    1. Each row moves to the mean of its nearest neighbours, twice (the mean shift of Fukunaga & Hostetler 1975 on
       nearest neighbours): rows in dense places contract, which gives Ward's criterion an idea of density.
    2. Ward's tree (Ward 1963). From the root the highest node is divided as long as both halves hold ``min_size`` rows
       (smaller ones fall off, as in HDBSCAN's condensed tree, Campello et al. 2013), their centroids are not alike
       and fewer than ``max_topics`` topics are there.
    3. Rows go to the nearest centroid, measured without the contraction, so that sentences outside the fit are
       judged alike. No nearer than 98 of 100 foreign centroids are to a sentence, or than random directions are to
       each other, means not assigned; but never more than LEFT_OUT of the fitted rows.
    """

    def __init__(self, min_size: int, max_topics: int) -> None:
        self.min_size, self.max_topics = min_size, max_topics
        self.labels_: Ints = np.empty(0, dtype=np.int64)
        self.centroids_: Floats = np.empty((0, 0))
        self.threshold_ = 1.0

    def fit(self, rows: npt.NDArray[Any], y: object = None) -> WardTopics:
        """``rows``: unit length, shape (n, components). ``y`` is BERTopic's and not read."""
        from scipy.cluster.hierarchy import linkage

        points = unit(rows)
        self.labels_ = np.full(len(points), -1, dtype=np.int64)
        if len(points) < 2 * self.min_size:
            return self
        tree = linkage(np.round(contracted(points), 6), method="ward")
        centroids = self._cut(points, tree)
        if len(centroids) < FEWEST_TOPICS:
            return self
        for _ in range(2):
            centroids = _means(points, nearest(points, centroids)[0], centroids)
        self.centroids_ = centroids
        owner, similarity = nearest(points, centroids)
        self.threshold_ = _threshold(points, centroids, owner, similarity)
        used = np.unique(owner[similarity >= self.threshold_])
        self.centroids_ = centroids[used]
        self.labels_ = np.where(similarity >= self.threshold_, np.searchsorted(used, owner), -1)
        return self

    def _cut(self, points: Floats, tree: Floats) -> Floats:
        n = len(points)
        children = tree[:, :2].astype(np.int64)
        sizes = np.concatenate([np.ones(n, dtype=np.int64), tree[:, 3].astype(np.int64)])
        sums = np.zeros((2 * n - 1, points.shape[1]), dtype=np.float32)
        sums[:n] = points
        for node, (left, right) in enumerate(children, start=n):
            sums[node] = sums[left] + sums[right]
        open_nodes: list[tuple[float, int, int, int]] = []
        leaves = {2 * n - 2}
        self._offer(open_nodes, 2 * n - 2, children, sizes, tree, sums)
        while open_nodes and len(leaves) < self.max_topics:
            _, node, left, right = heapq.heappop(open_nodes)
            leaves.remove(node)
            for child in (left, right):
                leaves.add(child)
                self._offer(open_nodes, child, children, sizes, tree, sums)
        return unit(sums[sorted(leaves)])

    def _offer(
        self, heap: list[tuple[float, int, int, int]], node: int, children: Ints, sizes: Ints, tree: Floats, sums: Any
    ) -> None:
        """Puts the node's division on the heap, looking through divisions where a small part only falls off."""
        n, current = len(children) + 1, node
        while current >= n:
            left, right = (int(child) for child in children[current - n])
            if min(sizes[left], sizes[right]) >= self.min_size:
                pair = unit(sums[[left, right]])
                if float(pair[0] @ pair[1]) <= ALIKE:
                    heapq.heappush(heap, (-float(tree[current - n, 2]), node, left, right))
                return
            current = left if sizes[left] >= sizes[right] else right


def contracted(points: Floats) -> Floats:
    """Rows moved towards their nearest neighbours; fewer neighbours where there are few rows."""
    count = min(NEIGHBOURS, max(2, len(points) // 15), len(points) - 1)
    for _ in range(ROUNDS):
        small = points.astype(np.float32)
        moved = np.empty_like(points)
        for start in range(0, len(points), _BLOCK):
            block = small[start : start + _BLOCK] @ small.T
            block[np.arange(len(block)), np.arange(start, start + len(block))] = -2.0
            near = np.sort(np.argpartition(-block, count - 1, axis=1)[:, :count], axis=1)
            moved[start : start + _BLOCK] = points[start : start + _BLOCK] + points[near].mean(axis=1)
        points = unit(moved)
    return points


def nearest(points: Floats, centroids: Floats) -> tuple[Ints, Floats]:
    """Index of the nearest centroid and the cosine to it, per row; the first of equals wins."""
    owner = np.zeros(len(points), dtype=np.int64)
    similarity = np.zeros(len(points))
    for start in range(0, len(points), 10 * _BLOCK):
        # Rounded, so that the last bits of a matrix product cannot decide.
        block = np.round(points[start : start + 10 * _BLOCK] @ centroids.T, 6)
        owner[start : start + 10 * _BLOCK] = block.argmax(axis=1)
        similarity[start : start + 10 * _BLOCK] = block.max(axis=1)
    return owner, similarity


def _means(points: Floats, owner: Ints, before: Floats) -> Floats:
    means = before.copy()
    for label in range(len(before)):
        members = points[owner == label]
        if len(members):
            means[label] = members.sum(axis=0)
    return unit(means)


def _threshold(points: Floats, centroids: Floats, owner: Ints, similarity: Floats) -> float:
    foreign = points @ centroids.T
    foreign[np.arange(len(points)), owner] = np.nan
    # Two or three topics lie opposite each other, so that any stray beats the foreign ones.
    chance = max(float(np.nanquantile(foreign, CHANCE)), chance_cosine(points.shape[1]))
    return round(min(chance, float(np.quantile(similarity, LEFT_OUT))), 6)


def chance_cosine(components: int) -> float:
    """Three standard deviations of the cosine of two random directions, which has mean 0."""
    return 3.0 / float(np.sqrt(components))
