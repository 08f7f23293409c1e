"""Rows that a column says were deleted or taken for spam where they were written: set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.headers import normal
from voc_engine.ingest.tables.table import Row
from voc_engine.records import Skipped

REMOVED = "deleted, or taken for spam, where it was written"
_KEYWORDS = keywords("removed_rows")

_REMOVED = re.compile(_KEYWORDS.pattern("removed"))
_TRUE = ("true", "yes", "1")


def removed_columns(columns: Sequence[str]) -> list[str]:
    """The columns that say whether a row was deleted or is spam."""
    return [column for column in columns if _REMOVED.fullmatch(normal(column.rpartition(".")[2]))]


def told_removed(source: SourceFile, row: Row, flagged: Sequence[str]) -> Skipped | None:
    """The row as set aside where one of the ``flagged`` columns says so; its longest cell is shown, without whose it is."""
    if not any(row.cells.get(column, "").casefold() in _TRUE for column in flagged):
        return None
    return set_aside(source, row.locator, REMOVED, max(row.cells.values(), key=len))


def without_removed(
    source: SourceFile, columns: Sequence[str], rows: Iterator[Row | Skipped]
) -> Iterator[Row | Skipped]:
    """The rows, those that are deleted or spam as Skipped."""
    flagged = removed_columns(columns)
    if not flagged:
        return rows
    return (row if isinstance(row, Skipped) else told_removed(source, row, flagged) or row for row in rows)
