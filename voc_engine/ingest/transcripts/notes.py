"""Notes of a talk: "Name: text", "**Name:** text", "[00:00:03] Name: text", "Speaker 1 (00:03):", "00:03<tab>Name: text"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.details import (
    HEADING,
    details_after,
    not_speech,
    read_details,
    set_details_aside,
    set_preamble_aside,
    talk_start,
)
from voc_engine.ingest.transcripts.recording_times import CLOCK, milliseconds
from voc_engine.ingest.transcripts.roles import part_named
from voc_engine.ingest.transcripts.speaker_labels import colon_lines
from voc_engine.ingest.transcripts.speakers import QUESTION_AND_ANSWER, accepted_labels, lower_case_names, name_shaped
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript

# Beyond this many labels a file's fields are not told from speakers: comparing all with all would not end.
_MOST_SPEAKERS = 200
_NAME = r"[^\W\d_][^:：\n*\[\]\t]{0,59}?"
_STAMP = rf"(?:[\[(]\s*(?:{CLOCK})\s*[\])])"
_LINE = re.compile(
    rf"^\s*(?:[-*•]\s+)?(?:[\[(]?\s*(?P<t1>{CLOCK})(?:\s*(?:-->|[-–—]|to)\s*{CLOCK})?\s*[\])]?[\s\-–—]+)?(?:From\s+)?"
    rf"(?:\*\*|__)?(?P<name>{_NAME})(?:\*\*|__)?\s*(?P<t2>{_STAMP})?\s*(?:\*\*|__)?\s*(?::(?:\*\*|__)?(?=\s|$)|：(?:\*\*|__)?)"
    rf"\s*(?P<t3>{_STAMP})?[ \t]*(?P<text>.*)$"
)
_LABEL_WITHIN = 200
_DETAILS_WITHIN = 30
_FIELD_WORDS = 8
# A line this short was not broken by a width.
_WRAPPED_FROM = 50
_F4_STAMP = re.compile(rf"#(?P<time>{CLOCK})-\d{{1,3}}#$")
_STAMP_WITHIN = 40
_BLANKS = re.compile(r"\s{6,}")
_TIME_ONLY = re.compile(rf"^[\s#*_]*[\[(]?(?P<time>{CLOCK})[\])]?[\s*_]*$")
_LEADING_TIME = re.compile(rf"^\s*\[(?P<time>{CLOCK})\]\s*(?P<text>\S.*)$")
# Shares of lines with a label, of notes that are talk for the most part and of notes with some talk.
_MUCH_TALK, _SOME_TALK = 0.3, 0.1
_FEWEST_LABELLED = 4  # a choice: two turns each
_NAME_WORDS = 4  # a choice: first name, surname and part


@dataclass(frozen=True)
class _Labelled:
    name: str
    text: str
    start_ms: int | None


class Notes(TranscriptReader):
    """Lines without a label belong to the speaker above; what stands before the first speaker is no speech."""

    name = "notes.v1"
    layout = "lines with speaker labels (Name: text)"
    by_line = True

    def sniff_text(self, text: str, ending: str) -> float:
        lines = colon_lines(text).split("\n")
        lines = [line for line in lines[talk_start(lines) :] if line.strip()]
        every = [labelled for line in lines if (labelled := _labelled(line))]
        lower = lower_case_names(Counter(one.name for one in every), len(lines))
        spoken = [one for one in every if _is_speaker(one.name) or one.name in lower]
        counts = Counter(one.name for one in spoken)
        several = sum(1 for count in counts.values() if count > 1) > 1 and len(spoken) >= 0.7 * len(lines)
        if len(spoken) <= 1 or (len(counts) > max(3, 0.5 * len(spoken)) and not several):
            return 0.0
        share = len(spoken) / len(lines)
        return 0.75 if share >= _MUCH_TALK else 0.6 if share >= _SOME_TALK and len(spoken) >= _FEWEST_LABELLED else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        lines = colon_lines(text).split("\n")
        transcript = Transcript(joiner="\n")
        start = talk_start(lines)
        labels = _labels(lines[start:], options)
        first = _first_labelled(lines, details_end(lines, start, labels), labels)
        if first is None and start:
            labels = _labels(lines, options)
            first = _first_labelled(lines, details_end(lines, 0, labels), labels)
        first = first or 0
        read_details("\n".join(lines[:first]).strip(), transcript)
        set_preamble_aside(lines, first, source, transcript)
        end = details_after(lines, first, labels)
        _speech(lines[:end], first, labels, source, transcript)
        set_details_aside(lines, end, source, transcript)
        return transcript


def _is_speaker(label: str) -> bool:
    return name_shaped(label) or label in QUESTION_AND_ANSWER


def _first_labelled(lines: Sequence[str], start: int, labels: set[str]) -> int | None:
    """Where the talk begins: the first speaker's line, or the time line right above it."""
    for number in range(start, len(lines)):
        if (label := _labelled(lines[number])) and label.name in labels:
            above = next((n for n in range(number - 1, max(start, number - 4) - 1, -1) if lines[n].strip()), None)
            return above if above is not None and _TIME_ONLY.match(lines[above]) else number
    return None


