"""Who is read in full on purpose: those whose words are new to what was drawn, and those of whom the student is least sure.

A draw of one person in twenty misses most of what one in five thousand says. What several people say in words that nobody
who was drawn used, and that sounds like a trouble, a wish or praise, is looked at before anything else.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from voc_engine.records import Heard

# A word is worth looking for that so many people use, until so many of them are read: one voice alone makes no finding.
SEVERAL, ENOUGH = 3, 2
# New words tell of new matters; known words in a new order hardly do.
_A_PAIR = 0.01
_DIGITS = 6  # what decides is rounded: the last bits differ between processors


@dataclass(frozen=True)
class Field:
    """All sentences in columns: ``person`` and ``document`` number of each, (n,); ``read``: whether it is read already;
    ``marked``: the chance in [0, 1] that something in it is worth marking, as the student sees it."""

    heard: Heard
    person: npt.NDArray[np.int64]
    document: npt.NDArray[np.int64]
    read: npt.NDArray[np.bool_]
    marked: npt.NDArray[np.float64]


def sought(field: Field, budget: int) -> list[int]:
    """Numbers of people, each with all that they say, until about ``budget`` sentences are spent: half of it on new words,
    half on what the student is least sure of."""
    read, spent = field.read.copy(), 0
    chosen: dict[int, None] = {}
    cost = _costs(field)
    for candidates, until in ((_new(field, read), budget / 2), (_unsure(field), budget)):
        for row in candidates:
            if spent >= until:
                break
            person = int(field.person[row])
            if person not in chosen and not read[row]:
                chosen[person] = None
                spent += cost.get(person, 0)
                read |= field.person == person
    return list(chosen)


def _costs(field: Field) -> Mapping[int, int]:
    """Sentences of each person."""
    import numpy as np

    people, sentences = np.unique(field.person, return_counts=True)
    return dict(zip(people.tolist(), sentences.tolist(), strict=True))


def _unsure(field: Field) -> Iterator[int]:
    """Rows that are not read, the least sure first; of like words one."""
    import numpy as np

    score = np.round(-np.abs(field.marked - 0.5), _DIGITS)
    rows = np.flatnonzero(~field.read)
    order = rows[np.lexsort((field.heard.segments[rows], -score[rows]))]
    _, first = np.unique(field.heard.keys[order], return_index=True)
    yield from order[np.sort(first)].tolist()


def _new(field: Field, read: npt.NDArray[np.bool_]) -> Iterator[int]:
    """Rows with words that several people use, in several sentences, and hardly anybody who is read: by how many such words
    (of a long sentence fewer, by the root of its length), and then pairs of words, weighed by the chance that the sentence
    is worth marking. What has been looked at since is not new any longer (lazy greedy, Minoux 1978).

    ``read`` grows while this goes on, by those who are found."""
    import numpy as np

    from voc_engine.student.grams import SINGLES, distinct

    sentences = field.heard
    starts = np.concatenate([[0], sentences.ends])
    row_of = np.repeat(np.arange(len(sentences.ends)), np.diff(starts))
    columns = int(sentences.grams.max(initial=0)) + 1

    def users(of: npt.NDArray[np.int64], among: npt.NDArray[np.bool_] | None = None) -> npt.NDArray[np.int64]:
        """By gram, how many different values the rows have in which it stands."""
        amount = int(of.max(initial=0)) + 1
        pairs = sentences.grams.astype(np.int64) * amount + of[row_of]
        return np.bincount(distinct(pairs if among is None else pairs[among[row_of]]) // amount, minlength=columns)

    # The same words sent by many are a form or a fashion, and one sentence to read.
    _, sentence = np.unique(sentences.keys, return_inverse=True)
    used, heard_of = np.minimum(users(field.person), users(sentence)), users(field.person, read)
    weight = np.where(np.arange(columns) < SINGLES, 1.0, _A_PAIR)
    new = np.where((used >= SEVERAL) & (heard_of < ENOUGH), weight, 0.0)

    def worth(row: int) -> float:
        grams = sentences.grams[starts[row] : starts[row + 1]]
        return round(float(field.marked[row]) * float(new[grams].sum()) / sqrt(max(1, len(grams))), _DIGITS)

    amount = np.bincount(row_of, new[sentences.grams], minlength=len(sentences.ends))
    rows = np.flatnonzero((amount > 0) & ~read)
    heap = [(-worth(row), sentences.segments[row], row) for row in rows.tolist()]
    heapq.heapify(heap)
    while heap:
        value, segment, row = heapq.heappop(heap)
        now = worth(row)
        if now <= 0 or read[row]:
            continue
        if now < -value:
            heapq.heappush(heap, (-now, segment, row))
            continue
        yield row
        person_rows = np.flatnonzero(field.person == field.person[row]).tolist()
        grams_read = np.unique(
            np.concatenate([sentences.grams[starts[each] : starts[each + 1]] for each in person_rows])
        )
        heard_of[grams_read] += 1
        new[grams_read[heard_of[grams_read] >= ENOUGH]] = 0.0
