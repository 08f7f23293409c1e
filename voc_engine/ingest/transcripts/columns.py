"""Tables of a document: a row per turn, with columns for who, perhaps when, and the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voc_engine.ingest.transcripts.marked import Mark, MarkedReader
from voc_engine.ingest.transcripts.recording_times import CLOCK, milliseconds
from voc_engine.ingest.transcripts.speakers import name_shaped

# Timecodes of video count frames behind the seconds.
_FRAMES = r"(?:[:;]\d{2})?"
_TIME = re.compile(
    rf"^[\[(]?(?P<time>\d{{1,2}}:\d{{2}}:\d{{2}}(?=[:;]\d{{2}})|{CLOCK}){_FRAMES}[\])]?(?:\s*(?:[-–—]+>?|to)\s*[\[(]?{CLOCK}{_FRAMES}[\])]?)?$"
)
_HEADS_WORDS = (
    "speaker speakers name who person sprecher sprecherin wer locuteur intervenant hablante quién orador relatore"
)
_HEADS = frozenset(_HEADS_WORDS.split())
_LEAST_ROWS = 3
_MOST_COLUMNS = 12
_MOST_SPOKEN = 5
_MOSTLY = 0.8
_FEWEST_TIMES = 3


@dataclass(frozen=True)
class Places:
    """Numbers of the columns that tell who, what and when."""

    name: int
    text: int
    time: int | None


class Columns(MarkedReader):
    """A row without a name goes on with the turn above; a row of headings is no speech."""

    name = "columns"
    layout = "a table with a row per turn"

    def sniff_text(self, text: str, ending: str) -> float:
        lines = [line for line in text.split("\n") if line.strip()]
        marks = self.marks(lines)
        return 0.93 if len(marks) >= _LEAST_ROWS and len(marks) >= 0.4 * len(lines) else 0.0

    def marks(self, lines: list[str]) -> dict[int, Mark]:
        rows = {n: [cell.strip() for cell in line.split("\t")] for n, line in enumerate(lines) if "\t" in line}
        width = Counter(len(cells) for cells in rows.values()).most_common(1)[0][0] if rows else 0
        rows = {n: cells for n, cells in rows.items() if len(cells) == width and any(cells)}
        places = places_of(list(rows.values()), width)
        if places is None:
            return {}
        return {
            n: _mark(cells, places) for n, cells in rows.items() if cells[places.name] and not _is_head(cells, places)
        }


def _is_head(cells: Sequence[str], places: Places) -> bool:
    return cells[places.name].casefold().strip(" :") in _HEADS


def _mark(cells: Sequence[str], places: Places) -> Mark:
    time = _TIME.match(cells[places.time]) if places.time is not None else None
    others = [cell for n, cell in enumerate(cells) if n not in (places.name, places.text, places.time) and cell]
    text = " ".join([cells[places.text], *others]).strip()
    return Mark(cells[places.name].rstrip(" :"), milliseconds(time["time"]) if time else None, text)


def places_of(rows: Sequence[Sequence[str]], width: int) -> Places | None:
    """Which columns tell who, what and when; None where no column of names returns before one of words."""
    if width <= 1 or width > _MOST_COLUMNS or len(rows) < _LEAST_ROWS:
        return None
    columns = [[row[n] for row in rows] for n in range(width)]
    time = next((n for n in range(width) if _share(columns[n], _TIME.match) >= _MOSTLY), None)
    # Programs write times in several forms beside each other, and leave a column empty: what is left must be few.
    if sum(1 for n, cells in enumerate(columns) if n != time and _says_more(cells)) > _MOST_SPOKEN:
        return None
    text = _words_column(columns, time)
    names = [n for n in range(width) if n not in (text, time) and _are_names(columns[n])]
    return Places(names[0], text, time) if names else None


def _says_more(cells: Sequence[str]) -> bool:
    """Whether a column holds anything but times and numbers."""
    return any(cell.strip() for cell in cells) and _share(cells, lambda cell: time_of(cell) is not None) < _MOSTLY


def _words_column(columns: Sequence[Sequence[str]], time: int | None) -> int:
    """The longest column; where that one holds names, longer than what they say, the longest that differs more."""

    def length(n: int) -> tuple[int, int]:
        return sum(map(len, columns[n])), -n

    longest = max((n for n in range(len(columns)) if n != time), key=length)
    if not _are_names(columns[longest]):
        return longest
    n_names = len(set(columns[longest]))
    spoken = [
        n for n, cells in enumerate(columns)
        if n not in (longest, time) and len(set(cells)) > n_names
        and _share(cells, lambda cell: any(map(str.isalpha, cell))) >= _MOSTLY
    ]  # fmt: skip
    return max(spoken, key=length, default=longest)


def is_time(cell: str) -> bool:
    return _TIME.match(cell.strip()) is not None


def time_of(cell: str) -> int | None:
    """Milliseconds of a cell that holds a time, or a range of times, of a recording; seconds may stand as a number."""
    match = _TIME.match(cell.strip())
    if match:
        return milliseconds(match["time"])
    return round(float(cell) * 1000) if re.fullmatch(r"\s*\d{1,6}(?:\.\d{1,6})?\s*", cell) else None


def rises(cells: Sequence[str]) -> bool:
    """Whether times run on as those of a recording do."""
    times = [moment for cell in cells if (moment := time_of(cell)) is not None]
    return len(times) >= _FEWEST_TIMES and sum(1 for one, two in pairwise(times) if two >= one) >= 0.95 * (
        len(times) - 1
    )


def _share(cells: Sequence[str], test: Callable[[str], object]) -> float:
    """Share of filled cells that pass, the first one apart: it may be a heading."""
    filled = [cell for cell in cells if cell][1:]
    return sum(1 for cell in filled if test(cell)) / max(1, len(filled))


def _are_names(cells: Sequence[str]) -> bool:
    filled = [cell.rstrip(" :") for cell in cells if cell]
    counts = Counter(filled)
    shaped = _share(filled, lambda cell: name_shaped(cell) or cell.casefold() in _HEADS)
    return shaped >= _MOSTLY and max(counts.values(), default=0) > 1 and 1 < len(counts) <= 0.7 * len(filled) + 1
