"""Stage three: logistic heads on top of the encoder, calibrated on answers for sentences that no part had seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from voc_engine.evaluation.measures import calibration_error
from voc_engine.mentions.heads.linear import GROUPS, OUTPUTS, LinearHeads

_LEAST = 8
_STRENGTH = 0.05
# The decision point of a kind may move towards its best F1 while the calibration error stays under this.
_ERROR = 0.03
# N-grams have many columns and little to say each: they are held back against the named features.
GRAM_SCALE = 3.0


def fit_heads(
    features: Sequence[Mapping[str, float]],
    grams: csr_matrix,
    targets: NDArray[Any],
    folds: NDArray[Any],
    prior: Mapping[str, float],
    weights: NDArray[Any] | None = None,
) -> tuple[LinearHeads, NDArray[Any]]:
    """Heads fitted to all rows, and out-of-fold log-odds (rows, outputs) after calibration.

    ``targets`` is (rows, outputs) of 0 and 1 in the order of OUTPUTS, -1 where nothing is known. ``folds`` numbers each
    row's fold; the encoder's logits among the features have to come from a network that had not seen that fold.
    Regularised logistic regression; Platt's scaling (Platt 1999) on the out-of-fold answers; then each kind's decision
    point (one half) is moved towards its best F1, for the rare kinds' sake, as far as the calibration error allows.
    """
    seen = Counter(name for row in features for name in row)
    names = tuple(sorted(name for name, times in seen.items() if times >= _LEAST))
    blank = LinearHeads(names, np.zeros((len(names), 1)), np.zeros((1, 1)), np.zeros(1), np.ones(1), np.ones(1), {})
    dense = blank.matrix(features).astype(np.float64)
    scale = np.sqrt((dense**2).mean(0)) + 1e-6
    table = csr_matrix(hstack([csr_matrix(dense / scale), grams * GRAM_SCALE]))
    columns, slopes, biases, held = [], [], [], np.zeros((len(dense), len(OUTPUTS)))
    for output, (group, _) in enumerate(OUTPUTS):
        known = targets[:, output] >= 0
        raw = np.zeros(len(dense))
        for fold in np.unique(folds):
            model = _logistic(table, targets[:, output], known & (folds != fold), weights)
            raw[folds == fold] = model.decision_function(table[folds == fold])
        model = _logistic(table, targets[:, output], known, weights)
        slope, bias = _platt(raw[known], targets[known, output])
        if group == "kinds":
            bias += _shift(raw[known] * slope + bias, targets[known, output])
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


def _logistic(table: csr_matrix, target: NDArray[Any], rows: NDArray[Any], weights: NDArray[Any] | None) -> Any:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_STRENGTH, solver="liblinear", dual=True, tol=1e-3, random_state=0, max_iter=1000)
    return model.fit(table[rows], target[rows], sample_weight=None if weights is None else weights[rows])


def _platt(raw: NDArray[Any], target: NDArray[Any]) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(raw[:, None], target)
    return max(0.05, float(model.coef_[0, 0])), float(model.intercept_[0])


def _shift(odds: NDArray[Any], target: NDArray[Any]) -> float:
    """The least shift of the log-odds with the best F1 among those whose calibration error is small enough."""
    from sklearn.metrics import f1_score

    best = (0.0, f1_score(target, odds > 0))
    for shift in np.arange(0.05, 1.5, 0.05):
        if calibration_error(1 / (1 + np.exp(-odds - shift)), target == 1) > _ERROR:
            break
        if (value := f1_score(target, odds + shift > 0)) > best[1]:
            best = (float(shift), value)
    return best[0]


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
