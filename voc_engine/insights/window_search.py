"""Search over windows: since when another share of people says something, within each source.

Of every period that may be a window's first, the people heard since then are held against those heard before, within each
source (Cochran 1954, Mantel & Haenszel 1959). The largest of these differences is held against the largest that chance
gives: who says it is dealt out anew among the people of each source, so that neither a changed mix of sources nor the
number of windows that were looked at makes a change (a scan statistic with its permutations, Kulldorff 1997).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voc_engine.insights.clock import Clock, Ints
from voc_engine.statistics import newcombe_stratified

Floats = npt.NDArray[np.float64]
Voice = tuple[str, int, int]

# People: who say it at all, and who were heard on either side of a window's first day.
LEAST_SAID, LEAST_HEARD = 6, 6
# So many dealings at a time; when so many of them gave as large a difference, the chance is known well enough (Besag &
# Clifford 1991).
_ROUNDS, _ENOUGH = (200, 2_000, 20_000), 20
_MOST, _AT_ONCE = 200_000, 5_000
_NEVER = 1e-9


@dataclass(frozen=True)
class Window:
    """From the period number ``first`` on ``n_people`` of ``total`` say it, before ``n_before`` of ``total_before``: of the
    sources (numbers in ``sources``) that were heard both times; who was heard in two sources counts in each.

    ``low`` and ``high`` bound the change of the share within sources. ``p``: chance of as large a difference for any
    window.
    """

    first: int
    n_people: int
    total: int
    n_before: int
    total_before: int
    low: float
    high: float
    p: float
    sources: tuple[int, ...]


def search(clock: Clock, voices: Iterable[Voice], tests: int = 1) -> Window | None:
    """The window with the largest difference. ``voices``: (person, source, period) of whoever says it; ``tests``: how many
    searches are made, for the smallest chance that has to be told. None where there is too little to compare."""
    distinct = set(voices)
    if len({person for person, _, _ in distinct}) < LEAST_SAID or len(clock.periods) <= 1:
        return None
    spoken = np.zeros_like(clock.heard)
    for _, source, period in distinct:
        spoken[source, period] += 1
    table = _Table.of(clock, spoken)
    if not table.open.any():
        return None
    z = np.where(table.open, np.abs(table.z(_since(spoken))), -1.0)
    best = int(z.argmax())
    return _window(clock, distinct, best + 1, _chance(table, spoken.sum(axis=1), float(z[best]), tests))


def halves(clock: Clock, voices: Iterable[Voice]) -> Window | None:
    """The later half of the data as a window: the one before which about as many were heard as since. None where too few
    were heard before or since, or say it."""
    distinct = set(voices)
    able = np.flatnonzero(_open(clock))
    if not len(able) or len({person for person, _, _ in distinct}) < LEAST_SAID:
        return None
    firsts = [int(row) + 1 for row in able]
    nearest = min(firsts, key=lambda first: abs(int(clock.before(first).sum() - clock.since(first).sum())))
    return _window(clock, distinct, nearest, 1.0)


@dataclass(frozen=True)
class _Table:
    """Column c stands for the window that begins with period c + 1.

    ``open`` (windows,): whether enough were heard on both sides of it. ``usual`` (sources, windows): how many of those who
    say it chance puts into the window; ``spread`` (windows,): the standard deviation of their sum.
    """

    heard: Ints
    open: npt.NDArray[np.bool_]
    usual: Floats
    spread: Floats

    @classmethod
    def of(cls, clock: Clock, spoken: Ints) -> _Table:
        """``spoken`` (sources, periods): how many say it."""
        every, ours = clock.heard.sum(axis=1, keepdims=True), spoken.sum(axis=1, keepdims=True)
        late = _since(clock.heard)
        share = ours / np.maximum(every, 1)
        variance = share * (1 - share) * late * (every - late) / np.maximum(every - 1, 1)
        spread = np.sqrt(variance.sum(axis=0))
        return cls(clock.heard, _open(clock) & (spread > 0), late * share, np.where(spread > 0, spread, 1.0))

    def z(self, late: npt.NDArray[np.int64]) -> Floats:
        """``late`` (..., sources, windows): how many say it in the window -> (..., windows).

        More than usual is measured in standard deviations, less by the signed root of the deviance (McCullagh & Nelder
        1989), as Poisson counts with the same spread have it: of few there can be many more, and only so many fewer, so
        that in standard deviations chance's own increases hide a decrease.
        """
        late_people, usual = late.sum(axis=-2).astype(np.float64), np.maximum(self.usual.sum(axis=0), _NEVER)
        surplus: Floats = (late_people - usual) / self.spread
        logs = np.log(np.maximum(late_people, _NEVER) / usual)
        deviance = 2 * (late_people * logs - (late_people - usual)) * usual / self.spread**2
        return np.where(surplus < 0, -np.sqrt(np.maximum(deviance, 0)), surplus)


def _since(counts: Ints) -> Ints:
    """(..., periods) -> (..., windows): the sums from each period but the first to the last."""
    return np.asarray(counts[..., ::-1].cumsum(axis=-1)[..., ::-1][..., 1:], np.int64)


def _open(clock: Clock) -> npt.NDArray[np.bool_]:
    rows = []
    for first in range(1, len(clock.periods)):
        before, since = clock.before(first), clock.since(first)
        both = (before > 0) & (since > 0)
        rows.append(min(int(before[both].sum()), int(since[both].sum())) >= LEAST_HEARD)
    return np.array(rows, dtype=np.bool_)


def _chance(table: _Table, ours: Ints, largest: float, tests: int) -> float:
    """Share of dealings in which any window shows as large a difference, the observed one among them."""
    random = np.random.default_rng([*ours.tolist(), *table.heard.sum(axis=1).tolist()])
    beyond = drawn = 0
    for rounds in (*_ROUNDS, min(_MOST, 40 * tests)):
        while drawn < rounds:
            draws = min(_AT_ONCE, rounds - drawn)
            dealt = np.stack(
                [
                    random.multivariate_hypergeometric(row, int(count), size=draws, method="marginals")
                    for row, count in zip(table.heard, ours, strict=True)
                ],
                axis=1,
            )
            z = np.abs(table.z(_since(dealt)))[:, table.open].max(axis=1)
            beyond += int((z >= largest - _NEVER).sum())
            drawn += draws
        if beyond >= _ENOUGH:
            break
    return (beyond + 1) / (drawn + 1)


def _window(clock: Clock, voices: set[Voice], first: int, p: float) -> Window:
    before, since = clock.before(first), clock.since(first)
    both = [int(row) for row in np.flatnonzero((before > 0) & (since > 0))]
    early = {(person, source) for person, source, period in voices if period < first}
    late = {(person, source) for person, source, period in voices if period >= first}
    had, have = _by_source(early, len(before)), _by_source(late, len(before))
    total = sum(int(before[row] + since[row]) for row in both)
    strata = [
        ((had[row], int(before[row])), (have[row], int(since[row])), int(before[row] + since[row]) / total)
        for row in both
    ]
    _, low, high = newcombe_stratified(strata)
    return Window(
        first, sum(have[row] for row in both), sum(int(since[row]) for row in both), sum(had[row] for row in both),
        sum(int(before[row]) for row in both), low, high, p, tuple(both),
    )  # fmt: skip


def _by_source(people: set[tuple[str, int]], sources: int) -> list[int]:
    counts = [0] * sources
    for _, source in people:
        counts[source] += 1
    return counts
