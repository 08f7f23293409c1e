"""A thought is the speaker's where they say so; a plain fact is none, however bad it is."""

import pytest

from voc_engine.language.thinking import own_thought
from voc_engine.language.tokens import words


@pytest.mark.parametrize(
    "said",
    [
        "I don't really think it is safe.",
        "We'd expect an answer within a day.",
        "My worry is the invoices.",
        "I'd rather it were believed, I suppose.",
    ],
)
def test_a_thought_of_the_speaker(said: str) -> None:
    assert own_thought(words(said))


@pytest.mark.parametrize(
    "said",
    [
        "The times are grey on grey.",
        "They think we are stupid.",
        "It keeps asking me to pay.",
        "I typed it again and it froze.",
    ],
)
def test_what_is_told_without_one(said: str) -> None:
    assert not own_thought(words(said))
