"""Decision: what a person decided about a result. Decisions are never recomputed and never lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record, stable_hash

# What may be done to what: the target's table -> actions.
DECISION_ACTIONS = {
    "mention": ("reject", "relabel", "pin"),
    "insight": ("rename", "reject", "merge", "split"),
    "persona": ("rename", "merge", "split", "negative"),
    "topic": ("rename", "merge"),
    "transcript": ("speakers",),
}
# What needs no value.
BARE_ACTIONS = ("reject", "pin", "negative")


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """``target`` is mention, insight, persona, topic or transcript and ``target_id`` its id; ``value`` the new name or kind
    (rename, relabel), the id of the item that takes it in (merge), ids of what leaves it, separated by blanks (split:
    mention ids of an insight, person ids of a persona), or the turns of a transcript as 'voc speakers' took them.

    The latest decision on one target and action holds. ``author`` and ``comment`` are the person's own words.
    ``evidence`` are the ids on which the target stood when it was decided on (mentions of an insight, people of a
    persona, segments of a topic), ``value_evidence`` those of the item named in ``value``: should new data change an
    id, whatever holds most of them is meant.
    """

    table: ClassVar[str] = "decisions"

    target: str
    target_id: str
    action: str
    value: str | None = None
    author: str | None = None
    comment: str | None = None
    evidence: tuple[str, ...] = ()
    value_evidence: tuple[str, ...] = ()

    @property
    def split_id(self) -> str:
        """Id of what a split makes of the ids in ``value``: the same on every run, whatever id the target has there."""
        prefix = self.target_id.partition("-")[0]
        return f"{prefix}-{stable_hash('split', *sorted(self.leaving))}"

    @property
    def leaving(self) -> tuple[str, ...]:
        """What leaves the target of a split."""
        return tuple((self.value or "").split())


def end_of_merges(start: str, into: Mapping[str, str]) -> str:
    """Where a chain of merges ends; a circle, which two files of decisions may make, ends where it closes."""
    seen, at = {start}, start
    while at in into and into[at] not in seen:
        at = into[at]
        seen.add(at)
    return at
