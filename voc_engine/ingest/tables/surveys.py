"""Survey exports: extra header rows of Qualtrics and SurveyMonkey, and tables whose headers are questions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from voc_engine.ingest.reader import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.table import RawRow
from voc_engine.records import Skipped

_SECOND_ROW = frozenset(("response", "open-ended response", "other (please specify)", "custom data", ""))


def without_export_headers(source: SourceFile, raw: Iterator[RawRow | Skipped]) -> Iterator[RawRow | Skipped]:
    """One header row for what came with two or three; other tables pass unchanged.

    Qualtrics: names, questions, {"ImportId": ...}: the questions become the header where names are QID codes.
    SurveyMonkey: questions, then "Response" or the choice.
    """
    first = list(islice(raw, 3))
    rows = [row for row in first if isinstance(row, RawRow)]
    if len(rows) == 3 == len(first) and sum("ImportId" in cell for cell in rows[2].cells) >= 2:
        yield RawRow(rows[1].locator, _questions(rows[0].cells, rows[1].cells), rows[1].text)
        yield set_aside(source, rows[0].locator, "header row of the survey tool", rows[0].text)
        yield set_aside(source, rows[2].locator, "header row of the survey tool", rows[2].text)
    elif len(rows) >= 2 and first[:2] == rows[:2] and _is_second_header(rows[1].cells):
        yield RawRow(rows[0].locator, rows[0].cells, rows[0].text)
        yield set_aside(source, rows[1].locator, "header row of the survey tool", rows[1].text)
        yield from first[2:]
    else:
        yield from first
    yield from raw


def _questions(names: tuple[str, ...], questions: tuple[str, ...]) -> tuple[str, ...]:
    """The question's text for question columns, the tool's own name ("ResponseId") for the rest."""
    pairs = zip(names, questions, strict=False)
    return tuple(question if name.upper().startswith("Q") and question.strip() else name for name, question in pairs)


def _is_second_header(cells: tuple[str, ...]) -> bool:
    known = [cell for cell in cells if cell.strip().casefold() in _SECOND_ROW]
    named = [cell for cell in cells if cell.strip().casefold() in ("response", "open-ended response")]
    return bool(named) and len(known) >= 0.6 * len(cells)
