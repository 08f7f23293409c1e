"""The small judge of the insights stage that tells whether two mentions say the same.

A logistic regression on what the stage itself sees. Figures are of domains that taught nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.judged_pairs import HELD, Pair, as_mentions, by_domain, read_pairs, sentences
from voc_engine.embed.same_sense import SameSenseEmbedder
from voc_engine.insights.likeness import FEATURES, features_in_pairs, unit_features
from voc_engine.insights.meaning import meaning
from voc_engine.insights.units import make_units
from voc_engine.records import Mention, Vectors


def scorer_stage(data: Path, gold: Path, upper: Path, model: Path) -> str:
    """Fit the judge of pairs to ``model``/same.json and return its figures. ``upper`` are weights of the embedder that
    the domains of HELD taught nothing: only their pairs are looked at, so that cosines are as they are at work."""
    from sklearn.metrics import average_precision_score

    said = sentences(data, gold)
    pairs = [pair for pair in read_pairs(gold) if pair.domain in HELD]
    wanted = sorted({name for pair in pairs for name in (pair.first, pair.second)})
    mentions = as_mentions({name: said[name] for name in wanted})
    vectors = Vectors(tuple(wanted), SameSenseEmbedder(upper).encode([said[name].text for name in wanted]))
    looked = {domain: _looked(own, mentions, vectors) for domain, own in by_domain(pairs).items()}
    truth = {domain: np.array([pair.same for pair in own]) for domain, own in by_domain(pairs).items()}
    lines = ["domain\tpairs\tsame\tcosine\tjudge"]
    for domain in sorted(looked):
        others = [name for name in looked if name != domain]
        judge = fitted(np.vstack([looked[name] for name in others]), np.concatenate([truth[name] for name in others]))
        chance = judge.predict_proba(looked[domain])[:, 1]
        figures = (
            average_precision_score(truth[domain], looked[domain][:, 0]),
            average_precision_score(truth[domain], chance),
        )
        lines.append(
            "\t".join([domain, str(len(chance)), f"{truth[domain].mean():.2f}", *(f"{x:.2f}" for x in figures)])
        )
    judge = fitted(np.vstack(list(looked.values())), np.concatenate(list(truth.values())))
    save(model / "same.json", told_of(FEATURES, judge))
    return "\n".join(lines)


def _looked(pairs: Sequence[Pair], mentions: dict[str, Mention], vectors: Vectors) -> NDArray[Any]:
    """Shape (pairs, FEATURES): what the stage sees of them in a study of this domain."""
    own = [mentions[name] for name in sorted({name for pair in pairs for name in (pair.first, pair.second)})]
    units = make_units(own)
    rows = unit_features(own, units, meaning(units, vectors))
    place = {own[row].mention_id: at for at, unit in enumerate(units) for row in unit.rows}
    ones, others = (
        np.array([place[name] for name in names]) for names in zip(*((p.first, p.second) for p in pairs), strict=True)
    )
    return features_in_pairs(rows.at(ones), rows.at(others))


def fitted(looked: NDArray[Any], truth: NDArray[Any]) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1.0, max_iter=3_000).fit(looked, truth)


def told_of(names: Sequence[str], judge: Any) -> dict[str, Any]:
    weights = {name: round(float(value), 4) for name, value in zip(names, judge.coef_[0], strict=True)}
    return {"weights": weights, "constant": round(float(judge.intercept_[0]), 4)}


def save(path: Path, told: dict[str, Any]) -> None:
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
