"""Cue phrases: the words by which a reader sees why something is marked. They give reasons and decide nothing.

Each file in ``cues/`` holds groups of phrases with the kind that they speak for, a pattern (failure, delay, price ...) and
a reason in words. A phrase is a run of elements: a word or lemma, alternatives with ``|``, ``..`` for up to three words
of anything, ``#num`` for a number, ``#time`` for a unit of time, ``^`` for the sentence's beginning.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from voc_engine.language.negation import is_negator
from voc_engine.language.quantities import is_number, time_units
from voc_engine.language.tokens import folded
from voc_engine.mentions.parsing import normal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_GAP_WORDS = 3  # a choice: "...": a phrase's parts stand in one clause
# So many words before a cue a negation is looked for.
_REACH = 4


@dataclass(frozen=True, slots=True)
class Cue:
    """``negation`` tells what a negation does: "flip:<kind>" makes it a reason for that kind, "cancel" removes it,
    "keep" leaves it."""

    kind: str
    pattern: str
    reason: str
    phrases: tuple[str, ...]
    negation: str = "cancel"
    objection_type: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue at code points [start, end) of a sentence; ``kind`` is what it is a reason for, after negation."""

    cue: Cue
    kind: str
    start: int
    end: int
    quote: str
    negator: str | None = None

    @property
    def reason(self) -> str:
        """The reason in words, with the words that give it."""
        if self.negator and self.kind != self.cue.kind:
            return f"negated: '{self.negator} … {self.quote}'"
        return f"{self.cue.reason}: '{self.quote}'"


@cache
def cues() -> tuple[Cue, ...]:
    """All cues, in the order of the files and of their rows."""
    rows = []
    for entry in sorted(files(__package__).joinpath("cues").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            rows += tomllib.loads(entry.read_text("utf-8"))["cue"]
    return tuple(Cue(**{**row, "phrases": tuple(row["phrases"])}) for row in rows)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a cue: for each element the forms that fit it, None for a gap; ``opens`` the sentence or not."""

    cue: Cue
    elements: tuple[frozenset[str] | None, ...]
    opens: bool


@cache
def _book() -> dict[str, list[Phrase]]:
    """The phrases by each form that their first element may have. spaCy's Matcher asks every pattern of every word, which
    took fifteen times as long as the parse."""
    by_form: dict[str, list[Phrase]] = {}
    for cue in cues():
        for text in cue.phrases:
            opens = text.startswith("^ ")
            parts = text.removeprefix("^ ").split()
            phrase = Phrase(cue, tuple(None if part == ".." else frozenset(part.split("|")) for part in parts), opens)
            for form in sorted(phrase.elements[0] or ()):
                by_form.setdefault(form, []).append(phrase)
    return by_form


def _forms(token: Token) -> frozenset[str]:
    word = normal(token)
    forms = [word, token.lemma_.lower()]
    if is_number(word):
        forms.append("#num")
    if folded(token.text) in time_units():
        forms.append("#time")
    return frozenset(forms)


def _end(elements: Sequence[frozenset[str] | None], forms: Sequence[frozenset[str]], at: int) -> int | None:
    """Where the elements end that begin at a word, the shortest gap first; None where they do not fit."""
    for number, element in enumerate(elements):
        if element is None:
            rest = elements[number + 1 :]
            ends = (_end(rest, forms, at + skip) for skip in range(_GAP_WORDS + 1))
            return next((end for end in ends if end is not None), None)
        if at >= len(forms) or forms[at].isdisjoint(element):
            return None
        at += 1
    return at


def hits(doc: Doc) -> list[Hit]:
    """The cues of a sentence in text order; a longer phrase owns its words."""
    forms, book = [_forms(token) for token in doc], _book()
    matches: list[Found] = []
    for index, own_forms in enumerate(forms):
        phrases = {id(phrase): phrase for form in sorted(own_forms) for phrase in book.get(form, ())}
        for phrase in phrases.values():
            end = None if phrase.opens and index else _end(phrase.elements, forms, index)
            if end is not None:
                matches.append(Found(phrase.cue, index, end))
    longest = [match for match in matches if not any(match.inside(other) for other in matches)]
    return sorted(_weighed(doc, longest), key=lambda hit: (hit.start, -hit.end, hit.cue.reason))


@dataclass(frozen=True, slots=True)
class Found:
    """A cue at the words [first, last)."""

    cue: Cue
    first: int
    last: int

    def inside(self, other: Found) -> bool:
        """Whether a longer phrase covers it: "can't complain" hides "complain"."""
        longer = other.last - other.first > self.last - self.first
        return longer and other.first <= self.first and self.last <= other.last


def _weighed(doc: Doc, matches: list[Found]) -> Iterator[Hit]:
    for match in matches:
        kind, negator = match.cue.kind, _negator(doc, match)
        if negator is not None and match.cue.negation == "cancel":
            continue
        if negator is not None and match.cue.negation.startswith("flip:"):
            kind = match.cue.negation.removeprefix("flip:")
        span = doc[match.first : match.last]
        yield Hit(match.cue, kind, span.start_char, span.end_char, span.text, negator)


def _negator(doc: Doc, match: Found) -> str | None:
    """The word that denies the cue: just before it, and no mark of a clause between."""
    for index in range(match.first - 1, max(-1, match.first - 1 - _REACH), -1):
        token = doc[index]
        if token.is_punct or token.dep_ == "cc":
            return None
        if is_negator(folded(token.text)) or token.dep_ == "neg":
            return str(token.text)
    return None
