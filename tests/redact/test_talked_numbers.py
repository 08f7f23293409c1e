"""What people say and type without care: numbers in words or groups, addresses and names in small letters."""

from __future__ import annotations

import pytest

from voc_engine.config import RedactConfig
from voc_engine.redact.finding import Finder


def _masked(text: str) -> str:
    for start, end, mask in sorted(Finder((), RedactConfig(names="cues")).spans([text])[0], reverse=True):
        text = f"{text[:start]}{mask}{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my pin is 50411.", "my pin is [id]."),
        ("please check, the number is 558192058", "please check, the number is [id]"),
        ("transfer from my account, ssn is 2325", "transfer from my account, ssn is [id]"),
        ("the card is four one four seven two zero eight nine", "the card is [id]"),
        ("7458 9658 1452 6523", "[card]"),
        ("send it to 885 hill street westport al 80005", "send it to [address]"),
        ("my name is mark", "my name is [person 1]"),
        ("you can look it up, last name holiday", "you can look it up, last name [person 1]"),
        ("ok thanks rory", "ok thanks [person 1]"),
        ("I am Josh Good and want a new account.", "I am [person 1] and want a new account."),
    ],
)
def test_it_is_masked(text: str, left: str) -> None:
    assert _masked(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "my name is spelled wrong on the form",
        "It costs 5000 and the number is 12.",
        "one two three, testing",
        "thanks again",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert _masked(text) == text
