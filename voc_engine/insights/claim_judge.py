"""Who says a claim that somebody brings: sentences of the study held against it, by a judge of pairs that people read.

The judge sees how near the two are in meaning, and how much of the claim's content stands in the sentence: each content
word of the claim goes to the nearest word of the sentence (after BERTScore, Zhang et al. 2020), words weighed by how rare
they are. Whether a sentence that speaks of the claim's matter takes the other side is judged apart, by the feelings of both.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from voc_engine.insights.shared_words import Floats
from voc_engine.language.negation import is_negated
from voc_engine.language.polarity import LONGEST_CLAIM, scale_ends
from voc_engine.language.stems import stem
from voc_engine.language.stop_words import is_content
from voc_engine.language.times import calendar_words
from voc_engine.language.tokens import parts, words
from voc_engine.language.word_lists import word_list

Encode = Callable[[Sequence[str]], Floats]
SAYS, SIDES = ("meaning", "cover"), ("apart", "opposed", "praise and blame")
# The mean of so many sentences is trusted half.
_USUAL = 50
# Of a claim so many sentences are looked at, none of which is farther than this.
_LOOKED_AT, _NEAR = 150, 0.3
_LEAST_COMMON = 2
_ALMOST = 0.95  # what another word can be worth beside the very same
_SAME_WORDS, _MANY_WORDS = 0.85, 0.5
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Side:
    """How a text leans: ``sentiment`` in [-1, 1], and the probabilities that it is praise or blame."""

    sentiment: float
    praise: float
    blame: float


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence (its row) that may say a claim: ``chance`` in [0, 1] that it speaks of the same and says the same of it,
    feelings apart. ``turned``: it has the claim's very words and denies them, or the claim does; ``parted``: one of the two
    denies something; ``asserted``: the claim does, and shares many words with the sentence. ``covered``: each content word
    of the claim with the cosine of the nearest word."""

    row: int
    chance: float
    turned: bool
    parted: bool
    asserted: bool
    covered: Mapping[str, float]


class Sentences:
    """The sentences of a study. ``vectors`` (sentences, dimensions): of unit length."""

    def __init__(self, texts: Sequence[str], vectors: Floats) -> None:
        self.texts = texts
        distinct = np.unique(np.array(texts, dtype=object), return_index=True)[1] if texts else np.zeros(0, np.int64)
        common = vectors[distinct].mean(axis=0, dtype=np.float64) if len(distinct) else np.zeros(vectors.shape[1])
        self._common = (common * len(distinct) / (len(distinct) + _USUAL)).astype(np.float32)
        self.meaning = self._centred(vectors)
        self._said = [tuple(dict.fromkeys(map(stem, content_words(text)))) for text in texts]
        self._spread = Counter(word for stems in self._said for word in stems)

    def _centred(self, rows: Floats) -> Floats:
        left = rows - self._common
        unit: Floats = left / np.maximum(np.linalg.norm(left, axis=1, keepdims=True), 1e-9)
        return unit

    def rarity(self, word: str) -> float:
        """Of a stem: 0 where every sentence has it."""
        return float(np.log((1 + len(self.texts)) / max(self._spread[word], _LEAST_COMMON)))

    def with_stem(self, word: str) -> list[int]:
        """Rows of the sentences in which a word of this stem stands."""
        return [row for row, stems in enumerate(self._said) if word in stems]

    def near(self, claims: Sequence[str], encode: Encode) -> list[list[Near]]:
        """For each claim the sentences that may say it, surest first."""
        if not claims or not self.texts:
            return [[] for _ in claims]
        alike = np.round(self._centred(encode(claims)) @ self.meaning.T, 4)
        looked = []
        for row in alike:
            first = np.lexsort((np.arange(len(row)), -row))[:_LOOKED_AT]
            looked.append([int(at) for at in first if row[at] >= _NEAR])
        vocabulary = {word for claim in claims for word in content_words(claim)}
        vocabulary |= {word for rows in looked for at in rows for word in content_words(self.texts[at])}
        space = WordSpace(sorted(vocabulary), encode)
        return [self._judged(claim, rows, row, space) for claim, rows, row in zip(claims, looked, alike, strict=True)]

    def _judged(self, claim: str, rows: Sequence[int], alike: Floats, space: WordSpace) -> list[Near]:
        near = []
        for row in rows:
            text = self.texts[row]
            if text.rstrip(" \"'”’)").endswith("?") or not numbers(claim) <= numbers(text) or clash(claim, text):
                continue  # a question says nothing; other numbers and opposite ends are another claim
            cover, same_words, covered = space.cover(claim, text, self.rarity)
            chance = _probability("says", says_features(float(alike[row]), cover))
            denied, denying = is_negated(words(claim)), is_negated(words(text))
            turned = same_words >= _SAME_WORDS and denied != denying
            asserted = denied and not denying and same_words >= _MANY_WORDS
            near.append(Near(row, chance, turned, denied != denying, asserted, covered))
        return sorted(near, key=lambda one: (-one.chance, one.row))


