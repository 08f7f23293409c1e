"""Statistics: intervals, differences, log-odds, false discovery, resampling and overlap, over SciPy and NumPy.

Every interval of the package comes from here. Shares and differences are rounded to six places, means to four, so that
tables do not hang on the last bits of a machine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from math import erfc, log, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

Interval = tuple[float, float]
Count = tuple[float, float]  # (how many, of how many); may be weighted
CONFIDENCE = 0.95  # the usual 95 in 100, everywhere in the report
RESAMPLES = 1000  # a choice: the ends of an interval of 95% lie on the 25th draw from either side
SMALL_SAMPLE = 30  # under this many people a share is a count, never a percentage
# So many resamples of rows lie in memory at once.
_DRAWS = 100
# The weight of the prior of log-odds: a tenth of all people. Far less, and what nobody outside says has so wide a spread
# that it is never distinctive (3 of 100 people against 0 of 900); far more, and small groups look like everybody.
PRIOR_WEIGHT = 0.1


@cache
def quantile(confidence: float = CONFIDENCE) -> float:
    """z of a two-sided interval: 1.96 for 95%."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + confidence / 2))


def wilson(count: float, total: float, confidence: float = CONFIDENCE) -> Interval:
    """Interval of a share (Wilson 1927, "Probable inference", JASA 22). (0, 1) where nobody was asked.

    SciPy has it for whole counts only; these may be weighted.
    """
    low, high = _wilson(count, total, quantile(confidence))
    return round(low, 6), round(high, 6)


def _wilson(count: float, total: float, z: float) -> Interval:
    if total <= 0:
        return 0.0, 1.0
    share, spread = count / total, z**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Powered:
    """A share in [0, 1] of a whole of which a sample was looked at, with its interval; ``weight`` of what was foreseen."""

    share: float
    low: float
    high: float
    weight: float


# With fewer than so many who say it in the sample, how far what was foreseen helps cannot be told.
_FEWEST_SAID = 10


def prediction_powered(says: Floats, foreseen: Floats, mean_foreseen: float, total: int) -> Powered:
    """Share of ``total`` people, from a random sample of them and what a model foresees of everybody: prediction-powered
    inference (Angelopoulos, Bates, Fannjiang, Jordan & Zrnic 2023, "Prediction-powered inference", Science 382, 669-674),
    with the weight of the model chosen from the sample, so that a model that knows nothing does no harm (Angelopoulos,
    Duchi & Zrnic 2023, "PPI++", arXiv:2311.01453).

    ``says`` (n,) is 0 or 1 for each person of the sample, ``foreseen`` (n,) what the model foresees of them, not having
    learnt from them, ``mean_foreseen`` its mean over all ``total`` people. The whole is finite and foreseen of everybody, so
    the error is that of the sample alone (the difference estimator of survey sampling: Cassel, Sarndal & Wretman 1976,
    Biometrika 63). The interval is Wilson's for the number of people that a plain sample would need to be as sure (Korn &
    Graubard 1998, Survey Methodology 24), since the usual one fails for rare things.
    """
    import numpy as np

    size = len(says)
    if not size or not total:
        return Powered(0.0, 0.0, 1.0, 0.0)
    spread = float(foreseen.var())
    knows = says.sum() >= _FEWEST_SAID and spread > 0
    weight = max(0.0, float(((says - says.mean()) * (foreseen - foreseen.mean())).mean()) / spread) if knows else 0.0
    rest = says - weight * foreseen
    share = min(1.0, max(0.0, float(rest.mean()) + weight * mean_foreseen))
    unseen_share = max(0.0, 1 - size / total)  # what was looked at is known
    if not unseen_share:
        return Powered(round(share, 6), round(share, 6), round(share, 6), round(weight, 4))
    error = float(np.square(rest - rest.mean()).sum()) / max(1, size - 2) / size * unseen_share
    plain = size / unseen_share
    as_sure = share * (1 - share) / error if error > 0 and 0 < share < 1 else plain
    low, high = _wilson(share * as_sure, as_sure, quantile())
    return Powered(round(share, 6), round(low, 6), round(high, 6), round(weight, 4))


