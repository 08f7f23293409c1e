"""A deed is the speaker's where they are the subject and do something."""

import pytest

from voc_engine.language.deeds import own_deed
from voc_engine.language.tokens import words


@pytest.mark.parametrize(
    "told", ["I retyped two months by hand.", "And then we called the bank.", "We've moved all of it to paper."]
)
def test_a_deed_of_the_speaker(told: str) -> None:
    assert own_deed(words(told))


@pytest.mark.parametrize(
    "told",
    [
        "The note I wrote about the dog is gone.",
        "I am in the corridor at work.",
        "I couldn't open it.",
        "With the new one the app closes and I lose it.",
        "My assistant retyped it.",
    ],
)
def test_what_is_told_without_one(told: str) -> None:
    assert not own_deed(words(told))
