"""Names in texts that write none with a capital; words, brands, places and other languages there stay."""

from __future__ import annotations

import pytest

from voc_engine.redact.bare_names import named_bare


def named(text: str, *, english: bool = True) -> list[str]:
    return [text[one.start : one.end] for one in named_bare(text, english=english)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the pricing is what siobhan wanted to fix", ["siobhan"]),
        ("jonas is the one who built it, says rebecca", ["jonas", "rebecca"]),
        ("I think giovanni will know, and I'm off", ["giovanni"]),
        ("name is priyanka andrews", ["priyanka andrews"]),
    ],
)
def test_a_given_name_is_one_wherever_it_stands(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize("text", ["tamsin fitzgerald", "zakiya morales", "ravindra", "kim", "olga petrov 4471"])
def test_an_answer_may_be_nothing_but_a_name(text: str) -> None:
    """Regression: who was asked for a name and typed it in small letters stood in clear, unless its first word was on a
    short list."""
    assert named(text) == [text.rstrip(" 0123456789")]


@pytest.mark.parametrize(
    "text",
    [
        "the headphone jack broke and my mike is loose",
        "we flew to charlotte in june and hope that april is better",
        "I asked Rebecca and wrote to siobhan",
        "write to jonas@example.org or www.rebecca.example",
        "the will of the people is a mark of grace",
        "my ipod and the bluetooth headfones",
        "awsome",
        "okay thankyou",
        "confirmation number dfg 4471",
    ],
)
def test_things_places_and_texts_with_capitals_have_none(text: str) -> None:
    assert named(text) == []


def test_in_another_language_no_strange_word_is_a_name() -> None:
    assert named("quiero mi pedido y gracias", english=False) == []
    assert named("pregunta a siobhan por el pedido", english=False) == ["siobhan"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is james e bryant the last four digits are 5612", "james e bryant"),
        ("my name is daniel a day ago it was not", "daniel"),
    ],
)
def test_a_family_name_behind_an_initial_goes_with_the_given_name(text: str, name: str) -> None:
    """Regression: "bryant" stood in clear behind "james e"."""
    assert [text[one.start : one.end] for one in named_bare(text)] == [name]
