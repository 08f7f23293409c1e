"""Records written as fields are a table; labels of people are turns; names below the words name who said them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reading import put, read, said

YAML = """- author: bob
  text: I hate the new menu, it hides everything
- author: ana
  text: Mine is fine
    since the update
"""
DUMP = """product/productId: B001
review/userId: A3
review/score: 5.0
review/text: I drink it every morning.

product/productId: B002
review/userId: A4
review/score: 1.0
review/text: It tasted like paper and the box was open.
"""
TALK = "speaker: Ruth\nstart: {}\ntext: {}\n---\nspeaker: Jonas\nstart: {}\ntext: {}\n"


def test_fields_are_columns_and_no_speakers(tmp_path: Path) -> None:
    """Regression: "author" and "text" were two people who talked with each other."""
    talks, skipped = read(put(tmp_path, "c.yaml", YAML))
    assert [(talk.document.person_id, talk.document.text) for talk in talks] == [
        ("handle:bob", "I hate the new menu, it hides everything"), ("handle:ana", "Mine is fine\nsince the update"),
    ]  # fmt: skip
    assert skipped == []


def test_a_dump_of_reviews_gives_ratings_and_people(tmp_path: Path) -> None:
    talks, _ = read(put(tmp_path, "r.txt", DUMP))
    assert [(talk.document.kind, talk.document.rating, talk.document.person_id) for talk in talks] == [
        ("review", 5.0, "id:r:A3"), ("review", 1.0, "id:r:A4"),
    ]  # fmt: skip


def test_fields_of_turns_are_a_talk(tmp_path: Path) -> None:
    first = TALK.format("0.0", "How do you plan it?", "3.1", "I draw it on paper and ring up everybody.")
    second = TALK.format("9.3", "And when it rains?", "12.0", "The plan is waste paper then.")
    (talk,), _ = read(put(tmp_path, "t.txt", f"{first}---\n{second}"))
    assert [(speaker, role) for speaker, role, _ in said(talk)] == [
        ("Ruth", "interviewer"),
        ("Jonas", "participant"),
    ] * 2


@pytest.mark.parametrize(("asks", "tells"), [("Q", "A"), ("Interviewer", "Anna"), ("Ruth", "Jonas")])
def test_short_answers_block_under_block_stay_a_talk(tmp_path: Path, asks: str, tells: str) -> None:
    pairs = [("How often do you go there by bus?", "Never."), ("Would you go more often with a pass?", "Perhaps."),
             ("What keeps you from taking the bus?", "The price.")]  # fmt: skip
    (talk,), _ = read(put(tmp_path, "t.txt", "\n\n".join(f"{asks}: {one}\n{tells}: {two}" for one, two in pairs)))
    assert [role for _, role, _ in said(talk)] == ["interviewer", "participant"] * 3


def test_names_below_the_words_name_who_said_them(tmp_path: Path) -> None:
    """Regression: each name got the words of the next one, and the interviewer's were evidence."""
    turns = [("How do you plan it?", "Ruth"), ("I draw it on paper.\nThen I ring up everybody.", "Jonas"),
             ("And when it rains?", "Ruth"), ("It is waste paper then.", "Jonas")]  # fmt: skip
    text = "\n\n".join(f"{words}\n{who}  0:{n:02}" for n, (words, who) in enumerate(turns))
    (talk,), _ = read(put(tmp_path, "t.txt", text))
    assert [(speaker, words) for speaker, _, words in said(talk)] == [(who, words) for words, who in turns]
