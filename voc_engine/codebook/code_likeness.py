"""How close sentences are to a code, and how likely one as close belongs to it.

Vectors are taken less what all sentences of the study have in common: in a study of one product everything is about
that product, and what is left tells the sentences apart. The figures of the regression come from
``training/code_closeness.py``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import log
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.language.stems import content_stems

Floats = npt.NDArray[Any]
WITHOUT, WITH_EXAMPLES = "definition", "examples"
Weights = dict[str, list[float]]
# The mean of so many sentences is trusted half: that of three is mostly what those three say.
_USUAL = 50
_STEPS, _PENALTY = 12, 1e-3
# The power to which the share of a name is taken: half of it counts for an eighth.
_WHOLE = 3
# How far a person's answers may move a code's probabilities: the standard deviation of the prior, in log-odds.
_PRIOR = 1.0


@dataclass(frozen=True)
class Lines:
    """Sentences as rows of unit length and as the stems of their content words. ``weights``: stem -> how much it tells,
    the more the rarer it is in the study (inverse document frequency, Sparck Jones 1972)."""

    rows: Floats
    stems: Sequence[frozenset[str]]
    weights: Mapping[str, float]

    @classmethod
    def of(cls, rows: Floats, texts: Sequence[str], weights: Mapping[str, float] | None = None) -> Lines:
        """``weights`` are those of the study, where these are sentences that are new to it."""
        stems = [frozenset(content_stems(text)) for text in texts]
        counts = Counter(stem for own in stems for stem in own) if weights is None else Counter[str]()
        rarity = {one: log((len(stems) + 1) / (count + 0.5)) for one, count in counts.items()}
        return cls(rows, stems, rarity if weights is None else weights)

    def at(self, places: Sequence[int]) -> Lines:
        """Some of them."""
        return Lines(self.rows[list(places)], [self.stems[place] for place in places], self.weights)

    def naming(self, names: Sequence[frozenset[str]]) -> Floats:
        """(sentences,) the largest weighted share of any of the names' stems that stand in a sentence."""
        rarest = max(self.weights.values(), default=1.0)
        shares = np.zeros(len(self.stems))
        for name in names:
            whole = sum(self.weights.get(one, rarest) for one in name)
            for row, stems in enumerate(self.stems) if whole > 0 else ():
                if shared := name & stems:
                    shares[row] = max(shares[row], sum(self.weights.get(one, rarest) for one in shared) / whole)
        return shares


@dataclass(frozen=True)
class CodeVectors:
    """Rows of unit length, and ``level``: mean and spread of the best cosine among the study's sentences. ``words`` of
    the name, the definition and what belongs; ``examples`` of the code; ``against``: what is not of it; ``sense``: the
    definition without the name, where there is one."""

    words: Floats
    examples: Floats
    against: Floats
    names: tuple[frozenset[str], ...] = ()
    level: tuple[float, float] = (0.0, 1.0)
    sense: Floats | None = None

    def among(self, rows: Floats, common: Floats) -> CodeVectors:
        """With the level of these sentences: half of a study may lie near a broad code, and nothing at all near a
        narrow one."""
        best = np.nanmax(_cosines(rows, self, common), axis=1) if len(rows) else np.zeros(1)
        spread = float(best.std()) if len(rows) > 1 else 1.0
        return replace(self, level=(float(best.mean()), max(spread, 1e-3)))


@cache
def shipped() -> Weights:
    """The regression's constant and slopes, for codes by definition alone and for codes with examples."""
    weights: Weights = json.loads((files("voc_engine.codebook") / "code_likeness.json").read_text(encoding="utf-8"))
    return weights


def middle(rows: Floats) -> Floats:
    """What sentences have in common, shape (dimensions,), the less trusted the fewer they are."""
    common = rows.mean(axis=0, dtype=np.float64) if len(rows) else np.zeros(rows.shape[1])
    damped: Floats = (common * len(rows) / (len(rows) + _USUAL)).astype(np.float32)
    return damped


