"""What caption formats share: time lines, tags, entities, rolling repeats, speakers inside cues."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.roles import same_name
from voc_engine.ingest.transcripts.speakers import accepted_labels, name_shaped, split_label
from voc_engine.ingest.transcripts.transcript_turns import Cue
from voc_engine.records import Skipped

# Some programs leave the milliseconds out.
_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
# Anchored: an arrow inside a sentence is no time line.
ARROW = re.compile(rf"^\s*(?P<start>{_TIME})\s*-->\s*(?P<end>{_TIME})(?=\s|$)(?P<settings>.*)$")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t](?P<name>[^<>]*)>|</v>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|lang|font|v)(?:\.[^\s<>]*)?(?:[ \t][^<>]*)?>|<(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}>",
    re.IGNORECASE,
)
_TIME_TAG = re.compile(r"<(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}>")
_BRACKETED = re.compile(r"^\[(?P<label>[^\[\]:]{1,60})\]:?[ \t]+(?=\S)")
_SOUNDS_WORDS = (
    "music applause laughter laughs laughing silence inaudible crosstalk noise unintelligible pause cheering sighs "
    "musik gelächter beifall lachen musique rires applaudissements música risas aplausos musica risate applausi"
)
_SOUNDS = frozenset(_SOUNDS_WORDS.split())
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


@dataclass(frozen=True)
class Caption:
    """A cue as it stands in the file: its lines of payload, tags and all."""

    lines: tuple[str, ...]
    start_ms: int
    end_ms: int
    locator: str


def plain(text: str) -> str:
    """Payload without tags, entities decoded, blanks at the ends removed. Unknown tags are words and stay."""
    return " ".join(_ENTITY.sub(lambda m: html.unescape(m[0]), _TAG.sub("", text)).strip().split())


def without_repeats(captions: Sequence[Caption], source: SourceFile) -> tuple[list[Caption], list[Skipped]]:
    """Rolling captions show each line twice, at the bottom and then on top; the second showing is dropped.

    Only in files that roll (time tags in the payload, or a third of the cues begin with the end of the one before):
    elsewhere somebody may really have said "No." twice.
    """
    overlaps = [_overlap(one, two) for one, two in pairwise(captions)]
    rolling = sum(1 for overlap in overlaps if overlap)
    timed = any(_TIME_TAG.search(line) for caption in captions for line in caption.lines)
    if rolling <= 1 or (rolling < 0.3 * len(overlaps) and not timed):
        return list(captions), []
    new, dropped = [captions[0]], []
    for caption, overlap in zip(captions[1:], overlaps, strict=True):
        lines = [line for line in caption.lines if plain(line)]
        dropped += lines[:overlap]
        new.append(Caption(tuple(lines[overlap:]), caption.start_ms, caption.end_ms, caption.locator))
    text = " / ".join(plain(line) for line in dropped)
    return new, [set_aside(source, "cues", "rolling caption repeats the line before", text, len(dropped))]


def _overlap(before: Caption, after: Caption) -> int:
    """How many lines at the beginning of ``after`` were the last ones of ``before``."""
    if after.start_ms > before.end_ms + 100:
        return 0
    ending = [plain(line) for line in before.lines if plain(line)]
    two = [plain(line) for line in after.lines if plain(line)]
    return max((n for n in range(1, min(len(ending), len(two)) + 1) if ending[-n:] == two[:n]), default=0)


def voiced(caption: Caption) -> list[tuple[str | None, str]]:
    """(speaker, text) parts of a cue by its ``<v Name>`` tags; a missing closing tag ends with the next or the cue."""
    text = "\n".join(caption.lines)
    parts: list[tuple[str | None, str]] = []
    speaker: str | None = None
    at = 0
    for match in _VOICE.finditer(text):
        parts.append((speaker, plain(text[at : match.start()])))
        speaker = plain(match["name"]) or None if match["name"] is not None else None
        at = match.end()
    parts.append((speaker, plain(text[at:])))
    return [(name, words) for name, words in parts if words]


def cues_of(captions: Sequence[Caption], options: SourceConfig) -> list[Cue]:
    """Cues with their speakers: from voice tags, else from "Name: text" and ">>" at the beginning of a cue."""
    parts = [(caption, name, text) for caption in captions for name, text in voiced(caption)]
    bare = [split_label(_without_marker(text)[1]) for _, name, text in parts if name is None]
    labels = accepted_labels((label for label, _ in bare), len(bare), options)
    if not labels and (labels := _bracketed([text for _, name, text in parts if name is None])):
        parts = [
            (caption, name, _BRACKETED.sub(_as_label, text) if name is None else text) for caption, name, text in parts
        ]
    return [cue for caption, name, text in parts for cue in _cue(caption, name, text, labels)]


def _as_label(match: re.Match[str]) -> str:
    return f"{match['label'].strip()}: "


def _bracketed(texts: Sequence[str]) -> set[str]:
    """Speakers as "[Jane] text": names that return with words behind them, two at least; "[Music]" is a sound."""
    counts = Counter(match["label"].strip() for text in texts if (match := _BRACKETED.match(text)))
    names = {one for one in counts if counts[one] > 1 and name_shaped(one) and one.casefold() not in _SOUNDS}
    silent = any(_BRACKETED.sub("", text) == text and text.startswith("[") for text in texts)
    return names if len(names) > 1 and len(names) == len(counts) and not silent else set()


def is_sound(label: str) -> bool:
    """Whether a bracket holds a sound ("[Music]") and no name."""
    return label.casefold() in _SOUNDS


def _without_marker(text: str) -> tuple[bool, str]:
    stripped = re.sub(r"^(?:>>+|»)\s*", "", text)
    return stripped != text, stripped


def _cue(caption: Caption, name: str | None, text: str, labels: set[str]) -> list[Cue]:
    changed, text = _without_marker(text)
    label, rest = split_label(text)
    if name is None and label in labels:
        name, text = label, rest
    elif name is not None and label and rest and same_name(label, name):
        # Some programs write the name into the tag and into the words.
        text = rest
    return [Cue(text, caption.locator, name, caption.start_ms, carry=not (changed and name is None))]
