"""Insights: Mention and vectors in, Insight and InsightMember out.

What people complain of, ask for and object to is grouped together; praise, aims and what made people start are groups of
their own. A group is a theme; inside it, a finding is who says one key point. People are counted, never mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.agreement import Agreement, Chances
from voc_engine.insights.clause_vectors import Clauses
from voc_engine.insights.compared import compared
from voc_engine.insights.coverage import findings_in, is_firm
from voc_engine.insights.finding_names import Themes
from voc_engine.insights.insight_record import Context, Described, context_of, describe, prioritised, titled
from voc_engine.insights.likeness import UnitFeatures, unit_features
from voc_engine.insights.meaning import centred, middle, raw
from voc_engine.insights.shared_words import Ints
from voc_engine.insights.theme_groups import theme_groups
from voc_engine.insights.things import by_thing, fewest_of_a_thing
from voc_engine.insights.timing import timed
from voc_engine.insights.titles import Untitled, titles_of
from voc_engine.insights.units import Unit, make_units
from voc_engine.records import BY_KEY_POINT, BY_THING, Batch, Insight, InsightMember, Mention

_MOST_SUGGESTED = 3  # a choice: merges that a person looks through


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
    vectors = raw(units, batch.vectors)
    common = middle(vectors)
    rows = unit_features(mentions, units, centred(vectors, common))
    groups = theme_groups(mentions, units, rows, options)
    themes = Themes(context.common)
    for group in groups:
        if len(group) > 1:
            themes.learn([mentions[row] for unit in group for row in units[unit].rows])
    themes.settle(mentions)
    findings = [finding for group in groups for finding in _gathered(mentions, units, rows, group, options)]
    agreement = Agreement.of(mentions, units, rows, Clauses.of(batch, common))
    agreement.read([unit for finding in findings if len(finding.own) > 1 for unit in finding.own.tolist()])
    study = _Study(mentions, units, rows, agreement, context, themes)
    return study.described(study.with_things(findings, options), options)


def _gathered(
    mentions: list[Mention], units: list[Unit], rows: UnitFeatures, group: Ints, options: InsightsConfig
) -> list[_Found]:
    """The findings of one group, and each unit in it that says no key point of two."""
    theme = int(group[0])
    of_group = [units[row] for row in group]
    shared_rows = findings_in(mentions, of_group, rows.at(group), options) if len(of_group) > 1 else []
    placed = {row for rows in shared_rows for row in rows.tolist()}
    alone = [row for row in range(len(of_group)) if row not in placed]
    several = [_Found(group[rows], theme, alone=False) for rows in shared_rows]
    return [*several, *(_Found(group[row : row + 1], theme, alone=True) for row in alone)]


@dataclass(frozen=True)
class _Found:
    """A finding: numbers of its units. ``theme`` is the number of the group that it was found in; ``alone``: of a unit that
    says no key point of two. ``basis`` is BY_THING for one by thing and side."""

    own: Ints
    theme: int
    alone: bool
    basis: str = BY_KEY_POINT


_Pair = tuple[_Found, Described]


@dataclass(frozen=True)
class _Study:
    mentions: list[Mention]
    units: list[Unit]
    rows: UnitFeatures
    agreement: Agreement
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
        """Each finding of whoever says its key point, and what stays alone; one matter and one name stand once. The others
        of a theme are suggested as the same."""
        by_name: dict[tuple[object, ...], list[_Pair]] = {}
        for number, finding in enumerate(findings):
            description = self._describe(finding)
            by_name.setdefault(self._key(finding, description) or (str(number),), []).append((finding, description))
        gathered = [pair for alike in by_name.values() for pair in self._of_one_matter(alike, options)]
        settled, alone = self._settled(gathered, options)
        settled, alone = self._settled(self._completed(self._joined(settled, options), alone, options), options)
        settled = [(finding, self._with_true_name(finding, description, options)) for finding, description in settled]
        settled, untitled = self._titled(self._named_once(settled), options)
        merged = [*settled, *((finding, self._describe(finding)) for finding in (*alone, *untitled))]
        shared: dict[int, list[str]] = {}
        for finding, description in merged:
            if not finding.alone:
                shared.setdefault(finding.theme, []).append(description.insight.insight_id)
        return [_with_others(description, shared.get(finding.theme, [])) for finding, description in merged]

    def _settled(self, pairs: list[_Pair], options: InsightsConfig) -> tuple[list[_Pair], list[_Found]]:
        """Each finding with those who say its key point, and what is alone."""
        # Read together, as the embedder is quickest; each is asked for alone below.
        self.agreement.clauses.meaning([d.insight.statement for finding, d in pairs if not finding.alone])
        settled: list[_Pair] = []
        alone: list[_Found] = []
        for finding, description in pairs:
            if finding.alone:
                alone.append(finding)
                continue
            judged, left = self._judged(finding, description, options)
            settled += judged
            alone += _apart(finding, left)
        return settled, alone

    def _key(self, finding: _Found, description: Described) -> tuple[object, ...]:
        """What a finding goes by; nothing where it has no name, or is by thing and side and says no more than the thing."""
        named = description.insight.name and (description.insight.what or finding.basis != BY_THING)
        return (self.units[int(finding.own[0])].side, *self.themes.key(description.insight)) if named else ()

    def _whole(self, alike: list[_Pair]) -> _Pair:
        """All of a name, one of them by thing and side: no key point decides who is of it."""
        widest = min(alike, key=_by_width)[0]
        whole = replace(widest, own=np.sort(np.concatenate([finding.own for finding, _ in alike])), basis=BY_THING)
        return whole, self._describe(whole)

    def _of_one_matter(self, alike: list[_Pair], options: InsightsConfig) -> list[_Pair]:
        """Findings that go by one name: each is one with the first wider one whose key point at least half of it says. "Fee:
        what it costs" may be a fee for booking and one for cancelling."""
        if len(alike) == 1:
            return alike
        if any(finding.basis == BY_THING for finding, _ in alike):
            return [self._whole(alike)]
        homes: list[_Pair] = []
        for pair in sorted(alike, key=_by_width):
            number = next((n for n, home in enumerate(homes) if self._most_say(pair[0], home, options)), None)
            if number is None:
                homes.append(pair)
            else:
                homes[number] = self._both(homes[number], pair)
        return homes

    def _joined(self, settled: list[_Pair], options: InsightsConfig) -> list[_Pair]:
        """Findings of which each says the other's key point are one: most of the members, both ways. Looked at are those
        whose key points are near."""
        apart = [pair for pair in settled if pair[0].basis == BY_THING]
        homes = sorted((pair for pair in settled if pair[0].basis != BY_THING), key=_by_width)
        number_of = {self._point(description): number for number, (_, description) in enumerate(homes)}
        points = np.array(sorted(number_of), np.int64)
        near = dict(self.agreement.nearest(points, points, options.match))
        into = list(range(len(homes)))
        for point, number in sorted(number_of.items(), key=lambda entry: entry[1]):
            wider = sorted(number_of[int(points[place])] for place in near.get(point, []))
            for home in dict.fromkeys(into[other] for other in wider if other < number):
                if self._one_matter(homes[number], homes[home], options):
                    homes[home] = self._both(homes[home], homes[number])
                    into[number] = home
                    break
        return [*apart, *(pair for number, pair in enumerate(homes) if into[number] == number)]

    def _one_matter(self, pair: _Pair, other: _Pair, options: InsightsConfig) -> bool:
        """Whether they are of one side and most of each say the other's key point."""
        if self._side(pair[0]) != self._side(other[0]):
            return False
        return self._most_say(pair[0], other, options) and self._most_say(other[0], pair, options)

    def _most_say(self, finding: _Found, home: _Pair, options: InsightsConfig) -> bool:
        """Whether at least half of a finding says the key point of another."""
        says = self._says(home, finding.own)[len(home[0].own) :] >= options.member
        return bool(2 * says.sum() >= len(says))

    def _both(self, home: _Pair, other: _Pair) -> _Pair:
        return self._with(home[0], other[0].own)

    def _with(self, finding: _Found, more: Ints) -> _Pair:
        wider = replace(finding, own=np.sort(np.concatenate([finding.own, more])))
        return wider, self._describe(wider)

    def _completed(self, settled: list[_Pair], alone: list[_Found], options: InsightsConfig) -> list[_Pair]:
        """With the single voices that say a finding's key point, wherever they were found, so that counts are whole; those
        that say none stand for themselves."""
        single = {int(finding.own[0]): finding for finding in alone if self._is_sure(finding, options)}
        homes = [pair for pair in settled if pair[0].basis != BY_THING]
        home_of = self._homes(homes, np.array(sorted(single), np.int64), options)
        joins: dict[int, list[int]] = {}
        for unit, number in home_of.items():
            joins.setdefault(number, []).append(unit)
        for number, units in joins.items():
            homes[number] = self._with(homes[number][0], np.array(units, np.int64))
        left = [finding for finding in alone if int(finding.own[0]) not in home_of]
        by_things = [pair for pair in settled if pair[0].basis == BY_THING]
        return [*by_things, *homes, *((finding, self._describe(finding)) for finding in left)]

    def _homes(self, homes: list[_Pair], single: Ints, options: InsightsConfig) -> dict[int, int]:
        """Of each single voice that says the key point of a finding the number of the finding whose it says the surest."""
        points = np.array([self._point(description) for _, description in homes], np.int64)
        near: dict[int, list[int]] = {}
        for unit, numbers in self.agreement.nearest(points, single, options.match):
            for number in numbers:
                if self.units[unit].side == self._side(homes[number][0]):
                    near.setdefault(number, []).append(unit)
        self.agreement.read({unit for units in near.values() for unit in units})
        best: dict[int, tuple[float, int]] = {}
        for number, units in near.items():
            says = self._says(homes[number], np.array(units, np.int64))[len(homes[number][0].own) :]
            for unit, chance in zip(units, says.tolist(), strict=True):
                if chance >= options.member:
                    best[unit] = max(best.get(unit, (0.0, 0)), (chance, -number))
        return {unit: -number for unit, (_, number) in best.items()}

    def _is_sure(self, finding: _Found, options: InsightsConfig) -> bool:
        rows = self.units[int(finding.own[0])].rows
        return max(self.mentions[row].probability for row in rows) >= options.sure

    def _judged(
        self, finding: _Found, description: Described, options: InsightsConfig
    ) -> tuple[list[_Pair], list[int]]:
        """The finding without those who hardly say its key point, if two people are left, and the rows of ``finding.own``
        that stay alone. Who is left is looked at anew. Where somebody pinned a quote, a person has looked: it stays whole;
        and what is by thing and side has no key point that all say."""
        if finding.basis == BY_THING or not self.pinned.isdisjoint(finding.own.tolist()):
            return [(finding, description)], []
        rows = np.arange(len(finding.own))
        judged = finding, description
        while len(rows) > 1:
            stays = self._says(judged) >= options.member
            if stays.all():
                break
            rows = rows[stays]
            if not self._several(finding.own[rows], options):
                return [], list(range(len(finding.own)))
            left = replace(finding, own=finding.own[rows])
            judged = left, self._describe(left)
        if not self._borne_out(judged, options):
            return [], list(range(len(finding.own)))
        return [judged], sorted(set(range(len(finding.own))) - set(rows.tolist()))

    def _borne_out(self, pair: _Pair, options: InsightsConfig) -> bool:
        """Whether somebody else than the one who lends the key point surely says it: what all say half, nobody may say. What
        one person says several times needs nobody."""
        finding, description = pair
        if description.insight.n_people == 1:
            return True
        lends = description.insight.medoid_mention_id
        point = self.units[self._point(description)]
        first = next(self.mentions[row].person_id for row in point.rows if self.mentions[row].mention_id == lends)
        others = [
            any(self.mentions[row].person_id != first for row in self.units[unit].rows) for unit in finding.own.tolist()
        ]
        return bool(self._says(pair)[others].max(initial=0) >= options.second)

    def _with_true_name(self, finding: _Found, description: Described, options: InsightsConfig) -> Described:
        """Without its name where those of the finding do not say it; what is by thing and side goes by what all speak of."""
        name = description.insight.name
        if not name or finding.basis == BY_THING or self.agreement.name_holds(finding.own, name, options.member):
            return description
        return titled(description, "")

    def _says(self, pair: _Pair, outside: Ints | None = None) -> Chances:
        """How likely each unit of a finding, and then each of ``outside``, says its key point."""
        finding, description = pair
        return self.agreement.says(finding.own, self._point(description), description.insight.statement, outside)

    def _point(self, description: Described) -> int:
        """The unit that lends the key point."""
        return self.unit_of[description.insight.medoid_mention_id]

    def _side(self, finding: _Found) -> str:
        return self.units[int(finding.own[0])].side

    def _several(self, unit_rows: Ints, options: InsightsConfig) -> bool:
        """Whether two people say it of whom that is firm."""
        mentions = [self.mentions[row] for unit in unit_rows.tolist() for row in self.units[unit].rows]
        return len({mention.person_id for mention in mentions if is_firm(mention, options)}) > 1

    def _named_once(self, settled: list[_Pair]) -> list[_Pair]:
        """Of findings that go by one name the widest keeps it; of the others the key point is the heading."""
        widest: dict[tuple[object, ...], str] = {}
        named = [pair for pair in settled if self._key(*pair)]
        for finding, description in sorted(named, key=_by_width):
            widest.setdefault(self._key(finding, description), description.insight.insight_id)
        keep = set(widest.values())
        lost = {id(pair[1]) for pair in named if pair[1].insight.insight_id not in keep}
        return [(finding, titled(one, "") if id(one) in lost else one) for finding, one in settled]

    def _titled(self, settled: list[_Pair], options: InsightsConfig) -> tuple[list[_Pair], list[_Found]]:
        """Each finding under the title that its people say, and the units of those that nothing can head: a word joins
        them and no matter. By thing and side, pinned, or of one person it stays as it is."""
        sought = [number for number, pair in enumerate(settled) if self._takes_a_title(*pair)]
        sought.sort(key=lambda number: _by_width(settled[number]))
        untitled = [self._untitled(*settled[number]) for number in sought]
        titles = dict(zip(sought, titles_of(untitled, self.agreement, options), strict=True))
        headed, loose = [], []
        for number, (finding, description) in enumerate(settled):
            title = titles.get(number, description.insight.name)
            if title is None:
                loose += _apart(finding, range(len(finding.own)))
            else:
                headed.append((finding, titled(description, title)))
        return headed, loose

    def _takes_a_title(self, finding: _Found, description: Described) -> bool:
        several = not finding.alone and description.insight.n_people > 1 and finding.basis != BY_THING
        return several and self.pinned.isdisjoint(finding.own.tolist())

    def _untitled(self, finding: _Found, description: Described) -> Untitled:
        mentions = [self.mentions[row] for unit in finding.own.tolist() for row in self.units[unit].rows]
        return Untitled(finding.own, description.insight, mentions)

    def _describe(self, finding: _Found) -> Described:
        units = [self.units[row] for row in finding.own]
        rows = self.agreement.rows.at(finding.own) if len(units) > 1 else None
        return describe(self.context, self.themes, units, rows, finding.basis)

    def _people(self, unit_rows: Ints) -> int:
        return len({self.mentions[row].person_id for unit in unit_rows for row in self.units[unit].rows})


def _apart(finding: _Found, rows: Iterable[int]) -> list[_Found]:
    """Units of a finding, each by itself."""
    return [_Found(finding.own[row : row + 1], finding.theme, alone=True) for row in rows]


def _by_width(pair: _Pair) -> tuple[int, str]:
    return -pair[1].insight.n_people, pair[1].insight.insight_id


def _with_others(description: Described, ids: list[str]) -> Described:
    """With the leading findings of its theme as suggested merges, both ways."""
    insight_id, leading = description.insight.insight_id, ids[: _MOST_SUGGESTED + 1]
    others = tuple(other for other in leading if other != insight_id) if insight_id in leading else ()
    return replace(description, insight=replace(description.insight, suggested_merges=others))
