"""Insights of two runs or two periods held against each other: kept, split, merged, new and gone.

Pure: no store, no pipeline. ``match`` pairs them; shares.py tells how the share of people changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

MOST = 0.5  # share of the evidence found again that must lie in the other insight
PART = 0.25  # share from which on a piece of a split or a merger counts
DRAWS = 200  # a choice: the quantile of .95 lies on the tenth largest of two hundred halves
NULL = 0.95  # quantile of the likeness of different insights
LEAST_FOR_NULL = 6  # insights of a side; a choice: halves of three tell what chance gives badly enough
STRICT = 0.8  # least cosine where too few insights are there to tell what chance gives


@dataclass(frozen=True)
class Claim:
    """One insight of one run. ``evidence``: names of its mentions that are the same in both runs, such as document and
    quote. ``centroid`` (dimensions,): mean of its sentence vectors, of unit length; None where it is not known, and best
    left out for what one person says: all pairs of the unmatched are compared."""

    claim_id: str
    kind: str
    evidence: frozenset[str]
    centroid: Floats | None = None


@dataclass(frozen=True)
class Match:
    """``kind``: kept (one to one), split (one old, several new), merged (several old, one new), new or gone.

    ``basis`` is "evidence" or "centroid", empty for new and gone. ``likeness`` in [0, 1]: the share of the old evidence
    found again that the new insights hold, or the cosine of the centroids.
    """

    kind: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    basis: str = ""
    likeness: float = 0.0


def match(old: Sequence[Claim], new: Sequence[Claim], seed: int = 0) -> list[Match]:
    """Every insight of either run in exactly one match, sorted by kind and ids.

    First by shared evidence; then, of what that left over, by the cosine of centroids with the Hungarian method (Kuhn
    1955) above a threshold that pairs of different insights of one run reach in one case of twenty (permutation null).
    Only insights of one kind (pain point, goal ...) are matched.
    """
    matches = _by_evidence(old, new)
    matched = {one for each in matches for one in each.old}, {one for each in matches for one in each.new}
    left = (
        [one for one in old if one.claim_id not in matched[0]],
        [one for one in new if one.claim_id not in matched[1]],
    )
    for kind in sorted({one.kind for one in left[0]} & {one.kind for one in left[1]}):
        sides = [[one for one in side if one.kind == kind and one.centroid is not None] for side in left]
        null = chance([[one for one in side if one.kind == kind] for side in (old, new)], seed)
        matches += _by_centroid(sides[0], sides[1], null)
    matched = {one for each in matches for one in each.old}, {one for each in matches for one in each.new}
    matches += [Match("gone", (one.claim_id,), ()) for one in old if one.claim_id not in matched[0]]
    matches += [Match("new", (), (one.claim_id,)) for one in new if one.claim_id not in matched[1]]
    return sorted(matches, key=lambda one: (one.kind, one.old, one.new))


def _by_evidence(old: Sequence[Claim], new: Sequence[Claim]) -> list[Match]:
    shared = _shared(old, new)
    again_old, again_new = _totals(shared)
    pairs: dict[str, list[str]] = defaultdict(list)
    back: dict[str, list[str]] = defaultdict(list)
    for (claim, other), count in sorted(shared.items()):
        mutual = count >= MOST * again_old[claim] and count >= MOST * again_new[other]
        piece = count >= PART * again_old[claim] and count >= MOST * again_new[other]  # of a split
        whole = count >= MOST * again_old[claim] and count >= PART * again_new[other]  # into a merger
        if mutual or piece or whole:
            pairs[claim].append(other)
            back[other].append(claim)
    matches, used = [], set()
    for claim in sorted(pairs, key=lambda name: (-again_old[name], name)):
        others = [other for other in pairs[claim] if other not in used]
        mates = [mate for mate in back[others[0]] if mate not in used] if len(others) == 1 else [claim]
        if claim in used or not others:
            continue
        used |= {*others, *mates}
        kind = "split" if len(others) > 1 else "merged" if len(mates) > 1 else "kept"
        again = sum(again_old[mate] for mate in mates)
        stayed = sum(shared.get((mate, other), 0) for mate in mates for other in others)
        matches.append(Match(kind, tuple(sorted(mates)), tuple(others), "evidence", round(stayed / again, 4)))
    return matches


def _shared(old: Sequence[Claim], new: Sequence[Claim]) -> dict[tuple[str, str], int]:
    """How many pieces of evidence two insights of one kind have in common."""
    home: dict[tuple[str, str], str] = {(claim.kind, key): claim.claim_id for claim in new for key in claim.evidence}
    counts: Counter[tuple[str, str]] = Counter()
    for claim in old:
        counts.update((claim.claim_id, home[claim.kind, key]) for key in claim.evidence if (claim.kind, key) in home)
    return dict(counts)


def _totals(shared: Mapping[tuple[str, str], int]) -> tuple[Counter[str], Counter[str]]:
    old: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for (left, right), count in shared.items():
        old[left] += count
        new[right] += count
    return old, new


def _by_centroid(old: Sequence[Claim], new: Sequence[Claim], least: float) -> list[Match]:
    """Hungarian method inside each group of insights that any likeness above the threshold connects."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not old or not new:
        return []
    near = _cosines(old, new)
    rows, columns = np.nonzero(near >= least)
    size = len(old) + len(new)
    graph = coo_array((np.ones(len(rows)), (rows, columns + len(old))), shape=(size, size))
    _, group = connected_components(graph, directed=False)
    matches = []
    for number in np.unique(group[rows]):
        ones, others = np.flatnonzero(group[: len(old)] == number), np.flatnonzero(group[len(old) :] == number)
        for row, column in _assigned(near[np.ix_(ones, others)], least):
            pair = int(ones[row]), int(others[column])
            matches.append(
                Match(
                    "kept", (old[pair[0]].claim_id,), (new[pair[1]].claim_id,), "centroid", round(float(near[pair]), 4)
                )
            )
    return matches


def chance(sides: Sequence[Sequence[Claim]], seed: int = 0) -> float:
    """Cosine that the Hungarian method gives different insights in one case of twenty.

    The insights of one run are dealt into two heaps at random, 200 times; whatever is matched then is not the same.
    STRICT where neither run has six insights with a centroid.
    """
    random = np.random.default_rng(seed)
    drawn: list[float] = []
    for side in sides:
        with_centroid = [claim for claim in side if claim.centroid is not None]
        if len(with_centroid) < LEAST_FOR_NULL:
            continue
        near = _cosines(with_centroid, with_centroid)
        for _ in range(DRAWS):
            order = random.permutation(len(with_centroid))[:400]
            ones, others = order[::2], order[1::2]
            part = near[np.ix_(ones, others)]
            drawn += [float(part[pair]) for pair in _assigned(part, -1.0)]
    return round(float(np.quantile(drawn, NULL)), 5) if drawn else STRICT


def _assigned(near: Floats, least: float) -> list[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(-near.astype(np.float64))
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if near[row, column] >= least]


def _cosines(old: Sequence[Claim], new: Sequence[Claim]) -> Floats:
    left = np.array([one.centroid for one in old], dtype=np.float32)
    right = np.array([one.centroid for one in new], dtype=np.float32)
    near: Floats = np.round(left @ right.T, 5)
    return near
