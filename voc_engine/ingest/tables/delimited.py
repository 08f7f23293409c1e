"""CSV and its relatives with comma, semicolon, tab or bar; streamed, and resumed after a damaged row."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import quarantine
from voc_engine.ingest.decoding import encoding_of, head_text, is_binary, open_text
from voc_engine.ingest.ranges import Quotes, line_ranges
from voc_engine.ingest.source import FileRange, NotInRanges, SourceFile
from voc_engine.ingest.tables.headers import is_known_header
from voc_engine.ingest.tables.labelled_columns import open_question, review_question
from voc_engine.ingest.tables.surveys import without_export_headers
from voc_engine.ingest.tables.table import RawRow, Table, table_of_raw
from voc_engine.ingest.tables.table_reader import TableReader
from voc_engine.records import Skipped

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_HEAD = 1 << 16  # bytes, as HEAD_BYTES of the stage
_BACKSLASHED = re.compile(r'(?<!\\)((?:\\\\)*)\\"')
# A quote that is never closed swallows lines; a record may not grow past these bounds before that is said.
_RECORD_LINES = 2_000
_RECORD_CHARS = 4_000_000
csv.field_size_limit(_RECORD_CHARS)
_BELOW_HEADERS = 100  # rows; a choice: headers and guides of any tool end long before
_MOST_TRIED = 200  # rows of the head by which a delimiter is judged
# Shares of rows that a delimiter cuts alike: with a file's name that says so, with known headers, with one of them.
_LIKELY, _SURE, _SURER = 0.5, 0.6, 0.7


def find_delimiter(text: str) -> tuple[str, float]:
    """(delimiter, how sure 0 to 1): the one under which most of the first records have the same two or more cells."""
    best = (",", 0.0)
    for delimiter in _DELIMITERS:
        widths = [len(cells) for cells in _try(text, delimiter) if cells]
        if not widths:
            continue
        width, count = Counter(width for width in widths).most_common(1)[0]
        width = len(next(_try(text, delimiter), [])) or width
        count = sum(1 for one in widths if one == width)
        sure = count / len(widths) * (1 - 0.5 / width) if width > 1 else 0.0
        if sure > best[1]:
            best = (delimiter, sure)
    return best


def _try(text: str, delimiter: str) -> Iterator[list[str]]:
    # The last line of the head may be cut anywhere.
    lines = text.split("\n")
    lines = lines[:-1] if lines[2:] and len(text) > _HEAD // 2 else lines
    try:
        for number, cells in enumerate(csv.reader((line + "\n" for line in lines), delimiter=delimiter)):
            if number > _MOST_TRIED:
                return
            yield cells
    except csv.Error:
        return


class Delimited(TableReader):
    """Any table as delimited text."""

    name = "csv.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        # One damaged byte costs its row; text that is full of them is none.
        if not text.strip() or text.lstrip()[:1] in "{[<" or is_binary(text):
            return 0.0
        delimiter, sure = find_delimiter(text)
        header = next(_try(text, delimiter), [])
        n_known = sum(is_known_header(cell) for cell in header)
        ending = source.content_name.rpartition(".")[2].lower() in ("csv", "tsv", "tab")
        if ending:
            # A column alone has no delimiter to be found; the file's name is all that tells.
            return 0.85 if sure >= _LIKELY else 0.5
        return 0.8 if sure >= _SURE and n_known > 1 else 0.65 if sure >= _SURER and n_known else 0.0

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        encoding = encoding_of(source, options)
        delimiter = find_delimiter(head_text(source.head(_HEAD)))[0]
        backslashed = quotes_are_backslashed(head_text(source.head(_HEAD)), delimiter)
        raw = without_export_headers(source, records(source, encoding, delimiter, backslashed))
        table = table_of_raw(source, source.content_name, raw, is_known_header)
        if table is None:
            raise SourceError(f"{source.name} is a table without rows.", found="no cells", do="export it again")
        table.notes[:0] = [f"encoding: {encoding}", f"delimiter: {_DELIMITERS[delimiter]}"]
        if backslashed:
            table.notes.append('quotes inside cells are written \\"')
        yield table

    def ranges(self, source: SourceFile, options: SourceConfig, size: int) -> list[FileRange]:
        if type(self).read is not TableReader.read:
            return []
        first = list(islice(self.records_in(source, options), _BELOW_HEADERS))
        # Tables with headers of several rows are put in order row by row.
        plain = list(without_export_headers(source, iter(first)))
        if len(plain) != len(first) or any(one is not two for one, two in zip(plain, first, strict=True)):
            return []
        head = head_text(source.head(_HEAD))
        backslashed = quotes_are_backslashed(head, find_delimiter(head)[0])
        quotes = Quotes.BACKSLASHED if backslashed else Quotes.DOUBLED
        return line_ranges(source, encoding_of(source, options), size, quotes)

    def records_in(self, source: SourceFile, options: SourceConfig) -> Iterator[RawRow | Skipped]:
        encoding = encoding_of(source, options)
        head = head_text(source.head(_HEAD))
        delimiter = find_delimiter(head)[0]
        whole, backslashed = replace(source, part=None), quotes_are_backslashed(head, delimiter)
        first = (row for row in records(whole, encoding, delimiter, backslashed) if isinstance(row, RawRow))
        width = len(next(first).cells) if source.part is not None and source.part.number else 0
        return records(source, encoding, delimiter, backslashed, width)


class Survey(Delimited):
    """One respondent per row; each open question is a document, closed questions are attributes."""

    name = "survey.v1"
    kind = "survey"
    fixed_kind = "survey"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        base = super().sniff(source, head)
        if not base:
            return 0.0
        text = head_text(head)
        header = next(_try(text, find_delimiter(text)[0]), [])
        if any(review_question(cell) for cell in header):
            return 0.0
        questions = sum(open_question(cell) and _is_a_sentence(cell) for cell in header)
        tool = '{"ImportId"' in text or '{""ImportId""' in text or "Open-Ended Response" in text
        return 0.9 if tool or questions > 1 or (questions and "survey" in source.name.lower()) else 0.0


def _is_a_sentence(header: str) -> bool:
    """ "what they said" may head a column anywhere; a survey asks."""
    return len(header.split()) >= (3 if "?" in header else 5)


def quotes_are_backslashed(text: str, delimiter: str) -> bool:
    """Whether quotes inside cells are written \\" and not doubled: more of the first records are sound when read so."""
    if '\\"' not in text:
        return False
    return _sound(_BACKSLASHED.sub(r'\1""', text), delimiter) > _sound(text, delimiter)


