"""Cuts a text at the edges of its spans, so that overlapping and nested mentions can be marked at exact code points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points with an id."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same spans. ``covers``: (id, it begins here, it ends here), longest span first."""

    start: int
    end: int
    text: str
    covers: tuple[tuple[str, bool, bool], ...] = ()


def pieces(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> list[Piece]:
    """The range [start, end) of the text, cut at every edge of a span. The pieces' texts joined are that range.

    A span that crosses the range's edge begins or ends in another range: its first piece is marked there and only
    there. Empty spans and spans outside the text are left out.
    """
    stop = len(text) if end is None else min(end, len(text))
    inside = [one for one in spans if one.start < one.end and one.start < stop and one.end > start and one.start >= 0]
    inside.sort(key=lambda one: (one.start, -one.end, one.key))
    edges = sorted({start, stop} | {edge for one in inside for edge in (one.start, one.end) if start < edge < stop})
    cut, open_spans, after = [], list[Span](), 0
    for left, right in pairwise(edges):
        open_spans = [one for one in open_spans if one.end > left]
        while after < len(inside) and inside[after].start <= left:
            open_spans.append(inside[after])
            after += 1
        covers = tuple(
            (one.key, one.start == left, min(one.end, len(text)) == right)
            for one in sorted(open_spans, key=lambda one: (one.start - one.end, one.start, one.key))
        )
        cut.append(Piece(left, right, text[left:right], covers))
    return cut
