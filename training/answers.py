"""The scorer of answers: whether a text answers an objection, from pairs that were read (corpora/gold/answers.tsv).

Figures are of domains that taught nothing. Nothing that ships decides by it alone: see voc_engine/personas/answer_scorer.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.draw import rows_of
from training.gold import rows
from voc_engine.embed.same_sense import SameSenseEmbedder
from voc_engine.personas.answer_scorer import FEATURES, features
from voc_engine.records import stable_hash

_WINDOWS = "gold/windows/windows-train.tsv"
_OURS = ("written.tsv", "answers_written.tsv")


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """An objection and a text; ``label`` A answers it, T is about the same thing, N is about something else."""

    domain: str
    document: str
    sample: str
    objection: str
    answer: str
    label: str


def read_answers(data: Path, gold: Path) -> list[AnswerPair]:
    """All pairs with their texts, in order. Raises ValueError where a place no longer holds the words that were read."""
    told = list(rows(gold / "answers.tsv"))
    texts = _texts(data, gold, {row[f"{side}_source"] for row in told for side in ("objection", "answer")})
    return [
        AnswerPair(
            row["domain"], row["document"], row["sample"],
            _said(row, "objection", texts), _said(row, "answer", texts), row["label"],
        )
        for row in told
    ]  # fmt: skip


def answers_stage(data: Path, gold: Path, model: Path) -> str:
    """Fit the scorer to ``model``/answers.json; returns average precision and precision at thresholds, each domain scored
    by the others."""
    pairs = read_answers(data, gold)
    looked, truth = _looked(pairs), np.array([pair.label == "A" for pair in pairs])
    domains = np.array([pair.domain for pair in pairs])
    held = np.zeros(len(pairs))
    for domain in sorted(set(domains)):
        own = domains == domain
        held[own] = _fitted(looked[~own], truth[~own]).predict_proba(looked[own])[:, 1]
    scorer = _fitted(looked, truth)
    scale, fit = scorer[0], scorer[1]
    weights = fit.coef_[0] / scale.scale_
    constant = float(fit.intercept_[0] - (weights * scale.mean_).sum())
    told = {
        "weights": {name: round(float(value), 4) for name, value in zip(FEATURES, weights, strict=True)},
        "constant": round(constant, 4),
    }
    (model / "answers.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return _figures(held, truth, looked[:, 0])


def _figures(held: NDArray[Any], truth: NDArray[Any], cosine: NDArray[Any]) -> str:
    from sklearn.metrics import average_precision_score

    lines = [
        f"{len(truth)} pairs, {truth.sum()} answer; average precision of the cosine "
        f"{average_precision_score(truth, cosine):.2f}, of the scorer {average_precision_score(truth, held):.2f}"
    ]
    for least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        shown = held >= least
        right = f"{truth[shown].mean():.2f}" if shown.any() else "-"
        lines.append(
            f"at {least:.2f}\t{shown.sum()} shown\tprecision {right}\trecall {truth[shown].sum() / truth.sum():.2f}"
        )
    return "\n".join(lines)


def _looked(pairs: Sequence[AnswerPair]) -> NDArray[Any]:
    """Shape (pairs, FEATURES)."""
    texts = sorted({text for pair in pairs for text in (pair.objection, pair.answer)})
    place = {text: at for at, text in enumerate(texts)}
    vectors = SameSenseEmbedder().encode(texts)
    return np.array(
        [
            features(pair.objection, pair.answer, float(vectors[place[pair.objection]] @ vectors[place[pair.answer]]))
            for pair in pairs
        ],
        float,
    )


def _fitted(looked: NDArray[Any], truth: NDArray[Any]) -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=3_000)).fit(looked, truth)


def _texts(data: Path, gold: Path, sources: set[str]) -> dict[tuple[str, str], str]:
    """(source, row, or key of what we wrote) -> its whole text."""
    found: dict[tuple[str, str], str] = {}
    for source in sorted(sources):
        if source in _OURS:
            # Some ids stand twice in written.tsv: its sentences are known by what they say.
            found |= {(source, _key(row["text"])): row["text"] for row in rows(gold / source)}
        elif source == _WINDOWS:
            found |= {(source, row["id"]): row["text"] for row in rows(data / source)}
        else:
            found |= {(source, row.row): row.text for row in rows_of(data, source)}
    return found


def _key(text: str) -> str:
    return stable_hash(" ".join(text.split()), size=16)


def _said(row: Mapping[str, str], side: str, texts: Mapping[tuple[str, str], str]) -> str:
    source, key = row[f"{side}_source"], row[f"{side}_key"]
    whole = texts[source, key if source in _OURS else row[f"{side}_row"]]
    text = " ".join(whole[int(row[f"{side}_start"]) : int(row[f"{side}_end"])].split())
    if key != _key(text):
        raise ValueError(f"{row['id']}: the {side} is no longer what was read")
    return text
