"""From a user's labelled texts to refitted heads: which sentence a text's label speaks of, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from voc_engine.mentions.contract import Sentence
from voc_engine.mentions.heads.adapt import Moved, adapt
from voc_engine.mentions.heads.labels import ADVICE
from voc_engine.mentions.heads.linear import GROUPS, OUTPUTS, LinearHeads
from voc_engine.records import MENTION_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from voc_engine.mentions.chosen import Refittable

CHUNK = 500  # texts encoded at a time; memory, no result
# The columns of a user's table that the heads can learn from. Emotions come from the encoder alone.
ADAPTABLE = (*MENTION_KINDS, *(group for group in GROUPS if group != "kinds"))


@dataclass(frozen=True, slots=True)
class Text:
    """The sentences of one text (at least one, as ``voc label`` reads them) and its labels by column."""

    sentences: tuple[Sentence, ...]
    labels: Mapping[str, str]


def refit(
    extractor: Refittable, texts: Sequence[Text], advance: Callable[[int], None] = lambda texts: None
) -> tuple[LinearHeads, list[Moved]]:
    """The extractor's heads moved by the labels, and what became of each output with a label.

    Columns other than ADAPTABLE are not looked at. ``advance`` is told of texts as they are read.
    """
    import numpy as np

    features, grams = inputs_of(extractor, [text.sentences for text in texts], advance)
    odds = extractor.heads.log_odds(features, grams)
    same: dict[tuple[Sentence, ...], int] = {}
    groups = np.array([same.setdefault(text.sentences, len(same)) for text in texts for _ in text.sentences])
    return adapt(extractor.heads, features, grams, targets(texts, odds), groups)


def inputs_of(
    extractor: Refittable, texts: Sequence[Sequence[Sentence]], advance: Callable[[int], None] = lambda texts: None
) -> tuple[NDArray[Any], csr_matrix]:
    """What the heads look at in each sentence of the texts, in order, with rows as ``Refittable.head_inputs`` gives them."""
    import numpy as np
    from scipy.sparse import csr_matrix, vstack

    parts = []
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        parts.append(extractor.head_inputs(list(chain.from_iterable(chunk))))
        advance(len(chunk))
    return np.vstack([features for features, _ in parts]), csr_matrix(vstack([grams for _, grams in parts]))


def targets(texts: Sequence[Text], odds: NDArray[Any]) -> NDArray[Any]:
    """(sentences, outputs) of 1, 0 and -1 for not known, by the log-odds that the heads give now.

    A kind that a text has not is in none of its sentences. One that it has is in the sentence that speaks most of it,
    of the others nothing is known; and so it is with the one sentiment and quadrant. ``voc label`` counts advice to
    others into requests: what is no request is no advice, and a request may be either, whichever is likelier.
    """
    import numpy as np

    answers = np.full(odds.shape, -1)
    row = 0
    for text in texts:
        rows = slice(row, row + len(text.sentences))
        for column in ADAPTABLE:
            if value := text.labels.get(column):
                _settle(answers[rows], odds[rows], column, value)
        row = rows.stop
    return answers


def _settle(answers: NDArray[Any], odds: NDArray[Any], column: str, value: str) -> None:
    import numpy as np

    if column in GROUPS:
        names = GROUPS[column]
        leading = int(np.argmax(odds[:, _at(column, value)]))
        for name in names:
            answers[leading, _at(column, name)] = int(name == value)
        return
    places = [_at("kinds", column), *([_at("kinds", ADVICE)] if column == "request" else [])]
    if value == "0":
        answers[:, places] = 0
        return
    leading, chosen = divmod(int(np.argmax(odds[:, places])), len(places))
    answers[leading, places[chosen]] = 1


def _at(group: str, name: str) -> int:
    return OUTPUTS.index((group, name))
