"""Persona and Membership: groups of real people, and who belongs to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.counted import Answer, CountedLine, Note
from voc_engine.records.record import Record

RANKS = ("primary", "secondary", "negative")


@dataclass(frozen=True, slots=True)
class Persona(Record):
    """A card whose every line leads to evidence or is absent.

    ``rank`` is one of RANKS. ``method`` tells how the group was found ("profile", "hierarchical",
    "consensus", "k-means on a sample", "declared by plan"). ``stability`` is the mean bootstrap Jaccard in [0, 1] or
    None. ``goals`` ... ``distinctive`` hold insight ids, strongest first; ``quotes`` mention ids of distinct people.
    ``n_full_match`` counts real people who hold every leading trait of the card. Of its people ``n_held_out`` were left out
    when the groups were learned again, and ``n_placed`` of these were placed in it by ``voc assign``'s model.

    ``summary`` is one sentence that counts the people, and then its ``sentences``.

    ``n_leading`` counts those who hold at least one of its three leading goals and three leading pains.

    ``channels`` (where they were heard), ``facts``, ``emotional_triggers`` count people, with mentions as evidence where
    words tell it. ``about`` and ``unlike``: themes of which they talk clearly more, and less, than others do. ``answers``:
    per objection what may answer it, where that is switched on. All that follow count disclosures, with these as evidence:
    ``role_types``,
    ``journey``,
    ``decision_criteria``, ``alternatives``, ``content_preferences`` (where they look and whom they ask), ``approvers``,
    ``churn_signals`` (leaving), ``stay_signals`` and ``self_descriptions`` begin with a line for everybody who tells of the
    field, which is its name; lines of what several name follow, of that field. ``day``: routines in the order of the day.
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
    channels: tuple[CountedLine, ...] = ()
    facts: tuple[CountedLine, ...] = ()
    journey: tuple[CountedLine, ...] = ()
    notes: tuple[Note, ...] = ()
    role_types: tuple[CountedLine, ...] = ()
    decision_criteria: tuple[CountedLine, ...] = ()
    content_preferences: tuple[CountedLine, ...] = ()
    emotional_triggers: tuple[CountedLine, ...] = ()
    churn_signals: tuple[CountedLine, ...] = ()
    about: tuple[CountedLine, ...] = ()
    unlike: tuple[CountedLine, ...] = ()
    answers: tuple[Answer, ...] = ()
    alternatives: tuple[CountedLine, ...] = ()
    approvers: tuple[CountedLine, ...] = ()
    stay_signals: tuple[CountedLine, ...] = ()
    self_descriptions: tuple[CountedLine, ...] = ()
    day: tuple[CountedLine, ...] = ()
    n_leading: int = 0
    n_held_out: int = 0
    n_placed: int = 0
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Membership(Record):
    """``persona_id`` None means not assigned: too little was said, or nothing tells the groups apart."""

    table: ClassVar[str] = "memberships"

    person_id: str
    persona_id: str | None
    probability: float
    reasons: tuple[str, ...] = ()
