"""Claims: one row per unit, its sentence vector and its content words, compared as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

WORDS = 0.35  # share of the content words in the likeness of two claims
BACKGROUND = 0.2  # cosine of any two sentences of one study
USUAL = 50  # claims after which a mean counts half


@dataclass(frozen=True)
class Claims:
    """``dense`` (rows, dimensions): centred sentence vectors. ``terms``: sparse (rows, stems). ``felt`` (rows,):
    -1, 0, 1. ``base``: the cosine that centring left between unlike claims.
    """

    dense: Floats
    terms: Any
    felt: Floats
    base: float

    def __len__(self) -> int:
        return len(self.dense)

    def at(self, rows: Ints) -> Claims:
        """The claims of these rows."""
        return Claims(self.dense[rows], self.terms[rows], self.felt[rows], self.base)

    def means(self, labels: Ints) -> Claims:
        """One row per cluster, not of unit length: the distance of two means is the average-link distance."""
        from scipy.sparse import csr_array

        count = int(labels.max()) + 1
        share = (1.0 / np.bincount(labels, minlength=count))[labels].astype(np.float32)
        mix = csr_array((share, (labels, np.arange(len(labels)))), shape=(count, len(labels)))
        felt = np.zeros(count, np.float32)
        np.add.at(felt, labels, self.felt)
        return Claims(np.asarray(mix @ self.dense, dtype=np.float32), csr_array(mix @ self.terms), np.sign(felt),
                      self.base)  # fmt: skip

    def of_unit_length(self) -> Claims:
        """The same directions with rows of length 1: the middles of clusters, as far as single claims are concerned."""
        from scipy.sparse import csr_array

        long = np.linalg.norm(self.dense, axis=1, keepdims=True)
        wide = np.sqrt(np.asarray(self.terms.multiply(self.terms).sum(axis=1))).reshape(-1, 1)
        return Claims(
            np.asarray(self.dense / np.where(long > 0, long, 1), dtype=np.float32),
            csr_array(self.terms.multiply(1 / np.where(wide > 0, wide, 1)), dtype=np.float32),
            self.felt,
            self.base,
        )

    def apart(self, other: Claims) -> Floats:
        """Distances (rows, other's rows): 1 for claims that have nothing in common, 0 for the same words."""
        near = self.dense @ other.dense.T
        near -= self.base
        near *= (1 - WORDS) / (1 - self.base)
        near += WORDS * (self.terms @ other.terms.T).toarray()
        apart: Floats = 1 - near
        apart[np.multiply.outer(self.felt, other.felt) < 0] = 2.0
        return np.round(apart, 5)

    def sense(self, mean: Claims) -> Floats:
        """Likeness in meaning alone of each row to the one row of ``mean``."""
        near: Floats = (self.dense @ mean.dense[0] - self.base) / (1 - self.base)
        return near


def centred(matrix: Floats, groups: Sequence[Ints]) -> tuple[Floats, float]:
    """Vectors without what all claims of a study, or all of one addressee, have in common; and the base left.

    ``groups``: row indices that share an addressee. The fewer rows, the less of their mean is taken away; what small
    studies keep of the usual background is told as the base, so that one distance means the same in all of them.
    """
    share = len(matrix) / (len(matrix) + USUAL)
    moved: Floats = matrix - np.float32(share) * matrix.mean(axis=0)
    for rows in groups:
        moved[rows] -= np.float32(len(rows) / (len(rows) + USUAL)) * moved[rows].mean(axis=0)
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.where(length > 0, length, 1), dtype=np.float32), BACKGROUND * (1 - share)
