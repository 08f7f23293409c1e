"""People's decisions on topics: rename, merge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from voc_engine.records import Batch, Decision, Segment, Topic, TopicAssignment, end_of_merges


def replayed(batch: Batch, options: object, decisions: Sequence[Decision]) -> Batch:
    """Topics and assignments as decided; segments and people of a merged topic are counted anew.

    Reads Segment, Topic and TopicAssignment. What is merged into a topic that is itself merged goes on to that one.
    """
    names = {one.target_id: str(one.value) for one in decisions if one.action == "rename"}
    into = {one.target_id: str(one.value) for one in decisions if one.action == "merge" and one.value != one.target_id}
    home = {topic.topic_id: end_of_merges(topic.topic_id, into) for topic in batch.of(Topic)}
    placed = [replace(a, topic_id=home.get(a.topic_id or "", a.topic_id)) for a in batch.of(TopicAssignment)]
    topics = [replace(one, label=names.get(one.topic_id, one.label)) for one in batch.of(Topic)]
    return Batch.make((Topic, _merged(topics, home, placed, batch.of(Segment))), (TopicAssignment, placed))


def _merged(
    topics: Sequence[Topic], home: Mapping[str, str], placed: Sequence[TopicAssignment], segments: Sequence[Segment]
) -> list[Topic]:
    person = {one.segment_id: one.person_id for one in segments}
    sizes = Counter(one.topic_id for one in placed)
    people: dict[str | None, set[str]] = defaultdict(set)
    for assignment in placed:
        people[assignment.topic_id].add(person.get(assignment.segment_id, ""))
    joined: dict[str, list[Topic]] = defaultdict(list)
    for topic in topics:
        joined[home[topic.topic_id]].append(topic)
    merged = []
    for topic in topics:
        parts = joined[topic.topic_id]
        if not parts:
            continue
        if len(parts) > 1:
            parts = [topic, *(one for one in parts if one is not topic)]
            topic = replace(
                topic,
                keywords=tuple(dict.fromkeys(word for one in parts for word in one.keywords))[
                    : 2 * len(topic.keywords)
                ],
                n_segments=sizes[topic.topic_id],
                n_people=len(people[topic.topic_id]),
                representative_segment_ids=tuple(key for one in parts for key in one.representative_segment_ids),
                stability=None,
            )
        merged.append(topic)
    return sorted(merged, key=lambda one: (-one.n_segments, one.topic_id)) if len(merged) < len(topics) else merged
