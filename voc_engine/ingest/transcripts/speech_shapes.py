"""What was said, out of any speech service's JSON: by the shape of its lists (words or segments, times, speakers).

Known to come out right: Amazon, Azure, Google, whisper.cpp, faster-whisper, WhisperX with words, NeMo, Deepgram,
Speechmatics, ElevenLabs, Vosk, Trint, Sonix, Gong. Others that time their words are read by the same shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from voc_engine.ingest.transcripts.recording_times import milliseconds

_TEXT_KEYS = "punctuated_word text transcript sentence display displayText word content value utterance"
_SPEAKER_KEYS = (
    "speaker_name speakerName speaker_label speakerLabel speaker speakerTag speaker_tag speaker_id speakerId spk "
    "participant channel channel_label channelTag channel_tag detected_speaker_name "
    "personName person_name participantName participant_name attendeeName userName user_name displayName display_name"
)
# These say who speaks only where they differ from item to item: the same word in all is the program's or the file's.
_PERHAPS = ("role", "source", "from", "side", "party")
# A computer's two sounds: whoever sits before it, and everybody else in the call.
_SOUNDS = {"microphone": "Me", "mic": "Me", "system": "Them", "speakers": "Them"}
# Of a speaker who is an object of its own, likeliest first.
_NAMES = ("name", "display_name", "displayName", "full_name", "fullName", "label", "id")
_START_KEYS = (
    "start start_time startTime start_timestamp startTimestamp start_ts startMs start_ms start_offset "
    "offsetMilliseconds offsetMillisecond offset begin from ts time timestamp offsets timestamps offsetInTicks "
    "start_seconds startSeconds start_sec offset_ms offsetMs startOffset startMillis begin_time beginTime"
)
_END_KEYS = (
    "end end_time endTime end_timestamp endTimestamp end_ts endMs end_ms end_offset to duration "
    "durationMilliseconds durationMillisecond durationInTicks offsets timestamp timestamps "
    "end_seconds endSeconds end_sec duration_ms durationMs endOffset endMillis"
)
_TEXT, _SPEAKER, _START = _TEXT_KEYS.split(), _SPEAKER_KEYS.split(), _START_KEYS.split()
_ENDS = frozenset(_END_KEYS.split())
# Of several guesses at the same words a service puts the likeliest first.
_GUESSES = frozenset(("alternatives", "nBest", "NBest"))
_ISO = re.compile(r"^PT(?:(?P<h>[\d.]+)H)?(?:(?P<m>[\d.]+)M)?(?:(?P<s>[\d.]+)S)?$")
_SECONDS = re.compile(r"^\d{1,7}(?:\.\d{1,9})?s?$")
_DAY_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:")
_MARK = re.compile(r"^[^\w\s]+$")
_LONGEST_TALK = 10**9
_DEEP = 12
_MOST = 0.6
# Times that fall back by this share of the talk begin another channel; a smaller step is speech over speech.
_CHANNEL = 0.3
_FAR = 50  # between two starts: no talk has so many seconds to a sentence


@dataclass
class Spoken:
    """A word or a segment: ``start`` in the file's own unit, ``speaker`` as the file has it."""

    text: str
    start: float | None
    speaker: str | None
    whole_ms: bool = False
    perhaps: tuple[str | None, ...] = ()


@dataclass
class _Group:
    """The items of all lists under one path; ``mixed``: a holder of such a list has words of several speakers."""

    items: list[Spoken] = field(default_factory=list)
    timed: int = 0
    ended: int = 0
    mixed: bool = False

    @property
    def letters(self) -> int:
        return sum(len(one.text) for one in self.items)

    @property
    def speakers(self) -> int:
        return len({one.speaker for one in self.items if one.speaker is not None})


