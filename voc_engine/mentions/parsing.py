"""The spaCy pipeline of the room: loaded at first use, without entities; contractions written out the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from voc_engine.language.english_model import english_pipeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

BATCH = 128  # texts that spaCy takes at a time; no result depends on it
# Tokenised text ("ca n't") and missing apostrophes ("dont") escape spaCy's own norms.
_NORMS = {
    "n't": "not",
    "n’t": "not",
    "nt": "not",
    "'t": "not",
    "cannot": "can",
    "'ve": "have",
    "’ve": "have",
    "'re": "are",
    "’re": "are",
    "'ll": "will",
    "’ll": "will",
    "'m": "am",
    "’m": "am",
    "pls": "please",
    "plz": "please",
    "u": "you",
    "gonna": "going",
    "im": "i",
}
_SPLIT_STEMS = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}


@cache
def pipeline() -> Language:
    """The English model without entities. Raises StageError when none is installed."""
    return english_pipeline(
        ["ner"],
        why="The mentions stage needs an English spaCy pipeline.",
        do="install the package with its pinned dependencies, or en_core_web_sm",
    )


def parse(texts: Sequence[str]) -> Iterator[Doc]:
    """One parsed document per text, in order. How texts are batched does not change any of them."""
    return cast("Iterator[Doc]", pipeline().pipe(texts, batch_size=BATCH))


def normal(token: Token) -> str:
    """Lower-case form with contractions written out: "n't" is "not", "ca" before it is "can"."""
    lower = token.lower_
    if lower in _SPLIT_STEMS and token.i + 1 < len(token.doc) and _NORMS.get(token.nbor().lower_) == "not":
        return _SPLIT_STEMS[lower]
    return _NORMS.get(lower) or token.norm_.lower().replace("’", "'")
