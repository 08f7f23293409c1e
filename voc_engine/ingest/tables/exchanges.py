"""Tables with a row per message: the rows of one conversation become a document with its turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.counterparts import unanswered
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.identity import Identity
from voc_engine.ingest.pieces import Piece, build, document_id
from voc_engine.ingest.tables.answering import author_marks
from voc_engine.ingest.tables.cells import plain
from voc_engine.ingest.tables.flags import NOTE, UNTOLD
from voc_engine.ingest.tables.row_documents import (
    PRIVATE,
    Faults,
    TableReading,
    frame_of,
    identity_of,
    parts_of,
    role_of,
    told_by,
    told_faults,
    untold,
    why_not,
    without_author,
)
from voc_engine.ingest.tables.table import Row
from voc_engine.records import Skipped

# A run of rows this long under one id is read in pieces, so that memory stays bounded.
_LONGEST_EXCHANGE = 5_000


def exchanges_of(reading: TableReading) -> Iterator[Conversation | Skipped]:
    """Rows that follow each other under one id of a conversation are its turns."""
    faults = Faults()
    rows: list[Row] = []
    current = ""
    for row in reading.table.rows:
        if isinstance(row, Skipped):
            yield row
            continue
        thread = row.cells.get(reading.thread or "", "").strip()
        if rows and (not thread or thread != current or len(rows) >= _LONGEST_EXCHANGE):
            yield from _exchange(reading, rows, faults)
            rows = []
        current = thread
        rows.append(row)
    if rows:
        yield from _exchange(reading, rows, faults)
    yield from told_faults(reading, faults)


def _exchange(reading: TableReading, rows: Sequence[Row], faults: Faults) -> Iterator[Conversation | Skipped]:
    (column, _), *_rest = reading.mapping.texts
    written: list[tuple[Row, str, str]] = []
    for row in rows:
        text, role = plain(row.cells.get(column, "").strip()), told_by(reading, row)
        reason = why_not(reading.kind, text, None)
        if reason is not None:
            yield set_aside(reading.source, row.locator, reason, text or without_author(reading.mapping, row))
        elif role == UNTOLD:
            yield untold(reading, row)
        else:
            written.append((row, text, role))
    if not written:
        return
    voices = {author_marks(reading.mapping, row, "")[0] for row, _, _ in written}
    if reading.sides.staff and len(voices) > 1 and not any(role == "agent" for _, _, role in written):
        yield unanswered(reading.source, rows[0].locator, "\n".join(text for _, text, _ in written))
        return
    opening = next((row for row, _, role in written if role in ("", "participant")), written[0][0])
    native = opening.cells.get(reading.thread or "", "").strip() or opening.locator
    new_id = document_id(reading.kind, reading.source.name, native)
    customer = identity_of(reading, opening)
    frame = frame_of(
        reading, opening, new_id, customer.key(new_id), None, reading.mapping.get("title", opening), faults
    )
    frame = replace(frame, locator=f"{rows[0].locator}, {reading.thread} {native}")
    yield build(frame, [piece for each in written for piece in _turn(reading, *each, new_id, customer)])


def _turn(reading: TableReading, row: Row, text: str, stated: str, new_id: str, customer: Identity) -> Iterator[Piece]:
    who = identity_of(reading, row)
    role = role_of(reading, row, who, text, stated)
    key = who.key(new_id)
    if role != "participant" and key in (f"anonymous:{new_id}", customer.key(new_id)):
        # The row names the conversation's customer, or nobody: staff is never the same person.
        key = f"speaker:{new_id}:{role}"
    speaker = (who.name or who.handle or who.email or None) if not key.startswith("speaker:") else None
    written = parse_date(reading.mapping.get("date", row), reading.mapping.dates.day_first, reading.mapping.utc)
    for part, cut in parts_of(reading.kind, text):
        yield Piece(part, key, role, speaker, PRIVATE if stated == NOTE else cut, written)
