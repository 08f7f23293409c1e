"""Who answers in a table with a row per message: by columns that name staff in some rows, else by who returns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voc_engine.ingest.counterparts import Counterparts, counterparts, marks
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.tables.column_map import ColumnMap
from voc_engine.ingest.tables.flags import Flag
from voc_engine.ingest.tables.headers import folded
from voc_engine.ingest.tables.identity_columns import names_staff
from voc_engine.ingest.tables.table import Row
from voc_engine.ingest.tables.values import are_dates, filled

_KEYWORDS = keywords("answering")

# Conversations that have two sides by their name; threads and issues are held among equals too.
_SERVED = re.compile(_KEYWORDS.pattern("served"), re.IGNORECASE)
_WRITES = re.compile(r"\b(?:creator|publisher|replier|answered|replied|written)\b", re.IGNORECASE)
WHO = ("email", "person", "name", "handle", "person_id")


def author_marks(mapping: ColumnMap, row: Row, thread: str) -> tuple[str, ...]:
    """Marks of a row's author in the conversation ``thread``, see ``counterparts.marks``."""
    values = [mapping.get(key, row) for key in WHO]
    parts = " ".join(row.cells.get(column, "").strip() for column in mapping.name_parts).strip()
    mail = next((one for one in values if "@" in one), "")
    return marks([*values, parts], mail, thread)


def sides_of(mapping: ColumnMap, rows: Sequence[Row], thread: str) -> Counterparts:
    """Who answers in the conversations that the column ``thread`` tells apart."""
    named = ((row.cells.get(thread, "").strip(), row) for row in rows)
    return counterparts((native, author_marks(mapping, row, native)) for native, row in named if native)


def is_served(thread: str) -> bool:
    """Whether a column's name says that one side of its conversations is a company's ("Chat ID", "ticket_id")."""
    return bool(_SERVED.search(folded(thread)))


def filled_by_staff(columns: Sequence[str], mapping: ColumnMap, rows: Sequence[Row], thread: str) -> list[Flag]:
    """Columns that name staff in the rows of some authors and are empty in those of all others."""
    used = set(mapping.by_key.values()) | {column for column, _ in mapping.texts}
    flags = []
    for column in columns:
        if column in used or not (names_staff(column) or _WRITES.search(folded(column))):
            continue
        wrote: dict[bool, set[str]] = {True: set(), False: set()}
        for row in rows:
            author = author_marks(mapping, row, row.cells.get(thread, ""))[0]
            wrote[bool(row.cells.get(column, "").strip())].add(author)
        cells = filled([row.cells.get(column, "") for row in rows])
        if wrote[True] and wrote[False] and not wrote[True] & wrote[False] and not are_dates(cells, 0.5):
            flags.append(Flag(column, filled=True))
    return flags
