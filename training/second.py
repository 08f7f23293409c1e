"""The second head (``mentions.heads.second_head``), on the encoder that ships, frozen and in 8 bits.

Three networks with seeds of their own, side by side as one: their logits are averaged. They learn from every label of
documents that teach, also from those that came after the encoder, and from some of the public examples.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training import public
from training.batches import UNKNOWN
from training.gold import labelled
from training.labels_encoder import example_of, example_read
from training.public import Example
from training.windows import windows_of
from voc_engine.evaluation.split import normalised
from voc_engine.language.handles import without_handles
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.heads.encoder import VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS
from voc_engine.mentions.heads.labels import KINDS
from voc_engine.mentions.heads.second_head import SecondHead, inputs, save_second
from voc_engine.mentions.heads.weights import hash_of
from voc_engine.records import SENTIMENTS

_SEEDS, _HIDDEN, _DROPPED = (0, 1, 2), 96, 0.2
_EPOCHS, _BATCH, _RATE, _DECAY, _RISE = 4, 128, 1e-3, 0.05, 0.1
# Of comments and of pros and cons so many are drawn.
_COMMENTS, _PROS_AND_CONS, _DRAWN_WITH = 14_000, 5_000, 5
_AT_ONCE = 2_000
# Read after this head was fitted. Fitted anew with them it was no better on documents kept aside (docs/accuracy.md), so they
# wait for the next encoder.
_AFTER = "cue:split"


def second_stage(data: Path, gold: Path, model: Path) -> None:
    """Fit the head and write it to ``model``; "heads" has to follow."""
    examples = second_examples(data, gold)
    encoder, looked = VoiceEncoder(model / WEIGHTS, model / REACH), []
    for start in range(0, len(examples), _AT_ONCE):
        chosen = examples[start : start + _AT_ONCE]
        encoded = encoder.encode([one.text for one in chosen], [one.before for one in chosen])
        looked.append(inputs(encoded).astype(np.float16))
    save_second(replace(fitted(np.concatenate(looked), examples), encoder=hash_of(model / WEIGHTS)), model)


def second_examples(data: Path, gold: Path) -> list[Example]:
    """All that teaches it, as the product reads it: without handles, after what stands before."""
    read = [
        replace(example_read(row), before=second_segment(row.kind, row.context))
        for row in windows_of(data, gold)
        if row.part == "teach" and row.sample != _AFTER
    ]
    own = [replace(one, text=without_handles(one.text)) for one in [*read, *map(example_of, labelled(data, gold))]]
    kept_out, rng = public.evaluation_texts(data), random.Random(_DRAWN_WITH)
    comments, trade, products = (
        [one for one in source(data) if normalised(one.text) not in kept_out]
        for source in (public.emotions, public.pros_and_cons, public.product_opinions)
    )
    return [*own, *rng.sample(comments, _COMMENTS), *rng.sample(trade, _PROS_AND_CONS), *products]


def fitted(looked: NDArray[Any], examples: Sequence[Example]) -> SecondHead:
    """``looked`` (examples, inputs) in 16 bits, as the encoder says it."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    wide = looked.astype(np.float32)
    mean, scale = wide.mean(0), wide.std(0) + 1e-3
    even = torch.from_numpy((wide - mean) / scale)
    yes, side = _targets(examples)
    parts = [_network(even, yes, side, seed) for seed in _SEEDS]
    inner = np.hstack([one / scale[:, None] for one, _, _, _ in parts])
    bias = np.hstack([one for _, one, _, _ in parts]) - mean @ inner
    outer = np.vstack([one for _, _, one, _ in parts]) / len(parts)
    return SecondHead(inner, bias, outer, np.mean([one for _, _, _, one in parts], 0))


def _targets(examples: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Yes, no or UNKNOWN of each kind and of worth, (examples, kinds + 1), and the place of the sentiment."""
    yes = np.full((len(examples), len(KINDS) + 1), UNKNOWN)
    for row, one in enumerate(examples):
        for kind, value in one.kinds:
            yes[row, KINDS.index(kind)] = value
        if one.worth is not None:
            yes[row, -1] = one.worth
    side = [UNKNOWN if one.polarity is None else one.polarity for one in examples]
    return torch.from_numpy(yes), torch.tensor(side)


def _network(even: Tensor, yes: Tensor, side: Tensor, seed: int) -> tuple[NDArray[Any], ...]:
    torch.manual_seed(seed)
    inner, outer = nn.Linear(even.shape[1], _HIDDEN), nn.Linear(_HIDDEN, yes.shape[1] + len(SENTIMENTS))
    network = nn.Sequential(nn.Dropout(_DROPPED), inner, nn.GELU(), nn.Dropout(_DROPPED), outer)
    steps = _EPOCHS * -(-len(even) // _BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps + 1, pct_start=_RISE)
    for _ in range(_EPOCHS):
        for chosen in torch.randperm(len(even)).split(_BATCH):  # type: ignore[no-untyped-call]
            odds, wanted = network(even[chosen]), yes[chosen]
            known = wanted != UNKNOWN
            told = odds[:, : yes.shape[1]][known]
            loss = nn.functional.binary_cross_entropy_with_logits(told, wanted[known].float(), reduction="sum")
            loss = loss + nn.functional.cross_entropy(
                odds[:, yes.shape[1] :], side[chosen], ignore_index=UNKNOWN, reduction="sum"
            )
            optimizer.zero_grad()
            (loss / len(chosen)).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    first, second, third, fourth = (
        one.detach().numpy() for one in (inner.weight.T, inner.bias, outer.weight.T, outer.bias)
    )
    return first, second, third, fourth
