"""How likely two units say the same: the cosine of their vectors, judged by pairs that people read.

The embedder was tuned on such pairs, so that it tells what is said of a thing and not the thing alone
(``training/upper_layers.py``). Shared words, kind, feeling and what about it (``Mention.what``) were tried beside it: none
made the judgement better on all of the pairs kept aside. Opposites it cannot tell; words do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from voc_engine.insights.shared_words import Floats, Ints, WordRows, word_rows
from voc_engine.insights.units import Unit
from voc_engine.language.handles import without_addresses
from voc_engine.language.negation import is_negated
from voc_engine.language.polarity import LONGEST_CLAIM, scale_ends, scales
from voc_engine.language.tokens import words
from voc_engine.records import MENTION_KINDS, Mention

FEATURES = ("meaning", "no word")
_THE_SAME = 0.999  # 1, less what single precision leaves of a sum
# Numbers that are worked on at a time: they stay in the processor's cache.
_AT_A_TIME = 131_072


@cache
def weights() -> tuple[Floats, float]:
    """The weights of FEATURES, and the constant."""
    fitted = json.loads((files("voc_engine.insights") / "model" / "same.json").read_text("utf-8"))
    return np.array([fitted["weights"][name] for name in FEATURES], np.float32), float(fitted["constant"])


@dataclass(frozen=True)
class UnitFeatures:
    """Units as rows. ``meaning`` (rows, dimensions): sentence vectors less the study's mean, of unit length. ``words``:
    their words of content; ``heavy`` (rows,): the sum of their rarities. ``ends`` (rows, scales): -1 or 1 where a short
    claim stands at that end of a scale; ``denied`` (rows,): 1 where it is negated; ``kind`` (rows,): the number of its
    kind."""

    meaning: Floats
    words: WordRows
    heavy: Floats
    ends: Floats
    denied: Floats
    kind: Ints

    def __len__(self) -> int:
        return len(self.meaning)

    def at(self, rows: Ints) -> UnitFeatures:
        """The units of these rows."""
        columns = (getattr(self, field.name) for field in fields(self))
        return UnitFeatures(*(column[rows] for column in columns))


def unit_features(mentions: Sequence[Mention], units: Sequence[Unit], meaning: Floats) -> UnitFeatures:
    """``meaning`` (units, dimensions): centred vectors of unit length."""
    first = [mentions[unit.rows[0]] for unit in units]
    kind = np.array([MENTION_KINDS.index(mention.kind) for mention in first], np.int64)
    texts = [without_addresses(m.quote) for m in first]
    content = word_rows([f"{text} {m.thing or ''}" for text, m in zip(texts, first, strict=True)])
    spoken = [words(text) for text in texts]
    denied = np.array(
        [m.negated or is_negated(claim_words) for m, claim_words in zip(first, spoken, strict=True)], np.float32
    )
    return UnitFeatures(meaning, content, content.rarity(), _ends(spoken, denied), denied, kind)


def _ends(claims: Sequence[Sequence[str]], denied: Floats) -> Floats:
    ends = np.zeros((len(claims), len(scales())), np.float32)
    for row, claim_words in enumerate(claims):
        if len(claim_words) <= LONGEST_CLAIM and not denied[row]:  # "no dark mode" does not ask for light
            for scale, end in scale_ends(claim_words):
                ends[row, scale] = end
    return ends


def same(ones: UnitFeatures, others: UnitFeatures) -> Floats:
    """Probability that a unit of ``ones`` and one of ``others`` say the same, shape (ones, others)."""
    chance: Floats = ones.meaning @ others.meaning.T
    row, column, shared = ones.words.common(others.words)
    turned = (ones.denied[row] != others.denied[column]) & (ones.kind[row] == others.kind[column])
    turned &= _the_same(shared, ones.heavy[row] + others.heavy[column])
    _to_probability(chance, (row, column))
    # The same words with and without a negation.
    chance[row[turned], column[turned]] = 0
    # Opposite ends of a scale.
    low, high = (np.flatnonzero(side.ends.any(axis=1)) for side in (ones, others))
    if len(low) and len(high):
        end, end_of_other = ones.ends[low], others.ends[high]
        clash = (
            np.maximum(end, 0) @ np.maximum(-end_of_other, 0).T + np.maximum(-end, 0) @ np.maximum(end_of_other, 0).T
        )
        at, on = np.nonzero(clash)
        chance[low[at], high[on]] = 0
    return chance


def same_in_pairs(ones: UnitFeatures, others: UnitFeatures) -> Floats:
    """The same for row i of ``ones`` and row i of ``others``, shape (rows,)."""
    apart = np.maximum(-ones.ends * others.ends, 0).sum(axis=1) > 0
    shared = ones.words.common_in_pairs(others.words)
    turned = (ones.denied != others.denied) & (ones.kind == others.kind)
    apart |= turned & _the_same(shared, ones.heavy + others.heavy)
    chance = _cosines(ones, others)
    _to_probability(chance, np.flatnonzero(shared > 0))
    chance[apart] = 0
    return chance


def features_in_pairs(ones: UnitFeatures, others: UnitFeatures) -> Floats:
    """What the judge sees of row i of ``ones`` and row i of ``others``, shape (rows, FEATURES)."""
    apart = ones.words.common_in_pairs(others.words) <= 0
    return np.stack([_cosines(ones, others), apart.astype(np.float32)], axis=1)


def _cosines(ones: UnitFeatures, others: UnitFeatures) -> Floats:
    """Of row i of ``ones`` and row i of ``others``, shape (rows,)."""
    cosines: Floats = (ones.meaning * others.meaning).sum(axis=1)
    return cosines


def _the_same(shared: Floats, both: Floats) -> Any:
    """Whether the two say the same words of content, in whatever order. "There is no dark mode" and the wish for one say the
    same all the same: only within a kind is a negation the opposite."""
    return (shared > 0) & (2 * shared > _THE_SAME * both)


def _to_probability(cosines: Floats, share: Any) -> None:
    """Cosines of any shape to probabilities, in place, in steps of 0.0001: sums of another order differ in their last
    bits. ``share``: places of the pairs that have a word in common."""
    (meaning, no_word), constant = weights()
    cosines *= meaning
    cosines += np.float32(constant)
    sharing = cosines[share]
    cosines += no_word
    cosines[share] = sharing
    flat = cosines.reshape(-1)
    for start in range(0, len(flat), _AT_A_TIME):
        part = flat[start : start + _AT_A_TIME]
        np.negative(part, out=part)
        np.exp(part, out=part)
        part += 1
        np.divide(1, part, out=part)
        np.round(part, 4, out=part)
