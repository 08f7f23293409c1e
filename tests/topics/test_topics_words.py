"""What is content, what is filler, and which phrases may stand as a label."""

from __future__ import annotations

import pytest

from voc_engine.language.matters import is_weak
from voc_engine.language.stems import stem
from voc_engine.topics.words import content_words, phrases


def keys(text: str) -> set[str]:
    return {phrase.key for phrase in phrases(text)}


@pytest.mark.parametrize("text", ["Yeah.", "Thanks!", "Okay, I don't know.", "", "...", "12 / 14", "I can’t."])
def test_fillers_have_no_content(text):
    assert content_words(text) == set()


def test_content_is_the_words_that_name_something():
    assert content_words("I can't find the Export button!") == {"find", "export", "button"}


@pytest.mark.parametrize("text", ["See https://example.org/login/page", "Ask [PERSON]", "Hello @acme", "XXXX XX"])
def test_links_masks_and_addressees_are_no_words(text):
    assert not content_words(text) & {"https", "example", "login", "person", "acme", "xxxx", "xx"}


def test_a_phrase_stands_in_the_text_as_it_reads():
    text = "The login code,  which I wait for, is a waste of time (export button)."
    for phrase in phrases(text):
        assert text[phrase.start : phrase.end].lower() == phrase.key
    assert {"login code", "waste of time", "export button"} <= keys(text)


def test_a_phrase_does_not_reach_over_punctuation():
    assert "code export" not in keys("the code, export")
    assert "code export" not in keys("the code [NAME] export")


def test_a_phrase_neither_begins_nor_ends_in_a_stop_word():
    assert all(
        not is_weak(key.split()[0]) and not is_weak(key.split()[-1]) for key in keys("the end of my phone bill to you")
    )


def test_a_verb_is_not_torn_from_its_particle():
    assert "account top" not in keys("How does an account top up work?")


def test_a_phrase_has_at_most_four_words():
    assert max(len(key.split()) for key in keys("slow red phone app crash report screen")) == 4


@pytest.mark.parametrize(
    "text", ["Saturday evening.", "It's June.", "Forty euro.", "Three times since Christmas.", "On the 2nd at 9am.",
             "Thirty-eight minutes", "Mrs", "half an hour", "#cloud #fail", "write to sam@example.org", "see acme.com"],
)  # fmt: skip
def test_dates_numbers_amounts_and_tags_name_nothing(text):
    assert not keys(text) - {"write"}


def test_a_time_word_stands_beside_another_word_only():
    assert {"closed month", "day view"} <= keys("The closed month spoils my day view")
    assert not {"month", "day"} & keys("The closed month spoils my day view")


def test_no_phrase_reaches_over_a_date_or_an_amount():
    found = keys("The January invoice cost forty euro extra and eleven clients left")
    assert {"invoice cost", "extra", "clients left"} <= found
    assert not any({"january", "forty", "euro", "eleven"} & set(key.split()) for key in found)


@pytest.mark.parametrize(
    ("one", "other"), [("code", "codes"), ("dog", "dog's"), ("invoices", "invoice"), ("glass", "glass")]
)
def test_plural_and_possessive_are_one_word(one, other):
    assert stem(one) == stem(other)
