"""What rules.v1 promises whatever the sentence: ranges, exact spans, reasons, and one reading per sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voc_engine.mentions import rules
from voc_engine.mentions.extractor import Sentence
from voc_engine.mentions.rules import RuleExtractor
from voc_engine.records import EMOTIONS, MENTION_KINDS, QUADRANTS, SENTIMENTS, SEVERITIES

EXTRACTOR = RuleExtractor()
WORDS = (
    "I you the app not never but although can't crash great slow if please , . ? ! 😀 \n because want export two weeks"
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=14).map(" ".join) | st.text(max_size=30))
def test_any_text_gives_a_reading_within_its_bounds(text: str) -> None:
    reading = EXTRACTOR.read([Sentence(text)])[0]
    assert tuple(reading.probabilities) == MENTION_KINDS
    assert all(0 <= chance <= 1 for chance in reading.probabilities.values())
    assert reading.sentiment in SENTIMENTS
    assert -1 <= reading.sentiment_score <= 1
    assert reading.emotion in EMOTIONS
    assert reading.severity in SEVERITIES
    assert 0 <= reading.severity_score <= 1
    assert reading.quadrant in QUADRANTS
    assert reading.basis in ("stated", "inferred")
    for finding in reading.findings:
        quote = text[finding.start : finding.end]
        assert quote
        assert quote == quote.strip()
        assert finding.probability == reading.probabilities[finding.kind]
        assert finding.reasons


def test_ten_copies_of_a_sentence_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    real = rules.parse
    monkeypatch.setattr(rules, "parse", lambda texts: parsed.extend(texts) or real(texts))
    extractor = RuleExtractor()
    readings = extractor.read([Sentence("It crashes.")] * 10 + [Sentence("It works well.")])
    assert parsed == ["It crashes.", "It works well."]
    assert len(readings) == 11
    assert all(reading == readings[0] for reading in readings[:10])


def test_a_reading_does_not_depend_on_its_neighbours() -> None:
    texts = ["It crashes.", "I love it!", "Where is my order?", "Please add tags."] * 3
    together = RuleExtractor().read([Sentence(text) for text in texts])
    alone = [RuleExtractor().read([Sentence(text)])[0] for text in texts[:4]]
    assert together == alone * 3


def test_reasons_name_the_words_that_gave_the_kind() -> None:
    reading = EXTRACTOR.read([Sentence("I still can't export, and I have been waiting two weeks.")])[0]
    pain = next(finding for finding in reading.findings if finding.kind == "pain_point")
    assert any("can't export" in reason for reason in pain.reasons)
    assert any("two weeks" in reason for reason in pain.reasons)


@pytest.mark.parametrize(
    ("milder", "worse"),
    [
        ("The menu is a bit annoying.", "The menu is annoying."),
        ("The menu is annoying.", "I can't open the menu."),
        ("I can't open the file.", "I can't open the file and lost two weeks of data."),
        ("The export fails.", "The export fails every time and we cancelled."),
    ],
)
def test_severity_grows_with_what_it_costs(milder: str, worse: str) -> None:
    low, high = EXTRACTOR.read([Sentence(milder), Sentence(worse)])
    assert low.severity_score < high.severity_score
    assert high.severity_reasons


def test_severity_of_praise_is_nothing() -> None:
    reading = EXTRACTOR.read([Sentence("I love the new search.")])[0]
    assert (reading.severity, reading.severity_score, reading.severity_reasons) == ("low", 0.0, ())


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("I am so frustrated with these updates.", "anger"),
        ("I was disappointed by the camera.", "sadness"),
        ("I'm worried about my data.", "fear"),
        ("Love it, I am very happy!", "joy"),
        ("The parcel weighs two kilos.", "neutral"),
        ("I am not happy with it.", "sadness"),
        ("The kitchen was disgusting and filthy.", "disgust"),
    ],
)
def test_emotions(text: str, emotion: str) -> None:
    assert EXTRACTOR.read([Sentence(text)])[0].emotion == emotion


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("It does not open my files.", "negative"),
        ("I still haven't received my refund.", "negative"),
        ("The store is in Berlin.", "neutral"),
        ("My credit card number is on the account.", "neutral"),
        ("It was like, you know, a game.", "neutral"),
        ("Works perfectly.", "positive"),
    ],
)
def test_sentiment_sees_pain_in_neutral_words_and_no_colour_in_plain_ones(text: str, sentiment: str) -> None:
    assert EXTRACTOR.read([Sentence(text)])[0].sentiment == sentiment
