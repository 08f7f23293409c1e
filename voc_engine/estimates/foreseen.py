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

FOLDS = 3  # a choice: each fold is a student more to fit, and learns from two thirds of those who were read
# Sentences and targets that are worked on together: memory is theirs, about 100 MB each.
_AT_ONCE, _TARGETS = 20_000, 64


def foreseen_of(evidence: Heard, how: Mapping[str, str], segments: Mapping[tuple[str, str], set[str]]) -> Floats:
    """(people with evidence in order of their ids, targets): how much of each target a person is foreseen to say.

    ``how``: who was read in full; ``segments``: the segments that say each target. There are three students, each taught by
    two thirds of those who were read: these are foreseen by the one that did not learn from them, everybody else by the mean
    of all (cross-prediction: Zrnic & Candes 2024, PNAS 121).
    """
    people, person_of = np.unique(evidence.people, return_inverse=True)
    foreseen = np.zeros((len(people), len(segments)))
    if not segments:
        return foreseen
    fold = np.array([_fold(one.decode(), how) for one in people.tolist()])[person_of]
    rows = matrix(evidence.ends, evidence.grams, rarity(evidence.grams, len(evidence.ends)))
    read = fold >= 0
    is_read = np.zeros(len(people), bool)
    is_read[person_of[read]] = True
    share = np.where(is_read, 1.0, 1 / FOLDS)
    for number in range(FOLDS):
        learns = np.flatnonzero(read & (fold != number))
        looks = np.flatnonzero(~read | (fold == number))
        if not len(learns):
            continue
        features = rows[:, np.unique(rows[learns].indices)]
        labels = _says(evidence.segments[learns].tolist(), segments)
        for first in range(0, labels.shape[1], _TARGETS):
            columns = slice(first, first + _TARGETS)
            student = taught(features[learns], labels[:, columns])
            says = np.zeros((len(people), labels[:, columns].shape[1]))
            for start in range(0, len(looks), _AT_ONCE):
                some = looks[start : start + _AT_ONCE]
                sees = np.clip(student.foresees(features[some]), 0.0, 1.0).astype(np.float64)
                says += _summed(person_of[some], sees, len(people))
            # Each student's answer is cut by itself: else the mean of several would be another thing than one alone.
            foreseen[:, columns] += np.minimum(says, 1.0) * share[:, None]
    rounded: Floats = np.asarray(np.round(foreseen, 6), np.float64)
    return rounded


def _summed(person_of: Ints, sees: Floats, people: int) -> Floats:
    """(people, targets): the sum over each person's sentences."""
    from scipy.sparse import csr_matrix

    rows = np.arange(len(person_of))
    return np.asarray(csr_matrix((np.ones(len(person_of)), (person_of, rows)), shape=(people, len(person_of))) @ sees)


def _fold(person: str, how: Mapping[str, str]) -> int:
    """Which student does not learn from a person; -1 for everybody who was not read."""
    return int(stable_hash("fold", person), 16) % FOLDS if person in how else -1


def _says(keys: Sequence[bytes], segments: Mapping[tuple[str, str], set[str]]) -> npt.NDArray[np.float32]:
    """(sentences, targets): 1 where the sentence of that id says the target."""
    row_of = {key.decode(): row for row, key in enumerate(keys)}
    labels = np.zeros((len(row_of), len(segments)), np.float32)
    for column, ids in enumerate(segments.values()):
        labels[[row_of[key] for key in ids if key in row_of], column] = 1.0
    return labels
