"""The stage as a user meets it: who is counted, what is left out, what a label is, and that it repeats."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from voc_engine.config.sections import TopicsConfig
from voc_engine.errors import ConfigError
from voc_engine.language.matters import is_weak
from voc_engine.records import Batch, Segment, Topic, TopicAssignment, Vectors
from voc_engine.topics.stage import run, usual_most


@pytest.fixture(scope="module")
def result(study, with_more):
    return run(with_more(study), TopicsConfig())


def by_id(batch: Batch) -> dict[str, TopicAssignment]:
    return {one.segment_id: one for one in batch.of(TopicAssignment)}


def test_each_theme_becomes_one_topic(study, result):
    placed = by_id(result)
    themes = [
        {placed[one.segment_id].topic_id for one in study[0][start : start + 30]} - {None} for start in (0, 30, 60)
    ]
    assert [len(theme) for theme in themes] == [1, 1, 1]
    assert len(set.union(*themes)) == len(result.of(Topic)) == 3


def test_a_label_stands_verbatim_in_its_topic_and_has_no_stopword_at_its_edges(study, result):
    placed = by_id(result)
    for topic in result.of(Topic):
        texts = [one.text.lower() for one in study[0] if placed[one.segment_id].topic_id == topic.topic_id]
        words = topic.label.lower().split()
        assert any(topic.label.lower() in text for text in texts)
        assert not is_weak(words[0])
        assert not is_weak(words[-1])


def test_labels_name_the_theme_and_differ(result):
    labels = {topic.label for topic in result.of(Topic)}
    assert labels == {"login code", "monthly invoice", "export button"}


def test_keywords_are_the_topics_own(result):
    keywords = {topic.label: topic.keywords for topic in result.of(Topic)}
    assert "monthly invoice" in keywords["monthly invoice"]
    assert not any("invoice" in word for word in (*keywords["login code"], *keywords["export button"]))
    assert all(len(few) <= 10 and len(set(few)) == len(few) for few in keywords.values())


def parted(batch: Batch) -> set[frozenset[str]]:
    homes: dict[str | None, set[str]] = {}
    for one in batch.of(TopicAssignment):
        homes.setdefault(one.topic_id, set()).add(one.segment_id)
    return {frozenset(segments) for segments in homes.values()}


def test_words_of_people_who_may_not_be_quoted_name_no_topic(study, with_more, result):
    """They count as before; labels, keywords and examples are the others', or there are none."""
    silent = {one.segment_id for one in study[0] if "invoice" in one.text or "browser" in one.text}
    read = with_more(study)
    read.tables[Segment] = [
        replace(one, quotable="none") if one.segment_id in silent else one for one in read.of(Segment)
    ]
    made = run(read, TopicsConfig())
    assert parted(made) == parted(result)
    topics = {topic.label: topic for topic in made.of(Topic)}
    nameless = next(topic for topic in made.of(Topic) if topic.label == f"Topic {topic.topic_id}")
    assert set(topics) == {"login code", "export button", nameless.label}
    told = " ".join([*topics, *(word for topic in made.of(Topic) for word in topic.keywords)]).lower()
    assert not any(word in told.split() for word in ("invoice", "browser", "dispute"))
    shown = {key for topic in made.of(Topic) for key in topic.representative_segment_ids}
    assert shown
    assert shown.isdisjoint(silent)
    assert nameless.representative_segment_ids == ()


def test_counts_come_from_the_assignments(study, result):
    person = {one.segment_id: one.person_id for one in study[0]}
    for topic in result.of(Topic):
        members = [one.segment_id for one in result.of(TopicAssignment) if one.topic_id == topic.topic_id]
        assert topic.n_segments == len(members)
        assert topic.n_people == len({person[member] for member in members})


def test_ids_follow_people_then_segments_then_label(result):
    topics = result.of(Topic)
    assert [topic.topic_id for topic in topics] == ["T01", "T02", "T03"]
    assert topics == sorted(topics, key=lambda one: (-one.n_people, -one.n_segments, one.label))


