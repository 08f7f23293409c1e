"""Finding groups and testing that they are there: stability under resampling and a silhouette above chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from voc_engine.personas.space import Floats, Ints, Plane, Traits

STABLE = 0.75  # Hennig 2007: a cluster with a mean Jaccard of 0.75 or more is valid and stable
RESAMPLES = 40
NULLS = 19  # the highest of 19 is passed by chance once in twenty
SMALL, LARGE = 30, 500

Grouper = Callable[[Floats, int], Ints]


@dataclass(frozen=True)
class Grouping:
    """``labels`` per person; ``stability`` the mean Jaccard of each group under resampling."""

    k: int
    labels: Ints
    stability: tuple[float, ...]
    silhouette: float


@dataclass(frozen=True)
class Search:
    """What was tried: the grouping that holds, or None with the reasons, one per k."""

    best: Grouping | None
    tried: tuple[str, ...]


def hierarchical(points: Floats, k: int) -> Ints:
    """Ward's hierarchical clustering cut at k groups."""
    from scipy.cluster.hierarchy import fcluster, linkage

    return np.asarray(fcluster(linkage(points, "ward"), k, "maxclust"), dtype=np.int64) - 1


def k_means(points: Floats, k: int) -> Ints:
    """k-means with five seeded starts."""
    from sklearn.cluster import KMeans

    return np.asarray(KMeans(k, n_init=5, random_state=0).fit(points).labels_, dtype=np.int64)


def consensus(points: Floats, k: int) -> Ints:
    """Consensus clustering (Monti et al. 2003): k-means on 80% subsamples, average link on how often pairs part."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    people = len(points)
    together, sampled = np.zeros((people, people)), np.zeros((people, people))
    for rows in _subsamples(people, 0.8):
        member = np.zeros((people, k))
        member[rows, k_means(points[rows], k)] = 1
        together += member @ member.T
        inside = member.sum(axis=1)
        sampled += np.outer(inside, inside)
    apart = np.round(1 - together / np.maximum(sampled, 1), 8)
    np.fill_diagonal(apart, 0)
    return np.asarray(fcluster(linkage(squareform(apart), "average"), k, "maxclust"), dtype=np.int64) - 1


def search(traits: Traits, most: int, least_members: int) -> Search:
    """The largest k whose every group is stable and whose silhouette is beyond those of shuffled studies.

    ``traits``: people (8 or more) as coded by a ThemeSpace. The null deals the same statements out at random to the
    people of each group found so far, so that groups which only mirror how little each person said do not pass, nor
    does a further split of groups that are really there. One thread, so that every machine finds the same.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return _search(traits, most, least_members)


def _search(traits: Traits, most: int, least_members: int) -> Search:
    group: Grouper = hierarchical if traits.people <= SMALL else consensus if traits.people <= LARGE else k_means
    most = min(most, 4) if traits.people <= SMALL else most
    blocks = traits.blocks()
    points = Plane.learn(blocks, most).points(blocks)
    tried: list[str] = []
    best: Grouping | None = None
    for k in range(2, most + 1):
        labels = group(points, k)
        sizes = np.bincount(labels, minlength=k)
        if len(np.unique(labels)) < k or sizes.min() < least_members:
            tried.append(f"{k} groups: one would have {sizes.min()} people")
            continue
        grouping = Grouping(k, labels, _stability(blocks, labels, k, most), silhouette(points, labels))
        lowest = min(grouping.stability)
        if lowest < STABLE:
            tried.append(f"{k} groups: not stable (lowest bootstrap Jaccard {lowest:.2f}, needed {STABLE})")
        elif grouping.silhouette <= (chance := _chance(traits, k, most, least_members, best)):
            tried.append(f"{k} groups: no better than chance (silhouette {grouping.silhouette:.2f}, {chance:.2f})")
        else:
            tried.append(
                f"{k} groups: stable (lowest bootstrap Jaccard {lowest:.2f}, silhouette {grouping.silhouette:.2f})"
            )
            best = grouping
    return Search(best, tuple(tried))


def _quick(people: int) -> Grouper:
    return hierarchical if people <= SMALL else k_means


def _chance(traits: Traits, k: int, dimensions: int, least_members: int, known: Grouping | None) -> float:
    """Silhouette that k groups must pass: the highest over shuffled studies.

    The shuffled studies have the known groups and no others. Like the search itself they may have no group under the
    least size: a handful of odd people split off makes a silhouette look good anywhere.
    """
    group = _quick(traits.people)
    within = known.labels if known else np.zeros(traits.people, dtype=np.int64)
    found = []
    for seed in range(NULLS):
        blocks = traits.shuffled(seed, within).blocks()
        points = Plane.learn(blocks, dimensions).points(blocks)
        labels = group(points, k)
        if np.bincount(labels, minlength=k).min() >= least_members:
            found.append(silhouette(points, labels))
    return max(found, default=-1.0)


def _stability(blocks: tuple[Floats, Floats, Floats], labels: Ints, k: int, dimensions: int) -> tuple[float, ...]:
    """Mean Jaccard of each group with its likeness in resamples, the plane learned anew each time (Hennig 2007).

    Up to 30 people leave one out; above, bootstrap draws.
    """
    people = len(labels)
    group = _quick(people)
    alone = people <= SMALL
    draws = [np.delete(np.arange(people), person) for person in range(people)] if alone else _bootstraps(people)
    found = np.zeros((len(draws), k))
    for number, rows in enumerate(draws):
        part = (blocks[0][rows], blocks[1][rows], blocks[2][rows])
        points = Plane.learn(part, dimensions).points(part)
        found[number] = _jaccard(labels[rows], group(points, k), k)
    return tuple(round(float(value), 4) for value in found.mean(axis=0))


def _jaccard(labels: Ints, others: Ints, k: int) -> Floats:
    shared = np.zeros((k, k))
    np.add.at(shared, (labels, others), 1)
    union = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    return np.asarray((shared / np.maximum(union, 1)).max(axis=1))


def _bootstraps(people: int) -> list[Ints]:
    random = np.random.default_rng(1)
    return [np.unique(random.integers(0, people, people)) for _ in range(RESAMPLES)]


def _subsamples(people: int, share: float) -> list[Ints]:
    random = np.random.default_rng(2)
    return [np.sort(random.permutation(people)[: round(share * people)]) for _ in range(RESAMPLES)]


def silhouette(points: Floats, labels: Ints) -> float:
    """Mean silhouette (Rousseeuw 1987) by Euclidean distance; -1 where there is only one group."""
    from scipy.spatial.distance import cdist

    groups = np.unique(labels)
    if len(groups) < 2:
        return -1.0
    apart = cdist(points, points)
    sums = np.stack([apart[:, labels == group].sum(axis=1) for group in groups], axis=1)
    sizes = np.array([(labels == group).sum() for group in groups])
    own = np.searchsorted(groups, labels)
    rows = np.arange(len(labels))
    inside = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    outside = means.min(axis=1)
    width = np.where(sizes[own] > 1, (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-12), 0.0)
    return round(float(width.mean()), 6)


def posterior(points: Floats, centres: Floats, shares: Floats, spread: Floats) -> Floats:
    """Probability (people, groups) under normal groups of one common spread per dimension (linear discriminant)."""
    scaled = points[:, None, :] - centres[None, :, :]
    weight = np.log(np.maximum(shares, 1e-12)) - (scaled**2 / np.maximum(spread, 1e-12)).sum(axis=2) / 2
    weight = np.exp(weight - weight.max(axis=1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def fit_groups(points: Floats, labels: Ints) -> tuple[Floats, Floats, Floats]:
    """Centres (groups, dimensions), shares (groups,) and pooled variance (dimensions,) of labelled people."""
    k = int(labels.max()) + 1
    centres = np.stack([points[labels == group].mean(axis=0) for group in range(k)])
    freedom = max(1, len(points) - k)
    return centres, np.bincount(labels, minlength=k) / len(labels), ((points - centres[labels]) ** 2).sum(0) / freedom


def sample_people(people: int, seed: int = 3) -> Sequence[int]:
    """Rows of at most LARGE people, the same draw every time."""
    return [int(row) for row in np.sort(np.random.default_rng(seed).permutation(people)[:LARGE])]
