"""How well each topic comes back when the evidence is drawn again (Hennig 2007, cluster-wise bootstrap Jaccard)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from voc_engine.statistics import best_jaccard
from voc_engine.topics.clusters import Ints
from voc_engine.topics.grouping import ReadableTopics
from voc_engine.topics.reduction import PrincipalComponents

DRAWS = 10  # a choice: each draw is one more fit; Hennig 2007 takes 100, for which runs are too long
LARGEST = 4_000  # sentences; beyond it the draws would cost more than the fit


def bootstrap_jaccard(
    vectors: npt.NDArray[np.float32], words: Sequence[frozenset[str]], labels: Ints, min_size: int, max_topics: int
) -> tuple[float | None, ...]:
    """Mean over draws of the best Jaccard index of each topic among the topics of the draw, rounded to 4 places.

    ``words``: see ReadableTopics. ``labels``: topic per row, below 0 where none.

    Duplicates of a draw are dropped, so it holds about 63% of the rows
    and the fewest members shrink alike. None for all topics above LARGEST rows.
    """
    topics = int(labels.max()) + 1
    if len(vectors) > LARGEST:
        return (None,) * topics
    scores = np.zeros((DRAWS, topics))
    for draw in range(DRAWS):
        chosen = np.unique(np.random.default_rng(draw).integers(0, len(vectors), len(vectors)))
        smaller = max(2, round(min_size * len(chosen) / len(vectors)))
        reduced = PrincipalComponents().fit(vectors[chosen]).transform(vectors[chosen])
        redrawn = ReadableTopics([words[row] for row in chosen], smaller, max_topics).fit(reduced).labels_
        scores[draw] = best_jaccard(labels[chosen], redrawn, topics)
    return tuple(round(float(score), 4) for score in scores.mean(axis=0))
