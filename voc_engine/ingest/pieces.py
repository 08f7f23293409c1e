"""Building a Conversation: pieces of text by one author each, joined by line feeds, with exact places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.dialogues import Said
from voc_engine.records import Document, Utterance, stable_hash, turn_id

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Piece:
    """What one author said in one go. ``times`` are (character in ``text``, milliseconds of the recording)."""

    text: str
    person_id: str
    role: str
    speaker: str | None = None
    cut: str | None = None
    created_at: str | None = None
    times: tuple[tuple[int, int], ...] = ()


def document_id(kind: str, source_name: str, native: str) -> str:
    """The same for the same record of the same file, on every run."""
    return f"{kind}-{stable_hash(source_name, native)}"


def build(frame: Document, pieces: Sequence[Piece]) -> Conversation:
    """``frame`` with its text and utterances filled in from the pieces, in order; empty pieces are left out."""
    texts: list[str] = []
    utterances: list[Utterance] = []
    at = 0
    for piece in (piece for piece in pieces if piece.text.strip()):
        utterances.append(_utterance(frame.document_id, len(utterances), piece, at))
        texts.append(piece.text)
        at += len(piece.text) + 1
    return Conversation(replace(frame, text="\n".join(texts)), tuple(utterances))


def _utterance(document: str, index: int, piece: Piece, at: int) -> Utterance:
    return Utterance(
        utterance_id=turn_id(document, index),
        document_id=document,
        index=index,
        speaker=piece.speaker,
        person_id=piece.person_id,
        role=piece.role,
        start=at,
        end=at + len(piece.text),
        cut=piece.cut,
        created_at=piece.created_at,
        time_offsets=tuple(at + offset for offset, _ in piece.times),
        time_ms=tuple(ms for _, ms in piece.times),
    )


def dialogue_pieces(talk: Sequence[Said], person: str, new_id: str) -> list[Piece]:
    """The turns of a conversation that was written down in one text, ``person`` the customer's key."""
    return [
        Piece(one.text, person if one.role == "participant" else f"speaker:{new_id}:{one.role}", one.role, one.label)
        for one in talk
    ]


def adds_words(title: str, body: str) -> bool:
    """Whether a title holds a word that the body does not, so that leaving it out would lose something."""
    title, body = " ".join(title.casefold().split()).rstrip(" .…"), " ".join(body.casefold().split())
    if body.startswith(title):
        # A program cuts the beginning of a text wherever it has no more room.
        return False
    have = set(_WORD.findall(body))
    return any(word not in have for word in _WORD.findall(title))


def renamed(conversation: Conversation, new_id: str) -> Conversation:
    """The same conversation under another document id (two records of one file bear the same id)."""
    old = conversation.document.document_id

    def moved(person: str) -> str:
        kind, _, rest = person.partition(":")
        if kind in ("anonymous", "speaker") and rest.split(":")[0] == old:
            return f"{kind}:{new_id}{rest[len(old) :]}"
        return person

    document = replace(conversation.document, document_id=new_id, person_id=moved(conversation.document.person_id))
    utterances = tuple(
        replace(u, document_id=new_id, utterance_id=turn_id(new_id, u.index), person_id=moved(u.person_id))
        for u in conversation.utterances
    )
    return Conversation(document, utterances)
