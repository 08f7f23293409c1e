"""A finding looked at as a whole: who does not say its key point leaves it, and one name stands for one matter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.finding_judge import FEATURES, member_chances
from voc_engine.insights.stage import run
from voc_engine.records import Insight, Mention, Vectors

from .made import by_member, mention, study

FEES = [
    "The booking fee is too high", "High booking fee", "So high a booking fee",
    "A booking fee on top of all", "On top comes a booking fee", "The booking fee came on top",
]  # fmt: skip
# Looked at alone, what is gathered here stays gathered.
LOOSE = InsightsConfig(clear=0, join=0.2, stay=0.05, match=0.2, member=0)


def turned(texts: Sequence[str], angles: Sequence[float]) -> Vectors:
    """Vectors in a plane, each at its angle in radians."""
    return Vectors(tuple(texts), np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))


def people_of(given: Sequence[Mention], vectors: Vectors, options: InsightsConfig) -> list[int]:
    return sorted(one.n_people for one in run(study(given, vectors), options).of(Insight))


def test_who_does_not_say_the_key_point_leaves_and_the_others_stay() -> None:
    said = ["The export is slow today", "Slow export today", "Today the export is slow", "Nobody reads a sheet of mine"]
    given = [mention(n, f"P{n}", text, thing="export") for n, text in enumerate(said)]
    vectors = turned(said, [0.0, 0.03, 0.06, 1.2])
    assert people_of(given, vectors, LOOSE) == [4]
    strict = LOOSE.model_copy(update={"member": 0.6})
    assert people_of(given, vectors, strict) == [1, 3]
    assert by_member(run(study(given, vectors), strict))["m0003"].n_people == 1
    pinned = [*given[:3], mention(3, "P3", said[3], thing="export", pinned=True)]
    assert people_of(pinned, vectors, strict) == [4]


@pytest.mark.parametrize(("sure", "expected"), [(0.9, [1, 2]), (0.65, [1, 1, 1])])
def test_two_who_are_left_have_to_be_firm(sure: float, expected: list[int]) -> None:
    said = ["The export is slow today", "Slow export today", "Nobody reads a sheet of mine"]
    chances = [0.9, sure, 0.9]
    given = [
        mention(n, f"P{n}", text, thing="export", probability=chance)
        for n, (text, chance) in enumerate(zip(said, chances, strict=True))
    ]
    vectors = turned(said, [0.0, 0.03, 1.2])
    assert people_of(given, vectors, LOOSE) == [3]
    assert people_of(given, vectors, LOOSE.model_copy(update={"member": 0.6})) == expected


def test_two_matters_of_one_name_stay_two_and_one_keeps_the_name() -> None:
    given = [mention(n, f"P{n}", text, thing="booking fee", what="costs") for n, text in enumerate(FEES)]
    given.append(mention(9, "P9", "High booking fee", thing="booking fee", what="costs"))
    vectors = turned(FEES, [0.0, 0.02, 0.04, 1.1, 1.12, 1.14])
    apart = InsightsConfig(clear=0, join=0.3, stay=0.25, match=0.6, member=0.75)
    heard = [f"Q{n}" for n in range(60)]  # a small study tells of things
    found = run(study(given, vectors, silent=heard), apart).of(Insight)
    assert sorted((one.n_people, one.name) for one in found) == [(3, ""), (4, "Booking fee: what it costs")]
    (other,) = (one for one in found if not one.name)
    assert (other.title, other.definition) == (other.statement, "")


def test_the_judge_follows_what_it_sees() -> None:
    near, far = (
        np.array([[cosine, cosine, words, 0.9, 1.1, 0]], np.float32) for cosine, words in ((0.8, 0.5), (0.2, 0))
    )
    assert near.shape[1] == len(FEATURES)
    assert member_chances(near)[0] > 0.8 > 0.3 > member_chances(far)[0]
