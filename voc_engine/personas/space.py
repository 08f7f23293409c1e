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
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.personas.origins import NOWHERE, Origins
from voc_engine.personas.profiles import Person, Statement
from voc_engine.personas.vocabulary import count_words, shared_words, weigh
from voc_engine.records import Vectors, stable_hash

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TEMPERATURE = 0.05  # a choice: cosines .1 apart weigh 1 to 7. Towards 0 one theme takes all, towards 1 all are alike
CODEBOOKS = 6  # sets of themes from different starts, side by side: where one cuts badly, another does not
MOST_STATEMENTS = 10_000  # a choice: themes are found among so many; all are placed in them
MOST_LEVELS = 12  # of an attribute that tells people apart; more are names or amounts; a choice
SHIFT_SHRUNK = 20.0  # sentences by which the mean of an origin is drawn to that of all
LEAST_KEPT = 12  # a choice: below a dozen statements nobody is a loud voice
# Weight of a block's strongest axis, relative to that of the words.
THEME_WEIGHT = 1.5
INCIDENCE_WEIGHT = 0.3
ATTRIBUTE_WEIGHT = 0.15


@dataclass(frozen=True)
class Sums:
    """What each person said, summed: ``words`` (people, words) sparse counts, ``themes`` (people, themes) mean shares,
    ``insights`` (people, insights) root of mean incidence, ``given`` (people, levels), ``spoke`` (people, origins) shares
    of the statements."""

    words: Any
    themes: Floats
    insights: Floats
    given: Floats
    spoke: Floats


@dataclass(frozen=True)
class Traits:
    """People as statements: row s of ``words``, ``themes`` and ``insights`` belongs to person ``owner[s]``.

    ``given`` (people, levels) are attributes coded so that squared distance is Gower's. Rows of ``themes`` sum to 1.
    ``origin[s]`` is the number of where statement s comes from, below ``origins``.
    """

    people: int
    owner: Ints
    words: Any
    themes: Floats
    insights: Any
    given: Floats
    origin: Ints
    origins: int

    def shuffled(self, seed: int, within: Ints) -> Traits:
        """The same statements and attributes dealt out at random to the people of each group of ``within`` (people,).

        With one group for all, this is what "no groups" looks like in this study; with k groups, what it looks like
        when these k groups are all there is. What comes from one origin stays with those who spoke there.
        """
        random = np.random.default_rng(seed)
        order = _deal(random.permutation(len(self.owner)), within[self.owner] * self.origins + self.origin)
        rows = _deal(random.permutation(self.people), within)
        return replace(self, owner=self.owner[order], given=self.given[rows])

    def sums(self) -> Sums:
        """Per person. Means of shares, not sums: a long talker does not dominate."""
        from scipy.sparse import csr_array

        ones, places = np.ones(len(self.owner)), np.arange(len(self.owner))
        deal = csr_array((ones, (self.owner, places)), shape=(self.people, len(self.owner)))
        counts = np.maximum(np.bincount(self.owner, minlength=self.people), 1)[:, None]
        incidence = (deal @ self.insights).toarray() if self.insights.shape[1] else np.zeros((self.people, 0))
        spoke = np.asarray(deal @ np.eye(self.origins)[self.origin]) / counts
        return Sums(csr_array(deal @ self.words), np.asarray(deal @ self.themes) / counts, np.sqrt(incidence / counts),
                    self.given, spoke)  # fmt: skip


