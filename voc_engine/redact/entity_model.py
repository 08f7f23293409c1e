"""The language model's opinion on names: entities of spaCy's English pipeline, loaded at first use."""

from __future__ import annotations

from functools import cache
from typing import Any

from voc_engine.language.english_model import english_pipeline

# A turn of a long interview is read in pieces, each cut at a white space: the network's memory grows with the text.
PIECE = 20_000
_UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer"]


@cache
def pipeline() -> Any:
    """The English model, entities alone. Raises StageError when none is installed."""
    return english_pipeline(
        _UNUSED,
        why='Names are looked for with a language model ([redact] names = "model"), and none is there.',
        do='install the package with its pinned dependencies, or set names = "cues"',
    )


def entities(text: str) -> list[tuple[int, int, str]]:
    """(start, end, label) of every entity. Each text is read by itself, so that no other text can change the answer."""
    nlp = pipeline()
    labels: list[tuple[int, int, str]] = []
    at = 0
    while at < len(text):
        end = len(text)
        if end - at > PIECE:
            space = text.rfind(" ", at, at + PIECE)
            end = space + 1 if space > at else at + PIECE
        # Words met on the way are forgotten again: a dump of tickets would fill the vocabulary.
        with nlp.memory_zone():
            labels += [
                (at + entity.start_char, at + entity.end_char, entity.label_) for entity in nlp(text[at:end]).ents
            ]
        at = end
    return labels
