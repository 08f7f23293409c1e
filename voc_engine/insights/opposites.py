"""Opposites: claims that say the contrary of each other about the same thing. They never share an insight."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.insights.claim_terms import subject
from voc_engine.insights.claims import Floats, Ints
from voc_engine.insights.units import Unit
from voc_engine.language.polarity import scales

SAME_SUBJECT = 0.6  # share of the shorter claim's subject words that the other has as well
# "It exports" and "it does not export" differ in nothing else; "still waiting for my code" and "the code does not
# come" are one complaint, one of them negated. So only claims that are alike but for the negation are held apart by it.
SAME_CLAIM = 0.75
SMALL = 2_500  # rows whose pairs are all looked at
FEW_ROWS = 250
MOST_PAIRS = 25_000_000  # of two ways to lean in one cluster; beyond it the fewer leave together, unread


@dataclass(frozen=True)
class Leanings:
    """Per row: ``felt`` and ``explicit`` sign (-1, 0, 1), ``negated``, ``ends`` (rows, scales), ``subjects`` (sparse,
    rows x stems, ones)."""

    felt: Floats
    explicit: Floats
    negated: Floats
    ends: npt.NDArray[np.int8] | Floats
    subjects: Any

    def at(self, rows: Ints) -> Leanings:
        """The leanings of these rows."""
        ends = self.ends[rows].astype(np.float32)
        return Leanings(self.felt[rows], self.explicit[rows], self.negated[rows], ends, self.subjects[rows])

    def ways(self) -> Ints:
        """A number per way to lean, (rows,): rows that lean the same way are never opposed."""
        own = (self.felt + 1 + 3 * (self.explicit + 1) + 9 * self.negated).astype(np.int64)
        for scale in range(self.ends.shape[1]):
            own += 18 * 3**scale * (self.ends[:, scale].astype(np.int64) + 1)
        return own

    def may_oppose(self) -> bool:
        """Whether the first two rows are opposed, should they speak of the same."""
        signs = self.explicit[0] * self.explicit[1] < 0
        turned = self.negated[0] != self.negated[1] and self.explicit[0] != self.explicit[1]
        return bool(signs or turned or self.ends[0] @ self.ends[1] < 0)

    def opposed_if_sharing(self, ones: Ints, others: Ints, shared: Floats, sizes: Floats) -> npt.NDArray[np.bool_]:
        """(pairs,): whether rows ``ones[i]`` and ``others[i]`` are opposed, given how many stems they share."""
        signs = self.explicit[ones] * self.explicit[others] < 0
        turned = (self.negated[ones] != self.negated[others]) & (self.explicit[ones] != self.explicit[others])
        contrary = signs | (np.einsum("ij,ij->i", self.ends[ones], self.ends[others]) < 0)
        contrary &= shared >= SAME_SUBJECT * np.minimum(sizes[ones], sizes[others])
        turned &= shared >= SAME_CLAIM * np.maximum(sizes[ones], sizes[others])
        opposed: npt.NDArray[np.bool_] = contrary | turned | (self.felt[ones] * self.felt[others] < 0)
        return opposed

    def opposed(self, other: Leanings) -> npt.NDArray[np.bool_]:
        """Matrix (rows, other's rows), true where the two must not merge.

        Either they feel opposite ways, or they speak of the same and one negates what the other asserts, or they
        stand at opposite ends of a scale ("too small", "too big").
        """
        signs = np.multiply.outer(self.explicit, other.explicit) < 0
        turned = np.not_equal.outer(self.negated, other.negated) & np.not_equal.outer(self.explicit, other.explicit)
        contrary = signs | (self.ends @ other.ends.T < 0)
        if contrary.any() or turned.any():
            shared = (self.subjects @ other.subjects.T).toarray()
            sizes = np.asarray(self.subjects.sum(axis=1)), np.asarray(other.subjects.sum(axis=1))
            contrary &= shared >= SAME_SUBJECT * np.minimum.outer(*sizes)
            turned &= shared >= SAME_CLAIM * np.maximum.outer(*sizes)
        opposed: npt.NDArray[np.bool_] = contrary | turned | (np.multiply.outer(self.felt, other.felt) < 0)
        return opposed


def clashing(leanings: Leanings, labels: Ints, far: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Rows that are opposed to a row of the same cluster that lies nearer to its middle: they must leave it.

    ``labels`` (rows,): cluster numbers, -1 for none. ``far`` (rows,): distance to the middle; rows as far as each other
    go by number. Without the rows that come out, no cluster holds opposites, however large it is.
    """
    out = np.zeros(len(labels), dtype=bool)
    inside = np.flatnonzero(labels >= 0)
    order = inside[np.lexsort((inside, far[inside], labels[inside]))]
    edges = np.flatnonzero(np.diff(labels[order])) + 1
    ways = leanings.ways()
    for rows in np.split(order, edges):
        if len(rows) > 1 and (ways[rows] != ways[rows[0]]).any():
            out[rows] = _later_of_opposites(leanings.at(rows))
    return out


def _later_of_opposites(leanings: Leanings) -> npt.NDArray[np.bool_]:
    """True for rows that are opposed to an earlier one."""
    count = len(leanings.felt)
    if count <= SMALL:
        return np.asarray(np.tril(leanings.opposed(leanings), -1).any(axis=1), dtype=bool)
    out = np.zeros(count, dtype=bool)
    ways, first = np.unique(leanings.ways(), return_index=True)
    own = [np.flatnonzero(leanings.ways() == way) for way in ways]
    for one in range(len(ways)):
        for other in range(one + 1, len(ways)):
            pair = leanings.at(first[[one, other]])
            if pair.felt[0] * pair.felt[1] < 0:
                earlier, later = sorted((own[one], own[other]), key=lambda rows: int(rows[0]))
                out[later] |= later > earlier[0]
                out[earlier] |= earlier > later[0]
            elif pair.may_oppose() and len(own[one]) * len(own[other]) > MOST_PAIRS:
                out[min(own[other], own[one], key=len)] = True
            elif pair.may_oppose():
                left, right = _opposed_pairs(leanings, own[one], own[other])
                out[np.maximum(left, right)] = True
    return out


def _opposed_pairs(leanings: Leanings, ones: Ints, others: Ints) -> tuple[Ints, Ints]:
    """Opposed pairs of two groups of rows that each lean one way, found by the stems that they share.

    Whoever speaks of nothing that can be named is opposed to all who lean the other way.
    """
    sizes = np.asarray(leanings.subjects.sum(axis=1))
    found: list[tuple[Ints, Ints]] = []
    for start in range(0, len(ones), FEW_ROWS):
        rows = ones[start : start + FEW_ROWS]
        shared = (leanings.subjects[rows] @ leanings.subjects[others].T).tocoo()
        left, right = rows[shared.row], others[shared.col]
        for mute, spoken in ((rows[sizes[rows] == 0], others), (rows, others[sizes[others] == 0])):
            left = np.concatenate((left, np.repeat(mute, len(spoken))))
            right = np.concatenate((right, np.tile(spoken, len(mute))))
        data = np.zeros(len(left), np.float32)
        data[: len(shared.data)] = shared.data
        keep = leanings.opposed_if_sharing(left, right, data, sizes)
        found.append((left[keep], right[keep]))
    return np.concatenate([left for left, _ in found]), np.concatenate([right for _, right in found])


def leanings(units: Sequence[Unit]) -> Leanings:
    """Leanings of units, row by row."""
    from scipy.sparse import csr_array

    place: dict[str, int] = {}
    columns, starts = array("q"), array("q", [0])
    ends = np.zeros((len(units), len(scales())), dtype=np.int8)
    for row, unit in enumerate(units):
        columns.extend(place.setdefault(term, len(place)) for term in sorted(subject(unit.wording)))
        starts.append(len(columns))
        for scale, end in unit.polarity.scales:
            ends[row, scale] = end
    shape = len(units), max(1, len(place))
    return Leanings(
        np.array([unit.polarity.felt for unit in units], dtype=np.float32),
        np.array([unit.polarity.explicit for unit in units], dtype=np.float32),
        np.array([unit.block[3] for unit in units], dtype=np.float32),
        ends,
        csr_array((np.ones(len(columns), np.float32), np.array(columns), np.array(starts)), shape=shape),
    )
