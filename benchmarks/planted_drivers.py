"""Planted drivers: how often what moves ratings is told, what goes along with it is not, and nothing where nothing does.

python -m benchmarks.planted_drivers [--people 200] [--seeds 0-39]

Twelve findings said by 8 to 25% of the people; ratings from 1 to 5 are moved by two of them (-1.2 and +1.0, where
people differ by 1), and four of five who say a third one say the first. "nothing": ratings that no finding moves.
"""

from __future__ import annotations

import argparse
from collections import Counter

import numpy as np

from voc_engine.insights.drivers import drivers

FINDINGS, SCALE = 12, 5
LOWERS, COMPANION, RAISES = "f0", "f1", "f9"
SAID, GOES_WITH_IT = 0.25, 0.8
EFFECTS = {LOWERS: -1.2, RAISES: 1.0}


def crowd(people: int, seed: int, effects: dict[str, float]) -> tuple[dict[str, float], dict[str, frozenset[str]]]:
    """Rating by person, and who says each finding."""
    random = np.random.default_rng(seed)
    said = {f"f{n}": random.random(people) < 0.08 + n / 100 for n in range(FINDINGS)}
    said[LOWERS] = random.random(people) < SAID
    said[COMPANION] = np.where(random.random(people) < GOES_WITH_IT, said[LOWERS], said[COMPANION])
    score = 3.5 + random.normal(0, 1, people) + sum(effect * said[key] for key, effect in effects.items())
    rating = {f"P{n}": float(np.clip(round(score[n]), 1, SCALE)) for n in range(people)}
    return rating, {key: frozenset(f"P{n}" for n in np.flatnonzero(own)) for key, own in said.items()}


def main() -> None:
    """One line for each of the two."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted_drivers", description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seeds", default="0-39")
    given = parser.parse_args()
    first, _, last = given.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    counts: Counter[str] = Counter()
    for seed in seeds:
        rating, people = crowd(given.people, seed, EFFECTS)
        found = drivers(rating, {}, people, SCALE)
        counts["lowers"] += LOWERS in found and found[LOWERS].high < 0
        counts["raises"] += RAISES in found and found[RAISES].low > 0
        counts["only"] += set(found) <= set(EFFECTS)
        rating, people = crowd(given.people, 1000 + seed, {})
        counts["silent"] += not drivers(rating, {}, people, SCALE)
    n = len(seeds)
    print(
        f"two drivers: the one that lowers told in {counts['lowers']} of {n}, the one that raises in {counts['raises']},"
    )
    print(f"             nothing else in {counts['only']}; no driver: nothing told in {counts['silent']} of {n}")


if __name__ == "__main__":
    main()
