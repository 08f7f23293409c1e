"""Whether the fine-tuned encoder's mean vectors could serve topics too: true intents recovered by Ward's clustering."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.public_encoder import fresh_network, original_vectors
from voc_engine.mentions.heads.weights import load_network

_EVERY = 3


def topic_figures(data: Path, weights: Path) -> str:
    """Adjusted Rand index against banking77's 77 intents, every third query, for both encoders; and how alike they are."""
    with (data / "gold/banking77-train.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))[::_EVERY]
    texts, intents = [row["text"].strip() for row in rows], [row["category"] for row in rows]
    network, tokenizer = fresh_network()
    first = _unit(original_vectors(texts, network.encoder, tokenizer))
    second = _unit(original_vectors(texts, load_network(weights).encoder, tokenizer))
    alike = float((first * second).sum(1).mean())
    return (
        f"{len(texts)} queries, {len(set(intents))} intents: ARI {_recovered(first, intents):.3f} original, "
        f"{_recovered(second, intents):.3f} fine-tuned; mean cosine {alike:.3f}"
    )


def _unit(vectors: NDArray[Any]) -> NDArray[Any]:
    unit: NDArray[Any] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _recovered(vectors: NDArray[Any], intents: list[str]) -> float:
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.metrics import adjusted_rand_score

    found = AgglomerativeClustering(n_clusters=len(set(intents)), linkage="ward").fit_predict(vectors)
    return float(adjusted_rand_score(intents, found))
