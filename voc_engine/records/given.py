"""Given: what a pass over the whole study hands to each part of a stage, beside the part's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy.typing as npt

# Why a whole text, or lines of it, was set aside by the study as a whole.
SAME_RECORD = "copy: the same id, person and words as an earlier record"
COPY = "copy: words that the same person sent before"
REPOST = "repost: a long text that somebody else sent before; it counts as one voice"
BOILERPLATE = "boilerplate: words that several people sent alike inside longer texts"
STAFF_WORDS = "the company's own words, sent back in an answer"


@dataclass(frozen=True)
class Given:
    """Every field is a mapping; what is in them names the part that is made with it."""


@dataclass(frozen=True)
class Copies(Given):
    """What of a part was sent by others too. Documents that are to be set aside: id -> reason, and id -> id of the document
    that stays; phrases that are nobody's own: hash of their words -> reason."""

    reasons: Mapping[str, str] = field(default_factory=dict)
    firsts: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """Every sentence of a study that may be evidence, in columns: ``segments``, ``documents``, ``people`` and ``keys`` (of
    the words) are ids as bytes, shape (n,); the word pieces of sentence i and their pairs, hashed, are
    ``grams[ends[i - 1]:ends[i]]``."""

    segments: npt.NDArray[Any]
    documents: npt.NDArray[Any]
    people: npt.NDArray[Any]
    keys: npt.NDArray[Any]
    ends: npt.NDArray[Any]
    grams: npt.NDArray[Any]


@dataclass(frozen=True)
class Drawn(Given):
    """Who is read in full: person -> how they came to be (CERTAIN, DRAWN or SOUGHT). For what sees the whole study ``heard``
    holds everybody's sentences."""

    people: Mapping[str, str] = field(default_factory=dict)
    heard: Heard | None = None
