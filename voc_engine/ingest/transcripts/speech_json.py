"""Transcripts as JSON: Whisper's segments, Fireflies' sentences, Rev's monologues, utterances of AssemblyAI and Deepgram."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import quarantine
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.jsonscan import arr, array_items, array_under, decode, obj, words
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.recording_times import milliseconds
from voc_engine.ingest.transcripts.speech_shapes import dicts_in, in_milliseconds, joined, spoken
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript

_KEYWORDS = keywords("speech_json")

# The list's key and two fields that its items have.
_LISTS = {
    "segments": ("start", "text"),
    "sentences": ("start_time", "text"),
    "monologues": ("speaker", "elements"),
    "utterances": ("start", "speaker"),
}
# What a list without a name around it must have: one of each. Fireflies' download, and what people cut out of an answer.
_BARE = (
    ("text", "sentence", "transcript"),
    ("start", "start_time", "startTime", "start_ts"),
    ("speaker", "speaker_name", "speakerName"),
)
_DATES = ("dateString", "date", "createdAt", "created_at", "created", "recorded_at")
_TITLES = ("title", "name", "meeting_title")

# A time of a recording: few digits, a clock, a duration, or a pair of them; no date and no count of seconds since 1970.
_TIMED = re.compile(_KEYWORDS.pattern("timed"))
# Programs that write when each stretch began and ended by the calendar; a message has but one time.
_DATED = re.compile(
    r'"(?P<which>start|begin|end)(?:_?(?:time|timestamp|ts))?"\s*:\s*"\d{4}-\d\d-\d\dT\d', re.IGNORECASE
)
_BESIDE = re.compile(_KEYWORDS.pattern("beside"))
_WORDED = re.compile(_KEYWORDS.pattern("worded"))
_WRAPPED = 3
_SNIFFED = 20_000
_SECONDS = re.compile(r"^\d{1,7}(?:\.\d{1,9})?$")
_SHORTEST_DATE = 6
_LAST_MS = 1e10  # of a recording: four months


class SpeechJson(TranscriptReader):
    """One item is one cue; speakers are named by name where the file has it, else by number."""

    name = "speech_json.v1"
    layout = "speech recogniser's JSON"

    def sniff_text(self, text: str, ending: str) -> float:
        if text.lstrip()[:1] not in ("{", "[") or _holds_several(text):
            return 0.0
        head = text[:_SNIFFED]
        listed = any(f'"{key}"' in head and all(f'"{one}"' in head for one in fields) for key, fields in _LISTS.items())
        bare = text.lstrip()[:1] == "[" and all(any(f'"{one}"' in head for one in names) for names in _BARE)
        return 0.9 if listed or bare else 0.92 if _is_timed(head) else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        shaped = self._by_shape(text)
        if shaped is not None:
            return shaped
        transcript = Transcript()
        items = next((items_under for key in _LISTS if (items_under := array_under(text, key, "segment"))), None)
        if items is None and text.lstrip().startswith("["):
            items = array_items(text, text.index("["), "segment")
        if items is None:
            raise SourceError(
                f"{source.name} is JSON without a transcript's segments.",
                found=text[:100],
                do=f"give one of the lists: {', '.join(_LISTS)}",
            )
        names = _names(text)
        _details(text, transcript)
        scale = _scale(text)
        for item in items:
            cues = list(_cues(item.value, item.locator, names, scale)) if isinstance(item.value, dict) else []
            if not cues and not (isinstance(item.value, dict) and _words_of(item.value) == ""):
                transcript.skipped.append(
                    quarantine(
                        source,
                        item.locator,
                        "segment that cannot be read",
                        expected="an object with text or elements",
                        found=f"{item.fault}: {item.raw}" if item.fault else words(item.value),
                        to_do="export the transcript again",
                    )
                )
            transcript.cues += cues
        return transcript

    def _by_shape(self, text: str) -> Transcript | None:
        """The transcript of sound JSON in another layout than the lists above, or whose words name more speakers."""
        try:
            data = decode(text, len(text) - len(text.lstrip()))[0]
        except ValueError:
            return None
        listed = _says_who(data) if isinstance(data, list) else _has_one_list(data)
        items = spoken(data) if not listed or _words_differ(data) else None
        if items is None:
            return None
        transcript, names = Transcript(), _names(text)
        runs = (
            list(run)
            for _, run in groupby(zip(items, in_milliseconds(items), strict=True), lambda pair: pair[0].speaker)
        )
        for number, run in enumerate(runs, 1):
            named = _speaker({"speaker": run[0][0].speaker}, names)
            stretch = joined([one.text for one, _ in run])
            start = next((ms for _, ms in run if ms is not None), None)
            transcript.cues += [Cue(stretch, f"stretch {number}", named, start)] if stretch else []
        _details(text, transcript)
        return transcript


def _holds_several(text: str) -> bool:
    """Whether the items of an outermost array are recordings, each with a list of turns that bear parts of their own."""
    text = text.lstrip()
    try:
        first = decode(text, text.index("{"))[0] if re.match(r"\[\s*\{", text) else {}
    except ValueError:
        return False
    named = _words_of(first) is not None and any(one in first for one in _BARE[1])
    turns = [one for value in first.values() if isinstance(value, list) for one in map(obj, value)]
    return not named and len({words(one.get("role")) for one in turns} - {""}) > 1


def _says_who(items: list[Any]) -> bool:
    """Whether a bare list is one that is read item by item; without speakers its shape is looked at."""
    return any(_speaker(one, {}) for one in map(obj, items[:_WRAPPED]))


def _has_one_list(data: Any) -> bool:
    """Whether the list that is read holds all: not where each turn has a list of its own."""
    lists = [(key, one[key]) for one in dicts_in(data) for key in _LISTS if isinstance(one.get(key), list)]
    keys = [key for key, one in lists if one and _words_of(obj(one[0]))]
    return any(keys.count(key) == 1 for key in keys[:1])


def _words_differ(data: Any) -> bool:
    """Whether the words of some segment have other speakers than the segment itself."""
    for segment in map(obj, arr(obj(data).get("segments"))):
        speaker = segment.get("speaker")
        if any(obj(word).get("speaker", speaker) != speaker for word in arr(segment.get("words"))):
            return True
    return False


def _is_timed(head: str) -> bool:
    """Whether the beginning shows words with times of a recording, and with ends or speakers beside."""
    dated = [match.casefold() == "end" for match in _DATED.findall(head)]
    timed = len(_TIMED.findall(head)) > 1 and len(_BESIDE.findall(head)) > 1
    return (timed or min(dated.count(True), dated.count(False)) > 1) and _WORDED.search(head) is not None


def _words_of(segment: dict[str, Any]) -> str | None:
    """The segment's words; None where it has no field for them."""
    # Where both stand, "text" is the sentence as somebody mended it, "raw_text" as it was recognised.
    for key in ("text", "raw_text", "sentence", "transcript"):
        if isinstance(segment.get(key), str) and (segment[key].strip() or not segment.get("raw_text")):
            return " ".join(segment[key].split())
    if isinstance(segment.get("elements"), list):
        return " ".join("".join(words(obj(one).get("value")) for one in arr(segment["elements"])).split())
    return None


