"""Transcripts as JSON: Whisper's segments, Fireflies' sentences, Rev's monologues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.jsonscan import arr, array_items, array_under, obj, words
from voc_engine.ingest.reader import quarantine
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.cues import Cue, Transcript, milliseconds

# The list's key and two fields that its items have.
_LISTS = {"segments": ("start", "text"), "sentences": ("start_time", "text"), "monologues": ("speaker", "elements")}


_SECONDS = re.compile(r"^\d{1,7}(?:\.\d{1,9})?$")


class SpeechJson(TranscriptReader):
    """One item is one cue; speakers are named by name where the file has it, else by number."""

    name = "speech_json.v1"
    layout = "speech recogniser's JSON"

    def sniff_text(self, text: str, ending: str) -> float:
        if text.lstrip()[:1] not in ("{", "["):
            return 0.0
        head = text[:20_000]
        listed = any(f'"{key}"' in head and all(f'"{one}"' in head for one in fields) for key, fields in _LISTS.items())
        bare = text.lstrip()[:1] == "[" and all(f'"{one}"' in head for one in ("start_time", "text", "speaker_name"))
        return 0.9 if listed or bare else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        transcript = Transcript()
        items = next((found for key in _LISTS if (found := array_under(text, key, "segment"))), None)
        if items is None and text.lstrip().startswith("["):
            items = array_items(text, text.index("["), "segment")
        if items is None:
            raise SourceError(
                f"{source.name} is JSON without a transcript's segments.",
                found=text[:100],
                do=f"give one of the lists: {', '.join(_LISTS)}",
            )
        names = _names(text)
        for item in items:
            cues = list(_cues(item.value, item.locator, names)) if isinstance(item.value, dict) else []
            if not cues and not (isinstance(item.value, dict) and _said(item.value) == ""):
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


def _said(segment: dict[str, Any]) -> str | None:
    """The segment's words; None where it has no field for them."""
    for key in ("raw_text", "text"):
        if isinstance(segment.get(key), str):
            return " ".join(segment[key].split())
    if isinstance(segment.get("elements"), list):
        return " ".join("".join(words(obj(one).get("value")) for one in arr(segment["elements"])).split())
    return None


def _names(text: str) -> dict[str, str]:
    """Names by speaker number, where the file lists its speakers (Rev: id, name; Fireflies: the same)."""
    listed = [obj(item.value) for item in array_under(text, "speakers", "speaker") or []]
    return {words(one["id"]): words(one["name"]) for one in listed if words(one.get("id")) and words(one.get("name"))}


def _cues(segment: dict[str, Any], locator: str, names: dict[str, str]) -> Iterator[Cue]:
    said = _said(segment)
    if said:
        yield Cue(said, locator, _speaker(segment, names), _start(segment))


def _speaker(segment: dict[str, Any], names: dict[str, str]) -> str | None:
    name = segment.get("speaker_name") or segment.get("speaker", segment.get("speaker_id"))
    if isinstance(name, dict):
        name = name.get("name") or name.get("id")
    if name is None or words(name) == "":
        return None
    if words(name) in names:
        return names[words(name)]
    return f"Speaker {words(name)}" if isinstance(name, int) or words(name).isdigit() else words(name)


def _start(segment: dict[str, Any]) -> int | None:
    stamps = [one[key] for one in map(obj, arr(segment.get("elements"))) for key in ("ts", "timestamp") if key in one]
    start = segment.get("start", segment.get("start_time", stamps[0] if stamps else None))
    if isinstance(start, str) and not _SECONDS.match(start):
        return milliseconds(start)
    start = float(start) if isinstance(start, str) else start
    if not isinstance(start, (int, float)) or isinstance(start, bool):
        return None
    return round(start * 1000) if 0 <= start < 1e7 else None