def test_representatives_are_members_from_distinct_people(study, result):
    person = {one.segment_id: one.person_id for one in study[0]}
    placed = by_id(result)
    for topic in result.of(Topic):
        chosen = topic.representative_segment_ids
        assert len({person[one] for one in chosen}) == len(chosen) == 5
        assert {placed[one].topic_id for one in chosen} == {topic.topic_id}
        nearest = max(placed.values(), key=lambda one: (one.topic_id == topic.topic_id, one.probability))
        assert placed[chosen[0]].probability == nearest.probability


def test_clear_topics_come_back_in_other_draws(result):
    assert all(topic.stability is not None and 0.8 < topic.stability <= 1 for topic in result.of(Topic))


def test_probabilities_tell_members_from_the_others(result):
    for one in result.of(TopicAssignment):
        assert 0 <= one.probability <= 1
        assert (one.probability >= 0.5) == (one.topic_id is not None)
        assert one.probability == round(one.probability, 6)


def test_the_order_of_the_input_is_of_no_consequence(study, with_more, result):
    segments, vectors = study
    order = list(range(len(vectors.keys)))
    random.Random(3).shuffle(order)
    mixed = Vectors(tuple(vectors.keys[row] for row in order), vectors.matrix[order])
    again = run(Batch.make((Segment, random.Random(4).sample(segments, len(segments))), vectors=mixed), TopicsConfig())
    assert again.of(Topic) == result.of(Topic)
    assert again.of(TopicAssignment) == result.of(TopicAssignment)


def test_interviewers_agents_and_bots_are_no_evidence(study, with_more, make_segment, towards, result):
    text = "The login code never arrives, says everyone."
    others = [
        (make_segment(900 + at, text, f"X{at}", role), towards("login", 0.1, 1))
        for at, role in enumerate(["interviewer", "agent", "bot"])
    ]
    again = run(with_more(study, *others), TopicsConfig())
    assert again.of(Topic) == result.of(Topic)
    assert again.of(TopicAssignment) == result.of(TopicAssignment)


def test_a_filler_is_not_assigned_even_when_its_vector_is_near(study, with_more, make_segment, towards):
    fillers = [
        (make_segment(900 + at, text, "P001"), towards("login", 0.0, 1))
        for at, text in enumerate(["Yeah.", "Thanks!", "Okay, sure, thank you very much."])
    ]
    placed = by_id(run(with_more(study, *fillers), TopicsConfig()))
    assert [placed[one.segment_id] for one, _ in fillers] == [
        TopicAssignment(one.segment_id, None, 0.0) for one, _ in fillers
    ]


def test_a_sentence_far_from_every_topic_is_not_assigned(study, with_more, make_segment, towards):
    stray = make_segment(900, "Penguins waddle across frozen beaches.", "P001")
    placed = by_id(run(with_more(study, (stray, towards("penguins", 0.0, 1))), TopicsConfig()))
    assert placed["s00900"].topic_id is None
    assert placed["s00900"].probability < 0.5


def test_a_repeated_sentence_is_fitted_once_and_counted_each_time(study, with_more, make_segment, towards, result):
    text = study[0][0].text
    loud = [(make_segment(900 + at, text, "P000"), towards("login", 0.0, 1)) for at in range(200)]
    again = run(with_more(study, *loud), TopicsConfig())
    before = {topic.label: topic for topic in result.of(Topic)}["login code"]
    after = {topic.label: topic for topic in again.of(Topic)}["login code"]
    assert after.n_segments == before.n_segments + 200
    assert after.n_people == before.n_people


def test_too_little_evidence_gives_no_topics_but_an_assignment_for_every_segment(make_study, with_more):
    few = make_study(6)
    out = run(with_more(few), TopicsConfig())
    assert out.of(Topic) == []
    assert out.of(TopicAssignment) == [TopicAssignment(one.segment_id, None, 0.0) for one in few[0]]


def test_nothing_gives_nothing():
    out = run(Batch.make((Segment, []), vectors=Vectors((), np.empty((0, 384), np.float32))), TopicsConfig())
    assert out.of(Topic) == []
    assert out.of(TopicAssignment) == []


