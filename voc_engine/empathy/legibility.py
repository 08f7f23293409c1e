"""Whether a quote can be read by itself: not cut off, not stuttered, no address; and where its words begin to tell."""

from __future__ import annotations

import re

from voc_engine.language.stems import content_set


def _any(*lines: str) -> str:
    """A pattern for any of the words; an underscore stands for the blank inside a phrase."""
    return "(?:" + "|".join(word.replace("_", " ") for line in lines for word in line.split()) + ")"


# What opens spoken sentences and carries nothing; the second row only where a comma sets it apart.
_FILLERS = _any(
    "and but yeah yep well okay ok oh because also actually basically honestly obviously uh um anyway i_mean",
    "you_know i_guess of_course so(?!_(?:far|that|much|many|long|i_can))",
)
_SET_APART = _any("no yes right now like just see sure exactly especially then plus kind_of sort_of")
_OPENING = re.compile(rf"(?:(?:\s*\b{_FILLERS}\b[\s,.…-]*)|(?:\s*\b{_SET_APART},\s*))+(?=\S)", re.I)
_ADVERBS = (
    r"(?:\s+"
    + _any(
        "just then now always never also still only even usually often already both all once sometimes finally really",
        "actually first eventually recently probably certainly definitely totally mostly kind_of sort_of",
    )
    + ")*+"  # possessive: an adverb must not be taken for the verb that it stands before
)
_EMPHASIS = re.compile(r"\b(?:very|really|so|much|many|far|long|never|no|more|more and) ", re.I)
_STUTTER = re.compile(
    r"\b(\w{2,}),? (?:or |and |like |uh |um )?\1\b|\b(\w+ \w+),? \2\b|\b(i['’]\w+),? \3\b|\bi \w+ i\b", re.I
)
_CUT = re.compile(
    r"(?:\b"
    + _any(
        "the a an of for to with in on at and or but that it['’]s is was like because which so than from into as kind my"
    )
    + r"|[,–-])\s*[.…]?\s*$",
    re.I,
)
_ADDRESS = re.compile(r"https?://|www\.|@\w|\[(?:url|email|phone)\]", re.I)
_REPORTING = re.compile(
    rf"\b(?:i|we){_ADVERBS} (?:said|was like|were like|asked|told (?:him|her|them)|was saying|mentioned)\b|\bi like and\b",
    re.I,
)
LEAST_MATTER = 1
# What is shorter without its opening ("I do.") is read with it.
_FEWEST_WORDS = 3


def opening(text: str) -> str:
    """The text from its first word that carries something; a verbatim end of it."""
    match = _OPENING.match(text)
    rest = text[match.end() :] if match else text
    return rest if len(rest.split()) >= _FEWEST_WORDS else text


def legible(text: str) -> bool:
    """Can be understood by itself: not cut off, not stuttered, no address, at least one word that carries its matter."""
    plain = _EMPHASIS.sub(" ", text)
    if _STUTTER.search(plain) or _CUT.search(text) or _ADDRESS.search(text):
        return False
    return len(content_set(text)) >= LEAST_MATTER


def reported(text: str) -> bool:
    """The speaker's own words of another time, told as speech: they are no statement of now."""
    return _REPORTING.search(text) is not None
