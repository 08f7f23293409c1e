"""What a mention is about: the noun phrase around the words that the encoder marks, in the sentence or before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voc_engine.language.matters import can_name
from voc_engine.language.negation import is_negator
from voc_engine.language.persons import is_first_person
from voc_engine.language.stop_words import is_content, is_stop
from voc_engine.language.tokens import folded

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MODIFIERS = frozenset(("amod", "compound", "nummod", "nmod", "poss", "quantmod"))
_NAMED = frozenset(("NOUN", "PROPN"))
_MOST_WORDS = 5  # a choice: a thing's name is short; its last words tell most
_MOST_NOUNS = 8  # a choice: the first of a long sentence; a list of parts is no matter


def noun_phrase(doc: Doc, start: int, end: int) -> str | None:
    """The noun with its modifiers at code points [start, end), as it was said, without articles and possessives; None
    where no noun stands there."""
    marked = doc.char_span(start, end, alignment_mode="expand")
    if marked is None:
        return None
    nouns = [token for token in marked if token.pos_ in _NAMED and is_content(folded(token.text))]
    if not nouns:
        return None
    head = max(nouns, key=lambda token: (_depth(token, nouns), token.i))
    return _phrase(head)


def subject_or_object(doc: Doc, start: int, end: int) -> str | None:
    """Where nothing is marked: the object, else the subject, of the clause at these code points."""
    for roles in (("dobj", "pobj", "attr"), ("nsubj", "nsubjpass")):
        for token in doc:
            inside = start <= token.idx < end
            if inside and token.dep_ in roles and token.pos_ in _NAMED and is_content(folded(token.text)):
                return _phrase(token)
    return None


def noun_phrases(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    """The noun phrases at code points [start, end), in order, each once, as they were said; a noun that stands in another's
    phrase has none of its own."""
    inside = [token for token in doc if start <= token.idx < end and token.pos_ in _NAMED]
    able = [token for token in inside if token.dep_ != "compound" and can_name(folded(token.text))]
    return tuple(dict.fromkeys(map(_phrase, able)))[:_MOST_NOUNS]


def only_noun_phrase(doc: Doc) -> str | None:
    """The noun phrase of a sentence that has one and no other."""
    phrases = noun_phrases(doc, 0, len(doc.text))
    return phrases[0] if len(phrases) == 1 else None


def what_speakers_are(doc: Doc) -> str | None:
    """What people say that they are ("I am a vet"); None where they do not say it so."""
    for token in doc:
        verb = token.head
        of_self = any(child.dep_ == "nsubj" and is_first_person(folded(child.text)) for child in verb.children)
        of_self = of_self and not any(child.dep_ == "neg" for child in verb.children)
        if token.dep_ == "attr" and token.pos_ in _NAMED and of_self and can_name(folded(token.text)):
            return _phrase(token)
    return None


def compared_with(doc: Doc) -> str | None:
    """What stands behind "than"."""
    for token in doc:
        if token.dep_ == "pobj" and folded(token.head.text) == "than" and token.pos_ in _NAMED:
            return _phrase(token) if can_name(folded(token.text)) else None
    return None


def _depth(token: Token, nouns: list[Token]) -> int:
    """How many of the marked nouns hang on it: of "invoice export" the export."""
    return sum(token in other.ancestors for other in nouns)


def _phrase(head: Token) -> str:
    """From the first modifier that tells which, to the noun. What a hyphen joins is one word, and "no" that stands behind a
    determiner or a number belongs to the noun: "another no show", "three no-shows"."""
    doc, first, last = head.doc, head.i, head.i
    while first > 0 and _belongs(doc[first - 1], doc[first]):
        first -= 1
    first = max(first, last - _MOST_WORDS + 1)
    while first < last and is_stop(folded(doc[first].text)) and doc[first].whitespace_ and not _within(doc[first]):
        first += 1
    return str(doc[first : last + 1].text)


def _belongs(before: Token, token: Token) -> bool:
    if not before.whitespace_ and "-" in (before.text, token.text):
        return True
    if before.dep_ == "poss" or before.like_num:
        return False
    return _within(before) or (before.dep_ in _MODIFIERS and before.head.i >= token.i)


def _within(token: Token) -> bool:
    """A negator inside its noun's phrase: something stands before it that tells which or how many."""
    others = (left for left in token.head.lefts if left.i < token.i)
    return is_negator(folded(token.text)) and any(other.dep_ in ("det", "poss", *_MODIFIERS) for other in others)
