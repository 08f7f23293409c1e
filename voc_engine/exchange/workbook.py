"""The format "xlsx.v1": a workbook with filters, frozen heads and no formula at all."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain, islice
from typing import Any, ClassVar

from voc_engine.exchange.contract import Export, NotCarried, Shown
from voc_engine.exchange.plain_text import plain, shortened
from voc_engine.exchange.result_sheets import Cell, Column, Sheet, crossed_insights, sheets
from voc_engine.exchange.run_view import RunView

MOST_CHARACTERS = 32_767  # in a cell of Excel
MOST_ROWS = 1_000_000  # in a sheet; Excel ends at 1,048,576
UPRIGHT = 8  # under this width a heading stands upright
WRAPPED = 40  # from this width on a column's text is broken into lines
_DAY = datetime(1980, 1, 1)
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NUMBERS = {"number": "#,##0.##", "share": "0%", "probability": "0.00"}


class Workbook:
    """Every text is a text cell: what begins with "=" stays what somebody wrote."""

    name = "xlsx.v1"
    does = "an Excel workbook: overview, insights, quotes, people × insights, personas, empathy maps, codebook"
    suffix = ".xlsx"
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        import xlsxwriter

        sink = io.BytesIO()
        with xlsxwriter.Workbook(sink, _OPTIONS) as book:
            book.set_properties({"title": plain(view.title)[:255], "created": _DAY, "comments": view.run_id})
            writer = _Writer(book)
            for sheet in sheets(view):
                writer.write(sheet)
        not_carried = (
            NotCarried("characters of texts that are too long for a cell", writer.cut),
            NotCarried("insights in the sheet of people × insights", crossed_insights(view)[1]),
        )
        return Export([("study.xlsx", sink.getvalue())], not_carried)

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        from openpyxl import load_workbook
        from openpyxl.utils.escape import unescape

        if not content.startswith(b"PK"):
            return
        book = load_workbook(io.BytesIO(content), read_only=True)
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            head = list(next(rows, ()))
            if {"Quote id"} <= set(head) and head.index("Quote id"):
                words = next(place for place, name in enumerate(head) if str(name).startswith("Quote"))
                key = head.index("Quote id")
                # openpyxl leaves escapes as they are in the cells that stream to the file.
                yield from (Shown(unescape(str(row[key])), unescape(str(row[words]))) for row in rows if row[key])


class _Writer:
    def __init__(self, book: Any) -> None:
        self.book = book
        self.cut = 0
        base = {"valign": "top", "font_name": "Calibri", "font_size": 11}
        self.head = book.add_format({**base, "bold": True, "bg_color": "#EFECE5", "bottom": 1, "text_wrap": True})
        self.upright = book.add_format({**base, "bold": True, "bg_color": "#EFECE5", "bottom": 1, "rotation": 90})
        self.text = book.add_format(base)
        self.wrapped = book.add_format({**base, "text_wrap": True})
        self.strong = book.add_format({**base, "bold": True})
        self.numbers = {form: book.add_format({**base, "num_format": code}) for form, code in _NUMBERS.items()}

    def write(self, sheet: Sheet) -> None:
        """The sheet, and further ones where its rows are too many for one."""
        rows, number = sheet.rows(), 1
        first = next(rows, None)
        while first is not None or number == 1:
            name = sheet.name if number == 1 else f"{sheet.name} ({number})"
            batch = islice(rows, MOST_ROWS - 1)
            self._sheet(name, sheet.columns, chain([] if first is None else [first], batch))
            first, number = next(rows, None), number + 1

    def _sheet(self, name: str, columns: tuple[Column, ...], rows: Iterator[tuple[Cell, ...]]) -> None:
        page = self.book.add_worksheet(name)
        for column_number, column in enumerate(columns):
            page.set_column(column_number, column_number, column.width)
        if any(column.width < UPRIGHT for column in columns):
            page.set_row(0, 230)
        for column_number, column in enumerate(columns):
            head = self.upright if column.width < UPRIGHT else self.head
            page.write_string(0, column_number, self._fitting(column.name), head)
        page.freeze_panes(1, 1)
        count = 0
        for count, row in enumerate(rows, 1):
            for column_number, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._cell(page, count, column_number, column, value)
        if name != "Overview":
            page.autofilter(0, 0, max(count, 1), len(columns) - 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def _cell(self, page: Any, row: int, column_number: int, column: Column, value: Cell) -> None:
        if value is None:
            return
        if isinstance(value, str):
            kind = self.wrapped if column.width >= WRAPPED else self.text
            page.write_string(row, column_number, self._fitting(value), kind)
        else:
            page.write_number(row, column_number, value, self.numbers.get(column.form, self.text))

    def _fitting(self, text: str) -> str:
        self.cut += max(0, len(text) - MOST_CHARACTERS)
        return shortened(plain(text), MOST_CHARACTERS)
