"""How likely two units say the same: the cosine of their vectors, judged by pairs that people read.

The embedder was tuned on such pairs, so that it tells what is said of a thing and not the thing alone
(``training/upper_layers.py``). Shared words, kind, feeling and what about it (``Mention.what``) were tried beside it: none
made the judgement better on all of the pairs kept aside. Opposites it cannot tell; words do.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.insights.units import Unit
from voc_engine.language.handles import without_addresses
from voc_engine.language.negation import is_negated
from voc_engine.language.polarity import LONGEST_CLAIM, scale_ends, scales
from voc_engine.language.stems import content_stems
from voc_engine.language.tokens import words
from voc_engine.records import MENTION_KINDS, Mention

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

FEATURES = ("meaning", "no word")
# Named by so many of the units a word is as common as can be told.
_LEAST_COMMON = 2
_THE_SAME = 0.999


@cache
def weights() -> tuple[Floats, float]:
    """The weights of FEATURES, and the constant."""
    told = json.loads((files("voc_engine.insights") / "model" / "same.json").read_text("utf-8"))
    return np.array([told["weights"][name] for name in FEATURES], np.float32), float(told["constant"])


@dataclass(frozen=True)
class Told:
    """Units as rows. ``meaning`` (rows, dimensions): sentence vectors less the study's mean, of unit length. ``words``:
    sparse (rows, stems), the root of each word's rarity; ``heavy`` (rows,): the sum of rarities. ``ends`` (rows,
    scales): -1 or 1 where a short claim stands at that end of a scale; ``denied`` (rows,): 1 where it is negated;
    ``kind`` (rows,): the number of its kind."""

    meaning: Floats
    words: Any
    heavy: Floats
    ends: Floats
    denied: Floats
    kind: Ints

    def __len__(self) -> int:
        return len(self.meaning)

    def at(self, rows: Ints) -> Told:
        """The units of these rows."""
        own = (getattr(self, field.name) for field in fields(self))
        return Told(*(one[rows] for one in own))


def told(mentions: Sequence[Mention], units: Sequence[Unit], meaning: Floats) -> Told:
    """``meaning`` (units, dimensions): centred vectors of unit length."""
    first = [mentions[unit.rows[0]] for unit in units]
    kind = np.array([MENTION_KINDS.index(mention.kind) for mention in first], np.int64)
    texts = [without_addresses(m.quote) for m in first]
    rarity = _words([f"{text} {m.thing or ''}" for text, m in zip(texts, first, strict=True)])
    heavy = np.asarray(rarity.multiply(rarity).sum(axis=1), np.float32).reshape(-1)
    said = [words(text) for text in texts]
    denied = np.array([m.negated or is_negated(own) for m, own in zip(first, said, strict=True)], np.float32)
    return Told(meaning, rarity, heavy, _ends(said, denied), denied, kind)


def _ends(said: Sequence[Sequence[str]], denied: Floats) -> Floats:
    found = np.zeros((len(said), len(scales())), np.float32)
    for row, own in enumerate(said):
        if len(own) <= LONGEST_CLAIM and not denied[row]:  # "no dark mode" does not ask for light
            for scale, end in scale_ends(own):
                found[row, scale] = end
    return found


def same(ones: Told, others: Told) -> Floats:
    """Probability that a unit of ``ones`` and one of ``others`` say the same, shape (ones, others)."""
    shared = np.asarray((ones.words @ others.words.T).todense(), np.float32)
    low, high = (np.maximum(sign * ones.ends, 0) @ np.maximum(-sign * others.ends, 0).T for sign in (1, -1))
    seen = (
        ones.meaning @ others.meaning.T,
        shared <= 0,
    )
    turned = (ones.denied[:, None] != others.denied[None]) & (ones.kind[:, None] == others.kind[None])
    turned &= _the_same(shared, ones.heavy[:, None] + others.heavy[None])
    return _probability(seen, (low + high > 0) | turned)


def same_in_pairs(ones: Told, others: Told) -> Floats:
    """The same for row i of ``ones`` and row i of ``others``, shape (rows,)."""
    clashes = np.maximum(-ones.ends * others.ends, 0).sum(axis=1) > 0
    turned = (ones.denied != others.denied) & (ones.kind == others.kind)
    turned &= _the_same(_shared_in_pairs(ones, others), ones.heavy + others.heavy)
    return _probability(_seen_in_pairs(ones, others), clashes | turned)


def features_in_pairs(ones: Told, others: Told) -> Floats:
    """What the judge sees of row i of ``ones`` and row i of ``others``, shape (rows, FEATURES)."""
    return np.stack([np.asarray(one, np.float32) for one in _seen_in_pairs(ones, others)], axis=1)


def _seen_in_pairs(ones: Told, others: Told) -> tuple[Any, ...]:
    return (
        (ones.meaning * others.meaning).sum(axis=1),
        _shared_in_pairs(ones, others) <= 0,
    )


def _shared_in_pairs(ones: Told, others: Told) -> Floats:
    return np.asarray(ones.words.multiply(others.words).sum(axis=1), np.float32).reshape(-1)


def _the_same(shared: Floats, both: Floats) -> Any:
    """Whether the two say the same words of content, in whatever order. "There is no dark mode" and the wish for one say the
    same all the same: only within a kind is a negation the opposite."""
    return (shared > 0) & (2 * shared > _THE_SAME * both)


def _probability(seen: Sequence[Any], apart: Any) -> Floats:
    """From FEATURES, in steps of 0.0001: sums of another order differ in their last bits. 0 where the two stand at opposite
    ends of a scale, or are the same words with and without a negation (``apart``)."""
    weight, constant = weights()
    odds = np.full(seen[0].shape, constant, np.float32)
    for share, feature in zip(weight, seen, strict=True):
        odds += share * feature
    odds[apart] = -np.inf
    found: Floats = np.round(1 / (1 + np.exp(-odds)), 4)
    return found


def _words(texts: Sequence[str]) -> Any:
    """The root of the rarity of each text's words, sparse (texts, stems)."""
    from scipy.sparse import csr_array

    sets = [sorted(set(content_stems(text))) for text in texts]
    spread = Counter(stem for own in sets for stem in own)
    place = {stem: at for at, stem in enumerate(sorted(spread))}
    rarity = {stem: np.sqrt(np.log((1 + len(texts)) / max(count, _LEAST_COMMON))) for stem, count in spread.items()}
    columns = [place[stem] for own in sets for stem in own]
    values = np.array([rarity[stem] for own in sets for stem in own], np.float32)
    ends = np.cumsum([0, *map(len, sets)])
    return csr_array((values, columns, ends), shape=(len(texts), max(1, len(place))))
