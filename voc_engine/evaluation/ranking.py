"""How well probabilities put the true rows first, whatever the threshold."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voc_engine.evaluation.measures import Figure
from voc_engine.statistics import bootstrap_rows


def average_precision(columns: Sequence[tuple[Sequence[float], Sequence[bool]]], seed: int = 0) -> Figure:
    """Mean over columns of the average precision of a ranking by probability (Manning, Raghavan & Schütze 2008, section
    8.4), rows of one probability taken together, with the interval of a bootstrap over rows.

    A column is a probability and whether it is true for each row, the same rows in all. Columns without a true row are
    left out; nan where there is no other.
    """
    ranked = [_Ranking(np.asarray(chances, float), np.asarray(truth, bool)) for chances, truth in columns]
    ranked = [one for one in ranked if one.truth.any()]
    if not ranked:
        return Figure(nan, nan, nan)
    rows = len(ranked[0].truth)

    def mean(times: NDArray[Any]) -> NDArray[np.float64]:
        values = np.array([one.value(times) for one in ranked])
        there = ~np.isnan(values)
        n = there.sum(0)
        total: NDArray[np.float64] = np.divide(
            np.where(there, values, 0.0).sum(0), n, out=np.full(len(n), nan), where=n > 0
        )
        return total

    return Figure(float(mean(np.ones((1, rows), np.int64))[0]), *bootstrap_rows(rows, mean, seed))


class _Ranking:
    """Rows from the surest to the least sure; ``ends`` is the last place of each run of one probability."""

    def __init__(self, chances: NDArray[Any], truth: NDArray[np.bool_]) -> None:
        self.order = np.argsort(-chances, kind="stable")
        self.truth = truth[self.order]
        self.ends = np.flatnonzero(np.append(np.diff(chances[self.order]) != 0, True))

    def value(self, times: NDArray[Any]) -> NDArray[np.float64]:
        """(draws,) average precision where each row counts so many times; nan where no true row is drawn."""
        drawn = times[:, self.order]
        hits = np.cumsum(drawn * self.truth, axis=1)[:, self.ends].astype(float)
        looked = np.cumsum(drawn, axis=1)[:, self.ends]
        precision = np.divide(hits, looked, out=np.zeros_like(hits), where=looked > 0)
        area = (np.diff(hits, axis=1, prepend=0.0) * precision).sum(1)
        every = hits[:, -1]
        value: NDArray[np.float64] = np.divide(area, every, out=np.full(len(every), nan), where=every > 0)
        return value