class ThemeSpace:
    """Learns words, themes, insights and attribute levels from some people and codes any people by them."""

    def __init__(self, people: Sequence[Person], vectors: Vectors | None, seed: int = 0) -> None:
        self._vectors = vectors
        spoken = [statements_of(person, vectors) for person in people]
        self._origins = Origins([[s.origin for s in statements] for statements in spoken])
        spots = sorted({(s.text_key, self._origins.number(s.origin)) for several in spoken for s in several})
        self._shifts = _shifts(spots, vectors, self._origins.count)
        self._themes = [self._find_themes(spots, seed + number) for number in range(CODEBOOKS)] if spots else []
        self._words = shared_words([[s.text for s in statements] for statements in spoken])
        voices: dict[str, int] = {}
        for person in people:
            for insight_id in person.insights:
                voices[insight_id] = voices.get(insight_id, 0) + 1
        shared = sorted(insight_id for insight_id, count in voices.items() if count > 1)
        self._insights = {insight_id: column for column, insight_id in enumerate(shared)}
        self._levels = _levels(people)
        self._most = _most_kept([len(statements) for statements in spoken])

    def hearing(self, vectors: Vectors | None) -> ThemeSpace:
        """The same space for people whose sentences have other vectors."""
        other = copy(self)
        other._vectors = vectors
        return other

    def traits(self, people: Sequence[Person]) -> Traits:
        """Code people, who need not be those that the space was learned from."""
        from scipy.sparse import csr_array

        thinned = [_thinned(statements_of(person, self._vectors), self._most) for person in people]
        rows = [(number, statement) for number, said in enumerate(thinned) for statement in said]
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
        origin = np.array([self._origins.number(statement.origin) for _, statement in rows], dtype=np.int64)
        themes = self._soft([statement.text_key for _, statement in rows], origin)
        return Traits(
            len(people), owner, words, themes, insights, self._attributes(people), origin, self._origins.count
        )  # fmt: skip

    def _placed(self, keys: Sequence[str], origin: Ints) -> Floats:
        """Vectors (statements, dimensions) of unit length, without what tells where they come from."""
        if self._vectors is None:
            return np.zeros((len(keys), 0))
        matrix = self._vectors.rows(keys).astype(np.float64)
        if self._shifts is None:
            return matrix
        matrix -= self._shifts[origin]
        length = np.linalg.norm(matrix, axis=1, keepdims=True)
        return np.asarray(matrix / np.where(length > 0, length, 1))

    def _find_themes(self, spots: Sequence[tuple[str, int]], seed: int) -> Floats:
        """Centres of spherical k-means over distinct sentences, about 3.5 times the square root of their number."""
        from sklearn.cluster import KMeans
        from threadpoolctl import threadpool_limits

        # In the order of a hash, so that a person who comes or goes changes few of the centres to start from.
        chosen = sorted(spots, key=lambda spot: stable_hash(str(seed), spot[0]))[:MOST_STATEMENTS]
        matrix = self._placed([key for key, _ in chosen], np.array([number for _, number in chosen], dtype=np.int64))
        count = min(len(matrix), max(2, round(3.5 * len(matrix) ** 0.5)))
        with threadpool_limits(1):
            centres = KMeans(count, init=matrix[:count], n_init=1, random_state=seed).fit(matrix).cluster_centers_
        length = np.linalg.norm(centres, axis=1, keepdims=True)
        return np.asarray(centres / np.where(length > 0, length, 1))

    def _soft(self, keys: Sequence[str], origin: Ints) -> Floats:
        if self._vectors is None or not self._themes or not keys:
            return np.zeros((len(keys), 0))
        matrix = self._placed(keys, origin)
        shares = []
        for themes in self._themes:
            near = matrix @ themes.T / TEMPERATURE
            near = np.exp(near - near.max(axis=1, keepdims=True))
            shares.append(near / near.sum(axis=1, keepdims=True) / len(self._themes))
        return np.hstack(shares)

    def _attributes(self, people: Sequence[Person]) -> Floats:
        coded = np.zeros((len(people), len(self._levels)))
        names = {name for name, _ in self._levels}
        for row, person in enumerate(people):
            for column, (name, value) in enumerate(self._levels):
                given_value = person.attributes.get(name)
                coded[row, column] = self._levels[name, value] if given_value is None else given_value == value
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


def statements_of(person: Person, vectors: Vectors | None) -> list[Statement]:
    """What a person said, every text once, with a vector where vectors are used at all."""
    by_text: dict[str, Statement] = {}
    for statement in person.statements:
        earlier = by_text.get(statement.text_key)
        if (vectors is None or statement.text_key in vectors) and (earlier is None or earlier.told < statement.told):
            by_text[statement.text_key] = statement
    return list(by_text.values())


def _thinned(statements: list[Statement], most: int) -> list[Statement]:
    """At most so many statements, those with mentions first: a long talker's would flood the shuffled studies."""
    if len(statements) <= most:
        return statements
    ranked = sorted(statements, key=lambda statement: not statement.told)
    return [ranked[place * len(ranked) // most] for place in range(most)]


def _deal(shuffled: Ints, group: Ints) -> Ints:
    """A permutation that keeps every row inside its group, in the random order of ``shuffled``."""
    places = np.argsort(group, kind="stable")
    dealt = np.empty_like(shuffled)
    dealt[places] = shuffled[np.argsort(group[shuffled], kind="stable")]
    return dealt


def _shifts(spots: Sequence[tuple[str, int]], vectors: Vectors | None, origins: int) -> Floats | None:
    """(origins, dimensions): how far the mean sentence of each is from that of all, less where few were said. None where
    all come from one place."""
    number = np.array([number for _, number in spots], dtype=np.int64)
    if vectors is None or len(set(number.tolist())) <= 1:
        return None
    matrix = vectors.rows([key for key, _ in spots]).astype(np.float64)
    middle, shifts = matrix.mean(axis=0), np.zeros((origins, matrix.shape[1]))
    for origin in sorted(set(number.tolist()) - {NOWHERE}):
        rows = matrix[number == origin]
        shifts[origin] = (rows.mean(axis=0) - middle) * len(rows) / (len(rows) + SHIFT_SHRUNK)
    return shifts


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
        if 1 < len(counts) <= MOST_LEVELS
        for value in sorted(counts)
    }
