"""Parquet tables, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import quarantine
from voc_engine.ingest.jsonscan import words
from voc_engine.ingest.ranges import ranges_at
from voc_engine.ingest.source import FileRange, NotInRanges, SourceFile
from voc_engine.ingest.tables.records import FLAT_DEPTH, flat
from voc_engine.ingest.tables.sheets import cell_text
from voc_engine.ingest.tables.table import Row, Table, with_sample
from voc_engine.ingest.tables.table_reader import TableReader
from voc_engine.records import Skipped

_BATCH_ROWS = 1_000  # rows read at a time; memory, no result


class Parquet(TableReader):
    """Columns of any plain type; keys of nested ones with dots, so that {"author": {"name"}} is known as a person."""

    name = "parquet.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        return 1.0 if head[:4] == b"PAR1" else 0.0

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        import pyarrow.parquet as pq

        with source.seekable() as stream:
            try:
                file = pq.ParquetFile(stream)
                columns = [name for one in file.schema_arrow for name in _column_names(one)]
            except Exception as error:
                raise SourceError(
                    f"{source.name} is not a sound Parquet file.", found=str(error)[:300], do="write it again"
                ) from error
            yield with_sample(source.content_name, columns, _rows(source, file, columns), [], _same)

    def ranges(self, source: SourceFile, options: SourceConfig, size: int) -> list[FileRange]:
        import pyarrow.parquet as pq

        if source.packing:
            return []
        groups = pq.read_metadata(source.path)
        cuts, bytes_in_range, rows = [(0, 0)], 0, 0
        for number in range(groups.num_row_groups):
            if bytes_in_range >= size:
                cuts.append((number, rows))
                bytes_in_range = 0
            bytes_in_range += groups.row_group(number).total_byte_size
            rows += groups.row_group(number).num_rows
        return ranges_at(cuts)

    def records_in(self, source: SourceFile, options: SourceConfig) -> Iterator[Row | Skipped]:
        import pyarrow.parquet as pq

        with source.open() as stream:
            yield from _rows(source, pq.ParquetFile(stream), [])


def _column_names(column: Any, prefix: str = "", depth: int = FLAT_DEPTH + 1) -> list[str]:
    """The dotted names under which ``flat`` gives a column's cells."""
    import pyarrow as pa

    name = f"{prefix}{column.name}"
    if not depth or not pa.types.is_struct(column.type):
        return [name]
    return [inner for one in column.type for inner in _column_names(one, f"{name}.", depth - 1)]


def _same(part: SourceFile, records: Iterator[Any]) -> Iterator[Row | Skipped]:
    return records


def _groups(file: Any, part: FileRange) -> list[int]:
    """The row groups of a range."""
    groups, rows, number = [], part.before, part.start
    while number < file.num_row_groups and (part.until is None or rows < part.until):
        groups.append(number)
        rows += file.metadata.row_group(number).num_rows
        number += 1
    return groups


def _rows(source: SourceFile, file: Any, columns: list[str]) -> Iterator[Row | Skipped]:
    number = source.part.before if source.part else 0
    wanted = None if source.part is None else _groups(file, source.part)
    try:
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, row_groups=wanted):
            for record in batch.to_pylist():
                number += 1
                cells: dict[str, str] = {}
                for name, value in record.items():
                    if isinstance(value, dict):
                        cells.update(flat(value, f"{name}."))
                    else:
                        cells[name] = words(value) if isinstance(value, (list, bool)) else cell_text(value)
                yield Row(f"row {number}", cells)
    except Exception as error:
        if source.part is not None:
            raise NotInRanges("a table that cannot be read to its end") from error
        yield quarantine(
            source,
            f"after row {number}",
            "the rest of the table cannot be read",
            expected=f"{file.metadata.num_rows} rows of {', '.join(columns)}",
            found=str(error)[:300],
            to_do="write the file again",
        )
