"""Which group a person's words fit best, judged without that person: a mixture of multinomials, leave-one-out.

Each group is a distribution of themes (and, with less weight, of words), smoothed towards everybody's (Dirichlet
prior). People move to the group that predicts them best when they themselves are left out of it, until nobody moves
(classification EM, Celeux & Govaert 1992; the leave-one-out predictive likelihood as score, Geisser & Eddy 1979). Unlike
k-means this does not prefer groups of equal size: with 36, 18 and 6 people of Banking77 the adjusted Rand index rose
from 0.57 to 0.9, with groups of 7 from 0.88 to 0.96, on the demo study from 0.87 to 0.89 (five seeds each, k given).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from voc_engine.personas.space import Floats, Ints, Traits

MOST_SAID = 16.0  # a person weighs at most so many statements: one loud person is one voice
THEME_PRIOR = 30.0  # statements of everybody added to each group
WORD_PRIOR = 8.0  # occurrences of everybody's words added to each group, per word of the vocabulary
WORD_WEIGHT = 0.15  # of the words' evidence: they repeat what the themes say
MOST_REPEATS = 3
COMMON = 0.5
MOST_MOVES = 20


@dataclass(frozen=True)
class Block:
    """``amounts`` (people, columns); ``common`` (columns,) everybody's shares; ``prior`` in amounts, ``weight`` of its
    evidence."""

    amounts: Floats
    common: Floats
    prior: float
    weight: float

    def scores(self, groups: Floats) -> tuple[Floats, Floats, Floats]:
        """For groups (k, columns) of summed amounts: (people, k) log ratios to everybody's shares, with the smoothed
        sums and their totals."""
        sums = groups + self.prior * self.common
        totals = sums.sum(axis=1)
        ratio = np.log(sums) - np.log(totals)[:, None] - np.log(self.common)
        return np.asarray(self.amounts @ ratio.T), sums, totals

    def without(self, sums: Floats, totals: Floats, labels: Ints) -> Floats:
        """(people,) log ratio of each person to the own group when the person is left out of it."""
        amount = self.amounts.sum(axis=1)
        # Single precision: this is where the time goes, and what is compared is rounded far above it.
        common, amounts = self.common.astype(np.float32), self.amounts.astype(np.float32)
        own = (sums / self.common).astype(np.float32)[labels] - amounts / common
        ratio = np.log(np.maximum(own, np.float32(self.prior)))
        return np.asarray(np.einsum("ij,ij->i", amounts, ratio) - amount * np.log(totals[labels] - amount))


@dataclass(frozen=True)
class Voices:
    """What people said as amounts that no long talker dominates; ``useful`` are the columns of words that count."""

    blocks: tuple[Block, ...]
    useful: Ints

    @classmethod
    def learn(cls, traits: Traits) -> Voices:
        """From the people among whom groups are looked for."""
        words = words_of(traits)
        people_with = (words > 0).sum(axis=0)
        useful = np.flatnonzero((people_with >= 2) & (people_with <= COMMON * traits.people))
        blocks = [_block(themes_of(traits), THEME_PRIOR, 1.0)] if traits.themes.shape[1] else []
        if len(useful):
            weight = WORD_WEIGHT if blocks else 1.0
            blocks.append(_block(words[:, useful], WORD_PRIOR * len(useful), weight))
        return cls(tuple(blocks), useful)

    @property
    def people(self) -> int:
        return len(self.blocks[0].amounts) if self.blocks else 0

    def part(self, rows: Ints) -> Voices:
        """Some of the people."""
        return Voices(tuple(replace(b, amounts=b.amounts[rows]) for b in self.blocks), self.useful)


@dataclass(frozen=True)
class Mixture:
    """Groups as learned: log ratios (columns, k) by block and the log of the shares (k,)."""

    ratios: tuple[Floats, ...]
    shares: Floats
    useful: Ints
    themed: bool

    @classmethod
    def learn(cls, voices: Voices, labels: Ints, k: int) -> Mixture:
        """From people and their groups."""
        member = np.eye(k)[labels]
        ratios = []
        for block in voices.blocks:
            sums = member.T @ block.amounts + block.prior * block.common
            ratio = np.log(sums) - np.log(sums.sum(axis=1))[:, None] - np.log(block.common)
            ratios.append(np.asarray(block.weight * ratio.T))
        shares = np.log((member.sum(axis=0) + 1) / (len(labels) + k))
        themed = bool(voices.blocks) and voices.blocks[0].prior == THEME_PRIOR
        return cls(tuple(ratios), shares, voices.useful, themed)

    def weigh(self, voices: Voices) -> Floats:
        """Log weights (people, k) of people who were heard with those learned from."""
        found = np.tile(self.shares, (voices.people, 1))
        for block, ratio in zip(voices.blocks, self.ratios, strict=True):
            found += block.amounts @ ratio
        return np.asarray(found)

    def scores(self, traits: Traits) -> Floats:
        """Log weights (people, k) of any people coded by the same space."""
        found = np.tile(self.shares, (traits.people, 1))
        ratios = list(self.ratios)
        if self.themed:
            found += themes_of(traits) @ ratios.pop(0)
        if ratios:
            found += words_of(traits, self.useful) @ ratios[0]
        return np.asarray(found)


def settle(voices: Voices, labels: Ints, k: int, moves: int = MOST_MOVES) -> tuple[Ints, float]:
    """(labels, log likelihood) once nobody moves. The likelihood is of each person given the others."""
    labels = np.array(labels)
    likelihood = -np.inf
    for _ in range(moves):
        scores = left_out(voices, labels, k)
        likelihood = float(_log_sum(scores).sum())
        moved = scores.argmax(axis=1)
        if (moved == labels).all():
            break
        labels = moved
    return labels, round(likelihood, 3)


def left_out(voices: Voices, labels: Ints, k: int) -> Floats:
    """Log weights (people, k), each person left out of the own group."""
    member = np.eye(k)[labels]
    size, people = member.sum(axis=0), np.arange(len(labels))
    scores = np.tile(np.log((size + 1) / (len(labels) - 1 + k)), (len(labels), 1))
    scores[people, labels] = np.log(size[labels] / (len(labels) - 1 + k))
    for block in voices.blocks:
        found, sums, totals = block.scores(member.T @ block.amounts)
        found[people, labels] = block.without(sums, totals, labels)
        scores += block.weight * found
    return np.asarray(np.round(scores, 4))


def chances(scores: Floats) -> Floats:
    """Probabilities (people, k) from log weights."""
    weight = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def themes_of(traits: Traits) -> Floats:
    """Amounts (people, themes): shares of themes, summed over at most MOST_SAID statements."""
    return np.asarray((_deal(traits) @ traits.themes) * _tempered(traits)[:, None])


def words_of(traits: Traits, useful: Ints | None = None) -> Floats:
    """Amounts (people, words): occurrences, each word at most three times."""
    from scipy.sparse import csr_array

    words: Any = traits.words if useful is None else csr_array(traits.words)[:, useful]
    counts = np.minimum((_deal(traits) @ words).toarray(), MOST_REPEATS)
    return np.asarray(counts * _tempered(traits)[:, None])


def _tempered(traits: Traits) -> Floats:
    said = np.bincount(traits.owner, minlength=traits.people)
    return np.asarray(np.minimum(1.0, MOST_SAID / np.maximum(said, 1)))


def _deal(traits: Traits) -> Any:
    """Sparse (people, statements): whose statement is whose."""
    from scipy.sparse import csr_array

    ones, places = np.ones(len(traits.owner)), np.arange(len(traits.owner))
    return csr_array((ones, (traits.owner, places)), shape=(traits.people, len(traits.owner)))


def _block(amounts: Floats, prior: float, weight: float) -> Block:
    common = amounts.sum(axis=0) + 1e-3
    return Block(amounts, common / common.sum(), prior, weight)


def _log_sum(scores: Floats) -> Floats:
    most = scores.max(axis=1)
    return np.asarray(most + np.log(np.exp(scores - most[:, None]).sum(axis=1)))
