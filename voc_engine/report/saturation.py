"""Saturation: how many insights have been heard after so many people (Guest 2006; Hennink 2017, 2022)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma

from voc_engine.report.evidence import Evidence

POINTS = 60


@dataclass(frozen=True, slots=True)
class Saturation:
    """After ``people[i]`` people, ``given[i]`` insights in the order of the sources, ``mean[i]`` over all orders."""

    people: tuple[int, ...]
    given: tuple[int, ...]
    mean: tuple[float, ...]


def saturation(evidence: Evidence) -> Saturation | None:
    """The curve at up to 60 points, or None where nobody or no insight is there.

    The mean over every order of people is exact (rarefaction, Hurlbert 1971): an insight of m of n people is missed by
    k people with probability C(n - m, k) / C(n, k). So no seed is needed for the shuffled curve.
    """
    heard: dict[str, set[str]] = {}
    known = set(evidence.people)
    for document in evidence.documents.values():
        if document.person_id in known:
            heard.setdefault(document.person_id, set())
    for person in evidence.people:
        heard.setdefault(person, set())
    for key, members in evidence.members.items():
        for one in members:
            heard[one.person_id].add(key)
    total, sizes = len(heard), [len({one.person_id for one in members}) for members in evidence.members.values()]
    if not total or not any(sizes):
        return None
    points = sorted({round(total * step / min(total, POINTS)) for step in range(1, min(total, POINTS) + 1)})
    seen: set[str] = set()
    after = []
    for found in heard.values():
        seen |= found
        after.append(len(seen))
    mean = tuple(round(sum(1 - _missed(total, size, people) for size in sizes), 3) for people in points)
    return Saturation(tuple(points), tuple(after[people - 1] for people in points), mean)


def _missed(total: int, size: int, drawn: int) -> float:
    if size + drawn > total:
        return 0.0
    parts = lgamma(total - size + 1) - lgamma(total - size - drawn + 1) + lgamma(total - drawn + 1) - lgamma(total + 1)
    return exp(parts)
