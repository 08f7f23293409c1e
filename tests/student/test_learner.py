"""The student learns what words tell."""

from __future__ import annotations

import numpy as np

from voc_engine.student.grams import hashed, matrix, rarity
from voc_engine.student.learner import taught

THINGS = ("export", "calendar", "invoice", "login", "report", "search", "map", "printer", "room", "price")


def lesson(things: tuple[str, ...]) -> tuple[list[str], np.ndarray]:
    texts = [f"the {thing} {ends}" for thing in things for ends in ("is broken again", "works well", "is there")]
    return texts, np.array([[float("broken" in text), float("works" in text)] for text in texts])


def test_it_foresees_what_it_has_not_seen() -> None:
    texts, told = lesson(THINGS)
    ends, found = hashed(texts)
    rows = matrix(ends, found, rarity(found, len(texts)))
    half = np.arange(len(texts)) < len(texts) // 2
    sees = taught(rows[half], told[half]).foresees(rows[~half])
    assert (sees[told[~half] == 1].min(), 0.5) > (sees[told[~half] == 0].max(), 0)


def test_the_same_lesson_gives_the_same_student_to_the_bit() -> None:
    texts, told = lesson(THINGS)
    ends, found = hashed(texts)
    rows = matrix(ends, found, rarity(found, len(texts)))
    first, second = taught(rows, told), taught(rows, told)
    assert first.weights.tobytes() == second.weights.tobytes()


def test_what_nobody_says_is_foreseen_of_nobody() -> None:
    texts, told = lesson(THINGS)
    ends, found = hashed(texts)
    rows = matrix(ends, found, rarity(found, len(texts)))
    assert not taught(rows, told * 0).foresees(rows).any()
