"""Cue phrases give reasons that can be checked against the quote, and turn with a negation."""

from __future__ import annotations

import pytest

from voc_engine.mentions.cue_phrases import cues, hits
from voc_engine.mentions.parsing import parse
from voc_engine.mentions.severities import band, severity_reasons
from voc_engine.records import MENTION_KINDS, OBJECTION_TYPES


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.reason) for hit in hits(next(parse([text])))]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("The page crashed twice.", "pain_point", "crashed"),
        ("I waited forty minutes for the bus.", "pain_point", "waited"),
        ("No problems so far.", "delight", "problems"),
        ("Please add a dark mode.", "request", "Please"),
        ("It is too expensive for us.", "objection", "too expensive"),
    ],
)
def test_a_cue_names_its_kind_with_its_words(text: str, kind: str, words: str) -> None:
    assert any(hit == kind and words in reason for hit, reason in found(text)), found(text)


def test_a_cancelled_cue_gives_no_reason() -> None:
    assert all("easy" not in reason or kind != "delight" for kind, reason in found("It was never easy to set up."))


def test_hits_stand_at_their_words() -> None:
    text = "😀 The page crashed twice."
    for hit in hits(next(parse([text]))):
        assert text[hit.start : hit.end] == hit.quote


def test_cues_are_of_known_kinds_and_types() -> None:
    assert {cue.kind for cue in cues()} <= set(MENTION_KINDS)
    assert {cue.objection_type for cue in cues()} - {None} <= set(OBJECTION_TYPES)
    assert all(
        cue.negation in ("keep", "cancel") or cue.negation.removeprefix("flip:") in MENTION_KINDS for cue in cues()
    )


def reasons(text: str) -> tuple[str, ...]:
    return severity_reasons(text, hits(next(parse([text]))), "medium")


def test_time_counts_where_somebody_waits_or_works_and_not_elsewhere() -> None:
    """Regression: "11 years old" was time lost."""
    assert any("two weeks" in reason for reason in reasons("I waited two weeks for an answer."))
    assert not any("11 years" in reason for reason in reasons("My daughter is 11 years old and cannot open it."))


def test_harm_without_a_phrase_still_has_a_reason() -> None:
    assert reasons("My evenings are gone.") == ("reads like harm that people called medium",)


def test_bands_follow_the_cuts() -> None:
    assert [band(score, (0.3, 0.7)) for score in (0.0, 0.3, 0.69, 0.7, 1.0)] == [
        "low",
        "medium",
        "medium",
        "high",
        "high",
    ]
