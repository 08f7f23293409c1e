"""People's decisions on insights: rename, reject, merge, split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voc_engine.records import Batch, Decision, Insight, InsightMember


def replayed(batch: Batch, options: object, decisions: Sequence[Decision]) -> Batch:
    """Insights and members as decided. A rejected insight is gone with its members; its mentions stay mentions."""
    names = {one.target_id: str(one.value) for one in decisions if one.action == "rename"}
    gone = {one.target_id for one in decisions if one.action == "reject"}
    insights = [
        replace(
            one,
            statement=names.get(one.insight_id, one.statement),
            suggested_merges=tuple(other for other in one.suggested_merges if other not in gone),
        )
        for one in batch.of(Insight)
        if one.insight_id not in gone
    ]
    members = [one for one in batch.of(InsightMember) if one.insight_id not in gone]
    return Batch.make((Insight, insights), (InsightMember, members))
