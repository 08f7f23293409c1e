"""The format "csv.v1": a folder of CSV files, one per sheet, that any spreadsheet or script opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from voc_engine.exchange.contract import Export, File, NotCarried, Shown
from voc_engine.exchange.plain_text import plain
from voc_engine.exchange.result_sheets import Cell, Sheet, crossed_insights, sheets
from voc_engine.exchange.run_view import RunView
from voc_engine.records.spreadsheet import guarded


class CsvFolder:
    """UTF-8 with a header. What a spreadsheet would run as a formula gets an apostrophe."""

    name = "csv.v1"
    does = "a folder of CSV files: insights, quotes, people, personas, empathy maps, codebook"
    suffix = ""
    switches: ClassVar[Mapping[str, str]] = {
        "raw": "write cells as they are, without the apostrophe before what a spreadsheet would run"
    }

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        safe: Callable[[str], str] = str if "raw" in switches else guarded
        not_carried = NotCarried("insights in the file of people by insights", crossed_insights(view)[1])
        return Export(_files(view, safe), (not_carried,))

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        if path.endswith(".csv"):
            for row in rows_with(content, "Quote", "Quote id"):
                if row["Quote id"]:
                    yield Shown(row["Quote id"], row["Quote"])


def rows_with(content: bytes, *columns: str) -> Iterator[dict[str, str]]:
    """The rows of a written file that has these columns; none of another."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    if set(columns) <= set(rows.fieldnames or ()):
        yield from rows


def _files(view: RunView, safe: Callable[[str], str]) -> Iterator[File]:
    for sheet in sheets(view):
        yield f"{file_name(sheet)}.csv", csv_of(sheet, safe)


def file_name(sheet: Sheet) -> str:
    """ "people-by-insights" for "People × insights"."""
    return sheet.name.lower().replace("×", "by").replace(" ", "-")


def csv_of(sheet: Sheet, safe: Callable[[str], str] = guarded) -> bytes:
    """A sheet as UTF-8; ``safe`` makes a cell harmless."""
    sink = io.StringIO(newline="")
    rows = csv.writer(sink, lineterminator="\r\n")
    rows.writerow([safe(plain(column.name)) for column in sheet.columns])
    for row in sheet.rows():
        rows.writerow([_cell(value, safe) for value in row])
    return sink.getvalue().encode("utf-8")


def _cell(value: Cell, safe: Callable[[str], str]) -> str | int | float | None:
    return safe(plain(value)) if isinstance(value, str) else value
