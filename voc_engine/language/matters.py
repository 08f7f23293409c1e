"""Matters: which words may name what a text is about, as a label of a topic or a term of a group of people."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from voc_engine.language.stop_words import is_stop
from voc_engine.language.times import calendar_words, times_of_day
from voc_engine.language.tokens import uncontracted
from voc_engine.language.word_lists import groups, word_list

# From here on a number word tells an amount; below it is a function word more often ("one of them", "two of us").
_LEAST_AMOUNT = 11
_LEAST_LETTERS = 2
_MONEY = ("usd", "eur", "gbp", "cent", "percent")
_NUMBER = re.compile(
    r"\d+(?:st|nd|rd|th|s|am|pm|h|min|k|m)?|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-\w+|(?:half|quarter|one|two|three|four|five)-.*"
)


@lru_cache(maxsize=200_000)
def is_weak(word: str) -> bool:
    """True for a folded word that carries no content or too little: it may stand inside a name and never at its ends."""
    bare = uncontracted(word)
    if len(bare) < _LEAST_LETTERS or not any(map(str.isalpha, bare)):
        return True
    return is_stop(word) or bare in word_list("general_words") or bare in word_list("judgements", "plain")


@lru_cache(maxsize=200_000)
def is_barred(word: str) -> bool:
    """True for a folded word of a date, a number, an amount or a form of address: these tell when and how much."""
    bare = uncontracted(word)
    return bare in _barred() or word in _barred() or bool(_NUMBER.fullmatch(bare))


def can_name(word: str) -> bool:
    """True for a folded word that can name a matter by itself; a time of day or a unit of time cannot."""
    return not is_weak(word) and not is_barred(word) and uncontracted(word) not in times_of_day()


@cache
def _barred() -> frozenset[str]:
    amounts = [name for name in groups("numbers") if name[1:].isdigit() and int(name[1:]) >= _LEAST_AMOUNT]
    clock = frozenset(("zero", "o'clock", "oclock"))
    return (
        calendar_words()
        | word_list("numbers", *amounts)
        | word_list("ordinals", "ordinals", "fractions")
        | word_list("units", *_MONEY)
        | word_list("forms_of_address")
        | clock
    )
