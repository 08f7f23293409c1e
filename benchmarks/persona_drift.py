"""Change of shares between two runs of different people, and what one person less changes.

python -m benchmarks.persona_drift [--seeds 100-109] [--people 240] [--cache FOLDER]
python -m benchmarks.persona_drift --drop 240 --some 30 [--seeds 100] [--cache FOLDER]

Drift: two studies alike (no change may be claimed) and one in which the share of one group is doubled, from 25% to 50%:
its change, as sampled, must lie in the interval of the matched persona, and be claimed. Drop: personas without one
person, matched to those of all (Hungarian method); told is the share of the others whose persona changed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.persona_people import World, make, queries, segment, vectors
from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.persona_matching import Side, match_personas, side_of
from voc_engine.personas.stage import run
from voc_engine.records import Batch, Membership, Persona, Segment, Vectors

K, PER, NOISE, SAID = 4, 8, 0.15, 8
DIFFERENCE = 0.25  # between the shares of the doubled group
DOUBLED = (0.5, 1 / 6, 1 / 6, 1 / 6)


def main() -> None:
    """One line per seed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.persona_drift", description=__doc__)
    parser.add_argument("--seeds", default="100-109")
    parser.add_argument("--people", type=int, default=240)
    parser.add_argument("--drop", type=int, metavar="PEOPLE", help="drop people of a study of so many instead")
    parser.add_argument("--some", type=int, default=0, help="so many people are dropped; all where absent")
    parser.add_argument("--k", type=int, default=4, help="groups, with --drop")
    parser.add_argument("--cache", type=Path, help="folder in which the vectors of the queries are kept")
    given = parser.parse_args()
    first, _, last = given.seeds.partition("-")
    said = vectors(given.cache)
    for seed in range(int(first), int(last or first) + 1):
        if given.drop:
            parts = dropped(seed, World(given.drop, k=given.k), given.some, said)
            print(f"{seed:4d}  dropped {len(parts)}  mean {np.mean(parts):.4f}  most {max(parts):.4f}", flush=True)
        else:
            print(drift(seed, given.people, said), flush=True)


def drift(seed: int, people: int, said: Vectors) -> str:
    """One seed of the two comparisons, told."""
    alike, even = (1 / K,) * K, half(seed, 0, (1 / K,) * K, people, said)
    same, double = half(seed, 1, alike, people, said), half(seed, 2, DOUBLED, people, said)
    claimed = any(one.change is not None and one.change.claimed for one in match_personas(even[1], same[1]))
    first = [f"H0P{number:05d}" for number, group in enumerate(even[0]) if group == 0]
    home = Counter(one for person in first for one, who in even[1].members.items() if person in who).most_common(1)[0][
        0
    ]
    hit = next(one for one in match_personas(even[1], double[1]) if home in one.old)
    sampled = double[0].count(0) / people - even[0].count(0) / people
    if hit.change is None:
        return f"{seed:4d}  alike: {'CLAIMED' if claimed else 'no change claimed'}   doubled: {hit.status}, MISSED"
    one = hit.change
    found = one.claimed and one.low <= sampled <= one.high
    return (
        f"{seed:4d}  alike: {'CLAIMED' if claimed else 'no change claimed'}   doubled: {'found' if found else 'MISSED'}, "
        f"sampled {sampled:.3f}, told {one.difference:.3f} ({one.low:.3f} to {one.high:.3f}), {DIFFERENCE} in it: "
        f"{one.low <= DIFFERENCE <= one.high}"
    )


def half(seed: int, which: int, shares: tuple[float, ...], people: int, said: Vectors) -> tuple[list[int], Side]:
    """(group per person, the run as it is matched) of one of a seed's studies; the intents are those of all of them."""
    by_intent = queries()
    order = np.random.default_rng(1000 + seed).permutation(sorted(by_intent))
    intents = [str(name) for name in order[: K * PER]]
    random = np.random.default_rng(7000 + seed * 3 + which)
    groups = [int(random.choice(K, p=shares)) for _ in range(people)]
    segments: list[Segment] = []
    for person, group in enumerate(groups):
        for _ in range(SAID):
            home = (group + 1 + int(random.integers(K - 1))) % K if random.random() < NOISE else group
            texts = by_intent[intents[home * PER + int(random.integers(PER))]]
            segments.append(segment(len(segments), f"H{which}P{person:05d}", texts[int(random.integers(len(texts)))]))
    batch = Batch.make((Segment, segments), vectors=said)
    result = run(batch, PersonasConfig())
    return groups, side_of(batch, result.of(Persona), result.of(Membership))


def dropped(seed: int, world: World, some: int, said: Vectors) -> list[float]:
    """Share of the others whose persona changes, per person who is dropped."""
    _, batch = make(seed, world, said)
    whole = _homes(batch)
    step = max(1, len(whole) // some) if some else 1
    found = []
    for gone in sorted(whole)[::step]:
        rest = [one for one in batch.of(Segment) if one.person_id != gone]
        after = _homes(Batch.make((Segment, rest), vectors=said))
        found.append(_changed(whole, after) / len(after))
    return found


def _homes(batch: Batch) -> dict[str, str]:
    return {one.person_id: one.persona_id or "none" for one in run(batch, PersonasConfig()).of(Membership)}


def _changed(before: dict[str, str], after: dict[str, str]) -> int:
    from scipy.optimize import linear_sum_assignment

    old, new = sorted({*before.values(), "none"}), sorted({*after.values(), "none"})
    shared = np.zeros((len(old), len(new)))
    for person, home in after.items():
        shared[old.index(before[person]), new.index(home)] += 1
    rows, columns = linear_sum_assignment(-shared)
    return len(after) - int(shared[rows, columns].sum())


if __name__ == "__main__":
    main()