def lowest_of_found(n_said: int, size: int) -> float:
    """Lower limit (97.5%) of the share of those who say something that ``n_said`` of a sample of ``size`` say, and that was
    looked at only because somebody in the sample says it: such a number is too high on average, the more the smaller it
    is. Of the Poisson distribution without its zero (David & Johnson 1952, Biometrics 8); 0 for one."""
    from math import expm1

    from scipy.optimize import brentq
    from scipy.special import pdtrc

    if n_said <= 1 or not size:
        return 0.0
    tail = (1 - CONFIDENCE) / 2
    mean = brentq(lambda rate: float(pdtrc(n_said - 1, rate)) / -expm1(-rate) - tail, 1e-6, float(n_said))
    return round(float(mean) / size, 6)


def newcombe(before: Count, after: Count, confidence: float = CONFIDENCE) -> Interval:
    """Interval of the difference of two shares, after minus before (Newcombe 1998, Statistics in Medicine 17, 873-890,
    method 10). (-1, 1) where nobody was asked on either side."""
    if before[1] <= 0 or after[1] <= 0:
        return -1.0, 1.0
    return newcombe_stratified([(before, after, 1.0)], confidence)[1:]


def newcombe_stratified(
    strata: Sequence[tuple[Count, Count, float]], confidence: float = CONFIDENCE
) -> tuple[float, float, float]:
    """Difference of two shares standardised over strata, after minus before, and its interval (Yan & Su 2010, Statistics
    in Biopharmaceutical Research 2: Newcombe's with the variances recovered from Wilson's limits).

    ``strata``: (before, after, weight), weights adding up to 1; in each somebody was asked on both sides.
    """
    z, change, down, up = quantile(confidence), 0.0, 0.0, 0.0
    for before, after, weight in strata:
        old, new = before[0] / before[1], after[0] / after[1]
        (old_low, old_high), (new_low, new_high) = _wilson(*before, z), _wilson(*after, z)
        change += weight * (new - old)
        down += weight**2 * ((new - new_low) ** 2 + (old_high - old) ** 2)
        up += weight**2 * ((new_high - new) ** 2 + (old - old_low) ** 2)
    return round(change, 6), round(max(-1.0, change - sqrt(down)), 6), round(min(1.0, change + sqrt(up)), 6)


def cochran(strata: Sequence[tuple[Count, Count]]) -> float:
    """Two-sided p of Cochran's test of equal shares within strata (1954, Biometrics 10), in [0, 1]; 1 where nothing can
    be compared. ``strata``: (before, after)."""
    surplus = variance = 0.0
    for (old, asked_old), (new, asked_new) in strata:
        total = asked_old + asked_new
        if asked_old and asked_new:
            rate = (old + new) / total
            surplus += new - asked_new * rate
            variance += asked_old * asked_new / total * rate * (1 - rate)
    return round(erfc(abs(surplus) / sqrt(2 * variance)), 6) if variance > 0 else 1.0


def welch(inside: Sequence[float], outside: tuple[int, float, float]) -> tuple[float, float, float]:
    """Difference of two means, inside minus outside, and its 95% interval (Welch 1947, Biometrika 34).

    ``outside``: count, sum and sum of squares. Both sides need two values at least.
    """
    from scipy.special import stdtrit

    count, other = len(inside), outside[0]
    mean, rest = sum(inside) / count, outside[1] / other
    ours = sum((value - mean) ** 2 for value in inside) / (count - 1) / count
    theirs = max(0.0, outside[2] - other * rest * rest) / (other - 1) / other
    change, error = mean - rest, ours + theirs
    if error <= 0:
        return round(change, 4), round(change, 4), round(change, 4)
    freedom = error**2 / (ours**2 / (count - 1) + theirs**2 / (other - 1))
    half = float(stdtrit(freedom, 0.5 + CONFIDENCE / 2)) * sqrt(error)
    return round(change, 4), round(change - half, 4), round(change + half, 4)


