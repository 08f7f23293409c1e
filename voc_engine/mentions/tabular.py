"""CSV and JSON lines as rows of named values, and back, without losing a column, a cell or a line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TextIO

from voc_engine.errors import ConfigError
from voc_engine.records.spreadsheet import guarded

_SHAPES = {".csv": "csv", ".tsv": "tsv", ".jsonl": "json", ".ndjson": "json"}
# Holds a line that is no JSON object, so that it is kept in its place.
UNREADABLE = "unreadable"
_CELL_LIMIT = 100_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` is where the row begins, counted from 1. ``surplus`` holds cells beyond the header. ``problem`` is set
    where the row could not be read; ``values`` then hold what was there."""

    line: int
    values: dict[str, Any]
    surplus: tuple[str, ...] = ()
    problem: str = ""


class Writer(Protocol):
    """Takes each row with its added cells."""

    def write(self, row: Row, added: Mapping[str, Any]) -> None: ...


def shape_of(name: str) -> str:
    """ "csv", "tsv" or "json" by a file name's ending. Raises ConfigError for any other."""
    ending = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
    if ending not in _SHAPES:
        raise ConfigError(
            f"{name} is neither CSV nor JSON lines by its ending.",
            found=ending or "no ending",
            do="name the file .csv, .tsv, .jsonl or .ndjson",
        )
    return _SHAPES[ending]


def rows_of(stream: TextIO, shape: str) -> Iterator[Row]:
    """The rows of an open file, which was opened with ``newline=""``. Raises ConfigError for two columns of one name."""
    return _json_rows(stream) if shape == "json" else _csv_rows(stream, shape)


def columns_of(stream: TextIO, shape: str) -> tuple[tuple[str, ...], int]:
    """Names of all columns in order of first use, and the number of rows. Walks the whole stream."""
    columns: dict[str, None] = {}
    if shape != "json":
        start = stream.tell()
        columns.update(dict.fromkeys(_header(stream, shape)[0]))
        stream.seek(start)
    count = 0
    for row in rows_of(stream, shape):
        count += 1
        columns.update(dict.fromkeys(row.values))
    return tuple(columns), count


def _header(stream: TextIO, shape: str) -> tuple[list[str], str]:
    csv.field_size_limit(_CELL_LIMIT)
    start = stream.tell()
    first = stream.readline()
    stream.seek(start)
    delimiter = "\t" if shape == "tsv" else max((",", ";", "\t"), key=first.count)
    header = next(csv.reader(stream, delimiter=delimiter), [])
    doubles = sorted({name for name in header if header.count(name) > 1})
    if doubles:
        raise ConfigError("Columns have the same name.", found=", ".join(map(repr, doubles)), do="rename one of them")
    return header, delimiter


def _csv_rows(stream: TextIO, shape: str) -> Iterator[Row]:
    start = stream.tell()
    header, delimiter = _header(stream, shape)
    stream.seek(start)
    reader = csv.reader(stream, delimiter=delimiter)
    next(reader, None)
    before = reader.line_num
    for cells in reader:
        line, before = before + 1, reader.line_num
        if cells:
            filled = [*cells, *[""] * (len(header) - len(cells))]
            yield Row(line, dict(zip(header, filled, strict=False)), tuple(cells[len(header) :]))


def _json_rows(stream: TextIO) -> Iterator[Row]:
    for number, text in enumerate(stream, start=1):
        if not text.strip():
            continue
        try:
            value = json.loads(text)
        except ValueError as error:
            yield Row(number, {UNREADABLE: text.rstrip("\r\n")}, problem=f"no JSON ({error})")
            continue
        if isinstance(value, dict):
            yield Row(number, value)
        else:
            yield Row(number, {UNREADABLE: text.rstrip("\r\n")}, problem="a JSON value that is no object")


class _CsvWriter:
    def __init__(
        self, stream: TextIO, columns: Sequence[str], added: Sequence[str], delimiter: str, *, guard: bool
    ) -> None:
        self._columns, self._told = columns, guarded if guard else str
        # Spreadsheets on every system read CR LF; the csv module's default keeps to RFC 4180.
        self._writer = csv.writer(stream, delimiter=delimiter)
        self._writer.writerow([self._told(name) for name in (*columns, *added)])

    def write(self, row: Row, added: Mapping[str, Any]) -> None:
        given_cells = [_cell(row.values.get(name)) for name in self._columns]
        cells = [*given_cells, *map(_cell, added.values()), *row.surplus]
        self._writer.writerow([self._told(cell) for cell in cells])


class _JsonWriter:
    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, row: Row, added: Mapping[str, Any]) -> None:
        surplus = {"surplus": list(row.surplus)} if row.surplus else {}
        self._stream.write(json.dumps({**row.values, **surplus, **added}, ensure_ascii=False) + "\n")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def writer_for(
    stream: TextIO, shape: str, columns: Sequence[str], added: Sequence[str], *, guard: bool = False
) -> Writer:
    """A writer of rows to an open stream; a CSV's header is written at once. With ``guard`` no cell of a CSV runs as a
    formula where a spreadsheet opens it."""
    if shape == "json":
        return _JsonWriter(stream)
    return _CsvWriter(stream, columns, added, "\t" if shape == "tsv" else ",", guard=guard)
