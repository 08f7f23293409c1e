"""Tokens: the one pattern of a word, and the one meaning of an apostrophe and of a hyphen.

A word is a run of letters and digits. An apostrophe, a hyphen or an ampersand between two of them joins: "can't",
"sign-up" and "R&D" are one word each. A contraction is the word before its ending: "don't" is "do", "it's" is "it".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_MARKS = "'’ʼ‘&\\-‐‑"
WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}][^\W_]+)*")
# A run of letters alone: a piece of a name, of a file's name or of a label, in which nothing joins.
LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN = str.maketrans("’ʼ‘‐‑", "'''--")
_CLITIC = re.compile(r"(?:n't|'(?:s|re|ve|ll|d|m|t))$")
# What is left before "n't" where it is no word of its own.
_WHOLE = {"wo": "will", "ca": "can", "sha": "shall"}


def spans(text: str) -> Iterator[re.Match[str]]:
    """The words of a text where they stand, as they are written."""
    return WORD.finditer(text)


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Lower case, with the plain apostrophe and the plain hyphen."""
    return word.lower().translate(_PLAIN)


def words(text: str) -> list[str]:
    """The folded words of a text, in order; contractions and compounds are one word each."""
    if text.isascii():  # no mark to make plain, no letter that becomes two: all of it is folded at once
        folded_words: list[str] = WORD.findall(text.lower())
        return folded_words
    return [folded(word) for word in WORD.findall(text)]


def parts(text: str) -> list[str]:
    """The folded words of a text, compounds taken apart at their hyphens: "sign-up" is "sign", "up"."""
    if text.isascii() and "-" not in text:
        return words(text)
    return [part for word in words(text) for part in word.split("-")]


@lru_cache(maxsize=200_000)
def uncontracted(word: str) -> str:
    """A folded word without possessive and contracted ending: "don't" -> "do", "dog's" -> "dog", "won't" -> "will"."""
    bare = _CLITIC.sub("", word)
    return _WHOLE.get(bare, bare) if word.endswith("n't") else bare
