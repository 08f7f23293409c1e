"""What the logistic heads look at: the encoder's logits, the kind of source, and hashed n-grams for a user's labels.

As shipped the n-grams weigh nothing: with the encoder reading in context they added nothing on documents kept aside
(docs/accuracy.md). ``voc train`` may give them weight, since a few dozen labels cannot move an encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from voc_engine.mentions.heads.labels import SENTENCE_HEADS
from voc_engine.records import DOCUMENT_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

COLUMNS = 2**14  # a choice: hashed n-grams for a user's labels, of which there are thousands at most
WORD_COLUMNS = COLUMNS // 2
_LOGITS = tuple(f"encoder: {head} {name}" for head, classes in SENTENCE_HEADS.items() for name in classes)
NAMES = (*_LOGITS, *(f"source: {kind}" for kind in DOCUMENT_KINDS))


def head_features(logits: NDArray[Any], kinds: Sequence[str]) -> NDArray[Any]:
    """(sentences, NAMES): ``logits`` in the order of SENTENCE_HEADS, then 1 at the kind of document, 0 elsewhere."""
    import numpy as np

    rows = np.zeros((len(kinds), len(NAMES)), np.float32)
    rows[:, : len(_LOGITS)] = logits
    for row, kind in enumerate(kinds):
        if kind in DOCUMENT_KINDS:
            rows[row, len(_LOGITS) + DOCUMENT_KINDS.index(kind)] = 1.0
    return rows


@cache
def _hashers() -> tuple[Any, ...]:
    from sklearn.feature_extraction.text import HashingVectorizer

    words = HashingVectorizer(
        n_features=WORD_COLUMNS,
        ngram_range=(1, 2),
        alternate_sign=False,
        norm="l2",
        binary=True,
        token_pattern=r"(?u)\b\w[\w'’]*|[!?]",
    )
    letters = HashingVectorizer(
        n_features=WORD_COLUMNS, analyzer="char_wb", ngram_range=(3, 5), alternate_sign=False, norm="l2", binary=True
    )
    return words, letters


def word_grams(texts: Sequence[str]) -> csr_matrix:
    """Shape (texts, WORD_COLUMNS): word 1- and 2-grams, hashed, each row of length 1."""
    from scipy.sparse import csr_matrix

    return csr_matrix(_hashers()[0].transform(texts)) if texts else csr_matrix((0, WORD_COLUMNS))


def ngrams(texts: Sequence[str]) -> csr_matrix:
    """Shape (texts, COLUMNS): word 1- and 2-grams, then letters 3 to 5 within words, hashed; each half of length 1."""
    from scipy.sparse import csr_matrix, hstack

    if not texts:
        return csr_matrix((0, COLUMNS))
    return csr_matrix(hstack([hasher.transform(texts) for hasher in _hashers()]))
