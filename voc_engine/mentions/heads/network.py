"""The encoder with several heads: one pass over a sentence gives every label's logits and the tokens' states.

Six MiniLM layers (Wang et al. 2020) fine-tuned for all tasks at once. The mean of the token states is held close to the
original sentence vector; the first token's state is free for the labels. Imported only where torch is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from voc_engine.mentions.heads.labels import SENSES, SENTENCE_HEADS

WIDTH = 384
_HIDDEN = 192
_DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class Pass:
    """``states``: (texts, tokens, 384). ``vectors``: (texts, 384), mean over the real tokens, not normalised.
    ``logits``: for each sentence head (texts, classes)."""

    states: Tensor
    vectors: Tensor
    logits: dict[str, Tensor]


class VoiceNetwork(nn.Module):
    """``encoder`` is a transformers model that returns ``last_hidden_state`` of width 384."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = nn.ModuleDict({name: _head(2 * WIDTH, len(classes)) for name, classes in SENTENCE_HEADS.items()})
        self.span = nn.Linear(WIDTH, 3)
        self.side = _head(2 * WIDTH, 3)
        self.sense = nn.Linear(WIDTH, len(SENSES))

    def forward(self, ids: Tensor, mask: Tensor) -> Pass:
        """``ids`` and ``mask``: (texts, tokens), the mask 1 at real tokens."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        real = mask.unsqueeze(-1).to(states.dtype)
        vectors = (states * real).sum(1) / real.sum(1)
        both = torch.cat([states[:, 0], vectors], 1)
        return Pass(states, vectors, {name: head(both) for name, head in self.heads.items()})

    def sides(self, states: Tensor, rows: Tensor, spans: Tensor) -> Tensor:
        """Polarity logits (spans, 3) of token spans [first, last] in the given rows; ``spans`` has shape (spans, 2)."""
        places = torch.arange(states.shape[1])
        inside = ((places >= spans[:, :1]) & (places <= spans[:, 1:])).unsqueeze(-1).to(states.dtype)
        chosen = states[rows]
        means = (chosen * inside).sum(1) / inside.sum(1)
        logits: Tensor = self.side(torch.cat([chosen[:, 0], means], 1))
        return logits


def _head(width: int, classes: int) -> nn.Sequential:
    return nn.Sequential(nn.Dropout(_DROPOUT), nn.Linear(width, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, classes))
