"""Insights: Mention and vectors in, Insight and InsightMember out.

What people complain of, ask for and object to is grouped together; praise, aims and what made people start are groups of
their own. A group is a theme; inside it, a finding is who says one key point. People are counted, never mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.compared import compared
from voc_engine.insights.counting import labels_of, look_over, topics_of
from voc_engine.insights.coverage import findings_in, is_firm
from voc_engine.insights.finding_judge import member_chances, member_features
from voc_engine.insights.finding_names import Themes, commonness
from voc_engine.insights.insight_record import Context, Described, describe, prioritised
from voc_engine.insights.key_points import understood
from voc_engine.insights.likeness import UnitFeatures, unit_features
from voc_engine.insights.meaning import meaning
from voc_engine.insights.shared_words import Ints
from voc_engine.insights.theme_finding import Limits, grouped, homes, taken_in
from voc_engine.insights.things import by_thing, fewest_of_a_thing
from voc_engine.insights.timing import timed
from voc_engine.insights.units import Unit, make_units
from voc_engine.records import BY_KEY_POINT, BY_THING, Batch, Insight, InsightMember, Mention
from voc_engine.statistics import SMALL_SAMPLE

_MOST_SUGGESTED = 3  # a choice: merges that a person looks through
_TWO = 2


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
        context = context_of(batch, mentions, options)
        findings = _described(batch, mentions, context, options)
    by_id = {m.mention_id: m for m in mentions}
    members_of = {
        finding.insight.insight_id: [by_id[mention_id] for mention_id in finding.mention_ids] for finding in findings
    }
    insights = compared(context.study, timed(context.study, prioritised(findings), members_of), members_of)
    members = [
        InsightMember(mention_id, finding.insight.insight_id)
        for finding in findings
        for mention_id in finding.mention_ids
    ]
    insights.sort(key=lambda insight: (-insight.priority, insight.insight_id))
    members.sort(key=lambda member: member.mention_id)
    return Batch.make((Insight, insights), (InsightMember, members))


def _described(batch: Batch, mentions: list[Mention], context: Context, options: InsightsConfig) -> list[Described]:
    """The findings of every theme, and what stays alone."""
    units = make_units(mentions)
    rows = unit_features(mentions, units, meaning(units, batch.vectors))
    groups = [
        of_side[group]
        for of_side in _sides(units)
        for group in _groups(_labels(mentions, units, rows, of_side, options))
    ]
    themes = Themes(context.common)
    for group in groups:
        if len(group) > 1:
            themes.learn([mentions[row] for unit in group for row in units[unit].rows])
    themes.settle(mentions)
    study = _Study(mentions, units, rows, context, themes)
    findings = [finding for group in groups for finding in study.findings(group, options)]
    return study.described(study.with_things(findings, options), options)


@dataclass(frozen=True)
class _Found:
    """A finding: numbers of its units. ``theme`` is the number of the group that it was found in; ``alone``: of a unit that
    says no key point of two. ``basis`` is BY_THING for one by thing and side."""

    own: Ints
    theme: int
    alone: bool
    basis: str = BY_KEY_POINT


@dataclass(frozen=True)
class _Study:
    mentions: list[Mention]
    units: list[Unit]
    rows: UnitFeatures
    context: Context
    themes: Themes

    @cached_property
    def unit_of(self) -> Mapping[str, int]:
        """Mention id -> the number of its unit."""
        return {self.mentions[row].mention_id: number for number, unit in enumerate(self.units) for row in unit.rows}

    @cached_property
    def pinned(self) -> frozenset[int]:
        """The numbers of units with a quote that somebody pinned."""
        return frozenset(self.unit_of[mention.mention_id] for mention in self.mentions if mention.pinned)

    def findings(self, group: Ints, options: InsightsConfig) -> list[_Found]:
        """The findings of one group, and each unit in it that says no key point of two."""
        theme = int(group[0])
        units = [self.units[row] for row in group]
        rows = self.rows.at(group)
        shared_rows = findings_in(self.mentions, units, rows, options) if len(units) > 1 else []
        placed = {row for rows in shared_rows for row in rows.tolist()}
        alone = [row for row in range(len(units)) if row not in placed]
        several = [_Found(group[rows], theme, alone=False) for rows in shared_rows]
        return [*several, *(_Found(group[row : row + 1], theme, alone=True) for row in alone)]

    def with_things(self, findings: list[_Found], options: InsightsConfig) -> list[_Found]:
        """Where a small study shares few findings, the same with those by thing and side, each of which has what it takes in
        and what is left alone."""
        shared = [finding for finding in findings if self._people(finding.own) > 1]
        fewest = fewest_of_a_thing(self.context.study.people, len(shared))
        if fewest is None:
            return findings
        own_rows = [finding.own for finding in shared]
        things = by_thing(self.mentions, self.units, self.rows, own_rows, options, fewest)
        of_things = [_Found(rows, int(rows[0]), alone=False, basis=BY_THING) for rows in things]
        for finding in of_things:
            thing = self._describe(finding).insight.thing
            if thing:
                self.themes.name(thing)
        inside = {row for rows in things for row in rows.tolist()}
        return [*of_things, *(finding for finding in findings if inside.isdisjoint(finding.own.tolist()))]

    def described(self, findings: list[_Found], options: InsightsConfig) -> list[Described]:
        """Each finding of whoever says its key point, and what stays alone; one name stands once. The others of a theme are
        suggested as the same."""
        by_name: dict[tuple[object, ...], list[tuple[_Found, Described]]] = {}
        for number, finding in enumerate(findings):
            description = self._describe(finding)
            by_name.setdefault(self._key(finding, description) or (str(number),), []).append((finding, description))
        settled: list[tuple[_Found, Described]] = []
        alone: list[_Found] = []
        for alike in by_name.values():
            for finding, description in self._of_one_matter(alike, options):
                standing, left = self._judged(finding, description, options)
                settled += standing
                alone += [_Found(finding.own[row : row + 1], finding.theme, alone=True) for row in left]
        merged = [*self._named_once(settled), *((finding, self._describe(finding)) for finding in alone)]
        shared: dict[int, list[str]] = {}
        for finding, description in merged:
            if not finding.alone:
                shared.setdefault(finding.theme, []).append(description.insight.insight_id)
        return [_with_others(description, shared.get(finding.theme, [])) for finding, description in merged]

    def _key(self, finding: _Found, description: Described) -> tuple[object, ...]:
        """What a finding goes by; nothing where it has no name, or is by thing and side and says no more than the thing."""
        named = description.insight.name and (description.insight.what or finding.basis != BY_THING)
        return (self.units[int(finding.own[0])].side, *self.themes.key(description.insight)) if named else ()

    def _whole(self, alike: list[tuple[_Found, Described]]) -> tuple[_Found, Described]:
        """All of a name, one of them by thing and side: no key point decides who is of it."""
        widest = min(alike, key=lambda pair: (-pair[1].insight.n_people, pair[1].insight.insight_id))[0]
        whole = replace(widest, own=np.sort(np.concatenate([finding.own for finding, _ in alike])), basis=BY_THING)
        return whole, self._describe(whole)

    def _of_one_matter(
        self, alike: list[tuple[_Found, Described]], options: InsightsConfig
    ) -> list[tuple[_Found, Described]]:
        """Findings that go by one name: each is one with the first wider one whose key point at least half of it says. "Fee:
        what it costs" may be a fee for booking and one for cancelling."""
        if len(alike) == 1:
            return alike
        if any(finding.basis == BY_THING for finding, _ in alike):
            return [self._whole(alike)]
        order = sorted(alike, key=lambda pair: (-pair[1].insight.n_people, pair[1].insight.insight_id))
        homes: list[tuple[_Found, Described]] = []
        for finding, description in order:
            for number, (home, of_home) in enumerate(homes):
                both = np.concatenate([home.own, finding.own])
                says = self._chances(both, of_home)[len(home.own) :] >= options.member
                if 2 * says.sum() >= len(says):
                    joined = replace(home, own=np.sort(both))
                    homes[number] = (joined, self._describe(joined))
                    break
            else:
                homes.append((finding, description))
        return homes

    def _judged(
        self, finding: _Found, description: Described, options: InsightsConfig
    ) -> tuple[list[tuple[_Found, Described]], list[int]]:
        """The finding without those who hardly say its key point, if two people are left, and the rows of ``finding.own``
        that stay alone. Who is left is looked at anew. Where somebody pinned a quote, a person has looked: it stays whole;
        and what is by thing and side has no key point that all say."""
        if finding.basis == BY_THING or not self.pinned.isdisjoint(finding.own.tolist()):
            return [(finding, description)], []
        rows = np.arange(len(finding.own))
        while len(rows) > 1:
            stays = self._chances(finding.own[rows], description) >= options.member
            if stays.all():
                break
            rows = rows[stays]
            if not self._several(finding.own[rows], options):
                return [], list(range(len(finding.own)))
            description = self._describe(replace(finding, own=finding.own[rows]))
        settled = replace(finding, own=finding.own[rows])
        if not self._borne_out(settled, description, options):
            return [], list(range(len(finding.own)))
        alone = sorted(set(range(len(finding.own))) - set(rows.tolist()))
        return [(settled, description)], alone

    def _borne_out(self, finding: _Found, description: Described, options: InsightsConfig) -> bool:
        """Whether three people say it, or the second of two surely does. Of two who seemed to agree 57 of 100 did when they
        were read; in a study of few people two are many, and there are few pairs to agree by chance."""
        if description.insight.n_people != _TWO or self.context.study.people < SMALL_SAMPLE:
            return True
        people = [{self.mentions[row].person_id for row in self.units[unit].rows} for unit in finding.own.tolist()]
        lent = description.insight.medoid_mention_id
        point = [self.mentions[row] for row in self.units[self.unit_of[lent]].rows]
        first = next(mention.person_id for mention in point if mention.mention_id == lent)
        others = np.array([bool(speakers - {first}) for speakers in people])
        return bool(self._chances(finding.own, description)[others].max() >= options.second)

    def _several(self, unit_rows: Ints, options: InsightsConfig) -> bool:
        """Whether two people say it of whom that is firm."""
        mentions = [self.mentions[row] for unit in unit_rows.tolist() for row in self.units[unit].rows]
        return len({mention.person_id for mention in mentions if is_firm(mention, options)}) > 1

    def _chances(self, unit_rows: Ints, description: Described) -> npt.NDArray[np.float64]:
        """How likely each of these units says the key point of a finding; 1 for the one that lends it."""
        point = int(np.flatnonzero(unit_rows == self.unit_of[description.insight.medoid_mention_id])[0])
        units = [self.units[unit] for unit in unit_rows.tolist()]
        features = member_features(
            self.mentions, units, self.rows.meaning[unit_rows], point, description.insight.statement
        )
        chance = member_chances(features)
        chance[point] = 1
        return chance

    def _named_once(self, settled: list[tuple[_Found, Described]]) -> list[tuple[_Found, Described]]:
        """Of findings that go by one name the widest keeps it; of the others the key point is the heading."""
        widest: dict[tuple[object, ...], str] = {}
        named = [pair for pair in settled if self._key(*pair)]
        for finding, description in sorted(
            named, key=lambda pair: (-pair[1].insight.n_people, pair[1].insight.insight_id)
        ):
            widest.setdefault(self._key(finding, description), description.insight.insight_id)
        keep = set(widest.values())
        return [
            (
                finding,
                description
                if description.insight.insight_id in keep or not self._key(finding, description)
                else _unnamed(description),
            )
            for finding, description in settled
        ]

    def _describe(self, finding: _Found) -> Described:
        units = [self.units[row] for row in finding.own]
        rows = self.rows.at(finding.own) if len(units) > 1 else None
        return describe(self.context, self.themes, units, rows, finding.basis)

    def _people(self, unit_rows: Ints) -> int:
        return len({self.mentions[row].person_id for unit in unit_rows for row in self.units[unit].rows})


