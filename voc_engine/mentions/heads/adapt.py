"""Heads refitted with a user's own labels: the shipped heads are the prior, the labels move them.

For each output the old log-odds stay as an offset, and a stretch, a shift and a change of every weight are learned under
a penalty that pulls them back to the old head (MAP adaptation, Chelba & Acero 2004). How strong the penalty is,
cross-validation on the labels decides; "leave it as it was" is one of the choices, so few or noisy labels do no harm
that can be seen in them.

What is learnt is calibrated, and a head that cannot tell a rare label surely would hardly ever say it at even odds. So
even odds are put where the expected F1 is highest (Lipton, Elkan & Narayanaswamy 2014), found from the held-out
probabilities themselves, which takes no further labels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING, Any

from voc_engine.mentions.heads.linear import OUTPUTS, LinearHeads

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

FEWEST_ROWS, FEWEST_OF_EACH = 16, 4  # labels, and of the rarer answer; a choice: with fewer the folds hold none of it
_FOLDS = 8  # a choice: penalties are compared on seven eighths of a user's few labels
# From hardly held back to moved by shift and stretch only.
_PENALTIES = (4.0, 16.0, 64.0, 256.0, 1024.0, 1e6)
_SHIFT_PENALTY = 0.25
_STRETCHES = (0.2, 3.0)
# Bounds of the probability from which a refitted head says yes.
_FROM = (0.2, 0.5)
# N-grams have many columns and little to say each; as in the training of the shipped heads they are held back less.
GRAM_SCALE = 3.0
# Up to so many rows the weights' change is sought among combinations of the rows, where it has to lie.
_FEW = 2_000


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one output: ``rows`` with a label, ``yes`` of them with it, log-loss per row before and after in
    cross-validation; ``before`` and ``after`` are None where the labels are too few to try. ``point`` is the calibrated
    probability from which a refitted head says yes, which is where its even odds are."""

    output: tuple[str, str]
    rows: int
    yes: int
    before: float | None = None
    after: float | None = None
    point: float | None = None

    @property
    def unchanged(self) -> bool:
        """True where the old head stays."""
        return self.before is None or self.after is None or self.after >= self.before

    @property
    def why(self) -> str:
        """What was done, with the reason, for people."""
        if self.before is not None:
            return "kept: the labels do not improve it" if self.unchanged else "refitted"
        if self.rows < FEWEST_ROWS:
            return f"kept: {self.rows} labels, {FEWEST_ROWS} are needed"
        rare, count = ("yes", self.yes) if self.yes < FEWEST_OF_EACH else ("no", self.rows - self.yes)
        return f"kept: {count} times {rare}, {FEWEST_OF_EACH} are needed"


