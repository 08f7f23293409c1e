"""Layouts in which a marked line (who, when, perhaps the first words) opens a turn and the lines below belong to it."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.details import not_speech, read_details, set_preamble_aside
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript


@dataclass(frozen=True)
class Mark:
    """What a line says of the turn that it opens; ``size`` is how many lines the mark takes."""

    name: str | None
    start_ms: int | None
    text: str = ""
    size: int = 1


class MarkedReader(TranscriptReader):
    """Subclasses give ``marks``: line number (from 0) -> Mark."""

    def marks(self, lines: list[str]) -> dict[int, Mark]:
        raise TypeError(f"{type(self).__name__} does not say which lines open a turn")

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        lines = text.split("\n")
        marks = self.marks(lines)
        transcript = Transcript()
        first = min(marks, default=0)
        read_details("\n".join(lines[:first]), transcript)
        set_preamble_aside(lines, first, source, transcript)
        self._turns(lines, first, marks, source, transcript)
        return transcript

    def _turns(
        self, lines: list[str], first: int, marks: dict[int, Mark], source: SourceFile, transcript: Transcript
    ) -> None:
        name: str | None = None
        start_ms: int | None = None
        at = first
        while at < len(lines):
            mark, text, locator = marks.get(at), lines[at].strip(), f"line {at + 1}"
            if mark is not None:
                name, start_ms, text = mark.name, mark.start_ms, mark.text
            elif reason := not_speech(text):
                transcript.skipped.append(set_aside(source, locator, reason, text))
                text = ""
            if text:
                transcript.cues.append(Cue(text, locator, name, start_ms, carry=False))
                start_ms = None
            at += mark.size if mark is not None else 1
