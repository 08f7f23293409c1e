"""TranscriptReader: a format's parser turned into a reader; one file is one conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from voc_engine.config import SourceConfig
from voc_engine.errors import VocError
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.decoding import encoding_of, head_text, whole_text
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.line_numbers import without_line_numbers
from voc_engine.ingest.transcripts.sessions import Session, only, sessions
from voc_engine.ingest.transcripts.transcript_turns import Transcript, assemble, full_names, holds_times, split_at_times
from voc_engine.records import Skipped

# Ten million words: more than any talk, little enough to be held in memory.
TEXT_LIMIT = 64 * 1024**2
LINE_NUMBERS = "line number"


def unnumbered(text: str) -> str:
    """The text without the numbers of its lines."""
    return "\n".join(without_line_numbers(text.split("\n"))[0])


class TranscriptReader:
    """Subclasses give ``name``, ``layout`` (one line for people), ``sniff_text`` and ``parse``."""

    name = ""
    kind = "interview"
    layout = ""
    # Whether the words stand on lines as somebody wrote them, which may be numbered and hold several sessions.
    by_line = False

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
        text = head_text(head)
        return self.sniff_text(unnumbered(text) if self.by_line else text, ending)

    def reasons(self, source: SourceFile, head: bytes) -> tuple[list[str], list[str]]:
        """(what speaks for this layout, what against), by the beginning of the file."""
        try:
            talks = self.talks(head_text(head), source, SourceConfig(path=source.name))
        except VocError:
            return [], ["its beginning is not what the layout expects"]
        cues = [cue for talk in talks for cue in talk.cues]
        named = Counter(cue.speaker for cue in cues if cue.speaker)
        timed = sum(1 for cue in cues if cue.start_ms is not None)
        aside = sum(one.count for talk in talks for one in talk.skipped if one.quarantined)
        pro = [f"{len(named)} speakers in {sum(named.values())} of {len(cues)} stretches"] if named else []
        pro += [f"{timed} of {len(cues)} stretches have a time of the recording"] if timed else []
        contra = [] if named else ["no speaker is named"]
        contra += [f"{aside} pieces do not fit the layout"] if aside else []
        once = sum(1 for count in named.values() if count == 1)
        contra += [f"{once} of {len(named)} speakers are named once only"] if once > max(1, len(named) // 2) else []
        return pro, contra

    def text_of(self, source: SourceFile, options: SourceConfig) -> str:
        return whole_text(source, options, TEXT_LIMIT)

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        for number, transcript in enumerate(self.talks(self.text_of(source, options), source, options)):
            yield from assemble(source, options, transcript, self.kind, number)

    def talks(self, text: str, source: SourceFile, options: SourceConfig) -> list[Transcript]:
        """The talks in ``text``, one for each session that it holds; line numbers beside the text are set aside."""
        lines, numbers = without_line_numbers(text.split("\n")) if self.by_line else (text.split("\n"), [])
        parts = sessions(lines) if self.by_line else [Session(0, len(lines))]
        talks = [self.parse(only(lines, part), source, options) for part in parts]
        for talk in (one for one in talks if self.by_line and holds_times(one.cues)):
            talk.cues = [piece for cue in talk.cues for piece in split_at_times(cue)]
        if len(parts) > 1:
            talks = [replace(talk, title=talk.title or part.heading) for talk, part in zip(talks, parts, strict=True)]
            talks[0].notes.append(f"{len(parts)} sessions in one file, each with people of its own")
        if numbers:
            talks[0].skipped.insert(0, set_aside(source, "lines", LINE_NUMBERS, " ".join(numbers), len(numbers)))
        return talks

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        transcript = self.talks(self.text_of(source, options), source, options)[0]
        lines = [f"layout: {self.layout}", f"encoding: {encoding_of(source, options)}"]
        if transcript.interviewers:
            lines.append(f"interviewers named in the file: {', '.join(transcript.interviewers)}")
        full = full_names({cue.speaker for cue in transcript.cues if cue.speaker}, transcript, options)
        lines += [f"{label} is taken to be {name}, who is named above the talk" for label, name in sorted(full.items())]
        return lines + transcript.notes
