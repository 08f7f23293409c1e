"""A long table in ranges that are read side by side: where it may be cut, and what its end tells of all of them.

Each range gives what reading the whole file gives at its place, or says that it cannot (``NotInRanges``): then the file is
read from its beginning to its end.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum, auto
from typing import Any

from voc_engine.ingest.plausible import Plausibility
from voc_engine.ingest.source import FileRange, SourceFile
from voc_engine.ingest.tables.row_documents import Faults

_BLOCK = 1 << 20  # bytes read at a time; memory, no result
# Encodings in which the bytes of line ends and quotes are nothing else, and each line can be decoded by itself.
_PLAIN = ("utf-8", "utf-8-sig", "ascii", "cp125", "iso8859", "koi8")


class Quotes(Enum):
    """How cells are quoted, within which a line may end: not at all, with doubled quotes inside, with backslashed ones."""

    NONE = auto()
    DOUBLED = auto()
    BACKSLASHED = auto()


@dataclass
class RangeTold:
    """What the end of a file needs to know of a range. ``keys`` and ``marks`` are those of ``SeenRecords``, one for each
    document in the order of the range; ``headless`` as ``Headless.found``."""

    faults: Faults = field(default_factory=Faults)
    headless: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    plausible: Plausibility = field(default_factory=Plausibility)
    garbled: int = 0
    talks: int = 0
    quarantined: int = 0
    keys: array[int] = field(default_factory=lambda: array("Q"))
    marks: array[int] = field(default_factory=lambda: array("Q"))

    def plain(self) -> dict[str, Any]:
        """As JSON holds it, without keys and marks."""
        plausible = {**asdict(self.plausible), "people": sorted(self.plausible.people)}
        return {
            "faults": asdict(self.faults), "headless": self.headless, "plausible": plausible, "garbled": self.garbled,
            "talks": self.talks, "quarantined": self.quarantined,
        }  # fmt: skip

    @classmethod
    def of(cls, plain: dict[str, Any]) -> RangeTold:
        """What ``plain`` gave."""
        plausible = Plausibility(**{**plain["plausible"], "people": set(plain["plausible"]["people"])})
        headless = {column: (locator, first, count) for column, (locator, first, count) in plain["headless"].items()}
        return cls(**{**plain, "faults": Faults(**plain["faults"]), "headless": headless, "plausible": plausible})

    def join(self, later: RangeTold) -> None:
        """Take in what the next range told."""
        for what, count in later.faults.counts.items():
            self.faults.counts[what] = self.faults.counts.get(what, 0) + count
            self.faults.examples.setdefault(what, later.faults.examples[what])
        for column, (locator, first, count) in later.headless.items():
            locator, first, before = self.headless.get(column, (locator, first, 0))
            self.headless[column] = (locator, first, before + count)
        self.plausible.join(later.plausible)
        self.garbled += later.garbled
        self.talks += later.talks
        self.quarantined += later.quarantined


def line_ranges(source: SourceFile, encoding: str, size: int, quotes: Quotes = Quotes.NONE) -> list[FileRange]:
    """The lines of a file in ranges of about ``size`` bytes, found in one pass over its bytes; [] where it is not cut.

    Where a line may end within quotes, a range begins behind an even number of them alone.
    """
    if source.packing or not encoding.startswith(_PLAIN) or source.size < 2 * size:
        return []
    return ranges_at([(0, 0), *_cuts(source, source.size // (source.size // size) + 1, quotes)])


def ranges_at(cuts: Sequence[tuple[int, int]]) -> list[FileRange]:
    """From (start, lines or rows before it) of each range; [] for a single one."""
    ends: list[int | None] = [*(before for _, before in cuts[1:]), None]
    ranges = [FileRange(number, *cut, end) for number, (cut, end) in enumerate(zip(cuts, ends, strict=True))]
    return ranges if len(ranges) > 1 else []


def _cuts(source: SourceFile, size: int, quotes: Quotes) -> Iterator[tuple[int, int]]:
    """(byte, lines before it) behind the first line end at or after each multiple of ``size``; a lone CR ends a line too."""
    due, at, lines, open_quotes, before = size, 0, 0, 0, b""
    with source.open() as stream:
        while block := stream.read(_BLOCK):
            # A line end, or a quote behind a backslash, that lies over two blocks was counted with the first one.
            lines -= before == b"\r" and block.startswith(b"\n")
            open_quotes -= quotes is Quotes.BACKSLASHED and before == b"\\" and block.startswith(b'"')
            read = 0
            while (end := block.find(b"\n", max(read, due - at - 1)) + 1) > 0:
                lines += _line_ends(block, read, end)
                open_quotes += _quotes(block, read, end, quotes)
                read = end
                if open_quotes % 2 == 0 and at + end < source.size:
                    yield at + end, lines
                    due = at + end + size
            lines += _line_ends(block, read, len(block))
            open_quotes += _quotes(block, read, len(block), quotes)
            at, before = at + len(block), block[-1:]


def _line_ends(block: bytes, start: int, end: int) -> int:
    return block.count(b"\n", start, end) + block.count(b"\r", start, end) - block.count(b"\r\n", start, end)


def _quotes(block: bytes, start: int, end: int, quotes: Quotes) -> int:
    if quotes is Quotes.NONE:
        return 0
    escaped = block.count(b'\\"', start, end) if quotes is Quotes.BACKSLASHED else 0
    return block.count(b'"', start, end) - escaped
