"""Parts: whole or absent, checked for damage, the same bytes for the same table."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from voc_engine.errors import StoreError
from voc_engine.records import Batch, Document, Skipped, Utterance, Vectors
from voc_engine.store import parts as parts_module
from voc_engine.store.arrow_tables import to_table
from voc_engine.store.parts import PartStore, read_parquet, write_parquet
from voc_engine.store.workspace import read_json, write_bytes

WRITES = (Document, Utterance, Skipped)


def documents(count: int) -> list[Document]:
    rng = random.Random(7)
    return [
        Document(f"d{row}", "review", "r.csv", f"row {row}", "P0001", f"It broke {rng.random()} times.", rating=1.0)
        for row in range(count)
    ]


def table(count: int = 3) -> pa.Table:
    return to_table(Document, documents(count))


def fail(*_: Any, **__: Any) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("owner", "name"), [(os, "replace"), (os, "fsync"), (parts_module.pq, "write_table")], ids=lambda one: str(one)[:20]
)
def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
    monkeypatch.setattr(owner, name, fail)
    with pytest.raises(StoreError, match="cannot be written") as raised:
        write_parquet(table(), tmp_path / "part.parquet")
    assert "No space left" in raised.value.found
    assert raised.value.do
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "part.parquet"
    write_parquet(table(2), path)
    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(StoreError):
        write_parquet(table(3), path)
    assert read_parquet(path).equals(table(2))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be written"):
        write_parquet(table(), tmp_path / "file" / "part.parquet")
    with pytest.raises(StoreError, match="cannot be written"):
        write_bytes(tmp_path / "file" / "manifest.json", b"{}")


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    write_parquet(table(), tmp_path / "a.parquet")
    write_parquet(table(), tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_no_flipped_bit_is_read_as_other_words(tmp_path: Path) -> None:
    """Regression: without checksums a third of all single flipped bits gave other records without a word."""
    store = PartStore(tmp_path)
    rows = documents(40)
    store.write("ingest", "p", WRITES, Batch.make((Document, rows)))
    path = store.path("ingest", "p", Document)
    good = path.read_bytes()
    rng = random.Random(3)
    noticed = 0
    for _ in range(120):
        damaged = bytearray(good)
        damaged[rng.randrange(len(good))] ^= 1 << rng.randrange(8)
        path.write_bytes(damaged)
        try:
            found = store.read("ingest", "p", Document)
        except StoreError as error:
            noticed += "delete that file and run the same command again" in error.do
        else:
            assert found == rows
    assert noticed > 50


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"not parquet at all"])
def test_a_truncated_part_says_what_to_do(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "part.parquet"
    path.write_bytes(damage)
    with pytest.raises(StoreError, match="is missing or damaged") as raised:
        read_parquet(path)
    assert "delete that file" in raised.value.do


def test_a_part_that_lacks_a_column_is_damaged(tmp_path: Path) -> None:
    store = PartStore(tmp_path)
    write_parquet(table().drop_columns(["text"]), store.path("ingest", "p", Document))
    with pytest.raises(StoreError, match="damaged"):
        store.read("ingest", "p", Document)
    with pytest.raises(StoreError, match="damaged"):
        store.read_columns("ingest", "p", Document, ("document_id", "text"))


def test_a_missing_part_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing"):
        PartStore(tmp_path).read("ingest", "p", Document)


def test_a_part_is_there_when_all_its_tables_are(tmp_path: Path) -> None:
    store = PartStore(tmp_path)
    store.write("ingest", "p", WRITES, Batch.make((Document, documents(1))))
    assert store.has("ingest", "p", WRITES)
    assert store.read("ingest", "p", Utterance) == []
    store.path("ingest", "p", Skipped).unlink()
    assert not store.has("ingest", "p", WRITES)


def test_vectors_of_several_parts_become_one_matrix(tmp_path: Path) -> None:
    store = PartStore(tmp_path)
    for name, value in (("a", 1.0), ("b", 2.0)):
        vectors = Vectors((f"k{name}",), np.full((1, 3), value, np.float32))
        store.write("embed", name, (Vectors,), Batch(vectors=vectors))
    store.write("embed", "empty", (Vectors,), Batch())
    found = store.read_vectors("embed", ["b", "empty", "a"])
    assert found.keys == ("kb", "ka")
    assert found.matrix.tolist() == [[2.0] * 3, [1.0] * 3]
    assert store.read_vectors("embed", ["empty"]).keys == ()


def test_sweep_removes_what_a_killed_run_left(tmp_path: Path) -> None:
    store = PartStore(tmp_path)
    store.write("ingest", "p", WRITES, Batch())
    (tmp_path / "ingest" / ".q.documents.parquet.4711.tmp").write_bytes(b"half")
    before = sorted(path.name for path in (tmp_path / "ingest").glob("p.*"))
    assert store.sweep() == 1
    assert sorted(path.name for path in (tmp_path / "ingest").iterdir()) == before
    assert store.sweep() == 0


def test_a_damaged_json_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "latest").write_text('{"run_id": ')
    with pytest.raises(StoreError, match="damaged") as raised:
        read_json(tmp_path / "latest")
    assert "delete that file" in raised.value.do
