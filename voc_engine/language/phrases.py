"""Phrases: the sentences and lines of a text, as what two texts may have in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# A dot inside a word or a link ends nothing.
_PHRASE = re.compile(r"(?:[^.!?…。！？\n]|[.!?…]{1,4}+(?=[^\s.!?…。！？]))+[.!?…。！？]*")
_WORD = re.compile(r"\w+")


class Phrase(NamedTuple):
    """``text[start:end]`` of its text; ``words`` are its words in small letters, joined by blanks, ``n_words`` of them."""

    start: int
    end: int
    words: str
    n_words: int


def phrases(text: str, fewest: int = 1) -> Iterator[Phrase]:
    """The sentences of at least ``fewest`` words, no line break in them, in order. Case, punctuation and mark-up make no
    difference to ``words``."""
    for match in _PHRASE.finditer(text):
        words, count = _words_of(match[0])
        if count >= fewest:
            yield Phrase(match.start(), match.end(), words, count)


# In tickets few sentences are said by many, and each stage that looks for repetition asks again.
@lru_cache(maxsize=20_000)
def _words_of(sentence: str) -> tuple[str, int]:
    words = _WORD.findall(sentence.casefold())
    return " ".join(words), len(words)


def lines_and_phrases(text: str) -> Iterator[tuple[Phrase, bool]]:
    """Every sentence as ``phrases`` gives it, and each line of several sentences behind them as one more; whether it is all
    of its line."""
    at = 0
    for line in text.split("\n"):
        sentences = list(phrases(line))
        moved = [one._replace(start=one.start + at, end=one.end + at) for one in sentences]
        yield from ((one, len(sentences) == 1) for one in moved)
        if len(sentences) > 1:
            words, count = " ".join(one.words for one in moved), sum(one.n_words for one in moved)
            yield Phrase(moved[0].start, moved[-1].end, words, count), True
        at += len(line) + 1
