"""Embed distinct sentences."""

from __future__ import annotations

from collections.abc import Sequence

from voc_engine.config import EmbedConfig
from voc_engine.language.handles import spoken
from voc_engine.records import Batch, Vectors
from voc_engine.registry import component


def run(keys: Sequence[str], texts: Sequence[str], options: EmbedConfig) -> Batch:
    """``keys[i]`` is the text key of ``texts[i]``; the batch holds Vectors with the keys in the same order.

    Whom a post addresses is no part of what it says: with the handles in, two of three of a tweet's nearest others were
    of the same airline, whatever they said.
    """
    return Batch(vectors=Vectors(tuple(keys), component("embedder", options.model).encode(list(map(spoken, texts)))))
