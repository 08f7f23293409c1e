"""Heads refitted with a user's own labels: the shipped heads are the prior, the labels move them.

For each output the old log-odds stay as an offset, and a slope, a shift and a change of every weight are learned under
a penalty that pulls them back to the old head (MAP adaptation, Chelba & Acero 2004). How strong the penalty is,
cross-validation on the labels decides; "leave it as it was" is one of the choices, so few or noisy labels do no harm
that can be seen in them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from voc_engine.mentions.heads.linear import OUTPUTS, LinearHeads

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

FEWEST_ROWS, FEWEST_OF_EACH = 16, 4
_FOLDS = 4
# From hardly held back to moved by shift and slope only.
_PENALTIES = (1.0, 4.0, 16.0, 64.0, 1e6)
_SHIFT_PENALTY = 0.25


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one output: rows with a label, log-loss per row before and after in cross-validation."""

    output: tuple[str, str]
    rows: int
    before: float
    after: float

    @property
    def kept(self) -> bool:
        """True where the old head stays."""
        return self.after >= self.before


def adapt(
    heads: LinearHeads, features: NDArray[Any], grams: csr_matrix, targets: NDArray[Any]
) -> tuple[LinearHeads, list[Moved]]:
    """New heads, and what became of each output that has labels enough.

    ``features`` is (rows, names) as ``heads.matrix`` gives it, ``targets`` (rows, outputs) of 1, 0 and -1 for not known.
    An output with fewer than FEWEST_ROWS labels, or fewer than FEWEST_OF_EACH of either answer, stays as it is.
    """
    import numpy as np
    from scipy.sparse import csr_matrix, hstack

    old = heads.log_odds(features, grams)
    table = csr_matrix(hstack([csr_matrix(features / heads.scale), grams]))
    named, wide = heads.named.copy(), heads.grams.copy()
    bias, slope, told = heads.bias.copy(), heads.slope.copy(), []
    for output, name in enumerate(OUTPUTS):
        known = np.flatnonzero(targets[:, output] >= 0)
        truth = targets[known, output].astype(float)
        if len(known) < FEWEST_ROWS or min(truth.sum(), (1 - truth).sum()) < FEWEST_OF_EACH:
            continue
        penalty, before, after = _chosen(old[known, output], table[known], truth)
        moved = Moved(name, len(known), round(before, 4), round(after, 4))
        told.append(moved)
        if moved.kept:
            continue
        stretch, shift, change = _fit(old[known, output], table[known], truth, penalty)
        slope[output] *= stretch
        bias[output] = bias[output] * stretch + shift
        named[:, output] += change[: len(named)] / heads.scale / slope[output]
        wide[:, output] += change[len(named) :] / slope[output]
    return replace(heads, named=named, grams=wide, bias=bias, slope=slope), told


def _chosen(old: NDArray[Any], table: csr_matrix, truth: NDArray[Any]) -> tuple[float, float, float]:
    """The best penalty with the held-out log-loss per row of the old head and of the new one."""
    import numpy as np

    order = np.argsort(truth, kind="stable")
    folds = np.empty(len(truth), int)
    folds[order] = np.arange(len(truth)) % _FOLDS
    before, best = _loss(old, truth).mean(), (_PENALTIES[-1], np.inf)
    for penalty in reversed(_PENALTIES):
        held = np.zeros(len(truth))
        for fold in range(_FOLDS):
            rest = folds != fold
            stretch, shift, change = _fit(old[rest], table[rest], truth[rest], penalty)
            held[~rest] = stretch * old[~rest] + shift + table[~rest] @ change
        after = _loss(held, truth).mean()
        if after < best[1]:
            best = (penalty, after)
    return best[0], float(before), float(best[1])


def _loss(odds: NDArray[Any], truth: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    losses: NDArray[Any] = np.logaddexp(0, odds) - truth * odds
    return losses


def _fit(
    old: NDArray[Any], table: csr_matrix, truth: NDArray[Any], penalty: float
) -> tuple[float, float, NDArray[Any]]:
    """Stretch and shift of the old log-odds, and the change of each weight, at the least penalised log-loss."""
    import numpy as np
    from scipy.optimize import minimize

    def cost(point: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        stretch, shift, change = point[0], point[1], point[2:]
        odds = stretch * old + shift + table @ change
        miss = 1 / (1 + np.exp(-odds)) - truth
        held = penalty * change @ change + (stretch - 1) ** 2 + _SHIFT_PENALTY * shift**2
        slope = np.concatenate([[miss @ old + 2 * (stretch - 1), miss.sum() + 2 * _SHIFT_PENALTY * shift],
            table.T @ miss + 2 * penalty * change])  # fmt: skip
        return float(_loss(odds, truth).sum() + held), slope

    start = np.zeros(2 + table.shape[1])
    start[0] = 1.0
    bounds = [(0.2, 3.0), *[(None, None)] * (len(start) - 1)]
    found = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200})
    return float(found.x[0]), float(found.x[1]), found.x[2:]
