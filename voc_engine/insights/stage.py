"""Insights: Mention and vectors in, Insight and InsightMember out.

Within a kind, average-link clustering on what claims mean and on the content words that they share; opposites never
share an insight, and wider pairs are suggestions to the reviewer. People are counted, never mentions.
"""

from __future__ import annotations

from dataclasses import replace

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.counting import look_over
from voc_engine.insights.describe import Context, describe, prioritised
from voc_engine.insights.merge import merge
from voc_engine.insights.units import make_units, unit_matrix
from voc_engine.records import Batch, Insight, InsightMember, Mention, Segment, TopicAssignment


def run(batch: Batch, options: InsightsConfig) -> Batch:
    """Merge mentions into insights, by priority and then by id.

    Reads Mention, Document, Segment, TopicAssignment and ``batch.vectors``. Every mention whose holder is the person
    itself goes into exactly one insight; what a person reports of others goes into none. Raises StageError when a
    mention's segment has no vector.
    """
    mentions = sorted((m for m in batch.of(Mention) if m.holder == "self"), key=lambda m: m.mention_id)
    if not mentions:
        return Batch.make((Insight, []), (InsightMember, []))
    units = make_units(mentions)
    matrix = unit_matrix(units, batch.vectors)
    said = {segment.segment_id: segment.text for segment in batch.of(Segment)}
    texts = [said.get(mentions[unit.rows[0]].segment_id, unit.wording) for unit in units]
    merged = merge(mentions, texts, units, matrix, options.merge_distance, options.suggest_distance)
    topics = {a.segment_id: a.topic_id for a in batch.of(TopicAssignment) if a.topic_id is not None}
    context = Context(mentions, look_over(batch, mentions), topics, options.half_life_days)
    described = [
        describe(context, [units[row] for row in rows], claims)
        for rows, claims in zip(merged.clusters, merged.claims, strict=True)
    ]
    ids = [one.insight.insight_id for one in described]
    insights = [
        replace(insight, suggested_merges=tuple(ids[other] for other in others))
        for insight, others in zip(prioritised(described), merged.suggested, strict=True)
    ]
    members = [InsightMember(mention_id, one.insight.insight_id) for one in described for mention_id in one.mention_ids]
    insights.sort(key=lambda insight: (-insight.priority, insight.insight_id))
    members.sort(key=lambda member: member.mention_id)
    return Batch.make((Insight, insights), (InsightMember, members))
