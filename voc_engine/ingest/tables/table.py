"""Table and Row: what every tabular format comes down to, and finding the header among the first rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from voc_engine.ingest.contract import quarantine, set_aside
from voc_engine.ingest.decoding import is_broken, unify
from voc_engine.ingest.source import NotInRanges, SourceFile
from voc_engine.ingest.tables.footers import MOST_FOOTERS, may_be_footer, needed, told_footer
from voc_engine.ingest.tables.labelled_columns import open_question
from voc_engine.ingest.tables.unwrapped import are_escaped, unescaped, unguarded
from voc_engine.records import Skipped

SAMPLE_ROWS = 1_000  # a choice: columns are understood by so many rows, which are held in memory
_HEADER_SEARCH = 15  # a choice: lines of a report's title and filters above its header
_FIGURES = re.compile(r"[\d.,:/%+\- ]{1,30}(?:[TZ][\d:.Z+\-]*)?")
_WITH_DATA = 3  # rows: a header of two, and data below
_LABEL_WORDS = 4  # of a cell that names a part of a merged one
_HEADER_CHARS = 60  # a longer cell with a familiar word in it is a text
_LONGEST_HEADER = 200  # characters: a survey's question may be a header, a paragraph is none; a choice
_HEADER_WORDS = 3  # unless it is a question


@dataclass(frozen=True)
class Row:
    """Cells by column name; an absent cell is "". ``locator`` is "row 12" or "line 12"."""

    locator: str
    cells: dict[str, str]


# Makes rows of the records of a later range, which is given as a part of its file.
OfRange = Callable[[SourceFile, Iterator[Any]], Iterator["Row | Skipped"]]


@dataclass
class Table:
    """``sample`` holds up to 1,000 first rows for guessing; ``rows`` gives all of them, once. ``headless``: the columns that
    have no header, beside others that do. ``of_range`` makes rows of the records of a later range of the file."""

    name: str
    columns: list[str]
    rows: Iterator[Row | Skipped]
    sample: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headless: tuple[str, ...] = ()
    of_range: OfRange | None = None

    def cells(self) -> dict[str, list[str]]:
        """The cells of the first rows by column."""
        return {name: [row.cells.get(name, "") for row in self.sample] for name in self.columns}


@dataclass(frozen=True)
class RawRow:
    """A row before the header is known."""

    locator: str
    cells: tuple[str, ...]
    text: str


def with_sample(
    name: str, columns: list[str], rows: Iterator[Row | Skipped], notes: list[str],
    of_range: OfRange | None = None,
) -> Table:  # fmt: skip
    """A Table whose first rows have been looked at; escapes of a database's dump are made what they stand for."""
    first = list(islice(rows, SAMPLE_ROWS))
    cells = (cell for row in first if isinstance(row, Row) for cell in row.cells.values())
    if are_escaped(cells):
        first = [_unescaped(row) for row in first]
        rows = map(_unescaped, rows)
        made = of_range
        of_range = made and (lambda part, records: map(_unescaped, made(part, records)))
        notes.append("backslashes are the escapes of a database's dump (\\n is a line's end, \\N is blank)")
    sample = [row for row in first if isinstance(row, Row)]
    return Table(name, columns, chain(first, rows), sample, notes, of_range=of_range)


def _unescaped(row: Row | Skipped) -> Row | Skipped:
    if isinstance(row, Skipped):
        return row
    return replace(row, cells={name: unescaped(cell) for name, cell in row.cells.items()})


@dataclass
class _Footers:
    """What stands below a table: ``always`` are the columns that its rows fill, as the first of them tell."""

    always: list[str] = field(default_factory=list)

    def sampled(
        self, source: SourceFile, columns: Sequence[str], rows: Iterator[Row | Skipped]
    ) -> Iterator[Row | Skipped]:
        first = list(islice(rows, SAMPLE_ROWS))
        self.always = needed(columns, [row.cells for row in first if isinstance(row, Row)])
        yield from without_footer(source, self.always, chain(first, rows))