def closeness(lines: Lines, code: CodeVectors, common: Floats) -> Floats:
    """(sentences, 4): cosine with the nearest of the code's words, with the nearest example (nan where there is none), how
    far the better of both stands out of the code's level, in spreads, and how much of the code's name stands in the
    sentence, weighted by the better cosine with the examples and with what the name is said to mean: "Switching" is in
    what is said of a light switch too. A part of a name tells less than its part: "price" is in most that is said of
    money, and in little of "Price rises"."""
    cosines = _cosines(lines.rows, code, common)
    mean, spread = code.level
    if not len(cosines):
        return np.zeros((0, 4))
    best = np.nanmax(cosines, axis=1)
    meant = (
        best if code.sense is None else np.nanmax(_cosines(lines.rows, replace(code, words=code.sense), common), axis=1)
    )
    named = lines.naming(code.names) ** _WHOLE * np.clip(meant, 0, None)
    return np.hstack([cosines, ((best - mean) / spread)[:, None], named[:, None]])


def _cosines(rows: Floats, code: CodeVectors, common: Floats) -> Floats:
    """(sentences, 2): with the nearest of the code's words, and with the nearest example."""
    centred = _apart(rows, common)
    cosines = np.full((len(rows), 2), np.nan)
    cosines[:, 0] = (centred @ _apart(code.words, common).T).max(axis=1)
    if len(code.examples):
        cosines[:, 1] = (centred @ _apart(code.examples, common).T).max(axis=1)
    return cosines


def nearer_to(rows: Floats, code: CodeVectors, common: Floats) -> npt.NDArray[np.bool_]:
    """(sentences,) whether each is nearer to what is not of the code than to anything that is."""
    if not len(code.against):
        return np.zeros(len(rows), bool)
    centred = _apart(rows, common)
    belonging = np.vstack([code.words, code.examples])
    against: Floats = (centred @ _apart(code.against, common).T).max(axis=1)
    nearer: npt.NDArray[np.bool_] = against >= (centred @ _apart(belonging, common).T).max(axis=1)
    return nearer


def probability(near: Floats, weights: Weights, shift: float = 0.0) -> Floats:
    """(sentences,) that each belongs. ``near`` as ``closeness`` gives it; ``shift`` in log-odds."""
    odds: Floats = _odds(near, weights) + shift
    chance: Floats = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return chance


def shift_of(near: Floats, belongs: Sequence[bool], weights: Weights) -> float:
    """By how much the log-odds of one code have to move so that they fit a person's answers, held to 0 by a normal
    prior: three answers move little, thirty settle it. ``near``: closeness of what was answered."""
    odds, targets, shift = _odds(near, weights), np.asarray(belongs, np.float64), 0.0
    for _ in range(_STEPS if len(targets) else 0):
        chance = 1 / (1 + np.exp(-(odds + shift)))
        pull = float((targets - chance).sum()) - shift / _PRIOR**2
        shift += pull / (float((chance * (1 - chance)).sum()) + 1 / _PRIOR**2)
    return round(shift, 6)


def fitted(pairs: Sequence[tuple[Floats, npt.NDArray[np.bool_]]]) -> Weights:
    """The regression on (closeness of sentences to a code, whether each belongs), for codes with examples and for those
    without."""
    weights: Weights = {}
    for kind, wanted in ((WITHOUT, False), (WITH_EXAMPLES, True)):
        pairs_of_kind = [(near, true) for near, true in pairs if bool(np.isfinite(near[0, 1])) == wanted]
        near, true = (
            np.vstack([_features(near) for near, _ in pairs_of_kind]),
            np.concatenate([true for _, true in pairs_of_kind]),
        )
        weights[kind] = _regression(near, true.astype(np.float64))
    return weights


def _features(near: Floats) -> Floats:
    """The columns that tell something, behind a constant."""
    columns = near if np.isfinite(near[0, 1]) else near[:, [0, 2, 3]]
    return np.hstack([np.ones((len(near), 1)), columns])


def _odds(near: Floats, weights: Weights) -> Floats:
    if not len(near):
        return np.zeros(0)
    features = _features(near)
    odds: Floats = features @ np.asarray(
        weights[WITHOUT if features.shape[1] == len(weights[WITHOUT]) else WITH_EXAMPLES]
    )
    return odds


def _regression(rows: Floats, true: Floats) -> list[float]:
    """Logistic regression by Newton's steps."""
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        pull = rows.T @ (true - chance) - _PENALTY * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + _PENALTY * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, pull)
    return [round(float(one), 4) for one in weights]


def _apart(rows: Floats, common: Floats) -> Floats:
    """Rows of unit length, less what is common."""
    centred = rows - common
    unit: Floats = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    return unit
