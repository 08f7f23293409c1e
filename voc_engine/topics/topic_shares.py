"""Two figures that tell whether a topic model did its work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from voc_engine.records import TopicAssignment


@dataclass(frozen=True, slots=True)
class TopicShares:
    """``largest``: segments of the largest topic, ``unassigned``: of none, as shares of all segments in [0, 1]."""

    largest: float
    unassigned: float


def shares(assignments: Iterable[TopicAssignment]) -> TopicShares:
    """Both are 0 where there is no segment."""
    counts = Counter(assignment.topic_id for assignment in assignments)
    total = sum(counts.values())
    if not total:
        return TopicShares(0.0, 0.0)
    unassigned = counts.pop(None, 0)
    return TopicShares(max(counts.values(), default=0) / total, unassigned / total)
