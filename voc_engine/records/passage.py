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
            told = json.loads(value or "")
            made = cls(int(told["start"]), int(told["end"]), str(told["kind"]), str(told.get("words") or ""),
                       None if told.get("insight") is None else str(told["insight"]))  # fmt: skip
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return made if 0 <= made.start < made.end and made.kind in MENTION_KINDS else None

    def told(self) -> str:
        """The value of the decision that keeps it."""
        said = {
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "words": self.words,
            "insight": self.insight_id,
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    def mention_id(self, document_id: str) -> str:
        """Id of the mention that it makes: the same on every run, wherever the words stand by then."""
        return f"m-{stable_hash('by hand', document_id, self.kind, self.words, str(self.start))}"


def stands_at(text: str, start: int, end: int, words: str) -> tuple[int, int] | None:
    """Where marked words stand in a text: at their own place, else where they stand once; None where they are gone."""
    if text[start:end] == words or not words:
        return (start, end) if end <= len(text) else None
    found = text.find(words)
    alone = found >= 0 and text.find(words, found + 1) < 0
    return (found, found + len(words)) if alone else None


def bounds_of(value: str | None) -> tuple[int, int] | None:
    """(start, end) in the value of "bounds"; None where it is none."""
    match = _BOUNDS.fullmatch(value or "")
    if match is None or int(match[1]) >= int(match[2]):
        return None
    return int(match[1]), int(match[2])


def move_of(one: Decision) -> Decision | None:
    """What an "add" into an insight says of the grouping: its mention is moved there."""
    passage = Passage.read(one.value) if one.action == "add" else None
    if passage is None or passage.insight_id is None:
        return None
    return Decision("mention", passage.mention_id(one.target_id), "move", passage.insight_id, one.author,
                    value_evidence=one.value_evidence)  # fmt: skip


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


def fault_of(one: Decision) -> tuple[str, str, tuple[str, ...]] | None:
    """(what is wrong, the wrong word, what would be right) with a decision; None where nothing is."""
    if one.target not in DECISION_ACTIONS:
        return f"unknown target {one.target!r}", one.target, tuple(DECISION_ACTIONS)
    actions = DECISION_ACTIONS[one.target]
    if one.action not in actions:
        return f"action {one.action!r} is none that a target {one.target!r} can be given", one.action, actions
    if not one.target_id or (one.action not in BARE_ACTIONS and not one.value):
        return "target_id or value is empty", "", ()
    allowed = _CHOICES.get(one.action)
    if one.action == "withdraw":
        allowed = tuple(action for action in actions if action != "withdraw")
    if allowed is not None and one.value not in allowed:
        name = "kind" if one.action == "relabel" else one.action
        return f"unknown {name} {one.value!r}", str(one.value), allowed
    if one.action in _SHAPES and _SHAPES[one.action][0](one) is None:
        return f"{one.value!r} {_SHAPES[one.action][1]}", "", (_SHAPES[one.action][2],)
    if one.action == "merge" and one.value in (one.target_id, NOWHERE):
        return "a merge needs another item that takes it in", str(one.value), ()
    return None
