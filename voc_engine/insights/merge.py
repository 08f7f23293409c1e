"""Merging: units into clusters inside hard blocks, across negation where words prove sameness, and what to suggest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from voc_engine.insights.cluster import Floats, Ints, average_link, cells, cluster_means
from voc_engine.insights.polarity import BAD, GOOD, SCALES, is_negator, words
from voc_engine.insights.units import Unit

MOST_SUGGESTED = 5
_SMALL = frozenset(words("a an the to of in on for and or it its is are was were be i we my our this that so too very"))


def cluster_units(units: Sequence[Unit], matrix: Floats, distance: float) -> Ints:
    """Cluster number of every unit, 0 ... n-1 without gaps. ``matrix``: unit vectors (units, dimensions)."""
    labels = np.empty(len(units), dtype=np.int64)
    used = 0
    texts = _numbers([unit.text_keys[0] if len(unit.text_keys) == 1 else None for unit in units])
    slots = _numbers([None if unit.slots is None else "\0".join(unit.slots) for unit in units])
    for _, group in groupby(range(len(units)), key=lambda row: units[row].block):
        rows = np.array(list(group), dtype=np.int64)
        ends = scale_ends([units[row] for row in rows])
        labels[rows] = average_link(matrix[rows], slots[rows], ends, texts[rows], distance) + used
        used = int(labels[rows].max()) + 1
    return _join_across_negation(units, matrix, labels, distance)


def scale_ends(units: Sequence[Unit]) -> Floats:
    """Matrix (units, scales) with the end (-1, 1) of each scale at which a unit's claim stands, 0 where at none."""
    ends = np.zeros((len(units), len(SCALES)), dtype=np.float32)
    for row, unit in enumerate(units):
        for scale, end in unit.polarity.scales:
            ends[row, scale] = end
    return ends


def suggest(units: Sequence[Unit], matrix: Floats, labels: Ints, distance: float) -> list[tuple[int, ...]]:
    """Per cluster the clusters that a reviewer may want to merge with it, nearest first, at most five.

    Only inside a block: a claim and its opposite are never suggested as one.
    """
    means = cluster_means(matrix, labels)
    found: list[list[tuple[float, int]]] = [[] for _ in range(len(means))]
    lean = _cluster_ends(units, labels, len(means))
    first = np.unique(labels, return_index=True)[1]
    block_of = [units[row].block for row in first]
    for _, group in groupby(sorted(range(len(means)), key=lambda c: (block_of[c], c)), key=block_of.__getitem__):
        members = np.array(list(group), dtype=np.int64)
        for cell in cells(means[members]):
            _near_pairs(means, lean, members[cell], distance, found)
    return [tuple(other for _, other in sorted(near)[:MOST_SUGGESTED]) for near in found]


def _near_pairs(means: Floats, lean: Floats, rows: Ints, distance: float, found: list[list[tuple[float, int]]]) -> None:
    apart = np.round(1.0 - means[rows] @ means[rows].T, 6)
    apart[(lean[rows] @ lean[rows].T) < 0] = 2.0
    np.fill_diagonal(apart, 2.0)
    for one, other in zip(*np.nonzero(apart <= distance), strict=True):
        found[int(rows[one])].append((float(apart[one, other]), int(rows[other])))


def _cluster_ends(units: Sequence[Unit], labels: Ints, count: int) -> Floats:
    ends = np.zeros((count, len(SCALES)), dtype=np.float32)
    for row, unit in enumerate(units):
        for scale, end in unit.polarity.scales:
            ends[labels[row], scale] = end
    return ends


def _numbers(names: Sequence[str | None]) -> Ints:
    known: dict[str, int] = {}
    numbers = [-1 if name is None else known.setdefault(name, len(known)) for name in names]
    return np.array(numbers, dtype=np.int64)


def _join_across_negation(units: Sequence[Unit], matrix: Floats, labels: Ints, distance: float) -> Ints:
    """Join "sync fails" with "does not sync": blocks that differ in negation only, both leaning the same in words."""
    count = int(labels.max()) + 1
    explicit = np.ones(count, dtype=bool)
    blocks: list[tuple[str, int, int, bool]] = [("", 0, 0, False)] * count
    content: list[set[str]] = [set() for _ in range(count)]
    for row, unit in enumerate(units):
        label = int(labels[row])
        explicit[label] &= unit.polarity.explicit == unit.block[2]
        blocks[label] = unit.block
        content[label] |= _content(unit.wording)
    means, lean = cluster_means(matrix, labels), _cluster_ends(units, labels, count)
    target = np.arange(count, dtype=np.int64)
    for block in sorted({block[:3] for block in blocks}):
        plain = np.array([c for c in range(count) if explicit[c] and blocks[c] == (*block, False)], dtype=np.int64)
        turned = np.array([c for c in range(count) if explicit[c] and blocks[c] == (*block, True)], dtype=np.int64)
        for one, near in _nearest_plain(means, lean, turned, plain, distance):
            if content[one] != content[near]:  # the same words but for the negation may well be opposites
                target[one] = near
    return np.unique(target[labels], return_inverse=True)[1].astype(np.int64)


def _nearest_plain(means: Floats, lean: Floats, turned: Ints, plain: Ints, distance: float) -> list[tuple[int, int]]:
    """Each negated cluster with the nearest one that is not, where they are within the distance."""
    found: list[tuple[int, int]] = []
    for start in range(0, len(turned) if len(plain) else 0, 512):
        part = turned[start : start + 512]
        apart = np.round(1.0 - means[part] @ means[plain].T, 6)
        apart[(lean[part] @ lean[plain].T) < 0] = 2.0
        best = apart.argmin(axis=1)
        near = np.flatnonzero(apart[np.arange(len(part)), best] <= distance)
        found += [(int(part[row]), int(plain[best[row]])) for row in near]
    return found


def _content(text: str) -> set[str]:
    cues = GOOD | BAD | _SMALL
    return {word[:5] for word in words(text) if word not in cues and not is_negator(word)}
