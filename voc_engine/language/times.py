"""Times: the words of the calendar, and the hour of the day that a text names."""

from __future__ import annotations

import re
from functools import cache

from voc_engine.language.word_lists import word_list

# Groups of ``calendar.toml`` that tell a date and nothing else.
_CALENDAR = ("months", "months_short", "weekdays", "weekdays_short", "holidays")


@cache
def calendar_words() -> frozenset[str]:
    """Names and abbreviations of months, weekdays and holidays."""
    return word_list("calendar", *_CALENDAR)


@cache
def months() -> frozenset[str]:
    """Names of the months; "may" is a verb more often and left out."""
    return word_list("calendar", "months")


@cache
def weekdays() -> frozenset[str]:
    """Names of the days of the week."""
    return word_list("calendar", "weekdays")


@cache
def times_of_day() -> frozenset[str]:
    """Words for parts of the day, the week and the year."""
    return word_list("calendar", "parts_of_time")


# The hour at which a part of the day begins, after the order in which people tell of it.
_PARTS = {
    "morning": 8.0, "mornings": 8.0, "breakfast": 7.5, "noon": 12.0, "midday": 12.0, "lunch": 12.5, "lunchtime": 12.5,
    "afternoon": 15.0, "afternoons": 15.0, "evening": 19.0, "evenings": 19.0, "dinner": 19.5, "tonight": 20.0,
    "bedtime": 22.0, "night": 22.0, "nights": 22.0, "midnight": 24.0,
}  # fmt: skip
_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b|\b(?P<at>[01]?\d|2[0-4]):(?P<past>[0-5]\d)\b"
    rf"|\b(?P<part>{'|'.join(_PARTS)})\b",
    re.IGNORECASE,
)


def hour_of(text: str) -> float | None:
    """The hour of the day, 0 to 24, of the first clock time or part of the day that a text names; None without one.

    >>> hour_of("At 7:30 pm I do the invoices"), hour_of("Sunday nights I type them up"), hour_of("I type them up")
    (19.5, 22.0, None)
    """
    match = _CLOCK.search(text)
    if match is None:
        return None
    if match["part"]:
        return _PARTS[match["part"].lower()]
    if match["at"]:
        return int(match["at"]) + int(match["past"]) / 60
    half = 12 if match["half"].lower() == "p" else 0
    return int(match["hour"]) % 12 + half + int(match["minute"] or 0) / 60
