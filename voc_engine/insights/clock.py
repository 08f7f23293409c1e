"""When who was heard: people per source and period, so that a change can be looked for within each source.

A source is a kind of document on one channel ("review (App Store)"): files are often one month each, and a file that was
heard once cannot be compared with itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from voc_engine.records import Document

Ints = npt.NDArray[np.int64]
Cell = tuple[int, int]

# A channel of fewer documents is one with the others of its kind.
LEAST_IN_CHANNEL = 20


@dataclass(frozen=True)
class Clock:
    """``sources`` and ``periods`` by name, sorted. ``place``: document id -> (source, period), of those with a date.

    ``heard`` (sources, periods): people heard. ``came`` and ``left`` (sources, periods): of them those who were heard there
    for the first and for the last time.
    """

    sources: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]
    place: Mapping[str, Cell]
    heard: Ints
    came: Ints
    left: Ints

    def before(self, period: int) -> Ints:
        """People of each source who were heard before that period, shape (sources,)."""
        return np.asarray(self.came[:, :period].sum(axis=1), np.int64)

    def since(self, period: int) -> Ints:
        """People of each source who were heard in that period or later, shape (sources,)."""
        return np.asarray(self.left[:, period:].sum(axis=1), np.int64)


# Days up to which a study is told in weeks, months and quarters: ten weeks, a year and a half, five years; so that no
# chart has more than about twenty points.
_WEEKS_UP_TO, _MONTHS_UP_TO, _QUARTERS_UP_TO = 70, 550, 1_850


def period(day: int, span: int) -> str:
    """Week, month, quarter or year of a day (``date.toordinal``), whichever parts ``span`` days into a readable number."""
    then = date.fromordinal(day)
    if span <= _WEEKS_UP_TO:
        year, week, _ = then.isocalendar()
        return f"{year}-W{week:02d}"
    if span <= _MONTHS_UP_TO:
        return f"{then.year}-{then.month:02d}"
    return f"{then.year}-Q{(then.month + 2) // 3}" if span <= _QUARTERS_UP_TO else str(then.year)


def clock_of(
    voices: Iterable[tuple[str, str]], documents: Sequence[Document], day_of: Mapping[str, int | None], span: int
) -> Clock:
    """``voices``: (person, document) of whoever was heard. ``day_of``: document id -> day, None without a date. What
    bears no date has no part in it."""
    source = _sources(documents)
    names = {key: period(day, span) for key, day in day_of.items() if day is not None and key in source}
    sources, periods = tuple(sorted({source[key] for key in names})), tuple(sorted(set(names.values())))
    row = {name: number for number, name in enumerate(sources)}
    column = {name: number for number, name in enumerate(periods)}
    cell = {key: (row[source[key]], column[name]) for key, name in names.items()}
    people, came, left = (np.zeros((len(sources), len(periods)), np.int64) for _ in range(3))
    periods_of: dict[tuple[str, int], set[int]] = {}
    for person, document in voices:
        if document in cell:
            where, when = cell[document]
            periods_of.setdefault((person, where), set()).add(when)
    for (_, where), spoken_in in periods_of.items():
        people[where, list(spoken_in)] += 1
        came[where, min(spoken_in)] += 1
        left[where, max(spoken_in)] += 1
    return Clock(sources, periods, cell, people, came, left)


def _sources(documents: Sequence[Document]) -> dict[str, tuple[str, str]]:
    """Document id -> its source: the kind, and the channel where that has enough documents."""
    counts = Counter((document.kind, document.channel) for document in documents)
    source_of = {}
    for document in documents:
        is_large = counts[document.kind, document.channel] >= LEAST_IN_CHANNEL
        source_of[document.document_id] = (document.kind, (document.channel or "") if is_large else "")
    return source_of
