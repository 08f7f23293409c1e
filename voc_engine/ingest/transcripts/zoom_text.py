"""Zoom's saved transcripts as text: "[Jane Doe] 10:03:12" with the words below, and time and name separated by tabs."""

from __future__ import annotations

import re

from voc_engine.ingest.transcripts.marked import Mark, MarkedReader
from voc_engine.ingest.transcripts.recording_times import CLOCK, milliseconds
from voc_engine.ingest.transcripts.speakers import name_shaped

_BRACKETED = re.compile(
    r"^\[(?P<name>[^\[\]\t]{1,60})\][ \t]+(?P<time>\d{1,2}:\d{2}:\d{2})[ \t]*(?P<half>[AP]M)?\s*$", re.I
)
_TABBED = re.compile(
    rf"^[\[(]?(?P<time>{CLOCK})(?:[ ]?[AP]M)?[\])]?[ ]*\t[ \t]*(?:From[ ]+)?(?P<name>[^\t:\n]{{1,60}}?)"
    rf"(?:[ ]+to[ ]+[^\t:\n]{{1,60}})?[ ]*(?::[ ]*\t?|\t|$)[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_DAY = 24 * 3600 * 1000  # milliseconds
# A first time this late is the time of day and not the place in a recording.
_NO_TALK_BEGINS = 6 * 3600 * 1000


class ZoomText(MarkedReader):
    """Times of day are counted from the first one, because the recording's own beginning is not told."""

    name = "zoom_text.v1"
    layout = "Zoom text: time and name, then the words"

    def sniff_text(self, text: str, ending: str) -> float:
        lines = [line for line in text.split("\n") if line.strip()]
        marks = self.marks(lines)
        names = {mark.name for mark in marks.values()}
        if len(marks) <= 1 or len(marks) < 0.2 * len(lines) or len(names) > max(3, 0.5 * len(marks)):
            return 0.0
        return 0.97

    def marks(self, lines: list[str]) -> dict[int, Mark]:
        marks: dict[int, Mark] = {}
        first: int | None = None
        for number, line in enumerate(lines):
            if match := _BRACKETED.match(line):
                clock = _of_day(match["time"], match["half"])
                first = clock if first is None else first
                marks[number] = Mark(" ".join(match["name"].split()), None if clock is None else _since(clock, first))
            elif (match := _TABBED.match(line)) and name_shaped(match["name"]):
                name = " ".join(match["name"].split())
                clock = milliseconds(match["time"])
                first = clock if first is None else first
                of_day = clock is not None and first is not None and first >= _NO_TALK_BEGINS
                marks[number] = Mark(name, _since(clock or 0, first) if of_day else clock, match["text"].strip())
        return marks


def _of_day(clock: str, half: str | None) -> int | None:
    """Milliseconds since midnight."""
    ms = milliseconds(clock)
    if ms is None or half is None:
        return ms
    noon = _DAY // 2
    return ms % noon + (noon if half.upper() == "PM" else 0)


def _since(clock: int, first: int | None) -> int:
    """Milliseconds since the first time of the file; a talk may go on past midnight."""
    return (clock - (first or 0)) % _DAY
