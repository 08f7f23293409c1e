"""EmpathyEntry: one line of one persona's empathy map (NN/g; XPLANE canvas 2017 for pains and gains)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record

EMPATHY_QUADRANTS = ("says", "thinks", "does", "feels", "pains", "gains")


@dataclass(frozen=True, slots=True)
class EmpathyEntry(Record):
    """``statement`` is a verbatim quote in "says" and the words of the evidence elsewhere.

    ``basis`` is "stated" or "inferred". ``mention_ids`` are the evidence, one person's first; ``n_people`` counts them.
    ``contradicts`` names the statement in another quadrant that says the opposite, where one was found.
    """

    table: ClassVar[str] = "empathy"

    persona_id: str
    quadrant: str
    statement: str
    basis: str
    n_people: int
    mention_ids: tuple[str, ...]
    index: int = 0
    contradicts: str | None = None
