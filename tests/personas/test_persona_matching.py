"""Personas of two runs: kept, split, merged, new and gone; shares that changed and shares that did not."""

from __future__ import annotations

import numpy as np

from voc_engine.personas.persona_matching import Side, match_personas, share_change


def people(first: int, count: int) -> frozenset[str]:
    return frozenset(f"P{number:04d}" for number in range(first, first + count))


def side(*groups: frozenset[str], names: str = "abcdef", **more: object) -> Side:
    members = dict(zip(names, groups, strict=False))
    return Side(members, frozenset().union(*groups), **more)  # type: ignore[arg-type]


def found(old: Side, new: Side) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.status, one.old, one.new) for one in match_personas(old, new)]


def test_members_in_common_decide() -> None:
    old = side(people(0, 40), people(40, 40), people(80, 20), people(200, 10))
    new = side(people(0, 20), people(20, 20), people(40, 60), people(300, 15), names="wxyz")
    assert found(old, new) == [
        ("split", ("a",), ("w", "x")),
        ("merged", ("b", "c"), ("y",)),
        ("new", (), ("z",)),
        ("gone", ("d",), ()),
    ]


def test_without_people_in_common_centroids_and_words_decide() -> None:
    axes = np.eye(3)
    old = side(people(0, 30), people(30, 30), names="ab", centroids={"a": axes[0], "b": axes[1]},
               traits={"a": frozenset({"invoice"}), "b": frozenset({"calendar"})})  # fmt: skip
    new = side(people(100, 30), people(130, 30), names="xy", centroids={"x": axes[1], "y": axes[2]},
               traits={"x": frozenset({"calendar"}), "y": frozenset({"code"})})  # fmt: skip
    assert found(old, new) == [("kept", ("b",), ("x",)), ("new", (), ("y",)), ("gone", ("a",), ())]


def test_what_is_as_near_as_two_personas_of_one_run_is_no_match() -> None:
    near = np.array([1.0, 0.0]), np.array([0.8, 0.6])
    old = side(people(0, 30), people(30, 30), names="ab", centroids={"a": near[0], "b": near[1]})
    new = side(people(100, 30), names="x", centroids={"x": np.array([0.96, -0.28])})
    assert [one.status for one in match_personas(old, new)] == ["kept", "gone"]
    far = side(people(100, 30), names="x", centroids={"x": np.array([0.6, -0.8])})
    assert [one.status for one in match_personas(old, far)] == ["new", "gone", "gone"]


def test_newcombe_gives_the_published_interval() -> None:
    # Newcombe 1998, table II (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    old, new = side(people(0, 48), people(48, 32)), side(people(1000, 56), people(1056, 14))
    change = share_change(old.members["a"], new.members["a"], old, new)
    assert (round(change.low, 4), round(change.high, 4)) == (0.0524, 0.3339)
    assert change.claimed


def test_halves_alike_claim_no_change_and_a_doubled_share_is_claimed() -> None:
    old = side(people(0, 60), people(60, 180))
    same, doubled = side(people(1000, 66), people(1066, 174)), side(people(1000, 120), people(1120, 120))
    assert not share_change(old.members["a"], same.members["a"], old, same, 4).claimed
    change = share_change(old.members["a"], doubled.members["a"], old, doubled, 4)
    assert change.claimed
    assert change.low <= 0.25 <= change.high


def test_more_of_a_channel_is_not_more_of_a_persona() -> None:
    # Half of those who write tickets and a tenth of the reviewers are of the persona, in both runs.
    def run(first: int, tickets: int, reviews: int) -> Side:
        all_tickets, all_reviews = people(first, tickets), people(first + 500, reviews)
        mine = people(first, tickets // 2) | people(first + 500, reviews // 10)
        channel = dict.fromkeys(all_tickets, "ticket") | dict.fromkeys(all_reviews, "review")
        return Side({"a": mine}, all_tickets | all_reviews, channel=channel)

    old, new = run(0, 40, 200), run(2000, 200, 40)
    change = share_change(old.members["a"], new.members["a"], old, new)
    assert change.new - change.old > 0.2
    assert change.adjusted
    assert change.difference == 0.0
    assert not change.claimed
