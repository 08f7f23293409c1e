"""Grouping: units that more likely than not say the same, by average link; what a group would not miss leaves it.

A group is joined with another while a pair drawn from the two more likely says the same than not. Each unit then goes
where it is likeliest to belong, or stays alone. Of large studies samples are grouped, one after the other, and the rest
is taken in by the groups that they gave; what no group takes in is sampled again. A sample falls into parts that no likely
pair joins, and each part is grouped by itself: the groups are the same, but for who comes first where two pairs are
equally likely.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voc_engine.insights.likeness import UnitFeatures, same, same_in_pairs
from voc_engine.insights.shared_words import Floats, Ints

# Units that are all held against each other at a time: 6,000 take 450 MB and a second or two.
_AT_ONCE = 6_000
_ROUNDS = 8
# Of a group so many members, the nearest to its middle, answer for it; so many groups are looked at for a unit.
_ANSWERING, _LOOKED_AT = 8, 4
_CHUNK = 4_096
# Sides of a square of pairs, and pairs, that are worked on at a time: they stay in the processor's cache.
_TILE, _PAIRS = 512, 4_096
# Probabilities come in steps of this.
_STEP = 1e-4


@dataclass(frozen=True, slots=True)
class Limits:
    """Least mean probability of saying the same: of two groups that are joined (``join``), of a member (``stay``)."""

    join: float
    stay: float


def grouped(units: UnitFeatures, limits: Limits) -> Ints:
    """Group number of each unit, from 0 without gaps; -1 for what stays alone."""
    labels = np.full(len(units), -1, dtype=np.int64)
    left = np.arange(len(units), dtype=np.int64)
    for _ in range(_ROUNDS):
        if len(left) <= 1:
            break
        # Units are sorted by their words: every so manieth is a sample that no order of the input changes.
        sample = left if len(left) <= _AT_ONCE else left[np.linspace(0, len(left) - 1, _AT_ONCE).astype(np.int64)]
        numbers = _settled(units.at(sample), limits, whole=len(sample) == len(units))
        if (numbers < 0).all():
            break
        labels[sample] = np.where(numbers >= 0, numbers + labels.max() + 1, -1)
        if len(sample) == len(left):
            break
        left = left[labels[left] < 0]
        labels[left] = taken_in(units.at(left), *homes(units, labels), limits.stay)
        left = left[labels[left] < 0]
    return renumbered(labels)


def _settled(units: UnitFeatures, limits: Limits, whole: bool) -> Ints:
    """Groups of a few units, each of two and more, from all their pairs; part by part unless they are to be grouped as a
    ``whole``."""
    near = _near(units)
    if whole:
        return linked(near, limits)
    labels = np.full(len(units), -1, dtype=np.int64)
    for part in _parts(near >= min(limits.join, limits.stay) - _STEP):
        numbers = linked(near[np.ix_(part, part)], limits) if len(part) > 1 else labels[part]
        labels[part] = np.where(numbers >= 0, numbers + labels.max() + 1, -1)
    return labels


def _near(units: UnitFeatures) -> Floats:
    """Probability that two units say the same, the same in both directions, shape (units, units)."""
    near = np.empty((len(units), len(units)), np.float32)
    for rows in _chunks(len(units)):
        near[rows[0] : rows[-1] + 1] = same(units.at(rows), units)
    np.fill_diagonal(near, 1.0)
    for top in range(0, len(near), _TILE):
        for left in range(top, len(near), _TILE):
            tile, mirrored = near[top : top + _TILE, left : left + _TILE], near[left : left + _TILE, top : top + _TILE]
            tile[:] = np.minimum(tile, mirrored.T)
            mirrored[:] = tile.T
    return near


def _parts(joined: npt.NDArray[np.bool_]) -> list[Ints]:
    """Rows of what hangs together, in the order of their first rows. ``joined`` (units, units) is symmetric."""
    part = np.full(len(joined), -1, dtype=np.int64)
    for first in range(len(joined)):
        front = np.array([first] if part[first] < 0 else [], np.int64)
        while len(front):
            part[front] = first
            front = np.flatnonzero(joined[front].any(axis=0) & (part < 0))
    order = np.argsort(part, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(part[order])) + 1)


def linked(near: Floats, limits: Limits) -> Ints:
    """Groups by average link of units that are so ``near`` (units, units)."""
    from scipy.cluster.hierarchy import fcluster, linkage

    apart = np.empty(len(near) * (len(near) - 1) // 2, np.float64)
    end = 0
    for row in range(len(near) - 1):
        start, end = end, end + len(near) - 1 - row
        apart[start:end] = 1 - near[row, row + 1 :]
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


def homes(units: UnitFeatures, labels: Ints) -> tuple[UnitFeatures, Ints, Floats]:
    """Who answers for the groups: units, the group of each, and the middle of each group (groups, dimensions)."""
    order = np.argsort(labels, kind="stable")
    order = order[labels[order] >= 0]
    cut = np.flatnonzero(np.diff(labels[order])) + 1
    rows: list[Ints] = []
    middles = []
    for members in np.split(order, cut):
        middle = units.meaning[members].mean(axis=0)
        nearness = np.round(units.meaning[members] @ middle, 5)
        rows.append(members[np.lexsort((members, -nearness))][:_ANSWERING])
        middles.append(middle)
    chosen = np.concatenate(rows)
    return units.at(chosen), labels[chosen], np.array(middles, np.float32)


def taken_in(units: UnitFeatures, answering: UnitFeatures, group: Ints, middles: Floats, least: float) -> Ints:
    """The group that each unit most likely belongs to, by its mean probability to those who answer for it; -1 where it is
    below ``least``."""
    home = np.full(len(units), -1, dtype=np.int64)
    starts = np.searchsorted(group, np.arange(len(middles) + 1))
    most = min(_LOOKED_AT, len(middles))
    for rows in _chunks(len(units)):
        part = units.at(rows)
        looked = _nearest(part.meaning @ middles.T, most).reshape(-1)
        unit = np.repeat(np.arange(len(rows)), most)
        sizes = starts[looked + 1] - starts[looked]
        ones = np.repeat(unit, sizes)
        pair = np.repeat(np.arange(len(looked)), sizes)
        others = np.arange(len(ones)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(starts[looked], sizes)
        chance = np.concatenate(
            [
                same_in_pairs(part.at(ones[start : start + _PAIRS]), answering.at(others[start : start + _PAIRS]))
                for start in range(0, len(ones), _PAIRS)
            ]
        )
        mean = np.round(np.bincount(pair, chance, len(looked)) / sizes, 4).reshape(len(rows), most)
        best = mean.argmax(axis=1)
        at = np.arange(len(rows))
        home[rows] = np.where(mean[at, best] >= least, looked.reshape(-1, most)[at, best], -1)
    return home


def _nearest(cosines: Floats, most: int) -> Ints:
    """The columns of the largest of each row, the first of equals first, shape (rows, most). ``cosines`` are used up."""
    np.round(cosines, 5, out=cosines)
    at = np.arange(len(cosines))
    nearest = np.empty((len(cosines), most), np.int64)
    for column in range(most):
        nearest[:, column] = cosines.argmax(axis=1)
        cosines[at, nearest[:, column]] = -np.inf
    return nearest


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
