"""A document's text without the words of some of its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voc_engine.privacy.masks import moved
from voc_engine.records import Utterance


def without_words(
    text: str, turns: Sequence[Utterance], people: set[str], mark: str, cut: str | None = None
) -> tuple[str, list[Utterance]]:
    """The text with ``mark`` in place of all that ``people`` say, and every turn at its new place.

    ``cut`` tells in these people's turns why they are no evidence.
    """
    edits = [(turn.start, turn.end, len(mark)) for turn in turns if turn.person_id in people]
    pieces, at = [], 0
    for start, end, _ in edits:
        pieces += [text[at:start], mark]
        at = end
    placed = []
    for turn in turns:
        start = moved(turn.start, edits)
        if turn.person_id in people:
            gone = replace(turn, start=start, end=start + len(mark), time_offsets=(start,) * len(turn.time_offsets))
            placed.append(replace(gone, cut=cut or turn.cut))
        else:
            offsets = tuple(moved(offset, edits) for offset in turn.time_offsets)
            placed.append(replace(turn, start=start, end=moved(turn.end, edits), time_offsets=offsets))
    return "".join([*pieces, text[at:]]), placed
