"""How the share of people who say something changed, crude and adjusted for a changed mix of channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voc_engine.statistics import benjamini_hochberg, cochran, newcombe, newcombe_stratified

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
        newcombe_stratified([(old[name], new[name], weight[name] / total) for name in common])
        if common
        else (None, None, None)
    )
    strata = [(old[name], new[name]) for name in common] or [(before, after)]
    return ShareChange(
        round(old_share, 6), round(new_share, 6), round(new_share - old_share, 6), low, high, adjusted,
        least, most, before[1] + after[1] - total, cochran(strata),
    )  # fmt: skip


def surely_changed(changes: Sequence[ShareChange], people: Sequence[int], rate: float = 0.05) -> list[bool]:
    """Which changes may be told as such when many are looked at: at most ``rate`` of those told are expected to be chance
    (Benjamini & Hochberg 1995), each weighed by the ``people`` who say it on either side."""
    return benjamini_hochberg([change.p for change in changes], rate, people)


def _total(counts: Counts) -> tuple[int, int]:
    return sum(said for said, _ in counts.values()), sum(heard for _, heard in counts.values())


def _share(counts: tuple[int, int]) -> float:
    return counts[0] / counts[1] if counts[1] else 0.0
