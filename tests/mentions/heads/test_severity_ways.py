"""Ways of reading severity are compared on documents that their fits had not seen."""

from __future__ import annotations

import numpy as np
from sklearn.neighbors import KNeighborsRegressor

from training.severity_ways import _answered, _banded
from training.windows import Read


def test_no_sentence_is_answered_by_its_own_document() -> None:
    """Documents beside each other have the other severity: who asks the nearest is wrong without the own document, and right
    with it."""
    documents = np.repeat(np.arange(16), 4)
    first, looked = np.where(documents % 2, 2, 0), documents[:, None] * 100.0
    read = [Read("", "", "ticket", f"d{at}", "random", frozenset(), True, "low", "", "") for at in documents]
    score = _answered(looked, first, read, np.ones(len(first), bool), lambda: KNeighborsRegressor(1))
    assert not (score == first).any()


def test_bands_are_as_common_as_the_reader_made_them() -> None:
    first = np.array([0] * 5 + [1] * 4 + [2])
    bands = _banded(np.arange(10.0)[::-1], first)
    assert np.bincount(bands).tolist() == [5, 4, 1]
