"""How the share of people who say something changes over the time that the data covers: findings, and themes of them.

Many are looked at, so of the changes that are told at most one in twenty is expected to be chance (Benjamini &
Hochberg 1995).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from voc_engine.insights.clock import Clock
from voc_engine.insights.counting import Study
from voc_engine.insights.weighing import urgency
from voc_engine.insights.window_search import LEAST_SAID, Voice, Window, halves, search
from voc_engine.records import TOO_LITTLE, Insight, Mention, Period, Shift, SourcePeriod
from voc_engine.statistics import benjamini_hochberg

LEAST_FOR_PERIODS = 3  # people; two points are no course
# Share of what is told that may be chance. Findings are many and seldom move alone: of theirs it is half.
RATES = {"theme": 0.05, "finding": 0.025}
_TREND = {"new": "rising", "growing": "rising", "fading": "falling"}


@dataclass(frozen=True)
class Course:
    """``shift`` where another share says it than before; ``window``: the widest change, else the later half of the data, and
    None where there is too little to tell."""

    shift: Shift | None
    window: Window | None


def timed(
    study: Study, insights: Sequence[Insight], members: Mapping[str, Sequence[Mention]], as_before: Iterable[str] = ()
) -> list[Insight]:
    """The insights with what they do over time, in their order. ``members``: mentions by insight id. ``as_before``: ids of
    those whose urgency stays as it is, since their words are not at hand."""
    clock, keep = study.clock, set(as_before)
    voices = {finding.insight_id: _voices(clock, members.get(finding.insight_id, ())) for finding in insights}
    themes: dict[str, set[Voice]] = {}
    for finding in insights:
        if finding.theme:
            themes.setdefault(finding.theme, set()).update(voices[finding.insight_id])
    wide = courses(clock, themes, "theme")
    by_finding = courses(clock, voices, "finding")
    over_time = []
    for finding in insights:
        course, theme = by_finding[finding.insight_id], wide.get(finding.theme or "", Course(None, None))
        trend = _TREND.get(course.shift.change, "") if course.shift else "steady" if course.window else TOO_LITTLE
        insight = replace(
            finding,
            trend=trend,
            trend_low=course.window.low if course.window else None,
            trend_high=course.window.high if course.window else None,
            change=course.shift.change if course.shift else "",
            theme_change=theme.shift.change if theme.shift else "",
            shifts=tuple(each.shift for each in (course, theme) if each.shift),
            periods=_periods(study, members.get(finding.insight_id, ())),
            by_source=_by_source(clock, voices[finding.insight_id]),
        )
        if finding.insight_id not in keep:
            band, reasons = urgency(study, members.get(finding.insight_id, ()), insight.severity, trend)
            insight = replace(insight, urgency=band, urgency_reasons=reasons)
        over_time.append(insight)
    return over_time


def courses(clock: Clock, voices: Mapping[str, set[Voice]], level: str) -> dict[str, Course]:
    """What each of them does over time. ``voices``: id -> (person, source, period) of whoever says it; ``level``: "finding"
    or "theme"."""
    able = [
        key for key, voices_of in sorted(voices.items()) if len({person for person, _, _ in voices_of}) >= LEAST_SAID
    ]
    windows = {key: search(clock, voices[key], len(able)) for key in able}
    tested = [(key, window) for key, window in windows.items() if window is not None]
    # What many say matters more, and how many that is tells nothing of when they said it.
    people = [len({person for person, _, _ in voices[key]}) for key, _ in tested]
    sure = benjamini_hochberg([window.p for _, window in tested], RATES[level], people)
    courses_of = {key: Course(None, None) for key in voices}
    for (key, window), yes in zip(tested, sure, strict=True):
        # Where one person said it again and again, people counted once tell no change.
        clear = yes and (window.low > 0 or window.high < 0)
        shift = _shift(clock, voices[key], window, level) if clear else None
        courses_of[key] = Course(shift, window if clear else halves(clock, voices[key]))
    return courses_of


def _shift(clock: Clock, voices: set[Voice], window: Window, level: str) -> Shift:
    first = any(period < window.first for _, _, period in voices)
    change = "fading" if window.high < 0 else "growing" if first else "new"
    return Shift(
        level, change, clock.periods[window.first], clock.periods[-1], window.n_people, window.total, window.n_before,
        window.total_before, window.low, window.high, *_named(clock, window.sources),
    )  # fmt: skip


def _named(clock: Clock, rows: Iterable[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Kinds and channels of sources, in parallel."""
    sources = [clock.sources[row] for row in rows]
    return tuple(kind for kind, _ in sources), tuple(channel for _, channel in sources)


def _voices(clock: Clock, mentions: Iterable[Mention]) -> set[Voice]:
    """By the date of the document: what a person said in it is held against who was heard in it."""
    return {(m.person_id, *clock.place[m.document_id]) for m in mentions if m.document_id in clock.place}


def _periods(study: Study, mentions: Iterable[Mention]) -> tuple[Period, ...]:
    """Every period in which anybody was heard, for what three people or more say."""
    dated = {(m.person_id, study.period_of(m)) for m in mentions if m.mention_id in study.day_of}
    if len(study.heard) <= 1 or len({person for person, _ in dated}) < LEAST_FOR_PERIODS:
        return ()
    counts = Counter(name for _, name in dated)
    return tuple(Period(name, counts[name], max(total, counts[name])) for name, total in sorted(study.heard.items()))


def _by_source(clock: Clock, voices: set[Voice]) -> tuple[SourcePeriod, ...]:
    """Every period in which a source was heard that somebody says it in, for what three people or more say."""
    if len(clock.periods) <= 1 or len({person for person, _, _ in voices}) < LEAST_FOR_PERIODS:
        return ()
    counts = Counter((source, period) for _, source, period in voices)
    return tuple(
        SourcePeriod(
            *clock.sources[source], clock.periods[period], counts[source, period], int(clock.heard[source, period])
        )
        for source in sorted({source for source, _ in counts})
        for period in np.flatnonzero(clock.heard[source]).tolist()
    )
