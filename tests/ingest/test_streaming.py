"""A dump of tickets is read record by record, however long it is."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from voc_engine.config import SourceConfig
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.stage import read_source

WORDS = "The export of my bookings does not work since the update and I have to type all of them again by hand. " * 2


def dump(path: Path, rows: int, layout: str) -> Path:
    """About 300 bytes a row."""
    with open(path, "w", encoding="utf-8") as sink:
        for number in range(rows):
            text = f"{number} {WORDS}"
            mail = f"someone{number}@example.org"
            row = {"id": number, "text": text, "email": mail, "date": "2026-01-04"}
            if layout == "zendesk":
                row = {"id": number, "subject": "Export", "description": text, "requester": {"email": mail}, "via": {}}
            sink.write(json.dumps(row) + "\n")
    return path


def held(path: Path, *places: int) -> list[int]:
    """Bytes that the reader holds when it has given so many records and nothing of them is kept."""
    found = []
    options = SourceConfig(path=path.name, kind="ticket")
    tracemalloc.start()
    try:
        for number, _ in enumerate(read_source(SourceFile(path, path.name), options)):
            if number in places:
                found.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    return found


@pytest.mark.parametrize("layout", ["table", "zendesk"])
def test_the_rows_that_were_read_leave_next_to_nothing(tmp_path: Path, layout: str) -> None:
    early, late = held(dump(tmp_path / "tickets.jsonl", 3_000, layout), 1_300, 2_900)
    # What grows is the table of records seen before: at most 64 bytes each.
    assert late - early < 1_600 * 100
