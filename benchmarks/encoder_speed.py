"""Reading in 8 bits against reading in float32 as it was before: processor time per sentence, for vectors and for labels.

python -m benchmarks.encoder_speed [--gold ../shared/data] [--sentences 800]

Both ways of reading work on the same four hundred sentences in turn, in one process and on one thread, so that a machine
that slows down or speeds up meanwhile slows or speeds both. Vectors: sentence-transformers in batches of one length, with
the weights of minilm.v2, against minilm.v2. Labels: the network in batches of one length, in float32, against the encoder
that ships; sentences are read after those before them. Behind the times stands how near the answers are.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.label_speed import SHARED, sentences
from voc_engine.encoder import packing
from voc_engine.mentions.heads.encoder import Pieces, VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS, shipped
from voc_engine.mentions.heads.weights import load_network
from voc_engine.registry import component

_AT_ONCE, _BATCH, _LEAST_PIECES, _WARM = 400, 32, 128, 8

Read = Callable[[Sequence[int]], NDArray[Any]]


class InFull:
    """The label encoder in float32: batches of one length, small ones filled up."""

    def __init__(self, encoder: VoiceEncoder) -> None:
        self._pieces, self._network = encoder._pieces, load_network(shipped() / WEIGHTS)

    def seen(self, texts: Sequence[str], before: Sequence[str]) -> NDArray[Any]:
        """What the heads see of each text, (texts, 768)."""
        pieces = self._pieces(texts, before)
        found, by_length = np.zeros((len(texts), 768), np.float32), defaultdict(list)
        for row, one in enumerate(pieces):
            by_length[len(one.ids)].append(row)
        for length, rows in by_length.items():
            for start in range(0, len(rows), _BATCH):
                chosen = rows[start : start + _BATCH]
                filling = max(0, -(-_LEAST_PIECES // length) - len(chosen))
                found[chosen] = self._looked([pieces[row] for row in chosen + chosen[:1] * filling])[: len(chosen)]
        return found

    def _looked(self, pieces: Sequence[Pieces]) -> NDArray[Any]:
        ids = torch.tensor([one.ids for one in pieces])
        types = torch.tensor([[0] * len(one.own.ids) + [1] * len(one.before) for one in pieces])
        with torch.inference_mode():
            both: NDArray[Any] = self._network.look(ids, torch.ones_like(ids), types)[1].numpy()
        return both


def main() -> None:
    """Print milliseconds of processor time per sentence, the ratios, and the cosines of both answers."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encoder_speed", description=__doc__)
    parser.add_argument("--gold", type=Path, default=SHARED / "data")
    parser.add_argument("--sentences", type=int, default=800)
    given = parser.parse_args()
    torch.set_num_threads(1)
    packing._WORKERS = 1
    texts = sentences(given.gold, given.sentences)
    before = [" ".join(texts[max(0, row - 3) : row]) for row in range(len(texts))]
    vectors = {name: component("embedder", name) for name in ("minilm.v1", "minilm.v2")}
    vectors["minilm.v1"]._model[0].auto_model.load_state_dict(vectors["minilm.v2"].weights(), strict=False)
    labels = VoiceEncoder(shipped() / WEIGHTS, shipped() / REACH)
    full = InFull(labels)
    _compare(
        "vectors", len(texts),
        lambda rows: vectors["minilm.v1"].encode([texts[row] for row in rows]),
        lambda rows: vectors["minilm.v2"].encode([texts[row] for row in rows]),
    )  # fmt: skip
    _compare(
        "labels", len(texts),
        lambda rows: full.seen([texts[row] for row in rows], [before[row] for row in rows]),
        lambda rows: labels.encode([texts[row] for row in rows], [before[row] for row in rows]).seen,
    )  # fmt: skip


def _compare(name: str, n_texts: int, old: Read, new: Read) -> None:
    seconds, cosines = [0.0, 0.0], []
    for read in (old, new):
        read(range(_WARM))
    for start in range(0, n_texts, _AT_ONCE):
        rows, answers = range(start, min(start + _AT_ONCE, n_texts)), []
        for place, read in enumerate((old, new)):
            began = time.process_time()
            answers.append(read(rows))
            seconds[place] += time.process_time() - began
        unit = [one / np.linalg.norm(one, axis=1, keepdims=True) for one in answers]
        cosines += (unit[0] * unit[1]).sum(1).tolist()
    first, second = (1000 * one / n_texts for one in seconds)
    print(f"{name:<8} {n_texts:,} sentences: {first:6.2f} ms in float32, {second:6.2f} ms in 8 bits, "
          f"{first / second:.2f} times; cosine {np.mean(cosines):.4f}, at least {min(cosines):.4f}")  # fmt: skip


if __name__ == "__main__":
    main()
