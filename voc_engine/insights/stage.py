"""Insights: Mention and vectors in, Insight and InsightMember out.

What people complain of, ask for and object to is grouped together; praise, aims and what made people start are groups of
their own. A group is a theme; inside it, a finding is who says one key point. People are counted, never mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.counting import labels_of, look_over, topics_of
from voc_engine.insights.coverage import findings_in
from voc_engine.insights.finding_names import Themes, commonness
from voc_engine.insights.insight_record import Context, Described, describe, prioritised
from voc_engine.insights.key_points import understood
from voc_engine.insights.likeness import Ints, Told, told
from voc_engine.insights.meaning import meaning
from voc_engine.insights.theme_finding import Limits, grouped, homes, taken_in
from voc_engine.insights.units import Unit, make_units
from voc_engine.records import Batch, Insight, InsightMember, Mention

_MOST_SUGGESTED = 3


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
    insights = _once_named(prioritised(found))
    members = [InsightMember(mention_id, one.insight.insight_id) for one in found for mention_id in one.mention_ids]
    insights.sort(key=lambda insight: (-insight.priority, insight.insight_id))
    members.sort(key=lambda member: member.mention_id)
    return Batch.make((Insight, insights), (InsightMember, members))


def _once_named(insights: list[Insight]) -> list[Insight]:
    """Each name stands over one finding, the widest; the others of that name go by their key points."""
    widest: dict[str, Insight] = {}
    for one in sorted(insights, key=lambda one: (-one.n_people, -one.priority, one.insight_id)):
        widest.setdefault(one.name, one)
    return [one if one is widest[one.name] else replace(one, name="", definition="") for one in insights]


def _described(batch: Batch, mentions: list[Mention], options: InsightsConfig) -> list[Described]:
    """The findings of every theme, and what stays alone."""
    units = make_units(mentions)
    rows = told(mentions, units, meaning(units, batch.vectors))
    context = context_of(batch, mentions, options)
    groups = [own[group] for own in _sides(units) for group in _groups(_labels(mentions, units, rows, own, options))]
    themes = Themes(context.common)
    for group in groups:
        if len(group) > 1:
            themes.learn([mentions[row] for place in group for row in units[place].rows])
    return [
        one
        for group in groups
        for one in _of_theme(context, themes, [units[row] for row in group], rows.at(group), options.match)
    ]


def context_of(batch: Batch, mentions: list[Mention], options: InsightsConfig) -> Context:
    """What every insight of these mentions, all of the study's that somebody holds, is described against."""
    study = look_over(batch, mentions)
    topics = topics_of(batch, mentions)
    return Context(mentions, study, topics, labels_of(batch), options.half_life_days, commonness(mentions))


def _of_theme(context: Context, themes: Themes, units: list[Unit], rows: Told, least: float) -> list[Described]:
    """The findings of one group, each with the others as suggested merges, and what says no key point of two people."""
    findings = findings_in(context.mentions, units, rows, least) if len(units) > 1 else []
    shared = []
    for one in findings:
        own = [units[row] for row in one.rows]
        shared.append(describe(context, themes, own, rows.at(one.rows) if len(own) > 1 else None, one.medoid))
    ids = [one.insight.insight_id for one in shared][: _MOST_SUGGESTED + 1]
    shared = [replace(one, insight=replace(one.insight, suggested_merges=_others(ids, one))) for one in shared]
    placed = {row for one in findings for row in one.rows.tolist()}
    alone = (unit for row, unit in enumerate(units) if row not in placed)
    return [*shared, *(describe(context, themes, [unit], None) for unit in alone)]


def _others(ids: list[str], one: Described) -> tuple[str, ...]:
    """Both ways: the leading findings of a theme may be the same."""
    own = one.insight.insight_id
    return tuple(other for other in ids if other != own) if own in ids else ()


def _sides(units: list[Unit]) -> Iterator[Ints]:
    """Rows of the units of each side; units are sorted by side."""
    names = np.array([unit.side for unit in units])
    for side in sorted(set(names.tolist())):
        yield np.flatnonzero(names == side).astype(np.int64)


def _labels(mentions: list[Mention], units: list[Unit], rows: Told, own: Ints, options: InsightsConfig) -> Ints:
    """Group of each unit of one side, -1 for those alone: what is sure and can be understood makes groups, the rest may
    join them."""
    part = rows.at(own)
    clear = np.array([_clear(mentions[units[row].rows[0]], options) for row in own])
    labels = np.full(len(own), -1, dtype=np.int64)
    able, unclear = np.flatnonzero(clear), np.flatnonzero(~clear)
    labels[able] = grouped(part.at(able), Limits(options.join, options.stay))
    if len(unclear) and labels.max() >= 0:
        labels[unclear] = taken_in(part.at(unclear), *homes(part, labels), options.stay)
    return labels


def _clear(mention: Mention, options: InsightsConfig) -> bool:
    """Sure enough, and understood without what stood before it: "It came three times." is like much and tells nothing."""
    return mention.probability >= options.sure and understood(mention) >= options.clear


def _groups(labels: Ints) -> list[Ints]:
    """Rows of each group, in the order of their numbers, then each row that is alone."""
    order = np.argsort(labels, kind="stable")
    inside = order[labels[order] >= 0]
    groups = np.split(inside, np.flatnonzero(np.diff(labels[inside])) + 1) if len(inside) else []
    return [*groups, *np.flatnonzero(labels < 0).reshape(-1, 1).astype(np.int64)]
