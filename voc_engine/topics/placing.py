"""Every distinct sentence to its nearest topic that enough people speak of, or to none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from voc_engine.records import Vectors
from voc_engine.topics.contract import Assigner, TopicFit
from voc_engine.topics.distinct_sentences import Sentence

HANDFUL = 5  # people; in a study of more a topic needs two of them
BELONGS = 0.5  # more likely there than not: the probability is calibrated
_BLOCK = 20_000  # sentences placed at a time; memory, no result

T = TypeVar("T")


class Placing(NamedTuple, Generic[T]):
    """``topic`` None: not assigned; ``probability`` then tells how near the nearest topic is."""

    topic: T | None
    probability: float


NOWHERE: Placing[str] = Placing(None, 0.0)


def place_sentences(
    fit: TopicFit, sentences: Sequence[Sentence], vectors: Vectors, fewest: int, least_stable: float
) -> list[Placing[int]]:
    """One placing per sentence; sentences without a content word go nowhere, with probability 0.

    Topics with fewer than ``fewest`` segments, or of one person where the study has more than HANDFUL, are dissolved
    smallest first, and their sentences go to the next topic that is near enough. So are, before, the topics whose
    stability was measured and is below ``least_stable``.
    """
    rows = [row for row, sentence in enumerate(sentences) if sentence.content]
    near = _near(fit.assigner, [sentences[row].key for row in rows], vectors)
    near[:, [topic for topic, score in enumerate(fit.stability) if score is not None and score < least_stable]] = -1.0
    people = len({segment.person_id for sentence in sentences for segment in sentence.segments})
    placed: list[Placing[int]] = [Placing(None, 0.0)] * len(sentences)
    while True:
        owner, best = near.argmax(axis=1), near.max(axis=1)
        weak = _weakest([sentences[row] for row in rows], owner, best, fewest, 2 if people > HANDFUL else 1)
        if weak is None:
            break
        near[:, weak] = -1.0
    for row, topic, probability in zip(rows, owner.tolist(), best.tolist(), strict=True):
        probability = max(0.0, float(probability))
        placed[row] = Placing(topic if probability >= BELONGS else None, round(probability, 6))
    return placed


def _near(assigner: Assigner, keys: Sequence[str], vectors: Vectors) -> npt.NDArray[np.float32]:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        blocks = [
            assigner.place(vectors.rows(keys[start : start + _BLOCK])).astype(np.float32)
            for start in range(0, len(keys), _BLOCK)
        ]
    return np.concatenate(blocks)


def _weakest(
    sentences: Sequence[Sentence], owner: npt.NDArray[np.int64], best: npt.NDArray[np.float32], fewest: int, voices: int
) -> int | None:
    """The smallest topic that breaks a rule and still has sentences; None where all hold."""
    segments: dict[int, int] = defaultdict(int)
    people: dict[int, set[str]] = defaultdict(set)
    for sentence, topic, probability in zip(sentences, owner.tolist(), best.tolist(), strict=True):
        if probability >= BELONGS:
            segments[topic] += len(sentence.segments)
            people[topic].update(segment.person_id for segment in sentence.segments)
    weak = [topic for topic in segments if segments[topic] < fewest or len(people[topic]) < voices]
    return min(weak, key=lambda topic: (segments[topic], topic), default=None)
