"""In a domain and out of it: the figure that a new user should expect is the second one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voc_engine.evaluation.measures import Figure, figure, tally_of_classes

Predict = Callable[[NDArray[Any]], NDArray[Any]]
Fit = Callable[[NDArray[Any], NDArray[Any]], Predict]
FOLDS = 5


@dataclass(frozen=True, slots=True)
class DomainFigure:
    """F1 of one domain's rows: ``inside`` from five folds of all domains' rows, ``outside`` without a row of its own.

    ``n`` rows, ``positive`` of them true. nan where a domain has no positive row and none is said.
    """

    domain: str
    n: int
    positive: int
    inside: Figure
    outside: Figure


def leave_one_domain_out(
    features: NDArray[Any], labels: NDArray[Any], domains: Sequence[str], fit: Fit
) -> list[DomainFigure]:
    """One DomainFigure per domain, by name.

    ``features`` has shape (rows, n), ``labels`` (rows,) holds 0 and 1, ``domains`` one name per row. ``fit`` takes
    features and labels and gives a function from features to 0 and 1. The folds are every fifth row of each domain
    and label, so they hold the same shares and are the same in every run. A part of one label only needs no fit: that
    label is the answer.
    """
    names, true = np.asarray(domains), np.asarray(labels).astype(bool)
    folds = _folds(names, true)
    inside = np.zeros(len(true), bool)
    for fold in range(FOLDS):
        inside[folds == fold] = _answers(features, true, folds != fold, folds == fold, fit)
    found = []
    for name in sorted(set(domains)):
        own = names == name
        outside = _answers(features, true, ~own, own, fit)
        found.append(
            DomainFigure(
                name, int(own.sum()), int(true[own].sum()), _f1(true[own], inside[own]), _f1(true[own], outside)
            )
        )
    return found


def _folds(names: NDArray[Any], true: NDArray[np.bool_]) -> NDArray[np.int64]:
    folds = np.zeros(len(true), np.int64)
    for name in np.unique(names):
        for value in (False, True):
            places = np.flatnonzero((names == name) & (true == value))
            folds[places] = np.arange(len(places)) % FOLDS
    return folds


def _answers(
    features: NDArray[Any], true: NDArray[np.bool_], known: NDArray[np.bool_], asked: NDArray[np.bool_], fit: Fit
) -> NDArray[np.bool_]:
    if not asked.any():
        return np.zeros(0, bool)
    if not known.any() or true[known].all() or not true[known].any():
        return np.full(int(asked.sum()), bool(known.any() and true[known].all()))
    return np.asarray(fit(features[known], true[known].astype(np.int64))(features[asked])).astype(bool)


def _f1(true: NDArray[np.bool_], said: NDArray[np.bool_]) -> Figure:
    if not len(true):
        return Figure(nan, nan, nan)
    return figure(
        tally_of_classes([("yes",) * int(one) for one in said], [("yes",) * int(one) for one in true], ("yes",))
    )
