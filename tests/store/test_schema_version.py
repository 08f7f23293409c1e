"""Tables tell in which layout they were written: an older one is read where it can be, else refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from voc_engine.errors import StoreError
from voc_engine.records import Skipped
from voc_engine.store import parts as module
from voc_engine.store.arrow_tables import to_table
from voc_engine.store.parts import PartStore, read_parquet, schema_version, write_parquet

ROW = Skipped("a.csv", "row 3", "empty", "text", "", "fill it in")


def written(monkeypatch: pytest.MonkeyPatch, path: Path, table: pa.Table, version: int) -> Path:
    """A file as another version of the program would have left it."""
    monkeypatch.setattr(module, "SCHEMA_VERSION", version)
    write_parquet(table, path)
    monkeypatch.undo()
    return path


def test_every_table_tells_its_layout(tmp_path: Path) -> None:
    write_parquet(to_table(Skipped, [ROW]), tmp_path / "part.parquet")
    assert schema_version(read_parquet(tmp_path / "part.parquet").schema) == module.SCHEMA_VERSION


def test_a_table_of_an_older_layout_with_the_same_columns_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = PartStore(tmp_path)
    written(monkeypatch, store.path("ingest", "a", Skipped), to_table(Skipped, [ROW]), 1)
    assert store.read("ingest", "a", Skipped) == [ROW]


def test_a_table_of_an_older_layout_with_other_columns_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = PartStore(tmp_path)
    old = to_table(Skipped, [ROW]).drop_columns(["to_do"])
    written(monkeypatch, store.path("ingest", "a", Skipped), old, 1)
    for read in (
        lambda: store.read("ingest", "a", Skipped),
        lambda: store.read_columns("ingest", "a", Skipped, ("to_do",)),
    ):
        with pytest.raises(StoreError, match=r"was made by an earlier version of voc_engine\.") as raised:
            read()
        assert raised.value.do.startswith("run the study again: pseudonyms and decisions stay")


def test_a_table_of_this_layout_with_other_columns_is_damaged(tmp_path: Path) -> None:
    store = PartStore(tmp_path)
    write_parquet(to_table(Skipped, [ROW]).drop_columns(["to_do"]), store.path("ingest", "a", Skipped))
    with pytest.raises(StoreError, match="missing or damaged"):
        store.read("ingest", "a", Skipped)


def test_a_table_of_a_later_layout_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(monkeypatch, tmp_path / "part.parquet", to_table(Skipped, [ROW]), module.SCHEMA_VERSION + 1)
    with pytest.raises(StoreError, match=r"made by a later version of voc_engine\.") as raised:
        read_parquet(path)
    assert raised.value.do == "update voc_engine, or take another workspace"
