"""Text containers (Word, OpenDocument, RTF, PDF, HTML): their lines go to the layout readers, as those of a text file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader, unnumbered
from voc_engine.ingest.transcripts.chat_log import ChatLog
from voc_engine.ingest.transcripts.columns import Columns
from voc_engine.ingest.transcripts.notes import Notes
from voc_engine.ingest.transcripts.otter import Otter
from voc_engine.ingest.transcripts.prose import Prose
from voc_engine.ingest.transcripts.srt import SubRip
from voc_engine.ingest.transcripts.teams import Teams
from voc_engine.ingest.transcripts.transcript_turns import Transcript, assemble
from voc_engine.ingest.transcripts.webvtt import WebVTT
from voc_engine.ingest.transcripts.whisper import Whisper
from voc_engine.ingest.transcripts.zoom_text import ZoomText
from voc_engine.records import Skipped

_LAYOUTS: tuple[type[TranscriptReader], ...] = (
    Notes,
    ChatLog,
    Columns,
    Otter,
    SubRip,
    Teams,
    WebVTT,
    Whisper,
    ZoomText,
)


@dataclass(frozen=True)
class Contents:
    """What a container holds: ``text`` with LF line ends, what was set aside in it, its own ``title``, notes for people."""

    text: str
    skipped: tuple[Skipped, ...] = ()
    title: str | None = None
    notes: tuple[str, ...] = ()


class ContainerReader:
    """Subclasses give ``name``, ``container`` (the file type in words), ``sniff`` and ``contents``."""

    name = ""
    kind = "interview"
    container = ""

    def sniff(self, source: SourceFile, head: bytes) -> float:
        raise TypeError(f"{type(self).__name__} does not say how it knows its format")

    def contents(self, source: SourceFile, options: SourceConfig) -> Contents:
        """Raises SourceError for a damaged or unsafe file."""
        raise TypeError(f"{type(self).__name__} does not say how it is read")

    def _parsed(self, source: SourceFile, options: SourceConfig) -> tuple[TranscriptReader, list[Transcript], Contents]:
        contents = self.contents(source, options)
        if not contents.text.strip() and not contents.skipped:
            raise SourceError(f"{source.name} holds no text.", found=f"an empty {self.container}", do="export it again")
        layout = layout_of(unnumbered(contents.text))
        talks = layout.talks(contents.text, source, options)
        talks[0].skipped = [*contents.skipped, *talks[0].skipped]
        return layout, [replace(talk, title=talk.title or contents.title) for talk in talks], contents

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        for number, transcript in enumerate(self._parsed(source, options)[1]):
            yield from assemble(source, options, transcript, self.kind, number)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        layout, (transcript, *_), contents = self._parsed(source, options)
        named = (
            [f"interviewers named in the file: {', '.join(transcript.interviewers)}"] if transcript.interviewers else []
        )
        return [f"layout: {self.container}, {layout.layout}", *named, *contents.notes, *transcript.notes]


def layout_of(text: str) -> TranscriptReader:
    """The layout reader that is surest of a text; prose where none knows it."""
    scores = [(layout().sniff_text(text[: 1 << 16], ""), layout) for layout in _LAYOUTS]
    best = max(scores, key=lambda pair: pair[0])
    return best[1]() if best[0] > 0 else Prose()
