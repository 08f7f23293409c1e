"""What a noun phrase takes along: the words that say which thing it is, and none that only point at it."""

import pytest

from voc_engine.mentions.noun_phrases import noun_phrases
from voc_engine.mentions.parsing import parse


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("A no-show costs me forty quid.", "no-show"),
        ("Every no show hurts.", "no show"),
        ("I had no signal at the barn.", "signal"),
        ("They refused the same invoice.", "invoice"),
        ("They closed our self-service checkout.", "self-service checkout"),
    ],
)
def test_a_compound_keeps_its_parts_and_a_pointer_is_left_out(said: str, named: str) -> None:
    (doc,) = parse([said])
    assert noun_phrases(doc, 0, len(said))[0] == named
