"""Choosing a label among the phrases of a topic."""

from __future__ import annotations

import pytest

from voc_engine.language.stems import stem
from voc_engine.records import Segment
from voc_engine.topics import topic_labels
from voc_engine.topics.distinct_sentences import distinct_sentences
from voc_engine.topics.name_grammar import factor, read_like_names
from voc_engine.topics.topic_labels import choose, keywords
from voc_engine.topics.words import phrases


def candidates(ranked, texts, nearness, voices=None, asked=None):
    """Every sentence from a person of its own, unless told."""
    said_by = voices or [(f"P{at}",) for at in range(len(texts))]
    return topic_labels.candidates(ranked, texts, nearness, said_by, asked or [frozenset()] * len(texts))


def plain(places):
    return [1.0] * len(places)


def test_a_repeated_phrase_goes_before_a_word_and_before_a_phrase_said_once():
    texts = ["The login code is late", "Another login code came", "My login page crashed"]
    ranked = (("login", 0.3), ("login code", 0.2), ("login page", 0.2), ("code", 0.1))
    assert candidates(ranked, texts, [0.9] * 3)[0].surface == "login code"


def test_a_phrase_of_the_centre_goes_before_one_of_the_margin():
    texts = ["red door", "blue door", "red door", "blue door"]
    ranked = (("red door", 0.2), ("blue door", 0.2))
    assert candidates(ranked, texts, [0.9, 0.6, 0.9, 0.6])[0].surface == "red door"


def test_a_phrase_of_many_people_goes_before_one_that_a_single_person_repeats():
    texts = ["red door", "red door", "red door", "blue door", "blue door", "blue door"]
    voices = [("P1",), ("P1",), ("P1",), ("P1",), ("P2",), ("P3",)]
    ranked = (("red door", 0.2), ("blue door", 0.2))
    assert candidates(ranked, texts, [0.9] * 6, voices)[0].surface == "blue door"


def test_two_topics_never_share_a_label_not_even_by_plural():
    ranked = (("login code", 0.2), ("login codes", 0.1), ("phone", 0.1))
    first = candidates(ranked, ["my login code", "a login code"], [0.9, 0.9])
    second = candidates(ranked, ["these login codes", "login codes by phone"], [0.9, 0.9])
    chosen = choose([first, second], [["my login code"], ["login codes by phone"]], plain)
    assert chosen[0] == "login code"
    assert chosen[1] not in {"login code", "login codes"}


def test_where_no_phrase_is_left_a_sentence_stands():
    assert choose([[]], [["It was so."]], plain) == ["It was so."]


@pytest.mark.parametrize(
    ("texts", "label"),
    [
        (["Phone app is slow", "my phone app died"], "phone app"),
        (["we flew to San Diego", "from San Diego we left"], "San Diego"),
        (["Kofi Brandt", "Kofi Brandt rang"], "Kofi Brandt"),
        (["MY PHONE APP DIED", "my phone app is slow"], "phone app"),
    ],
)
def test_a_label_is_lower_case_unless_it_is_a_name(texts, label):
    ranked = tuple((phrase.key, 0.2) for phrase in phrases(label))
    assert next(one.surface for one in candidates(ranked, texts, [0.9] * 2) if one.key == label.lower()) == label


def test_keywords_do_not_repeat_each_other():
    ranked = (("code", 0.4), ("login code", 0.3), ("login", 0.2), ("late login code", 0.2), ("phone", 0.1))
    assert keywords(ranked) == ("login code", "phone")


def test_a_name_reads_better_than_a_fragment():
    sentences = ["I would like to see the monthly invoice.", "It was quickly broken by them."]
    wanted = [
        next((text, phrase) for phrase in phrases(text) if phrase.key == key)
        for text, key in zip(sentences, ["monthly invoice", "quickly broken"], strict=True)
    ]
    name, fragment = read_like_names(wanted)
    assert name == 1.0
    assert fragment < 0.5


@pytest.mark.parametrize(
    ("tags", "least", "most"),
    [
        (["NOUN", "NOUN"], 1.0, 1.0),
        (["NOUN", "NOUN", "ADJ"], 0.8, 0.8),
        (["VERB", "PRON", "NOUN"], 0.6, 0.6),
        (["NOUN", "VERB"], 0.5, 0.5),
        (["NOUN", "AUX", "NOUN"], 0, 0.5),
        (["ADP", "NOUN"], 0, 0.1),
    ],
)
def test_factors_by_tags(tags, least, most):
    assert least <= factor(tags) <= most


def test_the_interviewers_words_are_no_label():
    """A phrase of the question counts for nobody who repeats it, and for who says it unasked."""
    texts = [
        "The pain points are rankings",
        "Some pain points are rankings",
        "I had pain points",
        "Rankings took me ages",
    ]
    ranked = (("pain points", 0.5), ("rankings", 0.2))
    question = frozenset(map(stem, ("what", "pain", "points")))
    assert candidates(ranked, texts, [0.9] * 4)[0].surface == "pain points"
    first = candidates(ranked, texts, [0.9] * 4, asked=[question] * 4)
    assert "pain points" not in {one.surface for one in first}
    assert first[0].surface == "rankings"
    unasked = candidates(ranked, texts, [0.9] * 4, asked=[question, question, frozenset(), frozenset()])
    assert {"pain points", "rankings"} <= {one.surface for one in unasked}


def test_what_is_said_unasked_anywhere_is_its_speakers_own():
    def said(number, question):
        return Segment(f"s{number}", "d", "u", number, 0, 11, "Pain points", "k", f"P{number}", "participant", question)

    (both,) = distinct_sentences([said(1, "What pain points?"), said(2, "Which points?")])
    assert both.echoed == {"point"}
    (own,) = distinct_sentences([said(1, "What pain points?"), said(2, None)])
    assert own.echoed == frozenset()
