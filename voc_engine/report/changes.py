"""What is changing: findings and themes that another share of people speaks of than before."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.records import Insight, Shift
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import InsightView, Quotes
from voc_engine.report.trends import shift_words

LISTED, POINTS = 8, 3
_ORDER = ("new", "growing", "fading")


@dataclass(frozen=True, slots=True)
class ChangeView:
    """``insight`` of a finding; ``theme`` and its leading findings (``points``) of a theme."""

    shift: Shift
    words: str
    insight: InsightView | None = None
    theme: str = ""
    points: tuple[InsightView, ...] = ()


def changing(evidence: Evidence, quotes: Quotes) -> tuple[ChangeView, ...]:
    """New ones first, then growing, then fading, each by people. A theme of one finding, or that moves as one of its own
    does, tells nothing more and is left out."""
    own = [(shift, one) for one in evidence.insights.values() for shift in one.shifts if shift.of == "finding"]
    found = [ChangeView(shift, shift_words(shift), insight=quotes.told(one)) for shift, one in own]
    themes: dict[str, list[Insight]] = {}
    for one in evidence.insights.values():
        if one.theme and one.theme_change:
            themes.setdefault(one.theme, []).append(one)
    for theme, inside in sorted(themes.items()):
        shift = next(shift for shift in inside[0].shifts if shift.of == "theme")
        alone = any(shift.n_people == other.n_people for other, one in own if one in inside)
        if len(inside) > 1 and not alone:
            points = tuple(quotes.insight(one) for one in sorted(inside, key=lambda one: -one.n_people)[:POINTS])
            found.append(ChangeView(shift, shift_words(shift), theme=theme, points=points))
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.shift.change), -one.shift.n_people)))
