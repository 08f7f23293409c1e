"""Texts of several lengths in one pass: packed one behind the other, the short ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from voc_engine.encoder.layers import Group

# Pieces in one pack, unless one text alone has more: what lies between two layers then stays near the processor.
MOST_PIECES = 384
_WORKERS = 2
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Pack:
    """``rows`` are the places of its texts among all, in the order in which ``groups`` tells their lengths."""

    rows: list[int]
    groups: list[Group]

    def each_group(self) -> Iterator[tuple[list[int], slice, Group]]:
        """The rows of each group, where its pieces lie in the pack, and the group."""
        text = piece = 0
        for many, length in self.groups:
            yield self.rows[text : text + many], slice(piece, piece + many * length), (many, length)
            text, piece = text + many, piece + many * length


def packs_of(lengths: Sequence[int], most: int = MOST_PIECES) -> list[Pack]:
    """All texts, by their lengths in word pieces."""
    packs: list[Pack] = []
    room = 0
    for row in sorted(range(len(lengths)), key=lambda row: (lengths[row], row)):
        length = lengths[row]
        if room < length:
            packs.append(Pack([], []))
            room = max(most, length)
        pack, room = packs[-1], room - length
        pack.rows.append(row)
        if pack.groups and pack.groups[-1][1] == length:
            pack.groups[-1] = (pack.groups[-1][0] + 1, length)
        else:
            pack.groups.append((1, length))
    return packs


def each_pack(packs: Sequence[Pack], work: Callable[[Pack], Result]) -> Iterator[tuple[Pack, Result]]:
    """Every pack with what ``work`` makes of it, in order. Each is worked on by one thread: how many share a sum of float32
    changes its last bits."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with ThreadPoolExecutor(_WORKERS) as pool:
            yield from zip(packs, pool.map(work, packs), strict=True)
    finally:
        torch.set_num_threads(threads)
