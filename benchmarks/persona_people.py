"""People made from real customers' queries (Banking77's training set), with known groups or with none.

Each person draws queries from a set of intents of the own group, a share of them from those of the other groups. Seeds
0 to 9 were used while the method was made; 100 to 109 are for checks alone.
"""

from __future__ import annotations

import csv
import functools
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voc_engine.records import Batch, Membership, Persona, Segment, Vectors

NONE_HOLDS = "no stable segmentation"


@dataclass(frozen=True)
class World:
    """``k`` groups of ``per`` intents each; ``sizes`` of the groups (alike where absent); ``grouped`` False: everybody
    draws from all intents."""

    people: int
    k: int = 4
    per: int = 8
    noise: float = 0.15
    queries: int = 8
    sizes: tuple[int, ...] | None = None
    grouped: bool = True


@functools.cache
def queries() -> Mapping[str, Sequence[str]]:
    """Intent -> texts, from the shared data (VOC_SHARED)."""
    shared = Path(os.environ.get("VOC_SHARED", Path(__file__).parents[2] / "shared"))
    found: dict[str, list[str]] = {}
    with (shared / "data" / "gold" / "banking77-train.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["category"], []).append(row["text"])
    return found


@functools.cache
def vectors(cache: Path | None = None) -> Vectors:
    """Of all queries (10,003; a minute or two); kept in the folder ``cache`` where one is named."""
    from voc_engine.embed.minilm import MiniLmEmbedder

    texts = sorted({text for said in queries().values() for text in said})
    kept = cache / "banking.npy" if cache else None
    if kept is not None and kept.exists():
        return Vectors(tuple(json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))), np.load(kept))
    matrix = np.vstack([MiniLmEmbedder().encode(texts[start : start + 1_000]) for start in range(0, len(texts), 1_000)])
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, matrix)
        kept.with_suffix(".json").write_text(json.dumps(texts), encoding="utf-8")
    return Vectors(tuple(texts), matrix)


def make(seed: int, world: World, said: Vectors) -> tuple[list[int], Batch]:
    """(group of each person, what the personas stage reads)."""
    by_intent, random = queries(), np.random.default_rng(1000 + seed)
    intents = [str(name) for name in random.permutation(sorted(by_intent))[: world.k * world.per]]
    groups = _groups(world)
    segments: list[Segment] = []
    for person, group in enumerate(groups):
        for _ in range(world.queries):
            intent = intents[_drawn(random, world, group)]
            text, number = str(random.choice(np.array(by_intent[intent], dtype=object))), len(segments)
            segments.append(segment(number, f"P{person:05d}", text))
    return groups, Batch.make((Segment, segments), vectors=said)


def segment(number: int, person: str, text: str) -> Segment:
    """One query as a sentence of its author."""
    return Segment(f"s{number:06d}", f"d{number:06d}", "u", 0, 0, len(text), text, text, person, "participant")


def _groups(world: World) -> list[int]:
    if world.sizes is None:
        return [number % world.k for number in range(world.people)]
    ends = np.cumsum(np.array(world.sizes) / sum(world.sizes)) * world.people
    return [int(np.searchsorted(ends, number + 0.5)) for number in range(world.people)]


def _drawn(random: np.random.Generator, world: World, group: int) -> int:
    """The place of an intent."""
    if not world.grouped:
        return int(random.integers(world.k * world.per))
    home = group
    if random.random() < world.noise:
        other = int(random.integers(world.k - 1))
        home = other + (other >= group)
    return home * world.per + int(random.integers(world.per))


def found(groups: Sequence[int], result: Batch) -> tuple[int, float]:
    """(number of personas, 0 where no segmentation holds; adjusted Rand index with the unassigned as one group)."""
    from sklearn.metrics import adjusted_rand_score

    personas = result.of(Persona)
    home = {one.person_id: one.persona_id or "none" for one in result.of(Membership)}
    labels = [home.get(f"P{number:05d}", "none") for number in range(len(groups))]
    k = 0 if personas and personas[0].method == NONE_HOLDS else len(personas)
    return k, float(adjusted_rand_score(groups, labels))
