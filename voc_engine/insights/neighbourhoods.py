"""Neighbourhoods: rows parted by nearness into groups small enough for a matrix of all their distances."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voc_engine.insights.claims import Floats, Ints
from voc_engine.insights.lazy_claims import chunks

LIMIT = 2_500  # rows of one distance matrix: 25 MB, a fraction of a second
SAMPLE = 20_000
BRANCHES = 64
ROUNDS = 4

Directions = Callable[[Ints], Floats]  # row numbers -> matrix (rows, dimensions)


def neighbourhoods(directions: Directions, rows: Ints, limit: int | None = None, seed: int = 0) -> list[Ints]:
    """Row numbers parted by nearness into groups of at most ``limit`` rows (recursive k-means on a sample)."""
    most = LIMIT if limit is None else limit
    if len(rows) <= most:
        return [rows]
    branches = min(BRANCHES, -(-2 * len(rows) // most))
    centres = _centres(directions, rows, branches, seed)
    nearest = np.concatenate([_nearest(directions(part), centres) for part in chunks(rows)])
    parts = [rows[nearest == branch] for branch in range(branches)]
    parts = [part for part in parts if len(part)]
    if len(parts) == 1:  # all alike: nothing tells them apart, so any cut will do
        return [rows[start : start + most] for start in range(0, len(rows), most)]
    return [near for part in parts for near in neighbourhoods(directions, part, most, seed + 1)]


def _centres(directions: Directions, rows: Ints, branches: int, seed: int) -> Floats:
    random = np.random.default_rng(seed)
    sample = directions(np.sort(random.permutation(rows)[: min(SAMPLE, 100 * branches)]))
    centres: Floats = sample[np.sort(random.permutation(len(sample))[:branches])]
    for _ in range(ROUNDS):
        nearest = _nearest(sample, centres)
        for branch in range(branches):
            members = sample[nearest == branch]
            if len(members):
                centres[branch] = members.mean(axis=0)
    return centres


def _nearest(points: Floats, centres: Floats) -> Ints:
    half = (centres**2).sum(axis=1) / 2
    nearness = np.round(points @ centres.T - half, 5)  # what differs by less is the same on every machine
    found: Ints = nearness.argmax(axis=1).astype(np.int64)
    return found