def log_odds(here: float, inside: float, there: float, outside: float) -> float:
    """z of the log-odds of a share inside against outside, with an informative Dirichlet prior (Monroe, Colaresi & Quinn
    2008, "Fightin' Words", Political Analysis 16, section 3.3): the share among all, at PRIOR_WEIGHT of their number.

    ``here`` of ``inside`` people and ``there`` of ``outside`` people say it. 0 where either side is empty, or where
    all or none say it.
    """
    total, saying = inside + outside, here + there
    if not inside or not outside or not 0 < saying < total:
        return 0.0
    prior = PRIOR_WEIGHT * saying, PRIOR_WEIGHT * (total - saying)
    table = (here + prior[0], inside - here + prior[1], there + prior[0], outside - there + prior[1])
    return (log(table[0] / table[1]) - log(table[2] / table[3])) / sqrt(sum(1 / number for number in table))


def benjamini_hochberg(
    chances: Sequence[float], rate: float = 0.05, weights: Sequence[float] | None = None
) -> list[bool]:
    """Which of many differences may be told as such: at most ``rate`` of those told are expected to be chance
    (Benjamini & Hochberg 1995, JRSS B 57). ``chances``: p of each, in [0, 1]; ``weights``: how much each matters, above
    0 and fixed before the differences were looked at (Genovese, Roeder & Wasserman 2006, Biometrika 93)."""
    if not chances:
        return []
    from scipy.stats import false_discovery_control

    if weights is not None:
        mean = sum(weights) / len(weights)
        chances = [min(1.0, p * mean / weight) for p, weight in zip(chances, weights, strict=True)]
    return [bool(adjusted <= rate) for adjusted in false_discovery_control(chances)]


