"""Does a phrase read like a name? Part-of-speech tags of the few candidates, in their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from voc_engine.language.english_model import english_pipeline
from voc_engine.topics.words import Phrase

_NOUNS = {"NOUN", "PROPN"}
_EDGES = {"ADP", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "SCONJ"}


@cache
def _tagger() -> Any:
    return english_pipeline(
        ["parser", "ner", "lemmatizer"],
        why="Labels of topics need an English spaCy pipeline.",
        do="install the package with its pinned dependencies, or en_core_web_sm",
    )


def read_like_names(places: Sequence[tuple[str, Phrase]]) -> list[float]:
    """Factor per phrase and sentence: 1 for a noun phrase, less for an action, little for a fragment."""
    texts = sorted({text for text, _ in places})
    documents = dict(zip(texts, _tagger().pipe(texts), strict=True))
    return [factor(_tags(documents[text], phrase)) for text, phrase in places]


def _tags(document: Any, phrase: Phrase) -> list[str]:
    return [token.pos_ for token in document if token.idx < phrase.end and token.idx + len(token) > phrase.start]


def factor(tags: Sequence[str]) -> float:
    """Universal part-of-speech tags of a phrase -> 1 (noun phrase), .8 (with small words in it, or what is said of a
    noun), .6 and .5 (an action), less for what begins with a number or holds half a clause, .1 for a fragment."""
    inner = [tag for tag in tags if tag != "PUNCT"]
    if not inner or inner[0] in _EDGES or inner[-1] in _EDGES:
        return 0.1
    if not _NOUNS & set(inner):
        return 0.3
    if {"AUX", "SCONJ"} & set(inner):
        return 0.4
    if inner[-1] not in _NOUNS:
        return 0.8 if inner[-1] in {"ADJ", "NUM"} and inner[0] in _NOUNS else 0.5
    if inner[0] == "NUM":
        return 0.5
    if "VERB" in inner:
        return 0.6
    return 1.0 if set(inner) <= _NOUNS | {"ADJ"} else 0.8
