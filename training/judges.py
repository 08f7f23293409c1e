"""The small judges of the insights stage: whether two mentions say the same, whether a clause can stand alone.

Logistic regressions on what the stage itself sees. Figures are of domains that taught nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.judged_pairs import HELD, Clause, Pair, as_mentions, by_domain, read_clauses, read_pairs, sentences
from voc_engine.embed.same_sense import SameSenseEmbedder
from voc_engine.insights import key_points
from voc_engine.insights.likeness import FEATURES, features_in_pairs, told
from voc_engine.insights.meaning import meaning
from voc_engine.insights.units import make_units
from voc_engine.records import Mention, Vectors

_FOLDS = 6


def scorer_stage(data: Path, gold: Path, upper: Path, model: Path) -> str:
    """Fit the judge of pairs to ``model``/same.json and return its figures. ``upper`` are weights of the embedder that
    the domains of HELD taught nothing: only their pairs are looked at, so that cosines are as they are at work."""
    from sklearn.metrics import average_precision_score

    said = sentences(data)
    pairs = [pair for pair in read_pairs(gold) if pair.domain in HELD]
    wanted = sorted({name for pair in pairs for name in (pair.first, pair.second)})
    mentions = as_mentions({name: said[name] for name in wanted})
    vectors = Vectors(tuple(wanted), SameSenseEmbedder(upper).encode([said[name].text for name in wanted]))
    looked = {domain: _looked(own, mentions, vectors) for domain, own in by_domain(pairs).items()}
    truth = {domain: np.array([pair.same for pair in own]) for domain, own in by_domain(pairs).items()}
    lines = ["domain\tpairs\tsame\tcosine\tjudge"]
    for domain in sorted(looked):
        others = [name for name in looked if name != domain]
        judge = _fitted(np.vstack([looked[name] for name in others]), np.concatenate([truth[name] for name in others]))
        chance = judge.predict_proba(looked[domain])[:, 1]
        figures = (
            average_precision_score(truth[domain], looked[domain][:, 0]),
            average_precision_score(truth[domain], chance),
        )
        lines.append(
            "\t".join([domain, str(len(chance)), f"{truth[domain].mean():.2f}", *(f"{x:.2f}" for x in figures)])
        )
    judge = _fitted(np.vstack(list(looked.values())), np.concatenate(list(truth.values())))
    _save(model / "same.json", _told(FEATURES, judge))
    return "\n".join(lines)


def _looked(pairs: Sequence[Pair], mentions: dict[str, Mention], vectors: Vectors) -> NDArray[Any]:
    """Shape (pairs, FEATURES): what the stage sees of them in a study of this domain."""
    own = [mentions[name] for name in sorted({name for pair in pairs for name in (pair.first, pair.second)})]
    units = make_units(own)
    rows = told(own, units, meaning(units, vectors))
    place = {own[row].mention_id: at for at, unit in enumerate(units) for row in unit.rows}
    ones, others = (
        np.array([place[name] for name in names]) for names in zip(*((p.first, p.second) for p in pairs), strict=True)
    )
    return features_in_pairs(rows.at(ones), rows.at(others))


def key_points_stage(data: Path, gold: Path, model: Path) -> str:
    """Fit the two judges of clauses to ``model``/key_points.json and return how well they rank clauses of other
    sentences (area under the curve, six folds)."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict

    clauses, said = read_clauses(gold), sentences(data)
    mentions = as_mentions({name: said[name] for name in sorted({clause.sentence for clause in clauses})})
    looked = np.array([_seen(clause, mentions[clause.sentence]) for clause in clauses])
    groups = [clause.sentence for clause in clauses]
    stored, lines = {}, []
    for question, least in (("key point", 2), ("understood", 1)):
        truth = np.array([clause.label >= least for clause in clauses])
        judge = _fitted(looked, truth)
        chance = cross_val_predict(judge, looked, truth, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba")[
            :, 1
        ]
        lines.append(
            f"{question}\t{truth.mean():.2f} of {len(truth)}\tarea under the curve {roc_auc_score(truth, chance):.2f}"
        )
        stored[question] = _told(key_points.FEATURES, judge)
    _save(model / "key_points.json", stored)
    return "\n".join(lines)


def _seen(clause: Clause, mention: Mention) -> tuple[float, ...]:
    wording = key_points.tidied(mention.quote[clause.start : clause.end]).rstrip(" .!")
    return key_points.features(wording, mention)


def _fitted(looked: NDArray[Any], truth: NDArray[Any]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1.0, max_iter=3_000).fit(looked, truth)


def _told(names: Sequence[str], judge: Any) -> dict[str, Any]:
    weights = {name: round(float(value), 4) for name, value in zip(names, judge.coef_[0], strict=True)}
    return {"weights": weights, "constant": round(float(judge.intercept_[0]), 4)}


def _save(path: Path, told_of: dict[str, Any]) -> None:
    path.write_text(json.dumps(told_of, indent=1) + "\n", encoding="utf-8")
