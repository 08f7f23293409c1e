"""Words of an entry: an emotion's adjective with the words that came with it, and words that oppose each other."""

from __future__ import annotations

import re

from voc_engine.records import Mention

ADJECTIVES = {
    "anger": "angry",
    "disgust": "disgusted",
    "fear": "worried",
    "joy": "happy",
    "sadness": "disappointed",
    "surprise": "surprised",
}
# Nearer words for the same emotion, taken where the evidence itself has them.
SAID_ADJECTIVES = {
    "anger": "annoyed frustrated furious irritated angry mad",
    "disgust": "disgusted appalled",
    "fear": "worried afraid anxious nervous scared concerned",
    "joy": "delighted excited glad pleased thrilled relieved satisfied impressed grateful thankful proud happy",
    "sadness": "disappointed sad unhappy upset let-down ashamed embarrassed tired lonely",
    "surprise": "surprised amazed shocked astonished confused",
}
MOST_WORDS = 14
_SMALL = frozenset(
    word
    for line in (
        "a an the to of in on for and or but it its is are was were be been i we you my our me us this that",
        "so too very just really have has had do does did not no never with at as if when they them",
    )
    for word in line.split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|,\s+(?=(?:but|and|so|because|which|i|we|it|they|he|she)\b)", re.I)


def words(text: str) -> list[str]:
    """Lower-case words of a text."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def content(text: str) -> frozenset[str]:
    """Stems (five letters) of the words that carry a text's matter."""
    return frozenset(word[:5] for word in words(text) if word not in _SMALL and not word.endswith("n't"))


def feeling(mention: Mention) -> str:
    """ "frustrated: the export took forever": an adjective (the person's own where said) and the person's own words."""
    said = set(words(mention.quote))
    own = [word for word in SAID_ADJECTIVES.get(mention.emotion, "").split() if word in said]
    adjective = own[0] if own else ADJECTIVES.get(mention.emotion, mention.sentiment)
    return f"{adjective}: {excerpt(mention.statement or mention.quote)}"


def mixed(mention: Mention) -> bool:
    """The quote names a feeling of the other sign than its emotion ("never been so happy", told as sadness)."""
    said = set(words(mention.quote))
    named = {emotion for emotion, adjectives in SAID_ADJECTIVES.items() if said & set(adjectives.split())}
    return bool(named) and mention.emotion not in named and ("joy" in named) != (mention.emotion == "joy")


def excerpt(quote: str, most: int = MOST_WORDS) -> str:
    """The longest clause of up to ``most`` words, else the first of them; always a verbatim stretch of the quote."""
    starts = [0, *(found.end() for found in _CLAUSE.finditer(quote))]
    clauses = [quote[at:end].strip(" ,") for at, end in zip(starts, [*starts[1:], len(quote)], strict=True)]
    short = [clause for clause in clauses if clause and len(clause.split()) <= most]
    if short:
        return max(short, key=lambda clause: (len(clause.split()), -clauses.index(clause)))
    return _first_words(quote.strip(), most)


def _first_words(text: str, most: int) -> str:
    first = re.match(rf"(?:\S+\s+){{{most - 1}}}\S+(?=\s)", text)
    return f"{first.group().strip(' ,')} …" if first else text
