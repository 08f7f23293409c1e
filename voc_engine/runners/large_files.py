"""A large table that all workers read at once: range by range, then put together into the parts that one reader would write.

Where what stands in one range depends on another, the file is read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.config import SourceConfig
from voc_engine.errors import StoreError
from voc_engine.privacy.removal import FileRemoval
from voc_engine.records import Document, Skipped, Utterance
from voc_engine.runners.tasks import CHARACTERS_PER_ROW, Counts, FileIndex, format_of, index_path
from voc_engine.runners.workers import Task, Workers
from voc_engine.store.parts import PartStore, write_parquet
from voc_engine.store.waiting_rows import TABLES, WaitingRows
from voc_engine.store.workspace import read_json, write_json

if TYPE_CHECKING:
    from voc_engine.ingest.contract import Conversation
    from voc_engine.ingest.source import FileRange

# A choice: some 30,000 tickets, of which a process reads two thousand a second; a file of two such ranges is worth it.
RANGE_BYTES = 8 * 1024**2
_STAGE = "ingest"
_FAILED = -1


class SideBySide:
    """Workers that read a large table range by range, and every other file as a whole."""

    def __init__(self, workers: Workers) -> None:
        self.workers, self.several = workers, workers.several

    def map(self, function: Task, arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """``function`` is ``ingest_file``; its arguments are the fields of ``LargeFile``."""
        whole = []
        for task in arguments:
            documents = LargeFile(*task).read(self.workers) if self.several else None
            if documents is None:
                whole.append(task)
            else:
                yield documents
        yield from self.workers.map(function, whole)

    def rest(self) -> None:
        self.workers.rest()

    def close(self) -> None:
        self.workers.close()


@dataclass(frozen=True)
class LargeFile:
    """One source file, as ``ingest_file`` is given it."""

    root: Path
    name: str
    path: Path
    source: str
    sha256: str
    options: SourceConfig
    rows: int
    removal: FileRemoval | None = None

    def read(self, workers: Workers) -> int | None:
        """The number of documents, when parts and index are written; None where it is to be read as a whole."""
        if self.removal is not None or not self.path.exists() or self.path.stat().st_size < 2 * RANGE_BYTES:
            return None
        try:
            return self._read(workers)
        finally:
            self._waiting.clear()

    @property
    def _waiting(self) -> WaitingRows:
        return WaitingRows(self.root / _STAGE, self.name)

    def _read(self, workers: Workers) -> int | None:
        ((ranges, options),) = workers.map(ranges_of, [(self.root, self.path, self.source, self.options, RANGE_BYTES)])
        of_file = (self.root, self.name, self.path, self.source, options, self.rows)
        if not ranges or _FAILED in [*workers.map(read_one_range, [(*of_file, part, {}) for part in ranges])]:
            return None
        again = [(*of_file, part, seen) for part in ranges if (seen := self._waiting.seen_before(part.number))]
        if _FAILED in [*workers.map(read_one_range, again)]:
            return None
        (parts,) = workers.map(settle_ranges, [(*of_file, len(ranges))])
        if parts == _FAILED:
            return None
        for _ in workers.map(write_part, [(self.root, self.name, number) for number in range(parts)]):
            pass
        counts = read_json(self._waiting.place("settled"))["counts"]
        names = tuple(_part_name(self.name, number) for number in range(parts))
        index = FileIndex(self.source, self.sha256, names, **{**counts, "kinds": tuple(counts["kinds"])})
        write_json(index_path(PartStore(self.root), self.name), asdict(index))
        return index.documents


def ranges_of(
    root: Path, path: Path, source: str, options: SourceConfig, size: int
) -> tuple[list[FileRange], SourceConfig]:
    """See ``file_ranges``. By ``root`` a cluster tells whether a worker sees the study."""
    from voc_engine.ingest.source import SourceFile
    from voc_engine.ingest.stage import file_ranges

    return file_ranges(SourceFile(path, source), options, size)


def read_one_range(
    root: Path, name: str, path: Path, source: str, options: SourceConfig, rows: int, part: FileRange,
    earlier: Mapping[int, tuple[int, int]],
) -> int:  # fmt: skip
    """Read a range into rows that wait; number of documents, or that the file is to be read as a whole."""
    from voc_engine.ingest.ranges import RangeTold
    from voc_engine.ingest.source import SourceFile
    from voc_engine.ingest.stage import read_range

    told, counts, waiting = RangeTold(), Counts(), WaitingRows(root / _STAGE, name)
    waiting.folder.mkdir(parents=True, exist_ok=True)
    try:
        items = read_range(SourceFile(path, source, part=part), options, told, earlier)
        waiting.write(part.number, _apart(items), rows, counts.add)
        waiting.write_keys(part.number, told.keys, told.marks)
        write_json(waiting.place(f"{part.number}.told"), {"told": told.plain(), "counts": counts.plain()})
    except (StoreError, MemoryError):
        raise
    except Exception:
        # Whatever a parser throws at damaged data is told where the file is read as a whole.
        return _FAILED
    return counts.documents


def _apart(items: Iterator[Conversation | Skipped]) -> Iterator[Skipped | tuple[Document, Sequence[Utterance]]]:
    for item in items:
        yield item if isinstance(item, Skipped) else (item.document, item.utterances)


def settle_ranges(
    root: Path, name: str, path: Path, source: str, options: SourceConfig, rows: int, ranges: int
) -> int:  # fmt: skip
    """What is told at the end of the file, and which rows each part takes; number of parts."""
    from voc_engine.ingest.ranges import RangeTold
    from voc_engine.ingest.source import NotInRanges, SourceFile
    from voc_engine.ingest.stage import read_end

    told, counts, waiting = RangeTold(), Counts(), WaitingRows(root / _STAGE, name)
    for number in range(ranges):
        kept = read_json(waiting.place(f"{number}.told"))
        told.join(RangeTold.of(kept["told"]))
        counts.join(Counts.of(kept["counts"]))
    try:
        waiting.write(ranges, read_end(SourceFile(path, source), options, told), rows, counts.add)
    except NotInRanges:
        return _FAILED
    ends = waiting.part_ends(ranges + 1, rows, rows * CHARACTERS_PER_ROW)
    sizes = [[waiting.table(number, kind.table).num_rows for number in range(ranges + 1)] for kind in TABLES]
    of_index = {**counts.plain(), "format": format_of(path, source, options)}
    write_json(waiting.place("settled"), {"counts": of_index, "ends": ends, "sizes": sizes})
    return len(ends)


def write_part(root: Path, name: str, number: int) -> int:
    """Write one part of the file from the rows that wait; number of its documents."""
    waiting, store = WaitingRows(root / _STAGE, name), PartStore(root)
    settled = read_json(waiting.place("settled"))
    starts, ends = [[0] * len(TABLES), *settled["ends"]][number], settled["ends"][number]
    for kind, sizes, start, end in zip(TABLES, settled["sizes"], starts, ends, strict=True):
        rows = waiting.rows(kind, sizes, start, end)
        write_parquet(rows, store.path(_STAGE, _part_name(name, number), kind), more=kind is not TABLES[-1])
    return int(ends[0] - starts[0])


def _part_name(name: str, number: int) -> str:
    return f"{name}-{number:04d}"
