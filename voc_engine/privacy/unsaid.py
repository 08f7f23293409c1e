"""Which runs of words only withheld people said, so that no statement, label or name gives them away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A sentence of this many words is somebody's own; fewer are everybody's.
LONGEST = 4
_STEM = 5
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, whatever their capitals and marks."""
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))


@dataclass(frozen=True)
class Unsaid:
    """``runs``: one to four words in a row that withheld people said and nobody else; ``stems``: beginnings of words
    that only they used."""

    runs: frozenset[tuple[str, ...]]
    stems: frozenset[str]

    @classmethod
    def of(cls, theirs: Iterable[str], others: Iterable[str]) -> Unsaid:
        """From all that withheld people said, and all that stands there besides."""
        runs: set[tuple[str, ...]] = set()
        for text in theirs:
            runs.update(_runs(words_of(text)))
        stems = {run[0][:_STEM] for run in runs if len(run) == 1}
        all_runs = frozenset(runs)
        for text in others:
            tokens = words_of(text)
            stems.difference_update(word[:_STEM] for word in tokens)
            for start in range(len(tokens)):
                for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
                    if tokens[start:end] not in all_runs:
                        break  # no longer run that begins here is theirs either
                    runs.discard(tokens[start:end])
        return cls(frozenset(runs), frozenset(stems))

    def holds(self, text: str) -> bool:
        """Whether the text repeats four of their words in a row, or is shorter and all theirs."""
        words = words_of(text)
        return bool(words) and any(run in self.runs for run in _runs_of(words, min(LONGEST, len(words))))

    def betrays(self, text: str) -> bool:
        """Whether the text has two of their words in a row, or a longer word, that nobody else said."""
        words = words_of(text)
        long = any((word,) in self.runs and len(word) >= _STEM for word in words)
        return long or any(run in self.runs for run in _runs_of(words, 2))

    def names(self, text: str) -> bool:
        """Whether the text has a word that only they used."""
        return any(word[:_STEM] in self.stems for word in words_of(text))


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for length in range(1, LONGEST + 1):
        yield from _runs_of(words, length)


def _runs_of(words: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    return (words[start : start + length] for start in range(len(words) - length + 1))
