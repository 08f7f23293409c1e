"""Insight: a finding, mentions that say the same whatever their kind, with the people behind them counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.counted import CountedLine, Driver, KindCount, Period, Shift, SourcePeriod, TypedAnswer
from voc_engine.records.record import Record

TOO_LITTLE = "too little data"  # the trend of what nobody can tell one of
# What a finding stands on: one key point that its mentions say, or, in a small study, one thing of which several people say
# something on one side.
BY_KEY_POINT, BY_THING = "found", "thing"


@dataclass(frozen=True, slots=True)
class Insight(Record):
    """``name`` is its heading: a run of one person's words that most of its people say, or thing and what about it; empty
    where there is none, and ``title`` is then the ``statement``, its key point in a member's words. ``theme`` is the
    thing that it and findings near to it are about, ``definition`` tells what belongs. ``kind`` is what most
    of its people do, ``kinds`` counts the people of each. ``basis`` is BY_KEY_POINT, BY_THING or "given". ``share_low`` and
    ``share_high`` bound the share of all people who say it (Wilson, 95%).

    ``priority`` = reach x weight by severity x recency in [0, 1], with its own interval. ``severity`` is a band (low,
    medium, high), ``sentiment_score`` the mean over people in [-1, 1]. ``urgency`` is a band like severity.

    ``change`` is "new", "growing" or "fading" where its share of people changed by more than chance gives when all findings
    and windows are looked at, ``theme_change`` the same of its theme, and ``shifts`` hold their figures. ``trend`` is then
    rising or falling, else steady or "too little data"; ``trend_low`` and ``trend_high`` bound the change of the share
    within sources, of the window of the change, else of the later half of the data. ``periods`` count people per week,
    month, quarter or year, ``by_source`` also by source.

    ``impact_on_rating`` is the mean rating of its people minus that of the others (not causal), bounded by
    ``impact_low`` and ``impact_high``; ``drivers`` tell the same with all findings looked at together, per scale of ratings,
    where it is sure. ``said_more``: values of attributes whose people surely say it more than others.
    ``suggested_merges`` go both ways. ``our_answers`` are what people of the company decided to say to it. ``assistant``:
    what of it a language model said: "names" its name, "members" which of its borderline members stay.
    """

    table: ClassVar[str] = "insights"

    insight_id: str
    kind: str
    statement: str
    n_people: int
    n_mentions: int
    share_low: float
    share_high: float
    sentiment_score: float
    severity: str
    priority: float
    trend: str
    topic_id: str | None
    share: float
    n_documents: int
    severity_score: float
    priority_low: float
    priority_high: float
    medoid_mention_id: str
    divergent_mention_id: str | None = None
    thing: str | None = None
    what: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    severity_reasons: tuple[str, ...] = ()
    impact_on_rating: float | None = None
    suggested_merges: tuple[str, ...] = ()
    impact_low: float | None = None
    impact_high: float | None = None
    urgency: str = "low"
    urgency_reasons: tuple[str, ...] = ()
    trend_low: float | None = None
    trend_high: float | None = None
    periods: tuple[Period, ...] = ()
    name: str = ""
    definition: str = ""
    basis: str = BY_KEY_POINT
    kinds: tuple[KindCount, ...] = ()
    theme: str | None = None
    change: str = ""
    theme_change: str = ""
    shifts: tuple[Shift, ...] = ()
    by_source: tuple[SourcePeriod, ...] = ()
    drivers: tuple[Driver, ...] = ()
    said_more: tuple[CountedLine, ...] = ()
    our_answers: tuple[TypedAnswer, ...] = ()
    assistant: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What stands over it: its name, else its key point."""
        return self.name or self.statement


@dataclass(frozen=True, slots=True)
class InsightMember(Record):
    """Which insight a mention went into."""

    table: ClassVar[str] = "insight_members"

    mention_id: str
    insight_id: str
