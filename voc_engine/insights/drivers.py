"""Drivers: what findings go with ratings, all of them looked at together. An association, never a cause.

Ratings are foretold from who says which finding by a ridge regression (Hoerl & Kennard 1970) within sources: one person's
rating is held against those of the same source alone, so that angry tickets and kind reviews make no driver. People are
drawn again (bootstrap) for the interval, and for how steadily a finding matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np
import numpy.typing as npt

from voc_engine.records import Driver, stable_hash
from voc_engine.statistics import benjamini_hochberg, quantile

Floats = npt.NDArray[np.float64]

LEAST_RATED, LEAST_SAYING = 50, 5  # people who rated, and on either side of a finding; a choice, as in docs/method.md
RATE, STEADY = 0.05, 0.9  # of false discoveries, the usual one; share of resamples in which the sign stays, a choice
# So many people and findings are looked at: of more people a sample, of findings those that most of them say.
_MOST_RATED, _MOST_FINDINGS = 4_000, 100
_DRAWS, _FOLDS = 200, 10
# Light: one that foretells best draws what goes together with a driver towards it (measured: of 40 studies with two planted
# drivers and a companion of one, 19 told nothing else, with this one 32).
_PENALTY = 1.0


def drivers(
    rating: Mapping[str, float], source: Mapping[str, str], people: Mapping[str, Set[str]], scale: int
) -> dict[str, Driver]:
    """By finding, what surely goes with the rating: at most one in twenty of them by chance (Benjamini & Hochberg 1995).

    ``rating`` and ``source`` by person; ``people`` who say each finding; ``scale``: the highest rating. Nothing where fewer
    than fifty people rated; only findings that five of them say, and five do not.
    """
    who = sorted(sorted(rating, key=lambda one: stable_hash("drivers", one))[:_MOST_RATED])
    keys = _able(people, frozenset(who))
    if len(who) < LEAST_RATED or not keys:
        return {}
    says = np.array([[float(person in people[key]) for key in keys] for person in who])
    table = _Rated(
        says, np.array([rating[person] for person in who]), _groups([source.get(person, "") for person in who])
    )
    effects, drawn, lost = table.effects(), table.drawn(), table.left_out()
    # People drawn again differ less than people do, the more so the more findings are fitted.
    spread = drawn.std(axis=0) * sqrt(len(who) / max(1, len(who) - len(keys) - 1))
    sure = benjamini_hochberg(
        [
            erfc(abs(effect) / sqrt(2) / deviation) if deviation > 0 else 1.0
            for effect, deviation in zip(effects, spread, strict=True)
        ],
        RATE,
    )
    by_finding = {}
    for column, key in enumerate(keys):
        steady = float((np.sign(drawn[:, column]) == np.sign(effects[column])).mean())
        low, high = (float(effects[column] + side * quantile() * spread[column]) for side in (-1, 1))
        if sure[column] and steady >= STEADY and lost[column] > 0 and (low > 0 or high < 0):
            by_finding[key] = Driver(
                scale, round(float(effects[column]), 4), round(low, 4), round(high, 4), round(steady, 4),
                round(float(lost[column]), 4), int(says[:, column].sum()), len(who),
            )  # fmt: skip
    return by_finding


def _able(people: Mapping[str, Set[str]], who: frozenset[str]) -> list[str]:
    counts = {key: len(own & who) for key, own in people.items()}
    able = [key for key, count in counts.items() if LEAST_SAYING <= count <= len(who) - LEAST_SAYING]
    return sorted(sorted(able, key=lambda key: (-counts[key], key))[:_MOST_FINDINGS])


def _groups(names: list[str]) -> npt.NDArray[np.int64]:
    return np.unique(np.array(names), return_inverse=True)[1].astype(np.int64)


@dataclass(frozen=True)
class _Rated:
    """``said`` (people, findings) 0 or 1, ``given`` (people,) ratings, ``groups`` (people,) numbers of their sources."""

    said: Floats
    given: Floats
    groups: npt.NDArray[np.int64]

    def within(self) -> tuple[Floats, Floats]:
        """Both less the mean of each source."""
        sizes = np.maximum(np.bincount(self.groups), 1)
        total = np.zeros((len(sizes), self.said.shape[1]))
        np.add.at(total, self.groups, self.said)
        mean = np.bincount(self.groups, self.given) / sizes
        return self.said - (total / sizes[:, None])[self.groups], self.given - mean[self.groups]

    def effects(self) -> Floats:
        """(findings,): how much higher who says it rates, the others held equal."""
        x, y = self.within()
        return _solved(x.T @ x, x.T @ y)

    def drawn(self) -> Floats:
        """(draws, findings): the effects on people drawn again."""
        random, effects = np.random.default_rng(len(self.given)), []
        for _ in range(_DRAWS):
            rows = random.integers(len(self.given), size=len(self.given))
            effects.append(_Rated(self.said[rows], self.given[rows], self.groups[rows]).effects())
        return np.array(effects)

    def left_out(self) -> Floats:
        """(findings,): share of the differences between ratings that is no longer foretold without each."""
        every = np.arange(self.said.shape[1])
        whole = self.explained(every)
        return np.array([whole - self.explained(every[every != one]) for one in every])

    def explained(self, columns: npt.NDArray[np.int64]) -> float:
        """Share of the differences between ratings within sources that these findings foretell of people left out."""
        x, y = self.within()
        x = x[:, columns]
        whole, moments, missed = x.T @ x, x.T @ y, 0.0
        for fold in range(_FOLDS):
            test = slice(fold, None, _FOLDS)
            left_out, rated = x[test], y[test]
            solved = _solved(whole - left_out.T @ left_out, moments - left_out.T @ rated)
            missed += float(((rated - left_out @ solved) ** 2).sum())
        every = float((y**2).sum())
        return 1 - missed / every if every else 0.0


def _solved(gram: Floats, moments: Floats) -> Floats:
    return np.asarray(np.linalg.solve(gram + _PENALTY * np.eye(len(gram)), moments), np.float64)
