"""Topics as records: label, keywords, counts of segments and people, and the segments that stand for them."""

from __future__ import annotations

from collections.abc import Sequence, Set

from voc_engine.records import Topic
from voc_engine.topics.contract import Ranked, TopicFit
from voc_engine.topics.distinct_sentences import FEWEST_WORDS, Sentence
from voc_engine.topics.name_grammar import read_like_names
from voc_engine.topics.placing import Placing
from voc_engine.topics.topic_labels import candidates, choose, keywords
from voc_engine.topics.words import phrases, words_at

REPRESENTATIVES = 5  # a choice: sentences that a reader takes in at a glance
SHORTEST, LONGEST = 5, 35  # words of a sentence that can stand for a topic by itself


def describe(
    fit: TopicFit, sentences: Sequence[Sentence], placed: Sequence[Placing[int]]
) -> tuple[list[Topic], dict[int | None, str]]:
    """Topic records in the order of their ids, and the id of each of the model's topics that has sentences.

    T01 has the most people, then the most segments, then the first label. Labels and keywords are words of people who
    may be quoted; a topic of nobody else is called by its id.
    """
    ranked = _members(sentences, placed)
    numbers = sorted(ranked)
    members = {number: [one for _, one in ranked[number]] for number in numbers}
    quotable = {number: [(near, one) for near, one in ranked[number] if one.quotable] for number in numbers}
    phrases_of = {number: _quotable(fit.phrases[number], sentences) for number in numbers}
    labels = choose(
        [
            candidates(
                phrases_of[number],
                [one.telling for _, one in quotable[number]],
                [near for near, _ in quotable[number]],
                [one.people for _, one in quotable[number]],
                [one.echoed for _, one in quotable[number]],
            )
            for number in numbers
        ],
        [[one.text for _, one in quotable[number]] for number in numbers],
        read_like_names,
    )
    topics = [
        _topic(label, keywords(phrases_of[number]), members[number], fit.stability[number])
        for label, number in zip(labels, numbers, strict=True)
    ]
    order = sorted(range(len(topics)), key=lambda at: (-topics[at].n_people, -topics[at].n_segments, topics[at].label))
    width = max(2, len(str(len(topics))))
    names: dict[int | None, str] = {numbers[at]: f"T{rank:0{width}d}" for rank, at in enumerate(order, start=1)}
    return [_renamed(topics[at], names[numbers[at]]) for at in order], names


def _members(sentences: Sequence[Sentence], placed: Sequence[Placing[int]]) -> dict[int, list[tuple[float, Sentence]]]:
    """Probability and sentence per topic, nearest to the centroid first; equally near ones by text key."""
    members: dict[int, list[tuple[float, Sentence]]] = {}
    for sentence, where in zip(sentences, placed, strict=True):
        if where.topic is not None:
            members.setdefault(where.topic, []).append((where.probability, sentence))
    return {topic: sorted(held, key=lambda one: (-one[0], one[1].key)) for topic, held in members.items()}


def _quotable(ranked: Ranked, sentences: Sequence[Sentence]) -> Ranked:
    """The phrases of which somebody who may be quoted says every word."""
    if all(one.quotable for one in sentences):
        return ranked
    spoken = {word.group().lower() for one in sentences if one.quotable for word in words_at(one.telling)}
    return tuple((key, weight) for key, weight in ranked if spoken.issuperset(key.split(" ")))


def _topic(label: str, words: tuple[str, ...], members: Sequence[Sentence], stability: float | None) -> Topic:
    segments = [segment for sentence in members for segment in sentence.segments]
    return Topic(
        "",
        label,
        words,
        len(segments),
        len({segment.person_id for segment in segments}),
        _representatives(members, {*words, label.lower()}),
        stability,
    )


def _renamed(topic: Topic, topic_id: str) -> Topic:
    return Topic(
        topic_id,
        topic.label or f"Topic {topic_id}",
        topic.keywords,
        topic.n_segments,
        topic.n_people,
        topic.representative_segment_ids,
        topic.stability,
    )


def _representatives(members: Sequence[Sentence], words: Set[str]) -> tuple[str, ...]:
    """The nearest sentences, each from a person who has not spoken yet.

    Only who may be quoted stands for a topic. Before all others come those of readable length that hold some of
    ``words``, the topic's label and keywords; then those of readable length.
    """
    people: set[str] = set()
    chosen: list[str] = []
    for sentence in sorted(members, key=lambda one: (not _readable(one), not _about(one, words))):
        segment = next(
            (one for one in sentence.segments if one.person_id not in people and one.quotable != "none"), None
        )
        if segment is not None:
            people.add(segment.person_id)
            chosen.append(segment.segment_id)
        if len(chosen) == REPRESENTATIVES:
            break
    return tuple(chosen)


def _readable(sentence: Sentence) -> bool:
    return SHORTEST <= len(sentence.text.split()) <= LONGEST and sentence.content >= FEWEST_WORDS


def _about(sentence: Sentence, words: Set[str]) -> bool:
    return any(phrase.key in words for phrase in phrases(sentence.telling))