def without_footer(source: SourceFile, always: Sequence[str], rows: Iterator[Row | Skipped]) -> Iterator[Row | Skipped]:
    """The rows without those below the table (totals, who made the report), which are set aside.

    Rows that may be such are held back until another row, or the end, tells. Raises NotInRanges where it is the end of a
    range that should tell.
    """
    waiting: list[Row | Skipped] = []
    for row in rows:
        if isinstance(row, Row) and not may_be_footer(row.cells, always):
            yield from waiting
            waiting = []
            yield row
        elif waiting or isinstance(row, Row):
            waiting.append(row)
            if len(waiting) > MOST_FOOTERS:
                yield from waiting
                waiting = []
        else:
            yield row
    if waiting and source.part is not None and source.part.until is not None:
        raise NotInRanges("a range ends in rows that may stand below the table")
    for row in waiting:
        yield told_footer(source, row.locator, row.cells) if isinstance(row, Row) else row


def table_of_raw(
    source: SourceFile,
    name: str,
    raw: Iterator[RawRow | Skipped],
    is_known: Callable[[str], bool],
    *,
    ragged: bool = False,
) -> Table | None:
    """A Table from rows of cells; None where there are no cells at all.

    ``is_known`` tells whether a header names something familiar. Lines above the header are set aside. In a ``ragged`` table
    (a sheet, which ends rows at their last cell) missing cells at the end are empty; elsewhere they are a fault.
    """
    first = list(islice(raw, _HEADER_SEARCH))
    rows = [row for row in first if isinstance(row, RawRow)]
    if not any(cell.strip() for row in rows for cell in row.cells):
        return None
    header_row = _header_place(rows, is_known)
    if header_row is not None and _is_merged(rows[header_row : header_row + 3]):
        header_row += 1
    header = rows[header_row] if header_row is not None else None
    width = max(len(row.cells) for row in rows)
    names = _header_cells(rows, header_row, width if ragged else None) if header_row is not None else ()
    columns, notes = _columns(names, len(names) if header else width)
    if header is None:
        notes.append("no header row was found: the columns are called column 1, column 2 ...")
    above = {id(row) for row in rows[:header_row]} if header_row else set()
    body: Iterator[RawRow | Skipped] = (row for row in chain(first, raw) if row is not header)
    if ragged:
        wide = len(columns)
        body = (row if isinstance(row, Skipped) or id(row) in above else _filled(row, wide) for row in body)
    footers = _Footers()
    rows_below = footers.sampled(source, columns, _rows(source, columns, body, above))
    table = with_sample(
        name, columns, rows_below, notes,
        lambda part, records: without_footer(part, footers.always, _rows(part, columns, records, set())),
    )  # fmt: skip
    table.headless = tuple(column for column, given in zip(columns, names, strict=False) if not given.strip())
    return table


def _is_merged(rows: Sequence[RawRow]) -> bool:
    """Whether the second row names what stands below the first one's merged cells: it fills gaps of the first, has gaps
    below cells that are merged downwards, and data follow."""
    if len(rows) < _WITH_DATA:
        return False
    upper, lower, data = ([cell.strip() for cell in row.cells] for row in rows)
    pairs = list(zip(upper, lower, strict=False))
    names = [cell for cell in lower if cell]
    return (
        any(below and not above for above, below in pairs)
        and any(above and not below for above, below in pairs)
        and all(len(cell.split()) <= _LABEL_WORDS and not any(c.isdigit() for c in cell) for cell in names)
        and sum(map(bool, data)) > len(names)
    )


def _header_cells(rows: Sequence[RawRow], header_row: int, width: int | None) -> tuple[str, ...]:
    """The header's cells; an empty one takes what stands above it, where a cell is merged over both rows."""
    cells = rows[header_row].cells
    cells = cells + ("",) * (max(0, width - len(cells)) if width else 0)
    above = rows[header_row - 1].cells if header_row else ()
    alone = sum(bool(cell.strip()) for cell in above) <= 1
    return tuple(
        cell if cell.strip() or alone or number >= len(above) else above[number] for number, cell in enumerate(cells)
    )


def _filled(row: RawRow, width: int) -> RawRow:
    return row if len(row.cells) >= width else replace(row, cells=row.cells + ("",) * (width - len(row.cells)))


