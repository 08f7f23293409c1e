"""Calibration of voc assign, and whether people of an unseen kind are "none of these".

python -m benchmarks.persona_assign [--seeds 100-109] [--people 240] [--cache FOLDER]

A study of people of four groups (eight intents each, 15% from the other groups) drawn from one half of Banking77's
queries; 200 new people of these groups and 100 of a fifth from the other half. ECE: expected calibration error of the
probability of the nearest persona, ten bins. "ECE known" is over all new people of the four groups, those who are
called none of these included; "ECE all" with the unseen group, for whom the nearest persona is always wrong.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.persona_people import queries, segment, vectors
from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.assigning import Assigner, Placement, newcomers
from voc_engine.personas.stage import run
from voc_engine.records import Batch, Membership, Persona, Segment, Vectors

GROUPS, PER, NOISE, SAID = 4, 8, 0.15, 8
KNOWN, UNSEEN = 200, 100


def main() -> None:
    """One line per seed and one of means."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.persona_assign", description=__doc__)
    parser.add_argument("--seeds", default="100-109")
    parser.add_argument("--people", type=int, default=240)
    parser.add_argument("--said", type=int, default=SAID, help="queries of each new person")
    parser.add_argument("--cache", type=Path, help="folder in which the vectors of the queries are kept")
    given = parser.parse_args()
    first, _, last = given.seeds.partition("-")
    said, rows = vectors(given.cache), []
    for seed in range(int(first), int(last or first) + 1):
        rows.append(measured(seed, given.people, given.said, said))
        print(f"{seed:4d}  " + "  ".join(f"{name} {value:.3f}" for name, value in rows[-1].items()), flush=True)
    print("mean  " + "  ".join(f"{name} {np.mean([row[name] for row in rows]):.3f}" for name in rows[0]))


def measured(seed: int, people: int, said_each: int, said: Vectors) -> dict[str, float]:
    """Figures of one seed."""
    random = np.random.default_rng(5000 + seed)
    intents = [str(name) for name in random.permutation(sorted(queries()))[: (GROUPS + 1) * PER]]
    old = {name: texts[: len(texts) // 2] for name, texts in queries().items()}
    rest = {name: texts[len(texts) // 2 :] for name, texts in queries().items()}
    groups = [number % GROUPS for number in range(people)]
    segments: list[Segment] = []
    for person, group in enumerate(groups):
        for text in _texts(random, group, intents, old, SAID):
            segments.append(segment(len(segments), f"P{person:05d}", text))
    batch = Batch.make((Segment, segments), vectors=said)
    result = run(batch, PersonasConfig())
    home = {one.person_id: one.persona_id for one in result.of(Membership)}
    usual = [
        Counter(home[f"P{n:05d}"] for n in range(people) if groups[n] == g).most_common(1)[0][0] for g in range(GROUPS)
    ]
    new = [number % GROUPS for number in range(KNOWN)] + [GROUPS] * UNSEEN
    texts = {f"N{number}": _texts(random, group, intents, rest, said_each) for number, group in enumerate(new)}
    placed = Assigner(batch, result.of(Persona), result.of(Membership)).place(newcomers(texts), said)
    right = np.array([one.nearest_id == [*usual, ""][group] for one, group in zip(placed, new, strict=True)])
    return _figures(placed, right)


def _figures(placed: Sequence[Placement], right: np.ndarray) -> dict[str, float]:
    sure = np.array([one.probability for one in placed])
    none = np.array([one.persona_id is None for one in placed])
    known = np.arange(len(placed)) < KNOWN
    return {
        "right": float(right[:KNOWN].mean()),
        "ECE assigned": ece(sure[known & ~none], right[known & ~none]),
        "ECE known": ece(sure[known], right[known]),
        "ECE all": ece(sure, right),
        "known none": float(none[:KNOWN].mean()),
        "unseen none": float(none[KNOWN:].mean()),
    }


def ece(sure: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error over ten bins of equal width."""
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [
        abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in sorted(set(bins.tolist()))
    ]
    return float(sum(gaps))


def _texts(
    random: np.random.Generator, group: int, intents: Sequence[str], pool: Mapping[str, Sequence[str]], count: int
) -> list[str]:
    found = []
    for _ in range(count):
        others = [one for one in range(GROUPS) if one != group]
        home = others[int(random.integers(len(others)))] if random.random() < NOISE else group
        texts = pool[intents[home * PER + int(random.integers(PER))]]
        found.append(texts[int(random.integers(len(texts)))])
    return found


if __name__ == "__main__":
    main()
