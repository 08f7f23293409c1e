"""Grammatical person: whether a text speaks of the speaker, and whether it begins a thought of its own."""

from __future__ import annotations

from functools import cache

from voc_engine.language.tokens import folded, spans, uncontracted
from voc_engine.language.word_lists import word_list


@cache
def first_person() -> frozenset[str]:
    """Pronouns of the speaker, alone or with others."""
    return word_list("pronouns", "first_person")


def is_first_person(word: str) -> bool:
    """True for a folded pronoun of the speaker, contracted or not: "my", "we've"."""
    return uncontracted(word) in first_person()


def speaks_of_self(text: str) -> bool:
    """True where any word is of the first person; "US" in capitals is a country unless all is in capitals."""
    loud = text.isupper()
    written = (word.group() for word in spans(text))
    return any(is_first_person(folded(word)) for word in written if loud or word != "US")


def begins_midway(text: str) -> bool:
    """True where the first word goes on from a sentence before: "And then it froze"."""
    first = next(spans(text), None)
    return first is not None and first.start() == 0 and folded(first.group()) in word_list("connectives")
