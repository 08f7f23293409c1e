"""Statistics against published figures and against SciPy where it has the same."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from voc_engine.statistics import (
    agreement_of_two,
    alpha,
    benjamini_hochberg,
    best_jaccard,
    bootstrap,
    cochran,
    jaccard,
    kappa,
    log_odds,
    lowest_of_found,
    newcombe,
    newcombe_stratified,
    prediction_powered,
    quantile,
    welch,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_newcombes_published_intervals(count: int, total: int, low: float, high: float) -> None:
    """Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3."""
    assert wilson(count, total) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_wilson_is_scipys_where_counts_are_whole(confidence: float) -> None:
    from scipy.stats import binomtest

    expected = binomtest(7, 40).proportion_ci(confidence, "wilson")
    assert wilson(7, 40, confidence) == (pytest.approx(expected.low, abs=1e-6), pytest.approx(expected.high, abs=1e-6))


def test_nobody_asked_may_be_any_share() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert newcombe((0, 0), (1, 2)) == (-1.0, 1.0)
    assert newcombe((0, 10), (10, 10))[1] == 1.0


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
    ],
)
def test_newcombe_gives_the_published_intervals(
    after: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10."""
    assert newcombe(before, after) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_one_stratum_is_no_stratum_and_a_wider_level_is_wider() -> None:
    change, low, high = newcombe_stratified([((48, 80), (56, 70), 1.0)])
    assert (change, (low, high)) == (pytest.approx(0.2), newcombe((48, 80), (56, 70)))
    assert newcombe_stratified([((48, 80), (56, 70), 1.0)], 0.999)[1] < low


def test_strata_undo_a_changed_mix() -> None:
    change, low, high = newcombe_stratified([((40, 100), (120, 300), 0.5), ((30, 300), (10, 100), 0.5)])
    assert change == pytest.approx(0)
    assert low < 0 < high


def test_cochran_of_one_stratum_is_pearsons_test() -> None:
    from scipy.stats import chi2_contingency

    expected = chi2_contingency([[48, 32], [56, 14]], correction=False).pvalue
    assert cochran([((48, 80), (56, 70))]) == pytest.approx(expected, abs=1e-6)
    assert cochran([((0, 0), (1, 2))]) == 1.0


def test_welch_is_scipys() -> None:
    from scipy.stats import ttest_ind

    inside, outside = [1.0, 2.0, 2.0, 5.0], [4.0, 4.0, 5.0, 3.0, 5.0, 1.0]
    expected = ttest_ind(inside, outside, equal_var=False).confidence_interval(0.95)
    change, low, high = welch(inside, (len(outside), sum(outside), sum(value * value for value in outside)))
    assert change == pytest.approx(np.mean(inside) - np.mean(outside), abs=1e-4)
    assert (low, high) == (pytest.approx(expected.low, abs=1e-4), pytest.approx(expected.high, abs=1e-4))
    assert welch([2.0, 2.0], (3, 9.0, 27.0)) == (-1.0, -1.0, -1.0)


def test_log_odds_tell_what_sets_a_group_apart() -> None:
    assert log_odds(4, 48, 0, 152) > quantile(0.9) > log_odds(4, 48, 12, 152)
    assert log_odds(3, 100, 0, 900) > quantile(0.9)
    assert log_odds(8, 8, 0, 8) == pytest.approx(-log_odds(0, 8, 8, 8))
    assert log_odds(5, 10, 50, 100) == pytest.approx(0)


def test_log_odds_follow_monroes_formula() -> None:
    """Equations 16, 22 and 23 of Monroe et al. with a prior of a tenth of 100 people, 20 of whom say it."""
    spread = np.sqrt(1 / 12 + 1 / 38 + 1 / 12 + 1 / 58)
    assert log_odds(10, 40, 10, 60) == pytest.approx((np.log(12 / 38) - np.log(12 / 58)) / spread)


@pytest.mark.parametrize("counts", [(0, 0, 1, 5), (1, 5, 0, 0), (0, 5, 0, 5), (5, 5, 5, 5)])
def test_nothing_to_compare_sets_nobody_apart(counts: tuple[int, int, int, int]) -> None:
    assert log_odds(*counts) == 0


def test_benjamini_and_hochbergs_own_example() -> None:
    """Benjamini & Hochberg 1995, section 4: the first four of fifteen."""
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    assert benjamini_hochberg([*chances, 0.7590, 1.0]) == [True] * 4 + [False] * 11
    assert benjamini_hochberg([]) == []


def test_a_bootstrap_covers_the_mean_and_repeats_itself() -> None:
    rows = np.array([[1, 1]] * 60 + [[0, 1]] * 40)
    low, high = bootstrap(rows, lambda sums: sums[:, 0] / sums[:, 1], seed=3)
    assert (low, high) == bootstrap(rows, lambda sums: sums[:, 0] / sums[:, 1], seed=3)
    assert low == pytest.approx(wilson(60, 100)[0], abs=0.03)
    assert high == pytest.approx(wilson(60, 100)[1], abs=0.03)


def test_jaccard() -> None:
    assert jaccard({1, 2, 3}, {2, 3, 4}) == 0.5
    assert jaccard(set(), set()) == 0


def test_best_jaccard_of_each_group() -> None:
    labels, others = np.array([0, 0, 0, 1, 1, -1]), np.array([2, 2, 0, 0, 0, 0])
    assert best_jaccard(labels, others, 2).tolist() == [pytest.approx(2 / 3), pytest.approx(0.5)]
    assert best_jaccard(labels, np.full(6, -1), 2).tolist() == [0, 0]