def spoken(data: Any) -> list[Spoken] | None:
    """What was said, in the order of the recording; None where no list in ``data`` is timed speech."""
    groups: dict[str, _Group] = {}
    _walk(data, "", None, groups, 0)
    _lend_speakers(data, groups)
    fit = {path: one for path, one in groups.items() if _is_speech(one)}
    if not fit:
        return None
    most = max(one.letters for one in fit.values())
    rich = [one for one in fit.values() if one.letters >= _MOST * most]
    best = max(rich, key=lambda one: (min(one.speakers, 2), one.mixed, _length(one)))
    named = [one for one in best.items if one.speaker is not None]
    # Google repeats all words with their speakers behind those without.
    if sum(len(one.text) for one in named) >= 0.4 * best.letters:
        best.items = named
    if not named:
        _settle_perhaps(best.items)
    return _ordered(best.items)


def _settle_perhaps(items: Sequence[Spoken]) -> None:
    """Speakers by the first of the general keys that differs from item to item ("microphone" and "system")."""
    for index in range(len(_PERHAPS)):
        names = [one.perhaps[index] for one in items]
        if len(set(names) - {None}) > 1 and sum(one is not None for one in names) >= 0.8 * len(items):
            for item, name in zip(items, names, strict=True):
                item.speaker = _SOUNDS.get(name or "", name) if set(names) - {None} <= set(_SOUNDS) else name
            return


def _is_speech(group: _Group) -> bool:
    return group.timed >= 0.4 * len(group.items) and (group.ended >= 0.4 * len(group.items) or group.speakers > 0)


def _length(group: _Group) -> float:
    return group.letters / max(1, len(group.items))


def _walk(value: Any, path: str, speaker: str | None, groups: dict[str, _Group], deep: int) -> None:
    """Gathers the items of every list by its path; a speaker is handed down to what lies below."""
    if deep > _DEEP:
        return
    if isinstance(value, list):
        _gather(value, path, speaker, groups)
        first_only = path.rpartition(".")[2] in _GUESSES
        for inner in value[:1] if first_only else value:
            _walk(inner, f"{path}[]", speaker, groups, deep + 1)
    elif isinstance(value, dict):
        named = _speaker(value)
        for key, inner in value.items():
            if isinstance(inner, (list, dict)):
                _walk(inner, f"{path}.{key}", named if named is not None else speaker, groups, deep + 1)


def _gather(items: Sequence[Any], path: str, speaker: str | None, groups: dict[str, _Group]) -> None:
    if path.rpartition(".")[2] in _GUESSES:
        return
    speakers: set[str | None] = set()
    for item in items:
        text = _text(item) if isinstance(item, dict) else None
        if not text:
            continue
        group = groups.setdefault(path, _Group())
        named = _speaker(item)
        start, whole_ms = _start(item)
        perhaps = tuple(item[key] if isinstance(item.get(key), str) else None for key in _PERHAPS)
        group.items.append(Spoken(text, start, named if named is not None else speaker, whole_ms, perhaps))
        # A mark has no time of its own.
        group.timed += start is not None or bool(_MARK.match(text))
        group.ended += bool(_ENDS & set(item)) or bool(_MARK.match(text))
        speakers.add(named)
    if len(speakers - {None}) > 1 and path in groups and "[]" in path:
        groups[path].mixed = True


def _text(item: dict[str, Any]) -> str | None:
    texts: list[str] = [item[key] for key in _TEXT if isinstance(item.get(key), str)]
    if texts:
        return texts[0]
    for key in _GUESSES:
        if isinstance(item.get(key), list) and item[key] and isinstance(item[key][0], dict):
            return _text(item[key][0])
    words = item.get("words") or item.get("elements")
    parts = (
        [one for one in map(_text, (w for w in words if isinstance(w, dict))) if one] if isinstance(words, list) else []
    )
    return joined(parts) if parts else None


def _speaker(item: dict[str, Any]) -> str | None:
    for key in _SPEAKER:
        value = item.get(key)
        if isinstance(value, dict):
            value = next((value[name] for name in _NAMES if value.get(name)), None)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    guesses = next((item[key] for key in _GUESSES if isinstance(item.get(key), list) and item[key]), [None])
    return _speaker(guesses[0]) if isinstance(guesses[0], dict) else None


