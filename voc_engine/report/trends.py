"""How an insight moves over time and with ratings, in words that say how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.records import TOO_LITTLE, CountedLine, Driver, Insight, Shift
from voc_engine.report import wording

LEAST_PERIODS = 3  # two points are no course


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


def trend_word(insight: Insight) -> str:
    """ "new", "growing", "fading", "rising", "falling" or "steady"; empty where the data are too few."""
    return insight.change or ("" if insight.trend == TOO_LITTLE else insight.trend)


def trend_words(insight: Insight, total: int) -> str:
    """ "growing: said by 9 of 60 people since May 2026, by 2 of 180 before", or "steady (share −1 to +2 points)", from the
    earlier half of the time to the later; empty where the data are too few.

    In studies of fewer than thirty people no points are told: they would be percentages of a handful.
    """
    shift = next((one for one in insight.shifts if one.of == "finding"), None)
    if shift is not None:
        return f"{shift.change}: {shift_words(shift)}"
    if not insight.trend or insight.trend == TOO_LITTLE:
        return ""
    if insight.trend_low is None or insight.trend_high is None or total < wording.SMALL_SAMPLE:
        return insight.trend
    return f"{insight.trend} (share {_points(insight.trend_low)} to {_points(insight.trend_high)} points)"


def shift_words(shift: Shift) -> str:
    """ "said by 9 of 60 people since May 2026, by 2 of 180 before, compared within each source (reviews, tickets)"."""
    when = f"in {_period(shift.since)}" if shift.since == shift.until else f"since {_period(shift.since)}"
    now = f"said by {wording.number(shift.n_people)} of {wording.people(shift.total)} {when}"
    had = wording.number(shift.n_before) if shift.n_before else "none"
    names = [_source(*one) for one in zip(shift.sources, shift.channels, strict=True)]
    within = f"compared within each source ({wording.listing(names)})" if len(names) > 1 else f"in {names[0]}"
    return f"{now}, by {had} of {wording.number(shift.total_before)} before, {within}"


def _period(name: str) -> str:
    """ "2026-05" -> "May 2026", "2026-W07" -> "week 7 of 2026", "2026-Q2" -> "quarter 2 of 2026"."""
    year, _, period = name.partition("-")
    unit = {"W": "week", "Q": "quarter"}.get(period[:1])
    return f"{unit} {int(period[1:])} of {year}" if unit else wording.date(name)


def _source(kind: str, channel: str) -> str:
    """ "reviews (App Store)"."""
    several = wording.document_noun(kind, 2)
    return f"{several} ({channel})" if channel else several


def _points(change: float) -> str:
    return wording.signed(round(change * 100))


def impact_words(insight: Insight) -> str:
    """ "−1.2 (−2.0 to −0.4)", or empty where nobody rated."""
    if insight.impact_on_rating is None:
        return ""
    impact = wording.signed(insight.impact_on_rating, 1)
    if insight.impact_low is None or insight.impact_high is None:
        return impact
    return f"{impact} ({wording.signed(insight.impact_low, 1)} to {wording.signed(insight.impact_high, 1)})"


def driver_words(driver: Driver) -> str:
    """ "0.8 lower (−1.3 to −0.3) on the scale to 5; 23 of 150 people who rated say it"."""
    way = "lower" if driver.effect < 0 else "higher"
    effect = f"{abs(driver.effect):.1f} {way} ({wording.signed(driver.low, 1)} to {wording.signed(driver.high, 1)})"
    say = "says" if driver.n_people == 1 else "say"
    rated = f"{driver.n_people} of {wording.people(driver.n_rated)}"
    return f"{effect} on the scale to {driver.scale}; {rated} who rated {say} it"


def more_words(line: CountedLine) -> str:
    """ "Plan Solo: 12 of 40, others 5 of 90"."""
    return (
        f"{line.of} {line.name}: {wording.number(line.n_people)} of {wording.number(line.total)},"
        f" others {wording.number(line.n_elsewhere)} of {wording.number(line.total_elsewhere)}"
    )
