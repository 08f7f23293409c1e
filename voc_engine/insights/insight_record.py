"""One cluster of mentions as an Insight: its words, its people and its weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.counting import Study, labels_of, look_over, rating_impact, recency, shrunk_share, topics_of
from voc_engine.insights.finding_names import (
    Themes,
    commonness,
    definition,
    name_by_thing,
    name_of,
    titled_definition,
)  # fmt: skip
from voc_engine.insights.likeness import UnitFeatures
from voc_engine.insights.shared_words import Floats
from voc_engine.insights.spoken_for import SaidWhole, nearness, speakers
from voc_engine.insights.things import own_key, plainly, thing_of
from voc_engine.insights.units import Unit
from voc_engine.insights.weighing import says_what, severity
from voc_engine.records import (
    BY_KEY_POINT,
    BY_THING,
    HARMS,
    TOO_LITTLE,
    Batch,
    Insight,
    KindCount,
    Mention,
    kind_counts,
    stable_hash,
)
from voc_engine.statistics import wilson

LEAST_WEIGHT = 0.5  # of what does not hurt: one voice alone never outranks two by severity
LEAST_SAID = 0.25  # what weighs "Ridiculous!" against the same said of something
REACH_POWER = 2 / 3  # a choice: eight times as many people weigh four times, so that reach leads and severity counts
_NAMES_IT, _SPEAKS_OF_IT = 0.7, 0.5  # a choice: only their order decides, who speaks of a thing where nobody names it
_LONE: Floats = np.ones(1, np.float32)


@dataclass(frozen=True)
class Context:
    """What every insight of a study is described against. ``topics``: segment id -> topic id, ``labels``: topic id ->
    label. ``common``: by stem how many people say it, and how many people there are."""

    mentions: Sequence[Mention]
    study: Study
    topics: Mapping[str, str]
    labels: Mapping[str, str]
    half_life_days: float
    common: tuple[Counter[str], int]


def context_of(batch: Batch, mentions: list[Mention], options: InsightsConfig) -> Context:
    """What every insight of these mentions, all of the study's that somebody holds, is described against."""
    study = look_over(batch, mentions)
    topics = topics_of(batch, mentions)
    return Context(mentions, study, topics, labels_of(batch), options.half_life_days, commonness(mentions))


@dataclass(frozen=True)
class Described:
    """An insight whose priority is still missing, the ids of its mentions, and what its priority is made of."""

    insight: Insight
    mention_ids: tuple[str, ...]
    reach: float
    weight: float


def describe(
    context: Context, themes: Themes, units: Sequence[Unit], rows: UnitFeatures | None, basis: str = BY_KEY_POINT
) -> Described:
    """The insight of one group, still without priority, and without what it does over time (``timing.timed``).

    ``rows``: row i is ``units[i]``; None for a single one. ``basis``: BY_THING where its people say different things of one
    thing; who says it most plainly then speaks for them. The id is a hash of the founding claim (side and wording of the
    earliest mention, the alphabetically first where dates do not tell): data that comes later joins an insight without
    renaming it, and neither file names nor other mentions have a part in it.
    """
    mentions = [context.mentions[row] for unit in units for row in unit.rows]
    people = len({m.person_id for m in mentions})
    basis = basis if people > 1 else BY_KEY_POINT
    if basis == BY_THING:
        near, shared = _plainness(mentions), SaidWhole()
    else:
        near, shared = np.repeat(_LONE if rows is None else nearness(rows), [len(unit.rows) for unit in units]), None
    total = max(context.study.people, people)
    low, high = wilson(people, total)
    kinds = kind_counts(mentions)
    harm = [m for m in mentions if m.kind in HARMS]
    score = _person_mean([(m.person_id, m.severity_score) for m in harm or mentions])
    topic = _topic(context, mentions)
    voice = speakers(mentions, near, _unquoted(kinds[0].kind, context.labels.get(topic or "")), shared)
    kind = _kind(kinds, voice.medoid)
    named = name_by_thing(mentions, kind) if basis == BY_THING else name_of(mentions, kind, context.common)
    dates = sorted(m.created_at for m in mentions if m.created_at)
    alone = people == 1
    insight = Insight(
        insight_id=_identity(context, units),
        kind=kind,
        statement=voice.statement,
        n_people=people,
        n_mentions=len(mentions),
        share_low=low,
        share_high=high,
        sentiment_score=round(_person_mean([(m.person_id, m.sentiment_score) for m in mentions]), 6),
        priority=0.0,
        topic_id=topic,
        share=round(people / total, 6),
        trend=TOO_LITTLE,
        n_documents=len({m.document_id for m in mentions}),
        severity_score=round(score, 6),
        priority_low=0.0,
        priority_high=0.0,
        medoid_mention_id=voice.medoid.mention_id,
        divergent_mention_id=voice.divergent.mention_id if voice.divergent else None,
        thing=named.thing or (_own_thing(mentions[0]) if alone else None),
        what=named.what or (mentions[0].what if alone else None),
        first_seen=dates[0] if dates else None,
        last_seen=dates[-1] if dates else None,
        name=named.text,
        definition=definition(named, kinds),
        basis=basis,
        kinds=kinds,
        theme=themes.of(mentions, named.thing),
        **_weighed(context.study, mentions),
    )
    weight = _weight(mentions, score if harm else 0.0) * recency(context.study, mentions, context.half_life_days)
    return Described(insight, tuple(m.mention_id for m in mentions), shrunk_share(people, total), weight)


