"""TranscriptReader: a format's parser turned into a reader; one file is one conversation."""

from __future__ import annotations

from collections.abc import Iterator

from voc_engine.config import SourceConfig
from voc_engine.ingest.decoding import encoding_of, head_text, whole_text
from voc_engine.ingest.reader import Conversation
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.cues import Transcript, assemble, full_names
from voc_engine.records import Skipped

# Ten million words: more than any talk, little enough to be held in memory.
TEXT_LIMIT = 64 * 1024**2


class TranscriptReader:
    """Subclasses give ``name``, ``layout`` (one line for people), ``sniff_text`` and ``parse``."""

    name = ""
    kind = "interview"
    layout = ""

    def sniff_text(self, text: str, ending: str) -> float:
        """How sure, by the first 64 KB as text; ``ending`` is the file name's, such as "vtt"."""
        raise TypeError(f"{type(self).__name__} does not say how it knows its format")

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        """The transcript in ``text`` (LF line ends)."""
        raise TypeError(f"{type(self).__name__} does not say how it is read")

    def sniff(self, source: SourceFile, head: bytes) -> float:
        if head[:4] in (b"PK\x03\x04", b"PAR1", b"%PDF", b"{\\rt"):
            return 0.0
        ending = source.content_name.rpartition(".")[2].lower()
        return self.sniff_text(head_text(head), ending)

    def text_of(self, source: SourceFile, options: SourceConfig) -> str:
        return whole_text(source, options, TEXT_LIMIT)

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        transcript = self.parse(self.text_of(source, options), source, options)
        yield from assemble(source, options, transcript, self.kind)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        transcript = self.parse(self.text_of(source, options), source, options)
        lines = [f"layout: {self.layout}", f"encoding: {encoding_of(source, options)}"]
        if transcript.interviewers:
            lines.append(f"interviewers named in the file: {', '.join(transcript.interviewers)}")
        full = full_names({cue.speaker for cue in transcript.cues if cue.speaker}, transcript, options)
        lines += [f"{label} is taken to be {name}, who is named above the talk" for label, name in sorted(full.items())]
        return lines + transcript.notes