def _rows(
    source: SourceFile, columns: list[str], raw: Iterable[RawRow | Skipped], above: set[int]
) -> Iterator[Row | Skipped]:
    for row in raw:
        if isinstance(row, Skipped):
            yield row
        elif id(row) in above:
            if any(cell.strip() for cell in row.cells):
                yield set_aside(source, row.locator, "line above the table's header", row.text)
        else:
            yield _row(source, columns, row)


def _row(source: SourceFile, columns: list[str], row: RawRow) -> Row | Skipped:
    cells = row.cells
    if not any(cell.strip() for cell in cells):
        return set_aside(source, row.locator, "empty row", "")
    extra = cells[len(columns) :]
    if len(cells) < len(columns) or any(cell.strip() for cell in extra):
        return quarantine(
            source,
            row.locator,
            "row with another number of cells than the header",
            expected=f"{len(columns)} cells",
            found=f"{len(cells)} cells: {row.text}",
            to_do="mend the row's quotes or delimiters, or export the table again",
        )
    if any(is_broken(cell) for cell in cells):
        return quarantine(
            source,
            row.locator,
            "bytes that do not belong to the file's encoding",
            expected="text in one encoding",
            found=row.text,
            to_do="export the file again as UTF-8, or set encoding for this source",
        )
    return Row(row.locator, {name: unguarded(unify(cell)) for name, cell in zip(columns, cells, strict=False)})


def _header_place(rows: Sequence[RawRow], is_known: Callable[[str], bool]) -> int | None:
    """Which row is the header: the first that names a familiar column, else the first row if it looks like names."""
    best = max(
        range(len(rows)), key=lambda n: (sum(is_known(cell) for cell in rows[n].cells if len(cell) < _HEADER_CHARS), -n)
    )
    if any(is_known(cell) for cell in rows[best].cells if len(cell) < _HEADER_CHARS):
        full = sum(bool(cell.strip()) for cell in rows[best].cells)
        if full >= 0.5 * len(rows[best].cells):
            return best
    filled = next((n for n, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row.cells) >= 1), 0)
    cells = [cell.strip() for cell in rows[filled].cells]
    looks_like_data = any(
        re.fullmatch(r"[\d.,:/\- ]{1,30}", cell)
        or len(cell) > _LONGEST_HEADER
        or (len(cell.split()) > _HEADER_WORDS and not open_question(cell))
        for cell in cells
    )
    return None if looks_like_data and not _heads_numbers(rows[filled:]) else filled


def _heads_numbers(rows: Sequence[RawRow]) -> bool:
    """Whether words stand above numbers or dates in two columns or more: long questions head a table too."""
    if len(rows) < _WITH_DATA:
        return False
    below = [[row.cells[n].strip() for row in rows[1:] if n < len(row.cells)] for n in range(len(rows[0].cells))]
    heads = [cell.strip() for cell in rows[0].cells]
    over_figures = 0
    for head, cells in zip(heads, below, strict=True):
        values = [cell for cell in cells if cell]
        figures = sum(bool(_FIGURES.fullmatch(cell)) for cell in values)
        over_figures += bool(values) and figures == len(values) and bool(re.search(r"[^\W\d_]{2}", head))
    return over_figures >= min(2, len(heads)) and len(set(heads)) == len(heads)


def _columns(header: Sequence[str], width: int) -> tuple[list[str], list[str]]:
    """Column names, unique and never empty, and notes on those that had to be changed."""
    # Names as keys keep their order, and a row of a thousand like headings costs what it is long.
    names: dict[str, None] = {}
    copies: dict[str, int] = {}
    notes: list[str] = []
    for number in range(width):
        heading = " ".join(header[number].split()).lstrip("\ufeff") if number < len(header) else ""
        wanted = name = heading or f"column {number + 1}"
        while name in names:
            copies[wanted] = copies.get(wanted, 1) + 1
            name = f"{wanted} ({copies[wanted]})"
        if heading and name != heading:
            notes.append(f"the column {heading!r} stands twice; the second is called {name!r}")
        names[name] = None
    return list(names), notes
