"""Figures of the heads on sentences that no part of them had seen, as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.gold import Labelled
from training.stack import outputs_of
from voc_engine.evaluation.measures import calibration_error
from voc_engine.mentions.heads.linear import GROUPS

_LEAST = 15


def head_figures(rows: Sequence[Labelled], targets: NDArray[Any], held: NDArray[Any]) -> str:
    """F1 per kind at one half, macro-F1 of sentiment and quadrant, calibration error; all, drawn at random, written."""
    groups = {
        "all": np.ones(len(rows), bool),
        "drawn": np.array([row.sample == "random" for row in rows]),
        "written": np.array([row.sample == "written" for row in rows]),
    }
    domains = sorted({row.domain for row in rows if row.sample != "written"})
    groups |= {domain: np.array([row.domain == domain for row in rows]) for domain in domains}
    lines = ["\t".join(["sentences", "n", *GROUPS["kinds"], "sentiment", "quadrant", "calibration"])]
    for name, chosen in groups.items():
        lines.append("\t".join([name, str(int(chosen.sum())), *_cells(targets[chosen], held[chosen])]))
    return "\n".join(lines)


def _cells(targets: NDArray[Any], held: NDArray[Any]) -> list[str]:
    from sklearn.metrics import f1_score

    kinds = outputs_of("kinds")
    truth, chance = targets[:, kinds], 1 / (1 + np.exp(-held[:, kinds]))
    cells = [
        f"{f1_score(truth[:, place], chance[:, place] >= 0.5):.3f}" if truth[:, place].sum() >= _LEAST else "few"
        for place in range(truth.shape[1])
    ]
    for group in ("sentiment", "quadrant"):
        own = outputs_of(group)
        cells.append(f"{f1_score(targets[:, own].argmax(1), held[:, own].argmax(1), average='macro'):.3f}")
    return [*cells, f"{calibration_error(chance.ravel(), truth.ravel()):.3f}"]
