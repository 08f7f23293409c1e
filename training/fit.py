"""Fine-tuning of the encoder with all its heads at once. Same data, same machine kind: same weights, bit for bit."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from training.batches import UNKNOWN, Encoded, Minibatch, minibatches
from voc_engine.mentions.heads.network import Pass, VoiceNetwork

THREADS = 2


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how hard to train. Rates are those at the end of the warm-up; they fall to zero linearly."""

    epochs: int
    rate: float
    head_rate: float
    batch: int = 32
    warm_up: float = 0.06
    closeness: float = 1.0
    seed: int = 20261123


def fit(network: VoiceNetwork, encoded: Sequence[Encoded], recipe: Recipe) -> None:
    """Train in place. bfloat16 products with float32 sums and weights; the word embeddings stay as they are."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    rng = random.Random(recipe.seed)
    network.train()
    for parameter in network.encoder.embeddings.parameters():
        parameter.requires_grad_(False)
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    own = {id(p) for p in network.encoder.parameters()}
    heads = [p for p in network.parameters() if id(p) not in own]
    groups = [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = recipe.epochs * (len(encoded) // recipe.batch + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, steps, recipe.warm_up))
    began, done = time.monotonic(), 0
    for _ in range(recipe.epochs):
        for minibatch in minibatches(encoded, recipe.batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = network(minibatch.ids, minibatch.mask)
                losses = _losses(network, found, minibatch, recipe.closeness)
            loss = torch.stack(list(losses.values())).sum()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            done += 1
            if done % 200 == 0:
                parts = " ".join(f"{name} {float(value):.3f}" for name, value in losses.items())
                print(f"{done}/{steps} {time.monotonic() - began:.0f} s {parts}", file=sys.stderr, flush=True)
    network.eval()


def _pace(step: int, steps: int, warm_up: float) -> float:
    risen = step / max(1.0, warm_up * steps)
    return min(risen, max(0.0, (steps - step) / ((1 - warm_up) * steps)))


def _losses(network: VoiceNetwork, found: Pass, batch: Minibatch, closeness: float) -> dict[str, Tensor]:
    """One loss per task that the batch knows something of, in units of a mean over all texts of the batch."""
    n = len(batch.ids)
    losses = {"close": closeness * (1 - F.cosine_similarity(found.vectors.float(), batch.vectors)).mean()}
    for name, targets in (("kinds", batch.kinds), ("emotion", batch.emotions)):
        known = targets != UNKNOWN
        if known.any():
            logits = found.logits[name].float()[known]
            losses[name] = F.binary_cross_entropy_with_logits(logits, targets[known].float(), reduction="sum") / n
    for name, targets in (("sentiment", batch.polarity), ("quadrant", batch.quadrant)):
        if (targets != UNKNOWN).any():
            total = F.cross_entropy(found.logits[name].float(), targets, ignore_index=UNKNOWN, reduction="sum")
            losses[name] = total / n
    for name, head, targets in (("span", network.span, batch.tags), ("sense", network.sense, batch.senses)):
        if (targets != UNKNOWN).any():
            logits = head(found.states).float().flatten(0, 1)
            losses[name] = (
                4
                * F.cross_entropy(logits, targets.flatten(), ignore_index=UNKNOWN, reduction="mean")
                * ((targets != UNKNOWN).any(1).sum() / n)
            )
    if len(batch.rows):
        logits = network.sides(found.states, batch.rows, batch.spans).float()
        losses["side"] = F.cross_entropy(logits, batch.sides, reduction="sum") / n
    return losses
