"""Recognisers as data: each finds what it is for, and a context word is what makes a doubtful one sure."""

from __future__ import annotations

import pytest

from voc_engine.config import RedactConfig
from voc_engine.privacy.masks import apply
from voc_engine.redact.finding import Finder
from voc_engine.redact.recognisers import recognisers


def masked(text: str) -> str:
    return apply(text, Finder((), RedactConfig(names="cues")).spans([text])[0])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ring 0 1 1 7 - 4 9 6 - 0 1 2 please", "ring [phone] please"),
        ("the digits 0 1 1 7 4 9 6 0 1 2 came up", "the digits 0 1 1 7 4 9 6 0 1 2 came up"),
        ("I am at instagram.com/ottoline_q now", "I am at instagram.com/[path] now"),
        ("see instagram.com/explore now", "see instagram.com/explore now"),
        ("confirmation is Q7RTZ2 for both", "confirmation is [id] for both"),
        ("it is in astrid_holmquist_lease.docx, page 2", "it is in [person]_lease.docx, page 2"),
        ("it is in monthly_report_final.docx", "it is in monthly_report_final.docx"),
        ("田中さんに聞きました", "[person 1]さんに聞きました"),
        ("김민수 씨가 전화했어요", "[person 1] 씨가 전화했어요"),
        ("メニューは王先生が", "メニューは[person 1]先生が"),
    ],
)
def test_each_masks_its_kind_and_no_more(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my name is ottoline quarles and i was charged", "my name is [person 1] and i was charged"),
        ("HELLO MY NAME IS OTTOLINE QUARLES AND I WAS CHARGED", "HELLO MY NAME IS [person 1] AND I WAS CHARGED"),
        ("My name is Reed Vale.", "My name is [person 1]."),
        ("my name is not on the list", "my name is not on the list"),
        ("меня зовут Ольга Лебедева", "меня зовут [person 1]"),
        ("I was helped by Trần Thị Lan yesterday", "I was helped by [person 1] yesterday"),
    ],
)
def test_who_gives_a_name_is_masked_in_any_letters(text: str, expected: str) -> None:
    assert masked(text) == expected


def test_every_recogniser_has_a_score_and_a_mask() -> None:
    assert all(0 < one.score <= 1 and one.mask.startswith("[") for one in recognisers())
    assert all(one.score >= 0.5 or one.context for one in recognisers()), "a doubtful pattern needs context words"
