"""How far the columns of both encoders' states reach, from sentences that were read in their windows."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from training.windows import Read, shared_windows
from voc_engine.embed.same_sense import REACH as EMBEDDER_REACH
from voc_engine.embed.same_sense import SameSenseEmbedder
from voc_engine.encoder.layers import REACHES, EightBitEncoder
from voc_engine.encoder.packing import packs_of
from voc_engine.encoder.reach import reach_of, save_reach
from voc_engine.encoder.word_pieces import tokenizer
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.heads.encoder import MAX_BEFORE, MAX_PIECES, joined
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS
from voc_engine.mentions.heads.weights import load_reader

_SENTENCES, _SEED = 600, 7
# Columns are as large as this share of pieces makes them.
_SHARE = 0.999


def reach_stage(data: Path, model: Path, embedder: Path) -> None:
    """Write the reach of the label encoder beside its weights in ``model``, and the embedder's to ``embedder``."""
    rows = random.Random(_SEED).sample(shared_windows(data), _SENTENCES)
    pieces = tokenizer(MAX_PIECES)
    alone = [one.ids for one in pieces.encode_batch([row.text for row in rows])]
    embedding = EightBitEncoder.of(SameSenseEmbedder().weights())
    save_reach(_reach(embedding, alone, [[0] * len(ids) for ids in alone]), embedder / EMBEDDER_REACH)
    before = [joined(one, MAX_BEFORE)[0] for one in tokenizer().encode_batch([_before(row) for row in rows])]
    both = [[*ids, *more] for ids, more in zip(alone, before, strict=True)]
    types = [[0] * len(ids) + [1] * len(more) for ids, more in zip(alone, before, strict=True)]
    save_reach(_reach(load_reader(model / WEIGHTS)[0], both, types), model / REACH)


def _before(row: Read) -> str:
    return second_segment(row.kind, row.context)


def _reach(encoder: EightBitEncoder, ids: Sequence[list[int]], types: Sequence[list[int]]) -> dict[str, Tensor]:
    """(layers, width) for each of REACHES, of states that are computed without any reach."""
    sizes: dict[tuple[str, int], list[Tensor]] = {
        (name, at): [] for name in REACHES for at in range(len(encoder.layers))
    }
    torch.set_num_threads(1)
    with torch.inference_mode():
        for pack in packs_of([len(one) for one in ids]):
            flat, sorts = (torch.tensor([one for row in pack.rows for one in each[row]]) for each in (ids, types))
            states = encoder.states(flat, sorts, pack.groups)
            for at, layer in enumerate(encoder.layers):
                sizes["asked", at].append(states[at].abs())
                sizes["up", at].append(layer.attending(states[at], pack.groups).abs())
    largest = {place: torch.cat(found).quantile(_SHARE, 0) for place, found in sizes.items()}
    return {name: reach_of(torch.stack([largest[name, at] for at in range(len(encoder.layers))])) for name in REACHES}
