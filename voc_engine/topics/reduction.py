"""Centring and principal components by an exact, deterministic decomposition."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def unit(matrix: npt.NDArray[Any]) -> Floats:
    """Rows scaled to length 1, as float64; a row of zeros stays zero."""
    wide = np.asarray(matrix, dtype=np.float64)
    return np.asarray(wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-12), dtype=np.float64)


class PrincipalComponents:
    """What BERTopic is given as ``umap_model``.

    Centring takes out what all sentences of a study share (a study about one product is a narrow cone of the vector
    space), and the first components carry the rest with less noise. Signs are fixed by the largest loading, so the
    same rows give the same result on every run.
    """

    def __init__(self, dimensions: int = 100) -> None:
        self.dimensions = dimensions

    def fit(self, vectors: npt.NDArray[Any], y: object = None) -> PrincipalComponents:
        """Learns from rows of shape (n, dimensions of the embedding). ``y`` is BERTopic's and not read."""
        wide = np.asarray(vectors, dtype=np.float64)
        self.mean_ = wide.mean(axis=0)
        centred = wide - self.mean_
        values, axes = np.linalg.eigh(centred.T @ centred)
        n_axes = min(self.dimensions, max(1, len(wide) - 1), axes.shape[1])
        axes = axes[:, np.argsort(-values, kind="stable")[:n_axes]]
        largest = axes[np.abs(axes).argmax(axis=0), np.arange(n_axes)]
        self.axes_ = axes * np.where(largest < 0, -1.0, 1.0)
        return self

    def transform(self, vectors: npt.NDArray[Any]) -> Floats:
        """Rows of unit length and shape (n, kept components)."""
        return unit((np.asarray(vectors, dtype=np.float64) - self.mean_) @ self.axes_)
