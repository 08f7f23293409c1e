"""Claims: one row per unit, its sentence vector and its content words, compared as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.insights.wordtable import WordTable

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

WORDS = 0.1  # share of the content words in the likeness of two claims
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

    def mean(self, weights: Ints) -> Claims:
        """One row: the mean of the claims, each counted as often as its weight says."""
        from scipy.sparse import csr_array

        share = (weights / weights.sum()).astype(np.float32)
        words = csr_array((self.terms.T @ share).reshape(1, -1))
        felt = np.sign([(weights * self.felt).sum()]).astype(np.float32)
        return Claims((share @ self.dense).reshape(1, -1), words, felt, self.base)

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

    def directions(self, rows: Ints) -> Floats:
        """``dense`` of these rows."""
        return self.dense[rows]

    def near(self, other: Claims, words: WordTable, least: float) -> tuple[Ints, Ints, Floats]:
        """Row, other's row and distance of the pairs that are alike in meaning by at least ``least`` and do not feel
        opposite ways. ``words``: the table of other's terms."""
        close = self.dense @ other.dense.T
        row, home = (places.astype(np.int64) for places in np.nonzero(close >= self.base + least * (1 - self.base)))
        kept = self.felt[row] * other.felt[home] >= 0
        row, home = row[kept], home[kept]
        sense = (close[row, home] - self.base) / (1 - self.base)
        apart = np.round(1 - (1 - WORDS) * sense - WORDS * words.shared(self.terms, row, home), 5)
        return row, home, apart.astype(np.float32)

    def beside(self, other: Claims, words: WordTable, homes: Ints) -> tuple[Floats, Floats]:
        """Distance of row i to row ``homes[i]`` of ``other``, and their likeness in meaning alone.

        Claims that feel opposite ways are not told apart here. ``words``: the table of other's terms.
        """
        sense = (np.einsum("ij,ij->i", self.dense, other.dense[homes]) - self.base) / (1 - self.base)
        shared = words.shared(self.terms, np.arange(len(self), dtype=np.int64), homes)
        return np.round(1 - (1 - WORDS) * sense - WORDS * shared, 5), sense
