"""TableReader: a file's tables, their columns understood, their rows read; and how that is told to people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import Conversation, quarantine, set_aside
from voc_engine.ingest.counterparts import NOBODY, told_staff
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.ranges import RangeTold
from voc_engine.ingest.source import FileRange, NotInRanges, SourceFile
from voc_engine.ingest.tables.column_map import ColumnMap
from voc_engine.ingest.tables.column_meanings import MAPPABLE, map_columns, number_columns
from voc_engine.ingest.tables.exchanges import exchanges_of
from voc_engine.ingest.tables.headers import names_stars
from voc_engine.ingest.tables.headless import Headless
from voc_engine.ingest.tables.labelled_columns import guess_kind
from voc_engine.ingest.tables.removed_rows import without_removed
from voc_engine.ingest.tables.row_documents import TableReading, documents_of, told_faults
from voc_engine.ingest.tables.table import Table
from voc_engine.ingest.tables.table_layout import MESSAGES, RECORDS, TURNS, Decision, decide
from voc_engine.ingest.tables.turns import talks
from voc_engine.ingest.tables.unread_prose import account_of_rows, told_unread
from voc_engine.records import Skipped

_KEYWORDS = keywords("table_reader")

_LEAST_COLUMNS = 2  # one column beside the text, or nothing tells whose it is
_CODEBOOK = 5  # columns; a choice: variable, label, values, type and note
_EXPLAINS = re.compile(_KEYWORDS.pattern("explains"), re.IGNORECASE)


class TableReader:
    """Subclasses give ``name``, ``sniff`` and ``tables``. ``fixed_kind`` None: the kind is guessed from the headers."""

    name = ""
    kind = "post"
    fixed_kind: str | None = None

    def sniff(self, source: SourceFile, head: bytes) -> float:
        raise TypeError(f"{type(self).__name__} does not say how it knows its format")

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        """The tables of the file; usually one."""
        raise TypeError(f"{type(self).__name__} does not say how it is read")

    def reading(self, source: SourceFile, options: SourceConfig, table: Table) -> tuple[TableReading, str]:
        """The table with its columns and kind settled, and why it is of that kind."""
        kind, why = (
            options.kind or self.fixed_kind,
            "set in the configuration" if options.kind else f"by the reader {self.name}",
        )
        mapping = map_columns(table.columns, table.sample, options, source.name, kind)
        if kind is None and "question" in mapping.by_key:
            kind, why = "survey", "a question and its answer in each row"
        if kind is None and mapping.tool is not None:
            kind, why = "survey", f"an export of {mapping.tool.name}"
        if kind is None:
            questions = [context for _, context in mapping.texts if context]
            numbers = number_columns(table.columns, table.cells())
            rated = names_stars(mapping.by_key.get("rating", ""))
            kind, why = guess_kind(table.columns, len(questions), source.content_name, numbers, rated)
        return TableReading(source, options, table, mapping, kind), why

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        without: list[Table] = []
        doubts: list[tuple[Table, SourceError]] = []
        used = 0
        for table in _explaining_last(source, self.tables(source, options)):
            if isinstance(table, Skipped):
                yield table
                continue
            table.rows = without_removed(source, table.columns, table.rows)
            reading, _ = self.reading(source, options, table)
            layout = decide(table, reading.mapping, options, reading.kind)
            doubt = doubt_of(source, table, layout)
            if doubt is not None:
                doubts.append((table, doubt))
            elif layout.name == TURNS and layout.turns is not None:
                used += 1
                yield from talks(source, options, table, layout.turns, reading.mapping.by_key.get("date"))
            elif not reading.mapping.texts:
                without.append(table)
            else:
                used += 1
                reading = _settled(reading, layout)
                yield from _told_first(reading)
                headless = Headless(reading)
                yield from exchanges_of(reading) if reading.thread else documents_of(reading)
                yield from headless.unheaded()
                yield from self._unread(reading)
        if not used:
            raise doubts[0][1] if doubts else _no_text(source, without)
        for table, doubt in doubts:
            yield quarantine(
                source,
                table.name,
                doubt.happened,
                expected="rows of one sure layout",
                found=doubt.found,
                to_do=doubt.do,
            )
        for table in without:
            count = sum(1 for _ in table.rows)
            yield set_aside(
                source, table.name, "a table without a column of text", ", ".join(table.columns), max(1, count)
            )

    def ranges(self, source: SourceFile, options: SourceConfig, size: int) -> list[FileRange]:
        """The ranges of about ``size`` bytes in which the file may be read; [] where it is read as a whole."""
        return []

    def records_in(self, source: SourceFile, options: SourceConfig) -> Iterator[Any]:
        """What stands in the part of a file that can be read in ranges, as ``Table.of_range`` takes it."""
        raise TypeError(f"{type(self).__name__} is not read in ranges")

    def read_range(
        self, source: SourceFile, options: SourceConfig, told: RangeTold
    ) -> Iterator[Conversation | Skipped]:
        """What ``read`` gives of the source's part; what is told at the end of a file goes into ``told``.

        Raises NotInRanges where rows of one range depend on those of another.
        """
        part = source.part
        reading, _tables = self._reading_of_ranges(
            source if part and not part.number else replace(source, part=None), options
        )
        if part is not None and part.number:
            assert reading.table.of_range is not None
            rows = reading.table.of_range(source, self.records_in(source, options))
            reading.table.rows = without_removed(source, reading.table.columns, rows)
        else:
            yield from _told_first(reading)
        headless = Headless(reading)
        yield from documents_of(reading, told.faults)
        told.headless = headless.found

    def read_end(self, source: SourceFile, options: SourceConfig, told: RangeTold) -> Iterator[Skipped]:
        """What ``read`` tells behind the last row, from all ranges together."""
        reading, _tables = self._reading_of_ranges(source, options)
        yield from told_faults(reading, told.faults)
        headless = Headless(reading)
        headless.found = told.headless
        yield from headless.unheaded()
        yield from self._unread(reading)

    def _reading_of_ranges(self, source: SourceFile, options: SourceConfig) -> tuple[TableReading, Iterator[Table]]:
        """The one table, and what holds its file open."""
        tables = self.tables(source, options)
        table = next(tables)
        table.rows = without_removed(source, table.columns, table.rows)
        reading, _ = self.reading(source, options, table)
        layout = decide(table, reading.mapping, options, reading.kind)
        if doubt_of(source, table, layout) is not None or layout.name == TURNS or _thread(layout):
            raise NotInRanges("rows belong together, or are none")
        if not reading.mapping.texts:
            raise NotInRanges("a table without a column of text")
        return _settled(reading, layout), tables

    def _unread(self, reading: TableReading) -> Iterator[Skipped]:
        """Columns of words that nobody reads, told where no person has said which columns to read."""
        if "text" not in reading.options.columns:
            table, mapping = reading.table, reading.mapping
            account = account_of_rows([row.cells for row in table.sample], mapping, table.headless)
            used = " + ".join(column for column, _ in mapping.texts)
            yield from told_unread(reading.source, table.name, account, used)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        lines = []
        for table in self.tables(source, options):
            reading, why = self.reading(source, options, table)
            layout = decide(table, reading.mapping, options, reading.kind)
            lines += [
                f"table: {table.name}",
                f"kind: {reading.kind} ({why})",
                *layout_lines(layout),
                *table.notes,
                "columns:",
            ]
            lines += [f"  {column}: {reading.mapping.reasons[column]}" for column in table.columns]
            if reading.mapping.by_key.get("person"):
                lines.append(f"  persons are known by {reading.mapping.person_as}")
        lines.append(f'a column can be mapped with columns.KEY = "header"; keys: {", ".join(MAPPABLE)}')
        lines.append("columns named in attributes are kept as attributes of the person")
        return lines


def _settled(reading: TableReading, layout: Decision) -> TableReading:
    """The reading with what the table's layout says of who wrote."""
    sides = layout.sides if layout.sides.clear and layout.name == MESSAGES else NOBODY
    return replace(reading, thread=_thread(layout), flags=layout.flags, sides=sides)


