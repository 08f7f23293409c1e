"""What an objection is about: ten types, each with sentences of its own, and the same ten names everywhere."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from voc_engine.mentions.objection_types import objection_type, points
from voc_engine.records import OBJECTION_TYPES
from voc_engine.report.wording import objection

SENTENCES = tomllib.loads(Path(__file__).with_name("objection_types.toml").read_text("utf-8"))


@pytest.mark.parametrize(("named", "text"), [(name, text) for name, texts in SENTENCES.items() for text in texts])
def test_a_sentence_has_the_type_that_its_words_name(named: str, text: str) -> None:
    assert objection_type(text) == named, points(text)


def test_there_are_ten_types_with_eight_sentences_each() -> None:
    assert len(OBJECTION_TYPES) == 10
    assert set(SENTENCES) == set(OBJECTION_TYPES) == set(points(""))
    assert min(len(texts) for texts in SENTENCES.values()) >= 8


def test_what_says_nothing_of_a_type_is_a_matter_of_fit() -> None:
    assert objection_type("Hm.") == "fit"


def test_a_bare_refusal_is_a_bad_experience_and_one_with_a_reason_is_not() -> None:
    assert objection_type("Never again.", "past_bad_experience") == "past_bad_experience"
    assert objection_type("We won't renew, it is too expensive for us.", "past_bad_experience") == "price"


def test_reports_say_the_types_in_plain_words() -> None:
    assert objection("past_bad_experience") == "bad experience before"
    assert all("_" not in objection(name) for name in OBJECTION_TYPES)
