"""Which documents say again what was said before: one person's copies, and reposts of one text by several people.

Locality-sensitive hashing over MinHash bands (Indyk and Motwani 1998; Leskovec, Rajaraman, Ullman, "Mining of Massive
Datasets", chapter 3) finds candidates; their shingles decide. With 16 bands of 4 rows, two texts of likeness .8 become
candidates with probability .9998. Everything is an array over all documents of the study, about 250 bytes for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from voc_engine.config import SegmentConfig
from voc_engine.segment.signatures import BANDS, PERMUTATIONS, SHORT_WORDS, likeness

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Rows = npt.NDArray[np.int64]
    Hashes = npt.NDArray[np.uint64]

# Three standard errors of a likeness of .8 estimated from 64 permutations.
_MARGIN = 0.15
_PAIRS_AT_ONCE = 200_000
_PAIR = 2


def firsts(
    column: Callable[[str], Any], shingled: Callable[[Rows], Callable[[int], Hashes]], options: SegmentConfig
) -> tuple[Rows, Rows]:
    """(rows that are set aside, row of the document that stays for each), in order of date and document id.

    ``column`` gives one column of all Signatures by its field's name, "band 0" and so on; ``shingled`` makes the shingles
    of the rows named at hand. Of documents of one date and id the one that is named first comes first.
    """
    import numpy as np

    order = np.lexsort((column("document_id"), column("when"))).astype(np.int64)
    person, words = column("person")[order], column("words")[order]
    long = words >= options.repost_words if options.repost_words else np.zeros(len(order), bool)
    same = _same_words(column("exact")[order], person, long)
    pairs = _candidates(column, order, (same == np.arange(len(order))) & (words >= SHORT_WORDS), person, long, options)
    stays = np.arange(len(order))
    if len(pairs):
        read = shingled(order[np.unique(pairs)])
        for row, earlier in _by_row(pairs):
            for first in sorted({int(stays[one]) for one in earlier}):
                may = person[row] == person[first] or (long[row] and long[first])
                if may and likeness(read(int(order[row])), read(int(order[first]))) >= options.copy_likeness:
                    stays[row] = first
                    break
    stays = stays[same]
    aside = np.flatnonzero(stays != np.arange(len(order)))
    return order[aside], order[stays[aside]]


def _same_words(exact: Hashes, person: Hashes, long: npt.NDArray[np.bool_]) -> Rows:
    """For each row the first one with exactly its words: of the same person, or of anybody for a long text."""
    import numpy as np

    first = _first_of(_mixed(exact, person))[0]
    rows = np.flatnonzero(long)
    first[rows] = rows[_first_of(exact[rows])[0]]
    return first


def _candidates(
    column: Callable[[str], Any], order: Rows, wanted: npt.NDArray[np.bool_], person: Hashes,
    long: npt.NDArray[np.bool_], options: SegmentConfig,
) -> npt.NDArray[np.int64]:  # fmt: skip
    """Pairs (row, earlier row), shape (n, 2), sorted: what shares a band and has much alike in its sketch."""
    import numpy as np

    rows = np.flatnonzero(wanted)
    if len(rows) < _PAIR:
        return np.zeros((0, _PAIR), np.int64)
    sketch = column("sketch")[order]
    candidates = np.zeros((0, 2), np.int64)
    for number in range(BANDS):
        band = column(f"band {number}")[order]
        near = [_pairs(rows, _mixed(band[rows], person[rows]))]
        near.append(_pairs(rows[long[rows]], band[rows[long[rows]]]))
        alike = _alike(_distinct(np.concatenate(near), len(order)), sketch, options.copy_likeness - _MARGIN)
        candidates = _distinct(np.concatenate([candidates, alike]), len(order))
    return candidates


def _distinct(pairs: npt.NDArray[np.int64], rows: int) -> npt.NDArray[np.int64]:
    """The different pairs of row numbers below ``rows``, sorted: as one number each, which is sorted far sooner."""
    import numpy as np

    return np.stack(np.divmod(np.unique(pairs[:, 0] * rows + pairs[:, 1]), rows), 1)


def _pairs(rows: Rows, key: Hashes) -> npt.NDArray[np.int64]:
    """Each row with the first and with the previous row of its key: never all pairs, so that a text sent a million times
    costs two million."""
    import numpy as np

    first, previous = _first_of(key)
    places = np.flatnonzero(first != np.arange(len(rows)))
    near = (first[places], previous[places])
    return np.concatenate([np.stack([rows[places], rows[one]], 1) for one in near])


def _first_of(key: Hashes) -> tuple[Rows, Rows]:
    """For each place the first place with the same key, and the one before it."""
    import numpy as np

    by_key = np.argsort(key, kind="stable")
    begins = np.ones(len(key), bool)
    begins[1:] = key[by_key[1:]] != key[by_key[:-1]]
    first = np.empty(len(key), np.int64)
    first[by_key] = by_key[begins][np.cumsum(begins) - 1]
    previous = np.empty(len(key), np.int64)
    previous[by_key] = np.where(begins, by_key, np.roll(by_key, 1))
    return first, previous


def _alike(pairs: npt.NDArray[np.int64], sketch: npt.NDArray[np.uint8], least: float) -> npt.NDArray[np.int64]:
    import numpy as np

    likely = [pairs[:0]]
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        some = pairs[start : start + _PAIRS_AT_ONCE]
        shared = (sketch[some[:, 0]] == sketch[some[:, 1]]).sum(1)
        likely.append(some[shared >= least * PERMUTATIONS])
    return np.concatenate(likely)


def _by_row(pairs: npt.NDArray[np.int64]) -> Iterator[tuple[int, npt.NDArray[np.int64]]]:
    import numpy as np

    starts = np.flatnonzero(np.r_[True, pairs[1:, 0] != pairs[:-1, 0]])
    for start, end in zip(starts, [*starts[1:], len(pairs)], strict=True):
        yield int(pairs[start, 0]), pairs[start:end, 1]


def _mixed(this: Hashes, other: Hashes) -> Hashes:
    import numpy as np

    return (this ^ (other >> np.uint64(7))) * np.uint64(0x9E3779B97F4A7C15) ^ other
