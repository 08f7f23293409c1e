"""Examples as tensors: one padded batch may hold examples of every task, each with what is known of it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.public import Example
from voc_engine.mentions.heads.labels import KINDS
from voc_engine.records import EMOTIONS

MAX_PIECES = 96
UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example in word pieces. Targets that are not known hold UNKNOWN; spans are [first, last] pieces."""

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    polarity: int
    emotions: tuple[int, ...]
    quadrant: int
    tags: tuple[int, ...]
    senses: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]
    vector: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Minibatch:
    ids: Tensor
    mask: Tensor
    kinds: Tensor
    polarity: Tensor
    emotions: Tensor
    quadrant: Tensor
    tags: Tensor
    senses: Tensor
    rows: Tensor
    spans: Tensor
    sides: Tensor
    vectors: Tensor


def encode(examples: Sequence[Example], tokenizer: Any, vectors: NDArray[Any]) -> list[Encoded]:
    """``vectors`` are the original sentence vectors, (examples, 384), that the fine-tuned ones have to stay close to."""
    pieces = tokenizer([e.text for e in examples], truncation=True, max_length=MAX_PIECES, return_offsets_mapping=True)
    together = zip(examples, pieces["input_ids"], pieces["offset_mapping"], vectors, strict=True)
    return [_encoded(example, ids, offsets, vector) for example, ids, offsets, vector in together]


def _encoded(example: Example, ids: list[int], offsets: list[tuple[int, int]], vector: NDArray[Any]) -> Encoded:
    tags = [UNKNOWN] * len(ids)
    senses = [UNKNOWN] * len(ids)
    spans = []
    if example.aspects is not None:
        tags = [UNKNOWN if start == end else 0 for start, end in offsets]
        for start, end, side in example.aspects:
            if (span := pieces_of(offsets, start, end)) is not None:
                spans.append((*span, side))
                tags[span[0]] = 1
                tags[span[0] + 1 : span[1] + 1] = [2] * (span[1] - span[0])
    for start, end, sense in example.verbs or ():
        if (span := pieces_of(offsets, start, end)) is not None:
            senses[span[0]] = sense
    known = dict(example.kinds)
    felt = [UNKNOWN] * len(EMOTIONS)
    if example.emotions is not None:
        felt = [int(index in example.emotions) for index in range(len(EMOTIONS))]
    return Encoded(
        tuple(ids),
        tuple(known.get(kind, UNKNOWN) for kind in KINDS),
        UNKNOWN if example.polarity is None else example.polarity,
        tuple(felt),
        UNKNOWN if example.quadrant is None else example.quadrant,
        tuple(tags),
        tuple(senses),
        tuple(spans),
        vector,
    )


def pieces_of(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """First and last piece that overlap the code points [start, end)."""
    inside = [place for place, (left, right) in enumerate(offsets) if left < end and start < right and left < right]
    return (inside[0], inside[-1]) if inside else None


def minibatches(encoded: Sequence[Encoded], size: int, rng: random.Random) -> Iterator[Minibatch]:
    """Shuffled, then texts of like length together, then the batches shuffled."""
    order = list(range(len(encoded)))
    rng.shuffle(order)
    groups = []
    for start in range(0, len(order), size * 50):
        near = sorted(order[start : start + size * 50], key=lambda row: len(encoded[row].ids))
        groups += [near[at : at + size] for at in range(0, len(near), size)]
    rng.shuffle(groups)
    for group in groups:
        yield stack([encoded[row] for row in group])


def stack(chosen: Sequence[Encoded]) -> Minibatch:
    longest = max(len(one.ids) for one in chosen)

    def padded(values: Sequence[Sequence[int]], filling: int) -> Tensor:
        return torch.tensor([[*row, *[filling] * (longest - len(row))] for row in values])

    spans = [(row, *span) for row, one in enumerate(chosen) for span in one.spans]
    flat = torch.tensor(spans, dtype=torch.long).reshape(-1, 4)
    return Minibatch(
        padded([one.ids for one in chosen], 0),
        padded([[1] * len(one.ids) for one in chosen], 0),
        torch.tensor([one.kinds for one in chosen]),
        torch.tensor([one.polarity for one in chosen]),
        torch.tensor([one.emotions for one in chosen]),
        torch.tensor([one.quadrant for one in chosen]),
        padded([one.tags for one in chosen], UNKNOWN),
        padded([one.senses for one in chosen], UNKNOWN),
        flat[:, 0],
        flat[:, 1:3],
        flat[:, 3],
        torch.from_numpy(np.stack([one.vector for one in chosen])),
    )
