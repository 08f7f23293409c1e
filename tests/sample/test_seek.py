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
    """Of six people with one new trouble two are read for it, and then the next trouble."""
    ends = ("today", "again", "here", "now", "still")
    first = [f"the parcel locker stays shut {end}" for end in ends]
    second = [f"the stylist locker stays shut {end}" for end in ends]
    texts = [*(f"{text} {end}" for text in USUAL for end in ends), *first, *second]
    read = [row < 20 for row in range(len(texts))]
    found = [texts[row] in first for row in sought(field(texts, read, [0.9] * len(texts)), 8)]
    assert found[0] != found[2], "after two who say the first trouble comes one who says the second"
    assert found[0] == found[1]


def test_one_sentence_of_many_is_no_new_matter() -> None:
    texts = [*USUAL * 20, *["congratulations on your splendid anniversary voucher"] * 9, *RARE]
    read = [row < 20 for row in range(len(texts))]
    assert texts[sought(field(texts, read, [0.9] * len(texts)), 2)[0]] in RARE


def test_nobody_is_found_who_is_read_and_the_budget_holds() -> None:
    texts = [f"{text} {number}" for number, text in enumerate([*USUAL, *RARE] * 10)]
    read = [row % 2 == 0 for row in range(len(texts))]
    found = sought(field(texts, read, [0.4] * len(texts)), 10)
    assert len(found) == len(set(found)) <= 11
    assert not any(read[row] for row in found)
