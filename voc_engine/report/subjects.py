"""Topics as the templates show them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from voc_engine.privacy.withholding import MARK
from voc_engine.records import MENTION_KINDS, Insight, Mention, Topic
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import anchor
from voc_engine.report.quotes import Quotes, QuoteView

TOPIC_QUOTES = 4  # a choice: voices of different people
TOPIC_INSIGHTS = 5  # a choice: findings named under a topic


@dataclass(frozen=True, slots=True)
class KindCount:
    """People who voice that kind of mention in the topic. ``shade`` in [0, 1]: of the highest count on the page."""

    kind: str
    n_people: int
    shade: float


@dataclass(frozen=True, slots=True)
class TopicView:
    topic: Topic
    anchor: str
    reach: str
    share: float
    quotes: tuple[QuoteView, ...]
    insights: tuple[tuple[Insight, str], ...]
    kinds: tuple[KindCount, ...]
    stability: str


@dataclass(frozen=True, slots=True)
class TopicsView:
    """``largest`` and ``unassigned`` are shares of sentences in words; empty where there are no sentences.

    ``kinds`` are those that anybody voices in a topic; every topic counts all of them, in this order.
    """

    topics: tuple[TopicView, ...]
    kinds: tuple[str, ...]
    largest: str
    unassigned: str


def topics_view(evidence: Evidence, quotes: Quotes) -> TopicsView:
    segments = evidence.evidence_segments
    counted = {key: _voices(evidence.topic_mentions.get(key, [])) for key in evidence.topics}
    kinds = tuple(kind for kind in MENTION_KINDS if any(one[kind] for one in counted.values()))
    most = max((one[kind] for one in counted.values() for kind in kinds), default=1)
    views = tuple(
        _topic(
            one,
            evidence,
            quotes,
            tuple(KindCount(kind, counted[key][kind], counted[key][kind] / most) for kind in kinds),
        )
        for key, one in evidence.topics.items()
    )
    if not segments or not views:
        return TopicsView(views, kinds, "", "")
    free = sum(one.segment_id not in evidence.topic_of for one in segments)
    largest = min(max(one.n_segments for one in evidence.topics.values()), len(segments))
    return TopicsView(
        views,
        kinds,
        wording.of_things(largest, len(segments), "sentence"),
        wording.of_things(free, len(segments), "sentence"),
    )


def _voices(mentions: list[Mention]) -> Counter[str]:
    """Kind of mention -> people."""
    return Counter(kind for kind, _ in {(one.kind, one.person_id) for one in mentions})


def _topic(topic: Topic, evidence: Evidence, quotes: Quotes, kinds: tuple[KindCount, ...]) -> TopicView:
    total = max(len(evidence.people), topic.n_people, 1)
    related = [one for one in evidence.insights.values() if one.topic_id == topic.topic_id]
    related.sort(key=lambda one: one.n_people <= 1)  # what several people say, before single voices
    linked = [(one, quotes.place_of(one)) for one in related]
    return TopicView(
        topic=topic,
        anchor=anchor(topic.topic_id),
        reach=wording.of_people(topic.n_people, total),
        share=topic.n_people / total,
        quotes=topic_quotes(topic, evidence, quotes),
        insights=tuple(linked[:TOPIC_INSIGHTS]),
        kinds=kinds,
        stability=wording.steadiness(topic.stability),
    )


def topic_quotes(topic: Topic, evidence: Evidence, quotes: Quotes) -> tuple[QuoteView, ...]:
    """Mentions in the topic's representative sentences first, then its other mentions, one person each; where the
    topic holds no mention, the representative sentences themselves."""
    leading = {key: place for place, key in enumerate(topic.representative_segment_ids)}
    mentions = sorted(
        evidence.topic_mentions.get(topic.topic_id, []),
        key=lambda one: (
            one.quote == MARK,
            leading.get(one.segment_id, len(leading)),
            -one.probability,
            one.mention_id,
        ),
    )
    voices = {one.person_id: one for one in reversed(mentions)}
    chosen = [one for one in mentions if voices[one.person_id] is one]
    if chosen:
        return tuple(quotes.quote(one) for one in chosen[:TOPIC_QUOTES])
    segments = [evidence.segments[key] for key in topic.representative_segment_ids if key in evidence.segments]
    return tuple(quotes.sentence(one) for one in segments[:TOPIC_QUOTES] if one.document_id in evidence.documents)
