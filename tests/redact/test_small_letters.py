"""Given names in texts that write none with a capital; words, brands and places there stay."""

from __future__ import annotations

import pytest

from voc_engine.redact.small_letters import named_in_small


def named(text: str) -> list[str]:
    return [text[one.start : one.end] for one in named_in_small(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the pricing is what siobhan wanted to fix", ["siobhan"]),
        ("jonas is the one who built it, says rebecca", ["jonas", "rebecca"]),
        ("I think giovanni will know, and I'm off", ["giovanni"]),
        ("We left it to priyanka andrews in the end.", ["priyanka andrews"]),
    ],
)
def test_a_given_name_is_one_wherever_it_stands(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "the headphone jack broke and my mike is loose",
        "we flew to charlotte in june and hope that april is better",
        "I asked Rebecca and wrote to siobhan",
        "write to jonas@example.org or www.rebecca.example",
        "the will of the people is a mark of grace",
    ],
)
def test_things_places_and_texts_with_capitals_have_none(text: str) -> None:
    assert named(text) == []
