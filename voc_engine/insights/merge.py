"""Merging: units of one kind into clusters, never opposites, and what to suggest to the reviewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from voc_engine.insights.claim_terms import HANDLE, addressees, term_rows
from voc_engine.insights.claims import Claims, Ints
from voc_engine.insights.lazy_claims import LazyClaims, Rows, lazy_claims
from voc_engine.insights.opposites import leanings
from voc_engine.insights.sampled import grouped
from voc_engine.insights.suggest import suggest
from voc_engine.insights.units import Unit
from voc_engine.records import Mention

LEAST_ADDRESSED = 20


@dataclass(frozen=True)
class Merged:
    """Insights of one kind. ``units`` are its units, ``clusters`` per insight rows of them and of ``kind_claims``.
    ``suggested``: per insight the numbers of insights that a reviewer may want to merge with it, nearest first.
    """

    units: Sequence[Unit]
    kind_claims: LazyClaims
    clusters: list[Ints]
    suggested: list[tuple[int, ...]]

    def claims(self, cluster: int) -> Claims:
        """The claims of one insight, row i that of ``clusters[cluster][i]``."""
        return self.kind_claims.at(self.clusters[cluster])


def merge(
    mentions: Sequence[Mention], texts: Sequence[str], units: Sequence[Unit], rows: Rows, distance: float,
    suggest_distance: float,
) -> Iterator[Merged]:  # fmt: skip
    """Cluster units (sorted by kind) within their kind, one kind after another.

    ``rows``: where the vectors of the units lie. ``texts``: per unit the sentence it stands in, for its addressee.
    """
    for _, group in groupby(range(len(units)), key=lambda row: units[row].block[0]):
        own = np.array(list(group), dtype=np.int64)
        yield _merge_kind(mentions, [texts[row] for row in own], [units[row] for row in own], rows.part(own),
                          (distance, suggest_distance))  # fmt: skip


def _merge_kind(
    mentions: Sequence[Mention], texts: Sequence[str], units: Sequence[Unit], rows: Rows,
    distances: tuple[float, float],
) -> Merged:  # fmt: skip
    handles = addressees(texts)
    leaning = leanings(units)
    claims = lazy_claims(rows, term_rows(mentions, units, handles), leaning.felt, _addressed(texts, handles))
    same_text = _numbers([unit.text_keys[0] if len(unit.text_keys) == 1 else None for unit in units])
    labels = grouped(claims, leaning, units, same_text, distances[0])
    order = np.argsort(labels, kind="stable")
    clusters = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return Merged(units, claims, clusters, suggest(claims, leaning, labels, distances[1]))


def _addressed(texts: Sequence[str], handles: dict[str, int]) -> list[Ints]:
    """Rows by the first handle in their sentence, for handles that many write to."""
    found: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        handle = HANDLE.search(text)
        if handle and handles[handle[1].lower()] >= LEAST_ADDRESSED:
            found.setdefault(handle[1].lower(), []).append(row)
    return [np.array(found[name], dtype=np.int64) for name in sorted(found)]


def _numbers(names: Sequence[str | None]) -> Ints:
    known: dict[str, int] = {}
    numbers = [-1 if name is None else known.setdefault(name, len(known)) for name in names]
    return np.array(numbers, dtype=np.int64)
