"""Planted changes: how often a theme that grows, or fades, is found, and how often nothing is told where nothing changes.

python -m benchmarks.planted_changes [--people 300] [--share 0.2] [--seeds 0-39] [--level theme]

Everybody is heard once, in one of three sources and one of six months; nine other themes are said by 4 to 36% of the
people, by more in one source than in another. "grows": the planted theme is said three times as often in the last
month. "fades": a tenth as often in the last two. "nothing": as the others. "mixed" is "nothing" while reviews give
way to tickets. Told of each: in how many studies the planted change was found, and in how many anything else was
told.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from voc_engine.insights.clock import Clock, clock_of
from voc_engine.insights.timing import courses
from voc_engine.insights.window_search import Voice
from voc_engine.records import Document

MONTHS, OTHERS = 6, 9
KINDS = ("review", "survey", "ticket")
TALKATIVE = (1.4, 0.5, 0.8)
SAME = (1.0,) * MONTHS
CHANGES = {
    "grows": (1.0, 1.0, 1.0, 1.0, 1.0, 3.0),
    "fades": (1.0, 1.0, 1.0, 1.0, 0.1, 0.1),
    "nothing": SAME,
    "mixed": SAME,
}
EXPECTED = {"grows": ("growing", "new"), "fades": ("fading",)}
PLANTED = "planted"


@dataclass(frozen=True)
class World:
    """Shape (people,): ``month`` and ``kind`` (numbers) of each person."""

    month: npt.NDArray[np.int64]
    kind: npt.NDArray[np.int64]
    clock: Clock
    random: np.random.Generator

    @classmethod
    def make(cls, people: int, seed: int, *, mixed: bool) -> World:
        """``mixed``: reviews give way to tickets from month to month."""
        random = np.random.default_rng(seed)
        month = random.integers(MONTHS, size=people)
        late = month / (MONTHS - 1) if mixed else np.full(people, 0.3)
        tickets = 0.1 + 0.7 * late
        dice = random.random(people)
        kind = np.where(dice < tickets, 2, np.where(dice < tickets + 0.1, 1, 0)).astype(np.int64)
        documents = [
            Document(f"d{n}", KINDS[kind[n]], "a.csv", "row", f"P{n}", "text") for n in range(people)
        ]  # fmt: skip
        days = {f"d{n}": date(2026, 1 + int(month[n]), 1 + n % 28).toordinal() for n in range(people)}
        return cls(month, kind, clock_of(((f"P{n}", f"d{n}") for n in range(people)), documents, days, 180), random)

    def voices(self, share: float, factors: tuple[float, ...] = SAME) -> set[Voice]:
        """Who says what is said by that share of the people, times the factor of their month."""
        rate = share * np.array(TALKATIVE)[self.kind] * np.array(factors)[self.month]
        said = np.flatnonzero(self.random.random(len(self.kind)) < rate)
        return {(f"P{n}", *self.clock.place[f"d{n}"]) for n in said.tolist()}


def told(people: int, share: float, change: str, seed: int, level: str) -> dict[str, str]:
    """Theme -> what is told of it."""
    world = World.make(people, seed, mixed=change == "mixed")
    themes = {PLANTED: world.voices(share, CHANGES[change])}
    themes |= {f"t{n}": world.voices(0.04 * n) for n in range(1, OTHERS + 1)}
    found = courses(world.clock, themes, level)
    return {key: one.shift.change for key, one in found.items() if one.shift is not None}


def main() -> None:
    """One line per change."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted_changes", description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--share", type=float, default=0.2, help="of people who say the planted theme")
    parser.add_argument("--seeds", default="0-39")
    parser.add_argument("--level", choices=["theme", "finding"], default="theme")
    parser.add_argument("--changes", nargs="+", choices=list(CHANGES), default=list(CHANGES))
    given = parser.parse_args()
    first, _, last = given.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    for change in given.changes:
        counts: Counter[str] = Counter()
        for seed in seeds:
            found = told(given.people, given.share, change, seed, given.level)
            counts["found"] += found.pop(PLANTED, "") in EXPECTED.get(change, ("",))
            counts["other"] += bool(found)
        what = "silent of it" if change not in EXPECTED else "found"
        print(
            f"{given.people} people, {given.share:.0%}, {change:<8}{what} in {counts['found']} of {len(seeds)};"
            f" something else told in {counts['other']}",
            flush=True,
        )


if __name__ == "__main__":
    main()
