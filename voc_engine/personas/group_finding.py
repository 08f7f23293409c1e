"""Finding groups and testing that they are there: a gain in prediction beyond chance, stability under resampling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from voc_engine.personas.mixture import Voices, settle
from voc_engine.personas.plane import likeness, part
from voc_engine.personas.space import Floats, Ints, Traits
from voc_engine.personas.starts import starts
from voc_engine.statistics import best_jaccard

STABLE = 0.75  # Hennig 2007: a cluster with a mean Jaccard of 0.75 or more is valid and stable
RESAMPLES, RESAMPLES_OF_MANY = 25, 12  # of up to, and of more than, MANY people
MANY = 250  # a choice: from here on a resample costs more than the narrower interval is worth
FIRST_MOVES, FINISHED = 3, 3  # every start is settled so far; the best of them to the end
RESAMPLED = 0.9  # of the people in each resample
NULLS = 19  # the fewest shuffles by which a gain beyond all of them has a chance of 1 in 20
FIRST_NULLS = 5  # a choice: their spread decides only what lies far from the bound
BEYOND = 3.5  # standard deviations
LEAST_SPREAD = 2.0  # of the shuffled gains, in units of log likelihood: a few shuffles may agree by chance
# people: up to 30 all of them are tried in at most 4 groups; above 500 a draw of 500 is searched; a choice
SMALL, LARGE = 30, 500
# Two groups may be no better than chance where three are: the search goes on past one miss, and not past two.
_MOST_MISSED = 2
Veto = Callable[[Ints], str | None]


@dataclass(frozen=True)
class Grouping:
    """``labels`` per person; ``stability`` the mean Jaccard of each group under resampling."""

    k: int
    labels: Ints
    stability: tuple[float, ...]


@dataclass(frozen=True)
class Search:
    """What was tried: the grouping that holds, or None with the reasons, one per k."""

    best: Grouping | None
    tried: tuple[str, ...]


@dataclass(frozen=True)
class Study:
    """People as they are compared: ``matrix`` (people, people) for the starts, ``voices`` for the settling."""

    matrix: Floats
    voices: Voices

    @classmethod
    def of(cls, traits: Traits) -> Study:
        return cls(likeness(traits.sums()), Voices.learn(traits))

    def grouped(self, k: int, before: Ints | None, more: Sequence[Ints] = ()) -> tuple[Ints, float]:
        """The k groups of the highest likelihood over all starts, with that likelihood."""
        if k == 1:
            return settle(self.voices, np.zeros(self.voices.people, dtype=np.int64), 1)
        begun = [settle(self.voices, labels, k, FIRST_MOVES) for labels in (*starts(self.matrix, k, before), *more)]
        begun.sort(key=lambda one: -one[1])
        return max((settle(self.voices, labels, k) for labels, _ in begun[:FINISHED]), key=lambda one: one[1])


def search(traits: Traits, most: int, least_members: int, veto: Veto | None = None) -> Search:
    """The largest k that predicts people better than chance would, whose every group is stable and that ``veto``, given
    the groups (people,), has nothing against.

    ``traits``: people (8 or more) as coded by a ThemeSpace. A person's words are predicted from the others of the
    group; k groups must raise that likelihood over k - 1 groups by more than they do in studies where the same
    statements are dealt out at random to the people of each of the k - 1 groups: what it looks like when these are all
    there is. (A silhouette against the same null, and the leading axes against it, were tried first: both lose a group
    of one person in ten.) One thread, so that every machine finds the same.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return _search(traits, min(most, 4) if traits.people <= SMALL else most, least_members, veto)


def _search(traits: Traits, most: int, least_members: int, veto: Veto | None) -> Search:
    study = Study.of(traits)
    labels, likelihood = study.grouped(1, None)
    tried: list[str] = []
    best: Grouping | None = None
    missed, draws = 0, Draws(study)
    for k in range(2, most + 1):
        proposed, higher = study.grouped(k, labels)
        gain, chance = higher - likelihood, _Chance(traits, labels, k)
        if chance.reached(gain):
            grouping = _grouping(study, draws, proposed, k)
            missed = 0
            if (text := _against(grouping, least_members, veto)) is None:
                tried.append(f"{k} groups: stable (lowest mean Jaccard of resamples {min(grouping.stability):.2f})")
                best = grouping
            else:
                tried.append(f"{k} groups: {text}")
        else:
            tried.append(f"{k} groups: no better than chance (gain {gain:.1f}, by chance {chance.mean:.1f})")
            missed += 1
        if missed == _MOST_MISSED or (missed and best is not None):
            break
        labels, likelihood = proposed, higher
    return Search(best, tuple(tried))