class WordSpace:
    """Vectors of single words, to find the word of a sentence that comes nearest to one of a claim."""

    def __init__(self, vocabulary: Sequence[str], encode: Encode) -> None:
        self._place = {word: row for row, word in enumerate(vocabulary)}
        rows = encode(list(vocabulary)) if vocabulary else np.zeros((0, 1), np.float32)
        left = rows - rows.mean(axis=0) * (len(rows) / (len(rows) + _USUAL)) if len(rows) else rows
        self._vectors: Floats = left / np.maximum(np.linalg.norm(left, axis=1, keepdims=True), 1e-9)

    def cover(self, claim: str, text: str, rarity: Callable[[str], float]) -> tuple[float, float, Mapping[str, float]]:
        """Share of the claim's content that stands in the text, in [0, 1]: in words that are near, in the very words; and
        the nearness of each word."""
        claim_words, text_words = content_words(claim), content_words(text)
        if not claim_words or not text_words:
            return 0.0, 0.0, {}
        alike = (
            self._vectors[[self._place[w] for w in claim_words]] @ self._vectors[[self._place[w] for w in text_words]].T
        )
        there = {stem(word) for word in text_words}
        same = np.array([stem(word) in there for word in claim_words])
        best = np.where(same, 1.0, np.clip(alike.max(axis=1), 0.0, _ALMOST))
        weight = np.array([rarity(stem(word)) for word in claim_words]) + 1e-6
        near, same_words = (round(float((nearness * weight).sum() / weight.sum()), 4) for nearness in (best, same))
        return (
            near,
            same_words,
            {word: round(float(nearness), 4) for word, nearness in zip(claim_words, best, strict=True)},
        )


def content_words(text: str) -> list[str]:
    """Distinct content words in order."""
    return list(dict.fromkeys(word for word in parts(text) if is_content(word)))


def numbers(text: str) -> frozenset[str]:
    """Numbers in figures and words, days and months: what a claim names of them has to stand in the sentence."""
    return frozenset(_DIGITS.findall(text)) | (frozenset(map(stem, words(text))) & _amounts())


@cache
def _amounts() -> frozenset[str]:
    # "One" is more often no number.
    return frozenset(map(stem, (calendar_words() | word_list("numbers")) - {"one"}))


def clash(claim: str, text: str) -> bool:
    """Whether two short texts stand at opposite ends of a scale, neither denied."""
    both = [words(claim), words(text)]
    if any(len(said) > LONGEST_CLAIM or is_negated(said) for said in both):
        return False
    ends, others = (dict(scale_ends(said)) for said in both)
    return any(others.get(scale, end) != end for scale, end in ends.items())


def says_features(meaning: float, cover: float) -> tuple[float, ...]:
    """What is seen of a claim and a sentence, in the order of SAYS."""
    return meaning, cover


def side_features(claim: Side, other: Side) -> tuple[float, ...]:
    """What is seen of how two texts lean, in the order of SIDES."""
    apart = abs(claim.sentiment - other.sentiment)
    return apart, -claim.sentiment * other.sentiment, claim.praise * other.blame + claim.blame * other.praise


def opposite(claim: Side, other: Side) -> float:
    """Probability that two texts on one matter take opposite sides, where both are as likely beforehand."""
    return _probability("opposite", side_features(claim, other))


def _probability(question: str, features: Sequence[float]) -> float:
    weights, constant = _model()[question]
    odds = constant + sum(weight * value for weight, value in zip(weights, features, strict=True))
    return round(float(1 / (1 + np.exp(-odds))), 4)


@cache
def _model() -> Mapping[str, tuple[tuple[float, ...], float]]:
    fitted: dict[str, Any] = json.loads((files("voc_engine.insights") / "model" / "claims.json").read_text("utf-8"))
    names = {"says": SAYS, "opposite": SIDES}
    return {
        key: (tuple(fitted[key]["weights"][name] for name in features), float(fitted[key]["constant"]))
        for key, features in names.items()
    }
