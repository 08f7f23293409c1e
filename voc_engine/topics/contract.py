"""What a topic model is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from voc_engine.topics.reduction import Floats

Ranked = tuple[tuple[str, float], ...]


class Assigner(Protocol):
    """Places vectors among the topics of a fit."""

    def place(self, vectors: npt.NDArray[Any]) -> Floats:
        """Probability in [0, 1] of each topic for each row, shape (rows, topics); from 0.5 on the row belongs."""
        ...


@dataclass(frozen=True)
class TopicFit:
    """``phrases[t]``: phrases of topic t with their weight, heaviest first (lower case, words joined by one space).

    ``stability[t]``: mean bootstrap Jaccard of topic t, None where it was not measured.
    """

    assigner: Assigner
    phrases: tuple[Ranked, ...]
    stability: tuple[float | None, ...]


class TopicModel(Protocol):
    """Finds topics. The same sentences in the same order must give the same topics, bit for bit.

    What it ``uses``, where it says so, is told on the report's method page beside its name.
    """

    name: str
    revision: str

    def fit(
        self, texts: Sequence[str], vectors: npt.NDArray[np.float32], min_size: int, max_topics: int
    ) -> TopicFit | None:
        """``vectors[i]`` belongs to ``texts[i]``, in which names that few people say are blanked out by line breaks.

        None where the sentences do not part into topics."""
        ...
