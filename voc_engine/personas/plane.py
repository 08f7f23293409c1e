"""The few dimensions that tell people apart, from how alike every two people are (principal coordinates, Gower 1966).

Blocks are balanced as in multiple factor analysis (Escofier & Pages 1994): each is divided by the strength of its
first axis. Balanced by variance instead, a handful of attributes outweighs thousands of words, since all of its
variance lies on few axes: on the demo study the status and priority of tickets then hid the groups.

Only the likeness of people enters, never the thousands of words, so learning the dimensions anew for every resample
costs one decomposition of (people, people).
"""

from __future__ import annotations

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
_TINY = 1e-9  # what rounding leaves of nothing
SHRUNK = 1.0  # people by whom an origin's mean is shrunk towards none


def likeness(sums: Sums) -> Floats:
    """(people, people): inner products of people's blocks, each block brought to its weight; what people of one origin
    have in common is taken out of each block, more of it the more people there are."""
    matrix = np.zeros((len(sums.given), len(sums.given)))
    rest = _beyond(sums.spoke)
    for block, weight in zip(Coding.learn(sums).blocks(sums), WEIGHTS, strict=True):
        product = _product(block, block)
        if rest is not None:
            product = rest @ product @ rest
        strongest = _strongest(product)
        matrix += (weight**2 / strongest if strongest > _TINY else 0.0) * product
    return matrix


def plane_points(matrix: Floats, dimensions: int) -> Floats:
    """The leading principal coordinates (people, dimensions) of a likeness matrix (people, people), rounded so that
    machines agree."""
    from scipy.linalg import eigh

    people = len(matrix)
    most = min(dimensions, people)
    centred = _centred(matrix)
    strength, vectors = eigh(centred, subset_by_index=(people - most, people - 1))
    strength, vectors = strength[::-1], vectors[:, ::-1]
    # A sign of its own is no information; fix it so that every machine has the same.
    signs = np.sign(vectors[np.abs(np.round(vectors, 8)).argmax(axis=0), np.arange(most)])
    positive = strength > _TINY * max(1.0, float(strength[0]))
    axes = vectors * signs * np.where(positive, 1 / np.sqrt(np.where(positive, strength, 1.0)), 0.0)
    return np.asarray(np.round(centred @ axes, 8))


def part(matrix: Floats, rows: Ints) -> Floats:
    """The likeness of some of the people."""
    return np.asarray(matrix[np.ix_(rows, rows)])


def _beyond(spoke: Floats) -> Floats | None:
    """(people, people) projection onto what the origins do not tell: residuals of a ridge regression on the shares of a
    person's statements by origin. None where everybody speaks in one."""
    shares = spoke[:, spoke.any(axis=0)]
    if shares.shape[1] <= 1:
        return None
    weights = np.linalg.solve(shares.T @ shares + SHRUNK * np.eye(shares.shape[1]), shares.T)
    return np.asarray(np.eye(len(spoke)) - shares @ weights)


def _strongest(product: Floats) -> float:
    from scipy.linalg import eigvalsh

    last = len(product) - 1
    return float(eigvalsh(_centred(product), subset_by_index=(last, last))[0])


def _product(left: Any, right: Any) -> Floats:
    product = left @ right.T
    return np.asarray(product.toarray() if hasattr(product, "toarray") else product, dtype=np.float64)


def _centred(matrix: Floats) -> Floats:
    return np.asarray(matrix - matrix.mean(axis=0) - matrix.mean(axis=1)[:, None] + matrix.mean())
