"""What heads.v1 promises beside the kit: reasons that can be checked, negation, questions, clauses, weights on disk."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from voc_engine.errors import ConfigError
from voc_engine.mentions.contract import Reading, Sentence
from voc_engine.mentions.heads.extractor import WEIGHTS, HeadsExtractor, shipped
from voc_engine.mentions.heads.linear import load_heads, save_heads
from voc_engine.mentions.heads.weights import load_network
from voc_engine.records import MENTION_KINDS
from voc_engine.registry import component

GOLD = Path(__file__).parents[3] / "corpora" / "gold"
HEADS = component("mention extractor", "heads.v1")


def read(*texts: str) -> list[Reading]:
    readings: list[Reading] = HEADS.read([Sentence(text) for text in texts])
    return readings


def kinds(text: str) -> set[str]:
    return {finding.kind for finding in read(text)[0].findings if finding.probability >= 0.5}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I waited two weeks for an answer and nobody ever called me back.", {"pain_point"}),
        ("Please add a way to export the calendar to a spreadsheet.", {"request"}),
        ("I love how quickly I can find a free slot now.", {"delight"}),
        ("I am trying to close the books before the tenth so that I can send the report.", {"goal"}),
        ("I would not buy it again and I cannot recommend it to anyone.", {"objection"}),
        ("The office is on the second floor.", set()),
    ],
)
def test_plain_cases_of_each_kind(text: str, expected: set[str]) -> None:
    found = kinds(text)
    assert expected <= found, f"{text!r}: {read(text)[0].probabilities}"
    assert expected or not found


def test_most_pairs_that_differ_by_a_negation_get_different_polarities() -> None:
    """All of them is the aim; docs/accuracy.md tells how many it is. Fewer than these would be a loss."""
    with (GOLD / "negation_pairs.tsv").open(encoding="utf-8", newline="") as stream:
        pairs = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    first = read(*(pair["sentence_a"] for pair in pairs))
    second = read(*(pair["sentence_b"] for pair in pairs))
    assert len(pairs) == 100
    assert sum(a.sentiment != b.sentiment for a, b in zip(first, second, strict=True)) >= 78


def test_reasons_quote_words_that_stand_in_the_sentence() -> None:
    text = "I waited forty minutes and the page crashed twice."
    finding = next(one for one in read(text)[0].findings if one.kind == "pain_point")
    quoted = [reason.split("'")[1] for reason in finding.reasons if reason.count("'") == 2]
    assert quoted, finding.reasons
    assert all(word.lower() in text.lower() for quote in quoted for word in quote.replace("…", " ").split())


def test_reasons_are_told_in_words_that_a_researcher_can_check() -> None:
    texts = ("v5 broke it", "stopped crashing.", "worth it for that alone honestly", "Put the colours back, I have 3.")
    told = {reason for one in read(*texts) for finding in one.findings for reason in finding.reasons}
    assert told
    named = ("rule", "encoder", "VADER", "logit", "head", "source:")
    assert [reason for reason in told for name in named if name in reason] == []


def test_praise_and_blame_in_one_sentence_are_two_mentions_with_their_own_spans() -> None:
    text = "The camera is wonderful, but the battery dies after an hour."
    spans = {one.kind: text[one.start : one.end] for one in read(text)[0].findings if one.probability >= 0.5}
    assert "camera" in spans["delight"]
    assert "battery" not in spans["delight"]
    assert "battery" in spans["pain_point"]
    assert "camera" not in spans["pain_point"]


def test_aspects_stand_at_their_words_with_their_own_polarity() -> None:
    text = "The food was wonderful, but the service was terribly slow."
    found = {text[one.start : one.end]: one.polarity for one in read(text)[0].aspects}
    assert found == {"food": "positive", "service": "negative"}


def test_praise_that_opens_a_complaint_is_flagged_for_a_person() -> None:
    assert read("Great, the app has crashed again and I lost everything.")[0].review == ("may be sarcasm",)
    assert read("The app has crashed again and I lost everything.")[0].review == ()


def test_advice_to_fellow_customers_is_told_from_requests_to_the_provider() -> None:
    advised, asked = read(
        "Ask for a room at the back if you are a light sleeper.", "Please add a night mode to the app."
    )
    assert advised.advice > 0.5 > advised.probabilities["request"]
    assert asked.probabilities["request"] > 0.5 > asked.advice


def asked(context: str, text: str, kind: str = "survey") -> Reading:
    reading: Reading = HEADS.read([Sentence(text, context, kind)])[0]
    return reading


@pytest.mark.parametrize(
    ("question", "text", "kind"),
    [
        ("What almost stopped you from using it?", "A fee for booking", "objection"),
        ("What is the most frustrating part?", "The code for signing in.", "pain_point"),
        ("What do you like best?", "The calendar.", "delight"),
    ],
)
def test_a_question_makes_its_answer_what_it_asks_for(question: str, text: str, kind: str) -> None:
    assert asked(question, text).probabilities[kind] > asked("", text).probabilities[kind]


@pytest.mark.parametrize("text", ["Nothing really.", "n/a", "I love everything about it, it is wonderful."])
def test_an_answer_that_denies_the_question_is_not_what_it_asks_for(text: str) -> None:
    assert asked("What is the most frustrating part?", text).probabilities["pain_point"] < 0.5


@pytest.mark.parametrize(
    "text", ["Right?", "hearts?", "That's an E internally, okay?", "You know what I mean?", "Mm-hmm."]
)
def test_tag_questions_and_back_channel_are_nothing(text: str) -> None:
    """Regression: of nineteen requests in talk eighteen were such."""
    reading = asked("So how did you come to this?", text, "interview")
    assert max(reading.probabilities.values()) < 0.5 or reading.worth < 0.5


def test_a_handle_is_no_word_of_a_sentence() -> None:
    """Regression: "@SomeBank" lifted P(pain) of a plain question from .05 to .39."""
    plain, addressed = read("where do I find the opening hours?", "@SomeBank where do I find the opening hours?")
    assert abs(plain.probabilities["pain_point"] - addressed.probabilities["pain_point"]) < 0.1


def test_the_thing_is_named_in_words_of_the_sentence_or_of_what_stands_before() -> None:
    reading = asked(
        "How do you send invoices? I use the invoice export.", "It crashes every time I open it.", "interview"
    )
    finding = next(one for one in reading.findings if one.kind == "pain_point")
    assert (
        finding.thing is None
        or finding.thing.lower() in "how do you send invoices? i use the invoice export. it crashes"
    )
    assert finding.what in ("fails", "loses", "wrong")


def test_a_statement_is_a_slice_of_its_quote() -> None:
    text = "Well, we waited two weeks for the code and my staff hates it, so we print everything."
    for finding in read(text)[0].findings:
        start, end = finding.statement
        assert finding.start <= start < end <= finding.end


def test_text_that_no_encoder_expects_is_read_all_the_same() -> None:
    odd = [
        "",
        "   ",
        "\ud83d\ude00" * 3,
        "a" * 20_000,
        "word " * 5_000,
        "\x00\x01",
        "漢字だけの文です。",
        "\u202e right to left",
    ]
    odd[2] = "😀😀😀"
    readings = read(*odd)
    assert len(readings) == len(odd)
    assert all(set(reading.probabilities) == set(MENTION_KINDS) for reading in readings)


def test_heads_come_back_from_disk_as_they_were_and_write_the_same_bytes(tmp_path: Path) -> None:
    heads = load_heads(shipped())
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        save_heads(heads, tmp_path / name)
    again = load_heads(tmp_path / "first")
    assert (again.off, again.severity, again.encoder) == (heads.off, heads.severity, heads.encoder)
    assert again.doubted == heads.doubted
    assert np.array_equal(again.named, heads.named)
    assert (tmp_path / "first/heads.safetensors").read_bytes() == (tmp_path / "second/heads.safetensors").read_bytes()


def test_damaged_or_foreign_weights_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        HeadsExtractor(tmp_path).read([Sentence("Hello there.")])
    shutil.copy(shipped() / "heads.safetensors", tmp_path)
    told = json.loads((shipped() / "heads.json").read_text("utf-8"))
    (tmp_path / "heads.json").write_text(json.dumps({**told, "outputs": told["outputs"][:-1]}), "utf-8")
    with pytest.raises(ConfigError, match="another version"):
        load_heads(tmp_path)
    cut = tmp_path / WEIGHTS
    cut.write_bytes((shipped() / WEIGHTS).read_bytes()[:50_000])
    with pytest.raises(ConfigError, match="cannot be read"):
        load_network(cut)


def test_heads_of_another_encoder_are_refused(tmp_path: Path) -> None:
    save_heads(replace(load_heads(shipped()), encoder="0" * 16), tmp_path)
    with pytest.raises(ConfigError, match="another encoder"):
        HeadsExtractor(tmp_path).read([Sentence("Hello there.")])
