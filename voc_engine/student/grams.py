"""Sentences as hashed word pieces and pairs of them: what a student looks at that has to read everything.

Word pieces are words or the letters that begin and end them, so that a misspelt word shares pieces with the right one.
Digits are one piece: no two order numbers are alike, and none tells anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from scipy.sparse import csr_matrix

    Ints = npt.NDArray[np.int64]

COLUMNS = 2**18  # a choice: pairs that meet in one column grow rarer with it, and memory grows
SINGLES = 2**15  # columns below it are single pieces, each its own; the others are pairs, hashed
MOST_PIECES = 96  # of a sentence; it is read to the end when it is read in full
# 2**64 over the golden ratio: multiplying by it spreads numbers (Fibonacci hashing, Knuth 1973)
_MIX = 0x9E3779B97F4A7C15


@cache
def _word_pieces() -> tuple[Any, npt.NDArray[np.uint64]]:
    """The tokenizer, and by the id of a piece what stands for it: what bears a digit is one piece."""
    import numpy as np

    from voc_engine.encoder.word_pieces import tokenizer

    word_pieces = tokenizer(MOST_PIECES)
    stands = np.arange(word_pieces.get_vocab_size(), dtype=np.uint64)
    for piece, number in word_pieces.get_vocab().items():
        if any(letter.isdigit() for letter in piece):
            stands[number] = 0
    return word_pieces, stands


def hashed(texts: Sequence[str]) -> tuple[Ints, npt.NDArray[np.int32]]:
    """(ends, grams): of text i its distinct grams are ``grams[ends[i - 1]:ends[i]]``, each in [0, COLUMNS), sorted."""
    import numpy as np

    if not texts:
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    tokens, stands = _word_pieces()
    ids = [one.ids[1:-1] for one in tokens.encode_batch(list(texts))]
    lengths = np.array([len(one) for one in ids])
    row = np.repeat(np.arange(len(ids)), lengths)
    flat = stands[np.array([piece for one in ids for piece in one], np.int64)]
    beside = row[1:] == row[:-1]
    pairs = _mixed(flat[:-1] * np.uint64(len(stands)) + flat[1:])[beside]
    rows = np.concatenate([row, row[1:][beside]])
    both = distinct(rows * COLUMNS + np.concatenate([flat, pairs]).astype(np.int64))
    ends = np.searchsorted(both, (np.arange(len(ids)) + 1) * COLUMNS)
    return ends.astype(np.int64), (both % COLUMNS).astype(np.int32)


def _mixed(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    import numpy as np

    with np.errstate(over="ignore"):
        mixed = (numbers + np.uint64(1)) * np.uint64(_MIX)
    return np.uint64(SINGLES) + (mixed >> np.uint64(32)) % np.uint64(COLUMNS - SINGLES)


def distinct(numbers: Ints) -> Ints:
    """The different numbers, sorted; where most of them differ far faster than ``numpy.unique``, which hashes them."""
    import numpy as np

    ordered = np.sort(numbers)
    different: Ints = ordered[np.concatenate([np.ones(min(1, len(ordered)), bool), ordered[1:] != ordered[:-1]])]
    return different


def matrix(ends: Ints, grams: npt.NDArray[np.int32], weights: npt.NDArray[np.float32]) -> csr_matrix:
    """(sentences, COLUMNS): the weight of each gram that stands in a sentence, each row of length 1 where it has any."""
    import numpy as np
    from scipy.sparse import csr_matrix

    starts = np.concatenate([[0], ends])
    values = weights[grams]
    row = np.repeat(np.arange(len(ends)), np.diff(starts))
    length = np.sqrt(np.bincount(row, values.astype(np.float64) ** 2, minlength=len(ends)))
    values = (values / np.maximum(length, 1e-9)[row]).astype(np.float32)
    return csr_matrix((values, grams, starts), shape=(len(ends), COLUMNS))


def rarity(grams: npt.NDArray[np.int32], sentences: int) -> npt.NDArray[np.float32]:
    """(COLUMNS,) how much each gram tells: the logarithm of one in how many sentences it stands."""
    import numpy as np

    inside = np.bincount(grams, minlength=COLUMNS)
    return np.log((1 + sentences) / (1 + inside)).astype(np.float32)
