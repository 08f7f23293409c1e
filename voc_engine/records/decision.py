"""Decision: what a person decided about a result. Decisions are never recomputed and never lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.base import Record

# What may be done to what: the target's table -> actions.
DECISION_ACTIONS = {
    "mention": ("reject", "relabel"),
    "insight": ("rename", "reject"),
    "persona": ("rename",),
    "topic": ("rename",),
}


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """``target`` is mention, insight, persona or topic and ``target_id`` its id; ``value`` the new name or kind.

    The latest decision on one target and action holds. ``author`` and ``comment`` are the person's own words.
    """

    table: ClassVar[str] = "decisions"

    target: str
    target_id: str
    action: str
    value: str | None = None
    author: str | None = None
    comment: str | None = None
