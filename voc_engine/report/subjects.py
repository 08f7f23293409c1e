"""Topics as the templates show them."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.records import Insight, Topic
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import anchor
from voc_engine.report.quotes import Quotes, QuoteView

TOPIC_QUOTES = 4
TOPIC_INSIGHTS = 5


@dataclass(frozen=True, slots=True)
class TopicView:
    topic: Topic
    anchor: str
    reach: str
    share: float
    quotes: tuple[QuoteView, ...]
    insights: tuple[tuple[Insight, str], ...]


@dataclass(frozen=True, slots=True)
class TopicsView:
    """``largest`` and ``unassigned`` are shares of sentences in words; empty where there are no sentences."""

    topics: tuple[TopicView, ...]
    largest: str
    unassigned: str


def topics_view(evidence: Evidence, quotes: Quotes) -> TopicsView:
    segments = evidence.evidence_segments
    views = tuple(_topic(one, evidence, quotes) for one in evidence.topics.values())
    if not segments or not views:
        return TopicsView(views, "", "")
    free = sum(one.segment_id not in evidence.topic_of for one in segments)
    most = min(max(one.n_segments for one in evidence.topics.values()), len(segments))
    return TopicsView(
        views,
        wording.of_things(most, len(segments), "sentence"),
        wording.of_things(free, len(segments), "sentence"),
    )


def _topic(topic: Topic, evidence: Evidence, quotes: Quotes) -> TopicView:
    total = max(len(evidence.people), topic.n_people, 1)
    related = [one for one in evidence.insights.values() if one.topic_id == topic.topic_id]
    linked = [(one, quotes.places.insight(one.insight_id) or "") for one in related]
    return TopicView(
        topic=topic,
        anchor=anchor(topic.topic_id),
        reach=wording.of_people(topic.n_people, total),
        share=topic.n_people / total,
        quotes=topic_quotes(topic, evidence, quotes),
        insights=tuple(linked[:TOPIC_INSIGHTS]),
    )


def topic_quotes(topic: Topic, evidence: Evidence, quotes: Quotes) -> tuple[QuoteView, ...]:
    """Mentions in the topic's representative sentences first, then its other mentions, one person each; where the
    topic holds no mention, the representative sentences themselves."""
    leading = {key: place for place, key in enumerate(topic.representative_segment_ids)}
    mentions = sorted(
        evidence.topic_mentions.get(topic.topic_id, []),
        key=lambda one: (leading.get(one.segment_id, len(leading)), -one.probability, one.mention_id),
    )
    voices = {one.person_id: one for one in reversed(mentions)}
    chosen = [one for one in mentions if voices[one.person_id] is one]
    if chosen:
        return tuple(quotes.quote(one) for one in chosen[:TOPIC_QUOTES])
    known = [evidence.segments[key] for key in topic.representative_segment_ids if key in evidence.segments]
    return tuple(quotes.sentence(one) for one in known[:TOPIC_QUOTES] if one.document_id in evidence.documents)
