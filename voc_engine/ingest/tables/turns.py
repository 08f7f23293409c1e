"""Tables with a row per turn of talk: which columns tell who, when and what; and their way into interviews."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.pieces import document_id, renamed
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.cells import plain
from voc_engine.ingest.tables.headers import folded
from voc_engine.ingest.tables.table import Row, Table
from voc_engine.ingest.tables.values import filled
from voc_engine.ingest.tables.words_column import mean_words
from voc_engine.ingest.transcripts.columns import is_time, places_of, rises
from voc_engine.ingest.transcripts.recording_times import milliseconds
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript, assemble
from voc_engine.records import Skipped

_KEYWORDS = keywords("turns")

_SPEAKER = re.compile(_KEYWORDS.pattern("speaker"))
_PERHAPS_SPEAKER = re.compile(_KEYWORDS.pattern("perhaps_speaker"))
_WORDS = re.compile(_KEYWORDS.pattern("words"))
_WHEN = re.compile(_KEYWORDS.pattern("when"))
_SESSION = re.compile(_KEYWORDS.pattern("session"))
_CLOCK = re.compile(r"(?P<clock>(?:\d{1,3}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?)(?::\d{2})?")
_CLOCK_CELL = re.compile(
    rf"[\[(]?{_CLOCK.pattern}[\])]?(?:\s*(?:-+>?|–|—|to|bis)\s*[\[(]?(?:\d{{1,3}}:){{1,3}}\d{{1,2}}(?:[.,]\d+)?[\])]?)?"
)
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_MOST_SPEAKERS = 15  # a choice: a workshop's; a column of people with more is one of records
_LEAST_ROWS = 3  # nobody can return in fewer
_TAKING_TURNS = 0.4  # a choice: of the rows, another speaks than before; in talk of two it is most
# Shares of questions among what somebody says who asks, and somebody who answers.
_ASKS, _ANSWERS = 0.5, 0.25


@dataclass(frozen=True)
class TurnColumns:
    """Which column is what in a table of turns; ``sure`` is whether the header itself names a speaker."""

    speaker: str
    words: str
    when: str | None
    session: str | None
    sure: bool


def turn_columns(columns: Sequence[str], values: Mapping[str, Sequence[str]]) -> TurnColumns | None:
    """The columns of a table of turns; None where no column could name speakers beside one of words."""
    named = [c for c in columns if _SPEAKER.fullmatch(folded(c))]
    perhaps = [c for c in columns if _PERHAPS_SPEAKER.fullmatch(folded(c))]
    speaker = next((c for c in (*named, *perhaps) if _return(values[c])), None)
    if speaker is None:
        return None
    when = next((c for c in columns if c != speaker and _WHEN.fullmatch(folded(c)) and _are_clocks(values[c])), None)
    others = [c for c in columns if c not in (speaker, when)]
    called = [c for c in others if _WORDS.fullmatch(folded(c)) and mean_words(values[c]) >= 1]
    words = max(called or others, key=lambda c: (mean_words(values[c]), -others.index(c)), default=None)
    if words is None or mean_words(values[words]) < 1:
        return None
    session = next((c for c in others if c != words and _SESSION.fullmatch(folded(c)) and _in_blocks(values[c])), None)
    return TurnColumns(speaker, words, when, session, speaker in named)


def session_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Which column of rows with a header names the session of a row, two at least; None: there is none."""
    for number, header in enumerate(rows[0] if rows else ()):
        cells = [row[number] for row in rows[1:] if number < len(row)]
        if _SESSION.fullmatch(folded(header)) and _in_blocks(cells) and len(set(filled(cells))) > 1:
            return number
    return None


def _return(cells: Sequence[str]) -> bool:
    """Whether few names, two at least, come again and again."""
    names = filled(cells)
    distinct = len(set(names))
    return (
        len(names) >= _LEAST_ROWS
        and 1 < distinct <= max(_MOST_SPEAKERS, 0.1 * len(names))
        and distinct <= 0.7 * len(names)
    )


