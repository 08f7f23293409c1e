"""New words on a tree that stands: which finding of a finished run each new mention says, how sure that is, or none.

A mention says a finding where it says its key point, as when the finding was made, and can be understood by itself: "It came
three times" is like much and tells nothing. How likely such a mention was put there by the run itself is learned from the
study's own mentions (logistic regression, Platt 1999).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.key_points import understood
from voc_engine.insights.kinds_together import SIDE_OF
from voc_engine.insights.likeness import Told, same, told
from voc_engine.insights.meaning import centred, middle, raw
from voc_engine.insights.units import Unit, make_units
from voc_engine.language.stems import stem
from voc_engine.language.tokens import words
from voc_engine.records import Batch, Insight, InsightMember, Mention, Vectors, stable_hash

Floats = npt.NDArray[Any]

# So many of the study's own mentions are placed again to learn how sure a placing is; with fewer nothing is learned.
_MOST_LEARNED, _LEAST_LEARNED = 2_000, 50
_STEPS, _PENALTY = 50, 1e-3
# Below this probability a placing is "none". From the demo: runs without a fifth of its people placed the mentions of these
# people (five parts, three times split); right is the finding that the run with everybody put them in. A logistic regression
# of right on the probability crosses 0.75 at 0.66. From there on 307 of 369 are right, below it 51 of 67: the price of 16
# wrong ones less. Of all that are placed without a floor 358 of 436 are right.
FLOOR = 0.66


@dataclass(frozen=True, slots=True)
class Home:
    """``insight`` is None for none of the study's findings; ``theme`` may be known all the same. ``probability`` is that of
    the nearest finding, calibrated: of those with 0.8, the run itself put eight in ten there; 0 for what cannot be
    understood by itself."""

    insight: Insight | None
    theme: str | None
    probability: float


class FindingAssigner:
    """Learned once from a run, places any number of mentions. Findings are those of two people and more."""

    def __init__(self, batch: Batch, options: InsightsConfig) -> None:
        """``batch``: Mention, Insight, InsightMember and vectors of the run, made with these ``options``."""
        mentions = sorted((m for m in batch.of(Mention) if m.holder == "self"), key=lambda m: m.mention_id)
        by_id = {m.mention_id: m for m in mentions}
        able = [one for one in batch.of(Insight) if one.n_people > 1 and one.medoid_mention_id in by_id]
        self.findings = sorted(able, key=lambda one: one.insight_id)
        self._points = [by_id[one.medoid_mention_id] for one in self.findings]
        self._vectors, self._options = batch.vectors, options
        self._middle = middle(raw(make_units(mentions), batch.vectors)) if mentions else None
        self._themes = {stem(words(one.theme)[-1]): one.theme for one in batch.of(Insight) if one.theme}
        self._slope = self._learned(mentions, {m.mention_id: m.insight_id for m in batch.of(InsightMember)})

    def place(self, mentions: Sequence[Mention], vectors: Vectors) -> list[Home]:
        """The home of each mention, in their order. ``vectors``: of the new sentences, by text key."""
        return [
            self._home(mention, *one) for mention, one in zip(mentions, self._nearest(mentions, vectors), strict=True)
        ]

    def _home(self, mention: Mention, at: int | None, near: float) -> Home:
        sure = self._slope
        chance = near if sure is None else float(1 / (1 + np.exp(-(sure[0] + sure[1] * near))))
        probability = round(chance if at is not None and self._is_clear(mention) else 0.0, 4)
        if at is not None and near >= self._options.match and probability >= FLOOR:
            return Home(self.findings[at], self.findings[at].theme, probability)
        said = words(mention.thing or "")
        return Home(None, self._themes.get(stem(said[-1])) if said else None, probability)

    def _is_clear(self, mention: Mention) -> bool:
        """Whether it would be understood without what stood before it."""
        return understood(mention) >= self._options.clear

    def _nearest(self, mentions: Sequence[Mention], vectors: Vectors | None) -> list[tuple[int | None, float]]:
        """Number of the finding whose key point each most likely says, and how likely."""
        if not mentions or not self.findings or self._middle is None:
            return [(None, 0.0)] * len(mentions)
        points, new = [_unit(row, one) for row, one in enumerate(self._points)], [*mentions]
        units = [*points, *(_unit(len(points) + row, one) for row, one in enumerate(new))]
        rows = np.vstack([raw(points, self._vectors), raw(units[len(points) :], vectors)])
        every: Told = told([*self._points, *new], units, centred(rows, self._middle))
        numbers = np.arange(len(units))
        chance: Floats = same(every.at(numbers[len(points) :]), every.at(numbers[: len(points)]))
        sides = np.array([unit.side for unit in units])
        chance[sides[len(points) :, None] != sides[None, : len(points)]] = 0
        best = chance.argmax(axis=1)
        return [(int(at), float(line[at])) for at, line in zip(best, chance, strict=True)]

    def _learned(self, mentions: Sequence[Mention], home: Mapping[str, str]) -> tuple[float, float] | None:
        """Constant and slope of the log-odds that the run put a mention where it is placed, by how likely it says so."""
        points = {one.mention_id for one in self._points}
        sample = sorted(
            (m for m in mentions if m.mention_id not in points and self._is_clear(m)),
            key=lambda m: stable_hash("place", m.mention_id),
        )[:_MOST_LEARNED]
        placed = self._nearest(sample, self._vectors)
        near = np.array([chance for _, chance in placed])
        right = np.array(
            [
                at is not None and home.get(mention.mention_id) == self.findings[at].insight_id
                for mention, (at, _) in zip(sample, placed, strict=True)
            ],
            dtype=np.float64,
        )
        if len(sample) < _LEAST_LEARNED or len(set(right.tolist())) < 2:
            return None
        return _fitted(near, right)


def _unit(row: int, mention: Mention) -> Unit:
    return Unit(SIDE_OF[mention.kind], mention.quote, (row,), (mention.text_key,))


def _fitted(near: Floats, right: Floats) -> tuple[float, float]:
    """Logistic regression on one feature by Newton's steps."""
    rows = np.stack([np.ones(len(near)), near], axis=1).astype(np.float64)
    weights = np.zeros(2)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        pull = rows.T @ (right - chance) - _PENALTY * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + _PENALTY * np.eye(2)
        weights = weights + np.linalg.solve(bend, pull)
    return round(float(weights[0]), 6), round(float(weights[1]), 6)
