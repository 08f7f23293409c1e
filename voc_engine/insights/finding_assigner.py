"""New words on a tree that stands: which finding of a finished run each new mention says, how sure that is, or none.

A mention is held against the key point of each finding and against its members, of which the three nearest count: another
wording of a known problem is often nearer to what others said of it than to its key point. How likely such a mention was put
there by the run itself is learned from the study's own mentions, each held against the others (logistic regression, Platt
1999). What cannot be understood by itself is of none: "It came three times" is like much and tells nothing.
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
from voc_engine.insights.likeness import UnitFeatures, same, unit_features
from voc_engine.insights.meaning import centred, middle, raw
from voc_engine.insights.units import Unit, make_units
from voc_engine.language.stems import stem
from voc_engine.language.tokens import words
from voc_engine.records import Batch, Insight, InsightMember, Mention, Vectors, stable_hash

Floats = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]

# So many of the study's own mentions are placed again to learn how sure a placing is; with fewer nothing is learned.
_MOST_LEARNED, _LEAST_LEARNED = 2_000, 50
_STEPS, _PENALTY = 50, 1e-2
# Members of a finding that are looked at, and how many of them count; findings that are judged for a mention; mentions at a
# time, for memory.
_MEMBERS, _NEAREST, _CANDIDATES, _AT_A_TIME = 12, 3, 5, 200
_EDGE = 1e-4
# Below this probability a placing is "none": it is less likely than not (``python -m benchmarks.new_rows``).
FLOOR = 0.5


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
        home = {m.mention_id: m.insight_id for m in batch.of(InsightMember)}
        self._known, self._own = self._references(mentions, home)
        self._weights = self._learned(mentions, home)

    def _references(self, mentions: Sequence[Mention], home: Mapping[str, str]) -> tuple[list[Mention], Ints]:
        """The mentions that others are held against, and their places by finding, shape (findings, 1 + _MEMBERS): the key
        point first, -1 where there are no more."""
        number = {finding.insight_id: row for row, finding in enumerate(self.findings)}
        points = {point.mention_id for point in self._points}
        members: list[list[Mention]] = [[] for _ in self.findings]
        for mention in sorted(mentions, key=lambda m: stable_hash("member", m.mention_id)):
            row = number.get(home.get(mention.mention_id, ""))
            if row is not None and mention.mention_id not in points and len(members[row]) < _MEMBERS:
                members[row].append(mention)
        references: list[Mention] = []
        places = np.full((len(self.findings), 1 + _MEMBERS), -1, np.int64)
        for row, point in enumerate(self._points):
            every = [point, *members[row]]
            places[row, : len(every)] = np.arange(len(references), len(references) + len(every))
            references += every
        return references, places

    def place(self, mentions: Sequence[Mention], vectors: Vectors) -> list[Home]:
        """The home of each mention, in their order. ``vectors``: of the new sentences, by text key."""
        return [
            self._home(mention, *evidence)
            for mention, evidence in zip(mentions, self._evidence(mentions, vectors), strict=True)
        ]

    def _home(self, mention: Mention, candidates: Ints, evidence: Floats) -> Home:
        """``evidence`` (candidates, 2): how likely it says the key point of each candidate, and what its members say."""
        chances = self._chances(evidence)
        best = int(chances.argmax()) if len(chances) and self._is_clear(mention) else None
        chance = float(chances[best]) if best is not None else 0.0
        if best is not None and chance >= FLOOR:
            insight = self.findings[int(candidates[best])]
            return Home(insight, insight.theme, round(chance, 4))
        thing_words = words(mention.thing or "")
        return Home(None, self._themes.get(stem(thing_words[-1])) if thing_words else None, round(chance, 4))

    def _is_clear(self, mention: Mention) -> bool:
        """Whether it would be understood without what stood before it."""
        return understood(mention) >= self._options.clear

    def _chances(self, evidence: Floats) -> Floats:
        if self._weights is None:
            return np.asarray(evidence[:, 0], np.float64)
        return np.asarray(1 / (1 + np.exp(-(_features(evidence) @ self._weights))), np.float64)

    def _evidence(self, mentions: Sequence[Mention], vectors: Vectors | None) -> list[tuple[Ints, Floats]]:
        """Of each mention the numbers of the findings whose members say the same, the likeliest first, and what is seen of
        each; a mention is never held against itself."""
        nothing = (np.zeros(0, np.int64), np.zeros((0, 2)))
        if not mentions or not self.findings or self._middle is None:
            return [nothing] * len(mentions)
        every = [*self._known, *mentions]
        units = [_unit(row, mention) for row, mention in enumerate(every)]
        n_references = len(self._known)
        rows = np.vstack([raw(units[:n_references], self._vectors), raw(units[n_references:], vectors)])
        judged: UnitFeatures = unit_features(every, units, centred(rows, self._middle))
        numbers = np.arange(len(units))
        sides = np.array([unit.side for unit in units])
        row_of = {mention.mention_id: row for row, mention in enumerate(self._known)}
        evidence = []
        for row, mention in enumerate(mentions):
            if row % _AT_A_TIME == 0:
                these = numbers[n_references + row : n_references + row + _AT_A_TIME]
                chance: Floats = same(judged.at(these), judged.at(numbers[:n_references]))
                chance[sides[these][:, None] != sides[None, :n_references]] = 0
            line = chance[row % _AT_A_TIME]
            chances_of = np.where(
                (self._own >= 0) & (self._own != row_of.get(mention.mention_id, -1)), line[self._own], np.nan
            )
            nearest = _mean_of_nearest(chances_of)
            best = np.argsort(-nearest, kind="stable")[:_CANDIDATES]
            point = np.where(np.isnan(chances_of[best, 0]), nearest[best], chances_of[best, 0])
            evidence.append((best.astype(np.int64), np.stack([point, nearest[best]], axis=1).round(4)))
        return evidence

    def _learned(self, mentions: Sequence[Mention], home: Mapping[str, str]) -> Floats | None:
        """Weights of the log-odds that the run put a mention where it is placed: constant, key point, members."""
        points = {point.mention_id for point in self._points}
        sample = sorted(
            (m for m in mentions if m.mention_id not in points and self._is_clear(m)),
            key=lambda m: stable_hash("place", m.mention_id),
        )[:_MOST_LEARNED]
        rows, right = [], []
        for mention, (candidates, evidence) in zip(sample, self._evidence(sample, self._vectors), strict=True):
            rows.append(evidence)
            right += [
                self.findings[candidate].insight_id == home.get(mention.mention_id) for candidate in candidates.tolist()
            ]
        if len(sample) < _LEAST_LEARNED or len(set(right)) <= 1:
            return None
        return _fitted(_features(np.vstack(rows)), np.array(right, np.float64))


def _mean_of_nearest(chances: Floats) -> Floats:
    """Mean of the three largest of each row, of as many as there are; 0 where there is none."""
    ranked = -np.sort(-np.where(np.isnan(chances), -1.0, chances), axis=1)[:, :_NEAREST]
    there = ranked >= 0
    mean: Floats = np.where(there, ranked, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    return mean


def _features(chances: Floats) -> Floats:
    """A constant, and the log-odds of what is seen."""
    odds = np.clip(chances, _EDGE, 1 - _EDGE)
    return np.concatenate([np.ones((len(odds), 1)), np.log(odds / (1 - odds))], axis=1)


def _unit(row: int, mention: Mention) -> Unit:
    return Unit(SIDE_OF[mention.kind], mention.quote, (row,), (mention.text_key,))


def _fitted(rows: Floats, right: Floats) -> Floats:
    """Logistic regression by Newton's steps."""
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        pull = rows.T @ (right - chance) - _PENALTY * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows + _PENALTY * np.eye(rows.shape[1])
        weights = weights + np.linalg.solve(bend, pull)
    return np.asarray(weights.round(6), np.float64)
