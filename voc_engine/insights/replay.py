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
from voc_engine.insights.insight_record import REACH_POWER, Described, describe, prioritised
from voc_engine.insights.likeness import Told, told
from voc_engine.insights.meaning import meaning
from voc_engine.insights.stage import context_of
from voc_engine.insights.timing import timed
from voc_engine.insights.units import Unit, make_units
from voc_engine.records import (
    FOUND,
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
    groups = Grouping(before).apply([move_of(one) or one for one in decisions])
    after = {mention: home for mention, home in groups.homes().items() if home is not None}
    moved = {mention for mention in {*before, *after} if before.get(mention) != after.get(mention)}
    touched = {home for mention in moved for home in (before.get(mention), after.get(mention)) if home is not None}
    insights = _recounted(batch, options, after, touched) if touched else list(batch.of(Insight))
    gone = {one.target_id for one in decisions if one.target == "insight" and one.action == "reject"}
    names = {one.target_id: str(one.value) for one in decisions if one.action == "rename"}
    answers = _answers(decisions, groups)
    left = {one.insight_id for one in insights} - gone
    kept = [
        replace(
            one,
            name=names.get(one.insight_id, one.name),
            assistant=_still(one.assistant) if one.insight_id in names else one.assistant,
            our_answers=answers.get(one.insight_id, ()),
            suggested_merges=tuple(other for other in one.suggested_merges if other in left),
        )
        for one in insights
        if one.insight_id in left
    ]
    members = [InsightMember(mention, after[mention]) for mention in sorted(after) if after[mention] in left]
    return Batch.make((Insight, kept), (InsightMember, members))


def _still(assistant: tuple[str, ...]) -> tuple[str, ...]:
    """What of an insight is a language model's once it has another name."""
    return tuple(use for use in assistant if use != "names")


def _answers(decisions: Sequence[Decision], groups: Grouping) -> dict[str, tuple[TypedAnswer, ...]]:
    """Insight id -> what people of the company say to it, in the order decided. What was merged brings its answers."""
    found: dict[str, tuple[TypedAnswer, ...]] = {}
    for one in decisions:
        if one.target == "insight" and one.action == "answer":
            home = end_of_merges(one.target_id, groups.into)
            found[home] = (*found.get(home, ()), TypedAnswer(str(one.value), one.author))
    return found


def _recounted(batch: Batch, options: InsightsConfig, after: Mapping[str, str], touched: set[str]) -> list[Insight]:
    """All insights by priority: those that mentions left or joined described anew, the others as they were."""
    every = sorted((m for m in batch.of(Mention) if m.holder == "self"), key=lambda m: m.mention_id)
    context = context_of(batch, every, options)
    themes = Themes(context.common)
    described = _as_they_were(batch.of(Insight), context.study.people, touched)
    old = {one.insight_id: one for one in batch.of(Insight)}
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(batch.of(Mention), key=lambda m: m.mention_id):
        if mention.mention_id in after:
            groups[after[mention.mention_id]].append(mention)
    for insight_id, own in sorted(groups.items()):
        if insight_id not in touched:
            continue
        units = make_units(own)
        known = old.get(insight_id)
        basis = known.basis if known else FOUND
        made = describe(replace(context, mentions=own), themes, units, _rows(own, units, batch), basis)
        insight = replace(
            made.insight,
            insight_id=insight_id,
            suggested_merges=known.suggested_merges if known else (),
            theme=known.theme if known else made.insight.theme,
            assistant=_still(known.assistant) if known else (),
        )
        described.append(replace(made, insight=insight))
    found = timed(context.study, prioritised(described), groups, known=old.keys() - touched)
    found = compared(context.study, found, groups)
    return sorted(found, key=lambda one: (-one.priority, one.insight_id))


def _rows(mentions: Sequence[Mention], units: Sequence[Unit], batch: Batch) -> Told | None:
    """The units as rows, in their order; None for one."""
    return told(mentions, units, meaning(units, batch.vectors)) if len(units) > 1 else None


def _as_they_were(insights: Collection[Insight], people: int, touched: set[str]) -> list[Described]:
    """The other insights with the reach and the weight that their priorities were made of."""
    reach = {one.insight_id: shrunk_share(one.n_people, max(people, one.n_people)) for one in insights}
    top = max(reach.values(), default=1.0)
    return [
        Described(one, (), reach[one.insight_id], one.priority / (reach[one.insight_id] / top) ** REACH_POWER)
        for one in insights
        if one.insight_id not in touched
    ]
