"""Chats saved as text: a day and a time before each message ("[14/10/2021, 3:34:09 PM] Noor: ..."), in many layouts.

WhatsApp of both systems, Signal, Telegram, Skype, Discord, chat of meetings: the day, the time and the name stand in front
of the words, whatever the brackets, the order of the day and the language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.dates import date_order, parse_date
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.chat_heads import with_heads
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript

_KEYWORDS = keywords("chat_log")

# Marks of direction, and narrow or hard blanks, which phones put around times and names.
_DIRECTION = "\u200e"
_MARKS = dict.fromkeys(map(ord, "\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
_BLANKS = str.maketrans("\u202f\u00a0\u2009", "   ")
_DAY = (
    r"(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?|\d{1,2}[ -][^\W\d_]{3,9}\.?[ -]\d{2,4}|[^\W\d_]{3,9} \d{1,2}, \d{4}|"
    r"\d{4}[年년]\s?\d{1,2}[月월]\s?\d{1,2}[日일])"
)
_HOUR = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d{1,6})?"
_HALF = r"(?:\s?(?:[AaPp]\.?\s?[Mm]\.?|오전|오후|上午|下午|午前|午後))?"
_HALVES = {"AM": ("오전", "上午", "午前"), "PM": ("오후", "下午", "午後")}
_NO_HALVES = dict.fromkeys(map(ord, "오전후上午前後下"))
_STAMP = rf"(?P<day>{_DAY})(?:,|،|\s+um|\s+at|\s+à|T)?\s+(?:(?:오전|오후|上午|下午)\s?)?(?P<hour>{_HOUR}{_HALF})"
_NAME = r"(?P<name>[^\s:：\[\]<>][^:：\n\[\]<>]{0,59}?)"
# The words may stand behind the name or on the lines below.
_LINES = (
    re.compile(rf"^\[{_STAMP}\]\s*(?:[-–]\s*)?<?{_NAME}>?\s*[:：](?:\s+|$)(?P<text>.*)$"),
    re.compile(rf"^{_STAMP}\s*[-–—]\s*{_NAME}\s*[:：](?:\s+|$)(?P<text>.*)$"),
    re.compile(rf"^{_STAMP}\s*[:,|\t]?\s*<?{_NAME}>?\s*[:：](?:\s+|$)(?P<text>.*)$"),
    re.compile(rf"^{_STAMP}\s*<(?P<name>[^<>\n]{{1,60}})>\s*(?P<text>.*)$"),
    re.compile(rf"^{_NAME},?\s+\[{_STAMP}\](?P<text>)$"),
    re.compile(rf"^\[{_STAMP}\]\s+(?P<name>[^\s:：\[\]<>][^:：\n\[\]<>]{{0,40}})(?P<text>)$"),
)
# KakaoTalk and LINE put the day on a line of its own, and the hour and the name before the words.
_DAY_LINE = re.compile(rf"^[-=—─]*\s*(?P<day>{_DAY})\s*(?:\(?[^\W\d_]{{1,12}}\)?)?\s*[-=—─]*$")
_UNDER_A_DAY = (
    re.compile(
        rf"^\[(?P<name>[^\[\]]{{1,60}})\] \[(?P<hour>(?:(?:오전|오후|上午|下午) ?)?{_HOUR}{_HALF})\] (?P<text>.*)$"
    ),
    re.compile(
        rf"^(?P<hour>(?:午前|午後|오전|오후|上午|下午)? ?{_HOUR}{_HALF})\t(?P<name>[^\t]{{1,60}})\t(?P<text>.*)$"
    ),
)
_ANY_STAMP = re.compile(rf"^\[?{_STAMP}\]?(?:\s|$)")
_LINE_READ = 300
_SNIFFED = 400
_LEAST_SHARE = 0.3
# What a program writes in place of a picture, a call or a message that was taken back.
_NO_WORDS = re.compile(_KEYWORDS.pattern("no_words"), re.IGNORECASE)
_DECORATION = re.compile(
    r"^(?:\{(?:Attachments|Embed|Reactions|Stickers)\}|=+|Guild:.*|Channel:.*|Exported \d+ message.*)$"
)
_SYSTEM = "notice of the chat program"


@dataclass(frozen=True)
class _Message:
    """A line that opens a message; ``name`` None where the program itself speaks."""

    name: str | None
    day: str
    hour: str
    text: str


class ChatLog(TranscriptReader):
    """A message goes on with the lines below it; what the program wrote itself is set aside."""

    name = "chat_log.v1"
    layout = "chat as text: day, time and name before each message"

    def sniff_text(self, text: str, ending: str) -> float:
        lines, _ = with_heads([line for line in text.split("\n") if line.strip()][:_SNIFFED], _ANY_STAMP)
        lines = [line for line in lines if line]
        stamped = list(_messages(lines).values())
        named = Counter(one.name for one in stamped if one.name)
        if len(stamped) <= 1 or not named or len(stamped) < _LEAST_SHARE * len(lines):
            return 0.0
        return 0.97 if max(named.values()) > 1 or not list(named)[2:] else 0.3

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        transcript = Transcript(joiner="\n")
        lines, of_program = with_heads(text.split("\n"), _ANY_STAMP)
        transcript.skipped += [set_aside(source, f"line {number + 1}", _SYSTEM, told) for number, told in of_program]
        messages = _messages(lines)
        order = date_order([one.day for one in messages.values()])
        transcript.notes += [order.said] if order.said and options.day_first is None else []
        day_first = order.day_first if options.day_first is None else options.day_first
        dates = (parse_date(f"{one.day} {_clock(one.hour)}".strip(), day_first) for one in messages.values())
        transcript.created_at = next((moment for moment in dates if moment), None)
        for number, skipped, cue in _lines_said(lines, messages):
            if cue is not None:
                transcript.cues.append(cue)
            elif skipped:
                transcript.skipped.append(set_aside(source, f"line {number + 1}", _SYSTEM, skipped))
        return transcript


def _messages(lines: Sequence[str]) -> dict[int, _Message]:
    """The message that each line opens, by the line's number. A line that is a day opens one of nobody."""
    found: dict[int, _Message] = {}
    day = ""
    for number, line in enumerate(lines):
        plain = line[:_LINE_READ].translate(_BLANKS).translate(_MARKS).strip()
        if match := _DAY_LINE.match(plain):
            day = _day(match["day"])
            found[number] = _Message(None, day, "", plain)
        elif one := _message(line) or (_under(day, line) if day else None):
            found[number] = one
    return found


