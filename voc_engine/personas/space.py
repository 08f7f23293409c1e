"""The space in which people are near each other: what they say first, then what they were given.

Two views of the same statements complete each other. Words tell which world a person lives in (clients, rooms,
payouts) and need many words per person; themes (soft clusters of sentence vectors) join what is said in other words
and need sentences that keep to the matter. Adjusted Rand index of k-means on six axes, the number of groups given:

| people | words alone | themes alone | both | mean sentence vectors |
|---|---|---|---|---|
| demo study, 200 people with about 11 sentences each | 0.86 | 0.75 | 0.88 | 0.48 |
| Banking77, 60 people with 8 queries from one of 4 sets of 12 intents, 15% noise | 0.74 | 0.98 | 0.98 | 0.37 |

Both views are brought to length 1 per person, so that neither a long talker nor an odd one dominates.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.personas.profiles import Person, Statement
from voc_engine.personas.vocabulary import count_words, shared_words, weigh
from voc_engine.records import Vectors, stable_hash

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TEMPERATURE = 0.05
CODEBOOKS = 6  # sets of themes from different starts, side by side: where one cuts badly, another does not
MOST_STATEMENTS = 10_000
MOST_LEVELS = 12
LEAST_KEPT = 12
# Weight of a block's strongest axis, relative to that of the words.
THEME_WEIGHT = 1.5
INCIDENCE_WEIGHT = 0.3
ATTRIBUTE_WEIGHT = 0.15


@dataclass(frozen=True)
class Sums:
    """What each person said, summed: ``words`` (people, words) sparse counts, ``themes`` (people, themes) mean shares,
    ``insights`` (people, insights) root of mean incidence, ``given`` (people, levels)."""

    words: Any
    themes: Floats
    insights: Floats
    given: Floats


@dataclass(frozen=True)
class Traits:
    """People as statements: row s of ``words``, ``themes`` and ``insights`` belongs to person ``owner[s]``.

    ``given`` (people, levels) are attributes coded so that squared distance is Gower's. Rows of ``themes`` sum to 1.
    """

    people: int
    owner: Ints
    words: Any
    themes: Floats
    insights: Any
    given: Floats

    def shuffled(self, seed: int, within: Ints) -> Traits:
        """The same statements and attributes dealt out at random to the people of each group of ``within`` (people,).

        With one group for all, this is what "no groups" looks like in this study; with k groups, what it looks like
        when these k groups are all there is.
        """
        random = np.random.default_rng(seed)
        order = _deal(random.permutation(len(self.owner)), within[self.owner])
        rows = _deal(random.permutation(self.people), within)
        return Traits(self.people, self.owner[order], self.words, self.themes, self.insights, self.given[rows])

    def sums(self) -> Sums:
        """Per person. Means of shares, not sums: a long talker does not dominate."""
        from scipy.sparse import csr_array

        ones, places = np.ones(len(self.owner)), np.arange(len(self.owner))
        deal = csr_array((ones, (self.owner, places)), shape=(self.people, len(self.owner)))
        said = np.maximum(np.bincount(self.owner, minlength=self.people), 1)[:, None]
        incidence = (deal @ self.insights).toarray() if self.insights.shape[1] else np.zeros((self.people, 0))
        return Sums(csr_array(deal @ self.words), np.asarray(deal @ self.themes) / said, np.sqrt(incidence / said),
                    self.given)  # fmt: skip


class ThemeSpace:
    """Learns words, themes, insights and attribute levels from some people and codes any people by them."""

    def __init__(self, people: Sequence[Person], vectors: Vectors | None, seed: int = 0) -> None:
        self._vectors = vectors
        keys = sorted(
            {s.text_key for p in people for s in p.statements if vectors is not None and s.text_key in vectors}
        )
        self._themes = [_find_themes(keys, vectors, seed + number) for number in range(CODEBOOKS)] if keys else []
        self._words = shared_words([[s.text for s in heard(person, vectors)] for person in people])
        voices: dict[str, int] = {}
        for person in people:
            for insight_id in person.insights:
                voices[insight_id] = voices.get(insight_id, 0) + 1
        shared = sorted(insight_id for insight_id, count in voices.items() if count >= 2)
        self._insights = {insight_id: column for column, insight_id in enumerate(shared)}
        self._levels = _levels(people)
        self._most = _most_kept([len(heard(person, vectors)) for person in people])

    def hearing(self, vectors: Vectors | None) -> ThemeSpace:
        """The same space for people whose sentences have other vectors."""
        other = copy(self)
        other._vectors = vectors
        return other

    def traits(self, people: Sequence[Person]) -> Traits:
        """Code people, who need not be those that the space was learned from."""
        from scipy.sparse import csr_array

        kept = [_thinned(heard(person, self._vectors), self._most) for person in people]
        rows = [(number, statement) for number, said in enumerate(kept) for statement in said]
        cells = [
            (row, self._insights[insight])
            for row, (_, statement) in enumerate(rows)
            for insight in statement.insights
            if insight in self._insights
        ]
        where = ([row for row, _ in cells], [column for _, column in cells])
        insights = csr_array((np.ones(len(cells)), where), shape=(len(rows), len(self._insights)))
        owner = np.array([number for number, _ in rows], dtype=np.int64)
        words = count_words([statement.text for _, statement in rows], self._words)
        themes = self._soft([statement.text_key for _, statement in rows])
        return Traits(len(people), owner, words, themes, insights, self._given(people))

    def _soft(self, keys: Sequence[str]) -> Floats:
        if self._vectors is None or not self._themes or not keys:
            return np.zeros((len(keys), 0))
        matrix = self._vectors.rows(keys).astype(np.float64)
        shares = []
        for themes in self._themes:
            near = matrix @ themes.T / TEMPERATURE
            near = np.exp(near - near.max(axis=1, keepdims=True))
            shares.append(near / near.sum(axis=1, keepdims=True) / len(self._themes))
        return np.hstack(shares)

    def _given(self, people: Sequence[Person]) -> Floats:
        coded = np.zeros((len(people), len(self._levels)))
        names = {name for name, _ in self._levels}
        for row, person in enumerate(people):
            for column, (name, value) in enumerate(self._levels):
                known = person.attributes.get(name)
                coded[row, column] = self._levels[name, value] if known is None else known == value
        return np.asarray(coded / np.sqrt(2 * max(1, len(names))))


@dataclass(frozen=True)
class Coding:
    """How sums become features: what is common in the people it was learned from is no feature of anybody."""

    people: int
    people_with: Ints
    share: Floats

    @classmethod
    def learn(cls, sums: Sums) -> Coding:
        """From the sums of the people among whom groups are looked for."""
        people_with = np.bincount(sums.words.indices, minlength=sums.words.shape[1])
        return cls(len(sums.given), people_with, sums.themes.mean(axis=0))

    def blocks(self, sums: Sums) -> tuple[Any, ...]:
        """Words by TF-IDF (sparse), theme shares by the chi-square of correspondence analysis (Benzecri 1973) as
        directions, insights and attributes as they are; people in rows."""
        rare = np.sqrt(self.share + 0.2 / max(1, len(self.share)))
        themes = (sums.themes - self.share) / rare
        length = np.linalg.norm(themes, axis=1, keepdims=True)
        words = weigh(sums.words, self.people_with, self.people)
        return words, themes / np.maximum(length, 1e-12), sums.insights, sums.given


def _most_kept(amounts: Sequence[int]) -> int:
    return max(LEAST_KEPT, round(4 * float(np.median(amounts)))) if amounts else LEAST_KEPT


def heard(person: Person, vectors: Vectors | None) -> list[Statement]:
    """What a person said, every text once, with a vector where vectors are used at all."""
    said: dict[str, Statement] = {}
    for statement in person.statements:
        known = said.get(statement.text_key)
        if (vectors is None or statement.text_key in vectors) and (known is None or known.told < statement.told):
            said[statement.text_key] = statement
    return list(said.values())


def _thinned(said: list[Statement], most: int) -> list[Statement]:
    """At most so many statements, those with mentions first: a long talker's would flood the shuffled studies."""
    if len(said) <= most:
        return said
    ranked = sorted(said, key=lambda statement: not statement.told)
    return [ranked[place * len(ranked) // most] for place in range(most)]


def _deal(shuffled: Ints, group: Ints) -> Ints:
    """A permutation that keeps every row inside its group, in the random order of ``shuffled``."""
    places = np.argsort(group, kind="stable")
    dealt = np.empty_like(shuffled)
    dealt[places] = shuffled[np.argsort(group[shuffled], kind="stable")]
    return dealt


def _find_themes(keys: Sequence[str], vectors: Vectors | None, seed: int) -> Floats:
    """Centres of spherical k-means over distinct sentences, about 3.5 times the square root of their number."""
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    if vectors is None or not keys:
        return np.zeros((0, 0))
    # In the order of a hash, so that a person who comes or goes changes few of the centres to start from.
    chosen = sorted(keys, key=lambda key: stable_hash(str(seed), key))[:MOST_STATEMENTS]
    matrix = vectors.rows(chosen).astype(np.float64)
    count = min(len(matrix), max(2, round(3.5 * len(matrix) ** 0.5)))
    with threadpool_limits(1):
        centres = KMeans(count, init=matrix[:count], n_init=1, random_state=seed).fit(matrix).cluster_centers_
    length = np.linalg.norm(centres, axis=1, keepdims=True)
    return np.asarray(centres / np.where(length > 0, length, 1))


def _levels(people: Sequence[Person]) -> dict[tuple[str, str], float]:
    """Attribute values to code, with their share among people whose value is known.

    Those of attributes with two to twelve values (more are names or free text). Who has no value gets the shares, as
    Gower's distance leaves unknown values out: that one wrote a ticket and the other did not is no likeness.
    """
    values: dict[str, dict[str, int]] = {}
    for person in people:
        for name, value in person.attributes.items():
            counts = values.setdefault(name, {})
            counts[value] = counts.get(value, 0) + 1
    return {
        (name, value): counts[value] / sum(counts.values())
        for name, counts in sorted(values.items())
        if 2 <= len(counts) <= MOST_LEVELS
        for value in sorted(counts)
    }
