"""What is changing: findings and themes that another share of people speaks of than before."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.records import Shift
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import InsightView, Quotes, ThemeLink
from voc_engine.report.themes import theme_shift
from voc_engine.report.trends import shift_words

LISTED, POINTS = 8, 3  # a choice: what a page of changes tells, and findings named under each
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
    shifts = [(shift, one) for one in evidence.insights.values() for shift in one.shifts if shift.of == "finding"]
    views = [ChangeView(shift, shift_words(shift), insight=quotes.fuller(one)) for shift, one in shifts]
    for theme, inside in sorted(evidence.themes.items()):
        shift = theme_shift(inside)
        if shift and not any(shift.n_people == other.n_people for other, one in shifts if one in inside):
            points = tuple(quotes.insight(one) for one in sorted(inside, key=lambda one: -one.n_people)[:POINTS])
            views.append(ChangeView(shift, shift_words(shift), theme=quotes.theme(theme), points=points))
    return tuple(sorted(views, key=lambda one: (_ORDER.index(one.shift.change), -one.shift.n_people)))
