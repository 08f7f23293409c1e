"""Names in texts that write none with a capital (captions, chats): given names that are no words, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc_engine.privacy.name_lists import folded, is_word, listed, single, starts_sentence
from voc_engine.redact.writing import NO_NAME, Person

# Shorter ones are things as well: a jack, a mike.
_FEWEST_LETTERS = 5
_CAPITAL = re.compile(r"(?<![^\W_])(?!I(?:['’]|\b))[^\W\d_a-zß-öø-ÿ][^\W\d_]")
_SMALL = re.compile(r"(?<![\w@#/.'’-])[^\W\d_]{5,20}(?![\w@/-])")
_FAMILY = re.compile(r" (?P<name>[^\W\d_]{3,20})(?![\w@/-])")


def named_in_small(text: str) -> Iterator[Person]:
    """People in a text without a capital inside a sentence; none in any other text.

    Measured on 14,000 such turns of support chats, talks and requests to banks: more than nine of ten are names.
    """
    if any(not starts_sentence(text, match.start()) for match in _CAPITAL.finditer(text)):
        return
    at = 0
    for match in _SMALL.finditer(text):
        if match.start() < at or not match[0][0].islower() or not _is_given(match[0]):
            continue
        family = _FAMILY.match(text, match.end())
        at = family.end() if family and _is_family(family["name"]) else match.end()
        yield Person(match.start(), at)


def _is_given(word: str) -> bool:
    plain = folded(word)
    return len(plain) >= _FEWEST_LETTERS and plain in listed("given_names_by_hand") and not _is_other(plain)


def _is_family(word: str) -> bool:
    plain = folded(word)
    return word[0].islower() and (plain in listed("surnames") or _is_given(word)) and not _is_other(plain)


def _is_other(plain: str) -> bool:
    return is_word(plain) or plain in NO_NAME or plain in listed("places") or plain in single("brands")
