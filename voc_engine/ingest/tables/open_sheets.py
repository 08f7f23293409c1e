"""OpenDocument spreadsheets (.ods): each sheet with a column of text is a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.handler import ContentHandler

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.headers import is_known_header
from voc_engine.ingest.tables.surveys import without_export_headers
from voc_engine.ingest.tables.table import RawRow, Table, table_of_raw
from voc_engine.ingest.tables.table_reader import TableReader
from voc_engine.ingest.unpack import check_document_archive, open_archive

_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# "The same row a million times" is written in a few bytes; what a sheet holds stays below this.
_CELL_LIMIT = 20_000_000
_COLUMN_LIMIT = 16_384
_MOST_BLANKS = 64  # blank cells that may stand between two filled ones; more go on to the sheet's edge
_COUNT_DIGITS = 9  # of a number of repeats; a longer one is hostile


class OpenSpreadsheet(TableReader):
    """Dates and numbers by their stored values, formulas by their results, comments on cells left out."""

    name = "ods.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        # OpenDocument wants the type as the first member, unpacked, so that it can be told by the first bytes.
        return 1.0 if head[:4] == b"PK\x03\x04" and _TYPE in head[:200] else 0.0

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        for name, rows in _sheets(source):
            raw = without_export_headers(source, (row for row in rows))
            table = table_of_raw(source, f"sheet {name}", raw, is_known_header, ragged=True)
            if table is not None:
                yield table


def _sheets(source: SourceFile) -> list[tuple[str, list[RawRow]]]:
    """(name, rows) of each sheet. Raises SourceError for a damaged or unsafe file."""
    from defusedxml import sax

    with source.seekable() as stream:
        if "content.xml" not in check_document_archive(stream, source.name):
            raise SourceError(f"{source.name} is not a sound spreadsheet.", found="no content.xml", do="save it again")
        handler = _Sheets(source.name)
        try:
            with open_archive(stream, source.name) as archive, archive.open("content.xml") as content:
                sax.parse(content, handler, forbid_dtd=True)
        except SourceError:
            raise
        except Exception as error:
            raise SourceError(f"{source.name} is damaged.", found=str(error), do="save it again as .ods") from error
    return handler.sheets


class _Sheets(ContentHandler):
    """Gathers rows; element and attribute names are those of OpenDocument 1.3, part 3, chapter 9."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.sheets: list[tuple[str, list[RawRow]]] = []
        self._name = name
        self._number = self._cells_given = self._aside = 0
        self._cells: list[str] = []
        self._row_times = self._cell_times = 1
        self._value: str | None = None
        self._said: list[str] | None = None

    def startElement(self, name: str, attrs: Any) -> None:
        if name == "office:annotation":
            self._aside += 1
        elif name == "table:table":
            self.sheets.append((attrs.get("table:name", f"{len(self.sheets) + 1}"), []))
            self._number = 0
        elif name == "table:table-row":
            self._cells, self._row_times = [], _times(attrs, "table:number-rows-repeated")
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell_times = _times(attrs, "table:number-columns-repeated")
            self._value, self._said = _stored(attrs), []
        elif self._said is not None and not self._aside:
            self._mark(name, attrs)

    def _mark(self, name: str, attrs: Any) -> None:
        buffer = self._said or []
        if name == "text:p" and buffer:
            buffer.append("\n")
        elif name == "text:s":
            buffer.append(" " * min(_times(attrs, "text:c"), 1_000))
        elif name in ("text:tab", "text:line-break"):
            buffer.append("\t" if name == "text:tab" else "\n")

    def characters(self, content: str) -> None:
        if self._said is not None and not self._aside:
            self._said.append(content)

    def endElement(self, name: str) -> None:
        if name == "office:annotation":
            self._aside -= 1
        elif name in ("table:table-cell", "table:covered-table-cell") and self._said is not None:
            text = self._value if self._value is not None else "".join(self._said).strip()
            # Up to the sheet's right edge everything is one empty cell, many times.
            times = self._cell_times if text or self._cell_times <= _MOST_BLANKS else 1
            self._take(times)
            self._cells += [text] * times
            self._said = None
        elif name == "table:table-row" and self.sheets:
            self._end_row()

    def _end_row(self) -> None:
        while self._cells and not self._cells[-1]:
            self._cells.pop()
        sheet, rows = self.sheets[-1]
        times = self._row_times if self._cells else 1
        self._take(times * len(self._cells))
        for repeat in range(times):
            number = self._number + repeat + 1
            rows.append(RawRow(f"{sheet} row {number}", tuple(self._cells), " | ".join(self._cells)))
        self._number += self._row_times

    def _take(self, cells: int) -> None:
        self._cells_given += cells
        if self._cells_given > _CELL_LIMIT or len(self._cells) > _COLUMN_LIMIT or cells > _CELL_LIMIT:
            raise SourceError(
                f"{self._name} unpacks to far more cells than it should.",
                found=f"more than {_CELL_LIMIT:,} cells, or {_COLUMN_LIMIT:,} columns",
                do="check its origin, or save it as CSV",
            )


def _times(attrs: Any, name: str) -> int:
    value = attrs.get(name, "1")
    return int(value) if value.isdigit() and len(value) <= _COUNT_DIGITS else 1


def _stored(attrs: Any) -> str | None:
    """The value behind what the cell shows: dates in ISO 8601, whole numbers without a fraction; None for text."""
    kind = attrs.get("office:value-type", "string")
    if kind == "date":
        value: str = attrs.get("office:date-value", "")
        return value.removesuffix("T00:00:00") or None
    if kind in ("float", "percentage", "currency"):
        number: str = attrs.get("office:value", "")
        return number.removesuffix(".0") or None
    if kind == "boolean":
        return str(attrs.get("office:boolean-value", "")) or None
    return None
