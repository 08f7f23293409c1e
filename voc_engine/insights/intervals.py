"""Intervals of shares and of differences, 95% throughout."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

Z95 = 1.959964


def wilson(count: float, total: float) -> tuple[float, float]:
    """95% interval of a share (Wilson 1927). (0, 1) where nobody was asked."""
    if total <= 0:
        return 0.0, 1.0
    share, spread = count / total, Z95**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return round(max(0.0, middle - half), 6), round(min(1.0, middle + half), 6)


def newcombe(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float]:
    """95% interval of the difference of two shares, after minus before (Newcombe 1998, method 10).

    Each is (count, total); counts may be weighted. (-1, 1) where nobody was asked on either side.
    """
    if before[1] <= 0 or after[1] <= 0:
        return -1.0, 1.0
    old, new = before[0] / before[1], after[0] / after[1]
    (old_low, old_high), (new_low, new_high) = wilson(*before), wilson(*after)
    low = new - old - sqrt((new - new_low) ** 2 + (old_high - old) ** 2)
    high = new - old + sqrt((new_high - new) ** 2 + (old - old_low) ** 2)
    return round(max(-1.0, low), 6), round(min(1.0, high), 6)


def welch(inside: Sequence[float], outside: tuple[int, float, float]) -> tuple[float, float, float]:
    """Difference of two means, inside minus outside, and its 95% interval (Welch 1947).

    ``outside``: count, sum and sum of squares. Both sides need two values at least.
    """
    from scipy.special import stdtrit

    count, other = len(inside), outside[0]
    mean, rest = sum(inside) / count, outside[1] / other
    own = sum((value - mean) ** 2 for value in inside) / (count - 1) / count
    theirs = max(0.0, outside[2] - other * rest * rest) / (other - 1) / other
    change, error = mean - rest, own + theirs
    if error <= 0:
        return round(change, 4), round(change, 4), round(change, 4)
    freedom = error**2 / (own**2 / (count - 1) + theirs**2 / (other - 1))
    half = float(stdtrit(freedom, 0.975)) * sqrt(error)
    return round(change, 4), round(change - half, 4), round(change + half, 4)
