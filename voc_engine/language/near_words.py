"""Words near in meaning to a word that somebody types, among the words of a study, without an encoder.

The table that comes along (``training/word_table.py``) holds some 15,000 words and 3,000 pairs of words with vectors in 8
bits. Sums of their products are whole numbers that single precision holds exactly, so that every machine finds the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from voc_engine.language.tokens import parts

# From this cosine on a word is near: below it are words that merely stand in the same kind of sentence.
LEAST = 0.45
MOST_NEAR, MOST_OWN = 6, 4_000
_PAIR_TEXTS = 2  # a pair of words that one text alone holds is chance
_AT_ONCE = 2_000


@dataclass(frozen=True)
class Table:
    """``terms`` are words and pairs of words with one blank, ``rows`` their vectors (terms, 96) as whole numbers."""

    terms: tuple[str, ...]
    rows: Any


@dataclass(frozen=True)
class Near:
    """``own``: words of the study. ``of``: any known word -> (place in ``own``, nearness in hundredths), nearest first."""

    own: tuple[str, ...]
    of: dict[str, tuple[tuple[int, int], ...]]


@cache
def shipped() -> Table:
    """The table that comes along."""
    import numpy as np
    from safetensors.numpy import load

    stored = load((files("voc_engine.language") / "model" / "near_words.safetensors").read_bytes())
    return Table(tuple(bytes(stored["terms"]).decode("utf-8").split("\n")), stored["vectors"].astype(np.float32))


def near_words(texts: Iterable[str], most_own: int = MOST_OWN) -> Near:
    """What of these texts lies near to each word of the table, the ``most_own`` commonest words of the texts alone."""
    counts = _counted(texts)
    row_of = {one: row for row, one in enumerate(shipped().terms) if one in counts}
    commonest = sorted(row_of, key=lambda one: (-counts[one], one))[:most_own]
    if not commonest:
        return Near((), {})
    nearest = dict(_nearest(commonest, [row_of[one] for one in commonest]))
    reached = sorted({place for several in nearest.values() for place, _ in several})
    anew = {place: number for number, place in enumerate(reached)}
    of = {one: tuple((anew[place], near) for place, near in several) for one, several in nearest.items()}
    return Near(tuple(commonest[place] for place in reached), of)


def _counted(texts: Iterable[str]) -> Counter[str]:
    """Words and pairs of words of the table -> in how many texts they stand."""
    wanted = frozenset(shipped().terms)
    counts: Counter[str] = Counter()
    for text in texts:
        words = parts(text)
        counts.update(wanted.intersection(words))
        counts.update(wanted.intersection(" ".join(pair) for pair in pairwise(words)))
    return Counter({one: n for one, n in counts.items() if " " not in one or n >= _PAIR_TEXTS})


def _nearest(commonest: list[str], rows: list[int]) -> Iterable[tuple[str, tuple[tuple[int, int], ...]]]:
    """Of each word of the table the nearest of the ``commonest`` that it is no part of: a search finds those anyway."""
    import numpy as np

    table = shipped()
    lengths = np.sqrt((table.rows.astype(np.float64) ** 2).sum(axis=1))
    ours = table.rows[rows]
    for start in range(0, len(table.terms), _AT_ONCE):
        some = table.rows[start : start + _AT_ONCE] @ ours.T
        near = some.astype(np.float64) / (lengths[start : start + _AT_ONCE, None] * lengths[rows][None, :])
        near = np.rint(near * 100).astype(np.int64)
        for row, places in _above(near, round(LEAST * 100)):
            term = table.terms[start + row]
            order = sorted(places, key=lambda place: (-near[row, place], place))
            close = [(place, int(near[row, place])) for place in order if term not in commonest[place]][:MOST_NEAR]
            if close:
                yield term, tuple(close)


def _above(near: Any, least: int) -> Iterable[tuple[int, list[int]]]:
    import numpy as np

    above: dict[int, list[int]] = {}
    for row, column in np.argwhere(near >= least).tolist():
        above.setdefault(row, []).append(column)
    return above.items()
