"""The claims of one kind, made when they are asked for: a million sentence vectors are never copied as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from voc_engine.errors import StageError
from voc_engine.insights.claims import BACKGROUND, USUAL, Claims, Floats, Ints
from voc_engine.insights.units import Unit
from voc_engine.records import Vectors

CHUNK = 8_192  # rows at a time: 12 MB of 384 dimensions


@dataclass(frozen=True)
class Rows:
    """Unit-length vectors of units: the mean of the vectors of a unit's sentences.

    ``matrix`` (texts, dimensions) is shared, never copied; ``places[starts[i]:starts[i + 1]]`` are the rows of unit i.
    """

    matrix: Floats
    places: Ints
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def at(self, rows: Ints) -> Floats:
        """Matrix (len(rows), dimensions) of these units."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        if not len(rows) or sizes.max() == 1:
            return _of_unit_length(self.matrix[self.places[self.starts[rows]]])
        from scipy.sparse import csr_array

        own = self.part(rows)
        mix = csr_array((np.ones(len(own.places), np.float32), np.arange(len(own.places)), own.starts))
        return _of_unit_length(mix @ self.matrix[own.places])

    def part(self, rows: Ints) -> Rows:
        """The same for some of the units."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        ends = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        within = np.arange(ends[-1]) - np.repeat(ends[:-1], sizes)
        return Rows(self.matrix, self.places[np.repeat(self.starts[rows], sizes) + within], ends)


def unit_rows(units: Sequence[Unit], vectors: Vectors | None) -> Rows:
    """Where the vectors of units lie. Raises StageError when a mention's segment has no vector."""
    absent = sorted({key for unit in units for key in unit.text_keys if vectors is None or key not in vectors})
    if vectors is None or absent:
        raise StageError(
            "Mentions cannot be merged into insights without the vectors of their segments.",
            found=f"{len(absent)} texts without a vector, the first is {absent[0]!r}",
            do="run the embed stage over all segments first",
        )
    places = np.fromiter(
        (place for unit in units for place in vectors.places(unit.text_keys)),
        dtype=np.int64,
        count=sum(len(unit.text_keys) for unit in units),
    )
    starts = np.zeros(len(units) + 1, dtype=np.int64)
    np.cumsum([len(unit.text_keys) for unit in units], out=starts[1:])
    return Rows(vectors.matrix, places, starts)


@dataclass(frozen=True)
class LazyClaims:
    """Claims by row number. ``shifts`` (addressees + 1, dimensions) is what rows of one addressee have in common,
    ``shift_of`` (rows,) which of them a row has; ``terms``, ``felt`` and ``base`` are those of Claims."""

    rows: Rows
    shifts: Floats
    shift_of: Ints
    terms: Any
    felt: Floats
    base: float

    def __len__(self) -> int:
        return len(self.rows)

    def dense(self, rows: Ints) -> Floats:
        """Centred vectors of these rows, of unit length."""
        found = np.empty((len(rows), self.shifts.shape[1]), dtype=np.float32)
        for start, part in zip(range(0, len(rows), CHUNK), chunks(rows), strict=True):
            found[start : start + len(part)] = _of_unit_length(self.rows.at(part) - self.shifts[self.shift_of[part]])
        return found

    def at(self, rows: Ints) -> Claims:
        """The claims of these rows."""
        return Claims(self.dense(rows), self.terms[rows], self.felt[rows], self.base)

    def means(self, labels: Ints) -> Claims:
        """One row per cluster as Claims.means gives it; rows labelled -1 are in none."""
        from scipy.sparse import csr_array

        inside = np.flatnonzero(labels >= 0).astype(np.int64)
        sizes = np.bincount(labels[inside])
        summed = np.zeros((len(sizes), self.shifts.shape[1]), dtype=np.float32)
        for rows in chunks(inside):
            local, home = np.unique(labels[rows], return_inverse=True)
            mix = csr_array((np.ones(len(rows), np.float32), (home, np.arange(len(rows)))), (len(local), len(rows)))
            summed[local] += mix @ self.dense(rows)
        share = (1.0 / sizes[labels[inside]]).astype(np.float32)
        mix = csr_array((share, (labels[inside], inside)), shape=(len(sizes), len(self)))
        felt = np.sign(np.bincount(labels[inside], weights=self.felt[inside]).astype(np.float32))
        summed /= sizes.astype(np.float32)[:, None]
        return Claims(summed, csr_array(mix @ self.terms), np.asarray(felt, dtype=np.float32), self.base)


def lazy_claims(rows: Rows, terms: Any, felt: Floats, addressed: Sequence[Ints]) -> LazyClaims:
    """Claims without what all claims of a study, or all of one addressee, have in common.

    ``addressed``: row numbers that share an addressee. The fewer rows, the less of their mean is taken away; what small
    studies keep of the usual background is told as the base, so that one distance means the same in all of them.
    """
    share = np.float32(len(rows) / (len(rows) + USUAL))
    everyone = np.arange(len(rows), dtype=np.int64)
    usual = share * _mean(rows, everyone)
    shifts, shift_of = [usual], np.zeros(len(rows), dtype=np.int64)
    for number, own in enumerate(addressed, 1):
        shifts.append(usual + np.float32(len(own) / (len(own) + USUAL)) * (_mean(rows, own) - usual))
        shift_of[own] = number
    return LazyClaims(rows, np.array(shifts), shift_of, terms, felt, BACKGROUND * (1 - float(share)))


def chunks(rows: Ints) -> Iterator[Ints]:
    """The rows in pieces small enough to be worked on."""
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def _mean(rows: Rows, chosen: Ints) -> Floats:
    total = np.zeros(rows.matrix.shape[1], dtype=np.float64)
    for part in chunks(chosen):
        total += rows.at(part).sum(axis=0, dtype=np.float64)
    return (total / len(chosen)).astype(np.float32)


def _of_unit_length(matrix: Floats) -> Floats:
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(length > 0, length, 1), dtype=np.float32)
