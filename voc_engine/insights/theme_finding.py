"""Grouping: units that more likely than not say the same, by average link; what a group would not miss leaves it.

A group is joined with another while a pair drawn from the two more likely says the same than not. Each unit then goes
where it is likeliest to belong, or stays alone. Of large studies samples are grouped, one after the other, and the rest
is taken in by the groups that they gave; what no group takes in is sampled again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voc_engine.insights.likeness import Floats, Ints, Told, same, same_in_pairs

# Units that are all held against each other at a time: 6,000 take 150 MB and a few seconds.
_AT_ONCE = 6_000
_ROUNDS = 8
# Of a group so many members, the nearest to its middle, answer for it; so many groups are looked at for a unit.
_ANSWERING, _LOOKED_AT = 8, 4
_CHUNK = 4_096


@dataclass(frozen=True, slots=True)
class Limits:
    """Least mean probability of saying the same: of two groups that are joined (``join``), of a member (``stay``)."""

    join: float
    stay: float


def grouped(told: Told, limits: Limits) -> Ints:
    """Group number of each unit, from 0 without gaps; -1 for what stays alone."""
    labels = np.full(len(told), -1, dtype=np.int64)
    left = np.arange(len(told), dtype=np.int64)
    for _ in range(_ROUNDS):
        if len(left) < 2:
            break
        # Units are sorted by their words: every so manieth is a sample that no order of the input changes.
        sample = left if len(left) <= _AT_ONCE else left[np.linspace(0, len(left) - 1, _AT_ONCE).astype(np.int64)]
        found = _settled(told.at(sample), limits)
        if (found < 0).all():
            break
        labels[sample] = np.where(found >= 0, found + labels.max() + 1, -1)
        if len(sample) == len(left):
            break
        left = left[labels[left] < 0]
        labels[left] = taken_in(told.at(left), *homes(told, labels), limits.stay)
        left = left[labels[left] < 0]
    return renumbered(labels)


def _settled(told: Told, limits: Limits) -> Ints:
    """Groups of a few units, each of two and more, from all their pairs."""
    from scipy.cluster.hierarchy import fcluster, linkage

    near = np.vstack([same(told.at(rows), told) for rows in _chunks(len(told))])
    np.fill_diagonal(near, 1.0)
    near = np.minimum(near, near.T)
    apart = (1 - near)[np.triu_indices(len(near), 1)].astype(np.float64)
    tree = linkage(apart, method="average")
    labels = fcluster(tree, t=1 - limits.join, criterion="distance").astype(np.int64) - 1
    return _moved(near, _alone(labels), limits)


def _moved(near: Floats, labels: Ints, limits: Limits) -> Ints:
    """Each unit to the group that it most likely belongs to, the rest of its own one among them; alone where none is
    likely enough. ``near`` (units, units): probability of saying the same."""
    groups = int(labels.max()) + 1
    if not groups:
        return labels
    deal = np.zeros((len(labels), groups), np.float32)
    inside = np.flatnonzero(labels >= 0)
    deal[inside, labels[inside]] = 1
    sums, sizes = near @ deal, deal.sum(axis=0)
    # A unit is no evidence for itself.
    others = np.broadcast_to(sizes, sums.shape).copy()
    sums[inside, labels[inside]] -= 1.0
    others[inside, labels[inside]] -= 1
    mean = np.round(sums / np.maximum(others, 1), 4)
    best = mean.argmax(axis=1).astype(np.int64)
    return _alone(np.where(mean[np.arange(len(labels)), best] >= limits.stay, best, -1))


def homes(told: Told, labels: Ints) -> tuple[Told, Ints, Floats]:
    """Who answers for the groups: units, the group of each, and the middle of each group (groups, dimensions)."""
    order = np.argsort(labels, kind="stable")
    order = order[labels[order] >= 0]
    cut = np.flatnonzero(np.diff(labels[order])) + 1
    rows: list[Ints] = []
    middles = []
    for members in np.split(order, cut):
        middle = told.meaning[members].mean(axis=0)
        nearness = np.round(told.meaning[members] @ middle, 5)
        rows.append(members[np.lexsort((members, -nearness))][:_ANSWERING])
        middles.append(middle)
    chosen = np.concatenate(rows)
    return told.at(chosen), labels[chosen], np.array(middles, np.float32)


def taken_in(told: Told, answering: Told, group: Ints, middles: Floats, least: float) -> Ints:
    """The group that each unit most likely belongs to, by its mean probability to those who answer for it; -1 where it is
    below ``least``."""
    found = np.full(len(told), -1, dtype=np.int64)
    starts = np.searchsorted(group, np.arange(len(middles) + 1))
    most = min(_LOOKED_AT, len(middles))
    for rows in _chunks(len(told)):
        part = told.at(rows)
        near = np.round(part.meaning @ middles.T, 5)
        looked = np.argsort(-near, axis=1, kind="stable")[:, :most].reshape(-1)
        unit = np.repeat(np.arange(len(rows)), most)
        sizes = starts[looked + 1] - starts[looked]
        ones = np.repeat(unit, sizes)
        pair = np.repeat(np.arange(len(looked)), sizes)
        others = np.arange(len(ones)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(starts[looked], sizes)
        chance = same_in_pairs(part.at(ones), answering.at(others))
        mean = np.round(np.bincount(pair, chance, len(looked)) / sizes, 4).reshape(len(rows), most)
        best = mean.argmax(axis=1)
        at = np.arange(len(rows))
        found[rows] = np.where(mean[at, best] >= least, looked.reshape(-1, most)[at, best], -1)
    return found


def _alone(labels: Ints) -> Ints:
    """Without groups of one, and without gaps."""
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    return renumbered(np.where((labels >= 0) & (sizes[labels] > 1), labels, -1))


def renumbered(labels: Ints) -> Ints:
    """The same groups numbered from 0 without gaps; -1 stays."""
    out = np.full(len(labels), -1, dtype=np.int64)
    inside = labels >= 0
    out[inside] = np.unique(labels[inside], return_inverse=True)[1]
    return out


def _chunks(rows: int) -> Iterator[Ints]:
    for start in range(0, rows, _CHUNK):
        yield np.arange(start, min(rows, start + _CHUNK), dtype=np.int64)
