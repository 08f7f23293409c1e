"""Figures of the heads on sentences that no part of them had seen, as plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.gold import LETTERS, Labelled, rows
from training.stack import outputs_of
from voc_engine.evaluation.agreement import agreement
from voc_engine.evaluation.measures import calibration_error
from voc_engine.mentions.heads.linear import GROUPS

_LEAST = 15


def head_figures(labels: Sequence[Labelled], targets: NDArray[Any], held: NDArray[Any]) -> str:
    """F1 per kind at one half, macro-F1 of sentiment and quadrant, calibration error; all, drawn at random, written."""
    groups = {
        "all": np.ones(len(labels), bool),
        "drawn": np.array([row.sample == "random" for row in labels]),
        "written": np.array([row.sample == "written" for row in labels]),
    }
    domains = sorted({row.domain for row in labels if row.sample != "written"})
    groups |= {domain: np.array([row.domain == domain for row in labels]) for domain in domains}
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
    return [*cells, f"{calibration_error(chance.ravel(), truth.ravel() == 1):.3f}"]


def reading_figures(gold: Path) -> str:
    """Agreement of the two independent readings, label by label (Cohen's kappa, Krippendorff's alpha)."""
    read = list(rows(gold / "second_reading.tsv"))
    lines = ["label\tsentences\tsame\tkappa\talpha"]
    for one in agreement(_reading(read, 1), _reading(read, 2)):
        lines.append(f"{one.label}\t{one.n}\t{one.same:.3f}\t{one.kappa:.2f}\t{one.alpha:.2f}")
    return "\n".join(lines)


def _reading(read: Sequence[Mapping[str, str]], number: int) -> dict[str, dict[str, str]]:
    found = {}
    for row in read:
        given = {kind: str(letter in row[f"labels_{number}"].split(",")) for letter, kind in LETTERS.items()}
        found[row["id"]] = given | {name: row[f"{name}_{number}"] for name in ("sentiment", "emotion", "quadrant")}
    return found
