"""Quantities: numbers in digits and words, with the unit that they count: money, time, a share, or things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from voc_engine.language.word_lists import groups, word_list

_ARTICLES = ("a", "an")
# dozen, hundred, thousand and million multiply what stands before them ("two hundred")
_MULTIPLIERS = (12.0, 100.0, 1_000.0, 1_000_000.0)


@dataclass(frozen=True, slots=True)
class Quantity:
    """``text[start:end]`` names it. ``value`` is None for "several" and the like. ``unit`` is a currency ("eur"), a unit of
    time ("week"), "percent", or None for a bare number."""

    start: int
    end: int
    value: float | None
    unit: str | None


@cache
def _values() -> dict[str, float]:
    """Number word -> value."""
    return {word: float(name.removeprefix("n")) for name, line in groups("numbers").items() if name[1:].isdigit()
            for word in line}  # fmt: skip


@cache
def units() -> dict[str, str]:
    """Folded word or sign -> name of the unit."""
    return {word: name for name, line in groups("units").items() for word in line}


@cache
def time_units() -> frozenset[str]:
    """Words for units of time, in all their forms."""
    return word_list("units", "second", "minute", "hour", "day", "week", "fortnight", "month", "year")


@cache
def _pattern() -> re.Pattern[str]:
    spelled = "|".join(sorted((*_values(), *groups("numbers")["vague"]), key=len, reverse=True))
    named = "|".join(sorted((re.escape(word) for word in units() if word[0].isalpha()), key=len, reverse=True))
    digits = r"\d+(?:[,.]\d{3})*(?:[.,]\d{1,2})?(?![\d.,]*\d)"
    number = rf"(?:{digits}|(?:half )?\b(?:{spelled})(?:[ -](?:{spelled}))*\b)"
    unit = rf"(?:\s?(?P<mark>[%€£$])|[ -]?(?:of )?(?P<unit>{named})\b)"
    return re.compile(rf"(?<![\w.,])(?:(?P<sign>[$€£])\s?)?(?P<number>{number}){unit}?(?!\w)", re.IGNORECASE)


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities of a text, in order. A lone "a" or "an" is none; before a unit it is one: "an hour"."""
    for match in _pattern().finditer(text):
        unit = match["sign"] or match["mark"] or match["unit"]
        if unit is None and match["number"].lower() in _ARTICLES:
            continue
        name = units().get(unit.lower()) if unit else None
        yield Quantity(match.start(), match.end(), _value(match["number"].lower()), name)


def is_number(word: str) -> bool:
    """True for digits and for a folded number word, vague ones ("several") and articles included."""
    return word in word_list("numbers") or word.replace(",", "").replace(".", "", 1).isdigit()


def _value(number: str) -> float | None:
    if number[0].isdigit():
        return _digits(number)
    spelled = re.split(r"[ -]", number)
    if spelled[0] == "half":
        rest = _spelled(spelled[1:])
        return rest and rest / 2
    return _spelled(spelled)


def _spelled(spelled: list[str]) -> float | None:
    """ "Two hundred" multiplies, "twenty five" adds, and an article before a number counts nothing."""
    total = 0.0
    for word in spelled[1:] if len(spelled) > 1 and spelled[0] in _ARTICLES else spelled:
        value = _values().get(word)
        if value is None:
            return None
        total = total * value if 0 < total < value and value in _MULTIPLIERS else total + value
    return total


def _digits(number: str) -> float:
    """Groups of three behind a mark are thousands; one or two digits behind the last mark are a fraction."""
    marked = re.fullmatch(r"(\d+(?:[,.]\d{3})*)(?:[.,](\d{1,2}))?", number)
    if marked is None:
        return float(re.sub(r"\D", "", number))
    whole = re.sub(r"\D", "", marked[1])
    return float(f"{whole}.{marked[2] or 0}")
