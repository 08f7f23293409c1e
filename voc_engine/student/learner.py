"""A student: a linear reader of hashed grams that learns from what was read in full and foresees the rest.

It decides nothing that is shown. It tells where to look, and what it foresees makes estimates surer (``statistics``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    Floats = npt.NDArray[np.float32]

# Chosen on tickets of the training sets (benchmarks/sampled.py prints what comes of it); not on any gold set.
SMOOTH = 1.0
_STEPS = 40
_CLOSE = 1e-3


@dataclass(frozen=True)
class Student:
    """``columns`` are those that were seen when it learnt; ``weights`` (columns, outputs), ``bias`` (outputs,)."""

    columns: npt.NDArray[np.int64]
    weights: Floats
    bias: Floats

    def foresees(self, rows: csr_matrix) -> Floats:
        """(rows, outputs)."""
        import numpy as np

        features = rows if rows.shape[1] == len(self.columns) else rows[:, self.columns]
        return np.asarray(features @ self.weights, np.float32) + self.bias


def taught(rows: csr_matrix, labels: npt.NDArray[Any]) -> Student:
    """The ridge regression of ``labels`` (rows, outputs) on the rows, by conjugate gradients (Hestenes & Stiefel 1952), all
    outputs at once. Sums are added up in one order in one thread: the same rows give the same student."""
    import numpy as np

    columns = np.unique(rows.indices).astype(np.int64)
    features = rows[:, columns].astype(np.float32)
    mean = labels.mean(axis=0).astype(np.float32)
    back = features.T.tocsr()
    weights = np.zeros((len(columns), labels.shape[1]), np.float32)
    rest = np.asarray(back @ (labels - mean).astype(np.float32))
    step, size = rest.copy(), (rest.astype(np.float64) ** 2).sum(axis=0)
    enough = np.maximum(size * _CLOSE**2, 1e-12)
    for _ in range(_STEPS):
        if (size <= enough).all():
            break
        moved = np.asarray(back @ (features @ step)) + SMOOTH * step
        along = (step * moved).sum(axis=0, dtype=np.float64)
        by = np.where(size > enough, size / np.maximum(along, 1e-30), 0.0).astype(np.float32)
        weights += by * step
        rest -= by * moved
        before, size = size, (rest.astype(np.float64) ** 2).sum(axis=0)
        step = rest + (size / np.maximum(before, 1e-30)).astype(np.float32) * step
    return Student(columns, weights, mean)