def _names(text: str) -> dict[str, str]:
    """Names by speaker number, where the file lists its speakers (Rev: id, name; Fireflies: the same)."""
    listed = [obj(item.value) for item in array_under(text, "speakers", "speaker") or []]
    return {words(one["id"]): words(one["name"]) for one in listed if words(one.get("id")) and words(one.get("name"))}


def _details(text: str, transcript: Transcript) -> None:
    """The meeting's own title and date: fields of the object that holds the list, where the file is sound JSON."""
    try:
        holder = obj(decode(text, len(text) - len(text.lstrip()))[0])
    except ValueError:
        return
    for _ in range(_WRAPPED):
        if not any(isinstance(holder.get(key), list) for key in _LISTS):
            holder = next((one for one in holder.values() if isinstance(one, dict)), holder)
    transcript.title = next(
        (title for key in _TITLES if isinstance(title := holder.get(key), str) and title.strip()), None
    )
    stated = (words(holder.get(key)) for key in _DATES)
    transcript.created_at = next(
        (moment for one in stated if len(one) >= _SHORTEST_DATE and (moment := parse_date(one))), None
    )


def _scale(text: str) -> int:
    """Milliseconds in one unit of the times: AssemblyAI counts whole milliseconds, all others seconds."""
    return 1 if '"utterances"' in text[:_SNIFFED] + text[-_SNIFFED:] and '"audio_duration"' in text else 1000


def _cues(segment: dict[str, Any], locator: str, names: dict[str, str], scale: int) -> Iterator[Cue]:
    text = _words_of(segment)
    if text:
        yield Cue(text, locator, _speaker(segment, names), _start(segment, scale))


def _speaker(segment: dict[str, Any], names: dict[str, str]) -> str | None:
    name = segment.get("speaker_name") or segment.get("speakerName")
    name = name or segment.get("speaker", segment.get("speaker_id"))
    if isinstance(name, dict):
        name = name.get("name") or name.get("id")
    if name is None or words(name) == "":
        return None
    if words(name) in names:
        return names[words(name)]
    # "A" and "B" of a recogniser are numbers by another name, and no "answer".
    numbered = isinstance(name, int) or words(name).isdigit() or (len(words(name)) == 1 and words(name).isupper())
    return f"Speaker {words(name)}" if numbered else words(name)


def _start(segment: dict[str, Any], scale: int) -> int | None:
    stamps = [one[key] for one in map(obj, arr(segment.get("elements"))) for key in ("ts", "timestamp") if key in one]
    stated = [segment[key] for key in _BARE[1] if segment.get(key) is not None]
    start = [*stated, *stamps, None][0]
    if isinstance(start, str) and not _SECONDS.match(start):
        return milliseconds(start)
    start = float(start) if isinstance(start, str) else start
    if not isinstance(start, (int, float)) or isinstance(start, bool):
        return None
    return round(start * scale) if 0 <= start * scale < _LAST_MS else None
