"""What makes a quote fit to be read: one opinion for cards and maps."""

from __future__ import annotations

from typing import Any

import pytest

from voc_engine.language.telling import readable, telling
from voc_engine.records import Mention


def said(quote: str, **other: Any) -> Mention:
    given: dict[str, Any] = {"probability": 0.9, "sentiment": "negative", "basis": "stated"} | other
    return Mention(
        mention_id="m1", segment_id="s1", document_id="d1", person_id="P1", kind="pain_point", start=0, end=len(quote),
        quote=quote, sentiment_score=-0.8, emotion="neutral", severity="medium", severity_score=0.5, quadrant="says",
        reasons=(), **given,
    )  # fmt: skip


WORDS = "I lose an hour each week to the export."
PLAIN = said(WORDS)


@pytest.mark.parametrize(
    "worse",
    [
        said("an hour each week lost to the export"),
        said("They lose an hour each week to the export."),
        said("I lose an hour each week to [company]."),
        said("Do I lose an hour each week to the export?"),
        said("And I lose an hour each week to the export."),
        said("I lose it."),
        said(" ".join(["I lose an hour each week to the export, and"] * 4)),
        said(WORDS, probability=0.5),
        said(WORDS, basis="inferred"),
        said(WORDS, sentiment="positive"),
    ],
    ids=["cut off", "of others", "masked", "a question", "goes on", "short", "long", "unsure", "inferred", "positive"],
)  # fmt: skip
def test_what_is_harder_to_read_or_less_sure_comes_later(worse: Mention) -> None:
    assert telling(worse, (), {}) < telling(PLAIN, (), {})


def test_words_of_its_people_lift_it_and_only_three_of_them_count() -> None:
    weights = {"export": 2.0, "hour": 1.0, "week": 1.0, "lose": 0.5}
    apart = telling(PLAIN, ("export",), weights)
    assert telling(PLAIN, (), weights) < apart < telling(PLAIN, ("export", "hour", "week"), weights)
    assert telling(PLAIN, ("export", "hour", "week"), weights) == telling(PLAIN, weights, weights)


def test_a_quote_of_a_word_or_of_a_paragraph_does_not_stand_alone() -> None:
    assert readable(PLAIN)
    assert not readable(said("Slow."))
    assert not readable(said("slow " * 31))
