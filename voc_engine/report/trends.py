"""How an insight moves over time and with ratings, in words that say how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.records import Insight
from voc_engine.report import wording

LEAST_PERIODS = 3


@dataclass(frozen=True, slots=True)
class PeriodView:
    """``n_people`` of ``total`` heard in it say it. ``height`` in [0, 1]: the share, of the largest of the insight."""

    name: str
    n_people: int
    total: int
    height: float


def periods(insight: Insight) -> tuple[PeriodView, ...]:
    """The insight's periods in order; empty where fewer than three are known: two points are no course."""
    if len(insight.periods) < LEAST_PERIODS:
        return ()
    shares = [one.n_people / max(one.total, 1) for one in insight.periods]
    most = max(shares)
    return tuple(
        PeriodView(wording.date(one.name), one.n_people, one.total, share / most if most else 0.0)
        for one, share in zip(insight.periods, shares, strict=True)
    )


def trend_words(insight: Insight, total: int) -> str:
    """ "rising (share +2 to +9 points)", from the earlier half of the time to the later; empty where the data are too few.

    In studies of fewer than thirty people no points are told: they would be percentages of a handful.
    """
    if not insight.trend or insight.trend == "too little data":
        return ""
    if insight.trend_low is None or insight.trend_high is None or total < wording.SMALL_SAMPLE:
        return insight.trend
    return f"{insight.trend} (share {_points(insight.trend_low)} to {_points(insight.trend_high)} points)"


def _points(change: float) -> str:
    return wording.signed(round(change * 100))


def impact_words(insight: Insight) -> str:
    """ "−1.2 (−2.0 to −0.4)", or empty where nobody rated."""
    if insight.impact_on_rating is None:
        return ""
    told = wording.signed(insight.impact_on_rating, 1)
    if insight.impact_low is None or insight.impact_high is None:
        return told
    return f"{told} ({wording.signed(insight.impact_low, 1)} to {wording.signed(insight.impact_high, 1)})"
