"""Turns of a talk as a person confirmed them: where each begins, whose it is, the part. Kept as a decision without names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from voc_engine.records import ROLES, Decision, Document, Utterance, stable_hash

TARGET, ACTION = "transcript", "speakers"


@dataclass(frozen=True)
class ConfirmedTurns:
    """``text_mark`` tells for which words it was confirmed; ``turns`` are (first character, speaker's mark, role)."""

    text_mark: str
    turns: tuple[tuple[int, str, str], ...]

    def fits(self, document: Document) -> bool:
        """Whether the document still has the words that were looked at."""
        return self.text_mark == stable_hash(document.text)

    def applied(self, document: Document, turns: Sequence[Utterance]) -> list[Utterance]:
        """The document's turns as they were confirmed; ``turns`` are those that were read, for their times."""
        if not self.fits(document) or not turns:
            return list(turns)
        times = [pair for turn in turns for pair in zip(turn.time_offsets, turn.time_ms, strict=True)]
        stops = [*(start for start, _, _ in self.turns[1:]), len(document.text)]
        confirmed = []
        for (start, who, role), stop in zip(self.turns, stops, strict=True):
            end = start + len(document.text[start:stop].rstrip())
            mine = [(at, ms) for at, ms in times if start <= at < end]
            confirmed.append(
                replace(
                    turns[0], speaker=who, person_id=f"speaker:{document.document_id}:{who.casefold()}", role=role,
                    start=start, end=end, cut=None, time_offsets=tuple(at for at, _ in mine),
                    time_ms=tuple(ms for _, ms in mine),
                )
            )  # fmt: skip
        return [turn for turn in confirmed if turn.start < turn.end]

    def decision(self, document_id: str, author: str | None = None) -> Decision:
        """The decision that keeps it."""
        value = json.dumps({"text": self.text_mark, "turns": self.turns}, ensure_ascii=False, separators=(",", ":"))
        return Decision(TARGET, document_id, ACTION, value, author)


def confirmed_by(decisions: Iterable[Decision]) -> dict[str, tuple[Decision, ConfirmedTurns]]:
    """Document id -> the decision on its turns and what it says."""
    by_document = {}
    for decision in decisions:
        if (decision.target, decision.action) == (TARGET, ACTION) and (
            turns := _read(decision.value or "")
        ) is not None:
            by_document[decision.target_id] = (decision, turns)
    return by_document


def _read(value: str) -> ConfirmedTurns | None:
    """None for what 'voc speakers' did not write: such a decision finds nothing to hold on to."""
    try:
        data = json.loads(value)
        turns = tuple((int(start), str(who), str(role)) for start, who, role in data["turns"])
        sound = all(role in ROLES for _, _, role in turns) and list(turns) == sorted(turns)
        return ConfirmedTurns(str(data["text"]), turns) if sound and turns else None
    except (ValueError, TypeError, KeyError):
        return None
