"""SubRip captions (.srt), WebVTT without its first line, and YouTube's SBV: optional "Name:" or ">>" in the text."""

from __future__ import annotations

import re
from itertools import pairwise

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import quarantine, set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.captions import ARROW, Caption, cues_of, without_repeats
from voc_engine.ingest.transcripts.recording_times import milliseconds
from voc_engine.ingest.transcripts.transcript_turns import Transcript
from voc_engine.records import Skipped

# SubRip and WebVTT have an arrow between the times, SBV a comma.
_TIME_LINE = re.compile(
    rf"{ARROW.pattern}|^\s*(?P<sbv_start>\d{{1,3}}:\d{{2}}:\d{{2}}\.\d{{1,3}}),(?P<sbv_end>\d{{1,3}}:\d{{2}}:\d{{2}}\.\d{{1,3}})\s*$"
)
_INDEX = re.compile(r"^\s*\d{1,6}\s*$")


class SubRip(TranscriptReader):
    """Each time line owns the text up to the next; what follows a stray index number has lost its time line."""

    name = "srt.v1"
    layout = "captions with time lines (SubRip, SBV)"

    def sniff_text(self, text: str, ending: str) -> float:
        lines = [line for line in text.split("\n") if line.strip()]
        arrows = sum(1 for line in lines if _TIME_LINE.match(line))
        if not arrows or lines[0].startswith("WEBVTT"):
            return 0.0
        early = any(_TIME_LINE.match(line) for line in lines[:3])
        return 0.95 if early or arrows >= 0.15 * len(lines) else 0.4

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        lines = text.split("\n")
        arrows = [n for n, line in enumerate(lines) if _TIME_LINE.match(line)]
        skipped: list[Skipped] = []
        captions: list[Caption] = []
        first = arrows[0] if arrows else len(lines)
        _outside(lines, 0, _before_index(lines, first), source, skipped)
        for at, after in pairwise([*arrows, len(lines)]):
            stop = _before_index(lines, after) if after < len(lines) else after
            captions += _caption(lines, at, stop, source, skipped)
        captions, repeats = without_repeats(captions, source) if captions else ([], [])
        return Transcript(cues_of(captions, options), skipped + repeats)


def _before_index(lines: list[str], arrow: int) -> int:
    """Where the block of the time line at ``arrow`` begins: at its index number, where it has one."""
    has_index = 0 < arrow < len(lines) and _INDEX.match(lines[arrow - 1])
    return arrow - 1 if has_index else arrow


def _times(match: re.Match[str]) -> tuple[int | None, int | None]:
    return milliseconds(match["start"] or match["sbv_start"]), milliseconds(match["end"] or match["sbv_end"])


def _caption(lines: list[str], at: int, stop: int, source: SourceFile, skipped: list[Skipped]) -> list[Caption]:
    match = _TIME_LINE.match(lines[at])
    start, end = _times(match) if match else (None, None)
    stray = next(
        (n for n in range(at + 2, stop) if _INDEX.match(lines[n]) and not lines[n - 1].strip() and n + 1 < stop), stop
    )
    if start is None or end is None:
        _outside(lines, at, stop, source, skipped)
        return []
    _outside(lines, stray, stop, source, skipped)
    payload = tuple(line for line in lines[at + 1 : stray] if line.strip())
    if not payload:
        skipped.append(set_aside(source, f"line {at + 1}", "cue without words", ""))
        return []
    return [Caption(payload, start, end, f"line {at + 1}")]


def _outside(lines: list[str], at: int, stop: int, source: SourceFile, skipped: list[Skipped]) -> None:
    outside = "\n".join(lines[at:stop]).strip()
    if not outside:
        return
    skipped.append(
        quarantine(
            source,
            f"line {at + 1}",
            "text without a time line",
            expected="a time line such as 00:01:02,000 --> 00:01:04,500 before the text",
            found=outside,
            to_do="mend the time line, or leave it if the words are not needed",
        )
    )
