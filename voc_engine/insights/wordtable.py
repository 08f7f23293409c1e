"""Dot products of sparse rows for chosen pairs only: the middle of a large insight holds thousands of words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class WordTable:
    """Entries of a sparse matrix by ``row * width + column``, ascending."""

    keys: Ints
    weights: Floats
    width: int

    def shared(self, terms: Any, rows: Ints, others: Ints) -> Floats:
        """(pairs,): dot product of row ``rows[i]`` of ``terms`` with row ``others[i]`` of the table.

        Costs as much as the rows of ``terms`` are long, however long those of the table are.
        """
        bounds = terms.indptr.astype(np.int64)
        sizes = bounds[rows + 1] - bounds[rows]
        pair = np.repeat(np.arange(len(rows)), sizes)
        ends = np.cumsum(sizes)
        at = np.arange(len(pair)) - np.repeat(ends - sizes, sizes) + np.repeat(bounds[rows], sizes)
        wanted = others[pair] * self.width + terms.indices[at]
        place = np.minimum(np.searchsorted(self.keys, wanted), max(0, len(self.keys) - 1))
        if not len(self.keys):
            return np.zeros(len(rows), dtype=np.float32)
        found = np.where(self.keys[place] == wanted, self.weights[place], np.float32(0)) * terms.data[at]
        return np.bincount(pair, weights=found, minlength=len(rows)).astype(np.float32)


def word_table(terms: Any) -> WordTable:
    """The table of a sparse matrix (rows, stems)."""
    own = terms.tocsr()
    own.sort_indices()
    row = np.repeat(np.arange(own.shape[0], dtype=np.int64), np.diff(own.indptr))
    return WordTable(row * own.shape[1] + own.indices, np.asarray(own.data, dtype=np.float32), int(own.shape[1]))
