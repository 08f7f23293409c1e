"""Hashed word pieces: what a student looks at."""

from __future__ import annotations

import numpy as np

from voc_engine.student.grams import COLUMNS, hashed, matrix, rarity


def grams(text: str) -> set[int]:
    return set(hashed([text])[1].tolist())


def test_a_sentence_is_the_same_whatever_stands_beside_it() -> None:
    ends, found = hashed(["The export fails.", "", "I love it."])
    assert ends.tolist() == sorted(ends.tolist())
    assert set(found[: ends[0]].tolist()) == grams("The export fails.")
    assert ends[0] == ends[1], "an empty one has none"
    assert set(found[ends[1] :].tolist()) == grams("I love it.")
    assert found.max() < COLUMNS


def test_a_misspelt_word_shares_pieces_and_an_unlike_sentence_none() -> None:
    right = grams("my reservations")
    assert right & grams("my reservation")
    assert not grams("export fails") & grams("calendar lovely")


def test_numbers_are_alike() -> None:
    assert grams("order 83412 came late") == grams("order 99127 came late")


def test_rows_have_length_one_and_rare_grams_weigh_more() -> None:
    ends, found = hashed(["the export fails", "the export works", "the export", "a map"])
    weights = rarity(found, 4)
    rows = matrix(ends, found, weights)
    assert np.allclose(np.sqrt(rows.multiply(rows).sum(axis=1)), 1, atol=1e-5)
    (fails,) = grams("fails") - grams("works")
    (the,) = grams("the")
    assert weights[fails] > weights[the]
