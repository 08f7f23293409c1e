"""What may stand on a map: sentences as people speak them, whole and to be read alone."""

import pytest

from voc_engine.empathy.entry_words import excerpt
from voc_engine.empathy.legibility import legible, opening, reported


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


def test_told_speech_is_no_statement_of_now():
    assert reported("And I said, I don't recognise this bill")
    assert not reported("I don't recognise this bill")


def test_what_is_short_enough_is_not_cut_at_its_commas() -> None:
    quote = "The person put their copyright, I think, on every single file"
    assert excerpt(quote, 14) == quote
    longer = f"{quote}, and the others who worked on it did not like it at all"
    assert excerpt(longer, 14) == "and the others who worked on it did not like it at all"
