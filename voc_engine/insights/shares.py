"""How the share of people who say something changed, crude and adjusted for a changed mix of channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from voc_engine.insights.intervals import newcombe, wilson

Counts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class ShareChange:
    """``change`` is the new share minus the old, with its 95% interval (Newcombe 1998). ``adjusted`` is the change that
    people of the same channels show, with its interval; None where no channel was heard both times. ``left_out``:
    people of channels that were heard only once. ``p``: probability of such a difference by chance."""

    old_share: float
    new_share: float
    change: float
    low: float
    high: float
    adjusted: float | None
    adjusted_low: float | None
    adjusted_high: float | None
    left_out: int
    p: float


def share_change(old: Counts, new: Counts) -> ShareChange:
    """``old`` and ``new``: channel -> (people who say it, people heard).

    Adjusted by direct standardisation to the channel mix of both runs together, over channels heard both times; interval
    by stratified Newcombe limits (Yan & Su 2010); p by Cochran's test over the channels (crude where none is common).
    """
    before, after = _total(old), _total(new)
    low, high = newcombe(before, after)
    old_share, new_share = _share(before), _share(after)
    common = sorted(name for name in old if old[name][1] and new.get(name, (0, 0))[1])
    weight = {name: old[name][1] + new[name][1] for name in common}
    total = sum(weight.values())
    adjusted, least, most = (
        _adjusted(old, new, {name: weight[name] / total for name in common}) if common else (None, None, None)
    )
    strata = [(old[name], new[name]) for name in common] or [(before, after)]
    return ShareChange(
        round(old_share, 6), round(new_share, 6), round(new_share - old_share, 6), low, high, adjusted,
        least, most, before[1] + after[1] - total, _cochran(strata),
    )  # fmt: skip


def _adjusted(old: Counts, new: Counts, mix: Mapping[str, float]) -> tuple[float, float, float]:
    change = down = up = 0.0
    for name, weight in mix.items():
        before, after = _share(old[name]), _share(new[name])
        (old_low, old_high), (new_low, new_high) = wilson(*old[name]), wilson(*new[name])
        change += weight * (after - before)
        down += weight**2 * ((after - new_low) ** 2 + (old_high - before) ** 2)
        up += weight**2 * ((new_high - after) ** 2 + (before - old_low) ** 2)
    return round(change, 6), round(max(-1.0, change - sqrt(down)), 6), round(min(1.0, change + sqrt(up)), 6)


def _cochran(strata: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> float:
    """Two-sided p of Cochran's test of equal shares within strata (1954)."""
    surplus = variance = 0.0
    for (old, heard_old), (new, heard_new) in strata:
        total = heard_old + heard_new
        if not heard_old or not heard_new:
            continue
        rate = (old + new) / total
        surplus += new - heard_new * rate
        variance += heard_old * heard_new / total * rate * (1 - rate)
    return round(erfc(abs(surplus) / sqrt(2 * variance)), 6) if variance > 0 else 1.0


def surely_changed(changes: Sequence[ShareChange], rate: float = 0.05) -> list[bool]:
    """Which changes may be told as such when many are looked at: at most ``rate`` of those told are expected to be chance
    (Benjamini & Hochberg 1995)."""
    order = sorted(range(len(changes)), key=lambda number: (changes[number].p, number))
    last = max(
        (place for place, number in enumerate(order, 1) if changes[number].p <= rate * place / len(order)), default=0
    )
    told = set(order[:last])
    return [number in told for number in range(len(changes))]


def _total(counts: Counts) -> tuple[int, int]:
    return sum(said for said, _ in counts.values()), sum(heard for _, heard in counts.values())


def _share(counts: tuple[int, int]) -> float:
    return counts[0] / counts[1] if counts[1] else 0.0
