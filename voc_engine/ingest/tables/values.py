"""What the cells of a column can be: dates, ratings, identities, votes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voc_engine.ingest.dates import parse_date

_LOOKED_AT = 200  # a choice: cells that tell what a column holds; all of a million would cost seconds
_FEW_ROWS = 3  # a choice: one value in all of so few may be chance
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)%?")
_STARS = r"(?:stars?|★+|points?|bubbles?|sterne?n?|punkte?n?|étoiles?|etoiles?|estrellas?)"
_RATING = re.compile(
    rf"^\s*(-?\d{{1,3}}(?:[.,]\d{{1,3}})?)\s*+(?:(?:/|out of|of|von|sur|de)\s*+\d++\s*+)?(?:{_STARS}\s*+)?"
    r"(?:[-–:=(]\s*[^\W\d].*)?$",
    re.IGNORECASE,
)


_NUMBER_WORDS = (
    "zero null nul cero zéro",
    "one eins ein une un uno una um één een",
    "two zwei deux dos due dois twee",
    "three drei trois tres tre três drie",
    "four vier quatre cuatro quattro quatro",
    "five fünf cinq cinco cinque vijf",
)
_NUMBERS = {word: number for number, words in enumerate(_NUMBER_WORDS) for word in words.split()}
# "FIVE", "ONE_STAR", "cinq étoiles": whole cells only.
_WORDED = re.compile(
    rf"(?P<number>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?:[\s_]+{_STARS})?$", re.IGNORECASE
)
_MOST_STARS = 10
_FULL_SCALE = 100


def rating_of(value: str) -> float | None:
    """The number in "4", "4,5", "4/5", "4 out of 5 stars", "10 - Extremely likely", "FIVE"; None where there is none."""
    match = _RATING.match(value)
    if match:
        return float(match[1].replace(",", "."))
    if word := _WORDED.match(value.strip()):
        return float(_NUMBERS[word["number"].casefold()])
    stars = re.match(r"^\s*([★⭐]{1,10})️?☆*\s*$", value)
    return float(len(stars[1])) if stars else None


def filled(values: Sequence[str]) -> list[str]:
    """The values that are not blank, without blanks around them."""
    return [value.strip() for value in values if value.strip()]


def are_votes(values: Sequence[str]) -> bool:
    """A score beyond ten, or below none, counts votes and rates nothing."""
    numbers = [number for number in map(rating_of, values) if number is not None]
    return any(not 0 <= number <= _MOST_STARS for number in numbers) or len(numbers) < len(values)


def are_ratings(values: Sequence[str]) -> bool:
    """Whether four of five values are numbers from 0 to 100."""
    numbers = [rating_of(value) for value in values]
    return bool(values) and sum(n is not None and 0 <= n <= _FULL_SCALE for n in numbers) >= 0.8 * len(values)


def are_dates(values: Sequence[str], least: float = 0.6) -> bool:
    """Whether at least this share of the first values can be read as dates."""
    looked = values[:_LOOKED_AT]
    return bool(looked) and sum(parse_date(value) is not None for value in looked) >= least * len(looked)


def are_numbers(values: Sequence[str]) -> bool:
    """Whether every value is a bare number."""
    return bool(values) and all(_NUMBER.fullmatch(value) for value in values)


def are_links(values: Sequence[str]) -> bool:
    """Whether most values are web addresses."""
    return bool(values) and sum(value.startswith(("http://", "https://")) for value in values) >= 0.8 * len(values)


def stands_in_every_row(values: Sequence[str]) -> bool:
    """Whether all filled values are one, in more rows than may be chance."""
    answers = filled(values)
    return len(answers) > _FEW_ROWS and len(set(answers)) == 1


def fits(key: str, values: Sequence[str]) -> bool:
    """Whether a column's filled values can have the meaning its name says."""
    if not values:
        return key in ("email", "handle", "title", "url", "reply")
    count = len(values)
    if key == "date":
        return are_dates(values)
    if key == "rating":
        return are_ratings(values)
    if key == "email":
        return sum("@" in value for value in values) >= 0.5 * count
    if key == "id":
        return len(set(values)) >= 0.5 * count
    if key in ("person", "name", "handle", "channel", "role", "language"):
        return sum(len(value.split()) for value in values) <= 6 * count and not are_links(values)
    if key == "person_id":
        return all(len(value.split()) == 1 for value in values)
    if key == "url":
        return sum("/" in value for value in values) >= 0.5 * count
    return True
