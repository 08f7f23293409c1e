"""Embed distinct sentences."""

from __future__ import annotations

from collections.abc import Sequence

from voc_engine.config import EmbedConfig
from voc_engine.records import Batch, Vectors
from voc_engine.registry import component


def run(keys: Sequence[str], texts: Sequence[str], options: EmbedConfig) -> Batch:
    """``keys[i]`` is the text key of ``texts[i]``; the batch holds Vectors with the keys in the same order."""
    return Batch(vectors=Vectors(tuple(keys), component("embedder", options.model).encode(texts)))
