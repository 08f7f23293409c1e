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
from torch.optim.swa_utils import AveragedModel

from training.batches import UNKNOWN, Encoded, Minibatch, minibatches
from voc_engine.mentions.heads.network import Pass, VoiceNetwork

_EVERY = 25
# Codes are many and rare: they teach the encoder less than kinds do.
_SHARE = {"what": 0.3, "whose": 0.5}


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how hard to train. Rates are those at the end of the warm-up; they fall to zero linearly.

    The weights of the last ``averaged`` share of the steps are averaged (Izmailov et al. 2018). ``threads`` is one where
    other work shares the machine: torch's threads wait for each other. The first ``frozen`` layers stay as they are.
    """

    epochs: int
    rate: float
    head_rate: float
    batch: int = 32
    warm_up: float = 0.06
    averaged: float = 0.3
    seed: int = 20261123
    threads: int = 1
    frozen: int = 0


def fit(network: VoiceNetwork, encoded: Sequence[Encoded], recipe: Recipe) -> None:
    """Train in place; the word embeddings stay as they are. Products are bfloat16, with float32 sums and weights, where the
    processor has them: elsewhere torch computes them in software, eleven times as slowly as in float32."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    torch.use_deterministic_algorithms(True)
    rng = random.Random(recipe.seed)
    network.train()
    for part in (network.encoder.embeddings, *network.encoder.encoder.layer[: recipe.frozen]):
        for parameter in part.parameters():
            parameter.requires_grad_(False)
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    own = {id(p) for p in network.encoder.parameters()}
    heads = [p for p in network.parameters() if id(p) not in own]
    groups = [{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = recipe.epochs * (len(encoded) // recipe.batch + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step, steps, recipe.warm_up))
    began, done = time.monotonic(), 0
    halved = halves()
    mean = AveragedModel(network)
    for _ in range(recipe.epochs):
        for minibatch in minibatches(encoded, recipe.batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=halved):
                found = network(minibatch.ids, minibatch.mask, minibatch.types)
                losses = _losses(network, found, minibatch)
            loss = torch.stack(list(losses.values())).sum()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            done += 1
            if done > (1 - recipe.averaged) * steps and done % _EVERY == 0:
                mean.update_parameters(network)
            if done % 200 == 0:
                parts = " ".join(f"{name} {float(value):.3f}" for name, value in losses.items())
                print(f"{done}/{steps} {time.monotonic() - began:.0f} s {parts}", file=sys.stderr, flush=True)
    if int(mean.n_averaged):
        network.load_state_dict(mean.module.state_dict())
    network.eval()


def halves() -> bool:
    """Whether the processor multiplies bfloat16 itself; torch tells it nowhere but here."""
    return bool(torch.cpu._is_avx512_bf16_supported())


def _pace(step: int, steps: int, warm_up: float) -> float:
    risen = step / max(1.0, warm_up * steps)
    return min(risen, max(0.0, (steps - step) / ((1 - warm_up) * steps)))


def _losses(network: VoiceNetwork, found: Pass, batch: Minibatch) -> dict[str, Tensor]:
    """One loss per task that the batch knows something of, in units of a mean over all texts of the batch."""
    n = len(batch.ids)
    losses: dict[str, Tensor] = {}
    worth = batch.worth[:, None]
    for name, targets in (
        ("kinds", batch.kinds), ("emotion", batch.emotions), ("worth", worth), ("severity", batch.severity),
    ):  # fmt: skip
        known = targets != UNKNOWN
        if known.any():
            logits = found.logits[name].float()[known]
            losses[name] = F.binary_cross_entropy_with_logits(logits, targets[known].float(), reduction="sum") / n
    for name, targets in (
        ("sentiment", batch.polarity), ("quadrant", batch.quadrant), ("whose", batch.whose), ("what", batch.what),
    ):  # fmt: skip
        if (targets != UNKNOWN).any():
            logits = found.logits[name].float()
            total = F.cross_entropy(logits, targets, ignore_index=UNKNOWN, reduction="sum")
            losses[name] = _SHARE.get(name, 1.0) * total / n
    for name, head, targets in (("span", network.span, batch.tags), ("sense", network.sense, batch.senses)):
        if (targets != UNKNOWN).any():
            logits = head(found.states).float().flatten(0, 1)
            losses[name] = (
                4
                * F.cross_entropy(logits, targets.flatten(), ignore_index=UNKNOWN, reduction="mean")
                * ((targets != UNKNOWN).any(1).sum() / n)
            )
    if (known := batch.things != UNKNOWN).any():
        logits = network.thing(found.states).squeeze(-1).float()[known]
        loss = F.binary_cross_entropy_with_logits(logits, batch.things[known].float())
        losses["thing"] = loss * (known.any(1).sum() / n)
    if len(batch.rows):
        logits = network.sides(found.states, batch.rows, batch.spans).float()
        losses["side"] = F.cross_entropy(logits, batch.sides, reduction="sum") / n
    return losses
