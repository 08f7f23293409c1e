"""Arrays beside the records: what is written is read, column by column, over several files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voc_engine.errors import StoreError
from voc_engine.records import Batch, Document
from voc_engine.store.arrays import read_arrays, write_arrays
from voc_engine.store.parts import PartStore


def columns(amount: int) -> dict[str, np.ndarray]:
    return {
        "id": np.array([f"ticket-{number}".encode() for number in range(amount)], np.bytes_),
        "hash": np.arange(amount, dtype=np.uint64) + np.uint64(1 << 63),
        "sketch": np.arange(4 * amount, dtype=np.uint8).reshape(amount, 4),
    }


def test_columns_of_several_files_follow_each_other(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "empty", tmp_path / "b"]
    for path, amount in zip(paths, (3, 0, 2), strict=True):
        write_arrays(path, columns(amount))
    assert read_arrays(paths, "id").tolist() == [b"ticket-0", b"ticket-1", b"ticket-2", b"ticket-0", b"ticket-1"]
    assert read_arrays(paths, "hash").tolist() == [(1 << 63) + number for number in (0, 1, 2, 0, 1)]
    assert read_arrays(paths, "sketch").shape == (5, 4)
    assert read_arrays(paths, "sketch")[4].tolist() == [4, 5, 6, 7]


def test_nothing_but_empty_files_is_an_empty_column(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", columns(0))
    assert [len(read_arrays([tmp_path / "a"], name)) for name in columns(0)] == [0, 0, 0]


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"half")
    with pytest.raises(StoreError, match="missing or damaged"):
        read_arrays([tmp_path / "a"], "id")


def test_some_records_of_a_part_are_read_by_a_column(tmp_path: Path) -> None:
    store = PartStore(tmp_path)
    documents = [Document(f"d{number}", "post", "a.csv", f"row {number}", "P0001", "x") for number in range(4)]
    store.write("ingest", "p", (Document,), Batch.make((Document, documents)))
    assert store.read_some("ingest", "p", Document, "document_id", ["d3", "d1", "none"]) == [documents[1], documents[3]]
