"""The draw: everybody has the same chance, and the same people come out of it everywhere."""

from __future__ import annotations

from collections import Counter
from random import Random

from voc_engine.records import CERTAIN, DRAWN
from voc_engine.sample.chance import FEW, Voice, drawn


def voices(amount: int, strata: int = 4, kind: str = "ticket", sentences: int = 3) -> list[Voice]:
    return [
        Voice(f"P{number:05d}", frozenset((kind,)), f"s{number * number % strata}", sentences)
        for number in range(amount)
    ]


def test_strata_are_drawn_in_proportion() -> None:
    study = voices(4_000)
    found = drawn(study, 3 * 400)
    whole = Counter(one.stratum for one in study)
    part = Counter(one.stratum for one in study if one.person in found)
    assert set(found.values()) == {DRAWN}
    assert len(found) == 400
    assert all(abs(part[name] - amount / 10) <= 1 for name, amount in whole.items())


def test_small_strata_are_no_better_off() -> None:
    """A stratum of one person has a place of its own: of many such strata as many are drawn as of any other people."""
    study = [Voice(f"P{number:05d}", frozenset(("ticket",)), f"own {number}", 1) for number in range(2_000)]
    study += [Voice(f"Q{number:05d}", frozenset(("ticket",)), "one", 1) for number in range(2_000)]
    found = drawn(study, 800)
    assert abs(sum(person[0] == "P" for person in found) - 400) < 60


def test_the_order_of_people_does_not_count() -> None:
    study = voices(1_000)
    mixed = list(study)
    Random(5).shuffle(mixed)
    assert drawn(study, 300) == drawn(mixed, 300)


def test_more_money_reads_the_same_people_and_others() -> None:
    study = voices(1_000)
    assert drawn(study, 300).keys() < drawn(study, 900).keys()


def test_a_kind_of_few_people_is_read_whole() -> None:
    talks = [Voice(f"T{number}", frozenset(("interview",)), "talks", 30) for number in range(12)]
    found = drawn([*voices(3_000), *talks], 1_500)
    assert {person for person, how in found.items() if how == CERTAIN} == {one.person for one in talks}
    assert DRAWN in found.values()


def test_what_is_too_much_to_be_read_whole_is_drawn_from() -> None:
    talks = [Voice(f"T{number}", frozenset(("interview",)), "talks", 300) for number in range(FEW)]
    found = drawn([*voices(3_000), *talks], 1_500)
    assert set(found.values()) == {DRAWN}
