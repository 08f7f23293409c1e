"""Find what people talk about: fit on a sample of distinct sentences, assign every customer's segment, count people."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from voc_engine.config.sections import TopicsConfig
from voc_engine.records import Batch, Segment, Topic, TopicAssignment
from voc_engine.registry import component
from voc_engine.topics.contract import TopicModel
from voc_engine.topics.describe import describe
from voc_engine.topics.distinct_sentences import FEWEST_WORDS, Sentence, distinct_sentences, sample
from voc_engine.topics.placing import NOWHERE, Placing, place_sentences

SMALL_STUDY = 100  # sentences fitted, from which on topics have neighbours that lend each other sentences
FEWEST_SENTENCES = 20  # distinct sentences with content; below them there are no topics


def run(batch: Batch, options: TopicsConfig) -> Batch:
    """Reads Segment and Vectors (by text key); writes Topic and TopicAssignment.

    One assignment per customer's segment. ``topic_id`` None means not assigned: a filler without content, too far
    from every topic, or no topics at all because there are fewer than 20 distinct sentences with content or they do
    not part. ``probability`` is 0.5 at the topic's edge and 1 at its centre; below 0.5 it tells how near the nearest
    topic is. Raises KeyError for a segment that was not embedded and ConfigError for an unknown model.
    """
    sentences = distinct_sentences(batch.of(Segment))
    fitted = sample(sentences, options.sample)
    if batch.vectors is None or len(fitted) < FEWEST_SENTENCES:
        return _written([], sentences, [NOWHERE] * len(sentences))
    amount = sum(sentence.content >= FEWEST_WORDS for sentence in sentences)
    wanted = options.min_size or usual_size(len(fitted)) * amount // len(fitted)
    model: TopicModel = component("topic model", options.model)
    fit = model.fit(
        [sentence.telling for sentence in fitted],
        batch.vectors.rows([sentence.key for sentence in fitted]),
        max(2, round(wanted * len(fitted) / amount)),
        options.max_topics or usual_most(amount),
    )
    if fit is None:
        return _written([], sentences, [NOWHERE] * len(sentences))
    placed = place_sentences(
        fit, sentences, batch.vectors, options.min_size or max(2, wanted // 2), least_stable(len(fitted))
    )
    topics, names = describe(fit, sentences, placed)
    return _written(topics, sentences, [Placing(names.get(one.topic), one.probability) for one in placed])


def usual_size(fitted: int) -> int:
    """Fewest sentences of a topic where the configuration names none: 6 of 30, 12 of 400, 44 of 10,000.

    The root keeps large studies from falling into hundreds of topics; the constant keeps three sentences that happen
    to be alike from being called a topic in a small one.
    """
    return 4 + round(0.4 * sqrt(fitted))


def usual_most(amount: int) -> int:
    """Most topics where the configuration names no number: 14 of 100 distinct sentences, 28 of 2,500, 59 of 20,000.

    As many as somebody can read at a sitting; 60 at most, whatever the amount.
    """
    return min(60, 10 + round(0.35 * sqrt(amount)))


def least_stable(fitted: int) -> float:
    """Mean bootstrap Jaccard below which a group of sentences is not called a topic.

    Hennig (2007) calls a cluster dissolved below 0.5. Of fewer than 100 sentences 0.4 is asked. Larger fits part into
    many neighbouring topics that lend each other sentences, and which of them merge differs from draw to draw, so
    there it is 0.2: whether their sentences share a matter is asked of the words instead.
    """
    return 0.4 if fitted < SMALL_STUDY else 0.2


def _written(topics: list[Topic], sentences: Sequence[Sentence], placed: Sequence[Placing[str]]) -> Batch:
    assignments = sorted(
        (segment.segment_id, where.topic, where.probability)
        for sentence, where in zip(sentences, placed, strict=True)
        for segment in sentence.segments
    )
    return Batch.make((Topic, topics), (TopicAssignment, [TopicAssignment(*row) for row in assignments]))