def _unnamed(description: Described) -> Described:
    return replace(description, insight=replace(description.insight, name="", definition=""))


def _with_others(description: Described, ids: list[str]) -> Described:
    """With the leading findings of its theme as suggested merges, both ways."""
    insight_id, leading = description.insight.insight_id, ids[: _MOST_SUGGESTED + 1]
    others = tuple(other for other in leading if other != insight_id) if insight_id in leading else ()
    return replace(description, insight=replace(description.insight, suggested_merges=others))


def context_of(batch: Batch, mentions: list[Mention], options: InsightsConfig) -> Context:
    """What every insight of these mentions, all of the study's that somebody holds, is described against."""
    study = look_over(batch, mentions)
    topics = topics_of(batch, mentions)
    return Context(mentions, study, topics, labels_of(batch), options.half_life_days, commonness(mentions))


def _sides(units: list[Unit]) -> Iterator[Ints]:
    """Rows of the units of each side; units are sorted by side."""
    names = np.array([unit.side for unit in units])
    for side in sorted(set(names.tolist())):
        yield np.flatnonzero(names == side).astype(np.int64)


def _labels(
    mentions: list[Mention], units: list[Unit], rows: UnitFeatures, of_side: Ints, options: InsightsConfig
) -> Ints:
    """Group of each unit of one side, -1 for those alone: what is sure and can be understood makes groups, what is sure may
    join them."""
    part = rows.at(of_side)
    sure = np.array([mentions[units[row].rows[0]].probability >= options.sure for row in of_side])
    clear = np.array([understood(mentions[units[row].rows[0]]) >= options.clear for row in of_side])
    labels = np.full(len(of_side), -1, dtype=np.int64)
    able, unclear = np.flatnonzero(sure & clear), np.flatnonzero(sure & ~clear)
    labels[able] = grouped(part.at(able), Limits(options.join, options.stay))
    if len(unclear) and labels.max() >= 0:
        labels[unclear] = taken_in(part.at(unclear), *homes(part, labels), options.stay)
    return labels


def _groups(labels: Ints) -> list[Ints]:
    """Rows of each group, in the order of their numbers, then each row that is alone."""
    order = np.argsort(labels, kind="stable")
    inside = order[labels[order] >= 0]
    groups = np.split(inside, np.flatnonzero(np.diff(labels[inside])) + 1) if len(inside) else []
    return [*groups, *np.flatnonzero(labels < 0).reshape(-1, 1).astype(np.int64)]
