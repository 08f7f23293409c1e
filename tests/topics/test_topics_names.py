"""Names that few people say are written out before anything is named after them."""

from __future__ import annotations

from voc_engine.topics.names import rare_names, without


def found(texts, people=40):
    """Each sentence from a person of its own, in a study of so many people."""
    fillers = [f"filler {at}" for at in range(people - len(texts))]
    return rare_names([*texts, *fillers], [(f"P{at}",) for at in range(people)])


def test_a_person_whom_few_speak_of_is_a_name():
    assert found(["Then Karolina rang.", "I told Karolina's boy.", "ask karolina"]) == {"karolina"}


def test_what_many_people_say_may_be_a_product_and_stays():
    assert found([f"I opened Larkbook at {at}" for at in range(6)]) == frozenset()


def test_abbreviations_sentence_openings_and_shouting_are_no_names():
    texts = [
        "The PDF is wrong",
        "Invoices are late",
        "She said: Refunds vanish",
        "MY PHONE DIED",
        "Third No-Show Again",
    ]
    assert found(texts) == frozenset()


def test_a_word_that_stands_in_lower_case_as_often_is_no_name():
    assert found(["my Booking went", "my booking went", "a booking"]) == frozenset()


def test_in_a_study_of_a_handful_what_half_of_them_say_stays():
    texts = ["we use Larkbook", "my Larkbook broke", "then Silke rang", "nothing"]
    assert rare_names(texts, [("a",), ("b",), ("c",), ("d",)]) == {"silke"}


def test_blanking_keeps_every_other_character_in_its_place():
    text = "Mateo's code, for Mateo and Mateo-Ann, never came"
    blank = without(text, frozenset({"mateo"}))
    assert len(blank) == len(text)
    assert "mateo" not in blank.lower()
    assert blank.index("code") == text.index("code")
    assert without(text, frozenset()) == text


def test_who_only_ever_begins_sentences_is_a_name_and_a_heading_is_not():
    texts = [
        "Felix found it.",
        "Felix is sixteen.",
        "Refund missing",
        "Refund shows twice",
        "my refunds vanish",
        "Soon",
    ]
    assert found(texts) == {"felix"}
