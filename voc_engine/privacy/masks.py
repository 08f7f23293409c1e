"""Masks put into a text, and where every character of one text lies in the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

Span = tuple[int, int, str]
Edit = tuple[int, int, int]


class Covered:
    """Which characters of a text are taken by stretches; each question costs the length of the stretch asked about."""

    def __init__(self, length: int, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._taken = bytearray(length)
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Take a half-open stretch."""
        end = min(end, len(self._taken))
        self._taken[start:end] = b"\1" * max(0, end - start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any of these characters is taken."""
        return 1 in self._taken[start:end]


def apply(text: str, spans: Sequence[Span]) -> tuple[str, list[Edit]]:
    """The masked text, and the edits as (start, end, new length) in order. Of overlapping spans the longer stays."""
    chosen = without_overlaps(spans)
    pieces, edits, at = [], list[Edit](), 0
    for start, end, mask in chosen:
        pieces += [text[at:start], mask]
        edits.append((start, end, len(mask)))
        at = end
    return "".join([*pieces, text[at:]]), edits


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The spans in the order of the text, without those that a longer one overlaps."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda one: (-(one[1] - one[0]), one)):
        index = bisect_left(chosen, span)
        before, after = chosen[index - 1 : index] if index else [], chosen[index : index + 1]
        if all(one[1] <= span[0] for one in before) and all(span[1] <= one[0] for one in after):
            chosen.insert(index, span)
    return chosen


def moved(offset: int, edits: Sequence[Edit]) -> int:
    """Where an offset of the original text lies in the masked one; inside a mask, its start."""
    shift = 0
    for start, end, length in edits:
        if offset >= end:
            shift += length - (end - start)
        elif offset > start:
            return start + shift
        else:
            break
    return offset + shift