def _told_first(reading: TableReading) -> Iterator[Skipped]:
    """What is told of a table before its rows."""
    yield from _told_notes(reading.source, reading.table, reading.mapping)
    yield from told_staff(reading.source, reading.table.name, reading.sides)


def _told_notes(source: SourceFile, table: Table, mapping: ColumnMap) -> Iterator[Skipped]:
    """Columns of notes that are not used: told, and asked about where they may be people's own words."""
    used = " + ".join(column for column, _ in mapping.texts)
    for column in mapping.noted:
        cells = [row.cells.get(column, "") for row in table.sample]
        count = sum(bool(cell.strip()) for cell in cells)
        yield set_aside(source, f"{table.name}, column {column}", "notes of the staff, no evidence", "", max(1, count))
    for column in mapping.doubtful:
        if column not in [one for one, _ in mapping.texts]:
            yield quarantine(
                source,
                f"{table.name}, column {column}",
                "a column that may hold people's own words or notes of the staff: it is not used",
                expected="people's own words",
                found=f"column {column!r} beside {used!r}",
                to_do=f'columns = {{ text = "{used} + {column}" }} takes it too, {{ text = "{used}" }} leaves it out',
            )


def _explaining_last(source: SourceFile, tables: Iterator[Table]) -> Iterator[Table | Skipped]:
    """The tables, those that explain others (one column, or a name that says so) set aside where there are others."""
    explaining: list[Table] = []
    others = 0
    for table in tables:
        if len(table.columns) < _LEAST_COLUMNS or (len(table.columns) <= _CODEBOOK and _EXPLAINS.search(table.name)):
            # Its rows are read before the next table is: the file gives one after another.
            table.rows = iter(list(table.rows))
            explaining.append(table)
        else:
            others += 1
            yield table
    for table in explaining:
        if others:
            rows = [row for row in table.rows if not isinstance(row, Skipped)]
            text = "\n".join(" | ".join(filter(None, row.cells.values())) for row in rows)
            text = f"{' | '.join(table.columns)}\n{text}"
            yield set_aside(source, table.name, "a table that explains others", text, max(1, len(rows)))
        else:
            yield table


