"""The few dimensions that tell people apart, from how alike every two people are (principal coordinates, Gower 1966).

Blocks are balanced as in multiple factor analysis (Escofier & Pages 1994): each is divided by the strength of its
first axis. Balanced by variance instead, a handful of attributes outweighs thousands of words, since all of its
variance lies on few axes: on the demo study the status and priority of tickets then hid the groups.

Only the likeness of people enters, never the thousands of words, so learning the dimensions anew for every resample
costs one decomposition of (people, people).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from voc_engine.personas.space import (
    ATTRIBUTE_WEIGHT,
    INCIDENCE_WEIGHT,
    THEME_WEIGHT,
    Coding,
    Floats,
    Ints,
    Sums,
)

WEIGHTS = (1.0, THEME_WEIGHT, INCIDENCE_WEIGHT, ATTRIBUTE_WEIGHT)
_TINY = 1e-9


@dataclass(frozen=True)
class Likeness:
    """``matrix`` (people, people): inner products of their blocks, each block brought to its weight."""

    coding: Coding
    blocks: tuple[Any, ...]
    scales: tuple[float, ...]
    matrix: Floats

    @classmethod
    def learn(cls, sums: Sums) -> Likeness:
        """Among the people among whom groups are looked for."""
        coding = Coding.learn(sums)
        blocks = coding.blocks(sums)
        people = len(sums.given)
        matrix, scales = np.zeros((people, people)), []
        for block, weight in zip(blocks, WEIGHTS, strict=True):
            product = _product(block, block)
            strongest = _strongest(product)
            scales.append(weight**2 / strongest if strongest > _TINY else 0.0)
            matrix += scales[-1] * product
        return cls(coding, blocks, tuple(scales), matrix)

    def of(self, sums: Sums) -> Floats:
        """Likeness (others, people) of any people to those learned from."""
        blocks = self.coding.blocks(sums)
        products = (_product(new, old) for new, old in zip(blocks, self.blocks, strict=True))
        return np.asarray(sum(scale * product for scale, product in zip(self.scales, products, strict=True)))


@dataclass(frozen=True)
class Plane:
    """Coordinates of people by their likeness to those that the plane was learned from."""

    near: Floats
    axes: Floats

    @classmethod
    def learn(cls, matrix: Floats, dimensions: int) -> Plane:
        """The leading principal coordinates of a likeness matrix (people, people)."""
        from scipy.linalg import eigh

        people = len(matrix)
        most = min(dimensions, people)
        strength, vectors = eigh(_centred(matrix), subset_by_index=(people - most, people - 1))
        strength, vectors = strength[::-1], vectors[:, ::-1]
        # A sign of its own is no information; fix it so that every machine has the same.
        signs = np.sign(vectors[np.abs(np.round(vectors, 8)).argmax(axis=0), np.arange(most)])
        kept = strength > _TINY * max(1.0, float(strength[0]))
        axes = vectors * signs * np.where(kept, 1 / np.sqrt(np.where(kept, strength, 1.0)), 0.0)
        return cls(matrix.mean(axis=0), axes)

    def points(self, matrix: Floats) -> Floats:
        """Coordinates (others, dimensions), rounded so that machines agree. ``matrix``: likeness (others, people)."""
        apart = matrix - matrix.mean(axis=1, keepdims=True) - self.near + self.near.mean()
        return np.asarray(np.round(apart @ self.axes, 8))


def axis_shares(matrix: Floats, axes: int) -> Floats:
    """Share of each leading axis (axes,) in what the axes before it leave over: free of scale, so that studies can be
    compared (deflation in parallel analysis: Dobriban & Owen 2019)."""
    from scipy.linalg import eigvalsh

    strength = np.maximum(eigvalsh(_centred(matrix))[::-1], 0.0)
    left = np.cumsum(strength[::-1])[::-1]
    return np.asarray(np.round(strength[:axes] / np.maximum(left[:axes], _TINY), 10))


def plane_points(matrix: Floats, dimensions: int) -> Floats:
    """Coordinates (people, dimensions) of the people that the plane is learned from."""
    return Plane.learn(matrix, dimensions).points(matrix)


def part(matrix: Floats, rows: Ints) -> Floats:
    """The likeness of some of the people."""
    return np.asarray(matrix[np.ix_(rows, rows)])


def _strongest(product: Floats) -> float:
    from scipy.linalg import eigvalsh

    last = len(product) - 1
    return float(eigvalsh(_centred(product), subset_by_index=(last, last))[0])


def _product(left: Any, right: Any) -> Floats:
    product = left @ right.T
    return np.asarray(product.toarray() if hasattr(product, "toarray") else product, dtype=np.float64)


def _centred(matrix: Floats) -> Floats:
    return np.asarray(matrix - matrix.mean(axis=0) - matrix.mean(axis=1)[:, None] + matrix.mean())
