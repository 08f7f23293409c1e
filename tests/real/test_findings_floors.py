"""Findings on real text of which the answer is known: what was reached may not be lost.

The 39 intents of banking77 that taught the embedder nothing; 149 pairs of the demo's quotes that a reader judged.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, average_precision_score

from benchmarks.same_meaning import banking_groups
from voc_engine.embed.same_sense import SameSenseEmbedder

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def embedder() -> SameSenseEmbedder:
    return SameSenseEmbedder()


def test_customers_queries_fall_into_the_intents_that_people_gave_them(
    shared: Path, embedder: SameSenseEmbedder
) -> None:
    given, labels = banking_groups(shared / "data", embedder, 4)
    assert len(set(given)) >= 38
    assert adjusted_rand_score(given, labels) >= 0.57


def test_pairs_that_say_the_same_rank_before_pairs_that_do_not(shared: Path, embedder: SameSenseEmbedder) -> None:
    folder = shared / "data/gold/same/demo_labels"
    with (folder / "demo_pairs_labelled.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    texts = sorted({row[side] for row in rows for side in ("qa", "qb")})
    vectors = embedder.encode(texts)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    place = {text: at for at, text in enumerate(texts)}
    near = [float(vectors[place[row["qa"]]] @ vectors[place[row["qb"]]]) for row in rows]
    assert average_precision_score([row["label"] == "S" for row in rows], near) >= 0.79
