"""Stage three: logistic heads on top of the encoder, calibrated on answers for sentences that no part had seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from voc_engine.mentions.heads.linear import GROUPS, OUTPUTS, LinearHeads

_LEAST = 8
_STRENGTH = {"kinds": 0.03, "sentiment": 0.03, "quadrant": 0.03}
# N-grams have many columns and little to say each: they are held back against the named features.
GRAM_SCALE = 3.0


def fit_heads(
    features: Sequence[Mapping[str, float]],
    grams: csr_matrix,
    targets: NDArray[Any],
    folds: NDArray[Any],
    prior: Mapping[str, float],
    weights: NDArray[Any] | None = None,
    strength: Mapping[str, float] = _STRENGTH,
) -> tuple[LinearHeads, NDArray[Any]]:
    """Heads fitted to all rows, and out-of-fold log-odds (rows, outputs) after calibration.

    ``targets`` is (rows, outputs) of 0 and 1 in the order of OUTPUTS, -1 where nothing is known. ``folds`` numbers each
    row's fold; the encoder's logits among the features have to come from a network that had not seen that fold.
    Regularised logistic regression; Platt's scaling (Platt 1999) on the out-of-fold answers.
    """
    names = tuple(sorted({name for row in features for name in row if _common(name, features)}))
    blank = LinearHeads(names, np.zeros((len(names), 1)), np.zeros((1, 1)), np.zeros(1), np.ones(1), np.ones(1), {})
    dense = blank.matrix(features).astype(np.float64)
    scale = np.sqrt((dense**2).mean(0)) + 1e-6
    table = csr_matrix(hstack([csr_matrix(dense / scale), grams * GRAM_SCALE]))
    columns, slopes, biases, held = [], [], [], np.zeros((len(dense), len(OUTPUTS)))
    for output, (group, _) in enumerate(OUTPUTS):
        known = targets[:, output] >= 0
        raw = np.zeros(len(dense))
        for fold in np.unique(folds):
            model = _logistic(table, targets[:, output], known & (folds != fold), strength[group], weights)
            raw[folds == fold] = model.decision_function(table[folds == fold])
        model = _logistic(table, targets[:, output], known, strength[group], weights)
        slope, bias = _platt(raw[known], targets[known, output])
        held[:, output] = raw * slope + bias
        columns.append(model.coef_[0])
        slopes.append(slope)
        biases.append(slope * float(model.intercept_[0]) + bias)
    stacked = np.stack(columns, 1)
    heads = LinearHeads(
        names,
        stacked[: len(names)] / scale[:, None],
        stacked[len(names) :] * GRAM_SCALE,
        np.array(biases),
        np.array(slopes),
        scale,
        dict(prior),
    )
    return heads, held


def _common(name: str, features: Sequence[Mapping[str, float]]) -> bool:
    return sum(1 for row in features if name in row) >= _LEAST


def _logistic(
    table: csr_matrix, target: NDArray[Any], rows: NDArray[Any], c: float, weights: NDArray[Any] | None
) -> Any:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, solver="liblinear", random_state=0, max_iter=400)
    return model.fit(table[rows], target[rows], sample_weight=None if weights is None else weights[rows])


def _platt(raw: NDArray[Any], target: NDArray[Any]) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(raw[:, None], target)
    return max(0.05, float(model.coef_[0, 0])), float(model.intercept_[0])


def targets_of(
    kinds: Sequence[Mapping[str, int]], sentiments: Sequence[str | None], quadrants: Sequence[str | None]
) -> NDArray[Any]:
    """(rows, outputs) of 1, 0 and -1 (not known)."""
    chosen = {"sentiment": sentiments, "quadrant": quadrants}
    table = np.full((len(kinds), len(OUTPUTS)), -1)
    for column, (group, name) in enumerate(OUTPUTS):
        if group == "kinds":
            table[:, column] = [row.get(name, -1) for row in kinds]
        else:
            table[:, column] = [-1 if value is None else int(value == name) for value in chosen[group]]
    return table


def outputs_of(group: str) -> slice:
    """The columns of one group."""
    places = [place for place, (own, _) in enumerate(OUTPUTS) if own == group]
    assert len(places) == len(GROUPS[group])
    return slice(places[0], places[-1] + 1)
