"""Utterance: one turn of one speaker inside a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record

# "proof" is the company's own text (help, prices), which nobody says to anybody.
ROLES = ("participant", "interviewer", "agent", "bot", "proof", "unknown")
# Only these may carry evidence: nobody counts an interviewer, an agent or a bot as a customer.
EVIDENCE_ROLES = ("participant", "unknown")
# Of these sentences there are vectors.
EMBEDDED_ROLES = (*EVIDENCE_ROLES, "proof")


def turn_id(document_id: str, index: int) -> str:
    """The id of a document's turn, by its place in the conversation from 0: "interview-0001-u0003"."""
    return f"{document_id}-u{index:04d}"


def document_of(utterance_id: str) -> str:
    """The document that a turn is of, by the turn's id ("interview-0001-u0003")."""
    return utterance_id.rpartition("-u")[0]


@dataclass(frozen=True, slots=True)
class Utterance(Record):
    """``document.text[start:end]`` is what was said.

    ``speaker`` is the name as the source gives it (a pseudonym after redaction). ``time_offsets`` (characters into
    the document) and ``time_ms`` run in parallel: from that character on, the recording is at that time.
    ``cut`` names why a stretch is no evidence although its author is ("quoted mail", "signature"), else None.
    ``quotable`` is what its speaker consented to (see Document); set by the redact stage.
    """

    table: ClassVar[str] = "utterances"

    utterance_id: str
    document_id: str
    index: int
    speaker: str | None
    person_id: str
    role: str
    start: int
    end: int
    cut: str | None = None
    created_at: str | None = None
    time_offsets: tuple[int, ...] = ()
    time_ms: tuple[int, ...] = ()
    quotable: str = "external"