def layout_lines(layout: Decision) -> list[str]:
    """The layout that was taken and the next likely one, with what speaks for and against each."""
    return [f"layout: {layout.ranked[0].told()}", f"next likely: {layout.ranked[1].told()}"]


def doubt_of(source: SourceFile, table: Table, layout: Decision) -> SourceError | None:
    """Why a table is not taken: its layout is not sure, or its rows are records of a tool; None where it is taken."""
    where = source.name if table.name == source.content_name else f"{source.name}, {table.name},"
    if layout.question:
        return SourceError(
            f"{where} may be understood in two ways, and neither is sure.",
            found="; or ".join(one.told() for one in layout.ranked[:2]),
            do=layout.question,
        )
    if layout.name == RECORDS and layout.records is not None:
        return SourceError(
            f"{where} holds records of a tool ({layout.records.what}) and nobody's words.",
            found=f"columns: {', '.join(layout.records.columns[:12])}",
            do='take the source out; if its rows are people\'s own words, say so with kind = "post", "ticket" or "survey"',
        )
    return None


def _thread(layout: Decision) -> str | None:
    return layout.thread if layout.name == MESSAGES else None


def _no_text(source: SourceFile, tables: list[Table]) -> SourceError:
    columns = "; ".join(", ".join(table.columns) for table in tables)
    return SourceError(
        f"{source.name} is a table in which no column holds people's words.",
        found=f"columns: {columns}" if columns else "no rows",
        do='name the column of text in the configuration, such as columns = { text = "Comment" }',
    )
