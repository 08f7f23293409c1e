"""Immutable Parquet parts: written to a temporary name, synced, renamed. A part that exists is done."""

from __future__ import annotations

import glob
import os
import platform
from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from voc_engine.errors import StoreError
from voc_engine.records import Batch, Record, Vectors
from voc_engine.store.arrow_tables import from_table, schema_of, to_table, vectors_from_table, vectors_to_table

Table = type[Record] | type[Vectors]

# The footer bears no checksum; the number of rows is written a second time, since a lower one would pass unseen.
_ROWS = b"voc_engine.rows"
# From here on the columns of a table are worth a thread each.
_MANY_BYTES = 8_000_000
# The version of the tables' layout: raised whenever a record gains, loses or renames a column. Files of before 0.2.0 bear
# none, and count as 1.
SCHEMA_VERSION = 13
_SCHEMA = b"voc_engine.schema"


def table_name(kind: Table) -> str:
    """Name of a record class's table; vectors are the one table that is not made of records."""
    return "vectors" if kind is Vectors else kind.table  # type: ignore[union-attr]


def write_table(table: pa.Table, sink: IO[bytes]) -> None:
    """The table as Parquet; compression and version are pinned so that the same table gives the same bytes.

    Pages get checksums: without them one flipped bit on disk is read as other words or numbers.
    """
    metadata = {_ROWS: str(table.num_rows).encode(), _SCHEMA: str(SCHEMA_VERSION).encode()}
    counted = table.replace_schema_metadata({**(table.schema.metadata or {}), **metadata})
    pq.write_table(
        counted, sink, compression="zstd", compression_level=3, version="2.6", write_page_checksum=True,
        row_group_size=100_000,
    )  # fmt: skip


def write_parquet(table: pa.Table, path: Path, *, more: bool = False) -> None:
    """Atomic and durable: after a crash the path holds either the whole table or nothing. Raises StoreError.

    ``more``: another table follows into the same folder, whose entries are then made durable together with that one's.
    """
    temporary = path.with_name(f".{path.name}.{writer_here()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb", opener=private) as sink:
            write_table(table, sink)
            sink.flush()
            os.fsync(sink.fileno())
        os.replace(temporary, path)
        if not more:
            _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written.", found=str(error), do="free disk space or rights") from error


def writer_here() -> str:
    """A name for this process among all that may write into a folder that several machines share."""
    return f"{platform.node().replace('/', '-')}-{os.getpid()}"


