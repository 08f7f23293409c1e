"""What may stand on a map: sentences as people speak them, sorted by the words alone."""

import pytest

from voc_engine.empathy.gates import attempt, deed, felt, first_person, legible, of_others, opening, reported, thought


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("And so finally I threw my hands up", "finally I threw my hands up"),
        ("Yeah, I mean, you know, I export it twice", "I export it twice"),
        ("So far, I failed it with that artwork", "So far, I failed it with that artwork"),
        ("So that I can go home early", "So that I can go home early"),
        ("No refunds were ever given", "No refunds were ever given"),
        ("Yeah, sure", "Yeah, sure"),
    ],
)
def test_fillers_are_left_out_and_nothing_else(said, left):
    assert opening(said) == left
    assert said.endswith(opening(said))


@pytest.mark.parametrize(
    "said",
    [
        "I worked on it for three weeks", "So I chased after the courier", "We're using a spreadsheet for the rota",
        "After the outage, we exported everything by hand", "I don't open the app on Sundays", "I was trying to call them",
    ],
)  # fmt: skip
def test_deeds(said):
    assert deed(said)


@pytest.mark.parametrize(
    "said",
    [
        "I want to go home", "The export took an hour", "I was happy", "We actually did like the colours",
        "I probably wasn't going to come", "I would pay for that", "She called them twice", "I think it works",
        "I mentioned the artist", "So this was a draft, we were trying to sort it out",
    ],
)  # fmt: skip
def test_states_wishes_and_what_others_do_are_no_deeds(said):
    assert not deed(said)


@pytest.mark.parametrize(
    "said",
    ["I think it is slow", "We always felt that it was slow", "My main worry is the price", "I'd rather pay monthly",
     "But I really wanted it to succeed", "In my opinion the old one was better"],
)  # fmt: skip
def test_thoughts(said):
    assert thought(said)


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("I'm really happy with it", True), ("I really love that sign", True), ("It drives me mad", True),
        ("So frustrated with this update", True), ("It is slow", False), ("I like and I hadn't even begun", False),
        ("The staff was happy", False), ("I would like to say that it works", False),
    ],
)  # fmt: skip
def test_feelings_are_named_by_who_has_them(said, yes):
    assert felt(said) is yes


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("We found that people were just getting frustrated by it", True), ("They charged me twice", False),
        ("The players never found the door", True), ("He said it broke my phone", False), ("I see people leave", False),
    ],
)  # fmt: skip
def test_what_befell_others_is_not_the_speakers(said, yes):
    assert of_others(said) is yes


@pytest.mark.parametrize(
    "said",
    [
        "more difficult, versus the safe path for", "I like I like the blue one", "It was",
        "there are quotes or quotes here",
        "I always I love dinosaurs", "Find us at https://example.org any time", "Because the screen ended up being like",
    ],
)  # fmt: skip
def test_what_cannot_be_read_alone_stays_out(said):
    assert not legible(said)


@pytest.mark.parametrize(
    "said", ["The export is very, very slow", "I had so much paper, so much work", "We never heard back"]
)
def test_emphasis_is_no_stutter(said):
    assert legible(said)


def test_told_speech_attempts_and_the_place_of_the_first_person():
    assert reported("And I said, I don't recognise this bill")
    assert not reported("I don't recognise this bill")
    assert attempt("We are trying to cut the queue")
    assert first_person("For a long time, I struggled with it") == "I struggled with it"
    assert first_person("The bill came late, I paid it") is None
