"""The classifier of names in texts without capitals: see voc_engine/redact/bare_names.py.

Labels are places of words that a reader took for names (corpora/redaction/bare.tsv), in rows of sets that may teach; no row
of the redaction gold sets is among them. Figures are of rows that taught nothing, five parts in turn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voc_engine.evaluation.sets import placed_names
from voc_engine.evaluation.sets.gold_file import Source
from voc_engine.evaluation.sets.planted_names import Planted
from voc_engine.records import stable_hash
from voc_engine.redact.bare_names import MODEL, features_of, may_be_named, words_of

PARTS = 5
# A feature is weighed where so many words have it, and kept where its weight is at least so large.
FEWEST, SMALLEST = 2, 0.05
# Nine of ten that are said are names from there on, held out.
FLOOR = 0.4
STRENGTH = 1.0


@dataclass(frozen=True, slots=True)
class BareWord:
    """A word that is asked about, as the classifier sees it."""

    part: int
    features: tuple[str, ...]
    name: bool


def read_words(data: Path, redaction: Path) -> list[BareWord]:
    """Every word of the labelled rows that is asked about. Raises ConfigError where a row is not the one that was read."""
    source = Source(redaction / "bare.tsv", data)
    return [word for row in placed_names.read(source, data) for word in _words(row)]


def _words(row: Planted) -> Iterator[BareWord]:
    part = int(stable_hash("bare names", row.text), 16) % PARTS
    words = words_of(row.text)
    for place, word in enumerate(words):
        if may_be_named(words, place):
            named = any(start <= word.start() < end for start, end, _ in row.spans)
            yield BareWord(part, tuple(features_of(row.text, words, place)), named)


def bare_names_stage(data: Path, redaction: Path, model: Path) -> str:
    """Fit the classifier to ``model``/bare_names.json; returns precision and recall at several floors, held out."""
    words = read_words(data, redaction)
    truth = np.array([word.name for word in words])
    parts = np.array([word.part for word in words])
    held = np.zeros(len(words))
    for part in range(PARTS):
        taught = [word for word in words if word.part != part]
        weights, bias = _fit(taught)
        mine = np.flatnonzero(parts == part)
        held[mine] = [_probability(words[place].features, weights, bias) for place in mine]
    weights, bias = _fit(words)
    kept = {name: round(value, 3) for name, value in sorted(weights.items()) if abs(value) >= SMALLEST}
    fitted = {"weights": kept, "bias": round(bias, 3), "floor": FLOOR}
    (model / MODEL).write_text(json.dumps(fitted, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return f"{truth.sum()} names of {len(words)} words, {len(kept)} features\n" + _figures(truth, held)


def _fit(words: Sequence[BareWord]) -> tuple[dict[str, float], float]:
    from sklearn.linear_model import LogisticRegression

    counted: dict[str, int] = {}
    for word in words:
        for one in word.features:
            counted[one] = counted.get(one, 0) + 1
    names = sorted(one for one, times in counted.items() if times >= FEWEST)
    column = {one: place for place, one in enumerate(names)}
    looked: NDArray[Any] = np.zeros((len(words), len(names)))
    for place, word in enumerate(words):
        looked[place, [column[one] for one in word.features if one in column]] = 1.0
    fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(looked, [word.name for word in words])
    return dict(zip(names, fitted.coef_[0].tolist(), strict=True)), float(fitted.intercept_[0])


def _probability(features: Sequence[str], weights: dict[str, float], bias: float) -> float:
    return float(1 / (1 + np.exp(-bias - sum(weights.get(one, 0.0) for one in features))))


def _figures(truth: NDArray[Any], held: NDArray[Any]) -> str:
    lines = []
    for floor in (0.3, 0.4, 0.5, 0.6, 0.7):
        said = held >= floor
        right = int((said & truth).sum())
        lines.append(f"from {floor}: precision {right / max(1, said.sum()):.3f}, recall {right / truth.sum():.3f}")
    return "\n".join(lines)
