"""Insights: Mention and vectors in, Insight and InsightMember out.

Hard blocks of kind and polarity, then average-link clustering at a tight cosine distance within them, and wider pairs
as suggestions to the reviewer. People are counted, never mentions.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.counting import look_over
from voc_engine.insights.describe import Context, describe
from voc_engine.insights.merge import cluster_units, suggest
from voc_engine.insights.units import make_units, unit_matrix
from voc_engine.records import Batch, Insight, InsightMember, Mention, TopicAssignment


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
    labels = cluster_units(units, matrix, options.merge_distance)
    near = suggest(units, matrix, labels, options.suggest_distance)
    topics = {a.segment_id: a.topic_id for a in batch.of(TopicAssignment) if a.topic_id is not None}
    context = Context(mentions, look_over(batch, mentions), topics, options.half_life_days)
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(len(near) + 1))
    groups = [order[starts[label] : starts[label + 1]] for label in range(len(near))]
    described = [describe(context, [units[row] for row in rows], matrix[rows]) for rows in groups]
    ids = [insight.insight_id for insight, _ in described]
    insights = [
        replace(insight, suggested_merges=tuple(ids[other] for other in near[label]))
        for label, (insight, _) in enumerate(described)
    ]
    members = [InsightMember(mention_id, insight.insight_id) for insight, rows in described for mention_id in rows]
    insights.sort(key=lambda insight: (-insight.priority, insight.insight_id))
    members.sort(key=lambda member: member.mention_id)
    return Batch.make((Insight, insights), (InsightMember, members))