def krippendorff_alpha(units: Sequence[Sequence[str | None]]) -> float:
    """Nominal alpha of units x annotators as Krippendorff writes it (2011, "Computing Krippendorff's alpha-reliability",
    section C): None is missing, and a unit with fewer than two values pairs nothing."""
    paired = [values for unit in units if len(values := [value for value in unit if value is not None]) > 1]
    totals = Counter(value for unit in paired for value in unit)
    n = sum(totals.values())
    apart = [len(unit) ** 2 - sum(count * count for count in Counter(unit).values()) for unit in paired]
    observed = sum(one / (len(unit) - 1) for one, unit in zip(apart, paired, strict=True))
    return 1 - (n - 1) * observed / (n * n - sum(count * count for count in totals.values()))


def test_the_alpha_that_ours_is_held_against_is_that_of_krippendorffs_own_example() -> None:
    """Four observers, twelve units, values missing: 0.743."""
    table = ("1233214 12...", "1233224125.3", ".33323422 51.", "1233244125 1.")
    rows = [row.replace(" ", "") for row in table]
    assert {len(row) for row in rows} == {12}
    units = [[None if row[at] == "." else row[at] for row in rows] for at in range(12)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_kappa_of_counts_that_were_reckoned_by_hand() -> None:
    # Both yes 20, both no 15, 5 and 10 apart: observed 0.7, by chance 0.5.
    pairs = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    assert kappa([a for a, _ in pairs], [b for _, b in pairs]) == pytest.approx(0.4)
    assert math.isnan(kappa(["y", "y"], ["y", "y"]))
    assert math.isnan(alpha(["y", "y"], ["y", "y"]))


def test_kappa_and_alpha_of_two_are_those_of_the_textbooks_and_lie_in_their_intervals() -> None:
    from sklearn.metrics import cohen_kappa_score

    first = ["a", "a", "b", "c", "b", "a", "c", "c", "a", "b"] * 3
    second = ["a", "b", "b", "c", "b", "a", "a", "c", "a", "c"] * 3
    found = agreement_of_two(first, second)
    assert found.kappa == pytest.approx(cohen_kappa_score(first, second))
    assert found.alpha == pytest.approx(krippendorff_alpha(list(zip(first, second, strict=True))))
    assert found.kappa_within[0] < found.kappa < found.kappa_within[1]
    assert found.alpha_within[0] < found.alpha < found.alpha_within[1]
    assert found == agreement_of_two(first, second), "the same intervals each time"
    assert math.isnan(agreement_of_two(["a"], ["a"]).kappa)
    assert math.isnan(agreement_of_two([], []).same)


def population(seed: int, rate: float, knows: float, total: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Who says something, and what a model foresees of them that ``knows`` of it (1: everything)."""
    draw = np.random.default_rng(seed)
    said = (draw.random(total) < rate).astype(float)
    return said, knows * said + (1 - knows) * draw.random(total)


@pytest.mark.parametrize(("rate", "knows"), [(0.3, 0.6), (0.03, 0.6), (0.03, 0.0), (0.002, 0.6), (0.002, 0.0)])
def test_the_true_share_lies_in_the_prediction_powered_interval(rate: float, knows: float) -> None:
    inside = 0
    for seed in range(200):
        said, foreseen = population(seed, rate, knows)
        sample = np.random.default_rng(seed + 1_000).choice(len(said), 1_000, replace=False)
        found = prediction_powered(said[sample], foreseen[sample], float(foreseen.mean()), len(said))
        inside += found.low <= said.mean() <= found.high
    assert inside >= 184


def test_a_model_that_knows_makes_the_interval_narrow_and_one_that_knows_nothing_does_no_harm() -> None:
    said, foreseen = population(1, 0.1, 0.9)
    plain = prediction_powered(said[:800], np.zeros(800), 0.0, len(said))
    knowing = prediction_powered(said[:800], foreseen[:800], float(foreseen.mean()), len(said))
    noise = np.random.default_rng(2).random(len(said))
    guessing = prediction_powered(said[:800], noise[:800], float(noise.mean()), len(said))
    assert knowing.high - knowing.low < 0.3 * (plain.high - plain.low)
    assert guessing.high - guessing.low == pytest.approx(plain.high - plain.low, rel=0.05)
    assert plain.weight == 0 < knowing.weight


def test_what_nobody_of_the_sample_says_may_be_said_by_some() -> None:
    found = prediction_powered(np.zeros(500), np.random.default_rng(1).random(500), 0.5, 10_000)
    assert (found.share, found.low) == (0, 0)
    assert 0.004 < found.high < 0.01


def test_who_is_asked_without_exception_is_counted() -> None:
    said = np.array([1.0, 0.0, 0.0, 1.0])
    found = prediction_powered(said, np.zeros(4), 0.0, 4)
    assert (found.low, found.share, found.high) == (0.5, 0.5, 0.5)
    nobody = prediction_powered(np.zeros(0), np.zeros(0), 0.0, 10)
    assert (nobody.low, nobody.high) == (0, 1)


def test_what_is_found_by_luck_has_no_lower_limit_of_its_own() -> None:
    assert lowest_of_found(1, 100) == 0
    assert lowest_of_found(2, 100) < 0.001 < wilson(2, 100)[0]
    assert lowest_of_found(30, 100) == pytest.approx(0.2024, abs=0.001), "Poisson's own limit, 20.24 of 30"


def test_rare_things_that_are_found_lie_in_their_intervals() -> None:
    """Of a thousand things of 1 to 5 people in 2,000 each, those that a sample of 300 meets."""
    draw, inside, met = np.random.default_rng(5), 0, 0
    for number in range(2_000):
        true = 1 + number % 5
        said = int(draw.hypergeometric(true, 2_000 - true, 300))
        if said:
            met += 1
            low = max(said, round(lowest_of_found(said, 300) * 2_000))
            inside += low <= true <= round(wilson(said, 300)[1] * 2_000)
    assert inside / met > 0.97