def bootstrap(
    counts: npt.NDArray[Any], measure: Callable[[npt.NDArray[Any]], Floats], seed: int = 0, resamples: int = RESAMPLES
) -> Interval:
    """95% percentile interval of a measure of summed rows (Efron & Tibshirani 1993, chapter 13); the same for the same
    rows and seed.

    ``counts``: (rows, columns). ``measure``: (draws, columns) of sums -> (draws,); nan where a draw has none.
    Rows of one pattern of counts are alike, so a resample of rows is a multinomial draw of patterns.
    """
    import numpy as np

    patterns, times = np.unique(counts, axis=0, return_counts=True)
    draws = np.random.default_rng(seed).multinomial(len(counts), times / len(counts), size=resamples) @ patterns
    low, high = np.nanpercentile(measure(draws), [100 * (1 - CONFIDENCE) / 2, 100 * (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def bootstrap_rows(
    rows: int, measure: Callable[[npt.NDArray[Any]], Floats], seed: int = 0, resamples: int = RESAMPLES
) -> Interval:
    """95% percentile interval of a measure that no sum over rows gives, such as one of their ranking; the same for the
    same number of rows and seed.

    ``measure``: (draws, rows) how often each row was drawn -> (draws,); nan where a draw has none.
    """
    import numpy as np

    source, values = np.random.default_rng(seed), []
    for start in range(0, resamples, _DRAWS):
        shares = np.full(rows, 1 / rows)
        values.append(measure(source.multinomial(rows, shares, size=min(_DRAWS, resamples - start))))
    low, high = np.nanpercentile(np.concatenate(values), [100 * (1 - CONFIDENCE) / 2, 100 * (1 + CONFIDENCE) / 2])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of two coders over ``n`` units: the share on which they say the same, Cohen's kappa and Krippendorff's alpha,
    each with its 95% interval. nan where both always say one and the same, which tells nothing of agreement."""

    n: int
    same: float
    kappa: float
    kappa_within: Interval
    alpha: float
    alpha_within: Interval


def agreement_of_two(first: Sequence[str], second: Sequence[str], seed: int = 0) -> Agreement:
    """Cohen's kappa (1960, Educational and Psychological Measurement 20) and nominal alpha (Krippendorff 2011,
    "Computing Krippendorff's alpha-reliability"), with percentile intervals from resampled units. Both sequences are of
    one length."""
    import numpy as np

    values = sorted({*first, *second})
    places, size = {value: at for at, value in enumerate(values)}, len(values)
    counts = np.zeros((len(first), size * size), np.int64)
    counts[range(len(first)), [places[a] * size + places[b] for a, b in zip(first, second, strict=True)]] = 1
    same = float(np.mean([a == b for a, b in zip(first, second, strict=True)])) if len(first) else float("nan")
    measured: list[tuple[float, Interval]] = []
    for measure in (_kappas, _alphas):
        value = _of_pairs(first, second, measure)
        within = bootstrap(counts, measure, seed) if size > 1 else (float("nan"), float("nan"))
        measured.append((value, within))
    return Agreement(len(first), same, *measured[0], *measured[1])


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Cohen's kappa alone; nan where both use one and the same value only."""
    return _of_pairs(first, second, _kappas)


def alpha(first: Sequence[str], second: Sequence[str]) -> float:
    """Krippendorff's nominal alpha of two alone; nan where both use one and the same value only."""
    return _of_pairs(first, second, _alphas)


def _of_pairs(first: Sequence[str], second: Sequence[str], measure: Callable[[npt.NDArray[Any]], Floats]) -> float:
    import numpy as np

    places = {value: at for at, value in enumerate(sorted({*first, *second}))}
    if len(places) <= 1:
        return float("nan")
    sums = np.zeros((1, len(places) ** 2))
    for a, b in zip(first, second, strict=True):
        sums[0, places[a] * len(places) + places[b]] += 1
    return float(measure(sums)[0])


def _kappas(sums: npt.NDArray[Any]) -> Floats:
    """(draws,) kappa of (draws, values x values) counts of pairs."""
    import numpy as np

    size = int(sqrt(sums.shape[1]))
    tables = sums.reshape(-1, size, size).astype(np.float64)
    n = tables.sum((1, 2))
    observed = np.trace(tables, axis1=1, axis2=2) / n
    chance = (tables.sum(1) * tables.sum(2)).sum(1) / n**2
    kappas: Floats = np.divide(observed - chance, 1 - chance, out=np.full(len(n), np.nan), where=chance < 1)
    return kappas


def _alphas(sums: npt.NDArray[Any]) -> Floats:
    """(draws,) nominal alpha of the same: both orders of a pair count, and values are drawn without replacement."""
    import numpy as np

    size = int(sqrt(sums.shape[1]))
    tables = sums.reshape(-1, size, size).astype(np.float64)
    n = 2 * tables.sum((1, 2))
    totals = tables.sum(1) + tables.sum(2)
    apart = n - 2 * np.trace(tables, axis1=1, axis2=2)
    by_chance = n**2 - (totals**2).sum(1)
    return np.asarray(1 - np.divide((n - 1) * apart, by_chance, out=np.full(len(n), np.nan), where=by_chance > 0))


def jaccard(first: AbstractSet[Any], second: AbstractSet[Any]) -> float:
    """What two sets share, of what either has (Jaccard 1912), in [0, 1]; 0 where both are empty."""
    shared = len(first & second)
    return shared / max(1, len(first) + len(second) - shared)


def best_jaccard(labels: Ints, others: Ints, groups: int) -> Floats:
    """(groups,) Jaccard of each group of rows with the group of ``others`` that is most like it (Hennig 2007,
    Computational Statistics & Data Analysis 52). ``labels`` and ``others``: group per row, below 0 where none."""
    import numpy as np

    shared = np.zeros((groups, max(1, int(others.max(initial=-1)) + 1)))
    both = (labels >= 0) & (others >= 0)
    np.add.at(shared, (labels[both], others[both]), 1)
    first = np.bincount(labels[labels >= 0], minlength=groups)[:, None]
    second = np.bincount(others[others >= 0], minlength=shared.shape[1])[None, :]
    return np.asarray((shared / np.maximum(first + second - shared, 1)).max(axis=1), dtype=np.float64)
