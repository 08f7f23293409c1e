"""The head that tells an aim from an errand, from goals that were read (corpora/gold/aims.tsv, aims_written.tsv).

What people bring to a desk are errands nearly always, and what they tell in talks are aims: so that the head does not learn
the kind of source, sentences of both were written for the same trades.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.gold import rows
from training.windows import Read, named_own_windows, named_windows
from voc_engine.config.sections import EmbedConfig
from voc_engine.language.handles import spoken
from voc_engine.personas.aims import AIM, ERRAND
from voc_engine.registry import component

_AIM = "aim"
_STRENGTH = 3.0  # in cross-validation 1, 10 and 30 rank alike
_FOLDS = 6
_DIGITS = 4


def read_aims(data: Path, gold: Path) -> tuple[list[Read], list[str]]:
    """The goals in their windows with what their reader said. Raises KeyError where one is gone."""
    every = dict([*named_windows(data), *named_own_windows(data, gold)])
    told = list(rows(gold / "aims.tsv"))
    return [every[row["id"]] for row in told], [row["aim"] for row in told]


def aims_stage(data: Path, gold: Path, model: Path) -> str:
    """Write the head to ``model``/aims.json; return how well it ranks goals of documents that taught nothing."""
    from sklearn.model_selection import GroupKFold

    read, labels = read_aims(data, gold)
    written = list(rows(gold / "aims_written.tsv"))
    name = EmbedConfig().model
    embedder = component("embedder", name)
    looked = np.asarray(embedder.encode([spoken(one.text) for one in read]), float)
    ours = np.asarray(embedder.encode([row["text"] for row in written]), float)
    truth = np.array([one == _AIM for one in labels])
    told = np.array([row["aim"] == _AIM for row in written])
    held = np.zeros(len(truth))
    for teach, measure in GroupKFold(_FOLDS).split(looked, truth, [one.document for one in read]):
        fit = _fitted(np.vstack([looked[teach], ours]), np.r_[truth[teach], told])
        held[measure] = fit.predict_proba(looked[measure])[:, 1]
    fit = _fitted(np.vstack([looked, ours]), np.r_[truth, told])
    stored = {
        "embedder": name,
        "constant": round(float(fit.intercept_[0]), _DIGITS),
        "weights": fit.coef_[0].round(_DIGITS).tolist(),
    }
    (model / "aims.json").write_text(json.dumps(stored) + "\n", encoding="utf-8")
    return _figures(held, truth, labels, [one.kind for one in read])


def _figures(held: NDArray[Any], truth: NDArray[Any], labels: list[str], kinds: list[str]) -> str:
    from sklearn.metrics import roc_auc_score

    lines = ["from\tgoals\taims\tarea\terrands below the point\taims below it\taims among those surely so"]
    errand = np.array([one == "errand" for one in labels])
    for name, rows_ in (
        ("all", np.ones(len(truth), bool)),
        ("talk", np.array([kind == "interview" for kind in kinds])),
        ("reviews and surveys", np.array([kind in ("review", "survey") for kind in kinds])),
        ("desks", np.array([kind == "ticket" for kind in kinds])),
    ):
        low, high = rows_ & (held < ERRAND), rows_ & (held >= AIM)
        lines.append(
            f"{name}\t{rows_.sum()}\t{truth[rows_].sum()}\t{roc_auc_score(truth[rows_], held[rows_]):.2f}"
            f"\t{(low & errand).sum()} of {(rows_ & errand).sum()}\t{(low & truth).sum()} of {(rows_ & truth).sum()}"
            f"\t{truth[high].sum()} of {high.sum()}"
        )
    return "\n".join(lines)


def _fitted(looked: NDArray[Any], truth: NDArray[Any]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_STRENGTH, max_iter=3_000, class_weight="balanced").fit(looked, truth)
