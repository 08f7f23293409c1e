"""What words are: tokens, stop words, stems, negation, polarity, feelings, persons, times and quantities."""

from __future__ import annotations

import subprocess
import sys

import pytest

from voc_engine.language.feelings import emotion_of, named_feelings, own_feeling
from voc_engine.language.matters import can_name, is_barred, is_weak
from voc_engine.language.negation import is_negated, is_negator, negations
from voc_engine.language.persons import begins_midway, is_first_person, speaks_of_self
from voc_engine.language.polarity import lean, scale_ends
from voc_engine.language.quantities import is_number, quantities
from voc_engine.language.stems import content_stems, stem
from voc_engine.language.stop_words import is_content, is_stop
from voc_engine.language.times import hour_of
from voc_engine.language.tokens import parts, spans, uncontracted, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I can’t, I can't!", ["i", "can't", "i", "can't"]),
        ("the sign-up page, R&D", ["the", "sign-up", "page", "r&d"]),
        ("'quoted' dogs' it's", ["quoted", "dogs", "it's"]),
        ("Straße, naïve 3rd _x_", ["straße", "naïve", "3rd", "x"]),
        ("-- ' & …", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_word_stands_where_its_span_is() -> None:
    text = "Don’t “sign-up” now"
    assert [text[word.start() : word.end()] for word in spans(text)] == ["Don’t", "sign-up", "now"]


def test_parts_take_compounds_apart_and_leave_contractions_whole() -> None:
    assert parts("I can't sign-up") == ["i", "can't", "sign", "up"]


@pytest.mark.parametrize(
    ("word", "bare"),
    [("don't", "do"), ("won't", "will"), ("can't", "can"), ("dog's", "dog"), ("we've", "we"), ("bus", "bus")],
)
def test_a_contraction_is_the_word_before_its_ending(word: str, bare: str) -> None:
    assert uncontracted(word) == bare


@pytest.mark.parametrize("word", ["the", "don't", "it's", "yeah", "getting", "thing", "twelve", "im", "what's"])
def test_stop_words(word: str) -> None:
    assert is_stop(word)


@pytest.mark.parametrize("word", ["call", "empty", "invoice", "name", "serious", "time", "bad"])
def test_words_with_content_are_no_stop_words(word: str) -> None:
    assert not is_stop(word)
    assert is_content(word)


@pytest.mark.parametrize("word", ["x", "12", "never", "wouldn't", "the"])
def test_letters_numbers_and_negators_are_no_content(word: str) -> None:
    assert not is_content(word)


@pytest.mark.parametrize("forms", ["invoice invoices invoicing invoiced", "dog dogs dog's", "cancel cancelled cancels"])
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


def test_what_a_text_is_about() -> None:
    assert content_stems("I couldn't find the sign-up button!") == content_stems("Finding the sign up buttons?")


@pytest.mark.parametrize("word", ["not", "can't", "nobody", "hardly", "without", "dont", "lacks"])
def test_negators(word: str) -> None:
    assert is_negator(word)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("It does not work", [2]),
        ("Not only fast, no doubt", []),
        ("It is anything but easy", [2]),
        ("I can't wait to see it", []),
        ("I can't open it and nobody answers", [1, 5]),
    ],
)
def test_negations(text: str, places: list[int]) -> None:
    assert negations(words(text)) == places
    assert is_negated(words(text)) == bool(places)


def test_lean_and_scales() -> None:
    assert (lean(["fast", "reliable"]), lean(["slow", "rude"]), lean(["blue"])) == (2, -2, 0)
    assert scale_ends(["slow", "and", "fast"]) == ()
    ((scale, end),) = scale_ends(["slow"])
    assert scale_ends(["slow"], -1) == ((scale, -end),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I was mortified", [("mortified", "sadness")]),
        ("I am fed up and a bit worried", [("fed-up", "anger"), ("worried", "fear")]),
        ("The list is long", []),
    ],
)
def test_named_feelings(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(feeling.word, feeling.emotion) for feeling in named_feelings(words(text))] == expected
    assert emotion_of("invoice") is None


@pytest.mark.parametrize("text", ["It lost my data", "We’ve tried", "Give US our money".upper(), "that was me"])
def test_speaks_of_self(text: str) -> None:
    assert speaks_of_self(text)


@pytest.mark.parametrize("text", ["They ship to the US", "You lost it", ""])
def test_speaks_of_others(text: str) -> None:
    assert not speaks_of_self(text)
    assert not is_first_person("it")


@pytest.mark.parametrize(
    ("text", "midway"), [("And then it froze", True), ("Andes", False), ("“So”", False), ("", False)]
)
def test_a_sentence_that_goes_on_from_another(text: str, midway: bool) -> None:
    assert begins_midway(text) == midway


@pytest.mark.parametrize("word", ["invoice", "sign-up", "r&d"])
def test_words_that_can_name_a_matter(word: str) -> None:
    assert can_name(word)


@pytest.mark.parametrize("word", ["the", "wanted", "good", "people", "week", "january", "forty", "euros", "mrs", "9am"])
def test_words_that_name_nothing_by_themselves(word: str) -> None:
    assert not can_name(word)


def test_small_numbers_are_weak_and_amounts_are_barred() -> None:
    assert is_weak("two")
    assert not is_barred("two")
    assert is_barred("thirty-eight")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It took two hours", [("two hours", 2.0, "hour")]),
        ("$1,200.50 or 1.234,50 €", [("$1,200.50", 1200.5, "usd"), ("1.234,50 €", 1234.5, "eur")]),
        ("half an hour, a couple of weeks", [("half an hour", 0.5, "hour"), ("a couple of weeks", 2.0, "week")]),
        ("two hundred and thirty-eight", [("two hundred", 200.0, None), ("thirty-eight", 38.0, None)]),
        (
            "several days, 40% of 12 people",
            [("several days", None, "day"), ("40%", 40.0, "percent"), ("12", 12.0, None)],
        ),
        ("version 1.2.3 of a phone", []),
    ],
)
def test_quantities(text: str, expected: list[tuple[str, float | None, str | None]]) -> None:
    assert [(text[q.start : q.end], q.value, q.unit) for q in quantities(text)] == expected


@pytest.mark.parametrize("word", ["3", "1,200", "four", "several"])
def test_numbers(word: str) -> None:
    assert is_number(word)
    assert not is_number("fourth")


def test_the_floor_loads_no_heavy_library() -> None:
    code = (
        "import sys; from voc_engine.language.stems import content_stems; content_stems('The buttons');"
        "print(sorted({'spacy', 'torch', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("text", "emotion", "word"),
    [
        ("I was so fed up with it", "anger", "fed-up"),
        ("We really love the board", "joy", "love"),
        ("It annoys me every day", "anger", "annoys"),
        ("I felt like winning", "joy", None),
        ("My boss loves the board", "joy", None),
        ("The clinic was furious", "anger", None),
    ],
)
def test_a_feeling_is_the_speakers_own_where_they_name_it_of_themselves(
    text: str, emotion: str, word: str | None
) -> None:
    assert own_feeling(words(text), emotion) == word


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("At 7:30 pm I do the invoices", 19.5),
        ("By 14:15 I am done", 14.25),
        ("Sunday nights", 22.0),
        ("I type it up", None),
    ],
)
def test_the_hour_of_the_day_that_a_text_names(text: str, hour: float | None) -> None:
    assert hour_of(text) == hour
