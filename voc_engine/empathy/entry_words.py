"""Words of an entry: the clause of a long quote that is shown, in the speaker's words."""

from __future__ import annotations

import re

from voc_engine.language.feelings import emotion_of, own_feeling
from voc_engine.language.telling import BEST_READ
from voc_engine.language.tokens import words
from voc_engine.records import Mention

# A shorter clause that names a feeling seldom says what it is about: what follows it is shown too; a choice.
_ENOUGH_WORDS = 7
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|,\s+(?=(?:but|and|so|because|which|i|we|it|they|he|she)\b)", re.I)


def felt(mention: Mention) -> str | None:
    """The clause in which the speaker names what they feel, of a quote too long to be read at a glance; None where the
    quote is short or names none of its emotion as a state."""
    named = own_feeling(words(mention.quote), mention.emotion)
    if named is None or emotion_of(named) is None or len(mention.quote.split()) <= BEST_READ[1]:
        return None
    clause = excerpt(mention.quote, BEST_READ[1], naming=named.partition("-")[0])
    return clause[:1].upper() + clause[1:]


def excerpt(quote: str, most: int, naming: str | None = None) -> str:
    """The whole where it has no more than ``most`` words, else the longest clause of so many, else the first of them;
    always a verbatim stretch of the quote.

    With ``naming`` the clause that holds the word, and what follows it where it is short: a feeling without what is felt
    about tells little, and what stands before the feeling may be something else.
    """
    starts = [0, *(found.end() for found in _CLAUSE.finditer(quote))]
    clauses = [quote[at:end].strip(" ,") for at, end in zip(starts, [*starts[1:], len(quote)], strict=True)]
    for at, clause in zip(starts, clauses, strict=True):
        if naming is not None and naming in words(clause):
            return _first_words(clause if len(clause.split()) >= _ENOUGH_WORDS else quote[at:].strip(), most)
    if len(quote.split()) <= most:
        return quote.strip()
    short = [clause for clause in clauses if clause and len(clause.split()) <= most]
    if short:
        return max(short, key=lambda clause: (len(clause.split()), -clauses.index(clause)))
    return _first_words(quote.strip(), most)


def _first_words(text: str, most: int) -> str:
    first = re.match(rf"(?:\S+\s+){{{most - 1}}}\S+(?=\s)", text)
    return f"{first.group().strip(' ,')} …" if first else text
