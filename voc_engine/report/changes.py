"""What is changing: findings and themes that another share of people speaks of than before."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.records import Shift
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import InsightView, Quotes, ThemeLink
from voc_engine.report.themes import theme_shift
from voc_engine.report.trends import shift_words

LISTED, POINTS = 8, 3
_ORDER = ("new", "growing", "fading")


@dataclass(frozen=True, slots=True)
class ChangeView:
    """``insight`` of a finding; ``theme`` and its leading findings (``points``) of a theme."""

    shift: Shift
    words: str
    insight: InsightView | None = None
    theme: ThemeLink | None = None
    points: tuple[InsightView, ...] = ()


def changing(evidence: Evidence, quotes: Quotes) -> tuple[ChangeView, ...]:
    """New ones first, then growing, then fading, each by people. A theme of one finding, or that moves as one of its own
    does, tells nothing more and is left out."""
    own = [(shift, one) for one in evidence.insights.values() for shift in one.shifts if shift.of == "finding"]
    found = [ChangeView(shift, shift_words(shift), insight=quotes.told(one)) for shift, one in own]
    for theme, inside in sorted(evidence.themes.items()):
        shift = theme_shift(inside)
        if shift and not any(shift.n_people == other.n_people for other, one in own if one in inside):
            points = tuple(quotes.insight(one) for one in sorted(inside, key=lambda one: -one.n_people)[:POINTS])
            found.append(ChangeView(shift, shift_words(shift), theme=quotes.theme(theme), points=points))
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.shift.change), -one.shift.n_people)))