def titled(described: Described, title: str) -> Described:
    """The same under another title; under its key point where the title is empty."""
    insight = described.insight
    if title == insight.name:
        return described
    defined = titled_definition(title, insight.kinds) if title else ""
    return replace(described, insight=replace(insight, name=title, definition=defined))


def _plainness(mentions: Sequence[Mention]) -> Floats:
    """1 for whose statement names the thing and says little else, less for who names it, least for who only speaks of it:
    who says less speaks where nobody says more, shape (mentions,)."""
    key = thing_of(mentions)
    names = np.array([key is None or key <= (own_key(one) or frozenset()) for one in mentions])
    plain = np.array([key is None or plainly(one, key) for one in mentions])
    return np.where(names & plain, 1.0, np.where(names, _NAMES_IT, _SPEAKS_OF_IT)).astype(np.float32)


def _kind(kinds: Sequence[KindCount], medoid: Mention) -> str:
    """What most of its people do; of what as many do, what the one does who speaks for them."""
    leading = [one.kind for one in kinds if one.n_people == kinds[0].n_people]
    return medoid.kind if medoid.kind in leading else leading[0]


def _weighed(study: Study, mentions: Sequence[Mention]) -> dict[str, Any]:
    """How badly, and with what ratings."""
    band, reasons = severity(mentions)
    impact, low, high = rating_impact(study, {m.person_id for m in mentions})
    return {
        "severity": band, "severity_reasons": reasons, "impact_on_rating": impact, "impact_low": low, "impact_high": high,
    }  # fmt: skip


def _own_thing(mention: Mention) -> str | None:
    return mention.own_thing if mention.quotable != "none" else None


def _unquoted(kind: str, topic: str | None) -> str:
    """The statement of an insight of which nobody may be quoted: its kind and the label of its topic."""
    what = kind.replace("_", " ")
    article = "An" if what[0] in "aeiou" else "A"
    return f"{article} {what} about {topic}" if topic else f"{article} {what} of people who may not be quoted"


def prioritised(described: Sequence[Described]) -> list[Insight]:
    """The insights with their priorities: reach x severity x recency, each in [0, 1].

    Reach is the share of people (few voices shrunk) over the largest in the study, to the power 2/3: the most widely
    held insight has 1, one that an eighth as many hold a quarter. Severity weighs 0.5 to 1 for pain points and
    objections, 0.5 for the other kinds, so that one voice alone never outranks two by severity. Verdicts that name
    nothing ("Ridiculous!") weigh a quarter. The interval is that of the share. So 1.0 is for what most people hold,
    what blocks their work and what was said last.
    """
    top = max((one.reach for one in described), default=1.0)

    def scaled(share: float, weight: float) -> float:
        return round(min(1.0, float((share / top) ** REACH_POWER)) * weight, 6)

    return [
        replace(
            one.insight,
            priority=scaled(one.reach, one.weight),
            priority_low=scaled(one.insight.share_low, one.weight),
            priority_high=scaled(one.insight.share_high, one.weight),
        )
        for one in described
    ]


def _weight(mentions: Sequence[Mention], score: float) -> float:
    specific = _person_mean([(m.person_id, float(says_what(m))) for m in mentions])
    return (LEAST_WEIGHT + (1 - LEAST_WEIGHT) * min(1.0, max(0.0, score))) * (LEAST_SAID + (1 - LEAST_SAID) * specific)


def _person_mean(values: Sequence[tuple[str, float]]) -> float:
    """Mean over people of the mean over a person's mentions: one loud person is one voice."""
    if len(values) == 1:
        return 0.0 + values[0][1]  # never -0.0
    by_person: dict[str, list[float]] = {}
    for person, value in values:
        by_person.setdefault(person, []).append(value)
    return sum(sum(own) / len(own) for _, own in sorted(by_person.items())) / len(by_person)


def _identity(context: Context, units: Sequence[Unit]) -> str:
    def founded(unit: Unit) -> tuple[int, str]:
        days = [context.study.day_of.get(context.mentions[row].mention_id) for row in unit.rows]
        return min((day for day in days if day is not None), default=2**31), unit.wording

    founder = min(units, key=founded)
    return f"i-{stable_hash(founder.side, founder.wording)}"


def _topic(context: Context, mentions: Sequence[Mention]) -> str | None:
    voices = {(context.topics[m.segment_id], m.person_id) for m in mentions if m.segment_id in context.topics}
    counts = Counter(topic for topic, _ in voices)
    return min(counts, key=lambda topic: (-counts[topic], topic), default=None)
