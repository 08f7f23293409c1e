"""What is counted of people, as fields: lines of a card, periods, answers and notes. Prose is made of them in reports."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.records.record import Part

ANSWER_KINDS = ("reply", "proof", "customer")


@dataclass(frozen=True, slots=True)
class CountedLine(Part):
    """``n_people`` of ``total`` people show ``name``: a channel, a role, a stage of the journey, a criterion, a term.

    ``of``: the attribute of which the name is a value, or the emotion that is felt at it. ``n_given``: people of whom it
    was given as an attribute. ``n_elsewhere`` of ``total_elsewhere`` people outside the group show it, where that is
    compared. ``mention_ids`` and ``disclosure_ids`` are the words behind it: at most one per person, and only of people who
    may be quoted.
    """

    name: str
    n_people: int
    total: int
    of: str = ""
    n_given: int = 0
    n_elsewhere: int = 0
    total_elsewhere: int = 0
    mention_ids: tuple[str, ...] = ()
    disclosure_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period(Part):
    """``n_people`` of the ``total`` people heard in a week, month, quarter or year ("2026-03")."""

    name: str
    n_people: int
    total: int


@dataclass(frozen=True, slots=True)
class SourcePeriod(Part):
    """The same of one source: a kind of document, and its channel where that has enough of them, else empty."""

    source: str
    channel: str
    name: str
    n_people: int
    total: int


@dataclass(frozen=True, slots=True)
class Shift(Part):
    """Since the period ``since`` another share of people says it than before: ``n_people`` of ``total``, before ``n_before``
    of ``total_before``, of the ``sources`` that were heard both times: kinds of document, with their ``channels`` (empty
    where a kind is no single channel's).

    ``of``: "finding", or "theme" where it is said of all findings of its theme. ``change``: "new" (nobody said it before),
    "growing" or "fading". ``low`` and ``high`` bound the change of the share within sources (95%). ``until`` is the last
    period of the data.
    """

    of: str
    change: str
    since: str
    until: str
    n_people: int
    total: int
    n_before: int
    total_before: int
    low: float
    high: float
    sources: tuple[str, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Driver(Part):
    """What goes with a rating, all findings looked at together; not a cause. ``scale`` is the highest rating (5, 10, 100).

    ``effect``: how much higher (below 0: lower) its people rate than others of the same source who say the same else, drawn
    towards 0 where few say it; bounded by ``low`` and ``high`` (95%, bootstrap). ``steady``: share of resamples of the same
    sign. ``left_out``: share of the differences between ratings that is no longer foretold without it. ``n_people`` of
    ``n_rated`` people who rated say it.
    """

    scale: int
    effect: float
    low: float
    high: float
    steady: float
    left_out: float
    n_people: int
    n_rated: int


@dataclass(frozen=True, slots=True)
class KindCount(Part):
    """How many people say it as a mention of this kind."""

    kind: str
    n_people: int


@dataclass(frozen=True, slots=True)
class Answer(Part):
    """Words of the study that may answer an objection's insight. ``kind`` is one of ANSWER_KINDS: "reply" (what somebody
    of the company said next), "proof" (a text of the company), "customer" (somebody else who is content). Mentions of
    customers, segments of the company."""

    insight_id: str
    mention_ids: tuple[str, ...] = ()
    segment_ids: tuple[str, ...] = ()
    kind: str = "customer"


@dataclass(frozen=True, slots=True)
class TypedAnswer(Part):
    """What the company says to a finding, in the words of somebody who decided so (``author``, None where nobody signed)."""

    text: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Note(Part):
    """What a reader should know of how something came about. ``topic``: what it is about, empty where of the whole."""

    text: str
    topic: str = ""
