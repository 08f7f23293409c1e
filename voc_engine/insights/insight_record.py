"""One cluster of mentions as an Insight: its words, its people and its weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voc_engine.insights.canonical_statement import unquoted
from voc_engine.insights.claim_terms import says_what
from voc_engine.insights.claims import Claims
from voc_engine.insights.counting import Study, rating_impact, recency, shrunk_share
from voc_engine.insights.represent import speakers
from voc_engine.insights.timing import trend
from voc_engine.insights.units import Unit
from voc_engine.insights.weighing import WITH_SEVERITY, severity, urgency
from voc_engine.records import Insight, Mention, stable_hash
from voc_engine.statistics import wilson

LEAST_WEIGHT = 0.5
LEAST_SAID = 0.25  # what weighs "Ridiculous!" against the same said of something
REACH_POWER = 2 / 3


@dataclass(frozen=True)
class Context:
    """What every insight of a study is described against. ``topics``: segment id -> topic id, ``labels``: topic id ->
    label. ``farthest``: distance from the medoid within which a quote still says the same."""

    mentions: Sequence[Mention]
    study: Study
    topics: Mapping[str, str]
    labels: Mapping[str, str]
    half_life_days: float
    farthest: float


@dataclass(frozen=True)
class Described:
    """An insight whose priority is still missing, the ids of its mentions, and what its priority is made of."""

    insight: Insight
    mention_ids: tuple[str, ...]
    reach: float
    weight: float


def describe(context: Context, units: Sequence[Unit], claims: Claims | None) -> Described:
    """The insight of one cluster, still without priority and suggested merges.

    ``claims``: row i is the claim of ``units[i]``; None for a single one. The id is a hash of the founding claim (kind,
    polarity and wording of the earliest mention, the alphabetically first where dates do not tell): data that comes
    later joins an insight without renaming it, and neither file names nor other mentions have a part in it.
    """
    mentions = [context.mentions[row] for unit in units for row in unit.rows]
    study = context.study
    people = {m.person_id for m in mentions}
    total = max(study.people, len(people))
    low, high = wilson(len(people), total)
    score = _person_mean([(m.person_id, m.severity_score) for m in mentions])
    dated = [(m.person_id, study.day_of[m.mention_id]) for m in mentions if m.mention_id in study.day_of]
    weight = _weight(mentions, score) * recency(study, mentions, context.half_life_days)
    voice, topic = speakers(mentions, units, claims, context.farthest), _topic(context, mentions)
    over_time = trend(study, dated)
    band, reasons = severity(mentions)
    urgent, urgent_reasons = urgency(study, mentions, band, over_time.word)
    impact, impact_low, impact_high = rating_impact(study, people)
    seen = sorted(m.created_at for m in mentions if m.created_at)
    insight = Insight(
        insight_id=_identity(context, units),
        kind=mentions[0].kind,
        statement=voice.statement or unquoted(mentions[0].kind, context.labels.get(topic or "")),
        n_people=len(people),
        n_mentions=len(mentions),
        share_low=low,
        share_high=high,
        sentiment_score=round(_person_mean([(m.person_id, m.sentiment_score) for m in mentions]), 6),
        severity=band,
        priority=0.0,
        trend=over_time.word,
        topic_id=topic,
        share=round(len(people) / total, 6),
        n_documents=len({m.document_id for m in mentions}),
        severity_score=round(score, 6),
        priority_low=0.0,
        priority_high=0.0,
        medoid_mention_id=voice.medoid.mention_id,
        divergent_mention_id=voice.divergent.mention_id if voice.divergent else None,
        thing=_most_said([(m.person_id, m.own_thing) for m in mentions if m.quotable != "none"]),
        what=_most_said([(m.person_id, m.what) for m in mentions]),
        first_seen=seen[0] if seen else None,
        last_seen=seen[-1] if seen else None,
        severity_reasons=reasons,
        impact_on_rating=impact,
        impact_low=impact_low,
        impact_high=impact_high,
        urgency=urgent,
        urgency_reasons=urgent_reasons,
        trend_low=over_time.low,
        trend_high=over_time.high,
        periods=over_time.periods,
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


def _weight(mentions: Sequence[Mention], score: float) -> float:
    score = score if mentions[0].kind in WITH_SEVERITY else 0.0
    said = _person_mean([(m.person_id, float(says_what(m))) for m in mentions])
    return (LEAST_WEIGHT + (1 - LEAST_WEIGHT) * min(1.0, max(0.0, score))) * (LEAST_SAID + (1 - LEAST_SAID) * said)


def _person_mean(values: Sequence[tuple[str, float]]) -> float:
    """Mean over people of the mean over a person's mentions: one loud person is one voice."""
    by_person: dict[str, list[float]] = {}
    for person, value in values:
        by_person.setdefault(person, []).append(value)
    return sum(sum(own) / len(own) for _, own in sorted(by_person.items())) / len(by_person)


def _identity(context: Context, units: Sequence[Unit]) -> str:
    def founded(unit: Unit) -> tuple[int, str]:
        days = [context.study.day_of.get(context.mentions[row].mention_id) for row in unit.rows]
        return min((day for day in days if day is not None), default=2**31), unit.wording

    founder = min(units, key=founded)
    return f"i-{stable_hash(*(str(part) for part in founder.block), founder.wording)}"


def _most_said(told: Sequence[tuple[str, str | None]]) -> str | None:
    """What most people say, each person once a value; the first in the alphabet where two are as common."""
    voices = {(value.lower(), person) for person, value in told if value}
    counts = Counter(value for value, _ in voices)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _topic(context: Context, mentions: Sequence[Mention]) -> str | None:
    voices = {(context.topics[m.segment_id], m.person_id) for m in mentions if m.segment_id in context.topics}
    counts = Counter(topic for topic, _ in voices)
    return min(counts, key=lambda topic: (-counts[topic], topic), default=None)
