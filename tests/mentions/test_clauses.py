"""Clauses: whole, in the speaker's words, and divided where a contrast divides them."""

from __future__ import annotations

import pytest

from voc_engine.mentions.clauses import contrasts, whole_clauses
from voc_engine.mentions.parsing import parse


def clauses(text: str) -> list[str]:
    doc = next(parse([text]))
    return [text[span.start : span.end] for span in whole_clauses(doc)]


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("I waited two weeks for an answer and nobody ever called me back.", "nobody ever called me back."),
        ("The camera is wonderful, but the battery dies after an hour.", "The camera is wonderful"),
        ("Yeah, and um I think the export is really slow when there are many rows.",
         "the export is really slow when there are many rows."),
        ("I like the reports, although printing never works.", "printing never works."),
    ],
)  # fmt: skip
def test_the_shortest_clause_is_whole_and_verbatim(text: str, shortest: str) -> None:
    assert clauses(text)[0] == shortest


@pytest.mark.parametrize(
    "text",
    [
        "I don't think it works with the new phone.",
        "I doubt that the app is safe.",
        "If it crashes once more I will leave.",
        "It doesn't let me.",
        "That is a lost job as well as the petrol.",
        "Third no show in a week.",
        "My boss says that it is slow.",
    ],
)
def test_denial_condition_and_doubt_are_never_cut_off(text: str) -> None:
    """Regression: rewritten statements said the opposite ("Cannot let me", "A lost job as the petrol")."""
    assert clauses(text) == [text]


def test_every_clause_is_a_slice_and_the_sentence_is_among_them() -> None:
    text = "  Well, it broke twice, so we bought another one; my staff hates it 😀.  "
    doc = next(parse([text]))
    spans = whole_clauses(doc)
    assert text.strip() in [text[span.start : span.end] for span in spans]
    assert all(text[span.start : span.end].strip() for span in spans)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The food was good but the service was slow.", ["The food was good", "the service was slow."]),
        ("Nothing but praise for the whole team here.", ["Nothing but praise for the whole team here."]),
        ("I can't help but laugh at this printer.", ["I can't help but laugh at this printer."]),
    ],
)
def test_contrasts_divide_praise_from_blame_and_nothing_else(text: str, parts: list[str]) -> None:
    doc = next(parse([text]))
    assert [text[span.start : span.end] for span in contrasts(doc)] == parts
