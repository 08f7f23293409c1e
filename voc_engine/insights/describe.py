"""One cluster of mentions as an Insight: its words, its people and its weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from voc_engine.insights.cluster import Floats
from voc_engine.insights.counting import Study, rating_impact, recency, trend, wilson
from voc_engine.insights.units import Unit
from voc_engine.records import Insight, Mention, stable_hash

RANKS = {"low": 0, "medium": 1, "high": 2}
BANDS = ("low", "medium", "high")
# A goal or a delight has no severity of its own and still must be ordered by reach and recency.
LEAST_WEIGHT = 0.2
REASONS = 5


@dataclass(frozen=True)
class Context:
    """What every insight of a study is described against. ``topics``: segment id -> topic id."""

    mentions: Sequence[Mention]
    study: Study
    topics: Mapping[str, str]
    half_life_days: float


def describe(context: Context, units: Sequence[Unit], matrix: Floats) -> tuple[Insight, list[str]]:
    """The insight of one cluster (suggested merges still empty) and the ids of its mentions.

    ``matrix``: the units' vectors (units, dimensions). The id is a hash of the founding claim (kind, polarity and
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
    latest: dict[str, int | None] = {}
    for m, day in dated:
        known = latest.get(m.person_id)
        latest[m.person_id] = day if known is None else max(known, day or known)
    weight = _weight(severity) * recency(study, latest, context.half_life_days)
    medoid, divergent, chosen = _represent(mentions, unit_of, matrix)
    seen = sorted(m.created_at for m in mentions if m.created_at)
    insight = Insight(
        insight_id=_identity(context, units),
        kind=mentions[0].kind,
        statement=chosen.statement or chosen.quote,
        n_people=len(people),
        n_mentions=len(mentions),
        share_low=low,
        share_high=high,
        sentiment_score=round(_person_mean({m.mention_id: m.sentiment_score for m in mentions}, mentions), 6),
        severity=BANDS[int(band + 0.5)],
        priority=round(share * weight, 6),
        trend=trend(study, [(m.person_id, day) for m, day in dated if day is not None]),
        topic_id=_topic(context, mentions),
        share=round(share, 6),
        n_documents=len({m.document_id for m in mentions}),
        severity_score=round(severity, 6),
        priority_low=round(low * weight, 6),
        priority_high=round(high * weight, 6),
        medoid_mention_id=medoid.mention_id,
        divergent_mention_id=divergent.mention_id if divergent else None,
        action=chosen.action,
        object=chosen.object,
        first_seen=seen[0] if seen else None,
        last_seen=seen[-1] if seen else None,
        severity_reasons=_leading_reasons(mentions),
        impact_on_rating=rating_impact(study, people),
    )
    return insight, [m.mention_id for m in mentions]


def _weight(severity: float) -> float:
    return LEAST_WEIGHT + (1 - LEAST_WEIGHT) * min(1.0, max(0.0, severity))


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
    mentions: Sequence[Mention], unit_of: Sequence[int], matrix: Floats
) -> tuple[Mention, Mention | None, Mention]:
    """The medoid, the member of another person farthest from it, and the mention that lends its statement.

    The statement is that of the best-formed of the five nearest to the middle: with its slots filled, of three to
    nine words, then the nearest.
    """
    sizes = np.bincount(unit_of, minlength=len(matrix))
    middle = (sizes @ matrix) / sizes.sum()
    nearness = np.round(matrix @ middle, 5)
    ranked = sorted(
        range(len(mentions)), key=lambda r: (-nearness[unit_of[r]], len(mentions[r].quote), mentions[r].mention_id)
    )
    medoid = mentions[ranked[0]]
    from_medoid = np.round(matrix @ matrix[unit_of[ranked[0]]], 5)
    others = [r for r in ranked if mentions[r].person_id != medoid.person_id and mentions[r].quote != medoid.quote]
    farthest = min(others, key=lambda r: (from_medoid[unit_of[r]], mentions[r].mention_id), default=None)
    near: dict[int, int] = {}
    for r in ranked:
        if len(near) < 5 and unit_of[r] not in near:
            near[unit_of[r]] = r
    chosen = min(near.values(), key=lambda r: (_form(mentions[r]), -nearness[unit_of[r]], ranked.index(r)))
    return medoid, None if farthest is None else mentions[farthest], mentions[chosen]


def _form(mention: Mention) -> tuple[int, int]:
    """Lower is better formed."""
    length = len((mention.statement or mention.quote).split())
    filled = sum(slot is not None for slot in (mention.pattern, mention.action, mention.object))
    return (0 if 3 <= length <= 9 else 1 if length <= 14 else 2), (0 if filled >= 2 else 1)
