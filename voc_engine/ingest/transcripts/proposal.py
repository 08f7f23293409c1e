"""A proposal of who speaks in words without speakers: from marks of change, dashes and the order of question and answer.

It is a guess to be looked at. Nothing counts as evidence on its ground until a person has confirmed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.transcripts.prompts import PROMPT, addressed

_KEYWORDS = keywords("proposal")

_UNIT = re.compile(r"[^.!?…。！？\n]+[.!?…。！？]*[\"”'’)]*")
_CHANGE = re.compile(r"^\s*(?:>>+|[-–—•]\s)")
_ACKNOWLEDGED = re.compile(_KEYWORDS.pattern("acknowledged"), re.IGNORECASE)
_LEAST_ADDRESSED = 0.6  # a choice: a little surer than not that the question is put to the other
_SHORT = 6  # words; a choice: longer ones that begin with "right" are an answer
_MOST_BEFORE = 2  # "Okay. Great." before a question


def proposed_turns(text: str) -> list[tuple[int, int, str]]:
    """(start, end, role) of the turns that the text seems to have, half-open, trimmed, in order."""
    units = [(start, end, _asks(text[start:end])) for start, end in _units(text)]
    asking = [ask for _, _, ask in units]
    for n, (_, _, ask) in enumerate(units):
        if ask:
            # "Okay, great." before a question is the asker's.
            for before in range(n - 1, max(-1, n - 1 - _MOST_BEFORE), -1):
                words = text[units[before][0] : units[before][1]]
                if not _ACKNOWLEDGED.match(words) or len(words.split()) > _SHORT:
                    break
                asking[before] = True
    turns: list[tuple[int, int, str]] = []
    for (start, end, _), asks in zip(units, asking, strict=True):
        role = "interviewer" if asks else "participant"
        if turns and turns[-1][2] == role and not _CHANGE.match(text[start:end]):
            turns[-1] = (turns[-1][0], end, role)
        else:
            turns.append((start, end, role))
    return turns


def _units(text: str) -> Iterator[tuple[int, int]]:
    for match in _UNIT.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if start < match.end():
            yield start, start + len(match[0].strip())


def _asks(words: str) -> bool:
    if words.rstrip("\"”'’)")[-1:] in ("?", "？", "؟"):
        return addressed(words) >= _LEAST_ADDRESSED
    return PROMPT.match(words.strip()) is not None
