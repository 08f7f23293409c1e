"""WebVTT: plain, Zoom ("Name: text") and Teams ("<v Name>text</v>") captions (W3C WebVTT, candidate recommendation)."""

from __future__ import annotations

import re

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import quarantine, set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.captions import ARROW, Caption, cues_of, without_repeats
from voc_engine.ingest.transcripts.recording_times import milliseconds
from voc_engine.ingest.transcripts.transcript_turns import Transcript
from voc_engine.records import Skipped

_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_MOST_BLANK_LINES = 2  # a choice: what stands farther below is no caption's


class WebVTT(TranscriptReader):
    """Reads blocks by look-ahead: a line is a cue's id only if an anchored time line follows it."""

    name = "webvtt.v1"
    layout = "WebVTT captions"

    def sniff_text(self, text: str, ending: str) -> float:
        first = text.lstrip("\n ").split("\n", 1)[0]
        return 1.0 if first.startswith("WEBVTT") and first[6:7] in ("", " ", "\t") else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        lines = text.split("\n")
        walk = _Walk(lines, source)
        walk.run()
        captions, repeats = without_repeats(walk.captions, source) if walk.captions else ([], [])
        return Transcript(cues_of(captions, options), walk.skipped + repeats)


class _Walk:
    """One pass over the lines of a file, collecting cues and what is none."""

    def __init__(self, lines: list[str], source: SourceFile) -> None:
        self.lines, self.source = lines, source
        self.captions: list[Caption] = []
        self.skipped: list[Skipped] = []

    def run(self) -> None:
        at = self._header()
        while at < len(self.lines):
            line = self.lines[at]
            if not line.strip():
                at += 1
            elif ARROW.match(line):
                at = self._cue(at)
            elif at + 1 < len(self.lines) and ARROW.match(self.lines[at + 1]):
                self._id(at)
                at = self._cue(at + 1)
            else:
                at = self._other(at)

    def _block_end(self, at: int) -> int:
        """First line at or after ``at`` that is blank or a time line."""
        while at < len(self.lines) and not self._is_gap(at) and not ARROW.match(self.lines[at]):
            at += 1
        return at

    def _is_gap(self, at: int) -> bool:
        """Whether a line ends a block: an empty one does; one of blanks, which YouTube writes into cues, only at its end."""
        if self.lines[at].strip():
            return False
        after = self.lines[at + 1 : at + 3]
        return not self.lines[at] or not after or not after[0].strip() or any(ARROW.match(line) for line in after)

    def _header(self) -> int:
        start = next((n for n, line in enumerate(self.lines) if line.strip()), 0)
        end = self._block_end(start)
        text = "\n".join(self.lines[start:end]).strip()
        text = text.removeprefix("WEBVTT").strip()
        if text:
            self.skipped.append(set_aside(self.source, f"line {start + 1}", "file header", text))
        return end

    def _cue(self, at: int) -> int:
        match = ARROW.match(self.lines[at])
        start, end = (milliseconds(match[part]) if match else None for part in ("start", "end"))
        stop = self._block_end(at + 1)
        if stop == at + 1:
            stop = self._late_payload(stop)
        payload = tuple(self.lines[at + 1 : stop])
        locator = f"line {at + 1}"
        if not any(line.strip() for line in payload):
            self.skipped.append(set_aside(self.source, locator, "cue without words", ""))
        elif start is None or end is None:
            self._quarantine(at, stop)
        else:
            self.captions.append(Caption(payload, start, end, locator))
        return stop

    def _late_payload(self, at: int) -> int:
        """Where the words end that a program wrote below a blank line; ``at`` where the next block is no such words."""
        first = next((n for n in range(at, len(self.lines)) if self.lines[n].strip()), len(self.lines))
        if first >= len(self.lines) or first > at + _MOST_BLANK_LINES or "-->" in self.lines[first]:
            return at
        named = first + 1 < len(self.lines) and ARROW.match(self.lines[first + 1])
        return at if named or _BLOCK.match(self.lines[first]) else self._block_end(first)

    def _id(self, at: int) -> None:
        """An id of several words may have been speech before a line was lost, so it is shown."""
        words = self.lines[at].strip()
        if "<" in words:
            self._quarantine(at, at + 1)
        elif " " in words:
            self.skipped.append(set_aside(self.source, f"line {at + 1}", "id of a cue", words))

    def _other(self, at: int) -> int:
        stop = self._block_end(at)
        first = self.lines[at].strip()
        word = first.split()[0]
        if word == "NOTE":
            self.skipped.append(set_aside(self.source, f"line {at + 1}", "NOTE block", "\n".join(self.lines[at:stop])))
        elif first in ("STYLE", "REGION"):
            self.skipped.append(
                set_aside(self.source, f"line {at + 1}", f"{first} block", "\n".join(self.lines[at:stop]))
            )
        else:
            self._quarantine(at, stop)
        return stop

    def _quarantine(self, at: int, stop: int) -> None:
        self.skipped.append(
            quarantine(
                self.source,
                f"line {at + 1}",
                "text outside a cue",
                expected="a time line such as 00:01:02.000 --> 00:01:04.500 before the text",
                found="\n".join(self.lines[at:stop]),
                to_do="mend the time line, or leave it if the words are not needed",
            )
        )
