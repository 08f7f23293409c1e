"""Tables that lie on their side: a question in each row and a person in each column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.headers import is_known_header
from voc_engine.ingest.tables.labelled_columns import open_question
from voc_engine.ingest.tables.table import RawRow
from voc_engine.records import Skipped

_KEYWORDS = keywords("turned")

# A guide has few questions; a longer table has a person in each row.
_MOST_ROWS = 80
_LEAST_COLUMNS = 3
_LEAST_ASKED = 2
_PERSON = re.compile(_KEYWORDS.pattern("person"), re.IGNORECASE)


def upright(source: SourceFile, raw: Iterator[RawRow | Skipped]) -> Iterator[RawRow | Skipped]:
    """The rows turned so that each person is a row, where the first column holds the questions and the first row the
    people; other tables pass unchanged."""
    first = list(islice(raw, _MOST_ROWS + 1))
    rows = [row for row in first if isinstance(row, RawRow) and any(cell.strip() for cell in row.cells)]
    if len(first) > _MOST_ROWS or not _lies(rows):
        yield from chain(first, raw)
        return
    yield from (row for row in first if isinstance(row, Skipped))
    yield set_aside(source, rows[0].locator, "note: people stand in columns; the table was turned", "")
    width = max(len(row.cells) for row in rows)
    for column in range(width):
        cells = tuple(row.cells[column] if column < len(row.cells) else "" for row in rows)
        if column == 0:
            cells = (cells[0].strip() or "participant", *cells[1:])
        yield RawRow(f"column {column + 1}", cells, " | ".join(cells).strip(" |"))


def _lies(rows: Sequence[RawRow]) -> bool:
    if len(rows) < _LEAST_ASKED + 1 or len(rows[0].cells) < _LEAST_COLUMNS:
        return False
    corner, *people = (cell.strip() for cell in rows[0].cells)
    while people and not people[-1]:
        people.pop()
    n_questions = sum(open_question(row.cells[0]) for row in rows[1:] if row.cells)
    named = all(_PERSON.fullmatch(one) and not is_known_header(one) and not open_question(one) for one in people)
    return (
        n_questions >= _LEAST_ASKED
        and 2 * n_questions >= len(rows) - 1
        and len(people) > 1
        and len(set(people)) == len(people)
        and named
        and not open_question(corner)
    )
