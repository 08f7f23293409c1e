"""The older Teams document: "0:0:5.100 --> 0:0:8.250", a line with the name, the words below; or all on one line."""

from __future__ import annotations

import re

from voc_engine.ingest.transcripts.marked import Mark, MarkedReader
from voc_engine.ingest.transcripts.recording_times import seconds_loosely
from voc_engine.ingest.transcripts.speakers import name_shaped

_TIME = r"\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_ARROW = re.compile(rf"^\s*(?:(?P<name>[^\W\d_][^\n:>]{{0,60}}?)[ \t\u00a0]+)?(?P<start>{_TIME})\s*-->\s*{_TIME}\s*$")


class Teams(MarkedReader):
    """Each time line opens a turn; whose it is stands before the time or on the line below."""

    name = "teams.v1"
    layout = "Teams document: time line, name, then the words"

    def sniff_text(self, text: str, ending: str) -> float:
        lines = text.split("\n")
        arrows = sum(1 for line in lines if _ARROW.match(line))
        marks = list(self.marks(lines).values())
        names = {mark.name for mark in marks}
        if lines[0].startswith("WEBVTT") or not marks or len(marks) < 0.9 * arrows:
            return 0.0
        return 0.96 if len(names) <= max(2, 0.5 * len(marks)) else 0.0

    def marks(self, lines: list[str]) -> dict[int, Mark]:
        marks: dict[int, Mark] = {}
        for number, line in enumerate(lines):
            match = _ARROW.match(line)
            if not match:
                continue
            start = seconds_loosely(match["start"])
            if match["name"]:
                marks[number] = Mark(" ".join(match["name"].split()), start)
                continue
            name, words = ([n for n in range(number + 1, min(number + 6, len(lines))) if lines[n].strip()] + [0, 0])[:2]
            below = lines[name].strip()
            if name and words and below[-1] not in ".!?," and name_shaped(below) and not _ARROW.match(lines[words]):
                marks[number] = Mark(" ".join(below.split()), start, size=name - number + 1)
        return marks
