"""Excel workbooks: each sheet with a column of text is a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.headers import is_known_header
from voc_engine.ingest.tables.surveys import without_export_headers
from voc_engine.ingest.tables.table import RawRow, Table, table_of_raw
from voc_engine.ingest.tables.table_reader import TableReader
from voc_engine.ingest.unpack import check_document_archive, zip_members

_MOST_EXACT = 1e15  # digits of a float that are sure
# How a workbook writes characters that its markup may not hold (ECMA-376, ST_Xstring); surrogates stand for nothing here.
_ESCAPED = re.compile(r"_x((?![dD][89a-fA-F])[0-9A-Fa-f]{4})_")


class Workbook(TableReader):
    """Read row by row; formulas give the value that was stored with them."""

    name = "xlsx.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        if head[:4] != b"PK\x03\x04":
            return 0.0
        try:
            with source.seekable() as stream:
                # Less than the reader of tables of turns is sure of its own, which may be workbooks as well.
                return 0.8 if "xl/workbook.xml" in zip_members(stream, source.name) else 0.0
        except SourceError:
            return 0.0

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        with source.seekable() as stream:
            check_document_archive(stream, source.name)
            for sheet in sheets_of(stream, source.name):
                raw = without_export_headers(source, _rows(sheet))
                table = table_of_raw(source, f"sheet {sheet.title}", raw, is_known_header, ragged=True)
                if table is not None:
                    yield table


def sheets_of(stream: BinaryIO, name: str) -> list[Any]:
    """The sheets of a workbook, to be read row by row. Raises SourceError where it is not sound, or has none.

    A sheet is read to its end, whatever size it states: some programs state that of an empty one.
    """
    import openpyxl

    try:
        sheets = list(openpyxl.load_workbook(stream, read_only=True, data_only=True).worksheets)
    except Exception as error:
        raise SourceError(f"{name} is not a sound workbook.", found=str(error), do="save it again as .xlsx") from error
    if not sheets:
        raise SourceError(
            f"{name} has no sheet that can be read.",
            found="charts alone, or a workbook saved as strict Open XML",
            do='save it again as "Excel workbook (.xlsx)", and not as a strict one',
        )
    for sheet in sheets:
        sheet.reset_dimensions()
    return sheets


def _rows(sheet: Any) -> Iterator[RawRow]:
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = tuple(cell_text(value) for value in values)
        yield RawRow(f"{sheet.title} row {number}", cells, " | ".join(cells).strip(" |"))


def cell_text(value: object) -> str:
    """A cell's value as text: dates in ISO 8601, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), value)
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST_EXACT:
        return str(int(value))
    return str(value)
