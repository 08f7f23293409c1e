"""What the logistic heads look at: named features, what rules found, lexicon scores; and hashed n-grams."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import log
from typing import TYPE_CHECKING, Any

from voc_engine.mentions.heads.named import named_features
from voc_engine.mentions.rules import Analysis, analyse
from voc_engine.mentions.sentiment import lexicon_scores

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

COLUMNS = 2**14
_CERTAIN = 0.99


def features(analysis: Analysis) -> dict[str, float]:
    """Named values of one sentence. Names that begin with "rule" are what the patterns of this room found.

    The question before it is left out: people labelled each sentence by itself, and ``answer`` weighs what was asked.
    """
    if analysis.frame.hint is not None:
        frame = analysis.frame
        analysis = analyse(frame.doc, (frame.text, None, frame.kind == "ticket"))
    found = named_features(analysis.frame)
    for piece in analysis.evidence:
        name = f"rule {piece.kind}: {piece.pattern}"
        found[name] = max(found.get(name, -3.0), piece.weight)
    reading = analysis.reading
    for kind, chance in reading.probabilities.items():
        bounded = min(_CERTAIN, max(1 - _CERTAIN, chance))
        found[f"rules say {kind}"] = log(bounded / (1 - bounded))
    found[f"rules say {reading.quadrant}"] = 1.0
    found[f"rules say {reading.emotion}"] = 1.0
    found["sentiment of the clauses"] = 2 * reading.sentiment_score
    if reading.holder != "self":
        found["somebody else's view"] = 1.0
    return {**found, **lexicon_scores(analysis.frame.text)}


@cache
def _hashers() -> tuple[Any, ...]:
    from sklearn.feature_extraction.text import HashingVectorizer

    half = COLUMNS // 2
    words = HashingVectorizer(
        n_features=half,
        ngram_range=(1, 2),
        alternate_sign=False,
        norm="l2",
        binary=True,
        token_pattern=r"(?u)\b\w[\w'’]*|[!?]",
    )
    letters = HashingVectorizer(
        n_features=half, analyzer="char_wb", ngram_range=(3, 5), alternate_sign=False, norm="l2", binary=True
    )
    return words, letters


def ngrams(texts: Sequence[str]) -> csr_matrix:
    """Shape (texts, COLUMNS): word 1- and 2-grams, then letters 3 to 5 within words, hashed; each half of length 1."""
    from scipy.sparse import csr_matrix, hstack

    if not texts:
        return csr_matrix((0, COLUMNS))
    return csr_matrix(hstack([hasher.transform(texts) for hasher in _hashers()]))


def word_columns(text: str) -> dict[str, int]:
    """The text's word n-grams with the column that each is counted in."""
    from sklearn.utils import murmurhash3_32

    hasher = _hashers()[0]
    # As HashingVectorizer does it: the absolute value of the signed 32-bit hash.
    return {gram: abs(int(murmurhash3_32(gram))) % (COLUMNS // 2) for gram in hasher.build_analyzer()(text)}
