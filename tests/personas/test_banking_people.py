"""Recovery of people built from real support queries: eight each from one of four disjoint sets of intents."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.stage import run
from voc_engine.records import Batch, Membership, Persona, Segment, Vectors

ROOT = Path(__file__).parents[2]


def queries() -> dict[str, list[str]]:
    shared = Path(os.environ.get("VOC_SHARED", ROOT.parent / "shared"))
    by_intent: dict[str, list[str]] = {}
    with (shared / "data" / "gold" / "banking77-train.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_intent.setdefault(row["category"], []).append(row["text"])
    return by_intent


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Of every query that may be drawn, once for all sizes."""
    from voc_engine.embed.minilm import MiniLmEmbedder

    by_intent = queries()
    texts = sorted(
        {text for intent in drawn_intents(by_intent, np.random.default_rng(0)) for text in by_intent[intent]}
    )
    return Vectors(tuple(texts), MiniLmEmbedder().encode(texts))


def drawn_intents(by_intent: dict[str, list[str]], random: np.random.Generator) -> list[str]:
    return [str(name) for name in random.permutation(sorted(by_intent))[:32]]


@pytest.mark.shared
@pytest.mark.parametrize(("people", "grouped"), [(60, True), (240, True), (1000, True), (60, False)])
def test_four_kinds_of_customer(people: int, grouped: bool, vectors: Vectors) -> None:
    by_intent = queries()
    random = np.random.default_rng(0)
    intents = drawn_intents(by_intent, random)
    groups = [n % 4 for n in range(people)]
    segments = []
    for person, group in enumerate(groups):
        for _ in range(8):
            own = grouped and random.random() >= 0.15
            intent = intents[int(random.integers(8)) + 8 * group] if own else intents[int(random.integers(32))]
            text = str(random.choice(by_intent[intent]))
            number = len(segments)
            segments.append(
                Segment(f"s{number:05d}", "d", "u", 0, 0, len(text), text, text, f"P{person:04d}", "participant")
            )
    result = run(Batch.make((Segment, segments), vectors=vectors), PersonasConfig())
    if not grouped:
        assert [p.method for p in result.of(Persona)] == ["no stable segmentation"]
        return
    from sklearn.metrics import adjusted_rand_score

    assert len(result.of(Persona)) == 4
    assert adjusted_rand_score(groups, [m.persona_id or "" for m in result.of(Membership)]) >= 0.85
