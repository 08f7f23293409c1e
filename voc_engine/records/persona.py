"""Persona and Membership: groups of real people, and who belongs to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record


@dataclass(frozen=True, slots=True)
class Persona(Record):
    """A card whose every line leads to evidence or is absent.

    ``rank`` is primary, secondary or negative. ``method`` tells how the group was found ("profile", "hierarchical",
    "consensus", "k-means on a sample", "declared by plan"). ``stability`` is the mean bootstrap Jaccard in [0, 1] or
    None. ``goals`` ... ``distinctive`` hold insight ids, strongest first; ``quotes`` mention ids of distinct people.
    ``channels``, ``facts`` and ``journey`` hold lines such as "ticket: 12 of 40 people". ``n_full_match`` counts real
    people who hold every leading trait of the card.

    ``role_types``, ``decision_criteria``, ``content_preferences``, ``emotional_triggers`` and ``churn_signals`` hold
    lines that count people, each with its mention ids ("buyer: 5 of 12 people | m1 m7", see ``line_evidence``), at most
    one per person and only of people who may be quoted. ``unlike``: insights that they hold clearly less than others do,
    with the insight's id. ``answers``: an objection's insight id with mention ids of other people, who are content with
    the same thing. ``journey_evidence`` holds the mention ids of each line of ``journey``, separated by blanks.
    """

    table: ClassVar[str] = "personas"

    persona_id: str
    name: str
    rank: str
    role_type: str | None
    n_people: int
    stability: float | None
    summary: str
    method: str
    share_low: float
    share_high: float
    n_documents: int
    n_mentions: int
    n_full_match: int
    goals: tuple[str, ...] = ()
    pains: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    delights: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    distinctive: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    journey: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    role_types: tuple[str, ...] = ()
    decision_criteria: tuple[str, ...] = ()
    content_preferences: tuple[str, ...] = ()
    emotional_triggers: tuple[str, ...] = ()
    churn_signals: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    journey_evidence: tuple[str, ...] = ()


def evidence_line(text: str, ids: Sequence[str]) -> str:
    """A line of a card with its evidence: "text | id id"; the text alone where there is none."""
    return f"{text} | {' '.join(ids)}" if ids else text


def line_evidence(line: str) -> tuple[str, tuple[str, ...]]:
    """(text, ids) of a line that ``evidence_line`` made."""
    text, bar, ids = line.rpartition(" | ")
    return (text, tuple(ids.split())) if bar else (line, ())


@dataclass(frozen=True, slots=True)
class Membership(Record):
    """``persona_id`` None means not assigned: too little was said, or nothing tells the groups apart."""

    table: ClassVar[str] = "memberships"

    person_id: str
    persona_id: str | None
    probability: float
    reasons: tuple[str, ...] = ()
