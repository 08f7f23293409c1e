"""Measures of labels against gold, and intervals for them. Everything is a count per row, so that resampling is cheap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voc_engine.statistics import RESAMPLES, bootstrap


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with the 95% interval of a percentile bootstrap over rows; all nan where there is nothing to measure."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts per row (first axis) and class (second axis): said and true, said, true; integers, one shape.

    F1 of one class is ``2 * hits / (said + true)`` over summed rows. Accuracy is the same with one class that every
    row says once and has once; micro-F1 of sets is the same with one class and the sizes of the sets.
    """

    hits: NDArray[np.int64]
    said: NDArray[np.int64]
    true: NDArray[np.int64]

    @property
    def value(self) -> float:
        """Mean over classes that are said or true at least once, as scikit-learn's ``f1_score`` takes it; or nan."""
        return float(_value(self.hits.sum(0, keepdims=True), (self.said + self.true).sum(0, keepdims=True))[0])

    @property
    def precision(self) -> Tally:
        """The tally whose value is the share that is right of what is said, mean over classes that are said."""
        return Tally(self.hits, self.said, self.said)

    @property
    def recall(self) -> Tally:
        """The tally whose value is the share that is said of what is true, mean over classes that are true."""
        return Tally(self.hits, self.true, self.true)


def tally_of_classes(
    predicted: Sequence[Sequence[str]], gold: Sequence[Sequence[str]], classes: Sequence[str]
) -> Tally:
    """One column per class: F1 for one class, macro-F1 for several; a row may hold none, one or more of them."""
    says = np.array([[one in row for one in classes] for row in predicted], np.int64).reshape(
        len(predicted), len(classes)
    )
    true = np.array([[one in row for one in classes] for row in gold], np.int64).reshape(len(gold), len(classes))
    return Tally(says * true, says, true)


def side_by_side(tallies: Sequence[Tally]) -> Tally:
    """Tallies of the same rows as one, whose value is the mean over all their classes."""
    return Tally(
        np.hstack([one.hits for one in tallies]),
        np.hstack([one.said for one in tallies]),
        np.hstack([one.true for one in tallies]),
    )


def tally_of_hits(predicted: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> Tally:
    """One column for accuracy: a row is right where what is said equals the gold whole."""
    hits = np.array([tuple(a) == tuple(b) for a, b in zip(predicted, gold, strict=True)], np.int64).reshape(-1, 1)
    return Tally(hits, np.ones_like(hits), np.ones_like(hits))


def tally_of_sets(predicted: Sequence[Sequence[str]], gold: Sequence[Sequence[str]]) -> Tally:
    """One column for micro-F1 of sets without a fixed list of classes; what stands twice in a row counts once."""

    def column(counts: Sequence[int]) -> NDArray[np.int64]:
        return np.array(counts, np.int64).reshape(-1, 1)

    pairs = [(set(a), set(b)) for a, b in zip(predicted, gold, strict=True)]
    return Tally(
        column([len(a & b) for a, b in pairs]), column([len(a) for a, _ in pairs]), column([len(b) for _, b in pairs])
    )


def figure(tally: Tally, seed: int = 0, resamples: int = RESAMPLES) -> Figure:
    """Value and 95% percentile interval (Efron & Tibshirani 1993); the same for the same tally and seed."""
    if not len(tally.hits) or isnan(tally.value):
        return Figure(nan, nan, nan)
    width = tally.hits.shape[1]
    low, high = bootstrap(
        np.hstack([tally.hits, tally.said + tally.true]),
        lambda sums: _value(sums[:, :width], sums[:, width:]),
        seed,
        resamples,
    )
    return Figure(tally.value, low, high)


def some(measured: Figure) -> Figure | None:
    """The figure, None where there was nothing to measure."""
    return None if isnan(measured.value) else measured


def _value(hits: NDArray[np.int64], either: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean over the second axis of ``2 * hits / either`` where ``either`` is not 0."""
    there = either > 0
    each = np.divide(2.0 * hits, either, out=np.zeros(either.shape), where=there)
    n = there.sum(1)
    mean: NDArray[np.float64] = np.divide(each.sum(1), n, out=np.full(len(n), nan), where=n > 0)
    return mean


def weighted_kappa(
    predicted: Sequence[str], readers: Sequence[Sequence[str | None]], order: Sequence[str], seed: int = 0
) -> Figure:
    """Mean over readers of Cohen's kappa with quadratic weights (Cohen 1968), values in the order ``order``; nan
    where all values are the same, which tells nothing.

    ``readers`` give one value per row each, None where one gave none: that row does not count for the reader.
    """
    size, places = len(order), {value: at for at, value in enumerate(order)}
    counts = np.zeros((len(predicted), len(readers), size, size), np.int64)
    for row, answer in enumerate(predicted):
        for reader, values in enumerate(readers):
            if (value := values[row]) is not None:
                counts[row, reader, places[answer], places[value]] = 1
    steps = np.subtract.outer(np.arange(size), np.arange(size)).astype(float) ** 2

    def mean(sums: NDArray[Any]) -> NDArray[np.float64]:
        tables = sums.reshape(-1, len(readers), size, size).astype(float)
        n = tables.sum((2, 3))
        apart = (tables * steps).sum((2, 3)) * n
        by_chance = (tables.sum(3)[..., :, None] * tables.sum(2)[..., None, :] * steps).sum((2, 3))
        ratio = np.divide(apart, by_chance, out=np.full(n.shape, nan), where=by_chance > 0)
        there = ~np.isnan(ratio)
        readers_told = there.sum(1)
        kappa: NDArray[np.float64] = 1 - np.divide(
            np.where(there, ratio, 0.0).sum(1), readers_told, out=np.full(len(ratio), nan), where=readers_told > 0
        )
        return kappa

    flat = counts.reshape(len(predicted), -1)
    whole = float(mean(flat.sum(0, keepdims=True))[0]) if len(predicted) else nan
    return Figure(whole, nan, nan) if isnan(whole) else Figure(whole, *bootstrap(flat, mean, seed))


def calibration_error(
    probabilities: Sequence[float] | NDArray[Any], happened: Sequence[bool] | NDArray[Any], bins: int = 10
) -> float:
    """Expected calibration error of the positive class, in [0, 1], over bins of equal width (Naeini et al. 2015).

    Mean over bins, weighted by their rows, of the distance between the mean probability and the share that happened.
    A probability on a border counts to the bin above it, 1 to the last; nan where there are no rows.
    """
    chances, true = np.asarray(probabilities, np.float64), np.asarray(happened, np.float64)
    if not chances.size:
        return nan
    # The tiny shift keeps decimal borders (0.3 * 10 is a little under 3) in the bin above.
    bin_of = np.clip((chances * bins + 1e-9).astype(np.int64), 0, bins - 1)
    apart = np.bincount(bin_of, chances - true, minlength=bins)
    return float(np.abs(apart).sum() / chances.size)
