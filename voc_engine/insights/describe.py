"""One cluster of mentions as an Insight: its words, its people and its weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from voc_engine.insights.claims import Claims, Ints
from voc_engine.insights.counting import Study, rating_impact, recency, shrunk_share, trend, wilson
from voc_engine.insights.terms import says_what
from voc_engine.insights.units import Unit
from voc_engine.insights.wording import best_wording
from voc_engine.records import Insight, Mention, stable_hash

RANKS = {"low": 0, "medium": 1, "high": 2}
BANDS = ("low", "medium", "high")
# Goals, requests, delights and triggers are ordered by reach and recency alone.
WITH_SEVERITY = ("pain_point", "objection")
LEAST_WEIGHT = 0.5
LEAST_SAID = 0.25  # what weighs "Ridiculous!" against the same said of something
REACH_POWER = 2 / 3
REASONS = 5


@dataclass(frozen=True)
class Context:
    """What every insight of a study is described against. ``topics``: segment id -> topic id."""

    mentions: Sequence[Mention]
    study: Study
    topics: Mapping[str, str]
    half_life_days: float


@dataclass(frozen=True)
class Described:
    """An insight whose priority is still missing, the ids of its mentions, and what its priority is made of."""

    insight: Insight
    mention_ids: tuple[str, ...]
    reach: float
    weight: float


def describe(context: Context, units: Sequence[Unit], claims: Claims) -> Described:
    """The insight of one cluster, still without priority and suggested merges.

    ``claims``: row i is the claim of ``units[i]``. The id is a hash of the founding claim (kind, polarity and
    wording of the earliest mention, the alphabetically first where dates do not tell): data that comes later joins
    an insight without renaming it, and neither file names nor other mentions have a part in it.
    """
    mentions = [context.mentions[row] for unit in units for row in unit.rows]
    unit_of = [number for number, unit in enumerate(units) for _ in unit.rows]
    people = {m.person_id for m in mentions}
    study = context.study
    total = max(study.people, len(people))
    share, (low, high) = len(people) / total, wilson(len(people), total)
    severity = _person_mean({m.mention_id: m.severity_score for m in mentions}, mentions)
    band = _person_mean({m.mention_id: float(RANKS[m.severity]) for m in mentions}, mentions)
    dated = [(m, study.day_of.get(m.mention_id)) for m in mentions]
    weight = _weight(mentions, severity) * recency(study, mentions, context.half_life_days)
    medoid, divergent, wording, chosen = _represent(mentions, unit_of, claims)
    seen = sorted(m.created_at for m in mentions if m.created_at)
    insight = Insight(
        insight_id=_identity(context, units),
        kind=mentions[0].kind,
        statement=wording,
        n_people=len(people),
        n_mentions=len(mentions),
        share_low=low,
        share_high=high,
        sentiment_score=round(_person_mean({m.mention_id: m.sentiment_score for m in mentions}, mentions), 6),
        severity=BANDS[int(band + 0.5)],
        priority=0.0,
        trend=trend(study, [(m.person_id, day) for m, day in dated if day is not None]),
        topic_id=_topic(context, mentions),
        share=round(share, 6),
        n_documents=len({m.document_id for m in mentions}),
        severity_score=round(severity, 6),
        priority_low=0.0,
        priority_high=0.0,
        medoid_mention_id=medoid.mention_id,
        divergent_mention_id=divergent.mention_id if divergent else None,
        action=chosen.action,
        object=chosen.object,
        first_seen=seen[0] if seen else None,
        last_seen=seen[-1] if seen else None,
        severity_reasons=_leading_reasons(mentions),
        impact_on_rating=rating_impact(study, people),
    )
    return Described(insight, tuple(m.mention_id for m in mentions), shrunk_share(len(people), total), weight)


def prioritised(described: Sequence[Described]) -> list[Insight]:
    """The insights with their priorities: reach x severity x recency, each in [0, 1].

    Reach is the share of people (few voices shrunk) over the largest in the study, to the power 2/3: the most widely
    held insight has 1, one that an eighth as many hold a quarter. Severity weighs 0.5 to 1 for pain points and
    objections, 0.5 for the other kinds, so that one voice alone never outranks two by severity. Verdicts that name
    nothing ("Ridiculous!") weigh a quarter. The interval is that of the share. So 1.0 is for what most people hold,
    what blocks their work and what was said last.
    """
    top = max((one.reach for one in described), default=1.0)

    def scaled(share: float, weight: float) -> float:
        return round(min(1.0, float((share / top) ** REACH_POWER)) * weight, 6)

    return [
        replace(
            one.insight,
            priority=scaled(one.reach, one.weight),
            priority_low=scaled(one.insight.share_low, one.weight),
            priority_high=scaled(one.insight.share_high, one.weight),
        )
        for one in described
    ]


def _weight(mentions: Sequence[Mention], severity: float) -> float:
    severity = severity if mentions[0].kind in WITH_SEVERITY else 0.0
    said = _person_mean({m.mention_id: float(says_what(m)) for m in mentions}, mentions)
    return (LEAST_WEIGHT + (1 - LEAST_WEIGHT) * min(1.0, max(0.0, severity))) * (LEAST_SAID + (1 - LEAST_SAID) * said)


def _person_mean(value_of: Mapping[str, float], mentions: Sequence[Mention]) -> float:
    """Mean over people of the mean over a person's mentions: one loud person is one voice."""
    by_person: dict[str, list[float]] = {}
    for m in mentions:
        by_person.setdefault(m.person_id, []).append(value_of[m.mention_id])
    return sum(sum(values) / len(values) for _, values in sorted(by_person.items())) / len(by_person)