def _against(grouping: Grouping, least_members: int, veto: Veto | None) -> str | None:
    smallest = int(np.bincount(grouping.labels, minlength=grouping.k).min())
    lowest = min(grouping.stability)
    if smallest < least_members:
        return f"one would have {smallest} people"
    if lowest < STABLE:
        return f"not stable (lowest mean Jaccard of resamples {lowest:.2f}, needed {STABLE})"
    return veto(grouping.labels) if veto is not None else None


class _Chance:
    """Gains of k over k - 1 groups in studies where the k - 1 groups are all there is."""

    def __init__(self, traits: Traits, labels: Ints, k: int) -> None:
        self._traits, self._known, self._k = traits, labels, k
        self.gains: list[float] = []

    @property
    def mean(self) -> float:
        return float(np.mean(self.gains))

    def reached(self, gain: float) -> bool:
        """Whether a gain is beyond chance. Clear cases are decided by the first few shuffled studies."""
        while len(self.gains) < NULLS:
            self.gains.append(self._shuffled(len(self.gains)))
            spread = max(LEAST_SPREAD, float(np.std(self.gains, ddof=1)) if len(self.gains) > 1 else 0.0)
            z = (gain - self.mean) / spread
            if len(self.gains) >= FIRST_NULLS and not 0.5 * BEYOND < z < 2 * BEYOND:
                break
        return z >= BEYOND

    def _shuffled(self, seed: int) -> float:
        study = Study.of(self._traits.shuffled(seed, self._known))
        labels, before = settle(study.voices, self._known, self._k - 1)
        return study.grouped(self._k, labels)[1] - before


class Draws:
    """Resamples that are grouped anew, each on its own way up from one group."""

    def __init__(self, study: Study) -> None:
        self._rows = _draws(study.voices.people)
        self._parts = [Study(part(study.matrix, rows), study.voices.part(rows)) for rows in self._rows]
        self._before = {1: [np.zeros(len(rows), dtype=np.int64) for rows in self._rows]}

    def grouped(self, k: int) -> list[tuple[Ints, Ints]]:
        """Rows of people and their group, per draw."""
        if k not in self._before:
            below = self._before.get(k - 1) or [labels for _, labels in self.grouped(k - 1)]
            pairs = zip(self._parts, below, strict=True)
            self._before[k] = [study.grouped(k, labels)[0] for study, labels in pairs]
        return list(zip(self._rows, self._before[k], strict=True))


def _grouping(study: Study, draws: Draws, proposed: Ints, k: int) -> Grouping:
    """k groups and the mean Jaccard of each with its likeness in resamples that are grouped anew.

    Hennig (2007), with subsets in place of bootstrap draws: a bootstrap leaves out 37% of the people, and with few
    people that measures the lack of people, not of groups.
    """
    labels, people, drawn = proposed, len(proposed), draws.grouped(k)
    if SMALL < people <= LARGE:
        labels = study.grouped(k, None, [proposed, consensus(drawn, people, k)])[0]
    alike = np.mean([best_jaccard(labels[rows], others, k) for rows, others in drawn], axis=0)
    return Grouping(k, labels, tuple(round(float(one), 4) for one in alike))


def consensus(draws: Sequence[tuple[Ints, Ints]], people: int, k: int) -> Ints:
    """Consensus clustering (Monti et al. 2003): average link on how often pairs part in the draws.

    ``draws``: rows of people and their group in this draw.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    together, sampled = np.zeros((people, people)), np.zeros((people, people))
    for rows, labels in draws:
        member = np.zeros((people, k))
        member[rows, labels] = 1
        together += member @ member.T
        inside = member.sum(axis=1)
        sampled += np.outer(inside, inside)
    apart = np.round(1 - together / np.maximum(sampled, 1), 8)
    np.fill_diagonal(apart, 0)
    return np.asarray(fcluster(linkage(squareform(apart), "average"), k, "maxclust"), dtype=np.int64) - 1


def _draws(people: int) -> list[Ints]:
    """Up to 30 people leave one out; above, subsets of 80%."""
    if people <= SMALL:
        return [np.delete(np.arange(people), person) for person in range(people)]
    draws = RESAMPLES if people <= MANY else RESAMPLES_OF_MANY
    random = np.random.default_rng(2)
    return [np.sort(random.permutation(people)[: round(RESAMPLED * people)]) for _ in range(draws)]


def sample_people(people: int, seed: int = 3) -> Sequence[int]:
    """Rows of at most LARGE people, the same draw every time."""
    return [int(row) for row in np.sort(np.random.default_rng(seed).permutation(people)[:LARGE])]