def _start(item: dict[str, Any]) -> tuple[float | None, bool]:
    """(when it begins, whether that is in milliseconds for certain)."""
    for key in _START:
        if item.get(key) is not None and (moment := _moment(item[key])) is not None:
            if "Ticks" in key:
                return moment / 10_000, True
            return moment, "illi" in key or key.endswith(("Ms", "_ms")) or key == "offsets"
    words = item.get("words") or item.get("elements")
    return _start(words[0]) if isinstance(words, list) and words and isinstance(words[0], dict) else (None, False)


def _moment(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, list):
        return _moment(value[0]) if value else None
    if isinstance(value, dict):
        return _moment(value["from"]) if "from" in value else _moment(value.get("seconds", value.get("start")))
    if isinstance(value, str):
        return _written(value.strip())
    return float(value) if isinstance(value, (int, float)) and 0 <= value < _LONGEST_TALK else None


def _written(value: str) -> float | None:
    if _SECONDS.match(value):
        return float(value.rstrip("s"))
    if (match := _ISO.match(value)) and any(match.groups()):
        hours, minutes, seconds = (float(part or 0) for part in match.group("h", "m", "s"))
        return hours * 3600 + minutes * 60 + seconds
    if _DAY_TIME.match(value):
        return _of_day(value)
    clock = milliseconds(value)
    return None if clock is None else clock / 1000


def _of_day(value: str) -> float | None:
    """Seconds since 1970 of a date with a time; ``in_milliseconds`` makes them times of the recording."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()


def _lend_speakers(data: Any, groups: dict[str, _Group]) -> None:
    """Speakers that a second list gives by time (Amazon's speaker_labels), for items that name none."""
    by_time: dict[float, str] = {}
    for holder in dicts_in(data):
        speaker, (start, _) = _speaker(holder), _start(holder)
        if speaker is not None and start is not None and not _text(holder):
            by_time[start] = speaker
    for group in groups.values():
        if by_time and group.speakers <= 1:
            for item in group.items:
                item.speaker = by_time.get(item.start, item.speaker) if item.start is not None else item.speaker


def dicts_in(value: Any, deep: int = 0) -> Iterator[dict[str, Any]]:
    """Every object in the data, to a bounded depth."""
    if deep > _DEEP:
        return
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in inner:
        yield from dicts_in(child, deep + 1)


def _ordered(items: Sequence[Spoken]) -> list[Spoken]:
    """By time, where channels lie one after the other; marks stay with their words."""
    at = 0.0
    speaker: str | None = None
    timed: list[tuple[float, Spoken]] = []
    for item in items:
        at = item.start if item.start is not None else at
        mark = item.start is None and _MARK.match(item.text)
        speaker = speaker if mark else item.speaker
        timed.append((at, Spoken(item.text, item.start, speaker, item.whole_ms)))
    apart = any(before - after > _CHANNEL * max(at for at, _ in timed) for (before, _), (after, _) in pairwise(timed))
    return [one for _, one in (sorted(timed, key=lambda pair: pair[0]) if apart else timed)]


def in_milliseconds(items: Sequence[Spoken]) -> list[int | None]:
    """The starts in milliseconds: whole numbers far apart are that already, anything else counts seconds."""
    starts = [one.start for one in items if one.start is not None]
    if starts and min(starts) >= _LONGEST_TALK:
        first = min(starts)
        return [None if one.start is None else round((one.start - first) * 1000) for one in items]
    whole = all(start == int(start) for start in starts)
    steps = sorted(later - earlier for earlier, later in pairwise(starts))
    far = bool(steps) and whole and steps[len(steps) // 2] >= _FAR
    ms = far or any(one.whole_ms for one in items)
    return [None if one.start is None else round(one.start if ms else one.start * 1000) for one in items]


def joined(parts: Sequence[str]) -> str:
    """Words as text: with the blanks that the parts bring, else one before each that is no mark."""
    if any(part[:1].isspace() or part.isspace() for part in parts):
        return " ".join("".join(parts).split())
    text = ""
    for part in parts:
        text += part if not text or (_MARK.match(part) and part[0] in ".,!?;:…%)]}。，、？！") else f" {part}"
    return " ".join(text.split())
