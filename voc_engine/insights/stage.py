"""Insights: Mention and vectors in, Insight and InsightMember out.

Within a kind, average-link clustering on what claims mean and on the content words that they share; opposites never
share an insight, and wider pairs are suggestions to the reviewer. People are counted, never mentions.
"""

from __future__ import annotations

from dataclasses import replace

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.counting import labels_of, look_over, topics_of
from voc_engine.insights.insight_record import Context, Described, describe, prioritised
from voc_engine.insights.lazy_claims import unit_rows
from voc_engine.insights.merge import merge
from voc_engine.insights.units import make_units
from voc_engine.records import Batch, Insight, InsightMember, Mention, Segment


def run(batch: Batch, options: InsightsConfig) -> Batch:
    """Merge mentions into insights, by priority and then by id.

    Reads Mention, Document, Segment, Topic, TopicAssignment and ``batch.vectors``. Every mention whose holder is the person
    itself goes into exactly one insight; what a person reports of others goes into none. Raises StageError when a
    mention's segment has no vector.
    """
    mentions = sorted((m for m in batch.of(Mention) if m.holder == "self"), key=lambda m: m.mention_id)
    if not mentions:
        return Batch.make((Insight, []), (InsightMember, []))
    from threadpoolctl import threadpool_limits

    # One thread: sums are then added up in the same order on every number of processors.
    with threadpool_limits(1, user_api="blas"):
        found = _described(batch, mentions, options)
    insights = prioritised([one for one, _ in found])
    ids = [insight.insight_id for insight in insights]
    insights = [
        replace(insight, suggested_merges=tuple(ids[other] for other in others)) if others else insight
        for insight, (_, others) in zip(insights, found, strict=True)
    ]
    members = [InsightMember(mention_id, one.insight.insight_id) for one, _ in found for mention_id in one.mention_ids]
    insights.sort(key=lambda insight: (-insight.priority, insight.insight_id))
    members.sort(key=lambda member: member.mention_id)
    return Batch.make((Insight, insights), (InsightMember, members))


def _described(
    batch: Batch, mentions: list[Mention], options: InsightsConfig
) -> list[tuple[Described, tuple[int, ...]]]:
    """Every insight with the numbers of those that may be merged with it."""
    units = make_units(mentions)
    rows = unit_rows(units, batch.vectors)
    first = {mentions[unit.rows[0]].segment_id for unit in units}
    said = {segment.segment_id: segment.text for segment in batch.of(Segment) if segment.segment_id in first}
    texts = [said.get(mentions[unit.rows[0]].segment_id, unit.wording) for unit in units]
    del first, said
    topics = topics_of(batch, mentions)
    study = look_over(batch, mentions)
    context = Context(mentions, study, topics, labels_of(batch), options.half_life_days, options.merge_distance)
    found: list[tuple[Described, tuple[int, ...]]] = []
    for merged in merge(mentions, texts, units, rows, options.merge_distance, options.suggest_distance):
        before = len(found)
        for number, own in enumerate(merged.clusters):
            claims = merged.claims(number) if len(own) > 1 else None
            one = describe(context, [merged.units[row] for row in own], claims)
            found.append((one, tuple(before + other for other in merged.suggested[number])))
    return found
