"""Where a mention stands on an empathy map: thought, deed or feeling only where that is sure, with reasons."""

from __future__ import annotations

import pytest

from voc_engine.mentions.contract import Sentence
from voc_engine.mentions.heads.extractor import HeadsExtractor
from voc_engine.mentions.quadrant import SURE, quadrant_reasons, settled_quadrant


@pytest.mark.parametrize("quadrant", ["thinks", "does", "feels"])
def test_what_is_not_sure_is_only_said(quadrant: str) -> None:
    assert settled_quadrant(quadrant, SURE) == (quadrant, SURE)
    assert settled_quadrant(quadrant, SURE - 0.05) == ("says", pytest.approx(1.05 - SURE))


def test_what_is_said_needs_no_more() -> None:
    assert settled_quadrant("says", 0.4) == ("says", 0.4)


@pytest.mark.parametrize(
    ("quadrant", "quote", "reason"),
    [
        ("thinks", "I think the price is fair.", "says that they think so"),
        ("thinks", "The price is fair.", "reads like sentences that people put there"),
        ("does", "I retyped all of it.", "tells what they do themselves"),
        ("feels", "I was furious about it.", "names what they feel"),
        ("feels", "It broke my heart.", "reads like sentences that people put there"),
    ],
)
def test_the_reasons_can_be_checked_against_the_words(quadrant: str, quote: str, reason: str) -> None:
    assert quadrant_reasons(quote, quadrant, quadrant) == (reason,)


def test_what_was_not_sure_enough_is_told() -> None:
    assert quadrant_reasons("It is grey.", "says", "thinks") == ("not surely what somebody thinks",)
    assert quadrant_reasons("It is grey.", "says", "says") == ()


@pytest.fixture(scope="module")
def extractor() -> HeadsExtractor:
    return HeadsExtractor()


def test_a_plain_fact_is_less_surely_a_thought_than_an_opinion(extractor: HeadsExtractor) -> None:
    said = ("I think the weekly summary is far too long.", "The weekly summary arrived twice on Monday.")
    opinion, fact = extractor.labels([Sentence(text) for text in said])
    assert settled_quadrant(opinion.quadrant, opinion.quadrant_probability)[0] == "thinks"
    assert settled_quadrant(fact.quadrant, fact.quadrant_probability)[0] == "says"


def test_each_part_of_a_sentence_stands_where_its_own_words_put_it(extractor: HeadsExtractor) -> None:
    """Regression: "because the export only comes with manager" stood among deeds, since its sentence began with one."""
    said = "The camera is wonderful and I love it, but yesterday the battery died twice in an hour."
    (reading,) = extractor.read([Sentence(said, "", "review")])
    where = {said[one.start : one.end]: one.quadrant for one in reading.findings}
    assert len(where) == 2
    of_praise, of_trouble = (where[part] for part in sorted(where, key=said.index))
    assert of_praise != of_trouble
    assert of_trouble is not None
    assert settled_quadrant(*of_trouble)[0] == "says"
