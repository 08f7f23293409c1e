"""Handles are blank at the edges and a pronoun inside; places of words stay."""

from __future__ import annotations

import pytest

from voc_engine.language.handles import without_handles


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@SomeBank why is my card declined?", "          why is my card declined?"),
        ("I love @Airline flights", "I love them     flights"),
        ("Late again. @one @two", "Late again.          "),
        ("mail me at ann@example.org", "mail me at ann@example.org"),
        ("no handle here", "no handle here"),
    ],
)
def test_handles_are_no_words_of_the_sentence(text: str, shown: str) -> None:
    assert without_handles(text) == shown
    assert len(shown) == len(text)
