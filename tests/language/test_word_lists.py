"""Every list of words: it says what it is about, and each of its words can meet a word of a text."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from voc_engine.language.feelings import emotion_of, feeling_verbs, moving_verbs
from voc_engine.language.negation import is_negator
from voc_engine.language.persons import first_person
from voc_engine.language.polarity import complaint, leaning_words, praise, scale_ends, scales
from voc_engine.language.quantities import time_units, units
from voc_engine.language.stop_words import EXCEPTIONS, base, is_stop
from voc_engine.language.times import calendar_words, months, times_of_day, weekdays
from voc_engine.language.tokens import words
from voc_engine.language.word_lists import groups, word_list

LISTS = sorted(
    path.name.removesuffix(".toml")
    for path in (files("voc_engine.language") / "lists").iterdir()
    if path.name.endswith(".toml")
)
SIGNS = set("$€£%")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_it_is_about_and_has_nothing_else(name: str) -> None:
    table = tomllib.loads((files("voc_engine.language") / "lists" / f"{name}.toml").read_text("utf-8"))
    assert set(table) == {"about", "words"}
    assert table["about"].endswith(".")


@pytest.mark.parametrize("name", LISTS)
def test_every_word_of_a_list_is_one_word_of_a_text(name: str) -> None:
    listed = {part for word in word_list(name) for part in word.split("_")} - SIGNS
    assert {word for word in listed if words(word) != [word]} == set()


@pytest.mark.parametrize("name", LISTS)
def test_no_group_of_a_list_names_a_word_twice(name: str) -> None:
    twice = {group: [w for w in line if line.count(w) > 1] for group, line in groups(name).items()}
    assert {group: again for group, again in twice.items() if again} == {}


def test_an_unknown_list_or_group_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        groups("stopwords")
    with pytest.raises(KeyError):
        word_list("pronouns", "third_person")


def test_stop_words_are_those_of_spacy_with_additions_and_exceptions() -> None:
    assert word_list("stop_words", EXCEPTIONS) <= base()
    assert {"the", "of", "whereas"} <= base()
    assert all(is_stop(word) for word in base() - word_list("stop_words", EXCEPTIONS))
    assert not any(is_stop(word) for word in word_list("stop_words", EXCEPTIONS))


def test_the_list_of_stop_words_is_spacys_own() -> None:
    from spacy.lang.en.stop_words import STOP_WORDS

    assert base() == {word.replace("’", "'").replace("‘", "'") for word in STOP_WORDS}


def test_negation_list() -> None:
    assert all(map(is_negator, word_list("negation", "negators", "seldom", "lacking", "unmarked_contractions")))
    assert not any(map(is_negator, word_list("negation", "failing")))


def test_polarity_lists_do_not_contradict_each_other() -> None:
    assert praise().isdisjoint(complaint())
    assert praise() | complaint() <= leaning_words()


def test_scales_have_two_ends_that_share_nothing() -> None:
    assert len(scales()) * 2 == len(groups("scales"))
    assert all(low.isdisjoint(high) and low and high for low, high in scales())
    (low,), (high,) = scale_ends(["slow"]), scale_ends(["fast"])
    assert (low[0], low[1]) == (high[0], -high[1])


def test_a_feeling_has_one_emotion() -> None:
    named = [
        word
        for emotion in ("anger", "disgust", "fear", "joy", "sadness", "surprise", "other")
        for word in word_list("feelings", emotion)
    ]
    assert len(named) == len(set(named))
    assert {emotion_of(word) for word in named} == {*groups("feelings")}


def test_feeling_verbs_tell_who_feels() -> None:
    assert {"dread", "love"} <= feeling_verbs() - moving_verbs()
    assert {"annoy", "delight"} <= moving_verbs() - feeling_verbs()


def test_thoughts_list() -> None:
    assert {"think", "prefer", "wish"} <= word_list("thoughts", "opinion")
    assert "worry" in word_list("thoughts", "nouns")


def test_general_words_are_no_stop_words_but_those_of_spacy() -> None:
    assert {verb for verb in word_list("general_words") if is_stop(verb)} <= base()
    assert {"wanted", "tried", "people"} <= word_list("general_words")


def test_connectives() -> None:
    assert {"and", "because"} <= word_list("connectives")


def test_pronouns_of_the_speaker() -> None:
    assert {"i", "we", "ours"} <= first_person()
    assert "you" not in first_person()


def test_calendar_lists() -> None:
    assert (len(months()), len({day.removesuffix("s") for day in weekdays()})) == (11, 7)
    assert "may" not in calendar_words()
    assert {"morning", "week"} <= times_of_day()


def test_numbers_ordinals_and_units() -> None:
    assert all(group == "vague" or group[1:].isdigit() for group in groups("numbers"))
    assert word_list("ordinals").isdisjoint(word_list("numbers"))
    assert units()["weeks"] == "week"
    assert "euro" not in time_units()


def test_judgements_and_forms_of_address() -> None:
    assert {"ridiculous", "amazing"} <= word_list("judgements", "verdicts")
    assert "mrs" in word_list("forms_of_address")
