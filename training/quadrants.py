"""How surely a mention stands in its quadrant: the log-odds of all heads, weighed on labels no encoder has seen.

Sentences were read in their windows for the strict sense (corpora/gold/quadrants.tsv). The likeliest quadrant stays the
head's own; what is fitted is how sure it may be. The encoder's states, and rules for deeds, thoughts and feelings, added
nothing to it in cross-validation by document.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.gold import rows
from training.windows import Read, named_own_windows, named_windows
from voc_engine.mentions.heads.linear import OUTPUTS
from voc_engine.mentions.heads.quadrant_chances import QuadrantChances
from voc_engine.mentions.quadrant import SAYS, SURE
from voc_engine.records import QUADRANTS
from voc_engine.statistics import kappa

# In cross-validation .1 and 1 rank alike.
_STRENGTH = 0.3
_FOLDS = 8
_SAYS = QUADRANTS.index(SAYS)
_OWN = [OUTPUTS.index(("quadrant", name)) for name in QUADRANTS]
_READINGS = ("quadrants.tsv", "quadrants_second.tsv")


def read_quadrants(data: Path, gold: Path) -> tuple[list[Read], list[str], list[str]]:
    """The sentences with what their reader said, and how each came into the sample. Raises KeyError where one is gone."""
    every = dict([*named_windows(data), *named_own_windows(data, gold)])
    told = list(rows(gold / _READINGS[0]))
    return [every[row["id"]] for row in told], [row["quadrant"] for row in told], [row["sample"] for row in told]


def fitted_chances(odds: NDArray[Any], quadrants: Sequence[str], encoder: str) -> QuadrantChances:
    """The fit of all sentences; ``odds`` (sentences, OUTPUTS)."""
    even, fit = (step for _, step in _model().fit(odds, _places(quadrants)).steps)
    weights = fit.coef_.T / even.scale_[:, None]
    return QuadrantChances(weights, fit.intercept_ - even.mean_ @ weights, encoder)


def quadrant_figures(
    odds: NDArray[Any], quadrants: Sequence[str], documents: Sequence[str], samples: Sequence[str]
) -> str:
    """How many of those put into thinks, does and feels are right, each sentence answered by a fit that had not seen its
    document: by the head alone, and from several probabilities on."""
    from sklearn.model_selection import GroupKFold, cross_val_predict

    truth, likeliest = _places(quadrants), odds[:, _OWN].argmax(1)
    chances = cross_val_predict(_model(), odds, truth, groups=documents, cv=GroupKFold(_FOLDS), method="predict_proba")
    sure = chances[np.arange(len(odds)), likeliest]
    drawn = np.array([one == "random" for one in samples])
    lines = ["\t".join(["sentences", "from", "put there", "right", *QUADRANTS[1:]])]
    for name, chosen in (("random", drawn), ("all", drawn | True)):
        for least in (0.0, 0.5, 0.6, 0.7, SURE, 0.85, 0.9):
            put = chosen & (likeliest != _SAYS) & (sure >= least)
            hit = likeliest == truth
            parts = [put & (likeliest == place) for place in range(1, len(QUADRANTS))]
            shares = [f"{hit[one].mean():.2f} of {one.sum()}" for one in parts]
            lines.append(
                "\t".join([f"{name} {chosen.sum()}", str(least), str(put.sum()), f"{hit[put].mean():.2f}", *shares])
            )
    return "\n".join(lines)


def quadrant_agreement(gold: Path) -> str:
    """How far the reader of the quadrants agrees with themselves."""
    first, second = ({row["id"]: row["quadrant"] for row in rows(gold / name)} for name in _READINGS)
    pairs = [(first[key], again) for key, again in second.items()]
    same = sum(before == again for before, again in pairs) / len(pairs)
    return f"read again: {len(pairs)}, the same {same:.3f}, kappa {kappa(*zip(*pairs, strict=True)):.2f}"


def _places(quadrants: Sequence[str]) -> NDArray[Any]:
    return np.array([QUADRANTS.index(one) for one in quadrants])


def _model() -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=2_000))
