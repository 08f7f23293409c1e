"""EmbedderKit: what every embedder promises."""

from __future__ import annotations

import numpy as np

from voc_engine.embed.contract import Embedder
from voc_engine.testing.naming import check_name

_ROUNDING = 1e-4  # of a length in 32 bits
TEXTS = (
    "The export button does not work.",
    "Exporting fails every single time.",
    "No.",
    "I love how quickly I can send an invoice from my phone, even when the train is in a tunnel.",
    "C'est très bien, merci 😀",
    "We moved the booking to the other branch, and then the client called, and then the client called again, and "
    "nobody at the desk could tell which of the two appointments was the one that counted in the end.",
    "ok",  # next to nothing to compute: the sums of small matrices take another road in some libraries
    "\n",
    "word " * 600,
)


class EmbedderKit:
    """Give ``embedder``; ``texts`` may be others than the kit's."""

    embedder: Embedder
    texts: tuple[str, ...] = TEXTS

    def test_it_has_a_versioned_name_and_a_revision(self) -> None:
        check_name(self.embedder.name)
        assert self.embedder.revision, "revision names the weights: results are kept under it"

    def test_one_row_of_length_one_per_text(self) -> None:
        matrix = self.embedder.encode(self.texts)
        assert matrix.dtype == np.float32, f"rows are {matrix.dtype}, not float32"
        assert len(matrix) == len(self.texts), f"{len(matrix)} rows for {len(self.texts)} texts"
        assert matrix.shape == (len(matrix), matrix.shape[-1]), (
            f"encode gives {matrix.ndim} dimensions, not rows and columns"
        )
        lengths = np.linalg.norm(matrix, axis=1)
        far = [text[:40] for text, length in zip(self.texts, lengths, strict=True) if not abs(length - 1) < _ROUNDING]
        assert not far, f"rows that are not of length 1: {far}"

    def test_no_texts_give_no_rows_of_the_same_width(self) -> None:
        width = self.embedder.encode(self.texts[:1]).shape[1]
        assert self.embedder.encode(()).shape == (0, width)

    def test_a_text_has_the_same_vector_whatever_stands_beside_it(self) -> None:
        """Bit for bit: parts are embedded in any order and grouping, and equal bytes rest on this."""
        together = self.embedder.encode(self.texts)
        alone = np.concatenate([self.embedder.encode([text]) for text in self.texts])
        backwards = self.embedder.encode(self.texts[::-1])[::-1]
        doubled = self.embedder.encode([text for text in self.texts for _ in range(2)])[::2]
        for label, other in (("alone", alone), ("in reverse", backwards), ("said twice", doubled)):
            differ = [text[:40] for text, a, b in zip(self.texts, together, other, strict=True) if not (a == b).all()]
            assert not differ, f"texts whose vector differs when embedded {label}: {differ}"