def details_end(lines: Sequence[str], start: int, labels: set[str]) -> int:
    """Line after the block of fields above a talk ("Date: ...", "Moderator: Ruth"), or ``start`` where there is none.

    A block is one of short fields only, of which one at least is nobody's turn.
    """
    block: list[_Labelled] = []
    for number in range(start, min(len(lines), start + _DETAILS_WITHIN)):
        line = lines[number].strip()
        if not line and block:
            return number if len(block) > 1 and any(one.name not in labels for one in block) else start
        label = _labelled(line)
        if label is None and line and block:
            return number if HEADING.match(line) and any(field.name not in labels for field in block) else start
        if label is not None and (len(label.text.split()) > _FIELD_WORDS or label.text[-1:] in "?!.…"):
            return start
        block += [label] if label is not None else []
    return start


def _labels(lines: Sequence[str], options: SourceConfig) -> set[str]:
    """Speakers of the file. A label used once at the top as a field ("Interviewer: Dana Wells") is none."""
    labelled = [label for line in lines if (label := _labelled(line))]
    labels = accepted_labels((one.name for one in labelled), sum(1 for line in lines if line.strip()), options)
    counts = Counter(one.name for one in labelled)
    fields = {
        one.name
        for one in labelled
        if counts[one.name] == 1
        and one.name in labels
        and 1 < len(labels) - 1 < _MOST_SPEAKERS
        and one.text
        and _names_speaker(one.text, labels - {one.name})
    }
    return labels - fields


def _names_speaker(text: str, labels: set[str]) -> bool:
    """Whether a field's value is just the name of somebody who speaks, or several such names."""
    value = re.sub(r"\([^()]*\)", "", text[:300]).strip(" *_.").casefold()
    folded = [label.casefold() for label in labels]
    return all(
        any(one == label or (one.startswith(label + " ") and len(one.split()) <= _NAME_WORDS) for label in folded)
        for one in (part.strip() for part in re.split(r",|;|&|\band\b", value))
    )


def _labelled(line: str) -> _Labelled | None:
    # The pattern meets a short beginning without long runs of blanks: with them it would need cubic time.
    match = _LINE.match(_BLANKS.sub("  ", line[:_LABEL_WITHIN]))
    if not match:
        return None
    stamp = match["t1"] or match["t2"] or match["t3"]
    return _Labelled(
        match["name"].strip(),
        (match["text"] + line[_LABEL_WITHIN:]).strip(),
        milliseconds(stamp.strip("[]() ")) if stamp else None,
    )


def _without_f4_stamp(line: str) -> tuple[str, int | None]:
    """(line, time) without the time that f4 and MAXQDA write at the end of a paragraph: when the next one begins."""
    stamp = _F4_STAMP.search(line[-_STAMP_WITHIN:])
    if stamp is None:
        return line, None
    return line[: len(line) - len(stamp[0])].rstrip(), milliseconds(stamp["time"])


def _speech(lines: list[str], first: int, labels: set[str], source: SourceFile, transcript: Transcript) -> None:
    speaker: str | None = None
    start_ms: int | None = None
    # Where only who asks is labelled, the lines between are the other's.
    lone = len(labels) == 1 and part_named(next(iter(labels))) == "interviewer"
    for number in range(first, len(lines)):
        line, locator = lines[number].strip(), f"line {number + 1}"
        line, spoken_until = _without_f4_stamp(line)
        label = _labelled(line)
        time = _TIME_ONLY.match(line)
        leading = _LEADING_TIME.match(line)
        text = line
        if label is not None and label.name in labels:
            speaker, text = label.name, label.text
            start_ms = start_ms if label.start_ms is None else label.start_ms
        elif time is not None:
            start_ms, text = milliseconds(time["time"]), ""
        elif reason := not_speech(line, named=bool(labels)):
            transcript.skipped.append(set_aside(source, locator, reason, line))
            text = ""
        elif leading is not None:
            start_ms, text = milliseconds(leading["time"]), leading["text"]
        if text:
            speaker = None if lone and label is None and _is_over(lines, number) else speaker
            transcript.cues.append(Cue(text, locator, speaker, start_ms, carry=not lone))
            start_ms = None
        start_ms = start_ms if spoken_until is None else spoken_until


def _is_over(lines: Sequence[str], number: int) -> bool:
    """Whether what the line above says ends there: it is empty, or ends a sentence."""
    above = lines[number - 1].rstrip(" \"”'’)*")
    return not above or above[-1] in ".!?…。！？:" or len(above) < _WRAPPED_FROM
