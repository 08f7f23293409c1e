"""The encoder with several heads: one pass over a sentence gives every label's logits and the tokens' states.

Six MiniLM layers (Wang et al. 2020) fine-tuned for all tasks at once. The mean of the token states is held close to the
original sentence vector; the first token's state is free for the labels. Imported only where torch is wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from voc_engine.mentions.heads.labels import SENSES, SENTENCE_HEADS

WIDTH = 384  # of MiniLM's states (Wang et al. 2020)
# Layers from 1; 0 are the word embeddings.
LOWER = (2, 4)
_HIDDEN = 192
_DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class Pass:
    """``states``: (texts, tokens, 384). ``vectors``: (texts, 384), mean over the tokens of the sentence itself, not
    normalised. ``logits``: for each sentence head (texts, classes)."""

    states: Tensor
    vectors: Tensor
    logits: dict[str, Tensor]


class VoiceNetwork(nn.Module):
    """``encoder`` is a transformers model that returns ``last_hidden_state`` of width 384; None where only the heads are
    wanted."""

    def __init__(self, encoder: Any = None) -> None:
        super().__init__()
        self.encoder = encoder
        self.heads = nn.ModuleDict({name: _head(2 * WIDTH, len(classes)) for name, classes in SENTENCE_HEADS.items()})
        self.span = nn.Linear(WIDTH, 3)
        self.thing = nn.Linear(WIDTH, 1)
        self.side = _head(2 * WIDTH, 3)
        self.sense = nn.Linear(WIDTH, len(SENSES))

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor | None = None) -> Pass:
        """``ids``, ``mask`` and ``types``: (texts, tokens); the mask is 1 at real tokens, the type 0 in the sentence and
        1 in what stands before it (``voc_engine.mentions.context``)."""
        states, both, _ = self.look(ids, mask, torch.zeros_like(ids) if types is None else types)
        return Pass(states, both[:, WIDTH:], self.answers(both))

    def look(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The states of the tokens; what the sentence heads see, the first token's state beside the mean (texts, 768); and
        the means of the layers LOWER (texts, 384 each), which tell more of the words and less of the labels."""
        layers = self.encoder(
            input_ids=ids, attention_mask=mask, token_type_ids=types, output_hidden_states=True
        ).hidden_states
        return layers[-1], *pooled(layers, mask * (1 - types))

    def answers(self, both: Tensor) -> dict[str, Tensor]:
        """The logits of every sentence head, (texts, classes)."""
        return {name: head(both) for name, head in self.heads.items()}

    def sides(self, states: Tensor, rows: Tensor, spans: Tensor) -> Tensor:
        """Polarity logits (spans, 3) of token spans [first, last] in the given rows; ``spans`` has shape (spans, 2)."""
        places = torch.arange(states.shape[1])
        inside = ((places >= spans[:, :1]) & (places <= spans[:, 1:])).unsqueeze(-1).to(states.dtype)
        chosen = states[rows]
        means = (chosen * inside).sum(1) / inside.sum(1)
        logits: Tensor = self.side(torch.cat([chosen[:, 0], means], 1))
        return logits


def pooled(layers: Sequence[Tensor], is_own: Tensor) -> tuple[Tensor, Tensor]:
    """Of the states after each layer, (texts, tokens, 384): the last first token's state beside the mean of the tokens that
    ``is_own`` marks (texts, tokens), (texts, 768), and that mean in each of the layers LOWER, (texts, 384 each)."""
    states, weights = layers[-1], is_own.unsqueeze(-1).to(layers[-1].dtype)
    total = weights.sum(1)
    mean, *lower = ((layer * weights).sum(1) / total for layer in (states, *(layers[at] for at in LOWER)))
    return torch.cat([states[:, 0], mean], 1), torch.cat(lower, 1)


def _head(width: int, classes: int) -> nn.Sequential:
    return nn.Sequential(nn.Dropout(_DROPOUT), nn.Linear(width, _HIDDEN), nn.GELU(), nn.Linear(_HIDDEN, classes))
