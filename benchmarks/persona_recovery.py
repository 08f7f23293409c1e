"""How well known groups of people are found, and how seldom groups are found where there are none.

python -m benchmarks.persona_recovery [--worlds 60x8 240none ...] [--seeds 100-109] [--cache FOLDER]

People are made from Banking77's queries (see benchmarks/persona_people.py). A world is right when its number of groups
is found with an adjusted Rand index of at least 0.85, or, without groups, when "no stable segmentation" is said.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.persona_people import World, found, make, vectors
from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.stage import run

LEAST_ARI = 0.85
JUDGED = {
    **{f"{n}x{per}": World(n, per=per) for n in (60, 240, 2000) for per in (8, 19)},
    **{f"{n}none": World(n, grouped=False) for n in (60, 240, 2000)},
    **{f"{n}none77": World(n, k=7, per=11, grouped=False) for n in (60, 240, 2000)},
}
SMALL = {
    "20k2": World(20, k=2), "24k2": World(24, k=2), "24k3": World(24, k=3), "28k4": World(28, k=4),
    "60u": World(60, k=3, sizes=(60, 30, 10)), "60u19": World(60, k=3, per=19, sizes=(60, 30, 10)),
    "12none": World(12, grouped=False), "20none": World(20, grouped=False), "28none": World(28, grouped=False),
    "20none16": World(20, k=2, grouped=False), "12none77": World(12, k=7, per=11, grouped=False),
    "20none77": World(20, k=7, per=11, grouped=False), "28none77": World(28, k=7, per=11, grouped=False),
}  # fmt: skip


def main() -> None:
    """One line per world: how many seeds were right, with k and adjusted Rand index of each and seconds of one."""
    worlds = {**JUDGED, **SMALL}
    parser = argparse.ArgumentParser(prog="python -m benchmarks.persona_recovery", description=__doc__)
    parser.add_argument("--worlds", nargs="+", choices=sorted(worlds), default=list(JUDGED))
    parser.add_argument("--seeds", default="100-109")
    parser.add_argument("--cache", type=Path, help="folder in which the vectors of the queries are kept")
    given = parser.parse_args()
    first, _, last = given.seeds.partition("-")
    for name in given.worlds:
        print(line(name, worlds[name], range(int(first), int(last or first) + 1), given.cache), flush=True)


def line(name: str, world: World, seeds: range, cache: Path | None) -> str:
    """One world, told."""
    said, rows, started = vectors(cache), [], time.process_time()
    for seed in seeds:
        groups, batch = make(seed, world, said)
        rows.append(found(groups, run(batch, PersonasConfig())))
    right = sum(k == world.k and ari >= LEAST_ARI if world.grouped else k == 0 for k, ari in rows)
    seconds = (time.process_time() - started) / len(rows)
    told = "  ".join(f"{k}/{ari:.2f}" for k, ari in rows)
    return f"{name:9s} right {right} of {len(rows)}   {seconds:6.1f} s   k/ARI {told}"


if __name__ == "__main__":
    main()
