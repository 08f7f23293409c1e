"""Which topics stay, and where their sentences go when they do not."""

from __future__ import annotations

import numpy as np

from voc_engine.records import Vectors
from voc_engine.topics.contract import TopicFit
from voc_engine.topics.distinct_sentences import distinct_sentences
from voc_engine.topics.placing import place_sentences


class FirstColumns:
    """Reads the probabilities of two topics off the first two numbers of a vector."""

    def place(self, vectors):
        return np.asarray(vectors[:, :2], dtype=np.float64)


def study(make_segment, people):
    """Four sentences of topic 0, the last of which is near topic 1 too; three of topic 1."""
    rows = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.8, 0.6], [0.1, 0.9], [0.1, 0.9], [0.2, 0.7]], np.float32)
    said = [make_segment(at, f"matter number{at} hereabouts", person) for at, person in enumerate(people)]
    order = {one.text_key: at for at, one in enumerate(said)}
    sentences = distinct_sentences(said)
    vectors = Vectors(tuple(one.text_key for one in said), rows)
    return sentences, vectors, [order[one.key] for one in sentences]


def placed(make_segment, people="abcdefg", stability=(0.9, 0.9), fewest=2):
    sentences, vectors, order = study(make_segment, people)
    found = TopicFit(FirstColumns(), ((), ()), stability)
    where = place_sentences(found, sentences, vectors, fewest, 0.25)
    return [one.topic for _, one in sorted(zip(order, where, strict=True), key=lambda pair: pair[0])]


def test_sentences_go_to_the_nearest_topic(make_segment):
    assert placed(make_segment) == [0, 0, 0, 0, 1, 1, 1]


def test_a_topic_that_does_not_come_back_is_dissolved_and_its_sentences_go_to_the_next(make_segment):
    assert placed(make_segment, stability=(0.1, 0.9)) == [None, None, None, 1, 1, 1, 1]


def test_stability_that_was_not_measured_dissolves_nothing(make_segment):
    assert placed(make_segment, stability=(None, None)) == [0, 0, 0, 0, 1, 1, 1]


def test_a_topic_below_the_fewest_segments_is_dissolved(make_segment):
    assert placed(make_segment, fewest=4) == [0, 0, 0, 0, None, None, None]


def test_one_voice_is_enough_only_among_a_handful_of_people(make_segment):
    assert placed(make_segment, people="aaaabcd") == [0, 0, 0, 0, 1, 1, 1]
    assert placed(make_segment, people="abcdeee") == [0, 0, 0, 0, 1, 1, 1]
    assert placed(make_segment, people="abcdfff") == [0, 0, 0, 0, 1, 1, 1]


def test_one_voice_makes_no_topic_among_many(make_segment, with_more):
    sentences, vectors, order = study(make_segment, "abcdeee")
    more = distinct_sentences([make_segment(20, "Thanks!", "f"), make_segment(21, "Okay.", "g")])
    where = place_sentences(TopicFit(FirstColumns(), ((), ()), (0.9, 0.9)), [*sentences, *more], vectors, 2, 0.25)
    by_row = dict(zip(order, where, strict=False))
    assert [by_row[row].topic for row in range(7)] == [0, 0, 0, 0, None, None, None]
