"""What a student foresees of everybody, having learnt from those who were read in full and never from the person itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from voc_engine.records import Heard, stable_hash
from voc_engine.student.grams import matrix, rarity
from voc_engine.student.learner import taught

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

FOLDS = 3
# Sentences and targets that are worked on together: memory is theirs, about 100 MB each.
_AT_ONCE, _TARGETS = 20_000, 64


def foreseen_of(heard: Heard, how: Mapping[str, str], segments: Mapping[tuple[str, str], set[str]]) -> Floats:
    """(people with evidence in order of their ids, targets): how much of each target a person is foreseen to say.

    ``how``: who was read in full; ``segments``: the segments that say each target. There are three students, each taught by
    two thirds of those who were read: these are foreseen by the one that did not learn from them, everybody else by the mean
    of all (cross-prediction: Zrnic & Candes 2024, PNAS 121).
    """
    people, place = np.unique(heard.people, return_inverse=True)
    found = np.zeros((len(people), len(segments)))
    if not segments:
        return found
    fold = np.array([_fold(one.decode(), how) for one in people.tolist()])[place]
    rows = matrix(heard.ends, heard.grams, rarity(heard.grams, len(heard.ends)))
    read = fold >= 0
    known = np.zeros(len(people), bool)
    known[place[read]] = True
    share = np.where(known, 1.0, 1 / FOLDS)
    for own in range(FOLDS):
        learns = np.flatnonzero(read & (fold != own))
        looks = np.flatnonzero(~read | (fold == own))
        if not len(learns):
            continue
        seen = rows[:, np.unique(rows[learns].indices)]
        told = _told(heard.segments[learns].tolist(), segments)
        for first in range(0, told.shape[1], _TARGETS):
            columns = slice(first, first + _TARGETS)
            student = taught(seen[learns], told[:, columns])
            says = np.zeros((len(people), told[:, columns].shape[1]))
            for start in range(0, len(looks), _AT_ONCE):
                some = looks[start : start + _AT_ONCE]
                sees = np.clip(student.foresees(seen[some]), 0.0, 1.0).astype(np.float64)
                says += _summed(place[some], sees, len(people))
            # Each student's answer is cut by itself: else the mean of several would be another thing than one alone.
            found[:, columns] += np.minimum(says, 1.0) * share[:, None]
    rounded: Floats = np.asarray(np.round(found, 6), np.float64)
    return rounded


def _summed(place: Ints, sees: Floats, people: int) -> Floats:
    """(people, targets): the sum over each person's sentences."""
    from scipy.sparse import csr_matrix

    rows = np.arange(len(place))
    return np.asarray(csr_matrix((np.ones(len(place)), (place, rows)), shape=(people, len(place))) @ sees)


def _fold(person: str, how: Mapping[str, str]) -> int:
    """Which student does not learn from a person; -1 for everybody who was not read."""
    return int(stable_hash("fold", person), 16) % FOLDS if person in how else -1


def _told(keys: Sequence[bytes], segments: Mapping[tuple[str, str], set[str]]) -> npt.NDArray[np.float32]:
    """(sentences, targets): 1 where the sentence of that id says the target."""
    place = {key.decode(): row for row, key in enumerate(keys)}
    told = np.zeros((len(place), len(segments)), np.float32)
    for column, own in enumerate(segments.values()):
        told[[place[key] for key in own if key in place], column] = 1.0
    return told
