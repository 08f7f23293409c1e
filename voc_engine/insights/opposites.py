"""Opposites: claims that say the contrary of each other about the same thing. They never share an insight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.insights.claims import Floats, Ints
from voc_engine.insights.polarity import SCALES
from voc_engine.insights.terms import subject
from voc_engine.insights.units import Unit

SAME_SUBJECT = 0.6  # share of the shorter claim's subject words that the other has as well
# "It exports" and "it does not export" differ in nothing else; "still waiting for my code" and "the code does not
# come" are one complaint, one of them negated. So only claims that are alike but for the negation are held apart by it.
SAME_CLAIM = 0.75


@dataclass(frozen=True)
class Leanings:
    """Per row: ``felt`` and ``explicit`` sign (-1, 0, 1), ``negated``, ``ends`` (rows, scales), ``subjects`` (sparse,
    rows x stems, ones)."""

    felt: Floats
    explicit: Floats
    negated: Floats
    ends: Floats
    subjects: Any

    def at(self, rows: Ints) -> Leanings:
        """The leanings of these rows."""
        return Leanings(self.felt[rows], self.explicit[rows], self.negated[rows], self.ends[rows], self.subjects[rows])

    def opposed(self, other: Leanings) -> npt.NDArray[np.bool_]:
        """Matrix (rows, other's rows), true where the two must not merge.

        Either they feel opposite ways, or they speak of the same and one negates what the other asserts, or they
        stand at opposite ends of a scale ("too small", "too big").
        """
        signs = np.multiply.outer(self.explicit, other.explicit) < 0
        turned = np.not_equal.outer(self.negated, other.negated) & np.not_equal.outer(self.explicit, other.explicit)
        contrary = signs | (self.ends @ other.ends.T < 0)
        if contrary.any() or turned.any():
            shared = (self.subjects @ other.subjects.T).toarray()
            sizes = np.asarray(self.subjects.sum(axis=1)), np.asarray(other.subjects.sum(axis=1))
            contrary &= shared >= SAME_SUBJECT * np.minimum.outer(*sizes)
            turned &= shared >= SAME_CLAIM * np.maximum.outer(*sizes)
        opposed: npt.NDArray[np.bool_] = contrary | turned | (np.multiply.outer(self.felt, other.felt) < 0)
        return opposed


def leanings(units: Sequence[Unit]) -> Leanings:
    """Leanings of units, row by row."""
    from scipy.sparse import csr_array

    bags = [sorted(subject(unit.wording)) for unit in units]
    place = {term: number for number, term in enumerate(sorted({term for bag in bags for term in bag}))}
    columns = np.array([place[term] for bag in bags for term in bag], dtype=np.int64)
    starts = np.cumsum([0] + [len(bag) for bag in bags])
    ends = np.zeros((len(units), len(SCALES)), dtype=np.float32)
    for row, unit in enumerate(units):
        for scale, end in unit.polarity.scales:
            ends[row, scale] = end
    return Leanings(
        np.array([unit.polarity.felt for unit in units], dtype=np.float32),
        np.array([unit.polarity.explicit for unit in units], dtype=np.float32),
        np.array([unit.block[3] for unit in units], dtype=np.float32),
        ends,
        csr_array((np.ones(len(columns), np.float32), columns, starts), shape=(len(units), max(1, len(place)))),
    )
