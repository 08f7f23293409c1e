"""Insights of two runs held against each other: what is kept, split, merged, new and gone, and how shares changed."""

from __future__ import annotations

import numpy as np
import pytest

from voc_engine.insights.insight_matching import STRICT, Claim, Match, chance, match
from voc_engine.insights.shares import share_change, surely_changed


def claim(name: str, evidence: str, centroid: np.ndarray | None = None, kind: str = "pain_point") -> Claim:
    return Claim(name, kind, frozenset(evidence.split()), centroid)


def kinds(found: list[Match]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.kind, one.old, one.new) for one in found]


def test_an_insight_with_other_id_and_more_evidence_is_kept() -> None:
    (found,) = match([claim("a", "1 2 3")], [claim("b", "1 2 3 4 5 6 7")])
    assert (found.kind, found.basis, found.likeness) == ("kept", "evidence", 1.0)


def test_one_straggler_makes_no_split() -> None:
    found = match([claim("a", "1 2 3 4 5 6")], [claim("b", "1 2 3 4 5"), claim("c", "6 7 8 9")])
    assert kinds(found) == [("kept", ("a",), ("b",)), ("new", (), ("c",))]


def test_halves_of_an_insight_are_a_split_and_two_that_became_one_a_merger() -> None:
    one, two, three = claim("a", "1 2 3 4"), claim("b", "1 2"), claim("c", "3 4 5")
    assert kinds(match([one], [two, three])) == [("split", ("a",), ("b", "c"))]
    assert kinds(match([two, three], [one])) == [("merged", ("b", "c"), ("a",))]


def test_evidence_of_another_kind_is_no_match() -> None:
    found = match([claim("a", "1 2")], [claim("b", "1 2", kind="request")])
    assert kinds(found) == [("gone", ("a",), ()), ("new", (), ("b",))]


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_periods_without_common_evidence_match_by_centroid_and_the_unlike_do_not() -> None:
    random = np.random.default_rng(3)
    centres = unit(random.normal(size=(14, 48)))
    later = unit(centres + 0.08 * random.normal(size=centres.shape))
    old = [claim(f"a{n:02d}", f"old{n}", centres[n]) for n in range(12)]
    new = [claim(f"b{n:02d}", f"new{n}", later[n]) for n in range(2, 14)]
    found = match(old, new[::-1])
    assert {(one.old[0], one.new[0]) for one in found if one.kind == "kept"} == {
        (f"a{n:02d}", f"b{n:02d}") for n in range(2, 12)
    }
    assert {one.old[0] for one in found if one.kind == "gone"} == {"a00", "a01"}
    assert {one.new[0] for one in found if one.kind == "new"} == {"b12", "b13"}


def test_unrelated_periods_keep_next_to_nothing() -> None:
    random = np.random.default_rng(4)
    rows = unit(random.normal(size=(80, 48)) + 1.5 * random.normal(size=48))
    sides = [[claim(f"{s}{n:02d}", f"{s}{n}", rows[40 * p + n]) for n in range(40)] for p, s in enumerate("ab")]
    assert sum(one.kind == "kept" for one in match(*sides)) <= 6


def test_few_insights_match_only_where_they_are_very_near() -> None:
    near, far = np.array([1.0, 0.0]), np.array([0.7, np.sqrt(1 - 0.49)])
    assert chance([[claim("a", "1", near)]]) == STRICT
    assert kinds(match([claim("a", "1", near)], [claim("b", "2", far)]))[0][0] == "gone"
    assert kinds(match([claim("a", "1", near)], [claim("b", "2", near)]))[0][0] == "kept"


def test_every_insight_is_in_exactly_one_match_whatever_the_order() -> None:
    random = np.random.default_rng(9)
    old = [claim(f"a{n}", " ".join(map(str, random.integers(0, 60, size=6)))) for n in range(15)]
    new = [claim(f"b{n}", " ".join(map(str, random.integers(0, 60, size=6)))) for n in range(15)]
    found = match(old, new)
    assert sorted(name for one in found for name in one.old) == sorted(one.claim_id for one in old)
    assert sorted(name for one in found for name in one.new) == sorted(one.claim_id for one in new)


def test_newcombes_published_interval() -> None:
    # Newcombe 1998, table II, case (a): 56/70 against 48/80, difference .20, limits .0524 and .3339.
    found = share_change({"all": (48, 80)}, {"all": (56, 70)})
    assert found.change == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


def test_a_changed_mix_of_channels_is_no_change_of_the_people() -> None:
    old = {"ticket": (40, 100), "review": (30, 300)}
    new = {"ticket": (120, 300), "review": (10, 100)}
    found = share_change(old, new)
    assert found.low > 0
    assert found.adjusted == pytest.approx(0)
    assert found.adjusted_low is not None
    assert found.adjusted_low < 0
    assert found.p == 1.0


def test_channels_heard_once_are_left_out_of_the_adjusted_change_and_counted() -> None:
    found = share_change({"ticket": (10, 50)}, {"ticket": (20, 50), "post": (5, 40)})
    assert (found.adjusted, found.left_out) == (pytest.approx(0.2), 40)
    assert share_change({"ticket": (10, 50)}, {"post": (5, 40)}).adjusted is None


def test_of_many_changes_by_chance_hardly_any_is_told() -> None:
    random = np.random.default_rng(1)
    told = 0
    for _ in range(20):
        rates = random.uniform(0.05, 0.4, size=40)
        changes = [
            share_change({"a": (int(random.binomial(200, r)), 200)}, {"a": (int(random.binomial(200, r)), 200)})
            for r in rates
        ]
        told += any(surely_changed(changes, [1] * len(changes)))
    assert told <= 3
    doubled = share_change({"a": (20, 200)}, {"a": (48, 200)})
    assert surely_changed([doubled, *changes], [1] * (len(changes) + 1))[0]
