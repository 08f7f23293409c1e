"""What a mention is about: the noun phrase around the words that the encoder marks, in the sentence or before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voc_engine.language.matters import can_name
from voc_engine.language.stop_words import is_content
from voc_engine.language.tokens import folded

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MODIFIERS = frozenset(("amod", "compound", "nummod", "nmod", "poss", "quantmod"))
_NAMED = frozenset(("NOUN", "PROPN"))
_MOST_WORDS = 5
_MOST_NOUNS = 8


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


def _depth(token: Token, nouns: list[Token]) -> int:
    """How many of the marked nouns hang on it: of "invoice export" the export."""
    return sum(token in other.ancestors for other in nouns)


def _phrase(head: Token) -> str:
    first = last = head.i
    while first > 0 and head.doc[first - 1].dep_ in _MODIFIERS and head.doc[first - 1].head.i <= head.i:
        if head.doc[first - 1].dep_ == "poss" or head.doc[first - 1].like_num:
            break
        first -= 1
    first = max(first, last - _MOST_WORDS + 1)
    return str(head.doc[first : last + 1].text)
