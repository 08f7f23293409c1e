"""Where it hurts: topics by the people who voice a pain point in them.

One complaint in many wordings is many insights of one person each; a topic gathers them. A person counts for a topic
when a sentence of theirs that carries a pain point was assigned to it (mention -> segment -> topic).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from voc_engine.language.tokens import parts
from voc_engine.records import SEVERITIES, Mention, Topic
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import InsightView, Quotes, QuoteView
from voc_engine.statistics import wilson

# a choice: bars that are looked at, rows of the table below, and personas named beside each
LEADING, IN_TABLE, LEADING_PERSONAS = 6, 15, 3
PAIN = "pain_point"


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one persona with a pain point in one topic. ``shade`` in [0, 1]: their share, of the largest shown."""

    persona_id: str
    name: str
    href: str
    n_people: int
    total: int
    shade: float


@dataclass(frozen=True, slots=True)
class Point:
    """An insight of the topic. ``n_here`` people say it in sentences of this topic; the insight may have more."""

    view: InsightView
    n_here: int


@dataclass(frozen=True, slots=True)
class Hurt:
    """``severity_score`` is the mean over people of their own mean; ``worst`` (band, people) by each one's gravest.

    ``leading`` are the cells of the personas whose people it concerns most, by share.
    ``share``, ``low`` and ``high`` are places on a bar in [0, 1]; ``reach`` says count and interval in words.
    """

    topic: Topic
    href: str
    n_people: int
    n_mentions: int
    reach: str
    share: float
    low: float
    high: float
    severity: str
    severity_score: float
    worst: tuple[tuple[str, int], ...]
    cells: tuple[Cell, ...]
    leading: tuple[Cell, ...]
    points: tuple[Point, ...]
    quote: QuoteView | None


@dataclass(frozen=True, slots=True)
class Hurts:
    """``topics`` by people, most first. ``n_hurt`` people voice any pain point; ``n_untold`` only outside topics."""

    topics: tuple[Hurt, ...]
    n_hurt: int
    n_untold: int
    bars: str


def hurts(evidence: Evidence, quotes: Quotes) -> Hurts:
    """Every topic in which somebody voices a pain point."""
    pains = {
        key: [one for one in mentions if one.kind == PAIN] for key, mentions in sorted(evidence.topic_mentions.items())
    }
    people = {key: {one.person_id for one in mentions} for key, mentions in pains.items() if mentions}
    total = max(len(evidence.people), 1)
    highest = max((wilson(len(several), total)[1] for several in people.values()), default=1.0)
    scale = 1.0 if total < wording.SMALL_SAMPLE else wording.scale(highest)
    shares = _shares(evidence, people)
    views = [_hurt(evidence, quotes, evidence.topics[key], pains[key], scale, shares) for key in people]
    views.sort(key=lambda one: (-one.n_people, -one.severity_score, one.topic.topic_id))
    everybody = {one.person_id for one in evidence.mentions.values() if one.kind == PAIN}
    return Hurts(tuple(views), len(everybody), len(everybody - set().union(*people.values())), quotes.bar_note(scale))


def _shares(evidence: Evidence, people: dict[str, set[str]]) -> dict[tuple[str, str], int]:
    """(topic, persona) -> people. Empty where fewer than two personas could be compared."""
    if len(evidence.personas) <= 1:
        return {}
    counted = Counter(
        (topic, evidence.persona_of[person])
        for topic, several in sorted(people.items())
        for person in sorted(several)
        if person in evidence.persona_of
    )
    return dict(counted)


def _hurt(
    evidence: Evidence,
    quotes: Quotes,
    topic: Topic,
    pains: Sequence[Mention],
    scale: float,
    shares: dict[tuple[str, str], int],
) -> Hurt:
    by_person: dict[str, list[Mention]] = defaultdict(list)
    for mention in pains:
        by_person[mention.person_id].append(mention)
    cells = _cells(evidence, quotes, topic.topic_id, shares)
    total = max(len(evidence.people), len(by_person), 1)
    low, high = wilson(len(by_person), total)
    strongest = _strongest(evidence, quotes, pains)
    keys = {one.view.insight.insight_id for one in strongest}
    leading = {one.mention_id for one in pains if evidence.insight_of.get(one.mention_id) in keys}
    worst = Counter(max((one.severity for one in several), key=_rank) for several in by_person.values())
    return Hurt(
        topic=topic,
        href=quotes.places.topic(topic.topic_id),
        n_people=len(by_person),
        n_mentions=len(pains),
        reach=wording.of_people(len(by_person), total, low, high),
        share=len(by_person) / total / scale,
        low=low / scale,
        high=min(high / scale, 1.0),
        severity=SEVERITIES[
            int(_mean([_mean([_rank(m.severity) for m in by_person[key]]) for key in sorted(by_person)]) + 0.5)
        ],
        severity_score=_mean([_mean([m.severity_score for m in by_person[key]]) for key in sorted(by_person)]),
        worst=tuple((band, worst[band]) for band in reversed(SEVERITIES) if worst[band]),
        cells=cells,
        leading=tuple(sorted((one for one in cells if one.n_people), key=lambda one: -one.shade)[:LEADING_PERSONAS]),
        points=strongest,
        quote=telling((topic.label, *topic.keywords[:5]), pains, leading, quotes, [one.view for one in strongest]),
    )


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else 0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _cells(evidence: Evidence, quotes: Quotes, topic: str, shares: dict[tuple[str, str], int]) -> tuple[Cell, ...]:
    size = evidence.persona_size
    most = max((count / size[persona] for (_, persona), count in shares.items()), default=1.0)
    return tuple(
        Cell(
            key,
            one.name,
            quotes.places.persona(key),
            shares.get((topic, key), 0),
            size[key],
            shares.get((topic, key), 0) / max(size[key], 1) / most,
        )
        for key, one in evidence.personas.items()
        if shares
    )


def _strongest(evidence: Evidence, quotes: Quotes, pains: Iterable[Mention], most: int = 3) -> tuple[Point, ...]:
    """The insights that most people of the topic say; single voices only where nothing is shared."""
    people: dict[str, set[str]] = defaultdict(set)
    for mention in pains:
        if mention.mention_id in evidence.insight_of:
            people[evidence.insight_of[mention.mention_id]].add(mention.person_id)
    ranked = [key for key in evidence.insights if key in people]  # by priority
    ranked.sort(key=lambda key: (-len(people[key]), -evidence.insights[key].n_people))
    shared = [key for key in ranked if evidence.insights[key].n_people > 1]
    chosen = shared[:most] or ranked[:1]
    return tuple(Point(quotes.insight(evidence.insights[key]), len(people[key])) for key in chosen)


def telling(
    about: Sequence[str],
    mentions: Sequence[Mention],
    leading: Set[str],
    quotes: Quotes,
    points: Sequence[InsightView] = (),
) -> QuoteView | None:
    """A quote that stands by itself: long enough to tell, no mere repetition of a point that stands above it, from a
    ``leading`` insight, with a word of what it is ``about``, grave."""
    keywords = {word for phrase in about for word in parts(phrase)}
    listed = [parts(one.insight.title) for one in points]

    def order(mention: Mention) -> tuple[bool, bool, bool, float, str]:
        words = parts(mention.quote)
        adds = wording.tells(mention.quote) and words not in listed
        weight = (0.3 + mention.severity_score) * mention.probability
        return (not adds, mention.mention_id not in leading, not keywords & set(words), -weight, mention.mention_id)

    return quotes.quote(min(mentions, key=order)) if mentions else None