def _are_clocks(cells: Sequence[str]) -> bool:
    answers = filled(cells)
    clocks = sum(bool(_CLOCK_CELL.fullmatch(one)) for one in answers)
    seconds = [float(one) for one in answers if _SECONDS.fullmatch(one)]
    rising = (
        len(seconds) == len(answers) and all(one <= two for one, two in pairwise(seconds)) and len(set(seconds)) > 1
    )
    return bool(answers) and (clocks >= 0.8 * len(answers) or rising)


def _in_blocks(cells: Sequence[str]) -> bool:
    """Whether each value stands in one run of rows."""
    answers = filled(cells)
    changes = sum(one != two for one, two in pairwise(answers))
    return bool(answers) and changes + 1 == len(set(answers)) < len(answers)


def alternate(cells: Sequence[str]) -> float:
    """Share of rows whose speaker is another than the row's before."""
    answers = filled(cells)
    return sum(one != two for one, two in pairwise(answers)) / max(1, len(answers) - 1)


def one_asks(speakers: Sequence[str], words: Sequence[str]) -> bool:
    """Whether somebody asks in most of what they say and another hardly ever: an interview, and no list of comments."""
    asks_by_speaker: dict[str, list[bool]] = {}
    for speaker, text in zip(speakers, words, strict=True):
        if text.strip():
            asks_by_speaker.setdefault(speaker, []).append(text.rstrip(" \"'”’)").endswith(("?", "？")))
    shares = [sum(each) / len(each) for each in asks_by_speaker.values()]
    return bool(shares) and max(shares) >= _ASKS and min(shares) <= _ANSWERS


def talk_without_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are turns of a talk from the first one on, by who, perhaps when, and the words, and nothing else: times
    of a recording run on, or few names take turns and one of them asks."""
    width = len(rows[0]) if rows else 0
    rows = [row for row in rows if len(row) == width]
    places = places_of(rows, width)
    if places is None or width != 2 + (places.time is not None):
        return False
    if places.time is not None:
        times = [row[places.time] for row in rows]
        return is_time(times[0]) and rises(times)
    speakers, words = [row[places.name] for row in rows], [row[places.text] for row in rows]
    return speakers[0] in speakers[1:] and alternate(speakers) >= _TAKING_TURNS and one_asks(speakers, words)


def talks(
    source: SourceFile, options: SourceConfig, table: Table, places: TurnColumns, date: str | None
) -> Iterator[Conversation | Skipped]:
    """One interview for each session of the table, in its order; ``date`` is the column of a calendar date, if any."""
    rows: list[Row] = []
    current = ""
    sessions = 0
    for row in table.rows:
        if isinstance(row, Skipped):
            yield row
            continue
        session = row.cells.get(places.session, "").strip() if places.session else ""
        if rows and session and session != current:
            yield from _talk(source, options, rows, places, date, sessions, current)
            rows, sessions = [], sessions + 1
        current = session or current
        rows.append(row)
    if rows:
        yield from _talk(source, options, rows, places, date, sessions, current)


def _talk(
    source: SourceFile, options: SourceConfig, rows: Sequence[Row], places: TurnColumns, date: str | None, number: int,
    title: str,
) -> Iterator[Conversation | Skipped]:  # fmt: skip
    transcript = Transcript(title=title or None)
    stated = next((row.cells[date] for row in rows if date and row.cells.get(date, "").strip()), "")
    transcript.created_at = parse_date(stated) if stated else None
    for row in rows:
        text = " ".join(plain(row.cells.get(places.words, "")).split())
        if text:
            speaker = row.cells.get(places.speaker, "").strip().rstrip(":") or None
            transcript.cues.append(Cue(text, row.locator, speaker, _start(row, places.when)))
    for item in assemble(source, options, transcript, "interview"):
        if isinstance(item, Conversation) and number:
            item = renamed(item, document_id(item.document.kind, source.name, f"transcript {number + 1}"))
        if isinstance(item, Conversation):
            item = replace(item, document=replace(item.document, locator=f"{rows[0].locator} to {rows[-1].locator}"))
        yield item


def _start(row: Row, when: str | None) -> int | None:
    cell = row.cells.get(when, "").strip() if when else ""
    match = _CLOCK.search(cell)
    if match:
        return milliseconds(match["clock"])
    return round(float(cell) * 1000) if _SECONDS.fullmatch(cell) else None
