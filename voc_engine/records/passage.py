"""Passage: words that a person marked by hand, as a decision keeps them; and what is wrong with a decision's value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from voc_engine.records.blind_answer import BlindAnswer
from voc_engine.records.code import CodedWords, GivenCode
from voc_engine.records.decision import BARE_ACTIONS, DECISION_ACTIONS, NOWHERE, Decision
from voc_engine.records.mention import MENTION_KINDS, QUADRANTS, SENTIMENTS, SEVERITIES
from voc_engine.records.record import stable_hash
from voc_engine.records.utterance import ROLES

_BOUNDS = re.compile(r"(\d+):(\d+)")
_COUNT = re.compile(r"[1-9]\d*")
_CHOICES = {
    "relabel": MENTION_KINDS,
    "severity": SEVERITIES,
    "sentiment": SENTIMENTS,
    "quadrant": QUADRANTS,
    "role": tuple(role for role in ROLES if role not in ("unknown", "proof")),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """``words`` stood at ``start:end`` of the document when they were marked as ``kind``; ``insight_id`` may be None."""

    start: int
    end: int
    kind: str
    words: str
    insight_id: str | None = None

    @classmethod
    def read(cls, value: str | None) -> Passage | None:
        """The passage in the value of an "add"; None where it is none."""
        try:
            data = json.loads(value or "")
            passage = cls(int(data["start"]), int(data["end"]), str(data["kind"]), str(data.get("words") or ""),
                       None if data.get("insight") is None else str(data["insight"]))  # fmt: skip
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return passage if 0 <= passage.start < passage.end and passage.kind in MENTION_KINDS else None

    def as_value(self) -> str:
        """The value of the decision that keeps it."""
        fields = {
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "words": self.words,
            "insight": self.insight_id,
        }
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    def mention_id(self, document_id: str) -> str:
        """Id of the mention that it makes: the same on every run, wherever the words stand by then."""
        return f"m-{stable_hash('by hand', document_id, self.kind, self.words, str(self.start))}"


def stands_at(text: str, start: int, end: int, words: str) -> tuple[int, int] | None:
    """Where marked words stand in a text: at their own place, else where they stand once; None where they are gone."""
    if text[start:end] == words or not words:
        return (start, end) if end <= len(text) else None
    position = text.find(words)
    alone = position >= 0 and text.find(words, position + 1) < 0
    return (position, position + len(words)) if alone else None


def bounds_of(value: str | None) -> tuple[int, int] | None:
    """(start, end) in the value of "bounds"; None where it is none."""
    match = _BOUNDS.fullmatch(value or "")
    if match is None or int(match[1]) >= int(match[2]):
        return None
    return int(match[1]), int(match[2])


def move_of(decision: Decision) -> Decision | None:
    """What an "add" into an insight says of the grouping: its mention is moved there."""
    passage = Passage.read(decision.value) if decision.action == "add" else None
    if passage is None or passage.insight_id is None:
        return None
    return Decision("mention", passage.mention_id(decision.target_id), "move", passage.insight_id, decision.author,
                    value_evidence=decision.value_evidence)  # fmt: skip


# Action -> (reads the value, what is wrong where it reads nothing, what would be right).
_SHAPES: dict[str, tuple[Callable[[Decision], object], str, str]] = {
    "bounds": (lambda one: bounds_of(one.value), "is no start:end", "120:164"),
    "part": (lambda one: _COUNT.fullmatch(one.value or ""), "is no place in a turn", "42"),
    "add": (lambda one: Passage.read(one.value), "is no passage", '{"start": 120, "end": 164, "kind": "goal"}'),
    "blind": (
        lambda one: BlindAnswer.read(one.value),
        "is no answer",
        '{"labels": ["goal"], "asked": ["goal", "trigger"]}',
    ),
    "code": (lambda one: CodedWords.read(one.value), "is no passage", '{"code": "c-…", "start": 120, "end": 164}'),
    "define": (lambda one: GivenCode.read(one.target_id, one.value), "is no code", '{"name": "Price"}'),
}


def fault_of(decision: Decision) -> tuple[str, str, tuple[str, ...]] | None:
    """(what is wrong, the wrong word, what would be right) with a decision; None where nothing is."""
    if decision.target not in DECISION_ACTIONS:
        return f"unknown target {decision.target!r}", decision.target, tuple(DECISION_ACTIONS)
    actions = DECISION_ACTIONS[decision.target]
    if decision.action not in actions:
        return (
            f"action {decision.action!r} is none that a target {decision.target!r} can be given",
            decision.action,
            actions,
        )
    if not decision.target_id or (decision.action not in BARE_ACTIONS and not decision.value):
        return "target_id or value is empty", "", ()
    allowed = _CHOICES.get(decision.action)
    if decision.action == "withdraw":
        allowed = tuple(action for action in actions if action != "withdraw")
    if allowed is not None and decision.value not in allowed:
        name = "kind" if decision.action == "relabel" else decision.action
        return f"unknown {name} {decision.value!r}", str(decision.value), allowed
    if decision.action in _SHAPES and _SHAPES[decision.action][0](decision) is None:
        return f"{decision.value!r} {_SHAPES[decision.action][1]}", "", (_SHAPES[decision.action][2],)
    if decision.action == "merge" and decision.value in (decision.target_id, NOWHERE):
        return "a merge needs another item that takes it in", str(decision.value), ()
    return None
