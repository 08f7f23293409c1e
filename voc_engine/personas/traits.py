"""Traits of a group: which insights its people hold, how many, and which set it apart from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from voc_engine.personas.people import Crowd, Person
from voc_engine.records import Insight, Mention

MOST_TRAITS = 8
MOST_QUOTES = 5
CLEARLY = 1.64  # z of the log-odds: over-represented beyond a one-sided 5%
UNMET = ("goal", "request", "pain_point", "objection")


@dataclass(frozen=True)
class Holding:
    """``counts``: insight id -> people of the group who hold it."""

    members: Sequence[Person]
    counts: Mapping[str, int]

    def ranked(self, crowd: Crowd, kind: str) -> tuple[str, ...]:
        """Insights of one kind by people inside the group, ties by priority. One person's word is no group's trait."""
        least = 1 if len(self.members) < 3 else 2
        held = [crowd.insights[i] for i, count in self.counts.items() if count >= least and i in crowd.insights]
        held = [insight for insight in held if insight.kind == kind]
        held.sort(key=lambda insight: (-self.counts[insight.insight_id], -insight.priority, insight.insight_id))
        return tuple(insight.insight_id for insight in held[:MOST_TRAITS])

    def unmet(self, crowd: Crowd) -> int:
        """Reach times unmet goals: pairs of a person and a goal, request, pain or objection that the person holds."""
        return sum(count for i, count in self.counts.items() if i in crowd.insights and crowd.insights[i].kind in UNMET)


def holding(members: Sequence[Person]) -> Holding:
    """Count people, not mentions, per insight."""
    counts: dict[str, int] = {}
    for person in members:
        for insight_id in person.insights:
            counts[insight_id] = counts.get(insight_id, 0) + 1
    return Holding(members, counts)


def distinctive(
    inside: Mapping[str, int], outside: Mapping[str, int], insights: Mapping[str, Insight]
) -> tuple[str, ...]:
    """Insights over-represented in a group: log-odds with an informative Dirichlet prior (Monroe et al. 2008).

    ``inside`` and ``outside`` count people by insight; the prior is the count over both. Sorted by z, strongest first.
    """
    total_in, total_out = sum(inside.values()), sum(outside.values())
    if not total_in or not total_out:
        return ()
    prior = 1.0 / sqrt(total_in + total_out)  # keeps the prior's weight below that of the data
    scored = []
    for insight_id in sorted(inside):
        here, there = inside[insight_id], outside.get(insight_id, 0)
        alpha = prior * (here + there)
        all_alpha = prior * (total_in + total_out)
        odds = log((here + alpha) / (total_in + all_alpha - here - alpha))
        odds -= log((there + alpha) / (total_out + all_alpha - there - alpha))
        z = odds / sqrt(1 / (here + alpha) + 1 / (there + alpha))
        if z >= CLEARLY and here >= 2 and insight_id in insights:
            scored.append((-round(z, 6), insight_id))
    return tuple(insight_id for _, insight_id in sorted(scored)[:MOST_TRAITS])


def quotes(members: Sequence[Person], crowd: Crowd, traits: Sequence[str]) -> tuple[str, ...]:
    """Mention ids for the leading traits, each of another person: the medoid where it is theirs, else a readable one."""
    used: set[str] = set()
    chosen: list[str] = []
    for insight_id in traits:
        medoid = crowd.insights[insight_id].medoid_mention_id
        said = [m for p in members if p.person_id not in used for m in p.insights.get(insight_id, ())]
        if said and len(chosen) < MOST_QUOTES:
            best = min(said, key=lambda m: (m.mention_id != medoid, _unreadable(m), m.mention_id))
            used.add(best.person_id)
            chosen.append(best.mention_id)
    return tuple(chosen)


def _unreadable(mention: Mention) -> tuple[int, int]:
    length = len(mention.quote.split())
    return int(not 4 <= length <= 30), abs(length - 14)