def private(path: str, flags: int) -> int:
    """An opener of files that other accounts of the machine cannot read: parts hold text as it was before masking."""
    return os.open(path, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The table at a path. Raises StoreError when it is missing, damaged, made by a later version of the program, or
    lacks one of the columns."""
    try:
        # Not "read_table": it plans a scan of a data set, with threads, which for a part costs fifteen times the reading.
        with pq.ParquetFile(path, page_checksum_verification=True) as part:
            table = part.read(list(columns) if columns else None, use_threads=path.stat().st_size > _MANY_BYTES)
    except (OSError, UnicodeDecodeError, pa.ArrowException) as error:
        raise _unreadable(path, columns, error) from error
    check_schema(path, table.schema)
    if lost := [name for name in columns or () if name not in table.column_names]:
        raise other_columns(path, table.schema, f"no column {', '.join(lost)}")
    if (table.schema.metadata or {}).get(_ROWS) != str(table.num_rows).encode():
        raise damaged(path, "another number of rows than was written")
    return table


def read_bytes_as_table(source: IO[bytes]) -> pa.Table:
    """The table in bytes that ``write_table`` made."""
    return pq.read_table(source, partitioning=None)


def _unreadable(path: Path, columns: Sequence[str] | None, error: Exception) -> StoreError:
    """Damage, unless the file is sound and lacks a column that was asked for."""
    with suppress(OSError, pa.ArrowException):
        schema = pq.read_schema(path)
        if lost := [name for name in columns or () if name not in schema.names]:
            return other_columns(path, schema, f"no column {', '.join(lost)}")
    return damaged(path, str(error)[:200])


def schema_version(schema: pa.Schema) -> int:
    """The version of the layout in which a table was written."""
    stated = (schema.metadata or {}).get(_SCHEMA, b"1")
    return int(stated) if stated.isdigit() else 0


def check_schema(path: Path, schema: pa.Schema) -> None:
    """Raises StoreError for a table of a later version: what its columns mean is not known here."""
    if (number := schema_version(schema)) > SCHEMA_VERSION:
        raise StoreError(
            f"{path} was made by a later version of voc_engine.",
            found=f"layout {number}; this version knows layouts up to {SCHEMA_VERSION}",
            do="update voc_engine, or take another workspace",
        )


def other_columns(path: Path, schema: pa.Schema, details: str) -> StoreError:
    """The error for a table whose columns are not those of today: of an earlier version, or damaged."""
    if schema_version(schema) == SCHEMA_VERSION:
        return damaged(path, details)
    return StoreError(
        f"{path} was made by an earlier version of voc_engine.",
        found=f"{details}; layout {schema_version(schema)}, and this version writes layout {SCHEMA_VERSION}",
        do="run the study again: pseudonyms and decisions stay, everything else is made anew from the sources",
    )


def damaged(path: Path, details: str) -> StoreError:
    """The error for a part that cannot be read, with the way out."""
    return StoreError(
        f"{path} is missing or damaged.", found=details, do="delete that file and run the same command again"
    )


class PartStore:
    """Parts of one workspace under ``.voc/parts/<stage>/<name>.<table>.parquet``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, stage: str, name: str, kind: Table) -> Path:
        """Where one table of a part lies."""
        return self.root / stage / f"{name}.{table_name(kind)}.parquet"

    def has(self, stage: str, name: str, kinds: Iterable[Table]) -> bool:
        """Whether every table of the part is there."""
        return all(self.path(stage, name, kind).exists() for kind in kinds)

    def write(self, stage: str, name: str, kinds: Iterable[Table], batch: Batch) -> None:
        """Write every table of the part, also the empty ones: absence means not done."""
        vectors = batch.vectors or empty_vectors()
        every = tuple(kinds)
        for kind in every:
            table = vectors_to_table(vectors) if kind is Vectors else to_table(kind, batch.of(kind))  # type: ignore[arg-type]
            write_parquet(table, self.path(stage, name, kind), more=kind is not every[-1])

    def read(self, stage: str, name: str, kind: type[Record]) -> list[Any]:
        """The records of one table of a part."""
        path = self.path(stage, name, kind)
        table = read_parquet(path)
        if not table.schema.equals(schema_of(kind)):
            raise other_columns(path, table.schema, "other columns than the table has")
        return from_table(kind, table)

    def read_batch(self, stage: str, name: str, kinds: Iterable[type[Record]]) -> Batch:
        """The records of several tables of a part."""
        return Batch({kind: self.read(stage, name, kind) for kind in kinds})

    def rename(self, stage: str, name: str, new: str, kinds: Iterable[Table]) -> None:
        """Give a part another name; a part that bears it already is replaced."""
        for kind in kinds:
            os.replace(self.path(stage, name, kind), self.path(stage, new, kind))

    def remove(self, stage: str, name: str) -> None:
        """Delete every table of a part, whatever tables it has."""
        for path in (self.root / stage).glob(f"{glob.escape(name)}.*.parquet"):
            path.unlink(missing_ok=True)

    def holds(self, stage: str, name: str, column: str, wanted: Set[str]) -> bool:
        """Whether the column of any table of the part has one of the values; a part that cannot be read may have."""
        for path in sorted((self.root / stage).glob(f"{glob.escape(name)}.*.parquet")):
            try:
                table = read_parquet(path)
            except StoreError:
                return True
            if column in table.column_names and not wanted.isdisjoint(table.column(column).to_pylist()):
                return True
        return False

    def names(self, stage: str) -> list[str]:
        """Every part of a stage that is there, whole or not, sorted."""
        return sorted({path.name.split(".")[0] for path in (self.root / stage).glob("*.parquet")})

    def read_some(self, stage: str, name: str, kind: type[Record], column: str, values: Sequence[str]) -> list[Any]:
        """The records whose column holds one of the values."""
        table = read_parquet(self.path(stage, name, kind))
        return from_table(kind, table.filter(pc.is_in(table.column(column), pa.array(values, pa.string()))))

    def read_columns(self, stage: str, name: str, kind: type[Record], columns: Sequence[str]) -> pa.Table:
        """Some columns of one table of a part."""
        return read_parquet(self.path(stage, name, kind), columns)

    def read_vectors(self, stage: str, names: Sequence[str]) -> Vectors:
        """The vectors of several parts as one matrix."""
        tables = [read_parquet(self.path(stage, name, Vectors), ("text_key", "vector")) for name in names]
        filled = [table for table in tables if table.num_rows]
        return vectors_from_table(pa.concat_tables(filled)) if filled else empty_vectors()

    def sweep(self) -> int:
        """Remove what a killed run left half written; number of files removed."""
        leftovers = [path for path in self.root.glob("*/.*.tmp") if path.is_file()]
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)


# Begins the last piece of the name of a part in which a language model's answers were taken in; no hash does.
ASSISTED = "m"


def before_decisions(part: str) -> str:
    """The part on which decisions were replayed, by the name of what came of it; itself where none were."""
    before, _, last = part.rpartition("-")
    return before if before and not last.startswith(ASSISTED) else part


def empty_vectors() -> Vectors:
    """No vectors."""
    import numpy as np

    return Vectors((), np.zeros((0, 0), np.float32))