def _identity(context: Context, units: Sequence[Unit]) -> str:
    def founded(unit: Unit) -> tuple[int, str]:
        days = [context.study.day_of.get(context.mentions[row].mention_id) for row in unit.rows]
        return min((day for day in days if day is not None), default=2**31), unit.wording

    founder = min(units, key=founded)
    return f"i-{stable_hash(*(str(part) for part in founder.block), founder.wording)}"


def _topic(context: Context, mentions: Sequence[Mention]) -> str | None:
    voices = {(context.topics[m.segment_id], m.person_id) for m in mentions if m.segment_id in context.topics}
    counts = Counter(topic for topic, _ in voices)
    return min(counts, key=lambda topic: (-counts[topic], topic), default=None)


def _leading_reasons(mentions: Sequence[Mention]) -> tuple[str, ...]:
    voices = {(reason, m.person_id) for m in mentions for reason in m.severity_reasons}
    counts = Counter(reason for reason, _ in voices)
    return tuple(sorted(counts, key=lambda reason: (-counts[reason], reason))[:REASONS])


def _represent(
    mentions: Sequence[Mention], unit_of: Sequence[int], claims: Claims
) -> tuple[Mention, Mention | None, str, Mention]:
    """The medoid, the member of another person farthest from it, the statement and the mention that lends it.

    A mention that a person should check speaks for others only where all are such.
    """
    spread = claims.at(np.array(unit_of, dtype=np.int64))  # what many say in the same words weighs as much
    nearness = 1 - claims.apart(spread.means(np.zeros(len(spread), dtype=np.int64)))[:, 0]
    free = [row for row, mention in enumerate(mentions) if mention.quotable != "none"] or range(len(mentions))
    sure = [row for row in free if not mentions[row].review] or free
    ranked = sorted(sure, key=lambda r: (-nearness[unit_of[r]], len(mentions[r].quote), mentions[r].mention_id))
    medoid = mentions[ranked[0]]
    first: Ints = np.array([unit_of[ranked[0]]], dtype=np.int64)
    from_medoid = claims.apart(claims.at(first))[:, 0]
    others = [r for r in ranked if mentions[r].person_id != medoid.person_id and mentions[r].quote != medoid.quote]
    farthest = max(others, key=lambda r: (from_medoid[unit_of[r]], -ranked.index(r)), default=None)
    wording, chosen = best_wording([(mentions[r], float(nearness[unit_of[r]])) for r in ranked])
    return medoid, None if farthest is None else mentions[farthest], wording, chosen