def _under(day: str, line: str) -> _Message | None:
    """The message that a line opens whose day stands above it."""
    plain = line[:_LINE_READ].translate(_BLANKS).translate(_MARKS)
    match = next((found for pattern in _UNDER_A_DAY if (found := pattern.match(plain))), None)
    if match is None:
        return None
    return _Message(" ".join(match["name"].split()), day, match["hour"].strip(), match["text"] + line[_LINE_READ:])


def _message(line: str) -> _Message | None:
    """The message that a line opens; None where it opens none."""
    plain = line[:_LINE_READ].translate(_BLANKS).translate(_MARKS).lstrip(_DIRECTION)
    rest = line[_LINE_READ:]
    for pattern in _LINES:
        if match := pattern.match(plain):
            # WhatsApp puts a mark of direction before what it writes itself in somebody's name.
            by_program = match["text"].startswith(_DIRECTION)
            name = " ".join(match["name"].replace(_DIRECTION, "").strip("~ ").split())
            return _Message(None if by_program else name, _day(match["day"]), match["hour"], match["text"] + rest)
    match = _ANY_STAMP.match(plain)
    if match is None:
        return None
    return _Message(None, _day(match["day"]), match["hour"], plain[match.end() :].lstrip("-– ") + rest)


def _day(day: str) -> str:
    """ "12. 3. 2024" without its blanks, "2024년 3월 12일" with dashes; words in a day keep theirs."""
    day = re.sub(r"[年년月월]\s?", "-", day).rstrip("日일")
    return day if any(char.isalpha() for char in day) else day.replace(" ", "").rstrip(".")


def _clock(hour: str) -> str:
    """ "오후 3:04" as "3:04 PM"."""
    half = next((told for told, words in _HALVES.items() if any(word in hour for word in words)), "")
    bare = hour.translate(_NO_HALVES).strip()
    return f"{bare} {half}" if half else hour


def _lines_said(lines: Sequence[str], messages: dict[int, _Message]) -> Iterator[tuple[int, str, Cue | None]]:
    """(line, what is set aside, cue) of each line that holds words."""
    speaker: str | None = None
    for number, line in enumerate(lines):
        message = messages.get(number)
        text = (message.text if message else line).translate(_MARKS)
        by_program = message is None and text.startswith(_DIRECTION)
        text = text.replace(_DIRECTION, "").strip()
        if message is not None:
            speaker = message.name
        if not text:
            continue
        if speaker is None or by_program or _NO_WORDS.match(text[:_LINE_READ]) or _DECORATION.match(text[:_LINE_READ]):
            yield number, text, None
        else:
            yield number, "", Cue(text, f"line {number + 1}", speaker, carry=False)
