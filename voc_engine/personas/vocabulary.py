"""Words of statements: counted per statement, weighed per person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from voc_engine.language.tokens import parts

# What redaction put there says nothing of a kind of person.
_MASK = re.compile(r"\[[^\]\s]*\]")
COMMON = 0.9


def words_of(text: str) -> list[str]:
    """Lower-case words of two letters and more; nothing with a digit, nothing that redaction put there."""
    return [word for word in parts(_MASK.sub(" ", text)) if len(word) > 1 and not any(map(str.isdigit, word))]


def count_words(texts: Sequence[str], vocabulary: dict[str, int]) -> Any:
    """Sparse counts (texts, words of the vocabulary)."""
    from scipy.sparse import csr_array

    cells = [(row, vocabulary[word]) for row, text in enumerate(texts) for word in words_of(text) if word in vocabulary]
    where = ([row for row, _ in cells], [column for _, column in cells])
    return csr_array((np.ones(len(cells)), where), shape=(len(texts), len(vocabulary)))


def shared_words(people: Sequence[Sequence[str]]) -> dict[str, int]:
    """Word -> column, of the words that two people or more use. ``people``: the texts of each."""
    users: dict[str, int] = {}
    for texts in people:
        for word in {word for text in texts for word in words_of(text)}:
            users[word] = users.get(word, 0) + 1
    return {word: column for column, word in enumerate(sorted(w for w, count in users.items() if count > 1))}


def weigh(counts: Any, people_with: Any, people: int) -> Any:
    """TF-IDF rows of length 1 from sparse counts (people, words): 1 + log of the count, times rarity (Salton & Buckley
    1988). Words of nearly everybody, or of nobody else, weigh nothing.
    """
    from scipy.sparse import csr_array, diags_array

    useful = (people_with > 1) & (people_with <= COMMON * people)
    rarity = np.where(useful, np.log((people + 1) / (people_with + 1)) + 1, 0.0)
    weighed = csr_array(counts, copy=True)
    weighed.data = 1 + np.log(np.maximum(weighed.data, 1))
    weighed = csr_array(weighed @ diags_array(rarity))
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return csr_array(diags_array(1 / np.maximum(length, 1e-12)) @ weighed)
