"""Merging: units of one kind into clusters, never opposites, and what to suggest to the reviewer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from voc_engine.insights.claims import Claims, Floats, Ints, centred
from voc_engine.insights.cluster import average_link, cells
from voc_engine.insights.opposites import Leanings, leanings
from voc_engine.insights.terms import HANDLE, addressees, term_rows
from voc_engine.insights.units import Unit
from voc_engine.records import Mention

MOST_SUGGESTED = 3
LEAST_ADDRESSED = 20


@dataclass(frozen=True)
class Merged:
    """``clusters``: per insight the numbers of its units; ``claims``: row i is the claim of ``clusters[c][i]``.
    ``suggested``: per insight the numbers of insights that a reviewer may want to merge with it, nearest first.
    """

    clusters: list[Ints]
    claims: list[Claims]
    suggested: list[tuple[int, ...]]


def merge(
    mentions: Sequence[Mention], texts: Sequence[str], units: Sequence[Unit], matrix: Floats, distance: float,
    suggest_distance: float,
) -> Merged:  # fmt: skip
    """Cluster units (sorted by kind) within their kind.

    ``matrix``: unit vectors (units, dimensions). ``texts``: per unit the sentence it stands in, for its addressee.
    """
    merged = Merged([], [], [])
    for _, group in groupby(range(len(units)), key=lambda row: units[row].block[0]):
        rows = np.array(list(group), dtype=np.int64)
        _merge_kind(merged, mentions, [texts[row] for row in rows], [units[row] for row in rows], matrix[rows], rows,
                    (distance, suggest_distance))  # fmt: skip
    return merged


def _merge_kind(
    merged: Merged, mentions: Sequence[Mention], texts: Sequence[str], units: Sequence[Unit], matrix: Floats,
    rows: Ints, distances: tuple[float, float],
) -> None:  # fmt: skip
    handles = addressees(texts)
    dense, base = centred(matrix, _addressed(texts, handles))
    leaning = leanings(units)
    claims = Claims(dense, term_rows(mentions, units, handles), leaning.felt, base)
    same_text = _numbers([unit.text_keys[0] if len(unit.text_keys) == 1 else None for unit in units])
    labels = average_link(claims, leaning, same_text, distances[0])
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(int(labels.max()) + 2))
    first = len(merged.clusters)
    for label in range(len(starts) - 1):
        members = order[starts[label] : starts[label + 1]]
        merged.clusters.append(rows[members])
        merged.claims.append(claims.at(members))
    near = suggest(claims, leaning, labels, distances[1])
    merged.suggested.extend(tuple(first + other for other in others) for others in near)


def _addressed(texts: Sequence[str], handles: dict[str, int]) -> list[Ints]:
    """Rows by the first handle in their sentence, for handles that many write to."""
    found: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        handle = HANDLE.search(text)
        if handle and handles[handle[1].lower()] >= LEAST_ADDRESSED:
            found.setdefault(handle[1].lower(), []).append(row)
    return [np.array(found[name], dtype=np.int64) for name in sorted(found)]


def suggest(claims: Claims, leaning: Leanings, labels: Ints, distance: float) -> list[tuple[int, ...]]:
    """Per cluster at most three others within the distance, nearest first; never an opposite."""
    means = claims.means(labels)
    founders = leaning.at(np.unique(labels, return_index=True)[1].astype(np.int64))
    found: list[list[tuple[float, int]]] = [[] for _ in range(len(means))]
    for rows in cells(means.dense):
        part = means.at(rows)
        apart = part.apart(part)
        some = founders.at(rows)
        apart[some.opposed(some)] = 2.0
        np.fill_diagonal(apart, 2.0)
        for one, other in zip(*np.nonzero(apart <= distance), strict=True):
            found[int(rows[one])].append((float(apart[one, other]), int(rows[other])))
    return [tuple(other for _, other in sorted(near)[:MOST_SUGGESTED]) for near in found]


def _numbers(names: Sequence[str | None]) -> Ints:
    known: dict[str, int] = {}
    numbers = [-1 if name is None else known.setdefault(name, len(known)) for name in names]
    return np.array(numbers, dtype=np.int64)
