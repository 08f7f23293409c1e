"""Trend: how the share of people who say something changes over the time that the data covers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voc_engine.insights.counting import Study, period
from voc_engine.records import Period
from voc_engine.statistics import newcombe

LEAST_FOR_TREND = 6
LEAST_FOR_PERIODS = 3


@dataclass(frozen=True)
class Trend:
    """``word`` is rising, falling, steady or "too little data"; ``low`` and ``high`` bound the change of the share from
    the earlier half to the later (None with too little data); ``periods`` count people in each."""

    word: str
    low: float | None = None
    high: float | None = None
    periods: tuple[Period, ...] = ()


def trend(study: Study, dated: Iterable[tuple[str, int]]) -> Trend:
    """Compare the shares of people who say it in the two halves of the data: Newcombe's 95% interval of the change.

    ``dated``: person and day of each mention.
    """
    voices = set(dated)
    before, after = study.active
    early = {person for person, day in voices if study.middle is not None and day < study.middle} & before
    late = {person for person, day in voices if study.middle is not None and day >= study.middle} & after
    if len(early) + len(late) < LEAST_FOR_TREND or min(len(before), len(after)) < LEAST_FOR_TREND:
        return Trend("too little data", periods=_periods(study, voices))
    low, high = newcombe((len(early), len(before)), (len(late), len(after)))
    word = "rising" if low > 0 else "falling" if high < 0 else "steady"
    return Trend(word, low, high, _periods(study, voices))


def _periods(study: Study, voices: set[tuple[str, int]]) -> tuple[Period, ...]:
    """Every period in which anybody was heard, for what three people or more say."""
    if len(study.heard) < 2 or len({person for person, _ in voices}) < LEAST_FOR_PERIODS:
        return ()
    said: dict[str, set[str]] = {}
    for person, day in voices:
        said.setdefault(period(day, study.span), set()).add(person)
    return tuple(
        Period(name, len(said.get(name, ())), max(total, len(said.get(name, ()))))
        for name, total in sorted(study.heard.items())
    )
