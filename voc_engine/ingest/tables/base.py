"""TableReader: a file's tables, their columns understood, their rows read; and how that is told to people."""

from __future__ import annotations

from collections.abc import Iterator

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.reader import Conversation, set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.columns import MAPPABLE, map_columns, number_columns
from voc_engine.ingest.tables.headers import names_stars
from voc_engine.ingest.tables.labels import guess_kind
from voc_engine.ingest.tables.rows import TableReading, documents_of
from voc_engine.ingest.tables.table import Table
from voc_engine.records import Skipped


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
        if kind is None and mapping.tool is not None:
            kind, why = "survey", f"an export of {mapping.tool.name}"
        if kind is None:
            asked = [context for _, context in mapping.texts if context]
            numbers = number_columns(table.columns, table.cells())
            rated = names_stars(mapping.by_key.get("rating", ""))
            kind, why = guess_kind(table.columns, len(asked), source.content_name, numbers, rated)
        return TableReading(source, options, table, mapping, kind), why

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        without: list[Table] = []
        used = 0
        for table in self.tables(source, options):
            reading, _ = self.reading(source, options, table)
            if not reading.mapping.texts:
                without.append(table)
                continue
            used += 1
            yield from documents_of(reading)
        if not used:
            raise _no_text(source, without)
        for table in without:
            count = sum(1 for _ in table.rows)
            yield set_aside(
                source, table.name, "a table without a column of text", ", ".join(table.columns), max(1, count)
            )

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        lines = []
        for table in self.tables(source, options):
            reading, why = self.reading(source, options, table)
            lines += [f"table: {table.name}", f"kind: {reading.kind} ({why})", *table.notes, "columns:"]
            lines += [f"  {column}: {reading.mapping.reasons[column]}" for column in table.columns]
            if reading.mapping.by_key.get("person"):
                lines.append(f"  persons are known by {reading.mapping.person_as}")
        lines.append(f'a column can be mapped with columns.KEY = "header"; keys: {", ".join(MAPPABLE)}')
        lines.append("columns named in attributes are kept as attributes of the person")
        return lines


def _no_text(source: SourceFile, tables: list[Table]) -> SourceError:
    columns = "; ".join(", ".join(table.columns) for table in tables)
    return SourceError(
        f"{source.name} is a table in which no column holds people's words.",
        found=f"columns: {columns}" if columns else "no rows",
        do='name the column of text in the configuration, such as columns = { text = "Comment" }',
    )
