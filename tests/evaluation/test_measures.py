"""Measures against values that were worked out by hand or stand in the literature."""

from __future__ import annotations

import random
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from sklearn.metrics import accuracy_score, average_precision_score, cohen_kappa_score, f1_score

from voc_engine.evaluation.measures import (
    calibration_error,
    figure,
    tally_of_classes,
    tally_of_hits,
    tally_of_sets,
    weighted_kappa,
)
from voc_engine.evaluation.ranking import average_precision


def test_f1_of_the_positive_class() -> None:
    # Two of three true ones found, one false alarm: precision 2/3, recall 2/3.
    gold, said = [True, True, True, False, False], [True, True, False, True, False]
    tally = tally_of_classes([("x",) * one for one in said], [("x",) * one for one in gold], ("x",))
    assert tally.value == pytest.approx(2 / 3)


def macro_f1(gold: list[str], said: list[str]) -> float:
    """As scikit-learn has it: the measure is held to it."""
    return float(f1_score(gold, said, average="macro", zero_division=0))


def test_macro_f1_and_accuracy() -> None:
    gold, said = [("a",), ("a",), ("b",), ("c",)], [("a",), ("b",), ("b",), ("b",)]
    # a: 2*1/(1+2), b: 2*1/(3+1), c: 0.
    assert tally_of_classes(said, gold, ("a", "b", "c")).value == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)
    assert tally_of_hits(said, gold).value == 0.5


@given(some.lists(some.tuples(some.sampled_from("abc"), some.sampled_from("abc")), min_size=1, max_size=30))
def test_counts_give_what_scikit_learn_gives(pairs: list[tuple[str, str]]) -> None:
    gold, said = [a for a, _ in pairs], [b for _, b in pairs]
    tally = tally_of_classes([(one,) for one in said], [(one,) for one in gold], ("a", "b", "c"))
    assert tally.value == pytest.approx(macro_f1(gold, said))
    assert tally_of_hits([(one,) for one in said], [(one,) for one in gold]).value == pytest.approx(
        accuracy_score(gold, said)
    )


def test_a_class_that_is_neither_said_nor_true_does_not_count() -> None:
    tally = tally_of_classes([("a",), ("a", "b")], [("a",), ("b",)], ("a", "b", "c"))
    assert tally.value == pytest.approx((2 / 3 + 1) / 2)


def test_f1_of_sets_counts_a_doubled_pair_once() -> None:
    # 3 said (one of them twice), 2 true, 1 of both.
    tally = tally_of_sets([("p", "q", "q"), ("r",)], [("p",), ("s",)])
    assert tally.value == pytest.approx(2 * 1 / (3 + 2))


def test_an_interval_is_the_same_each_time_and_holds_the_value() -> None:
    gold = [("x",) if number % 3 == 0 else () for number in range(120)]
    said = [("x",) if number % 4 == 0 else () for number in range(120)]
    tally = tally_of_classes(said, gold, ("x",))
    one = figure(tally)
    assert one == figure(tally)
    assert one != figure(tally, seed=1)
    assert one.low < one.value < one.high


def test_an_interval_is_that_of_resampled_rows() -> None:
    """Patterns of counts are drawn in place of rows: the interval has to be the same up to chance."""
    source = random.Random(5)
    gold = [source.choice("abc") for _ in range(150)]
    said = [one if source.random() < 0.7 else source.choice("abc") for one in gold]
    values = []
    for _ in range(300):
        rows = [source.randrange(150) for _ in range(150)]
        values.append(macro_f1([gold[row] for row in rows], [said[row] for row in rows]))
    low, high = np.percentile(values, [2.5, 97.5])
    found = figure(tally_of_classes([(one,) for one in said], [(one,) for one in gold], ("a", "b", "c")))
    assert found.low == pytest.approx(low, abs=0.02)
    assert found.high == pytest.approx(high, abs=0.02)


def test_precision_and_recall_come_from_the_same_counts() -> None:
    tally = tally_of_classes([("a",), ("a",), ("a", "b"), ()], [("a",), (), (), ("b",)], ("a", "b"))
    # a: one of three said is true, the one that is true is said. b: said once and wrong, true once and not said.
    assert tally.precision.value == pytest.approx((1 / 3 + 0) / 2)
    assert tally.recall.value == pytest.approx((1 + 0) / 2)


@given(some.lists(some.tuples(some.sampled_from((0.1, 0.4, 0.4, 0.8, 0.9)), some.booleans()), min_size=1, max_size=40))
def test_average_precision_is_that_of_scikit_learn(rows: list[tuple[float, bool]]) -> None:
    chances, truth = [chance for chance, _ in rows], [true for _, true in rows]
    found = average_precision([(chances, truth)])
    if not any(truth):
        assert isnan(found.value)
        return
    assert found.value == pytest.approx(average_precision_score(truth, chances))
    assert found.low <= found.high


def test_an_interval_of_average_precision_is_that_of_resampled_rows() -> None:
    source = random.Random(3)
    truth = [source.random() < 0.3 for _ in range(200)]
    chances = [min(1.0, max(0.0, 0.3 + 0.3 * true + source.gauss(0, 0.2))) for true in truth]
    values = []
    for _ in range(300):
        rows = [source.randrange(200) for _ in range(200)]
        values.append(average_precision_score([truth[row] for row in rows], [chances[row] for row in rows]))
    low, high = np.percentile(values, [2.5, 97.5])
    found = average_precision([(chances, truth)])
    assert found == average_precision([(chances, truth)])
    assert found.low == pytest.approx(low, abs=0.03)
    assert found.high == pytest.approx(high, abs=0.03)


@given(some.lists(some.tuples(some.sampled_from("lmh"), some.sampled_from("lmh")), min_size=2, max_size=30))
def test_weighted_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    said, gold = [a for a, _ in pairs], [b for _, b in pairs]
    found = weighted_kappa(said, [gold], "lmh")
    if len({*said, *gold}) < 2:
        assert isnan(found.value)
        return
    assert found.value == pytest.approx(cohen_kappa_score(gold, said, labels=list("lmh"), weights="quadratic"))


def test_a_reader_who_says_nothing_of_a_row_does_not_count_there() -> None:
    whole = weighted_kappa(["l", "m", "h"], [["l", "m", "m"]], "lmh")
    assert weighted_kappa(["l", "m", "h", "l"], [["l", "m", "m", None]], "lmh").value == pytest.approx(whole.value)
    assert weighted_kappa(["l", "m", "h"], [["l", "m", "m"], ["l", "m", "h"]], "lmh").value == pytest.approx(
        (whole.value + 1) / 2
    )


def test_nothing_to_measure_is_no_figure() -> None:
    assert isnan(figure(tally_of_classes([], [], ("x",))).value)
    assert isnan(figure(tally_of_classes([()], [()], ("x",))).low)


def test_calibration_error() -> None:
    # Bin 0.9 to 1: |0.95 - 0.5| for two of four; bin 0.1 to 0.2: 0.15 for the other two.
    assert calibration_error([0.95, 0.95, 0.15, 0.15], [True, False, False, False]) == pytest.approx(0.3)
    assert calibration_error([1.0, 0.0], [True, False]) == 0.0
    # 0.3 * 10 is a little under 3 in binary: both stand in one bin, and 0.3 + 0.3 against 1 of 2 is 0.2 apart.
    assert calibration_error([0.3, 0.3], [True, False]) == pytest.approx(0.2)
    assert calibration_error([0.3, 0.35], [True, False]) == pytest.approx(0.175)
    assert isnan(calibration_error([], []))
