"""Tables in web pages, and those that programs save under the name of a workbook: each with rows and columns is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, quarantine, set_aside
from voc_engine.ingest.decoding import head_text, whole_text
from voc_engine.ingest.markup import html_to_text
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.headers import is_known_header
from voc_engine.ingest.tables.surveys import without_export_headers
from voc_engine.ingest.tables.table import RawRow, Table, table_of_raw
from voc_engine.ingest.tables.table_reader import TableReader
from voc_engine.ingest.tables.turns import talk_without_header
from voc_engine.records import Skipped

_BEGINS = re.compile(r"\s*(?:<!doctype html|<html|<head|<meta|<table|<style|<body)", re.IGNORECASE)
_OFFICE = re.compile(r"urn:schemas-microsoft-com:office:excel|ProgId[^<>]{0,40}Excel", re.IGNORECASE)
_TAG = re.compile(r"<(?P<close>/?)(?P<tag>table|tr|td|th)\b(?P<rest>[^<>]{0,2000})>", re.IGNORECASE)
_SPAN = re.compile(r"colspan\s*=\s*[\"']?(?P<count>\d{1,3})", re.IGNORECASE)
_LIMIT = 64 * 1024**2  # as of pages: the whole is in memory several times over
_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
# a choice: of rows with cells, and of the page's letters in cells; what has less is writing with a table
_LEAST_SHARE = 0.8


class HtmlTable(TableReader):
    """Cells are what a reader of the page sees; a table inside a cell belongs to its text."""

    name = "html_table.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if not _BEGINS.match(text) or "<t" not in text.lower():
            return 0.0
        tables = _parts(text)[0]
        # Without headings a talk is known by its shape, as the reader of pages does.
        if any(map(talk_without_header, tables)):
            return 0.0
        rows = [row for table in tables for row in table]
        wide = sum(len(row) >= _LEAST_COLUMNS for row in rows)
        if wide < _LEAST_ROWS or wide < _LEAST_SHARE * len(rows):
            return 0.0
        inside = sum(len(cell) for row in rows for cell in row)
        everything = len(re.sub(r"\s+", "", html_to_text(text)))
        return 0.98 if _OFFICE.search(text) or inside >= _LEAST_SHARE * max(1, everything) else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        yield from super().read(source, options)
        around = _parts(whole_text(source, options, _LIMIT))[1]
        if around:
            yield set_aside(source, "page", "words of the page outside its tables", around)

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        for number, rows in enumerate(_parts(whole_text(source, options, _LIMIT))[0], 1):
            raw = without_export_headers(source, _raw(source, f"table {number}", rows))
            table = table_of_raw(source, f"table {number}", raw, is_known_header, ragged=True)
            if table is not None:
                yield table


def _raw(source: SourceFile, table: str, rows: list[list[str]]) -> Iterator[RawRow | Skipped]:
    """A row with twice the cells that most have, and more than the first, is two rows that have run together."""
    width = Counter(map(len, rows)).most_common(1)[0][0]
    most = max(len(rows[0]), _LEAST_COLUMNS * 2 - 1, width * 2 - 1)
    for n, cells in enumerate(rows, 1):
        row_text = " | ".join(cells)
        if len(cells) <= most:
            yield RawRow(f"{table} row {n}", tuple(cells), row_text)
            continue
        yield quarantine(
            source,
            f"{table} row {n}",
            "a row with too many cells",
            expected=f"{width} cells",
            found=row_text,
            to_do="look whether the page lacks the end of a row there",
        )


def _parts(html: str) -> tuple[list[list[list[str]]], str]:
    """(the outermost tables as rows of cells, the words outside of cells), as plain text.

    A cell over several columns is followed by blank ones; one that nothing closes goes on to the end of the page.
    """
    tables: list[list[list[str]]] = []
    around: list[str] = []
    depth, start, end, span = 0, -1, 0, 1
    for match in _TAG.finditer(html):
        tag, closing = match["tag"].lower(), bool(match["close"])
        if tag == "table":
            depth = max(0, depth + (-1 if closing else 1))
            if depth == 1 and not closing:
                tables.append([])
        if depth > 1 or not tables or (tag == "table" and not closing):
            continue
        if start >= 0:
            _append_cell(tables[-1], html[start : match.start()], span)
            start, end = -1, match.start()
        if tag == "tr":
            tables[-1].append([])
        elif tag in ("td", "th") and not closing:
            around.append(html[end : match.start()])
            start = match.end()
            wide = _SPAN.search(match["rest"])
            span = int(wide["count"]) if wide else 1
    if start >= 0:
        _append_cell(tables[-1], html[start:], span)
    else:
        around.append(html[end:])
    rows = [rows for table in tables if (rows := [row for row in table if row])]
    return rows, html_to_text(" ".join(around))


def _append_cell(rows: list[list[str]], html: str, span: int) -> None:
    if not rows:
        rows.append([])
    rows[-1] += [html_to_text(html), *[""] * (span - 1)]
