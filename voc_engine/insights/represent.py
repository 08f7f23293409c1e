"""Who speaks for an insight: the medoid quote, a divergent one of another person, and the statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voc_engine.insights.canonical_statement import best_wording, tidied
from voc_engine.insights.claims import Claims, Ints
from voc_engine.insights.units import Unit
from voc_engine.records import QUOTABLE, Mention


@dataclass(frozen=True)
class Speakers:
    """``lender`` is the mention that lends the statement its words; without one nobody may be quoted, and there is none."""

    medoid: Mention
    divergent: Mention | None
    statement: str = ""
    lender: Mention | None = None


def speakers(mentions: Sequence[Mention], units: Sequence[Unit], claims: Claims | None, farthest: float) -> Speakers:
    """``mentions``: those of the units, in the order of ``unit.rows``; ``claims``: row i is that of ``units[i]``, None
    where there is only one. ``farthest``: what lies farther from the medoid no longer reads as the same claim.

    People who may not be quoted stand for an insight only where nobody else does, and lend it no words; mentions that a
    person should check speak only where nobody else does; a quote that somebody pinned comes first.
    """
    unit_of = [number for number, unit in enumerate(units) for _ in unit.rows]
    weights = np.array([len(unit.rows) for unit in units], dtype=np.int64)
    nearness = np.ones(1) if claims is None else 1 - claims.apart(claims.mean(weights))[:, 0]
    ranked = sorted(
        _fittest(mentions),
        key=lambda r: (
            not mentions[r].pinned, -nearness[unit_of[r]], len(mentions[r].quote), mentions[r].mention_id,
        ),
    )  # fmt: skip
    medoid = mentions[ranked[0]]
    if medoid.quotable == "none":
        return Speakers(medoid, None)
    divergent = None
    if claims is not None:
        first: Ints = np.array([unit_of[ranked[0]]], dtype=np.int64)
        away = claims.apart(claims.at(first))[:, 0]
        divergent = _divergent(mentions, ranked, [float(away[unit_of[r]]) for r in ranked], farthest)
    statement, lender = best_wording([(mentions[r], float(nearness[unit_of[r]])) for r in ranked])
    return Speakers(medoid, divergent, statement, lender)


def _fittest(mentions: Sequence[Mention]) -> Sequence[int]:
    """Row numbers of those who may speak: quotable to most, and not in doubt."""
    consent = [QUOTABLE.index(m.quotable) for m in mentions]
    widest = max(consent)
    able = [row for row, own in enumerate(consent) if own == widest]
    return [row for row in able if not mentions[row].review] or able


def _divergent(
    mentions: Sequence[Mention], ranked: Sequence[int], away: Sequence[float], farthest: float
) -> Mention | None:
    """The farthest from the medoid that still says the same, in other words and from another person."""
    medoid = mentions[ranked[0]]
    words = tidied(medoid.quote).rstrip(" .!?").lower()
    best: tuple[float, int] | None = None
    for place, row in enumerate(ranked):
        other = mentions[row]
        if other.person_id == medoid.person_id or away[place] > farthest or (best and away[place] <= best[0]):
            continue
        if tidied(other.quote).rstrip(" .!?").lower() != words:
            best = away[place], row
    return None if best is None else mentions[best[1]]
