"""Deeds: whether a sentence tells what the speaker does or did."""

from __future__ import annotations

from collections.abc import Sequence

from voc_engine.language.persons import is_first_person
from voc_engine.language.tokens import uncontracted
from voc_engine.language.word_lists import word_list

# Behind a connective and an adverb ("and then I called") the subject is the third word.
_SUBJECT = 3
_OWNED = ("me", "us", "my", "our", "mine", "ours", "myself", "ourselves")
_NAMES_A_THING = ("the", "a", "an", "this", "that", "these", "those", *_OWNED)


def own_deed(words: Sequence[str]) -> bool:
    """True where the subject of folded words is the speaker, who does something: "I" or "we" within the first words, with
    no form of "be", "want" or "cannot" after it."""
    if words and words[0] in _NAMES_A_THING:
        return False
    for position, word in enumerate(words[:_SUBJECT]):
        if is_first_person(word) and word not in _OWNED:
            done = word == uncontracted(word) or word.endswith("'ve")
            return done and word_list("deeds", "none").isdisjoint(words[position + 1 : position + 3])
    return False
