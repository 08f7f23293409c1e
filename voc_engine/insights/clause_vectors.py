"""What a clause says by itself: its vector, where its sentence says more than one thing.

A sentence is embedded once for all stages; whoever says "a joy on the wall, but the export is slow" has one vector for
both. Who says a heading is told by the clauses (``python -m training members``), so that the stage reads the clauses of
what it has gathered, with the embedder that its judge was fitted on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from voc_engine.config.sections import EmbedConfig
from voc_engine.insights.meaning import centred
from voc_engine.insights.shared_words import Floats
from voc_engine.insights.units import Unit
from voc_engine.language.handles import spoken
from voc_engine.language.tokens import words
from voc_engine.records import Batch, Mention, Segment
from voc_engine.registry import component

# So many sentences are embedded again to see whether the study's vectors are of the same embedder, which gives the same
# vector for the same sentence but for the last bits. Vectors of another width are not, and nothing is loaded to know it.
_ASKED, _THE_SAME, _WIDTH = 5, 0.99, 384


@dataclass(frozen=True)
class Clauses:
    """``common`` (dimensions,): what all units of the study have in common; ``embedder`` is None where the study's vectors
    are of another one: there a clause has the vector of its sentence. ``sentences``: segment id -> text."""

    common: Floats
    embedder: Any = None
    sentences: Mapping[str, str] = field(default_factory=dict)
    _known: dict[str, Floats] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: Batch, common: Floats) -> Clauses:
        """``common``: see ``meaning.middle``."""
        sentences = {one.segment_id: one.text for one in batch.of(Segment)}
        embedder = _embedder_of(batch)
        return cls(common) if embedder is None else cls(common, embedder, sentences)

    def meaning(self, texts: Sequence[str]) -> Floats | None:
        """Shape (texts, dimensions), rows of unit length less what is common; None where clauses cannot be read."""
        if self.embedder is None or not texts:
            return None
        new = sorted({text for text in texts if text not in self._known})
        if new:
            read = centred(np.asarray(self.embedder.encode(list(map(spoken, new))), np.float32), self.common)
            self._known.update(zip(new, read, strict=True))
        return np.stack([self._known[text] for text in texts])

    def put(self, meaning: Floats, mentions: Sequence[Mention], units: Sequence[Unit], rows: Sequence[int]) -> None:
        """Into these rows of ``meaning`` (units, dimensions) goes what their own clause says, where their sentence says
        more."""
        said = {row: mentions[units[row].rows[0]] for row in rows}
        own = {row: one.statement or one.quote for row, one in said.items() if self._is_part(one)}
        read = self.meaning(list(own.values()))
        if read is not None:
            meaning[list(own)] = read

    def _is_part(self, mention: Mention) -> bool:
        whole = self.sentences.get(mention.segment_id, "")
        return words(mention.statement or mention.quote) != words(whole)


def _embedder_of(batch: Batch) -> Any:
    """The embedder that comes along, where the vectors of the batch are its own; None where they are not."""
    vectors = batch.vectors
    if vectors is None or vectors.matrix.shape[1] != _WIDTH:
        return None
    text_of = {one.text_key: one.text for one in batch.of(Segment) if one.text_key in vectors}
    asked = sorted(text_of, key=lambda key: (len(text_of[key]), key))[:_ASKED]
    embedder = component("embedder", EmbedConfig().model)
    again = np.asarray(embedder.encode([spoken(text_of[key]) for key in asked]), np.float32)
    alike = (again * vectors.rows(asked)).sum(axis=1)
    # Words that this stage may not see stand for others: one sentence that is as it was is enough.
    return embedder if alike.max(initial=0) > _THE_SAME else None