def _sound(text: str, delimiter: str) -> int:
    """How many lines of the head begin a record that is sound under strict quoting, up to the first fault."""
    lines = text.split("\n")[: -1 if len(text) > _HEAD // 2 else None]
    sound, rest = 0, deque(lines)
    while rest:
        try:
            sound += bool(next(csv.reader([rest.popleft() + "\n"], delimiter=delimiter, strict=True), None))
        except csv.Error:
            continue
    return sound


def records(
    source: SourceFile, encoding: str, delimiter: str, backslashed: bool = False, width: int = 0
) -> Iterator[RawRow | Skipped]:
    """The records of the file; a line at which no sound record begins is quarantined and the next line tried.

    Strict in quoting: a stray quote would otherwise glue rows together in silence. ``backslashed``: quotes inside cells
    are written with a backslash; ``width``: the cells of the file's first record, where it stands in an earlier range.
    Raises NotInRanges where a record reaches over the end of its range: then another one begins behind it.
    """
    before, until = (source.part.before, source.part.until) if source.part else (0, None)
    with open_text(source, encoding) as stream:
        inner = (_BACKSLASHED.sub(r'\1""', line) for line in stream) if backslashed else iter(stream)
        lines = _Lines(inner, before)
        while True:
            lines.begin()
            if until is not None and lines.number > until:
                if lines.number - 1 > until:
                    raise NotInRanges("a record reaches over the end of its range")
                return
            try:
                cells = next(csv.reader(lines, delimiter=delimiter, strict=True), None)
            except csv.Error as error:
                yield _bad(source, lines, str(error))
                continue
            if cells is None:
                return
            if width and len(cells) != width and len(lines.taken) > 1:
                yield _bad(source, lines, f"{len(cells)} cells over {len(lines.taken)} lines")
                continue
            width = width or len(cells)
            text = "".join(lines.taken).rstrip("\r\n")
            yield RawRow(f"line {lines.number}", tuple(cells), text)


class _Lines:
    """Lines with a memory of those that the current record took, so that they can be given back."""

    def __init__(self, inner: Iterator[str], before: int = 0) -> None:
        self._inner = inner
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.number = before + 1
        self._first = not before

    def begin(self) -> None:
        self.number += len(self.taken)
        self.taken = []

    def give_back_all_but_first(self) -> str:
        self._waiting.extendleft(reversed(self.taken[1:]))
        self.taken = self.taken[:1]
        return self.taken[0] if self.taken else ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) > _RECORD_LINES:
            raise csv.Error(f"a quoted cell of more than {_RECORD_LINES} lines")
        line = self._waiting.popleft() if self._waiting else next(self._inner)
        if self._first:
            line, self._first = line.removeprefix("\ufeff"), False
        self.taken.append(line)
        return line


def _bad(source: SourceFile, lines: _Lines, fault: str) -> Skipped:
    line = lines.give_back_all_but_first()
    return quarantine(
        source,
        f"line {lines.number}",
        "row with damaged quotes or cells",
        expected="cells in closed quotes, as many as the header has",
        found=f"{fault}: {line.strip()}",
        to_do="mend the line, or export the table again",
    )
