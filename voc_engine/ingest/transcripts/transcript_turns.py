"""Cues (what one time line or speaker line covers) and how they become turns, speakers and roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, quarantine
from voc_engine.ingest.decoding import is_broken
from voc_engine.ingest.identity import Identity, is_generic_label, speaker_key
from voc_engine.ingest.pieces import Piece, build, document_id
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.recording_times import CLOCK, milliseconds
from voc_engine.ingest.transcripts.roles import (
    Turn,
    assign_roles,
    names_part,
    part_named,
    plain_name,
    same_name,
    unattributed,
)
from voc_engine.records import Document, Skipped

# Bounds for hostile files: a talk has few speakers, and who they are stands in few lines above it.
# Why words of a voice that nobody knows, or of many at once, are no evidence.
NOBODY = "nobody knows who said it"
_PREAMBLE_SEARCHED = 20_000
_LABELS_COMPLETED = 500


@dataclass(frozen=True)
class Cue:
    """A stretch of words. ``speaker`` None: nobody is named here. ``carry``: with no name the last speaker goes on."""

    text: str
    locator: str
    speaker: str | None = None
    start_ms: int | None = None
    carry: bool = True


@dataclass
class Transcript:
    """What a transcript format's parser finds. ``joiner`` stands between two cues of one turn."""

    cues: list[Cue] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    interviewers: list[str] = field(default_factory=list)
    participants: list[str] = field(default_factory=list)
    created_at: str | None = None
    title: str | None = None
    preamble: str = ""
    joiner: str = " "
    notes: list[str] = field(default_factory=list)


# Round brackets may hold a time of day that somebody tells. Few blanks are taken along: many would be tried at each of them.
_WITHIN = re.compile(
    rf"\s{{0,4}}(?:\*\*)?(?:\[(?P<a>{CLOCK})\]|\{{(?P<b>{CLOCK})\}}|<(?P<c>{CLOCK})>)(?:\*\*)?\s{{0,4}}"
)


def holds_times(cues: Sequence[Cue]) -> bool:
    """Whether words hold several times of the recording in brackets, each later than the one before."""
    times = [
        milliseconds(mark["a"] or mark["b"] or mark["c"]) or 0 for cue in cues for mark in _WITHIN.finditer(cue.text)
    ]
    return len(times) > 1 and all(one < two for one, two in pairwise(times))


def split_at_times(cue: Cue) -> list[Cue]:
    """The cue in pieces at the times inside its words, which are kept as times and are no words."""
    marks = list(_WITHIN.finditer(cue.text))
    if not marks:
        return [cue]
    stops = [*(mark.start() for mark in marks), len(cue.text)]
    pieces = [replace(cue, text=cue.text[: stops[0]])] if cue.text[: stops[0]].strip() else []
    for mark, stop in zip(marks, stops[1:], strict=True):
        start = milliseconds(mark["a"] or mark["b"] or mark["c"])
        if words := cue.text[mark.end() : stop].strip():
            pieces.append(replace(cue, text=words, start_ms=start, speaker=cue.speaker))
    return pieces


def sound_cues(transcript: Transcript, source: SourceFile) -> tuple[list[Cue], list[Skipped]]:
    """Cues that can be stored; those with bytes that belong to no encoding are set aside."""
    sound = [cue for cue in transcript.cues if not is_broken(cue.text + (cue.speaker or ""))]
    broken = [
        quarantine(
            source,
            cue.locator,
            "bytes that do not belong to the file's encoding",
            expected="text in one encoding",
            found=f"{cue.speaker or ''} {cue.text}".strip(),
            to_do="export the file again as UTF-8, or set encoding for this source",
        )
        for cue in transcript.cues
        if is_broken(cue.text + (cue.speaker or ""))
    ]
    return sound, broken


def turns_of(cues: Sequence[Cue], joiner: str) -> list[Turn]:
    """Consecutive cues of one speaker as one turn, with the time at which each cue's words begin."""
    groups: list[tuple[str | None, list[Cue]]] = []
    speaker: str | None = None
    for cue in cues:
        if cue.speaker is not None or not cue.carry:
            speaker = cue.speaker
        if not cue.text:
            continue
        if not groups or groups[-1][0] != speaker:
            groups.append((speaker, []))
        groups[-1][1].append(cue)
    return [_turn(speaker, said, joiner) for speaker, said in groups]


def _turn(speaker: str | None, cues: Sequence[Cue], joiner: str) -> Turn:
    at = 0
    times: list[tuple[int, int]] = []
    for cue in cues:
        times += _time(cue, at)
        at += len(cue.text) + len(joiner)
    return Turn(joiner.join(cue.text for cue in cues), speaker, tuple(times))


