"""People's decisions on insights: split, merge and move in the order made, then reject, rename and answer; all counted
anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.compared import compared
from voc_engine.insights.counting import shrunk_share
from voc_engine.insights.finding_names import Themes
from voc_engine.insights.insight_record import REACH_POWER, Described, context_of, describe, prioritised
from voc_engine.insights.likeness import UnitFeatures, unit_features
from voc_engine.insights.meaning import meaning
from voc_engine.insights.timing import timed
from voc_engine.insights.units import Unit, make_units
from voc_engine.records import (
    BY_KEY_POINT,
    Batch,
    Decision,
    Grouping,
    Insight,
    InsightMember,
    Mention,
    TypedAnswer,
    end_of_merges,
    move_of,
)


def replayed(batch: Batch, options: InsightsConfig, decisions: Sequence[Decision]) -> Batch:
    """Insights and members as decided. ``batch`` holds what the stage reads, and the insights that it gave.

    A merged insight keeps the id of the one that takes the other in, a split leaves the target's id with what stays. A
    rejected insight is gone with its members; its mentions stay mentions.
    """
    before = {member.mention_id: member.insight_id for member in batch.of(InsightMember)}
    groups = Grouping(before).apply([move_of(decision) or decision for decision in decisions])
    after = {mention: home for mention, home in groups.homes().items() if home is not None}
    moved = {mention for mention in {*before, *after} if before.get(mention) != after.get(mention)}
    touched = {home for mention in moved for home in (before.get(mention), after.get(mention)) if home is not None}
    insights = _recounted(batch, options, after, touched) if touched else list(batch.of(Insight))
    gone = {
        decision.target_id for decision in decisions if decision.target == "insight" and decision.action == "reject"
    }
    names = {decision.target_id: str(decision.value) for decision in decisions if decision.action == "rename"}
    answers = _answers(decisions, groups)
    left = {insight.insight_id for insight in insights} - gone
    insights_left = [
        replace(
            insight,
            name=names.get(insight.insight_id, insight.name),
            assistant=_still(insight.assistant) if insight.insight_id in names else insight.assistant,
            our_answers=answers.get(insight.insight_id, ()),
            suggested_merges=tuple(other for other in insight.suggested_merges if other in left),
        )
        for insight in insights
        if insight.insight_id in left
    ]
    members = [InsightMember(mention, after[mention]) for mention in sorted(after) if after[mention] in left]
    return Batch.make((Insight, insights_left), (InsightMember, members))


def _still(assistant: tuple[str, ...]) -> tuple[str, ...]:
    """What of an insight is a language model's once it has another name."""
    return tuple(use for use in assistant if use != "names")


def _answers(decisions: Sequence[Decision], groups: Grouping) -> dict[str, tuple[TypedAnswer, ...]]:
    """Insight id -> what people of the company say to it, in the order decided. What was merged brings its answers."""
    answers: dict[str, tuple[TypedAnswer, ...]] = {}
    for decision in decisions:
        if decision.target == "insight" and decision.action == "answer":
            home = end_of_merges(decision.target_id, groups.into)
            answers[home] = (*answers.get(home, ()), TypedAnswer(str(decision.value), decision.author))
    return answers


def _recounted(batch: Batch, options: InsightsConfig, after: Mapping[str, str], touched: set[str]) -> list[Insight]:
    """All insights by priority: those that mentions left or joined described anew, the others as they were."""
    every = sorted((m for m in batch.of(Mention) if m.holder == "self"), key=lambda m: m.mention_id)
    context = context_of(batch, every, options)
    themes = Themes(context.common)
    described = _as_they_were(batch.of(Insight), context.study.people, touched)
    old = {insight.insight_id: insight for insight in batch.of(Insight)}
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(batch.of(Mention), key=lambda m: m.mention_id):
        if mention.mention_id in after:
            groups[after[mention.mention_id]].append(mention)
    for insight_id, members in sorted(groups.items()):
        if insight_id not in touched:
            continue
        units = make_units(members)
        before = old.get(insight_id)
        basis = before.basis if before else BY_KEY_POINT
        again = describe(replace(context, mentions=members), themes, units, _rows(members, units, batch), basis)
        insight = replace(
            again.insight,
            insight_id=insight_id,
            suggested_merges=before.suggested_merges if before else (),
            theme=before.theme if before else again.insight.theme,
            assistant=_still(before.assistant) if before else (),
        )
        described.append(replace(again, insight=insight))
    counted = timed(context.study, prioritised(described), groups, as_before=old.keys() - touched)
    counted = compared(context.study, counted, groups)
    return sorted(counted, key=lambda one: (-one.priority, one.insight_id))


def _rows(mentions: Sequence[Mention], units: Sequence[Unit], batch: Batch) -> UnitFeatures | None:
    """The units as rows, in their order; None for one."""
    return unit_features(mentions, units, meaning(units, batch.vectors)) if len(units) > 1 else None


def _as_they_were(insights: Collection[Insight], people: int, touched: set[str]) -> list[Described]:
    """The other insights with the reach and the weight that their priorities were made of."""
    reach = {one.insight_id: shrunk_share(one.n_people, max(people, one.n_people)) for one in insights}
    top = max(reach.values(), default=1.0)
    return [
        Described(one, (), reach[one.insight_id], one.priority / (reach[one.insight_id] / top) ** REACH_POWER)
        for one in insights
        if one.insight_id not in touched
    ]
