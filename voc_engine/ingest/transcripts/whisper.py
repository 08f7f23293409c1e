"""What speech recognisers of the Whisper family write: TSV (start, end, text) and "[00:43.810 --> 00:47.850]  text"."""

from __future__ import annotations

import re

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import quarantine
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.captions import Caption, cues_of
from voc_engine.ingest.transcripts.recording_times import CLOCK, milliseconds
from voc_engine.ingest.transcripts.transcript_turns import Transcript
from voc_engine.records import Skipped

_BRACKETED = re.compile(rf"^\s*\[(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})\](?P<text>.*)$")
_TSV = re.compile(r"^(?P<start>\d+)\t(?P<end>\d+)\t(?P<text>.*)$")
_HEADER = re.compile(r"^start\tend\ttext\s*$", re.IGNORECASE)
_TIME_DIGITS = 12  # of a time in milliseconds; a longer number is hostile


class Whisper(TranscriptReader):
    """No speakers are named: the whole file is one unknown speaker, and says so."""

    name = "whisper.v1"
    layout = "speech recogniser's lines with times"

    def sniff_text(self, text: str, ending: str) -> float:
        lines = [line for line in text.split("\n") if line.strip()][:200]
        if not lines:
            return 0.0
        if _HEADER.match(lines[0]):
            return 0.97
        hits = sum(1 for line in lines if _BRACKETED.match(line) or _TSV.match(line))
        return 0.95 if hits >= 0.5 * len(lines) else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        captions: list[Caption] = []
        skipped: list[Skipped] = []
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip() or (number == 1 and _HEADER.match(line)):
                continue
            caption = _caption(line, number)
            if caption is None:
                skipped.append(_bad(source, number, line))
            else:
                captions.append(caption)
        return Transcript(cues_of(captions, options), skipped)


def _caption(line: str, number: int) -> Caption | None:
    match = _BRACKETED.match(line)
    if match:
        start, end = milliseconds(match["start"]), milliseconds(match["end"])
    else:
        match = _TSV.match(line)
        if not match or len(match["start"]) > _TIME_DIGITS:
            return None
        start, end = int(match["start"]), int(match["end"][:_TIME_DIGITS])
    if start is None or end is None:
        return None
    return Caption((match["text"],), start, end, f"line {number}")


def _bad(source: SourceFile, number: int, line: str) -> Skipped:
    return quarantine(
        source,
        f"line {number}",
        "line without times",
        expected="start, end and text separated by tabs, or [00:43.810 --> 00:47.850] text",
        found=line,
        to_do="mend the line",
    )
