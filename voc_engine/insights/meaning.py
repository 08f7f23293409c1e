"""The vectors of units: the mean of their sentences', less what all of the study have in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voc_engine.errors import StageError
from voc_engine.insights.shared_words import Floats
from voc_engine.insights.units import Unit
from voc_engine.records import Vectors

# The mean of so many units is trusted half: that of three is mostly what those three say.
_USUAL = 50


def meaning(units: Sequence[Unit], vectors: Vectors | None) -> Floats:
    """Shape (units, dimensions), rows of unit length. Raises StageError when a mention's segment has no vector."""
    rows = raw(units, vectors)
    return centred(rows, middle(rows))


def raw(units: Sequence[Unit], vectors: Vectors | None) -> Floats:
    """The same before anything is taken away. Raises StageError when a mention's segment has no vector."""
    absent = sorted({key for unit in units for key in unit.text_keys if vectors is None or key not in vectors})
    if vectors is None or absent:
        raise StageError(
            "Mentions cannot be merged into insights without the vectors of their segments.",
            found=f"{len(absent)} texts without a vector, the first is {absent[0]!r}",
            do="run the embed stage over all segments first",
        )
    rows = np.zeros((len(units), vectors.matrix.shape[1]), np.float32)
    for row, unit in enumerate(units):
        rows[row] = vectors.rows(unit.text_keys).mean(axis=0)
    return _of_unit_length(rows)


def middle(rows: Floats) -> Floats:
    """What all units have in common, shape (dimensions,), the less trusted the fewer they are."""
    common = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    part: Floats = common * len(rows) / (len(rows) + _USUAL)
    return part


def centred(rows: Floats, common: Floats) -> Floats:
    """Rows of unit length, less what is common."""
    return _of_unit_length(rows - common)


def _of_unit_length(rows: Floats) -> Floats:
    unit: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit
