"""Times: the words of the calendar, and phrases that tell when, how long or how often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from voc_engine.language.quantities import time_units
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


def _any(*bags: frozenset[str]) -> str:
    return "|".join(sorted({re.escape(word) for bag in bags for word in bag}, key=lambda word: (-len(word), word)))


@cache
def _pattern() -> re.Pattern[str]:
    days = _any(calendar_words(), frozenset(("may",)))
    unit, part = _any(time_units()), _any(times_of_day())
    number = rf"\d+(?:[.,]\d+)?|{_any(word_list('numbers'))}"
    counted = rf"(?:{number})(?:[ -](?:{number}|of))* ?-?(?:{unit})\b(?: ago| later| earlier| before| now)?"
    named = rf"(?:last|next|this|past|every|each|previous|coming|other) (?:{unit}|{part}|{days})\b"
    dated = rf"(?:since|until|till|by|on|in|from|before|after) (?:{days}|(?:19|20)\d\d)\b(?: (?:19|20)\d\d)?"
    return re.compile(rf"\b(?:{counted}|{named}|{dated}|{_any(word_list('calendar', 'relative'))})\b", re.IGNORECASE)


def time_phrases(text: str) -> Iterator[re.Match[str]]:
    """Phrases that tell when, how long or how often, where they stand: "two weeks ago", "every day", "since March"."""
    return _pattern().finditer(text)
