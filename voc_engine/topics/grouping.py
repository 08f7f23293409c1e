"""From fine groups of near sentences to the topics that a person reads: what shares no matter goes, the rest merges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.topics.clusters import FEWEST_TOPICS, Ints, WardTopics, chance_cosine, nearest
from voc_engine.topics.reduction import Floats, unit

FINER = 3  # groups at most that are looked at for one topic
SHARED = 5  # words by which a group is judged
LEAST_SHARED = 0.45  # share of a group's sentences that hold one of them
LEFT_OUT = 0.15  # share of the rows that are near no topic once groups are dissolved, chance allowing
LEAST_MERGED = 0.42  # the same where groups merge: matters that are near but use different words
_OFTEN = 0.06  # share of a group's sentences below which a word is not shared


class ReadableTopics:
    """What BERTopic is given as ``hdbscan_model``: ``labels_`` per row, -1 for no topic.

    1. WardTopics parts the rows more finely than asked, so that a group about dates or about somebody's mother stands
       alone instead of within a matter that it happens to be near.
    2. A group few of whose sentences share a word that can name a matter is no topic; its rows go to the next group
       that is near enough.
    3. The rest is merged to ``max_topics``, the pair first whose union adds least to the sum of squares (Ward 1963):
       the tree by which BERTopic's hierarchical reduction merges (Grootendorst 2022), without leaving anything out.
       A pair that would share no matter any more waits until no other pair is left.

    ``centroids_[g]`` is group g, ``parents_[g]`` its topic; groups are in the order of their topics.
    """

    def __init__(self, words: Sequence[frozenset[str]], min_size: int, max_topics: int) -> None:
        self.words, self.min_size, self.max_topics = words, min_size, max_topics
        self.labels_: Ints = np.empty(0, dtype=np.int64)
        self.parents_: Ints = np.empty(0, dtype=np.int64)
        self.centroids_: Floats = np.empty((0, 0))
        self.threshold_ = 1.0

    def fit(self, rows: npt.NDArray[Any], y: object = None) -> ReadableTopics:
        """``rows``: unit length, shape (n, components), row i of ``words[i]``. ``y`` is BERTopic's and not read."""
        points = unit(rows)
        fine = WardTopics(self.min_size, FINER * self.max_topics).fit(rows)
        self.labels_ = np.full(len(points), -1, dtype=np.int64)
        shares = SharedWords(self.words)
        readable = [
            group for group in range(int(fine.labels_.max(initial=-1)) + 1)
            if shares.among(np.flatnonzero(fine.labels_ == group)) >= LEAST_SHARED
        ]  # fmt: skip
        if len(readable) < FEWEST_TOPICS:
            return self
        owner, similarity = nearest(points, fine.centroids_[readable])
        # A dissolved group's rows may stay without a topic: never below what random directions have in common.
        enough = max(float(np.quantile(similarity, LEFT_OUT)), chance_cosine(points.shape[1]))
        self.threshold_ = min(fine.threshold_, round(enough, 6))
        group_of = np.where(similarity >= self.threshold_, owner, -1)

        def allowed(union: list[int]) -> bool:
            return shares.among(np.flatnonzero(np.isin(group_of, union))) >= LEAST_MERGED

        parents = merged(points, owner, len(readable), self.max_topics, allowed)
        order = np.argsort(parents, kind="stable")
        self.centroids_, self.parents_ = fine.centroids_[readable][order], parents[order]
        self.labels_ = np.where(similarity >= self.threshold_, parents[owner], -1)
        return self


class SharedWords:
    """How far sentences share a matter: who of them holds one of the SHARED words that set them apart."""

    def __init__(self, words: Sequence[frozenset[str]]) -> None:
        """``words[i]``: the words of row i that can name a matter."""
        self.words = words
        self.everywhere = Counter(word for few in words for word in few)

    def among(self, rows: Ints) -> float:
        """Share of the sentences of those rows; a word counts when two sentences and _OFTEN of them hold it."""
        members = [self.words[row] for row in rows.tolist()]
        inside = Counter(word for few in members for word in few)
        least = max(2, _OFTEN * len(members))
        beyond = {
            word: count - len(members) * self.everywhere[word] / len(self.words)
            for word, count in inside.items()
            if count >= least
        }
        shared = set(sorted(beyond, key=lambda word: (-round(beyond[word], 6), word))[:SHARED])
        return sum(not shared.isdisjoint(few) for few in members) / max(1, len(members))


def merged(points: Floats, owner: Ints, groups: int, most: int, allowed: Callable[[list[int]], bool]) -> Ints:
    """Topic per group, 0 to ``most`` - 1 at most, in the order of each topic's first group.

    ``owner``: group, from 0 to ``groups`` - 1, of each row of ``points``. ``allowed`` tells of several groups whether
    they may be one topic; the cheapest pair merges all the same where none may.
    """
    sums = np.zeros((groups, points.shape[1]))
    np.add.at(sums, owner, points)
    weights = np.maximum(np.bincount(owner, minlength=groups), 1).astype(np.float64)
    groups_in = {group: [group] for group in range(groups)}
    verdicts: dict[tuple[int, ...], bool] = {}
    while len(groups_in) > most:
        alive = sorted(groups_in)
        pairs = _cheapest_first(sums[alive], weights[alive])
        first, second = alive[pairs[0][0]], alive[pairs[0][1]]
        for left, right in pairs:
            union = tuple(sorted(groups_in[alive[left]] + groups_in[alive[right]]))
            if union not in verdicts:
                verdicts[union] = allowed(list(union))
            if verdicts[union]:
                first, second = alive[left], alive[right]
                break
        sums[first] += sums[second]
        weights[first] += weights[second]
        groups_in[first] += groups_in.pop(second)
    parents = np.zeros(groups, dtype=np.int64)
    for topic, group in enumerate(sorted(groups_in)):
        parents[groups_in[group]] = topic
    return parents


def _cheapest_first(sums: Floats, weights: Floats) -> list[tuple[int, int]]:
    """Pairs of rows by what their union adds to the sum of squares; equal ones in the order of the rows."""
    means = sums / weights[:, None]
    squares = (means**2).sum(axis=1)
    apart = np.maximum(squares[:, None] + squares[None, :] - 2 * means @ means.T, 0.0)
    costs = np.round(apart * np.outer(weights, weights) / np.add.outer(weights, weights), 6)
    lefts, rights = np.triu_indices(len(sums), 1)
    order = np.argsort(costs[lefts, rights], kind="stable")
    return list(zip(lefts[order].tolist(), rights[order].tolist(), strict=True))
