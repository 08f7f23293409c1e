"""CHAT transcripts of TalkBank and CLAN (.cha): "*PAR:<tab>words", dependent tiers below, headers that begin with "@".

Layout and marks after the CHAT manual (MacWhinney, talkbank.org/0info/manuals/CHAT.pdf): what the marks say of the words is
taken out, the words stay as they were said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript

_KEYWORDS = keywords("chat_annotation")

_ASKS = re.compile(_KEYWORDS.pattern("asks"), re.IGNORECASE)
_TURN = re.compile(r"^\*(?P<who>[A-Z0-9][\w-]{0,15}):\s*(?P<words>.*)$")
_TURN_ANYWHERE = re.compile(r"^\*[A-Z0-9][\w-]{0,15}:\s", re.MULTILINE)
_BULLET = re.compile(r"\x15?\b(?P<start>\d{1,9})_\d{1,9}\b\x15?|\x15[^\x15\n]{0,60}\x15")
# [= comments], [/] repetitions, [* errors] and the like; <...> around what they are about; pauses; marks of intonation.
_MARKS = re.compile(
    r"\[[^\[\]]{0,200}\]|\((?:\.{1,3}|\d{0,3}[.:]\d{0,3}\.?)\)|[<>‹›⌈⌉⌊⌋↑↓↗↘→≈∆∇☺♋°▁▔]|\+[^\s\w]{1,4}|\+\"|&=\S{1,40}"
)
_FILLER = re.compile(r"&[-+~]?(?=\w)")
_BEFORE_END = re.compile(r"\s+(?=[.?!,;:](?:\s|$))")


class ChatAnnotation(TranscriptReader):
    """Who investigates or interviews asks; dependent tiers and headers are set aside."""

    name = "chat_annotation.v1"
    layout = "CHAT (TalkBank): *SPEAKER: and dependent tiers"

    def sniff_text(self, text: str, ending: str) -> float:
        return 0.99 if re.search(r"^@Begin\s*$", text, re.MULTILINE) and _TURN_ANYWHERE.search(text) else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        transcript, names = Transcript(), dict[str, str]()
        headers: list[str] = []
        tiers: list[str] = []
        marks: list[str] = []
        for number, line in _whole_lines(text):
            turn = _TURN.match(line)
            if turn is not None:
                cue = _cue(turn["words"], names.get(turn["who"], turn["who"]), number, marks)
                transcript.cues += [cue] if cue is not None else []
            elif line.startswith("%"):
                tiers.append(line)
            elif line.strip():
                headers.append(line)
                key, _, value = line.partition(":")
                if key == "@Participants":
                    names |= dict(_participants(value, transcript))
                elif key == "@Date":
                    transcript.created_at = parse_date(value.strip())
        aside = {"tier that says something of the words": tiers, "mark of the transcriber": marks}
        transcript.skipped.append(set_aside(source, "lines", "header of the transcript", "", len(headers)))
        for reason, lines in aside.items():
            if lines:
                transcript.skipped.append(set_aside(source, "lines", reason, "\n".join(lines), len(lines)))
        return transcript


def _whole_lines(text: str) -> Iterator[tuple[int, str]]:
    """(number, line) with what a tab at its beginning continues."""
    whole, begin = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("\t") and whole:
            whole = f"{whole} {line.strip()}"
            continue
        if whole:
            yield begin, whole
        whole, begin = line, number
    if whole:
        yield begin, whole


def _participants(value: str, transcript: Transcript) -> Iterator[tuple[str, str]]:
    """(code, label) of "PAR Anna Participant, INV Investigator"; who asks is noted."""
    for one in value.split(","):
        code, *rest = one.split()[:6] or [""]
        label = rest[0].replace("_", " ") if rest[1:] else code
        if rest and _ASKS.fullmatch(rest[-1].replace("_", " ")):
            transcript.interviewers.append(label)
        elif rest:
            transcript.participants.append(label)
        yield code, label


def _cue(words: str, who: str, number: int, marks: list[str]) -> Cue | None:
    """What is said on a line; ``marks`` takes what its marks say of it. None where nobody says a word."""
    bullet = _BULLET.search(words)
    start = int(bullet["start"]) if bullet and bullet["start"] else None
    words = _BULLET.sub(" ", words)
    marks += [mark[0] for mark in _MARKS.finditer(words) if re.search(r"\w", mark[0])]
    said = _BEFORE_END.sub("", " ".join(_FILLER.sub("", _MARKS.sub(" ", words)).split()))
    return Cue(said, f"line {number}", who, start) if re.search(r"\w", said) else None
