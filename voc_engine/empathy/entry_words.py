"""Words of an entry: an emotion's adjective with the words that came with it, and words that oppose each other."""

from __future__ import annotations

import re

from voc_engine.language.feelings import OTHER, emotion_of, named_feelings, own_feeling
from voc_engine.language.stems import content_stems
from voc_engine.language.tokens import words
from voc_engine.records import Mention

ADJECTIVES = {
    "anger": "angry",
    "disgust": "disgusted",
    "fear": "worried",
    "joy": "happy",
    "sadness": "disappointed",
    "surprise": "surprised",
}
# words: what a note on a map holds, where a clause alone is enough, and what is none; a choice
MOST_WORDS, ENOUGH_WORDS, LEAST_WORDS = 14, 7, 5
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|,\s+(?=(?:but|and|so|because|which|i|we|it|they|he|she)\b)", re.I)


def content(text: str) -> frozenset[str]:
    """Stems of the words that carry a text's matter."""
    return frozenset(content_stems(text))


def feeling(mention: Mention) -> str | None:
    """ "frustrated: the export took forever": the feeling that the speaker names as their own, and the clause that names
    it together with what it is about; None where they name none of this emotion, or nothing that it is about."""
    tokens = words(mention.quote)
    named, about = own_feeling(tokens, mention.emotion), mention.own_thing
    if named is None or about is None:
        return None
    text = mention.statement or mention.quote
    first = named.partition("-")[0]
    if first not in words(text):
        text = mention.quote
    clause = excerpt(text, naming=first)
    if len(clause.split()) < LEAST_WORDS or about.casefold() not in clause.casefold():
        return None
    return f"{named if emotion_of(named) else ADJECTIVES[mention.emotion]}: {clause}"


def mixed(mention: Mention) -> bool:
    """The quote names a feeling of the other sign than its emotion ("never been so happy", told as sadness)."""
    named = {one.emotion for one in named_feelings(words(mention.quote))} - {OTHER}
    return bool(named) and mention.emotion not in named and ("joy" in named) != (mention.emotion == "joy")


def excerpt(quote: str, most: int = MOST_WORDS, naming: str | None = None) -> str:
    """The whole where it has no more than ``most`` words, else the longest clause of so many, else the first of them;
    always a verbatim stretch of the quote.

    With ``naming`` the clause that holds the word, and what follows it where it is short: a feeling without what is felt
    about tells little, and what stands before the feeling may be something else.
    """
    starts = [0, *(found.end() for found in _CLAUSE.finditer(quote))]
    clauses = [quote[at:end].strip(" ,") for at, end in zip(starts, [*starts[1:], len(quote)], strict=True)]
    for at, clause in zip(starts, clauses, strict=True):
        if naming is not None and naming in words(clause):
            return _first_words(clause if len(clause.split()) >= ENOUGH_WORDS else quote[at:].strip(), most)
    if len(quote.split()) <= most:
        return quote.strip()
    short = [clause for clause in clauses if clause and len(clause.split()) <= most]
    if short:
        return max(short, key=lambda clause: (len(clause.split()), -clauses.index(clause)))
    return _first_words(quote.strip(), most)


def _first_words(text: str, most: int) -> str:
    first = re.match(rf"(?:\S+\s+){{{most - 1}}}\S+(?=\s)", text)
    return f"{first.group().strip(' ,')} …" if first else text
