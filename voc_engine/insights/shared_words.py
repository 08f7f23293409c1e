"""Rows of words: which texts have a word in common, and how much the rarity of what they share weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.language.stems import content_stems

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

# Named by so many of the texts a word is as common as can be told.
_LEAST_COMMON = 2


@dataclass(frozen=True, slots=True)
class WordRows:
    """Texts as sparse rows of stems. ``values``: the root of each word's rarity, ``columns``: its number among ``width``
    stems; ``ends`` (rows + 1,): row i is from ``ends[i]`` to ``ends[i + 1]``."""

    values: Floats
    columns: npt.NDArray[np.int32]
    ends: Ints
    width: int

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, rows: Ints) -> WordRows:
        # Not by scipy: its checks take longer than the rows of a small group.
        sizes = self.ends[rows + 1] - self.ends[rows]
        ends = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(sizes, out=ends[1:])
        places = np.arange(ends[-1]) + np.repeat(self.ends[rows] - ends[:-1], sizes)
        return WordRows(self.values[places], self.columns[places], ends, self.width)

    def rarity(self) -> Floats:
        """The sum of rarities of each row, shape (rows,)."""
        return self._sums(self.values * self.values, np.repeat(np.arange(len(self)), np.diff(self.ends)))

    def matrix(self) -> Any:
        """As a scipy matrix, shape (rows, width)."""
        from scipy.sparse import csr_array

        return csr_array((self.values, self.columns, self.ends.astype(np.int32)), shape=(len(self), self.width))

    def common(self, others: WordRows) -> tuple[Ints, Ints, Floats]:
        """Row, row of ``others`` and rarity of what both say, of every pair that shares a word."""
        shared = (self.matrix() @ others.matrix().T).tocsr()
        rows = np.repeat(np.arange(len(self), dtype=np.int64), np.diff(shared.indptr))
        return rows, shared.indices.astype(np.int64), shared.data

    def common_in_pairs(self, others: WordRows) -> Floats:
        """Rarity of what row i and row i of ``others`` both say, shape (rows,)."""
        shared = self.matrix().multiply(others.matrix()).tocsr()
        return self._sums(shared.data, np.repeat(np.arange(len(self)), np.diff(shared.indptr)))

    def _sums(self, values: Floats, rows: Ints) -> Floats:
        return np.bincount(rows, values, len(self)).astype(np.float32)


@lru_cache(maxsize=200_000)
def said_words(text: str) -> tuple[str, ...]:
    """The different stems of a text's content words, sorted: asked for by the judge, by names and by themes."""
    return tuple(sorted(set(content_stems(text))))


def word_rows(texts: Sequence[str]) -> WordRows:
    """The content words of each text."""
    sets = [said_words(text) for text in texts]
    spread = Counter(stem for stems in sets for stem in stems)
    column_of = {stem: at for at, stem in enumerate(sorted(spread))}
    counts = np.array([spread[stem] for stem in column_of], np.float64)
    rarity = np.sqrt(np.log((1 + len(texts)) / np.maximum(counts, _LEAST_COMMON))).astype(np.float32)
    columns = np.array([column_of[stem] for stems in sets for stem in stems], np.int32)
    ends = np.cumsum([0, *map(len, sets)], dtype=np.int64)
    return WordRows(rarity[columns], columns, ends, max(1, len(column_of)))
