"""Traits of a group: which insights its people hold, how many, and which set it apart from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from voc_engine.language.telling import AGAINST, telling
from voc_engine.personas.aims import is_aim, is_errand
from voc_engine.personas.borne_out import borne_out
from voc_engine.personas.disclosed import LEAST_OF_MANY, MANY
from voc_engine.personas.distinctive_terms import CLEARLY, content
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.records import Insight, Mention
from voc_engine.statistics import log_odds

MOST_TRAITS = 8  # a choice: lines that a card's field holds
LEAST_TRAITS = 3  # of one or two people, who share little: a card with less says nothing; a choice
MOST_SINGLE = 3  # a choice: single voices, where no goal is shared; told as such
MOST_LOOKED_AT = 60  # a choice: goals of single people among which voices are looked for; the rest are read less well
SURE = 0.9  # of what one person alone says
# Of single voices of six talks at SURE that were read 16 of 26 told something of the person from here on, 6 of 18 below; of
# 97 lines of maps and quotes of cards none of the 17 below could be understood alone.
CLEAR = 0.7
# Of 97 objections of single people of two studies that were read 52 hold, of the 14 that are read so surely 11.
SURE_OBJECTION = 0.8
FEW = 3  # people of a group under which nothing can be shared by several and by no means by all
MOST_QUOTES = 5  # a choice: quotes of different people that a card holds
UNMET = ("goal", "request", "pain_point", "objection")


@dataclass(frozen=True)
class Holding:
    """``counts``: insight id -> people of the group who hold it."""

    members: Sequence[Person]
    counts: Mapping[str, int]

    def ranked(
        self, crowd: Crowd, kind: str, everyone: Mapping[str, int], weights: Mapping[str, float]
    ) -> tuple[str, ...]:
        """Insights of one kind that are frequent in the group and more so than outside, ties by priority.

        The score is people of the group times the group's part of the rates, so that what everybody says does not
        stand first on every card. What one or two of ten or more say is no group's trait: of 20 such lines of the demo that
        were read 13 were right, 4 wrong. Where no goal is shared, the aims of single people stand in its place (at most
        three), told as that. An errand is no goal of anybody's; what they do not bear out is left out, an objection that few
        of them surely raise, and of one or two people what is not surely read or cannot be understood alone.
        """
        candidates = [
            i
            for i in self.counts
            if i in crowd.insights
            and crowd.insights[i].kind == kind
            and not self.crosses(i, kind)
            and borne_out(crowd.insights[i], self.members)
        ]
        inside, outside = len(self.members), len(crowd.people) - len(self.members)
        score: dict[str, float] = {}
        for insight_id in candidates:
            here = self.counts[insight_id] / inside
            there = (everyone.get(insight_id, 0) - self.counts[insight_id]) / outside if outside else 0.0
            score[insight_id] = round(self.counts[insight_id] * here / (here + max(0.0, there)), 6)
        best = {i: max(_telling(m, weights) for p in self.members for m in p.insights.get(i, ())) for i in candidates}
        candidates.sort(
            key=lambda i: (-score[i] if self.counts[i] > 1 else 0.0, -best[i], -crowd.insights[i].priority, i)
        )
        if inside < FEW:
            shared = sum(self.counts[i] > 1 for i in candidates)
            told = [i for i in candidates if self.counts[i] > 1 or any(map(_plain, self._mentions(i)))]
            return self._no_errands(told, kind, max(LEAST_TRAITS, min(MOST_TRAITS, shared)))
        enough = [i for i in candidates if self.counts[i] >= (2 if inside < MANY else LEAST_OF_MANY)]
        if kind == "objection":
            enough = [i for i in enough if self._surely_raised(i)]
        chosen = self._no_errands(enough, kind, MOST_TRAITS)
        return self._single_aims(candidates) if kind == "goal" and not chosen else chosen

    def _no_errands(self, insight_ids: Sequence[str], kind: str, most: int) -> tuple[str, ...]:
        able = (i for i in insight_ids if kind != "goal" or not is_errand(self._mentions(i)))
        return tuple(islice(able, most))

    def _surely_raised(self, insight_id: str) -> bool:
        """Whether at least half of the group's people who raise it surely do."""
        best = [
            max((one.probability for one in person.insights[insight_id] if one.kind == "objection"), default=0.0)
            for person in self.members
            if insight_id in person.insights
        ]
        return 2 * sum(chance >= SURE_OBJECTION for chance in best) >= len(best)

    def _single_aims(self, insight_ids: Sequence[str]) -> tuple[str, ...]:
        """Goals of one person each that surely are aims and can be understood alone, the most telling first."""
        single = [i for i in insight_ids if self.counts[i] == 1 and any(map(_clear, self._mentions(i)))][
            :MOST_LOOKED_AT
        ]
        return tuple(islice((i for i in single if any(map(is_aim, filter(_clear, self._mentions(i))))), MOST_SINGLE))

    def crosses(self, insight_id: str, kind: str) -> bool:
        """Whether what the group says in it is of the other sign: most of it against the kind, or praise that is not mostly
        praise. A complaint is no gain, praise no pain; and what tells a trade ("I fix bikes") is no goal."""
        sentiments = [mention.sentiment for mention in self._mentions(insight_id)]
        if kind == "goal" and 2 * sum(one.segment_id in self._trades for one in self._mentions(insight_id)) > len(
            sentiments
        ):
            return True
        if kind == "delight":
            return 2 * sentiments.count("positive") <= len(sentiments)
        return 2 * sentiments.count(AGAINST.get(kind, "")) > len(sentiments)

    def _mentions(self, insight_id: str) -> list[Mention]:
        return [mention for person in self.members for mention in person.insights.get(insight_id, ())]

    @cached_property
    def _trades(self) -> frozenset[str]:
        """Sentences in which people of the group tell what they do for a living."""
        disclosures = (one for person in self.members for one in person.disclosures)
        return frozenset(one.segment_id for one in disclosures if one.field == "occupation")

    def any_of(self, insight_ids: Sequence[str]) -> int:
        """People of the group who hold at least one of these."""
        return sum(any(i in person.insights for i in insight_ids) for person in self.members)

    def unmet(self, crowd: Crowd) -> int:
        """Reach times unmet goals: pairs of a person and a goal, request, pain or objection that the person holds."""
        return sum(count for i, count in self.counts.items() if i in crowd.insights and crowd.insights[i].kind in UNMET)


