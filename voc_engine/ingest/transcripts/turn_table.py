"""Transcripts as tables, delimited or in a workbook: a row per turn with who, when and the words (NVivo, Trint, Rev)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import quarantine, set_aside
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.delimited import find_delimiter
from voc_engine.ingest.tables.sheets import cell_text, sheets_of
from voc_engine.ingest.tables.turns import session_column
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.columns import Places, is_time, places_of, rises, time_of
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript
from voc_engine.ingest.unpack import check_document_archive, zip_members
from voc_engine.records import Skipped

_KEYWORDS = keywords("turn_table")

_SPEAKER = re.compile(_KEYWORDS.pattern("speaker"), re.IGNORECASE)
_WORDS = re.compile(_KEYWORDS.pattern("words"), re.IGNORECASE)
_TIME = re.compile(_KEYWORDS.pattern("time"), re.IGNORECASE)
_FEWEST_ROWS = 2  # a header and a turn
_SNIFFED = 200  # a choice: rows that tell what the columns are
_MOST_COLUMNS = 12  # a choice: a turn has who, when, words and a few more; wider sheets are tables of records
_LIKELY = 0.5  # share of rows that a delimiter cuts alike
_MOST_HEADS = 3  # of a table of talk without times


class TurnTable(TranscriptReader):
    """One row is one cue; columns are known by their headers, else by their shape: times that rise, names that return."""

    name = "turn_table.v1"
    layout = "a table with a row per turn"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        if head[:4] != b"PK\x03\x04":
            return super().sniff(source, head)
        text = _sheet(source, _SNIFFED)
        return self.sniff_text(text, "") if text else 0.0

    def text_of(self, source: SourceFile, options: SourceConfig) -> str:
        return _sheet(source) if source.head(4) == b"PK\x03\x04" else super().text_of(source, options)

    def sniff_text(self, text: str, ending: str) -> float:
        if text.lstrip()[:1] in "{[<":
            return 0.0
        delimiter, sure = find_delimiter(text)
        if sure < _LIKELY:
            return 0.0
        rows = _rows(text[: 1 << 15], delimiter)[:_SNIFFED]
        head, named = _heads(rows)
        if named is not None and len(rows) > _FEWEST_ROWS:
            # A table of several sessions is more than one talk: the reader of tables parts them.
            return 0.96 if session_column(rows) is None else 0.0
        return 0.9 if head is not None else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        rows = _rows(text, find_delimiter(text[: 1 << 16])[0])
        shape, named = _heads(rows)
        places = named or shape
        if places is None:
            raise SourceError(
                f"{source.name} is no table of turns.",
                found=", ".join(rows[0][:8]) if rows else "no rows",
                do="give it columns Speaker, Start and Text, or set another format",
            )
        transcript = Transcript()
        for number, cells in enumerate(rows, 1):
            beyond = " | ".join(cell for cell in cells[len(rows[0]) :] if cell.strip())
            if beyond:
                transcript.skipped.append(_misplaced(source, number, "cells beyond the last column", beyond))
            if len(cells) <= max(places.name, places.text):
                transcript.skipped.append(_misplaced(source, number, "a row with too few cells", " | ".join(cells)))
                continue
            if not cells[places.text].strip():
                transcript.skipped.append(set_aside(source, f"row {number}", "row without words", " | ".join(cells)))
                continue
            if number == 1 and (named or not is_time(cells[places.time or 0])):
                transcript.skipped.append(set_aside(source, "row 1", "heading of the table", ""))
                continue
            when = time_of(cells[places.time]) if places.time is not None else None
            words, name = " ".join(cells[places.text].split()), cells[places.name].strip(" :")
            transcript.cues.append(Cue(words, f"row {number}", name or None, when))
        return transcript


def _misplaced(source: SourceFile, number: int, reason: str, details: str) -> Skipped:
    return quarantine(
        source,
        f"row {number}",
        reason,
        expected="a cell for each column",
        found=details,
        to_do="look whether a delimiter or a quote is missing or too many there",
    )


def _sheet(source: SourceFile, most: int | None = None) -> str:
    """The first sheet of a workbook as lines with tabs; "" for what is no sound workbook."""
    with source.seekable() as stream:
        try:
            if "xl/workbook.xml" not in zip_members(stream, source.name):
                return ""
            check_document_archive(stream, source.name)
            sheet = sheets_of(stream, source.name)[0]
            rows = sheet.iter_rows(values_only=True, max_row=most, max_col=_MOST_COLUMNS)
            return "\n".join("\t".join(" ".join(cell_text(one).split()) for one in row) for row in rows)
        except Exception:
            # Whatever is wrong with the workbook is told by the reader of workbooks.
            return ""


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(text.split("\n"), delimiter=delimiter) if any(cell.strip() for cell in row)]
    except csv.Error:
        return []


def _heads(rows: Sequence[Sequence[str]]) -> tuple[Places | None, Places | None]:
    """(columns by shape, columns by their headers); None where there are no such.

    By header a column of speakers and one of words are needed, and times or nothing else that a table of records has.
    """
    if len(rows) < _FEWEST_ROWS:
        return None, None
    head = [cell.strip().strip("\ufeff") for cell in rows[0]]
    name = next((n for n, cell in enumerate(head) if _SPEAKER.match(cell)), None)
    text = next((n for n, cell in enumerate(head) if _WORDS.match(cell)), None)
    time = next((n for n, cell in enumerate(head) if _TIME.match(cell)), None)
    if name is not None and text is not None and (time is not None or len(head) <= _MOST_HEADS):
        return None, Places(name, text, time)
    shape = places_of([row for row in rows if len(row) == len(rows[0])], len(rows[0]))
    timed = (
        shape is not None
        and shape.time is not None
        and rises([row[shape.time] for row in rows if len(row) > shape.time])
    )
    return (shape if timed else None), None
