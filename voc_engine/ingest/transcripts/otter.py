"""Otter exports: a "Name  m:ss" line (or the name alone), then what was said; details before, a notice at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.config import SourceConfig
from voc_engine.ingest.reader import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.cues import Cue, Transcript, milliseconds
from voc_engine.ingest.transcripts.details import not_speech, read_details
from voc_engine.ingest.transcripts.speakers import given_names, name_shaped

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:\.\d{1,3})?"
_TIMED = re.compile(
    rf"^(?:\*\*)?(?P<name>[^\s\d#>*][^\n]{{0,60}}?)(?:\*\*)?(?:[ \u00a0]{{2,}}|\t[ \t]*|\u00a0)\[?(?P<time>{_CLOCK})\]?\s*$"
)
_TIME_ONLY = re.compile(rf"^\s*\[?(?P<time>{_CLOCK})\]?\s*$")


@dataclass(frozen=True)
class _Mark:
    """A line that opens a turn."""

    name: str | None
    start_ms: int | None


class Otter(TranscriptReader):
    """Headings and details before the first speaker line are no turns; who they name as interviewer is kept."""

    name = "otter.v1"
    layout = "speaker lines (name and time), text below"

    def sniff_text(self, text: str, ending: str) -> float:
        lines = text.split("\n")
        timed = [match["name"] for match in map(_TIMED.match, lines) if match]
        if len(timed) >= 2 or (timed and len([line for line in lines if line.strip()]) < 8):
            return 0.92
        names = _bare_names(lines, [])
        return 0.72 if sum(names.values()) >= 3 else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        lines = text.split("\n")
        marks = _marks(lines, given_names(options))
        transcript = Transcript(joiner="\n")
        first = min(marks, default=0)
        preamble = "\n".join(lines[:first]).strip()
        read_details(preamble, transcript)
        transcript.preamble = preamble
        if preamble:
            transcript.skipped.append(
                set_aside(source, f"lines 1-{first}", "heading and details before the talk", preamble)
            )
        _speech(lines, first, marks, source, transcript)
        return transcript


def _speech(lines: list[str], first: int, marks: dict[int, _Mark], source: SourceFile, transcript: Transcript) -> None:
    speaker: str | None = None
    start_ms: int | None = None
    for number in range(first, len(lines)):
        line = lines[number].strip()
        mark = marks.get(number)
        if mark is not None:
            speaker, start_ms = mark.name or speaker, mark.start_ms
            continue
        reason = not_speech(line)
        if reason:
            transcript.skipped.append(set_aside(source, f"line {number + 1}", reason, line))
        elif line:
            transcript.cues.append(Cue(line, f"line {number + 1}", speaker, start_ms))
            start_ms = None


def _marks(lines: Sequence[str], names: Sequence[str]) -> dict[int, _Mark]:
    """Line number -> the speaker line there."""
    marks: dict[int, _Mark] = {}
    timed_names: list[str] = []
    for number, line in enumerate(lines):
        match = _TIMED.match(line)
        if match:
            timed_names.append(match["name"].strip(" :*"))
            marks[number] = _Mark(timed_names[-1], milliseconds(match["time"]))
    bare = _bare_names(lines, [*names, *timed_names])
    for number, line in enumerate(lines):
        name = line.strip().strip("*").rstrip(":").strip()
        if number not in marks and name in bare and _opens_block(lines, number):
            marks[number] = _Mark(name, None)
        elif (match := _TIME_ONLY.match(line)) and number >= min(marks, default=len(lines)):
            marks[number] = _Mark(None, milliseconds(match["time"]))
    return marks


def _opens_block(lines: Sequence[str], number: int) -> bool:
    """Whether a line stands at the beginning of a block that goes on."""
    before = number == 0 or not lines[number - 1].strip() or lines[number - 1].startswith("#")
    return before and number + 1 < len(lines) and bool(lines[number + 1].strip())


def _bare_names(lines: Sequence[str], known: Sequence[str]) -> Counter[str]:
    """Names that stand alone on lines opening a block: known ones, and those that return or end in two blanks."""
    counts: Counter[str] = Counter()
    marked: set[str] = set()
    for number, line in enumerate(lines):
        name = line.strip().strip("*").rstrip(":").strip()
        if (
            not name
            or len(name) > 50
            or name[-1] in ".!?,;"
            or not name_shaped(name)
            or not _opens_block(lines, number)
        ):
            continue
        counts[name] += 1
        if line.endswith("  "):
            marked.add(name)
    folded = {name.casefold() for name in known}
    kept = {name for name in counts if counts[name] >= 2 or name in marked or name.casefold() in folded}
    # One returning line may be a refrain; a talk has somebody who returns and, with him, the others.
    return Counter({name: counts[name] for name in kept})