def test_sentences_that_do_not_part_give_no_topics(make_segment):
    texts = [f"Something about matter number {at} hereabouts" for at in range(60)]
    segments = [make_segment(at, text, f"P{at % 9}") for at, text in enumerate(texts)]
    same = np.tile(np.eye(1, 384, dtype=np.float32), (60, 1))
    vectors = Vectors(tuple(one.text_key for one in segments), same)
    out = run(Batch.make((Segment, segments), vectors=vectors), TopicsConfig())
    assert out.of(Topic) == []
    assert {one.topic_id for one in out.of(TopicAssignment)} == {None}


def test_one_loud_person_makes_no_topic_in_a_study_of_many(make_study, with_more):
    segments, vectors = make_study(30)
    told = [
        Segment(**{name: getattr(one, name) for name in one.__slots__} | {"person_id": "P000"}) if at < 30 else one
        for at, one in enumerate(segments)
    ]
    out = run(with_more((told, vectors)), TopicsConfig())
    assert {topic.label for topic in out.of(Topic)} == {"monthly invoice", "export button"}
    assert all(by_id(out)[one.segment_id].topic_id is None for one in told[:30])


def test_the_fewest_segments_of_a_topic_and_the_most_topics_are_kept_to(study, with_more, result):
    assert all(topic.n_segments >= 20 for topic in run(with_more(study), TopicsConfig(min_size=20)).of(Topic))
    assert len(run(with_more(study), TopicsConfig(max_topics=2)).of(Topic)) == 2
    assert run(with_more(study), TopicsConfig(min_size=60)).of(Topic) == []


def test_sentences_outside_the_sample_are_assigned_too(make_study, with_more):
    many = make_study(120)
    out = run(with_more(many), TopicsConfig(sample=100))
    assert len(out.of(Topic)) == 3
    assigned = [one for one in out.of(TopicAssignment) if one.topic_id]
    assert len(assigned) > 250


def test_an_unknown_model_is_named_with_the_nearest(study, with_more):
    with pytest.raises(ConfigError) as caught:
        run(with_more(study), TopicsConfig(model="bertopic.v2"))
    assert "bertopic.v1" in str(caught.value)


def test_a_segment_without_a_vector_is_an_error_not_a_guess(study, make_segment):
    segments, vectors = study
    more = [*segments, make_segment(900, "Nobody embedded this sentence here.", "P001")]
    with pytest.raises(KeyError):
        run(Batch.make((Segment, more), vectors=vectors), TopicsConfig())


def test_the_usual_number_of_topics_can_be_read():
    assert [usual_most(amount) for amount in (100, 2_500, 20_000, 10_000_000)] == [14, 28, 59, 60]


def test_sentences_about_dates_and_persons_make_no_topic_and_no_keyword(study, with_more, make_segment, towards):
    days = ["Saturday", "Monday", "June", "March", "Friday"]
    dates = [
        (make_segment(900 + at, f"It was {days[at % 5]} at {at} o'clock, twenty minutes.", f"P{at % 9:03d}"),
         towards("dates", 0.5, at)) for at in range(30)
    ]  # fmt: skip
    about = [
        (make_segment(940 + at, f"A login code for Pellegrino, number {at}, again.", "P001"), towards("login", 0.3, at))
        for at in range(12)
    ]
    out = run(with_more(study, *dates, *about), TopicsConfig())
    assert {topic.label for topic in out.of(Topic)} == {"login code", "monthly invoice", "export button"}
    assert {by_id(out)[one.segment_id].topic_id for one, _ in dates} == {None}
    assert not any("pellegrino" in " ".join(topic.keywords) for topic in out.of(Topic))


def test_representatives_can_be_read_by_themselves(study, with_more, make_segment, towards):
    short = [(make_segment(900, "Login code.", "P001"), towards("login", 0.0, 1))]
    long = [(make_segment(901, "A login code " + "and again " * 40, "P002"), towards("login", 0.0, 1))]
    out = run(with_more(study, *short, *long), TopicsConfig())
    topic = next(topic for topic in out.of(Topic) if topic.label == "login code")
    assert not {"s00900", "s00901"} & set(topic.representative_segment_ids)
    assert topic.topic_id == by_id(out)["s00900"].topic_id == by_id(out)["s00901"].topic_id