def _time(cue: Cue, offset: int) -> tuple[tuple[int, int], ...]:
    return () if cue.start_ms is None else ((offset, cue.start_ms),)


def assemble(
    source: SourceFile, options: SourceConfig, transcript: Transcript, kind: str, session: int = 0
) -> Iterator[Conversation | Skipped]:
    """The conversation of a transcript, and what was set aside in it; ``session`` counts those of one file from 0."""
    yield from transcript.skipped
    cues, broken = sound_cues(transcript, source)
    yield from broken
    turns = turns_of(cues, transcript.joiner)
    if not turns:
        yield quarantine(
            source,
            "whole file",
            "no spoken words in the file",
            expected="at least one turn with words",
            found="none",
            to_do="check that the export is complete",
        )
        return
    kind = options.kind or kind
    locator = f"session {session + 1}" if session else "transcript"
    new_id = document_id(kind, source.name, locator)
    plain, parts = with_plain_names(turns)
    roles = assign_roles(plain, options, transcript.interviewers, transcript.participants, parts)
    nobody = unattributed(roles)
    full = full_names({turn.speaker for turn in plain if turn.speaker}, transcript, options)
    pieces = [
        Piece(
            turn.text,
            _key(full.get(name or "", name), new_id),
            roles[name],
            turn.speaker,
            cut=NOBODY if name in nobody else None,
            times=turn.times,
        )
        for turn, name in ((turn, bare.speaker) for turn, bare in zip(turns, plain, strict=True))
    ]
    frame = Document(
        document_id=new_id,
        kind=kind,
        source=source.name,
        locator=locator,
        person_id=_main_person(pieces),
        text="",
        title=transcript.title,
        created_at=transcript.created_at,
        channel=options.channel,
        attributes=_identity(pieces, full),
    )
    yield build(frame, pieces)


def with_plain_names(turns: Sequence[Turn]) -> tuple[list[Turn], dict[str, str]]:
    """(turns under the names alone, parts that longer forms of the names told); the words stay."""
    plain = {turn.speaker: plain_name(turn.speaker) for turn in turns if turn.speaker}
    pairs = ((plain[label], part_named(label)) for label in plain)
    parts = {name: part for name, part in pairs if part}
    return [replace(turn, speaker=plain[turn.speaker]) if turn.speaker else turn for turn in turns], parts


def _key(label: str | None, document: str) -> str:
    """Key of a speaker; one of a part ("P3", "Assistant moderator") is bound to the document."""
    part = label is not None and names_part(label) and not is_generic_label(label)
    return f"speaker:{document}:{label.casefold()}" if part and label else speaker_key(label, document)


def _words_by_person(pieces: Sequence[Piece]) -> dict[str, int]:
    """Words per person among those who may give evidence; all persons where nobody may."""
    chosen = [piece for piece in pieces if piece.role in ("participant", "unknown")] or list(pieces)
    words: dict[str, int] = {}
    for piece in chosen:
        words[piece.person_id] = words.get(piece.person_id, 0) + len(piece.text.split())
    return words


def _main_person(pieces: Sequence[Piece]) -> str:
    words = _words_by_person(pieces)
    return min(words, key=lambda person: (-words[person], person))


def full_names(labels: set[str], transcript: Transcript, options: SourceConfig) -> dict[str, str]:
    """First-name labels -> full names, where the configuration or the lines above the talk name exactly one."""
    stated = [*options.interviewers, *options.participants, *transcript.interviewers, *transcript.participants]
    completed: dict[str, str] = {}
    preamble = transcript.preamble[:_PREAMBLE_SEARCHED]
    for label in sorted(labels)[:_LABELS_COMPLETED]:
        if len(label.split()) != 1 or is_generic_label(label):
            continue
        names = {name for name in stated if same_name(label, name) and len(name.split()) > 1}
        pattern = rf"\b{re.escape(label)}[ \t]+(?P<last>[^\W\d_a-z][\w'’\-]+)"
        names |= {f"{label} {match['last']}" for match in re.finditer(pattern, preamble)}
        if len(names) == 1:
            completed[label] = names.pop()
    return completed


def _identity(pieces: Sequence[Piece], full: dict[str, str]) -> dict[str, str]:
    main = _main_person(pieces)
    speaker = next(piece.speaker for piece in pieces if piece.person_id == main)
    named = main.startswith("name:") and speaker
    name = plain_name(speaker) if speaker else ""
    return Identity(name=" ".join(full.get(name, name).split())).attributes() if named and name else {}
