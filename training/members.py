"""The judge of a finding's members: whether what somebody says is the finding's heading.

Findings of real texts were read, each member against its heading, and single voices near to it. What the stage sees of
them stands beside the label (``corpora/gold/members.tsv``), so that no text is copied. Those whose clauses were read teach;
of the others only the sentences are known. Figures are of findings that taught nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.gold import rows
from training.judges import fitted, save, told_of
from voc_engine.insights.finding_judge import FEATURES

# A finding is right where its heading is clear and so large a share of its members says it.
_SAY_IT = 0.6
_CLAUSES = "clauses"
_PARTS = 10
_POINTS = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def members_stage(gold: Path, model: Path) -> str:
    """Fit the judge to ``model``/findings.json and return its figures."""
    read = [row for row in rows(gold / "members.tsv") if row["read"].startswith(_CLAUSES)]
    seen = np.array([[float(row[name]) for name in FEATURES] for row in read])
    says = np.array([row["label"] == "says" for row in read])
    save(model / "findings.json", told_of(FEATURES, fitted(seen, says)))
    chance = _crossed(seen, says, np.array([row["finding"] for row in read]))
    return "\n".join([*_of_members(seen[:, 0], chance, says), *_of_findings(read, chance, says)])


def _crossed(seen: NDArray[Any], says: NDArray[Any], findings: NDArray[Any]) -> NDArray[Any]:
    """The probability that a judge gives each who has seen none of its finding."""
    from sklearn.model_selection import GroupKFold

    chance = np.zeros(len(says))
    for taught, held in GroupKFold(_PARTS).split(seen, says, findings):
        chance[held] = fitted(seen[taught], says[taught]).predict_proba(seen[held])[:, 1]
    return chance


def _of_members(cosine: NDArray[Any], chance: NDArray[Any], says: NDArray[Any]) -> list[str]:
    from sklearn.metrics import roc_auc_score

    areas = roc_auc_score(says, cosine), roc_auc_score(says, chance)
    lines = [
        f"{len(says)} members, {says.mean():.2f} say it; area by the cosine {areas[0]:.2f}, by the judge {areas[1]:.2f}"
    ]
    for least in _POINTS:
        kept = chance >= least
        lines.append(
            f"  at {least}: {kept.sum()} kept, precision {says[kept].mean():.2f}; lost {says[~kept].sum()} of {says.sum()},"
            f" removed {(~says[~kept]).sum()} of {(~says).sum()}"
        )
    return lines


def _of_findings(read: Sequence[dict[str, str]], chance: NDArray[Any], says: NDArray[Any]) -> list[str]:
    """What becomes of whole findings."""
    own = np.array([row["finding"] for row in read])
    clear = {row["finding"] for row in read if row["heading"] == "clear"}
    lines = []
    for least in (0.0, *_POINTS):
        right = others = 0
        for finding in sorted(set(own.tolist())):
            kept = (own == finding) & (chance >= least)
            if kept.any():
                good = finding in clear and says[kept].mean() >= _SAY_IT
                right, others = right + good, others + (not good)
        lines.append(f"  findings at {least}: {right} right, {others} others, {right / max(1, right + others):.2f}")
    return lines
