"""Tables in web pages, and those that programs save under the name of a workbook: each with rows and columns is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc_engine.config import SourceConfig
from voc_engine.ingest.decoding import head_text, whole_text
from voc_engine.ingest.markup import html_to_text
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.headers import is_known_header
from voc_engine.ingest.tables.surveys import without_export_headers
from voc_engine.ingest.tables.table import RawRow, Table, table_of_raw
from voc_engine.ingest.tables.table_reader import TableReader
from voc_engine.ingest.tables.turns import talk_without_header

_BEGINS = re.compile(r"\s*(?:<!doctype html|<html|<head|<meta|<table|<style|<body)", re.IGNORECASE)
_OFFICE = re.compile(r"urn:schemas-microsoft-com:office:excel|ProgId[^<>]{0,40}Excel", re.IGNORECASE)
_TAG = re.compile(r"<(?P<close>/?)(?P<tag>table|tr|td|th)\b(?P<rest>[^<>]{0,2000})>", re.IGNORECASE)
_SPAN = re.compile(r"colspan\s*=\s*[\"']?(?P<count>\d{1,3})", re.IGNORECASE)
_LIMIT = 64 * 1024**2
_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
_LEAST_SHARE = 0.8


class HtmlTable(TableReader):
    """Cells are what a reader of the page sees; a table inside a cell belongs to its text."""

    name = "html_table.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if not _BEGINS.match(text) or "<t" not in text.lower():
            return 0.0
        tables = _tables(text)
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

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        for number, rows in enumerate(_tables(whole_text(source, options, _LIMIT)), 1):
            raw = (
                RawRow(f"table {number} row {n}", tuple(cells), " | ".join(cells)) for n, cells in enumerate(rows, 1)
            )
            made = table_of_raw(
                source, f"table {number}", without_export_headers(source, raw), is_known_header, ragged=True
            )
            if made is not None:
                yield made


def _tables(html: str) -> list[list[list[str]]]:
    """The outermost tables as rows of cells, as plain text; a cell over several columns is followed by blank ones."""
    tables: list[list[list[str]]] = []
    depth, start, span = 0, -1, 1
    for match in _TAG.finditer(html):
        tag, closing = match["tag"].lower(), bool(match["close"])
        if tag == "table":
            depth = max(0, depth + (-1 if closing else 1))
            if depth == 1 and not closing:
                tables.append([])
        if depth > 1 or not tables or (tag == "table" and not closing):
            continue
        if start >= 0:
            _put(tables[-1], html[start : match.start()], span)
            start = -1
        if tag == "tr" and not closing:
            tables[-1].append([])
        elif tag in ("td", "th") and not closing:
            start = match.end()
            wide = _SPAN.search(match["rest"])
            span = int(wide["count"]) if wide else 1
    return [rows for table in tables if (rows := [row for row in table if row])]


def _put(rows: list[list[str]], html: str, span: int) -> None:
    if not rows:
        rows.append([])
    rows[-1] += [html_to_text(html), *[""] * (span - 1)]
