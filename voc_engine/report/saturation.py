"""Saturation: how many findings of several people, or topics, so many people tell (Guest 2006; Hennink 2017, 2022)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, lgamma

from voc_engine.report.evidence import Evidence

POINTS = 60  # a choice: more than a curve of 640 pixels shows


@dataclass(frozen=True, slots=True)
class Saturation:
    """After ``people[i]`` people, ``given[i]`` things (findings or topics) in the order of the sources, ``mean[i]`` over
    all orders."""

    people: tuple[int, ...]
    given: tuple[int, ...]
    mean: tuple[float, ...]


def saturation(evidence: Evidence) -> Saturation | None:
    """The curve of findings of two people and more at up to 60 points, or None where there is none: single voices are as
    many as people and never run out.

    The mean over every order of people is exact (rarefaction, Hurlbert 1971): an insight of m of n people is missed by
    k people with probability C(n - m, k) / C(n, k). So no seed is needed for the shuffled curve.
    """
    groups = [{one.person_id for one in several} for several in evidence.members.values()]
    return _curve(_order(evidence), [people for people in groups if len(people) > 1])


def topic_saturation(evidence: Evidence) -> Saturation | None:
    """The same on the coarser level of topics; None where there are none."""
    spoken: dict[str, set[str]] = {key: set() for key in evidence.topics}
    for segment in evidence.evidence_segments:
        if segment.segment_id in evidence.topic_of:
            spoken[evidence.topic_of[segment.segment_id]].add(segment.person_id)
    return _curve(_order(evidence), list(spoken.values()))


def _order(evidence: Evidence) -> list[str]:
    """People in the order of the sources; who only speaks in others' documents comes last."""
    people = set(evidence.people)
    inside = (one.person_id for one in evidence.documents.values() if one.person_id in people)
    return list(dict.fromkeys([*inside, *evidence.people]))


def _curve(order: Sequence[str], groups: Sequence[set[str]]) -> Saturation | None:
    """``groups``: the people of each thing that is counted."""
    number_of = {person: number for number, person in enumerate(order)}
    firsts = Counter(min(number_of[one] for one in people) for people in groups if people)
    sizes = [len(people) for people in groups]
    total = len(order)
    if not total or not firsts:
        return None
    points = sorted({round(total * step / min(total, POINTS)) for step in range(1, min(total, POINTS) + 1)})
    after = list(accumulate(firsts[number] for number in range(total)))
    mean = tuple(round(sum(1 - _missed(total, size, people) for size in sizes), 3) for people in points)
    return Saturation(tuple(points), tuple(after[people - 1] for people in points), mean)


def _missed(total: int, size: int, drawn: int) -> float:
    if size + drawn > total:
        return 0.0
    parts = lgamma(total - size + 1) - lgamma(total - size - drawn + 1) + lgamma(total - drawn + 1) - lgamma(total + 1)
    return exp(parts)
