"""Otter exports: a "Name  m:ss" line (or the name alone), then what was said; details before, a notice at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.details import (
    details_after,
    not_speech,
    read_details,
    set_details_aside,
    set_preamble_aside,
    talk_start,
)
from voc_engine.ingest.transcripts.recording_times import milliseconds
from voc_engine.ingest.transcripts.speakers import given_names, name_shaped
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:\.\d{1,3})?"
_TIMED = re.compile(
    rf"^(?:\*\*)?(?P<name>[^\s\d#>*][^\n]{{0,60}}?)(?:\*\*)?(?:[ \u00a0]{{2,}}|\t[ \t]*|\u00a0)\[?(?P<time>{_CLOCK})\]?\s*$"
)
# One blank between name and time: other programs, and documents that lost the second blank.
_GAP = r"(?:[ \u00a0]|[ \t]+(?:[|•·–—-]|at)[ \t]+)"
_CLOSE = re.compile(
    rf"^(?:\*\*)?(?P<name>[^\s\d#>*\[(][^\n]{{0,60}}?)(?:\*\*)?{_GAP}[\[(]?(?P<time>{_CLOCK})[\])]?\s*$"
)
_TIME_FIRST = re.compile(
    rf"^[\[(]?(?P<time>{_CLOCK})[\])]?[ \t\u00a0]+(?:[-–—][ \u00a0]+)?(?P<name>[^\s\d#>*\[(][^\n]{{0,60}}?)\s*$"
)
_SCREEN_NAME = re.compile(r"(?!\d+$)[^\W_][\w.-]{2,29}")
_TIME_ONLY = re.compile(rf"^[\s#*_]*\[?(?P<time>{_CLOCK})\]?[\s*_]*$")
_SHORT_TALK = 8  # lines, of which one speaker line may be all
_FEWEST_NAMES = 3
_NAME_WORDS = 4
_NAME_CHARS = 50


@dataclass(frozen=True)
class _Mark:
    """A line that opens a turn."""

    name: str | None
    start_ms: int | None


class Otter(TranscriptReader):
    """Headings and details before the first speaker line are no turns; who they name as interviewer is kept."""

    name = "otter.v1"
    layout = "speaker lines (name and time), text below"
    by_line = True

    def sniff_text(self, text: str, ending: str) -> float:
        lines = text.split("\n")
        timed = [match["name"] for match in map(_TIMED.match, lines) if match]
        if len(timed) > 1 or (timed and len([line for line in lines if line.strip()]) < _SHORT_TALK):
            return 0.92
        if len(_closely_timed(lines)) > 1 or len(_stacked(lines)) > 1:
            return 0.9
        names = _bare_names(lines, [])
        return 0.72 if sum(names.values()) >= _FEWEST_NAMES else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        lines = text.split("\n")
        marks = _marks(lines, given_names(options))
        transcript = Transcript(joiner="\n")
        start = talk_start(lines)
        if _stand_below(lines, start, marks):
            transcript.notes.append("names stand below what is said, as under a letter")
            _speech_above(lines, start, marks, source, transcript)
            return transcript
        first = min((number for number in marks if number >= start), default=min(marks, default=0))
        read_details("\n".join(lines[:first]).strip(), transcript)
        set_preamble_aside(lines, first, source, transcript)
        end = details_after(lines, first, {mark.name for mark in marks.values() if mark.name})
        _speech(lines[:end], first, marks, source, transcript)
        set_details_aside(lines, end, source, transcript)
        return transcript


def _stand_below(lines: Sequence[str], start: int, marks: Mapping[int, _Mark]) -> bool:
    """Whether each speaker line closes what stands above it: words before the first, none behind the last, no gap."""
    filled = [number for number in range(start, len(lines)) if lines[number].strip()]
    closing = [number for number in filled if number in marks]
    if len(closing) <= 1 or closing[-1] != filled[-1] or closing[0] == filled[0]:
        return False
    ends_sentence = re.search(r"[.!?…。！？]\W*$", lines[filled[filled.index(closing[0]) - 1]]) is not None
    return ends_sentence and all(lines[number - 1].strip() and number - 1 not in marks for number in closing)


def _speech_above(
    lines: list[str], start: int, marks: Mapping[int, _Mark], source: SourceFile, transcript: Transcript
) -> None:
    """The turns of a file whose speaker lines stand below the words."""
    waiting: list[tuple[int, str]] = []
    for number in range(start, len(lines)):
        line, mark = lines[number].strip(), marks.get(number)
        if mark is not None:
            for place, (n, words) in enumerate(waiting):
                transcript.cues.append(Cue(words, f"line {n + 1}", mark.name, None if place else mark.start_ms))
            waiting = []
        elif reason := not_speech(line):
            transcript.skipped.append(set_aside(source, f"line {number + 1}", reason, line))
        elif line:
            waiting.append((number, line))


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
    for number, mark in _closely_timed(lines).items():
        if number not in marks:
            timed_names.append(mark.name or "")
            marks[number] = mark
    for number, mark in _stacked(lines).items():
        if number not in marks:
            timed_names.append(mark.name or "")
            marks[number] = mark
    bare = _bare_names(lines, [*names, *timed_names])
    for number, line in enumerate(lines):
        name = line.strip().strip("*").rstrip(":").strip()
        if number not in marks and name in bare and _opens_block(lines, number):
            marks[number] = _Mark(name, None)
        elif number not in marks and (match := _TIME_ONLY.match(line)) and number >= min(marks, default=len(lines)):
            marks[number] = _Mark(None, milliseconds(match["time"]))
    return marks


def _closely_timed(lines: Sequence[str]) -> dict[int, _Mark]:
    """Lines "Name 0:03" and "0:03 Name" of names that return or stand beside another such line that does."""
    marks: dict[int, _Mark] = {}
    screen_names: dict[int, _Mark] = {}
    for number, line in enumerate(lines):
        match = _CLOSE.match(line) or _TIME_FIRST.match(line)
        name = match["name"].strip(" :*") if match else ""
        if match and number + 1 < len(lines) and len(name.split()) <= _NAME_WORDS:
            which = marks if name_shaped(name) else screen_names if _SCREEN_NAME.fullmatch(name) else {}
            which[number] = _Mark(name, milliseconds(match["time"]))
    # "bluebird77 0:48": testers of a panel go by such names; in a talk their times run on between those of the others.
    both = dict(sorted({**marks, **screen_names}.items()))
    times = [mark.start_ms or 0 for mark in both.values()]
    if times == sorted(times) and len(set(times)) > 1:
        marks = both
    names = Counter(mark.name for mark in marks.values())
    return marks if any(count > 1 for count in names.values()) and len(names) <= 0.7 * len(marks) + 1 else {}


def _stacked(lines: Sequence[str]) -> dict[int, _Mark]:
    """Names alone on a line with a time alone on the line below or above, where a name returns."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    marks: dict[int, _Mark] = {}
    for position, number in enumerate(filled):
        name = lines[number].strip().strip("*").rstrip(":").strip()
        if len(name) > _NAME_CHARS or not name_shaped(name) or _TIME_ONLY.match(name):
            continue
        beside = [filled[n] for n in (position + 1, position - 1) if 0 <= n < len(filled)]
        times = [match["time"] for one in beside if (match := _TIME_ONLY.match(lines[one]))]
        if times:
            marks[number] = _Mark(name, milliseconds(times[0]))
    names = Counter(mark.name for mark in marks.values())
    return marks if any(count > 1 for count in names.values()) and len(names) <= 0.7 * len(marks) + 1 else {}


def _opens_block(lines: Sequence[str], number: int) -> bool:
    """Whether a line stands at the beginning of a block that goes on."""
    before = number == 0 or not lines[number - 1].strip() or lines[number - 1].startswith("#")
    return before and number + 1 < len(lines) and bool(lines[number + 1].strip())


def _bare_names(lines: Sequence[str], listed_names: Sequence[str]) -> Counter[str]:
    """Names that stand alone on lines opening a block: known ones, and those that return or end in two blanks."""
    counts: Counter[str] = Counter()
    marked: set[str] = set()
    for number, line in enumerate(lines):
        name = line.strip().strip("*").rstrip(":").strip()
        if (
            not name
            or len(name) > _NAME_CHARS
            or name[-1] in ".!?,;"
            or not name_shaped(name)
            or not _opens_block(lines, number)
        ):
            continue
        counts[name] += 1
        if line.endswith("  "):
            marked.add(name)
    folded = {name.casefold() for name in listed_names}
    names = {name for name in counts if counts[name] > 1 or name in marked or name.casefold() in folded}
    # One returning line may be a refrain; a talk has somebody who returns and, with him, the others.
    return Counter({name: counts[name] for name in names})