def adapt(
    heads: LinearHeads,
    features: NDArray[Any],
    grams: csr_matrix,
    targets: NDArray[Any],
    groups: NDArray[Any] | None = None,
) -> tuple[LinearHeads, list[Moved]]:
    """New heads, and what became of each output that has a label, in the order of OUTPUTS.

    ``features`` is (rows, names) as ``heads.matrix`` gives it, ``targets`` (rows, outputs) of 1, 0 and -1 for not known.
    Rows of one group (sentences of one text, copies of it) are never on both sides of a cross-validation; without
    ``groups`` each row is on its own. An output with fewer than FEWEST_ROWS labels, or fewer than FEWEST_OF_EACH of
    either answer, stays as it is.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    old = heads.log_odds(features, grams)
    table = csr_of(features / heads.scale, grams)
    groups = np.arange(len(targets)) if groups is None else groups
    named, wide = heads.named.copy(), heads.grams.copy()
    bias, slope, outcomes = heads.bias.copy(), heads.slope.copy(), []
    for output, name in enumerate(OUTPUTS):
        labelled = np.flatnonzero(targets[:, output] >= 0)
        truth = targets[labelled, output].astype(float)
        yes = int(truth.sum())
        if min(yes, len(labelled) - yes) < FEWEST_OF_EACH or len(labelled) < FEWEST_ROWS:
            outcomes += [Moved(name, len(labelled), yes)] if len(labelled) else []
            continue
        with threadpool_limits(limits=1):  # the order of a parallel sum moves the last bits
            fit = _refitted(old[labelled, output], table[labelled], truth, groups[labelled])
        before, after = round(float(_loss(old[labelled, output], truth).mean()), 4), round(fit.loss, 4)
        if after >= before:
            outcomes.append(Moved(name, len(labelled), yes, before, after))
            continue
        outcomes.append(Moved(name, len(labelled), yes, before, after, round(fit.point, 4)))
        slope[output] *= fit.stretch
        bias[output] = bias[output] * fit.stretch + fit.shift - log(fit.point / (1 - fit.point))
        named[:, output] += fit.change[: len(named)] / heads.scale / slope[output]
        wide[:, output] += fit.change[len(named) :] * GRAM_SCALE / slope[output]
    return replace(heads, named=named, grams=wide, bias=bias, slope=slope), outcomes


def csr_of(features: NDArray[Any], grams: csr_matrix) -> csr_matrix:
    """Named features and n-grams side by side, each in the unit in which a change of its weight is measured."""
    from scipy.sparse import csr_matrix, hstack

    return csr_matrix(hstack([csr_matrix(features), grams * GRAM_SCALE]))


@dataclass(frozen=True, slots=True)
class _Fit:
    """Held-out log-loss per row, the probability from which to say yes, and what is learnt: ``stretch`` and ``shift`` of
    the old log-odds and a ``change`` per weight."""

    loss: float
    point: float
    stretch: float
    shift: float
    change: NDArray[Any]


def _refitted(old: NDArray[Any], table: csr_matrix, truth: NDArray[Any], groups: NDArray[Any]) -> _Fit:
    """The fit with the penalty under which held-out rows are answered best."""
    import numpy as np

    columns, back = _compact(table)
    folds = _folds(truth, groups)
    answers: list[NDArray[Any]] = []
    for penalty in _PENALTIES:
        held_out = np.zeros(len(truth))
        for fold in range(_FOLDS):
            rest = folds != fold
            stretch, shift, change = _fit(old[rest], columns[rest], truth[rest], penalty)
            held_out[~rest] = stretch * old[~rest] + shift + columns[~rest] @ change
        answers.append(held_out)
    losses = [float(_loss(held_out, truth).mean()) for held_out in answers]
    # Of two that do as well the one that is held back more.
    best = min(range(len(losses)), key=lambda place: (losses[place], -place))
    stretch, shift, change = _fit(old, columns, truth, _PENALTIES[best])
    return _Fit(losses[best], yes_from(answers[best]), stretch, shift, change if back is None else back @ change)


def yes_from(odds: NDArray[Any]) -> float:
    """The probability from which saying yes gives the highest expected F1: half that F1, within bounds."""
    import numpy as np
    from scipy.special import expit

    chances = np.sort(expit(odds))[::-1]
    expected = 2 * np.cumsum(chances) / (np.arange(1, len(chances) + 1) + chances.sum())
    return float(np.clip(expected.max() / 2, *_FROM))


def _compact(table: csr_matrix) -> tuple[Any, NDArray[Any] | None]:
    """Rows in as many columns as there are rows, with the matrix that leads a change there back to the weights.

    A penalised change is a combination of the rows it is fitted to (the representer theorem, Kimeldorf & Wahba 1971),
    and in this basis it has the same length: the answer is the same, found among fewer numbers.
    """
    import numpy as np

    if table.shape[0] > _FEW:
        return table, None
    values, vectors = np.linalg.eigh((table @ table.T).toarray())
    there = values > 1e-9 * values[-1]
    lengths = np.sqrt(values[there])
    return vectors[:, there] * lengths, np.asarray(table.T @ (vectors[:, there] / lengths))


def _folds(truth: NDArray[Any], groups: NDArray[Any]) -> NDArray[Any]:
    """Each row's fold: whole groups, both answers spread over all folds."""
    import numpy as np

    _, first, member = np.unique(groups, return_index=True, return_inverse=True)
    order = np.lexsort((first, truth[first]))
    folds = np.empty(len(first), int)
    folds[order] = np.arange(len(first)) % _FOLDS
    fold_of: NDArray[Any] = folds[member.reshape(-1)]
    return fold_of


def _loss(odds: NDArray[Any], truth: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    losses: NDArray[Any] = np.logaddexp(0, odds) - truth * odds
    return losses


def cost(
    point: NDArray[Any], old: NDArray[Any], table: Any, truth: NDArray[Any], penalty: float
) -> tuple[float, NDArray[Any]]:
    """Penalised log-loss at (stretch, shift, change of each column of ``table``), and its gradient."""
    import numpy as np
    from scipy.special import expit

    stretch, shift, change = point[0], point[1], point[2:]
    odds = stretch * old + shift + table @ change
    miss = expit(odds) - truth
    shrinkage = penalty * change @ change + (stretch - 1) ** 2 + _SHIFT_PENALTY * shift**2
    moderate = (miss @ old + 2 * (stretch - 1), miss.sum() + 2 * _SHIFT_PENALTY * shift)
    return float(_loss(odds, truth).sum() + shrinkage), np.concatenate(
        [moderate, table.T @ miss + 2 * penalty * change]
    )


def _fit(old: NDArray[Any], table: Any, truth: NDArray[Any], penalty: float) -> tuple[float, float, NDArray[Any]]:
    """Stretch and shift of the old log-odds, and the change of each weight, at the least penalised log-loss."""
    import numpy as np
    from scipy.optimize import minimize

    start = np.zeros(2 + table.shape[1])
    start[0] = 1.0
    bounds = [_STRETCHES, *[(None, None)] * (len(start) - 1)]
    least = minimize(cost, start, (old, table, truth, penalty), jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": 300})  # fmt: skip
    return float(least.x[0]), float(least.x[1]), least.x[2:]
