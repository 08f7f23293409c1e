"""Heads with known answers: of their features one is what they go by. Small ones adapt fast; whole ones can be stored."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from voc_engine.mentions.heads import features
from voc_engine.mentions.heads.features import COLUMNS
from voc_engine.mentions.heads.linear import OUTPUTS, LinearHeads

NAMES = tuple(f"feature {number}" for number in range(12))
PAIN = OUTPUTS.index(("kinds", "pain_point"))


def small_heads(names: int = len(NAMES)) -> LinearHeads:
    """Every output goes by the first feature: log-odds 2 * value - 1."""
    named = np.zeros((names, len(OUTPUTS)))
    named[0] = 1.0
    ones = np.ones(len(OUTPUTS))
    grams = np.zeros((COLUMNS, len(OUTPUTS)))
    return LinearHeads(named, grams, -ones, 2 * ones, np.ones(names), {}, {}, encoder="abc")


def whole_heads() -> LinearHeads:
    """The same with all features."""
    return small_heads(len(features.NAMES))


def rows(count: int, seed: int = 0) -> tuple[NDArray[Any], csr_matrix]:
    """Features drawn at random, (count, names), and n-grams, of which each row has three."""
    draw = np.random.default_rng(seed)
    columns = draw.integers(0, 40, (count, 3)).reshape(-1)
    grams = csr_matrix((np.full(3 * count, 0.5), (np.repeat(np.arange(count), 3), columns)), shape=(count, COLUMNS))
    return draw.normal(size=(count, len(NAMES))), grams


def unknown(count: int) -> NDArray[Any]:
    """Targets of which nothing is known."""
    return np.full((count, len(OUTPUTS)), -1)


def drawn(odds: NDArray[Any], seed: int = 1) -> NDArray[Any]:
    """0 or 1 with the probability that the log-odds say."""
    return (np.random.default_rng(seed).random(len(odds)) < 1 / (1 + np.exp(-odds))).astype(int)
