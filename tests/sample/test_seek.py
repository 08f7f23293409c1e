"""What is rare and new is looked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voc_engine.records import Heard
from voc_engine.sample.seek import Field, sought
from voc_engine.student.grams import hashed

USUAL = [f"the {thing} is slow" for thing in ("export", "calendar", "invoice", "search")]
RARE = ["two people had one pickup code", "my pickup code was taken", "a pickup code sent twice"]


def field(texts: Sequence[str], read: Sequence[bool], marked: Sequence[float]) -> Field:
    """One person and one document for each text."""
    ends, grams = hashed(texts)
    ids = np.array([f"i{number:04d}".encode() for number in range(len(texts))])
    keys = np.array([text.encode() for text in texts])
    numbers = np.arange(len(texts))
    return Field(Heard(ids, ids, ids, keys, ends, grams), numbers, numbers, np.array(read), np.array(marked))


def test_what_several_say_in_words_of_nobody_who_was_read_comes_first() -> None:
    texts = [*USUAL * 20, *RARE]
    read = [row < 20 for row in range(len(texts))]
    found = sought(field(texts, read, [0.9] * len(texts)), 2)
    assert texts[found[0]] in RARE


def test_words_of_one_person_are_not_looked_for() -> None:
    texts = [*USUAL * 20, "zebra quilt xylophone"]
    read = [row < 20 for row in range(len(texts))]
    marked = [0.9] * len(texts)
    marked[40] = 0.5
    assert sought(field(texts, read, marked), 1) == [40], "the least sure one, since no words are new"


def test_what_was_found_is_new_no_longer() -> None:
    """Nine people with one new trouble in the same words: one of them is read for it, and then the next trouble."""
    texts = [*USUAL * 10, *["the parcel locker stays shut"] * 9, *["no stylist answers me"] * 5]
    read = [row < 40 for row in range(len(texts))]
    found = sought(field(texts, read, [0.9] * len(texts)), 4)
    assert {texts[row] for row in found[:2]} == {"the parcel locker stays shut", "no stylist answers me"}


def test_nobody_is_found_who_is_read_and_the_budget_holds() -> None:
    texts = [f"{text} {number}" for number, text in enumerate([*USUAL, *RARE] * 10)]
    read = [row % 2 == 0 for row in range(len(texts))]
    found = sought(field(texts, read, [0.4] * len(texts)), 10)
    assert len(found) == len(set(found)) <= 11
    assert not any(read[row] for row in found)
