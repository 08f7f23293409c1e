"""Topics as records: label, keywords, counts of segments and people, and the segments that stand for them."""

from __future__ import annotations

from collections.abc import Sequence, Set

from voc_engine.records import Topic
from voc_engine.topics.evidence import FEWEST_WORDS, Sentence
from voc_engine.topics.labels import candidates, choose, keywords
from voc_engine.topics.naming import read_like_names
from voc_engine.topics.placing import Placing
from voc_engine.topics.protocol import TopicFit
from voc_engine.topics.words import phrases

REPRESENTATIVES = 5
SHORTEST, LONGEST = 5, 35  # words of a sentence that can stand for a topic by itself


def describe(
    found: TopicFit, sentences: Sequence[Sentence], placed: Sequence[Placing[int]]
) -> tuple[list[Topic], dict[int | None, str]]:
    """Topic records in the order of their ids, and the id of each of the model's topics that has sentences.

    T01 has the most people, then the most segments, then the first label.
    """
    ranked = _members(sentences, placed)
    numbers = sorted(ranked)
    members = {number: [one for _, one in ranked[number]] for number in numbers}
    texts = {number: [one.text for one in members[number]] for number in numbers}
    nearness = {number: [near for near, _ in ranked[number]] for number in numbers}
    labels = choose(
        [
            candidates(
                found.phrases[number],
                [one.telling for one in members[number]],
                nearness[number],
                [one.people for one in members[number]],
            )
            for number in numbers
        ],
        [texts[number] for number in numbers],
        read_like_names,
    )
    made = [_topic(label, found, number, members[number]) for label, number in zip(labels, numbers, strict=True)]
    order = sorted(range(len(made)), key=lambda at: (-made[at].n_people, -made[at].n_segments, made[at].label))
    width = max(2, len(str(len(made))))
    names: dict[int | None, str] = {numbers[at]: f"T{rank:0{width}d}" for rank, at in enumerate(order, start=1)}
    return [_renamed(made[at], names[numbers[at]]) for at in order], names


def _members(sentences: Sequence[Sentence], placed: Sequence[Placing[int]]) -> dict[int, list[tuple[float, Sentence]]]:
    """Probability and sentence per topic, nearest to the centroid first; equally near ones by text key."""
    members: dict[int, list[tuple[float, Sentence]]] = {}
    for sentence, where in zip(sentences, placed, strict=True):
        if where.topic is not None:
            members.setdefault(where.topic, []).append((where.probability, sentence))
    return {topic: sorted(held, key=lambda one: (-one[0], one[1].key)) for topic, held in members.items()}


def _topic(label: str, found: TopicFit, number: int, members: Sequence[Sentence]) -> Topic:
    segments = [segment for sentence in members for segment in sentence.segments]
    words = keywords(found.phrases[number])
    return Topic(
        "",
        label,
        words,
        len(segments),
        len({segment.person_id for segment in segments}),
        _representatives(members, {*words, label.lower()}),
        found.stability[number],
    )


def _renamed(topic: Topic, topic_id: str) -> Topic:
    return Topic(
        topic_id,
        topic.label,
        topic.keywords,
        topic.n_segments,
        topic.n_people,
        topic.representative_segment_ids,
        topic.stability,
    )


def _representatives(members: Sequence[Sentence], words: Set[str]) -> tuple[str, ...]:
    """The nearest sentences, each from a person who has not spoken yet.

    Before all others come those of readable length that hold some of ``words``, the topic's label and keywords; then
    those of readable length.
    """
    heard: set[str] = set()
    chosen: list[str] = []
    for sentence in sorted(members, key=lambda one: (not _readable(one), not _about(one, words))):
        segment = next((one for one in sentence.segments if one.person_id not in heard), None)
        if segment is not None:
            heard.add(segment.person_id)
            chosen.append(segment.segment_id)
        if len(chosen) == REPRESENTATIVES:
            break
    return tuple(chosen)


def _readable(sentence: Sentence) -> bool:
    return SHORTEST <= len(sentence.text.split()) <= LONGEST and sentence.content >= FEWEST_WORDS


def _about(sentence: Sentence, words: Set[str]) -> bool:
    return any(phrase.key in words for phrase in phrases(sentence.telling))
