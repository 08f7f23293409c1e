"""Words in columns without a header: what stands there is not used, and that is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voc_engine.ingest.contract import quarantine
from voc_engine.ingest.tables.row_documents import TableReading
from voc_engine.ingest.tables.table import Row
from voc_engine.records import Skipped

_PHRASE_WORDS = 3  # a choice: names and codes have fewer


class Headless:
    """Watches a table's rows while they are read; ``told`` gives one Skipped for each such column that holds phrases."""

    def __init__(self, reading: TableReading) -> None:
        self.reading = reading
        mapping = reading.mapping
        used = {column for column, _ in mapping.texts} | set(mapping.by_key.values()) | set(mapping.attributes)
        self.columns = [column for column in reading.table.headless if column not in used]
        self.found: dict[str, tuple[str, str, int]] = {}
        if self.columns:
            reading.table.rows = self._watched(reading.table.rows)

    def _watched(self, rows: Iterator[Row | Skipped]) -> Iterator[Row | Skipped]:
        for row in rows:
            if isinstance(row, Row):
                self._look(row)
            yield row

    def _look(self, row: Row) -> None:
        for column in self.columns:
            cell = row.cells.get(column, "")
            if len(cell.split()) >= _PHRASE_WORDS:
                locator, first, count = self.found.get(column, (row.locator, cell, 0))
                self.found[column] = (locator, first, count + 1)

    def unheaded(self) -> Iterator[Skipped]:
        """What was in these columns, when all rows have been read."""
        texts = " + ".join(column for column, _ in self.reading.mapping.texts)
        for column, (locator, first, count) in self.found.items():
            aside = quarantine(
                self.reading.source,
                f"{locator}, {column}",
                "words in a column without a header",
                expected="a header above every column of words",
                found=first,
                to_do=f'give the column a header, or take its words: columns = {{ text = "{texts} + {column}" }}',
            )
            yield replace(aside, count=count)
