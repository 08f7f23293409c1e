"""Cue phrases and word classes, read from the TOML files of this package and matched on words and lemmas.

A phrase is a run of elements: a word or lemma, alternatives with ``|``, ``..`` for up to three words of anything,
``#num`` for a number, ``#time`` for a unit of time, ``^`` for the sentence's beginning.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_GAP = ".."
_NOT = frozenset(("not", "no", "never", "without", "nobody", "nothing", "none", "noone", "no-one", "nowhere"))
_GAP_WORDS = 3


@dataclass(frozen=True, slots=True)
class Cue:
    """One group of phrases with what they are evidence for.

    ``negation`` tells what a negation does: "flip:<kind>" makes it evidence for that kind, "cancel" removes it,
    "keep" leaves it. ``hypothetical`` tells the same for conditional and modal frames: "weaken" or "keep".
    """

    kind: str
    pattern: str
    weight: float
    reason: str
    phrases: tuple[str, ...]
    negation: str = "cancel"
    hypothetical: str = "weaken"
    objection_type: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in words [start, end) of a sentence; ``says_not`` where the phrase itself spells a negation."""

    cue: Cue
    start: int
    end: int
    says_not: bool = False


def is_number(word: str) -> bool:
    """True for digits and for number words, "a" and "several" among them."""
    return word in words("number") or word.replace(",", "").replace(".", "", 1).isdigit()


def is_time(word: str) -> bool:
    """True for a unit of time."""
    return word in words("time_unit")


def _fits(element: frozenset[str], word: str, lemma: str) -> bool:
    if word in element or lemma in element:
        return True
    return ("#num" in element and is_number(word)) or ("#time" in element and is_time(word))


class CueBook:
    """All cues, indexed by the words that a phrase may begin with."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.cues = tuple(cues)
        self._first: dict[str, list[tuple[Cue, bool, tuple[frozenset[str], ...]]]] = defaultdict(list)
        for cue in cues:
            for phrase in cue.phrases:
                anchored = phrase.startswith("^ ")
                elements = tuple(frozenset(part.split("|")) for part in phrase.removeprefix("^ ").split())
                for word in sorted(elements[0]):
                    self._first[word].append((cue, anchored, elements))

    def find(self, words: Sequence[str], lemmas: Sequence[str]) -> Iterator[Hit]:
        """Every phrase in the words, in order; ``words`` and ``lemmas`` run in parallel."""
        for place, (word, lemma) in enumerate(zip(words, lemmas, strict=True)):
            keys = [word] if word == lemma else [word, lemma]
            if is_number(word):
                keys.append("#num")
            seen: set[int] = set()
            for key in keys:
                for cue, anchored, elements in self._first.get(key, ()):
                    if id(elements) in seen or (anchored and place > 0):
                        continue
                    seen.add(id(elements))
                    end = _end(elements, words, lemmas, place)
                    if end is not None:
                        denies = any(element & _NOT for element in elements)
                        yield Hit(cue, place, end, denies and bool(_NOT & set(words[place:end])))


def _end(elements: Sequence[frozenset[str]], words: Sequence[str], lemmas: Sequence[str], place: int) -> int | None:
    for number, element in enumerate(elements):
        if _GAP in element:
            rest = elements[number + 1 :]
            for skip in range(_GAP_WORDS + 1):
                end = _end(rest, words, lemmas, place + skip)
                if end is not None:
                    return end
            return None
        if place >= len(words) or not _fits(element, words[place], lemmas[place]):
            return None
        place += 1
    return place


@cache
def cue_book() -> CueBook:
    """The cues of every file in ``cues/``."""
    cues = []
    for entry in sorted(files(__package__).joinpath("cues").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            for row in tomllib.loads(entry.read_text("utf-8"))["cue"]:
                cues.append(Cue(**{**row, "phrases": tuple(row["phrases"])}))
    return CueBook(cues)


@cache
def words(name: str) -> frozenset[str]:
    """A class of words from ``words.toml``. Raises KeyError for a class that is not there."""
    table = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    return frozenset(" ".join(table[name].split()).split(" "))
