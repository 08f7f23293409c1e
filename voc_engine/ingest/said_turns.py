"""What people said of single turns of a talk: who speaks, where a turn ends, what belongs together, whose voice it is.

A turn is known by its id and the mark of its words as they were read, so that what was said of it holds when the file
is exported again and its turns are counted anew. Turns keep their ids: what is cut off one has its id with a number
behind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voc_engine.records import Document, Utterance, stable_hash

# Words without a mask, from the beginning or to the end.
_NO_MASK, _NO_MASK_END = re.compile(r"[^\[\]]+"), re.compile(r"[^\[\]]+$")
UNCONFIRMED = "nobody has confirmed who speaks"


@dataclass(frozen=True)
class SaidTurn:
    """``action`` is role, part, join or same, ``value`` the role, the character of the turn at which a new one begins,
    nothing, or the id of a turn of the other talk; ``mark`` is that of the turn's words ("" where none was kept)."""

    utterance_id: str
    action: str
    value: str
    mark: str = ""

    def turn(self, document: Document, turns: Sequence[Utterance]) -> Utterance | None:
        """The turn that is meant: the one of that id with those words, else the only one with those words."""
        by_id = [one for one in turns if one.utterance_id == self.utterance_id]
        if not self.mark:
            return by_id[0] if by_id else None
        same = [one for one in turns if mark_of_turn(document, one) == self.mark]
        matching = [one for one in by_id if one in same] or same
        return matching[0] if len(matching) == 1 else None


def mark_of_turn(document: Document, turn: Utterance) -> str:
    """Stands for a turn's words, so that a decision on it is not lost when turns are counted anew."""
    return "t-" + stable_hash(document.text[turn.start : turn.end].strip())


def edited(
    document: Document, turns: Sequence[Utterance], said_turns: Sequence[SaidTurn], voices: Mapping[str, str]
) -> tuple[list[Utterance], list[SaidTurn]]:
    """The turns with all that was said of them, in the order in which it was said; and what found no turn.

    ``voices``: id of a turn -> the person whose voice it is, where another talk tells. Several cuts of one turn count
    from its beginning as it was read.
    """
    now, lost = list(turns), []
    for edit in said_turns:
        target = edit.turn(document, turns) or edit.turn(document, now)
        changed = _ACTIONS[edit.action](document, now, target, edit, voices) if target is not None else None
        if changed is None:
            lost.append(edit)
        else:
            now = changed
    return now, lost


def _with_role(
    document: Document, now: list[Utterance], target: Utterance, edit: SaidTurn, _: Mapping[str, str]
) -> list[Utterance] | None:
    if not any(turn.utterance_id == target.utterance_id for turn in now):
        return None
    return [
        replace(turn, role=edit.value, cut=None if turn.cut == UNCONFIRMED else turn.cut)
        if turn.utterance_id == target.utterance_id
        else turn
        for turn in now
    ]


def _parted(
    document: Document, now: list[Utterance], target: Utterance, edit: SaidTurn, _: Mapping[str, str]
) -> list[Utterance] | None:
    at = target.start + int(edit.value)
    index = next((n for n, turn in enumerate(now) if turn.start < at < turn.end), None)
    if index is None:
        return None
    turn = now[index]
    numbers = [other.utterance_id for other in now if other.utterance_id.startswith(f"{target.utterance_id}-")]
    rest = f"{target.utterance_id}-{len(numbers) + 1}"
    times = list(zip(turn.time_offsets, turn.time_ms, strict=True))
    before, behind = document.text[turn.start : at], document.text[at : turn.end]
    stop, begin = turn.start + len(before.rstrip()), turn.end - len(behind.lstrip())
    parts = [
        replace(
            turn, utterance_id=key, start=start, end=end, time_offsets=tuple(a for a, _ in times if start <= a < end),
            time_ms=tuple(ms for a, ms in times if start <= a < end),
        )
        for key, start, end in ((turn.utterance_id, turn.start, stop), (rest, begin, turn.end))
    ]  # fmt: skip
    return [*now[:index], *parts, *now[index + 1 :]]


def _joined(
    document: Document, now: list[Utterance], target: Utterance, edit: SaidTurn, _: Mapping[str, str]
) -> list[Utterance] | None:
    index = next((n for n, turn in enumerate(now) if turn.utterance_id == target.utterance_id), 0)
    if not index:
        return None
    above, turn = now[index - 1], now[index]
    whole = replace(
        above,
        end=turn.end,
        time_offsets=(*above.time_offsets, *turn.time_offsets),
        time_ms=(*above.time_ms, *turn.time_ms),
    )
    return [*now[: index - 1], whole, *now[index + 1 :]]


def _known_voice(
    document: Document, now: list[Utterance], target: Utterance, edit: SaidTurn, voices: Mapping[str, str]
) -> list[Utterance] | None:
    person = voices.get(edit.utterance_id)
    if person is None:
        return None
    return [replace(turn, person_id=person) if turn.person_id == target.person_id else turn for turn in now]


_ACTIONS = {"role": _with_role, "part": _parted, "join": _joined, "same": _known_voice}
TURN_ACTIONS = tuple(_ACTIONS)


def cut_in(text: str, masked: str, at: int) -> int | None:
    """Where a place in a turn as it is shown, with masks, stands in the turn's own words; None where that cannot be told.

    The words behind the place that are the same in both tell it, if they stand there once; else those before it.
    """
    if text == masked:
        return at + len(masked[at:]) - len(masked[at:].lstrip())
    behind, before = _NO_MASK.match(masked[at:].lstrip()), _NO_MASK_END.search(masked[:at].rstrip())
    for words, end in ((behind[0].strip() if behind else "", False), (before[0].strip() if before else "", True)):
        if words and text.count(words) == 1:
            position = text.index(words)
            position += len(words) if end else 0
            return position + len(text[position:]) - len(text[position:].lstrip())
    return None
