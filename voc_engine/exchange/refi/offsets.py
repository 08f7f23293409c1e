"""Where a tool's selections are: found by trial, since tools count byte-order marks, line ends and emoji differently.

Each reading gives a text and moves the places into it; the one whose slices equal the selections' names best is taken, the
first of equals. Measured on files of QualCoder, NVivo and ATLAS.ti; see docs/exchange.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voc_engine.exchange.plain_text import one_line

Span = tuple[int, int]
SOUND = 0.9  # under this share of right selections a source's codings are not believed
_MARK = "\ufeff"
_LAST_OF_ONE_UNIT = 0xFFFF  # of UTF-16: what lies above takes two units
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Reading:
    """``text`` has no byte-order mark and LF line ends. ``score`` is the share of selections that hold what they name (or
    begin and end at the edges of words where none has a name); 1 where there are none."""

    name: str
    text: str
    score: float

    @property
    def sound(self) -> bool:
        return self.score >= SOUND


def best_reading(content: bytes, places: Sequence[Span], names: Sequence[str]) -> tuple[Reading, list[Span]]:
    """The reading that fits best, and the places in its text: half-open, in code points; (0, 0) for what is not there."""
    whole = content.decode("utf-8", "replace")
    best: tuple[Reading, list[Span]] | None = None
    for name, read in _READINGS:
        text, moved = read(whole, places)
        spans = [place if 0 <= place[0] < place[1] <= len(text) else (0, 0) for place in moved]
        reading = Reading(name, text, _score(text, spans, names))
        if best is None or reading.score > best[0].score:
            best = reading, spans
        if best[0].score == 1:
            break
    assert best is not None, "there is a first reading"
    return best


def _score(text: str, places: Sequence[Span], names: Sequence[str]) -> float:
    if not places:
        return 1.0
    if any(name.strip() for name in names):
        pairs = [(place, name) for place, name in zip(places, names, strict=True) if name.strip()]
        return sum(_named(text[start:end], name) for (start, end), name in pairs) / len(pairs)
    return sum(_at_edges(text, *place) for place in places) / len(places)


def _named(words: str, name: str) -> bool:
    """Whether a slice is what its selection is called: blanks count as one, a name may be cut with "…" or "..."."""
    slice_words, called = one_line(words), one_line(name)
    for mark in ("…", "..."):
        if called.endswith(mark) and slice_words.startswith(called.removesuffix(mark).rstrip()) and called != mark:
            return True
    return bool(slice_words) and slice_words == called


def _at_edges(text: str, start: int, end: int) -> bool:
    if not text[start:end].strip():
        return False
    inside_first = start > 0 and _WORD.match(text[start - 1]) and _WORD.match(text[start])
    inside_last = end < len(text) and _WORD.match(text[end - 1]) and _WORD.match(text[end])
    return not inside_first and not inside_last and not text[start].isspace() and not text[end - 1].isspace()


def _unmarked(text: str) -> str:
    return text.removeprefix(_MARK)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")


def _mark_counted(text: str, places: Sequence[Span]) -> tuple[str, list[Span]]:
    shift = len(text) - len(_unmarked(text))
    return _crlf_as_two(_unmarked(text), [(start - shift, end - shift) for start, end in places])


def _mark_not_counted(text: str, places: Sequence[Span]) -> tuple[str, list[Span]]:
    return _crlf_as_two(_unmarked(text), places)


def _crlf_as_one(text: str, places: Sequence[Span]) -> tuple[str, list[Span]]:
    return _lf(_unmarked(text)), list(places)


def _crlf_as_two(text: str, places: Sequence[Span]) -> tuple[str, list[Span]]:
    """Places count both characters of a line end; they are moved to where the line ends are one."""
    if "\r\n" not in text:
        return text, list(places)
    ends = [one.start() for one in re.finditer("\r\n", text)]
    return _lf(text), _less(places, ends)


def _utf16(text: str, places: Sequence[Span]) -> tuple[str, list[Span]]:
    """Places count UTF-16 units, in which an emoji is two."""
    plain = _lf(_unmarked(text))
    seconds, units = [], 0
    for character in plain:
        units += 1
        if ord(character) > _LAST_OF_ONE_UNIT:
            seconds.append(units)
            units += 1
    return plain, _less(places, seconds)


def _inclusive(text: str, places: Sequence[Span]) -> tuple[str, list[Span]]:
    """Places name their last character, as the standard's prose can be read."""
    return _lf(_unmarked(text)), [(start, end + 1) for start, end in places]


def _less(places: Sequence[Span], extra: Sequence[int]) -> list[Span]:
    """The places without the units at ``extra`` (sorted) that stand before them."""
    from bisect import bisect_left

    return [(start - bisect_left(extra, start), end - bisect_left(extra, end)) for start, end in places]


_READINGS: tuple[tuple[str, Callable[[str, Sequence[Span]], tuple[str, list[Span]]]], ...] = (
    ("as it is", _mark_counted),
    ("without byte-order mark", _mark_not_counted),
    ("line ends as one character", _crlf_as_one),
    ("UTF-16 units", _utf16),
    ("end included", _inclusive),
)
