"""Text without speakers, plain or Markdown: one unknown voice, said so."""

from __future__ import annotations

import re

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.decoding import BROKEN
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.details import not_speech, read_details
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript

# A zero byte is counted with what could not be decoded.
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


def looks_like_text(text: str) -> bool:
    """Whether decoded bytes are writing: letters, and next to no control characters or undecodable bytes."""
    noise = len(_CONTROL.findall(text)) + len(BROKEN.findall(text))
    return any(char.isalpha() for char in text) and noise <= 0.02 * len(text)


class Prose(TranscriptReader):
    """Keeps the paragraphs with their blank lines; headings are set aside."""

    name = "prose.v1"
    layout = "prose without speakers, counted as one unknown voice"
    by_line = True

    def sniff_text(self, text: str, ending: str) -> float:
        if not looks_like_text(text) or re.match(r"^\s*(\{|<\?xml|<!DOCTYPE|<html|\{\\rtf)", text, re.IGNORECASE):
            return 0.0
        return 0.2 if ending in ("txt", "md", "markdown", "text", "docx", "html", "htm") else 0.1

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        transcript = Transcript(joiner="\n")
        speaker = options.participants[0] if len(options.participants) == 1 else None
        headings = []
        for number, line in enumerate(text.split("\n"), 1):
            reason = not_speech(line)
            if reason:
                headings.append(line)
                transcript.skipped.append(set_aside(source, f"line {number}", reason, line.strip()))
            elif line.strip():
                transcript.cues.append(Cue(line.strip(), f"line {number}", speaker))
        read_details("\n".join(headings), transcript)
        return transcript
