"""What stands before and after a talk: title, date, who interviews; and lines that are no speech."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.dates import date_order, parse_date
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.speakers import name_shaped
from voc_engine.ingest.transcripts.transcript_turns import Transcript

_KEYWORDS = keywords("details")

_IS = re.compile(
    r"\bInterviewers?\s+(?:is|are|was|were)\s+(?P<names>[^.\n]+?)(?:\.(?:\s|$)|$)", re.IGNORECASE | re.MULTILINE
)
_FIELD = re.compile(_KEYWORDS.pattern("field"), re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(_KEYWORDS.pattern("date"), re.IGNORECASE | re.MULTILINE)
_TITLE = re.compile(r"^#\s++(?P<title>\S.*)$", re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s+\S")
RULE = re.compile(r"^\s*([-*_=–—])(?:\s*\1){2,}\s*$")
TRAILER = re.compile(
    r"^[\s*_#>-]*(transcri(?:bed|ption|pt)\s+(?:is\s+)?(?:provided\s+|generated\s+|created\s+)?(?:by|with)\b.*|"
    r"meeting ended after \d.{0,30}|"
    r"this (?:editable )?transcript was computer generated.*|people can also change the text after.*|"
    r"transcription ended after .*|.{0,100}\b(?:started|stopped) transcription)$",
    re.IGNORECASE,
)
# A block quote of Markdown; ">>" is a change of speakers in captions.
_BLOCK_QUOTE = re.compile(r"^>(?!>)")
# Lines of CHAT transcripts that comment on the one above, or end the file.
_TIER = re.compile(r"^(?:%[a-z]{3}:\s|@End\s*$)")
# A date alone opens a line; what begins with a number and is none ("12 people came") is no date of the talk.
_BEGINS_WITH_DATE = re.compile(r"^[\s#*_>]*(?!\d+\s*$)([^\W_][^\n]{5,80})$")
_IN_BRACKETS = re.compile(r"\((\d{4}-\d{2}-\d{2}[^()\n]{0,40})\)")
_HEADING_LINES = 30
_HEADING_CHARS = 100
_PARTS = re.compile(r",\s+|\s[-–—|•·]\s")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PREAMBLE_READ = 20_000
_LINE_READ = 500
_TALK = re.compile(r"^[\s#*_]*(?:\S{1,2}\s*)?(?:[^\n]{0,150}\s\\?[-–—]\s+)?transcript[\s*_:]*$", re.IGNORECASE)
_CLOSING_FIELD = re.compile(r"^[\s>*_#-]*(?P<what>[^\W\d_][^:\n]{0,40})\**:\**[ \t]+(?P<value>\S[^\n]{0,60})$")
_ASKING = ("interviewer", "moderator", "interviewed", "researcher", "facilitator", "host")


def read_details(preamble: str, transcript: Transcript) -> None:
    """Notes interviewers, participants, date and title that the lines before the talk tell."""
    transcript.preamble = preamble
    # Patterns meet short lines only: a hostile one of a million blanks would cost them quadratic time.
    preamble = "\n".join(line[:_LINE_READ] for line in preamble[:_PREAMBLE_READ].split("\n"))
    for match in _IS.finditer(preamble):
        transcript.interviewers += _names(match["names"])
    for match in _FIELD.finditer(preamble):
        names = _names(match["names"])
        asking = match["what"].casefold().startswith(_ASKING)
        (transcript.interviewers if asking else transcript.participants).extend(names)
    for match in _DATE.finditer(preamble):
        transcript.created_at = transcript.created_at or date_in(match["date"])
    for line in preamble.split("\n")[:_HEADING_LINES]:
        transcript.created_at = transcript.created_at or _dated(line)
    title = _TITLE.search(preamble)
    transcript.title = transcript.title or (title["title"].rstrip(" \t#") if title else "") or None


def _dated(line: str) -> str | None:
    """The date with which a line above the talk begins, or which it holds in brackets beside its title."""
    inside = _IN_BRACKETS.search(line)
    begins = _BEGINS_WITH_DATE.match(line)
    day = (date_in(inside[1]) if inside else None) or (date_in(begins[1]) if begins else None)
    if day or len(line) > _HEADING_CHARS or line.rstrip()[-1:] in ".?!":
        return day
    # "Session 7, 17 April 2026": behind what the talk is called.
    after = [line[match.end() :] for match in _PARTS.finditer(line)]
    return next((date for one in after if _YEAR.search(one) and (date := date_in(one))), None)


def talk_start(lines: Sequence[str]) -> int:
    """Line after the heading "Transcript", where a file has one: what stands above (a summary, notes) is no speech."""
    return next((number + 1 for number, line in enumerate(lines) if _TALK.match(line[:300])), 0)


def set_preamble_aside(lines: Sequence[str], first: int, source: SourceFile, transcript: Transcript) -> None:
    """Counts what stands above the first speaker as set aside."""
    above = "\n".join(lines[:first]).strip()
    if above:
        transcript.skipped.append(set_aside(source, f"lines 1-{first}", "heading and details before the talk", above))


def details_after(lines: Sequence[str], first: int, labels: Collection[str]) -> int:
    """Line from which on a block of fields closes the file ("Word count: 84"), apart from the talk; else how many lines."""
    end = len(lines)
    while end > first and not lines[end - 1].strip():
        end -= 1
    start, fields = end, 0
    while start > first and (match := _CLOSING_FIELD.match(lines[start - 1][:_LINE_READ])):
        if match["what"].strip() in labels or match["value"].rstrip()[-1:] in ".?!":
            return len(lines)
        start, fields = start - 1, fields + 1
    apart = start > first and not lines[start - 1].strip()
    return start if fields > 1 and apart else len(lines)


def set_details_aside(lines: Sequence[str], end: int, source: SourceFile, transcript: Transcript) -> None:
    """Counts the fields below the talk as set aside."""
    below = "\n".join(lines[end:]).strip()
    if below:
        transcript.skipped.append(set_aside(source, f"lines {end + 1}-{len(lines)}", "details after the talk", below))


def date_in(text: str) -> str | None:
    """A date at the beginning of the text ("March 30, 2022. Interviewer is ...")."""
    text = text.strip(" *_.")
    words = text.split()
    starts = [" ".join(words[:n]).strip(".,") for n in range(min(len(words), 6), 0, -1)]
    return next((day for one in starts if (day := parse_date(one, date_order([one]).day_first))), None)


def _names(text: str) -> list[str]:
    parts = re.split(r"\s*(?:,|;|&|\band\b|\bund\b)\s*", re.sub(r"\([^()]*\)", " ", text).strip(" *_."))
    return [" ".join(part.split()) for part in parts if part and name_shaped(" ".join(part.split()))]


def not_speech(line: str, *, named: bool = True) -> str | None:
    """Why a line inside a talk is no speech (heading, rule, the transcriber's notice, text that was shown to a participant);
    None where it is. ``named``: the lines name who speaks; where they do not, ">" may begin a turn."""
    if named and _BLOCK_QUOTE.match(line):
        return "quoted text"
    if HEADING.match(line):
        return "heading"
    if _TIER.match(line):
        return "the transcriber's notice"
    if RULE.match(line):
        return "rule"
    if TRAILER.match(line):
        return "the transcriber's notice"
    return None