def _plain(mention: Mention) -> bool:
    """Fit to stand on the card of one or two people: read surely, and understood without what stood before it."""
    return mention.probability >= SURE and _understood(mention)


def _clear(mention: Mention) -> bool:
    """A goal fit to stand for itself: understood without what stood before it, and no complaint."""
    return mention.sentiment != "negative" and _understood(mention)


def _understood(mention: Mention) -> bool:
    """Whether it can be understood without what stood before it; of what no reader told nothing is asked."""
    return mention.understood is None or mention.understood >= CLEAR


def holding(members: Sequence[Person]) -> Holding:
    """Count people, not mentions, per insight."""
    counts: dict[str, int] = {}
    for person in members:
        for insight_id in person.insights:
            counts[insight_id] = counts.get(insight_id, 0) + 1
    return Holding(members, counts)


def distinctive(
    inside: Mapping[str, int], everyone: Mapping[str, int], people: tuple[int, int], insights: Mapping[str, Insight]
) -> tuple[str, ...]:
    """Insights over-represented in a group by the log-odds of its people, strongest first.

    ``inside`` and ``everyone`` count people by insight; ``people`` are those of the group and of the study.
    """
    size, total = people
    scored = []
    for insight_id in sorted(inside):
        here, there = inside[insight_id], everyone.get(insight_id, 0) - inside[insight_id]
        z = log_odds(here, size, there, total - size)
        if z >= CLEARLY and here > 1 and insight_id in insights:
            scored.append((-round(z, 6), insight_id))
    return tuple(insight_id for _, insight_id in sorted(scored)[:MOST_TRAITS])


def quotes(members: Sequence[Person], weights: Mapping[str, float], traits: Sequence[str]) -> tuple[str, ...]:
    """Mention ids of distinct people, the most telling first and no two on one matter; of those understood alone.

    ``weights``: words by how much they set the group apart. ``traits``: insights on the card, whose words come first.
    """
    listed = {m.mention_id for p in members for i in traits for m in p.insights.get(i, ())}
    able = [m for p in members for m in p.mentions if m.quotable != "none" and _understood(m)]
    able.sort(key=lambda m: (-_telling(m, weights) - (0.5 if m.mention_id in listed else 0.0), m.mention_id))
    used: set[str] = set()
    covered: set[str] = set()
    kinds: dict[str, int] = {}
    chosen: list[str] = []
    for strict in (True, False):
        for mention in able:
            matter = set(content(mention.quote))
            repeated = 3 * len(matter & covered) > len(matter) or kinds.get(mention.kind, 0) > 1
            if len(chosen) < MOST_QUOTES and mention.person_id not in used and not (strict and repeated):
                used.add(mention.person_id)
                covered |= matter
                kinds[mention.kind] = kinds.get(mention.kind, 0) + 1
                chosen.append(mention.mention_id)
    return tuple(chosen)


def _telling(mention: Mention, weights: Mapping[str, float]) -> float:
    return telling(mention, frozenset(content(mention.quote)), weights)
