"""A dump of tickets is read record by record, however long it is."""

from __future__ import annotations

import json
import tracemalloc
from collections import deque
from pathlib import Path

import pytest

from voc_engine.config import SourceConfig
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.stage import read_source

WORDS = "The export of my bookings does not work since the update and I have to type all of them again by hand. " * 8


def dump(path: Path, rows: int, layout: str) -> Path:
    """About a kilobyte a row."""
    with open(path, "w", encoding="utf-8") as sink:
        for number in range(rows):
            text = f"{number} {WORDS}"
            mail = f"someone{number}@example.org"
            row = {"id": number, "text": text, "email": mail, "date": "2026-01-04"}
            if layout == "zendesk":
                row = {"id": number, "subject": "Export", "description": text, "requester": {"email": mail}, "via": {}}
            sink.write(json.dumps(row) + "\n")
    return path


def peak(path: Path) -> int:
    """Most bytes at once while the file is read and nothing is kept."""
    options = SourceConfig(path=path.name, kind="ticket")
    tracemalloc.start()
    try:
        deque(read_source(SourceFile(path, path.name), options), maxlen=0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("layout", ["table", "zendesk"])
def test_five_times_the_rows_take_no_more_memory(tmp_path: Path, layout: str) -> None:
    peak(dump(tmp_path / "warm.jsonl", 1_100, layout))
    short = peak(dump(tmp_path / "short.jsonl", 1_500, layout))
    path = dump(tmp_path / "long.jsonl", 7_500, layout)
    long = peak(path)
    # What grows is the table of records seen before: at most 64 bytes each, half as much again while it grows.
    assert long - short < 7_500 * 100
    assert long < path.stat().st_size
