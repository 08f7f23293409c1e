"""Decision: what a person decided about a result. Decisions are never recomputed and never lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record, stable_hash

# What may be done to what: the target's table -> actions. Everything may be commented on and taken back.
_ANY = ("comment", "withdraw")
DECISION_ACTIONS: dict[str, tuple[str, ...]] = {
    "mention": ("reject", "relabel", "pin", "accept", "move", "bounds", "severity", "sentiment", "quadrant", *_ANY),
    "insight": ("rename", "reject", "merge", "split", "accept", "answer", *_ANY),
    "persona": ("rename", "merge", "split", "negative", "accept", *_ANY),
    "topic": ("rename", "merge", *_ANY),
    "document": ("add", "code", *_ANY),
    "code": ("define", "reject", *_ANY),
    "coding": ("accept", "reject", *_ANY),
    "segment": ("blind", "settled", *_ANY),
    "person": ("assign", *_ANY),
    "utterance": ("role", "part", "join", "same", *_ANY),
    "study": ("memo", *_ANY),
    "transcript": ("speakers", "withdraw"),
}
# What needs no value.
BARE_ACTIONS = ("reject", "pin", "negative", "accept", "join")
# Of these several hold on one target; of all others the latest.
MANY_ACTIONS = ("split", "part", "add", "code", "comment", "memo", "answer", "settled")
# Of these every author's latest holds.
EACH_AUTHORS = ("blind",)
# What is only noted: no result changes.
NOTED_ACTIONS = ("accept", "comment", "memo", "blind", "settled")
# Into nothing: no insight, no persona.
NOWHERE = "none"


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """``target`` is a key of DECISION_ACTIONS and ``target_id`` its id; ``value`` the new name, kind, band or role, the
    id of the item that takes it in (merge, move, assign; "none" for no item), ids of what leaves it, separated by
    blanks (split: mention ids of an insight, person ids of a persona), "start:end" (bounds), a passage as JSON (add),
    words (comment, memo, answer), the action that no longer holds (withdraw), or the turns of a transcript as 'voc
    speakers' took them.

    The latest decision on one target and action holds; of MANY_ACTIONS all hold, of EACH_AUTHORS each author's latest.
    ``author`` and ``comment`` are the person's own words. ``evidence`` are the ids on which the target stood when it
    was decided on (mentions of an insight, people of a persona, segments of a topic), ``value_evidence`` those of the
    item named in ``value``: should new data change an id, whatever holds most of them is meant.
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
    def is_noted(self) -> bool:
        """Whether it changes no result. What is accepted under a given code is an example from then on."""
        return self.action in NOTED_ACTIONS and (self.target, self.action) != ("coding", "accept")

    @property
    def key(self) -> tuple[str, ...]:
        """What a later decision must share to take this one's place."""
        apart = (self.value or "",) if self.action in MANY_ACTIONS else ()
        apart = (self.author or "",) if self.action in EACH_AUTHORS else apart
        return (self.target, self.target_id, self.action, *apart)

    @property
    def split_id(self) -> str:
        """Id of what a split makes of the ids in ``value``: the same on every run, whatever id the target has there."""
        prefix = self.target_id.partition("-")[0]
        return f"{prefix}-{stable_hash('split', *sorted(self.leaving))}"

    @property
    def leaving(self) -> tuple[str, ...]:
        """What leaves the target of a split."""
        return tuple((self.value or "").split())


class Grouping:
    """Which item each piece is in (mention -> insight, person -> persona), as decisions are applied one after the
    other.

    The page and the stages use it alike, so that what a researcher sees is what the next run gives. What is given is
    shared and left as it is: a copy costs what was changed, not what there is.
    """

    def __init__(self, home: Mapping[str, str | None], pieces: Mapping[str | None, Set[str]] | None = None) -> None:
        """``pieces``: item -> what it holds, where somebody has turned ``home`` around already."""
        self.given = home
        self.held = _turned(home) if pieces is None else pieces
        self.moved: dict[str, str | None] = {}
        self.into: dict[str, str] = {}
        self._own: dict[str | None, set[str]] = {}

    def apply(self, decisions: Iterable[Decision]) -> Grouping:
        """Split, merge, move and assign, in the order given; other actions group nothing. Gives itself."""
        for decision in decisions:
            if decision.action == "split":
                for piece in decision.leaving:
                    if self.of(piece) == decision.target_id:
                        self._move(piece, decision.split_id)
            elif decision.action == "merge":
                home = end_of_merges(str(decision.value), self.into)
                if home != decision.target_id:
                    self.into[decision.target_id] = home
                    for piece in sorted(self.pieces(decision.target_id)):
                        self._move(piece, home)
            elif decision.action in ("move", "assign"):
                self._move(
                    decision.target_id,
                    None if decision.value == NOWHERE else end_of_merges(str(decision.value), self.into),
                )
        return self

    def of(self, piece: str) -> str | None:
        """The item that holds the piece now."""
        return self.moved[piece] if piece in self.moved else self.given.get(piece)

    def pieces(self, item: str | None) -> Set[str]:
        """What the item holds now."""
        return self._own[item] if item in self._own else self.held.get(item, frozenset())

    @property
    def touched(self) -> Set[str | None]:
        """Items that pieces left or joined."""
        return self._own.keys()

    def homes(self) -> dict[str, str | None]:
        """Piece -> item, for all."""
        return {**self.given, **self.moved}

    def _move(self, piece: str, item: str | None) -> None:
        if self.of(piece) == item:
            return
        for touched in (self.of(piece), item):
            if touched not in self._own:
                self._own[touched] = set(self.held.get(touched, ()))
        self._own[self.of(piece)].discard(piece)
        self._own[item].add(piece)
        self.moved[piece] = item


def _turned(home: Mapping[str, str | None]) -> dict[str | None, set[str]]:
    members: dict[str | None, set[str]] = defaultdict(set)
    for piece, item in home.items():
        members[item].add(piece)
    return members


def regrouped(home: Mapping[str, str | None], decisions: Iterable[Decision]) -> dict[str, str | None]:
    """Piece -> item after the decisions; see Grouping."""
    return Grouping(home).apply(decisions).homes()


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """What holds of decisions in the order in which they were made: the latest on each target and action, all of
    MANY_ACTIONS, and nothing that was withdrawn since."""
    latest: dict[tuple[str, ...], Decision] = {}
    for decision in decisions:
        if decision.action == "withdraw":
            gone = (decision.target, decision.target_id, str(decision.value))
            latest = {key: kept for key, kept in latest.items() if key[:3] != gone}
            continue
        latest.pop(decision.key, None)
        latest[decision.key] = decision
    return list(latest.values())


def said_of(decisions: Iterable[Decision], target: str) -> dict[str, dict[str, str | None]]:
    """Target's id -> action -> value, of the decisions on that kind of target."""
    values: dict[str, dict[str, str | None]] = defaultdict(dict)
    for decision in decisions:
        if decision.target == target:
            values[decision.target_id][decision.action] = decision.value
    return values


def end_of_merges(start: str, into: Mapping[str, str]) -> str:
    """Where a chain of merges ends; a circle, which two files of decisions may make, ends where it closes."""
    visited, at = {start}, start
    while at in into and into[at] not in visited:
        at = into[at]
        visited.add(at)
    return at
