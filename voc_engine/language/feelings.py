"""Feelings: the words by which people name what they feel, each with its emotion (Ekman 1992) where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from voc_engine.language.persons import is_first_person
from voc_engine.language.stems import stem
from voc_engine.language.word_lists import groups, word_list

# The group of states that are none of the six.
OTHER = "other"
_NEAR = 4  # words between a speaker and what they feel
_BETWEEN = ("do", "did", "also", "still", "just", "so", "never", "would")


@dataclass(frozen=True, slots=True)
class Feeling:
    """A feeling named by ``length`` words from word ``start`` on. ``emotion`` is one of the six, or "other"."""

    start: int
    length: int
    word: str
    emotion: str


@cache
def _emotions() -> dict[str, str]:
    return {word: name for name, named in groups("feelings").items() for word in named}


def emotion_of(word: str) -> str | None:
    """The emotion of a folded word that names a feeling as a state ("furious", "fed-up"), None for other words."""
    return _emotions().get(word)


def named_feelings(words: Sequence[str]) -> list[Feeling]:
    """The feelings that folded words name, in order; "fed up" is found as "fed-up" is."""
    named = []
    for start, word in enumerate(words):
        pair = f"{word}-{words[start + 1]}" if start + 1 < len(words) else ""
        for text, length in ((pair, 2), (word, 1)):
            if (emotion := emotion_of(text)) is not None:
                named.append(Feeling(start, length, text, emotion))
                break
    return named


@cache
def feeling_verbs() -> frozenset[str]:
    """Lemmas of verbs whose subject feels: "I dread Mondays"."""
    return word_list("feeling_verbs", "felt_by_subject")


@cache
def moving_verbs() -> frozenset[str]:
    """Lemmas of verbs whose object feels: "it annoys me"."""
    return word_list("feeling_verbs", "felt_by_object")


def own_feeling(words: Sequence[str], emotion: str) -> str | None:
    """The word by which a speaker says "I feel so": a state of this emotion after "I" or "we" ("I am so fed up"), a verb of
    theirs ("we love it"), or one whose object they are ("it annoys me"). None where folded words name none."""
    for named in named_feelings(words):
        if named.emotion == emotion and any(map(is_first_person, words[max(0, named.start - _NEAR) : named.start])):
            return named.word
    for position, word in enumerate(words):
        before, after = words[max(0, position - _NEAR) : position], words[position + 1 : position + 3]
        # "I really love it" and not "I felt like".
        subject = [one for one in before if not (one.endswith("ly") or one in _BETWEEN)][-1:]
        if subject and is_first_person(subject[0]) and stem(word) in _stems(feeling_verbs()):
            return word
        if stem(word) in _stems(moving_verbs()) and any(map(is_first_person, after)):
            return word
    return None


@cache
def _stems(lemmas: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(one) for one in lemmas)
