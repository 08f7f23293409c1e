"""A plug-in: jot notes of an interview, and a small embedder that needs no model.

A jot note begins with a line "jot 1", then the date and the participant's name; "? " opens what the interviewer asked,
"! " what the participant answered:

    jot 1
    2026-03-02 Maren Holt
    ? What did you hope for?
    ! Fewer phone calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest import Conversation, SourceFile
from voc_engine.ingest.contract import quarantine
from voc_engine.ingest.pieces import Piece, build, document_id
from voc_engine.records import Document, Skipped

_FIRST = "jot 1"
_WHO = re.compile(r"^(?P<date>\d{4}-\d{2}-\d{2})\s+(?P<name>\S.*)$")
_ROLES = {"? ": "interviewer", "! ": "participant"}


class JotReader:
    """One file is one interview."""

    name = "jot.v1"
    kind = "interview"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        return 1.0 if head.split(b"\n", 1)[0].strip() == _FIRST.encode() else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        lines = _lines(source)
        who = _WHO.match(lines[1]) if len(lines) > 1 else None
        if lines[0].strip() != _FIRST or who is None:
            raise SourceError(
                f"{source.name} is no jot note.",
                found=" / ".join(lines[:2]),
                do=f"begin the file with {_FIRST!r} and a line such as '2026-03-02 Maren Holt'",
            )
        kind = options.kind or self.kind
        new_id = document_id(kind, source.name, "whole file")
        person = f"name:{who['name'].casefold()}"
        people = {"participant": (person, who["name"]), "interviewer": (f"speaker:{new_id}:interviewer", None)}
        pieces = []
        for number, line in enumerate(lines[2:], 3):
            role = _ROLES.get(line[:2])
            if role is not None:
                pieces.append(Piece(line[2:].strip(), people[role][0], role, people[role][1]))
            elif line.strip():
                yield quarantine(
                    source, f"line {number}", "line that is neither a question nor an answer",
                    expected="'? ' or '! ' and then words", found=line, to_do="mark who said it",
                )  # fmt: skip
        if any(piece.text for piece in pieces):
            frame = Document(new_id, kind, source.name, "whole file", person, "", created_at=who["date"])
            yield build(frame, pieces)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        return [f"layout: jot note of {len(_lines(source)) - 2} lines"]


def _lines(source: SourceFile) -> list[str]:
    return source.read_whole().decode("utf-8", "replace").splitlines() or [""]


class TrigramEmbedder:
    """Counts of three letters in a row, hashed into 256 columns: alike spelling gives alike vectors."""

    name = "trigrams.v1"
    revision = "1"

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Matrix of shape (len(texts), 256), float32, rows of length 1."""
        matrix = np.zeros((len(texts), 256), np.float32)
        for row, text in enumerate(texts):
            padded = f"  {text.casefold()}  "
            for at in range(len(padded) - 2):
                matrix[row, crc32(padded[at : at + 3].encode()) % 256] += 1
            matrix[row] /= np.sqrt((matrix[row] ** 2).sum())
        return matrix
