"""Findings on real text of which the answer is known: what was reached may not be lost.

The 39 intents of banking77 that taught the embedder nothing; 149 pairs of the demo's quotes that a reader judged.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, average_precision_score

from training.upper_layers import public_sets
from voc_engine.config.sections import InsightsConfig
from voc_engine.embed.same_sense import SameSenseEmbedder
from voc_engine.insights.likeness import told
from voc_engine.insights.meaning import meaning
from voc_engine.insights.theme_finding import Limits, grouped
from voc_engine.insights.units import make_units
from voc_engine.records import Mention, Vectors

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def embedder() -> SameSenseEmbedder:
    return SameSenseEmbedder()


def test_customers_queries_fall_into_the_intents_that_people_gave_them(
    shared: Path, embedder: SameSenseEmbedder
) -> None:
    taught = {intent for pool in public_sets(shared / "data").groups["queries"] for intent, _ in pool}
    with (shared / "data/gold/banking77-train.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["category"] not in taught]
    random.Random(4).shuffle(rows)
    chosen = {row["text"].strip(): row["category"] for row in rows[:390]}
    mentions = _mentions(list(chosen))
    units = make_units(mentions)
    vectors = Vectors(tuple(chosen), embedder.encode(list(chosen)))
    options = InsightsConfig()
    labels = grouped(told(mentions, units, meaning(units, vectors)), Limits(options.join, options.stay))
    alone = labels < 0
    labels[alone] = labels.max() + 1 + np.arange(alone.sum())
    given = [chosen[mentions[unit.rows[0]].quote] for unit in units]
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


def _mentions(texts: list[str]) -> list[Mention]:
    """As the complaints and questions that they are, whatever the heads say of them: only the grouping is looked at."""
    return [
        Mention(
            f"m{number:04d}", f"s{number}", f"d{number}", f"P{number}", "pain_point", 0, len(text), text, 0.9, "negative",
            -0.5, "neutral", "low", 0.1, "says", "stated", (), text_key=text,
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip
